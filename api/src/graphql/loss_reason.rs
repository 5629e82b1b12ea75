//! Why customers were lost: the common reasons, and the company's own by the names in the settings.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use rapport_entities::loss_reason;

use super::{
    choice,
    label::{Locale, label},
    money::Money,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// How many customers of a segment were lost in the quarter for a reason: who stayed by contract or purchases in the quarter
/// before and does not now, by the latest record of the window.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct LossReasonRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// The reason as text: `MOVED`, `OTHER_TIES`, `PRICE`, `QUALITY`, `SERVICE`, or one of the company's own.
    pub reason_code: String,
    /// How many; null if suppressed.
    pub customers: Option<i64>,
    /// Their revenue in the window, in major units.
    pub revenue: Option<f64>,
    /// Their revenue in the window, exactly.
    pub revenue_decimal: Option<String>,
    /// Their profit in the window, in major units; null where a cost is unknown.
    pub profit: Option<f64>,
    /// Their profit in the window, exactly.
    pub profit_decimal: Option<String>,
    /// Currency of the money, by its ISO 4217 code.
    pub currency: Option<String>,
    /// Share of those whose reason is known, a fraction of 1; null where they are too few.
    pub share: Option<f64>,
    /// Lower end of the 95 % interval of the share.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the share.
    pub upper: Option<f64>,
    /// Lost customers whose reason is known: the base of the share.
    pub n: i64,
    /// All lost customers.
    pub lost: i64,
    /// True if the segment is too small: there are then no counts.
    pub suppressed: bool,
}

#[ComplexObject]
impl LossReasonRow {
    /// Name of the reason.
    async fn reason_label(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        name(context, &self.reason_code, locale)
    }
}

/// The name of a reason: as the settings have it if it is the company's own.
pub fn name(context: &Context<'_>, code: &str, locale: Option<Locale>) -> String {
    let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
    let word = code.to_ascii_lowercase();
    let chinese = matches!(locale, Some(Locale::ZhCn));
    let own = settings.ok().and_then(|settings| settings.rules.losses.name(&word, chinese));
    own.map_or_else(|| label("loss-reason", &word, locale), str::to_owned)
}

impl Row for LossReasonRow {
    type Table = loss_reason::Entity;

    fn of(row: loss_reason::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let money = Money::of(publication.currency.as_deref());
        Some(Self {
            id: slice.id("loss-reason", &[&row.reason]),
            slice,
            reason_code: choice::code(&row.reason),
            customers: row.customers,
            revenue: row.revenue.map(|minor| money.float(minor)),
            revenue_decimal: row.revenue.map(|minor| money.decimal(minor)),
            profit: row.profit.map(|minor| money.float(minor)),
            profit_decimal: row.profit.map(|minor| money.decimal(minor)),
            currency: publication.currency.clone(),
            share: row.share,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            lost: row.lost,
            suppressed: row.suppressed,
        })
    }
}

place_rows! {
    /// Why customers were lost as a flat table, a row for each reason; ordered by quarter, dimension, segment and reason.
    LossReasonQuery.loss_reason_rows -> LossReasonRow
}
