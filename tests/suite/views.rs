//! Views for tools that read the database itself: the rows of GraphQL under their own names.

use std::collections::BTreeSet;

use rapport_entities::connect;
use rapport_tests::{Backend, World, on_both, shop};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

/// The rows of a view, each an array that the database itself writes as JSON.
fn rows(world: &World, view: &str, columns: &[&str]) -> Vec<Value> {
    let list = columns.join(", ");
    let row = match world.backend() {
        Backend::Sqlite => format!("json_array({list})"),
        Backend::Postgres => format!("json_build_array({list})::text"),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let database = connect(&world.database(), false).await.unwrap();
        let select =
            Statement::from_string(database.get_database_backend(), format!("SELECT {row} FROM {view}"));
        let rows = database.query_all_raw(select).await.unwrap();
        rows.iter()
            .map(|row| serde_json::from_str(&row.try_get_by_index::<String>(0).unwrap()).unwrap())
            .collect()
    })
}

/// A view, the field of GraphQL that has the same rows, and columns of both: of the view, and of the field.
type View = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const VIEWS: [View; 11] = [
    (
        "score_row",
        "scoreRows",
        &[
            ("dimension", "dimension"),
            ("segment_name", "segmentName"),
            ("metric_code", "metricCode"),
            ("value", "value"),
            ("n", "n"),
        ],
    ),
    (
        "loyalty_row",
        "loyaltyRows",
        &[
            ("quarter_start", "quarterStart"),
            ("segment", "segment"),
            ("type_code", "typeCode"),
            ("customers", "customers"),
            ("revenue", "revenue"),
        ],
    ),
    (
        "value_row",
        "valueRows",
        &[
            ("segment", "segment"),
            ("class_code", "classCode"),
            ("profit", "profit"),
            ("share", "share"),
            ("currency", "currency"),
        ],
    ),
    (
        "class_row",
        "classRows",
        &[("segment", "segment"), ("scheme_code", "schemeCode"), ("class_code", "classCode"), ("n", "n")],
    ),
    (
        "customer_row",
        "customerRows",
        &[
            ("code", "code"),
            ("type_code", "typeCode"),
            ("class_code", "classCode"),
            ("window_revenue", "windowRevenue"),
            ("rank", "rank"),
        ],
    ),
    (
        "care_row",
        "careRows",
        &[
            ("code", "code"),
            ("manager", "manager"),
            ("value_at_risk", "valueAtRisk"),
            ("basis_code", "basisCode"),
            ("reason_codes", "reasonCodes"),
            ("type_code", "typeCode"),
        ],
    ),
    (
        "segment_row",
        "segmentRows",
        &[("dimension_name", "dimensionName"), ("segment", "segment"), ("segment_name", "segmentName")],
    ),
    (
        "quarter_row",
        "quarterRows",
        &[("quarter", "quarter"), ("revision", "revision"), ("status", "status"), ("digest", "digest")],
    ),
    (
        "funnel_row",
        "funnelRows",
        &[
            ("segment", "segment"),
            ("scheme_code", "schemeCode"),
            ("class_code", "classCode"),
            ("customers", "customers"),
            ("quarters", "quarters"),
            ("conversion", "conversion"),
            ("n", "n"),
        ],
    ),
    (
        "winback_row",
        "winbackRows",
        &[
            ("segment", "segment"),
            ("effort_code", "effortCode"),
            ("reason_code", "reasonCode"),
            ("n", "n"),
            ("successes", "successes"),
            ("share", "share"),
        ],
    ),
    (
        "cohort_row",
        "cohortRows",
        &[("segment", "segment"), ("acquired", "acquired"), ("age", "age"), ("retained", "retained")],
    ),
];

/// Rows without an order; numbers to the digits that both databases write.
fn lines(rows: impl Iterator<Item = Value>) -> BTreeSet<String> {
    let cell = |cell: &Value| cell.as_f64().map_or_else(|| cell.to_string(), |number| format!("{number:.9}"));
    rows.map(|row| row.as_array().unwrap().iter().map(cell).collect::<Vec<_>>().join(" | ")).collect()
}

on_both!(
    /// Of the newest revision alone, and cell for cell what GraphQL says.
    a_view_has_the_rows_of_its_field,
    |world| {
        shop::write(world);
        for round in 0..2 {
            shop::correct(world, round);
            world.ok(&["import", "shop.toml"]);
            world.ok(&["close", "--quarter", "2026-Q1"]);
        }
        for (view, field, columns) in VIEWS {
            let (of_view, of_field): (Vec<_>, Vec<_>) = columns.iter().copied().unzip();
            let found = rows(world, view, &of_view);
            let expected = world.rows(&format!("{{ {field}(limit: 10000) {{ {} }} }}", of_field.join(" ")));
            assert_eq!((found.len(), found.is_empty()), (expected.len(), false), "{view}");
            let cells = |row: &Value| of_field.iter().map(|column| row[column].clone()).collect::<Value>();
            assert_eq!(lines(found.into_iter()), lines(expected.iter().map(cells)), "{view}");
        }
        assert_eq!(rows(world, "purchase_row", &["sum(amount_minor)", "count(*)"]), [json!([411_000, 40])]);
        assert_eq!(rows(world, "response_row", &["count(DISTINCT customer)"]), [json!([40])]);
        for view in ["complaint_row", "complaint_event_row", "complaint_breach_row", "driver_row", "path_row", "parameter_row", "curve_row", "transition_row", "action_row", "action_effect_row", "loss_flow_row", "loss_reason_row", "lost_customer_row", "loss_row", "winback_attempt_row", "care_contact_row", "remark_row", "theme_row", "unit_score_row", "linkage_row", "mode_effect_row", "prospect_row", "prospect_grade_row", "prospect_segment_row", "prospect_conversion_row"] {
            assert_eq!(rows(world, view, &["min(0)"]).len(), 1, "{view} can be read");
        }
        assert_eq!(rows(world, "customer_segment_row", &["count(*)"]), [json!([40])]);
    }
);
