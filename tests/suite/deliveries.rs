//! Deliveries: alerts and reports arrive once their receivers are back, always under the same id, and no receiver holds
//! up a close.

mod letters;
mod post;
mod web;

use std::{
    collections::BTreeSet,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use rapport_tests::{World, on_both, shop};
use serde_json::Value;

use self::{letters::board, post::PostOffice, web::Receiver};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

/// Settings under which tests need not wait: short waits, and receivers that have half a second.
const PATIENCE: &str = "[delivery]\nbackoff_seconds = 0.01\ntimeout_seconds = 0.5\n";

fn hook(name: &str, receiver: &Receiver, more: &str) -> String {
    format!(
        "[[subscriptions]]\nname = \"{name}\"\nto = \"{}\"\nsecret = \"{SECRET}\"\n{more}\n",
        receiver.url()
    )
}

fn settings(world: &World, parts: &[&str]) {
    world.file("rapport.toml", format!("company = \"东方 Trading\"\n{PATIENCE}{}", parts.join("\n")));
}

/// Receivers have so many seconds instead.
fn patient(world: &World, seconds: f64) {
    let settings = std::fs::read_to_string(world.folder().join("rapport.toml")).unwrap();
    let seconds = format!("timeout_seconds = {seconds:.1}");
    world.file("rapport.toml", settings.replace("timeout_seconds = 0.5", &seconds));
}

/// The shop of the first quarter, closed, and its alerts found: two loyalty types pass their bounds.
fn closed(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
    crate::alerts::watch(world);
}

fn deliveries(world: &World) -> Vec<Value> {
    world.rows("{ deliveryRows { deliveryId subscription what stateCode attempt lastError } }")
}

/// Delivers again and again until it is as it should be.
fn deliver_until(world: &World, mut is_so: impl FnMut() -> bool) {
    for _ in 0..100 {
        world.ok(&["run", "deliver"]);
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(60));
    }
    panic!("it never came to that: {:#?}", deliveries(world));
}

fn ids(messages: &[web::Message]) -> BTreeSet<String> {
    messages.iter().map(web::Message::id).collect()
}

