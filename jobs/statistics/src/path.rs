//! PLS path modelling from moments: constructs measured by items, paths between them, and their 0–100 indexes.
//!
//! Only means and covariances go in. Weights are unique up to sign, and every construct is turned so that most of its
//! loadings are positive; what did not converge is an error, never a last iterate.

mod fit;
mod fixed;
mod frame;
mod model;
mod reliability;
mod solver;

pub use fit::{ConstructFit, Effect, ItemFit, PathCoefficient, PathFit, Relation, fit};
pub use model::{AcsiItems, Construct, Mode, Model};
pub use reliability::Reliability;

pub(crate) use frame::Frame;
pub(crate) use solver::Solver;

/// How the inner proxies are weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// The sign of the correlation with each neighbour.
    Centroid,
    /// The correlation with each neighbour.
    Factorial,
    /// Regression coefficients of those before, correlations of those after.
    #[default]
    Path,
}

/// What the weights are estimated on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Metric {
    /// Items divided by their standard deviation.
    #[default]
    Standardised,
    /// Items as answered.
    Raw,
}

/// The settings of an estimation: stored with its result, since they move the index by more than a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Inner weighting.
    pub scheme: Scheme,
    /// Metric of the items.
    pub metric: Metric,
    /// Largest change of an absolute weight at which the iteration has converged; down to 1e-12.
    pub tolerance: f64,
    /// Iterations after which the estimation is given up, 100,000 at most.
    pub iterations: u32,
}

impl Settings {
    /// Settings by which every estimation comes to an end.
    fn check(&self) -> Result<(), PathError> {
        if self.tolerance.is_nan() || self.tolerance < 1e-12 {
            return Err(PathError::Setting { name: "tolerance" });
        }
        if self.iterations > 100_000 {
            return Err(PathError::Setting { name: "iterations" });
        }
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { scheme: Scheme::Path, metric: Metric::Standardised, tolerance: 1e-12, iterations: 300 }
    }
}

/// Why there is no model or no estimation of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// The construct has no items.
    #[error("the construct `{construct}` has no items")]
    NoItems {
        /// Its name.
        construct: String,
    },
    /// Two constructs have one name.
    #[error("the construct `{construct}` stands twice in the model")]
    ConstructTwice {
        /// Its name.
        construct: String,
    },
    /// An item stands twice.
    #[error("the item `{item}` stands twice in the model")]
    ItemTwice {
        /// Its name.
        item: String,
    },
    /// A path begins or ends at a construct that is not in the model.
    #[error("a path names `{construct}`, which is no construct of the model")]
    UnknownConstruct {
        /// The name given.
        construct: String,
    },
    /// A path stands twice.
    #[error("the path from `{from}` to `{to}` stands twice")]
    PathTwice {
        /// Where it begins.
        from: String,
        /// Where it ends.
        to: String,
    },
    /// No path touches the construct (or there are no constructs).
    #[error("no path touches the construct `{construct}`")]
    Isolated {
        /// Its name.
        construct: String,
    },
    /// The paths lead back to where they began.
    #[error("the paths through `{construct}` form a cycle")]
    Cyclic {
        /// One construct of the cycle.
        construct: String,
    },
    /// The moments hold no such item.
    #[error("the item `{item}` of the construct `{construct}` is not among the items of the moments")]
    UnknownItem {
        /// Its name.
        item: String,
        /// Whose item it is.
        construct: String,
    },
    /// The moments are of other items than those given.
    #[error("these are moments of {found} items, not of {expected}")]
    DifferentItems {
        /// Items given.
        expected: usize,
        /// Items of the moments.
        found: usize,
    },
    /// Not more rows than items.
    #[error("{n} rows are too few for {items} items")]
    TooFew {
        /// Base after the rule for missing answers.
        n: u64,
        /// Items of the model.
        items: usize,
    },
    /// The mean or a covariance of the item is NaN or infinite, or the covariance more than the variances allow.
    #[error("the mean or a covariance of `{item}` is not a number, or one that no answers have")]
    Unsound {
        /// Its name.
        item: String,
    },
    /// A setting is out of its range.
    #[error("the setting {name} is out of its range")]
    Setting {
        /// The setting's name.
        name: &'static str,
    },
    /// Everyone answered alike.
    #[error("every answer to `{item}` is the same")]
    ConstantItem {
        /// Its name.
        item: String,
    },
    /// In mode B an item is a combination of the others of its construct; leave it out or use mode A.
    #[error("in the construct `{construct}` the item `{item}` is a combination of the others")]
    SingularBlock {
        /// The construct.
        construct: String,
        /// The item.
        item: String,
    },
    /// A construct that points to `construct` is a combination of the others that do.
    #[error("`{predecessor}` is a combination of the other constructs that lead to `{construct}`")]
    SingularPaths {
        /// Where the paths end.
        construct: String,
        /// Where one of them begins.
        predecessor: String,
    },
    /// The construct has no covariance with its neighbours, so nothing weights its items.
    #[error("`{construct}` does not vary with its neighbours")]
    Unrelated {
        /// Its name.
        construct: String,
    },
    /// Weights of both signs that sum to zero: no index is a mean of such items.
    #[error("the weights of `{construct}` cancel")]
    WeightsCancel {
        /// Its name.
        construct: String,
    },
    /// The weights still moved.
    #[error("the weights still moved by {change:e} after {iterations} iterations")]
    NotConverged {
        /// Iterations made.
        iterations: u32,
        /// Last largest change of a weight.
        change: f64,
    },
}
