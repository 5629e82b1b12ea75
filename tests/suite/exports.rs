//! Saved queries as files: the same rows that GraphQL gives, to the last one, in formats that other programs read.

use std::collections::BTreeSet;

use calamine::{Data, Reader, Xlsx};
use rapport_tests::{Server, World, on_both, shop};
use serde_json::Value;

const CUSTOMERS: usize = 12_000;

/// A shop of so many customers that they take three pages, whose east has a name that a spreadsheet would run.
pub fn large(world: &World) {
    shop::write(world);
    let row = |number: usize| format!("L{number:05},客户 {number},{}\n", ["east", "west"][number % 2]);
    let people: String = (0..CUSTOMERS).map(row).collect();
    world.file("customers.csv", format!("code,name,region\n{people}"));
    let order = |number: usize| format!("O{number:05},L{number:05},2026-02-03,{}.50,1.25,1\n", number % 97);
    let orders: String = (0..CUSTOMERS).map(order).collect();
    world.file("orders.csv", format!("code,customer,at,amount,cost,quantity\n{orders}"));
    world.file("answers.csv", "code,customer,at,overall,again,recommend\n");
    world.file("shop.toml", shop::MAPPING.replace("East 华东", "=HYPERLINK(\\\"x\\\"), 华东"));
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

fn table(text: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text);
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    (header, reader.records().map(|one| row(one.unwrap())).collect())
}

fn is(head: &str, status: &str, media_type: &str) {
    let head = head.to_lowercase();
    assert!(head.starts_with(&format!("http/1.1 {status}")), "{head}");
    assert!(head.contains(&format!("content-type: {media_type}")), "{head}");
}

on_both!(
    /// Every row is there once and in order, whatever the size of a page; the sum is that of the orders.
    a_long_table_is_whole,
    |world| {
        large(world);
        let server = Server::start(world, &["--without-schedule"]);
        let (head, body) = server.get("/q/customers.csv?quarter=2026-Q1");
        is(&head, "200", "text/csv");
        assert!(head.to_lowercase().contains("filename=\"rapport-customers-2026-q1.csv\""), "{head}");
        let (header, rows) = table(&body);
        let column = |name: &str| header.iter().position(|known| known == name).unwrap();
        let codes: Vec<&String> = rows.iter().map(|row| &row[column("code")]).collect();
        assert_eq!((codes.len(), codes.iter().collect::<BTreeSet<_>>().len()), (CUSTOMERS, CUSTOMERS));
        assert!(codes.is_sorted());
        let cents = |text: &str| text.replace('.', "").parse::<usize>().unwrap();
        let sum: usize = rows.iter().map(|row| cents(&row[column("revenueDecimal")])).sum();
        assert_eq!(sum, (0..CUSTOMERS).map(|number| number % 97 * 100 + 50).sum::<usize>());
        // the same rows as JSON, and by the command
        let (head, json) = server.get("/q/customers.json?quarter=2026-Q1");
        is(&head, "200", "application/json");
        let json: Vec<Value> = serde_json::from_slice(&json).unwrap();
        assert_eq!(json.len(), CUSTOMERS);
        assert_eq!(json[7_000]["code"], *codes[7_000]);
        world.ok(&["export", "customers", "--set", "quarter=2026-Q1", "--out", "customers.out"]);
        assert_eq!(std::fs::read(world.folder().join("customers.out")).unwrap(), body);
    }
);

