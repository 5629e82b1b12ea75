//! Complaints as cases: opened, moved, handled, measured by their standards; and what must not be is refused.

mod histories;
mod pages;
mod standards;

use chrono::{SecondsFormat, TimeDelta};
use rapport_entities::{CaseEvent, CaseState, clock, connect, customer_id};
use rapport_tests::{Server, World, on_both, shop};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

/// Statements that are run as they stand; what the database says of each.
fn execute(world: &World, statements: &[String]) -> Vec<Result<u64, String>> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let mut said = Vec::new();
        for statement in statements {
            let done = database.execute_unprepared(statement).await;
            said.push(done.map(|done| done.rows_affected()).map_err(|error| error.to_string()));
        }
        database.close().await.unwrap();
        said
    })
}

/// The first column of a statement's first row, as a number.
pub fn number(world: &World, sql: &str) -> i64 {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        database.close().await.unwrap();
        row.try_get_by_index::<i64>(0).unwrap()
    })
}

/// The answer to a query at a server: data, or the first error's code and words.
pub fn ask_as(server: &Server, query: &str, authorization: &str) -> Result<Value, (String, String)> {
    let (_, body) = server.post_as("/graphql", &json!({ "query": query }).to_string(), authorization);
    let answer: Value = serde_json::from_slice(&body).unwrap();
    match answer["errors"].as_array().and_then(|errors| errors.first()) {
        None => Ok(answer["data"].clone()),
        Some(error) => {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            Err((text(&error["extensions"]["code"]), text(&error["message"])))
        }
    }
}

fn ask(server: &Server, query: &str) -> Result<Value, (String, String)> {
    ask_as(server, query, "")
}

/// A shop with customers, orders and answers, and nobody who complains yet.
fn quiet(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
}

fn open(server: &Server, more: &str) -> String {
    let query = format!(
        "mutation {{ openComplaint(complaint: {{customer: \"C07\", severity: HIGH, risk: SAFETY, channel: \"phone\", \
         unit: \"east\", text: \"it smokes\"{more}}}) {{ id }} }}"
    );
    ask(server, &query).unwrap()["openComplaint"]["id"].as_str().unwrap().to_owned()
}

fn moved(server: &Server, id: &str, to: &str, more: &str) -> Result<Value, (String, String)> {
    let fields = "stateCode moves reopened satisfied resolved allowedMoves { toCode }";
    ask(server, &format!("mutation {{ moveComplaint(id: \"{id}\", to: {to}{more}) {{ {fields} }} }}"))
        .map(|data| data["moveComplaint"].clone())
}

fn recorded(server: &Server, id: &str, event: &str) -> Result<Value, (String, String)> {
    ask(
        server,
        &format!("mutation {{ recordComplaintEvent(id: \"{id}\", event: {{{event}}}) {{ faults }} }}"),
    )
}

