//! What became of prospects by grade, as the API gives it, with its figures.

use serde::Deserialize;

use super::super::figure::Figure;

/// What became of the prospects of a grade.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prospects {
    id: String,
    /// `A` to `D`, or `ALL`.
    pub grade_code: String,
    /// The same in words.
    pub grade_label: String,
    open_start: Option<i64>,
    met: Option<i64>,
    converted: Option<i64>,
    lost: Option<i64>,
    raised: Option<i64>,
    lowered: Option<i64>,
    open_end: Option<i64>,
    conversion: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    median_days: Option<f64>,
    n: i64,
    /// The segment has too few.
    pub suppressed: bool,
}

impl Prospects {
    /// All grades together.
    pub fn is_all(&self) -> bool {
        self.grade_code == "ALL"
    }

    /// What is counted: open at the start, new, converted, lost, raised, lowered, open at the end.
    pub fn counts(&self) -> [Figure; 7] {
        [
            ("openStart", self.open_start),
            ("met", self.met),
            ("converted", self.converted),
            ("lost", self.lost),
            ("raised", self.raised),
            ("lowered", self.lowered),
            ("openEnd", self.open_end),
        ]
        .map(|(field, count)| Figure::count(&self.id, field, count))
    }

    /// Open at the end of the quarter.
    pub fn open(&self) -> Figure {
        Figure::count(&self.id, "openEnd", self.open_end)
    }

    /// The share that became customers.
    pub fn conversion(&self) -> Figure {
        Figure::share(&self.id, "conversion", self.conversion)
    }

    /// The share on a scale of 100, for the drawing.
    pub fn bar(&self) -> f64 {
        (self.conversion.unwrap_or(0.0) * 10_000.0).round() / 100.0
    }

    /// The ends of its interval.
    pub fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        let end = |field, value| Figure::share(&self.id, field, value);
        Some((end("lower", self.lower), end("upper", self.upper)))
    }

    /// Days from the first contact to the conversion.
    pub fn days(&self) -> Figure {
        Figure::decimal(&self.id, "medianDays", self.median_days, 0)
    }

    /// The base of the conversion.
    pub fn n(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }
}
