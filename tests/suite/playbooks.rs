//! Playbooks: every class has a card in both languages, an edit is a version, and every count is the stored one.

use rapport_entities::{CardScheme, customer_id};
use rapport_tests::{Server, World, on_both, shop};
use serde_json::{Value, json};

use crate::cases::{ask_as, number};

const PARTS: [&str; 7] = ["meaning", "focus", "service", "communication", "skill", "avoid", "together"];

fn token(world: &World, role: &str, more: &[&str]) -> String {
    let arguments = [&["token", "create", role, "--role", role], more].concat();
    format!("Bearer {}", world.ok(&arguments).out.trim())
}

/// The shop, closed.
fn closed(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

fn card(world: &World, scheme: &str, class: &str, locale: &str, fields: &str) -> Value {
    let query = format!("{{ card(scheme: {scheme}, class: \"{class}\", locale: {locale}) {{ {fields} }} }}");
    serde_json::from_str::<Value>(&world.answer(&query)).unwrap()["data"]["card"].clone()
}

/// The parts of a card that is written, each with a word of its own.
fn parts(word: &str) -> String {
    PARTS.map(|part| format!("{part}: \"{word} {part}\"")).join(", ")
}

fn edit(
    server: &Server,
    who: &str,
    id: &Value,
    version: i32,
    parts: &str,
) -> Result<Value, (String, String)> {
    let query = format!(
        "mutation {{ editCard(id: {id}, version: {version}, card: {{{parts}}}) {{ version shipped meaning writtenBy }} }}"
    );
    ask_as(server, &query, who).map(|data| data["editCard"].clone())
}

fn stored(world: &World) -> i64 {
    number(world, "SELECT CAST(COUNT(*) AS bigint) FROM playbook_card")
}

on_both!(
    /// Every class of every scheme has a card in English and in Chinese, whole before anybody wrote one.
    every_class_has_a_card,
    |world| {
        world.ok(&["migrate"]);
        let fields = PARTS.join(" ");
        let rows = world.rows(&format!("{{ cardRows {{ schemeCode classCode locale version shipped writtenAt source {fields} }} }}"));
        let mut expected = Vec::new();
        for scheme in CardScheme::ALL {
            for class in scheme.classes() {
                expected.extend(["en", "zh"].map(|locale| (scheme.as_str().to_uppercase(), class.to_uppercase(), locale)));
            }
        }
        let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
        let found: Vec<_> =
            rows.iter().map(|row| (text(row, "schemeCode"), text(row, "classCode"), text(row, "locale"))).collect();
        let expected: Vec<_> = expected.into_iter().map(|(scheme, class, locale)| (scheme, class, locale.to_owned())).collect();
        assert_eq!(found, expected);
        for row in &rows {
            assert!(row["version"] == 0 && row["shipped"] == true && row["writtenAt"].is_null(), "{row}");
            let is_han = |text: &str| text.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
            for part in PARTS.iter().chain(&["source"]) {
                assert_eq!(is_han(&text(row, part)), row["locale"] == "zh", "{part} of {row}");
            }
        }
        let some = world.rows("{ cardRows(scheme: \"prospect\", class: \"B\", locale: \"zh-CN\") { classLabel(locale: ZH_CN) schemeLabel } }");
        assert_eq!(some, [json!({"classLabel": "B级潜在客户", "schemeLabel": "Grades of prospects"})]);
        assert_eq!(world.rows("{ cardRows(offset: 63) { classCode } }"), [json!({"classCode": "D"})]);
        assert_eq!(card(world, "LOYALTY", "unclassified", "EN", "id"), Value::Null);
    }
);

on_both!(
    /// An edit is a version in its language, and so is putting the shipped text back; all of them stay readable. Who saw
    /// an older version, or writes what no card can say, is told so, and nothing is written.
    an_edit_is_a_version,
    |world| {
        world.ok(&["migrate"]);
        let who = token(world, "operator", &[]);
        let server = Server::start(world, &["--without-schedule"]);
        let shipped = card(world, "LOYALTY", "HOSTAGE", "EN", "id meaning");
        let id = &shipped["id"];
        let first = edit(&server, &who, id, 0, &parts("ours")).unwrap();
        assert!(first["version"] == 1 && first["shipped"] == false && first["meaning"] == "ours meaning", "{first}");
        assert!(first["writtenBy"].as_str().unwrap().starts_with("token "), "{first}");
        // the version before, and one that nobody wrote
        for seen in [0, 7] {
            let (code, words) = edit(&server, &who, id, seen, &parts("late")).unwrap_err();
            assert_eq!(code, "CONFLICT", "{words}");
            assert!(words.contains(&format!("version {seen} was seen, and the newest is 1")), "{words}");
        }
        let long = "x".repeat(2_001);
        for (wrong, why) in [("  ", "empty"), (long.as_str(), "2001 characters"), ("a\\u0000b", "control")] {
            let parts = parts("ours").replace("ours skill", wrong);
            let (code, words) = edit(&server, &who, id, 1, &parts).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains("`skill`") && words.contains(why), "{code} {words}");
        }
        let (code, _) = edit(&server, &who, &json!("bm9uZQ"), 0, &parts("ours")).unwrap_err();
        assert_eq!(code, "BAD_USER_INPUT");
        assert_eq!(stored(world), 1, "what is refused writes nothing");

        let restore = |version: i32| {
            let query = format!("mutation {{ restoreCard(id: {id}, version: {version}) {{ version shipped meaning }} }}");
            ask_as(&server, &query, &who).map(|data| data["restoreCard"].clone())
        };
        assert_eq!(restore(0).unwrap_err().0, "CONFLICT");
        let back = restore(1).unwrap();
        assert_eq!(back, json!({"version": 2, "shipped": true, "meaning": shipped["meaning"]}));
        let all = card(world, "LOYALTY", "HOSTAGE", "EN", "version versions(first: 2) { totalCount pageInfo { endCursor } nodes { version shipped meaning } }");
        let page = &all["versions"];
        assert_eq!((&all["version"], &page["totalCount"]), (&json!(2), &json!(3)));
        assert_eq!(page["nodes"][0], back);
        assert_eq!(page["nodes"][1], json!({"version": 1, "shipped": false, "meaning": "ours meaning"}));
        let rest = format!("versions(after: {}) {{ nodes {{ version meaning writtenBy }} }}", page["pageInfo"]["endCursor"]);
        let rest = card(world, "LOYALTY", "HOSTAGE", "EN", &rest);
        assert_eq!(rest["versions"]["nodes"], json!([{"version": 0, "meaning": shipped["meaning"], "writtenBy": null}]));
        let others = world.rows("{ cardRows { version classCode locale } }");
        assert_eq!(others.iter().filter(|row| row["version"] != 0).count(), 1, "only the one card, in the one language");
        let trail = world.ok(&["audit"]).out;
        assert!(trail.contains("edit card") && trail.contains("put shipped card back") && trail.contains("loyalty/hostage/en"), "{trail}");
    }
);

