//! Expected purchases against 60-digit arithmetic (mpmath 1.3), on the series and on the integral.

use rapport_statistics::behaviour::{BetaGeometric, DropOut, ParetoNbd};

use crate::cdnow::agree;

/// r, α, a, b; x, T, t; purchases expected of a buyer alive, the beta-mixed integral ∫(1 − (1+pk)^−(r+x))/p.
const BETA_GEOMETRIC: [([f64; 4], u32, f64, f64, f64); 10] = [
    ([0.243, 4.414, 0.793, 2.426], 2, 38.857, 39.0, 1.687_498_749_574_905),
    ([0.11, 2.24, 0.31, 0.5], 0, 1.0, 30.0, 0.564_588_615_532_784_7),
    ([0.7226, 9.4245, 0.001, 3_500.0], 3, 30.0, 14.0, 1.321_928_940_816_589),
    ([3.0, 0.5, 40.0, 2.0], 1, 2.0, 50.0, 1.076_915_605_761_393_8),
    ([0.5, 10.0, 0.4, 0.6001], 0, 39.0, 100_000.0, 58.113_926_066_768_606),
    ([50.0, 1.0, 5.0, 900.0], 120, 10.0, 30.0, 198.254_869_288_008_08),
    ([0.2, 100.0, 300.0, 0.05], 4, 10.0, 5_000.0, 1.013_545_043_709_666_7),
    ([1.0, 0.001, 1.7, 3.0], 2, 1.0, 10_000.0, 8.120_095_007_437_975),
    ([0.3, 5.0, 0.7, 35_000.0], 5000, 150.0, 52.0, 1_653.461_762_405_516),
    ([0.001, 1_000.0, 2.0, 0.01], 0, 10.0, 400.0, 0.000_333_850_715_568_705_86),
];

#[test]
fn of_buyers_who_may_leave_after_a_purchase() {
    for (parameters, repeats, age, time, value) in BETA_GEOMETRIC {
        let model = BetaGeometric::new(DropOut::AfterRepeats, parameters).unwrap();
        let ours = model.expected_while_alive(repeats, age, time);
        agree(ours, value, 1e-10, &format!("{parameters:?}, x {repeats}, T {age}, t {time}"));
    }
}

/// As above, of customers who are nearly alike: the probability of leaving is one narrow peak, which panels over all
/// probabilities step over. The likelihood runs there whenever too few have left.
const NEARLY_ALIKE: [(DropOut, [f64; 4], u32, f64, f64, f64); 10] = [
    (DropOut::AfterRepeats, [4.3, 23.6, 400.0, 10_000.0], 2, 13.0, 52.0, 7.405_363_257_034_516),
    (DropOut::AfterEveryPurchase, [4.3, 23.6, 450.0, 9_000.0], 2, 13.0, 52.0, 7.098_218_935_050_06),
    (DropOut::AfterRepeats, [4.3, 23.6, 5_000.0, 120_000.0], 0, 26.0, 52.0, 4.048_056_908_381_555),
    (DropOut::AfterRepeats, [4.3, 23.6, 1e6, 2.5e7], 5, 26.0, 520.0, 24.886_529_278_607_31),
    (DropOut::AfterRepeats, [4.3, 23.6, 1e10, 2.6e11], 5, 26.0, 52.0, 8.054_617_822_523_37),
    (DropOut::AfterEveryPurchase, [4.3, 23.6, 1e10, 2.6e11], 0, 26.0, 52.0, 4.079_503_961_214_287),
    (DropOut::AfterRepeats, [0.5, 3.0, 2_000.0, 50.0], 4, 10.0, 5_000.0, 1.027_013_506_750_71),
    (DropOut::AfterEveryPurchase, [0.5, 3.0, 1e5, 700.0], 4, 10.0, 5_000.0, 1.007_050_070_498_311),
    (DropOut::AfterRepeats, [2.0, 5.0, 3_000.0, 3e15], 7, 11.0, 90.0, 50.624_999_998_576_17),
    (DropOut::AfterRepeats, [4.3, 23.6, 1e17, 2.6e18], 5, 26.0, 52.0, 8.054_617_822_476_79),
];

#[test]
fn of_buyers_who_are_nearly_alike() {
    for (drop_out, parameters, repeats, age, time, value) in NEARLY_ALIKE {
        let model = BetaGeometric::new(drop_out, parameters).unwrap();
        let ours = model.expected_while_alive(repeats, age, time);
        agree(ours, value, 1e-10, &format!("{drop_out:?} {parameters:?}, x {repeats}, T {age}, t {time}"));
    }
}

type ParetoRow = ([f64; 4], u32, f64, f64, f64, f64, f64);

/// r, α, s, β; x, tₓ, T; P(alive) by the integral, δ and the discounted purchases by Tricomi's function.
const PARETO: [ParetoRow; 7] = [
    (
        [0.553, 10.578, 0.606, 11.669],
        2,
        30.43,
        38.86,
        0.869_167_559_153_011_2,
        0.002_687_7,
        6.501_774_092_046_638,
    ),
    (
        [0.5143, 2.8845, 0.2856, 14.1087],
        254,
        97.142_86,
        97.285_71,
        0.999_558_226_123_010_8,
        0.01,
        218.167_586_608_906_6,
    ),
    ([2.0, 0.01, 3.0, 0.02], 0, 0.0, 50.0, 5.582161468192908e-18, 0.1, 1.4543543859963091e-18),
    ([0.3, 200.0, 8.0, 1.5], 6, 3.0, 90.0, 3.6895302513287494e-12, 0.001, 1.0320078445693823e-12),
    ([1.0, 5.0, 1.0, 5.0], 10000, 40.0, 156.0, 0.0, 0.0005, 0.0),
    ([0.01, 30.0, 0.02, 900.0], 1, 1.0, 400.0, 0.977_706_245_550_485_4, 2e-05, 107.774_703_902_886_86),
    ([20.0, 30.0, 60.0, 2_000.0], 40, 60.0, 70.0, 0.030_709_129_995_509_63, 0.002, 0.603_430_848_293_587_7),
];

#[test]
fn of_buyers_who_may_leave_at_any_time() {
    for (parameters, repeats, last, age, alive, discount, dert) in PARETO {
        let model = ParetoNbd::new(parameters).unwrap();
        let what = format!("{parameters:?}, x {repeats}, last {last}, T {age}");
        agree(model.p_alive(repeats, last, age), alive, 1e-10, &what);
        agree(model.discounted_purchases(repeats, last, age, discount).unwrap(), dert, 1e-09, &what);
    }
}
