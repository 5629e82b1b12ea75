//! How often customers are kept, won back and newly won to stay, and what that costs.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use rapport_entities::{ALL, effort};

use super::{
    choice::{self, Effort},
    label::{Locale, label},
    loss_reason,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// How often an effort succeeds in a segment, and what that costs. Winning back: the attempts of the window of which it was
/// known at the end of the quarter what became. Keeping: those who stayed in the quarter before. Winning new ones: those who
/// came in the quarter before and are here still; how many were asked nobody knows.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct WinbackRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// What is done.
    pub effort: Option<Effort>,
    /// What is done, as text.
    pub effort_code: String,
    /// For customers lost for this reason; `ALL` for all.
    pub reason_code: String,
    /// On how many it was tried: the base of the share.
    pub n: i64,
    /// How often it succeeded; null if suppressed.
    pub successes: Option<i64>,
    /// Attempts of which it is not known what became; of winning back alone.
    pub open: Option<i64>,
    /// Successes ÷ n, a fraction of 1; null where they are too few.
    pub share: Option<f64>,
    /// Lower end of the 95 % interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the share.
    pub upper: Option<f64>,
    /// What a try costs, in major units: the mean of the attempts whose cost is recorded, or else the setting; null without
    /// either.
    pub cost: Option<f64>,
    /// Of how many attempts the cost is the mean; 0 where it is the setting.
    pub cost_n: i64,
    /// What a success costs, in major units: cost ÷ share.
    pub cost_per_success: Option<f64>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// True if the segment is too small: there are then no counts.
    pub suppressed: bool,
}

#[ComplexObject]
impl WinbackRow {
    /// Name of what is done.
    async fn effort_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        label("effort", &self.effort_code, locale)
    }

    /// Name of the reason.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        loss_reason::name(context, &self.reason_code, locale)
    }
}

impl Row for WinbackRow {
    type Table = effort::Entity;

    fn of(row: effort::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let effort = row.effort.as_str();
        // in an id `all` means all customers
        let reason = if row.reason == ALL { "every" } else { &row.reason };
        Some(Self {
            id: slice.id("winback", &[effort, reason]),
            slice,
            effort: Effort::of(row.effort),
            effort_code: choice::code(effort),
            reason_code: choice::code(&row.reason),
            n: row.n,
            successes: row.successes,
            open: row.open,
            share: row.share,
            lower: row.lower,
            upper: row.upper,
            cost: row.cost,
            cost_n: row.cost_n,
            cost_per_success: row.cost_per_success,
            currency: publication.currency.clone(),
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// How often customers are kept, won back and newly won to stay, and what that costs, as a flat table; ordered by quarter,
    /// dimension, segment, effort and reason.
    WinbackQuery.winback_rows -> WinbackRow,
    by #[graphql(desc = "KEEP, WIN_BACK or WIN_NEW; all if not given")] effort: rapport_entities::Effort
}
