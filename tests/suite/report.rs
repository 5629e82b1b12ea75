//! The report of a quarter: document, workbook and archive say what GraphQL says, of one revision, to each reader what is
//! theirs, whatever names a company gives.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use calamine::{Data, Reader, Xlsx};
use rapport_tests::{Server, World, on_both, shop};
use serde_json::Value;

const QUARTER: &str = "2026-Q2";
/// A report takes a busy machine long, of a build that is not optimised.
const PATIENCE: &str = "[serve]\ntimeout = 120\n";

/// The cells of each sheet, in order.
fn sheets(book: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
    names.into_iter().map(|name| (name.clone(), rows(book.worksheet_range(&name).unwrap()))).collect()
}

fn sheet<'a>(sheets: &'a [(String, Vec<Vec<Data>>)], name: &str) -> &'a [Vec<Data>] {
    let names: Vec<_> = sheets.iter().map(|(name, _)| name).collect();
    &sheets.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name} is not in {names:?}")).1
}

/// The files of an archive.
fn files(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let places = 0..archive.len();
    let file = |place| {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    places.map(file).collect()
}

/// The text of a document, without what breaks its lines.
fn text(document: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(document).unwrap();
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without spaces: a reader of documents guesses them between Chinese signs.
fn close(text: &str) -> String {
    text.split_whitespace().collect()
}

fn made(world: &World, file: &str, options: &[&str]) -> Vec<u8> {
    world.ok(&[&["report", "--quarter", QUARTER, "--out", file], options].concat());
    std::fs::read(world.folder().join(file)).unwrap()
}

fn got(server: &Server, path: &str, reader: &str) -> Vec<u8> {
    let (head, body) = server.get_as(path, reader);
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head} {}", String::from_utf8_lossy(&body));
    body
}

/// A stored number: the cell has all of its digits.
fn is(cell: &Data, stored: &Value, what: &str) {
    match stored.as_f64() {
        Some(number) => assert_eq!(*cell, Data::Float(number), "{what}"),
        None => assert_eq!(*cell, Data::Empty, "{what}"),
    }
}

fn scores(world: &World, place: (&str, &str), locale: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ scoreRows(quarter: \"{QUARTER}\", dimension: \"{}\", segment: \"{}\", limit: 1000) {{ \
         metricCode metricLabel(locale: {locale}) value lower upper change changeSignificant changeYear n suppressed }} }}",
        place.0, place.1
    ))
}

/// Every metric is in its row, with its interval, changes and base.
fn metrics_are_the_scores(rows: &[Vec<Data>], scores: &[Value], yes: &str) {
    assert_eq!(rows.iter().skip(1).take_while(|row| row[1] != Data::Empty).count(), scores.len());
    for score in scores {
        let name = score["metricLabel"].as_str().unwrap();
        let row = rows.iter().find(|row| row[0] == name);
        let row = row.unwrap_or_else(|| panic!("{name} is not in the workbook"));
        is(&row[8], &score["n"], name);
        if score["suppressed"] == true {
            assert!(matches!(row[1], Data::String(_)) && row[2..8].iter().all(|cell| *cell == Data::Empty));
            continue;
        }
        for (cell, field) in [(1, "value"), (2, "lower"), (3, "upper"), (4, "change"), (6, "changeYear")] {
            is(&row[cell], &score[field], name);
        }
        assert_eq!(row[5] == yes, score["changeSignificant"] == true, "{name}");
    }
}