on_both!(
    /// A receiver that refuses, fails, hangs and dies has everything once it is back: each message under the id of its
    /// first attempt, signed so that the reference implementation knows it for ours, and no message twice.
    a_webhook_comes_back,
    |world| {
        let mut receiver = Receiver::new();
        settings(world, &[&hook("desk", &receiver, "on = [\"alerts\"]\nrules = [\"share_passed\"]")]);
        closed(world);
        let alerts = world.rows("{ alertRows(rule: \"SHARE_PASSED\") { alertId segment } }");
        assert!(alerts.len() >= 2, "{alerts:?}");
        let mut attempts = 0;
        for mood in [web::Mood::Says(403), web::Mood::Says(500), web::Mood::Says(301), web::Mood::Hangs] {
            receiver.is(mood);
            deliver_until(world, || receiver.seen().len() > attempts);
            attempts = receiver.seen().len();
            assert!(receiver.taken().is_empty(), "{mood:?}");
        }
        receiver.dies();
        deliver_until(world, || {
            deliveries(world).iter().any(|row| row["lastError"].as_str().is_some_and(|why| why.contains("cannot be reached")))
        });
        receiver.come_back();
        receiver.is(web::Mood::Says(204));
        deliver_until(world, || deliveries(world).iter().all(|row| row["stateCode"] == "DELIVERED"));
        let taken = receiver.taken();
        assert_eq!((taken.len(), ids(&taken).len()), (alerts.len(), alerts.len()), "each once");
        assert!(ids(&receiver.seen()).is_subset(&ids(&taken)), "an attempt had another id");
        let queued = deliveries(world).iter().map(|row| row["deliveryId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids(&taken), queued);
        let told: BTreeSet<String> =
            taken.iter().map(|one| one.json()["data"]["id"].as_str().unwrap().to_owned()).collect();
        let found = alerts.iter().map(|alert| alert["alertId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, found);
        let reference = standardwebhooks::Webhook::new(SECRET).unwrap();
        for message in receiver.seen() {
            reference.verify(&message.body, &message.headers).unwrap();
        }
        let another = standardwebhooks::Webhook::new("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert!(another.verify(&taken[0].body, &taken[0].headers).is_err());
    }
);

on_both!(
    /// A process that dies in the middle of an attempt: the message comes again, under the same id.
    a_killed_delivery_comes_again,
    |world| {
        let receiver = Receiver::new();
        settings(world, &[&hook("desk", &receiver, "on = [\"reports\"]")]);
        closed(world);
        receiver.is(web::Mood::Hangs);
        let mut process = start(world, &["run", "deliver"]);
        wait_until(|| !receiver.seen().is_empty());
        process.kill().unwrap();
        process.wait().unwrap();
        receiver.is(web::Mood::Says(200));
        let mut runs = Instant::now();
        wait_until(|| {
            if runs.elapsed() > Duration::from_millis(200) {
                world.run(&["run", "deliver"]);
                runs = Instant::now();
            }
            !receiver.taken().is_empty()
        });
        assert_eq!(ids(&receiver.seen()), ids(&receiver.taken()));
    }
);

on_both!(
    /// 410 is the end of it; who refuses is asked a few times; a subscription that is gone has no deliveries.
    some_are_given_up,
    |world| {
        let (gone, never, left) = (Receiver::new(), Receiver::new(), Receiver::new());
        gone.is(web::Mood::Says(410));
        never.is(web::Mood::Says(400));
        left.is(web::Mood::Says(500));
        let on = "on = [\"reports\"]";
        let [gone, never, left] = [("gone", &gone), ("never", &never), ("left", &left)].map(|(name, one)| hook(name, one, on));
        settings(world, &["refused_attempts = 3", &gone, &never, &left]);
        closed(world);
        let row = |name: &str| deliveries(world).into_iter().find(|row| row["subscription"] == name).unwrap();
        deliver_until(world, || row("never")["stateCode"] == "DEAD");
        assert_eq!(row("never")["attempt"], 3);
        assert!(row("never")["lastError"].as_str().unwrap().contains("400"), "{}", row("never"));
        assert_eq!((row("gone")["stateCode"].as_str().unwrap(), row("gone")["attempt"].as_i64().unwrap()), ("DEAD", 1));
        assert_eq!(row("left")["stateCode"], "QUEUED");
        settings(world, &[&gone, &never]);
        world.ok(&["run", "deliver"]);
        assert_eq!(row("left")["stateCode"], "QUEUED", "the settings may be another's");
        settings(world, &["catch_up_days = 0", &gone, &never]);
        deliver_until(world, || row("left")["stateCode"] == "DEAD");
        assert!(row("left")["lastError"].as_str().unwrap().contains("no longer in the settings"));
    }
);

on_both!(
    /// A report is of the newest quarter alone; a restated quarter is reported again, under another id.
    reports_of_the_newest_and_of_the_restated,
    |world| {
        let receiver = Receiver::new();
        settings(world, &[&hook("board", &receiver, "on = [\"reports\"]\nlocale = \"zh\"\nsegment = \"region:east\"")]);
        shop::write(world);
        world.file("answers.csv", shop::answers() + "S1,C01,2026-05-01 09:00:00,9,9,9\n");
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        world.ok(&["run", "deliver"]);
        assert!(receiver.seen().is_empty(), "the second quarter is over and not closed yet");
        world.ok(&["close", "--quarter", "2026-Q2"]);
        deliver_until(world, || receiver.taken().len() == 1);
        world.file("orders.csv", shop::orders() + "L1,C30,2026-05-02,500.00,400.00,1\n");
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close"]);
        deliver_until(world, || receiver.taken().len() == 2);
        let told: Vec<Value> = receiver.taken().iter().map(|message| message.json()["data"].clone()).collect();
        let said = |report: &Value| (report["quarter"].as_str().unwrap().to_owned(), report["revision"].as_i64().unwrap());
        assert_eq!([said(&told[0]), said(&told[1])], [("2026-Q2".to_owned(), 1), ("2026-Q2".to_owned(), 2)]);
        assert_eq!(told[0]["segmentName"], "East 华东");
        assert_eq!(ids(&receiver.taken()).len(), 2);
        let rows = world.rows(
            "{ loyaltyRows(quarter: \"2026-Q2\", segment: \"east\", revision: 1) { typeCode customers share } }",
        );
        for row in rows {
            let kind = row["typeCode"].as_str().unwrap().to_lowercase();
            let told = told[0]["loyalty"].as_array().unwrap().iter().find(|one| one["type"] == kind.as_str()).unwrap();
            assert_eq!((&told["customers"], &told["share"]), (&row["customers"], &row["share"]));
        }
    }
);

on_both!(
    /// While receivers hang, a quarter closes as if they were not there.
    no_close_waits,
    |world| {
        let (receiver, office) = (Receiver::new(), PostOffice::new());
        receiver.is(web::Mood::Hangs);
        office.is(post::Mood::Hangs);
        settings(world, &[&hook("desk", &receiver, "on = [\"alerts\", \"reports\"]"), &board(&office, "en")]);
        closed(world);
        patient(world, 60.0);
        let mut delivering = start(world, &["run", "deliver"]);
        wait_until(|| !receiver.seen().is_empty());
        world.file("orders.csv", shop::orders() + "L1,C30,2026-02-01,500.00,400.00,1\n");
        world.ok(&["import", "shop.toml"]);
        let ran = world.ok(&["close", "--quarter", "2026-Q1"]);
        assert!(ran.out.contains("revision 2"), "{}", ran.out);
        assert!(delivering.try_wait().unwrap().is_none(), "the receivers were to hang all the while");
        delivering.kill().unwrap();
        delivering.wait().unwrap();
    }
);

on_both!(
    /// A viewer hears of no person; an analyst of customers by code, by no name; an operator of everything.
    everybody_by_their_rights,
    |world| {
        let people = ["viewer", "analyst", "operator"].map(|role| (role, Receiver::new()));
        let parts: Vec<String> =
            people.iter().map(|(role, receiver)| hook(role, receiver, &format!("on = [\"alerts\"]\nrole = \"{role}\""))).collect();
        settings(world, &parts.iter().map(String::as_str).collect::<Vec<_>>());
        crate::alerts::overdue(world);
        closed(world);
        let done = || {
            let rows = deliveries(world);
            !rows.is_empty() && rows.iter().all(|row| row["stateCode"] == "DELIVERED")
        };
        deliver_until(world, done);
        let rules = |receiver: &Receiver| {
            let rule = |message: &web::Message| message.json()["data"]["rule"].as_str().unwrap().to_owned();
            receiver.taken().iter().map(rule).collect::<BTreeSet<_>>()
        };
        let [viewer, analyst, operator] = [0, 1, 2].map(|at| rules(&people[at].1));
        assert_eq!(viewer, BTreeSet::from(["share_passed".to_owned()]));
        assert_eq!(analyst, BTreeSet::from(["complaint_overdue".to_owned(), "share_passed".to_owned()]));
        assert!(operator.is_superset(&analyst));
        for (role, receiver) in &people {
            for message in receiver.taken() {
                let body = String::from_utf8(message.body.to_vec()).unwrap();
                assert!(!body.contains("客户 ") && !body.contains("the screen is broken"), "{role} sees {body}");
                let code = message.json()["data"]["customer"].clone();
                assert!(code.is_null() || *role != "viewer" && code == "C03", "{role} sees {body}");
            }
        }
    }
);

/// What settings hold of secrets is shown nowhere: not by `config`, not in the log, not in errors.
#[test]
fn secrets_are_not_shown() {
    let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
    let mut receiver = Receiver::new();
    let mail = "[mail]\nurl = \"smtps://rapport:mail-password@127.0.0.1:1\"\nfrom = \"a@example.com\"\n\
                [[subscriptions]]\nname = \"mail\"\non = [\"reports\"]\nto = \"mailto:b@example.com\"\n";
    settings(&world, &[&hook("desk", &receiver, "on = [\"reports\"]"), mail]);
    let shown = world.ok(&["config"]).out;
    assert!(shown.contains("desk") && shown.contains("mailto:b@example.com"), "{shown}");
    closed(&world);
    receiver.dies();
    let ran = world.ok(&["run", "deliver"]);
    let told = world.answer("{ deliveryRows { subscription lastError } }");
    assert_eq!(told.matches("127.0.0.1").count(), 2, "{told}");
    for text in [shown, ran.out, ran.err, told] {
        for secret in [&SECRET[6..], "hook-password", "mail-password"] {
            assert!(!text.contains(secret), "{secret} is shown in {text}");
        }
    }
}

/// Settings that cannot work are refused at start, in words that say what to do.
#[test]
fn settings_that_cannot_work() {
    let world = World::new(rapport_tests::Backend::Sqlite).unwrap();
    let to = |to: &str, more: &str| {
        format!("[[subscriptions]]\nname = \"one\"\non = [\"alerts\"]\nto = \"{to}\"\n{more}")
    };
    let secret = format!("secret = \"{SECRET}\"\n");
    let mail = "[mail]\nfrom = \"a@example.com\"\nurl = ";
    for (settings, words) in [
        (to("https://example.com/", ""), "whsec_"),
        (to("https://example.com/", "secret = \"hunter2\""), "whsec_"),
        (to("http://example.com/", &secret), "https://"),
        (to("ftp://example.com/", ""), "mailto:ADDRESS"),
        (to("mailto:b@example.com", ""), "mail.url is missing"),
        (format!("{mail}\"smtp://mail.example.com\"\n{}", to("mailto:b@example.com", "")), "tls=required"),
        (to("https://example.com/", &format!("{secret}role = \"king\"")), "king"),
        (to("https://example.com/", &format!("{secret}segment = \"east\"")), "DIMENSION:CODE"),
        (to("https://example.com/", &secret).repeat(2), "given twice"),
        ("[alerts.shares]\nloyal = 3.0".to_owned(), "alerts.shares.loyal"),
        ("[delivery]\nattempts = 0".to_owned(), "delivery.attempts"),
    ] {
        world.file("rapport.toml", &settings);
        let ran = world.run(&["config"]);
        assert_eq!(ran.code, 2, "{settings}\n{}", ran.err);
        assert!(ran.err.contains(words), "`{words}` is missing in {}", ran.err);
        assert!(!ran.err.contains("hunter2"), "{}", ran.err);
    }
}

fn start(world: &World, arguments: &[&str]) -> Child {
    world.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn wait_until(mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came to that");
        std::thread::sleep(Duration::from_millis(10));
    }
}
