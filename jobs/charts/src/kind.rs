//! The kinds of picture there are, and their names in addresses and on paper.

use crate::Error;
use rapport_messages::Locale;
use std::{borrow::Cow, fmt, str::FromStr};

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An index, quarter by quarter, with its interval.
    IndexTrend,
    /// An index of every segment, side by side.
    Segments,
    /// Promoters, passives and detractors, and their score, quarter by quarter.
    Nps,
    /// What drives satisfaction, a bar each.
    Drivers,
    /// What drives satisfaction against how well it is met.
    ImportancePerformance,
    /// The constructs of the structural model and the paths between them.
    StructuralModel,
    /// Customers by satisfaction and loyalty.
    LoyaltyMatrix,
    /// How customers moved between loyalty types.
    Transitions,
    /// How many stay, by satisfaction.
    RetentionCurve,
    /// How many buy again, by quarter of the first purchase.
    Cohorts,
    /// Customers by turnover and profitability, A to D.
    ValueClasses,
    /// Customers by worth and potential.
    ValuePyramid,
    /// How unevenly turnover and profit are spread.
    Pareto,
    /// Of the dissatisfied, who complained and what became of it.
    ComplaintIceberg,
    /// Units by the index of their employees or partners and that of their customers.
    Linkage,
}

impl Kind {
    /// Every kind, in the order in which a report shows them.
    pub const ALL: [Kind; 15] = [
        Kind::IndexTrend,
        Kind::Segments,
        Kind::Nps,
        Kind::Drivers,
        Kind::ImportancePerformance,
        Kind::StructuralModel,
        Kind::LoyaltyMatrix,
        Kind::Transitions,
        Kind::RetentionCurve,
        Kind::Cohorts,
        Kind::ValueClasses,
        Kind::ValuePyramid,
        Kind::Pareto,
        Kind::ComplaintIceberg,
        Kind::Linkage,
    ];

    /// The name in addresses and file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::IndexTrend => "index-trend",
            Kind::Segments => "segments",
            Kind::Nps => "nps",
            Kind::Drivers => "drivers",
            Kind::ImportancePerformance => "importance-performance",
            Kind::StructuralModel => "structural-model",
            Kind::LoyaltyMatrix => "loyalty-matrix",
            Kind::Transitions => "transitions",
            Kind::RetentionCurve => "retention-curve",
            Kind::Cohorts => "cohorts",
            Kind::ValueClasses => "value-classes",
            Kind::ValuePyramid => "value-pyramid",
            Kind::Pareto => "pareto",
            Kind::ComplaintIceberg => "complaint-iceberg",
            Kind::Linkage => "linkage",
        }
    }

    /// The name people read.
    pub fn title(self, locale: Locale) -> Cow<'static, str> {
        locale.label("kind", self.as_str())
    }

    /// Whether there is such a picture of a single segment, not only of all customers.
    pub fn is_of_segments(self) -> bool {
        !matches!(self, Kind::Segments | Kind::Linkage)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| Error::UnknownName {
            what: "chart",
            given: name.to_owned(),
            known: "index-trend, segments, nps, drivers, importance-performance, structural-model, loyalty-matrix, \
                    transitions, retention-curve, cohorts, value-classes, value-pyramid, pareto, complaint-iceberg, linkage",
        })
    }
}
