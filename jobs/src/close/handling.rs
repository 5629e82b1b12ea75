//! What became of the complaints of the window: taken up, closed, and the customer kept. What no source records is not
//! known, and is never counted as nothing.

use std::collections::BTreeMap;

use rapport_entities::{ComplaintStage, Database};
use sea_orm::ConnectionTrait;

use super::{
    cases::Cases,
    customers::{Customer, Customers},
    inputs::statement,
    span::Span,
};
use crate::{Error, Rules};

/// What became of a customer's complaints on record in the window, all of them together.
#[derive(Clone, Copy, Debug)]
pub struct Handling {
    /// Each was closed, or somebody took it up.
    acknowledged: bool,
    /// Each is closed.
    pub resolved: bool,
    /// Whether the customer was satisfied with the outcomes, as it confirmed since they were last taken up: not, if it was
    /// not with one of them; `None` if it confirmed nothing.
    pub satisfied: Option<bool>,
    /// Each was closed within the hours that count as on the spot.
    pub on_the_spot: bool,
    /// The last came in before the quarters that count as active: time enough to buy again.
    pub long_ago: bool,
    /// The contract runs, or there was a purchase after the last of them; `None` while it is too early to tell, and of
    /// who has no contract and never bought.
    pub kept: Option<bool>,
}

/// What the sources record of complaints, ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recording {
    /// Complaints, or a survey asks for them.
    pub complaints: bool,
    /// Steps in their handling.
    events: bool,
    /// Their ends.
    ends: bool,
}

impl Recording {
    /// What was recorded before the end of the quarter; `asked` says whether a survey asks for complaints.
    pub async fn read(database: &Database, end: i64, asked: bool) -> Result<Self, Error> {
        let there = async |sql: &str| -> Result<bool, Error> {
            Ok(database.query_one_raw(statement(database, sql, [end.into()])).await?.is_some())
        };
        Ok(Self {
            complaints: asked || there("SELECT 1 FROM complaint WHERE at < $1 LIMIT 1").await?,
            events: there("SELECT 1 FROM complaint WHERE taken_up_at < $1 LIMIT 1").await?,
            ends: there(
                "SELECT 1 FROM complaint WHERE first_resolved_at < $1 OR said_resolved_at < $1 LIMIT 1",
            )
            .await?,
        })
    }

    /// Whether the records can tell who complained.
    pub fn tells_complaints(self) -> bool {
        self.complaints
    }

    /// Whether the records can tell who reached a stage.
    pub fn tells(self, stage: ComplaintStage) -> bool {
        match stage {
            ComplaintStage::Dissatisfied => true,
            ComplaintStage::Complained => self.complaints,
            ComplaintStage::Acknowledged => self.events,
            ComplaintStage::Resolved | ComplaintStage::Kept | ComplaintStage::Undecided => self.ends,
        }
    }
}

/// Puts down what became of everyone's complaints; contracts and purchases must be known.
pub fn tell(customers: &mut Customers, cases: &BTreeMap<i64, Cases>, span: Span) {
    for (id, cases) in cases {
        let bought = customers.last_bought(*id);
        let Some((latest, customer)) = cases.latest.zip(customers.get_mut(*id)) else { continue };
        let (again, long_ago) = (bought.is_some_and(|bought| bought > latest), latest < span.active);
        customer.complained = true;
        customer.complaint_in_quarter = latest >= span.quarter;
        customer.handling = Some(Handling {
            acknowledged: cases.unheard == 0,
            resolved: cases.open == 0,
            satisfied: (cases.pleased + cases.displeased > 0).then_some(cases.displeased == 0),
            on_the_spot: cases.late == 0,
            long_ago,
            kept: kept(customer, again, long_ago),
        });
    }
}

/// A contract decides; without one a purchase after the complaint does, and that none came only when the quarters that
/// count as active are over.
fn kept(customer: &Customer, again: bool, long_ago: bool) -> Option<bool> {
    match customer.contract {
        Some(contract) => Some(contract.runs),
        None if again => Some(true),
        None => (long_ago && customer.buys()).then_some(false),
    }
}

/// The stages that a customer reached.
pub fn stages(customer: &Customer, rules: &Rules) -> Vec<ComplaintStage> {
    let mut stages = Vec::new();
    if !customer.satisfaction.is_some_and(|satisfaction| satisfaction < rules.satisfaction_cut) {
        return stages;
    }
    stages.push(ComplaintStage::Dissatisfied);
    if customer.complained {
        stages.push(ComplaintStage::Complained);
    }
    let Some(handling) = customer.handling else { return stages };
    if handling.acknowledged {
        stages.push(ComplaintStage::Acknowledged);
    }
    if handling.resolved {
        stages.push(ComplaintStage::Resolved);
        match handling.kept {
            Some(true) => stages.push(ComplaintStage::Kept),
            Some(false) => {}
            None => stages.push(ComplaintStage::Undecided),
        }
    }
    stages
}
