//! What is recorded of lost customers: by files, by the API and by the forms of a customer's page; and what is refused.

use rapport_tests::{Server, World, on_both, shop};
use serde_json::{Value, json};

use super::pairs;
use crate::cases::{ask, ask_as};

const OWN: &str =
    "[[rules.losses.reasons]]\ncode = \"merged\"\nname = \"Merged with another\"\nname_zh = \"已被合并\"\n";

/// A shop, its first quarter closed, with a reason of its own.
fn closed(world: &World) {
    shop::write(world);
    world.file("rapport.toml", OWN);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

fn token(world: &World, role: &str) -> String {
    format!("Bearer {}", world.ok(&["token", "create", role, "--role", role]).out.trim())
}

/// What the graph tells of a customer.
fn told(server: &Server, code: &str, who: &str) -> Value {
    let fields = "losses { reasonCode reasonLabel(locale: ZH_CN) recordedBy note } \
                  winbackAttempts { id outcomeCode person channel offer costDecimal currency endedAt note }";
    ask_as(server, &format!("{{ customer(code: \"{code}\") {{ {fields} }} }}"), who).unwrap()["customer"]
        .clone()
}

on_both!(
    /// Files of losses and attempts are imported; a reason that there is not, a time to come, a cost below zero and an end
    /// before its beginning are refused with their line; the same files again change nothing.
    files_of_losses_and_attempts,
    |world| {
        shop::write(world);
        world.file("rapport.toml", OWN);
        let files = "[files]\nlosses = \"losses.csv\"\ntries = \"tries.csv\"";
        let more = "\n[[loss]]\nfile = \"losses\"\nselect = \"SELECT _line, code, customer, at, reason, note FROM losses\"\n\
                    [[winback]]\nfile = \"tries\"\nselect = \"SELECT _line, code, customer, at, cost, outcome, ended_at FROM tries\"\n";
        world.file("shop.toml", shop::MAPPING.replace("[files]", files) + more);
        world.file(
            "losses.csv",
            "code,customer,at,reason,note\nL1,C01,2026-02-20,Price,too dear\nL2,C02,2026-02-21,merged,\n\
             L3,C03,2026-02-21,envy,\nL4,C04,2096-02-21,price,\nL5,Nobody,2026-02-21,price,\nL6,C01,2026-03-20,service,\n",
        );
        world.file(
            "tries.csv",
            "code,customer,at,cost,outcome,ended_at\nW1,C01,2026-03-21,12.50,refused,2026-03-23\nW2,C01,2026-03-25,,,\n\
             W3,C02,2026-03-21,-1,open,\nW4,C02,2026-03-21,1,won_back,2026-03-20\nW5,C02,2026-03-21,1,open,2026-03-22\n\
             W6,C02,2026-03-21,3,won_back,\n",
        );
        world.ok(&["import", "shop.toml"]);
        let rejects = |file: &str| std::fs::read_to_string(world.folder().join(format!("{file}.rejects.csv"))).unwrap();
        for (line, why) in [
            ("4,reason", "`envy` is none of: moved, other_ties, price, quality, service, merged"),
            ("5,at", "it lies in the future"),
            ("6,customer", "there is no such customer"),
        ] {
            let text = rejects("losses.csv");
            assert!(text.contains(line) && text.contains(why), "{line} {why}: {text}");
        }
        for (line, why) in
            [("4,cost", "it is below zero"), ("5,ended_at", "it lies before the attempt"), ("6,ended_at", "has no end")]
        {
            let text = rejects("tries.csv");
            assert!(text.contains(line) && text.contains(why), "{line} {why}: {text}");
        }
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let again = world.ok(&["import", "shop.toml"]).out;
        for line in again.lines().skip(1).filter(|line| !line.contains("with line and reason")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!((words[1], words[2]), ("0", "0"), "nothing is new and nothing differs: {again}");
        }
        let stale = world.rows("{ quarterRows { stale } }");
        assert_eq!(stale, [json!({"stale": false})]);
        let stored = pairs(world, "SELECT code || ' ' || reason, at FROM customer_loss");
        assert_eq!(stored.keys().collect::<Vec<_>>(), ["L1 price", "L2 merged", "L6 service"]);
        let tries = pairs(world, "SELECT code || ' ' || outcome, CAST(COALESCE(cost, -1) AS bigint) FROM winback_attempt");
        assert_eq!(tries.into_iter().collect::<Vec<_>>(), [("W1 refused".to_owned(), 1_250), ("W2 open".to_owned(), -1), ("W6 won_back".to_owned(), 300)]);
        world.ok(&["verify"]);
    }
);

on_both!(
    /// Operators record; others are refused, and see neither notes nor whole names. What became of an attempt is recorded
    /// once. The quarters that read it are stale, and an erased person's notes are gone.
    operators_record_what_becomes_of_customers,
    |world| {
        closed(world);
        let [viewer, analyst, operator] = ["viewer", "analyst", "operator"].map(|role| token(world, role));
        let server = Server::start(world, &["--without-schedule"]);
        let loss = |reason: &str, more: &str| {
            format!("mutation {{ recordLoss(loss: {{customer: \"C07\", reason: \"{reason}\"{more}}}) {{ reasonCode note }} }}")
        };
        let past = ", at: \"2026-03-20T08:00:00Z\", note: \"moved to Zebulon\"";
        for who in [&viewer, &analyst] {
            assert_eq!(ask_as(&server, &loss("PRICE", past), who).unwrap_err().0, "FORBIDDEN");
        }
        let attempt = "mutation { recordWinback(attempt: {customer: \"C07\", at: \"2026-03-25T08:00:00Z\", person: \"Zhou Fang\", \
                       channel: \"phone\", offer: \"10 % off\", cost: 12.5, currency: \"CNY\", note: \"Zebulon again\"}) \
                       { id outcomeCode costDecimal } }";
        assert_eq!(ask_as(&server, attempt, &analyst).unwrap_err().0, "FORBIDDEN");
        for (wrong, why) in [
            (loss("ENVY", past), "none of: moved"),
            (loss("PRICE", ", at: \"2096-03-20T08:00:00Z\""), "it lies in the future"),
            (loss("PRICE", past).replace("C07", "Nobody"), "Nobody"),
            (attempt.replace("12.5", "-12.5"), "its cost is below zero"),
            (attempt.replace("CNY", "XYZ1"), "currency"),
        ] {
            let (code, words) = ask_as(&server, &wrong, &operator).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains(why), "{code} {words}");
        }
        assert_eq!(pairs(world, "SELECT 'n', COUNT(*) FROM customer_loss")["n"], 0);
        let done = ask_as(&server, &loss("merged", past), &operator).unwrap();
        assert_eq!(done["recordLoss"], json!({"reasonCode": "MERGED", "note": "moved to Zebulon"}));
        assert_eq!(ask_as(&server, "{ quarterRows { stale } }", &operator).unwrap()["quarterRows"], json!([{"stale": true}]));
        let tried = ask_as(&server, attempt, &operator).unwrap()["recordWinback"].clone();
        assert_eq!((&tried["outcomeCode"], &tried["costDecimal"]), (&json!("OPEN"), &json!("12.50")));
        let end = |outcome: &str, more: &str| {
            format!("mutation {{ endWinback(id: {}, outcome: {outcome}{more}) {{ outcomeCode }} }}", tried["id"])
        };
        assert_eq!(ask_as(&server, &end("REFUSED", ""), &viewer).unwrap_err().0, "FORBIDDEN");
        let (code, words) = ask_as(&server, &end("OPEN", ""), &operator).unwrap_err();
        assert!(code == "BAD_USER_INPUT" && words.contains("won_back, refused or no_answer"), "{words}");
        let early = ", at: \"2026-03-01T08:00:00Z\"";
        assert!(ask_as(&server, &end("REFUSED", early), &operator).unwrap_err().1.contains("before the attempt"));
        assert_eq!(ask_as(&server, &end("WON_BACK", ""), &operator).unwrap()["endWinback"]["outcomeCode"], "WON_BACK");
        let (code, words) = ask_as(&server, &end("REFUSED", ""), &operator).unwrap_err();
        assert!(code == "CONFLICT" && words.contains("it is won_back"), "{code} {words}");
        let whole = told(&server, "C07", &operator);
        let loss_told = &whole["losses"][0];
        assert_eq!((&loss_told["reasonLabel"], &loss_told["note"]), (&json!("已被合并"), &json!("moved to Zebulon")));
        assert!(loss_told["recordedBy"].as_str().unwrap().starts_with("token "), "{loss_told}");
        assert_eq!((&whole["winbackAttempts"][0]["person"], &whole["winbackAttempts"][0]["note"]), (&json!("Zhou Fang"), &json!("Zebulon again")));
        let masked = told(&server, "C07", &analyst);
        assert_eq!((&masked["losses"][0]["note"], &masked["winbackAttempts"][0]["note"]), (&Value::Null, &Value::Null));
        assert_eq!(masked["winbackAttempts"][0]["person"], "Z***");
        assert_eq!(ask_as(&server, "{ lostCustomerRows { code } }", &viewer).unwrap_err().0, "FORBIDDEN");
        assert!(ask_as(&server, "{ lossFlowRows { n } lossReasonRows { n } winbackRows { n } }", &viewer).is_ok());
        let trail = world.ok(&["audit"]).out;
        for event in ["record loss C07, done", "try to win back C07, done", "end attempt to win back C07, done"] {
            assert!(trail.contains(event), "{event}\n{trail}");
        }
        world.ok(&["close", "--quarter", "2026-Q1"]);
        world.ok(&["verify"]);
        world.ok(&["erase", "C07", "--yes"]);
        let left = told(&server, "C07", &operator);
        assert_eq!((&left["losses"][0]["note"], &left["winbackAttempts"][0]["note"]), (&Value::Null, &Value::Null));
        let after = ask_as(&server, &loss("PRICE", past), &operator).unwrap();
        assert_eq!(after["recordLoss"]["note"], Value::Null, "nothing of a person comes back");
    }
);

