//! An index from quarter to quarter, in its interval band. The axis may be zoomed, and then says so.

use crate::axis::{self, Axis};
use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, PLOT};
use crate::picture::Picture;
use crate::quarters::{Moment, Quarters};
use crate::trend::{self, Trend};
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::{Locale, number};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left + 66, top: 304, right: PLOT.right - 150, bottom: 774 };
const AXIS: Lettering = Lettering::regular(17.0, palette::MUTED);

/// An index, quarter by quarter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexTrend {
    /// What the picture is about.
    pub subject: Subject,
    /// The metric's name, in the reader's language.
    pub metric: String,
    /// The rule by which the index is computed, in the reader's language.
    pub rule: String,
    /// The quarters, oldest first.
    pub points: Vec<TrendPoint>,
    /// The lowest value the metric can take.
    pub low: f64,
    /// The highest value the metric can take.
    pub high: f64,
}

/// A quarter's index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The quarter, as `2026-Q3`.
    pub quarter: String,
    /// The index, on the metric's own scale.
    pub value: Option<f64>,
    /// The lower end of its interval.
    pub lower: Option<f64>,
    /// The upper end of its interval.
    pub upper: Option<f64>,
    /// The number of answers.
    pub n: u64,
    /// Whether the base is too small to show a value.
    pub suppressed: bool,
}

impl IndexTrend {
    fn moments(&self) -> Vec<Moment<'_>> {
        let moment = |p: &'_ TrendPoint| [p.value, p.lower, p.upper];
        self.points.iter().map(|p| Moment::new(&p.quarter, moment(p), p.n, p.suppressed)).collect()
    }
}

impl Picture for IndexTrend {
    const KIND: Kind = Kind::IndexTrend;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        self.points.last().map(|point| format!("n = {}", number::count(point.n)))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let found = finding(self.moments().last(), one_decimal, locale);
        Headline { about: self.metric.clone(), found }
    }

    fn story(&self, locale: Locale) -> String {
        story(&self.moments(), one_decimal, locale)
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let quarters = Quarters { moments: self.moments(), left: AREA.left, right: AREA.right };
        if quarters.moments.is_empty() {
            return frame::nothing(canvas, AREA, &locale.text("chart-no-quarters-yet"));
        }
        let axis = Axis::around(quarters.moments.iter().flat_map(Moment::extent), (self.low, self.high));
        let shaded = locale.text("chart-shaded");
        let words = subject::sentences(&[&shaded, &axis.words(locale, axis::plain)], locale);
        canvas.text(&words, (PLOT.left, 268), AXIS)?;
        axis.draw(canvas, AREA, axis::plain)?;
        let words = quarters.mark_gaps(canvas, AREA, locale)?;
        if !words.complete {
            frame::hatching_remark(canvas, locale)?;
        }
        quarters.label(canvas, AREA.bottom)?;
        Trend { quarters: &quarters, axis, area: AREA, format: one_decimal }.draw(canvas, words, locale)
    }
}

/// What the newest quarter shows: `78.4 in 2026-Q3`.
pub(crate) fn finding(newest: Option<&Moment>, format: fn(f64) -> String, locale: Locale) -> String {
    let Some(newest) = newest else { return locale.text("chart-no-quarters").into_owned() };
    let shown = match newest.value {
        Some(value) => format(value),
        None if newest.suppressed => subject::base_too_small(locale).into_owned(),
        None => locale.text("chart-no-data").into_owned(),
    };
    let id = if newest.value.is_some() { "chart-found-in" } else { "chart-nothing-in" };
    locale.say(id, &[("found", shown.into()), ("quarter", newest.label.to_owned().into())])
}

/// Every quarter in words.
pub(crate) fn story(moments: &[Moment], format: fn(f64) -> String, locale: Locale) -> String {
    let sentence = |moment: &Moment| {
        let value = match (moment.value, moment.interval) {
            (Some(value), Some((lower, upper))) => {
                format!("{} ({})", format(value), trend::interval(lower, upper, format, locale))
            }
            (Some(value), None) => format(value),
            (None, _) if moment.suppressed => subject::base_too_small(locale).into_owned(),
            (None, _) => locale.text("chart-no-data").into_owned(),
        };
        format!("{}: {value}, n = {}", moment.label, number::count(moment.n))
    };
    moments.iter().map(sentence).collect::<Vec<_>>().join("; ")
}

fn one_decimal(value: f64) -> String {
    number::decimal(value, 1)
}
