//! Customers by satisfaction (left to right) and loyalty (bottom to top): four types, and the extremes in two corners.

use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{Headline, PLOT};
use crate::number::{self, UNKNOWN, count, finite, percent, percent_or_unknown};
use crate::picture::{self, Picture};
use crate::{Error, Kind, Locale, Subject, palette, subject};
use plotters::prelude::{DrawingBackend, RGBColor};

const GRID: Area = Area { left: PLOT.left + 118, top: 246, right: PLOT.right, bottom: 796 };
const GUTTER: i32 = 12;
const CELL: (i32, i32) = ((GRID.right - GRID.left - GUTTER) / 2, (GRID.bottom - GRID.top - GUTTER) / 2);
const CORNER: (i32, i32) = (210, 54);

const AXIS: Lettering = Lettering::bold(19.0, palette::INK);
const END: Lettering = Lettering::regular(19.0, palette::MUTED);
const MEANING: Lettering = Lettering::regular(18.0, palette::MUTED);
const WORD: Lettering = Lettering::regular(18.0, palette::INK);
const FIGURE: Lettering = Lettering::bold(20.0, palette::INK);

/// Customers by loyalty type.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    name: &'static str,
    meaning: &'static str,
}

impl LoyaltyMatrix {
    /// The picture as an SVG document.
    ///
    /// # Errors
    /// [`Error::Drawing`] where the drawing library refuses.
    pub fn svg(&self, locale: Locale) -> Result<String, Error> {
        picture::svg(self, locale)
    }

    fn classified(&self) -> u64 {
        [&self.loyal, &self.hostage, &self.mercenary, &self.defecting].iter().map(|cell| cell.customers).sum()
    }

    fn quadrants(&self, locale: Locale) -> [Quadrant<'_>; 4] {
        let quadrant = |cell, high, (name, meaning)| Quadrant { cell, high, name, meaning };
        let (loyal, hostage, mercenary, defecting) = match locale {
            Locale::En => (
                ("Loyal", "satisfied and staying"),
                ("Hostage", "not satisfied, staying for want of a choice"),
                ("Mercenary", "satisfied, but buying on price"),
                ("Defecting", "not satisfied and leaving"),
            ),
            Locale::Zh => (
                ("忠诚型", "满意且留下"),
                ("人质型", "不满意，因别无选择而留下"),
                ("图利型", "满意，但随价格而去"),
                ("流失型", "不满意且离开"),
            ),
        };
        [
            quadrant(&self.hostage, (false, true), hostage),
            quadrant(&self.loyal, (true, true), loyal),
            quadrant(&self.defecting, (false, false), defecting),
            quadrant(&self.mercenary, (true, false), mercenary),
        ]
    }

