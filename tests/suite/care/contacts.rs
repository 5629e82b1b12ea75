//! Promises and contacts: what is due is on the list until it is kept, and who may log what.

use rapport_tests::{Server, World, on_both};
use serde_json::{Value, json};

use super::{in_days, line, three_quarters};
use crate::cases::{ask, ask_as};

fn log(server: &Server, more: &str) -> Result<Value, (String, String)> {
    let query = format!(
        "mutation {{ logContact(contact: {{customer: \"C07\"{more}}}) {{ code contacts {{ nodes {{ outcomeCode who note }} }} }} }}"
    );
    ask(server, &query).map(|data| data["logContact"].clone())
}

/// The reasons of C07 on the newest list.
fn reasons(world: &World) -> Option<Value> {
    line(world, "2026-Q3", "C07", "reasonCodes").map(|line| line["reasonCodes"].clone())
}

on_both!(
    /// A promise is on the list when it is soon due, with its day, until it is kept or the complaint is resolved; one that was
    /// made in a contact just so. On the lists of older quarters there is none.
    a_promise_is_due_until_it_is_kept,
    |world| {
        three_quarters(world);
        let server = Server::start(world, &["--without-schedule"]);
        let open = "mutation { openComplaint(complaint: {customer: \"C07\"}) { id } }";
        let id = ask(&server, open).unwrap()["openComplaint"]["id"].clone();
        let was = reasons(world);
        let promise = |due: String| {
            let query = format!("mutation {{ recordComplaintEvent(id: {id}, event: {{kind: PROMISE, due: \"{due}\"}}) {{ id }} }}");
            ask(&server, &query).unwrap();
        };
        promise(in_days(30));
        assert_eq!(reasons(world), was, "in a month is not soon");
        promise(in_days(3));
        let told = line(world, "2026-Q3", "C07", "reasonCodes promiseDueAt promiseOverdue words lastOutcomeCode").unwrap();
        assert!(told["reasonCodes"].as_str().unwrap().contains("PROMISE_DUE"), "{told}");
        assert!(told["promiseOverdue"] == false && told["promiseDueAt"].is_string() && told["lastOutcomeCode"].is_null(), "{told}");
        assert!(told["words"].as_str().unwrap().contains("a promise is due on "), "{told}");
        let older = world.rows("{ careRows(quarter: \"2026-Q2\", reason: \"PROMISE_DUE\") { code } }");
        assert_eq!(older, Vec::<Value>::new());

        let before = world.answer("{ careContactRows { id } }");
        for (wrong, why) in [
            (format!(", outcome: REACHED, at: \"{}\"", in_days(1)), "in the future"),
            (", outcome: PROMISED".to_owned(), "needs the time"),
            (format!(", outcome: REACHED, nextAt: \"{}\"", in_days(-1)), "before it"),
        ] {
            let (code, words) = log(&server, &wrong).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains(why), "{code} {words}");
        }
        let nobody = ask(&server, "mutation { logContact(contact: {customer: \"Nobody\", outcome: LOST}) { code } }");
        assert_eq!(nobody.unwrap_err().0, "BAD_USER_INPUT");
        assert_eq!(world.answer("{ careContactRows { id } }"), before, "what is refused writes nothing");

        log(&server, ", outcome: NOT_REACHED").unwrap();
        assert!(reasons(world).unwrap().as_str().unwrap().contains("PROMISE_DUE"), "who was not reached is still owed");
        let kept = log(&server, ", outcome: KEPT, channel: \"phone\", note: \"called back\"").unwrap();
        let last = json!({"outcomeCode": "KEPT", "who": "am-2", "note": "called back"});
        assert_eq!(kept["contacts"]["nodes"].as_array().unwrap().last(), Some(&last), "the account's manager made it");
        assert_eq!(reasons(world), was);
        log(&server, &format!(", outcome: PROMISED, who: \"Chen Jing\", nextAt: \"{}\"", in_days(2))).unwrap();
        let again = line(world, "2026-Q3", "C07", "reasonCodes lastOutcomeCode nextContactAt promiseDueAt").unwrap();
        assert!(again["reasonCodes"].as_str().unwrap().contains("PROMISE_DUE") && again["lastOutcomeCode"] == "PROMISED", "{again}");
        assert_eq!(again["nextContactAt"], again["promiseDueAt"]);
        log(&server, ", outcome: KEPT").unwrap();
        assert_eq!(reasons(world), was);
        let logged = world.rows("{ careContactRows(customer: \"C07\") { outcomeCode outcomeLabel quarter } }");
        let outcomes: Vec<&Value> = logged.iter().map(|row| &row["outcomeCode"]).collect();
        assert_eq!(outcomes, ["NOT_REACHED", "KEPT", "PROMISED", "KEPT"]);
        // the promise of a complaint that is resolved is owed no longer
        promise(in_days(1));
        assert_ne!(reasons(world), was);
        for to in ["ACKNOWLEDGED", "IN_WORK", "RESOLVED"] {
            ask(&server, &format!("mutation {{ moveComplaint(id: {id}, to: {to}) {{ id }} }}")).unwrap();
        }
        assert_eq!(reasons(world), was);
        let trail = world.ok(&["audit"]).out;
        assert!(trail.contains("log contact C07"), "{trail}");
        // erased: that there was a contact stays, what was noted does not
        world.ok(&["erase", "C07", "--yes"]);
        let after = log(&server, ", outcome: REACHED, note: \"wrote a name\"").unwrap();
        let nodes = after["contacts"]["nodes"].as_array().unwrap();
        assert!(nodes.len() == 5 && nodes.iter().all(|node| node["note"].is_null()), "{after}");
        // the server may be at it
        world.until_done(&["verify"]);
    }
);

