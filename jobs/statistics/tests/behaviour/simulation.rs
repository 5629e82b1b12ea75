//! Simulated buyers: the fits find the parameters they were made with, and their intervals hold them.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::behaviour::{
    Buyer, BuyerGroups, DropOut, Family, FitStatus, GammaGamma, Parameter, PurchaseFit, PurchaseModel,
};

use crate::cdnow::agree;

/// Gamma with scale 1, by Marsaglia and Tsang.
pub fn gamma(random: &mut ChaCha8Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost = random.random::<f64>().powf(1.0 / shape);
        return gamma(random, shape + 1.0) * boost;
    }
    let third = shape - 1.0 / 3.0;
    loop {
        let (one, other): (f64, f64) = (random.random(), random.random());
        let normal = (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos();
        let cube = (1.0 + normal / (9.0 * third).sqrt()).powi(3);
        let bar: f64 = random.random();
        if cube > 0.0 && bar.ln() < 0.5 * normal * normal + third * (1.0 - cube + cube.ln()) {
            return third * cube;
        }
    }
}

fn waiting(random: &mut ChaCha8Rng, rate: f64) -> f64 {
    -(1.0 - random.random::<f64>()).ln() / rate
}

/// Buyers who leave after a purchase with a beta probability, seen for 30 to 60 units.
fn leaving(random: &mut ChaCha8Rng, n: u32, [r, alpha, a, b]: [f64; 4], drop_out: DropOut) -> Vec<Buyer> {
    let one = |random: &mut ChaCha8Rng| {
        let (rate, leave, stay) = (gamma(random, r) / alpha, gamma(random, a), gamma(random, b));
        let (age, chance) = (random.random_range(30.0..60.0), leave / (leave + stay));
        let mut buyer = Buyer { age, ..Buyer::default() };
        let mut here = drop_out == DropOut::AfterRepeats || random.random::<f64>() >= chance;
        let mut at = 0.0;
        while here {
            at += waiting(random, rate);
            if at > age {
                break;
            }
            (buyer.repeats, buyer.last) = (buyer.repeats + 1, at);
            here = random.random::<f64>() >= chance;
        }
        buyer
    };
    (0..n).map(|_| one(random)).collect()
}

/// Buyers who leave at an exponential time.
fn dying(random: &mut ChaCha8Rng, n: u32, [r, alpha, s, beta]: [f64; 4]) -> Vec<Buyer> {
    let one = |random: &mut ChaCha8Rng| {
        let (rate, death) = (gamma(random, r) / alpha, gamma(random, s) / beta);
        let age: f64 = random.random_range(30.0..60.0);
        let until = age.min(waiting(random, death));
        let mut buyer = Buyer { age, ..Buyer::default() };
        let mut at = waiting(random, rate);
        while at < until {
            (buyer.repeats, buyer.last) = (buyer.repeats + 1, at);
            at += waiting(random, rate);
        }
        buyer
    };
    (0..n).map(|_| one(random)).collect()
}

/// Within three standard errors, which are small.
fn close(parameters: &[Parameter], truth: &[f64]) {
    for (parameter, truth) in parameters.iter().zip(truth) {
        let error = parameter.standard_error.unwrap();
        assert!((parameter.value - truth).abs() <= 3.0 * error, "{parameter:?} of {truth}");
        assert!(error <= 0.12 * truth, "{parameter:?} of {truth}");
    }
}

#[test]
fn every_model_finds_what_it_was_made_with() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let truth = [0.8, 8.0, 0.9, 3.0];
    for (rule, family) in
        [(DropOut::AfterRepeats, Family::BgNbd), (DropOut::AfterEveryPurchase, Family::MbgNbd)]
    {
        let buyers = leaving(&mut random, 40_000, truth, rule);
        let fit = PurchaseFit::new(family, &BuyerGroups::new(&buyers).unwrap()).unwrap();
        close(&fit.parameters, &truth);
    }
    let truth = [0.8, 8.0, 0.7, 15.0];
    let buyers = dying(&mut random, 20_000, truth);
    let fit = PurchaseFit::new(Family::ParetoNbd, &BuyerGroups::new(&buyers).unwrap()).unwrap();
    close(&fit.parameters, &truth);
}

