//! The Net Promoter Score from quarter to quarter, over the shares it is made of: the stack alone would hide the score,
//! the score alone would hide how it came about.

use crate::axis::Axis;
use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, PLOT};
use crate::index_trend::{finding, story};
use crate::picture::Picture;
use crate::quarters::{Moment, Quarters};
use crate::trend::Trend;
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{self, finite, percent, signed};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

const SCORES: Area = Area { left: PLOT.left + 66, top: 304, right: PLOT.right - 180, bottom: 492 };
const SHARES: Area = Area { top: 554, bottom: 774, ..SCORES };
const PANEL: Lettering = Lettering::regular(17.0, palette::MUTED);
const WIDEST_COLUMN: f64 = 120.0;

/// Promoters and detractors, quarter by quarter, with the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nps {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which the score is computed, in the reader's language.
    pub rule: String,
    /// One bar a quarter, oldest first.
    pub bars: Vec<NpsBar>,
}

/// A quarter's score and shares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NpsBar {
    /// The quarter, as `2026-Q3`.
    pub label: String,
    /// Promoters, as a fraction of 1.
    pub promoters: Option<f64>,
    /// Detractors, as a fraction of 1; the rest are passives.
    pub detractors: Option<f64>,
    /// The score, from −100 to 100.
    pub score: Option<f64>,
    /// The lower end of the score's interval.
    pub lower: Option<f64>,
    /// The upper end of the score's interval.
    pub upper: Option<f64>,
    /// The number of answers.
    pub n: u64,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

impl NpsBar {
    /// Detractors, passives and promoters, from the bottom up; together 1.
    fn shares(&self) -> Option<[f64; 3]> {
        let known = (finite(self.promoters)?.clamp(0.0, 1.0), finite(self.detractors)?.clamp(0.0, 1.0));
        let (promoters, detractors) = Some(known).filter(|_| !self.suppressed)?;
        Some([detractors, (1.0 - promoters - detractors).max(0.0), promoters])
    }
}

impl Nps {
    fn moments(&self) -> Vec<Moment<'_>> {
        let estimate = |bar: &'_ NpsBar| [bar.score, bar.lower, bar.upper];
        self.bars.iter().map(|bar| Moment::new(&bar.label, estimate(bar), bar.n, bar.suppressed)).collect()
    }

    /// The columns of shares, and the names of the parts beside the newest.
    fn columns<DB>(&self, canvas: &Canvas<DB>, quarters: &Quarters, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let width = (quarters.slot() * 0.72).min(WIDEST_COLUMN) as i32;
        for (i, bar) in self.bars.iter().enumerate() {
            let column = Area { left: quarters.x(i) - width / 2, right: quarters.x(i) + width / 2, ..SHARES };
            match bar.shares() {
                Some(shares) => stack(canvas, column, shares)?,
                None if bar.suppressed => canvas.hatch(column)?,
                None => canvas.fill(Area { top: column.bottom - 1, ..column }, palette::LINE)?,
            }
        }
        let newest = (0..).zip(&self.bars).filter_map(|(i, bar)| Some((i, bar.shares()?))).last();
        let Some((i, shares)) = newest else { return Ok(()) };
        // Beside the newest column, with its shares. Where that one is suppressed the parts are named after an older
        // column, whose shares must not be taken for the newest.
        let newest = i + 1 == self.bars.len();
        let x = if newest { quarters.x(i) + width / 2 + 18 } else { SHARES.right + 18 };
        let name = |part: &Part, share| match newest {
            true => format!("{} {}", part.name(locale), percent(share)),
            false => part.name(locale).into_owned(),
        };
        name_parts(canvas, x, shares, name)
    }
}