fn ago(hours: i64) -> String {
    (clock::now() - TimeDelta::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// All that is stored of complaints and what happened to them.
fn stored(world: &World) -> String {
    world.answer(
        "{ complaintRows(limit: 10000) { id stateCode moves reopened faults satisfied acknowledgedAt resolvedAt } \
         complaintEventRows(limit: 10000) { id at kindCode sequence fromCode toCode person amountDecimal dueAt } }",
    )
}

/// The shop's mapping with complaints and what happened to them.
fn history(world: &World, complaints: &str, events: &str) {
    shop::write(world);
    let mapping =
        shop::MAPPING.replace("[files]", "[files]\ncomplaints = \"complaints.csv\"\nevents = \"events.csv\"");
    let more = "\n[[complaint]]\nfile = \"complaints\"\nselect = \"SELECT _line, code, customer, at, unit, resolved_at FROM complaints\"\n\
                [[complaint_event]]\nfile = \"events\"\nselect = \"SELECT _line, code, complaint, customer, at, kind, person, note, amount, due_at FROM events\"\n";
    world.file("shop.toml", mapping + more);
    world.file("complaints.csv", format!("code,customer,at,unit,resolved_at\n{complaints}"));
    world.file("events.csv", format!("code,complaint,customer,at,kind,person,note,amount,due_at\n{events}"));
}

const COMPLAINTS: &str = "K1,C01,2026-02-01 10:00:00,east,\nK2,C02,2026-02-01,east,2026-02-05\n\
                          K3,C03,2026-02-01,west,\nK4,C04,2026-02-01,west,2026-02-09\n";
const EVENTS: &str = "1,K1,C01,2026-02-02,acknowledged,Chen,,,\n2,K1,C01,2026-02-03,in_work,Chen,,,\n\
                      3,K1,C01,2026-02-03,listened,Chen,,,\n4,K1,C01,2026-02-04,resolved,Chen,,,\n\
                      5,K1,C01,2026-02-04,compensated,Chen,,25.50,\n\
                      1,K3,C03,2026-02-02,closed,,,,\n2,K3,C03,2026-02-03,impolite,,,,\n\
                      1,K4,C04,2026-02-02,acknowledged,,,,\n2,K4,C04,2026-02-02,promise,,to call,,2026-02-03\n";

on_both!(
    /// A complaint is taken up, handled, resolved, found wanting by its customer, taken up again and closed; each move,
    /// step and fault is there with its time and person, and nothing else can happen to it.
    a_case_goes_its_way,
    |world| {
        quiet(world);
        let server = Server::start(world, &["--without-schedule"]);
        let id = open(&server, &format!(", at: \"{}\"", ago(50)));
        let before = stored(world);
        // closing a case that nobody acknowledged
        let (code, words) = moved(&server, &id, "CLOSED", "").unwrap_err();
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(words.contains("is received and cannot become closed; from there it becomes acknowledged"), "{words}");
        // an event before the complaint, and one that has not been
        for (at, why) in [(ago(51), "before the complaint"), (ago(-1), "in the future")] {
            let (code, words) = moved(&server, &id, "ACKNOWLEDGED", &format!(", at: \"{at}\"")).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains(why), "{code} {words}");
            let (code, words) = recorded(&server, &id, &format!("kind: NOTE, at: \"{at}\"")).unwrap_err();
            assert!(code == "BAD_USER_INPUT" && words.contains(why), "{code} {words}");
        }
        // a move in the clothes of a note, a promise without a time, money for nothing
        for event in ["kind: RESOLVED", "kind: PROMISE", "kind: LISTENED, amount: 5, currency: \"CNY\""] {
            assert_eq!(recorded(&server, &id, event).unwrap_err().0, "BAD_USER_INPUT", "{event}");
        }
        let (code, _) = moved(&server, "bm9uZQ", "ACKNOWLEDGED", "").unwrap_err();
        assert_eq!(code, "BAD_USER_INPUT");
        assert_eq!(stored(world), before, "what is refused changes nothing");

        let with = |hours| format!(", at: \"{}\", person: \"Chen Jing\"", ago(hours));
        let first = with(49);
        moved(&server, &id, "ACKNOWLEDGED", &first).unwrap();
        let (_, words) = moved(&server, &id, "IN_WORK", &first).unwrap_err();
        assert!(words.contains("not later than the last move"), "{words}");
        moved(&server, &id, "IN_WORK", &with(40)).unwrap();
        recorded(&server, &id, "kind: APOLOGISED, person: \"Chen Jing\"").unwrap();
        recorded(&server, &id, &format!("kind: PROMISE, due: \"{}\", note: \"to call\"", ago(-9))).unwrap();
        recorded(&server, &id, "kind: COMPENSATED, amount: 12.5, currency: \"CNY\"").unwrap();
        let data = recorded(&server, &id, "kind: PASSED_ON").unwrap();
        assert_eq!(data["recordComplaintEvent"]["faults"], 1);
        moved(&server, &id, "RESOLVED", &with(30)).unwrap();
        let unhappy = moved(&server, &id, "CONFIRMED_DISSATISFIED", "").unwrap();
        assert_eq!(unhappy["allowedMoves"], json!([{"toCode": "CLOSED"}, {"toCode": "IN_WORK"}]));
        assert_eq!((&unhappy["satisfied"], &unhappy["resolved"]), (&json!(false), &json!(true)));
        let again = moved(&server, &id, "IN_WORK", "").unwrap();
        assert_eq!(
            (&again["reopened"], &again["satisfied"], &again["resolved"]),
            (&json!(1), &Value::Null, &json!(false))
        );
        for to in ["RESOLVED", "CONFIRMED_SATISFIED", "CLOSED"] {
            moved(&server, &id, to, "").unwrap();
        }
        let history = world.rows(
            "{ complaintEventRows(sort: \"move\") { kindCode sequence fromCode toCode person complaint customer } }",
        );
        let chain: Vec<(i64, &str, &str)> = history
            .iter()
            .map(|one| (one["sequence"].as_i64().unwrap(), one["fromCode"].as_str().unwrap(), one["toCode"].as_str().unwrap()))
            .collect();
        let states = [
            "RECEIVED", "ACKNOWLEDGED", "IN_WORK", "RESOLVED", "CONFIRMED_DISSATISFIED", "IN_WORK", "RESOLVED",
            "CONFIRMED_SATISFIED", "CLOSED",
        ];
        let expected: Vec<(i64, &str, &str)> =
            states.windows(2).enumerate().map(|(place, two)| (place as i64 + 1, two[0], two[1])).collect();
        assert_eq!(chain, expected);
        assert_eq!(history[0]["person"], "Chen Jing");
        let amends = world.rows("{ complaintEventRows(kind: \"compensated\") { amountDecimal currency } }");
        assert_eq!(amends, [json!({"amountDecimal": "12.50", "currency": "CNY"})]);
        let noted = ask(&server, &format!("{{ complaint(id: \"{id}\") {{ text complainant {{ code }} events {{ nodes {{ note }} }} }} }}"));
        let noted = noted.unwrap()["complaint"].clone();
        assert!(noted["text"] == "it smokes" && noted["complainant"]["code"] == "C07", "{noted}");
        assert!(noted.to_string().contains("to call"), "{noted}");
        let trail = world.ok(&["audit"]).out;
        for action in ["open complaint", "move complaint", "record complaint event"] {
            assert!(trail.contains(action), "{trail}");
        }
    }
);

on_both!(
    /// Of two people who saw a case in the same state one moves it; the other is told where it is now.
    one_of_two_moves_it,
    |world| {
        quiet(world);
        let servers = [0, 1].map(|_| Server::start(world, &["--without-schedule"]));
        let id = open(&servers[0], "");
        moved(&servers[0], &id, "ACKNOWLEDGED", "").unwrap();
        moved(&servers[0], &id, "IN_WORK", "").unwrap();
        moved(&servers[0], &id, "RESOLVED", "").unwrap();
        let both = std::thread::scope(|threads| {
            let tries = ["CONFIRMED_SATISFIED", "CONFIRMED_DISSATISFIED"].into_iter().zip(&servers).map(|(to, server)| {
                let id = &id;
                threads.spawn(move || moved(server, id, to, ", from: RESOLVED"))
            });
            let tries: Vec<_> = tries.collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        let now = world.rows("{ complaintRows { stateCode } }")[0]["stateCode"].as_str().unwrap().to_lowercase();
        let lost: Vec<_> = both.iter().filter_map(|one| one.as_ref().err()).collect();
        assert_eq!(lost.len(), 1, "{both:?}");
        assert_eq!(lost[0].0, "CONFLICT");
        assert!(lost[0].1.contains(&format!("it was resolved, and is {now} now")), "{}", lost[0].1);
        assert_eq!(number(world, "SELECT CAST(COUNT(*) AS bigint) FROM complaint_event WHERE sequence > 0"), 4);
    }
);

on_both!(
    /// A thousand random moves, from eight sides at once through two servers, leave legal histories: in SQL, every move
    /// begins where the one before ended, none is missing, and time goes on.
    a_thousand_random_moves,
    |world| {
        quiet(world);
        let servers = [0, 1].map(|_| Server::start(world, &["--without-schedule"]));
        let ids: Vec<String> = (0..12).map(|_| open(&servers[0], "")).collect();
        let done: u64 = std::thread::scope(|threads| {
            let sides: Vec<_> = (0..8_u64)
                .map(|side| {
                    let (ids, server) = (&ids, &servers[side as usize % 2]);
                    threads.spawn(move || {
                        let mut random = side * 7_919 + 1;
                        let mut next = |most: usize| {
                            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                            (random >> 33) as usize % most
                        };
                        let mut done = 0;
                        for _ in 0..125 {
                            let state = CaseState::ALL[1 + next(CaseState::ALL.len() - 1)];
                            match moved(server, &ids[next(ids.len())], &state.as_str().to_uppercase(), "") {
                                Ok(_) => done += 1,
                                Err((code, words)) => {
                                    assert!(code == "BAD_USER_INPUT" || code == "CONFLICT", "{code}: {words}");
                                }
                            }
                        }
                        done
                    })
                })
                .collect();
            sides.into_iter().map(|side| side.join().unwrap()).sum()
        });
        assert!(done > 100, "{done}");
        let moves = number(world, "SELECT CAST(COUNT(*) AS bigint) FROM complaint_event WHERE sequence > 0");
        assert_eq!(moves as u64, done, "each move that was told is there, and no other");
        // of the first move, of each later one, and of the case itself
        let wrong = number(
            world,
            "SELECT CAST(COUNT(*) AS bigint) FROM complaint_event e LEFT JOIN complaint_event b \
             ON b.customer_id = e.customer_id AND b.source = e.source AND b.complaint = e.complaint \
             AND b.sequence = e.sequence - 1 AND b.sequence > 0 \
             WHERE e.sequence > 0 AND NOT (CASE WHEN e.sequence = 1 THEN e.from_state = 'received' AND b.code IS NULL \
             ELSE b.to_state = e.from_state AND b.at < e.at END)",
        );
        assert_eq!(wrong, 0);
        let apart = number(
            world,
            "SELECT CAST(COUNT(*) AS bigint) FROM complaint c LEFT JOIN complaint_event e ON e.customer_id = c.customer_id \
             AND e.source = c.source AND e.complaint = c.code AND e.sequence = c.moves AND e.sequence > 0 \
             WHERE c.state <> coalesce(e.to_state, 'received') OR c.moves <> (SELECT COUNT(*) FROM complaint_event n \
             WHERE n.customer_id = c.customer_id AND n.source = c.source AND n.complaint = c.code AND n.sequence > 0) \
             OR c.reopened <> (SELECT COUNT(*) FROM complaint_event r WHERE r.customer_id = c.customer_id \
             AND r.source = c.source AND r.complaint = c.code AND r.kind = 'reopened' AND r.sequence > 0)",
        );
        assert_eq!(apart, 0);
        world.ok(&["audit"]);
    }
);

on_both!(
    /// The database takes the moves that the program holds for legal, and no others, whoever writes them.
    the_database_guards_the_moves,
    |world| {
        quiet(world);
        let id = customer_id("C07");
        let mut tries = Vec::new();
        for kind in CaseEvent::ALL {
            for (from, to) in CaseState::ALL.iter().flat_map(|from| CaseState::ALL.iter().map(move |to| (from, to))) {
                tries.push((*kind, *from, *to));
            }
        }
        let insert = |(place, (kind, from, to)): (usize, &(CaseEvent, CaseState, CaseState))| {
            format!(
                "INSERT INTO complaint_event (customer_id, source, complaint, code, at, kind, sequence, from_state, to_state) \
                 VALUES ({id}, 's', 'K{place}', 'e', 0, '{kind}', 1, '{from}', '{to}')"
            )
        };
        let said = execute(world, &tries.iter().enumerate().map(insert).collect::<Vec<_>>());
        for ((kind, from, to), said) in tries.iter().zip(said) {
            assert_eq!(said.is_ok(), from.after(*kind) == Some(*to), "{kind}: {from} to {to}: {said:?}");
        }
        let half = |columns: &str, values: &str| {
            format!("INSERT INTO complaint_event (customer_id, source, complaint, code, at, kind, {columns}) \
                     VALUES ({id}, 's', 'half', 'e', 0, 'acknowledged', {values})")
        };
        let again = insert((0, &(CaseEvent::Acknowledged, CaseState::Received, CaseState::Acknowledged)));
        let said = execute(
            world,
            &[
                half("from_state, to_state", "'received', 'acknowledged'"),
                half("sequence, from_state", "1, 'received'"),
                half("sequence", "-1"),
                again.replace("'K0', 'e'", "'twice', 'a'"),
                again.replace("'K0', 'e'", "'twice', 'b'"),
                "UPDATE complaint SET state = 'lost'".to_owned(),
            ],
        );
        let taken: Vec<bool> = said.iter().map(Result::is_ok).collect();
        // there is no complaint whose state the last one could change
        assert_eq!(taken, [false, false, false, true, false, true], "{said:?}");
    }
);