    /// The extremes, in the corners that stand for them.
    fn corners<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let (width, height) = CORNER;
        let apostles = Area::new(GRID.right - width, GRID.top, width, height);
        let terrorists = Area::new(GRID.left, GRID.bottom - height, width, height);
        corner(
            canvas,
            apostles,
            locale.pick("Apostles", "传道者"),
            self.apostles,
            (palette::ACCENT, palette::PAPER),
        )?;
        let colors = (palette::CONTRAST, palette::INK);
        corner(canvas, terrorists, locale.pick("Terrorists", "暴徒"), self.terrorists, colors)
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
        Some(match locale {
            Locale::En => format!("n = {n} classified, {others} unclassified"),
            Locale::Zh => format!("已归类 n = {n}，未归类 {others}"),
        })
    }

    fn headline(&self, locale: Locale) -> Headline {
        let share = finite(self.loyal.share);
        let found = match (share, locale) {
            _ if self.suppressed => subject::base_too_small(locale).to_owned(),
            _ if self.classified() == 0 => {
                locale.pick("no customers classified", "尚无已归类客户").to_owned()
            }
            (None, _) => locale.pick("shares not known", "占比未知").to_owned(),
            (Some(share), Locale::En) => format!("{} of classified customers are loyal", percent(share)),
            (Some(share), Locale::Zh) => format!("已归类客户中 {} 为忠诚型", percent(share)),
        };
        Headline { about: locale.pick("Loyalty types", "忠诚类型").to_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        if self.suppressed {
            return subject::base_too_small(locale).to_owned();
        }
        let words = (locale.pick("customers", "客户"), locale.pick("of revenue", "收入占比"));
        let sentence = |q: &Quadrant| {
            let shares = [q.cell.share, q.cell.revenue_share].map(percent_or_unknown);
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
        sentences.push(format!("{}: {}", locale.pick("Apostles", "传道者"), count(self.apostles)));
        sentences.push(format!("{}: {}", locale.pick("Terrorists", "暴徒"), count(self.terrorists)));
        sentences.join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        axes(canvas, locale)?;
        for quadrant in self.quadrants(locale) {
            let (column, row) = (i32::from(quadrant.high.0), i32::from(!quadrant.high.1));
            let (left, top) = (GRID.left + column * (CELL.0 + GUTTER), GRID.top + row * (CELL.1 + GUTTER));
            quadrant.draw(canvas, Area::new(left, top, CELL.0, CELL.1), self.suppressed, locale)?;
        }
        if self.suppressed { Ok(()) } else { self.corners(canvas, locale) }
    }
}

impl Quadrant<'_> {
    fn draw<DB>(&self, canvas: &Canvas<DB>, area: Area, suppressed: bool, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let focus = self.high == (true, true);
        let (ground, color) =
            if focus { (palette::ACCENT_WASH, palette::ACCENT) } else { (palette::GROUND, palette::INK) };
        canvas.fill(area, ground)?;
        let left = area.left + 30;
        if suppressed {
            canvas.hatch(area)?;
            canvas.plate(subject::base_too_small(locale), area, WORD)?;
            let name = Lettering::bold(26.0, palette::INK);
            let plate = Area::new(left - 10, area.top + 20, name.width(self.name) + 20, 40);
            canvas.fill(plate, palette::GROUND)?;
            return canvas.text(self.name, (left, area.top + 50), name);
        }
        canvas.text(self.name, (left, area.top + 50), Lettering::bold(26.0, color))?;
        canvas.text(self.meaning, (left, area.top + 80), MEANING)?;
        let share = percent_or_unknown(self.cell.share);
        canvas.text(&share, (left, area.top + 172), Lettering::bold(68.0, color))?;
        self.bars(canvas, area, if focus { palette::ACCENT } else { palette::SLATE }, locale)
    }

    /// Customers and revenue side by side: what the type is in heads, and in money.
    fn bars<DB>(&self, canvas: &Canvas<DB>, area: Area, color: RGBColor, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let words = [locale.pick("Customers", "客户"), locale.pick("Revenue", "收入")];
        let figures = [count(self.cell.customers), percent_or_unknown(self.cell.revenue_share)];
        let shares = [self.cell.share, self.cell.revenue_share];
        let left = area.left + 230;
        let name_room = words.map(|word| WORD.width(word)).into_iter().max().unwrap_or(0) + 14;
        let figure_room = figures.iter().map(|figure| FIGURE.width(figure)).max().unwrap_or(0) + 14;
        let whole = area.right - 30 - figure_room - left - name_room;
        for (row, ((word, figure), share)) in (0..).zip(words.into_iter().zip(&figures).zip(shares)) {
            let top = area.top + 118 + row * 40;
            canvas.text(word, (left, top + 19), WORD)?;
            let start = left + name_room;
            let length = finite(share).map(|share| (share.clamp(0.0, 1.0) * f64::from(whole)).round() as i32);
            canvas.fill(Area::new(start, top, whole, 26), palette::GRID)?;
            canvas.fill(Area::new(start, top, length.unwrap_or(0), 26), color)?;
            let figure = if length.is_none() && row > 0 { UNKNOWN } else { figure };
            canvas.text(figure, (start + whole + 14, top + 20), FIGURE)?;
        }
        Ok(())
    }
}

/// The names and ends of the two axes.
fn axes<DB>(canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let ends = [locale.pick("low", "低"), locale.pick("high", "高")];
    for (column, end) in (0..).zip(ends) {
        let x = GRID.left + column * (CELL.0 + GUTTER);
        let name = locale.pick("Satisfaction", "满意度");
        canvas.text(name, (x + 30, GRID.bottom + 31), AXIS)?;
        canvas.text(end, (x + 30 + AXIS.width(name) + 8, GRID.bottom + 31), END)?;
    }
    for (row, end) in (0..).zip(ends.into_iter().rev()) {
        let y = GRID.top + row * (CELL.1 + GUTTER) + CELL.1 / 2;
        canvas.text(locale.pick("Loyalty", "忠诚度"), (PLOT.left, y - 2), AXIS)?;
        canvas.text(end, (PLOT.left, y + 24), END)?;
    }
    Ok(())
}

/// An extreme's block: its name and how many they are.
fn corner<DB>(
    canvas: &Canvas<DB>,
    area: Area,
    name: &str,
    customers: u64,
    (fill, ink): (RGBColor, RGBColor),
) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    canvas.fill(area, fill)?;
    let figure = Lettering::bold(24.0, ink).flush_right();
    canvas.text(name, (area.left + 20, area.top + 34), Lettering::bold(19.0, ink))?;
    canvas.text(&number::count(customers), (area.right - 20, area.top + 36), figure)
}