#[test]
fn gamma_gamma_finds_what_it_was_made_with() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let truth = [6.0, 4.0, 15.0];
    let buyers: Vec<Buyer> = (0..30_000)
        .map(|place| {
            let repeats = place % 7;
            let scale = gamma(&mut random, truth[1]) / truth[2];
            let mean =
                gamma(&mut random, truth[0] * f64::from(repeats.max(1))) / scale / f64::from(repeats.max(1));
            let mean_repeat_spend = if repeats > 0 { mean } else { 0.0 };
            Buyer { repeats, last: f64::from(repeats), age: 10.0, mean_repeat_spend }
        })
        .collect();
    close(&GammaGamma::fit(&buyers).unwrap().parameters, &truth);
}

/// 2,000 samples of 1,000 buyers: the 95 % interval of every parameter holds the truth in 93 to 97 of 100.
#[test]
fn the_intervals_of_bg_nbd_hold() {
    const SAMPLES: u32 = 2_000;
    let truth = [1.0, 6.0, 1.0, 3.0];
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut hits = [0_u32; 4];
    for _ in 0..SAMPLES {
        let buyers = leaving(&mut random, 1_000, truth, DropOut::AfterRepeats);
        let fit = PurchaseFit::new(Family::BgNbd, &BuyerGroups::new(&buyers).unwrap()).unwrap();
        assert_eq!(fit.status, FitStatus::Identified);
        for ((hits, parameter), truth) in hits.iter_mut().zip(&fit.parameters).zip(truth) {
            let interval = parameter.interval.unwrap();
            *hits += u32::from(interval.lower <= truth && truth <= interval.upper);
        }
    }
    for (hits, name) in hits.iter().zip(["r", "alpha", "a", "b"]) {
        let share = f64::from(*hits) / f64::from(SAMPLES);
        assert!(
            (0.93..=0.97).contains(&share),
            "the interval of {name} holds the truth in {share} of the samples"
        );
    }
}

/// Buyers who have all just bought, as one who has left never does: the NBD is reported by name, with all alive,
/// whichever family was asked for.
#[test]
fn without_drop_out_the_nbd_is_reported() {
    let mut random = ChaCha8Rng::seed_from_u64(17);
    let mut buyers: Vec<Buyer> = dying(&mut random, 1_000, [1.2, 6.0, 1e-4, 1e6]);
    buyers.retain(|buyer| buyer.repeats > 0);
    buyers.iter_mut().for_each(|buyer| buyer.last = buyer.age * 0.99);
    let groups = BuyerGroups::new(&buyers).unwrap();
    let plain = PurchaseFit::new(Family::Nbd, &groups).unwrap();
    assert_eq!(plain.status, FitStatus::Identified);
    for family in [Family::BgNbd, Family::MbgNbd, Family::ParetoNbd] {
        let fit = PurchaseFit::new(family, &groups).unwrap();
        assert_eq!(fit.status, FitStatus::DropOutNotSeen, "{fit:?}");
        assert_eq!((fit.model, fit.family), (plain.model, family));
        assert_eq!(fit.model.p_alive(3, 10.0, 50.0), 1.0);
        assert!(fit.parameters.iter().all(|parameter| parameter.standard_error.is_some()));
    }
}

/// Buyers who all leave alike: the spread of their drop-out runs off, the expectations stand.
#[test]
fn without_spread_the_status_says_so() {
    let mut random = ChaCha8Rng::seed_from_u64(23);
    let buyers: Vec<Buyer> = leaving(&mut random, 3_000, [1.0, 6.0, 2e6, 8e6], DropOut::AfterRepeats);
    let fit = PurchaseFit::new(Family::BgNbd, &BuyerGroups::new(&buyers).unwrap()).unwrap();
    assert_eq!(fit.status, FitStatus::SpreadNotSeen, "{fit:?}");
    assert!(fit.parameters.iter().all(|parameter| parameter.interval.is_none()));
    let PurchaseModel::BetaGeometric(model) = fit.model else { panic!("drop-out is plain to see") };
    agree(model.a / (model.a + model.b), 0.2, 0.1, "mean drop-out");
}
