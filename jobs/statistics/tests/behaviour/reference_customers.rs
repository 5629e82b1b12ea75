//! CDNOW's customers one by one against the reference solver's models, and their totals.

use rapport_statistics::behaviour::{
    BetaGeometric, Buyer, BuyerGroups, DropOut, Family, GammaGamma, Outlook, ParetoNbd, PurchaseFit,
    PurchaseModel, lifetimes,
};
use serde_json::Value;

use crate::{
    cdnow::{agree, buyers, calibration, expected, number},
    reference_mle::FAMILIES,
};

/// Models of one customer's figures: those of the reference maximum or the published parameters.
struct Models {
    bg: PurchaseModel,
    mbg: PurchaseModel,
    pareto: ParetoNbd,
    spend: GammaGamma,
}

impl Models {
    fn at(parameters: impl Fn(&str) -> Vec<f64>) -> Self {
        let four = |name: &str| <[f64; 4]>::try_from(parameters(name)).unwrap();
        let [p, q, v] = parameters("gamma_gamma")[..] else { panic!("three parameters") };
        let beta = |rule, name| PurchaseModel::BetaGeometric(BetaGeometric::new(rule, four(name)).unwrap());
        Self {
            bg: beta(DropOut::AfterRepeats, "bg_nbd"),
            mbg: beta(DropOut::AfterEveryPurchase, "mbg_nbd"),
            pareto: ParetoNbd::new(four("pareto_nbd")).unwrap(),
            spend: GammaGamma::new([p, q, v]).unwrap(),
        }
    }

    fn check(&self, buyer: &Buyer, theirs: &Value, share: f64, what: &str) {
        let &Buyer { repeats, last, age, mean_repeat_spend } = buyer;
        for (model, name) in [
            (self.bg, "bg_nbd"),
            (self.mbg, "mbg_nbd"),
            (PurchaseModel::ParetoNbd(self.pareto), "pareto_nbd"),
        ] {
            let what = format!("{what} {name}");
            agree(model.p_alive(repeats, last, age), number(&theirs[name]["p_alive"]), share, &what);
            let purchases = model.expected_purchases(repeats, last, age, 39.0);
            agree(purchases, number(&theirs[name]["expected_purchases"]), share, &what);
        }
        let spend = self.spend.expected_spend(repeats, mean_repeat_spend).unwrap();
        agree(spend, number(&theirs["gamma_gamma"]["expected_spend"]), share, what);
        let outlook = Outlook { horizon: 39.0, periods: 12, period: 4.345, discount: 0.01, margin: 1.0 };
        let groups = BuyerGroups::new(std::slice::from_ref(buyer)).unwrap();
        let worth =
            lifetimes(&groups, std::slice::from_ref(buyer), &self.bg, &self.spend, &outlook).unwrap()[0];
        agree(worth.value.unwrap(), number(&theirs["clv_12_months_1pct_a_month"]), share, what);
        let dert = self.pareto.discounted_purchases(repeats, last, age, 1.15_f64.ln() / 52.0).unwrap();
        agree(dert, number(&theirs["pareto_nbd"]["dert_15pct_a_year"]), share, &format!("{what} DERT"));
        let endless = number(&theirs["clv_pareto_nbd_gamma_gamma_15pct_a_year_infinite"]);
        agree(dert * spend, endless, share, &format!("{what} without end"));
    }
}

#[test]
fn the_named_customers_have_the_reference_values() {
    let (Some(histories), Some(buyers), Some(expected)) = (calibration(), buyers(), expected()) else {
        return;
    };
    let window = &expected["windows"][0];
    let groups = BuyerGroups::new(&buyers).unwrap();
    let fitted = Models::at(|name| match FAMILIES.iter().find(|(family, _)| *family == name) {
        Some((_, family)) => PurchaseFit::new(*family, &groups).unwrap().model.parameters(),
        None => {
            GammaGamma::fit(&buyers).unwrap().parameters.iter().map(|parameter| parameter.value).collect()
        }
    });
    let letters = |name: &str| match name {
        "gamma_gamma" => vec!["p", "q", "v"],
        "pareto_nbd" => vec!["r", "alpha", "s", "beta"],
        _ => vec!["r", "alpha", "a", "b"],
    };
    let published = Models::at(|name| {
        letters(name).iter().map(|letter| number(&expected["published"][name]["params"][*letter])).collect()
    });
    let customers = window["customers"].as_array().unwrap();
    assert_eq!(customers.len(), 20);
    for theirs in customers {
        let id: u64 = theirs["customer_id"].as_str().unwrap().parse().unwrap();
        let place = histories.iter().position(|history| history.customer == id).unwrap();
        fitted.check(&buyers[place], &theirs["at_reference_mle"], 1e-8, &format!("{id} at the maximum"));
        published.check(&buyers[place], &theirs["at_published_params"], 1e-8, &format!("{id} as published"));
    }
}

/// The package `lifetimes` stops early: its figures agree to a thousandth.
#[test]
fn the_named_customers_are_near_those_of_lifetimes() {
    let (Some(histories), Some(buyers), Some(expected)) = (calibration(), buyers(), expected()) else {
        return;
    };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let spend = GammaGamma::fit(&buyers).unwrap().model;
    let outlook = Outlook { horizon: 39.0, periods: 12, period: 4.345, discount: 0.01, margin: 1.0 };
    let customers = expected["windows"][0]["lifetimes_customers"].as_array().unwrap();
    assert_eq!(customers.len(), 20);
    for (name, family) in &FAMILIES[..3] {
        let model = PurchaseFit::new(*family, &groups).unwrap().model;
        let worth = lifetimes(&groups, &buyers, &model, &spend, &outlook).unwrap();
        for theirs in customers {
            let id: u64 = theirs["customer_id"].as_str().unwrap().parse().unwrap();
            let ours = worth[histories.iter().position(|history| history.customer == id).unwrap()];
            let near = |ours: f64, what: &str| agree(ours, number(&theirs[what]), 1e-3, what);
            near(ours.p_alive, &format!("{name}_p_alive"));
            near(ours.expected_purchases, &format!("{name}_expected_purchases"));
            near(ours.expected_spend.unwrap(), "expected_spend");
            if *name == "bg_nbd" {
                near(ours.value.unwrap(), "clv_12_months_1pct_a_month");
            }
        }
    }
}

#[test]
fn the_totals_are_the_reference_totals() {
    let (Some(buyers), Some(expected)) = (buyers(), expected()) else { return };
    let groups = BuyerGroups::new(&buyers).unwrap();
    let totals = &expected["windows"][0]["totals"];
    for (name, family) in [("bg_nbd", Family::BgNbd), ("pareto_nbd", Family::ParetoNbd)] {
        let model = PurchaseFit::new(family, &groups).unwrap().model;
        let alive: f64 = buyers.iter().map(|buyer| model.p_alive(buyer.repeats, buyer.last, buyer.age)).sum();
        let purchases: f64 = buyers
            .iter()
            .map(|buyer| model.expected_purchases(buyer.repeats, buyer.last, buyer.age, 39.0))
            .sum();
        agree(alive, number(&totals[format!("{name}_sum_p_alive")]), 1e-8, name);
        agree(purchases, number(&totals[format!("{name}_sum_expected")]), 1e-8, name);
    }
}
