//! Retention as satisfaction rises: the curve, its zones of defection, indifference and affection, and what the top
//! box has over the next.

use crate::{Estimate, Interval, Proportion, Z95, moments::SIZES};

/// Retention at one point of the satisfaction scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetentionPoint {
    /// The point.
    pub score: f64,
    /// Share retained with Wilson's interval.
    pub retained: Estimate,
    /// The share smoothed so that it never falls as satisfaction rises.
    pub monotone: f64,
}

/// Retention by satisfaction, ascending by score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetentionCurve {
    boxes: Vec<(f64, Proportion)>,
}

/// The three zones of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zones {
    /// The first score of the zone of indifference.
    pub indifference_from: f64,
    /// The first score of the zone of affection.
    pub affection_from: f64,
    /// Retention in the zones of defection, indifference and affection.
    pub retained: [Estimate; 3],
}

/// How many times one rate is the other, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRatio {
    /// The ratio.
    pub value: f64,
    /// 95 %, symmetric in logs (D. Katz et al., Biometrics 34 (1978)).
    pub interval: Interval,
}

impl RetentionCurve {
    /// Adds a customer who gave this score and then stayed or left. A score that is not finite, or a weight outside
    /// 1e-100…1e100, is left out.
    pub fn add(&mut self, score: f64, stayed: bool, weight: f64) {
        if !(score.is_finite() && SIZES.contains(&weight)) {
            return;
        }
        let score = score + 0.0;
        let place =
            self.boxes.binary_search_by(|(other, _)| other.total_cmp(&score)).unwrap_or_else(|place| {
                self.boxes.insert(place, (score, Proportion::default()));
                place
            });
        self.boxes.get_mut(place).into_iter().for_each(|(_, share)| share.add(stayed, weight));
    }

    /// The curve, one point for every score given.
    #[must_use]
    pub fn points(&self) -> Vec<RetentionPoint> {
        let estimates: Vec<(f64, Estimate)> =
            self.boxes.iter().filter_map(|(score, share)| Some((*score, share.estimate()?))).collect();
        let shares: Vec<(f64, f64)> =
            estimates.iter().map(|(_, retained)| (retained.value, retained.effective_n)).collect();
        let points = estimates.into_iter().zip(monotone(&shares));
        points.map(|((score, retained), monotone)| RetentionPoint { score, retained, monotone }).collect()
    }

    /// The zones of defection, indifference and affection, found in the data.
    ///
    /// Of all ways to cut the monotone curve in three the one whose zones' means fit it best by weighted least
    /// squares (W. D. Fisher, JASA 53 (1958)); every zone has an unweighted base of at least `least_base`; of equal
    /// fits the one with the lower cuts. `None` where no cut does, or the zones would not rise.
    #[must_use]
    pub fn zones(&self, least_base: u64) -> Option<Zones> {
        let points = self.points();
        let mut best: Option<(f64, usize, usize)> = None;
        for first in 1..points.len() {
            for second in first + 1..points.len() {
                let zones = [points.get(..first)?, points.get(first..second)?, points.get(second..)?];
                let means = zones.map(mean);
                let based = zones.iter().all(|zone| base(zone) >= least_base.max(1));
                if !(based && means[0] < means[1] && means[1] < means[2]) {
                    continue;
                }
                let misfit: f64 = zones.iter().zip(means).map(|(zone, mean)| misfit(zone, mean)).sum();
                if best.is_none_or(|(least, _, _)| misfit < least - 1e-12) {
                    best = Some((misfit, first, second));
                }
            }
        }
        let (_, first, second) = best?;
        Some(Zones {
            indifference_from: points.get(first)?.score,
            affection_from: points.get(second)?.score,
            retained: [
                self.retained(0, first)?,
                self.retained(first, second)?,
                self.retained(second, points.len())?,
            ],
        })
    }

    fn retained(&self, from: usize, to: usize) -> Option<Estimate> {
        let mut share = Proportion::default();
        self.boxes.get(from..to)?.iter().for_each(|(_, other)| share.merge(other));
        share.estimate()
    }

    /// How many times the next box's retention the top box's is; `None` where a rate is 0, both are 1, a box is
    /// empty, or the interval has no end.
    #[must_use]
    pub fn top_box_retention(&self, top: f64, next: f64) -> Option<RateRatio> {
        let [top, next] = [self.at(top)?, self.at(next)?];
        ratio((top.value, top.effective_n), (next.value, next.effective_n))
    }

    /// How many times the top box's share of leavers the next box's is; `None` as for
    /// [`RetentionCurve::top_box_retention`].
    #[must_use]
    pub fn next_box_leaving(&self, top: f64, next: f64) -> Option<RateRatio> {
        let [top, next] = [self.at(top)?, self.at(next)?];
        ratio((1.0 - next.value, next.effective_n), (1.0 - top.value, top.effective_n))
    }

    fn at(&self, score: f64) -> Option<Estimate> {
        self.boxes.iter().find(|(other, _)| *other == score)?.1.estimate()
    }
}

/// exp(ln(p₁/p₂) ± z√((1−p₁)/(n₁p₁) + (1−p₂)/(n₂p₂))).
fn ratio(one: (f64, f64), other: (f64, f64)) -> Option<RateRatio> {
    let spread = |(rate, base): (f64, f64)| (1.0 - rate) / (base * rate);
    let (value, half) = (one.0 / other.0, Z95 * (spread(one) + spread(other)).sqrt());
    let known = one.0 > 0.0 && other.0 > 0.0 && half > 0.0 && half.is_finite();
    let interval = Interval { lower: value / half.exp(), upper: value * half.exp() };
    (known && interval.upper.is_finite()).then_some(RateRatio { value, interval })
}

/// The least-squares fit that never falls, by pooling adjacent violators (Ayer et al., Annals of Mathematical
/// Statistics 26 (1955)).
fn monotone(shares: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (share, weight) in shares {
        let mut pool = (*share, *weight, 1);
        while let Some(below) = pools.pop_if(|below| below.0 >= pool.0) {
            let weight = below.1 + pool.1;
            pool = ((below.0 * below.1 + pool.0 * pool.1) / weight, weight, below.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(share, _, boxes)| std::iter::repeat_n(share, boxes)).collect()
}

fn base(zone: &[RetentionPoint]) -> u64 {
    zone.iter().map(|point| point.retained.n).sum()
}

fn mean(zone: &[RetentionPoint]) -> f64 {
    let weight: f64 = zone.iter().map(|point| point.retained.effective_n).sum();
    zone.iter().map(|point| point.retained.effective_n * point.monotone).sum::<f64>() / weight
}

fn misfit(zone: &[RetentionPoint], mean: f64) -> f64 {
    zone.iter().map(|point| point.retained.effective_n * (point.monotone - mean).powi(2)).sum()
}
