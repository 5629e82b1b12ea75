//! Imports, corrections, closes and kills in any order: at the end the newest revision verifies bit for bit, revisions
//! have no gap, and no earlier one has changed by a byte. `RAPPORT_TEST_SEQUENCES` says how many there are.

use std::{collections::BTreeMap, time::Duration};

use rapport_tests::{World, on_both, repeats, shop};

/// A sequence without a pattern, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

const IMPORT: &[&str] = &["import", "shop.toml"];
const CLOSE: &[&str] = &["close", "--quarter", "2026-Q1"];

/// All that a revision says, by its number; the pictures by their digests.
fn revisions(world: &World) -> BTreeMap<i64, String> {
    let found = world.rows("{ revisions(quarter: \"2026-Q1\") { revision digest } }");
    let whole = |row: &serde_json::Value| {
        let revision = row["revision"].as_i64().unwrap();
        let query = format!(
            "{{ scoreRows(quarter: \"2026-Q1\", revision: {revision}) {{ id value lower upper n }} \
             loyaltyRows(quarter: \"2026-Q1\", revision: {revision}) {{ id customers share revenue }} \
             customerRows(quarter: \"2026-Q1\", revision: {revision}) {{ id typeCode classCode revenueDecimal rank }} }}"
        );
        (revision, format!("{row} {}", world.answer(&query)))
    };
    found.iter().map(whole).collect()
}

fn killed_after(world: &World, arguments: &[&str], delay: u64) {
    let mut child = world.start(arguments, "");
    std::thread::sleep(Duration::from_millis(delay));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn sequence(world: &World, random: &mut Random) -> i64 {
    let mut known = BTreeMap::new();
    for step in 0..7 {
        match random.below(5) {
            0 => shop::correct(world, step),
            1 => world.until_done(IMPORT),
            2 => killed_after(world, IMPORT, random.below(250)),
            3 => killed_after(world, CLOSE, random.below(250)),
            _ => {
                world.until_done(IMPORT);
                world.until_done(CLOSE);
                for (revision, text) in revisions(world) {
                    assert_eq!(*known.entry(revision).or_insert_with(|| text.clone()), text, "{revision}");
                }
            }
        }
    }
    world.until_done(IMPORT);
    world.until_done(CLOSE);
    let last = revisions(world);
    for (revision, text) in &known {
        assert_eq!(last.get(revision), Some(text), "revision {revision} is as it was");
    }
    let numbers: Vec<i64> = last.keys().copied().collect();
    assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>(), "no gap");
    let verified = world.ok(&["verify"]).out;
    assert!(verified.contains("verified true"), "{verified}");
    numbers.len() as i64
}

on_both!(
    /// Whatever comes, and in whatever order.
    any_sequence_ends_well,
    |world| {
        let sequences = repeats("RAPPORT_TEST_SEQUENCES", 2);
        let mut random = Random(20_261_122);
        for _ in 0..sequences {
            let world = World::new(world.backend()).unwrap();
            world.file("rapport.toml", "[schedule]\nlease_seconds = 1\ndebounce_seconds = 0\n");
            shop::write(&world);
            assert!(sequence(&world, &mut random) >= 1);
        }
    }
);
