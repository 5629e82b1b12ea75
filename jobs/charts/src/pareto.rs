//! How unevenly turnover and profit are spread: the share of turnover that the best customers bring, and profit added up
//! from the most profitable on, which rises above the whole and falls again where customers cost more than they bring.

use crate::canvas::{Area, Canvas, Lettering, Point};
use crate::frame::{self, Headline, PLOT};
use crate::labels::{self, Labels};
use crate::picture::Picture;
use crate::{Error, Kind, Subject, palette};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;
use rapport_messages::number::{Unit, count, decimal, finite, percent, tenths};
use serde::{Deserialize, Serialize};

const TURNOVER: Area = Area { left: PLOT.left + 70, top: 312, right: 760, bottom: 768 };
const PROFIT: Area = Area { left: 930, right: PLOT.right, ..TURNOVER };
const HEADER: Lettering = Lettering::bold(20.0, palette::INK);
const TICK: Lettering = Lettering::regular(17.0, palette::MUTED);
const VALUE: Lettering = Lettering::bold(19.0, palette::ACCENT);
const NOTE: Lettering = Lettering::regular(17.0, palette::MUTED);
const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// How unevenly turnover and profit are spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pareto {
    /// What the picture is about.
    pub subject: Subject,
    /// Over which time, in the reader's language.
    pub rule: String,
    /// Share of the customers and share of the turnover, those who bring least first, from nothing to all.
    pub lorenz: Vec<(f64, f64)>,
    /// Share of the customers and profit added up in major units, the most profitable first.
    pub whale: Vec<(f64, f64)>,
    /// The share of the turnover that the best fifth brings.
    pub top_fifth: Option<f64>,
    /// Gini's coefficient of the turnover.
    pub gini: Option<f64>,
    /// The currency's code.
    pub currency: String,
    /// The buyers of the window.
    pub n: u64,
}

impl Pareto {
    /// Share of the customers and of the turnover, those who bring most first.
    fn concentration(&self) -> Vec<(f64, f64)> {
        self.lorenz.iter().rev().map(|(customers, value)| (1.0 - customers, 1.0 - value)).collect()
    }

    /// Where profit is highest, and what it is in the end.
    fn peak(&self) -> Option<((f64, f64), f64)> {
        let highest = self.whale.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((highest, self.whale.last()?.1))
    }

    fn draw_turnover<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let at = |customers: f64, value: f64| {
            (across(TURNOVER, customers), TURNOVER.bottom - (value * f64::from(TURNOVER.height())) as i32)
        };
        header(canvas, TURNOVER, &locale.text("chart-turnover-share"))?;
        for share in SHARES {
            let (_, y) = at(0.0, share);
            let color = if share == 0.0 { palette::LINE } else { palette::GRID };
            canvas.line(&[(TURNOVER.left, y), (TURNOVER.right, y)], color, 1)?;
            canvas.text(&percent(share), (TURNOVER.left - 12, y + 6), TICK.flush_right())?;
        }
        customers_axis(canvas, TURNOVER, locale)?;
        let curve: Vec<Point> = self.concentration().into_iter().map(|(x, y)| at(x, y)).collect();
        let shape: Vec<Point> = curve.iter().copied().chain([at(1.0, 0.0), at(0.0, 0.0)]).collect();
        canvas.polygon(&shape, palette::ACCENT_WASH)?;
        canvas.dashes(at(0.0, 0.0), at(1.0, 1.0), palette::LINE)?;
        canvas.line(&curve, palette::ACCENT, 4)?;
        let even = locale.text("chart-even-spread");
        let mut labels = Labels::within(TURNOVER);
        if let Some(share) = finite(self.top_fifth) {
            let point = at(0.2, share);
            canvas.line(&[(point.0, TURNOVER.bottom), point], palette::ACCENT, 1)?;
            canvas.dot(point, 7, palette::ACCENT)?;
            labels.keep_dot(point, 9);
            let figure = tenths(Some(share));
            let above = ((point.0 - 12, point.1 - 10), VALUE.flush_right());
            let under = ((point.0 + 14, point.1 + 30), VALUE);
            labels.write(canvas, &figure, &[above, under])?;
            let words = locale.say("chart-top-fifth", &[("share", figure.into())]);
            let place = ((TURNOVER.right - 14, TURNOVER.bottom - 50), VALUE.flush_right());
            labels.write(canvas, &words, &[place])?;
        }
        let (x, y) = at(0.62, 0.5);
        labels.write(canvas, &even, &[((x, y + 20), NOTE), ((x, y + 60), NOTE)])?;
        if let Some(gini) = finite(self.gini) {
            let words = locale.say("chart-gini", &[("gini", decimal(gini, 2).into())]);
            let place = ((TURNOVER.right - 14, TURNOVER.bottom - 18), NOTE.flush_right());
            labels.write(canvas, &words, &[place])?;
        }
        Ok(())
    }

    fn draw_profit<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        let Some(((best, peak), end)) = self.peak() else {
            header(canvas, PROFIT, &locale.text("chart-profit-added"))?;
            return frame::nothing(canvas, PROFIT, &locale.text("chart-profit-unknown"));
        };
        let unit = Unit::for_amounts([peak, end], locale);
        let name = unit.name(&self.currency, locale);
        let words = locale.say("chart-profit-added-in", &[("unit", name.into())]);
        header(canvas, PROFIT, &words)?;
        let least = self.whale.iter().map(|one| one.1).fold(0.0, f64::min);
        let most = peak.max(0.0) + (peak - least).abs().max(f64::MIN_POSITIVE) * 0.12;
        let y = |profit: f64| {
            PROFIT.bottom - ((profit - least) / (most - least) * f64::from(PROFIT.height())) as i32
        };
        let curve: Vec<Point> =
            self.whale.iter().map(|(customers, profit)| (across(PROFIT, *customers), y(*profit))).collect();
        let shape: Vec<Point> =
            curve.iter().copied().chain([(PROFIT.right, y(0.0)), (PROFIT.left, y(0.0))]).collect();
        canvas.polygon(&shape, palette::ACCENT_WASH)?;
        canvas.line(&[(PROFIT.left, y(0.0)), (PROFIT.right, y(0.0))], palette::LINE, 1)?;
        canvas.dashes((PROFIT.left, y(end)), (PROFIT.right, y(end)), palette::LINE)?;
        canvas.line(&curve, palette::ACCENT, 4)?;
        customers_axis(canvas, PROFIT, locale)?;
        let places = unit.places([peak, end]);
        let mut ticks = Labels::within(Area { left: TURNOVER.right, right: PROFIT.left, ..PLOT });
        for amount in [end, peak, 0.0] {
            let place = ((PROFIT.left - 12, y(amount) + 6), TICK.flush_right());
            ticks.write(canvas, &unit.show(amount, places), &[place])?;
        }
        let point = (across(PROFIT, best), y(peak));
        canvas.dot(point, 7, palette::ACCENT)?;
        let mut labels = Labels::within(PROFIT);
        labels.keep_dot(point, 9);
        let shares = [("customers", percent(best).into()), ("share", percent(peak / end).into())];
        let words = match end > 0.0 && best < 1.0 {
            true => locale.say("chart-whale", &shares),
            false => locale.say("chart-whale-peak", &[("amount", unit.show(peak, places).into())]),
        };
        // inside of the shape, which bends away from it
        let inside = ((PROFIT.centre().0 + 20, (y(0.0) + y(peak)) / 2 + 40), VALUE.centred());
        let places: Vec<_> = [inside].into_iter().chain(labels::around(point, 8, VALUE)).collect();
        labels.write(canvas, &words, &places)?;
        Ok(())
    }
}

