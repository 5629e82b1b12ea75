//! Gamma–Gamma: the money of a purchase is gamma within a buyer, and its scale is gamma over the buyers.

use super::{
    Buyer, BuyerError,
    error::positive,
    fit::{FitStatus, Parameter, parameters},
    newton::{Derivatives, maximise},
};
use crate::special::{digamma, ln_beta, trigamma};

/// The Gamma–Gamma model of spend, which takes how often and how much as unrelated.
///
/// Source: P. S. Fader and B. G. S. Hardie, "The Gamma-Gamma model of monetary value" (2013).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaGamma {
    /// Shape of the money within a buyer.
    pub p: f64,
    /// Shape over the buyers; the mean exists for q > 1.
    pub q: f64,
    /// Scale over the buyers, in money.
    pub v: f64,
}

/// A fitted Gamma–Gamma model.
#[derive(Clone, Debug, PartialEq)]
pub struct SpendFit {
    /// The model at the maximum.
    pub model: GammaGamma,
    /// Whether the data determine all of it.
    pub status: FitStatus,
    /// p, q and v with their errors.
    pub parameters: Vec<Parameter>,
    /// At the maximum.
    pub log_likelihood: f64,
    /// Repeat buyers with a positive spend: the base.
    pub buyers: u64,
    /// Pearson's correlation of repeats and mean spend among them; the model needs it near 0. `None` where one of
    /// them does not vary.
    pub correlation: Option<f64>,
}

/// A repeat buyer's purchases and mean spend, with the weight of those who are like this one.
struct Spender {
    repeats: f64,
    spend: f64,
    ln_spend: f64,
    weight: f64,
}

impl GammaGamma {
    /// # Errors
    /// [`BuyerError::Parameter`] for one that is not positive and finite.
    pub fn new([p, q, v]: [f64; 3]) -> Result<Self, BuyerError> {
        Ok(Self { p: positive("p", p)?, q: positive("q", q)?, v: positive("v", v)? })
    }

    /// Money expected of a purchase to come: (pv + pxz̄)/(px + q − 1), without a repeat the mean pv/(q − 1).
    /// `None` where the mean does not exist (px + q ≤ 1) or the spend given is no amount.
    #[must_use]
    pub fn expected_spend(&self, repeats: u32, mean_repeat_spend: f64) -> Option<f64> {
        // a repeat without money says nothing of the scale of money: such a buyer is like a new one
        let known = if mean_repeat_spend > 0.0 { f64::from(repeats) } else { 0.0 };
        let below = self.p * known + self.q - 1.0;
        let above = self.p * (self.v + known * mean_repeat_spend.max(0.0));
        (below > 0.0).then(|| above / below).filter(|spend| spend.is_finite())
    }

    /// The log-likelihood of the repeat buyers with a positive spend.
    #[must_use]
    pub fn log_likelihood(&self, buyers: &[Buyer]) -> f64 {
        self.derivatives(&spenders(buyers, |_| 1.0)).value
    }

    /// Its slopes in p, q and v.
    #[must_use]
    pub fn gradient(&self, buyers: &[Buyer]) -> [f64; 3] {
        self.derivatives(&spenders(buyers, |_| 1.0)).gradient
    }

    /// Fits the model to the repeat buyers with a positive spend; the others take no part.
    ///
    /// # Errors
    /// [`BuyerError::TooFewSpenders`] if there are not two with different figures; [`BuyerError::NotConverged`].
    pub fn fit(buyers: &[Buyer]) -> Result<SpendFit, BuyerError> {
        fit(&spenders(buyers, |_| 1.0))
    }

    /// [`GammaGamma::fit`] with a case weight for every buyer.
    ///
    /// # Errors
    /// As [`GammaGamma::fit`]; [`BuyerError::Weights`] for weights that are not finite, negative or not as many.
    pub fn fit_weighted(buyers: &[Buyer], weights: &[f64]) -> Result<SpendFit, BuyerError> {
        let wrong = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0));
        match wrong {
            Some(row) => Err(BuyerError::Weights { row }),
            None if weights.len() != buyers.len() => {
                Err(BuyerError::Weights { row: weights.len().min(buyers.len()) })
            }
            None => fit(&spenders(buyers, |row| weights.get(row).copied().unwrap_or_default())),
        }
    }

    /// With u = v + xz̄: lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q·ln v + (px−1)·ln z̄ + px·ln x − (px+q)·ln u.
    fn derivatives(&self, spenders: &[Spender]) -> Derivatives<3> {
        let mut sum = Derivatives::zero();
        let (ln_v, q_slope, q_curvature) = (self.v.ln(), digamma(self.q), trigamma(self.q));
        for alike in spenders.chunk_by(|one, other| one.repeats == other.repeats) {
            let repeats = alike.first().map_or(0.0, |spender| spender.repeats);
            let (px, sums) = (self.p * repeats, Sums::of(alike, self.v));
            let (gammas, shape, weight) = (Gammas::of(px, self.q), px + self.q, sums.weight);
            let ln_share = weight * repeats.ln() + sums.ln_spend - sums.ln_total;
            let ln_rest = weight * ln_v - sums.ln_total;
            sum.value += weight * gammas.value + px * ln_share - sums.ln_spend + self.q * ln_rest;
            sum.gradient[0] += repeats * (weight * (gammas.both - gammas.own) + ln_share);
            sum.gradient[1] += weight * (gammas.both - q_slope) + ln_rest;
            sum.gradient[2] += weight * self.q / self.v - shape * sums.inverse;
            sum.hessian[0][0] += weight * repeats * repeats * (gammas.both_curvature - gammas.own_curvature);
            sum.hessian[0][1] += weight * repeats * gammas.both_curvature;
            sum.hessian[1][1] += weight * (gammas.both_curvature - q_curvature);
            sum.hessian[0][2] -= repeats * sums.inverse;
            sum.hessian[1][2] += weight / self.v - sums.inverse;
            sum.hessian[2][2] += shape * sums.inverse_squared - weight * self.q / (self.v * self.v);
        }
        for (row, column) in [(0, 1), (0, 2), (1, 2)] {
            sum.hessian[column][row] = sum.hessian[row][column];
        }
        sum
    }
}

