//! What customers say: themes of problems and suggestions, counted by plain SQL, and a search in their own words.

use std::fmt::Write as _;

use rapport_tests::{World, on_both, shop};
use serde_json::json;

use crate::cases::number;

const MAPPING: &str = "\n[[remark]]\nfile = \"remarks\"\n\
                       select = \"SELECT _line, code, customer, at, kind, theme, text FROM remarks\"\n";

/// Of each third customer a problem with the delivery, named twice by each sixth; of each fourth one with the price; of the
/// first five a suggestion; and one before the quarter.
fn remarks() -> String {
    let mut rows = "code,customer,at,kind,theme,text\n".to_owned();
    for n in 1..=40 {
        let mut row = |code: &str, kind: &str, theme: &str, text: &str| {
            writeln!(rows, "{code}{n},C{n:02},2026-02-16,{kind},{theme},{text}").unwrap();
        };
        if n % 3 == 0 {
            row("D", "problem", "Delivery", "The parcel of 50% came LATE");
        }
        if n % 6 == 0 {
            row("E", "problem", "Delivery", "快递又晚了");
        }
        if n % 4 == 0 {
            row("P", "problem", "Price", "Too dear");
        }
        if n <= 5 {
            row("S", "suggestion", "Self-service", "Let me do it online à la CARTE en ÉTÉ");
        }
    }
    rows + "B1,C01,2025-12-31,problem,Delivery,before\n"
}

fn imported(world: &World) {
    shop::write(world);
    world.file("remarks.csv", remarks());
    let mapping = shop::MAPPING.replace("[files]", "[files]\nremarks = \"remarks.csv\"") + MAPPING;
    world.file("shop.toml", mapping);
    world.ok(&["import", "shop.toml"]);
}

on_both!(
    /// Each theme of the quarter with who named it and how often; the base is who answered or said something.
    themes_are_counted,
    |world| {
        imported(world);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let fields = "kindCode theme customers remarks share lower upper n suppressed";
        let rows = world.rows(&format!("{{ themeRows(dimension: \"all\") {{ {fields} }} }}"));
        let told: Vec<_> =
            rows.iter().map(|row| (&row["kindCode"], &row["theme"], &row["customers"], &row["remarks"], &row["n"])).collect();
        assert_eq!(
            told,
            [
                (&json!("PROBLEM"), &json!("Delivery"), &json!(13), &json!(19), &json!(40)),
                (&json!("PROBLEM"), &json!("Price"), &json!(10), &json!(10), &json!(40)),
                (&json!("SUGGESTION"), &json!("Self-service"), &json!(5), &json!(5), &json!(40)),
            ]
        );
        for row in &rows {
            let [share, lower, upper] = ["share", "lower", "upper"].map(|end| row[end].as_f64().unwrap());
            assert!((share - row["customers"].as_f64().unwrap() / 40.0).abs() < 1e-12, "{row}");
            assert!(0.0 < lower && lower < share && share < upper && upper < 1.0, "{row}");
        }
        // in the east, of even numbers, twenty were heard: the floor of 30 hides them, and their shares
        let east = world.rows(&format!("{{ themeRows(dimension: \"region\") {{ {fields} }} }}"));
        assert!(east.iter().all(|row| row["suppressed"] == true && row["customers"].is_null() && row["share"].is_null()));
        // any problem: a third, and a fourth, of which a twelfth is in both
        let any = (1..=40).filter(|n| n % 3 == 0 || n % 4 == 0).count() as f64;
        for (metric, named) in [("PROBLEM_RATE", any), ("SUGGESTION_RATE", 5.0)] {
            let query = format!("{{ scoreRows(metric: \"{metric}\", dimension: \"all\") {{ value n }} }}");
            let row = &world.rows(&query)[0];
            assert!((row["value"].as_f64().unwrap() - named / 40.0).abs() < 1e-12, "{metric}: {row}");
            assert_eq!(row["n"], 40);
        }
        world.ok(&["verify"]);
    }
);

on_both!(
    /// A part of the text finds it, capitals or not, in both languages, and signs of patterns are signs.
    words_are_found,
    |world| {
        imported(world);
        let found = |arguments: &str| {
            let rows = world.rows(&format!("{{ comments({arguments}) {{ customer originCode theme text }} }}"));
            rows.len()
        };
        assert_eq!(found("contains: \"late\""), 13);
        assert_eq!(found("contains: \"晚了\""), 6);
        assert_eq!(found("contains: \"50% came\", origin: \"PROBLEM\""), 13);
        assert_eq!(found("contains: \"5%c\""), 0);
        assert_eq!(found("contains: \"_\""), 0);
        // capitals are alike from A to Z, on both databases; other letters are found as they were written
        assert_eq!(found("contains: \"à LA carte\""), 5);
        assert_eq!((found("contains: \"ÉtÉ\""), found("contains: \"été\"")), (5, 0));
        assert_eq!(found("theme: \"Delivery\", quarter: \"2026-Q1\""), 19);
        assert_eq!(found("theme: \"Delivery\""), 20);
        assert_eq!(found("origin: \"SUGGESTION\""), 5);
        assert_eq!(found("origin: \"SUGGESTION\", dimension: \"region\", segment: \"east\""), 2);
        assert_eq!(found("origin: \"ANSWER\""), 0);
        let all: usize = (0..4).map(|page| found(&format!("offset: {}, limit: 10", page * 10))).sum();
        assert_eq!(all, 35);
        // the words of who is erased are found no more; the counts stay
        world.ok(&["erase", "C03", "--yes"]);
        assert_eq!(found("contains: \"late\""), 12);
        let stays = number(world, "SELECT CAST(COUNT(*) AS bigint) FROM remark WHERE theme = 'Delivery'");
        assert_eq!(stays, 20);
    }
);

on_both!(
    /// A quarter in which nobody was ever asked has no rate; one in which nobody said anything has a rate of nothing.
    nothing_said_is_not_nothing_wrong,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let rate = || world.rows("{ scoreRows(metric: \"PROBLEM_RATE\", dimension: \"all\") { value n } }");
        assert!(rate().is_empty(), "{:?}", rate());
        world.file("remarks.csv", "code,customer,at,kind,theme,text\nB1,C01,2025-12-31,problem,Delivery,before\n");
        let mapping = shop::MAPPING.replace("[files]", "[files]\nremarks = \"remarks.csv\"") + MAPPING;
        world.file("shop.toml", mapping);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert_eq!(rate(), [json!({"value": 0.0, "n": 40})]);
    }
);
