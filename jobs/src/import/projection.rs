//! A SELECT that only names columns of one file needs no database: its rows are the file's records.
//!
//! Whether a SELECT is one, SQLite itself says: its program for it is then nothing but a loop over one table. The
//! library is bundled, so its opcodes are those of one release; whatever is not recognised is run the ordinary way.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::row::Value;

/// Where a column of a SELECT comes from.
#[derive(Debug, PartialEq)]
pub enum Origin {
    /// The record's line.
    Line,
    /// A cell of the record, by its place.
    Cell(usize),
    /// The same for all.
    Constant(Value),
}

/// What a SELECT reads.
#[derive(Debug, PartialEq)]
pub struct Reads {
    /// The root pages of the tables it opens.
    pub tables: Vec<i64>,
    /// Column by column, if it only names columns of one table, whose first column is `_line`.
    pub projection: Option<Vec<Origin>>,
}

/// A step of SQLite's program.
struct Step {
    opcode: String,
    first: i64,
    second: i64,
    third: i64,
    text: Option<String>,
}

impl Reads {
    /// Of a SELECT that can be prepared.
    pub fn of(connection: &Connection, select: &str) -> rusqlite::Result<Self> {
        let mut explain = connection.prepare(&format!("EXPLAIN {select}"))?;
        let steps = explain.query_map([], |row| {
            Ok(Step {
                opcode: row.get("opcode")?,
                first: row.get("p1")?,
                second: row.get("p2")?,
                third: row.get("p3")?,
                // the text of a constant; other kinds of operand are of no interest
                text: row.get("p4").ok(),
            })
        })?;
        let steps: Vec<Step> = steps.collect::<Result<_, _>>()?;
        let opened = steps.iter().filter(|step| step.opcode == "OpenRead");
        let tables: Vec<i64> = opened.map(|step| step.second).collect();
        let projection = if tables.len() == 1 { projection(&steps) } else { None };
        Ok(Self { tables, projection })
    }
}

/// Register by register, the SELECT's row.
fn projection(steps: &[Step]) -> Option<Vec<Origin>> {
    let mut registers: BTreeMap<i64, Origin> = BTreeMap::new();
    let mut row = None;
    for step in steps {
        match step.opcode.as_str() {
            "Init" | "OpenRead" | "Rewind" | "Next" | "Halt" | "Transaction" | "Goto" => {}
            "Rowid" => drop(registers.insert(step.second, Origin::Line)),
            "Column" => {
                let cell = usize::try_from(step.second - 1).ok()?;
                registers.insert(step.third, Origin::Cell(cell));
            }
            "String8" => {
                let text = step.text.clone()?;
                registers.insert(step.second, Origin::Constant(Value::Text(text)));
            }
            "Integer" => {
                // a small integer of the SELECT's own text
                let number = step.first as f64;
                registers.insert(step.second, Origin::Constant(Value::Number(number)));
            }
            "ResultRow" if row.is_none() => row = Some(step.first..step.first + step.second),
            _ => return None,
        }
    }
    row?.map(|register| registers.remove(&register)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn reads(select: &str) -> Reads {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE one (_line INTEGER PRIMARY KEY, code TEXT, at TEXT, amount TEXT); \
                 CREATE TABLE other (_line INTEGER PRIMARY KEY, code TEXT);",
            )
            .unwrap();
        Reads::of(&connection, select).unwrap()
    }

    #[test]
    fn columns_and_constants_are_a_projection() {
        let text = |text: &str| Origin::Constant(Value::Text(text.to_owned()));
        assert_eq!(
            reads("SELECT o.at AS moment, _line, 'web' AS source, CODE, 2 AS quantity FROM one o;")
                .projection,
            Some(vec![
                Origin::Cell(1),
                Origin::Line,
                text("web"),
                Origin::Cell(0),
                Origin::Constant(Value::Number(2.0))
            ])
        );
        assert_eq!(
            reads("SELECT * FROM one").projection,
            Some(vec![Origin::Line, Origin::Cell(0), Origin::Cell(1), Origin::Cell(2)])
        );
    }

    #[test]
    fn whatever_computes_chooses_orders_or_joins_is_none() {
        for select in [
            "SELECT _line, code || 'x' AS code FROM one",
            "SELECT _line, 'a' || 'b' AS code FROM one",
            "SELECT _line, CAST(amount AS REAL) AS amount FROM one",
            "SELECT _line, coalesce(code, at) AS code FROM one",
            "SELECT _line, -2 AS amount FROM one",
            "SELECT _line, NULL AS code FROM one",
            "SELECT _line, code FROM one WHERE at > '2026'",
            "SELECT _line, code FROM one WHERE 1 = 0",
            "SELECT _line, code FROM one ORDER BY at",
            "SELECT _line, code FROM one ORDER BY _line DESC",
            "SELECT DISTINCT code FROM one",
            "SELECT code FROM one GROUP BY code",
            "SELECT count(*) AS code FROM one",
            "SELECT _line, code FROM one LIMIT 3",
            "SELECT _line, code FROM one LIMIT 3 OFFSET 1",
            "SELECT a.code FROM one a, other b",
            "SELECT code FROM one UNION ALL SELECT code FROM other",
            "SELECT code, row_number() OVER () AS at FROM one",
            "SELECT code FROM one WHERE code IN (SELECT code FROM other)",
            "SELECT 'a' AS code",
            "WITH few AS (SELECT code FROM one LIMIT 2) SELECT code FROM few",
        ] {
            let reads = reads(select);
            // a minus sign is folded into the constant, which is right
            let folded = Some(vec![Origin::Line, Origin::Constant(Value::Number(-2.0))]);
            assert!(reads.projection.is_none() || reads.projection == folded, "{select}: {reads:?}");
        }
    }

    #[test]
    fn every_table_opened_is_known() {
        let tables = |select: &str| reads(select).tables.len();
        assert_eq!(tables("SELECT a.code FROM one a JOIN other b ON a.code = b.code"), 2);
        assert_eq!(tables("SELECT code FROM one WHERE EXISTS (SELECT 1 FROM other)"), 2);
        assert_eq!(tables("SELECT count(*) AS code FROM one"), 1);
    }
}
