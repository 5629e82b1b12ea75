//! The kinds of picture there are, and their names in addresses and on paper.

use crate::{Error, Locale};
use std::{fmt, str::FromStr};

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An index, quarter by quarter, with its interval.
    IndexTrend,
    /// Customers by satisfaction and loyalty.
    LoyaltyMatrix,
    /// Promoters, passives and detractors, and their score, quarter by quarter.
    Nps,
    /// Customers by turnover and profitability, A to D.
    ValueClasses,
}

impl Kind {
    /// Every kind, in the order in which a report shows them.
    pub const ALL: [Kind; 4] = [Kind::IndexTrend, Kind::LoyaltyMatrix, Kind::Nps, Kind::ValueClasses];

    /// The name in addresses and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::IndexTrend => "index-trend",
            Kind::LoyaltyMatrix => "loyalty-matrix",
            Kind::Nps => "nps",
            Kind::ValueClasses => "value-classes",
        }
    }

    /// The name people read.
    pub fn title(self, locale: Locale) -> &'static str {
        match self {
            Kind::IndexTrend => locale.pick("Index trend", "指数走势"),
            Kind::LoyaltyMatrix => locale.pick("Satisfaction–loyalty matrix", "满意度—忠诚度矩阵"),
            Kind::Nps => locale.pick("Net Promoter Score", "净推荐值（NPS）"),
            Kind::ValueClasses => locale.pick("Value classes", "客户价值分类"),
        }
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
            known: "index-trend, loyalty-matrix, nps, value-classes",
        })
    }
}
