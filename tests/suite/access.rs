//! Who comes in, as whom, and what is left of it: tokens, the audit trail, and the erasure of a person.

use std::{process::Stdio, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use rapport_entities::connect;
use rapport_tests::{Backend, Server, World, on_both, shop};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

const SCORES: &str = "/graphql?query=%7BscoreRows%7Bdimension%20segment%20n%7D%7D";

/// A closed shop.
fn closed(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

/// Makes a token and returns its secret.
fn token(world: &World, arguments: &[&str]) -> String {
    let made = world.ok(&[&["token", "create"], arguments].concat());
    let secret = made.out.trim().to_owned();
    assert!(secret.starts_with("rapport_") && secret.len() == 51 && !made.err.contains(&secret), "{made:?}");
    secret
}

fn status(server: &Server, path: &str, authorization: &str) -> u16 {
    let (head, _) = server.get_as(path, authorization);
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

fn bearer(secret: &str) -> String {
    format!("Bearer {secret}")
}

/// The rows of a query as the holder of a token; none if it fails.
fn scores(server: &Server, secret: &str) -> Vec<Value> {
    let (_, body) = server.get_as(SCORES, &bearer(secret));
    let answer: Value = serde_json::from_slice(&body).unwrap();
    answer["data"]["scoreRows"].as_array().cloned().unwrap_or_default()
}

/// Runs SQL on the world's database, and returns the first column of the first row as text.
fn sql(world: &World, text: &str) -> Option<String> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let statement = Statement::from_string(database.get_database_backend(), text);
        let row = database.query_one_raw(statement).await.unwrap();
        let found = row.and_then(|row| row.try_get_by_index::<Option<String>>(0).unwrap());
        database.close().await.unwrap();
        found
    })
}

on_both!(
    /// Until a token is made the server is open to its machine; from then on nobody comes in without, in any replica.
    a_token_is_made_used_and_revoked,
    |world| {
        closed(world);
        let server = Server::start(world, &["--without-schedule"]);
        let other = Server::start(world, &["--without-schedule"]);
        assert_eq!(status(&server, SCORES, ""), 200);
        let secret = token(world, &["bi", "--role", "viewer"]);
        let narrow = token(world, &["east", "--role", "viewer", "--segment", "region=east"]);
        for server in [&server, &other] {
            for path in ["/", SCORES, "/charts/2026-Q1/nps.svg", "/jobs", "/metrics", "/graphiql"] {
                assert_eq!(status(server, path, ""), 401, "{path}");
                assert_eq!(status(server, path, "Bearer rapport_guessed"), 401, "{path}");
            }
            assert_eq!(status(server, "/healthz", ""), 200);
            assert_eq!(status(server, "/metrics", &bearer(&secret)), 403);
            let basic = format!("Basic {}", STANDARD.encode(format!("anybody:{secret}")));
            for authorization in [bearer(&secret), format!("bearer {secret}"), basic] {
                assert_eq!(status(server, SCORES, &authorization), 200, "{authorization}");
            }
        }
        let (head, body) = server.get_as(SCORES, "");
        let head = head.to_lowercase();
        assert!(head.contains("www-authenticate: bearer realm=") && head.contains("www-authenticate: basic realm="));
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        assert!(scores(&server, &secret).iter().any(|row| row["segment"] == "all"));
        let seen = scores(&server, &narrow);
        assert!(!seen.is_empty() && seen.iter().all(|row| row["segment"] == "east"), "{seen:?}");
        let listed = world.ok(&["token", "list"]).out;
        assert!(listed.contains("bi: viewer,") && listed.contains("east: viewer of region=east"), "{listed}");
        assert!(!listed.contains(&secret[8..]), "a secret is told once");
        world.ok(&["token", "revoke", "bi"]);
        for server in [&server, &other] {
            assert_eq!(status(server, SCORES, &bearer(&secret)), 401);
            assert_eq!(status(server, SCORES, &bearer(&narrow)), 200);
        }
        assert_eq!(world.run(&["token", "revoke", "bi"]).code, 2);
        let last = world.ok(&["token", "revoke", "east"]).out;
        assert!(last.contains("nobody comes in"), "{last}");
        assert_eq!(status(&server, SCORES, ""), 401, "the last token's end does not open the door");
    }
);

