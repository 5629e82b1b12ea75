//! The complaint iceberg: of the dissatisfied, those who complained stand above the water and those who said nothing
//! below, area for area; beside it what became of the complaints. Our own data, no ratio from folklore.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{count, percent, tenths};
use serde::{Deserialize, Serialize};

/// The iceberg's room: a triangle of this height and width.
const BERG: Area = Area { left: PLOT.left + 20, top: 290, right: 610, bottom: 806 };
const FUNNEL: i32 = 960;
const TOP: i32 = 312;
const PITCH: i32 = 98;
const HEADER: Lettering = Lettering::bold(19.0, palette::INK);
const NAME: Lettering = Lettering::bold(20.0, palette::INK);
const MEANING: Lettering = Lettering::regular(16.0, palette::MUTED);
const FIGURE: Lettering = Lettering::bold(22.0, palette::INK);
const WORDS: Lettering = Lettering::regular(18.0, palette::INK);
const STAGES: [&str; 5] = ["dissatisfied", "complained", "acknowledged", "resolved", "kept"];

/// The complaint iceberg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplaintIceberg {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which the stages are told apart, in the reader's language.
    pub rule: String,
    /// Dissatisfied, complained, acknowledged, resolved, kept: each of those before. `None` where nothing is recorded
    /// that could tell.
    pub stages: [Option<u64>; 5],
    /// Of the resolved, those of whom it is not known yet whether they are kept.
    pub undecided: Option<u64>,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

impl ComplaintIceberg {
    fn dissatisfied(&self) -> u64 {
        self.stages[0].unwrap_or(0)
    }

    /// The share of the dissatisfied that a stage has.
    fn share(&self, stage: usize) -> Option<f64> {
        let all = self.dissatisfied();
        self.stages[stage].filter(|_| all > 0).map(|customers| customers as f64 / all as f64)
    }