/// The fields of a type that a file shows: enums have twins of text.
fn fields(server: &Server, kind: &str) -> String {
    let query =
        format!("/graphql?query={{__type(name:%22{kind}%22){{fields{{name,type{{kind,ofType{{kind}}}}}}}}}}");
    let answer: Value = serde_json::from_slice(&server.get(&query).1).unwrap();
    let fields = answer["data"]["__type"]["fields"].as_array().unwrap();
    let shown = fields.iter().filter(|field| field["name"] != "id" && field["type"]["kind"] != "ENUM");
    shown.map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

on_both!(
    /// A table that is read as lines of text says, byte for byte, what its rows say as objects: of every column, to every
    /// reader, of every quarter and of one segment.
    lines_say_what_rows_say,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        world.file("rapport.toml", "queries = \"queries\"\n[serve]\nsaved_only = false\n");
        std::fs::create_dir(world.folder().join("queries")).unwrap();
        let server = Server::start(world, &["--without-schedule"]);
        let lists = [("customerRows", "CustomerRow"), ("purchaseRows", "PurchaseRow")];
        for (list, kind) in lists {
            let columns = fields(&server, kind);
            let variables = "($quarter: String, $segment: String)";
            let rows = format!("{list}(quarter: $quarter, segment: $segment)");
            let (lines, objects) = (format!("{list}-lines"), format!("{list}-objects"));
            world.file(&format!("queries/{lines}.graphql"), format!("query {variables} {{ {rows} {{ {columns} }} }}"));
            // a field that may be left out is not for lines
            let objects_of = format!("query {variables} {{ {rows} {{ {columns} @include(if: true) }} }}");
            world.file(&format!("queries/{objects}.graphql"), objects_of);
        }
        drop(server);
        let narrowed = ["token", "create", "east", "--role", "analyst", "--segment", "region=east"];
        let readers = [["token", "create", "all", "--role", "operator", "", ""], narrowed];
        let readers = readers.map(|line| world.ok(&line.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>()).out);
        let server = Server::start(world, &["--without-schedule"]);
        let mut lengths = Vec::new();
        for (list, _) in lists {
            for reader in &readers {
                for which in ["?quarter=2026-Q1", "?quarter=2026-Q1&segment=west", "?bom=1"] {
                    let bearer = format!("Bearer {}", reader.trim());
                    let [lines, objects] = ["lines", "objects"]
                        .map(|way| server.get_as(&format!("/q/{list}-{way}.csv{which}"), &bearer));
                    is(&lines.0, "200", "text/csv");
                    assert_eq!(
                        String::from_utf8(lines.1.clone()).unwrap(),
                        String::from_utf8(objects.1).unwrap(),
                        "{list}{which}"
                    );
                    lengths.push(table(&lines.1).1.len());
                }
            }
        }
        let [all, west, _, east, none, _] = lengths[..6] else { panic!("{lengths:?}") };
        assert_eq!((all, none), (west + east, 0), "{lengths:?}");
        assert!(west > 0 && east > 0, "{lengths:?}");
    }
);

on_both!(
    /// A file has a tag by which a client knows that it has it already, until the data change.
    a_file_is_not_sent_twice,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let server = Server::start(world, &["--without-schedule"]);
        for path in ["/q/customers.csv?quarter=2026-Q1", "/q/scores.json", "/q/board.xlsx?quarter=2026-Q1"] {
            let (head, _) = server.get(path);
            let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
            let ask = |path: &str| server.get_with(path, &format!("If-None-Match: {tag}"));
            let (head, body) = ask(path);
            assert!(head.starts_with("HTTP/1.1 304") && body.is_empty(), "{path}: {head}");
            let other = path.replace("2026-Q1", "2025-Q4").replace("scores.json", "scores.json?quarter=2026-Q1");
            assert!(ask(&other).0.starts_with("HTTP/1.1 200"), "{other}");
            shop::correct(world, path.len());
            world.ok(&["import", "shop.toml"]);
            assert!(ask(path).0.starts_with("HTTP/1.1 200"), "the data changed");
        }
    }
);

on_both!(
    /// CSV as RFC 4180 has it; what a spreadsheet would take for a formula is text; a byte order mark on request.
    csv_is_safe_and_plain,
    |world| {
        large(world);
        let named = world.ok(&["export", "segments"]).out;
        assert!(named.contains("east,\"'=HYPERLINK(\"\"x\"\"), 华东\"\r\n"), "{named}");
        assert!(named.starts_with("dimension,dimensionName,segment,segmentName\r\n"), "{named}");
        let marked = world.ok(&["export", "segments", "--bom"]).out;
        assert_eq!(marked, format!("\u{feff}{named}"));
        let rows = world.ok(&["export", "loyalty-types", "--set", "dimension=region"]).out;
        let (header, rows) = table(rows.as_bytes());
        assert_eq!((header.len(), rows.len()), (16, 10), "{rows:?}");
        // a number that is not known is an empty cell, never a word
        assert!(rows.iter().flatten().all(|cell| cell != "null"), "{rows:?}");
    }
);

on_both!(
    /// An export costs its reader what the query would; who has spent a minute's share waits.
    an_export_is_paid_for,
    |world| {
        large(world);
        world.file("rapport.toml", "[serve]\ncost_per_minute = 200000\n");
        let made = world.ok(&["token", "create", "reader", "--role", "analyst"]).out;
        let reader = format!("Bearer {}", made.trim());
        let server = Server::start(world, &["--without-schedule"]);
        let (head, body) = server.get_as("/q/customers.csv?quarter=2026-Q1", &reader);
        is(&head, "200", "text/csv");
        assert_eq!(table(&body).1.len(), CUSTOMERS, "what was begun is given whole");
        let (head, _) = server.get_as("/q/quarters.csv", &reader);
        assert!(head.starts_with("HTTP/1.1 429") && head.to_lowercase().contains("retry-after"), "{head}");
    }
);

