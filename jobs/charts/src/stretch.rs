//! The stretch of an axis that is shown: around the values, with room for their labels.

use crate::axis;

/// The stretch of an axis that is shown.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// Its lower end.
    pub(crate) low: f64,
    /// Its upper end.
    pub(crate) high: f64,
}

impl Stretch {
    /// Around the values, with room for their labels, and never narrower than `least`.
    pub(crate) fn around(values: impl Iterator<Item = f64>, least: f64, floor: f64, ceiling: f64) -> Stretch {
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let span = (high - low).max(least);
        let middle = (low + high) / 2.0;
        Stretch { low: (middle - span * 0.62).max(floor), high: (middle + span * 0.62).min(ceiling) }
    }

    /// Which part of it lies below a value.
    pub(crate) fn part(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The tidy values within it.
    pub(crate) fn ticks(self) -> impl Iterator<Item = f64> {
        let step = axis::step(self.high - self.low);
        let (first, last) = ((self.low / step).ceil() as i32, (self.high / step).floor() as i32);
        (first..=last).map(move |tick| f64::from(tick) * step)
    }
}