/// Sheets, document and archive of a place in a language are of the rows that GraphQL gives.
fn report_is_the_answers(world: &World, server: &Server, place: Option<(&str, &str)>, english: bool) {
    let (dimension, segment) = place.unwrap_or(("all", "all"));
    let pick = |en: &'static str, zh: &'static str| if english { en } else { zh };
    let of = place.map_or_else(String::new, |_| format!("&segment={dimension}:{segment}"));
    let path = |ending: &str| format!("/report/{QUARTER}.{ending}?locale={}{of}", pick("en", "zh-CN"));
    let scores = scores(world, (dimension, segment), pick("EN", "ZH_CN"));

    let book = got(server, &path("xlsx"), "");
    let sheets = sheets(&book);
    metrics_are_the_scores(sheet(&sheets, pick("All metrics", "全部指标")), &scores, pick("yes", "是"));
    let classes = world.rows(&format!(
        "{{ classRows(quarter: \"{QUARTER}\", dimension: \"{dimension}\", segment: \"{segment}\", limit: 1000) {{ \
         schemeCode classLabel(locale: {}) customers share revenue profit suppressed }} }}",
        pick("EN", "ZH_CN")
    ));
    let values = sheet(&sheets, pick("Value classes", "客户价值分类"));
    let known: Vec<_> = classes.iter().filter(|row| row["schemeCode"] == "VALUE_CLASS").collect();
    assert!(known.len() > 3, "{known:?}");
    for class in known.iter().filter(|row| row["suppressed"] == false) {
        let name = class["classLabel"].as_str().unwrap();
        let row = values.iter().find(|row| row[1] == name).unwrap();
        for (cell, field) in [(2, "customers"), (3, "share"), (4, "revenue"), (5, "profit")] {
            is(&row[cell], &class[field], name);
        }
    }

    let document = got(server, &path("pdf"), "");
    let words = close(&text(&document));
    let chapters = [
        pick("Overview", "总览"),
        pick("Indexes", "指数"),
        pick("Loyalty", "忠诚度"),
        pick("Value", "客户价值"),
        pick("Drivers", "驱动因素"),
        pick("Comments", "客户心声"),
        pick("Complaints", "投诉"),
        pick("Lostcustomers", "客户流失"),
        pick("Actions", "改进措施"),
        pick("Segments", "细分"),
        pick("People", "员工与伙伴"),
        pick("Methods", "方法"),
    ];
    for word in chapters {
        assert!(words.contains(word), "{word} is not in {words}");
    }
    for metric in ["CSI", "NPS"] {
        let score = scores.iter().find(|score| score["metricCode"] == metric).unwrap();
        let value = score["value"].as_f64().unwrap();
        let told = [format!("{value:.1}").replace('-', "−"), format!("n={}", score["n"])];
        assert!(told.iter().all(|told| words.contains(told)), "{told:?} is not in {words}");
    }

    let files = files(&got(server, &path("zip"), ""));
    assert_eq!((&files["report.pdf"], &files["report.xlsx"]), (&document, &book), "the archive has the same");
    let tables = files.keys().filter(|name| name.starts_with("tables/")).count();
    // the facts stand before the tables
    assert_eq!(tables, sheets.len() - 1);
    let charts: BTreeSet<_> = files.keys().filter(|name| name.starts_with("charts/")).collect();
    let pictures = self::files(&book).keys().filter(|name| name.starts_with("xl/media/")).count();
    assert!(pictures > 8 && charts.len() == pictures * 2, "{pictures} {charts:?}");
    let (head, table) =
        (String::from_utf8(files["tables/metrics.csv"].clone()).unwrap(), scores[0]["value"].to_string());
    assert!(head.starts_with('\u{feff}') && head.contains(&table), "{head}");
}

on_both!(
    /// Of all customers and of a segment, in both languages; a token of one segment gets that alone, and nobody persons.
    a_report_says_what_graphql_says,
    |world| {
        world.ok(&["demo", "--no-serve", "--customers", "500", "--quarters", "5", "--last", QUARTER]);
        world.file("rapport.toml", PATIENCE);
        let server = Server::start(world, &["--without-schedule"]);
        report_is_the_answers(world, &server, None, true);
        report_is_the_answers(world, &server, Some(("region", "east")), false);
        // the same report is the same bytes, whoever makes it
        let archive = got(&server, &format!("/report/{QUARTER}.zip"), "");
        assert!(made(world, "made.zip", &[]) == archive, "the command makes another");
        drop(server);

        let token = |name: &str, options: &[&str]| {
            let made = world.ok(&[&["token", "create", name, "--role"], options].concat());
            format!("Bearer {}", made.out.trim())
        };
        let [viewer, analyst, east] = [
            token("v", &["viewer"]),
            token("a", &["analyst"]),
            token("e", &["analyst", "--segment", "region=east"]),
        ];
        let server = Server::start(world, &["--without-schedule"]);
        let path = format!("/report/{QUARTER}.zip");
        assert!(got(&server, &path, &analyst) == archive, "an analyst gets another");
        // a viewer is not told of a few complaints, here as on the pages
        let [whole, viewed] = [files(&archive), files(&got(&server, &path, &viewer))];
        let differ: Vec<_> = whole.iter().filter(|(name, bytes)| viewed[*name] != **bytes).map(|(name, _)| name).collect();
        assert_eq!(differ, ["report.pdf", "report.xlsx", "tables/reasons.csv"]);
        let narrowed = files(&got(&server, &path, &east));
        let told: String = narrowed
            .iter()
            .filter(|(name, _)| name.ends_with(".csv") || name.ends_with(".svg") || name.ends_with(".txt"))
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
            .collect::<String>() + &text(&narrowed["report.pdf"]);
        assert!(told.contains("East 华东"));
        for other in ["West 西部", "South 华南", "North 华北", "Basic 基础版", "Retail 零售"] {
            assert!(!told.contains(other), "{other} is not theirs");
        }
        let customers = world.rows("{ customerRows(limit: 500) { code } }");
        assert!(customers.len() > 200);
        for person in customers.iter().filter_map(|row| row["code"].as_str()) {
            assert!(!told.contains(person), "{person} is in the report");
        }
        let (head, _) = server.get_as(&format!("{path}?segment=region:west"), &east);
        assert!(head.starts_with("HTTP/1.1 404"), "{head}");
        assert!(server.get(&path).0.starts_with("HTTP/1.1 401"));
    }
);

