//! Drivers of satisfaction, the strongest first: a bar each, to the left where it lowers satisfaction, pale where the
//! answers do not tell it from nothing.

use crate::canvas::{Area, Canvas, Lettering};
use crate::driver::{self, Driver};
use crate::frame::{self, Headline, PLOT};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{UNKNOWN, count, decimal, finite, percent};
use serde::{Deserialize, Serialize};

const TOP: i32 = 306;
const MOST: usize = 16;
const NAMES: i32 = 470;
const BARS: (i32, i32) = (PLOT.left + NAMES + 24, PLOT.right - 330);
const BETA: i32 = PLOT.right - 150;
const HEADER: Lettering = Lettering::bold(17.0, palette::INK);
const VALUE: Lettering = Lettering::bold(19.0, palette::INK);
const OTHER: Lettering = Lettering::regular(18.0, palette::MUTED);

/// Drivers of satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    /// What the picture is about.
    pub subject: Subject,
    /// Which importance it is, in the reader's language.
    pub rule: String,
    /// The drivers.
    pub drivers: Vec<Driver>,
    /// Whether importance is a share of the variance, and not a coefficient.
    pub is_share: bool,
    /// The share of the variance that all of them explain.
    pub r_squared: Option<f64>,
    /// A coefficient is significant below this p-value.
    pub significance: f64,
}

impl Drivers {
    /// The strongest first.
    fn ranked(&self) -> Vec<&Driver> {
        let mut ranked: Vec<&Driver> = self.drivers.iter().filter(|one| one.signed().is_some()).collect();
        let strength = |driver: &Driver| driver.signed().unwrap_or(0.0).abs();
        ranked.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then_with(|| a.name.cmp(&b.name)));
        ranked
    }

    fn significant(&self, driver: &Driver) -> bool {
        finite(driver.p_value).is_some_and(|p| p < self.significance)
    }

    fn color(&self, driver: &Driver) -> RGBColor {
        match (self.significant(driver), driver.signed().unwrap_or(0.0) < 0.0) {
            (true, false) => palette::ACCENT_FILL,
            (true, true) => palette::CONTRAST,
            (false, false) => palette::ACCENT_TINT,
            (false, true) => palette::CONTRAST_TINT,
        }
    }

    fn headers<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let baseline = TOP - 22;
        canvas.text(&locale.text("chart-importance"), (BARS.0, baseline), HEADER)?;
        canvas.text("β", (BETA, baseline), HEADER.flush_right())?;
        canvas.text("p", (PLOT.right, baseline), HEADER.flush_right())
    }

    /// A driver's row: its name, its bar with the figure at the end, its coefficient and p-value.
    fn row<DB>(
        &self,
        canvas: &Canvas<DB>,
        driver: &Driver,
        (top, pitch): (i32, i32),
        (zero, pixels): (i32, f64),
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let size = if pitch >= 46 { 19.0 } else { 16.0 };
        let name = Lettering::regular(size, palette::INK).flush_right();
        let lines = name.wrap(&driver.name, NAMES, if pitch >= 46 { 2 } else { 1 });
        let line = (size * 1.25) as i32;
        let first = top + (pitch - line * lines.len() as i32) / 2 + (size * 0.92) as i32;
        for (i, words) in (0..).zip(&lines) {
            canvas.text(words, (PLOT.left + NAMES, first + line * i), name)?;
        }
        let signed = driver.signed().unwrap_or(0.0);
        let end = zero + (signed * pixels).round() as i32;
        let bar = (pitch * 6 / 10).min(40);
        let above = top + (pitch - bar) / 2;
        let area = Area { left: zero.min(end), right: zero.max(end), top: above, bottom: above + bar };
        canvas.fill(area, self.color(driver))?;
        let middle = top + pitch / 2 + 7;
        canvas.text(&driver.strength(self.is_share), (zero.max(end) + 10, middle), VALUE)?;
        let beta = finite(driver.beta).map_or_else(|| UNKNOWN.to_owned(), |beta| decimal(beta, 2));
        canvas.text(&beta, (BETA, middle), OTHER.flush_right())?;
        canvas.text(&p_value(driver.p_value), (PLOT.right, middle), OTHER.flush_right())
    }

    /// What the pale bars mean, and how many drivers are not shown.
    fn remark(&self, shown: &[&Driver], left_out: usize, locale: Locale) -> String {
        let pale = shown.iter().any(|driver| !self.significant(driver));
        let level = decimal(self.significance, 2);
        let pale = pale.then(|| locale.say("chart-pale-bars", &[("level", level.into())]));
        let more = (left_out > 0)
            .then(|| locale.say("chart-drivers-left-out", &[("n", left_out.to_string().into())]));
        pale.into_iter().chain(more).collect::<Vec<_>>().join(locale.pick("; ", "；"))
    }
}

impl Picture for Drivers {
    const KIND: Kind = Kind::Drivers;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        let n = self.drivers.first().map(|driver| format!("n = {}", count(driver.n)))?;
        let explained = finite(self.r_squared)
            .map(|share| locale.say("chart-explained", &[("share", percent(share).into())]));
        Some([Some(n), explained].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    fn headline(&self, locale: Locale) -> Headline {
        match self.ranked().first() {
            None => driver::none(locale),
            Some(first) => Headline {
                about: first.name.clone(),
                found: match self.is_share {
                    true => locale.say("chart-strongest", &[("share", first.strength(true).into())]),
                    false => {
                        locale.say("chart-strongest-coefficient", &[("value", first.strength(false).into())])
                    }
                },
            },
        }
    }

    fn story(&self, locale: Locale) -> String {
        let sentence = |driver: &&Driver| {
            let word = if self.significant(driver) { "" } else { &*locale.text("chart-not-significant") };
            let beta = finite(driver.beta).map_or_else(|| UNKNOWN.to_owned(), |beta| decimal(beta, 2));
            let p = p_value(driver.p_value);
            format!("{}: {}, β {beta}, p {p} {word}", driver.name, driver.strength(self.is_share))
                .trim()
                .to_owned()
        };
        self.ranked().iter().map(sentence).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let mut ranked = self.ranked();
        if ranked.is_empty() {
            let area = Area { top: TOP, ..PLOT };
            return frame::nothing(canvas, area, &driver::none(locale).found);
        }
        let left_out = ranked.len().saturating_sub(MOST);
        ranked.truncate(MOST);
        self.headers(canvas, locale)?;
        let pitch = ((PLOT.bottom - TOP) / ranked.len() as i32).min(72);
        let values = || ranked.iter().filter_map(|driver| driver.signed());
        let (least, most) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let pixels = f64::from(BARS.1 - BARS.0) / (most - least).max(f64::MIN_POSITIVE);
        let zero = BARS.0 - (least * pixels).round() as i32;
        for (i, driver) in (0..).zip(&ranked) {
            self.row(canvas, driver, (TOP + pitch * i, pitch), (zero, pixels))?;
        }
        let bottom = TOP + pitch * ranked.len() as i32;
        canvas.fill(Area { left: zero, right: zero + 1, top: TOP - 4, bottom: bottom + 4 }, palette::LINE)?;
        frame::remark(canvas, &self.remark(&ranked, left_out, locale))
    }
}

fn p_value(p: Option<f64>) -> String {
    match finite(p) {
        None => UNKNOWN.to_owned(),
        Some(p) if p < 0.001 => "<0.001".to_owned(),
        Some(p) => decimal(p, 3),
    }
}
