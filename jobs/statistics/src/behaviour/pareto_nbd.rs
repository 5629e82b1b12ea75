//! Pareto/NBD: NBD purchases; lifetimes are exponential with rates that are gamma over the buyers.
//!
//! Its hypergeometric functions are integrals over the time of leaving, and are integrated.

use super::{
    BuyerError, BuyerGroups,
    error::positive,
    newton::{Derivatives, Optimum, maximise},
};
use crate::{
    quadrature,
    special::{discounted, logistic},
};

mod likelihood;

/// The Pareto/NBD.
///
/// Source: D. C. Schmittlein, D. G. Morrison and R. Colombo, Management Science 33 (1987); formulas as in
/// P. S. Fader and B. G. S. Hardie, "A note on deriving the Pareto/NBD model" (2005).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Their scale, in the unit of time.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Their scale, in the unit of time: the mean rate is s/β.
    pub beta: f64,
}

impl ParetoNbd {
    /// # Errors
    /// [`BuyerError::Parameter`] for one that is not positive and finite.
    pub fn new([r, alpha, s, beta]: [f64; 4]) -> Result<Self, BuyerError> {
        Ok(Self {
            r: positive("r", r)?,
            alpha: positive("alpha", alpha)?,
            s: positive("s", s)?,
            beta: positive("beta", beta)?,
        })
    }

    /// Σw·ln f, without terms free of the parameters, in the buyers' unit of time.
    ///
    /// Shapes above about 1e12 leave the logarithms no digit: then neither this nor the slopes need be numbers.
    #[must_use]
    pub fn log_likelihood(&self, buyers: &BuyerGroups) -> f64 {
        self.derivatives(buyers).value
    }

    /// The slopes of the log-likelihood in r, α, s and β.
    #[must_use]
    pub fn gradient(&self, buyers: &BuyerGroups) -> [f64; 4] {
        self.derivatives(buyers).gradient
    }

    /// The probability that a buyer has not left: 1/(1 + I·e^−A), A = −(r+x)·ln(α+T) − s·ln(β+T),
    /// I = s∫(α+y)^−(r+x)·(β+y)^−(s+1) dy over tₓ…T.
    #[must_use]
    pub fn p_alive(&self, repeats: u32, last: f64, age: f64) -> f64 {
        let (mut left, alive) = (f64::NEG_INFINITY, self.ln_alive(repeats, age));
        // the largest term first sets the scale; the nodes then add up in its unit
        let mut terms = [0.0; 64];
        let mut filled = 0;
        self.leavings(repeats, last, age, |leaving| {
            terms[filled] = leaving.ln_term;
            filled += 1;
            if filled == terms.len() {
                left = gather(left, &terms);
                filled = 0;
            }
        });
        left = gather(left, &terms[..filled]);
        if left == f64::NEG_INFINITY { 1.0 } else { logistic(alive - left) }
    }

    fn ln_alive(&self, repeats: u32, age: f64) -> f64 {
        -(self.r + f64::from(repeats)) * (self.alpha + age).ln() - self.s * (self.beta + age).ln()
    }

    /// Purchases expected in the next `time` of a buyer with these purchases. A count, not a probability.
    #[must_use]
    pub fn expected_purchases(&self, repeats: u32, last: f64, age: f64, time: f64) -> f64 {
        self.p_alive(repeats, last, age) * self.expected_while_alive(repeats, age, time)
    }

    /// Purchases after the first one expected of a new buyer in `time`.
    #[must_use]
    pub fn expected_of_new(&self, time: f64) -> f64 {
        self.expected_while_alive(0, 0.0, time)
    }

    /// Purchases expected in the next `time` of a buyer who has not left: (r+x)(β+T)/(α+T)·(1 − e^(−(s−1)u))/(s−1)
    /// with u = ln(1 + t/(β+T)).
    ///
    /// An age that is negative or no number has no expectation: NaN.
    #[must_use]
    pub fn expected_while_alive(&self, repeats: u32, age: f64, time: f64) -> f64 {
        if age.is_nan() || age < 0.0 {
            return f64::NAN;
        }
        if !(time > 0.0 && time.is_finite()) {
            return 0.0;
        }
        let (span, life) = (self.alpha + age, self.beta + age);
        let rate = (self.r + f64::from(repeats)) / span;
        let value = rate * life * discounted(self.s - 1.0, (time / life).ln_1p());
        value.clamp(0.0, (rate * time).min(f64::MAX))
    }

    /// Discounted expected purchases of all the future, at the continuous rate `discount` per unit of time; `None`
    /// for a rate that is not positive and finite.
    ///
    /// P(alive)·(r+x)/(α+T)·∫e^(−δt)·((β+T)/(β+T+t))^s dt over 0…∞, which is the published form without Tricomi's
    /// function. Source: Fader, Hardie and Lee, Journal of Marketing Research 42 (2005).
    #[must_use]
    pub fn discounted_purchases(&self, repeats: u32, last: f64, age: f64, discount: f64) -> Option<f64> {
        if !(discount > 0.0 && discount.is_finite()) {
            return None;
        }
        let life = self.beta + age;
        let z = discount * life;
        // t = life·(eᵛ − 1); beyond `end` what is left is below 1e-17 of the whole
        let end = (60.0 / z).ln_1p().min(if self.s > 1.0 { 45.0 / (self.s - 1.0) } else { f64::INFINITY });
        let weight = |v: f64| (-z * v.exp_m1() + (1.0 - self.s) * v).exp();
        let years = life * quadrature::integrate(0.0, end, 0.5, weight);
        let rate = (self.r + f64::from(repeats)) / (self.alpha + age);
        Some(self.p_alive(repeats, last, age) * rate * years).filter(|purchases| purchases.is_finite())
    }

    pub(crate) fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.s, self.beta]
    }

    pub(crate) fn fit(start: [f64; 4], buyers: &BuyerGroups) -> Result<Optimum<4>, BuyerError> {
        maximise("Pareto/NBD", buyers.cases(), start, |&[r, alpha, s, beta]| {
            Self { r, alpha, s, beta }.derivatives(buyers)
        })
    }

    fn derivatives(&self, buyers: &BuyerGroups) -> Derivatives<4> {
        let mut sum = super::nbd::counts(buyers, self.r, self.alpha);
        likelihood::add_lives(self, buyers.cases(), &mut sum);
        for group in buyers.groups() {
            likelihood::add_group(self, group, &mut sum);
        }
        sum
    }
}

/// ln(e^so_far + Σe^term).
fn gather(so_far: f64, terms: &[f64]) -> f64 {
    let most = terms.iter().copied().fold(so_far, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + ((so_far - most).exp() + terms.iter().map(|term| (term - most).exp()).sum::<f64>()).ln()
}
