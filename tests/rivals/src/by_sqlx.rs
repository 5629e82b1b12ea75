//! The list by sqlx.

use futures_util::TryStreamExt;
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};

use crate::{
    Fault,
    list::{Answer, Row, SQL},
};

pub async fn open(file: &str) -> Result<SqlitePool, Fault> {
    let options = SqliteConnectOptions::new().filename(file);
    Ok(sqlx::sqlite::SqlitePoolOptions::new().max_connections(4).connect_with(options).await?)
}

pub async fn list(pool: &SqlitePool, quarter: &str) -> Result<Answer, Fault> {
    let mut answer = Answer::default();
    let mut rows = sqlx::query_as::<_, Row>(SQL).bind(quarter).fetch(pool);
    while let Some(row) = rows.try_next().await? {
        answer.add(row);
    }
    Ok(answer)
}
