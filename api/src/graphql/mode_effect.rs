//! How surveys were answered and what difference that makes, as a flat table and at a segment or a quarter.

use async_graphql::{ID, SimpleObject};
use rapport_entities::{AnswerFacet as Facet, mode_effect};

use super::{
    choice::{self, AnswerFacet, Metric},
    label,
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A metric of the answers that a segment's customers gave in one way, and how they differ from those given in other ways,
/// like compared with like: within the same survey, and customers of the same segments.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ModeEffectRow {
    /// Global id.
    pub id: ID,
    /// Whose.
    #[graphql(flatten)]
    pub slice: Slice,
    /// What is measured.
    pub metric: Metric,
    /// What is measured, as text.
    pub metric_code: String,
    /// By what answers are told apart: the mode of answering, or the channel.
    pub facet: AnswerFacet,
    /// By what answers are told apart, as text.
    pub facet_code: String,
    /// The mode: ONLINE, IN_PERSON, MAIL or PHONE; or the channel, in the company's own word.
    pub way: String,
    /// The metric of the answers given in this way, in its own unit; null if suppressed.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval of the value.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the value.
    pub upper: Option<f64>,
    /// Answers given in this way, unweighted.
    pub n: i64,
    /// True if the base is too small: there is then no value.
    pub suppressed: bool,
    /// By how much they are above those given in other ways, like compared with like; null where the base cannot tell.
    pub effect: Option<f64>,
    /// Lower end of the 95 % interval of the effect.
    pub effect_lower: Option<f64>,
    /// Upper end of the 95 % interval of the effect.
    pub effect_upper: Option<f64>,
    /// Two-sided p-value against no effect, before the correction for many comparisons.
    pub p_value: Option<f64>,
    /// Whether the effect is more than chance, corrected for all ways and segments compared.
    pub significant: Option<bool>,
    /// Answers of this way that have others to be compared with.
    pub matched: Option<i64>,
    /// Answers given in other ways that they are compared with.
    pub others: Option<i64>,
}

crate::graphql::label::labels! {
    ModeEffectRow {
        /// Name of what is measured.
        metric_label: String = "metric" of metric_code,
        /// Name of what answers are told apart by.
        facet_label: String = "answer-facet" of facet_code,
    } and {
        /// Name of the mode; the channel's own word.
        async fn way_label(
            &self,
            #[graphql(desc = "The language of the name; English if not given")] locale: Option<label::Locale>,
        ) -> String {
            match self.facet {
                AnswerFacet::Mode => label::label("answer-mode", &self.way, locale),
                AnswerFacet::Channel => self.way.clone(),
            }
        }
    }
}

impl Row for ModeEffectRow {
    type Table = mode_effect::Entity;

    fn of(row: mode_effect::Model, slice: Slice, _: &Publication) -> Option<Self> {
        Some(Self {
            id: slice.id("mode", &[row.metric.as_str(), row.facet.as_str(), &row.way]),
            slice,
            metric: Metric::of(row.metric)?,
            metric_code: choice::code(row.metric.as_str()),
            facet: AnswerFacet::of(row.facet)?,
            facet_code: choice::code(row.facet.as_str()),
            way: if row.facet == Facet::Mode { choice::code(&row.way) } else { row.way },
            value: row.value,
            lower: row.lower,
            upper: row.upper,
            n: row.n,
            suppressed: row.suppressed,
            effect: row.effect,
            effect_lower: row.effect_lower,
            effect_upper: row.effect_upper,
            p_value: row.p_value,
            significant: row.significant,
            matched: row.matched,
            others: row.others,
        })
    }
}

place_rows! {
    /// How surveys were answered and what difference that makes, as a flat table, ordered by quarter, dimension, segment,
    /// metric, facet and way.
    ModeEffectQuery.mode_effect_rows -> ModeEffectRow,
    by #[graphql(desc = "A metric's code: CSI, CSAT, TOP2, NPS or CES; all of them if not given")]
    metric: rapport_entities::Metric
}
