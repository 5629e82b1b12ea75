//! BG/NBD and MBG/NBD: NBD purchases; after a purchase a buyer leaves for good with a probability that is beta
//! over the buyers.

use super::{
    BuyerError, BuyerGroups,
    error::positive,
    newton::{Derivatives, Optimum, maximise},
};
use crate::special::{Rising, logistic};

mod expectation;

/// When a buyer can leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DropOut {
    /// After every repeat purchase (BG/NBD): who bought once is always alive.
    #[default]
    AfterRepeats,
    /// After every purchase, the first too (MBG/NBD).
    AfterEveryPurchase,
}

/// The BG/NBD or MBG/NBD.
///
/// Sources: P. S. Fader, B. G. S. Hardie and K. L. Lee, Marketing Science 24 (2005); E. P. Batislam, M. Denizel and
/// A. Filiztekin, International Journal of Research in Marketing 24 (2007).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaGeometric {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Their scale, in the unit of time.
    pub alpha: f64,
    /// First parameter of the drop-out probabilities: their mean is a/(a+b).
    pub a: f64,
    /// Second parameter of the drop-out probabilities.
    pub b: f64,
    /// When a buyer can leave.
    pub drop_out: DropOut,
}

impl BetaGeometric {
    /// # Errors
    /// [`BuyerError::Parameter`] for one that is not positive and finite.
    pub fn new(drop_out: DropOut, [r, alpha, a, b]: [f64; 4]) -> Result<Self, BuyerError> {
        Ok(Self {
            r: positive("r", r)?,
            alpha: positive("alpha", alpha)?,
            a: positive("a", a)?,
            b: positive("b", b)?,
            drop_out,
        })
    }

    /// Σw·ln f, without terms free of the parameters, in the buyers' unit of time.
    #[must_use]
    pub fn log_likelihood(&self, buyers: &BuyerGroups) -> f64 {
        self.derivatives(buyers).value
    }

    /// The slopes of the log-likelihood in r, α, a and b.
    #[must_use]
    pub fn gradient(&self, buyers: &BuyerGroups) -> [f64; 4] {
        self.derivatives(buyers).gradient
    }

    /// The probability that a buyer has not left: 1/(1+e^(B−A)), with the two ways to the same purchases
    /// A = −(r+x)·ln(α+T), alive since, and B = ln a − ln(b+x−1) − (r+x)·ln(α+tₓ), left with the last one.
    #[must_use]
    pub fn p_alive(&self, repeats: u32, last: f64, age: f64) -> f64 {
        let (repeats, silence) = (f64::from(repeats), (self.alpha + age).ln() - (self.alpha + last).ln());
        let chances = repeats + self.chances_at_start();
        if chances <= 0.0 {
            return 1.0;
        }
        let odds = self.a.ln() - (self.b + (chances - 1.0)).ln() + (self.r + repeats) * silence;
        logistic(-odds)
    }

    /// How often a buyer could leave before the first repeat.
    fn chances_at_start(&self) -> f64 {
        match self.drop_out {
            DropOut::AfterRepeats => 0.0,
            DropOut::AfterEveryPurchase => 1.0,
        }
    }

    pub(crate) fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    fn derivatives(&self, buyers: &BuyerGroups) -> Derivatives<4> {
        let mut sum = super::nbd::counts(buyers, self.r, self.alpha);
        self.add_chances(buyers, &mut sum);
        let mut before = f64::NAN;
        let mut ln_span = 0.0;
        for group in buyers.groups() {
            if group.age != before {
                before = group.age;
                ln_span = (self.alpha + group.age).ln();
            }
            self.add_group(group, ln_span, &mut sum);
        }
        mirror(&mut sum.hessian);
        sum
    }

    /// lnΓ(a+b) − lnΓ(a+b+n) + lnΓ(b+n) − lnΓ(b), n the number of chances to leave.
    fn add_chances(&self, buyers: &BuyerGroups, sum: &mut Derivatives<4>) {
        let (mut both, mut stay) = (Rising::default(), Rising::default());
        let (mut from, start) = (0, self.chances_at_start() as u64);
        for (repeats, weight) in buyers.repeats() {
            let to = u64::from(*repeats) + start;
            both = both.extended(self.a + self.b, from, to);
            stay = stay.extended(self.b, from, to);
            from = to;
            sum.value += weight * (stay.value - both.value);
            sum.gradient[2] -= weight * both.slope;
            sum.gradient[3] += weight * (stay.slope - both.slope);
            sum.hessian[2][2] -= weight * both.curvature;
            sum.hessian[2][3] -= weight * both.curvature;
            sum.hessian[3][3] += weight * (stay.curvature - both.curvature);
        }
    }

    /// ln(e^A + e^B) of a group, into the upper half of the Hessian.
    fn add_group(&self, group: &super::Group, ln_span: f64, sum: &mut Derivatives<4>) {
        let (weight, repeats) = (group.weight, f64::from(group.repeats));
        let (shape, chances) = (self.r + repeats, repeats + self.chances_at_start());
        let (span, ln_last) = (1.0 / (self.alpha + group.age), (self.alpha + group.last).ln());
        let mut add = |slopes: [f64; 2], curvature: f64, share: f64| {
            sum.gradient[0] += weight * share * slopes[0];
            sum.gradient[1] += weight * share * shape * slopes[1];
            sum.hessian[0][1] += weight * share * slopes[1];
            sum.hessian[1][1] += weight * share * shape * curvature;
        };
        if chances <= 0.0 {
            add([-ln_span, -span], span * span, 1.0);
            sum.value -= weight * shape * ln_span;
            return;
        }
        let (early, stay) = (1.0 / (self.alpha + group.last), 1.0 / (self.b + (chances - 1.0)));
        let odds = self.a.ln() + stay.ln() + shape * (ln_span - ln_last);
        let left = logistic(odds);
        add([-ln_span, -span], span * span, 1.0 - left);
        add([-ln_last, -early], early * early, left);
        // ln(e^A + e^B) = A + ln(1 + e^(B−A)), in whichever tail is exact
        sum.value += weight * (odds.max(0.0) + (-odds.abs()).exp().ln_1p() - shape * ln_span);
        sum.gradient[2] += weight * left / self.a;
        sum.gradient[3] -= weight * left * stay;
        sum.hessian[2][2] -= weight * left / (self.a * self.a);
        sum.hessian[3][3] += weight * left * stay * stay;
        let apart = [ln_span - ln_last, shape * (span - early), 1.0 / self.a, -stay];
        let doubt = weight * left * (1.0 - left);
        for (row, one) in apart.iter().enumerate() {
            for (column, other) in apart.iter().enumerate().skip(row) {
                sum.hessian[row][column] += doubt * one * other;
            }
        }
    }

    pub(crate) fn fit(
        drop_out: DropOut,
        start: [f64; 4],
        buyers: &BuyerGroups,
    ) -> Result<Optimum<4>, BuyerError> {
        let model = match drop_out {
            DropOut::AfterRepeats => "BG/NBD",
            DropOut::AfterEveryPurchase => "MBG/NBD",
        };
        maximise(model, buyers.cases(), start, |&[r, alpha, a, b]| {
            Self { r, alpha, a, b, drop_out }.derivatives(buyers)
        })
    }
}

fn mirror(hessian: &mut [[f64; 4]; 4]) {
    for (row, column) in [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)] {
        hessian[row][column] = hessian[column][row];
    }
}
