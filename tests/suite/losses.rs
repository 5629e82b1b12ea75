//! Lost customers: the way they took, why, and whom to win back, counted again by plain SQL and by hand; what is recorded
//! here, and what is refused.

mod recording;

use std::collections::BTreeMap;

use rapport_entities::connect;
use rapport_tests::{World, on_both, shop};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

/// The rows of a statement of one text and one number, as they stand.
pub(crate) fn pairs(world: &World, sql: &str) -> BTreeMap<String, i64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let rows = database.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    })
}

const LAST: &str = "2025-Q4";

/// Every customer who stayed in the quarter before, with the states it passed, from the tables alone; `bounds` are the first
/// moments of the window and of the quarter after.
fn ways((window, end): (i64, i64), measure: &str) -> String {
    let set = |quarter: &str| {
        format!(
            "(SELECT set_id FROM current_publication WHERE quarter = '{quarter}' AND job = 'close-quarter')"
        )
    };
    let mine = |table: &str| {
        format!(
            "SELECT 1 FROM {table} f WHERE f.customer_id = n.customer_id AND f.at >= {window} AND f.at < {end}"
        )
    };
    let contact = format!("EXISTS ({}) OR EXISTS ({})", mine("response"), mine("complaint"));
    let case = |more: &str| format!("EXISTS ({} AND {more})", mine("complaint"));
    let open = case("f.state NOT IN ('resolved', 'confirmed_satisfied', 'confirmed_dissatisfied', 'closed')");
    format!(
        "SELECT CASE WHEN {contact} THEN 'contact' ELSE 'no_contact' END || '>' || \
         CASE WHEN n.satisfaction IS NULL THEN 'no_answer' WHEN n.satisfaction < 8 THEN 'dissatisfied' ELSE 'satisfied' END \
         || '>' || CASE WHEN NOT n.complained THEN 'quiet' WHEN NOT EXISTS ({}) THEN 'unrecorded' WHEN {open} THEN 'open' \
         WHEN {} THEN 'handled_badly' WHEN {} THEN 'handled_well' ELSE 'unconfirmed' END \
         || '>' || CASE WHEN n.staying THEN 'kept' ELSE 'lost' END AS way, CAST({measure} AS bigint) \
         FROM customer_quarter n JOIN customer_quarter b ON b.customer_id = n.customer_id AND b.set_id = {} \
         WHERE n.set_id = {} AND b.staying GROUP BY 1",
        mine("complaint"),
        case("NOT f.satisfied"),
        case("f.satisfied"),
        set("2025-Q3"),
        set(LAST),
    )
}

/// The same by the flow's own states: what each state leads to.
fn edges(ways: &BTreeMap<String, i64>) -> BTreeMap<(String, String), i64> {
    let mut edges = BTreeMap::new();
    for (way, n) in ways {
        let parts: Vec<&str> = way.split('>').collect();
        let [contact, answer, handled, outcome] = parts[..] else { panic!("{way}") };
        let quiet = format!("quiet_{answer}");
        let mut states = vec!["using", contact, answer];
        match handled {
            "quiet" => states.push(&quiet),
            handled => states.extend(["complained", handled]),
        }
        states.push(outcome);
        for pair in states.windows(2) {
            *edges.entry((pair[0].to_uppercase(), pair[1].to_uppercase())).or_default() += n;
        }
    }
    edges
}

fn flow(world: &World, place: &str) -> Vec<Value> {
    world.rows(&format!(
        "{{ lossFlowRows(quarter: \"{LAST}\", {place}) {{ step fromCode toCode customers revenue revenueDecimal share lower upper n \
         suppressed }} }}"
    ))
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

/// Wilson's interval of 95 %, by the textbook.
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    let (z, p) = (1.959_963_984_540_054_f64, hits / n);
    let (middle, spread) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    let whole = 1.0 + z * z / n;
    ((middle - spread) / whole, (middle + spread) / whole)
}

fn near(value: &Value, expected: f64, what: &str) {
    let close = value.as_f64().is_some_and(|value| (value - expected).abs() < 1e-9 * expected.abs().max(1.0));
    assert!(close, "{what}: {value} is not {expected}");
}

