//! Facts as flat tables: what happened, when and to whom, filtered and ordered to the last tie, one page. Only the
//! columns that are shown are read: no name, no contact data and no free text.

use rapport_entities::{
    care_contact, complaint, complaint_breach, complaint_event, customer, customer_loss, purchase, remark,
    response, winback_attempt,
};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{page::Window, period::Period, reading::Reading, segment};

/// A table of facts.
pub trait Fact: EntityTrait {
    /// When it happened.
    const AT: Self::Column;
    /// To whom.
    const CUSTOMER: Self::Column;
    /// The rest of the key, or two columns of it: the source, and its own key.
    const KEY: [Self::Column; 2];
}

macro_rules! facts {
    ($($table:ident),+) => {$(
        impl Fact for $table::Entity {
            const AT: Self::Column = $table::Column::At;
            const CUSTOMER: Self::Column = $table::Column::CustomerId;
            const KEY: [Self::Column; 2] = [$table::Column::Source, $table::Column::Code];
        }
    )+};
}

facts! { purchase, response, remark, complaint, customer_loss, winback_attempt }

impl Fact for complaint_event::Entity {
    const AT: Self::Column = complaint_event::Column::At;
    const CUSTOMER: Self::Column = complaint_event::Column::CustomerId;
    const KEY: [Self::Column; 2] = [complaint_event::Column::Complaint, complaint_event::Column::Code];
}

impl Fact for complaint_breach::Entity {
    const AT: Self::Column = complaint_breach::Column::DueAt;
    const CUSTOMER: Self::Column = complaint_breach::Column::CustomerId;
    const KEY: [Self::Column; 2] = [complaint_breach::Column::Complaint, complaint_breach::Column::Deadline];
}

impl Fact for care_contact::Entity {
    const AT: Self::Column = care_contact::Column::At;
    const CUSTOMER: Self::Column = care_contact::Column::CustomerId;
    const KEY: [Self::Column; 2] = [care_contact::Column::Code, care_contact::Column::Outcome];
}

/// Which facts: those that meet all that is given.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// When.
    pub period: Period,
    /// Code of the customer's dimension.
    pub dimension: Option<String>,
    /// Code of the customer's segment.
    pub segment: Option<String>,
    /// Code of the customer.
    pub customer: Option<String>,
}

/// The facts that the reader sees of these, with their customers.
pub fn select<E: Fact>(reading: &Reading, which: &Which) -> Select<E> {
    let customer = E::belongs_to(customer::Entity).from(E::CUSTOMER).to(customer::Column::CustomerId).into();
    let members =
        segment::members(reading, E::CUSTOMER, which.dimension.as_deref(), which.segment.as_deref());
    let id = which.customer.as_deref().map(rapport_entities::customer_id);
    let select = E::find()
        .join(JoinType::InnerJoin, customer)
        .filter(reading.access.customers(E::CUSTOMER))
        .filter(which.period.holds(E::AT))
        .filter(members);
    match id.zip(which.customer.as_deref()) {
        Some((id, code)) => select.filter(E::CUSTOMER.eq(id)).filter(customer::Column::Code.eq(code)),
        None => select,
    }
}

/// A page of them, by moment, then by key.
pub fn page<E: Fact>(select: Select<E>, window: Window) -> Select<E> {
    ordered(select).offset(window.offset).limit(window.limit)
}

/// By moment, then by key.
pub fn ordered<E: Fact>(select: Select<E>) -> Select<E> {
    let [source, code] = E::KEY;
    [E::AT, E::CUSTOMER, source, code].into_iter().fold(select, QueryOrder::order_by_asc)
}