on_both!(
    /// Of eight who saw the same version, through two servers, one writes; the others are told, and their text is nowhere.
    one_of_many_writes,
    |world| {
        world.ok(&["migrate"]);
        let who = &token(world, "operator", &[]);
        let servers = [0, 1].map(|_| Server::start(world, &["--without-schedule"]));
        let id = &card(world, "GROWTH", "BELOW_ZERO", "ZH_CN", "id")["id"];
        for round in 0..3 {
            let told: Vec<_> = std::thread::scope(|threads| {
                let writers: Vec<_> = (0..8)
                    .map(|writer| {
                        let server = &servers[writer % 2];
                        threads.spawn(move || edit(server, who, id, round, &parts(&format!("第{writer}人"))))
                    })
                    .collect();
                writers.into_iter().map(|writer| writer.join().unwrap()).collect()
            });
            let written: Vec<_> = told.iter().filter_map(|one| one.as_ref().ok()).collect();
            assert_eq!(written.len(), 1, "{told:?}");
            assert!(told.iter().filter_map(|one| one.as_ref().err()).all(|(code, _)| code == "CONFLICT"), "{told:?}");
            let newest = card(world, "GROWTH", "BELOW_ZERO", "ZH_CN", "version meaning");
            assert_eq!((&newest["version"], &newest["meaning"]), (&json!(round + 1), &written[0]["meaning"]));
        }
        assert_eq!(stored(world), 3);
    }
);

