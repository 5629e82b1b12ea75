//! The structural model: constructs with their indexes and how much of each is explained, and the paths between them,
//! as thick as they are strong and dashed where the answers do not tell them from nothing.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::labels::Labels;
use crate::layout;
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::{UNKNOWN, count, decimal, finite, percent};
use serde::{Deserialize, Serialize};

const AREA: Area = Area { left: PLOT.left, top: 268, right: PLOT.right, bottom: 836 };
/// The height of a box, and its least and greatest width.
const HEIGHT: i32 = 104;
const WIDTHS: (i32, i32) = (96, 182);
const NAME: Lettering = Lettering::bold(18.0, palette::INK).centred();
const INDEX: Lettering = Lettering::bold(28.0, palette::ACCENT).centred();
const EXPLAINED: Lettering = Lettering::regular(16.0, palette::MUTED).centred();
const PATH: Lettering = Lettering::bold(18.0, palette::INK).centred();

/// The structural model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StructuralModel {
    /// What the picture is about.
    pub subject: Subject,
    /// How it is estimated, in the reader's language.
    pub rule: String,
    /// The constructs.
    pub constructs: Vec<Construct>,
    /// The paths between them.
    pub paths: Vec<Path>,
    /// The answers it rests on.
    pub n: u64,
}

/// A construct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Construct {
    /// Its code.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
    /// Its index on 0–100.
    pub index: Option<f64>,
    /// The share of its variance that is explained; `None` where nothing leads to it.
    pub r_squared: Option<f64>,
}

/// A path from one construct to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// The code of the construct it begins at.
    pub from: String,
    /// The code of the construct it ends at.
    pub to: String,
    /// The standardised coefficient.
    pub coefficient: Option<f64>,
    /// The interval of the coefficient.
    pub interval: Option<(f64, f64)>,
}

impl Path {
    /// Whether its interval leaves zero out.
    fn significant(&self) -> bool {
        self.interval.is_some_and(|(lower, upper)| lower > 0.0 || upper < 0.0)
    }

    fn words(&self) -> String {
        finite(self.coefficient).map_or_else(|| UNKNOWN.to_owned(), |value| decimal(value, 2))
    }

    /// The path as a line with a head, between the edges of its boxes.
    fn draw<DB>(&self, canvas: &Canvas<DB>, (from, to): (Point, Point), size: (i32, i32)) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (start, end) = (edge(from, to, size, 4), edge(to, from, size, 10));
        let value = finite(self.coefficient).unwrap_or(0.0);
        let color = if value < 0.0 { palette::CONTRAST_INK } else { palette::ACCENT };
        let (across, down) = (f64::from(end.0 - start.0), f64::from(end.1 - start.1));
        let length = across.hypot(down).max(1.0);
        let (ux, uy) = (across / length, down / length);
        let off = |along: f64, aside: f64| {
            (
                (f64::from(end.0) - ux * along - uy * aside).round() as i32,
                (f64::from(end.1) - uy * along + ux * aside).round() as i32,
            )
        };
        let head = 16.0_f64;
        if self.significant() {
            let thickness = (2.0 + 7.0 * value.abs().min(1.0)).round() as u32;
            canvas.line(&[start, off(head - 2.0, 0.0)], color, thickness)?;
            canvas.polygon(&[end, off(head, 9.0), off(head, -9.0)], color)
        } else {
            canvas.dashes(start, off(head - 2.0, 0.0), palette::LINE)?;
            canvas.polygon(&[end, off(head, 7.0), off(head, -7.0)], palette::LINE)
        }
    }
}

impl StructuralModel {
    fn place(&self, code: &str) -> Option<usize> {
        self.constructs.iter().position(|one| one.code == code)
    }

    /// The paths between constructs that there are.
    fn edges(&self) -> Vec<(usize, usize, &Path)> {
        let known = |path: &'_ Path| Some((self.place(&path.from)?, self.place(&path.to)?));
        let joined = self.paths.iter().filter_map(|path| known(path).map(|(from, to)| (from, to, path)));
        joined.filter(|(from, to, _)| from != to).collect()
    }

    fn draw_box<DB>(
        &self,
        canvas: &Canvas<DB>,
        construct: &Construct,
        at: Point,
        size: (i32, i32),
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let area = Area::new(at.0 - size.0 / 2, at.1 - size.1 / 2, size.0, size.1);
        canvas.fill(area, palette::ACCENT_WASH)?;
        canvas.outline(area, palette::LINE)?;
        let (x, top) = (at.0, area.top);
        canvas.text(&NAME.fit(&construct.name, size.0 - 12), (x, top + 28), NAME)?;
        let index = finite(construct.index).map(|index| decimal(index, 1)).unwrap_or_default();
        let explained = finite(construct.r_squared).map(|share| format!("R² {}", decimal(share, 2)));
        let baseline = if explained.is_some() { top + 62 } else { top + 72 };
        canvas.text(&index, (x, baseline), INDEX)?;
        match explained {
            Some(words) if index.is_empty() => canvas.text(&words, (x, top + 66), EXPLAINED),
            Some(words) => canvas.text(&words, (x, top + 90), EXPLAINED),
            None => Ok(()),
        }
    }