on_both!(
    /// An analyst of a segment sees its customers, counts and pictures alone, on both databases; an operator all of them.
    a_narrowed_analyst,
    |world| {
        closed(world);
        let narrow = token(world, &["east", "--role", "analyst", "--segment", "region=east"]);
        let chief = token(world, &["chief", "--role", "operator"]);
        let server = Server::start(world, &["--without-schedule"]);
        let query = "{ customers(first: 100) { totalCount nodes { code name segments { code } } } customerRows { code rank }
            chartRows { segment } segmentRows { segment }
            west: customers(filter: {segment: {dimension: \"region\", code: \"west\"}}) { totalCount } }";
        let body = json!({"query": query}).to_string();
        let ask = |secret: &str| -> Value {
            let (_, body) = server.post_as("/graphql", &body, &bearer(secret));
            let answer: Value = serde_json::from_slice(&body).unwrap();
            assert!(answer["errors"].is_null(), "{answer}");
            answer["data"].clone()
        };
        let (seen, all) = (ask(&narrow), ask(&chief));
        assert_eq!((&seen["customers"]["totalCount"], &all["customers"]["totalCount"]), (&json!(20), &json!(40)));
        assert_eq!((&seen["west"]["totalCount"], &all["west"]["totalCount"]), (&json!(0), &json!(20)));
        let nodes = seen["customers"]["nodes"].as_array().unwrap();
        let is_masked = |node: &Value| node["name"] == "客***" && node["segments"] == json!([{"code": "east"}]);
        assert!(nodes.len() == 20 && nodes.iter().all(is_masked), "{nodes:?}");
        assert_eq!(all["customers"]["nodes"][0]["name"], "客户 1");
        let rows = |data: &Value, field: &str| data[field].as_array().unwrap().clone();
        assert_eq!((rows(&seen, "customerRows").len(), rows(&all, "customerRows").len()), (20, 40));
        assert!(rows(&seen, "customerRows").iter().all(|row| row["rank"].is_null()));
        assert!(rows(&all, "customerRows").iter().any(|row| row["rank"] == 1));
        assert_eq!(rows(&seen, "segmentRows"), [json!({"segment": "east"})]);
        let charts = rows(&seen, "chartRows");
        assert!(!charts.is_empty() && charts.iter().all(|row| row["segment"] == "east"), "{charts:?}");
        assert_eq!(status(&server, "/charts/2026-Q1/nps.svg?segment=region:east", &bearer(&narrow)), 200);
        assert_eq!(status(&server, "/charts/2026-Q1/nps.svg?segment=region:west", &bearer(&narrow)), 404);
        let (_, page) = server.get_as("/", &bearer(&narrow));
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("East 华东") && !page.contains("All customers") && !page.contains(">west<"), "{page}");
    }
);

on_both!(
    /// A token ends by itself, and what cannot be is refused in words.
    a_token_expires,
    |world| {
        closed(world);
        let secret = token(world, &["week", "--role", "analyst", "--expires", "7d"]);
        let server = Server::start(world, &["--without-schedule"]);
        assert_eq!(status(&server, SCORES, &bearer(&secret)), 200);
        sql(world, "UPDATE token SET expires_at = created_at + 1");
        assert_eq!(status(&server, SCORES, &bearer(&secret)), 401);
        assert!(world.ok(&["token", "list"]).out.contains("expired"));
        for (arguments, words) in [
            (["a", "--role", "operator", "--segment", "region=east"], "whole company"),
            (["a", "--role", "viewer", "--segment", "region=moon"], "region=east"),
            (["a", "--role", "viewer", "--segment", "region"], "DIMENSION=CODE"),
            (["a", "--role", "viewer", "--expires", "2001-01-01"], "later one"),
            (["a", "--role", "king", "--expires", "1d"], "viewer, analyst, operator"),
            (["week", "--role", "viewer", "--expires", "1d"], "already"),
        ] {
            let refused = world.run(&[&["token", "create"], arguments.as_slice()].concat());
            assert!(refused.code == 2 && refused.err.contains(words) && refused.out.is_empty(), "{refused:?}");
        }
    }
);

on_both!(
    /// A token that asks too much is told to wait, and how long; others go on.
    a_token_has_a_rate,
    |world| {
        world.ok(&["migrate"]);
        world.file("rapport.toml", "[serve]\nrequests_per_minute = 3\n");
        let (eager, calm) = (token(world, &["a", "--role", "viewer"]), token(world, &["b", "--role", "viewer"]));
        let server = Server::start(world, &["--without-schedule"]);
        for _ in 0..3 {
            assert_eq!(status(&server, SCORES, &bearer(&eager)), 200);
        }
        let (head, body) = server.get_as(SCORES, &bearer(&eager));
        assert!(head.starts_with("HTTP/1.1 429"), "{head}");
        let wait = head.lines().find_map(|line| line.to_lowercase().strip_prefix("retry-after: ").map(str::to_owned));
        assert!((1..=20).contains(&wait.unwrap().parse::<u32>().unwrap()), "{head}");
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "RATE_LIMITED");
        assert_eq!(status(&server, "/", &bearer(&eager)), 429);
        assert_eq!(status(&server, SCORES, &bearer(&calm)), 200);
        world.file("rapport.toml", "[serve]\ncost_per_minute = 60\n");
        let server = Server::start(world, &["--without-schedule"]);
        assert_eq!(status(&server, SCORES, &bearer(&eager)), 200);
        assert_eq!(status(&server, SCORES, &bearer(&eager)), 429, "the first cost more than a minute's");
    }
);

on_both!(
    /// Other machines are let in only by a token.
    an_open_address_needs_a_token,
    |world| {
        closed(world);
        let everywhere = ["serve", "--without-schedule", "--address", "0.0.0.0:0"];
        let refused = world.run(&everywhere);
        assert!(refused.code == 2 && refused.err.contains("rapport token create"), "{refused:?}");
        let secret = token(world, &["bi", "--role", "viewer"]);
        let server = Server::start_at(world, "0.0.0.0", &["--without-schedule"]);
        assert_eq!(status(&server, SCORES, ""), 401);
        assert_eq!(status(&server, SCORES, &bearer(&secret)), 200);
    }
);

/// A shop whose customers have names, and words of their own.
fn talkative(world: &World) {
    shop::write(world);
    let customers: String = (1..=40)
        .map(|number| {
            format!("C{number:02},Zebulon{number:02},z{number}@zeb.example,1380013{number:04},east\n")
        })
        .collect();
    world.file("customers.csv", format!("code,name,email,phone,region\n{customers}"));
    world.file(
        "complaints.csv",
        "code,customer,at,text\nK1,C07,2026-02-01,Zebulon07 is cross\nK2,C08,2026-02-01,fine\n",
    );
    world.file(
        "steps.csv",
        "code,complaint,customer,at,kind,note\nS1,K1,C07,2026-02-02,listened,Zebulon07 was called\n",
    );
    let mapping = shop::MAPPING
        .replace("orders = \"orders.csv\"", "orders = \"orders.csv\"\ncomplaints = \"complaints.csv\"\nsteps = \"steps.csv\"")
        .replace("SELECT _line, code, name, region", "SELECT _line, code, name, email, phone, region")
        .replace(
            "SELECT _line, code, customer, at, overall, again, recommend FROM",
            "SELECT _line, code, customer, at, overall, again, recommend, 'I am Zebulon' || substr(customer, 2) AS comment FROM",
        );
    let more = "[[complaint]]\nfile = \"complaints\"\nselect = \"SELECT _line, code, customer, at, text FROM complaints\"\n\
                [[complaint_event]]\nfile = \"steps\"\nselect = \"SELECT _line, code, complaint, customer, at, kind, note FROM steps\"\n";
    world.file("shop.toml", format!("{mapping}\n{more}"));
}

/// Everything the database holds of a person, from every table that could.
fn traces(world: &World, words: &str) -> Vec<String> {
    let columns = [
        ("customer", "name"),
        ("customer", "email"),
        ("customer", "phone"),
        ("response", "comment"),
        ("complaint", "text"),
        ("complaint_event", "note"),
        ("customer_loss", "note"),
        ("winback_attempt", "note"),
        ("prospect", "name"),
        ("prospect", "email"),
        ("prospect", "phone"),
        ("alert", "details"),
        ("audit_event", "subject"),
    ];
    let found = columns.iter().filter_map(|(table, column)| {
        sql(world, &format!("SELECT {column} FROM {table} WHERE {column} LIKE '%{words}%'"))
    });
    found.collect()
}

on_both!(
    /// A person is erased from every place, a later import brings nothing back, and what was published stays bit for bit.
    a_person_is_erased_for_good,
    |world| {
        talkative(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert_eq!(traces(world, "Zebulon07").len(), 4);
        let published = world.answer("{ quarterRows { digest inputsVersion revision } scoreRows { value n } }");
        let refused = world.command(&["erase", "C07"]).stdin(Stdio::null()).output().unwrap();
        assert_eq!(refused.status.code(), Some(2), "nobody was asked");
        assert_eq!(world.run(&["erase", "Nobody", "--yes"]).code, 2);
        world.ok(&["erase", "C07", "--yes"]);
        let asked = r#"{ customer(code: "C07") { code name email phone quarters { purchases } } }"#;
        let left: Value = serde_json::from_str(&world.answer(asked)).unwrap();
        let expected = json!({"code": "C07", "name": null, "email": null, "phone": null, "quarters": [{"purchases": 2}]});
        assert_eq!(left["data"]["customer"], expected, "the facts stay");
        let gone = |when: &str| {
            assert_eq!(traces(world, "Zebulon07"), Vec::<String>::new(), "{when}");
            assert_eq!(traces(world, "z7@zeb"), Vec::<String>::new(), "{when}");
            assert_eq!(traces(world, "Zebulon08").len(), 2, "others are as they were");
        };
        gone("erased");
        if world.backend() == Backend::Sqlite {
            for file in ["rapport.sqlite", "rapport.sqlite-wal"] {
                let bytes = std::fs::read(world.folder().join(file)).unwrap_or_default();
                let name = b"Zebulon07";
                assert!(!bytes.windows(name.len()).any(|part| part == name), "{file} still holds the name");
            }
        }
        let again = world.ok(&["import", "shop.toml"]).out;
        for line in again.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!((words[1], words[2], words[4]), ("0", "0", "0"), "nothing is new and nothing differs: {again}");
        }
        gone("imported again");
        assert_eq!(world.answer("{ quarterRows { digest inputsVersion revision } scoreRows { value n } }"), published);
        world.ok(&["verify"]);
        // an import that corrects the person's other facts does correct them
        let corrected = shop::orders().replace("O07a,C07,2026-01-10,70.50", "O07a,C07,2026-01-10,71.50");
        world.file("orders.csv", corrected);
        world.ok(&["import", "shop.toml"]);
        gone("corrected");
        world.ok(&["erase", "C07", "--yes"]);
    }
);

on_both!(
    /// What is changed and denied leaves an event; an event that is changed or taken out is found.
    the_trail_is_a_chain,
    |world| {
        closed(world);
        let secret = token(world, &["bi", "--role", "viewer"]);
        let chief = token(world, &["chief", "--role", "operator"]);
        let server = Server::start(world, &["--without-schedule"]);
        for _ in 0..50 {
            assert_eq!(status(&server, SCORES, ""), 401);
            assert_eq!(status(&server, "/metrics", &bearer(&secret)), 403);
        }
        let job = r#"{"query":"mutation { runJob(job: \"prune\") { runId } }"}"#;
        assert!(server.post_as("/graphql", job, &bearer(&chief)).0.starts_with("HTTP/1.1 200"));
        let (_, body) = server.post_as("/graphql", job, &bearer(&secret));
        assert!(String::from_utf8(body).unwrap().contains("FORBIDDEN"));
        world.ok(&["erase", "C07", "--yes"]);
        world.ok(&["token", "revoke", "bi"]);
        // a denial is written down after it was answered
        let mut audits = (0..50).map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            world.ok(&["audit"]).out
        });
        let is_whole = |listed: &String| listed.contains("8 events");
        let listed = audits.find(is_whole).unwrap_or_else(|| world.ok(&["audit"]).out);
        for words in [
            "command line: token create", "stranger: GET /graphql, 401", "GET /metrics, 403", "run prune, asked",
            "POST /graphql, 403", "command line: erase C07, done", "command line: token revoke", "the trail is whole: 8 events",
        ] {
            assert!(listed.contains(words), "{words}\n{listed}");
        }
        assert!(!listed.contains(&secret[8..]) && !listed.contains(&chief[8..]));
        for (tamper, event) in [
            ("UPDATE audit_event SET who = 'somebody else' WHERE number = 4", "event 4: it was changed"),
            ("DELETE FROM audit_event WHERE number = 3", "event 3: it is missing"),
        ] {
            sql(world, tamper);
            let broken = world.run(&["audit"]);
            assert!(broken.code == 1 && broken.err.contains(event), "{broken:?}");
        }
    }
);

on_both!(
    /// Processes that write together do not fork the chain, and none of their events is lost.
    the_chain_does_not_fork,
    |world| {
        closed(world);
        let erase = |number: u32| {
            world.command(&["erase", &format!("C{number:02}"), "--yes"]).stdout(Stdio::null()).spawn().unwrap()
        };
        let processes: Vec<_> = (1..=8).map(erase).collect();
        for mut process in processes {
            assert!(process.wait().unwrap().success());
        }
        let listed = world.ok(&["audit"]).out;
        assert!(listed.contains("the trail is whole: 8 events"), "{listed}");
    }
);
