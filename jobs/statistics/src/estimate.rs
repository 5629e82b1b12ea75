//! An estimate: a value never without its base, and its interval where there is one.

/// A two-sided 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// An estimate with its base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// In the metric's own unit.
    pub value: f64,
    /// 95 %; `None` where the base does not allow one (a mean of one answer).
    pub interval: Option<Interval>,
    /// Of `value`; `None` where the base does not allow one.
    pub standard_error: Option<f64>,
    /// Unweighted base.
    pub n: u64,
    /// Kish's effective base, (Σw)²/Σw²; equals `n` without weights.
    pub effective_n: f64,
}

impl Estimate {
    /// What is linear in this share: `at_none` where nobody is counted, `at_all` where everybody is.
    pub fn between(self, at_none: f64, at_all: f64) -> Self {
        let of = |share: f64| at_none + share * (at_all - at_none);
        let turned = |interval: Interval| {
            let (one, other) = (of(interval.lower), of(interval.upper));
            Interval { lower: one.min(other), upper: one.max(other) }
        };
        Self {
            value: of(self.value),
            interval: self.interval.map(turned),
            standard_error: self.standard_error.map(|error| error * (at_all - at_none).abs()),
            ..self
        }
    }
}

impl Interval {
    /// The interval cut to what the scale can hold; ends in the wrong order, or NaN, cut nothing.
    pub fn within(self, low: f64, high: f64) -> Self {
        if low <= high {
            Self { lower: self.lower.clamp(low, high), upper: self.upper.clamp(low, high) }
        } else {
            self
        }
    }
}
