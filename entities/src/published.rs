//! The published revisions: the pointer that every reader takes once, and the sets behind it.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{Quarter, current_publication, publication};

/// The job that publishes quarters.
pub const CLOSE: &str = "close-quarter";

/// The newest revision of every published quarter, oldest quarter first.
pub async fn current(database: &impl ConnectionTrait) -> Result<Vec<publication::Model>, DbErr> {
    publication::Entity::find()
        .join(
            JoinType::InnerJoin,
            publication::Entity::belongs_to(current_publication::Entity)
                .from(publication::Column::SetId)
                .to(current_publication::Column::SetId)
                .into(),
        )
        .filter(current_publication::Column::Job.eq(CLOSE))
        .order_by_asc(publication::Column::Quarter)
        .all(database)
        .await
}

/// One revision of a quarter, or its newest; `None` if there is none.
pub async fn revision(
    database: &impl ConnectionTrait,
    quarter: Quarter,
    revision: Option<i32>,
) -> Result<Option<publication::Model>, DbErr> {
    let of_quarter = publication::Entity::find()
        .filter(publication::Column::Job.eq(CLOSE))
        .filter(publication::Column::Quarter.eq(quarter));
    match revision {
        Some(revision) => of_quarter.filter(publication::Column::Revision.eq(revision)).one(database).await,
        None => of_quarter.order_by_desc(publication::Column::Revision).one(database).await,
    }
}

/// The revision a set is; `None` if it was not published.
pub async fn of_set(
    database: &impl ConnectionTrait,
    set_id: &str,
) -> Result<Option<publication::Model>, DbErr> {
    publication::Entity::find().filter(publication::Column::SetId.eq(set_id)).one(database).await
}

/// The same, of a set that there may not be.
pub async fn of_some_set(
    database: &impl ConnectionTrait,
    set_id: Option<&str>,
) -> Result<Option<publication::Model>, DbErr> {
    match set_id {
        Some(set_id) => of_set(database, set_id).await,
        None => Ok(None),
    }
}
