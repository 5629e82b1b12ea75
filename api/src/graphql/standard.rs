//! The service standards, as settings have them: what customers who complain may expect, and since when.

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_jobs::settings::Clock;

use super::{
    choice::{self, Severity},
    list::List,
    page::{self, Window},
    scalar::Date,
};
use crate::Error;

/// A service standard.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ServiceStandardRow {
    /// Global id.
    pub id: ID,
    /// For complaints received from this day on.
    pub from: Date,
    /// For complaints so grave alone; null for all.
    pub severity: Option<Severity>,
    /// For complaints so grave alone, as text.
    pub severity_code: Option<String>,
    /// For customers of this value class or size alone, such as `A` or `VIP`; null for all.
    pub class_code: Option<String>,
    /// Hours until the customer is told that the complaint came in.
    pub acknowledge_hours: Option<f64>,
    /// Hours until it is resolved.
    pub resolve_hours: Option<f64>,
    /// Whether the hours are those of the business calendar alone.
    pub business_hours: bool,
    /// The share of cases that should have no fault in their handling.
    pub faultless: Option<f64>,
    /// The share of the customers asked who should be satisfied with the outcome.
    pub satisfied: Option<f64>,
}

crate::graphql::label::labels! {
    ServiceStandardRow {
        /// Name of the severity.
        severity_label: Option<String> = "severity" of severity_code,
    }
}

/// The standards.
#[derive(Default)]
pub struct StandardQuery;

#[Object]
impl StandardQuery {
    /// Service standards for complaints as a flat table, in the order of the settings. Of those in force on the day that
    /// a complaint came in the most exact one counts.
    #[graphql(complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    async fn service_standard_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ServiceStandardRow>, Error> {
        let window = Window::new(offset, limit)?;
        let settings = context.data::<std::sync::Arc<rapport_jobs::Settings>>();
        let settings = settings.map_err(|error| Error::NotFound(error.message))?;
        let row = |one: &rapport_jobs::settings::ServiceStandard| {
            let severity = one.severity.map(|severity| choice::code(severity.as_str()));
            let class = one.class.map(|class| choice::code(&class.to_string()));
            let key = [
                "service-standard",
                &one.from.to_string(),
                severity.as_deref().unwrap_or_default(),
                class.as_deref().unwrap_or_default(),
            ];
            ServiceStandardRow {
                id: page::pack(&key).into(),
                from: Date(one.from),
                severity: one.severity.and_then(Severity::of),
                severity_code: severity.clone(),
                class_code: class.clone(),
                acknowledge_hours: one.acknowledge_hours,
                resolve_hours: one.resolve_hours,
                business_hours: one.clock == Clock::Business,
                faultless: one.faultless,
                satisfied: one.satisfied,
            }
        };
        Ok(window.of(settings.service.standards.iter().map(row).collect()).collect())
    }
}
