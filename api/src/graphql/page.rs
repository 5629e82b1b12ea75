//! Pages: by offset for rows, by cursor for the graph. A page has a limit, and says so when asked for more.

use async_graphql::{ContainerType, Object, OutputType, SimpleObject};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rapport_entities::{action, complaint, customer_quarter, purchase, response};
use sea_orm::{EntityTrait, PaginatorTrait, Select};

use super::{
    action_node::{Action, ActionEvent},
    card::{Card, CardVersion},
    care_contact::CareContact,
    care_line::CareLine,
    complaint_case::Complaint,
    complaint_event::ComplaintEvent,
    customer::Customer,
    facts_of::CountOf,
    list::Nodes,
    loyalty::LoyaltyRow,
    purchase::PurchaseRow,
    quarter::Quarter,
    reading::Reading,
    response::Response,
    segment::Segment,
};
use crate::Error;

/// The most rows of a page.
pub const MOST: i32 = 10_000;
/// The rows of a page that does not say how many.
pub const ROWS: i32 = 1_000;
/// The nodes of a connection that does not say how many.
pub const NODES: i32 = 100;

/// Which rows of a list.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Rows to pass over.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Window {
    /// Fails if a number is out of bounds, and says which bounds.
    pub fn new(offset: Option<i32>, limit: Option<i32>) -> Result<Self, Error> {
        let offset = u64::try_from(offset.unwrap_or(0))
            .map_err(|_| Error::BadInput("offset must be 0 or more".to_owned()))?;
        Ok(Self { offset, limit: bounded("limit", limit.unwrap_or(ROWS))? })
    }

    /// These of a whole list at hand.
    pub fn of<T>(self, rows: Vec<T>) -> impl Iterator<Item = T> {
        let offset = usize::try_from(self.offset).unwrap_or(usize::MAX);
        rows.into_iter().skip(offset).take(usize::try_from(self.limit).unwrap_or(usize::MAX))
    }
}

/// The number of nodes asked for. Fails if it is out of bounds.
pub fn first(first: Option<i32>) -> Result<usize, Error> {
    Ok(usize::try_from(bounded("first", first.unwrap_or(NODES))?).unwrap_or(0))
}

fn bounded(argument: &str, number: i32) -> Result<u64, Error> {
    u64::try_from(number)
        .ok()
        .filter(|_| number <= MOST)
        .ok_or_else(|| Error::BadInput(format!("{argument} is {number}; it must be 0 to {MOST}")))
}

/// What a list costs: its length by what an element costs. Lengths out of bounds are refused later.
pub fn cost(length: Option<i32>, otherwise: i32, child: usize) -> usize {
    let length = length.unwrap_or(otherwise).clamp(1, MOST);
    usize::try_from(length).unwrap_or(1).saturating_mul(child.max(1)).saturating_add(1)
}

/// Packs the parts of a cursor or an id, opaque to the client.
pub fn pack(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(parts.join("\u{1f}"))
}

/// The parts that were packed; none if the text is not ours.
pub fn unpack(text: &str) -> Option<Vec<String>> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    Some(text.split('\u{1f}').map(str::to_owned).collect())
}

/// The parts of a cursor that begins with `kind`. Fails if it is of another list.
pub fn cursor(kind: &str, text: &str) -> Result<Vec<String>, Error> {
    let parts = unpack(text).filter(|parts| parts.first().is_some_and(|first| first == kind));
    parts
        .map(|parts| parts[1..].to_vec())
        .ok_or_else(|| Error::BadInput("after: this is not a cursor of this list in this order".to_owned()))
}

/// Where a page stands in its list.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct PageInfo {
    /// True if more nodes follow.
    has_next_page: bool,
    /// True if nodes came before: the page was asked for by `after`.
    has_previous_page: bool,
    /// Cursor of the first node; null on an empty page.
    start_cursor: Option<String>,
    /// Cursor of the last node, to be given as `after`; null on an empty page.
    end_cursor: Option<String>,
}

/// A node and its place.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
#[graphql(concrete(name = "CustomerEdge", params(Customer)))]
#[graphql(concrete(name = "SegmentEdge", params(Segment)))]
#[graphql(concrete(name = "QuarterEdge", params(Quarter)))]
#[graphql(concrete(name = "PurchaseEdge", params(PurchaseRow)))]
#[graphql(concrete(name = "ResponseEdge", params(Response)))]
#[graphql(concrete(name = "ComplaintEdge", params(Complaint)))]
#[graphql(concrete(name = "ComplaintEventEdge", params(ComplaintEvent)))]
#[graphql(concrete(name = "ActionEdge", params(Action)))]
#[graphql(concrete(name = "ActionEventEdge", params(ActionEvent)))]
#[graphql(concrete(name = "LoyaltyTypeEdge", params(LoyaltyRow)))]
#[graphql(concrete(name = "CardEdge", params(Card)))]
#[graphql(concrete(name = "CardVersionEdge", params(CardVersion)))]
#[graphql(concrete(name = "CareLineEdge", params(CareLine)))]
#[graphql(concrete(name = "CareContactEdge", params(CareContact)))]
pub struct Edge<T: OutputType> {
    /// The node's place, opaque: good for `after`.
    cursor: String,
    /// The node.
    node: Option<T>,
}