/// Sums over spenders with the same number of repeats; u = v + xz̄.
#[derive(Default)]
struct Sums {
    weight: f64,
    ln_spend: f64,
    ln_total: f64,
    inverse: f64,
    inverse_squared: f64,
}

impl Sums {
    fn of(alike: &[Spender], v: f64) -> Self {
        let mut sums = Self::default();
        for spender in alike {
            let total = v + spender.repeats * spender.spend;
            let inverse = spender.weight / total;
            sums.weight += spender.weight;
            sums.ln_spend += spender.weight * spender.ln_spend;
            sums.ln_total += spender.weight * total.ln();
            sums.inverse += inverse;
            sums.inverse_squared += inverse / total;
        }
        sums
    }
}

/// What hangs on the number of repeats alone.
#[derive(Default)]
struct Gammas {
    value: f64,
    own: f64,
    both: f64,
    own_curvature: f64,
    both_curvature: f64,
}

impl Gammas {
    fn of(px: f64, q: f64) -> Self {
        Self {
            value: -ln_beta(px, q),
            own: digamma(px),
            both: digamma(px + q),
            own_curvature: trigamma(px),
            both_curvature: trigamma(px + q),
        }
    }
}

/// Those who bought again for money, sorted, so that buyers in any order give the same bits.
fn spenders(buyers: &[Buyer], weight: impl Fn(usize) -> f64) -> Vec<Spender> {
    let counted = |buyer: &Buyer| {
        buyer.repeats > 0 && buyer.mean_repeat_spend > 0.0 && buyer.mean_repeat_spend.is_finite()
    };
    let mut keys: Vec<(u32, u64, u64)> = buyers
        .iter()
        .enumerate()
        .filter(|(_, buyer)| counted(buyer))
        .map(|(row, buyer)| (buyer.repeats, buyer.mean_repeat_spend.to_bits(), weight(row).to_bits()))
        .filter(|(_, _, weight)| f64::from_bits(*weight) > 0.0)
        .collect();
    keys.sort_unstable();
    let mut spenders: Vec<Spender> = Vec::with_capacity(keys.len());
    for (repeats, spend, weight) in keys {
        let (repeats, spend, weight) = (f64::from(repeats), f64::from_bits(spend), f64::from_bits(weight));
        match spenders.last_mut() {
            Some(last) if last.repeats == repeats && last.spend == spend => last.weight += weight,
            _ => spenders.push(Spender { repeats, spend, ln_spend: spend.ln(), weight }),
        }
    }
    spenders
}

fn fit(spenders: &[Spender]) -> Result<SpendFit, BuyerError> {
    let first = spenders.first().ok_or(BuyerError::TooFewSpenders)?;
    if spenders.iter().all(|spender| spender.spend == first.spend) {
        return Err(BuyerError::TooFewSpenders);
    }
    let cases: f64 = spenders.iter().map(|spender| spender.weight).sum();
    let mean = spenders.iter().map(|spender| spender.weight * spender.spend).sum::<f64>() / cases;
    let start = [2.0, 3.0, mean];
    let top =
        maximise("Gamma–Gamma", cases, start, |&[p, q, v]| GammaGamma { p, q, v }.derivatives(spenders))?;
    let status = if top.is_identified(cases) { FitStatus::Identified } else { FitStatus::SpreadNotSeen };
    Ok(SpendFit {
        model: GammaGamma::new(top.parameters)?,
        status,
        parameters: parameters(["p", "q", "v"], &top, cases),
        log_likelihood: top.value,
        buyers: cases.round() as u64,
        correlation: correlation(spenders, cases, mean),
    })
}

fn correlation(spenders: &[Spender], cases: f64, mean: f64) -> Option<f64> {
    let often = spenders.iter().map(|spender| spender.weight * spender.repeats).sum::<f64>() / cases;
    let [mut both, mut one, mut other] = [0.0; 3];
    for spender in spenders {
        let (repeats, spend) = (spender.repeats - often, spender.spend - mean);
        both += spender.weight * repeats * spend;
        one += spender.weight * repeats * repeats;
        other += spender.weight * spend * spend;
    }
    Some(both / (one * other).sqrt()).filter(|value| value.is_finite()).map(|value| value.clamp(-1.0, 1.0))
}
