//! Views for tools that read the database itself: the newest revision of every quarter, with the names, the codes and
//! the money that GraphQL's rows have. Contact data and free text are in none of them.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Creates and drops these views.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for (name, select) in views(backend) {
            let sql = format!("CREATE VIEW {name} AS {select}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in views(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&format!("DROP VIEW {name}")).await?;
        }
        Ok(())
    }
}

/// Every view: its name and what it selects.
fn views(backend: DbBackend) -> Vec<(&'static str, String)> {
    let mut views = of_segments();
    views.extend(of_customers());
    views.extend(of_facts(backend));
    let published = moment(backend, "p.published_at");
    views.push((
        "quarter_row",
        format!(
            "SELECT {EDITION}, {published} AS published_at, p.method_version, p.inputs_version, p.currency, p.digest, \
             i.version <> p.inputs_version AS stale {NEWEST} LEFT JOIN period_inputs i ON i.quarter = p.quarter"
        ),
    ));
    views.push((
        "segment_row",
        "SELECT s.dimension, d.name AS dimension_name, s.code AS segment, s.name AS segment_name \
         FROM segment s LEFT JOIN dimension d ON d.code = s.dimension"
            .to_owned(),
    ));
    views
}

/// The columns of every row of a published quarter.
const EDITION: &str = "p.quarter, p.quarter_start, p.revision, \
                       CASE WHEN p.provisional THEN 'PROVISIONAL' ELSE 'FINAL' END AS status";

/// The newest revision of every quarter.
const NEWEST: &str = "FROM current_publication c JOIN publication p \
                      ON p.job = c.job AND p.quarter = c.quarter AND p.revision = c.revision";

/// Results of segments, a table each.
fn of_segments() -> Vec<(&'static str, String)> {
    let score = "upper(t.metric) AS metric_code, t.value, t.lower, t.upper, t.standard_error, t.n, t.effective_n, \
                 t.suppressed, t.change, t.change_significant, t.change_year, t.change_year_significant";
    let class = format!(
        "upper(t.class) AS class_code, t.customers, t.share, {}, {}, p.currency, t.n, t.suppressed",
        money("t.revenue", "revenue", "p.currency"),
        money("t.profit", "profit", "p.currency")
    );
    let transition = format!(
        "upper(t.from_type) AS from_type_code, upper(t.to_type) AS to_type_code, t.customers, {}, p.currency, t.n",
        money("t.revenue", "revenue", "p.currency")
    );
    let driver = "t.question, t.target, t.stated, t.importance, t.shapley, t.relative_weight, t.correlation, t.beta, \
                  t.p_value, t.variance_inflation, t.performance, upper(t.quadrant) AS quadrant_code, \
                  t.crosshair_importance, t.crosshair_performance, t.r_squared, t.n";
    let path =
        "upper(t.kind) AS kind_code, t.source, t.target, t.value, t.lower, t.upper, t.standard_error, t.n";
    let parameter = "t.model, t.name, t.value, t.lower, t.upper, t.standard_error, t.n";
    let cohort = "t.acquired, t.age, t.customers, t.retained, t.share, t.lower, t.upper, t.unbounded_share, t.suppressed";
    let curve = "upper(t.curve) AS curve_code, t.place, t.x, t.y, t.lower, t.upper, t.monotone, \
                 upper(t.zone) AS zone_code, t.n";
    let loyalty = format!(
        "{} WHERE t.scheme = 'loyalty'",
        of_table(&class.replacen("class_code", "type_code", 1), "composition")
    );
    let value = format!("{} WHERE t.scheme = 'value_class'", of_table(&class, "composition"));
    vec![
        ("score_row", of_table(score, "score")),
        ("loyalty_row", loyalty),
        ("value_row", value),
        ("class_row", of_table(&format!("upper(t.scheme) AS scheme_code, {class}"), "composition")),
        ("transition_row", of_table(&transition, "transition")),
        ("driver_row", of_table(driver, "driver")),
        ("path_row", of_table(path, "path_estimate")),
        ("parameter_row", of_table(parameter, "parameter")),
        ("cohort_row", of_table(cohort, "cohort")),
        ("curve_row", of_table(curve, "curve_point")),
    ]
}

/// These columns of a table of segments' results, with the columns that place a row.
pub fn of_table(columns: &str, table: &str) -> String {
    format!(
        "SELECT {EDITION}, t.dimension, t.segment, \
         coalesce(s.name, CASE t.segment WHEN 'all' THEN 'All customers' ELSE t.segment END) AS segment_name, {columns} \
         {NEWEST} JOIN {table} t ON t.set_id = c.set_id \
         LEFT JOIN segment s ON s.dimension = t.dimension AND s.code = t.segment"
    )
}