impl Picture for Nps {
    const KIND: Kind = Kind::Nps;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        self.bars.last().map(|bar| format!("n = {}", number::count(bar.n)))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let about = "NPS".to_owned();
        Headline { about, found: finding(self.moments().last(), signed, locale) }
    }

    fn story(&self, locale: Locale) -> String {
        let shares = self.bars.last().and_then(NpsBar::shares).map(|shares| {
            let named = PARTS.iter().zip(shares).rev();
            named
                .map(|(part, share)| format!("{} {}", part.name(locale), percent(share)))
                .collect::<Vec<_>>()
                .join(", ")
        });
        format!("{}\n{}", story(&self.moments(), signed, locale), shares.unwrap_or_default())
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let quarters = Quarters { moments: self.moments(), left: SCORES.left, right: SCORES.right };
        if quarters.moments.is_empty() {
            let area = Area { bottom: SHARES.bottom, ..SCORES };
            return frame::nothing(canvas, area, &locale.text("chart-no-quarters-yet"));
        }
        let axis = Axis::around(quarters.moments.iter().flat_map(Moment::extent), (-100.0, 100.0));
        let score = locale.text("chart-nps-score");
        let words = subject::sentences(&[&score, &axis.words(locale, signed)], locale);
        canvas.text(&words, (PLOT.left, 263), PANEL)?;
        axis.draw(canvas, SCORES, signed)?;
        let words = quarters.mark_gaps(canvas, SCORES, locale)?;
        if !words.complete {
            frame::hatching_remark(canvas, locale)?;
        }
        Trend { quarters: &quarters, axis, area: SCORES, format: signed }.draw(canvas, words, locale)?;
        canvas.text(&locale.text("chart-share-of-answers"), (PLOT.left, SHARES.top - 16), PANEL)?;
        self.columns(canvas, &quarters, locale)?;
        quarters.label(canvas, SHARES.bottom)
    }
}

/// A part of the stack, and how it is coloured and lettered.
struct Part {
    /// The message that names it.
    name: &'static str,
    fill: RGBColor,
    inside: RGBColor,
    beside: RGBColor,
}

impl Part {
    fn name(&self, locale: Locale) -> Cow<'static, str> {
        locale.text(self.name)
    }
}

const PARTS: [Part; 3] = [
    Part {
        name: "metric-detractors",
        fill: palette::CONTRAST,
        inside: palette::INK,
        beside: palette::CONTRAST_INK,
    },
    Part { name: "chart-passives", fill: palette::NEUTRAL, inside: palette::INK, beside: palette::MUTED },
    Part {
        name: "metric-promoters",
        fill: palette::ACCENT_FILL,
        inside: palette::ON_ACCENT,
        beside: palette::ACCENT,
    },
];

fn stack<DB>(canvas: &Canvas<DB>, column: Area, shares: [f64; 3]) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    for (part, segment, share) in segments(column, shares) {
        // A line of paper between the parts keeps them apart in grey print.
        let gap = i32::from(segment.height() > 6);
        canvas.fill(Area { top: segment.top + gap, bottom: segment.bottom - gap, ..segment }, part.fill)?;
        let lettering = Lettering::regular(17.0, part.inside).centred();
        let text = percent(share);
        if segment.height() >= 26 && segment.width() >= lettering.width(&text) + 6 {
            canvas.text(&text, (segment.centre().0, segment.centre().1 + 6), lettering)?;
        }
    }
    Ok(())
}

/// The parts' names, at the heights of their shares but never over one another.
fn name_parts<DB, F>(canvas: &Canvas<DB>, x: i32, shares: [f64; 3], name: F) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
    F: Fn(&Part, f64) -> String,
{
    let mut free = SHARES.bottom;
    for (i, (part, segment, share)) in (1..).zip(segments(SHARES, shares)) {
        let above = SHARES.top + 18 + 28 * (3 - i);
        let baseline = (segment.centre().1 + 6).min(free).max(above);
        canvas.text(&name(part, share), (x, baseline), Lettering::bold(18.0, part.beside))?;
        free = baseline - 28;
    }
    Ok(())
}

/// The parts of a column, from the bottom up.
fn segments(column: Area, shares: [f64; 3]) -> impl Iterator<Item = (&'static Part, Area, f64)> {
    let whole: f64 = shares.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let mut below = 0.0;
    PARTS.iter().zip(shares).map(move |(part, share)| {
        let y = |part: f64| column.bottom - (part / whole * f64::from(column.height())).round() as i32;
        let segment = Area { top: y(below + share), bottom: y(below), ..column };
        below += share;
        (part, segment, share)
    })
}
