//! Importance against performance in four quadrants (Martilla & James, Journal of Marketing 41 (1977)).

use super::{Driver, DriverSettings, Importance};

/// Where the axes cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crosshair {
    /// At the mean importance and the mean performance of the drivers.
    #[default]
    GrandMeans,
    /// At a performance of 50, the middle of the scale, and the mean importance: a derived importance has no middle.
    ScaleMidpoint,
}

/// What to do about a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Important, and performs below the crosshair.
    ConcentrateHere,
    /// Important, and performs.
    KeepUp,
    /// Neither.
    LowPriority,
    /// Performs, and matters little.
    PossibleOverkill,
}

impl Quadrant {
    /// On the crosshair is high.
    fn of(is_important: bool, performs: bool) -> Self {
        match (is_important, performs) {
            (true, false) => Self::ConcentrateHere,
            (true, true) => Self::KeepUp,
            (false, false) => Self::LowPriority,
            (false, true) => Self::PossibleOverkill,
        }
    }
}

/// Places the drivers; importance and performance at which the axes cross.
pub(super) fn place(drivers: &mut [Driver], settings: DriverSettings) -> (f64, f64) {
    let count = drivers.len() as f64;
    let importance = drivers.iter().map(|driver| driver.importance(settings.importance)).sum::<f64>() / count;
    let performance = match settings.crosshair {
        Crosshair::GrandMeans => drivers.iter().map(|driver| driver.performance).sum::<f64>() / count,
        Crosshair::ScaleMidpoint => 50.0,
    };
    for driver in drivers {
        let is_important = driver.importance(settings.importance) >= importance;
        driver.quadrant = Quadrant::of(is_important, driver.performance >= performance);
    }
    (importance, performance)
}

impl Driver {
    /// The importance of a kind; relative weights stand in for Shapley's where there are none.
    pub fn importance(&self, kind: Importance) -> f64 {
        match kind {
            Importance::Shapley => self.shapley.unwrap_or(self.relative_weight),
            Importance::RelativeWeight => self.relative_weight,
            Importance::Beta => self.beta,
            Importance::Correlation => self.correlation,
        }
    }
}

/// Pearson's correlation of stated with derived importance, over the drivers with both (finite); `None` with fewer than
/// three, or if either is the same for all or too large to square.
pub fn importance_agreement(stated: &[f64], derived: &[f64]) -> Option<f64> {
    let both = stated.iter().zip(derived).filter(|(one, other)| one.is_finite() && other.is_finite());
    let both: Vec<(f64, f64)> = both.map(|(one, other)| (*one, *other)).collect();
    let count = both.len() as f64;
    let mean = |part: fn(&(f64, f64)) -> f64| both.iter().map(part).sum::<f64>() / count;
    let (one, other) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |product: &dyn Fn(f64, f64) -> f64| -> f64 {
        both.iter().map(|(x, y)| product(x - one, y - other)).sum()
    };
    let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    // what rounding leaves of equal values is no spread
    let spreads = xx > 1e-24 * count * one * one && yy > 1e-24 * count * other * other;
    (both.len() >= 3 && spreads && xx.is_finite() && yy.is_finite())
        .then(|| (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0))
        .filter(|it| it.is_finite())
}
