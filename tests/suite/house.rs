//! The house: who may import whom, and that migrations and entities say the same.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::MetadataCommand;
use rapport_entities::*;
use rapport_tests::on_both;
use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic, Iterable, Statement};

/// Arrows (who may import whom), tests left out: nothing may import what is not listed here.
#[test]
fn arrows() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> = [
        (
            "rapport",
            vec![
                "rapport-jobs",
                "rapport-reports",
                "rapport-messages",
                "rapport-entities",
                "rapport-migration",
            ],
        ),
        (
            "rapport-jobs",
            vec!["rapport-entities", "rapport-statistics", "rapport-charts", "rapport-messages"],
        ),
        ("rapport-statistics", vec![]),
        ("rapport-charts", vec!["rapport-messages"]),
        ("rapport-reports", vec!["rapport-charts", "rapport-messages"]),
        ("rapport-messages", vec![]),
        ("rapport-entities", vec![]),
        ("rapport-migration", vec![]),
    ]
    .map(|(name, arrows)| (name, arrows.into_iter().collect()))
    .into();
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let names: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    for package in metadata.packages.iter().filter(|package| package.name.as_str() != "rapport-tests") {
        let ours: BTreeSet<&str> = package
            .dependencies
            .iter()
            .filter(|one| one.kind == cargo_metadata::DependencyKind::Normal && names.contains(&one.name))
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(ours, allowed[package.name.as_str()], "what {} imports of ours", package.name);
    }
}

/// Statistics do no I/O and read no clock: nothing they depend on can.
#[test]
fn statistics_depend_on_nothing_that_acts() {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let statistics =
        metadata.packages.iter().find(|package| package.name.as_str() == "rapport-statistics").unwrap();
    let normal =
        statistics.dependencies.iter().filter(|one| one.kind == cargo_metadata::DependencyKind::Normal);
    let names: BTreeSet<&str> = normal.map(|one| one.name.as_str()).collect();
    // rand_chacha gives the numbers that follow from a seed, and no others
    assert_eq!(names, BTreeSet::from(["libm", "rand_chacha", "statrs", "thiserror"]));
}

fn of_entity<E: EntityTrait>() -> (String, BTreeSet<String>) {
    let name = E::default().table_name().to_owned();
    (name, E::Column::iter().map(|column| format!("{} {}", column.as_str(), kind::<E>(&column))).collect())
}

/// A column's nullability, and the coarse kind of its type, as both databases can tell it.
fn kind<E: EntityTrait>(column: &E::Column) -> String {
    use sea_orm::{ColumnTrait, ColumnType};
    let definition = column.def();
    let kind = match definition.get_column_type() {
        ColumnType::BigInteger | ColumnType::Integer => "integer",
        ColumnType::Double | ColumnType::Float => "real",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Blob | ColumnType::VarBinary(_) | ColumnType::Binary(_) => "bytes",
        _ => "text",
    };
    format!("{kind}{}", if definition.is_null() { " null" } else { "" })
}

async fn of_database(database: &Database) -> BTreeMap<String, BTreeSet<String>> {
    let sqlite = connection::is_sqlite(database);
    let sql = if sqlite {
        "SELECT m.name AS t, c.name AS c, lower(c.type) AS k, c.\"notnull\" = 0 AS n FROM sqlite_master m \
         JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS k, is_nullable = 'YES' AS n \
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    };
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in database.query_all_raw(statement).await.unwrap() {
        let (table, column): (String, String) =
            (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
        let (kind, null): (String, bool) = (row.try_get("", "k").unwrap(), row.try_get("", "n").unwrap());
        let kind = match kind.as_str() {
            "bigint" | "integer" | "int" => "integer",
            "double" | "double precision" | "real" => "real",
            "boolean" => "boolean",
            "date" | "date_text" => "date",
            "blob" | "bytea" => "bytes",
            _ => "text",
        };
        let column = format!("{column} {kind}{}", if null { " null" } else { "" });
        tables.entry(table).or_default().insert(column);
    }
    // what the migrations themselves need
    tables.remove("seaql_migrations");
    tables.remove(rapport_migration::LEASE);
    tables
}

on_both!(
    /// Every table has the columns of its entity, of the same kind, and there is no other table; down leaves nothing.
    migrations_match_entities,
    |world| {
        macro_rules! entities { ($($table:ident),+ $(,)?) => { [$(of_entity::<$table::Entity>()),+] }; }
        let entities: BTreeMap<_, _> = entities!(
    alert, artifact, audit_event, care_contact, cohort, complaint, complaint_breach, complaint_event, composition, current_publication, curve_point, customer, customer_loss, customer_quarter, customer_segment, delivery, dimension, driver, effort, funnel_step, import_batch, job_attempt, job_run, action, action_effect, action_event, linkage, loss_flow, loss_reason, lost_customer, mode_effect, model_fit, parameter, path_estimate, period_inputs, publication, purchase, question, remark, response, score, playbook_card, prospect, prospect_conversion, prospect_grade, prospect_segment, theme,
            segment, session, survey, token, transition, unit_response, unit_score, winback_attempt,
        )
        .into();
        world.ok(&["migrate"]);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            use sea_orm_migration::MigratorTrait;
            let database = connect(&world.database(), false).await.unwrap();
            assert_eq!(of_database(&database).await, entities);
            rapport_migration::Migrator::down(&database, None).await.unwrap();
            assert_eq!(of_database(&database).await, BTreeMap::new());
            rapport_migration::Migrator::up(&database, None).await.unwrap();
            assert_eq!(of_database(&database).await, entities);
            database.close().await.unwrap();
        });
    }
);
