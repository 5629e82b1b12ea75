//! A small database: two quarters, three segments, twelve customers; written as a close writes it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::Request;
use chrono::{DateTime, NaiveDate, Utc};
use rapport::{
    Access, Settings, database,
    graphql::{Api, AsJson},
};
use rapport_entities::*;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;

mod actions;
mod facts;
mod losses;
mod models;
mod people;
mod prospects;

/// A database of its own, and the statements it was asked.
pub struct Seeded {
    pub database: Database,
    pub statements: Arc<AtomicUsize>,
    api: Api,
    folder: tempfile::TempDir,
}

pub const CUSTOMERS: usize = 12;
const FILE: &str = "seed.sqlite";

impl Seeded {
    /// The database's file.
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join(FILE)
    }

    /// Answers a query; fails if the answer has errors.
    pub async fn data(&self, query: &str) -> Value {
        let answer = self.answer(query).await;
        assert!(answer["errors"].is_null(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// Answers a query, value by value and written at once: the same bytes both ways.
    pub async fn answer(&self, query: &str) -> Value {
        let by_value = self.json(Request::new(query)).await;
        let at_once = self.json(Request::new(query).data(AsJson)).await;
        assert_eq!(String::from_utf8_lossy(&by_value), String::from_utf8_lossy(&at_once));
        serde_json::from_slice(&at_once).unwrap()
    }

    async fn json(&self, request: Request) -> Vec<u8> {
        self.api.answer(request, Access::open().into()).await.json().unwrap()
    }

    /// The code of the first error.
    pub async fn code(&self, query: &str) -> String {
        let answer = self.answer(query).await;
        answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
    }

    /// How many statements a query takes.
    pub async fn count(&self, query: &str) -> usize {
        self.statements.store(0, Ordering::SeqCst);
        self.json(Request::new(query)).await;
        self.statements.load(Ordering::SeqCst)
    }
}

fn at(text: &str) -> At {
    sea_orm::prelude::ChronoUnixTimestampMillis(text.parse::<DateTime<Utc>>().unwrap())
}

pub async fn put<M, A>(database: &Database, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send,
{
    A::Entity::insert(model.into_active_model()).exec_without_returning(database).await.unwrap();
}

/// An empty database.
pub async fn empty() -> Seeded {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join(FILE).display());
    let mut database = database::open(&url, true).await.unwrap();
    let statements = Arc::new(AtomicUsize::new(0));
    let counted = statements.clone();
    database.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let api = Api::new(database.clone(), &Settings::default());
    Seeded { database, statements, api, folder }
}

/// The small database.
pub async fn seeded() -> Seeded {
    let seeded = empty().await;
    let database = &seeded.database;
    put(database, dimension::Model { code: "region".into(), name: "Region".into(), position: 1 }).await;
    for code in ["east", "north", "west"] {
        let name = format!("{}{} land", code[..1].to_uppercase(), &code[1..]);
        put(database, segment::Model { dimension: "region".into(), code: code.into(), name }).await;
    }
    for number in 0..CUSTOMERS {
        customer(database, number).await;
    }
    models::survey(database).await;
    facts::facts(database).await;
    publish(database, "2026-Q1", 1, "set-1", false).await;
    publish(database, "2026-Q2", 1, "set-2-old", false).await;
    publish(database, "2026-Q2", 2, "set-2", true).await;
    for (set, value) in [("set-1", 70.0), ("set-2-old", 71.0), ("set-2", 74.5)] {
        results(database, set, value).await;
    }
    actions::actions(database).await;
    losses::recorded(database).await;
    prospects::prospects(database).await;
    seeded
}

/// One more customer, with a result in a set.
pub async fn another(database: &Database, code: &str, set: &str) {
    customer_row(database, code).await;
    result(database, set, code, 5).await;
}

async fn customer_row(database: &Database, code: &str) {
    let row = customer::Model {
        customer_id: customer_id(code),
        code: code.to_owned(),
        name: Some("Jane Roe".into()),
        email: Some("jane@example.org".into()),
        phone: None,
        contract_start: Some(at("2025-01-01T00:00:00Z")),
        contract_end: None,
        referrals: Some(2),
        manager: Some("am-1".into()),
        erased_at: None,
    };
    put(database, row).await;
}

async fn customer(database: &Database, number: usize) {
    let code = format!("C{number:02}");
    customer_row(database, &code).await;
    let segment = ["east", "north", "west"][number % 3].to_owned();
    put(
        database,
        customer_segment::Model { customer_id: customer_id(&code), dimension: "region".into(), segment },
    )
    .await;
}

pub async fn publish(database: &Database, quarter: &str, revision: i32, set: &str, current: bool) {
    let quarter: Quarter = quarter.parse().unwrap();
    let row = publication::Model {
        job: published::CLOSE.into(),
        quarter,
        revision,
        run_id: format!("run-{set}"),
        set_id: set.into(),
        provisional: current,
        inputs_version: 1,
        params_hash: "p".into(),
        settings: "{}".into(),
        method_version: "1".into(),
        previous_set_id: None,
        year_before_set_id: None,
        trend: "[]".into(),
        company: None,
        currency: Some("EUR".into()),
        quarter_start: NaiveDate::from_ymd_opt(2026, u32::from(quarter.number()) * 3 - 2, 1).unwrap(),
        totals: "{}".into(),
        digest: "d".into(),
        published_at: at("2026-07-02T04:00:00Z"),
        pruned_at: None,
    };
    put(database, row).await;
    if set != "set-2-old" {
        let job = published::CLOSE.to_owned();
        put(
            database,
            current_publication::Model { job, quarter, revision, set_id: set.into(), inputs_version: 1 },
        )
        .await;
    }
}

async fn results(database: &Database, set: &str, value: f64) {
    for (dimension, segment) in [("all", "all"), ("region", "east"), ("region", "north"), ("region", "west")]
    {
        let place = (dimension.to_owned(), segment.to_owned());
        for metric in [Metric::Csi, Metric::Nps, Metric::Top2] {
            score(database, set, place.clone(), metric, value).await;
        }
        for class in LoyaltyType::ALL {
            composition(database, set, place.clone(), Scheme::Loyalty, class.as_str()).await;
        }
        for class in ValueClass::ALL {
            composition(database, set, place.clone(), Scheme::ValueClass, class.as_str()).await;
        }
        for class in Growth::ALL {
            composition(database, set, place.clone(), Scheme::Growth, class.as_str()).await;
        }
        models::models(database, set, place.clone()).await;
        losses::of_place(database, set, place.clone()).await;
        people::of_place(database, set, place.clone()).await;
        prospects::of_place(database, set, place.clone()).await;
        chart(database, set, place).await;
    }
    people::linked(database, set).await;
    let row = transition::Model {
        set_id: set.into(),
        dimension: "all".into(),
        segment: "all".into(),
        from_type: "new".into(),
        to_type: LoyaltyType::Loyal,
        customers: 3,
        revenue: 12_345,
        n: 12,
    };
    put(database, row).await;
    for number in 0..CUSTOMERS {
        result(database, set, &format!("C{number:02}"), number).await;
        losses::listed(database, set, &format!("C{number:02}"), number).await;
    }
}

async fn score(database: &Database, set: &str, place: (String, String), metric: Metric, value: f64) {
    let suppressed = place.1 == "west";
    let value = if metric == Metric::Top2 { value / 100.0 } else { value };
    let row = score::Model {
        set_id: set.into(),
        dimension: place.0,
        segment: place.1,
        metric,
        value: (!suppressed).then_some(value),
        lower: (!suppressed).then_some(value * 0.9),
        upper: (!suppressed).then_some(value * 1.1),
        standard_error: (!suppressed).then_some(0.5),
        n: if suppressed { 7 } else { 400 },
        effective_n: None,
        suppressed,
        change: (!suppressed).then_some(4.5),
        change_significant: (!suppressed).then_some(true),
        change_year: (!suppressed).then_some(-1.5),
        change_year_significant: (!suppressed).then_some(false),
    };
    put(database, row).await;
}

async fn composition(database: &Database, set: &str, place: (String, String), scheme: Scheme, class: &str) {
    let suppressed = place.1 == "west";
    let row = composition::Model {
        set_id: set.into(),
        scheme,
        dimension: place.0,
        segment: place.1,
        class: class.into(),
        customers: (!suppressed).then_some(3),
        share: (!suppressed && class != "unclassified").then_some(0.25),
        revenue: (!suppressed).then_some(123_456),
        profit: None,
        n: 12,
        suppressed,
    };
    put(database, row).await;
}

async fn chart(database: &Database, set: &str, (dimension, segment): (String, String)) {
    for locale in ["en", "zh"] {
        let row = artifact::Model {
            set_id: set.into(),
            name: format!("nps/{dimension}/{segment}/{locale}"),
            media_type: "image/svg+xml".into(),
            sha256: format!("{set}{locale}"),
            description: format!("Net promoter score of {segment}"),
            bytes: br##"<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="9" height="9"/></svg>"##.to_vec(),
        };
        put(database, row).await;
    }
}

async fn result(database: &Database, set: &str, code: &str, number: usize) {
    let row = customer_quarter::Model {
        customer_id: customer_id(code),
        set_id: set.into(),
        loyalty_type: LoyaltyType::ALL[number % 5],
        loyalty_subtype: None,
        loyalty_basis: Some(LoyaltyBasis::Purchases),
        satisfaction: Some(8.0),
        staying: Some(true),
        intention: None,
        recommend: None,
        complained: false,
        purchases: 2,
        // ties, so that the code must break them
        revenue: 1_000 * (number as i64 / 4) + 5,
        profit: None,
        window_purchases: 3,
        window_revenue: 99_999,
        window_profit: Some(-5),
        value_class: ValueClass::ALL[number % 5],
        growth: Growth::ALL[number % 5],
        size: Size::ALL[number % 5],
        lifecycle: Lifecycle::ALL[number % 5],
        won_back: Some(number == 0),
        stage: Stage::ALL[number % 7],
        rfm: Some(545),
        rank: Some(number as i64 + 1),
        cumulative_share: Some(0.5),
        p_alive: Some(0.75),
        expected_purchases: Some(2.5),
        expected_spend: Some(40.0),
        lifetime_value: Some(99.5),
        word_of_mouth: None,
        referral_value: None,
        stage_quarters: Some(2),
        lifecycle_quarters: Some(1),
        // ties, so that the code must break them
        value_at_risk: (number != 7).then_some(100.0 + (number / 4) as f64),
        risk_basis: (number != 7).then_some(RiskBasis::Lifetime),
        care: Some(["class_a_turning hostage", "loyal_slipping", ""][number % 3].into()),
    };
    put(database, row).await;
}
