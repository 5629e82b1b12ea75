//! Purchases a buyer will make: Fader, Hardie and Lee's expectation without the hypergeometric function.
//!
//! Finite and not negative for every age and horizon, at a = 1 and for a + b < 1 too.

use super::BetaGeometric;
use crate::{
    quadrature,
    special::{Rising, discounted, ln_beta},
};

/// Above this share of the horizon in α+T+t the series needs too many terms.
const NEAR_ONE: f64 = 0.98;
/// A difference this much smaller than its terms has lost too many digits.
const CANCELLED: f64 = 1e-4;
/// Below this deviation of ln(p/(1−p)) the drop-out probability is one narrow peak.
const NARROW: f64 = 0.05;
/// Below this one it is a number: what its spread adds is smaller than the last digit.
const POINT: f64 = 1e-8;

impl BetaGeometric {
    /// Purchases expected in the next `time` of a buyer with these purchases; 0 for a time that is not positive.
    ///
    /// P(alive) times [`BetaGeometric::expected_while_alive`]. A count, not a probability.
    #[must_use]
    pub fn expected_purchases(&self, repeats: u32, last: f64, age: f64, time: f64) -> f64 {
        self.p_alive(repeats, last, age) * self.expected_while_alive(repeats, age, time)
    }

    /// Purchases after the first one expected of a new buyer in `time`.
    #[must_use]
    pub fn expected_of_new(&self, time: f64) -> f64 {
        match self.drop_out {
            super::DropOut::AfterRepeats => self.expected_while_alive(0, 0.0, time),
            super::DropOut::AfterEveryPurchase => self.expected_purchases(0, 0.0, 0.0, time),
        }
    }

