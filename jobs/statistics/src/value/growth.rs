//! Most valuable, most growable and below-zero customers: actual value against what comparable customers are worth.

use super::{ValueError, descending, finite, head_count};

/// A customer as the classes see one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospects {
    /// Actual value: the margin of the lifetime ahead, before the cost to serve.
    pub margin: f64,
    /// Cost to serve over the same time.
    pub cost_to_serve: f64,
    /// The number of the group of comparable customers.
    pub comparables: u32,
}

/// How the classes are cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GrowthRule {
    /// The most valuable: this share of the customers, such as 0.2.
    pub most_valuable: f64,
    /// The most growable: this share of the customers, by unrealised potential.
    pub most_growable: f64,
    /// A customer could be worth this quantile of the comparable customers, such as 0.8.
    pub potential: f64,
    /// Fewer comparable customers than this say nothing: then all customers are compared with.
    pub least_comparables: usize,
}

impl Default for GrowthRule {
    fn default() -> Self {
        Self { most_valuable: 0.2, most_growable: 0.2, potential: 0.8, least_comparables: 20 }
    }
}

/// A customer's class (Peppers and Rogers, Managing Customer Relationships, chapter 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrowthClass {
    /// The highest actual value.
    MostValuable,
    /// The highest unrealised potential of the rest.
    MostGrowable,
    /// Costs more than the margin, and so do the best of the comparable customers.
    BelowZero,
    /// None of these.
    Other,
}

/// A customer's value, potential and class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Margin less cost to serve.
    pub actual: f64,
    /// What it could be: the quantile of the comparable customers, never below the actual value.
    pub potential: f64,
    /// The class.
    pub class: GrowthClass,
}

/// The class of every customer, in the order given.
///
/// Below zero: the actual value is negative and so is the potential. Most valuable: the top ⌈share·n⌉ by actual value,
/// where it is positive. Most growable: of the rest the top ⌈share·n⌉ by potential − actual, where it is positive. Of
/// equal ones the earlier. Quantiles lie straight between values (type 7).
///
/// # Errors
/// [`ValueError::Empty`]; [`ValueError::NotFinite`]; [`ValueError::Setting`] for a share outside 0…1.
pub fn growth(customers: &[Prospects], rule: &GrowthRule) -> Result<Vec<Growth>, ValueError> {
    let shares = [
        ("most_valuable", rule.most_valuable),
        ("most_growable", rule.most_growable),
        ("potential", rule.potential),
    ];
    if let Some((name, _)) = shares.into_iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
        return Err(ValueError::Setting { name });
    }
    let actual: Vec<f64> =
        customers.iter().map(|customer| customer.margin - customer.cost_to_serve).collect();
    // quantiles lie between values whose difference must be a number
    if let Some(row) = actual.iter().position(|value| value.abs() > f64::MAX / 2.0) {
        return Err(ValueError::NotFinite { row });
    }
    let potential = potentials(customers, finite(&actual)?, rule);
    let mut growth: Vec<Growth> = actual
        .iter()
        .zip(potential)
        .map(|(&actual, compared)| {
            let potential = compared.max(actual);
            let class = if potential < 0.0 { GrowthClass::BelowZero } else { GrowthClass::Other };
            Growth { actual, potential, class }
        })
        .collect();
    name_top(&mut growth, GrowthClass::MostValuable, rule.most_valuable, |customer| customer.actual);
    name_top(&mut growth, GrowthClass::MostGrowable, rule.most_growable, |one| one.potential - one.actual);
    Ok(growth)
}

/// Names the top of those still without a class, where their figure is positive.
fn name_top(growth: &mut [Growth], class: GrowthClass, share: f64, figure: impl Fn(&Growth) -> f64) {
    let figures: Vec<f64> = growth.iter().map(&figure).collect();
    let mut left = head_count(share, growth.len());
    for place in descending(&figures) {
        let Some(customer) = growth.get_mut(place).filter(|_| left > 0) else { return };
        if customer.class == GrowthClass::Other && figure(customer) > 0.0 {
            customer.class = class;
            left -= 1;
        }
    }
}

/// For every customer the quantile of those comparable.
fn potentials(customers: &[Prospects], actual: &[f64], rule: &GrowthRule) -> Vec<f64> {
    let mut all = actual.to_vec();
    all.sort_by(f64::total_cmp);
    let of_all = quantile(&all, rule.potential);
    let mut sorted: Vec<(u32, f64, usize)> = customers
        .iter()
        .zip(actual)
        .enumerate()
        .map(|(place, (one, value))| (one.comparables, *value, place))
        .collect();
    sorted.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut potentials = vec![of_all; actual.len()];
    for group in sorted.chunk_by(|one, other| one.0 == other.0) {
        if group.len() < rule.least_comparables {
            continue;
        }
        let values: Vec<f64> = group.iter().map(|(_, value, _)| *value).collect();
        let potential = quantile(&values, rule.potential);
        for (_, _, place) in group {
            potentials.get_mut(*place).into_iter().for_each(|entry| *entry = potential);
        }
    }
    potentials
}

/// The quantile of ascending values, straight between two of them; 0 of none.
fn quantile(ascending: &[f64], share: f64) -> f64 {
    let exact = share * ascending.len().saturating_sub(1) as f64;
    let of = |place: f64| ascending.get(place as usize).copied().unwrap_or_default();
    let (low, high) = (of(exact.floor()), of(exact.ceil()));
    low + (high - low) * (exact - exact.floor())
}
