//! Segments side by side: the same index on the same axes in each, so that shapes and heights can be compared.

use crate::axis::{self, Axis};
use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::index_trend::TrendPoint;
use crate::picture::Picture;
use crate::quarters::Moment;
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::{count, decimal};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left, top: 290, right: PLOT.right, bottom: 822 };
const WORDS: Lettering = Lettering::regular(17.0, palette::MUTED);
const GUTTER: (i32, i32) = (26, 18);
/// What is more than this would be too small to read.
const MOST: usize = 48;

/// An index of every segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segments {
    /// What the picture is about.
    pub subject: Subject,
    /// The metric's name, in the reader's language.
    pub metric: String,
    /// The rule by which the index is computed, in the reader's language.
    pub rule: String,
    /// The segments, those of a dimension together.
    pub panels: Vec<Panel>,
    /// The index of all customers in the newest quarter.
    pub reference: Option<f64>,
    /// The lowest value the metric can take.
    pub low: f64,
    /// The highest value the metric can take.
    pub high: f64,
}

/// A segment's index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// The segment's name.
    pub name: String,
    /// The quarters, oldest first; the same in every panel.
    pub points: Vec<TrendPoint>,
}

/// How the panels are laid out.
struct Grid {
    columns: i32,
    size: (i32, i32),
    name: Lettering,
    small: Lettering,
}

impl Grid {
    fn of(panels: usize) -> Grid {
        let columns = match panels {
            0..=3 => 3,
            4..=8 => 4,
            9..=15 => 5,
            16..=24 => 6,
            _ => 8,
        };
        let rows = (panels as i32 + columns - 1) / columns;
        let rows = rows.max(2);
        let width = (AREA.width() - GUTTER.0 * (columns - 1)) / columns;
        let height = (AREA.height() - GUTTER.1 * (rows - 1)) / rows;
        let (name, small) = if rows > 3 { (15.0, 13.0) } else { (18.0, 15.0) };
        Grid {
            columns,
            size: (width, height),
            name: Lettering::bold(name, palette::INK),
            small: Lettering::regular(small, palette::MUTED),
        }
    }

    fn panel(&self, i: i32) -> Area {
        let (column, row) = (i % self.columns, i / self.columns);
        let (width, height) = self.size;
        Area::new(
            AREA.left + column * (width + GUTTER.0),
            AREA.top + row * (height + GUTTER.1),
            width,
            height,
        )
    }
}

impl Panel {
    fn moments(&self) -> Vec<Moment<'_>> {
        let moment = |p: &'_ TrendPoint| [p.value, p.lower, p.upper];
        self.points.iter().map(|p| Moment::new(&p.quarter, moment(p), p.n, p.suppressed)).collect()
    }

    fn draw<DB>(
        &self,
        canvas: &Canvas<DB>,
        area: Area,
        grid: &Grid,
        (axis, reference): (Axis, Option<f64>),
        locale: Locale,
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let moments = self.moments();
        let newest = moments.last().and_then(|moment| moment.value);
        let hidden = moments.last().is_some_and(|moment| moment.suppressed);
        let (figure, value) = match newest {
            Some(value) => (decimal(value, 1), Lettering::bold(grid.name.size + 2.0, palette::ACCENT)),
            None if hidden => (locale.text("chart-base-too-small").into_owned(), grid.small),
            None => (locale.text("chart-no-data").into_owned(), grid.small),
        };
        let value = value.flush_right();
        let figure = value.fit(&figure, area.width() * 6 / 10);
        let first = area.top + (grid.name.size * 1.1) as i32;
        let room = area.width() - value.width(&figure) - 14;
        canvas.text(&grid.name.fit(&self.name, room), (area.left, first), grid.name)?;
        canvas.text(&figure, (area.right, first), value)?;
        let second = first + (grid.small.size * 1.3) as i32;
        let base = moments.last().map_or(0, |moment| moment.n);
        canvas.text(&format!("n = {}", count(base)), (area.left, second), grid.small)?;
        let plot = Area { top: second + 10, ..area };
        canvas.fill(plot, palette::GROUND)?;
        if let Some(reference) = reference {
            let y = axis.y(reference, plot);
            canvas.dashes((plot.left, y), (plot.right, y), palette::LINE)?;
        }
        self.line(canvas, &moments, plot, axis)
    }

    fn line<DB>(&self, canvas: &Canvas<DB>, moments: &[Moment], plot: Area, axis: Axis) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let slot = f64::from(plot.width()) / moments.len().max(1) as f64;
        let x = |i: usize| plot.left + (slot * (i as f64 + 0.5)).round() as i32;
        for (i, _) in moments.iter().enumerate().filter(|(_, moment)| moment.suppressed) {
            let half = (slot / 2.0).ceil() as i32;
            canvas.hatch(Area {
                left: (x(i) - half).max(plot.left),
                right: (x(i) + half).min(plot.right),
                ..plot
            })?;
        }
        let runs = moments.iter().enumerate().collect::<Vec<_>>();
        for run in runs.split(|(_, moment)| moment.value.is_none()).filter(|run| !run.is_empty()) {
            let at = |part: fn(&Moment) -> Option<f64>| -> Vec<Point> {
                run.iter().filter_map(|(i, moment)| Some((x(*i), axis.y(part(moment)?, plot)))).collect()
            };
            let lower = at(|moment| moment.interval.map(|interval| interval.0));
            let upper = at(|moment| moment.interval.map(|interval| interval.1));
            if lower.len() > 1 {
                let band: Vec<Point> = lower.into_iter().chain(upper.into_iter().rev()).collect();
                canvas.polygon(&band, palette::ACCENT_TINT)?;
            }
            let line = at(|moment| moment.value);
            if line.len() > 1 {
                canvas.line(&line, palette::ACCENT, 2)?;
            }
            if let Some(end) = line.last() {
                canvas.dot(*end, 4, palette::ACCENT)?;
            }
        }
        Ok(())
    }
}

