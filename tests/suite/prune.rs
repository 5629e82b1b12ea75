//! Pruning: what nobody can see goes, what was published for good stays.

use rapport_tests::{World, on_both, shop};
use sea_orm::{ConnectionTrait, Statement};

/// Runs SQL behind the program's back, as time would: rows grow old.
fn sql(world: &World, statements: &[&str]) -> Vec<i64> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = rapport_entities::connect(&world.database(), false).await.unwrap();
        let backend = database.get_database_backend();
        let mut counts = Vec::new();
        for statement in statements {
            let row = database.query_one_raw(Statement::from_string(backend, *statement)).await.unwrap();
            counts.extend(row.map(|row| row.try_get_by_index::<i64>(0).unwrap()));
        }
        database.close().await.unwrap();
        counts
    })
}

const UNSEEN: &str = "SELECT COUNT(*) FROM score WHERE set_id NOT IN (SELECT set_id FROM publication)";
const UNSEEN_CUSTOMERS: &str =
    "SELECT COUNT(*) FROM customer_quarter WHERE set_id NOT IN (SELECT set_id FROM publication)";

on_both!(
    /// An attempt that died leaves rows nobody sees; once it is cold they go, and what is published stays.
    what_broken_off_runs_left,
    |world| {
        world.file("rapport.toml", "[schedule]\nlease_seconds = 1\n");
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        let died = world
            .command(&["close", "--quarter", "2026-Q1"])
            .env("RAPPORT_FAILPOINT", "die:draw")
            .output()
            .unwrap();
        assert_eq!(died.status.code(), None);
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        world.ok(&["close", "--quarter", "2026-Q1"]);
        let before = world.answer("{ scoreRows { id value n } customerRows(quarter: \"2026-Q1\") { id typeCode } }");
        let unseen = sql(world, &[UNSEEN, UNSEEN_CUSTOMERS]);
        assert!(unseen[0] > 0 && unseen[1] == 40, "{unseen:?}");
        // it may still be at work
        assert!(world.ok(&["run", "prune"]).out.contains("attempts 0"));
        sql(world, &["UPDATE job_attempt SET started_at = started_at - 7200000 RETURNING CAST(1 AS BIGINT)"]);
        let ran = world.ok(&["run", "prune"]).out;
        assert!(ran.contains("attempts 1"), "{ran}");
        assert_eq!(sql(world, &[UNSEEN, UNSEEN_CUSTOMERS]), [0, 0]);
        let after = world.answer("{ scoreRows { id value n } customerRows(quarter: \"2026-Q1\") { id typeCode } }");
        assert_eq!(before, after);
    }
);

on_both!(
    /// Provisional revisions go when a newer one replaced them long ago; final ones never do.
    replaced_provisional_revisions,
    |world| {
        shop::write(world);
        world.ok(&["import", "shop.toml"]);
        world.ok(&["close", "--quarter", "2026-Q1", "--provisional"]);
        world.ok(&["close", "--quarter", "2026-Q1"]);
        world.file("rapport.toml", "[rules]\nminimum_base = 20\n");
        world.ok(&["close", "--quarter", "2026-Q1"]);
        assert!(world.ok(&["run", "prune"]).out.contains("revisions 0"));
        sql(world, &["UPDATE publication SET published_at = published_at - 3456000000 RETURNING CAST(1 AS BIGINT)"]);
        assert!(world.ok(&["run", "prune"]).out.contains("revisions 1"));
        let of = |revision: u32| format!("{{ scoreRows(quarter: \"2026-Q1\", revision: {revision}) {{ value }} }}");
        assert!(world.rows(&of(2)).len() > 3 && world.rows(&of(3)).len() > 3);
        world.file("q.graphql", of(1));
        let refused = world.run(&["query", "q.graphql"]);
        assert!(refused.out.contains("NOT_FOUND") && refused.out.contains("cleared away"), "{}", refused.out);
        assert!(world.ok(&["verify"]).out.contains("verified true"));
    }
);
