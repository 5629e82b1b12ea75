//! Contracts that are renewed or end: the shifted beta-geometric model of how long customers stay.

use super::{
    BuyerError,
    error::positive,
    fit::{FitStatus, Parameter, parameters},
    newton::{Derivatives, maximise},
};
use crate::{
    retention::Contract,
    special::{Rising, ln_gamma_ratio},
};

/// The shifted beta-geometric (sBG): at every renewal a customer ends with a probability of their own, which is
/// beta over the customers. Retention rises with age because those likely to end go first.
///
/// Source: P. S. Fader and B. G. S. Hardie, "How to project customer retention", Journal of Interactive Marketing 21
/// (2007).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftedBetaGeometric {
    /// First parameter of the probabilities to end: their mean is α/(α+β).
    pub alpha: f64,
    /// Second parameter.
    pub beta: f64,
}

/// A fitted sBG.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractFit {
    /// The model at the maximum.
    pub model: ShiftedBetaGeometric,
    /// [`FitStatus::SpreadNotSeen`] where retention does not rise with age, or only one renewal is known.
    pub status: FitStatus,
    /// α and β with their errors.
    pub parameters: Vec<Parameter>,
    /// Σ lostₜ·ln P(t) + Σ leftₜ·ln S(t).
    pub log_likelihood: f64,
    /// Contracts that came to a renewal: the base.
    pub contracts: u64,
}

impl ShiftedBetaGeometric {
    /// # Errors
    /// [`BuyerError::Parameter`] for one that is not positive and finite.
    pub fn new(alpha: f64, beta: f64) -> Result<Self, BuyerError> {
        Ok(Self { alpha: positive("alpha", alpha)?, beta: positive("beta", beta)? })
    }

    /// The share still there after `renewal` renewals: S(t) = Π rₜ; 1 at the start.
    #[must_use]
    pub fn survival(&self, renewal: u32) -> f64 {
        let many = f64::from(renewal);
        // as B(α, β+t)/B(α, β) where sums of so many logarithms would cancel
        if renewal > 4096 && self.alpha <= many {
            let share = ln_gamma_ratio(self.beta, self.alpha) - ln_gamma_ratio(self.beta + many, self.alpha);
            return share.exp().min(1.0);
        }
        let [stay, both] = [self.beta, self.alpha + self.beta]
            .map(|p| Rising::default().extended(p, 0, u64::from(renewal)).value);
        // both sums are of many logarithms: rounding may leave a share above 1
        (stay - both).exp().min(1.0)
    }

    /// The share of those at hand who renew at the t-th renewal, t from 1: (β+t−1)/(α+β+t−1).
    #[must_use]
    pub fn retention(&self, renewal: u32) -> f64 {
        let before = f64::from(renewal.max(1) - 1);
        (self.beta + before) / (self.alpha + self.beta + before)
    }

    /// The log-likelihood of customers lost at each renewal and of those left after the last.
    #[must_use]
    pub fn log_likelihood(&self, lost: &[f64], left: f64) -> f64 {
        self.derivatives(lost, &after_last(lost, left)).value
    }

    /// Fits the model to the customers lost at each renewal, from the first, and those left after the last.
    ///
    /// # Errors
    /// [`BuyerError::Weights`] for numbers that are negative or not finite; [`BuyerError::NoBuyers`] if nobody ended
    /// or nobody stayed on at any renewal, which no such model can tell from certainty.
    pub fn fit(lost: &[f64], left: f64) -> Result<ContractFit, BuyerError> {
        Self::fit_counts(lost, &after_last(lost, left))
    }

    /// Fits the model to contracts of all ages: who began late is known to have stayed that long, and no longer.
    /// Contracts that end before they begin, or begin after the last finished period, are left out.
    ///
    /// # Errors
    /// As [`ShiftedBetaGeometric::fit`].
    pub fn fit_contracts(contracts: &[Contract], last_finished: u32) -> Result<ContractFit, BuyerError> {
        let known = |contract: &&Contract| {
            contract.start <= last_finished && contract.end.is_none_or(|end| end > contract.start)
        };
        let longest = contracts.iter().filter(known).map(|contract| last_finished - contract.start).max();
        let renewals = longest.unwrap_or_default() as usize;
        let (mut lost, mut left) = (vec![0.0; renewals], vec![0.0; renewals + 1]);
        for contract in contracts.iter().filter(known) {
            let observed = last_finished - contract.start;
            match contract.end.map(|end| end - contract.start).filter(|age| *age <= observed) {
                // an end is at the first renewal or later
                Some(renewal) => lost[renewal as usize - 1] += 1.0,
                None => left[observed as usize] += 1.0,
            }
        }
        Self::fit_counts(&lost, &left)
    }

    fn fit_counts(lost: &[f64], left: &[f64]) -> Result<ContractFit, BuyerError> {
        let counted = |count: &f64| count.is_finite() && *count >= 0.0;
        if let Some(row) = lost.iter().chain(left).position(|count| !counted(count)) {
            return Err(BuyerError::Weights { row });
        }
        let gone: f64 = lost.iter().sum();
        // who has come to no renewal says nothing
        let kept: f64 = left.iter().skip(1).sum();
        let renewed = kept + lost.iter().skip(1).sum::<f64>();
        if gone <= 0.0 || renewed <= 0.0 || !(gone + kept).is_finite() {
            return Err(BuyerError::NoBuyers);
        }
        let cases = gone + kept;
        let top = maximise("sBG", cases, [1.0, 1.0], |&[alpha, beta]| {
            Self { alpha, beta }.derivatives(lost, left)
        })?;
        let [alpha, beta] = top.parameters;
        Ok(ContractFit {
            model: Self::new(alpha, beta)?,
            status: if top.is_identified(cases) { FitStatus::Identified } else { FitStatus::SpreadNotSeen },
            parameters: parameters(["alpha", "beta"], &top, cases),
            log_likelihood: top.value,
            contracts: cases as u64,
        })
    }

    /// ln P(t) = ln α + Σ ln(β+i) over i < t−1 − Σ ln(α+β+i) over i < t.
    /// `left` has those last seen after 0, 1, … renewals.
    fn derivatives(&self, lost: &[f64], left: &[f64]) -> Derivatives<2> {
        let mut sum = Derivatives::zero();
        let (mut stay, mut both, zero) = (Rising::default(), Rising::default(), Rising::default());
        let mut add = |count: f64, stay: Rising, both: Rising, ended: Rising| {
            sum.value += count * (stay.value - both.value + ended.value);
            sum.gradient[0] += count * (ended.slope - both.slope);
            sum.gradient[1] += count * (stay.slope - both.slope);
            sum.hessian[0][0] += count * (ended.curvature - both.curvature);
            sum.hessian[0][1] -= count * both.curvature;
            sum.hessian[1][0] -= count * both.curvature;
            sum.hessian[1][1] += count * (stay.curvature - both.curvature);
        };
        let ended = Rising::default().extended(self.alpha, 0, 1);
        for ((before, count), seen) in (0..).zip(lost).zip(left) {
            add(*seen, stay, both, zero);
            both = both.extended(self.alpha + self.beta, before, before + 1);
            add(*count, stay, both, ended);
            stay = stay.extended(self.beta, before, before + 1);
        }
        add(left.last().copied().unwrap_or_default(), stay, both, zero);
        sum
    }
}

/// Nobody but the last is left: all began together.
fn after_last(lost: &[f64], left: f64) -> Vec<f64> {
    let mut all = vec![0.0; lost.len()];
    all.push(left);
    all
}