impl Segments {
    fn shown(&self) -> &[Panel] {
        &self.panels[..self.panels.len().min(MOST)]
    }

    /// The segments with a newest value, highest first.
    fn ranked(&self) -> Vec<(&str, f64)> {
        let newest = |panel: &Panel| panel.moments().last().and_then(|moment| moment.value);
        let mut ranked: Vec<(&str, f64)> =
            self.panels.iter().filter_map(|panel| Some((panel.name.as_str(), newest(panel)?))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked
    }
}

impl Picture for Segments {
    const KIND: Kind = Kind::Segments;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        Some(locale.say("chart-n-segments", &[("n", self.panels.len().to_string().into())]))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let ranked = self.ranked();
        let found = match ranked.as_slice() {
            [] => locale.text("chart-no-segments").into_owned(),
            [first, .., last] => locale.say(
                "chart-segments-found",
                &[("low", decimal(last.1, 1).into()), ("high", decimal(first.1, 1).into())],
            ),
            [only] => decimal(only.1, 1),
        };
        Headline { about: self.metric.clone(), found }
    }

    fn story(&self, locale: Locale) -> String {
        let sentence = |panel: &Panel| {
            let moments = panel.moments();
            let newest = moments.last();
            let value = match newest.map(|moment| (moment.value, moment.suppressed)) {
                Some((Some(value), _)) => decimal(value, 1),
                Some((None, true)) => locale.text("chart-base-too-small").into_owned(),
                _ => locale.text("chart-no-data").into_owned(),
            };
            format!("{}: {value}, n = {}", panel.name, count(newest.map_or(0, |moment| moment.n)))
        };
        self.panels.iter().map(sentence).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let shown = self.shown();
        if shown.is_empty() {
            return frame::nothing(canvas, AREA, &locale.text("chart-no-segments"));
        }
        let moments: Vec<Vec<Moment>> = shown.iter().map(Panel::moments).collect();
        let values = moments.iter().flatten().filter_map(|moment| moment.value);
        let axis = Axis::around(values.chain(self.reference), (self.low, self.high));
        let reference = self
            .reference
            .map(|value| locale.say("chart-dashes-all", &[("value", decimal(value, 1).into())]));
        let axis_words = axis.words(locale, axis::plain);
        let words = subject::sentences(&[&reference.unwrap_or_default(), &axis_words], locale);
        canvas.text(&WORDS.fit(&words, PLOT.width()), (PLOT.left, 268), WORDS)?;
        let grid = Grid::of(shown.len());
        for (i, panel) in (0..).zip(shown) {
            panel.draw(canvas, grid.panel(i), &grid, (axis, self.reference), locale)?;
        }
        match self.panels.len() - shown.len() {
            0 => Ok(()),
            n => {
                frame::remark(canvas, &locale.say("chart-segments-left-out", &[("n", n.to_string().into())]))
            }
        }
    }
}
