//! Improvement actions: opened, moved and imported; what must not be is refused; and what they did is measured.

mod effects;
mod imports;
mod pages;

use rapport_tests::{Server, World, on_both, shop};
use serde_json::{Value, json};

use crate::cases::{ask, ask_as, execute, number};

/// The arguments of an action on the east.
const EAST: &str = "title: \"Call back within a day\", origin: COMPLAINT, originReference: \"SAFETY\", \
                    originQuarter: \"2026-Q1\", dimension: \"region\", segment: \"east\", metric: CSAT, \
                    effectFrom: \"2026-Q2\", due: \"2026-06-30\", expected: 3";

fn open(server: &Server, arguments: &str) -> Result<String, (String, String)> {
    let query = format!("mutation {{ openAction(action: {{{arguments}}}) {{ code }} }}");
    ask(server, &query).map(|data| data["openAction"]["code"].as_str().unwrap().to_owned())
}

fn moved(server: &Server, code: &str, to: &str, more: &str) -> Result<Value, (String, String)> {
    let fields = "stateCode version allowedMoves { toCode }";
    ask(server, &format!("mutation {{ moveAction(code: \"{code}\", to: {to}{more}) {{ {fields} }} }}"))
        .map(|data| data["moveAction"].clone())
}

/// All that is stored of actions and what happened to them, and the versions of the quarters' data.
fn stored(world: &World) -> String {
    world.answer(
        "{ actions { nodes { code title owner due stateCode version events { nodes { number kindCode who note } } } } \
         quarterRows { quarter stale } }",
    )
}

/// A shop with customers, orders and answers, its first quarter closed.
fn closed(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

on_both!(
    /// An action is opened, taken up and done; each move is there with its time and who made it, and nothing else can
    /// happen to it. One without an owner is refused, and changes nothing.
    an_action_goes_its_way,
    |world| {
        closed(world);
        let server = Server::start(world, &["--without-schedule"]);
        let (before, trail) = (stored(world), world.ok(&["audit"]).out);
        for owner in ["", ", owner: null", ", owner: \"  \""] {
            let (code, words) = open(&server, &format!("{EAST}{owner}")).unwrap_err();
            assert_eq!(code, "BAD_USER_INPUT");
            assert!(words.contains("it has no owner; name who answers for it"), "{words}");
        }
        let owned = format!("{EAST}, owner: \"Chen Jing\"");
        for (wrong, why) in [
            (owned.replace("\"east\"", "\"nowhere\""), "there is no segment region=nowhere"),
            (owned.replace("Call back within a day", " "), "it has no title"),
            (owned.replace("COMPLAINT, originReference: \"SAFETY\"", "DRIVER"), "which driver"),
            (owned.replace("SAFETY", "BOREDOM"), "what is complained about"),
            (owned.replace("2026-Q2", "spring"), "is not a quarter"),
            (owned.replace("expected: 3", "expected: 0"), "a number other than 0"),
        ] {
            let (code, words) = open(&server, &wrong).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains(why), "{why}: {code} {words}");
        }
        assert_eq!(stored(world), before, "what is refused changes nothing");
        assert_eq!(world.ok(&["audit"]).out, trail);

        let code = open(&server, &format!("{owned}, code: \"CB-1\", note: \"as the board asked\"")).unwrap();
        assert_eq!(code, "CB-1");
        assert!(open(&server, &format!("{owned}, code: \"CB-1\"")).unwrap_err().1.contains("already"));
        let row = world.rows(
            "{ actionRows(state: \"planned\", segment: \"east\", metric: \"CSAT\", owner: \"Chen Jing\", overdue: true) \
             { title originCode originReference segmentName effectFrom owner due overdue expected version stateLabel(locale: ZH_CN) } }",
        );
        assert_eq!(row, [json!({
            "title": "Call back within a day", "originCode": "COMPLAINT", "originReference": "SAFETY",
            "segmentName": "East 华东", "effectFrom": "2026-Q2", "owner": "Chen Jing", "due": "2026-06-30",
            "overdue": true, "expected": 3.0, "version": 1, "stateLabel": "计划中",
        })]);
        let (wrong, words) = moved(&server, &code, "DONE", "").unwrap_err();
        assert_eq!(wrong, "BAD_USER_INPUT");
        assert!(words.contains("is planned and cannot become done; from there it becomes in_work or abandoned"), "{words}");
        assert_eq!(moved(&server, "CB-2", "IN_WORK", "").unwrap_err().0, "BAD_USER_INPUT");
        let taken = moved(&server, &code, "IN_WORK", ", from: PLANNED, note: \"begun\"").unwrap();
        assert_eq!(taken["allowedMoves"], json!([{"toCode": "DONE"}, {"toCode": "ABANDONED"}]));
        let note = |text: &str| ask(&server, &format!("mutation {{ noteAction(code: \"CB-1\", note: \"{text}\") {{ version }} }}"));
        assert_eq!(note("half way").unwrap()["noteAction"]["version"], 3);
        assert!(note(" ").unwrap_err().1.contains("a note needs words"));
        assert_eq!(moved(&server, &code, "DONE", "").unwrap()["allowedMoves"], json!([]));
        assert!(moved(&server, &code, "ABANDONED", "").unwrap_err().1.contains("that is its end"));
        let told = ask(&server, "{ action(code: \"CB-1\") { overdue events { nodes { number kindCode fromCode toCode who note } } } }").unwrap();
        let event = |number: i32, kind: &str, states: [Option<&str>; 2], note: Option<&str>| {
            json!({"number": number, "kindCode": kind, "fromCode": states[0], "toCode": states[1], "who": "open", "note": note})
        };
        assert_eq!(told["action"], json!({"overdue": false, "events": {"nodes": [
            event(1, "OPENED", [None, None], Some("as the board asked")),
            event(2, "IN_WORK", [Some("PLANNED"), Some("IN_WORK")], Some("begun")),
            event(3, "NOTE", [None, None], Some("half way")),
            event(4, "DONE", [Some("IN_WORK"), Some("DONE")], None),
        ]}}));
        let trail = world.ok(&["audit"]).out;
        for action in ["open action", "move action", "note action"] {
            assert!(trail.contains(action), "{trail}");
        }
        // nobody gets an illegal move or an action without an owner past the database itself
        let refused = execute(world, &[
            "INSERT INTO action_event (action, number, at, kind, who, from_state, to_state) VALUES ('CB-1', 5, 0, 'done', 'x', 'planned', 'done')".to_owned(),
            "INSERT INTO action_event (action, number, at, kind, who) VALUES ('CB-1', 5, 0, 'done', 'x')".to_owned(),
            "INSERT INTO action_event (action, number, at, kind, who) VALUES ('CB-1', 4, 0, 'note', 'x')".to_owned(),
            "UPDATE action SET owner = ' '".to_owned(),
            "UPDATE action SET state = 'abandoned'".to_owned(),
        ]);
        assert!(refused.iter().all(Result::is_err), "{refused:?}");
    }
);