/// How many nodes the whole list has.
pub enum Total {
    /// Counted.
    Known(usize),
    /// To be counted when asked for.
    Customers(Box<Select<rapport_entities::customer::Entity>>),
    /// The purchases of this customer, to be counted when asked for.
    Purchases(i64),
    /// The responses of this customer, to be counted when asked for.
    Responses(i64),
    /// The complaints of this customer, to be counted when asked for.
    Complaints(i64),
    /// To be counted when asked for.
    Cases(Box<Select<complaint::Entity>>),
    /// To be counted when asked for.
    Actions(Box<Select<action::Entity>>),
    /// To be counted when asked for.
    Care(Box<Select<customer_quarter::Entity>>),
}

/// A page of a list, and the list's size.
pub struct Connection<T> {
    nodes: Vec<(String, T)>,
    more: bool,
    continued: bool,
    total: Total,
}

impl<T> Connection<T> {
    /// Of the nodes of a page with their cursors; `more` if others follow.
    pub fn new(nodes: Vec<(String, T)>, more: bool, continued: bool, total: Total) -> Self {
        Self { nodes, more, continued, total }
    }

    /// A page of a whole list at hand. A cursor that is not in the list is refused.
    pub fn of_all(nodes: Vec<(String, T)>, first: Option<i32>, after: Option<&str>) -> Result<Self, Error> {
        let total = nodes.len();
        let limit = self::first(first)?;
        let start = match after {
            None => 0,
            Some(after) => {
                nodes.iter().position(|(cursor, _)| cursor == after).map(|at| at + 1).ok_or_else(|| {
                    Error::BadInput("after: this is not a cursor of this list in this order".to_owned())
                })?
            }
        };
        let page: Vec<_> = nodes.into_iter().skip(start).take(limit).collect();
        let more = start + page.len() < total;
        Ok(Self::new(page, more, after.is_some(), Total::Known(total)))
    }
}

/// A page of a list.
#[Object(
    concrete(name = "CustomerConnection", params(Customer)),
    concrete(name = "SegmentConnection", params(Segment)),
    concrete(name = "QuarterConnection", params(Quarter)),
    concrete(name = "PurchaseConnection", params(PurchaseRow)),
    concrete(name = "ResponseConnection", params(Response)),
    concrete(name = "ComplaintConnection", params(Complaint)),
    concrete(name = "ComplaintEventConnection", params(ComplaintEvent)),
    concrete(name = "ActionConnection", params(Action)),
    concrete(name = "ActionEventConnection", params(ActionEvent)),
    concrete(name = "LoyaltyTypeConnection", params(LoyaltyRow)),
    concrete(name = "CardConnection", params(Card)),
    concrete(name = "CardVersionConnection", params(CardVersion)),
    concrete(name = "CareLineConnection", params(CareLine)),
    concrete(name = "CareContactConnection", params(CareContact))
)]
impl<T: ContainerType + Clone> Connection<T>
where
    Edge<T>: ContainerType,
{
    /// The nodes with their cursors.
    async fn edges(&self) -> Option<Nodes<Edge<T>>> {
        let edge = |(cursor, node): &(String, T)| Edge { cursor: cursor.clone(), node: Some(node.clone()) };
        Some(Nodes(self.nodes.iter().map(edge).collect()))
    }

    /// The nodes alone.
    async fn nodes(&self) -> Option<Nodes<&T>> {
        Some(Nodes(self.nodes.iter().map(|(_, node)| node).collect()))
    }

    /// Where the page stands.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.more,
            has_previous_page: self.continued,
            start_cursor: self.nodes.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.nodes.last().map(|(cursor, _)| cursor.clone()),
        }
    }

    /// How many nodes the whole list has, whatever the page; counted only when asked for.
    async fn total_count(&self, context: &async_graphql::Context<'_>) -> Result<usize, Error> {
        let reading = Reading::of(context)?;
        let loader = &reading.loader;
        let count = match &self.total {
            Total::Known(total) => return Ok(*total),
            Total::Customers(select) => Some(count(&reading.database, (**select).clone()).await?),
            Total::Cases(select) => Some(count(&reading.database, (**select).clone()).await?),
            Total::Actions(select) => Some(count(&reading.database, (**select).clone()).await?),
            Total::Care(select) => Some(count(&reading.database, (**select).clone()).await?),
            Total::Purchases(id) => loader.load_one(CountOf::<purchase::Entity>::new(*id)).await?,
            Total::Responses(id) => loader.load_one(CountOf::<response::Entity>::new(*id)).await?,
            Total::Complaints(id) => loader.load_one(CountOf::<complaint::Entity>::new(*id)).await?,
        };
        Ok(usize::try_from(count.unwrap_or_default()).unwrap_or_default())
    }
}

async fn count<E: EntityTrait>(database: &rapport_entities::Database, select: Select<E>) -> Result<i64, Error>
where
    E::Model: Send + Sync,
{
    Ok(i64::try_from(select.count(database).await?).unwrap_or(i64::MAX))
}
