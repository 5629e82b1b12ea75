//! An estimate from quarter to quarter: a line that breaks at gaps, in its interval band, labelled in place.

use crate::axis::Axis;
use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::quarters::{Moment, Quarters, Words, path};
use crate::{Error, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use std::ops::Range;

const VALUE: Lettering = Lettering::bold(18.0, palette::INK).centred();
const NEWEST: Lettering = Lettering::bold(36.0, palette::ACCENT);
const INTERVAL: Lettering = Lettering::regular(16.0, palette::MUTED);

/// A slot this wide leaves its point too far from the edge of the plot for a label there.
const WIDE_SLOT: f64 = 300.0;

/// A trend in its area, with the way its figures are written.
pub(crate) struct Trend<'a> {
    pub quarters: &'a Quarters<'a>,
    pub axis: Axis,
    pub area: Area,
    pub format: fn(f64) -> String,
}

impl Trend<'_> {
    /// Draws bands, lines, points and labels; the labels keep clear of the words that stand in gaps.
    pub(crate) fn draw<DB>(&self, canvas: &Canvas<DB>, words: Words, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        for run in self.quarters.runs(|moment| moment.interval.is_some()) {
            self.band(canvas, run.clone())?;
        }
        for run in self.quarters.runs(|moment| moment.value.is_some()) {
            let line = path(self.quarters, run, |moment| Some(self.y(moment.value?)));
            canvas.line(&line, palette::ACCENT, 4)?;
            let radius = if self.quarters.slot() < 45.0 { 4 } else { 6 };
            line.iter().try_for_each(|point| canvas.dot(*point, radius, palette::ACCENT))?;
        }
        self.label(canvas, words)?;
        self.label_newest(canvas, locale)
    }

    /// The band of a run; whiskers for an estimate that stands alone, whose band would have no width.
    fn band<DB>(&self, canvas: &Canvas<DB>, run: Range<usize>) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let lower = path(self.quarters, run.clone(), |moment| Some(self.y(moment.interval?.0)));
        let upper = path(self.quarters, run, |moment| Some(self.y(moment.interval?.1)));
        match (lower.as_slice(), upper.as_slice()) {
            ([(x, bottom)], [(_, top)]) => {
                canvas.fill(
                    Area { left: x - 9, top: *top, right: x + 9, bottom: *bottom },
                    palette::ACCENT_TINT,
                )?;
                [top, bottom]
                    .into_iter()
                    .try_for_each(|y| canvas.line(&[(x - 9, *y), (x + 9, *y)], palette::ACCENT, 2))
            }
            ([], _) | (_, []) => Ok(()),
            _ => {
                let outline: Vec<Point> = lower.into_iter().chain(upper.into_iter().rev()).collect();
                canvas.polygon(&outline, palette::ACCENT_TINT)
            }
        }
    }

    /// Writes values at their points: all if there is room, otherwise the highest, the lowest and the first. The
    /// newest has its own label.
    fn label<DB>(&self, canvas: &Canvas<DB>, words: Words) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let mut taken = words.rooms;
        for (i, value) in self.worth_labelling() {
            let text = (self.format)(value);
            let at = (self.quarters.x(i) + self.aside(i, VALUE.width(&text) / 3), self.baseline(i));
            let room = VALUE.room(&text, at);
            if taken.iter().all(|other| !other.meets(room)) {
                canvas.text(&text, at, VALUE)?;
                taken.push(room);
            }
        }
        Ok(())
    }

    fn worth_labelling(&self) -> Vec<(usize, f64)> {
        let newest = self.quarters.newest().map(|(i, _)| i);
        let moments = self.quarters.moments.iter().enumerate();
        let known: Vec<(usize, f64)> =
            moments.filter(|(i, _)| Some(*i) != newest).filter_map(|(i, m)| Some((i, m.value?))).collect();
        let widest = known.iter().map(|(_, value)| VALUE.width(&(self.format)(*value))).max().unwrap_or(0);
        if f64::from(widest + 14) <= self.quarters.slot() {
            return known;
        }
        let highest = known.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
        let lowest = known.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
        let mut worth: Vec<(usize, f64)> =
            highest.into_iter().chain(lowest).chain(known.first().copied()).collect();
        worth.dedup();
        worth
    }

    /// On a slope the label steps to the side from which the line does not come.
    fn aside(&self, i: usize, step: i32) -> i32 {
        let value = |i: usize| self.quarters.moments.get(i).and_then(|moment: &Moment| moment.value);
        match (i.checked_sub(1).and_then(value), value(i), value(i + 1)) {
            (Some(before), Some(here), Some(after)) if before > here && here > after => step,
            (Some(before), Some(here), Some(after)) if before < here && here < after => -step,
            _ => 0,
        }
    }

    /// Above the interval; below it where the line dips, or where there is no room above.
    fn baseline(&self, i: usize) -> i32 {
        let value = |i: usize| self.quarters.moments.get(i).and_then(|moment: &Moment| moment.value);
        let here = value(i).unwrap_or_default();
        let before = i.checked_sub(1).and_then(value);
        let after = value(i + 1);
        let dips = [before, after].into_iter().flatten().all(|neighbour| neighbour > here)
            && (before.is_some() || after.is_some());
        let extent =
            self.quarters.moments.get(i).map(|moment| moment.extent().map(|v| self.y(v)).collect::<Vec<_>>());
        let extent = extent.unwrap_or_default();
        let top = extent.iter().min().copied().unwrap_or(self.area.top);
        let bottom = extent.iter().max().copied().unwrap_or(self.area.bottom);
        let below = bottom + 28;
        if dips && below + 6 <= self.area.bottom { below } else { top - 14 }
    }

    /// The newest value, large, with its interval: right of the plot, or beside its point where that stands far from
    /// the edge.
    fn label_newest<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let Some((i, value)) = self.quarters.newest() else { return Ok(()) };
        let known = self.quarters.moments.get(i).and_then(|moment| moment.interval);
        let interval =
            known.map(|(lower, upper)| interval(lower, upper, self.format, locale)).unwrap_or_default();
        let text = (self.format)(value);
        let y = (self.y(value) + 12).clamp(self.area.top + 28, self.area.bottom - 32);
        let beside = self.quarters.slot() > WIDE_SLOT;
        let x = if beside { self.quarters.x(i) + 34 } else { self.area.right + 18 };
        if beside {
            let width = NEWEST.width(&text).max(INTERVAL.width(&interval));
            canvas.fill(Area::new(x - 6, y - 34, width + 12, 68), palette::PAPER)?;
        }
        canvas.text(&text, (x, y), NEWEST)?;
        canvas.text(&interval, (x, y + 26), INTERVAL)
    }

    fn y(&self, value: f64) -> i32 {
        self.axis.y(value, self.area)
    }
}

/// An interval: `76.1 to 80.7`.
pub(crate) fn interval(lower: f64, upper: f64, format: fn(f64) -> String, locale: Locale) -> String {
    subject::range(format(lower), format(upper), locale)
}
