//! What textbooks say of complaints: quoted everywhere, measured long ago on other companies' customers, and no target. It
//! stands beside the company's own figures as what it is.

use rapport_entities::Metric;

/// A figure of the textbooks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Folklore {
    /// What it is said of.
    pub metric: Metric,
    /// In the metric's own unit.
    pub value: f64,
    /// Where it comes from.
    pub source: &'static str,
}

const TARP: &str = "TARP, Consumer Complaint Handling in America: Final Report (1979)";
const TARP_UPDATE: &str = "TARP, Consumer Complaint Handling in America: An Update Study (1986)";
const GIRARD: &str = "J. Girard, How to Sell Anything to Anybody (1977)";

/// The figures, in the order in which pages tell the metrics.
pub const FOLKLORE: [Folklore; 6] = [
    Folklore { metric: Metric::SilentRate, value: 0.96, source: TARP_UPDATE },
    Folklore { metric: Metric::RepurchaseOnTheSpot, value: 0.95, source: TARP },
    Folklore { metric: Metric::RepurchaseLater, value: 0.70, source: TARP },
    Folklore { metric: Metric::RepurchaseUnresolved, value: 0.46, source: TARP },
    Folklore { metric: Metric::Told, value: 12.0, source: TARP_UPDATE },
    Folklore { metric: Metric::Reached, value: 250.0, source: GIRARD },
];
