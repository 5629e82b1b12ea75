//! The results of a segment as fields of its node: quarter by quarter, or of one quarter. Each costs what four quarters
//! of it have in rows.

use async_graphql::{Context, Object};

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
    reading::Reading,
    score::ScoreRow,
    theme::ThemeRow,
    transition::TransitionRow,
    unit_score::UnitScoreRow,
    value::ValueRow,
    winback::WinbackRow,
};
use crate::Error;

/// The results of a segment, quarter by quarter.
pub struct SegmentResults<'a> {
    /// Code of the dimension.
    pub dimension: &'a str,
    /// Code of the segment.
    pub segment: &'a str,
}

impl SegmentResults<'_> {
    async fn rows<R: Row>(
        &self,
        context: &Context<'_>,
        quarter: Option<String>,
        kind: Option<&'static str>,
    ) -> Result<List<R>, Error> {
        let reading = Reading::of(context)?;
        let sets = reading.sets(quarter.as_deref(), None).await?;
        at(reading, &sets, (self.dimension, self.segment), kind).await
    }
}

/// The results of a segment, quarter by quarter.
#[Object]
impl SegmentResults<'_> {
    /// The segment's scores, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 120, child_complexity)")]
    async fn scores(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One metric; all if not given")] metric: Option<Metric>,
    ) -> Result<List<ScoreRow>, Error> {
        self.rows(context, quarter, metric.map(|metric| metric.stored().as_str())).await
    }

    /// How the segment's customers divide into loyalty types, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 20, child_complexity)")]
    async fn loyalty_types(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<LoyaltyRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// How the segment's customers divide into value classes, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 20, child_complexity)")]
    async fn value_classes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<ValueRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// How the segment's customers divide into the classes of a scheme, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 140, child_complexity)")]
    async fn classes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One scheme; all if not given")] scheme: Option<Scheme>,
    ) -> Result<List<ClassRow>, Error> {
        self.rows(context, quarter, scheme.map(|scheme| scheme.stored().as_str())).await
    }

    /// How many of the segment's customers each card is for, quarter by quarter. Prospects are counted by `prospectConversion`.
    #[graphql(complexity = "page::cost(None, 112, child_complexity)")]
    async fn card_counts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One scheme; all if not given")] scheme: Option<Scheme>,
    ) -> Result<List<CardCount>, Error> {
        let kind = scheme.map(|scheme| scheme.stored().as_str());
        self.rows(context, quarter, kind).await.map(card_count::of)
    }

    /// How the segment's customers moved between loyalty types, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn transitions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<TransitionRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// How much each item drives the segment's satisfaction, and how well it is met, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn drivers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<DriverRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// The structural model's estimates of the segment, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 440, child_complexity)")]
    async fn paths(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One kind; all if not given")] kind: Option<PathKind>,
    ) -> Result<List<PathRow>, Error> {
        self.rows(context, quarter, kind.map(|kind| kind.stored().as_str())).await
    }

    /// What became of each model of the segment, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 28, child_complexity)")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One model; all if not given")] model: Option<ModelKind>,
    ) -> Result<List<ModelRow>, Error> {
        self.rows(context, quarter, model.map(|model| model.stored().as_str())).await
    }

    /// The figures of the segment's models, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 80, child_complexity)")]
    async fn parameters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One model; all if not given")] model: Option<ModelKind>,
    ) -> Result<List<ParameterRow>, Error> {
        self.rows(context, quarter, model.map(|model| model.stored().as_str())).await
    }

    /// Points of the segment's curves, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 440, child_complexity)")]
    async fn curve(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One curve; all if not given")] kind: Option<CurveKind>,
    ) -> Result<List<CurveRow>, Error> {
        self.rows(context, quarter, kind.map(|kind| kind.stored().as_str())).await
    }

    /// Under which themes the segment's customers named problems and made suggestions, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 80, child_complexity)")]
    async fn themes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "PROBLEM or SUGGESTION; both if not given")] kind: Option<RemarkKind>,
    ) -> Result<List<ThemeRow>, Error> {
        self.rows(context, quarter, kind.map(|kind| kind.stored().as_str())).await
    }

    /// What became of the segment's prospects by grade, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 20, child_complexity)")]
    async fn prospect_conversion(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<ProspectConversionRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// What difference it makes how the segment's customers answered, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 80, child_complexity)")]
    async fn mode_effects(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "CSI, CSAT, TOP2, NPS or CES; all of them if not given")] metric: Option<Metric>,
    ) -> Result<List<ModeEffectRow>, Error> {
        self.rows(context, quarter, metric.map(|metric| metric.stored().as_str())).await
    }

    /// How the segment's customers come through the stages and the phases, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn funnel(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "STAGE or LIFECYCLE; both if not given")] scheme: Option<Scheme>,
    ) -> Result<List<FunnelRow>, Error> {
        self.rows(context, quarter, scheme.map(|scheme| scheme.stored().as_str())).await
    }

    /// Of those of the segment who first bought in a quarter, how many bought in each since; as each quarter saw it.
    #[graphql(complexity = "page::cost(None, 320, child_complexity)")]
    async fn cohorts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<CohortRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// How many of the segment's customers came from state to state on the way to kept or lost, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 132, child_complexity)")]
    async fn loss_flow(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<LossFlowRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// Why customers of the segment were lost, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 32, child_complexity)")]
    async fn loss_reasons(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
    ) -> Result<List<LossReasonRow>, Error> {
        self.rows(context, quarter, None).await
    }

    /// How often customers of the segment are kept, won back and newly won, and what that costs, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 40, child_complexity)")]
    async fn winback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "One effort; all if not given")] effort: Option<Effort>,
    ) -> Result<List<WinbackRow>, Error> {
        self.rows(context, quarter, effort.map(|effort| effort.stored().as_str())).await
    }

    /// The indexes of the employees and of the channel partners of the unit, quarter by quarter.
    #[graphql(complexity = "page::cost(None, 160, child_complexity)")]
    async fn unit_scores(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all published quarters if not given")] quarter: Option<
            String,
        >,
        #[graphql(desc = "Whose; both if not given")] audience: Option<Audience>,
    ) -> Result<List<UnitScoreRow>, Error> {
        self.rows(context, quarter, audience.map(|audience| audience.stored().as_str())).await
    }
}
