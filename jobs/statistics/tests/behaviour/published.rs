//! Single values of the literature and inputs that broke other programs.

use rapport_statistics::behaviour::{
    BetaGeometric, BuyerGroups, DropOut, Family, GammaGamma, ParetoNbd, PurchaseFit,
};
use serde_json::Value;

use crate::cdnow::{agree, buyers, expected, number, numbers};

const BG: [f64; 4] = [0.243, 4.414, 0.793, 2.426];
const PARETO: [f64; 4] = [0.553, 10.578, 0.606, 11.669];

fn bg(parameters: [f64; 4]) -> BetaGeometric {
    BetaGeometric::new(DropOut::AfterRepeats, parameters).unwrap()
}

/// What our code gives for a published point, by the point's own description.
fn ours(what: &str) -> Vec<f64> {
    let (bg, pareto) = (bg(BG), ParetoNbd::new(PARETO).unwrap());
    match what {
        "E[Y(39)|x=2,t_x=30.43,T=38.86]" => vec![bg.expected_purchases(2, 30.43, 38.86, 39.0)],
        "E[X(t)] t=.1429,1,3,31.8571,32,78" => {
            // the spreadsheet works with all the digits of its fit
            let groups = BuyerGroups::new(&buyers().unwrap()).unwrap();
            let model = PurchaseFit::new(Family::BgNbd, &groups).unwrap().model;
            [0.1429, 1.0, 3.0, 31.8571, 32.0, 78.0].map(|time| model.expected_of_new(time)).to_vec()
        }
        "P(X(39)=0) at published params" => vec![bg.probability_of(0, 39.0)],
        "P(X(2)=10) at published params" => vec![bg.probability_of(10, 2.0)],
        "P(X(30)=n) n=11..20 at published params" => (11..=20).map(|n| bg.probability_of(n, 30.0)).collect(),
        "E[X(t)] t=0..9" => (0..10).map(|time| pareto.expected_of_new(f64::from(time))).collect(),
        "E[Y(52)|x=26,t_x=30.86,T=31]" => {
            let btyd = ParetoNbd::new([0.5534, 10.5802, 0.6061, 11.6562]).unwrap();
            vec![btyd.expected_purchases(26, 30.86, 31.0, 52.0)]
        }
        "P(alive|x=26,t_x=30.86,T=31) at r .5534 alpha 10.5802 s .6061 beta 11.6562" => {
            vec![ParetoNbd::new([0.5534, 10.5802, 0.6061, 11.6562]).unwrap().p_alive(26, 30.86, 31.0)]
        }
        "E[M|x,zbar] customers 1..10 at published params" => {
            let spend = GammaGamma::new([6.25, 3.74, 15.44]).unwrap();
            let of = |buyer: &rapport_statistics::behaviour::Buyer| {
                spend.expected_spend(buyer.repeats, buyer.mean_repeat_spend).unwrap()
            };
            buyers().unwrap().iter().take(10).map(of).collect()
        }
        other => panic!("nothing is known of {other}"),
    }
}

#[test]
fn every_published_point_is_met() {
    let Some(expected) = expected() else { return };
    let points = expected["published"]["points"].as_array().unwrap();
    assert_eq!(points.len(), 9);
    for point in points {
        let what = point["what"].as_str().unwrap();
        let theirs =
            if point["value"].is_array() { numbers(&point["value"]) } else { vec![number(&point["value"])] };
        let ours = ours(what);
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() <= number(&point["tolerance"]), "{what}: {ours} against {theirs}");
        }
    }
}

fn four(value: &Value) -> [f64; 4] {
    numbers(value).try_into().unwrap()
}

#[test]
fn inputs_that_broke_other_programs() {
    let Some(expected) = expected() else { return };
    let cases = expected["stress"].as_array().unwrap();
    assert_eq!(cases.len(), 2);
    for case in cases {
        let why = case["why"].as_str().unwrap();
        let [repeats, last, age, alive] = ["x", "t_x", "T", "p_alive"].map(|name| numbers(&case[name]));
        for place in 0..repeats.len() {
            let (x, last, age) = (repeats[place] as u32, last[place], age[place]);
            let ours = match case["model"].as_str().unwrap() {
                "bg_nbd" => bg(four(&case["params"])).p_alive(x, last, age),
                _ => ParetoNbd::new(four(&case["params"])).unwrap().p_alive(x, last, age),
            };
            assert!(
                (ours - alive[place]).abs() <= 2e-10 * alive[place] + 1e-300,
                "{why}: {ours} {}",
                alive[place]
            );
            if let Some(purchases) = case.get("expected_purchases") {
                let theirs = numbers(purchases)[place];
                let ours = bg(four(&case["params"])).expected_purchases(x, last, age, 52.0);
                assert!((ours - theirs).abs() <= 2e-10 * theirs + 1e-300, "{why}: {ours} {theirs}");
            }
        }
    }
}

#[test]
fn expectations_where_the_published_form_fails() {
    let Some(expected) = expected() else { return };
    let cases = expected["stress_more"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let [x, last, age, time] = ["x", "t_x", "T", "t"].map(|name| number(&case[name]));
        let ours = bg(four(&case["params"])).expected_purchases(x as u32, last, age, time);
        agree(ours, number(&case["expected_purchases"]), 1e-9, case["why"].as_str().unwrap());
    }
}

/// The probabilities of all numbers of purchases add up to one, and their mean is the expectation.
#[test]
fn the_distribution_of_purchases_is_one() {
    for rule in [DropOut::AfterRepeats, DropOut::AfterEveryPurchase] {
        let model = BetaGeometric::new(rule, BG).unwrap();
        let shares: Vec<f64> = (0..400).map(|n| model.probability_of(n, 20.0)).collect();
        let mean: f64 = shares.iter().enumerate().map(|(n, share)| n as f64 * share).sum();
        agree(shares.iter().sum(), 1.0, 1e-10, "sum");
        agree(mean, model.expected_of_new(20.0), 1e-8, "mean");
    }
}
