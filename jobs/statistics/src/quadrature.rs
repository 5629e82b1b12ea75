//! Gauss–Legendre quadrature in panels, for integrands that are smooth in the variable given.

/// Positive nodes and weights of the rule of 32 points on −1…1.
const RULE: [(f64, f64); 16] = [
    (0.997_263_861_849_481_6, 0.007_018_610_009_470_096),
    (0.985_611_511_545_268_4, 0.016_274_394_730_905_67),
    (0.964_762_255_587_506_4, 0.025_392_065_309_262_06),
    (0.934_906_075_937_739_7, 0.034_273_862_913_021_43),
    (0.896_321_155_766_052_1, 0.042_835_898_022_226_68),
    (0.849_367_613_732_57, 0.050_998_059_262_376_175),
    (0.794_483_795_967_942_4, 0.058_684_093_478_535_544),
    (0.732_182_118_740_289_7, 0.065_822_222_776_361_85),
    (0.663_044_266_930_215_2, 0.072_345_794_108_848_5),
    (0.587_715_757_240_762_3, 0.078_193_895_787_070_31),
    (0.506_899_908_932_229_4, 0.083_311_924_226_946_75),
    (0.421_351_276_130_635_33, 0.087_652_093_004_403_81),
    (0.331_868_602_282_127_67, 0.091_173_878_695_763_89),
    (0.239_287_362_252_137_06, 0.093_844_399_080_804_57),
    (0.144_471_961_582_796_5, 0.095_638_720_079_274_86),
    (0.048_307_665_687_738_32, 0.096_540_088_514_727_8),
];

/// ∫ of `integrand` from `low` to `high`, in panels no wider than `panel`, at most 4,096 of them.
pub(crate) fn integrate(low: f64, high: f64, panel: f64, mut integrand: impl FnMut(f64) -> f64) -> f64 {
    let mut sum = 0.0;
    nodes(low, high, panel, |at, weight| sum += weight * integrand(at));
    sum
}

/// Every node of the panels with its weight.
pub(crate) fn nodes(low: f64, high: f64, panel: f64, mut each: impl FnMut(f64, f64)) {
    if high.total_cmp(&low).is_le() {
        return;
    }
    let panels = ((high - low) / panel).ceil().clamp(1.0, 4096.0);
    let half = (high - low) / panels / 2.0;
    for place in 0..panels as u32 {
        let middle = low + half * (2.0 * f64::from(place) + 1.0);
        for (node, weight) in RULE {
            each(middle - half * node, half * weight);
            each(middle + half * node, half * weight);
        }
    }
}
