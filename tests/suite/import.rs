//! Import: whatever the export looks like, its rows arrive once, and the report says what became of them.

use std::{io::Write, process::Stdio, time::Duration};

use flate2::{Compression, write::GzEncoder};
use rapport_tests::{Backend, World, on_both, shop};

/// Created, updated, unchanged, rejected of an entity, as the report says.
fn tally(report: &str, entity: &str) -> [u64; 4] {
    let line = report.lines().find(|line| line.split_whitespace().next() == Some(entity)).unwrap();
    let numbers: Vec<u64> = line.split_whitespace().skip(1).map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

on_both!(
    /// The key decides: created at first, unchanged again, updated where a row differs.
    the_key_decides,
    |world| {
        shop::write(world);
        let first = world.ok(&["import", "shop.toml"]).out;
        assert_eq!(tally(&first, "customer"), [40, 0, 0, 0]);
        assert_eq!(tally(&first, "response"), [40, 0, 0, 0]);
        assert_eq!(tally(&first, "purchase"), [40, 0, 0, 0]);
        let again = world.ok(&["import", "shop.toml"]).out;
        assert_eq!(tally(&again, "customer"), [0, 0, 40, 0]);
        assert_eq!(tally(&again, "purchase"), [0, 0, 40, 0]);
        world.file("orders.csv", shop::orders().replace("O07b,C07,2026-03-10,100.00", "O07b,C07,2026-03-10,120.00"));
        world.file("customers.csv", shop::customers().replace("C03,客户 3,west", "C03,客户 3,east"));
        let corrected = world.ok(&["import", "shop.toml"]).out;
        assert_eq!(tally(&corrected, "customer"), [0, 1, 39, 0]);
        assert_eq!(tally(&corrected, "purchase"), [0, 1, 39, 0]);
    }
);

/// What one export looks like and another: compressed, with a byte order mark, with semicolons, tabs, line breaks in
/// quotes, in the encodings of Chinese systems.
#[test]
fn formats() {
    let text = shop::answers();
    let semicolons = text.replace(',', ";");
    let tabs = text.replace(',', "\t");
    let quoted = text.replace("R05,", "\"R05\",").replace("2026-02-15 10:00:00", "\"2026-02-15\n10:00:00\"");
    let with_mark = format!("\u{feff}{text}");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let files: [(&str, Vec<u8>); 6] = [
        ("semicolons", semicolons.into()),
        ("tabs", tabs.into()),
        ("a line break in quotes", quoted.into()),
        ("a byte order mark", with_mark.into()),
        ("gzip", gzip.finish().unwrap()),
        ("UTF-16", utf16),
    ];
    for (what, bytes) in files {
        let world = World::new(Backend::Sqlite).unwrap();
        shop::write(&world);
        world.file("answers.csv", bytes);
        let select = "replace(at, char(10), ' ') AS at";
        world.file(
            "shop.toml",
            shop::MAPPING.replace("customer, at, overall", &format!("customer, {select}, overall")),
        );
        let report = world.ok(&["import", "shop.toml"]).out;
        assert_eq!(tally(&report, "response"), [40, 0, 0, 0], "{what}");
    }
}

/// GB 18030 is read where the mapping says so.
#[test]
fn gb18030() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    let (bytes, _, lossy) = encoding_rs::GB18030.encode("code,name,region\nC01,欧阳喆,華東㐀\n");
    assert!(!lossy);
    world.file("customers.csv", bytes);
    world.file("answers.csv", "code,customer,at,overall,again,recommend\n");
    world.file("orders.csv", "code,customer,at,amount,cost,quantity\n");
    let encoded = r#"customers = { path = "customers.csv", encoding = "gb18030" }"#;
    world.file("shop.toml", shop::MAPPING.replace(r#"customers = "customers.csv""#, encoded));
    world.ok(&["import", "shop.toml"]);
    let segments = world.rows("{ segmentRows { segment } }");
    assert!(segments.iter().any(|row| row["segment"] == "華東㐀"), "{segments:?}");
}

/// "Not applicable" is a missing value, not a low score: the base shrinks, the mean does not fall.
#[test]
fn not_applicable_is_missing() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    // customer 10 answered 10 and customer 20 answered 10
    let text = shop::answers().replace("R10,C10,2026-02-15 10:00:00,10", "R10,C10,2026-02-15 10:00:00,98");
    world.file("answers.csv", text.replace("R20,C20,2026-02-15 10:00:00,10", "R20,C20,2026-02-15 10:00:00,"));
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
    let rows = world.rows("{ scoreRows(metric: \"CSAT\", dimension: \"all\") { value n } }");
    assert_eq!(rows[0]["n"], 38);
    // the 38 answers left: four of each of 1…9 and two of 10
    let mean = (4.0 * 45.0 + 20.0) / 38.0;
    assert!((rows[0]["value"].as_f64().unwrap() - (mean - 1.0) / 9.0 * 100.0).abs() < 1e-9);
}

/// A purchase at 23:30 on 30 September in Shanghai belongs to the quarter it is in there, written either way.
#[test]
fn a_quarter_is_cut_where_the_company_is() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    world.file("rapport.toml", "[calendar]\nzone = \"Asia/Shanghai\"\n");
    world.file("answers.csv", "code,customer,at,overall,again,recommend\n");
    let orders = "code,customer,at,amount,cost,quantity\n\
                  a,C01,2025-09-30 23:30:00,10,,1\nb,C02,2025-09-30T15:30:00Z,10,,1\nc,C03,2025-10-01 00:10:00,10,,1\n";
    world.file("orders.csv", orders);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close"]);
    let rows = world.rows("{ customerRows(limit: 100) { quarter code purchases } }");
    let bought = |quarter: &str| {
        let mut codes: Vec<&str> = rows
            .iter()
            .filter(|row| row["quarter"] == quarter && row["purchases"] == 1)
            .map(|row| row["code"].as_str().unwrap())
            .collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(bought("2025-Q3"), ["C01", "C02"]);
    assert_eq!(bought("2025-Q4"), ["C03"]);
}

/// Enough that loading takes several transactions, so that the kill falls between two.
const ROWS: u32 = 60_000;

on_both!(
    /// An import that is killed keeps the quarter from closing; the next one finishes it, and nothing is lost.
    a_killed_import_is_never_half_used,
    |world| {
        shop::write(world);
        let many: String = (0..ROWS)
            .map(|row| format!("M{row},C{:02},2026-01-{:02},1.00,0.50,1\n", row % 40 + 1, row % 28 + 1))
            .collect();
        world.file("orders.csv", format!("code,customer,at,amount,cost,quantity\n{many}"));
        world.ok(&["migrate"]);
        let mut child =
            world.command(&["import", "shop.toml"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // until the gate is open: the first orders are being written
        let open = || world.run(&["close", "--quarter", "2026-Q1"]);
        let mut refused = false;
        for _ in 0..400 {
            std::thread::sleep(Duration::from_millis(5));
            let ran = open();
            if ran.err.contains("import of 2026-Q1 is open") {
                refused = true;
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(refused, "a quarter does not close over an open import");
        assert!(open().err.contains("run it again"), "nor over one that died");
        let report = world.ok(&["import", "shop.toml"]).out;
        let [created, updated, unchanged, rejected] = tally(&report, "purchase");
        assert_eq!((created + unchanged, updated, rejected), (u64::from(ROWS), 0, 0));
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let rows = world.rows("{ customerRows(quarter: \"2026-Q1\", limit: 100) { purchases } }");
        let purchases: i64 = rows.iter().map(|row| row["purchases"].as_i64().unwrap()).sum();
        assert_eq!(purchases, i64::from(ROWS));
    }
);
