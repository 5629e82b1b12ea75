//! A vertical axis that is honest: tidy ticks, never zoomed so far that noise looks like news, and able to say which
//! part of its scale it shows.

use crate::canvas::{Area, Canvas, Lettering};
use crate::{Error, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::{Locale, number};

/// The least part of the scale an axis shows: a fifth. Less would make a wobble look like a fall.
const LEAST_PART: f64 = 0.2;
/// The room above and below the values, as a part of their span: labels stand there.
const ROOM: f64 = 0.2;
/// From this part on, the whole scale is shown.
const WHOLE_PART: f64 = 0.7;
const TICK: Lettering = Lettering::regular(17.0, palette::MUTED).flush_right();

/// The part of a scale that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    scale: (f64, f64),
}

impl Axis {
    /// The axis that shows these values with room around them, on a scale with these ends.
    pub(crate) fn around(values: impl IntoIterator<Item = f64>, scale: (f64, f64)) -> Axis {
        let scale = if scale.0 < scale.1 { scale } else { (0.0, 100.0) };
        let whole = scale.1 - scale.0;
        let bounds = values.into_iter().filter(|value| value.is_finite()).fold(None, |bounds, value| {
            let (low, high) = bounds.unwrap_or((value, value));
            Some((value.min(low), value.max(high)))
        });
        let (least, most) = bounds.unwrap_or(scale);
        let room = ((most - least) * ROOM).max((whole * LEAST_PART - (most - least)) / 2.0);
        let (low, high) = (least - room, most + room);
        if high - low >= whole * WHOLE_PART {
            return Axis { low: scale.0, high: scale.1, step: step(whole), scale };
        }
        let step = step(high - low);
        let tidy = |value: f64| (value / step).round() * step;
        let low = tidy((low / step).floor() * step).max(scale.0);
        let high = tidy((high / step).ceil() * step).min(scale.1);
        Axis { low, high, step, scale }
    }

    /// Which part of the scale is shown, in words.
    pub(crate) fn words(&self, locale: Locale, format: fn(f64) -> String) -> String {
        let range = |(low, high)| subject::range(format(low), format(high), locale);
        let (shown, whole) = (range((self.low, self.high)), range(self.scale));
        match shown == whole {
            true => locale.say("chart-axis-whole", &[("whole", whole.into())]),
            false => locale.say("chart-axis-part", &[("shown", shown.into()), ("whole", whole.into())]),
        }
    }

    /// Where a value stands in the area.
    pub(crate) fn y(&self, value: f64, area: Area) -> i32 {
        let part = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        area.bottom - (part * f64::from(area.height())).round() as i32
    }

    /// The grid with its labels to the left, and a darker line at zero where the axis crosses it.
    pub(crate) fn draw<DB>(
        &self,
        canvas: &Canvas<DB>,
        area: Area,
        format: fn(f64) -> String,
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        for tick in self.ticks() {
            let y = self.y(tick, area);
            let crossed = tick == 0.0 && self.low < 0.0;
            let color = if crossed || tick == self.low { palette::LINE } else { palette::GRID };
            canvas.line(&[(area.left, y), (area.right, y)], color, 1)?;
            canvas.text(&format(tick), (area.left - 14, y + 6), TICK)?;
        }
        Ok(())
    }

    fn ticks(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step + 1e-9).floor() as i32;
        (0..=count).map(move |i| {
            let tick = self.low + f64::from(i) * self.step;
            if tick.abs() < self.step * 1e-9 { 0.0 } else { tick }
        })
    }
}

/// The tidy step (1, 2 or 5 of a power of ten) that cuts a span into four to eight.
pub(crate) fn step(span: f64) -> f64 {
    let rough = span / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let tidy = [1.0, 2.0, 5.0, 10.0].into_iter().find(|tidy| tidy * power >= rough * 0.8);
    tidy.unwrap_or(10.0) * power
}

/// A tick without needless decimals.
pub(crate) fn plain(value: f64) -> String {
    number::decimal(value, usize::from(value.fract().abs() > 1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooms_but_not_into_noise() {
        let axis = Axis::around([78.0, 78.4], (0.0, 100.0));
        assert!(axis.high - axis.low >= 20.0 && axis.low < 78.0 && axis.high > 78.4, "{axis:?}");
        assert_eq!(axis.words(Locale::En, plain), "Axis shows 65 to 90; the full scale is 0 to 100");
    }

    #[test]
    fn shows_the_whole_scale_when_the_values_need_it() {
        for values in [vec![], vec![5.0, 95.0], vec![f64::NAN]] {
            let axis = Axis::around(values, (0.0, 100.0));
            assert_eq!(axis.ticks().collect::<Vec<_>>(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        }
    }

    #[test]
    fn never_leaves_the_scale() {
        let axis = Axis::around([99.0, 100.0], (0.0, 100.0));
        assert_eq!(axis.high, 100.0);
        let odd = Axis::around([3.0], (7.0, 7.0));
        assert!(odd.low < odd.high);
    }
}
