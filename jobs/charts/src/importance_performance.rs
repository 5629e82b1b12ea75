//! The importance–performance grid: what drives satisfaction against how well it is met. Performance goes to the right,
//! importance upwards, and the crosshair of the rule parts what to do.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::driver::{self, Driver};
use crate::frame::{self, Headline, PLOT};
use crate::labels::{self, Labels};
use crate::picture::Picture;
use crate::stretch::Stretch;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::{count, decimal, finite, tenths};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left + 76, top: 290, right: PLOT.right, bottom: 772 };
const WORDS: Lettering = Lettering::regular(17.0, palette::MUTED);
const CORNER: Lettering = Lettering::bold(20.0, palette::MUTED);
const FOCUS: Lettering = Lettering::bold(20.0, palette::ACCENT);
const TICK: Lettering = Lettering::regular(17.0, palette::MUTED);
const LABEL: Lettering = Lettering::regular(18.0, palette::INK);
const RADIUS: i32 = 8;
const LONGEST: i32 = 330;

/// The importance–performance grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportancePerformance {
    /// What the picture is about.
    pub subject: Subject,
    /// Which importance it is and how the crosshair is set, in the reader's language.
    pub rule: String,
    /// The drivers.
    pub drivers: Vec<Driver>,
    /// Whether importance is a share of the variance, and not a coefficient.
    pub is_share: bool,
    /// Importance and performance at which the axes cross.
    pub crosshair: Option<(f64, f64)>,
}

impl ImportancePerformance {
    /// The drivers of which both are known.
    fn shown(&self) -> impl Iterator<Item = (&Driver, f64, f64)> {
        let known = |driver: &Driver| finite(driver.importance).zip(finite(driver.performance));
        self.drivers.iter().filter_map(move |driver| known(driver).map(|(i, p)| (driver, i, p)))
    }

    fn stretches(&self) -> (Stretch, Stretch) {
        let cross = self.crosshair.into_iter();
        let importance: Vec<f64> =
            self.shown().map(|one| one.1).chain(cross.clone().map(|cross| cross.0)).collect();
        let performance = self.shown().map(|one| one.2).chain(cross.map(|cross| cross.1));
        let lowest = importance.iter().copied().fold(0.0, f64::min);
        let floor = if lowest < 0.0 { f64::NEG_INFINITY } else { 0.0 };
        (
            Stretch::around(importance.into_iter(), 0.02, floor, f64::INFINITY),
            Stretch::around(performance, 10.0, 0.0, 100.0),
        )
    }

    fn at(&self, importance: f64, performance: f64) -> Point {
        let (up, across) = self.stretches();
        (
            AREA.left + (across.part(performance) * f64::from(AREA.width())).round() as i32,
            AREA.bottom - (up.part(importance) * f64::from(AREA.height())).round() as i32,
        )
    }

    /// The quadrants with what to do in each, and the crosshair.
    fn quadrants<DB>(&self, canvas: &Canvas<DB>, labels: &mut Labels, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        canvas.fill(AREA, palette::GROUND)?;
        let Some((importance, performance)) = self.crosshair else { return Ok(()) };
        let (x, y) = self.at(importance, performance);
        canvas.fill(Area { right: x, bottom: y, ..AREA }, palette::ACCENT_WASH)?;
        canvas.line(&[(x, AREA.top), (x, AREA.bottom)], palette::LINE, 2)?;
        canvas.line(&[(AREA.left, y), (AREA.right, y)], palette::LINE, 2)?;
        labels.keep_free(Area { left: x - 1, right: x + 1, ..AREA });
        labels.keep_free(Area { top: y - 1, bottom: y + 1, ..AREA });
        let (left, right) = (AREA.left + 16, AREA.right - 16);
        let (top, bottom) = (AREA.top + 32, AREA.bottom - 16);
        let corners = [
            ("concentrate_here", (left, top), FOCUS),
            ("keep_up", (right, top), CORNER.flush_right()),
            ("low_priority", (left, bottom), CORNER),
            ("possible_overkill", (right, bottom), CORNER.flush_right()),
        ];
        for (word, at, lettering) in corners {
            labels.write(canvas, &locale.label("quadrant", word), &[(at, lettering)])?;
        }
        Ok(())
    }

