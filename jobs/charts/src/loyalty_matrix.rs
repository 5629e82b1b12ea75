//! Customers by satisfaction (left to right) and loyalty (bottom to top): four types, and the extremes in two corners.

use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, PLOT};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{count, finite, percent, percent_or_unknown, tenths};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

const GRID: Area = Area { left: PLOT.left + 118, top: 254, right: PLOT.right, bottom: 800 };
const GUTTER: i32 = 12;
const CELL: (i32, i32) = ((GRID.right - GRID.left - GUTTER) / 2, (GRID.bottom - GRID.top - GUTTER) / 2);
const MARGIN: i32 = 30;
/// The least width, and the height, of an extreme's block.
const CORNER: (i32, i32) = (210, 54);

const AXIS: Lettering = Lettering::bold(19.0, palette::INK);
const END: Lettering = Lettering::regular(19.0, palette::MUTED);
const MEANING: Lettering = Lettering::regular(18.0, palette::MUTED);
const WORD: Lettering = Lettering::regular(18.0, palette::INK);
const FIGURE: Lettering = Lettering::bold(20.0, palette::INK);

/// Customers by loyalty type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoyaltyMatrix {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which types are told apart, in the reader's language.
    pub rule: String,
    /// Satisfied and staying.
    pub loyal: TypeCell,
    /// Not satisfied, staying.
    pub hostage: TypeCell,
    /// Satisfied, not staying.
    pub mercenary: TypeCell,
    /// Not satisfied and leaving.
    pub defecting: TypeCell,
    /// Of the loyal, those at the extreme who recommend.
    pub apostles: u64,
    /// Of the defecting, those at the extreme who complain or warn others.
    pub terrorists: u64,
    /// Customers of whom an axis is not known.
    pub unclassified: u64,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

/// A type's customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeCell {
    /// How many they are.
    pub customers: u64,
    /// Their share of the classified customers, as a fraction of 1.
    pub share: Option<f64>,
    /// Their share of the classified customers' revenue, as a fraction of 1.
    pub revenue_share: Option<f64>,
}

/// A type where it stands in the matrix.
struct Quadrant<'a> {
    cell: &'a TypeCell,
    /// Whether satisfaction and loyalty are high.
    high: (bool, bool),
    name: Cow<'static, str>,
    meaning: Cow<'static, str>,
}

impl LoyaltyMatrix {
    fn classified(&self) -> u64 {
        [&self.loyal, &self.hostage, &self.mercenary, &self.defecting].iter().map(|cell| cell.customers).sum()
    }

    fn quadrants(&self, locale: Locale) -> [Quadrant<'_>; 4] {
        let quadrant = |cell, high, word| Quadrant {
            cell,
            high,
            name: locale.label("loyalty", word),
            meaning: locale.about("loyalty", word),
        };
        [
            quadrant(&self.hostage, (false, true), "hostage"),
            quadrant(&self.loyal, (true, true), "loyal"),
            quadrant(&self.defecting, (false, false), "defecting"),
            quadrant(&self.mercenary, (true, false), "mercenary"),
        ]
    }

    /// The extremes, in the corners that stand for them.
    fn corners<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let apostles = Extreme {
            name: locale.label("subtype", "apostle"),
            customers: count(self.apostles),
            fill: palette::ACCENT_FILL,
            ink: palette::ON_ACCENT,
        };
        let terrorists = Extreme {
            name: locale.label("subtype", "terrorist"),
            customers: count(self.terrorists),
            fill: palette::CONTRAST,
            ink: palette::INK,
        };
        apostles.draw(canvas, (GRID.right - apostles.width(), GRID.top))?;
        terrorists.draw(canvas, (GRID.left, GRID.bottom - CORNER.1))
    }
}

impl Picture for LoyaltyMatrix {
    const KIND: Kind = Kind::LoyaltyMatrix;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        let (n, others) = (count(self.classified()), count(self.unclassified));
        Some(locale.say("chart-n-classified", &[("n", n.into()), ("others", others.into())]))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let share = finite(self.loyal.share);
        let found = match share {
            _ if self.suppressed => subject::base_too_small(locale).into_owned(),
            _ if self.classified() == 0 => locale.text("chart-none-classified").into_owned(),
            None => locale.text("chart-shares-unknown").into_owned(),
            Some(share) => locale.say("chart-loyal-share", &[("share", percent(share).into())]),
        };
        Headline { about: locale.label("scheme", "loyalty").into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        if self.suppressed {
            return subject::base_too_small(locale).into_owned();
        }
        let words = (locale.text("chart-heads"), locale.text("chart-of-revenue"));
        let sentence = |q: &Quadrant| {
            let shares = [tenths(q.cell.share), percent_or_unknown(q.cell.revenue_share)];
            format!(
                "{}: {} {} ({}), {} {}",
                q.name,
                count(q.cell.customers),
                words.0,
                shares[0],
                shares[1],
                words.1
            )
        };
        let mut sentences = self.quadrants(locale).iter().map(sentence).collect::<Vec<_>>();
        sentences.push(format!("{}: {}", locale.label("subtype", "apostle"), count(self.apostles)));
        sentences.push(format!("{}: {}", locale.label("subtype", "terrorist"), count(self.terrorists)));
        sentences.join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        axes(canvas, locale)?;
        let quadrants = self.quadrants(locale);
        if self.suppressed {
            return quadrants.iter().try_for_each(|quadrant| quadrant.hide(canvas, locale));
        }
        let figures = quadrants.iter().flat_map(Quadrant::figures);
        let figure_room = figures.map(|figure| FIGURE.width(&figure)).max().unwrap_or(0);
        quadrants.iter().try_for_each(|quadrant| quadrant.draw(canvas, figure_room, locale))?;
        self.corners(canvas, locale)?;
        frame::remark(canvas, &locale.text("chart-matrix-shares"))
    }
}