on_both!(
    /// Everybody who stayed in the quarter before passes one way: every count and sum is what plain SQL finds, every state
    /// lets go whom it took in, and the lost are those whom the retention rate misses.
    the_way_is_what_customers_did,
    |world| {
        world.file("rapport.toml", "[rules]\nminimum_base = 20\n");
        world.ok(&["demo", "--no-serve", "--customers", "700", "--quarters", "6", "--last", LAST]);
        // 2025 in UTC
        let bounds = (1_735_689_600_000, 1_767_225_600_000);
        let counted = edges(&pairs(world, &ways(bounds, "COUNT(*)")));
        let money = edges(&pairs(world, &ways(bounds, "SUM(n.window_revenue)")));
        let rows = flow(world, "dimension: \"all\"");
        assert_eq!(rows.len(), 33);
        let (mut into, mut out) = (BTreeMap::<&str, i64>::new(), BTreeMap::<&str, i64>::new());
        for row in &rows {
            let (from, to, n) = (text(row, "fromCode"), text(row, "toCode"), row["customers"].as_i64().unwrap());
            let key = (from.to_owned(), to.to_owned());
            assert_eq!(n, counted.get(&key).copied().unwrap_or(0), "{key:?}");
            let minor = money.get(&key).copied().unwrap_or(0);
            assert_eq!(text(row, "revenueDecimal"), format!("{}.{:02}", minor / 100, minor % 100), "{key:?}");
            *out.entry(from).or_default() += n;
            *into.entry(to).or_default() += n;
        }
        for row in &rows {
            let (base, n) = (out[text(row, "fromCode")], row["customers"].as_i64().unwrap());
            assert_eq!(row["n"], base, "{row}");
            if base < 20 {
                assert!(row["share"].is_null() && row["lower"].is_null(), "{row}");
                continue;
            }
            near(&row["share"], n as f64 / base as f64, "share");
            let (lower, upper) = wilson(n as f64, base as f64);
            near(&row["lower"], lower.max(0.0), "lower");
            near(&row["upper"], upper.min(1.0), "upper");
        }
        let base = out["USING"];
        for (state, n) in &into {
            assert!(out.get(state).is_none_or(|left| left == n), "{state} keeps some");
        }
        assert_eq!(into["KEPT"] + into["LOST"], base);
        assert!(into["LOST"] > 10 && into["HANDLED_BADLY"] > 0 && into["NO_CONTACT"] > 0, "{into:?}");
        let retained = &world.rows(&format!(
            "{{ scoreRows(quarter: \"{LAST}\", metric: \"RETENTION_RATE\", dimension: \"all\") {{ value n }} }}"
        ))[0];
        assert_eq!(retained["n"], base);
        near(&retained["value"], into["KEPT"] as f64 / base as f64, "retention");
        // of a segment the same, and the segments of a dimension are all
        let regions: i64 = flow(world, "dimension: \"region\"")
            .iter()
            .filter(|row| row["step"] == 5)
            .map(|row| row["customers"].as_i64().unwrap())
            .sum();
        assert_eq!(regions, base);
        // nobody can be seen to leave in the first quarter
        let first = world.rows("{ lossFlowRows(quarter: \"2024-Q3\", dimension: \"all\") { n customers } }");
        assert!(first.iter().all(|row| row["n"] == 0), "{first:?}");
        world.ok(&["verify"]);
    }
);

