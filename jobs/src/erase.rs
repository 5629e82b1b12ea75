//! Erasing a person: name, contact data and free text go for good; the facts stay under the company's own code, and what
//! was published stays as it was.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rapport_entities::{
    Database, care_contact, complaint, complaint_event,
    connection::{begin_write, is_sqlite},
    customer, customer_id, customer_loss, prospect, remark, response, winback_attempt,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect, prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};

use crate::{
    Error,
    audit::{self, Event},
};

/// So long the log of writes may take to be emptied.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many customers are named in a statement.
const CHUNK: usize = 10_000;

/// Erases the customer with this code, asked for by `who`. Doing it again erases what came since, and is no error. Fails
/// if there is no such customer.
pub async fn erase(database: &Database, code: &str, who: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let id = customer_id(code);
    let transaction = begin_erasing(database).await?;
    let found = customer::Entity::find_by_id(id).one(&transaction).await?;
    let found = found.filter(|found| found.code == code);
    let found = found.ok_or_else(|| Error::NoCustomer { code: code.to_owned() })?;
    if found.erased_at.is_none() {
        customer::Entity::update_many()
            .col_expr(customer::Column::ErasedAt, Expr::value(ChronoUnixTimestampMillis(now)))
            .filter(customer::Column::CustomerId.eq(id))
            .exec(&transaction)
            .await?;
    }
    clear(&transaction, &[id]).await?;
    audit::record(&transaction, Event::done(who, "erase", code), now).await?;
    transaction.commit().await?;
    // what an import wrote at the same moment was not yet seen
    clear(database, &[id]).await?;
    empty_log(database).await?;
    Ok(())
}

/// Begins a transaction of which what is taken out leaves no trace in the file's pages.
async fn begin_erasing(database: &Database) -> Result<DatabaseTransaction, DbErr> {
    let transaction = begin_write(database).await?;
    if is_sqlite(database) {
        transaction.execute_unprepared("PRAGMA secure_delete = ON").await?;
    }
    Ok(transaction)
}

/// Takes what was erased out of the log of writes too, where there is one. Who reads or writes for long keeps it there until
/// the next time.
async fn empty_log(database: &Database) -> Result<(), DbErr> {
    if !is_sqlite(database) {
        return Ok(());
    }
    let empty = database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)");
    match tokio::time::timeout(PATIENCE, empty).await {
        Ok(emptied) => emptied.map(drop),
        Err(_) => {
            tracing::warn!("the database is busy: its file ending in -wal still holds what was erased");
            Ok(())
        }
    }
}

/// The keys of all who were erased.
pub async fn erased(connection: &impl ConnectionTrait) -> Result<Vec<i64>, DbErr> {
    customer::Entity::find()
        .select_only()
        .column(customer::Column::CustomerId)
        .filter(customer::Column::ErasedAt.is_not_null())
        .into_tuple()
        .all(connection)
        .await
}

/// Takes again from all who were erased what an import may have brought back.
pub async fn clear_all(database: &Database) -> Result<(), DbErr> {
    clear_prospects(database, prospect::Column::ErasedAt.is_not_null()).await?;
    let erased = erased(database).await?;
    if erased.is_empty() {
        return Ok(());
    }
    let transaction = begin_write(database).await?;
    clear(&transaction, &erased).await?;
    transaction.commit().await
}

/// Erases the prospect with this code of this source, as a customer is erased. What it was as a customer stays until that
/// is erased. Fails if there is no such prospect.
pub async fn erase_prospect(
    database: &Database,
    (source, code): (&str, &str),
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use prospect::Column;
    let transaction = begin_erasing(database).await?;
    let key = (source.to_owned(), code.to_owned());
    let found = prospect::Entity::find_by_id(key).one(&transaction).await?;
    let named = || format!("{source}/{code}");
    let found = found.ok_or_else(|| Error::NoProspect { prospect: named() })?;
    if found.erased_at.is_none() {
        prospect::Entity::update_many()
            .col_expr(Column::ErasedAt, Expr::value(ChronoUnixTimestampMillis(now)))
            .filter(Column::Source.eq(source))
            .filter(Column::Code.eq(code))
            .exec(&transaction)
            .await?;
    }
    clear_prospects(&transaction, Column::ErasedAt.is_not_null()).await?;
    audit::record(&transaction, Event::done(who, "erase_prospect", &named()), now).await?;
    transaction.commit().await?;
    // what an import wrote at the same moment was not yet seen
    clear_prospects(database, Column::ErasedAt.is_not_null()).await?;
    empty_log(database).await?;
    Ok(())
}

