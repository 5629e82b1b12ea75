//! Cohorts: of those who first bought in a quarter, the share that bought again in each quarter since; one scale of
//! colour for all of them, and nothing where time has not come yet.

use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, PLOT};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::{count, finite, percent, tenths};
use serde::{Deserialize, Serialize};

const TOP: i32 = 312;
const LEFT: i32 = PLOT.left + 200;
const BOTTOM: i32 = 812;
const MOST: usize = 16;
const AGE: Lettering = Lettering::regular(17.0, palette::MUTED).centred();
const NAME: Lettering = Lettering::bold(18.0, palette::INK);
const SIZE: Lettering = Lettering::regular(17.0, palette::MUTED).flush_right();
const WORDS: Lettering = Lettering::regular(17.0, palette::MUTED);

/// Cohorts of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohorts {
    /// What the picture is about.
    pub subject: Subject,
    /// What counts as still being there, in the reader's language.
    pub rule: String,
    /// The cohorts, oldest first.
    pub cohorts: Vec<Cohort>,
}

/// Those who first bought in the same quarter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// The quarter.
    pub acquired: String,
    /// How many they are; `None` where the base is too small.
    pub customers: Option<u64>,
    /// The share that bought in each quarter since, beginning with that quarter itself.
    pub shares: Vec<Option<f64>>,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

impl Cohorts {
    /// The newest cohorts, as many as a reader can tell apart, and the quarters since that are shown.
    fn shown(&self) -> (&[Cohort], usize) {
        let shown = &self.cohorts[self.cohorts.len().saturating_sub(MOST)..];
        let ages = shown.iter().map(|cohort| cohort.shares.len()).max().unwrap_or(0).min(MOST);
        (shown, ages)
    }

    /// The newest cohort of which it is known, with its share a year later; half a year or a quarter where none is.
    fn finding(&self) -> Option<(&Cohort, usize, f64)> {
        [4, 2, 1].into_iter().find_map(|age| {
            let known = |cohort: &&Cohort| cohort.shares.get(age).copied().flatten().is_some();
            let cohort = self.cohorts.iter().rev().find(known)?;
            Some((cohort, age, finite(cohort.shares.get(age).copied().flatten())?))
        })
    }

    fn row<DB>(
        &self,
        canvas: &Canvas<DB>,
        cohort: &Cohort,
        (top, height): (i32, i32),
        (width, ages): (i32, usize),
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let baseline = top + height / 2 + 6;
        canvas.text(&NAME.fit(&cohort.acquired, 100), (PLOT.left, baseline), NAME)?;
        let size = cohort.customers.map(count).unwrap_or_default();
        canvas.text(&size, (LEFT - 16, baseline), SIZE)?;
        for (age, share) in (0..).zip(cohort.shares.iter().take(ages)) {
            let cell = Area::new(LEFT + width * age, top, width - 3, height - 3);
            match finite(*share).filter(|_| !cohort.suppressed) {
                None if cohort.suppressed => canvas.hatch(cell)?,
                None => canvas.fill(cell, palette::GROUND)?,
                Some(share) => {
                    let (color, ink) = palette::heat(share);
                    canvas.fill(cell, color)?;
                    let size = f64::from(height - 12).clamp(13.0, 19.0);
                    let figure = Lettering::regular(size, ink).centred();
                    let middle = cell.centre().1 + (size * 0.36) as i32;
                    canvas.text(&percent(share), (cell.centre().0, middle), figure)?;
                }
            }
        }
        Ok(())
    }

    /// The scale of colour.
    fn scale<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let words = locale.text("chart-bought-again");
        canvas.text(&words, (PLOT.left, 270), WORDS)?;
        let ends = ["0%", "100%"];
        let right = PLOT.right - WORDS.width(ends[1]) - 10;
        let left = right - 44 * palette::HEAT.len() as i32;
        canvas.text(ends[1], (PLOT.right, 270), WORDS.flush_right())?;
        canvas.text(ends[0], (left - 10, 270), WORDS.flush_right())?;
        (0..)
            .zip(palette::HEAT)
            .try_for_each(|(i, color)| canvas.fill(Area::new(left + 44 * i, 255, 42, 18), color))
    }
}

impl Picture for Cohorts {
    const KIND: Kind = Kind::Cohorts;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        let n: u64 = self.cohorts.iter().filter_map(|cohort| cohort.customers).sum();
        Some(locale.say("chart-n-cohorts", &[("n", count(n).into())]))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let about = locale.text("chart-cohorts").into_owned();
        let found = match self.finding() {
            Some((cohort, age, share)) => locale.say(
                "chart-cohort-found",
                &[
                    ("share", tenths(Some(share)).into()),
                    ("quarter", cohort.acquired.clone().into()),
                    ("age", age.to_string().into()),
                ],
            ),
            None => locale.text("chart-no-cohorts").into_owned(),
        };
        Headline { about, found }
    }

    fn story(&self, locale: Locale) -> String {
        let sentence = |cohort: &Cohort| {
            let shares = match cohort.suppressed {
                true => locale.text("chart-base-too-small").into_owned(),
                false => cohort.shares.iter().map(|share| tenths(*share)).collect::<Vec<_>>().join(", "),
            };
            format!("{}: {shares}", cohort.acquired)
        };
        self.cohorts.iter().map(sentence).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (shown, ages) = self.shown();
        if ages == 0 {
            let area = Area { left: PLOT.left, top: TOP, right: PLOT.right, bottom: BOTTOM };
            return frame::nothing(canvas, area, &locale.text("chart-no-cohorts"));
        }
        self.scale(canvas, locale)?;
        let width = ((PLOT.right - LEFT) / ages as i32).min(150);
        let height = ((BOTTOM - TOP) / shown.len() as i32).min(64);
        for age in 0..ages as i32 {
            let text = if age == 0 { locale.text("chart-age-zero") } else { format!("+{age}").into() };
            canvas.text(&AGE.fit(&text, width - 6), (LEFT + width * age + width / 2, TOP - 12), AGE)?;
        }
        canvas.text("n", (LEFT - 16, TOP - 12), SIZE)?;
        for (i, cohort) in (0..).zip(shown) {
            self.row(canvas, cohort, (TOP + height * i, height), (width, ages))?;
        }
        if shown.iter().any(|cohort| cohort.suppressed) {
            return frame::hatching_remark(canvas, locale);
        }
        match self.cohorts.len() - shown.len() {
            0 => Ok(()),
            n => frame::remark(canvas, &locale.say("chart-cohorts-left-out", &[("n", n.to_string().into())])),
        }
    }
}
