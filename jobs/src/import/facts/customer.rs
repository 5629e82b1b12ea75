//! Customers, with the one segment they have in each dimension: `segment.DIMENSION` is a column of the SELECT.

use std::collections::BTreeMap;

use rapport_entities::{customer, customer_key, customer_segment, dimension, segment};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{Fact, Key, Known, Written};
use crate::import::{
    rejects::Fault,
    row::Row,
    upsert::{Span, Tally, upsert},
};

/// A customer.
pub struct Customer {
    row: customer::Model,
    /// By dimension; `None` where the customer has none.
    segments: BTreeMap<String, Option<String>>,
    /// Segments seen for the first time.
    new_segments: Vec<(String, String)>,
}

/// What the columns of segments begin with.
pub(super) const SEGMENT: &str = "segment.";
/// So many customers are named in a statement.
const CHUNK: usize = 10_000;

impl Fact for Customer {
    const ENTITY: &'static str = "customer";
    const REQUIRED: &'static [&'static str] = &["code"];
    const OPTIONAL: &'static [&'static str] =
        &["name", "email", "phone", "contract_start", "contract_end", "referrals", "manager"];

    fn takes(column: &str, _: &Known) -> bool {
        column.len() > SEGMENT.len() && column.starts_with(SEGMENT)
    }

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let code = row.required("code")?;
        let (contract_start, contract_end) = (row.moment("contract_start")?, row.moment("contract_end")?);
        if contract_end.is_some() && contract_end.map(|end| end.0) < contract_start.map(|start| start.0) {
            return Err(row.fault("contract_end", "it lies before the contract's start"));
        }
        if contract_end.is_some() && contract_start.is_none() {
            return Err(row.fault("contract_start", "it is missing, and the contract has an end"));
        }
        let referrals = row.integer("referrals")?;
        if referrals.is_some_and(|referrals| referrals < 0) {
            return Err(row.fault("referrals", "it is below zero"));
        }
        let segments = segments(row)?;
        let new_segments = segments
            .iter()
            .filter_map(|(dimension, segment)| Some((dimension.clone(), segment.clone()?)))
            .filter(|pair| known.segments.insert(pair.clone()))
            .collect();
        let customer_id = rapport_entities::customer_id(&code);
        let print = customer_key::fingerprint(&code);
        if *known.customers.entry(customer_id).or_insert(print) != print {
            return Err(row.fault(
                "code",
                "its key is another customer's, by a chance of one in 10^18; change the code",
            ));
        }
        let [name, email, phone] =
            ["name", "email", "phone"].map(|column| known.personal(customer_id, row, column));
        let row = customer::Model {
            customer_id,
            code,
            name,
            email,
            phone,
            contract_start,
            contract_end,
            referrals,
            manager: row.text("manager"),
            // never written by an import; see `upsert`
            erased_at: None,
        };
        Ok(Self { row, segments, new_segments })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.row.customer_id, code: &self.row.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        _: Option<Span>,
    ) -> Result<Written, DbErr> {
        let count = facts.len() as u64;
        let mut parts = Parts::default();
        facts.into_iter().for_each(|fact| parts.add(fact));
        let contracts = parts.customers.iter().any(|row| row.contract_start.is_some());
        create_segments(transaction, parts.new_segments).await?;
        let reassigned = reassign(transaction, &parts.customers).await?;
        let (tally, _) = upsert::<customer::Entity>(transaction, parts.customers, None).await?;
        let (moved, _) = upsert::<customer_segment::Entity>(transaction, parts.memberships, None).await?;
        let left = leave(transaction, parts.left).await?;
        // a customer that is new, has no contract and no facts is in no quarter yet
        let known_before = tally.created < count;
        let past_changed = tally.updated > 0
            || moved.updated + left > 0
            || (moved.created > 0 && known_before)
            || (tally.created > 0 && contracts);
        let moves = Tally { updated: moved.updated + reassigned, ..moved };
        Ok(Written { tally: with_moves(tally, moves, left), past_changed, ..Written::default() })
    }
}