impl Quadrant<'_> {
    /// The room the quadrant takes.
    fn area(&self) -> Area {
        let (column, row) = (i32::from(self.high.0), i32::from(!self.high.1));
        let (left, top) = (GRID.left + column * (CELL.0 + GUTTER), GRID.top + row * (CELL.1 + GUTTER));
        Area::new(left, top, CELL.0, CELL.1)
    }

    /// The figures of the quadrant's bars: heads, and the share of revenue.
    fn figures(&self) -> [String; 2] {
        [count(self.cell.customers), percent_or_unknown(self.cell.revenue_share)]
    }

    /// The quadrant with its figures, for which so much room is kept.
    fn draw<DB>(&self, canvas: &Canvas<DB>, figure_room: i32, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (ground, ink, bar) = match self.high {
            (true, true) => (palette::ACCENT_WASH, palette::ACCENT, palette::ACCENT_FILL),
            _ => (palette::GROUND, palette::INK, palette::SLATE),
        };
        let area = self.area();
        let left = area.left + MARGIN;
        canvas.fill(area, ground)?;
        canvas.text(&self.name, (left, area.top + 52), Lettering::bold(28.0, ink))?;
        canvas.text(&self.meaning, (left, area.top + 83), MEANING)?;
        let share = tenths(self.cell.share);
        canvas.text(&share, (left, area.top + 180), Lettering::bold(54.0, ink))?;
        self.bars(canvas, figure_room, bar, locale)
    }

    /// The quadrant where nothing may be shown.
    fn hide<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let name = Lettering::bold(28.0, palette::INK);
        let area = self.area();
        let left = area.left + MARGIN;
        canvas.hatch(area)?;
        canvas.fill(Area::new(left - 10, area.top + 22, name.width(&self.name) + 20, 42), palette::GROUND)?;
        canvas.text(&self.name, (left, area.top + 52), name)?;
        canvas.plate(&subject::base_too_small(locale), area, WORD)
    }

    /// Customers and revenue side by side: what the type is in heads, and in money.
    fn bars<DB>(
        &self,
        canvas: &Canvas<DB>,
        figure_room: i32,
        color: RGBColor,
        locale: Locale,
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let area = self.area();
        let words = [locale.text("chart-customers"), locale.text("chart-revenue")];
        let left = area.left + 230;
        let start = left + words.iter().map(|word| WORD.width(word)).max().unwrap_or(0) + 14;
        let whole = area.right - MARGIN - figure_room - 14 - start;
        let bars = words.into_iter().zip(self.figures()).zip([self.cell.share, self.cell.revenue_share]);
        for (row, ((word, figure), share)) in (0..).zip(bars) {
            let top = area.top + 126 + row * 40;
            let length = finite(share).map_or(0.0, |share| share.clamp(0.0, 1.0) * f64::from(whole));
            canvas.text(&word, (left, top + 19), WORD)?;
            canvas.fill(Area::new(start, top, whole, 26), palette::GRID)?;
            canvas.fill(Area::new(start, top, length.round() as i32, 26), color)?;
            canvas.text(&figure, (start + whole + 14, top + 20), FIGURE)?;
        }
        Ok(())
    }
}

/// The names and ends of the two axes.
fn axes<DB>(canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let ends = [locale.text("chart-low"), locale.text("chart-high")];
    for (column, end) in (0..).zip(&ends) {
        let x = GRID.left + column * (CELL.0 + GUTTER);
        let name = locale.text("chart-satisfaction");
        canvas.text(&name, (x + MARGIN, GRID.bottom + 33), AXIS)?;
        canvas.text(end, (x + MARGIN + AXIS.width(&name) + 8, GRID.bottom + 33), END)?;
    }
    for (row, end) in (0..).zip(ends.iter().rev()) {
        let y = GRID.top + row * (CELL.1 + GUTTER) + CELL.1 / 2;
        canvas.text(&locale.text("chart-loyalty"), (PLOT.left, y - 2), AXIS)?;
        canvas.text(end, (PLOT.left, y + 24), END)?;
    }
    Ok(())
}

/// An extreme's block: its name and how many they are.
struct Extreme {
    name: Cow<'static, str>,
    customers: String,
    fill: RGBColor,
    ink: RGBColor,
}

impl Extreme {
    fn lettering(&self) -> (Lettering, Lettering) {
        (Lettering::bold(19.0, self.ink), Lettering::bold(24.0, self.ink))
    }

    fn width(&self) -> i32 {
        let (name, figure) = self.lettering();
        CORNER.0.max(name.width(&self.name) + figure.width(&self.customers) + 60)
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, (left, top): (i32, i32)) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let area = Area::new(left, top, self.width(), CORNER.1);
        let (name, figure) = self.lettering();
        canvas.fill(area, self.fill)?;
        canvas.text(&self.name, (left + 20, top + 34), name)?;
        canvas.text(&self.customers, (area.right - 20, top + 36), figure.flush_right())
    }
}
