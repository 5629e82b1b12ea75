//! The care list: who manages a customer's account, what is at risk, why somebody is to be called, and the contacts made.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table::{add, big, create_of_customer_checked, index, index_where, optional, real, text};

/// Adds and drops them.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns that customers' results get.
const RESULTS: [&str; 3] = ["value_at_risk", "risk_basis", "care"];
/// What the list needs of them.
const LIST: [&str; 4] = ["set_id", "value_at_risk", "care", "customer_id"];
/// What came of a contact: a promise is due at a time.
const OUTCOMES: &str = "outcome IN ('reached', 'not_reached', 'promised', 'kept', 'lost') AND trim(who) <> '' AND \
                        (outcome <> 'promised' OR next_at IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "customer", text("manager")).await?;
        add(manager, "customer_quarter", real(RESULTS[0])).await?;
        add(manager, "customer_quarter", text(RESULTS[1])).await?;
        add(manager, "customer_quarter", text(RESULTS[2])).await?;
        // the list is read and counted off it, in its order, without a look at the rows that are not shown
        index(manager, "customer_quarter", &LIST).await?;
        care_contact(manager).await?;
        index_where(manager, "complaint_event", &["due_at"], "kind = 'promise'").await?;
        index_where(manager, "care_contact", &["next_at"], "outcome = 'promised'").await?;
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
        let drop = |name: &'static str, table: &'static str| Index::drop().name(name).table(table).to_owned();
        manager.drop_index(drop("complaint_event_by_due_at", "complaint_event")).await?;
        manager.drop_table(Table::drop().table("care_contact").to_owned()).await?;
        let name = format!("customer_quarter_by_{}", LIST.join("_"));
        manager.drop_index(Index::drop().name(name).table("customer_quarter").to_owned()).await?;
        for (table, column) in RESULTS.map(|column| ("customer_quarter", column)).into_iter().rev() {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("customer").drop_column("manager").to_owned()).await
    }
}

async fn care_contact(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_of_customer_checked(
        manager,
        "care_contact",
        &["customer_id", "code"],
        [
            big("customer_id"),
            text("code"),
            big("at"),
            text("who"),
            optional(text("channel")),
            text("outcome"),
            optional(text("note")),
            optional(big("next_at")),
        ],
        OUTCOMES.to_owned(),
    )
    .await?;
    // a customer's last contact is found at once
    index(manager, "care_contact", &["customer_id", "at", "code"]).await?;
    index(manager, "care_contact", &["at"]).await
}

/// For tools that read the database itself: the lines of the newest revisions by what they stored, and contacts; without
/// free text and who made them.
fn views(backend: DbBackend) -> [(&'static str, String); 2] {
    let moment = |column: &str| match backend {
        DbBackend::Sqlite => format!("strftime('%Y-%m-%dT%H:%M:%SZ', {column} / 1000, 'unixepoch')"),
        _ => format!("to_timestamp({column} / 1000.0)"),
    };
    let (at, next) = (moment("t.at"), moment("t.next_at"));
    let lines = "SELECT p.quarter, p.quarter_start, p.revision, \
                 CASE WHEN p.provisional THEN 'PROVISIONAL' ELSE 'FINAL' END AS status, u.code, u.manager, \
                 t.value_at_risk, upper(t.risk_basis) AS basis_code, upper(t.care) AS reason_codes, \
                 upper(t.loyalty_type) AS type_code, upper(t.value_class) AS class_code, t.satisfaction, t.p_alive, \
                 t.lifetime_value, p.currency FROM current_publication c JOIN publication p \
                 ON p.job = c.job AND p.quarter = c.quarter AND p.revision = c.revision \
                 JOIN customer_quarter t ON t.set_id = c.set_id JOIN customer u ON u.customer_id = t.customer_id \
                 WHERE t.care <> ''";
    let contacts = format!(
        "SELECT t.code, u.code AS customer, {at} AS at, t.channel, upper(t.outcome) AS outcome_code, {next} AS next_at \
         FROM care_contact t JOIN customer u ON u.customer_id = t.customer_id"
    );
    [("care_row", lines.to_owned()), ("care_contact_row", contacts)]
}
