//! The horizontal axis of time: a slot a quarter, labels only where they fit, gaps where nothing may be shown.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::{Error, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::{Locale, number};

const QUARTER: Lettering = Lettering::regular(18.0, palette::INK).centred();
const BASE: Lettering = Lettering::regular(16.0, palette::MUTED).centred();
const GAP: Lettering = Lettering::regular(16.0, palette::MUTED);

/// A quarter's estimate with its base.
pub(crate) struct Moment<'a> {
    pub label: &'a str,
    /// The value; `None` where there is none or it is suppressed.
    pub value: Option<f64>,
    /// The interval, where both ends are known.
    pub interval: Option<(f64, f64)>,
    pub n: u64,
    pub suppressed: bool,
}

impl<'a> Moment<'a> {
    /// A moment that holds no value it must not show.
    pub(crate) fn new(label: &'a str, estimate: [Option<f64>; 3], n: u64, suppressed: bool) -> Moment<'a> {
        let [value, lower, upper] = estimate.map(|part| number::finite(part).filter(|_| !suppressed));
        let interval = value.and(lower.zip(upper)).filter(|(lower, upper)| lower <= upper);
        Moment { label, value, interval, n, suppressed }
    }

    /// The value and the ends of its interval.
    pub(crate) fn extent(&self) -> impl Iterator<Item = f64> {
        self.value.into_iter().chain(self.interval.into_iter().flat_map(|(lower, upper)| [lower, upper]))
    }
}

/// Neighbouring quarters without a value.
struct Gap {
    first: usize,
    last: usize,
    suppressed: bool,
}

/// Quarters side by side, oldest first.
pub(crate) struct Quarters<'a> {
    pub moments: Vec<Moment<'a>>,
    pub left: i32,
    pub right: i32,
}

impl Quarters<'_> {
    /// The width of a quarter's slot.
    pub(crate) fn slot(&self) -> f64 {
        f64::from(self.right - self.left) / self.moments.len().max(1) as f64
    }

    /// The middle of a quarter's slot.
    pub(crate) fn x(&self, i: usize) -> i32 {
        self.left + (self.slot() * (i as f64 + 0.5)).round() as i32
    }

    /// The names and bases of the quarters: as many as fit, the newest always.
    pub(crate) fn label<DB>(&self, canvas: &Canvas<DB>, top: i32) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let widest = |m: &Moment| QUARTER.width(m.label).min(160).max(BASE.width(&number::count(m.n)));
        let needed = self.moments.iter().map(widest).max().unwrap_or(0) + 18;
        let every = (f64::from(needed) / self.slot()).ceil().max(1.0) as usize;
        let newest = self.moments.len().saturating_sub(1);
        for (i, moment) in self.moments.iter().enumerate().filter(|(i, _)| (newest - i).is_multiple_of(every))
        {
            canvas.text(&QUARTER.fit(moment.label, 160), (self.x(i), top + 28), QUARTER)?;
            canvas.text(&number::count(moment.n), (self.x(i), top + 53), BASE)?;
        }
        if !self.moments.is_empty() {
            canvas.text("n", (self.left - 14, top + 53), BASE.flush_right())?;
        }
        Ok(())
    }

    /// Marks the quarters without a value: hatched where the base was too small, with words where they fit. Returns
    /// the room the words take, and whether all found room.
    pub(crate) fn mark_gaps<DB>(
        &self,
        canvas: &Canvas<DB>,
        area: Area,
        locale: Locale,
    ) -> Result<Words, Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let mut words = Words { rooms: Vec::new(), complete: true };
        for gap in self.gaps() {
            let room = self.room(&gap, area);
            if gap.suppressed {
                canvas.hatch(room)?;
            }
            let text = match gap.suppressed {
                true => subject::base_too_small(locale),
                false => locale.text("chart-no-data"),
            };
            if fits(&text, room) {
                canvas.plate(&text, room, GAP)?;
                words.rooms.push(room);
            } else if gap.suppressed {
                words.complete = false;
            }
        }
        Ok(words)
    }

    /// The runs of quarters of which something is known.
    pub(crate) fn runs(&self, known: fn(&Moment) -> bool) -> impl Iterator<Item = std::ops::Range<usize>> {
        let known = move |i: usize| self.moments.get(i).is_some_and(known);
        (0..self.moments.len()).filter(move |i| known(*i) && (*i == 0 || !known(i - 1))).map(move |first| {
            let last = (first..self.moments.len()).find(|i| !known(*i)).unwrap_or(self.moments.len());
            first..last
        })
    }

    /// The last quarter, if it has a value.
    pub(crate) fn newest(&self) -> Option<(usize, f64)> {
        let last = self.moments.last()?;
        last.value.map(|value| (self.moments.len() - 1, value))
    }

    fn gaps(&self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for (i, moment) in self.moments.iter().enumerate().filter(|(_, moment)| moment.value.is_none()) {
            match gaps.last_mut() {
                Some(gap) if gap.last + 1 == i && gap.suppressed == moment.suppressed => gap.last = i,
                _ => gaps.push(Gap { first: i, last: i, suppressed: moment.suppressed }),
            }
        }
        gaps
    }

    fn room(&self, gap: &Gap, area: Area) -> Area {
        let half = (self.slot() * 0.44) as i32;
        Area { left: self.x(gap.first) - half, right: self.x(gap.last) + half, ..area }
    }
}

/// Where the words of the gaps stand.
pub(crate) struct Words {
    pub rooms: Vec<Area>,
    pub complete: bool,
}

/// Whether the text can be set whole, in up to three lines, inside the area.
fn fits(text: &str, area: Area) -> bool {
    let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let lines = GAP.wrap(text, area.width() - 16, 3);
    lines.iter().all(|line| !line.ends_with("...") && !line.ends_with('…'))
        && lines.iter().map(|line| signs(line)).sum::<usize>() == signs(text)
}

/// Where the estimates stand, from one quarter to the next.
pub(crate) fn path(
    quarters: &Quarters,
    run: std::ops::Range<usize>,
    y: impl Fn(&Moment) -> Option<i32>,
) -> Vec<Point> {
    run.filter_map(|i| Some((quarters.x(i), y(quarters.moments.get(i)?)?))).collect()
}
