//! The Pareto/NBD likelihood as a mixture: alive to the end, or left at one of the nodes in between.
//!
//! Its derivatives are those of the mixture's parts under their posterior shares, so they fit the value exactly.

use super::ParetoNbd;
use crate::{
    behaviour::{BuyerGroups, Group, newton::Derivatives},
    quadrature,
};

/// The decay, in logs, behind which an integrand no longer counts.
const GONE: f64 = 45.0;

/// A time of leaving, counted from being alive to the end: scales may be huge without its digits being lost.
pub(super) struct Leaving {
    /// ln of the integrand times the node's weight, less A.
    pub ln_term: f64,
    /// T − y.
    rest: f64,
    /// ln((α+T)/(α+y)).
    rate_gain: f64,
    /// ln((β+T)/(β+y)).
    life_gain: f64,
}

impl ParetoNbd {
    /// The nodes between the last purchase and the end, in ln(y + the smaller scale).
    pub(super) fn leavings(&self, repeats: u32, last: f64, age: f64, mut each: impl FnMut(&Leaving)) {
        let (shape, scale) = (self.r + f64::from(repeats), self.alpha.min(self.beta));
        let reach = |scale: f64, power: f64| {
            if power > 0.0 { (scale + last) * (GONE / power).exp_m1() } else { f64::INFINITY }
        };
        let far = reach(self.alpha, shape - 1.0).min(reach(self.beta, self.s));
        let end = age.min(last + far);
        let (ln_rate, ln_start) = (self.s.ln() - (self.beta + age).ln(), (scale + last).ln());
        // y from the start of the stretch, so that a short one far out keeps its digits
        let width = ((end - last) / (scale + last)).ln_1p();
        quadrature::nodes(0.0, width, 3.0, |u, weight| {
            let y = last + (scale + last) * u.exp_m1();
            let rest = (age - y).max(0.0);
            let rate_gain = (rest / (self.alpha + y)).ln_1p();
            let life_gain = (rest / (self.beta + y)).ln_1p();
            // the logarithm of y + scale is the variable itself
            let mass = weight.ln() + ln_start + u;
            let ln_term = ln_rate + shape * rate_gain + (self.s + 1.0) * life_gain + mass;
            each(&Leaving { ln_term, rest, rate_gain, life_gain });
        });
    }
}

/// s·ln β − s·ln(β+T): the life of those alive to the end.
pub(super) fn add_lives(model: &ParetoNbd, buyers: &BuyerGroups, sum: &mut Derivatives<4>) {
    let (s, beta) = (model.s, model.beta);
    for group in buyers.groups() {
        let (weight, growth) = (group.weight, group.age / beta);
        let (ln_growth, life) = (growth.ln_1p(), 1.0 / (beta + group.age));
        sum.value -= weight * s * ln_growth;
        sum.gradient[2] -= weight * ln_growth;
        sum.gradient[3] += weight * s * growth * life;
        sum.hessian[2][3] += weight * growth * life;
        sum.hessian[3][2] += weight * growth * life;
        sum.hessian[3][3] -= weight * s * growth * (2.0 + growth) * life * life;
    }
}

/// Running sums of a mixture's parts, in the unit e^`scale`.
struct Mixture {
    scale: f64,
    total: f64,
    slopes: [f64; 4],
    curvatures: [[f64; 4]; 4],
}

impl Mixture {
    fn add(&mut self, ln_term: f64, slopes: [f64; 4], curvatures: [f64; 5]) {
        let share = (ln_term - self.scale).exp();
        let [r_alpha, alpha_alpha, s_s, s_beta, beta_beta] = curvatures;
        self.total += share;
        for (row, slope) in slopes.iter().enumerate() {
            self.slopes[row] += share * slope;
            for (column, other) in slopes.iter().enumerate().skip(row) {
                self.curvatures[row][column] += share * slope * other;
            }
        }
        self.curvatures[0][1] += share * r_alpha;
        self.curvatures[1][1] += share * alpha_alpha;
        self.curvatures[2][2] += share * s_s;
        self.curvatures[2][3] += share * s_beta;
        self.curvatures[3][3] += share * beta_beta;
    }

    /// Into the sum: ln Σ, E[g] and E[H + ggᵀ] − E[g]E[g]ᵀ.
    fn into(self, weight: f64, sum: &mut Derivatives<4>) {
        sum.value += weight * (self.scale + self.total.ln());
        let mean = self.slopes.map(|slope| slope / self.total);
        for row in 0..4 {
            sum.gradient[row] += weight * mean[row];
            for column in row..4 {
                let entry = weight * (self.curvatures[row][column] / self.total - mean[row] * mean[column]);
                sum.hessian[row][column] += entry;
                sum.hessian[column][row] += if row == column { 0.0 } else { entry };
            }
        }
    }
}

/// ln(1 + I·e^−A) of a group: what having left adds to being alive. All is counted from being alive.
pub(super) fn add_group(model: &ParetoNbd, group: &Group, sum: &mut Derivatives<4>) {
    let shape = model.r + f64::from(group.repeats);
    let (span, life) = (1.0 / (model.alpha + group.age), 1.0 / (model.beta + group.age));
    // the integrand is highest at the last purchase
    let silent = group.age - group.last;
    let gain = |scale: f64| (silent / (scale + group.last)).ln_1p();
    let most = shape * gain(model.alpha) + (model.s + 1.0) * gain(model.beta) + (model.s * life).ln();
    let scale = (most + silent.max(f64::MIN_POSITIVE).ln()).max(0.0);
    let mut mixture = Mixture { scale, total: 0.0, slopes: [0.0; 4], curvatures: [[0.0; 4]; 4] };
    mixture.add(0.0, [0.0; 4], [0.0; 5]);
    model.leavings(group.repeats, group.last, group.age, |leaving| {
        let y = group.age - leaving.rest;
        let (near, close, s) = (1.0 / (model.alpha + y), 1.0 / (model.beta + y), 1.0 / model.s);
        let (nearer, closer) = (leaving.rest * span * near, leaving.rest * life * close);
        let slopes = [leaving.rate_gain, -shape * nearer, s + leaving.life_gain, -model.s * closer - close];
        let curvatures = [
            -nearer,
            shape * nearer * (near + span),
            -s * s,
            -closer,
            model.s * closer * (close + life) + close * close,
        ];
        mixture.add(leaving.ln_term, slopes, curvatures);
    });
    mixture.into(group.weight, sum);
}