    /// The triangle, cut by the water so that its areas are the shares.
    fn berg<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let Some(complained) = self.share(1) else {
            return frame::nothing(canvas, BERG, &locale.text("chart-complaints-unknown"));
        };
        let depth = complained.sqrt();
        let water = BERG.top + (depth * f64::from(BERG.height())).round() as i32;
        let half = (depth * f64::from(BERG.width()) / 2.0).round() as i32;
        let middle = BERG.centre().0;
        let sea = Area { left: PLOT.left, right: BERG.right + 40, top: water, bottom: BERG.bottom + 10 };
        canvas.fill(sea, palette::ACCENT_WASH)?;
        let tip: [Point; 3] = [(middle, BERG.top), (middle + half, water), (middle - half, water)];
        canvas.polygon(&tip, palette::CONTRAST)?;
        let below: [Point; 4] = [
            (middle - half, water),
            (middle + half, water),
            (BERG.right, BERG.bottom),
            (BERG.left, BERG.bottom),
        ];
        canvas.polygon(&below, palette::ACCENT_FILL)?;
        canvas.line(&[(sea.left, water), (sea.right, water)], palette::LINE, 2)?;
        let silent = self.dissatisfied() - self.stages[1].unwrap_or(0);
        let told = |id: &str, customers: u64, share: f64| {
            let figures = [("n", count(customers).into()), ("share", tenths(Some(share)).into())];
            locale.say(id, &figures)
        };
        self.tip_words(canvas, &told("chart-complained", self.stages[1].unwrap_or(0), complained), water)?;
        let words = told("chart-silent", silent, 1.0 - complained);
        let room = BERG.bottom - water;
        if room < 70 {
            return canvas.text(&words, (PLOT.left + 8, BERG.bottom + 32), WORDS);
        }
        let inside = Lettering::bold(22.0, palette::ON_ACCENT).centred();
        let baseline = BERG.bottom - (room / 3).clamp(24, 110);
        let width =
            (f64::from(baseline - 20 - BERG.top) / f64::from(BERG.height()) * f64::from(BERG.width())) as i32;
        for (i, line) in (0..).zip(inside.wrap(&words, (width - 40).max(120), 2)) {
            canvas.text(&line, (middle, baseline + 28 * i), inside)?;
        }
        Ok(())
    }

    /// What stands above the water, beside the tip.
    fn tip_words<DB>(&self, canvas: &Canvas<DB>, words: &str, water: i32) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let lettering = Lettering::bold(20.0, palette::CONTRAST_INK).flush_right();
        let half = f64::from(BERG.width()) / 2.0 / f64::from(BERG.height());
        let lines = lettering.balance(words, 190, 3);
        let bottom = (water - 14).clamp(BERG.top + 26 * lines.len() as i32, BERG.bottom - 14);
        let top = bottom - 26 * (lines.len() as i32 - 1);
        for (i, line) in (0..).zip(&lines) {
            let baseline = top + 26 * i;
            // the slope recedes upwards: what clears it at the lowest line clears it everywhere
            let slope = BERG.centre().0 - (f64::from(bottom - BERG.top) * half) as i32;
            canvas.text(line, ((slope - 16).max(PLOT.left + lettering.width(line)), baseline), lettering)?;
        }
        Ok(())
    }

    /// A stage: its name and meaning, a bar on the scale of the dissatisfied, and its part of the stage before.
    fn stage<DB>(&self, canvas: &Canvas<DB>, i: usize, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        const COLORS: [RGBColor; 5] =
            [palette::ACCENT_FILL, palette::CONTRAST, palette::SLATE, palette::SLATE, palette::HEAT[3]];
        let top = TOP + PITCH * i as i32;
        canvas.text(&locale.label("complaint", STAGES[i]), (FUNNEL - 24, top + 26), NAME.flush_right())?;
        let meaning = locale.about("complaint", STAGES[i]);
        canvas.text(
            &MEANING.fit(&meaning, FUNNEL - 40 - BERG.right - 50),
            (FUNNEL - 24, top + 50),
            MEANING.flush_right(),
        )?;
        let Some((customers, share)) = self.stages[i].zip(self.share(i)) else {
            let bar = Area::new(FUNNEL, top + 6, PLOT.right - FUNNEL, 50);
            canvas.hatch(bar)?;
            return canvas.plate(&locale.text("chart-not-recorded"), bar, MEANING);
        };
        let words = format!("{} · {}", count(customers), tenths(Some(share)));
        let room = FIGURE.width(&words) + 16;
        let length = share * f64::from(PLOT.right - FUNNEL - room.max(150));
        let end = FUNNEL + length.round() as i32;
        canvas.fill(
            Area { left: FUNNEL, right: end.max(FUNNEL + 2), top: top + 6, bottom: top + 56 },
            COLORS[i],
        )?;
        canvas.text(&words, (end + 12, top + 39), FIGURE)?;
        if let Some(words) = self.step(i, locale) {
            canvas.text(&MEANING.fit(&words, PLOT.right - FUNNEL), (FUNNEL, top + 78), MEANING)?;
        }
        Ok(())
    }

    /// The part of the stage before, and how many are not decided yet.
    fn step(&self, i: usize, locale: Locale) -> Option<String> {
        let before = self.stages[..i].iter().rev().copied().flatten().next().filter(|before| *before > 0)?;
        let part = percent(self.stages[i]? as f64 / before as f64);
        let part = locale.say("chart-of-stage-before", &[("share", part.into())]);
        let undecided = self.undecided.filter(|n| i == 4 && *n > 0);
        let undecided = undecided.map(|n| locale.say("chart-undecided", &[("n", count(n).into())]));
        Some([Some(part), undecided].into_iter().flatten().collect::<Vec<_>>().join(locale.pick("; ", "；")))
    }
}

impl Picture for ComplaintIceberg {
    const KIND: Kind = Kind::ComplaintIceberg;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        Some(locale.say("chart-n-dissatisfied", &[("n", count(self.dissatisfied()).into())]))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let found = match self.share(1) {
            _ if self.suppressed => locale.text("chart-base-too-small").into_owned(),
            _ if self.dissatisfied() == 0 => locale.text("chart-none-dissatisfied").into_owned(),
            None => locale.text("chart-complaints-unknown").into_owned(),
            Some(share) => locale.say("chart-silent-share", &[("share", tenths(Some(1.0 - share)).into())]),
        };
        Headline { about: locale.text("chart-iceberg").into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        let stage = |i: usize| {
            let told = self.stages[i].map_or_else(
                || locale.text("chart-not-recorded").into_owned(),
                |customers| format!("{} ({})", count(customers), tenths(self.share(i))),
            );
            let step = self.step(i, locale).map(|step| format!(", {step}")).unwrap_or_default();
            format!("{}: {told}{step}", locale.label("complaint", STAGES[i]))
        };
        if self.suppressed {
            return locale.text("chart-base-too-small").into_owned();
        }
        (0..STAGES.len()).map(stage).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        if self.suppressed || self.dissatisfied() == 0 {
            let id = if self.suppressed { "chart-base-too-small" } else { "chart-none-dissatisfied" };
            return frame::nothing(canvas, Area { top: 280, ..PLOT }, &locale.text(id));
        }
        canvas.text(&locale.text("chart-of-dissatisfied"), (FUNNEL, TOP - 24), HEADER)?;
        self.berg(canvas, locale)?;
        (0..STAGES.len()).try_for_each(|i| self.stage(canvas, i, locale))
    }
}
