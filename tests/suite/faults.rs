//! Bad input: what happened, where, and what to do; nothing lost, nothing half loaded.

use rapport_tests::{Backend, Ran, World, on_both, shop};

/// The import of a shop with one thing wrong.
fn import(change: impl FnOnce(&World)) -> (World, Ran) {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    change(&world);
    let ran = world.run(&["import", "shop.toml"]);
    (world, ran)
}

fn says(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}\n{}", ran.out, ran.err);
    for word in words {
        assert!(ran.err.contains(word), "`{word}` is missing in: {}", ran.err);
    }
}

/// Nothing was loaded.
fn is_empty(world: &World) {
    assert_eq!(customers(world), 0);
    let ran = world.run(&["close", "--quarter", "2026-Q1"]);
    says(&ran, 1, &["2026-Q1 has no data", "import first"]);
}

fn customers(world: &World) -> u64 {
    let answer: serde_json::Value =
        serde_json::from_str(&world.answer("{ customers(first: 1) { totalCount } }")).unwrap();
    answer["data"]["customers"]["totalCount"].as_u64().unwrap()
}

fn reject(world: &World, file: &str) -> String {
    std::fs::read_to_string(world.folder().join(format!("{file}.rejects.csv"))).unwrap()
}

#[test]
fn a_missing_file() {
    let (world, ran) = import(|world| std::fs::remove_file(world.folder().join("orders.csv")).unwrap());
    says(&ran, 1, &["orders.csv", "there is no such file"]);
    is_empty(&world);
}

#[test]
fn a_missing_mapping() {
    let world = World::new(Backend::Sqlite).unwrap();
    says(&world.run(&["import", "nowhere.toml"]), 1, &["mapping nowhere.toml", "No such file"]);
}

#[test]
fn a_mapping_that_is_no_toml() {
    let (world, ran) = import(|world| {
        world.file("shop.toml", shop::MAPPING.replace("source = \"shop\"", "source = shop"));
    });
    says(&ran, 1, &["shop.toml", "line 2, column 10"]);
    is_empty(&world);
}

#[test]
fn an_entity_that_is_none() {
    let (world, ran) = import(|world| {
        world.file("shop.toml", shop::MAPPING.replace("[[purchase]]", "[[order]]"));
    });
    says(&ran, 1, &["[[order]] is no entity", "purchase"]);
    is_empty(&world);
}

#[test]
fn a_missing_column() {
    let (world, ran) = import(|world| {
        world.file("orders.csv", shop::orders().replace("amount,cost", "price,cost"));
    });
    says(
        &ran,
        1,
        &["[[purchase]]", "no such column: amount", "orders(code, customer, at, price, cost, quantity)"],
    );
    is_empty(&world);
}

#[test]
fn a_select_without_a_required_column() {
    let (world, ran) = import(|world| {
        world.file("shop.toml", shop::MAPPING.replace("customer, at, amount, cost", "customer, at, cost"));
    });
    says(&ran, 1, &["[[purchase]]", "it has no column `amount`", "code, customer, at, amount"]);
    is_empty(&world);
}

#[test]
fn an_error_in_the_sql() {
    let (world, ran) = import(|world| {
        world.file("shop.toml", shop::MAPPING.replace("FROM orders", "FORM orders"));
    });
    says(&ran, 1, &["[[purchase]]", "syntax error"]);
    is_empty(&world);
}

#[test]
fn a_wrong_encoding() {
    let (world, ran) = import(|world| {
        world.file("customers.csv", [&b"code,name,region\nC01,\xbf\xcd\xbb\xa7,east\n"[..]].concat());
    });
    says(&ran, 1, &["customers.csv, line 2", "not UTF-8", "encoding = \"gb18030\""]);
    is_empty(&world);
}

/// Every kind of bad row: the row is refused with line, column, value and reason; the good ones load.
#[test]
fn bad_rows() {
    let cases: [(&str, &str, &str, &str, &str); 9] = [
        (
            "answers.csv",
            "R05,C05,2026-02-15 10:00:00,5",
            "R05,C05,2026-02-15 10:00:00,11",
            "6,overall,11",
            "off the scale 1 to 10",
        ),
        (
            "answers.csv",
            "R05,C05,2026-02-15 10:00:00,5",
            "R05,C05,2026-02-15 10:00:00,x",
            "6,overall,x",
            "not a number",
        ),
        ("answers.csv", "R05,C05", "R05,C99", "6,customer,C99", "no such customer"),
        ("answers.csv", "R05,C05", "R04,C05", "", ""),
        ("orders.csv", "O03b,C03,2026-03-10", "O03b,C03,2126-03-10", "7,at,2126-03-10", "in the future"),
        ("orders.csv", "O03b,C03,2026-03-10", "O03b,C03,10.03.2026", "7,at,10.03.2026", "not a time"),
        (
            "orders.csv",
            "O03b,C03,2026-03-10,100.00,90.00,2",
            "O03b,C03,2026-03-10,100.00,90.00,-2",
            "7,quantity,-2",
            "1 or more",
        ),
        (
            "orders.csv",
            "O03b,C03,2026-03-10,100.00",
            "O03b,C03,2026-03-10,100.005",
            "7,amount,100.005",
            "2 decimals",
        ),
        ("orders.csv", "O03b,C03,2026-03-10,100.00", "O03b,C03,2026-03-10,", "7,amount,", "missing"),
    ];
    for (file, right, wrong, place, reason) in cases {
        let (world, ran) = import(|world| {
            let text = std::fs::read_to_string(world.folder().join(file)).unwrap();
            assert!(text.contains(right));
            world.file(file, text.replace(right, wrong));
        });
        assert_eq!(ran.code, 0, "the good rows load: {}", ran.err);
        assert_eq!(customers(&world), 40);
        if place.is_empty() {
            // the same key of another customer is another response
            assert!(!world.folder().join(format!("{file}.rejects.csv")).exists());
            continue;
        }
        let rejects = reject(&world, file);
        assert!(rejects.starts_with("line,column,value,reason\n"), "{rejects}");
        assert_eq!(rejects.lines().count(), 2, "one row is refused: {rejects}");
        assert!(rejects.contains(place) && rejects.contains(reason), "{place}, {reason}: {rejects}");
        assert!(ran.out.contains(&format!("{file}.rejects.csv")), "the report says where: {}", ran.out);
    }
}