on_both!(
    /// Reasons are those of the lost alone, the latest record of the window; the list is what is lost and not back, and each
    /// expectation is value times measured success less cost.
    reasons_and_list_are_reckoned_from_what_is_recorded,
    |world| {
        world.file("rapport.toml", "[rules]\nminimum_base = 5\n[rules.costs]\nwin_back_attempt = 12\nkeep_per_customer = 9\n");
        world.ok(&["demo", "--no-serve", "--customers", "900", "--quarters", "6", "--last", LAST]);
        let reasons = world.rows(&format!(
            "{{ lossReasonRows(quarter: \"{LAST}\", dimension: \"all\") {{ reasonCode customers share n lost }} }}"
        ));
        let set = "(SELECT set_id FROM current_publication WHERE quarter = '2025-Q4' AND job = 'close-quarter')";
        let before = set.replace("2025-Q4", "2025-Q3");
        let lost = format!(
            "customer_quarter n JOIN customer_quarter b ON b.customer_id = n.customer_id AND b.set_id = {before} \
             AND b.staying AND NOT COALESCE(n.staying, FALSE) WHERE n.set_id = {set}"
        );
        let all = pairs(world, &format!("SELECT 'lost', COUNT(*) FROM {lost}"))["lost"];
        let found = pairs(
            world,
            &format!(
                "SELECT upper(l.reason), COUNT(*) FROM customer_loss l WHERE l.at >= 1735689600000 AND l.at < 1767225600000 \
                 AND NOT EXISTS (SELECT 1 FROM customer_loss o WHERE o.customer_id = l.customer_id AND o.at > l.at \
                 AND o.at < 1767225600000) AND l.customer_id IN (SELECT n.customer_id FROM {lost}) GROUP BY 1"
            ),
        );
        let known: i64 = found.values().sum();
        assert!(known > 5 && known < all, "{known} of {all}");
        for row in &reasons {
            assert_eq!((&row["n"], &row["lost"]), (&json!(known), &json!(all)), "{row}");
            let n = found.get(text(row, "reasonCode")).copied().unwrap_or(0);
            assert_eq!(row["customers"], n, "{row}");
            near(&row["share"], n as f64 / known as f64, "share");
        }
        let efforts = world.rows(&format!(
            "{{ winbackRows(quarter: \"{LAST}\", dimension: \"all\") {{ effortCode reasonCode n successes open share cost costN \
             costPerSuccess }} }}"
        ));
        let effort = |effort: &str, reason: &str| {
            let is = |row: &&Value| row["effortCode"] == effort && row["reasonCode"] == reason;
            efforts.iter().find(is).unwrap_or_else(|| panic!("no {effort} of {reason}")).clone()
        };
        let window = "at >= 1735689600000 AND at < 1767225600000";
        let tried = pairs(world, &format!("SELECT outcome, COUNT(*) FROM winback_attempt WHERE {window} GROUP BY 1"));
        let cost = pairs(world, &format!("SELECT 'sum', CAST(SUM(cost) AS bigint) FROM winback_attempt WHERE {window}"));
        let back = effort("WIN_BACK", "ALL");
        let over = tried["won_back"] + tried["refused"] + tried["no_answer"];
        assert_eq!((&back["n"], &back["successes"]), (&json!(over), &json!(tried["won_back"])));
        assert_eq!(back["open"], tried.get("open").copied().unwrap_or(0));
        assert_eq!(back["costN"], tried.values().sum::<i64>());
        near(&back["cost"], cost["sum"] as f64 / 100.0 / tried.values().sum::<i64>() as f64, "cost");
        near(&back["costPerSuccess"], back["cost"].as_f64().unwrap() / back["share"].as_f64().unwrap(), "per success");
        let keep = effort("KEEP", "ALL");
        assert_eq!((&keep["cost"], &keep["costN"]), (&json!(9.0), &json!(0)));
        near(&keep["costPerSuccess"], 9.0 / keep["share"].as_f64().unwrap(), "keeping");
        // without its setting there is no cost of winning new ones
        let new = effort("WIN_NEW", "ALL");
        assert!(new["cost"].is_null() && new["costPerSuccess"].is_null() && new["n"].as_i64().unwrap() > 0, "{new}");
        listed(world, &efforts);
        world.ok(&["verify"]);
    }
);

/// The list against what the quarter before said of its customers, and the success measured.
/// What was recorded is told row by row, and found by reason and by outcome.
fn recorded(world: &World) {
    let counted = |rows: Vec<Value>, field: &str| {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        rows.iter().for_each(|row| *counts.entry(text(row, field).to_ascii_lowercase()).or_default() += 1);
        counts
    };
    let by = |table: &str, column: &str| {
        pairs(world, &format!("SELECT {column}, CAST(COUNT(*) AS bigint) FROM {table} GROUP BY {column}"))
    };
    let losses = counted(world.rows("{ lossRows(limit: 10000) { reasonCode } }"), "reasonCode");
    assert!(losses.len() > 3 && losses == by("customer_loss", "reason"), "{losses:?}");
    let attempts = counted(world.rows("{ winbackAttemptRows(limit: 10000) { outcomeCode } }"), "outcomeCode");
    assert!(attempts.len() > 2 && attempts == by("winback_attempt", "outcome"), "{attempts:?}");
    let priced = world.rows("{ lossRows(reason: \"PRICE\", limit: 10000) { code } }").len();
    let won = world.rows("{ winbackAttemptRows(outcome: \"WON_BACK\", limit: 10000) { code } }").len();
    assert_eq!((priced as i64, won as i64), (losses["price"], attempts["won_back"]));
}

