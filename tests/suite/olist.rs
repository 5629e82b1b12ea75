//! Olist: nine quarters of real orders and reviews. The totals equal what plain SQL over the same files gives, and a
//! second import changes nothing.

use std::{collections::BTreeMap, io::Read, path::PathBuf};

use flate2::read::GzDecoder;
use rapport_tests::{World, on_both, shared};
use rusqlite::Connection;
use serde_json::Value;

const FILES: [&str; 4] = ["orders", "customers", "items", "reviews"];

fn files() -> Option<Vec<(&'static str, PathBuf)>> {
    let sample = shared("olist/sample_b")?;
    Some(FILES.map(|name| (name, sample.join(format!("{name}.csv.gz")))).into())
}

fn imported(world: &World) -> Option<()> {
    world.file("rapport.toml", "[calendar]\nzone = \"America/Sao_Paulo\"\n");
    world.import("olist.toml", &files()?);
    Some(())
}

/// The files as plain tables of text, loaded by nothing of ours.
fn plain() -> Option<Connection> {
    let connection = Connection::open_in_memory().unwrap();
    for (name, path) in files()? {
        let mut text = String::new();
        GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().unwrap().iter().collect::<Vec<_>>().join(", ");
        connection.execute_batch(&format!("CREATE TABLE {name} ({columns})")).unwrap();
        let marks = vec!["?"; columns.split(", ").count()].join(", ");
        let mut insert = connection.prepare(&format!("INSERT INTO {name} VALUES ({marks})")).unwrap();
        for record in reader.records() {
            insert.execute(rusqlite::params_from_iter(record.unwrap().iter())).unwrap();
        }
    }
    Some(connection)
}

const QUARTER: &str = "substr(AT, 1, 4) || '-Q' || ((CAST(substr(AT, 6, 2) AS INTEGER) + 2) / 3)";

fn by_quarter(connection: &Connection, sql: &str) -> BTreeMap<String, (i64, f64)> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Orders and their money by quarter, of orders that reached their customer.
fn orders(connection: &Connection) -> BTreeMap<String, (i64, f64)> {
    let quarter = QUARTER.replace("AT", "o.order_purchase_timestamp");
    by_quarter(
        connection,
        &format!(
            "SELECT {quarter}, COUNT(DISTINCT o.order_id), SUM(i.price) FROM orders o JOIN items i USING (order_id) \
             WHERE o.order_status NOT IN ('canceled', 'unavailable') GROUP BY 1"
        ),
    )
}

/// Reviews and their mean on 0–100 by quarter.
fn reviews(connection: &Connection) -> BTreeMap<String, (i64, f64)> {
    let quarter = QUARTER.replace("AT", "review_answer_timestamp");
    by_quarter(
        connection,
        &format!(
            "SELECT {quarter}, COUNT(*), AVG((review_score - 1) * 25.0) FROM (SELECT DISTINCT * FROM reviews) GROUP BY 1"
        ),
    )
}

on_both!(
    /// Revenue, orders, reviews and their mean of every quarter.
    totals_equal_plain_sql,
    |world| {
        let Some(()) = imported(world) else { return };
        world.ok(&["close"]);
        let plain = plain().unwrap();
        let mut revenue: BTreeMap<String, (i64, f64)> = BTreeMap::new();
        for quarter in world.rows("{ quarterRows { quarter } }") {
            let quarter = quarter["quarter"].as_str().unwrap();
            let query = format!("{{ customerRows(quarter: \"{quarter}\", limit: 10000) {{ purchases revenue }} }}");
            let totals = revenue.entry(quarter.to_owned()).or_default();
            for row in world.rows(&query) {
                totals.0 += row["purchases"].as_i64().unwrap();
                totals.1 += row["revenue"].as_f64().unwrap();
            }
        }
        let orders = orders(&plain);
        assert!(orders.len() >= 9);
        for (quarter, (count, money)) in &orders {
            let (purchases, revenue) = revenue[quarter];
            assert_eq!(purchases, *count, "{quarter}");
            assert!((revenue - money).abs() < 0.005, "{quarter}: {revenue} is not {money}");
        }
        let scores = world.rows(
            "{ scoreRows(metric: \"CSAT\", dimension: \"all\", limit: 10000) { quarter value n suppressed } }",
        );
        let reviews = reviews(&plain);
        for row in &scores {
            let (n, mean) = reviews[row["quarter"].as_str().unwrap()];
            assert_eq!(row["n"], n, "{row}");
            assert_eq!(row["suppressed"], n < 30, "{row}");
            if n >= 30 {
                assert!((row["value"].as_f64().unwrap() - mean).abs() < 1e-9, "{row} is not {mean}");
            }
        }
        assert_eq!(scores.len(), reviews.len(), "every quarter with a review has its row");
    }
);

on_both!(
    /// Behaviour is repeat purchase: who ordered twice in four quarters, the last time in the last two, stays.
    staying_is_repeat_purchase,
    |world| {
        let Some(()) = imported(world) else { return };
        world.ok(&["close", "--quarter", "2018-Q2"]);
        let sql = "SELECT COUNT(*) FROM (SELECT c.customer_unique_id FROM orders o \
                   JOIN customers c USING (customer_id) WHERE o.order_status NOT IN ('canceled', 'unavailable') \
                   AND EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.order_id) \
                   AND o.order_purchase_timestamp >= '2017-07-01' AND o.order_purchase_timestamp < '2018-07-01' \
                   GROUP BY 1 HAVING COUNT(*) >= 2 AND MAX(o.order_purchase_timestamp) >= '2018-01-01')";
        let expected: i64 = plain().unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
        let rows = world.rows("{ customerRows(quarter: \"2018-Q2\", limit: 10000) { staying typeCode } }");
        let staying = rows.iter().filter(|row| row["staying"] == true).count();
        assert_eq!(staying as i64, expected);
        assert!(expected > 0);
    }
);

on_both!(
    /// The second import reports every row unchanged, and no quarter is closed again.
    a_second_import_changes_nothing,
    |world| {
        let Some(()) = imported(world) else { return };
        world.ok(&["close"]);
        let before = world.answer("{ quarterRows { quarter revision inputsVersion digest } }");
        let report = world.import("olist.toml", &files().unwrap()).out;
        for line in report.lines().filter(|line| line.contains("purchase") || line.contains("response")) {
            let numbers: Vec<&str> = line.split_whitespace().skip(1).collect();
            assert_eq!((numbers[0], numbers[1], numbers[3]), ("0", "0", "0"), "created, updated, rejected: {line}");
        }
        world.ok(&["close"]);
        assert_eq!(world.answer("{ quarterRows { quarter revision inputsVersion digest } }"), before);
    }
);

/// Two databases with the same inputs the same digests: the same input, the same bits.
#[test]
fn the_same_inputs_give_the_same_digests() {
    let digests: Vec<Option<Vec<Value>>> = (0..2)
        .map(|_| {
            let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
            imported(&world)?;
            world.ok(&["close"]);
            Some(world.rows("{ quarterRows { quarter digest } }"))
        })
        .collect();
    assert_eq!(digests[0], digests[1]);
}
