//! Customers by turnover and profitability, class A to D: how many they are, what they bring, what is left of it.

use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, LEFT, PLOT, RIGHT};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette, subject};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{self, UNKNOWN, Unit, count, finite, percent};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

const FIRST_ROW: i32 = 318;
const PITCH: i32 = 128;
const ROW: i32 = 92;
const BAR: i32 = 40;
/// The left edges of the three measures.
const COLUMNS: [i32; 3] = [LEFT + 360, LEFT + 750, LEFT + 1120];
const COLUMN: i32 = 336;

const LETTER: f64 = 44.0;
const TRAIT: Lettering = Lettering::regular(20.0, palette::INK);
const HEADER: Lettering = Lettering::bold(20.0, palette::INK);
const TOTAL: Lettering = Lettering::regular(17.0, palette::MUTED);
const FIGURE: Lettering = Lettering::bold(22.0, palette::INK);
const SHARE: Lettering = Lettering::regular(18.0, palette::MUTED);

/// Customers by value class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueClasses {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which classes are told apart, in the reader's language.
    pub rule: String,
    /// High turnover, high profitability.
    pub a: ClassCell,
    /// High turnover, low profitability.
    pub b: ClassCell,
    /// Low turnover, low profitability.
    pub c: ClassCell,
    /// Low turnover, high profitability.
    pub d: ClassCell,
    /// Customers who are in no class.
    pub unclassified: u64,
    /// The currency's code: `CNY`.
    pub currency: String,
    /// The turnover from which it is high, in major units.
    pub turnover_cut: Option<f64>,
    /// The profitability from which it is high, as a fraction of 1.
    pub profitability_cut: Option<f64>,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

/// A class's customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassCell {
    /// How many they are.
    pub customers: u64,
    /// Their share of the classified customers, as a fraction of 1.
    pub share: Option<f64>,
    /// Their revenue, in major units.
    pub revenue: f64,
    /// Their profit, in major units.
    pub profit: Option<f64>,
}

/// A measure: a bar a class, on one scale.
struct Measure {
    header: String,
    total: String,
    /// Per class: the bar's length on the measure's own scale, the figure, and what stands after it.
    bars: [(Option<f64>, String, String); 4],
}

impl ValueClasses {
    fn cells(&self) -> [&ClassCell; 4] {
        [&self.a, &self.b, &self.c, &self.d]
    }

    fn classified(&self) -> u64 {
        self.cells().iter().map(|cell| cell.customers).sum()
    }

    fn unit(&self, locale: Locale) -> Unit {
        let amounts = self.cells().into_iter().flat_map(|cell| [cell.revenue, cell.profit.unwrap_or(0.0)]);
        Unit::for_amounts(amounts, locale)
    }

    fn measures(&self, locale: Locale) -> [Measure; 3] {
        let unit = self.unit(locale);
        let money = |header: &str, amounts: [Option<f64>; 4]| {
            let name = unit.name(&self.currency, locale);
            let places = unit.places(amounts.into_iter().flatten());
            let show = |amount| unit.show(amount, places);
            let all: Option<f64> = amounts.into_iter().sum();
            Measure {
                header: locale.say(header, &[("unit", name.into())]),
                total: all.map(|all| total(&show(all), locale)).unwrap_or_default(),
                bars: amounts
                    .map(|amount| (amount, amount.map_or_else(|| UNKNOWN.to_owned(), show), String::new())),
            }
        };
        let heads = |cell: &ClassCell| {
            let share = finite(cell.share).map(percent).unwrap_or_default();
            (Some(cell.customers as f64), count(cell.customers), share)
        };
        let customers = Measure {
            header: locale.text("chart-customers").into_owned(),
            total: total(&count(self.classified()), locale),
            bars: self.cells().map(heads),
        };
        let revenue = self.cells().map(|cell| finite(Some(cell.revenue)));
        let profit = self.cells().map(|cell| finite(cell.profit));
        [customers, money("chart-revenue-in", revenue), money("chart-profit-in", profit)]
    }

    fn revenue(&self) -> f64 {
        self.cells().iter().map(|cell| cell.revenue).filter(|revenue| revenue.is_finite()).sum()
    }

    /// Where high begins, in words.
    fn cuts(&self, locale: Locale) -> String {
        let turnover = finite(self.turnover_cut).map(|cut| {
            let amount = format!("{} {}", number::decimal(cut, 0), self.currency);
            locale.say("chart-turnover-high", &[("amount", amount.trim().to_owned().into())])
        });
        let profitability = finite(self.profitability_cut).map(|cut| {
            let rate = number::tenths(Some(cut));
            locale.say("chart-profitability-high", &[("rate", rate.into())])
        });
        turnover.into_iter().chain(profitability).collect::<Vec<_>>().join(locale.pick("; ", "；"))
    }
}