on_both!(
    /// A card is for as many customers as are stored in its class, and a customer has the cards of its own classes.
    counts_are_the_stored_ones,
    |world| {
        closed(world);
        let counts = "cardCounts { count { schemeCode classCode customers share n suppressed } card { classCode schemeCode } }";
        let answer = world.answer(&format!("{{ quarter(quarter: \"2026-Q1\") {{ {counts} }} }}"));
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let columns = [
            ("LOYALTY", "loyalty_type"), ("LOYALTY_SUBTYPE", "loyalty_subtype"), ("VALUE_CLASS", "value_class"), ("GROWTH", "growth"),
            ("SIZE", "size"), ("LIFECYCLE", "lifecycle"), ("STAGE", "stage"),
        ];
        let mut customers = 0;
        for one in answer["data"]["quarter"]["cardCounts"].as_array().unwrap() {
            let (count, card) = (&one["count"], &one["card"]);
            assert!(count["classCode"] == card["classCode"] && count["schemeCode"] == card["schemeCode"], "{one}");
            let (_, column) = columns.iter().find(|(scheme, _)| count["schemeCode"] == *scheme).unwrap();
            let class = count["classCode"].as_str().unwrap().to_lowercase();
            let sql = format!("SELECT CAST(COUNT(*) AS bigint) FROM customer_quarter WHERE {column} = '{class}'");
            assert_eq!(count["customers"].as_i64(), Some(number(world, &sql)), "{one}");
            assert_eq!((&count["n"], &count["suppressed"]), (&json!(40), &json!(false)));
            customers += count["customers"].as_i64().unwrap();
        }
        assert!(customers > 100, "{customers}: most customers are in a class of most schemes");
        let columns = columns.map(|(_, column)| format!("SUM(CASE WHEN {column} <> 'unclassified' THEN 1 ELSE 0 END)")).join(" + ");
        let query = |code: &str| format!("{{ customer(code: \"{code}\") {{ cards(locale: ZH_CN) {{ schemeCode classCode locale meaning }} }} }}");
        for code in ["C01", "C20", "C31", "C40"] {
            let answer: Value = serde_json::from_str(&world.answer(&query(code))).unwrap();
            let cards = answer["data"]["customer"]["cards"].as_array().unwrap().clone();
            let id = customer_id(code);
            let sql = format!("SELECT CAST(COALESCE({columns}, 0) AS bigint) FROM customer_quarter WHERE customer_id = {id}");
            let sql = sql.replace("SUM(CASE WHEN loyalty_subtype <> 'unclassified'", "SUM(CASE WHEN loyalty_subtype IS NOT NULL");
            assert_eq!(cards.len() as i64, number(world, &sql), "{code}: {cards:?}");
            assert!(!cards.is_empty() && cards.iter().all(|card| card["locale"] == "zh"), "{code}: {cards:?}");
            let row = &world.rows("{ customerRows(quarter: \"2026-Q1\") { code typeCode stageCode } }")
                .into_iter().find(|row| row["code"] == code).unwrap();
            let of = |scheme: &str| cards.iter().find(|card| card["schemeCode"] == scheme).map(|card| card["classCode"].clone());
            assert_eq!(of("STAGE"), Some(row["stageCode"].clone()));
            assert_eq!(of("LOYALTY").unwrap_or(json!("UNCLASSIFIED")), row["typeCode"]);
        }
    }
);

on_both!(
    /// Viewers read every card and count, but no person and no writer; operators alone write; a narrowed reader counts
    /// its own segment.
    roles,
    |world| {
        closed(world);
        let [viewer, analyst, operator] = ["viewer", "analyst", "operator"].map(|role| token(world, role, &[]));
        let narrow = format!("Bearer {}", world.ok(&["token", "create", "east", "--role", "viewer", "--segment", "region=east"]).out.trim());
        let server = Server::start(world, &["--without-schedule"]);
        let one = "{ card(scheme: STAGE, class: \"CLIENT\") { id version meaning writtenBy versions { nodes { writtenBy } } } }";
        let id = ask_as(&server, one, &viewer).unwrap()["card"]["id"].clone();
        for who in [&viewer, &analyst, &narrow] {
            assert_eq!(edit(&server, who, &id, 0, &parts("ours")).unwrap_err().0, "FORBIDDEN");
            let query = format!("mutation {{ restoreCard(id: {id}, version: 0) {{ id }} }}");
            assert_eq!(ask_as(&server, &query, who).unwrap_err().0, "FORBIDDEN");
        }
        assert_eq!(stored(world), 0);
        edit(&server, &operator, &id, 0, &parts("ours")).unwrap();
        for (who, writers) in [(&viewer, 0), (&analyst, 0), (&narrow, 0), (&operator, 2)] {
            let seen = ask_as(&server, one, who).unwrap();
            assert_eq!((&seen["card"]["version"], &seen["card"]["meaning"]), (&json!(1), &json!("ours meaning")));
            assert_eq!(seen.to_string().matches("token ").count(), writers, "{seen}");
        }
        let person = "{ customer(code: \"C01\") { cards { id } } }";
        assert_eq!(ask_as(&server, person, &viewer).unwrap_err().0, "FORBIDDEN");
        assert!(ask_as(&server, person, &analyst).is_ok());
        let counts = "{ quarters { nodes { cardCounts { count { customers } } } } segments { nodes { code cardCounts(scheme: LOYALTY) { count { customers n } } } } }";
        let [all, own] = [&viewer, &narrow].map(|who| ask_as(&server, counts, who).unwrap());
        assert!(!all["quarters"]["nodes"][0]["cardCounts"].as_array().unwrap().is_empty());
        assert_eq!(own["quarters"]["nodes"][0]["cardCounts"], json!([]), "nothing of all customers");
        assert_eq!(own["segments"]["nodes"].as_array().unwrap().len(), 1);
        assert_eq!(own["segments"]["nodes"][0]["cardCounts"][0]["count"]["n"], 20);
    }
);

