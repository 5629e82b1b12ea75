//! The words the migrations are written in: a table's columns, key, index and reference, alike on both databases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Creates a table. On PostgreSQL text sorts by its code points, as it does on SQLite: the same query gives the same
/// order on both.
pub async fn create<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
) -> Result<(), DbErr> {
    manager.create_table(table(manager, name, key, columns)).await
}

/// The same, of rows that must be so.
pub async fn create_checked<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
    check: String,
) -> Result<(), DbErr> {
    let mut table = table(manager, name, key, columns);
    table.check(Expr::cust(check));
    manager.create_table(table).await
}

/// Creates a table whose rows belong to a customer and go with it.
pub async fn create_of_customer<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
) -> Result<(), DbErr> {
    manager.create_table(of_customer(manager, name, key, columns)).await
}

/// The same, of rows that must be so.
pub async fn create_of_customer_checked<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
    check: String,
) -> Result<(), DbErr> {
    let mut table = of_customer(manager, name, key, columns);
    table.check(Expr::cust(check));
    manager.create_table(table).await
}

/// Creates an index of the rows that meet a condition.
pub async fn index_where(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    condition: &'static str,
) -> Result<(), DbErr> {
    manager.create_index(index_on(table, columns).cond_where(Expr::cust(condition)).to_owned()).await
}

/// Creates a unique index of the rows that meet a condition.
pub async fn unique_where(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    condition: &'static str,
) -> Result<(), DbErr> {
    let mut index = index_on(table, columns);
    manager.create_index(index.unique().cond_where(Expr::cust(condition)).to_owned()).await
}

/// Creates a table of customers' rows that are read customer by customer: on SQLite the key is the table, so that a
/// customer's rows lie side by side and are written once.
pub async fn create_by_customer<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
) -> Result<(), DbErr> {
    let mut table = of_customer(manager, name, key, columns);
    if manager.get_database_backend() == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    manager.create_table(table).await
}

fn of_customer<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
) -> TableCreateStatement {
    let mut table = table(manager, name, key, columns);
    table.foreign_key(
        ForeignKey::create()
            .from(name, "customer_id")
            .to("customer", "customer_id")
            .on_delete(ForeignKeyAction::Cascade),
    );
    table
}

fn table<const N: usize>(
    manager: &SchemaManager<'_>,
    name: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; N],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for mut column in columns {
        let text = matches!(column.get_column_type(), Some(ColumnType::Text));
        if text && manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        table.col(column);
    }
    let mut primary = Index::create();
    for column in key {
        primary.col(*column);
    }
    table.primary_key(&mut primary);
    table
}

/// Adds a column that may be empty; text sorts by its code points, as where tables are created.
pub async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    let mut column = optional(column);
    let is_text = matches!(column.get_column_type(), Some(ColumnType::Text));
    if is_text && manager.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await
}

/// Creates an index named after what it orders.
pub async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(index_on(table, columns)).await
}

/// Creates a unique index.
pub async fn unique(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(index_on(table, columns).unique().to_owned()).await
}

fn index_on(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// Text.
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

/// A 64-bit integer: keys, moments in milliseconds, money in minor units.
pub fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

/// A 32-bit integer.
pub fn int(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

/// A double.
pub fn real(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).double().not_null().to_owned()
}

/// True or false.
pub fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().to_owned()
}

/// A day.
pub fn day(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().to_owned()
}

/// Bytes.
pub fn blob(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().to_owned()
}

/// The column may be empty.
pub fn optional(column: ColumnDef) -> ColumnDef {
    let mut column = column;
    column.null().to_owned()
}
