//! Units by the index of their employees or partners and that of their customers, with the line of least squares where it
//! can be told how the two go together.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::labels::{self, Labels};
use crate::picture::Picture;
use crate::stretch::Stretch;
use crate::{Error, Kind, Subject, axis, palette};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::decimal;
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left + 76, top: 290, right: PLOT.right, bottom: 772 };
const WORDS: Lettering = Lettering::regular(17.0, palette::MUTED);
const TICK: Lettering = Lettering::regular(17.0, palette::MUTED);
const LABEL: Lettering = Lettering::regular(18.0, palette::INK);
const RADIUS: i32 = 9;
const LONGEST: i32 = 330;

/// Units by two indexes, and how these go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Linkage {
    /// What the picture is about.
    pub subject: Subject,
    /// Of which units it is, and how it is reckoned, in the reader's language.
    pub rule: String,
    /// Who they are besides the customers, in the reader's language.
    pub who: String,
    /// Whose index goes to the right, which and of which quarter, in the reader's language.
    pub own: String,
    /// Which index of the customers goes upwards, and of which quarter, in the reader's language.
    pub customers: String,
    /// The units that have both.
    pub units: Vec<LinkedUnit>,
    /// How they go together; none if that cannot be told.
    pub line: Option<LinkageLine>,
    /// Why it cannot be told, in the reader's language.
    pub unlinked: Option<String>,
}

/// A unit, on 0–100 each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkedUnit {
    /// Its name.
    pub name: String,
    /// The index of its employees or partners.
    pub own: f64,
    /// The index of its customers.
    pub customers: f64,
}

/// The line of least squares and the correlation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkageLine {
    /// Pearson's, −1 to 1.
    pub correlation: f64,
    /// Its interval.
    pub interval: (f64, f64),
    /// Points upwards for each to the right; the line goes through the means.
    pub slope: f64,
}

impl Linkage {
    fn stretches(&self) -> (Stretch, Stretch) {
        let of =
            |value: fn(&LinkedUnit) -> f64| Stretch::around(self.units.iter().map(value), 20.0, 0.0, 100.0);
        (of(|unit| unit.own), of(|unit| unit.customers))
    }

    fn at(&self, own: f64, customers: f64) -> Point {
        let (across, up) = self.stretches();
        (
            AREA.left + (across.part(own) * f64::from(AREA.width())).round() as i32,
            AREA.bottom - (up.part(customers) * f64::from(AREA.height())).round() as i32,
        )
    }

    /// The ends of the line where it enters and leaves the plot.
    fn ends(&self, slope: f64) -> Option<[Point; 2]> {
        let (across, up) = self.stretches();
        let n = self.units.len() as f64;
        let mean = |value: fn(&LinkedUnit) -> f64| self.units.iter().map(value).sum::<f64>() / n;
        let (own, customers) = (mean(|unit| unit.own), mean(|unit| unit.customers));
        let reach = |value: f64| own + (value - customers) / slope;
        let (low, high) = (reach(up.low).min(reach(up.high)), reach(up.low).max(reach(up.high)));
        let (from, to) = match slope == 0.0 {
            true => (across.low, across.high),
            false => (low.max(across.low), high.min(across.high)),
        };
        let on = |x: f64| self.at(x, customers + slope * (x - own));
        (from < to).then(|| [on(from), on(to)])
    }

    /// A light grid with the values at its lines.
    fn scales<DB>(&self, canvas: &Canvas<DB>) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (across, up) = self.stretches();
        for tick in across.ticks() {
            let (x, _) = self.at(tick, up.low);
            canvas.line(&[(x, AREA.top), (x, AREA.bottom)], palette::GRID, 1)?;
            let x = x.min(AREA.right - TICK.width("100") / 2);
            canvas.text(&axis::plain(tick), (x, AREA.bottom + 30), TICK.centred())?;
        }
        for tick in up.ticks() {
            let (_, y) = self.at(across.low, tick);
            canvas.line(&[(AREA.left, y), (AREA.right, y)], palette::GRID, 1)?;
            canvas.text(&axis::plain(tick), (AREA.left - 12, y + 6), TICK.flush_right())?;
        }
        canvas.text(&WORDS.fit(&format!("{} ↑", self.customers), AREA.width()), (PLOT.left, 272), WORDS)?;
        let own = WORDS.fit(&format!("{} →", self.own), AREA.width());
        canvas.text(&own, (AREA.centre().0, AREA.bottom + 58), WORDS.centred())
    }

    /// The finding: what the interval of the correlation leaves open.
    fn found(&self, locale: Locale) -> String {
        let Some(line) = &self.line else {
            return self.unlinked.clone().unwrap_or_else(|| locale.text("people-none").into_owned());
        };
        let word = match line.interval {
            (lower, _) if lower > 0.0 => "chart-linkage-up",
            (_, upper) if upper < 0.0 => "chart-linkage-down",
            _ => "chart-linkage-open",
        };
        locale.text(word).into_owned()
    }
}

/// Points of a line, near one another.
fn along([from, to]: [Point; 2]) -> impl Iterator<Item = Point> {
    let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()) / 4 + 1;
    let part = move |of: (i32, i32), i: i32| of.0 + (of.1 - of.0) * i / steps;
    (0..=steps).map(move |i| (part((from.0, to.0), i), part((from.1, to.1), i)))
}

impl Picture for Linkage {
    const KIND: Kind = Kind::Linkage;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        let n = self.units.len().to_string();
        let Some(line) = &self.line else { return (n != "0").then(|| format!("n = {n}")) };
        let words = [
            ("r", decimal(line.correlation, 2).into()),
            ("lower", decimal(line.interval.0, 2).into()),
            ("upper", decimal(line.interval.1, 2).into()),
            ("n", n.into()),
        ];
        Some(locale.say("chart-linkage-base", &words))
    }

    fn headline(&self, locale: Locale) -> Headline {
        Headline { about: self.who.clone(), found: self.found(locale) }
    }

    fn story(&self, locale: Locale) -> String {
        let sentence = |unit: &LinkedUnit| {
            let figures = [
                ("unit", unit.name.clone().into()),
                ("own", decimal(unit.own, 1).into()),
                ("customers", decimal(unit.customers, 1).into()),
            ];
            locale.say("chart-linkage-story", &figures)
        };
        self.units.iter().map(sentence).collect::<Vec<_>>().join(locale.pick("; ", "；"))
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        if self.units.is_empty() {
            return frame::nothing(canvas, AREA, &self.found(locale));
        }
        canvas.fill(AREA, palette::GROUND)?;
        self.scales(canvas)?;
        let mut labels = Labels::within(AREA);
        if let Some(ends) = self.line.and_then(|line| self.ends(line.slope)) {
            canvas.line(&ends, palette::ACCENT, 3)?;
            along(ends).for_each(|point| labels.keep_dot(point, 3));
        }
        for unit in &self.units {
            labels.keep_dot(self.at(unit.own, unit.customers), RADIUS);
        }
        for unit in &self.units {
            canvas.dot(self.at(unit.own, unit.customers), RADIUS, palette::ACCENT)?;
        }
        let mut left_out: usize = 0;
        for unit in &self.units {
            let places = labels::around(self.at(unit.own, unit.customers), RADIUS, LABEL);
            let text = LABEL.fit(&unit.name, LONGEST);
            left_out += usize::from(!labels.write(canvas, &text, &places)?);
        }
        match left_out {
            0 => Ok(()),
            n => frame::remark(canvas, &locale.say("chart-labels-left-out", &[("n", n.to_string().into())])),
        }
    }
}