/// What a company may call its segments.
fn names() -> Vec<String> {
    let mut names = vec![
        "#panic(1) $x$ *b* _i_ `r` \\u{41} [c] @ref <l> // c /* c */".to_owned(),
        "<script>alert('x')</script> & \"quoted\"".to_owned(),
        "=HYPERLINK(\\\"http://x\\\")".to_owned(),
        "שלום עולם مرحبا".to_owned(),
        "👩‍👩‍👧 family 🎉".to_owned(),
        format!("{}Ω", "very long ".repeat(49)),
        "W".repeat(500),
        "[]:*?/' sheet".to_owned(),
    ];
    names.extend((names.len()..60).map(|number| format!("Region {number} 地区")));
    names
}

/// A shop of sixty regions, with names that mean something to programs.
fn sixty(world: &World) {
    shop::write(world);
    let quoted = |name: &str| format!("'''{name}'''");
    let rows = names()
        .iter()
        .enumerate()
        .map(|(number, name)| {
            format!("{{ dimension = \"region\", code = \"r{number}\", name = {} }},\n", quoted(name))
        })
        .collect::<String>();
    let one = "rows = [{ dimension = \"region\", code = \"east\", name = \"East 华东\" }]";
    let mapping = shop::MAPPING.replace(one, &format!("rows = [\n{rows}]"));
    assert!(mapping.contains("r59"));
    world.file("shop.toml", mapping);
    let row = |number: u32| format!("C{number:02},客户 {number},r{}\n", number % 60);
    let people: String = (1..=40).map(row).collect();
    world.file("customers.csv", format!("code,name,region\n{people}"));
    world.file("rapport.toml", format!("company = {}\n{PATIENCE}", quoted(&names()[0])));
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

on_both!(
    /// Sixty segments are within what a query may cost; names are shown and never run; a revision stays as it was, and what
    /// is known is not sent again.
    names_are_only_names,
    |world| {
        sixty(world);
        let server = Server::start(world, &["--without-schedule"]);
        let page = String::from_utf8(got(&server, "/segments?quarter=2026-Q1", "")).unwrap();
        assert!(page.contains("Region 59 地区"));
        let path = |ending: &str, more: &str| format!("/report/2026-Q1.{ending}?locale=en{more}");
        let first = got(&server, &path("xlsx", ""), "");
        let before = sheets(&first);
        let segments = sheet(&before, "All segments");
        let shown: Vec<String> = segments.iter().skip(1).map(|row| row[1].to_string()).collect();
        for name in names() {
            assert!(shown.contains(&name), "{name} is not in {shown:?}");
        }
        for place in ["", "&segment=region:r0", "&segment=region:r6"] {
            let words = close(&text(&got(&server, &path("pdf", place), "")));
            assert!(words.contains(&close("#panic(1) $x$ *b* _i_ `r` \\u{41} [c] @ref <l> // c /* c */")), "{words}");
            assert!(words.contains("Region59地区") && (!place.is_empty() || words.contains("n=40")), "{words}");
        }
        let table = files(&got(&server, &path("zip", ""), ""));
        let table = String::from_utf8(table["tables/segments.csv"].clone()).unwrap();
        assert!(table.contains("'=HYPERLINK"), "a spreadsheet would run it: {table}");

        // a file that is known is not sent again, until the data change
        let (head, _) = server.get(&path("xlsx", ""));
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
        let again = || server.get_with(&path("xlsx", ""), &format!("If-None-Match: {tag}"));
        assert!(again().0.starts_with("HTTP/1.1 304") && again().1.is_empty());

        shop::correct(world, 3);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert!(again().0.starts_with("HTTP/1.1 200"), "the data changed");
        let metrics = |more: &str| sheet(&sheets(&got(&server, &path("xlsx", more), "")), "All metrics").to_vec();
        assert_eq!(metrics("&revision=1"), sheet(&before, "All metrics"));
        assert_ne!(metrics(""), sheet(&before, "All metrics"), "the second is of other answers");
        assert_eq!(metrics("&revision=2"), metrics(""));
    }
);
