//! The close: revisions, floors, and a quarter visible whole or not at all.

use rapport_jobs::charts::Kind;
use rapport_messages::Locale;
use rapport_tests::{Backend, World, on_both, shop};
use serde_json::Value;

fn shop_closed(world: &World) {
    shop::write(world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close", "--quarter", "2026-Q1"]);
}

on_both!(
    /// Every score of the shop, reckoned by hand.
    a_quarter_reckoned_by_hand,
    |world| {
        shop_closed(world);
        let rows = world.rows("{ scoreRows(dimension: \"all\") { metricCode value n lower upper } }");
        let find = |metric: &str| rows.iter().find(|row| row["metricCode"] == metric).unwrap();
        // four answers of each of 1…10
        let csat = find("CSAT");
        assert!((csat["value"].as_f64().unwrap() - 50.0).abs() < 1e-9);
        assert_eq!(csat["n"], 40);
        assert!((find("TOP2")["value"].as_f64().unwrap() - 0.2).abs() < 1e-12);
        // recommend is number mod 11: 9 and 10 for 9, 10, 20, 21, 31, 32; 0…6 for 26 of the 40
        let promoters = (1..=40).filter(|number| number % 11 >= 9).count() as f64;
        let detractors = (1..=40).filter(|number| number % 11 <= 6).count() as f64;
        let nps = find("NPS");
        assert!((nps["value"].as_f64().unwrap() - 100.0 * (promoters - detractors) / 40.0).abs() < 1e-9);
        assert!(nps["lower"].as_f64() < nps["value"].as_f64() && nps["value"].as_f64() < nps["upper"].as_f64());
    }
);

on_both!(
    /// Behaviour where there are purchases, intention otherwise; nobody is lost.
    types_reckoned_by_hand,
    |world| {
        shop_closed(world);
        let rows = world.rows("{ customerRows(quarter: \"2026-Q1\", limit: 100) { code typeCode loyaltyBasis } }");
        assert_eq!(rows.len(), 40);
        for row in &rows {
            let number: u32 = row["code"].as_str().unwrap()[1..].parse().unwrap();
            let score = (number - 1) % 10 + 1;
            // the first twenty bought twice and stay; of the others the answer to `again` tells
            let (staying, basis) = if number <= 20 { (true, "purchases") } else { (score >= 8, "intention") };
            let expected = match (score >= 8, staying) {
                (true, true) => "LOYAL",
                (true, false) => "MERCENARY",
                (false, true) => "HOSTAGE",
                (false, false) => "DEFECTING",
            };
            assert_eq!(row["typeCode"], expected, "{row}");
            assert_eq!(row["loyaltyBasis"].as_str().unwrap().to_lowercase(), basis, "{row}");
        }
        let types = world.rows("{ loyaltyRows(quarter: \"2026-Q1\", dimension: \"all\") { typeCode customers revenue profit } }");
        let revenue: f64 = types.iter().map(|row| row["revenue"].as_f64().unwrap()).sum();
        let profit: f64 = types.iter().map(|row| row["profit"].as_f64().unwrap()).sum();
        // Σ (10 n + 0.50) + 20 · 100, and its costs Σ (n + 0.25) + 20 · 90
        assert!((revenue - (2100.0 + 10.0 + 2000.0)).abs() < 1e-9);
        assert!((profit - (revenue - (210.0 + 5.0 + 1800.0))).abs() < 1e-9);
    }
);

on_both!(
    /// A base under the floor is suppressed where it is stored; its n stays.
    small_bases_are_suppressed,
    |world| {
        shop_closed(world);
        let rows = world.rows("{ scoreRows(dimension: \"region\") { segment metricCode value lower upper n suppressed change } }");
        assert!(!rows.is_empty());
        for row in &rows {
            assert_eq!((row["n"].as_i64(), row["suppressed"].as_bool()), (Some(20), Some(true)), "{row}");
            for figure in ["value", "lower", "upper", "change"] {
                assert_eq!(row[figure], Value::Null, "{row}");
            }
        }
        world.file("rapport.toml", "[rules]\nminimum_base = 20\n");
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let rows = world.rows("{ scoreRows(dimension: \"region\", metric: \"CSAT\") { value suppressed revision } }");
        assert!(rows.iter().all(|row| row["value"].is_number() && row["suppressed"] == false && row["revision"] == 2));
        let first = world.rows("{ scoreRows(quarter: \"2026-Q1\", revision: 1, dimension: \"region\", metric: \"CSAT\") { suppressed } }");
        assert!(first.iter().all(|row| row["suppressed"] == true), "the first revision is what it was");
    }
);

on_both!(
    /// Late data make a new revision, of the quarters that read them alone; the old one stays readable.
    late_data_make_a_revision,
    |world| {
        shop_closed(world);
        let before = world.answer("{ customerRows(quarter: \"2026-Q1\", revision: 1, limit: 100) { code revenue } }");
        world.ok(&["close"]);
        world.file("orders.csv", shop::orders() + "L1,C30,2026-02-01,500.00,400.00,1\n");
        world.ok(&["import", "shop.toml"]);
        let ran = world.ok(&["close"]);
        assert!(ran.out.contains("2026-Q1") && ran.out.contains("revision 2"), "{}", ran.out);
        let now = world.rows("{ customerRows(quarter: \"2026-Q1\", limit: 100) { code revenue revision } }");
        let late = now.iter().find(|row| row["code"] == "C30").unwrap();
        assert_eq!((late["revenue"].as_f64(), late["revision"].as_i64()), (Some(500.0), Some(2)));
        let after = world.answer("{ customerRows(quarter: \"2026-Q1\", revision: 1, limit: 100) { code revenue } }");
        assert_eq!(before, after);
    }
);

on_both!(
    /// Provisional, then final: two revisions; asked again, already done, exit code 0.
    provisional_then_final,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1", "--provisional"]);
        let status = |world: &World| world.rows("{ quarterRows { quarter revision status } }");
        assert_eq!(status(world)[0]["status"].as_str().unwrap().to_lowercase(), "provisional");
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert_eq!(status(world)[0]["status"].as_str().unwrap().to_lowercase(), "final");
        assert_eq!(status(world)[0]["revision"], 2);
        for arguments in [&["close", "--quarter", "2026-Q1"][..], &["close"], &["close", "--quarter", "2026-Q1", "--provisional"]] {
            assert!(world.ok(arguments).out.contains("already"), "{arguments:?}");
        }
        assert_eq!(status(world)[0]["revision"], 2);
    }
);

