//! What the actions in force did to the indexes they were to move: the change since the quarter before they took effect,
//! held against the other segments of the same dimension. From stored scores alone.

use std::collections::{BTreeMap, HashMap};

use rapport_entities::{Database, Metric, Quarter, Untold, Verdict, action, action_effect, score};
use rapport_statistics::{
    BeforeAfter, NoEffect, difference_in_differences, difference_in_differences::Effect,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::Error;

/// A published quarter before this one, and its set.
pub type Earlier = (Quarter, String);

/// The actions that count in a quarter or did since some quarter before it, by code.
pub async fn actions(database: &Database, quarter: Quarter) -> Result<Vec<action::Model>, Error> {
    Ok(action::Entity::find()
        .filter(action::Column::EffectFrom.lte(quarter))
        .order_by_asc(action::Column::Code)
        .all(database)
        .await?)
}

/// The quarters that the effects of a set were compared with, oldest first: enough to reckon the same effects again.
pub async fn compared(database: &Database, set_id: &str) -> Result<Vec<Earlier>, Error> {
    let rows = action_effect::Entity::find().filter(action_effect::Column::SetId.eq(set_id)).all(database);
    let bases = rows.await?.into_iter().filter_map(|row| row.base_quarter.zip(row.base_set_id));
    Ok(bases.collect::<BTreeMap<_, _>>().into_iter().collect())
}

/// The effects of the actions that count in a quarter, given its scores and the quarters published before it, oldest
/// first.
pub async fn rows(
    database: &Database,
    (set_id, quarter): (&str, Quarter),
    actions: &[action::Model],
    scores: &[score::Model],
    earlier: &[Earlier],
) -> Result<Vec<action_effect::Model>, Error> {
    let base = |action: &action::Model| earlier.iter().rfind(|(before, _)| *before < action.effect_from);
    let counting: Vec<_> = actions.iter().filter(|action| action.counts_in(quarter)).collect();
    let now: Scores = of(scores);
    let mut bases: HashMap<&str, Vec<score::Model>> = HashMap::new();
    for (_, set) in counting.iter().filter_map(|action| base(action)) {
        if !bases.contains_key(set.as_str()) {
            bases.insert(set, then(database, set, &counting).await?);
        }
    }
    let row = |action: &&action::Model| {
        let (action, base) = (*action, base(action));
        let then = base.and_then(|(_, set)| bases.get(set.as_str())).map(|scores| of(scores));
        let pair = base.zip(then.as_ref()).ok_or((Untold::NoQuarterBefore, 0));
        let told = pair.and_then(|((before, _), then)| {
            let taken = |place: &Place<'_>| taken(actions, action, place, (*before, quarter));
            effect(action, then, &now, taken)
        });
        stored(set_id, action, base, (then.as_ref(), &now), told)
    };
    Ok(counting.iter().map(row).collect())
}

/// Dimension and segment.
type Place<'a> = (&'a str, &'a str);

/// Scores by metric and place.
type Scores<'a> = BTreeMap<(Metric, Place<'a>), &'a score::Model>;

fn of(scores: &[score::Model]) -> Scores<'_> {
    scores.iter().map(|row| ((row.metric, (row.dimension.as_str(), row.segment.as_str())), row)).collect()
}

/// The scores of an earlier set on the metrics that actions are to move.
async fn then(
    database: &Database,
    set_id: &str,
    actions: &[&action::Model],
) -> Result<Vec<score::Model>, Error> {
    Ok(score::Entity::find()
        .filter(score::Column::SetId.eq(set_id))
        .filter(score::Column::Metric.is_in(actions.iter().map(|action| action.metric)))
        .all(database)
        .await?)
}

/// Whether an action on the same index counted at this place in any of these quarters.
fn taken(
    actions: &[action::Model],
    own: &action::Model,
    place: &Place<'_>,
    (first, last): (Quarter, Quarter),
) -> bool {
    actions.iter().any(|action| {
        (action.dimension.as_str(), action.segment.as_str()) == *place
            && action.metric == own.metric
            && action.counts_between(first, last)
    })
}