/// Takes from these prospects who they are.
async fn clear_prospects(connection: &impl ConnectionTrait, these: Expr) -> Result<(), DbErr> {
    use prospect::Column;
    let nothing = || Expr::value(Option::<String>::None);
    prospect::Entity::update_many()
        .col_expr(Column::Name, nothing())
        .col_expr(Column::Email, nothing())
        .col_expr(Column::Phone, nothing())
        .filter(these)
        .filter(
            Condition::any()
                .add(Column::Name.is_not_null())
                .add(Column::Email.is_not_null())
                .add(Column::Phone.is_not_null()),
        )
        .exec(connection)
        .await
        .map(drop)
}

/// Takes from these customers what is theirs alone.
pub async fn clear(connection: &impl ConnectionTrait, customers: &[i64]) -> Result<(), DbErr> {
    for ids in customers.chunks(CHUNK) {
        let ids = || ids.iter().copied();
        let nothing = || Expr::value(Option::<String>::None);
        customer::Entity::update_many()
            .col_expr(customer::Column::Name, nothing())
            .col_expr(customer::Column::Email, nothing())
            .col_expr(customer::Column::Phone, nothing())
            .filter(customer::Column::CustomerId.is_in(ids()))
            .filter(
                Condition::any()
                    .add(customer::Column::Name.is_not_null())
                    .add(customer::Column::Email.is_not_null())
                    .add(customer::Column::Phone.is_not_null()),
            )
            .exec(connection)
            .await?;
        response::Entity::update_many()
            .col_expr(response::Column::Comment, nothing())
            .filter(response::Column::CustomerId.is_in(ids()))
            .filter(response::Column::Comment.is_not_null())
            .exec(connection)
            .await?;
        remark::Entity::update_many()
            .col_expr(remark::Column::Text, nothing())
            .filter(remark::Column::CustomerId.is_in(ids()))
            .filter(remark::Column::Text.is_not_null())
            .exec(connection)
            .await?;
        complaint::Entity::update_many()
            .col_expr(complaint::Column::Text, nothing())
            .filter(complaint::Column::CustomerId.is_in(ids()))
            .filter(complaint::Column::Text.is_not_null())
            .exec(connection)
            .await?;
        care_contact::Entity::update_many()
            .col_expr(care_contact::Column::Note, nothing())
            .filter(care_contact::Column::CustomerId.is_in(ids()))
            .filter(care_contact::Column::Note.is_not_null())
            .exec(connection)
            .await?;
        complaint_event::Entity::update_many()
            .col_expr(complaint_event::Column::Note, nothing())
            .filter(complaint_event::Column::CustomerId.is_in(ids()))
            .filter(complaint_event::Column::Note.is_not_null())
            .exec(connection)
            .await?;
        customer_loss::Entity::update_many()
            .col_expr(customer_loss::Column::Note, nothing())
            .filter(customer_loss::Column::CustomerId.is_in(ids()))
            .filter(customer_loss::Column::Note.is_not_null())
            .exec(connection)
            .await?;
        winback_attempt::Entity::update_many()
            .col_expr(winback_attempt::Column::Note, nothing())
            .filter(winback_attempt::Column::CustomerId.is_in(ids()))
            .filter(winback_attempt::Column::Note.is_not_null())
            .exec(connection)
            .await?;
        // the prospects that they were
        clear_prospects(connection, prospect::Column::CustomerId.is_in(ids())).await?;
    }
    Ok(())
}