impl Picture for Pareto {
    const KIND: Kind = Kind::Pareto;

    fn subject(&self) -> &Subject {
        &self.subject
    }

    fn rule(&self) -> &str {
        &self.rule
    }

    fn base(&self, locale: Locale) -> Option<String> {
        Some(locale.say("chart-n-buyers", &[("n", count(self.n).into())]))
    }

    fn headline(&self, locale: Locale) -> Headline {
        let about = locale.text("chart-concentration").into_owned();
        let found = match finite(self.top_fifth) {
            Some(share) if !self.lorenz.is_empty() => {
                locale.say("chart-top-fifth-brings", &[("share", tenths(Some(share)).into())])
            }
            _ => locale.text("chart-no-concentration").into_owned(),
        };
        Headline { about, found }
    }

    fn story(&self, locale: Locale) -> String {
        let whale = self.peak().filter(|(_, end)| *end > 0.0).map(|((best, peak), end)| {
            let shares = [("customers", percent(best).into()), ("share", percent(peak / end).into())];
            locale.say("chart-whale", &shares)
        });
        let gini =
            finite(self.gini).map(|gini| locale.say("chart-gini", &[("gini", decimal(gini, 2).into())]));
        let told = finite(self.top_fifth)
            .map(|share| locale.say("chart-top-fifth", &[("share", tenths(Some(share)).into())]));
        told.into_iter().chain(gini).chain(whale).collect::<Vec<_>>().join("; ")
    }

    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>,
    {
        if self.lorenz.is_empty() {
            let area = Area { right: PROFIT.right, ..TURNOVER };
            return frame::nothing(canvas, area, &locale.text("chart-no-concentration"));
        }
        self.draw_turnover(canvas, locale)?;
        self.draw_profit(canvas, locale)
    }
}

fn across(area: Area, share: f64) -> i32 {
    area.left + (share.clamp(0.0, 1.0) * f64::from(area.width())).round() as i32
}

fn header<DB>(canvas: &Canvas<DB>, area: Area, words: &str) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let left = area.left - 70;
    canvas.text(&HEADER.fit(words, area.right - left), (left, area.top - 32), HEADER)
}

/// The share of the customers, from left to right.
fn customers_axis<DB>(canvas: &Canvas<DB>, area: Area, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    for share in SHARES {
        let place = (across(area, share), area.bottom + 26);
        let lettering = if share == 1.0 { TICK.flush_right() } else { TICK.centred() };
        canvas.text(&percent(share), place, lettering)?;
    }
    let words = locale.text("chart-customers-share");
    canvas.text(&NOTE.fit(&words, area.width()), (area.centre().0, area.bottom + 54), NOTE.centred())
}
