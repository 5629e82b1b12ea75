//! The value pyramid (Peppers & Rogers): the few most valuable on top, the most growable below them, the others, and
//! those who cost more than they bring; how many they are and what they bring.

use crate::canvas::{Area, Canvas, Lettering};
use crate::frame::{self, Headline, LEFT, PLOT, RIGHT};
use crate::picture::Picture;
use crate::value_classes::ClassCell;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::{DrawingBackend, RGBColor};
use rapport_messages::Locale;
use rapport_messages::number::{UNKNOWN, Unit, count, finite, tenths};
use serde::{Deserialize, Serialize};

const TOP: i32 = 312;
const PITCH: i32 = 128;
const BAND: i32 = 112;
const NAMES: i32 = 330;
/// The middle of the pyramid, and its widest band.
const PYRAMID: (i32, i32) = (LEFT + NAMES + 250, 460);
const MONEY: [i32; 2] = [LEFT + NAMES + 580, LEFT + NAMES + 870];
const COLUMN: i32 = 250;
const HEADER: Lettering = Lettering::bold(20.0, palette::INK);
const NAME: Lettering = Lettering::bold(24.0, palette::INK);
const MEANING: Lettering = Lettering::regular(17.0, palette::MUTED);
const FIGURE: Lettering = Lettering::bold(22.0, palette::INK);
const SHARE: Lettering = Lettering::regular(18.0, palette::MUTED);
const TIERS: [&str; 4] = ["most_valuable", "most_growable", "other", "below_zero"];
const COLORS: [RGBColor; 4] = [palette::ACCENT_FILL, palette::HEAT[3], palette::NEUTRAL, palette::CONTRAST];

/// Customers by what they are worth and could be worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValuePyramid {
    /// What the picture is about.
    pub subject: Subject,
    /// The rule by which the tiers are told apart, in the reader's language.
    pub rule: String,
    /// Most valuable, most growable, others, below zero.
    pub tiers: [ClassCell; 4],
    /// Customers whose value is not known.
    pub unclassified: u64,
    /// The currency's code.
    pub currency: String,
    /// Whether the base is too small to show anything.
    pub suppressed: bool,
}

impl ValuePyramid {
    fn classified(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.customers).sum()
    }

    fn unit(&self, locale: Locale) -> Unit {
        let amounts = self.tiers.iter().flat_map(|tier| [tier.revenue, tier.profit.unwrap_or(0.0)]);
        Unit::for_amounts(amounts, locale)
    }

    /// The tiers as bands of one middle, as wide as they have customers.
    fn pyramid<DB>(&self, canvas: &Canvas<DB>) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let widest = self.tiers.iter().map(|tier| tier.customers).max().unwrap_or(0).max(1) as f64;
        for (i, (tier, color)) in (0..).zip(self.tiers.iter().zip(COLORS)) {
            let half = (tier.customers as f64 / widest * f64::from(PYRAMID.1) / 2.0).round() as i32;
            let top = TOP + PITCH * i;
            let band =
                Area { left: PYRAMID.0 - half, right: PYRAMID.0 + half, top: top + 10, bottom: top + 64 };
            canvas.fill(band, color)?;
            if half == 0 {
                canvas.fill(Area { left: PYRAMID.0, right: PYRAMID.0 + 1, ..band }, palette::LINE)?;
            }
            let words = format!("{} · {}", count(tier.customers), tenths(tier.share));
            canvas.text(&words, (PYRAMID.0, top + 90), FIGURE.centred())?;
        }
        Ok(())
    }

    /// A column of amounts on a scale of its own, with a line where it is zero.
    fn amounts<DB>(
        &self,
        canvas: &Canvas<DB>,
        left: i32,
        amounts: [Option<f64>; 4],
        unit: Unit,
    ) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let places = unit.places(amounts.into_iter().flatten());
        let show = |amount: Option<f64>| {
            amount.map_or_else(|| UNKNOWN.to_owned(), |amount| unit.show(amount, places))
        };
        let words = amounts.map(|amount| FIGURE.width(&show(amount))).into_iter().max().unwrap_or(0) + 16;
        let known = || amounts.into_iter().flatten();
        let (least, most) = (known().fold(0.0, f64::min), known().fold(0.0, f64::max));
        let pixels = f64::from((COLUMN - words).max(20)) / (most - least).max(f64::MIN_POSITIVE);
        let zero = left + (-least * pixels).round() as i32;
        for (i, amount) in (0..).zip(amounts) {
            let top = TOP + PITCH * i;
            let end = zero + (amount.unwrap_or(0.0) * pixels).round() as i32;
            let loss = amount.is_some_and(|amount| amount < 0.0);
            let color = if loss { palette::CONTRAST } else { COLORS[if i == 0 { 0 } else { 1 }] };
            let color = if i > 1 && !loss { palette::SLATE } else { color };
            let bar = Area { left: zero.min(end), right: zero.max(end), top: top + 22, bottom: top + 52 };
            canvas.fill(bar, color)?;
            canvas.text(&show(amount), (zero.max(end) + 10, top + 45), FIGURE)?;
        }
        let bottom = TOP + PITCH * 3 + 74;
        canvas.fill(Area { left: zero, right: zero + 1, top: TOP, bottom }, palette::LINE)
    }

    fn columns<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let unit = self.unit(locale);
        let name = unit.name(&self.currency, locale);
        let header = |id: &str| locale.say(id, &[("unit", name.clone().into())]);
        let baseline = TOP - 26;
        canvas.text(&locale.text("chart-customers"), (PYRAMID.0, baseline), HEADER.centred())?;
        let columns = [("chart-revenue-in", 0), ("chart-profit-in", 1)];
        for (id, i) in columns {
            canvas.text(&HEADER.fit(&header(id), COLUMN + 20), (MONEY[i], baseline), HEADER)?;
        }
        self.pyramid(canvas)?;
        let revenue = self.tiers.each_ref().map(|tier| finite(Some(tier.revenue)));
        let profit = self.tiers.each_ref().map(|tier| finite(tier.profit));
        self.amounts(canvas, MONEY[0], revenue, unit)?;
        self.amounts(canvas, MONEY[1], profit, unit)
    }
}

