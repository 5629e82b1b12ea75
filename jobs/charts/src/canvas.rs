//! The strokes pictures are made of, over any plotters backend. Positions are pixels of the canvas; a text stands on
//! its baseline, and only what the embedded faces can draw is ever written.

use crate::{Error, Theme, font, palette};
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What plotters' SVG backend divides a font size by.
const PLOTTERS_EM: f64 = 1.24;
/// How far under its top, in ems, that backend puts a text's baseline.
const TOP_TO_BASELINE: f64 = 0.76;
/// Between the lines of a hatched area.
const HATCH: i32 = 12;
/// From the beginning of a dash to that of the next.
const DASH: f64 = 12.0;

/// A point on the canvas.
pub(crate) type Point = (i32, i32);

/// A rectangle on the canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    pub(crate) fn new(left: i32, top: i32, width: i32, height: i32) -> Area {
        Area { left, top, right: left + width, bottom: top + height }
    }

    pub(crate) fn width(self) -> i32 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> i32 {
        self.bottom - self.top
    }

    pub(crate) fn centre(self) -> Point {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    pub(crate) fn grown(self, by: i32) -> Area {
        Area { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(crate) fn within(self, frame: Area) -> bool {
        self.left >= frame.left
            && self.right <= frame.right
            && self.top >= frame.top
            && self.bottom <= frame.bottom
    }

    pub(crate) fn meets(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// How a text is lettered.
#[derive(Clone, Copy)]
pub(crate) struct Lettering {
    pub size: f64,
    bold: bool,
    color: RGBColor,
    align: HPos,
}

impl Lettering {
    pub(crate) const fn regular(size: f64, color: RGBColor) -> Lettering {
        Lettering { size, bold: false, color, align: HPos::Left }
    }

    pub(crate) const fn bold(size: f64, color: RGBColor) -> Lettering {
        Lettering { size, bold: true, color, align: HPos::Left }
    }

    pub(crate) const fn flush_left(self) -> Lettering {
        Lettering { align: HPos::Left, ..self }
    }

    pub(crate) const fn centred(self) -> Lettering {
        Lettering { align: HPos::Center, ..self }
    }

    pub(crate) const fn flush_right(self) -> Lettering {
        Lettering { align: HPos::Right, ..self }
    }

    /// How wide the text is in this lettering, rounded up.
    pub(crate) fn width(self, text: &str) -> i32 {
        font::width(text, self.size, self.bold).ceil() as i32
    }

    /// The text, shortened with … to a width.
    pub(crate) fn fit(self, text: &str, allowed: i32) -> String {
        font::fit(&font::drawable(text), self.size, self.bold, f64::from(allowed))
    }

    /// The text in at most so many lines of a width.
    pub(crate) fn wrap(self, text: &str, allowed: i32, lines: usize) -> Vec<String> {
        font::wrap(&font::drawable(text), self.size, self.bold, f64::from(allowed), lines)
    }

    /// The same lines, as even as they come without becoming more: no sign stands alone.
    pub(crate) fn balance(self, text: &str, allowed: i32, lines: usize) -> Vec<String> {
        let text = font::drawable(text);
        let wrapped = |width: i32| font::wrap(&text, self.size, self.bold, f64::from(width), lines);
        let widest = wrapped(allowed);
        let whole = |lines: &[String]| lines.iter().map(|line| line.trim().len()).sum::<usize>();
        let shortened = |line: &String| line.ends_with("...") || line.ends_with('…');
        let is_even = |even: &[String]| {
            even.len() == widest.len()
                && whole(even) == whole(&widest)
                && even.iter().all(|line| self.width(line) <= allowed && !shortened(line))
        };
        // what fits a width fits every wider one: the narrowest is between two that are halved until they meet
        let (mut narrow, mut wide) = (0, allowed);
        while narrow < wide {
            let middle = narrow + (wide - narrow) / 2;
            if is_even(&wrapped(middle)) {
                wide = middle;
            } else {
                narrow = middle + 1;
            }
        }
        wrapped(wide)
    }

    /// The room the text takes when it stands at a point.
    pub(crate) fn room(self, text: &str, (x, baseline): Point) -> Area {
        let (width, height) = (self.width(text), (self.size * 0.9) as i32);
        let left = match self.align {
            HPos::Left => x,
            HPos::Center => x - width / 2,
            HPos::Right => x - width,
        };
        Area::new(left, baseline - height, width, height + (self.size * 0.25) as i32)
    }
}

/// A surface to draw on, in the colours of a theme.
pub(crate) struct Canvas<'a, DB: DrawingBackend> {
    pub area: &'a DrawingArea<DB, Shift>,
    pub theme: Theme,
}

impl<DB: DrawingBackend<ErrorType: 'static>> Canvas<'_, DB> {
    /// Writes a text with its baseline at the point.
    pub(crate) fn text(&self, text: &str, (x, baseline): Point, lettering: Lettering) -> Result<(), Error> {
        let text = font::drawable(text);
        let weight = if lettering.bold { FontStyle::Bold } else { FontStyle::Normal };
        let color = self.theme.color(lettering.color);
        let style = TextStyle::from((font::FAMILY, lettering.size * PLOTTERS_EM, weight).into_font())
            .color(&color)
            .pos(Pos::new(lettering.align, VPos::Top));
        let top = baseline - (lettering.size * TOP_TO_BASELINE).round() as i32;
        self.area.draw_text(&text, &style, (x, top)).map_err(refused)
    }

    /// Fills a rectangle.
    pub(crate) fn fill(&self, area: Area, color: RGBColor) -> Result<(), Error> {
        if area.width() <= 0 || area.height() <= 0 {
            return Ok(());
        }
        self.draw(Rectangle::new(
            [(area.left, area.top), (area.right, area.bottom)],
            self.paint(color).filled(),
        ))
    }

    /// Frames a rectangle with a thin line.
    pub(crate) fn outline(&self, area: Area, color: RGBColor) -> Result<(), Error> {
        let line = self.paint(color).stroke_width(1);
        self.draw(Rectangle::new([(area.left, area.top), (area.right, area.bottom)], line))
    }

    /// Joins the points.
    pub(crate) fn line(&self, points: &[Point], color: RGBColor, thickness: u32) -> Result<(), Error> {
        self.draw(PathElement::new(points.to_vec(), self.paint(color).stroke_width(thickness)))
    }

    /// Fills the shape around the points.
    pub(crate) fn polygon(&self, points: &[Point], color: RGBColor) -> Result<(), Error> {
        self.draw(Polygon::new(points.to_vec(), self.paint(color).filled()))
    }

    /// Fills the shape around the points so that what lies below is seen through it.
    pub(crate) fn veil(&self, points: &[Point], color: RGBColor, cover: f64) -> Result<(), Error> {
        self.draw(Polygon::new(points.to_vec(), self.paint(color).mix(cover).filled()))
    }

    /// A line of dashes from one point to the other.
    pub(crate) fn dashes(&self, from: Point, to: Point, color: RGBColor) -> Result<(), Error> {
        let (across, down) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let dashes = (across.hypot(down) / DASH).ceil().max(1.0) as i32;
        let at = |part: f64| {
            let part = (part / f64::from(dashes)).min(1.0);
            (from.0 + (across * part).round() as i32, from.1 + (down * part).round() as i32)
        };
        (0..dashes).map(f64::from).try_for_each(|i| self.line(&[at(i), at(i + 0.55)], color, 2))
    }

    /// A filled dot with a rim of paper, so that it stands clear of the line under it.
    pub(crate) fn dot(&self, centre: Point, radius: i32, color: RGBColor) -> Result<(), Error> {
        self.draw(Circle::new(centre, radius + 2, self.paint(palette::PAPER).filled()))?;
        self.draw(Circle::new(centre, radius, self.paint(color).filled()))
    }

    /// The ground of what is suppressed: a pale area with slanting lines, seen as such in grey print too.
    pub(crate) fn hatch(&self, area: Area) -> Result<(), Error> {
        self.fill(area, palette::GROUND)?;
        // A slanting line is where x + y is constant; it enters and leaves at the rectangle's edges.
        let first = (area.left + area.top) / HATCH + 1;
        for sum in (first..).map(|i| i * HATCH).take_while(|sum| *sum < area.right + area.bottom) {
            let from = ((sum - area.bottom).max(area.left), (sum - area.left).min(area.bottom));
            let to = ((sum - area.top).min(area.right), (sum - area.right).max(area.top));
            self.line(&[from, to], palette::GRID, 2)?;
        }
        Ok(())
    }

    /// A text centred in an area, on a plate that keeps it clear of what lies below.
    pub(crate) fn plate(&self, text: &str, area: Area, lettering: Lettering) -> Result<(), Error> {
        let lines = lettering.balance(text, area.width() - 16, 3);
        let pitch = (lettering.size * 1.35) as i32;
        let widest = lines.iter().map(|line| lettering.width(line)).max().unwrap_or(0);
        let (x, y) = area.centre();
        let height = pitch * lines.len() as i32;
        let ground = Area::new(x - widest / 2 - 8, y - height / 2 - 4, widest + 16, height + 8);
        self.fill(ground, palette::PAPER)?;
        for (i, line) in (0..).zip(&lines) {
            let baseline = ground.top + 4 + pitch * i + (lettering.size * 1.05) as i32;
            self.text(line, (x, baseline), lettering.centred())?;
        }
        Ok(())
    }

    fn paint(&self, color: RGBColor) -> RGBColor {
        self.theme.color(color)
    }

    fn draw<E>(&self, element: E) -> Result<(), Error>
    where
        for<'b> &'b E: PointCollection<'b, Point>,
        E: Drawable<DB>,
    {
        self.area.draw(&element).map_err(refused)
    }
}

fn refused<E: std::error::Error + Send + Sync + 'static>(error: DrawingAreaErrorKind<E>) -> Error {
    Error::Drawing(Box::new(error))
}