    /// The ends of the scales, and the crosshair's place on them.
    fn scales<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (up, across) = self.stretches();
        let mut below = Labels::within(Area { top: AREA.bottom, bottom: AREA.bottom + 60, ..PLOT });
        let mut beside = Labels::within(Area { right: AREA.left, top: AREA.top - 30, ..PLOT });
        let crosses = self.crosshair;
        let performances = crosses.map(|cross| cross.1).into_iter().chain([across.low, across.high]);
        for value in performances {
            let x = AREA.left + (across.part(value) * f64::from(AREA.width())) as i32;
            let text = decimal(value, 1);
            let centred = ((x, AREA.bottom + 30), TICK.centred());
            let inside = ((AREA.right, AREA.bottom + 30), TICK.flush_right());
            below.write(canvas, &text, &[centred, inside])?;
        }
        for value in crosses.map(|cross| cross.0).into_iter().chain([up.low, up.high]) {
            let y = AREA.bottom - (up.part(value) * f64::from(AREA.height())) as i32;
            let text = if self.is_share { tenths(Some(value)) } else { decimal(value, 2) };
            beside.write(canvas, &text, &[((AREA.left - 12, y + 6), TICK.flush_right())])?;
        }
        let words = locale.text("chart-performance-axis");
        canvas.text(&words, (AREA.centre().0, AREA.bottom + 58), WORDS.centred())
    }

    fn focus(&self) -> Vec<&Driver> {
        let mut focus: Vec<&Driver> =
            self.drivers.iter().filter(|one| one.quadrant.as_deref() == Some("concentrate_here")).collect();
        focus.sort_by(|a, b| b.importance.unwrap_or(0.0).total_cmp(&a.importance.unwrap_or(0.0)));
        focus
    }
}

impl Picture for ImportancePerformance {
    const KIND: Kind = Kind::ImportancePerformance;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        self.drivers.first().map(|driver| format!("n = {}", count(driver.n)))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let focus = self.focus();
        let about = |driver: &Driver| driver.name.clone();
        match focus.first() {
            _ if self.drivers.is_empty() => driver::none(locale),
            None => Headline {
                about: locale.text("chart-drivers").into_owned(),
                found: locale.text("chart-no-focus").into_owned(),
            },
            Some(first) => Headline {
                about: about(first),
                found: match focus.len() {
                    1 => locale.text("chart-focus").into_owned(),
                    n => locale.say("chart-focus-and-others", &[("others", (n - 1).to_string().into())]),
                },
            },
        }
    }

    fn story(&self, locale: Locale) -> String {
        let sentence = |driver: &Driver| {
            let quadrant = driver.quadrant.as_deref().map(|word| locale.label("quadrant", word));
            locale.say(
                "chart-driver-story",
                &[
                    ("name", driver.name.clone().into()),
                    ("importance", driver.strength(self.is_share).into()),
                    ("performance", driver::performance(driver).into()),
                    ("quadrant", quadrant.unwrap_or_default().into()),
                ],
            )
        };
        self.drivers.iter().map(sentence).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        if self.shown().next().is_none() {
            return frame::nothing(canvas, AREA, &driver::none(locale).found);
        }
        let mut labels = Labels::within(AREA);
        canvas.text(&locale.text("chart-importance-axis"), (PLOT.left, 272), WORDS)?;
        self.shown().for_each(|(_, i, p)| labels.keep_dot(self.at(i, p), RADIUS));
        self.quadrants(canvas, &mut labels, locale)?;
        self.scales(canvas, locale)?;
        for (driver, importance, performance) in self.shown() {
            let focus = driver.quadrant.as_deref() == Some("concentrate_here");
            let color = if focus { palette::ACCENT } else { palette::SLATE };
            canvas.dot(self.at(importance, performance), RADIUS, color)?;
        }
        let mut left_out: usize = 0;
        for (driver, importance, performance) in self.shown() {
            let places = labels::around(self.at(importance, performance), RADIUS, LABEL);
            let text = LABEL.fit(&driver.name, LONGEST);
            left_out += usize::from(!labels.write(canvas, &text, &places)?);
        }
        match left_out {
            0 => Ok(()),
            n => frame::remark(canvas, &locale.say("chart-labels-left-out", &[("n", n.to_string().into())])),
        }
    }
}