fn listed(world: &World, efforts: &[Value]) {
    recorded(world);
    let list = world.rows(&format!(
        "{{ lostCustomerRows(quarter: \"{LAST}\") {{ code lostIn reasonCode value valueBasisCode outcomeCode success successN \
         successBasisCode gain cost expected rank }} }}"
    ));
    let before: BTreeMap<String, Value> = world
        .rows("{ customerRows(quarter: \"2025-Q3\", limit: 10000) { code staying lifetimeValue windowProfit } }")
        .into_iter()
        .map(|row| (text(&row, "code").to_owned(), row))
        .collect();
    let now: BTreeMap<String, Value> = world
        .rows(&format!("{{ customerRows(quarter: \"{LAST}\", limit: 10000) {{ code staying }} }}"))
        .into_iter()
        .map(|row| (text(&row, "code").to_owned(), row["staying"].clone()))
        .collect();
    let mut last = f64::INFINITY;
    let mut ranks = Vec::new();
    for row in &list {
        assert_ne!(now[text(row, "code")], json!(true), "{row} is back");
        if row["lostIn"] == LAST {
            let was = &before[text(row, "code")];
            assert_eq!(was["staying"], json!(true), "{row}");
            let basis = if was["lifetimeValue"].is_null() { "PROFIT" } else { "LIFETIME" };
            assert_eq!(row["valueBasisCode"], basis);
            let value = if basis == "PROFIT" { &was["windowProfit"] } else { &was["lifetimeValue"] };
            near(&row["value"], value.as_f64().unwrap(), "value");
        }
        let of = |reason: &str| {
            let is = |one: &&Value| one["effortCode"] == "WIN_BACK" && one["reasonCode"] == reason;
            efforts.iter().find(is).filter(|one| one["n"].as_i64().unwrap() >= 5)
        };
        let own = row["reasonCode"].as_str().and_then(of);
        let (measured, basis) = own.map_or_else(|| (of("ALL").unwrap(), "OVERALL"), |own| (own, "REASON"));
        assert_eq!(row["successBasisCode"], basis, "{row}");
        assert_eq!(row["successN"], measured["n"], "{row}");
        let success = measured["successes"].as_f64().unwrap() / measured["n"].as_f64().unwrap();
        near(&row["success"], success, "success");
        let gain = row["value"].as_f64().unwrap() * success;
        near(&row["gain"], gain, "gain");
        near(&row["expected"], gain - 12.0, "expected");
        match row["rank"].as_i64() {
            None => assert_eq!(row["outcomeCode"], "WON_BACK", "{row}"),
            Some(rank) => {
                assert!(gain <= last + 1e-9, "{row} stands too low");
                last = gain;
                ranks.push(rank);
            }
        }
    }
    assert_eq!(ranks, (1..=ranks.len() as i64).collect::<Vec<_>>());
    let quarters: std::collections::BTreeSet<&str> = list.iter().map(|row| text(row, "lostIn")).collect();
    assert!(ranks.len() > 20 && quarters.len() > 1, "{quarters:?}");
}

on_both!(
    /// A segment under the floor shows no count, and a base under the floor no share.
    small_bases_are_suppressed,
    |world| {
        shop::write(world);
        world.file("rapport.toml", "[rules]\nminimum_customers = 1000\n");
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        for (field, columns) in [
            ("lossFlowRows", "customers revenue profit share"),
            ("lossReasonRows", "customers revenue profit share"),
            ("winbackRows", "successes open share costPerSuccess"),
        ] {
            for row in world.rows(&format!("{{ {field} {{ suppressed {columns} }} }}")) {
                assert_eq!(row["suppressed"], true, "{field}");
                assert!(columns.split(' ').all(|column| row[column].is_null()), "{row}");
            }
        }
    }
);