    /// Purchases expected in the next `time` of a buyer who has not left.
    ///
    /// Euler's transformation of the published form, its poles divided out: c·L′ − e^((a−1)L)·S with
    /// L = −ln(1+t/(α+T)), L′ = −expm1((a−1)L)/(a−1), c = a+b+x−1, H = a+b−1−r, S = Σ termⱼ, term₁ = H·q,
    /// termⱼ₊₁ = termⱼ(H+j)(a+j−1)q/((c+j)(j+1)), q = t/(α+T+t); MBG/NBD adds 1 to c and H. Where q is near 1, or
    /// the difference cancels, the expectation is integrated over the drop-out probability instead.
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
        let span = self.alpha + age;
        let ceiling = (self.r + f64::from(repeats)) * (time / span);
        if !ceiling.is_finite() {
            return f64::MAX;
        }
        let q = time / (span + time);
        let series =
            if q < NEAR_ONE { self.series(f64::from(repeats), (time / span).ln_1p(), q) } else { None };
        series.unwrap_or_else(|| self.integral(f64::from(repeats), time / span)).clamp(0.0, ceiling)
    }

    /// The series; `None` where it cancels or does not end.
    fn series(&self, repeats: f64, growth: f64, q: f64) -> Option<f64> {
        let both = self.a + self.b - 1.0 + self.chances_at_start();
        let (c, h) = (both + repeats, both - self.r);
        let lead = c * discounted(self.a - 1.0, growth);
        let (tail, largest) = self.tail(c, h, (1.0 - self.a) * growth, q)?;
        let value = lead - tail;
        (value > CANCELLED * lead.abs().max(largest)).then_some(value)
    }

    /// e^`ln_scale`·S, the sum kept in range while it grows, and its largest term.
    fn tail(&self, c: f64, h: f64, ln_scale: f64, q: f64) -> Option<(f64, f64)> {
        let (mut term, mut sum, mut ln_scale) = (h * q, h * q, ln_scale);
        let mut largest = term.abs();
        for j in 1..4000 {
            let j = f64::from(j);
            term *= (h + j) * (self.a + j - 1.0) / ((c + j) * (j + 1.0)) * q;
            sum += term;
            largest = largest.max(term.abs());
            if largest > 1e200 {
                (term, sum, largest) = (term * 1e-200, sum * 1e-200, largest * 1e-200);
                ln_scale += 200.0 * std::f64::consts::LN_10;
            }
            // the terms fall from where both factors above have passed those below
            let ended = term.abs() <= 1e-17 * sum.abs() && j > h.abs() + self.a;
            if ended || term == 0.0 {
                let scale = ln_scale.exp();
                return Some((sum * scale, largest * scale)).filter(|(tail, most)| (tail + most).is_finite());
            }
        }
        None
    }

    /// `E[(1 − (1+pk)^−(r+x))/p]` over p, beta with a and b+n: the same expectation before it is integrated.
    fn integral(&self, repeats: f64, k: f64) -> f64 {
        let (shape, stay) = (self.r + repeats, self.b + repeats + self.chances_at_start());
        // a probability below all numbers has its limit
        let rate = |p: f64| if p > 0.0 { discounted(shape, (p * k).ln_1p()) * shape / p } else { shape * k };
        let spread = (1.0 / self.a + 1.0 / stay).sqrt();
        if spread > NARROW {
            self.over_all(stay, (shape, k), rate)
        } else if spread > POINT {
            self.around_the_mode(stay, spread, rate)
        } else {
            rate(self.a / (self.a + stay))
        }
    }

    /// The mean of `rate` over the drop-out probability.
    ///
    /// In y = ln(p/(1−p)) the weight is p^a·(1−p)^(b+n); below and above the part that is worked out the integrand
    /// is a power, and its tails are exact.
    fn over_all(&self, stay: f64, (shape, k): (f64, f64), rate: impl Fn(f64) -> f64) -> f64 {
        let ln_beta = ln_beta(self.a, stay);
        let low = -37.0 - (k * (shape + 1.0)).max(1.0).ln() - stay.max(1.0).ln();
        let high = 37.0 + self.a.max(1.0).ln();
        let weight = |y: f64| {
            let (ln_p, ln_rest) = (-(-y).exp().ln_1p(), -y.exp().ln_1p());
            let ln_p = if y < -700.0 { y } else { ln_p };
            (self.a * ln_p + stay * ln_rest - ln_beta).exp() * rate(ln_p.exp())
        };
        let below = shape * k * (self.a * low - ln_beta).exp() / self.a;
        let above = rate(1.0) * (-stay * high - ln_beta).exp() / stay;
        below + quadrature::integrate(low, high, 0.5, weight) + above
    }

    /// The mean of `rate` over a drop-out probability that is nearly the same for all: a peak that panels over all
    /// probabilities would step over.
    ///
    /// The weight is that of `over_all`, against its value at the peak: so much smaller than the weight's own logarithm
    /// that this one keeps its digits.
    fn around_the_mode(&self, stay: f64, spread: f64, rate: impl Fn(f64) -> f64) -> f64 {
        let (leaves, stays) = (self.a / (self.a + stay), stay / (self.a + stay));
        let (mut mean, mut total) = (0.0, 0.0);
        quadrature::nodes(-12.0 * spread, 12.0 * spread, 4.0 * spread, |off, node| {
            let ln_p = -(stays * (-off).exp_m1()).ln_1p();
            let ln_rest = -(leaves * off.exp_m1()).ln_1p();
            let weight = node * (self.a * ln_p + stay * ln_rest).exp();
            total += weight;
            mean += weight * rate(leaves * ln_p.exp());
        });
        mean / total
    }
}

impl BetaGeometric {
    /// The probability that a new buyer makes exactly `purchases` repeats in `time`; NaN for a time that is not finite. The
    /// cost grows with the purchases.
    #[must_use]
    pub fn probability_of(&self, purchases: u32, time: f64) -> f64 {
        if !time.is_finite() {
            return f64::NAN;
        }
        let time = time.max(0.0);
        let (n, span) = (u64::from(purchases), self.alpha + time);
        let (stay, hit) = (-(time / self.alpha).ln_1p() * self.r, (time / span).ln());
        let start = self.chances_at_start() as u64;
        // the negative binomial share of n, and of fewer
        let (mut count, mut fewer) = (stay.exp(), 0.0);
        let (mut ln_count, hit) = (stay, hit);
        for j in 0..n {
            fewer += count;
            ln_count += ((self.r + j as f64) / (j as f64 + 1.0)).ln() + hit;
            count = ln_count.exp();
        }
        let survived = |chances: u64| {
            let [stay, both] =
                [self.b, self.a + self.b].map(|p| Rising::default().extended(p, 0, chances).value);
            (stay - both).exp()
        };
        let alive = survived(n + start) * count;
        if n + start == 0 {
            return alive;
        }
        // left with the last of them: a/(a+b+n−1) of those who stayed until then, if there was time for n
        let chances = n + start - 1;
        let leaving = survived(chances) * self.a / (self.a + self.b + chances as f64);
        (alive + leaving * (1.0 - fewer).max(0.0)).clamp(0.0, 1.0)
    }
}