fn page(server: &Server, path: &str, who: &str) -> String {
    let (head, body) = server.get_as(path, who);
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    String::from_utf8(body).unwrap()
}

on_both!(
    /// The list leads to the cards and to the customers; a card is edited by its form in the language of the page; the
    /// pages of loyalty, of value and of a customer lead to the cards.
    by_the_pages,
    |world| {
        closed(world);
        let server = Server::start(world, &["--without-schedule"]);
        let list = page(&server, "/playbooks?quarter=2026-Q1&locale=en", "");
        for scheme in CardScheme::ALL {
            for class in scheme.classes() {
                assert!(list.contains(&format!("href=\"/playbooks/{scheme}/{class}?quarter=2026-Q1&#38;locale=en\"")), "{scheme}/{class}");
            }
        }
        for path in ["/loyalty", "/value", "/customers/C20"] {
            let page = page(&server, &format!("{path}?quarter=2026-Q1&locale=en"), "");
            assert!(page.contains("href=\"/playbooks/"), "{path}");
        }
        let path = "/playbooks/loyalty/loyal?locale=zh-CN";
        let counted = page(&server, path, "");
        assert!(counted.contains("/customers?quarter=2026-Q1&#38;locale=zh-CN&#38;type=LOYAL") && counted.contains("满意且留存"), "{counted}");
        let form = |version: i32, word: &str| {
            format!("version={version}&{}", PARTS.map(|part| format!("{part}={word}+{part}%0D%0A%3Cb%3E")).join("&"))
        };
        let own: &[&str] = &["Sec-Fetch-Site: same-origin"];
        let (head, _) = server.post_form(path, &form(0, "ours"), &["Sec-Fetch-Site: cross-site"]);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        let (head, _) = server.post_form(path, &form(0, "ours"), own);
        assert!(head.starts_with("HTTP/1.1 303") && head.contains(path), "{head}");
        let edited = page(&server, path, "");
        assert!(edited.contains("ours meaning\n&#60;b&#62;") && edited.contains("本企业内容"), "{edited}");
        assert!(!page(&server, "/playbooks/loyalty/loyal?locale=en", "").contains("ours meaning"));
        let (head, body) = server.post_form(path, &form(0, "late"), own);
        assert!(head.starts_with("HTTP/1.1 409") && String::from_utf8(body).unwrap().contains("newest is 1"), "{head}");
        assert!(server.post_form(path, "version=1&meaning=only", own).0.starts_with("HTTP/1.1 400"));
        assert!(server.post_form(path, "version=1&restore=yes", own).0.starts_with("HTTP/1.1 303"));
        assert!(page(&server, path, "").contains("满意且留存。不必催促"));
        assert_eq!(stored(world), 2);
        for missing in ["/playbooks/loyalty/nothing", "/playbooks/complaint/kept", "/playbooks/stage/unclassified"] {
            assert!(server.get(missing).0.starts_with("HTTP/1.1 404"), "{missing}");
            assert!(server.post_form(missing, &form(0, "ours"), own).0.starts_with("HTTP/1.1 404"), "{missing}");
        }
        // of no prospects nothing is counted, and the page says so
        assert!(page(&server, "/playbooks/prospect/a?locale=en", "").contains("No prospects, or too few to be told apart"));
    }
);