on_both!(
    /// Customers move between types; the moves of a quarter add up to its customers.
    transitions_add_up,
    |world| {
        shop_closed(world);
        let answers = "S1,C01,2026-05-01 09:00:00,10,10,10\nS2,C11,2026-05-01 09:00:00,10,10,10\n";
        world.file("answers.csv", shop::answers() + answers);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q2"]);
        let rows = world.rows(
            "{ transitionRows(quarter: \"2026-Q2\", dimension: \"all\") { fromTypeCode toTypeCode customers n } }",
        );
        let total: i64 = rows.iter().map(|row| row["customers"].as_i64().unwrap()).sum();
        assert_eq!((total, rows[0]["n"].as_i64().unwrap()), (40, 40));
        let freed = rows.iter().find(|row| row["fromTypeCode"] == "HOSTAGE" && row["toTypeCode"] == "LOYAL").unwrap();
        assert_eq!(freed["customers"], 2);
    }
);

/// While quarters are closed and closed again, a reader sees a revision whole or not at all: its types add up to its
/// customers, and its charts are there.
#[test]
fn visible_whole_or_not_at_all() {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    world.ok(&["import", "shop.toml"]);
    let mut child = world
        .command(&["close", "--quarter", "2026-Q1"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let query = "{ quarterRows { revision } loyaltyRows(dimension: \"all\") { customers } \
                 scoreRows(metric: \"CSAT\", dimension: \"all\") { n } chartRows(dimension: \"all\", limit: 100) { kind } }";
    let mut seen = (0, 0);
    loop {
        let ended = child.try_wait().unwrap().is_some();
        let answer: Value = serde_json::from_str(&world.answer(query)).unwrap();
        let count = |field: &str| answer["data"][field].as_array().unwrap().len();
        match count("quarterRows") {
            0 => seen.0 += 1,
            _ => seen.1 += 1,
        }
        let all = [count("loyaltyRows"), count("scoreRows"), count("chartRows")];
        let whole =
            if count("quarterRows") == 0 { [0, 0, 0] } else { [5, 1, Kind::ALL.len() * Locale::ALL.len()] };
        assert_eq!(all, whole, "{answer}");
        if ended {
            break;
        }
    }
    assert!(seen.1 > 0);
}
