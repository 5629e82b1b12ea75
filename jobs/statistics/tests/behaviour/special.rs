//! The special functions against 50-digit arithmetic (mpmath 1.3).

use rapport_statistics::special::{Rising, digamma, ln_add_exp, ln_beta, ln_gamma_ratio, trigamma};

use crate::cdnow::agree;

/// x, ψ(x), ψ′(x).
const POLYGAMMA: [(f64, f64, f64); 9] = [
    (1e-06, -1_000_000.577_214_020_1, 1_000_000_000_001.645),
    (0.01, -100.560_885_457_868_68, 10_001.621_213_528_313),
    (0.2425, -4.360_182_381_657_143, 18.212_361_262_395_593),
    (1.0, -0.577_215_664_901_532_9, 1.644_934_066_848_226_4),
    (1.461_632_144_968_362_2, -9.241265521729427e-17, 0.967_672_245_447_621_2),
    (2.5, 0.703_156_640_645_243_2, 0.490_357_756_100_234_85),
    (11.999, 2.442_574_774_329_119, 0.086_909_420_732_240_82),
    (37.5, 3.610_948_344_596_338_6, 0.027_025_382_266_785_015),
    (123_456.75, 11.723_642_121_279_044, 8.100035437610752e-06),
];

#[test]
fn digamma_and_trigamma_are_exact_to_1e_14() {
    for (x, first, second) in POLYGAMMA {
        let scale = first.abs().max(1.0);
        assert!((digamma(x) - first).abs() <= 2e-14 * scale, "ψ({x}) = {} not {first}", digamma(x));
        agree(trigamma(x), second, 2e-14, &format!("ψ′({x})"));
    }
}

/// x, y, ln B(x, y).
const BETAS: [(f64, f64, f64); 6] = [
    (0.5, 0.5, 1.144_729_885_849_400_2),
    (1e-05, 35_000.0, 11.512_815_062_005_277),
    (0.793, 2.426, -0.511_569_288_593_703_3),
    (3.5, 1_000_000.0, -47.153_317_725_523_51),
    (120.0, 130.0, -174.233_583_742_915_3),
    (0.001, 1_000_000_000.0, 6.886_455_619_547_407),
];

#[test]
fn the_beta_function_does_not_cancel() {
    for (x, y, value) in BETAS {
        agree(ln_beta(x, y), value, 1e-13, &format!("ln B({x}, {y})"));
        agree(ln_beta(y, x), value, 1e-13, &format!("ln B({y}, {x})"));
    }
}

/// z, s, ln Γ(z+s) − ln Γ(z), ψ(z+s) − ψ(z), ψ′(z+s) − ψ′(z).
const RISING: [(f64, u32, f64, f64, f64); 5] = [
    (0.2425, 3, -0.392_036_774_665_138_3, 5.374_471_194_762_734, -17.851_599_244_856_274),
    (2.4259, 29, 75.882_883_329_482_1, 2.765_480_511_676_745, -0.476_164_676_959_982_6),
    (1_000_000_000.0, 7, 145.062_860_879_624_88, 6.999999979e-09, -6.999999958e-18),
    (35_000.25, 500, 5_235.102_666_295_673, 0.014_184_735_595_340_302, -4.0242019519531367e-07),
    (0.75, 100000, 1_051_296.140_385_866_6, 12.598_788_844_757_742, -2.541_869_647_696_606_7),
];

#[test]
fn rising_factorials_keep_their_digits_however_large() {
    for (z, s, value, slope, curvature) in RISING {
        let rising = Rising::default().extended(z, 0, u64::from(s));
        agree(rising.value, value, 1e-13, "value");
        agree(rising.slope, slope, 1e-12, "slope");
        agree(rising.curvature, curvature, 1e-10, "curvature");
        agree(ln_gamma_ratio(z, f64::from(s)), value, 1e-12, "ratio");
        // in two stretches it is the same
        let halves =
            Rising::default().extended(z, 0, u64::from(s / 2)).extended(z, u64::from(s / 2), u64::from(s));
        agree(halves.value, value, 1e-13, "in halves");
    }
}

#[test]
fn sums_of_logarithms_do_not_overflow() {
    agree(ln_add_exp(1_000.0, 1_000.0), 1_000.0 + std::f64::consts::LN_2, 1e-15, "equal");
    assert_eq!(ln_add_exp(f64::NEG_INFINITY, -3.0), -3.0);
    assert_eq!(ln_add_exp(f64::NEG_INFINITY, f64::NEG_INFINITY), f64::NEG_INFINITY);
}