fn of_customers() -> Vec<(&'static str, String)> {
    let classes = ["loyalty_type", "value_class", "growth", "size", "lifecycle", "stage"]
        .map(|column| {
            format!(
                "upper(t.{column}) AS {}_code",
                column.trim_start_matches("loyalty_").trim_start_matches("value_")
            )
        })
        .join(", ");
    let amounts = ["revenue", "profit", "window_revenue", "window_profit"]
        .map(|column| money(&format!("t.{column}"), column, "p.currency"))
        .join(", ");
    let row = format!(
        "SELECT {EDITION}, u.code, {classes}, upper(t.loyalty_subtype) AS subtype_code, \
         upper(t.loyalty_basis) AS loyalty_basis, t.won_back, t.satisfaction, t.staying, t.intention, t.recommend, \
         t.complained, t.purchases, t.window_purchases, {amounts}, t.rfm, t.rank, t.cumulative_share, t.p_alive, \
         t.expected_purchases, t.expected_spend, t.lifetime_value, t.word_of_mouth, t.referral_value, p.currency \
         {NEWEST} JOIN customer_quarter t ON t.set_id = c.set_id JOIN customer u ON u.customer_id = t.customer_id"
    );
    let member = "SELECT u.code, m.dimension, m.segment, s.name AS segment_name FROM customer_segment m \
                  JOIN customer u ON u.customer_id = m.customer_id \
                  LEFT JOIN segment s ON s.dimension = m.dimension AND s.code = m.segment";
    vec![("customer_row", row), ("customer_segment_row", member.to_owned())]
}

fn of_facts(backend: DbBackend) -> Vec<(&'static str, String)> {
    let at = moment(backend, "t.at");
    let customer = "JOIN customer u ON u.customer_id = t.customer_id";
    let purchase = format!(
        "SELECT t.source, t.code, u.code AS customer, {at} AS at, {}, {}, t.currency, t.quantity, t.product \
         FROM purchase t {customer}",
        money("t.amount", "amount", "t.currency"),
        money("t.cost", "cost", "t.currency")
    );
    let complaint = format!(
        "SELECT t.source, t.code, u.code AS customer, {at} AS at, t.channel, t.unit, t.product, upper(t.severity) AS severity_code, \
         upper(t.risk) AS risk_code, upper(t.state) AS state_code, t.moves, t.reopened, t.satisfied, t.faults, \
         {} AS acknowledged_at, {} AS resolved_at FROM complaint t {customer}",
        moment(backend, "t.acknowledged_at"),
        moment(backend, "t.resolved_at")
    );
    let event = format!(
        "SELECT t.source, t.complaint, t.code, u.code AS customer, {at} AS at, upper(t.kind) AS kind_code, {}, \
         t.currency, {} AS due_at, t.sequence, upper(t.from_state) AS from_state_code, \
         upper(t.to_state) AS to_state_code FROM complaint_event t {customer}",
        money("t.amount", "amount", "t.currency"),
        moment(backend, "t.due_at")
    );
    let breach = format!(
        "SELECT t.source, t.complaint, u.code AS customer, upper(t.deadline) AS deadline_code, {} AS due_at, \
         {} AS found_at FROM complaint_breach t {customer}",
        moment(backend, "t.due_at"),
        moment(backend, "t.found_at")
    );
    let response = format!(
        "SELECT t.source, t.code, u.code AS customer, t.survey, {at} AS at, t.weight, t.answers FROM response t {customer}"
    );
    vec![
        ("purchase_row", purchase),
        ("complaint_row", complaint),
        ("complaint_event_row", event),
        ("complaint_breach_row", breach),
        ("response_row", response),
    ]
}

/// Minor units as they are, and in major units as a number.
fn money(column: &str, name: &str, currency: &str) -> String {
    // ISO 4217: currencies whose major unit is not a hundred minor ones
    let unit = format!(
        "CASE WHEN {currency} IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', \
         'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 1.0 WHEN {currency} IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', \
         'TND') THEN 1000.0 WHEN {currency} IN ('CLF', 'UYW') THEN 10000.0 ELSE 100.0 END"
    );
    format!("CAST({column} AS double precision) / ({unit}) AS {name}, {column} AS {name}_minor")
}

/// Milliseconds as a moment in UTC.
pub fn moment(backend: DbBackend, column: &str) -> String {
    match backend {
        DbBackend::Sqlite => format!("strftime('%Y-%m-%dT%H:%M:%SZ', {column} / 1000, 'unixepoch')"),
        _ => format!("to_timestamp({column} / 1000.0)"),
    }
}
