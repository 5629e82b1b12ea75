//! What drives an outcome: importance derived from the answers, set against performance.
//!
//! Shapley's and Johnson's shares sum to R², however collinear the drivers are; collinear to the last is an error.

mod johnson;
mod quadrant;
mod shapley;

use statrs::distribution::{ContinuousCDF, StudentsT};

pub use quadrant::{Crosshair, Quadrant, importance_agreement};

use crate::{Covariance, Items, matrix};

/// Shapley's shares are exact, over every subset, to this many drivers; above it they are left out.
pub const SHAPLEY_UP_TO: usize = 15;

/// Which importance places a driver in its quadrant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Importance {
    /// Shapley's share of R² (Lindeman, Merenda & Gold 1980).
    #[default]
    Shapley,
    /// Johnson's relative weight.
    RelativeWeight,
    /// The standardised coefficient.
    Beta,
    /// The correlation with the outcome.
    Correlation,
}

/// How quadrants are drawn: stored with the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DriverSettings {
    /// On the vertical axis.
    pub importance: Importance,
    /// Where the axes cross.
    pub crosshair: Crosshair,
}

/// The drivers of an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// The importance used; with more than [`SHAPLEY_UP_TO`] drivers, relative weights stand in for Shapley's.
    pub settings: DriverSettings,
    /// The outcome.
    pub target: String,
    /// Unweighted base.
    pub n: u64,
    /// Kish's effective base, with which significance is reckoned.
    pub effective_n: f64,
    /// Share of the outcome's variance the drivers explain together.
    pub r_squared: f64,
    /// 1 − (1 − R²)(n − 1)/(n − k − 1).
    pub r_squared_adjusted: f64,
    /// A warning: fewer than ten rows for each driver.
    pub is_thin: bool,
    /// Importance at which the axes cross.
    pub crosshair_importance: f64,
    /// Performance at which the axes cross, 0–100.
    pub crosshair_performance: f64,
    /// In the order given.
    pub drivers: Vec<Driver>,
}

/// One driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The item.
    pub item: String,
    /// Its mean on 0–100.
    pub performance: f64,
    /// Pearson's, with the outcome.
    pub correlation: f64,
    /// Standardised regression coefficient, the other drivers held.
    pub beta: f64,
    /// Of the coefficient; `None` where the drivers explain everything.
    pub t: Option<f64>,
    /// Two-sided, Student's t with n − k − 1 degrees of freedom.
    pub p_value: Option<f64>,
    /// Shapley's share of R²; `None` above [`SHAPLEY_UP_TO`] drivers.
    pub shapley: Option<f64>,
    /// Johnson's share of R².
    pub relative_weight: f64,
    /// Variance inflation, 1/(1 − R² on the other drivers); above 5 or 10 the coefficient says little.
    pub variance_inflation: f64,
    /// By the settings.
    pub quadrant: Quadrant,
}

/// Why there are no drivers.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DriverError {
    /// The list is empty.
    #[error("there are no drivers")]
    NoDrivers,
    /// An item stands twice, or is the outcome too.
    #[error("`{item}` stands twice among the drivers and their outcome")]
    Twice {
        /// Its name.
        item: String,
    },
    /// The moments hold no such item.
    #[error("`{item}` is not among the items of the moments")]
    UnknownItem {
        /// Its name.
        item: String,
    },
    /// The moments are of other items than those given.
    #[error("these are moments of {found} items, not of {expected}")]
    DifferentItems {
        /// Items given.
        expected: usize,
        /// Items of the moments.
        found: usize,
    },
    /// Not more rows than drivers and one.
    #[error("an effective base of {effective_n} is too small for {drivers} drivers")]
    TooFew {
        /// Kish's effective base.
        effective_n: f64,
        /// Drivers.
        drivers: usize,
    },
    /// The mean or a covariance of the item is NaN or infinite, or the covariance more than the variances allow.
    #[error("the mean or a covariance of `{item}` is not a number, or one that no answers have")]
    Unsound {
        /// Its name.
        item: String,
    },
    /// Everyone answered alike.
    #[error("every answer to `{item}` is the same")]
    ConstantItem {
        /// Its name.
        item: String,
    },
    /// A driver is a combination of those before it: leave one out.
    #[error("`{item}` is a combination of the drivers before it")]
    Collinear {
        /// Its name.
        item: String,
    },
}