on_both!(
    /// A loss, an attempt and what became of it are recorded by the forms of the customer's page, from that page alone.
    by_the_forms_of_a_customer,
    |world| {
        closed(world);
        let server = Server::start(world, &["--without-schedule"]);
        let own: &[&str] = &["Sec-Fetch-Site: same-origin"];
        let page = |path: &str| String::from_utf8(server.get(path).1).unwrap();
        let send = |form: &str| server.post_form("/customers/C07?locale=en", form, own);
        assert!(page("/customers/C07?locale=zh-CN").contains("<option value=\"merged\">已被合并</option>"));
        let loss = "reason=service&at=2026-03-20&note=left+angry";
        let (head, _) = server.post_form("/customers/C07?locale=en", loss, &["Sec-Fetch-Site: cross-site"]);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        assert!(send("reason=envy&at=2026-03-20").0.starts_with("HTTP/1.1 400"));
        assert!(send("reason=price&at=soon").0.starts_with("HTTP/1.1 400"));
        assert!(send("note=nothing").0.starts_with("HTTP/1.1 400"));
        assert!(!page("/customers/C07?locale=en").contains("left angry"));
        assert!(send(loss).0.starts_with("HTTP/1.1 303"));
        let tried = "person=Chen&channel=phone&offer=gift&cost=8.5&currency=CNY&at=2026-03-21&outcome=open&note=hopeful";
        assert!(send(&tried.replace("8.5", "much")).0.starts_with("HTTP/1.1 400"));
        assert!(send(tried).0.starts_with("HTTP/1.1 303"));
        let shown = page("/customers/C07?locale=en");
        for words in ["left angry", "hopeful", "8.50", "name=\"ended\" value=\"won_back\""] {
            assert!(shown.contains(words), "{words} is not in {shown}");
        }
        let data = ask(&server, "{ customer(code: \"C07\") { winbackAttempts { id } } }").unwrap();
        let id = data["customer"]["winbackAttempts"][0]["id"].as_str().unwrap();
        let end = format!("attempt={id}&ended=refused");
        assert!(send(&end).0.starts_with("HTTP/1.1 303"));
        assert!(send(&end).0.starts_with("HTTP/1.1 409"));
        let shown = page("/customers/C07?locale=en");
        assert!(shown.contains("Declined") && !shown.contains("name=\"ended\""), "{shown}");
        let lost = page("/lost?locale=en");
        assert!(lost.contains("Keeping, winning back, winning new ones") && lost.contains("Whom to win back first"));
    }
);