on_both!(
    /// A workbook has a sheet for each table, with cells of their types.
    a_workbook_has_typed_cells,
    |world| {
        large(world);
        world.ok(&["export", "board", "--set", "quarter=2026-Q1", "--format", "xlsx", "--out", "board.xlsx"]);
        let mut book: Xlsx<_> = calamine::open_workbook(world.folder().join("board.xlsx")).unwrap();
        assert_eq!(book.sheet_names(), ["indexes", "types", "classes", "drivers", "movement"]);
        let types = book.worksheet_range("types").unwrap();
        let cells: Vec<&[Data]> = types.rows().collect();
        assert_eq!(cells[0][3], Data::String("typeCode".to_owned()));
        let customers: f64 = cells
            .iter()
            .filter(|row| row[1] == Data::String("all".to_owned()))
            .map(|row| if let Data::Float(number) = row[4] { number } else { panic!("{row:?}") })
            .sum();
        assert_eq!(customers, CUSTOMERS as f64);
        world.ok(&["export", "quarters", "--format", "xlsx", "--out", "quarters.xlsx"]);
        let mut book: Xlsx<_> = calamine::open_workbook(world.folder().join("quarters.xlsx")).unwrap();
        let quarters = book.worksheet_range("quarterRows").unwrap();
        let row = quarters.rows().nth(1).unwrap();
        assert!(matches!(row[1], Data::DateTime(day) if day.as_f64() == 46_023.0), "1 January 2026: {row:?}");
        assert!(matches!(row[4], Data::DateTime(moment) if moment.as_f64() > 46_023.0), "{row:?}");
        assert!(matches!(row[8], Data::Bool(false)), "{row:?}");
    }
);

on_both!(
    /// What is asked wrongly is refused in words, before anything is sent.
    refusals_say_what_there_is,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        world.file("rapport.toml", "queries = \"queries\"\n");
        std::fs::create_dir(world.folder().join("queries")).unwrap();
        world.file(
            "queries/first.graphql",
            "# The first customers.\nquery($first: Int!) { customers(first: $first) { nodes { code } } }",
        );
        let server = Server::start(world, &["--without-schedule"]);
        let (_, list) = server.get("/q");
        let list: Vec<Value> = serde_json::from_slice(&list).unwrap();
        let own = list.iter().find(|one| one["name"] == "first").unwrap();
        assert_eq!((&own["about"], &own["variables"][0]["type"]), (&"The first customers.".into(), &"Int!".into()));
        assert!(list.len() > 12);
        assert_eq!(server.get("/q/first.csv?first=3").1, b"code\r\nC01\r\nC02\r\nC03\r\n");
        for (path, status, words) in [
            ("/q/first.csv", "400", "`first` is missing; it is Int!"),
            ("/q/first.csv?first=many", "400", "it must be a whole number"),
            ("/q/first.csv?first=1&last=2", "400", "there is no variable `last`; there are: first"),
            ("/q/first.csv?first=-1", "400", "first is -1; it must be 0 to 10000"),
            ("/q/first.csv?first=1&first=2", "400", "given twice"),
            ("/q/none.csv", "404", "there is no saved query `none`; there are action-effects,"),
            ("/q/first.pdf?first=1", "404", "there are json, csv and xlsx"),
            ("/q/first", "404", "names no format"),
            ("/q/board.csv?quarter=2026-Q1", "400", "name one of indexes, types, classes, drivers, movement"),
            ("/q/board.csv?quarter=2026-Q1&table=no", "404", "board has no table `no`"),
            ("/q/scores.csv?quarter=soon", "400", "2026-Q3"),
        ] {
            let (head, body) = server.get(path);
            let text = String::from_utf8_lossy(&body);
            assert!(head.starts_with(&format!("HTTP/1.1 {status}")) && text.contains(words), "{path}: {head} {text}");
        }
        assert!(server.get("/q/board.csv?quarter=2026-Q1&table=types").1.starts_with(b"quarter,dimension,"));
        for (text, words) in [
            ("{ customers { nodes { nothing } } }", "1:23"),
            ("{ customers { nodes { segments { code } } } }", "is a list"),
            ("mutation { runJob(job: \"prune\") { period } }", "only queries"),
            ("{ a", "cannot be used"),
        ] {
            world.file("queries/first.graphql", text);
            let refused = world.run(&["export"]);
            assert_eq!(refused.code, 2, "{text}");
            assert!(refused.err.contains("`first`") && refused.err.contains(words), "{text}: {}", refused.err);
        }
    }
);
