//! A figure of a group as columns of a flat table.

use async_graphql::{Context, SelectionField, SimpleObject};

use super::figure::{Figure, Group};

/// A figure of a group, beside those of the same group earlier.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct FigureColumns {
    /// How many customers the group has, or rests on.
    pub customers: i64,
    /// How many values the figure rests on.
    pub n: i64,
    /// Their sum; money in major units. Null of answers, which do not add up, and if suppressed.
    pub sum: Option<f64>,
    /// Their sum exactly, of money.
    pub sum_decimal: Option<String>,
    /// Their mean; null if suppressed.
    pub mean: Option<f64>,
    /// Their sum as a part of that of all groups of the period, a fraction of 1.
    pub share: Option<f64>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// True if there are too few customers for any figure.
    pub suppressed: bool,
    /// The sum of the same group in the period before.
    pub sum_before: Option<f64>,
    /// The sum less that of the period before.
    pub sum_difference: Option<f64>,
    /// The sum ÷ that of the period before.
    pub sum_ratio: Option<f64>,
    /// The mean of the same group in the period before.
    pub mean_before: Option<f64>,
    /// The mean less that of the period before.
    pub mean_difference: Option<f64>,
    /// The mean ÷ that of the period before.
    pub mean_ratio: Option<f64>,
    /// The share of the same group in the period before.
    pub share_before: Option<f64>,
    /// The sum of the same group a year before.
    pub sum_year_before: Option<f64>,
    /// The sum less that of a year before.
    pub sum_year_difference: Option<f64>,
    /// The sum ÷ that of a year before.
    pub sum_year_ratio: Option<f64>,
    /// The mean of the same group a year before.
    pub mean_year_before: Option<f64>,
    /// The mean less that of a year before.
    pub mean_year_difference: Option<f64>,
    /// The mean ÷ that of a year before.
    pub mean_year_ratio: Option<f64>,
    /// The share of the same group a year before.
    pub share_year_before: Option<f64>,
}

impl FigureColumns {
    /// Of a group's figure.
    pub fn of(group: &Group, figure: Figure) -> Self {
        let (before, year) = (figure.before.unwrap_or_default(), figure.year_before.unwrap_or_default());
        Self {
            customers: group.sum.customers,
            n: figure.n,
            sum: figure.sum,
            sum_decimal: figure.sum_decimal,
            mean: figure.mean,
            share: figure.share,
            currency: group.sum.currency.clone(),
            suppressed: group.suppressed,
            sum_before: before.sum,
            sum_difference: before.sum_difference,
            sum_ratio: before.sum_ratio,
            mean_before: before.mean,
            mean_difference: before.mean_difference,
            mean_ratio: before.mean_ratio,
            share_before: before.share,
            sum_year_before: year.sum,
            sum_year_difference: year.sum_difference,
            sum_year_ratio: year.sum_ratio,
            mean_year_before: year.mean,
            mean_year_difference: year.mean_difference,
            mean_year_ratio: year.mean_ratio,
            share_year_before: year.share,
        }
    }
}

/// What a query asks of groups: the names of their fields, and whether earlier periods are compared with.
pub struct Asked {
    /// Names of the fields of a group.
    pub fields: Vec<String>,
    /// Whether a figure is to be compared.
    pub compared: bool,
}

impl Asked {
    /// Of the field that is answered.
    pub fn of(context: &Context<'_>) -> Self {
        let fields: Vec<SelectionField<'_>> = context.field().selection_set().collect();
        let earlier = |field: &SelectionField<'_>| {
            ["efore", "Difference", "Ratio"].iter().any(|part| field.name().contains(part))
        };
        let inner = |field: &SelectionField<'_>| field.selection_set().any(|field| earlier(&field));
        let compared = fields.iter().any(|field| earlier(field) || inner(field));
        Self { fields: fields.iter().map(|field| field.name().to_owned()).collect(), compared }
    }
}
