//! Prospects: who may become a customer, in which segments, with the history of their grades, and what a close finds of
//! their conversion.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::{
    m20261122_000005_views::{moment, of_table},
    table::{big, create, create_checked, flag, index, int, optional, real, text},
};

/// Creates and drops these tables and views.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 4] = ["prospect", "prospect_grade", "prospect_segment", "prospect_conversion"];
/// A prospect is open, or became a customer, or was lost for a reason; neither before it was met.
const WAYS: &str = "(customer_id IS NULL) = (converted_at IS NULL) AND (reason IS NULL) = (lost_at IS NULL) AND \
                    (converted_at IS NULL OR lost_at IS NULL) AND \
                    (converted_at IS NULL OR converted_at >= first_at) AND (lost_at IS NULL OR lost_at >= first_at)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        prospect(manager).await?;
        let grade = [text("source"), text("prospect"), big("at"), text("grade")];
        let words = "grade IN ('a', 'b', 'c', 'd')".to_owned();
        create_checked(manager, "prospect_grade", &["source", "prospect", "at"], grade, words).await?;
        let segment = [text("source"), text("prospect"), text("dimension"), text("segment")];
        create(manager, "prospect_segment", &["source", "prospect", "dimension"], segment).await?;
        index(manager, "prospect_segment", &["dimension", "segment"]).await?;
        conversion(manager).await?;
        for (name, select) in views(manager.get_database_backend()) {
            let sql = format!("CREATE VIEW {name} AS {select}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in views(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {name}")).await?;
        }
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn prospect(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_checked(
        manager,
        "prospect",
        &["source", "code"],
        [
            text("source"),
            text("code"),
            optional(text("name")),
            optional(text("email")),
            optional(text("phone")),
            big("first_at"),
            optional(text("manager")),
            optional(big("customer_id")),
            optional(big("converted_at")),
            optional(big("lost_at")),
            optional(text("reason")),
            optional(big("erased_at")),
        ],
        WAYS.to_owned(),
    )
    .await?;
    index(manager, "prospect", &["first_at"]).await?;
    // who erases a customer finds the prospect it was
    index(manager, "prospect", &["customer_id"]).await
}

async fn conversion(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "prospect_conversion",
        &["set_id", "dimension", "segment", "place"],
        [
            text("set_id"),
            text("dimension"),
            text("segment"),
            int("place"),
            text("grade"),
            optional(big("open_start")),
            optional(big("met")),
            optional(big("converted")),
            optional(big("lost")),
            optional(big("raised")),
            optional(big("lowered")),
            optional(big("open_end")),
            optional(real("conversion")),
            optional(real("lower")),
            optional(real("upper")),
            optional(real("median_days")),
            big("n"),
            flag("suppressed"),
        ],
    )
    .await
}

/// For tools that read the database itself: without names and contact data, results of the newest revision alone.
fn views(backend: DbBackend) -> Vec<(&'static str, String)> {
    let [first, converted, lost, at] =
        ["t.first_at", "t.converted_at", "t.lost_at", "t.at"].map(|column| moment(backend, column));
    let prospect = format!(
        "SELECT t.source, t.code, {first} AS first_at, t.manager, (SELECT upper(g.grade) FROM prospect_grade g \
         WHERE g.source = t.source AND g.prospect = t.code ORDER BY g.at DESC LIMIT 1) AS grade_code, \
         CASE WHEN t.converted_at IS NOT NULL THEN 'CONVERTED' WHEN t.lost_at IS NOT NULL THEN 'LOST' ELSE 'OPEN' END \
         AS state_code, u.code AS customer, {converted} AS converted_at, {lost} AS lost_at, \
         upper(t.reason) AS reason_code FROM prospect t LEFT JOIN customer u ON u.customer_id = t.customer_id"
    );
    let grade = format!(
        "SELECT t.source, t.prospect, {at} AS at, upper(t.grade) AS grade_code FROM prospect_grade t"
    );
    let member = "SELECT t.source, t.prospect, t.dimension, t.segment, s.name AS segment_name FROM prospect_segment t \
                  LEFT JOIN segment s ON s.dimension = t.dimension AND s.code = t.segment";
    let conversion = "t.place, upper(t.grade) AS grade_code, t.open_start, t.met, t.converted, t.lost, t.raised, \
                      t.lowered, t.open_end, t.conversion, t.lower, t.upper, t.median_days, t.n, t.suppressed";
    vec![
        ("prospect_row", prospect),
        ("prospect_grade_row", grade),
        ("prospect_segment_row", member.to_owned()),
        ("prospect_conversion_row", of_table(conversion, "prospect_conversion")),
    ]
}
