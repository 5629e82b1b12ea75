//! Retention by satisfaction: of those who stayed in the quarter before, how many stay now, at each satisfaction they
//! gave then; with the zones in which they leave, waver and stay.

use crate::axis::Axis;
use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::labels::Labels;
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{count, decimal, finite, percent, tenths};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left + 76, top: 352, right: PLOT.right, bottom: 756 };
const WORDS: Lettering = Lettering::regular(17.0, palette::MUTED);
const ZONE: Lettering = Lettering::bold(20.0, palette::INK).centred();
const RATE: Lettering = Lettering::regular(17.0, palette::MUTED).centred();
const TICK: Lettering = Lettering::regular(18.0, palette::INK).centred();
const BASE: Lettering = Lettering::regular(16.0, palette::MUTED).centred();
const VALUE: Lettering = Lettering::bold(20.0, palette::ACCENT).centred();
const ZONES: [&str; 3] = ["defection", "indifference", "affection"];
const GROUNDS: [RGBColor; 3] = [palette::CONTRAST_TINT, palette::GROUND, palette::ACCENT_WASH];

/// Retention by satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionCurve {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which it is computed, in the reader's language.
    pub rule: String,
    /// The satisfactions with base enough, ascending.
    pub points: Vec<RetentionPoint>,
    /// The zones, where three were found.
    pub zones: Option<RetentionZones>,
}

/// Those who gave the same satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionPoint {
    /// Their satisfaction, of ten.
    pub satisfaction: f64,
    /// The share of them who stayed.
    pub share: f64,
    /// The interval of the share.
    pub interval: Option<(f64, f64)>,
    /// The share smoothed so that it never falls.
    pub smoothed: Option<f64>,
    /// How many they are.
    pub n: u64,
}

/// Where the zones begin, and what share stays in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionZones {
    /// Indifference from this satisfaction.
    pub indifference_from: f64,
    /// Affection from this satisfaction.
    pub affection_from: f64,
    /// The share that stays in defection, indifference and affection.
    pub retained: [Option<f64>; 3],
}

impl RetentionCurve {
    fn n(&self) -> u64 {
        self.points.iter().map(|point| point.n).sum()
    }

    fn axis(&self) -> Axis {
        let ends = |point: &RetentionPoint| {
            let (lower, upper) = point.interval.unwrap_or((point.share, point.share));
            [lower * 100.0, upper * 100.0]
        };
        Axis::around(self.points.iter().flat_map(ends), (0.0, 100.0))
    }

    /// From the least satisfaction that is shown on to ten.
    fn x(&self, satisfaction: f64) -> i32 {
        let least = self.points.iter().map(|point| point.satisfaction).fold(9.0, f64::min) - 0.6;
        let part = (satisfaction.clamp(least, 10.0) - least) / (10.5 - least);
        AREA.left + (part * f64::from(AREA.width())).round() as i32
    }

