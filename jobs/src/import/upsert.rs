//! Writing facts so that the source's key decides: what is new is created, what differs is updated, the rest stays.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IdenStatic, InsertMany, IntoActiveModel,
    Iterable, PrimaryKeyToColumn, QueryTrait,
    sea_query::{Condition, Expr, OnConflict},
};

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

/// SQLite takes 32,766 parameters a statement, PostgreSQL 65,535.
const PARAMETERS: usize = 32_000;

fn rows_per_statement<E: EntityTrait>() -> usize {
    PARAMETERS / E::Column::iter().count()
}

/// The quarter that rows lie in, as the database's numbers: first moment, first moment of the next.
pub type Span = (i64, i64);

/// Writes rows in as few statements as there must be.
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
    let (mut tally, mut moved) = (Tally::default(), 0);
    let size = rows_per_statement::<E>();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let (part, moves) = statement::<E>(transaction, rows.by_ref().take(size).collect(), span).await?;
        tally.add(part);
        moved += moves;
    }
    Ok((tally, moved))
}

async fn statement<E>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::Model>,
    span: Option<Span>,
) -> Result<(Tally, u64), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let count = rows.len() as u64;
    let mut insert = InsertMany::<E::ActiveModel>::many(rows).into_query();
    insert.on_conflict(OnConflict::columns(key::<E>()).do_nothing().to_owned());
    let created = transaction.execute(&insert).await?.rows_affected();
    let (mut updated, mut moved) = (0, 0);
    if created < count {
        if let Some(span) = span {
            insert.on_conflict(replace_if_different::<E>(Some(span)));
            updated = transaction.execute(&insert).await?.rows_affected();
        }
        insert.on_conflict(replace_if_different::<E>(None));
        moved = transaction.execute(&insert).await?.rows_affected();
        updated += moved;
    }
    let tally = Tally { created, updated, unchanged: count - created - updated, rejected: 0 };
    Ok((tally, if span.is_some() { moved } else { 0 }))
}

fn key<E: EntityTrait>() -> Vec<E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect()
}

fn replace_if_different<E: EntityTrait>(stays_in: Option<Span>) -> OnConflict {
    let key = key::<E>();
    let others: Vec<E::Column> =
        E::Column::iter().filter(|column| key.iter().all(|key| key.as_str() != column.as_str())).collect();
    let table = E::default().table_name().to_owned();
    let differs =
        others.iter().fold(Condition::any(), |any, column| any.add(distinct(&table, column.as_str())));
    let mut when = Condition::all().add(differs);
    if let Some((start, end)) = stays_in {
        when = when.add(Expr::cust(format!("\"{table}\".\"at\" >= {start} AND \"{table}\".\"at\" < {end}")));
    }
    OnConflict::columns(key).update_columns(others).action_cond_where(when).to_owned()
}

/// `table.column IS DISTINCT FROM excluded.column`, which both databases have and the query builder has not.
fn distinct(table: &str, column: &str) -> Expr {
    Expr::cust(format!("\"{table}\".\"{column}\" IS DISTINCT FROM \"excluded\".\"{column}\""))
}