on_both!(
    /// Viewers see no person on the list; analysts see it without notes, who made contacts masked, those of a segment its
    /// customers alone; only operators log contacts, by the page's form too.
    roles_and_forms,
    |world| {
        three_quarters(world);
        let token = |role: &str, more: &[&str]| {
            let name = format!("{role}{}", more.len());
            let arguments = [&["token", "create", name.as_str(), "--role", role], more].concat();
            format!("Bearer {}", world.ok(&arguments).out.trim())
        };
        let [viewer, analyst, operator] = ["viewer", "analyst", "operator"].map(|role| token(role, &[]));
        let narrow = token("analyst", &["--segment", "region=east"]);
        let server = Server::start(world, &["--without-schedule"]);
        let log = "mutation { logContact(contact: {customer: \"C20\", outcome: REACHED, who: \"Chen Jing\", note: \"will stay\"}) { code } }";
        for who in [&viewer, &analyst, &narrow] {
            assert_eq!(ask_as(&server, log, who).unwrap_err().0, "FORBIDDEN");
        }
        ask_as(&server, log, &operator).unwrap();
        for query in ["{ careRows { code } }", "{ careList { totalCount } }", "{ careManagerRows { n } }", "{ careContactRows { code } }"] {
            assert_eq!(ask_as(&server, query, &viewer).unwrap_err().0, "FORBIDDEN", "{query}");
        }
        let contact = "{ customer(code: \"C20\") { contacts { totalCount nodes { who note } } } }";
        let seen = |who: &str| ask_as(&server, contact, who).unwrap()["customer"]["contacts"].clone();
        assert_eq!(seen(&analyst), json!({"totalCount": 1, "nodes": [{"who": "C***", "note": null}]}));
        assert_eq!(seen(&operator), json!({"totalCount": 1, "nodes": [{"who": "Chen Jing", "note": "will stay"}]}));
        let codes = |who: &str| {
            let rows = ask_as(&server, "{ careRows(quarter: \"2026-Q2\") { code } }", who).unwrap()["careRows"].clone();
            rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()[1..].parse::<u32>().unwrap()).collect::<Vec<_>>()
        };
        let even = |codes: Vec<u32>| codes.into_iter().filter(|code| code % 2 == 0).collect::<Vec<_>>();
        assert!(codes(&analyst).iter().any(|code| code % 2 == 1), "{:?}", codes(&analyst));
        assert_eq!(codes(&narrow), even(codes(&analyst)), "the east has the even codes");
        let text = |path: &str, who: &str| String::from_utf8(server.get_as(path, who).1).unwrap();
        let page = "/care?quarter=2026-Q2&locale=en";
        assert!(server.get_as(page, &viewer).0.contains(" 403 "));
        assert!(!text("/?locale=en", &viewer).contains("/care?"), "nothing leads a viewer there");
        assert!(text(page, &analyst).contains("C20") && !text(page, &analyst).contains("id=\"log-title\""));
        assert!(text(page, &operator).contains("Log the contact") && text(page, &operator).contains("Reached"));
        assert!(text("/care?quarter=2026-Q2&locale=zh-CN", &analyst).contains("原为忠诚型，现为人质型"));
        assert!(!text(&format!("{page}&manager=am-1"), &analyst).contains("/customers/C20"));
        let saved = text("/q/care.csv?quarter=2026-Q2&manager=am-2", &analyst);
        assert!(saved.lines().skip(1).all(|line| line.contains(",am-2,")) && saved.contains(",C20,"), "{saved}");
        let own = ["Sec-Fetch-Site: same-origin".to_owned(), format!("Authorization: {operator}")];
        let own = own.each_ref().map(String::as_str);
        let form = "customer=C20&outcome=promised&channel=phone&who=&at=&next=2099-01-31T10%3A00&note=a+new+offer";
        let (head, _) = server.post_form("/care?locale=en", form, &["Sec-Fetch-Site: cross-site", own[1]]);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        let (head, body) = server.post_form("/care?locale=en", &form.replace("next=2099-01-31T10%3A00", "next="), &own);
        assert!(head.starts_with("HTTP/1.1 400") && String::from_utf8_lossy(&body).contains("needs the time"), "{head}");
        let (head, _) = server.post_form("/care?locale=en", form, &own);
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        let place = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().trim().to_owned();
        assert!(place.starts_with("/customers/C20?") && place.ends_with("#contacts-title"), "{place}");
        let customer = text(place.split('#').next().unwrap(), &operator);
        assert!(customer.contains("a new offer") && customer.contains("will stay") && customer.contains("am-2"), "{customer}");
        assert!(!text(place.split('#').next().unwrap(), &analyst).contains("a new offer"));
    }
);
