//! Groups of purchases.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use rapport_entities::purchase::{self, Column};
use sea_orm::{ColumnTrait, Condition, IntoSimpleExpr, sea_query::ExprTrait};

use super::{
    super::{
        customer_filter::CustomerFilter,
        list::List,
        page::{self, Window},
        reading::Reading,
        scalar::Date,
    },
    customer::by_size,
    fact::{Ask, GroupedFact, Span},
    figure::Unit,
    key::{self, CustomerKeys, GroupBy},
    measure::{measures, one, whole},
    row::{Asked, FigureColumns},
};
use crate::Error;

measures! {
    /// Purchases that have something in common. Those in different currencies are never added up.
    PurchaseGroup (span: Span, keys: CustomerKeys, said: PurchaseKeys),
    /// What is added up of purchases.
    PurchaseMeasure {
        /// The purchases themselves.
        purchases, Purchases = Unit::Count, one();
        /// What was paid.
        revenue, Revenue = Unit::Money, whole(Column::Amount);
        /// What it cost the company, of purchases whose cost is known.
        cost, Cost = Unit::Money, whole(Column::Cost);
        /// Amount less cost, of purchases whose cost is known.
        profit, Profit = Unit::Money, Column::Amount.into_simple_expr().sub(Column::Cost.into_simple_expr());
        /// Pieces.
        quantity, Quantity = Unit::Count, whole(Column::Quantity);
    }
}

/// What the purchases of a group have in common; null where the group is not by that.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct PurchaseKeys {
    /// What was bought; null also where the source does not say.
    pub product: Option<String>,
}

/// A figure of purchases that have something in common.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct PurchaseGroupRow {
    /// Global id.
    pub id: ID,
    /// When.
    #[graphql(flatten)]
    pub span: Span,
    /// What the customers have in common.
    #[graphql(flatten)]
    pub keys: CustomerKeys,
    /// What the purchases have in common.
    #[graphql(flatten)]
    pub said: PurchaseKeys,
    /// What is added up.
    pub measure: PurchaseMeasure,
    /// What is added up, as text.
    pub measure_code: String,
    /// The figure.
    #[graphql(flatten)]
    pub figure: FigureColumns,
}

crate::graphql::label::labels! {
    PurchaseGroupRow {
        /// Name of what is added up.
        measure_label: String = "added" of measure_code,
    }
}

/// Which purchases: those that meet all that is given. A list is met by any of its elements.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PurchaseFilter {
    /// Of these products.
    product: Option<Vec<String>>,
    /// In these currencies, by their ISO 4217 codes.
    currency: Option<Vec<String>>,
    /// Of these customers.
    customer: Option<CustomerFilter>,
}

impl GroupedFact for purchase::Entity {
    const NAME: &'static str = "purchases";
    const CURRENCY: Option<Column> = Some(Column::Currency);

    fn said(word: GroupBy) -> Option<Column> {
        (word == GroupBy::Product).then_some(Column::Product)
    }
}

fn added(measures: &[PurchaseMeasure]) -> Arc<[(Unit, sea_orm::sea_query::SimpleExpr)]> {
    measures.iter().map(|measure| measure.added()).collect()
}

/// The groups of purchases.
#[derive(Default)]
pub struct PurchaseGroupQuery;

#[Object]
impl PurchaseGroupQuery {
    /// What purchases add up to in groups, ordered by period and keys (or by a measure). Pages change no figure; whole
    /// quarters and months are compared with those before.
    #[graphql(complexity = "page::cost(limit, page::NODES, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn purchase_groups(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "By what; all together if neither this nor dimensions is given")] by: Option<
            Vec<GroupBy>,
        >,
        #[graphql(desc = "Codes of dimensions by whose segments, two at most")] dimensions: Option<
            Vec<String>,
        >,
        #[graphql(desc = "Which purchases; all if not given")] filter: Option<PurchaseFilter>,
        #[graphql(desc = "The measure whose highest come first; by keys if not given")] order_by: Option<
            PurchaseMeasure,
        >,
        #[graphql(desc = "Groups to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Groups at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<PurchaseGroup>, Error> {
        let window = Window::new(offset, limit)?;
        let asked = Asked::of(context);
        let filter = filter.unwrap_or_default();
        let measures = PurchaseMeasure::chosen(&asked, order_by);
        let ask = Ask {
            quarter,
            from,
            to,
            keys: key::keys(by, dimensions)?,
            which: Condition::all()
                .add_option(filter.product.map(|products| Column::Product.is_in(products)))
                .add_option(filter.currency.map(|currencies| Column::Currency.is_in(currencies))),
            customers: filter.customer.unwrap_or_default(),
            measures: added(&measures),
            compared: asked.compared,
        };
        let mut answered = ask.groups::<purchase::Entity>(context).await?;
        by_size(&mut answered.groups, &measures, order_by);
        let names = Reading::of(context)?.names().await?;
        let told = |(span, group): (Span, _)| {
            let group: super::figure::Group = group;
            let (keys, said) = key::columns(&answered.keys, &group.sum.keys, names);
            let said = PurchaseKeys { product: said.product };
            PurchaseGroup { span, keys, said, asked: measures.clone(), group }
        };
        Ok(window.of(answered.groups).map(told).collect())
    }

    /// What purchases add up to in groups as a flat table, a row for each group and measure, ordered by period, keys and
    /// measure.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn purchase_group_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "By what, such as `segment:region,month`; all together if not given")] by: Option<
            String,
        >,
        #[graphql(desc = "One measure's code, such as REVENUE; all if not given")] measure: Option<String>,
        #[graphql(desc = "Only of customers of this dimension")] dimension: Option<String>,
        #[graphql(desc = "Only of customers of this segment")] segment: Option<String>,
        #[graphql(desc = "Only of this product")] product: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<PurchaseGroupRow>, Error> {
        let window = Window::new(offset, limit)?;
        let measures = PurchaseMeasure::named(measure.as_deref())?;
        let ask = Ask {
            quarter,
            from,
            to,
            keys: key::parse(by.as_deref())?,
            customers: CustomerFilter::in_segment(dimension, segment),
            which: Condition::all().add_option(product.map(|product| Column::Product.eq(product))),
            measures: added(&measures),
            compared: Asked::of(context).compared,
        };
        let answered = ask.groups::<purchase::Entity>(context).await?;
        let names = Reading::of(context)?.names().await?;
        let rows = answered.groups.iter().flat_map(|(span, group)| {
            let (keys, said) = key::columns(&answered.keys, &group.sum.keys, names);
            let of = &answered.keys;
            measures.iter().zip(&group.figures).map(move |(measure, figure)| PurchaseGroupRow {
                id: key::id(&["purchase-group", &measure.code()], of, &group.sum),
                span: span.clone(),
                keys: keys.clone(),
                said: PurchaseKeys { product: said.product.clone() },
                measure: *measure,
                measure_code: measure.code(),
                figure: FigureColumns::of(group, figure.clone()),
            })
        });
        let rows: Vec<PurchaseGroupRow> = rows.collect();
        Ok(window.of(rows).collect())
    }
}