impl Picture for ValuePyramid {
    const KIND: Kind = Kind::ValuePyramid;

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
        let [valuable, _, _, below] = &self.tiers;
        let found = if self.suppressed {
            locale.text("chart-base-too-small").into_owned()
        } else if self.classified() == 0 {
            locale.text("chart-none-classified").into_owned()
        } else {
            let share = tenths(valuable.share);
            let below = count(below.customers);
            locale.say("chart-pyramid-found", &[("share", share.into()), ("below", below.into())])
        };
        Headline { about: locale.text("chart-pyramid").into_owned(), found }
    }

    fn story(&self, locale: Locale) -> String {
        if self.suppressed {
            return locale.text("chart-base-too-small").into_owned();
        }
        let unit = self.unit(locale);
        let places = unit.places(self.tiers.iter().map(|tier| tier.revenue));
        let tier = |(word, tier): (&&str, &ClassCell)| {
            let revenue =
                locale.say("chart-revenue-in", &[("unit", unit.name(&self.currency, locale).into())]);
            format!(
                "{}: {} ({}), {revenue} {}",
                locale.label("growth", word),
                count(tier.customers),
                tenths(tier.share),
                unit.show(tier.revenue, places)
            )
        };
        TIERS.iter().zip(&self.tiers).map(tier).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        for (i, word) in (0..).zip(TIERS) {
            let top = TOP + PITCH * i;
            if i > 0 {
                canvas.fill(Area::new(LEFT, top - (PITCH - BAND) / 2, RIGHT - LEFT, 1), palette::GRID)?;
            }
            canvas.fill(Area::new(LEFT, top + 14, 8, 70), COLORS[i as usize])?;
            canvas.text(&locale.label("growth", word), (LEFT + 26, top + 42), NAME)?;
            let meaning = locale.about("growth", word);
            for (line, words) in (0..).zip(MEANING.wrap(&meaning, NAMES - 40, 2)) {
                canvas.text(&words, (LEFT + 26, top + 68 + 22 * line), MEANING)?;
            }
        }
        if self.suppressed {
            let area = Area { left: LEFT + NAMES, top: TOP, right: RIGHT, bottom: PLOT.bottom };
            canvas.hatch(area)?;
            return canvas.plate(&locale.text("chart-base-too-small"), area, SHARE);
        }
        self.columns(canvas, locale)?;
        frame::remark(canvas, &locale.text("chart-pyramid-remark"))
    }
}