/// The effect, or why it cannot be told and how many segments there were to compare with.
fn effect(
    action: &action::Model,
    then: &Scores<'_>,
    now: &Scores<'_>,
    taken: impl Fn(&Place<'_>) -> bool,
) -> Result<Effect, (Untold, usize)> {
    let own: Place<'_> = (&action.dimension, &action.segment);
    let at =
        |place: &Place<'_>| Some((*then.get(&(action.metric, *place))?, *now.get(&(action.metric, *place))?));
    let places = now.keys().filter(|(metric, _)| *metric == action.metric).map(|(_, place)| place);
    let others = places.filter(|place| place.0 == own.0 && **place != own && !taken(place));
    let comparable: Vec<BeforeAfter> =
        others.filter_map(at).filter_map(|(then, now)| before_after(then, now)).collect();
    let untold = |why| (why, comparable.len());
    let (before, after) = at(&own).ok_or(untold(Untold::NotMeasured))?;
    if before.suppressed || after.suppressed {
        return Err(untold(Untold::BaseTooSmall));
    }
    let own = before_after(before, after).ok_or(untold(Untold::NotMeasured))?;
    difference_in_differences(own, &comparable).map_err(|none| match none {
        NoEffect::TooFew(_) if comparable.is_empty() => (Untold::NoComparable, 0),
        NoEffect::TooFew(large_enough) => (Untold::FewComparable, large_enough),
        NoEffect::NotMeasured => untold(Untold::NotMeasured),
    })
}

/// None of what is suppressed, or has no standard error to weigh it by.
fn before_after(then: &score::Model, now: &score::Model) -> Option<BeforeAfter> {
    let measured = |row: &score::Model| Some((row.value?, row.standard_error.filter(|error| *error > 0.0)?));
    Some(BeforeAfter { before: measured(then)?, after: measured(now)? })
}

fn stored(
    set_id: &str,
    action: &action::Model,
    base: Option<&Earlier>,
    (then, now): (Option<&Scores<'_>>, &Scores<'_>),
    told: Result<Effect, (Untold, usize)>,
) -> action_effect::Model {
    let key = (action.metric, (action.dimension.as_str(), action.segment.as_str()));
    let (before, after) = (then.and_then(|then| then.get(&key)), now.get(&key));
    let (effect, why) = match told {
        Ok(effect) => (Some(effect), None),
        Err(why) => (None, Some(why)),
    };
    let (verdict, untold) = match &effect {
        Some(effect) => judge(action, effect),
        None => (Verdict::CannotTell, why.map(|(why, _)| why)),
    };
    let comparable = effect.map_or_else(|| why.map_or(0, |(_, count)| count), |effect| effect.comparable);
    action_effect::Model {
        set_id: set_id.to_owned(),
        action: action.code.clone(),
        dimension: action.dimension.clone(),
        segment: action.segment.clone(),
        metric: action.metric,
        base_quarter: base.map(|(quarter, _)| *quarter),
        base_set_id: base.map(|(_, set)| set.clone()),
        before: before.and_then(|row| row.value),
        n_before: before.map_or(0, |row| row.n),
        after: after.and_then(|row| row.value),
        n_after: after.map_or(0, |row| row.n),
        expected_change: effect.map(|effect| effect.expected_change),
        value: effect.map(|effect| effect.value),
        lower: effect.map(|effect| effect.interval.lower),
        upper: effect.map(|effect| effect.interval.upper),
        standard_error: effect.map(|effect| effect.standard_error),
        p_value: effect.map(|effect| effect.p_value),
        // a dimension has few segments
        comparable: i32::try_from(comparable).unwrap_or(i32::MAX),
        expected: action.expected,
        verdict,
        untold,
    }
}

/// What the interval says: on which side of 0 it lies, or that it holds 0; and that it cannot tell where it holds both 0
/// and the effect that was expected.
fn judge(action: &action::Model, effect: &Effect) -> (Verdict, Option<Untold>) {
    let holds = |value: f64| effect.interval.lower <= value && value <= effect.interval.upper;
    if holds(0.0) {
        return match action.expected {
            Some(expected) if holds(expected) => (Verdict::CannotTell, Some(Untold::TooWide)),
            _ => (Verdict::NoDifference, None),
        };
    }
    let better = (effect.value > 0.0) != action.metric.is_better_low();
    (if better { Verdict::Improved } else { Verdict::Worsened }, None)
}
