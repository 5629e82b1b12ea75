//! The results of a quarter as fields of its node: of one segment, or of all customers. Each costs about as many rows as
//! it has.

use async_graphql::{Context, Object};
use rapport_entities::ALL;

use super::{
    card_count::{self, CardCount},
    choice::{Audience, CurveKind, Effort, Metric, ModelKind, PathKind, RemarkKind, Scheme},
    class::ClassRow,
    cohort::CohortRow,
    curve::CurveRow,
    driver::DriverRow,
    funnel::FunnelRow,
    list::List,
    loss_flow::LossFlowRow,
    loss_reason::LossReasonRow,
    loyalty::LoyaltyRow,
    mode_effect::ModeEffectRow,
    model::ModelRow,
    page,
    parameter::ParameterRow,
    path::PathRow,
    place_rows::{Row, at},
    prospect_conversion::ProspectConversionRow,
    reading::{Publication, Reading},
    score::ScoreRow,
    theme::ThemeRow,
    transition::TransitionRow,
    unit_score::UnitScoreRow,
    value::ValueRow,
    winback::WinbackRow,
};
use crate::Error;

/// The results of a quarter, for one segment or all customers.
pub struct QuarterResults<'a>(pub &'a Publication);

/// The segment that arguments name: all customers if none.
pub fn place<'a>(
    dimension: &'a Option<String>,
    segment: &'a Option<String>,
) -> Result<(&'a str, &'a str), Error> {
    match (dimension, segment) {
        (None, None) => Ok((ALL, ALL)),
        (Some(dimension), Some(segment)) => Ok((dimension, segment)),
        _ => Err(Error::BadInput("dimension and segment go together; give both or neither".to_owned())),
    }
}

impl QuarterResults<'_> {
    async fn rows<R: Row>(
        &self,
        context: &Context<'_>,
        (dimension, segment): (Option<String>, Option<String>),
        kind: Option<&'static str>,
    ) -> Result<List<R>, Error> {
        let set = std::slice::from_ref(self.0);
        at(Reading::of(context)?, set, place(&dimension, &segment)?, kind).await
    }
}