/// Gives accounts that are known to other managers, before anything else is written of them: no result tells of managers,
/// so that no quarter is closed again for it. Says how many changed hands.
async fn reassign(transaction: &DatabaseTransaction, rows: &[customer::Model]) -> Result<u64, DbErr> {
    use customer::Column;
    let mut accounts: BTreeMap<Option<&str>, Vec<i64>> = BTreeMap::new();
    for row in rows {
        accounts.entry(row.manager.as_deref()).or_default().push(row.customer_id);
    }
    let mut changed = 0;
    for (manager, customers) in accounts {
        let differs = match manager {
            Some(code) => Condition::any().add(Column::Manager.ne(code)).add(Column::Manager.is_null()),
            None => Condition::all().add(Column::Manager.is_not_null()),
        };
        for part in customers.chunks(CHUNK) {
            let update = customer::Entity::update_many()
                .col_expr(Column::Manager, Expr::value(manager))
                .filter(Column::CustomerId.is_in(part.iter().copied()))
                .filter(differs.clone());
            changed += update.exec(transaction).await?.rows_affected;
        }
    }
    Ok(changed)
}

/// A customer who only changed segment was updated too; the tables count by themselves, the report by customer.
fn with_moves(tally: Tally, moved: Tally, left: u64) -> Tally {
    let moves = if tally.created == 0 { moved.created + moved.updated + left } else { moved.updated + left };
    let also = moves.min(tally.unchanged);
    Tally { updated: tally.updated + also, unchanged: tally.unchanged - also, ..tally }
}

#[derive(Default)]
struct Parts {
    customers: Vec<customer::Model>,
    memberships: Vec<customer_segment::Model>,
    left: BTreeMap<String, Vec<i64>>,
    new_segments: Vec<(String, String)>,
}

impl Parts {
    fn add(&mut self, fact: Customer) {
        let customer_id = fact.row.customer_id;
        for (dimension, segment) in fact.segments {
            match segment {
                Some(segment) => {
                    self.memberships.push(customer_segment::Model { customer_id, dimension, segment })
                }
                None => self.left.entry(dimension).or_default().push(customer_id),
            }
        }
        self.new_segments.extend(fact.new_segments);
        self.customers.push(fact.row);
    }
}

/// What the columns of segments say, by dimension; `None` where there is no segment.
pub(super) fn segments(row: &Row<'_>) -> Result<BTreeMap<String, Option<String>>, Fault> {
    let mut segments = BTreeMap::new();
    for column in row.columns {
        if let Some(dimension) = column.strip_prefix(SEGMENT) {
            let segment = row.text(column);
            if segment.as_deref() == Some(rapport_entities::ALL) || dimension == rapport_entities::ALL {
                return Err(
                    row.fault(column, "`all` is the word for all customers; give the segment another code")
                );
            }
            segments.insert(dimension.to_owned(), segment);
        }
    }
    Ok(segments)
}

/// A segment that nobody named is named by its code.
pub(super) async fn create_segments(
    transaction: &DatabaseTransaction,
    pairs: Vec<(String, String)>,
) -> Result<(), DbErr> {
    for (dimension, code) in pairs {
        let row = dimension::ActiveModel {
            code: Set(dimension.clone()),
            name: Set(dimension.clone()),
            position: Set(i32::MAX),
        };
        dimension::Entity::insert(row)
            .on_conflict(OnConflict::column(dimension::Column::Code).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(transaction)
            .await?;
        let row =
            segment::ActiveModel { dimension: Set(dimension), name: Set(code.clone()), code: Set(code) };
        let key = [segment::Column::Dimension, segment::Column::Code];
        segment::Entity::insert(row)
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

async fn leave(transaction: &DatabaseTransaction, left: BTreeMap<String, Vec<i64>>) -> Result<u64, DbErr> {
    let mut rows = 0;
    for (dimension, customers) in left {
        rows += customer_segment::Entity::delete_many()
            .filter(customer_segment::Column::Dimension.eq(dimension))
            .filter(customer_segment::Column::CustomerId.is_in(customers))
            .exec(transaction)
            .await?
            .rows_affected;
    }
    Ok(rows)
}