    /// The path with the greatest effect, by size.
    fn strongest(&self) -> Option<(&Construct, &Construct, &Path)> {
        let strength = |path: &Path| finite(path.coefficient).unwrap_or(0.0).abs();
        let edges = self.edges();
        let strongest = edges.into_iter().max_by(|a, b| strength(a.2).total_cmp(&strength(b.2)))?;
        Some((self.constructs.get(strongest.0)?, self.constructs.get(strongest.1)?, strongest.2))
    }

    /// Each coefficient on its own line, where neither box nor another coefficient stands.
    fn label<DB>(&self, canvas: &Canvas<DB>, at: &[Point], size: (i32, i32)) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let mut labels = Labels::within(AREA);
        at.iter().for_each(|(x, y)| {
            labels.keep_free(Area::new(x - size.0 / 2, y - size.1 / 2, size.0, size.1));
        });
        for (from, to, path) in self.edges() {
            let (start, end) = (edge(at[from], at[to], size, 4), edge(at[to], at[from], size, 10));
            let words = path.words();
            let places: Vec<(Point, Lettering)> = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75]
                .iter()
                .map(|part| {
                    let along = |a: i32, b: i32| a + (f64::from(b - a) * part).round() as i32;
                    ((along(start.0, end.0), along(start.1, end.1) + 6), PATH)
                })
                .collect();
            let free = labels.find(&words, &places).or(places.first().copied());
            if let Some((place, lettering)) = free {
                let plate = lettering.room(&words, place).grown(4);
                labels.keep_free(plate);
                canvas.fill(plate, palette::PAPER)?;
                canvas.text(&words, place, lettering)?;
            }
        }
        Ok(())
    }
}

impl Picture for StructuralModel {
    const KIND: Kind = Kind::StructuralModel;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, _: Locale) -> Option<String> {
        Some(format!("n = {}", count(self.n)))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let explained = self.constructs.iter().find(|one| one.code == "satisfaction");
        let explained = explained.and_then(|one| Some((one.name.clone(), finite(one.r_squared)?)));
        if let Some((about, share)) = explained {
            let found = locale.say("chart-model-explains", &[("share", percent(share).into())]);
            return Headline { about, found };
        }
        let found = match self.strongest() {
            Some((from, to, path)) => format!("{} → {} {}", from.name, to.name, path.words()),
            None => locale.text("chart-no-model").into_owned(),
        };
        Headline { about: locale.text("chart-model").into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        let name = |code: &str| {
            self.place(code).map_or_else(|| code.to_owned(), |at| self.constructs[at].name.clone())
        };
        let construct = |one: &Construct| {
            let index = finite(one.index).map(|index| format!(" {}", decimal(index, 1))).unwrap_or_default();
            let explained = finite(one.r_squared).map(|share| format!(", R² {}", decimal(share, 2)));
            format!("{}{index}{}", one.name, explained.unwrap_or_default())
        };
        let path = |path: &Path| {
            let word = if path.significant() { "" } else { &*locale.text("chart-not-significant") };
            format!("{} → {}: {} {word}", name(&path.from), name(&path.to), path.words()).trim().to_owned()
        };
        self.constructs
            .iter()
            .map(construct)
            .chain(self.paths.iter().map(path))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let edges = self.edges();
        if edges.is_empty() {
            return frame::nothing(canvas, AREA, &locale.text("chart-no-model"));
        }
        let joined: Vec<(usize, usize)> = edges.iter().map(|(from, to, _)| (*from, *to)).collect();
        let columns =
            layout::columns(self.constructs.len(), &joined).into_iter().max().unwrap_or(0) as i32 + 1;
        let size = ((AREA.width() / columns - 60).clamp(WIDTHS.0, WIDTHS.1), HEIGHT);
        let at = layout::places(self.constructs.len(), &joined, AREA, size);
        for (from, to, path) in &edges {
            path.draw(canvas, (at[*from], at[*to]), size)?;
        }
        for (construct, place) in self.constructs.iter().zip(&at) {
            self.draw_box(canvas, construct, *place, size)?;
        }
        self.label(canvas, &at, size)?;
        frame::remark(canvas, &locale.text("chart-model-remark"))
    }
}

/// Where the line to another box leaves this one, so far from its edge.
fn edge(from: Point, to: Point, size: (i32, i32), away: i32) -> Point {
    let (across, down) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let (half_width, half_height) = (f64::from(size.0 / 2 + away), f64::from(size.1 / 2 + away));
    let part = (half_width / across.abs().max(1e-9)).min(half_height / down.abs().max(1e-9)).min(1.0);
    (from.0 + (across * part).round() as i32, from.1 + (down * part).round() as i32)
}
