//! The net promoter score: promoters less detractors, of the question "how likely to recommend", 0–10 alone.

use crate::{Estimate, Interval, Proportion, Z95};

/// A running net promoter score of weighted answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NetPromoter {
    promoters: Proportion,
    detractors: Proportion,
}

impl NetPromoter {
    /// Adds an answer, 0–10: 9 and 10 promote, 0–6 detract. What is off 0–10 is no answer and left out.
    pub fn add(&mut self, answer: f64, weight: f64) {
        if !(0.0..=10.0).contains(&answer) {
            return;
        }
        self.promoters.add(answer >= 9.0, weight);
        self.detractors.add(answer <= 6.0, weight);
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Self) {
        self.promoters.merge(&other.promoters);
        self.detractors.merge(&other.detractors);
    }

    /// Share of promoters, 0…1.
    pub fn promoters(&self) -> Option<Estimate> {
        self.promoters.estimate()
    }

    /// Share of detractors, 0…1.
    pub fn detractors(&self) -> Option<Estimate> {
        self.detractors.estimate()
    }

    /// The score, −100…100; `None` without an answer.
    ///
    /// The standard error is 100√((p+d−(p−d)²)/n). The interval is the adjusted Wald one, which adds ¾, 1½ and ¾
    /// answers to detractors, passives and promoters and so keeps its coverage at small bases and at shares of 0 and
    /// 1 (B. Rocks, "Interval estimation for the net promoter score", The American Statistician 70 (2016)). Of one answer
    /// it reaches to the score, which the answers added would leave outside.
    pub fn estimate(&self) -> Option<Estimate> {
        let (promoters, detractors) = (self.promoters.estimate()?, self.detractors.estimate()?);
        let n = promoters.effective_n;
        let score = promoters.value - detractors.value;
        let error = deviation(promoters.value, detractors.value) / n.sqrt();
        let (p, d) = ((promoters.value * n + 0.75) / (n + 3.0), (detractors.value * n + 0.75) / (n + 3.0));
        let half = Z95 * deviation(p, d) / (n + 3.0).sqrt();
        let (lower, upper) = ((p - d - half).min(score), (p - d + half).max(score));
        let interval = Interval { lower: 100.0 * lower, upper: 100.0 * upper };
        Some(Estimate {
            value: 100.0 * score,
            interval: Some(interval.within(-100.0, 100.0)),
            standard_error: Some(100.0 * error),
            n: promoters.n,
            effective_n: n,
        })
    }
}

/// Of one answer that counts 1, 0 or −1.
fn deviation(promoters: f64, detractors: f64) -> f64 {
    (promoters + detractors - (promoters - detractors).powi(2)).max(0.0).sqrt()
}