impl Picture for ValueClasses {
    const KIND: Kind = Kind::ValueClasses;

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
        let unit = self.unit(locale);
        let name = unit.name(&self.currency, locale);
        let places = unit.places(self.cells().map(|cell| cell.revenue));
        let [a, all] = [self.a.revenue, self.revenue()].map(|amount| unit.show(amount, places));
        let money = [("a", a.into()), ("all", all.into()), ("unit", name.into())];
        let found = match finite(self.a.share) {
            _ if self.suppressed => subject::base_too_small(locale).into_owned(),
            _ if self.classified() == 0 => locale.text("chart-none-classified").into_owned(),
            None => locale.say("chart-class-a-revenue", &money),
            Some(share) => {
                let [a, all, unit] = money;
                locale.say("chart-class-a", &[("share", percent(share).into()), a, all, unit])
            }
        };
        let told = !self.suppressed && self.classified() > 0;
        let about = if told { locale.label("class", "a") } else { Kind::ValueClasses.title(locale) };
        Headline { about: about.into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        if self.suppressed {
            return subject::base_too_small(locale).into_owned();
        }
        let measures = self.measures(locale);
        let class = |(i, letter): (usize, char)| {
            let figure = |measure: &Measure| {
                let (_, figure, share) = &measure.bars[i];
                format!("{} {figure} {share}", measure.header).trim_end().to_owned()
            };
            format!(
                "{letter} ({}): {}",
                traits(i, locale).join(", "),
                measures.each_ref().map(figure).join("; ")
            )
        };
        "ABCD".chars().enumerate().map(class).collect::<Vec<_>>().join("\n")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        for (i, letter) in ["A", "B", "C", "D"].into_iter().enumerate() {
            class(canvas, i, letter, locale)?;
        }
        frame::remark(canvas, &self.cuts(locale))?;
        if self.suppressed {
            let bottom = row(3) + ROW;
            let area = Area { left: COLUMNS[0], top: row(0), right: RIGHT, bottom };
            canvas.hatch(area)?;
            return canvas.plate(&subject::base_too_small(locale), area, FIGURE);
        }
        COLUMNS
            .into_iter()
            .zip(self.measures(locale))
            .try_for_each(|(left, measure)| measure.draw(canvas, left))
    }
}

impl Measure {
    fn draw<DB>(&self, canvas: &Canvas<DB>, left: i32) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        canvas.text(&HEADER.fit(&self.header, COLUMN), (left, PLOT.top + 24), HEADER)?;
        canvas.text(&TOTAL.fit(&self.total, COLUMN), (left, PLOT.top + 50), TOTAL)?;
        let room = |(_, figure, share): &(_, String, String)| FIGURE.width(figure) + 10 + SHARE.width(share);
        let words = self.bars.iter().map(room).max().unwrap_or(0) + 14;
        let lengths = || self.bars.iter().filter_map(|bar| bar.0);
        let (least, most) = (lengths().fold(0.0, f64::min), lengths().fold(0.0, f64::max));
        let pixels = f64::from((COLUMN - words).max(20)) / (most - least).max(f64::MIN_POSITIVE);
        let zero = left + (-least * pixels).round() as i32;
        for (i, (length, figure, share)) in self.bars.iter().enumerate() {
            let top = row(i) + (ROW - BAR) / 2;
            let end = zero + length.map_or(0, |length| (length * pixels).round() as i32);
            let bar = Area { left: zero.min(end), top, right: zero.max(end), bottom: top + BAR };
            canvas.fill(bar, color(i, length.unwrap_or(0.0)))?;
            let x = zero.max(end) + 12;
            canvas.text(figure, (x, top + 28), FIGURE)?;
            canvas.text(share, (x + FIGURE.width(figure) + 10, top + 28), SHARE)?;
        }
        canvas.fill(
            Area { left: zero, top: row(0) - 6, right: zero + 1, bottom: row(3) + ROW + 6 },
            palette::LINE,
        )
    }
}

/// A measure's sum in words.
fn total(figure: &str, locale: Locale) -> String {
    locale.say("chart-in-all", &[("figure", figure.to_owned().into())])
}

/// The accent for class A, the contrast for a loss.
fn color(class: usize, length: f64) -> RGBColor {
    match class {
        _ if length < 0.0 => palette::CONTRAST,
        0 => palette::ACCENT_FILL,
        _ => palette::SLATE,
    }
}

/// A class's letter and what it means.
fn class<DB>(canvas: &Canvas<DB>, i: usize, letter: &str, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let top = row(i);
    let (fill, ink) =
        if i == 0 { (palette::ACCENT_FILL, palette::ON_ACCENT) } else { (palette::GROUND, palette::INK) };
    canvas.fill(Area::new(LEFT, top, ROW, ROW), fill)?;
    canvas.text(letter, (LEFT + ROW / 2, top + 62), Lettering::bold(LETTER, ink).centred())?;
    for (line, words) in (0..).zip(traits(i, locale)) {
        canvas.text(&words, (LEFT + ROW + 22, top + 40 + 30 * line), TRAIT)?;
    }
    if i > 0 {
        let between = top - (PITCH - ROW) / 2;
        canvas.fill(Area::new(LEFT, between, RIGHT - LEFT, 1), palette::GRID)?;
    }
    Ok(())
}

/// What a class's turnover and profitability are.
fn traits(class: usize, locale: Locale) -> [Cow<'static, str>; 2] {
    let turnover = if class < 2 { "chart-high-turnover" } else { "chart-low-turnover" };
    let high = class == 0 || class == 3;
    let profit = if high { "chart-high-profitability" } else { "chart-low-profitability" };
    [turnover, profit].map(|id| locale.text(id))
}

fn row(i: usize) -> i32 {
    FIRST_ROW + PITCH * i as i32
}
