//! The schema of Rapport, as sea-orm migrations; up and down, on SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection};

mod lease;
mod m20261122_000001_facts;
mod m20261122_000002_results;
mod m20261122_000003_work;
mod m20261122_000004_access;
mod m20261122_000005_views;
mod m20261123_000001_playbooks;
mod m20261123_000002_actions;
mod m20261123_000003_funnels;
mod m20261123_000004_cases;
mod m20261123_000005_remarks;
mod m20261124_000001_care;
mod m20261124_000002_prospects;
mod m20261124_000003_lost;
mod m20261124_000004_linkage;
mod m20261124_000005_modes;
mod table;

pub use lease::{LEASE, MigrateError, bring_up};

/// Every migration, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_facts::Migration),
            Box::new(m20261122_000002_results::Migration),
            Box::new(m20261122_000003_work::Migration),
            Box::new(m20261122_000004_access::Migration),
            Box::new(m20261122_000005_views::Migration),
            Box::new(m20261123_000001_playbooks::Migration),
            Box::new(m20261123_000002_actions::Migration),
            Box::new(m20261123_000003_funnels::Migration),
            Box::new(m20261123_000004_cases::Migration),
            Box::new(m20261123_000005_remarks::Migration),
            Box::new(m20261124_000001_care::Migration),
            Box::new(m20261124_000002_prospects::Migration),
            Box::new(m20261124_000003_lost::Migration),
            Box::new(m20261124_000004_linkage::Migration),
            Box::new(m20261124_000005_modes::Migration),
        ]
    }
}

/// Whose schema a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schema {
    /// Nothing yet.
    Empty,
    /// Ours; so many migrations are still to run.
    Ours {
        /// Migrations not yet applied.
        pending: usize,
    },
    /// Ours, of a version that this program does not know.
    Newer {
        /// The first migration unknown here.
        migration: String,
    },
    /// Somebody else's tables.
    Foreign {
        /// One of them.
        table: String,
    },
}

/// Looks whose schema the database holds; changes nothing.
pub async fn inspect(database: &DatabaseConnection) -> Result<Schema, DbErr> {
    let mut tables = tables(database).await?;
    // made before the first migration
    tables.retain(|table| table != LEASE);
    let Some(first) = tables.first() else { return Ok(Schema::Empty) };
    if !tables.iter().any(|table| table == "seaql_migrations") {
        return Ok(Schema::Foreign { table: first.clone() });
    }
    let applied: Vec<String> =
        strings(database, "SELECT version FROM seaql_migrations ORDER BY version").await?;
    Ok(judge(&applied))
}

/// Whose schema it is that these migrations made, oldest first.
#[must_use]
pub fn judge(applied: &[String]) -> Schema {
    let known: Vec<String> = Migrator::migrations().iter().map(|one| one.name().to_owned()).collect();
    let unknown = applied.iter().find(|version| !known.contains(version)).cloned();
    match unknown {
        Some(migration) if applied.first() == known.first() => Schema::Newer { migration },
        Some(migration) => Schema::Foreign { table: format!("seaql_migrations ({migration})") },
        None => Schema::Ours { pending: known.len() - applied.len() },
    }
}

async fn tables(database: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let query = match database.get_database_backend() {
        sea_orm_migration::sea_orm::DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        _ => {
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = current_schema() ORDER BY 1"
        }
    };
    strings(database, query).await
}

async fn strings(database: &DatabaseConnection, query: &'static str) -> Result<Vec<String>, DbErr> {
    database
        .query_all_raw(query_of(database, query))
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect()
}

fn query_of(database: &DatabaseConnection, query: &'static str) -> sea_orm_migration::sea_orm::Statement {
    sea_orm_migration::sea_orm::Statement::from_string(database.get_database_backend(), query)
}
