//! The bootstrap: how often each row is drawn is all a resample needs, so no row is copied.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{MOST_RESAMPLES, ResampleError, ResampleRule, Resampled, Rows, quantities::Quantities};
use crate::{
    Interval, Items, Missing, Model, Moments, MomentsError,
    path::{Frame, Settings, Solver},
};

/// Refits the model to `resamples` samples drawn with replacement; percentile intervals.
///
/// Of the rule's rows: with listwise deletion the complete ones. Weights go with their rows. Resample *b* reads stream
/// *b* of ChaCha8 and begins at the full sample's weights, so a resample depends on no other.
///
/// # Errors
/// [`ResampleError`]: the full sample's own error, too few, too many or dropped rows, or refits of which most failed.
pub fn bootstrap(
    model: &Model,
    items: &Items,
    rows: &Rows,
    missing: Missing,
    settings: Settings,
    resamples: u32,
    seed: u64,
) -> Result<Resampled, ResampleError> {
    if rows.is_dropped() {
        return Err(ResampleError::RowsDropped { rows: rows.count(), limit: rows.limit() });
    }
    if resamples < 2 {
        return Err(ResampleError::TooFew { found: resamples });
    }
    if resamples > MOST_RESAMPLES {
        return Err(ResampleError::TooMany { found: resamples, most: MOST_RESAMPLES });
    }
    let (expected, found) = (items.len(), rows.items());
    if expected != found {
        return Err(MomentsError::DifferentItems { expected, found }.into());
    }
    let frame = Frame::new(model, items)?;
    let mut solver = Solver::new(&frame, settings);
    let spread = rows.spread(missing == Missing::Listwise);
    let mut counts = vec![1; spread.len()];
    let mut moments = Moments::new(items);
    spread.add_to(&mut moments, &counts);
    let covariance = moments.covariance(items, missing)?;
    solver.solve(&covariance, None)?;
    let quantities = Quantities::of(&solver);
    let mut full = Vec::new();
    quantities.read(&solver, &mut full);
    let (weights, loadings) = (solver.weights.clone(), solver.loadings.clone());
    let mut samples = Vec::with_capacity(full.len() * resamples as usize);
    for stream in 0..resamples {
        draw(seed, stream, &mut counts);
        moments.clear();
        spread.add_to(&mut moments, &counts);
        let refit = moments.covariance(items, missing).ok();
        if refit.is_some_and(|covariance| solver.solve(&covariance, Some((&weights, &loadings))).is_ok()) {
            quantities.read(&solver, &mut samples);
        }
    }
    let succeeded = samples.len() / full.len();
    let failed = resamples - succeeded as u32;
    if succeeded < 2 || failed > resamples / 2 {
        return Err(ResampleError::MostFailed { failed, of: resamples });
    }
    let rule = ResampleRule::Bootstrap { resamples, seed };
    let mut drawn = Vec::with_capacity(succeeded);
    Ok(quantities.write(&solver, &full, &covariance, rule, failed, |at| {
        drawn.clear();
        drawn.extend(samples.iter().skip(at).step_by(full.len()));
        percentiles(&mut drawn)
    }))
}

/// Multinomial counts: as many draws as there are rows, each row as likely.
fn draw(seed: u64, stream: u32, counts: &mut [u32]) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(u64::from(stream));
    counts.fill(0);
    let rows = counts.len() as u64;
    for _ in 0..rows {
        // Lemire's product; its bias is below rows/2⁶⁴
        let place = (u128::from(random.next_u64()) * u128::from(rows)) >> 64;
        counts[place as usize] += 1;
    }
}

/// Standard deviation and percentile interval of the resamples.
fn percentiles(drawn: &mut [f64]) -> (f64, Option<Interval>) {
    drawn.sort_unstable_by(f64::total_cmp);
    let n = drawn.len() as f64;
    let mean = drawn.iter().sum::<f64>() / n;
    let squares: f64 = drawn.iter().map(|value| (value - mean).powi(2)).sum();
    let interval = Interval { lower: quantile(drawn, 0.025), upper: quantile(drawn, 0.975) };
    ((squares / (n - 1.0)).sqrt(), Some(interval))
}

/// Linear between order statistics (Hyndman & Fan's type 7).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (above - below) * at.fract()
}
