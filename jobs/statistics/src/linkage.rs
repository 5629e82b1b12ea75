//! How two indexes of the same units go together: employees' and customers' by branch, a partner's own and its
//! customers' retention.

use statrs::distribution::{ContinuousCDF, StudentsT};
use thiserror::Error;

use crate::{Interval, Z95};

/// Units below which nothing can be told.
pub const FEWEST: usize = 5;

/// How two indexes of the same units go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linkage {
    /// Pearson's correlation, −1 to 1.
    pub correlation: f64,
    /// 95 %, by Fisher's z (R. A. Fisher, Metron 1 (1921)).
    pub correlation_interval: Interval,
    /// What a point more of the first goes with in points of the second, by least squares.
    pub slope: f64,
    /// 95 %, by Student's t.
    pub slope_interval: Interval,
    /// Two-sided, against no linkage.
    pub p_value: f64,
    /// Units.
    pub n: usize,
}

/// Why the base cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoLinkage {
    /// Too few units.
    #[error("{0} units have both figures, {FEWEST} are needed")]
    TooFew(usize),
    /// All units have the same figure, or all lie on one line.
    #[error("the units do not differ")]
    NoDifference,
}

/// The linkage of the first figure of each unit with the second. Units with a figure that is none are left out.
///
/// # Errors
/// [`NoLinkage`] where the base cannot tell.
pub fn linkage(units: &[(f64, f64)]) -> Result<Linkage, NoLinkage> {
    let units: Vec<_> = units.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    if units.len() < FEWEST {
        return Err(NoLinkage::TooFew(units.len()));
    }
    let n = units.len() as f64;
    let middle = |figure: fn(&(f64, f64)) -> f64| units.iter().map(figure).sum::<f64>() / n;
    let (x_mean, y_mean) = (middle(|unit| unit.0), middle(|unit| unit.1));
    let sum = |product: &dyn Fn(f64, f64) -> f64| -> f64 {
        units.iter().map(|(x, y)| product(x - x_mean, y - y_mean)).sum()
    };
    let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    let correlation = xy / (xx * yy).sqrt();
    // of figures that are all alike, but for rounding, nothing can be told
    let differs = |squares: f64, mean: f64| squares > n * (mean * f64::EPSILON * 16.0).powi(2);
    let slope = xy / xx;
    let rest = sum(&|x, y| (y - slope * x).powi(2));
    if !(differs(xx, x_mean) && differs(yy, y_mean) && correlation.abs() < 1.0 && rest > 0.0) {
        return Err(NoLinkage::NoDifference);
    }
    let student = StudentsT::new(0.0, 1.0, n - 2.0).map_err(|_| NoLinkage::NoDifference)?;
    let error = (rest / (n - 2.0) / xx).sqrt();
    let (z, z_reach) = (correlation.atanh(), Z95 / (n - 3.0).sqrt());
    let reach = student.inverse_cdf(0.975) * error;
    Ok(Linkage {
        correlation,
        correlation_interval: Interval { lower: (z - z_reach).tanh(), upper: (z + z_reach).tanh() },
        slope,
        slope_interval: Interval { lower: slope - reach, upper: slope + reach },
        p_value: 2.0 * student.sf(slope.abs() / error),
        n: units.len(),
    })
}