#[test]
fn a_duplicate_key_within_a_file() {
    let (world, ran) = import(|world| {
        world.file("orders.csv", shop::orders() + "O03b,C03,2026-03-10,55.00,90.00,2\n");
    });
    assert_eq!(ran.code, 0);
    let rejects = reject(&world, "orders.csv");
    assert!(rejects.contains("42,code,O03b,the same key stands in line 7 already"), "{rejects}");
}

#[test]
fn a_line_with_too_many_fields() {
    let (world, ran) = import(|world| {
        world.file("orders.csv", shop::orders().replace("O03b,C03", "O03b,,C03"));
    });
    assert_eq!(ran.code, 0);
    let rejects = reject(&world, "orders.csv");
    assert!(rejects.contains("7,,O03b,") && rejects.contains("7 fields and the header 6"), "{rejects}");
}

/// A model that cannot be is refused before anything is closed under it.
#[test]
fn a_structural_model_that_cannot_be() {
    for (rules, why) in [
        ("paths = [[\"quality\", \"satisfaction\"], [\"satisfaction\", \"quality\"]]", "form a cycle"),
        ("paths = [[\"quality\", \"satisfaction\"], [\"quality\", \"satisfaction\"]]", "stands twice"),
        ("formative = [\"image\"]", "no path touches the formative construct `image`"),
        ("scheme = \"patch\"", "patch"),
    ] {
        let (world, _) = import(|world| {
            world.file("rapport.toml", "");
        });
        world.file("rapport.toml", format!("[rules.structure]\n{rules}\n"));
        says(&world.run(&["close"]), 2, &[why]);
    }
}

#[test]
fn strict_refuses_the_whole() {
    let (world, _) = import(|world| {
        world.file("shop.toml", "source = \"nothing\"\n");
    });
    shop::write(&world);
    world.file("answers.csv", shop::answers().replace("R05,C05", "R05,C99"));
    let ran = world.run(&["import", "shop.toml", "--strict"]);
    says(&ran, 1, &["1 rows were refused", "nothing was loaded", "answers.csv.rejects.csv"]);
    assert!(reject(&world, "answers.csv").contains("no such customer"));
    is_empty(&world);
}

#[test]
fn check_loads_nothing() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    world.file("answers.csv", shop::answers().replace("R05,C05", "R05,C99"));
    let ran = world.ok(&["import", "shop.toml", "--check"]);
    assert!(ran.out.contains("39") && ran.out.contains("nothing was loaded"), "{}", ran.out);
    assert!(reject(&world, "answers.csv").contains("no such customer"));
    is_empty(&world);
}

on_both!(a_quarter_with_no_data, |world| {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    let ran = world.run(&["close", "--quarter", "2020-Q1"]);
    says(&ran, 1, &["2020-Q1 has no data", "2026-Q1"]);
    let ran = world.run(&["close", "--quarter", "Q1/2020"]);
    says(&ran, 2, &["write the year and the quarter as in 2026-Q3"]);
});

on_both!(a_database_that_is_not_ours, |world| {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        use sea_orm::ConnectionTrait;
        let database = rapport_entities::connect(&world.database(), true).await.unwrap();
        database.execute_unprepared("CREATE TABLE invoice (id integer)").await.unwrap();
        database.close().await.unwrap();
    });
    shop::write(world);
    says(&world.run(&["import", "shop.toml"]), 1, &["not Rapport's", "invoice"]);
});

on_both!(a_database_of_a_newer_version, |world| {
    world.ok(&["migrate"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        use sea_orm::ConnectionTrait;
        let database = rapport_entities::connect(&world.database(), false).await.unwrap();
        let sql = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_future', 0)";
        database.execute_unprepared(sql).await.unwrap();
        database.close().await.unwrap();
    });
    says(&world.run(&["close"]), 1, &["newer", "m29990101_000001_future"]);
});

#[test]
fn a_file_that_is_no_database() {
    let world = World::new(Backend::Sqlite).unwrap();
    world.file("rapport.sqlite", "this is a letter to my aunt, long enough to be no database at all");
    says(&world.run(&["close"]), 1, &["rapport.sqlite", "not a database"]);
}

#[test]
fn a_folder_that_cannot_be_written() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    // even to root: there is no folder to write to
    world.file("taken", "");
    let database = format!("sqlite:{}", world.folder().join("taken/rapport.sqlite").display());
    let ran = world.run(&["import", "shop.toml", "--database", &database]);
    says(&ran, 1, &["taken"]);
    assert!(!ran.err.contains("panicked"));
}

#[test]
fn a_port_in_use() {
    let world = World::new(Backend::Sqlite).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = world.run(&["serve", "--address", &address]);
    says(&ran, 1, &[&address, "in use"]);
}
