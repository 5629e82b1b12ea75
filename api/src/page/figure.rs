//! A figure as a page prints it: few decimals, thousands apart, and beside it in the markup the stored number, the row
//! and the field that it is, so that a machine can hold the page against the API. In the report it is a cell.

use std::fmt;

use rapport_entities::{Metric, Unit};
use rapport_messages::{
    Locale,
    number::{UNKNOWN, decimal, share},
};
use rapport_reports::{Cell, Form};

/// A figure of a row.
#[derive(Clone, Debug)]
pub struct Figure {
    row: String,
    field: &'static str,
    value: Option<f64>,
    text: String,
    form: Form,
}

impl Figure {
    /// A field of a row, written by `write`, and in a sheet in this form; a dash if there is none.
    pub fn of(
        row: &str,
        field: &'static str,
        (value, form): (Option<f64>, Form),
        write: impl FnOnce(f64) -> String,
    ) -> Self {
        let value = value.filter(|value| value.is_finite());
        let text = value.map_or_else(|| UNKNOWN.to_owned(), write);
        Self { row: row.to_owned(), field, value, text, form }
    }

    /// As a cell of the report.
    pub fn cell(&self) -> Cell {
        match self.value {
            Some(value) => Cell::Number { value, text: self.text.clone(), form: self.form },
            None => Cell::none(),
        }
    }

    /// A count.
    pub fn count(row: &str, field: &'static str, value: Option<i64>) -> Self {
        Self::of(row, field, (value.map(|value| value as f64), Form::Count), |value| decimal(value, 0))
    }

    /// A fraction of 1, in per cent.
    pub fn share(row: &str, field: &'static str, value: Option<f64>) -> Self {
        Self::of(row, field, (value, Form::Share), share)
    }

    /// Money, without decimals: a page is no ledger.
    pub fn money(row: &str, field: &'static str, value: Option<f64>) -> Self {
        Self::of(row, field, (value, Form::Money), |value| decimal(value, 0))
    }

    /// A value of a metric, in its own unit.
    pub fn metric(row: &str, field: &'static str, metric: &str, value: Option<f64>) -> Self {
        Self::of(row, field, (value, forms(metric).0), |value| of_metric(metric, value))
    }

    /// A number of so many decimals.
    pub fn decimal(row: &str, field: &'static str, value: Option<f64>, places: usize) -> Self {
        Self::of(row, field, (value, Form::Decimal(places)), |value| decimal(value, places))
    }
}

/// As markup; every part is a number or one of our own words.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => write!(
                f,
                "<data value=\"{value}\" data-row=\"{}\" data-field=\"{}\">{}</data>",
                self.row,
                self.field,
                self.text.replace('<', "&lt;")
            ),
            None => write!(f, "<span class=\"muted\">{}</span>", self.text),
        }
    }
}

impl askama::filters::HtmlSafe for Figure {}

/// What a metric is counted in; points where the page does not know it.
fn unit(metric: &str) -> Unit {
    metric.to_ascii_lowercase().parse::<Metric>().map_or(Unit::Points, Metric::unit)
}

/// True of metrics that are fractions of 1.
pub fn is_share(metric: &str) -> bool {
    unit(metric) == Unit::Share
}

/// True of metrics that are better the lower they are.
pub fn is_better_low(metric: &str) -> bool {
    metric.to_ascii_lowercase().parse::<Metric>().is_ok_and(Metric::is_better_low)
}

fn of_metric(metric: &str, value: f64) -> String {
    if is_share(metric) { share(value) } else { decimal(value, 1) }
}

/// A metric's values in a sheet, and its changes.
pub fn forms(metric: &str) -> (Form, Form) {
    if is_share(metric) { (Form::Share, Form::SharePoints) } else { (Form::Decimal(1), Form::Change) }
}

/// A change with its sign: points, or percentage points of shares.
pub fn change(metric: &str, change: f64, locale: Locale) -> String {
    let is_share = is_share(metric);
    let text = decimal(if is_share { change * 100.0 } else { change }, 1);
    let sign = if change > 0.0 && text != "0.0" { "+" } else { "" };
    let unit = if is_share { locale.text("points-percent") } else { "".into() };
    format!("{sign}{text}{unit}")
}

/// Where value and interval lie on a metric's scale, of 100.
#[derive(Clone, Copy, Debug)]
pub struct Whisker {
    /// Start of the interval.
    pub left: f64,
    /// Its width.
    pub width: f64,
    /// The value.
    pub at: f64,
}

impl Whisker {
    /// On the metric's scale; none where that has no end.
    pub fn of(metric: &str, value: f64, (lower, upper): (f64, f64)) -> Option<Self> {
        let (low, high) = match unit(metric) {
            Unit::Share => (0.0, 1.0),
            Unit::Points => (0.0, 100.0),
            Unit::Balance => (-100.0, 100.0),
            Unit::Hours | Unit::People => return None,
        };
        let place = |value: f64| {
            let of_hundred: f64 = (value - low) / (high - low) * 100.0;
            (of_hundred.clamp(0.0, 100.0) * 100.0).round() / 100.0
        };
        let (left, right) = (place(lower), place(upper));
        Some(Self { left, width: (right - left).max(0.5), at: place(value) })
    }
}
