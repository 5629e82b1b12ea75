//! Writing facts so that the source's key decides: what is new is created, what differs is updated, the rest stays.

use std::vec;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IdenStatic, InsertMany,
    IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryTrait, Statement,
    sea_query::{Condition, Expr, InsertStatement, OnConflict},
};
use tokio::task::JoinHandle;

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New keys.
    pub created: u64,
    /// Known keys whose row differed.
    pub updated: u64,
    /// Known keys, same row.
    pub unchanged: u64,
    /// Refused rows.
    pub rejected: u64,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
    }

    /// True if the table is not what it was.
    pub fn changed(&self) -> bool {
        self.created + self.updated > 0
    }
}

/// What no source says and no import takes back: that a customer was erased, and what a complaint has been through.
const KEPT: [&str; 12] = [
    "erased_at",
    "state",
    "moves",
    "reopened",
    "acknowledged_at",
    "resolved_at",
    "satisfied",
    "last_event_at",
    "taken_up_at",
    "first_resolved_at",
    "confirmed_at",
    "faults",
];

/// What no source says either, and begins anew when what was said differs: the case is to be judged, and its moves are
/// to be put in order, again.
const ANEW: [(&str, &str); 5] = [
    ("judged", "FALSE"),
    ("replay", "TRUE"),
    ("sequence", "NULL"),
    ("from_state", "NULL"),
    ("to_state", "NULL"),
];

/// SQLite takes 32,766 parameters a statement, PostgreSQL 65,535.
const PARAMETERS: usize = 32_000;

fn rows_per_statement<E: EntityTrait>() -> usize {
    PARAMETERS / E::Column::iter().count()
}

/// The quarter that rows lie in, as the database's numbers: first moment, first moment of the next.
pub type Span = (i64, i64);

/// Writes rows in as few statements as there must be; while one runs, the next is made.
///
/// Rows are first inserted where their key is new. Only if some were not, a second statement updates those that
/// differ; the new ones equal themselves by then and are not counted. Rows with a time all lie in `span`; the second
/// value is how many of the updated ones lay in another quarter before.
pub async fn upsert<E>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::Model>,
    span: Option<Span>,
) -> Result<(Tally, u64), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let backend = transaction.get_database_backend();
    let (mut tally, mut moved) = (Tally::default(), 0);
    let mut rows = rows.into_iter();
    let mut next = making::<E>(backend, &mut rows);
    while let Some(made) = next {
        let insert = made.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        next = making::<E>(backend, &mut rows);
        let (part, moves) = run::<E>(transaction, insert, span).await?;
        tally.add(part);
        moved += moves;
    }
    Ok((tally, moved))
}

/// An insert of rows whose key is new: as a statement to run, and to make another of.
struct Insert {
    rows: u64,
    statement: Statement,
    query: InsertStatement,
}

/// Makes the next insert on another thread; `None` if no rows are left.
fn making<E>(backend: DbBackend, rows: &mut vec::IntoIter<E::Model>) -> Option<JoinHandle<Insert>>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let part: Vec<E::Model> = rows.take(rows_per_statement::<E>()).collect();
    (!part.is_empty()).then(|| {
        tokio::task::spawn_blocking(move || {
            let rows = part.len() as u64;
            let mut query = InsertMany::<E::ActiveModel>::many(part).into_query();
            query.on_conflict(OnConflict::columns(key::<E>()).do_nothing().to_owned());
            Insert { rows, statement: backend.build(&query), query }
        })
    })
}

async fn run<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    insert: Insert,
    span: Option<Span>,
) -> Result<(Tally, u64), DbErr> {
    let Insert { rows, statement, mut query } = insert;
    let created = transaction.execute_raw(statement).await?.rows_affected();
    let (mut updated, mut moved) = (0, 0);
    if created < rows {
        if let Some(span) = span {
            query.on_conflict(replace_if_different::<E>(Some(span)));
            updated = transaction.execute(&query).await?.rows_affected();
        }
        query.on_conflict(replace_if_different::<E>(None));
        moved = transaction.execute(&query).await?.rows_affected();
        updated += moved;
    }
    let tally = Tally { created, updated, unchanged: rows - created - updated, rejected: 0 };
    Ok((tally, if span.is_some() { moved } else { 0 }))
}

fn key<E: EntityTrait>() -> Vec<E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect()
}

fn replace_if_different<E: EntityTrait>(stays_in: Option<Span>) -> OnConflict {
    let key = key::<E>();
    let begins_anew = |column: &str| ANEW.iter().find(|(name, _)| *name == column);
    let is_said = |column: &E::Column| {
        let name = column.as_str();
        let is_key = key.iter().any(|key| key.as_str() == name);
        !is_key && !KEPT.contains(&name) && begins_anew(name).is_none()
    };
    let others: Vec<E::Column> = E::Column::iter().filter(is_said).collect();
    let anew = E::Column::iter().filter_map(|column| {
        let (_, value) = begins_anew(column.as_str())?;
        Some((column, Expr::cust(*value)))
    });
    let table = E::default().table_name().to_owned();
    let differs =
        others.iter().fold(Condition::any(), |any, column| any.add(distinct(&table, column.as_str())));
    let mut when = Condition::all().add(differs);
    if let Some((start, end)) = stays_in {
        when = when.add(Expr::cust(format!("\"{table}\".\"at\" >= {start} AND \"{table}\".\"at\" < {end}")));
    }
    let anew: Vec<_> = anew.collect();
    OnConflict::columns(key).update_columns(others).values(anew).action_cond_where(when).to_owned()
}

/// `table.column IS DISTINCT FROM excluded.column`, which both databases have and the query builder has not.
fn distinct(table: &str, column: &str) -> Expr {
    Expr::cust(format!("\"{table}\".\"{column}\" IS DISTINCT FROM \"excluded\".\"{column}\""))
}
