//! The CDNOW fits against an independent solver at the same maximum.

use rapport_statistics::behaviour::{
    BetaGeometric, Buyer, BuyerGroups, DropOut, Family, FitStatus, GammaGamma, Nbd, Parameter, ParetoNbd,
    PurchaseFit, PurchaseModel,
};
use serde_json::Value;

use crate::cdnow::{agree, buyers, calibration, expected, number, numbers, summary};

pub const FAMILIES: [(&str, Family); 4] = [
    ("bg_nbd", Family::BgNbd),
    ("mbg_nbd", Family::MbgNbd),
    ("pareto_nbd", Family::ParetoNbd),
    ("nbd_no_dropout", Family::Nbd),
];

#[test]
fn the_log_becomes_the_published_summary() {
    let (Some(histories), Some(summary), Some(expected)) = (calibration(), summary(), expected()) else {
        return;
    };
    assert_eq!(histories.len(), summary.len());
    for ((history, ours), (customer, theirs)) in histories.iter().zip(buyers().unwrap()).zip(summary) {
        assert_eq!(history.customer, customer);
        assert_eq!(ours.repeats, theirs.repeats);
        for (ours, theirs) in [
            (ours.last, theirs.last),
            (ours.age, theirs.age),
            (ours.mean_repeat_spend, theirs.mean_repeat_spend),
        ] {
            assert!((ours - theirs).abs() <= 0.00501, "customer {customer}: {ours} against {theirs}");
        }
    }
    let window = &expected["windows"][0]["rfm"];
    let groups = BuyerGroups::new(&buyers().unwrap()).unwrap();
    assert_eq!(groups.groups().len() as f64, number(&window["distinct_x_tx_T"]));
}

fn same_parameters(ours: &[Parameter], theirs: &Value, what: &str) {
    for parameter in ours {
        let name = format!("{what} {}", parameter.name);
        agree(parameter.value, number(&theirs["params"][parameter.name]), 1e-8, &name);
        let error = parameter.standard_error.unwrap();
        // theirs of Pareto/NBD come from second differences of the likelihood alone
        let share = if what == "pareto_nbd" { 3e-4 } else { 1e-8 };
        agree(error, number(&theirs["standard_errors"][parameter.name]), share, &format!("error of {name}"));
        let interval = parameter.interval.unwrap();
        assert!(interval.lower < parameter.value && parameter.value < interval.upper);
    }
}

#[test]
fn the_maxima_are_those_of_the_reference_solver() {
    let (Some(buyers), Some(expected)) = (buyers(), expected()) else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let theirs = &expected["windows"][0]["reference_mle"];
    for (name, family) in FAMILIES {
        let fit = PurchaseFit::new(family, &groups).unwrap();
        assert_eq!(fit.status, FitStatus::Identified, "{name}");
        same_parameters(&fit.parameters, &theirs[name], name);
        agree(fit.log_likelihood, number(&theirs[name]["log_likelihood"]), 1e-9, name);
        agree(fit.without_drop_out, number(&theirs["nbd_no_dropout"]["log_likelihood"]), 1e-9, name);
    }
    let fit = GammaGamma::fit(&buyers).unwrap();
    let theirs = &theirs["gamma_gamma"];
    assert_eq!(fit.status, FitStatus::Identified);
    same_parameters(&fit.parameters, theirs, "gamma_gamma");
    agree(fit.log_likelihood, number(&theirs["log_likelihood"]), 1e-9, "gamma_gamma");
    agree(fit.correlation.unwrap(), number(&theirs["corr_x_zbar"]), 1e-8, "correlation");
    agree(fit.model.expected_spend(0, 0.0).unwrap(), number(&theirs["population_mean_spend"]), 1e-8, "mean");
    assert_eq!(fit.buyers as f64, number(&theirs["customers_used"]));
}

#[test]
fn likelihoods_and_slopes_at_given_points() {
    let (Some(buyers), Some(expected)) = (buyers(), expected()) else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let points = expected["windows"][0]["likelihood_points"].as_array().unwrap();
    assert_eq!(points.len(), 13);
    for point in points {
        let at = numbers(&point["params"]);
        let name = point["model"].as_str().unwrap();
        let four = || <[f64; 4]>::try_from(at.as_slice()).unwrap();
        let (value, gradient) = match name {
            "bg_nbd" | "mbg_nbd" => {
                let rule = if name == "bg_nbd" { DropOut::AfterRepeats } else { DropOut::AfterEveryPurchase };
                let model = BetaGeometric::new(rule, four()).unwrap();
                (model.log_likelihood(&groups), model.gradient(&groups).to_vec())
            }
            "pareto_nbd" => {
                let model = ParetoNbd::new(four()).unwrap();
                (model.log_likelihood(&groups), model.gradient(&groups).to_vec())
            }
            _ => {
                let model = GammaGamma::new(<[f64; 3]>::try_from(at.as_slice()).unwrap()).unwrap();
                (model.log_likelihood(&buyers), model.gradient(&buyers).to_vec())
            }
        };
        agree(value, number(&point["log_likelihood"]), 1e-9, name);
        if let Some(theirs) = point.get("gradient") {
            for (ours, theirs) in gradient.iter().zip(numbers(theirs)) {
                assert!(
                    (ours - theirs).abs() <= 1e-8 * (1.0 + theirs.abs()),
                    "{name} at {at:?}: {ours}, {theirs}"
                );
            }
        }
    }
}

