//! The root of the schema, and any node by its global id.

use async_graphql::{Context, ID, Interface, MergedObject, Object};

use super::{
    action::ActionRowQuery,
    action_effect::ActionEffectQuery,
    action_node::{self, Action, ActionQuery},
    alert::AlertQuery,
    attempt_rows::AttemptQuery,
    card::{self, Card, CardQuery},
    care::CareRowQuery,
    care_contact::CareContactQuery,
    care_line::CareQuery,
    chart::ChartQuery,
    class::ClassQuery,
    cohort::CohortQuery,
    complaint::ComplaintQuery,
    complaint_breach::BreachQuery,
    complaint_case::{self, CaseQuery, Complaint},
    complaint_event::ComplaintEventQuery,
    curve::CurveQuery,
    customer::{self, Customer, CustomerQuery},
    customer_rows::CustomerRowQuery,
    delivery::DeliveryQuery,
    driver::DriverQuery,
    folklore::FolkloreQuery,
    funnel::FunnelQuery,
    group::{ComplaintGroupQuery, CustomerGroupQuery, PurchaseGroupQuery},
    job::JobQuery,
    job_run::JobRunQuery,
    linkage::LinkageQuery,
    loss_flow::LossFlowQuery,
    loss_reason::LossReasonQuery,
    loss_rows::LossQuery,
    lost_customer::LostCustomerQuery,
    loyalty::LoyaltyQuery,
    mode_effect::ModeEffectQuery,
    model::ModelQuery,
    page,
    parameter::ParameterQuery,
    path::PathQuery,
    prospect::ProspectQuery,
    prospect_conversion::ProspectConversionQuery,
    prospect_rows::ProspectRowQuery,
    purchase::PurchaseQuery,
    quarter::{Quarter, QuarterQuery},
    reading::Reading,
    remark::RemarkQuery,
    response::ResponseQuery,
    revision_change::RevisionQuery,
    score::ScoreQuery,
    segment::{Segment, SegmentQuery},
    spoken::SpokenQuery,
    standard::StandardQuery,
    theme::ThemeQuery,
    transition::TransitionQuery,
    unit_score::UnitScoreQuery,
    value::ValueQuery,
    winback::WinbackQuery,
};
use crate::Error;

/// The root: `…Rows` are flat tables, the others navigate.
// in parts: a field is looked for from part to part, and each it passes over takes room on the stack
#[derive(Default, MergedObject)]
pub struct Query(Results, Facts, Groups, Places, Nodes);

/// Results of quarters, a flat table each.
#[derive(Default, MergedObject)]
pub struct Results(
    ScoreQuery,
    LoyaltyQuery,
    ValueQuery,
    ClassQuery,
    TransitionQuery,
    DriverQuery,
    PathQuery,
    ModelQuery,
    ParameterQuery,
    CurveQuery,
    CohortQuery,
    ThemeQuery,
    ModeEffectQuery,
    ProspectConversionQuery,
    CustomerRowQuery,
);

/// What came in, and what complaints and actions are.
#[derive(Default, MergedObject)]
pub struct Facts(
    PurchaseQuery,
    ResponseQuery,
    ProspectQuery,
    ProspectRowQuery,
    RemarkQuery,
    SpokenQuery,
    ComplaintQuery,
    ComplaintEventQuery,
    BreachQuery,
    CaseQuery,
    FolkloreQuery,
    FunnelQuery,
    StandardQuery,
    ActionRowQuery,
    ActionEffectQuery,
    ActionQuery,
);

/// Groups of customers and facts, lost customers, employees and partners.
#[derive(Default, MergedObject)]
pub struct Groups(
    CustomerGroupQuery,
    PurchaseGroupQuery,
    ComplaintGroupQuery,
    LossFlowQuery,
    LossReasonQuery,
    WinbackQuery,
    LostCustomerQuery,
    LossQuery,
    AttemptQuery,
    UnitScoreQuery,
    LinkageQuery,
);

/// Segments, quarters and what the jobs did.
#[derive(Default, MergedObject)]
pub struct Places(
    SegmentQuery,
    QuarterQuery,
    RevisionQuery,
    JobQuery,
    JobRunQuery,
    AlertQuery,
    DeliveryQuery,
    ChartQuery,
);

/// Customers, who is to be cared for, cards, and whatever has a global id.
#[derive(Default, MergedObject)]
pub struct Nodes(CustomerQuery, CardQuery, CareRowQuery, CareQuery, CareContactQuery, NodeQuery);

/// Anything with a global id.
// a request asks for few of them
#[allow(clippy::large_enum_variant)]
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub enum Node {
    /// A customer.
    Customer(Customer),
    /// A complaint.
    Complaint(Complaint),
    /// An improvement action.
    Action(Action),
    /// A segment.
    Segment(Segment),
    /// A published quarter.
    Quarter(Quarter),
    /// A card of the playbooks.
    Card(Card),
}

/// Any node.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The node with this global id; null if there is none.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A global id that was read before")] id: ID,
    ) -> Result<Option<Node>, Error> {
        let reading = Reading::of(context)?;
        let parts = page::unpack(&id).unwrap_or_default();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Ok(match parts[..] {
            ["customer", code] => customer::by_code(reading, code).await?.map(Node::Customer),
            ["complaint", ..] => complaint_case::by_id(reading, context, &id).await?.map(Node::Complaint),
            ["action", code] => action_node::by_code(reading, context, code).await?.map(Node::Action),
            ["segment", dimension, code] => {
                let names = reading.names().await?;
                let known = names.find(dimension, code).is_some();
                known.then(|| Node::Segment(Segment::of(dimension, code, names)))
            }
            ["quarter", quarter, revision] => {
                let sets = reading.sets(Some(quarter), revision.parse().ok()).await?;
                sets.into_iter().next().map(|set| Node::Quarter(Quarter(set)))
            }
            ["card", ..] => match card::key(&id) {
                Ok(key) => card::by_key(reading, key).await?.map(Node::Card),
                Err(_) => None,
            },
            _ => None,
        })
    }
}
