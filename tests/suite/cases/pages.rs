//! Who may do what with cases, through GraphQL and by the pages' forms.

use rapport_entities::{CaseEvent, EventSort};
use rapport_tests::{Server, World, on_both};
use serde_json::{Value, json};

use super::{COMPLAINTS, EVENTS, ask_as, history, quiet, stored};

fn token(world: &World, role: &str) -> String {
    world.ok(&["token", "create", role, "--role", role]).out.trim().to_owned()
}

on_both!(
    /// Operators write; analysts read cases, persons masked and words left out; viewers see how many there are.
    roles,
    |world| {
        // groups are as small as the shop is
        world.file("rapport.toml", "[rules]\nminimum_customers = 1\n");
        history(world, COMPLAINTS, EVENTS);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let [viewer, analyst, operator] = ["viewer", "analyst", "operator"].map(|role| format!("Bearer {}", token(world, role)));
        let server = Server::start(world, &["--without-schedule"]);
        let rows = "{ complaintRows(customer: \"C01\") { id } }";
        assert_eq!(ask_as(&server, rows, &viewer).unwrap_err().0, "FORBIDDEN");
        let query = "{ complaints { nodes { text events { nodes { person note } } } } complaintEventRows { person } }";
        assert_eq!(ask_as(&server, query, &viewer).unwrap_err().0, "FORBIDDEN");
        let seen = |who: &str| ask_as(&server, query, who).unwrap().to_string();
        assert!(seen(&analyst).contains("C***") && !seen(&analyst).contains("Chen") && !seen(&analyst).contains("to call"));
        assert!(seen(&operator).contains("Chen") && seen(&operator).contains("to call"));
        let id = ask_as(&server, rows, &analyst).unwrap()["complaintRows"][0]["id"].as_str().unwrap().to_owned();
        let before = stored(world);
        for who in [&viewer, &analyst] {
            for change in [
                format!("moveComplaint(id: \"{id}\", to: CONFIRMED_SATISFIED) {{ id }}"),
                format!("recordComplaintEvent(id: \"{id}\", event: {{kind: NOTE}}) {{ id }}"),
                "openComplaint(complaint: {customer: \"C07\"}) { id }".to_owned(),
            ] {
                assert_eq!(ask_as(&server, &format!("mutation {{ {change} }}"), who).unwrap_err().0, "FORBIDDEN");
            }
        }
        assert_eq!(stored(world), before);
        let groups = "{ complaintGroupRows(by: \"state\", measure: \"complaints\") { stateCode sum } }";
        let counts = ask_as(&server, groups, &viewer).unwrap();
        assert_eq!(
            counts["complaintGroupRows"],
            json!([{"stateCode": "ACKNOWLEDGED", "sum": 1.0}, {"stateCode": "RECEIVED", "sum": 1.0}, {"stateCode": "RESOLVED", "sum": 2.0}])
        );
        let text = |path: &str, who: &str| String::from_utf8(server.get_as(path, who).1).unwrap();
        let page = |who: &str| text("/complaints?locale=en", who);
        assert!(page(&viewer).contains("Where complaints stand now") && !page(&viewer).contains("K3"));
        assert!(page(&analyst).contains("K3") && !page(&analyst).contains("A new complaint"));
        assert!(page(&operator).contains("A new complaint"));
        let case = format!("/complaints/{id}?locale=en");
        assert!(server.get_as(&case, &viewer).0.contains("403"));
        assert!(text(&case, &analyst).contains("C***") && !text(&case, &analyst).contains("Move the case"));
        assert!(text(&case, &operator).contains("Confirm: satisfied") && text(&case, &operator).contains("Chen"));
    }
);

on_both!(
    /// A complaint is opened and handled by the forms of the pages, from these pages alone.
    by_the_pages_forms,
    |world| {
        quiet(world);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let server = Server::start(world, &["--without-schedule"]);
        let own: &[&str] = &["Sec-Fetch-Site: same-origin"];
        let form = "customer=C07&severity=high&risk=&channel=phone&product=&unit=&at=2026-09-01T10%3A00&text=it+smokes";
        let (head, _) = server.post_form("/complaints?locale=en", form, &["Sec-Fetch-Site: cross-site"]);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        assert_eq!(world.rows("{ complaintRows { id } }"), Vec::<Value>::new());
        let (head, _) = server.post_form("/complaints?locale=en", form, own);
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        let place = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().trim().to_owned();
        let page = || String::from_utf8(server.get(&place).1).unwrap();
        assert!(page().contains("it smokes") && page().contains("value=\"ACKNOWLEDGED\""), "{}", page());
        let (head, _) = server.post_form(&place, "from=RECEIVED&to=ACKNOWLEDGED&person=Chen&note=&at=", own);
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        let (head, body) = server.post_form(&place, "from=RECEIVED&to=ACKNOWLEDGED&person=&note=&at=", own);
        let told = String::from_utf8(body).unwrap();
        assert!(head.starts_with("HTTP/1.1 409") && told.contains("is acknowledged now"), "{head}\n{told}");
        let (head, _) = server.post_form(&place, "kind=compensated&person=Chen&note=&at=&amount=20&currency=cny&due=", own);
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        let (head, _) = server.post_form(&place, "kind=promise&person=&note=&at=&amount=&currency=CNY&due=", own);
        assert!(head.starts_with("HTTP/1.1 400"), "{head}");
        assert!(page().contains("Compensated") && page().contains("value=\"IN_WORK\"") && page().contains("20.00"));
        let sorts = CaseEvent::ALL.iter().filter(|event| event.sort() != EventSort::Move);
        for event in sorts {
            assert!(page().contains(&format!("<option value=\"{event}\">")), "{event}");
        }
        let missing = server.get("/complaints/nothing?locale=en");
        assert!(missing.0.starts_with("HTTP/1.1 404"), "{}", missing.0);
    }
);
