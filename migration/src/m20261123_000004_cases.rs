//! What a case has come to in time: a close needs the events only of cases that went on after its quarter or came again.

use sea_orm_migration::prelude::*;

use crate::table::{big, optional};

/// Adds and drops it.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns, each with its first value by the events.
const MOMENTS: [(&str, &str); 4] = [
    ("last_event_at", "SELECT MAX(at)"),
    (
        "taken_up_at",
        "SELECT MIN(CASE WHEN kind IN ('acknowledged', 'in_work', 'resolved', 'confirmed_satisfied', \
         'confirmed_dissatisfied', 'closed', 'reopened', 'listened', 'apologised', 'restated', 'empathised', \
         'compensated', 'made_sure', 'promise') THEN at END)",
    ),
    ("first_resolved_at", "SELECT MIN(CASE WHEN kind = 'resolved' AND sequence > 0 THEN at END)"),
    (
        "confirmed_at",
        "SELECT MAX(CASE WHEN kind IN ('confirmed_satisfied', 'confirmed_dissatisfied') AND sequence > 0 THEN at END)",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (moment, _) in MOMENTS {
            let mut column = optional(big(moment));
            manager.alter_table(Table::alter().table("complaint").add_column(&mut column).to_owned()).await?;
        }
        let told: Vec<String> = MOMENTS
            .iter()
            .map(|(moment, first)| {
                format!(
                    "{moment} = ({first} FROM complaint_event e WHERE e.customer_id = complaint.customer_id \
                     AND e.source = complaint.source AND e.complaint = complaint.code)"
                )
            })
            .collect();
        let sql = format!("UPDATE complaint SET {}", told.join(", "));
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (moment, _) in MOMENTS {
            let alter = Table::alter().table("complaint").drop_column(moment).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
