//! The Pareto/NBD likelihood as a mixture: alive to the end, or left at one of the nodes in between.
//!
//! Its derivatives are those of the mixture's parts under their posterior shares, so they fit the value exactly.

use super::ParetoNbd;
use crate::{
    behaviour::{Group, newton::Derivatives},
    quadrature,
};

/// The decay, in logs, behind which an integrand no longer counts.
const GONE: f64 = 45.0;

/// A time of leaving, with the logarithms the likelihood is made of.
pub(super) struct Leaving {
    /// ln of the integrand times the node's weight.
    pub ln_term: f64,
    y: f64,
    ln_alpha: f64,
    ln_beta: f64,
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
        let (ln_s, ln_start) = (self.s.ln(), (scale + last).ln());
        // y from the start of the stretch, so that a short one far out keeps its digits
        let width = ((end - last) / (scale + last)).ln_1p();
        quadrature::nodes(0.0, width, 3.0, |u, weight| {
            let ahead = (scale + last) * u.exp_m1();
            let y = last + ahead;
            // the logarithm of y + scale is the variable itself
            let (ln_y, ln_other) = (ln_start + u, (self.alpha.max(self.beta) + y).ln());
            let (ln_alpha, ln_beta) =
                if self.alpha <= self.beta { (ln_y, ln_other) } else { (ln_other, ln_y) };
            let ln_term = ln_s - shape * ln_alpha - (self.s + 1.0) * ln_beta + weight.ln() + ln_y;
            each(&Leaving { ln_term, y, ln_alpha, ln_beta });
        });
    }
}

/// The part that is the same for every buyer: s·ln β.
pub(super) fn add_lives(model: &ParetoNbd, cases: f64, sum: &mut Derivatives<4>) {
    let (s, beta) = (model.s, model.beta);
    sum.value += cases * s * beta.ln();
    sum.gradient[2] += cases * beta.ln();
    sum.gradient[3] += cases * s / beta;
    sum.hessian[2][3] += cases / beta;
    sum.hessian[3][2] += cases / beta;
    sum.hessian[3][3] -= cases * s / (beta * beta);
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

    /// Into the sum: ln Σ, E[g] and E[H + ggᵀ] − E[g]E[g]ᵀ, the slopes counted from `origin`.
    fn into(self, weight: f64, origin: [f64; 4], sum: &mut Derivatives<4>) {
        sum.value += weight * (self.scale + self.total.ln());
        let mean = self.slopes.map(|slope| slope / self.total);
        for row in 0..4 {
            sum.gradient[row] += weight * (origin[row] + mean[row]);
            for column in row..4 {
                let entry = weight * (self.curvatures[row][column] / self.total - mean[row] * mean[column]);
                sum.hessian[row][column] += entry;
                sum.hessian[column][row] += if row == column { 0.0 } else { entry };
            }
        }
    }
}

/// ln(e^A + I) of a group.
pub(super) fn add_group(model: &ParetoNbd, group: &Group, sum: &mut Derivatives<4>) {
    let shape = model.r + f64::from(group.repeats);
    let (span, life) = (1.0 / (model.alpha + group.age), 1.0 / (model.beta + group.age));
    let alive = model.ln_alive(group.repeats, group.age);
    // slopes are counted from those of being alive: what differs between the parts does not cancel
    let origin = [(span).ln(), -shape * span, life.ln(), -model.s * life];
    let first = -shape * (model.alpha + group.last).ln() - (model.s + 1.0) * (model.beta + group.last).ln();
    let scale = alive.max(first + model.s.ln() + (group.age - group.last).max(f64::MIN_POSITIVE).ln());
    let mut mixture = Mixture { scale, total: 0.0, slopes: [0.0; 4], curvatures: [[0.0; 4]; 4] };
    let curvatures = [-span, shape * span * span, 0.0, -life, model.s * life * life];
    mixture.add(alive, [0.0; 4], curvatures);
    model.leavings(group.repeats, group.last, group.age, |leaving| {
        let (span, life) = (1.0 / (model.alpha + leaving.y), 1.0 / (model.beta + leaving.y));
        let (s, more) = (1.0 / model.s, model.s + 1.0);
        let slopes = [
            -leaving.ln_alpha - origin[0],
            -shape * span - origin[1],
            s - leaving.ln_beta - origin[2],
            -more * life - origin[3],
        ];
        mixture.add(leaving.ln_term, slopes, [-span, shape * span * span, -s * s, -life, more * life * life]);
    });
    mixture.into(group.weight, origin, sum);
}