/// The file gives no slopes for Pareto/NBD: they must be those of its values.
#[test]
fn the_slopes_of_pareto_are_those_of_its_values() {
    let Some(buyers) = buyers() else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    for at in [[1.0, 1.0, 1.0, 1.0], [5.0, 50.0, 0.01, 40.0], [0.5, 10.0, 0.6, 10.0]] {
        let gradient = ParetoNbd::new(at).unwrap().gradient(&groups);
        for place in 0..4 {
            let step = 1e-5 * at[place];
            let value = |by: f64| {
                let mut there = at;
                there[place] += by;
                ParetoNbd::new(there).unwrap().log_likelihood(&groups)
            };
            let slope =
                (8.0 * (value(step) - value(-step)) - value(2.0 * step) + value(-2.0 * step)) / (12.0 * step);
            assert!(
                (gradient[place] - slope).abs() <= 1e-5 * (1.0 + slope.abs()),
                "{at:?}: {gradient:?}, {slope}"
            );
        }
    }
}

/// Days, weeks or years: the unit changes the scale's parameters and nothing else.
#[test]
fn the_unit_of_time_does_not_matter() {
    let Some(buyers) = buyers() else { return };
    let days: Vec<Buyer> =
        buyers.iter().map(|buyer| Buyer { last: buyer.last * 7.0, age: buyer.age * 7.0, ..*buyer }).collect();
    for (name, family) in FAMILIES {
        let [weeks, days] = [&buyers, &days].map(|buyers| {
            PurchaseFit::new(family, &BuyerGroups::new(buyers).unwrap()).unwrap().model.parameters()
        });
        for (place, (weeks, days)) in weeks.iter().zip(days).enumerate() {
            let scale = if place == 1 || name == "pareto_nbd" && place == 3 { 7.0 } else { 1.0 };
            agree(days, weeks * scale, 1e-8, name);
        }
    }
}

/// The reference's errors of Pareto/NBD carry four digits; the differences of our slopes give all.
#[test]
fn the_standard_errors_of_pareto_are_those_of_its_slopes() {
    let Some(buyers) = buyers() else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let fit = PurchaseFit::new(Family::ParetoNbd, &groups).unwrap();
    let at: [f64; 4] = fit.model.parameters().try_into().unwrap();
    let information: [[f64; 4]; 4] = std::array::from_fn(|place| {
        let slopes = |by: f64| {
            let mut there = at;
            there[place] *= 1.0 + by;
            ParetoNbd::new(there).unwrap().gradient(&groups)
        };
        let (up, down) = (slopes(1e-4), slopes(-1e-4));
        std::array::from_fn(|other| (down[other] - up[other]) / (2e-4 * at[place]))
    });
    for (place, parameter) in fit.parameters.iter().enumerate() {
        let mut unit = [0.0; 4];
        unit[place] = 1.0;
        let error = solve(information, unit)[place].sqrt();
        agree(parameter.standard_error.unwrap(), error, 1e-6, parameter.name);
    }
}

/// Gauss–Jordan elimination.
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for pivot in 0..4 {
        for row in (0..4).filter(|row| *row != pivot) {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            matrix[row].iter_mut().zip(above).for_each(|(entry, above)| *entry -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    std::array::from_fn(|row| right[row] / matrix[row][row])
}

#[test]
fn the_standard_errors_of_pareto_stand_in_clvtools_too() {
    let Some(buyers) = buyers() else { return };
    let fit = PurchaseFit::new(Family::ParetoNbd, &BuyerGroups::new(&buyers).unwrap()).unwrap();
    for (parameter, theirs) in fit.parameters.iter().zip([0.0476, 0.843, 0.187, 6.21]) {
        agree(parameter.standard_error.unwrap(), theirs, 3e-3, parameter.name);
    }
}

#[test]
fn the_nbd_at_its_maximum_is_level() {
    let Some(buyers) = buyers() else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let fit = PurchaseFit::new(Family::Nbd, &groups).unwrap();
    let PurchaseModel::Nbd(top) = fit.model else { panic!("an NBD was asked for") };
    for (r, alpha) in [(1.001, 1.0), (0.999, 1.0), (1.0, 1.001), (1.0, 0.999)] {
        assert!(Nbd::new(top.r * r, top.alpha * alpha).unwrap().log_likelihood(&groups) < fit.log_likelihood);
    }
}

/// What the papers print, to the digits they print.
#[test]
fn the_maxima_are_those_of_the_papers() {
    let (Some(buyers), Some(expected)) = (buyers(), expected()) else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    for (name, family) in &FAMILIES[..3] {
        let fit = PurchaseFit::new(*family, &groups).unwrap();
        let published = &expected["published"][*name];
        for parameter in &fit.parameters {
            let theirs = number(&published["params"][parameter.name]);
            assert!(
                (parameter.value - theirs).abs() <= 0.003,
                "{name} {}: {}",
                parameter.name,
                parameter.value
            );
        }
        if let Some(theirs) = published.get("log_likelihood") {
            assert!((fit.log_likelihood - number(theirs)).abs() < 0.05, "{name}");
        }
    }
    let spend = GammaGamma::fit(&buyers).unwrap();
    for parameter in &spend.parameters {
        let theirs = number(&expected["published"]["gamma_gamma"]["params"][parameter.name]);
        assert!((parameter.value - theirs).abs() <= 0.005, "{}: {}", parameter.name, parameter.value);
    }
}
