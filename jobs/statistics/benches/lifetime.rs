//! One million simulated customers: from the log to what each is worth, on one core.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rapport_statistics::behaviour::{
    Buyer, BuyerGroups, Family, GammaGamma, Lifetime, Outlook, Purchase, PurchaseFit, histories, lifetimes,
};

#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

const CUSTOMERS: u32 = 1_000_000;
/// Customers arrive over three months and are seen to the end of the ninth, as at CDNOW.
const ARRIVALS: u32 = 91;
const END: i32 = 273;
/// The parameters of the CDNOW maximum, in days, and of its money.
const BG: [f64; 4] = [0.2426, 4.4136 * 7.0, 0.7929, 2.4259];
const SPEND: [f64; 3] = [6.2496, 3.7442, 15.4435];
const OUTLOOK: Outlook = Outlook { horizon: 365.0, periods: 12, period: 30.0, discount: 0.01, margin: 0.3 };

/// A row in little: customer, day, money.
static LOG: OnceLock<Vec<(u32, i16, f32)>> = OnceLock::new();

fn main() {
    divan::main();
}

/// Gamma by Marsaglia and Tsang.
fn gamma(random: &mut ChaCha8Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost: f64 = random.random::<f64>().powf(1.0 / shape);
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

fn log() -> &'static [(u32, i16, f32)] {
    LOG.get_or_init(|| {
        let mut random = ChaCha8Rng::seed_from_u64(1997);
        let mut rows = Vec::new();
        for customer in 0..CUSTOMERS {
            let rate = gamma(&mut random, BG[0]) / BG[1];
            let (leave, stay) = (gamma(&mut random, BG[2]), gamma(&mut random, BG[3]));
            let scale = gamma(&mut random, SPEND[1]) / SPEND[2];
            let mut at = f64::from(random.random_range(0..ARRIVALS));
            loop {
                let money = gamma(&mut random, SPEND[0]) / scale;
                rows.push((customer, at as i16, ((money * 100.0).round() / 100.0) as f32));
                if rows.len() > 1
                    && random.random::<f64>() < leave / (leave + stay)
                    && rows[rows.len() - 2].0 == customer
                {
                    break;
                }
                at += -(1.0 - random.random::<f64>()).ln() / rate;
                if at >= f64::from(END) {
                    break;
                }
            }
        }
        rows
    })
}

fn buyers() -> Vec<Buyer> {
    let mut buyers = Vec::with_capacity(CUSTOMERS as usize);
    let rows = log().iter().map(|(customer, day, money)| Purchase {
        customer: u64::from(*customer),
        day: i32::from(*day),
        money: f64::from(*money),
    });
    buyers.extend(histories(rows, END).map(|history| history.unwrap().buyer(END, 1.0).unwrap()));
    buyers
}

fn worth(family: Family) -> Vec<Lifetime> {
    let buyers = buyers();
    let groups = BuyerGroups::new(&buyers).unwrap();
    let fit = PurchaseFit::new(family, &groups).unwrap();
    let spend = GammaGamma::fit(&buyers).unwrap();
    lifetimes(&groups, &buyers, &fit.model, &spend.model, &OUTLOOK).unwrap()
}

/// From the log to every customer's P(alive), purchases, spend and twelve-month value.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_customers_bg_nbd(bencher: Bencher) {
    log();
    bencher.bench_local(|| worth(black_box(Family::BgNbd)));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_customers_mbg_nbd(bencher: Bencher) {
    log();
    bencher.bench_local(|| worth(black_box(Family::MbgNbd)));
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn a_million_customers_pareto_nbd(bencher: Bencher) {
    log();
    bencher.bench_local(|| worth(black_box(Family::ParetoNbd)));
}

mod step {
    use super::*;

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn log_to_buyers(bencher: Bencher) {
        log();
        bencher.bench_local(buyers);
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn group(bencher: Bencher) {
        let buyers = buyers();
        bencher.bench_local(|| BuyerGroups::new(black_box(&buyers)));
    }

    #[divan::bench(sample_count = 3, sample_size = 1, args = [Family::BgNbd, Family::MbgNbd, Family::Nbd])]
    fn fit(bencher: Bencher, family: Family) {
        let groups = BuyerGroups::new(&buyers()).unwrap();
        bencher.bench_local(|| PurchaseFit::new(family, black_box(&groups)));
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn fit_gamma_gamma(bencher: Bencher) {
        let buyers = buyers();
        bencher.bench_local(|| GammaGamma::fit(black_box(&buyers)));
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn value(bencher: Bencher) {
        let buyers = buyers();
        let groups = BuyerGroups::new(&buyers).unwrap();
        let fit = PurchaseFit::new(Family::BgNbd, &groups).unwrap();
        let spend = GammaGamma::fit(&buyers).unwrap();
        bencher.bench_local(|| lifetimes(&groups, &buyers, &fit.model, &spend.model, &OUTLOOK));
    }
}
