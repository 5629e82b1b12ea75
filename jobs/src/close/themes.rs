//! What customers say: of those heard in the quarter, by an answer or a remark, how many named a problem or made a
//! suggestion, and under which themes.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use rapport_entities::{Database, Metric, RemarkKind, theme};
use rapport_statistics::Proportion;
use sea_orm::{ConnectionTrait, StreamTrait};

use super::{
    inputs::{Inputs, cell, statement},
    segments::Segments,
    span::Span,
};
use crate::{Error, Rules};

/// The themes of every segment.
#[derive(Debug, Default)]
pub struct Themes {
    segments: Vec<Heard>,
}

/// What was heard of a segment's customers.
#[derive(Clone, Debug, Default)]
struct Heard {
    customers: u64,
    /// Who named any problem, and who made any suggestion.
    kinds: BTreeMap<RemarkKind, u64>,
    themes: BTreeMap<(RemarkKind, String), Named>,
}

/// How often a theme was named.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    customers: u64,
    remarks: i64,
}

/// Everyone who was heard, customer by customer, with the themes they named if any.
const HEARD: &str = "SELECT h.customer_id, r.kind, r.theme, COUNT(r.code) FROM ( \
     SELECT customer_id FROM response WHERE at >= $1 AND at < $2 \
     UNION SELECT customer_id FROM remark WHERE at >= $1 AND at < $2) h \
     LEFT JOIN remark r ON r.customer_id = h.customer_id AND r.at >= $1 AND r.at < $2 \
     GROUP BY h.customer_id, r.kind, r.theme ORDER BY h.customer_id, r.kind, r.theme";

impl Themes {
    /// Reads what was said in the quarter. There is nothing of it where nothing was ever said: nobody asked.
    pub async fn read(database: &Database, inputs: &Inputs, span: Span) -> Result<Self, Error> {
        let recorded = statement(database, "SELECT 1 FROM remark WHERE at < $1 LIMIT 1", [span.end.into()]);
        if database.query_one_raw(recorded).await?.is_none() {
            return Ok(Self::default());
        }
        let mut themes = Self { segments: vec![Heard::default(); inputs.segments.len()] };
        let mut rows =
            database.stream_raw(statement(database, HEARD, [span.quarter.into(), span.end.into()])).await?;
        let mut last: Option<i64> = None;
        let mut kinds = BTreeSet::new();
        while let Some(row) = rows.try_next().await? {
            let id: i64 = cell(&row, 0)?;
            let members = inputs.members(id);
            if last.replace(id) != Some(id) {
                kinds.clear();
                members.iter().for_each(|member| themes.segments[*member].customers += 1);
            }
            let Some(named) = cell::<Option<RemarkKind>>(&row, 1)?.zip(cell::<Option<String>>(&row, 2)?)
            else {
                continue;
            };
            let (remarks, first) = (cell(&row, 3)?, kinds.insert(named.0));
            members.iter().for_each(|member| themes.segments[*member].add(&named, remarks, first));
        }
        Ok(themes)
    }

    /// Puts among the scores how many said anything of a kind.
    pub fn tell(&self, inputs: &mut Inputs) {
        for (segment, heard) in self.segments.iter().enumerate() {
            for (kind, metric) in
                [(RemarkKind::Problem, Metric::ProblemRate), (RemarkKind::Suggestion, Metric::SuggestionRate)]
            {
                let named = heard.kinds.get(&kind).copied().unwrap_or(0);
                if let Some(share) = Proportion::of_counts(named, heard.customers).estimate() {
                    inputs.answering.scores.put(segment, metric, share);
                }
            }
        }
    }

    /// The rows: every theme that was named, of every segment.
    pub fn rows(&self, set_id: &str, segments: &Segments, rules: &Rules) -> Vec<theme::Model> {
        let mut rows = Vec::new();
        for (heard, (dimension, segment)) in self.segments.iter().zip(&segments.keys) {
            let shown = heard.customers >= rules.minimum_base.max(1);
            rows.extend(heard.themes.iter().map(|((kind, theme), named)| {
                let share =
                    Proportion::of_counts(named.customers, heard.customers).estimate().filter(|_| shown);
                let interval = share.and_then(|share| share.interval);
                theme::Model {
                    set_id: set_id.to_owned(),
                    kind: *kind,
                    dimension: dimension.clone(),
                    segment: segment.clone(),
                    theme: theme.clone(),
                    // counts are far below 2⁶³
                    customers: shown.then_some(named.customers as i64),
                    remarks: shown.then_some(named.remarks),
                    share: share.map(|share| share.value),
                    lower: interval.map(|interval| interval.lower),
                    upper: interval.map(|interval| interval.upper),
                    n: heard.customers as i64,
                    suppressed: !shown,
                }
            }));
        }
        rows
    }
}

impl Heard {
    fn add(&mut self, named: &(RemarkKind, String), remarks: i64, first: bool) {
        *self.kinds.entry(named.0).or_default() += u64::from(first);
        let theme = self.themes.entry(named.clone()).or_default();
        theme.customers += 1;
        theme.remarks += remarks;
    }
}