/// The drivers `names` of `target`, from means and covariances.
///
/// # Errors
/// [`DriverError`] names the item that stands in the way.
pub fn drivers(
    items: &Items,
    covariance: &Covariance,
    target: &str,
    names: &[&str],
    settings: DriverSettings,
) -> Result<Drivers, DriverError> {
    let (expected, found) = (items.len(), covariance.size());
    if expected != found {
        return Err(DriverError::DifferentItems { expected, found });
    }
    let places = places(items, target, names)?;
    let regression = Regression::new(items, covariance, &places)?;
    let k = names.len();
    let shapley = (k <= SHAPLEY_UP_TO).then(|| shapley::shares(&regression.between, &regression.with_target));
    let relative = johnson::relative_weights(&regression.between, &regression.with_target);
    let importance = match settings.importance {
        Importance::Shapley if shapley.is_none() => Importance::RelativeWeight,
        importance => importance,
    };
    let mut drivers: Vec<Driver> = (0..k)
        .map(|at| {
            let (t, p_value) = regression.significance(at);
            Driver {
                item: names[at].to_owned(),
                performance: performance(items, covariance, places[at + 1]),
                correlation: regression.with_target[at],
                beta: regression.betas[at],
                t,
                p_value,
                shapley: shapley.as_ref().map(|shares| shares[at]),
                relative_weight: relative[at],
                variance_inflation: regression.inflations[at],
                quadrant: Quadrant::LowPriority,
            }
        })
        .collect();
    let settings = DriverSettings { importance, ..settings };
    let (crosshair_importance, crosshair_performance) = quadrant::place(&mut drivers, settings);
    Ok(Drivers {
        settings,
        target: target.to_owned(),
        n: covariance.n,
        effective_n: covariance.effective_n,
        r_squared: regression.r_squared,
        r_squared_adjusted: regression.adjusted(),
        is_thin: covariance.n < 10 * k as u64,
        crosshair_importance,
        crosshair_performance,
        drivers,
    })
}

/// The target's place, then the drivers'.
fn places(items: &Items, target: &str, names: &[&str]) -> Result<Vec<usize>, DriverError> {
    if names.is_empty() {
        return Err(DriverError::NoDrivers);
    }
    let mut places = Vec::with_capacity(names.len() + 1);
    for &name in [target].iter().chain(names) {
        let unknown = || DriverError::UnknownItem { item: name.to_owned() };
        let place = items.position(name).ok_or_else(unknown)?;
        if places.contains(&place) {
            return Err(DriverError::Twice { item: name.to_owned() });
        }
        places.push(place);
    }
    Ok(places)
}

fn performance(items: &Items, covariance: &Covariance, place: usize) -> f64 {
    let scale = items.scale(place);
    100.0 * (covariance.means[place] - scale.low) / (scale.high - scale.low)
}

/// The standardised regression of the target on the drivers.
struct Regression {
    /// Correlations of the drivers, k × k.
    between: Vec<f64>,
    /// Of each driver with the target.
    with_target: Vec<f64>,
    betas: Vec<f64>,
    inflations: Vec<f64>,
    r_squared: f64,
    n: f64,
    effective_n: f64,
}

impl Regression {
    fn new(items: &Items, covariance: &Covariance, places: &[usize]) -> Result<Self, DriverError> {
        let p = items.len();
        let k = places.len() - 1;
        if let Some(&place) = places.iter().find(|&&place| !covariance.is_sound(place)) {
            return Err(DriverError::Unsound { item: items.name(place) });
        }
        // NaN is too small too
        if !(covariance.effective_n > k as f64 + 1.0 && covariance.n > k as u64 + 1) {
            return Err(DriverError::TooFew { effective_n: covariance.effective_n, drivers: k });
        }
        let varies = |place: usize| covariance.matrix[place * p + place] > 0.0;
        if let Some(&constant) = places.iter().find(|&&place| !varies(place)) {
            return Err(DriverError::ConstantItem { item: items.name(constant) });
        }
        let correlation = |i: usize, j: usize| {
            let scale = covariance.deviation(places[i]) * covariance.deviation(places[j]);
            if i == j { 1.0 } else { covariance.matrix[places[i] * p + places[j]] / scale }
        };
        let between: Vec<f64> =
            (1..=k).flat_map(|i| (1..=k).map(move |j| (i, j))).map(|(i, j)| correlation(i, j)).collect();
        let with_target: Vec<f64> = (1..=k).map(|i| correlation(i, 0)).collect();
        let (mut factor, mut betas) = (between.clone(), with_target.clone());
        matrix::cholesky(&mut factor, k)
            .map_err(|at| DriverError::Collinear { item: items.name(places[at + 1]) })?;
        matrix::solve(&factor, k, &mut betas);
        let r_squared = betas.iter().zip(&with_target).map(|(b, r)| b * r).sum::<f64>().clamp(0.0, 1.0);
        let inflations = matrix::inverse_diagonal(&factor, k);
        let (n, effective_n) = (covariance.n as f64, covariance.effective_n);
        Ok(Self { between, with_target, betas, inflations, r_squared, n, effective_n })
    }

    fn adjusted(&self) -> f64 {
        1.0 - (1.0 - self.r_squared) * (self.n - 1.0) / (self.n - self.betas.len() as f64 - 1.0)
    }

    /// t and two-sided p of a coefficient: its error is √((1 − R²) VIF/(n − k − 1)).
    fn significance(&self, at: usize) -> (Option<f64>, Option<f64>) {
        let freedom = self.effective_n - self.betas.len() as f64 - 1.0;
        let error = ((1.0 - self.r_squared) * self.inflations[at] / freedom).sqrt();
        if error <= 1e-9 {
            return (None, None);
        }
        let t = self.betas[at] / error;
        let p_value = StudentsT::new(0.0, 1.0, freedom).ok().map(|law| 2.0 * law.sf(t.abs()));
        (Some(t), p_value)
    }
}
