//! Disconfirmation, delivered value, weighted indexes and corrected changes, against independent figures.
#![allow(clippy::unwrap_used)]

mod reference;

use rapport_statistics::{
    DeliveredValue, Disconfirmation, Missing, Moments, benjamini_hochberg, holm, weighted_index,
};
use reference::{TEN, acsi, expected, mobi, near, number};

/// Perceived quality against what was expected, of the mobile phone data.
#[test]
fn disconfirmation_of_the_mobile_phone_data() {
    let (Some(table), Some(expected)) = (mobi("mobi.csv"), expected("ecsi-mobi")) else { return };
    let place = |name| table.items.position(name).unwrap();
    let (perceived, before) = (place("PERQ1"), place("CUEX1"));
    let mut found = Disconfirmation::default();
    for row in &table.rows {
        found.add(TEN.percent(row[perceived]), TEN.percent(row[before]), 1.0);
    }
    let expected = &expected["disconfirmation"];
    let points = number(&expected["gap_mean_PERQ1_minus_CUEX1"]) * 100.0 / 9.0;
    near("gap", found.gap().unwrap().value, points, 1e-9);
    near("ratio", found.ratio(1.0, 10.0).unwrap(), number(&expected["ratio_of_means"]), 1e-9);
    for (name, share) in
        [("share_negative", found.below()), ("share_zero", found.at()), ("share_positive", found.above())]
    {
        near(name, share.unwrap().value, number(&expected[name]), 1e-9);
    }
}

/// Equal weights over the three items give the index as Fornell et al. print it.
#[test]
fn equal_weights_are_fornells_formula() {
    let (Some(table), Some(expected)) = (acsi(), expected("acsi-2015")) else { return };
    let weights: Vec<(usize, f64)> =
        ["satis", "confirm", "ideal"].iter().map(|name| (table.items.position(name).unwrap(), 2.5)).collect();
    for (industry, group) in expected["by_industry"].as_object().unwrap() {
        let moments: Moments = table.moments(|row| table.group[row] == *industry, |_| 1.0);
        let covariance = moments.covariance(&table.items, Missing::Listwise).unwrap();
        let index = weighted_index(&table.items, &covariance, &weights).unwrap();
        near(industry, index.value, number(&group["acsi_equal_weights_fornell_formula_listwise"]), 1e-9);
        assert_eq!(Some(index.n), group["complete_rows"].as_u64());
    }
}

#[test]
fn weights_that_are_none_give_no_index() {
    let Some(table) = acsi() else { return };
    let covariance = table.all().covariance(&table.items, Missing::Listwise).unwrap();
    for weights in [&[][..], &[(0, 0.0)], &[(0, 1.0), (1, -1.0)], &[(999, 1.0)], &[(0, f64::NAN)]] {
        assert_eq!(weighted_index(&table.items, &covariance, weights), None, "{weights:?}");
    }
}

/// By hand: three respondents with values 80, 60, 40 and costs 20, 40, 60.
#[test]
fn delivered_value_is_value_less_cost() {
    let mut found = DeliveredValue::default();
    for (value, cost) in [(80.0, 20.0), (60.0, 40.0), (40.0, 60.0), (f64::NAN, 1.0)] {
        found.add(value, cost, 1.0);
    }
    let difference = found.difference().unwrap();
    near("difference", difference.value, 20.0, 1e-12);
    near("error", difference.standard_error.unwrap(), 40.0 / 3.0_f64.sqrt(), 1e-9);
    near("ratio", found.ratio().unwrap(), 1.5, 1e-12);
    assert_eq!(difference.n, 3);
    assert_eq!(DeliveredValue::default().ratio(), None);
    let mut free = DeliveredValue::default();
    free.add(50.0, 0.0, 1.0);
    assert_eq!(free.ratio(), None, "what costs nothing has no ratio");
}

/// The figures that R's `p.adjust` gives for the same p-values.
#[test]
fn corrections_are_the_textbooks() {
    let p = [0.01, 0.04, 0.03, 0.005, 0.5];
    let [bh, hm] = [benjamini_hochberg(&p), holm(&p)];
    for (place, (false_share, any_false)) in
        [(0.025, 0.04), (0.05, 0.09), (0.05, 0.09), (0.025, 0.025), (0.5, 0.5)].into_iter().enumerate()
    {
        near("Benjamini–Hochberg", bh[place], false_share, 1e-12);
        near("Holm", hm[place], any_false, 1e-12);
    }
    assert!(benjamini_hochberg(&[]).is_empty());
}
