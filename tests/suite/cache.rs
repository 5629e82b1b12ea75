//! Answers that are kept: the same as those reckoned anew, for whoever may see the same, until the data change, which
//! shows at once whoever changed them.

use rapport_tests::{Server, World, on_both, shop};
use serde_json::json;

const SCORES: &str = "/graphql?query={scoreRows{metricCode%20value%20n%20revision}segmentRows{segmentName}}";

/// The tag of an answer.
fn tag(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("etag: "))
}

/// How many answers a server took from what it kept.
fn kept(server: &Server) -> u32 {
    let text = String::from_utf8(server.get("/metrics").1).unwrap();
    let line = text.lines().find(|line| line.starts_with("rapport_graphql_requests_total{outcome=\"kept\"}"));
    line.map_or(0, |line| line.rsplit(' ').next().unwrap().parse().unwrap())
}

fn prepared(world: &World) {
    world.file("rapport.toml", "[schedule]\ndebounce_seconds = 0\n");
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

on_both!(
    /// Two replicas, and another process that imports and closes: each request has the data of its moment.
    an_answer_stands_until_the_data_change,
    |world| {
        prepared(world);
        let servers = [(); 2].map(|()| Server::start(world, &["--without-schedule"]));
        let first = servers.each_ref().map(|server| server.get(SCORES));
        let again = servers.each_ref().map(|server| server.get(SCORES));
        assert_eq!(first.each_ref().map(|(_, body)| body), again.each_ref().map(|(_, body)| body));
        assert_eq!(servers.each_ref().map(kept), [1, 1]);
        let known = tag(&first[0].0).unwrap().to_owned();
        assert_eq!(tag(&first[1].0), Some(known.as_str()), "replicas name an answer alike");
        let (head, body) = servers[1].get_with(SCORES, &format!("If-None-Match: {known}"));
        assert!(head.starts_with("HTTP/1.1 304") && body.is_empty(), "{head}");

        // an import alone changes a segment's name
        world.file("shop.toml", shop::MAPPING.replace("East 华东", "Far East"));
        world.ok(&["import", "shop.toml"]);
        for server in &servers {
            let (head, body) = server.get_with(SCORES, &format!("If-None-Match: {known}"));
            assert!(head.starts_with("HTTP/1.1 200") && tag(&head) != Some(&known), "{head}");
            assert!(String::from_utf8(body).unwrap().contains("Far East"));
        }
        // a restatement changes the revision
        shop::correct(world, 1);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        for server in &servers {
            let body = String::from_utf8(server.get(SCORES).1).unwrap();
            assert!(body.contains("\"revision\":2") && !body.contains("\"revision\":1"), "{body}");
        }
    }
);

on_both!(
    /// What changes by itself, what failed, and what a person's erasure takes away is reckoned each time.
    what_passes_is_not_kept,
    |world| {
        prepared(world);
        let server = Server::start(world, &["--without-schedule"]);
        for query in [
            "{jobRunRows{stateCode}}",
            "{scoreRows{n}jobRunRows{stateCode}}",
            "{customer(code:\"C01\"){name}}",
            "{nothing}",
            "{scoreRows(quarter:\"soon\"){n}}",
        ] {
            let query = json!({ "query": query }).to_string();
            let heads = [(); 2].map(|()| server.post("/graphql", &query).0);
            assert_eq!(heads.each_ref().map(|head| tag(head)), [None, None], "{query}");
        }
        assert_eq!(kept(&server), 0);
        let code = json!({"query": "{customer(code:\"C01\"){code segments{name}}}"}).to_string();
        assert_eq!(server.post("/graphql", &code).1, server.post("/graphql", &code).1);
        assert_eq!(kept(&server), 1);
    }
);

on_both!(
    /// One reader's answer is another's only if they may see the same.
    readers_have_answers_of_their_own,
    |world| {
        prepared(world);
        let token = |name: &str, more: &[&str]| {
            let made = world.ok(&[&["token", "create", name, "--role", "viewer"], more].concat());
            format!("Bearer {}", made.out.trim())
        };
        let east = ["--segment", "region=east"];
        let readers = [token("all", &[]), token("east", &east), token("also-east", &east)];
        let server = Server::start(world, &["--without-schedule"]);
        let answers = readers.each_ref().map(|reader| server.get_as(SCORES, reader));
        let tags = answers.each_ref().map(|(head, _)| tag(head).unwrap());
        assert_ne!(tags[0], tags[1]);
        assert_eq!(tags[1], tags[2]);
        assert!(!String::from_utf8_lossy(&answers[2].1).contains("\"n\":40"));
        assert!(String::from_utf8_lossy(&answers[0].1).contains("\"n\":40"));
    }
);

on_both!(
    /// What a client was given under other settings is not what it would be given now.
    settings_have_answers_of_their_own,
    |world| {
        prepared(world);
        let dates = "/graphql?query={purchaseRows{date}}";
        let server = Server::start(world, &["--without-schedule"]);
        let (head, before) = server.get(dates);
        let known = tag(&head).unwrap().to_owned();
        world.file("rapport.toml", "[calendar]\nzone = \"America/New_York\"\n");
        let elsewhere = Server::start(world, &["--without-schedule"]);
        let (head, after) = elsewhere.get_with(dates, &format!("If-None-Match: {known}"));
        assert!(head.starts_with("HTTP/1.1 200") && after != before, "{head}");
        assert!(String::from_utf8_lossy(&after).contains("2026-01-09"), "midnight in UTC is the day before there");
    }
);
