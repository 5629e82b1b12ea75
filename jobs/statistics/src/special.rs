//! Special functions of the likelihoods, to about 1e-14: log-gamma, digamma, trigamma and sums of logarithms.
//!
//! Arguments are positive; of others ψ and ψ′ are NaN and the rest is undefined. Nothing here allocates or panics.

/// B₂ₖ/2k of the asymptotic series of ψ, k = 1…7.
const DIGAMMA: [f64; 7] =
    [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0];

/// B₂ₖ of the asymptotic series of ψ′, k = 1…7.
const TRIGAMMA: [f64; 7] =
    [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];

/// ln Γ(x) for x > 0, by `libm` (3e-16 against 40-digit arithmetic).
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The digamma function ψ(x) = d/dx ln Γ(x) for x > 0.
///
/// Recurrence up to 12, then the asymptotic series (Abramowitz & Stegun 6.3.5 and 6.3.18). Near its root 1.4616…
/// the error is absolute, 1e-15, as in every sum of terms that cancel.
#[must_use]
pub fn digamma(x: f64) -> f64 {
    // a step up from −1e300 is none: the recurrence would not end
    if x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut below) = (x, 0.0);
    while x < 12.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    x.ln() - 0.5 / x - square * polynomial(&DIGAMMA, square) - below
}

/// The trigamma function ψ′(x) for x > 0 (Abramowitz & Stegun 6.4.6 and 6.4.12).
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    if x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut below) = (x, 0.0);
    while x < 12.0 {
        below += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    1.0 / x + 0.5 * square + square / x * polynomial(&TRIGAMMA, square) + below
}

fn polynomial(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * at + coefficient)
}

/// ln Γ(z+s) − ln Γ(z) for z, s > 0, without the cancellation of two large log-gammas.
#[must_use]
pub fn ln_gamma_ratio(z: f64, s: f64) -> f64 {
    if z < 100.0 {
        return ln_gamma(z + s) - ln_gamma(z);
    }
    let both = z + s;
    let tail = |z: f64| {
        let square = 1.0 / (z * z);
        (1.0 / 12.0 - square * (1.0 / 360.0 - square / 1260.0)) / z
    };
    (z - 0.5) * (s / z).ln_1p() + s * (both.ln() - 1.0) + tail(both) - tail(z)
}

/// ln B(x, y) for x, y > 0.
#[must_use]
pub fn ln_beta(x: f64, y: f64) -> f64 {
    let (small, large) = (x.min(y), x.max(y));
    ln_gamma(small) - ln_gamma_ratio(large, small)
}

/// ln(eˣ + eʸ) without overflow; −∞ stands for a term that is not there.
#[must_use]
pub fn ln_add_exp(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// The logistic function 1/(1+e⁻ˣ), exact in both tails.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let odds = x.exp();
        odds / (1.0 + odds)
    }
}

/// (1 − e^(−kx))/k, which is x at k = 0: the growth of a sum whose terms fall at the rate k.
#[must_use]
pub fn discounted(k: f64, x: f64) -> f64 {
    if (k * x).abs() < 1e-300 { x } else { -(-k * x).exp_m1() / k }
}

/// ln Γ(p+n) − ln Γ(p) and its first two derivatives in p, as the sums Σ ln(p+i), Σ 1/(p+i), −Σ 1/(p+i)² over
/// 0 ≤ i < n: no cancellation however large p is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rising {
    /// ln of the rising factorial p(p+1)…(p+n−1).
    pub value: f64,
    /// ψ(p+n) − ψ(p).
    pub slope: f64,
    /// ψ′(p+n) − ψ′(p).
    pub curvature: f64,
}

/// From here on a stretch of integers is reckoned by ψ and ln Γ and no longer term by term.
const LONG: u64 = 4096;

impl Rising {
    /// Goes on from `from` factors to `to`; with no factor to go it stays.
    #[must_use]
    pub fn extended(mut self, p: f64, from: u64, to: u64) -> Self {
        if to.saturating_sub(from) > LONG {
            let (low, high) = (p + from as f64, p + to as f64);
            self.value += ln_gamma_ratio(low, (to - from) as f64);
            self.slope += digamma(high) - digamma(low);
            self.curvature += trigamma(high) - trigamma(low);
            return self;
        }
        for factor in from..to {
            let factor = p + factor as f64;
            let inverse = 1.0 / factor;
            self.value += factor.ln();
            self.slope += inverse;
            self.curvature -= inverse * inverse;
        }
        self
    }
}