    /// The zones as grounds, with their names and the share that stays.
    fn draw_zones<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let Some(zones) = &self.zones else { return Ok(()) };
        // a zone begins half-way between the last satisfaction before it and its own first
        let before = |from: f64| {
            let last = self.points.iter().map(|point| point.satisfaction).filter(|one| *one < from);
            self.x((last.fold(f64::NAN, f64::max).max(from - 1.0) + from) / 2.0)
        };
        let cuts = [AREA.left, before(zones.indifference_from), before(zones.affection_from), AREA.right];
        for (i, ends) in cuts.windows(2).enumerate() {
            let room = Area { left: ends[0], right: ends[1], ..AREA };
            canvas.fill(room, GROUNDS[i])?;
            let name = locale.label("zone", ZONES[i]);
            let share = finite(zones.retained[i])
                .map(|share| locale.say("chart-zone-stays", &[("share", tenths(Some(share)).into())]))
                .unwrap_or_default();
            let (x, width) = (room.centre().0, room.width() - 12);
            canvas.text(&ZONE.fit(&name, width), (x, AREA.top - 38), ZONE)?;
            canvas.text(&RATE.fit(&share, width), (x, AREA.top - 14), RATE)?;
        }
        Ok(())
    }

    fn draw_points<DB>(&self, canvas: &Canvas<DB>, axis: Axis) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let at =
            |point: &RetentionPoint, share: f64| (self.x(point.satisfaction), axis.y(share * 100.0, AREA));
        let smoothed: Vec<Point> =
            self.points.iter().filter_map(|point| Some(at(point, point.smoothed?))).collect();
        if smoothed.len() > 1 {
            canvas.line(&smoothed, palette::SLATE, 3)?;
        }
        let mut labels = Labels::within(AREA);
        for point in &self.points {
            let (x, y) = at(point, point.share);
            if let Some((lower, upper)) = point.interval {
                let (bottom, top) = (axis.y(lower * 100.0, AREA), axis.y(upper * 100.0, AREA));
                canvas.line(&[(x, bottom), (x, top)], palette::ACCENT, 2)?;
                for end in [bottom, top] {
                    canvas.line(&[(x - 7, end), (x + 7, end)], palette::ACCENT, 2)?;
                }
            }
            canvas.dot((x, y), 7, palette::ACCENT)?;
            // clear of the interval: above it, or below where the plot ends
            let ends = point.interval.unwrap_or((point.share, point.share));
            let above = ((x, axis.y(ends.1 * 100.0, AREA).min(y) - 14), VALUE);
            let below = ((x, axis.y(ends.0 * 100.0, AREA).max(y) + 28), VALUE);
            labels.write(canvas, &percent(point.share), &[above, below])?;
        }
        Ok(())
    }

    /// The scale of satisfaction, and the base of each point.
    fn label<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        for point in &self.points {
            let x = self.x(point.satisfaction);
            let whole = usize::from(point.satisfaction.fract().abs() > 1e-9);
            canvas.text(&decimal(point.satisfaction, whole), (x, AREA.bottom + 28), TICK)?;
            canvas.text(&count(point.n), (x, AREA.bottom + 52), BASE)?;
        }
        canvas.text("n", (AREA.left - 14, AREA.bottom + 52), BASE.flush_right())?;
        let words = locale.text("chart-satisfaction-then");
        canvas.text(&words, (AREA.centre().0, AREA.bottom + 78), WORDS.centred())
    }
}

impl Picture for RetentionCurve {
    const KIND: Kind = Kind::RetentionCurve;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        Some(format!("n = {}", count(self.n())))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let about = locale.text("chart-retention").into_owned();
        let found = match (&self.zones, self.points.as_slice()) {
            (_, []) => locale.text("chart-no-retention").into_owned(),
            (Some(RetentionZones { retained: [Some(low), _, Some(high)], .. }), _) => locale.say(
                "chart-retention-zones",
                &[("low", tenths(Some(*low)).into()), ("high", tenths(Some(*high)).into())],
            ),
            (_, [.., top]) => locale.say(
                "chart-retention-top",
                &[("share", percent(top.share).into()), ("score", decimal(top.satisfaction, 0).into())],
            ),
        };
        Headline { about, found }
    }

    fn story(&self, locale: Locale) -> String {
        let point = |point: &RetentionPoint| {
            let interval = point
                .interval
                .map(|(low, high)| format!(" ({} – {})", tenths(Some(low)), tenths(Some(high))));
            format!(
                "{}: {}{}, n = {}",
                decimal(point.satisfaction, 1),
                tenths(Some(point.share)),
                interval.unwrap_or_default(),
                count(point.n)
            )
        };
        let mut parts: Vec<String> = self.points.iter().map(point).collect();
        if let Some(zones) = &self.zones {
            let rates = ZONES.iter().zip(zones.retained);
            parts.extend(
                rates.map(|(zone, share)| format!("{}: {}", locale.label("zone", zone), tenths(share))),
            );
        }
        parts.join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        if self.points.is_empty() {
            return frame::nothing(canvas, AREA, &locale.text("chart-no-retention"));
        }
        let axis = self.axis();
        let words =
            subject::sentences(&[&locale.text("chart-stayed"), &axis.words(locale, percents)], locale);
        canvas.text(&WORDS.fit(&words, PLOT.width()), (PLOT.left, 272), WORDS)?;
        self.draw_zones(canvas, locale)?;
        axis.draw(canvas, AREA, percents)?;
        self.draw_points(canvas, axis)?;
        self.label(canvas, locale)?;
        frame::remark(canvas, &locale.text("chart-smoothed"))
    }
}

/// A tick of a share on 0–100.
fn percents(value: f64) -> String {
    format!("{}%", decimal(value, 0))
}