/// The results of a quarter, for one segment or all customers.
#[Object]
impl QuarterResults<'_> {
    /// Scores of a segment; of all customers if none is given.
    #[graphql(complexity = "page::cost(None, 30, child_complexity)")]
    async fn scores(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One metric; all if not given")] metric: Option<Metric>,
    ) -> Result<List<ScoreRow>, Error> {
        self.rows(context, (dimension, segment), metric.map(|metric| metric.stored().as_str())).await
    }

    /// How the customers of a segment divide into loyalty types; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 5, child_complexity)")]
    async fn loyalty_types(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<LoyaltyRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// How the customers of a segment divide into value classes; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 5, child_complexity)")]
    async fn value_classes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<ValueRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// How the customers of a segment divide into the classes of a scheme; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 36, child_complexity)")]
    async fn classes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One scheme; all if not given")] scheme: Option<Scheme>,
    ) -> Result<List<ClassRow>, Error> {
        self.rows(context, (dimension, segment), scheme.map(|scheme| scheme.stored().as_str())).await
    }

    /// How many customers of a segment each card is for; of all customers if none is given. Prospects are counted by `prospectConversion`.
    #[graphql(complexity = "page::cost(None, 28, child_complexity)")]
    async fn card_counts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One scheme; all if not given")] scheme: Option<Scheme>,
    ) -> Result<List<CardCount>, Error> {
        let kind = scheme.map(|scheme| scheme.stored().as_str());
        self.rows(context, (dimension, segment), kind).await.map(card_count::of)
    }

    /// How the customers of a segment moved between loyalty types; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 25, child_complexity)")]
    async fn transitions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<TransitionRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// How much each item drives the satisfaction of a segment, and how well it is met; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 10, child_complexity)")]
    async fn drivers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<DriverRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// The structural model's estimates of a segment; of all customers if none is given.
    #[graphql(complexity = "page::cost(None, 110, child_complexity)")]
    async fn paths(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One kind; all if not given")] kind: Option<PathKind>,
    ) -> Result<List<PathRow>, Error> {
        self.rows(context, (dimension, segment), kind.map(|kind| kind.stored().as_str())).await
    }

    /// What became of each model of a segment; of all customers if none is given.
    #[graphql(complexity = "page::cost(None, 7, child_complexity)")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One model; all if not given")] model: Option<ModelKind>,
    ) -> Result<List<ModelRow>, Error> {
        self.rows(context, (dimension, segment), model.map(|model| model.stored().as_str())).await
    }

    /// The figures of a segment's models; of all customers' if none is given.
    #[graphql(complexity = "page::cost(None, 20, child_complexity)")]
    async fn parameters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One model; all if not given")] model: Option<ModelKind>,
    ) -> Result<List<ParameterRow>, Error> {
        self.rows(context, (dimension, segment), model.map(|model| model.stored().as_str())).await
    }

    /// Points of a segment's curves; of all customers' if none is given.
    #[graphql(complexity = "page::cost(None, 110, child_complexity)")]
    async fn curve(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One curve; all if not given")] kind: Option<CurveKind>,
    ) -> Result<List<CurveRow>, Error> {
        self.rows(context, (dimension, segment), kind.map(|kind| kind.stored().as_str())).await
    }

    /// Under which themes a segment's customers named problems and made suggestions; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn themes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "PROBLEM or SUGGESTION; both if not given")] kind: Option<RemarkKind>,
    ) -> Result<List<ThemeRow>, Error> {
        self.rows(context, (dimension, segment), kind.map(|kind| kind.stored().as_str())).await
    }

    /// What became of a segment's prospects by grade; of all prospects if none is given.
    #[graphql(complexity = "page::cost(None, 5, child_complexity)")]
    async fn prospect_conversion(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<ProspectConversionRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// What difference it makes how a segment's customers answered; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn mode_effects(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "CSI, CSAT, TOP2, NPS or CES; all of them if not given")] metric: Option<Metric>,
    ) -> Result<List<ModeEffectRow>, Error> {
        self.rows(context, (dimension, segment), metric.map(|metric| metric.stored().as_str())).await
    }

    /// How a segment's customers come through the stages and the phases; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 10, child_complexity)")]
    async fn funnel(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "STAGE or LIFECYCLE; both if not given")] scheme: Option<Scheme>,
    ) -> Result<List<FunnelRow>, Error> {
        self.rows(context, (dimension, segment), scheme.map(|scheme| scheme.stored().as_str())).await
    }

    /// Of those of a segment who first bought in a quarter, how many bought in each since; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 80, child_complexity)")]
    async fn cohorts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<CohortRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// How many of a segment's customers came from state to state on the way to kept or lost; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 33, child_complexity)")]
    async fn loss_flow(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<LossFlowRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// Why customers of a segment were lost; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 8, child_complexity)")]
    async fn loss_reasons(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
    ) -> Result<List<LossReasonRow>, Error> {
        self.rows(context, (dimension, segment), None).await
    }

    /// How often customers of a segment are kept, won back and newly won, and what that costs; all customers if none is given.
    #[graphql(complexity = "page::cost(None, 10, child_complexity)")]
    async fn winback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "One effort; all if not given")] effort: Option<Effort>,
    ) -> Result<List<WinbackRow>, Error> {
        self.rows(context, (dimension, segment), effort.map(|effort| effort.stored().as_str())).await
    }

    /// The indexes of the employees and of the channel partners of a unit; of all units if none is given.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn unit_scores(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Code of a dimension")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment")] segment: Option<String>,
        #[graphql(desc = "Whose; both if not given")] audience: Option<Audience>,
    ) -> Result<List<UnitScoreRow>, Error> {
        self.rows(context, (dimension, segment), audience.map(|audience| audience.stored().as_str())).await
    }
}