on_both!(
    /// Of two people who saw an action in the same state one moves it; the other is told where it is now.
    one_of_two_moves_an_action,
    |world| {
        closed(world);
        let servers = [0, 1].map(|_| Server::start(world, &["--without-schedule"]));
        for round in 0..5 {
            let code = open(&servers[0], &format!("{EAST}, owner: \"Chen Jing\"")).unwrap();
            let both = std::thread::scope(|threads| {
                let tries = ["IN_WORK", "ABANDONED"].into_iter().zip(&servers).map(|(to, server)| {
                    let code = &code;
                    threads.spawn(move || moved(server, code, to, ", from: PLANNED"))
                });
                tries.collect::<Vec<_>>().into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
            });
            let lost: Vec<_> = both.iter().filter_map(|one| one.as_ref().err()).collect();
            assert_eq!((lost.len(), lost[0].0.as_str()), (1, "CONFLICT"), "{both:?}");
            assert!(lost[0].1.contains("it was planned, and is"), "{}", lost[0].1);
            let moves = number(world, "SELECT CAST(COUNT(*) AS bigint) FROM action_event WHERE to_state IS NOT NULL");
            assert_eq!(moves, round + 1);
        }
    }
);

on_both!(
    /// Operators write and are told who; analysts are told owners masked; viewers read what is to be done and what it did;
    /// and a token of one region has its actions alone.
    who_sees_actions,
    |world| {
        closed(world);
        let tokens = ["viewer", "analyst", "operator"].map(|role| {
            format!("Bearer {}", world.ok(&["token", "create", role, "--role", role]).out.trim())
        });
        let west = ["token", "create", "west", "--role", "analyst", "--segment", "region=west"];
        let west = format!("Bearer {}", world.ok(&west).out.trim());
        let [viewer, analyst, operator] = tokens;
        let server = Server::start(world, &["--without-schedule"]);
        let action = |place: &str| format!("mutation {{ openAction(action: {{{}, code: {place}, owner: \"Chen Jing\", note: \"quietly\"}}) {{ code }} }}", EAST.replace("\"east\"", place));
        for who in [&viewer, &analyst] {
            assert_eq!(ask_as(&server, &action("\"east\""), who).unwrap_err().0, "FORBIDDEN");
        }
        for place in ["\"east\"", "\"west\""] {
            ask_as(&server, &action(place), &operator).unwrap();
        }
        let query = "{ actionRows { segment owner } actions { totalCount nodes { segment events { nodes { who note } } } } }";
        let seen = |who: &str| ask_as(&server, query, who).unwrap();
        assert_eq!(seen(&viewer)["actionRows"], json!([{"segment": "east", "owner": null}, {"segment": "west", "owner": null}]));
        assert_eq!(seen(&analyst)["actionRows"][0]["owner"], "C***");
        assert_eq!(seen(&operator)["actionRows"][0]["owner"], "Chen Jing");
        assert!(seen(&operator).to_string().contains("quietly") && !seen(&analyst).to_string().contains("quietly"));
        assert_eq!(seen(&west)["actionRows"], json!([{"segment": "west", "owner": "C***"}]));
        assert_eq!(seen(&west)["actions"]["totalCount"], 1);
        let by_owner = "{ actionRows(owner: \"Chen Jing\") { code } }";
        assert_eq!(ask_as(&server, by_owner, &analyst).unwrap_err().0, "FORBIDDEN");
        assert_eq!(ask_as(&server, by_owner, &operator).unwrap()["actionRows"].as_array().unwrap().len(), 2);
    }
);
