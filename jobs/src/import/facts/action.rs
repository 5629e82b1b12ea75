//! Improvement actions. A source says where an action stands, and the moves that lead there are put down as if they had
//! been made now; one that cannot lead there is refused.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rapport_entities::{ALL, ActionEvent, ActionOrigin, ActionState, Quarter, action, action::Column};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, prelude::ChronoUnixTimestampMillis, sea_query::Expr,
};

use super::{Fact, Key, Known, Written};
use crate::{
    action::{Happening, happens, reference},
    import::{
        rejects::Fault,
        row::Row,
        upsert::{Span, Tally},
    },
};

/// An action as its source tells it.
pub struct Action {
    row: action::Model,
    /// Where it stands; as it is known, or planned, if the source does not say.
    state: Option<ActionState>,
    note: Option<String>,
    now: DateTime<Utc>,
    /// The quarter of `now`, in which it is given up if it is.
    this: Quarter,
}

impl Fact for Action {
    const ENTITY: &'static str = "action";
    const REQUIRED: &'static [&'static str] = &["code", "title", "owner", "due", "metric", "effect_from"];
    const OPTIONAL: &'static [&'static str] = &[
        "dimension",
        "segment",
        "expected",
        "state",
        "origin",
        "origin_quarter",
        "origin_code",
        "note",
        "source",
    ];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let (code, source) = (row.required("code")?, known.source(row));
        let state: Option<ActionState> = row.word("state")?;
        match known.actions.get(&code) {
            Some((other, _)) if *other != source => {
                return Err(row.fault("code", format!("an action from {other} has this code; take another")));
            }
            Some((_, was)) if state.is_some_and(|state| was.way_to(state).is_none()) => {
                return Err(row.fault("state", format!("it is {was}, and no moves lead from there to it")));
            }
            _ => {}
        }
        let origin: ActionOrigin = row.word("origin")?.unwrap_or(ActionOrigin::Segment);
        let origin_code =
            reference(origin, row.text("origin_code")).map_err(|why| row.fault("origin_code", why))?;
        let (dimension, segment) = place(row, known)?;
        let (note, now) = (row.text("note"), row.reading.now);
        let this = row.reading.calendar.quarter_of(now);
        let row = action::Model {
            title: row.required("title")?,
            origin,
            origin_quarter: quarter(row, "origin_quarter")?,
            origin_code,
            dimension,
            segment,
            metric: row.word("metric")?.ok_or_else(|| row.fault("metric", "it is missing"))?,
            effect_from: quarter(row, "effect_from")?
                .ok_or_else(|| row.fault("effect_from", "it is missing"))?,
            owner: row.required("owner")?,
            due: day(row, "due")?,
            expected: expected(row)?,
            state: ActionState::Planned,
            version: 1,
            opened_by: format!("import {source}"),
            opened_at: ChronoUnixTimestampMillis(now.trunc_subsecs(3)),
            abandoned_in: None,
            code,
            source,
        };
        Ok(Self { row, state, note, now, this })
    }

    fn key(&self) -> Key<'_> {
        Key { code: &self.row.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        _: Option<Span>,
    ) -> Result<Written, DbErr> {
        let mut written = Written::default();
        // plans of a company are few
        for fact in facts {
            fact.put(transaction, &mut written).await?;
        }
        Ok(written)
    }
}

impl Action {
    /// Opens it, or corrects what its source tells otherwise, and moves it to where it stands.
    async fn put(self, transaction: &DatabaseTransaction, written: &mut Written) -> Result<(), DbErr> {
        let was = action::Entity::find_by_id(&self.row.code).lock_exclusive().one(transaction).await?;
        let Some(was) = was else {
            written.tally.created += 1;
            written.since(self.row.effect_from);
            action::Entity::insert(self.row.clone().into_active_model())
                .exec_without_returning(transaction)
                .await?;
            self.event(transaction, 1, ActionEvent::Opened, None).await?;
            let row = self.row.clone();
            self.go(transaction, &row, written).await?;
            return Ok(());
        };
        let mut is = self.as_told(&was);
        let corrected = is != was;
        if corrected {
            if measures(&is) != measures(&was) {
                written.since(was.effect_from.min(is.effect_from));
            }
            is.version += 1;
            self.correct(transaction, &is).await?;
            self.event(transaction, is.version, ActionEvent::Corrected, None).await?;
        }
        let moved = self.go(transaction, &is, written).await?;
        let one = Tally { updated: 1, ..Tally::default() };
        let same = Tally { unchanged: 1, ..Tally::default() };
        written.tally.add(if corrected || moved { one } else { same });
        Ok(())
    }

    /// What is stored, with what the source tells.
    fn as_told(&self, was: &action::Model) -> action::Model {
        action::Model {
            state: was.state,
            version: was.version,
            opened_by: was.opened_by.clone(),
            opened_at: was.opened_at,
            abandoned_in: was.abandoned_in,
            ..self.row.clone()
        }
    }

    async fn correct(&self, transaction: &DatabaseTransaction, is: &action::Model) -> Result<(), DbErr> {
        action::Entity::update(is.clone().into_active_model().reset_all()).exec(transaction).await.map(drop)
    }

    /// Makes the moves to where it stands; says whether there were any.
    async fn go(
        &self,
        transaction: &DatabaseTransaction,
        from: &action::Model,
        written: &mut Written,
    ) -> Result<bool, DbErr> {
        let way = self.state.and_then(|to| from.state.way_to(to)).unwrap_or_default();
        let Some((last, to)) = way.last().copied() else { return Ok(false) };
        let (mut state, mut version) = (from.state, from.version);
        for (kind, to) in way {
            version += 1;
            self.event(transaction, version, kind, Some((state, to))).await?;
            state = to;
        }
        let given_up = (last == ActionEvent::Abandoned).then_some(self.this);
        action::Entity::update_many()
            .col_expr(Column::State, Expr::value(to.as_str()))
            .col_expr(Column::Version, Expr::value(version))
            .col_expr(Column::AbandonedIn, Expr::value(given_up.map(|quarter| quarter.to_string())))
            .filter(Column::Code.eq(&from.code))
            .exec(transaction)
            .await?;
        if let Some(quarter) = given_up {
            written.since(quarter.max(from.effect_from));
        }
        Ok(true)
    }

    async fn event(
        &self,
        transaction: &DatabaseTransaction,
        number: i32,
        kind: ActionEvent,
        states: Option<(ActionState, ActionState)>,
    ) -> Result<(), DbErr> {
        let what = Happening { kind, states, note: self.note.clone() };
        happens(transaction, &self.row.code, number, what, &self.row.opened_by, self.now).await
    }
}

/// What the measured effect depends on.
fn measures(row: &action::Model) -> impl PartialEq + use<'_> {
    (&row.dimension, &row.segment, row.metric, row.effect_from, row.expected)
}

fn place(row: &Row<'_>, known: &Known) -> Result<(String, String), Fault> {
    match (row.text("dimension"), row.text("segment")) {
        (None, None) => Ok((ALL.to_owned(), ALL.to_owned())),
        (Some(dimension), Some(segment)) => {
            let place = (dimension, segment);
            let is_all = place.0 == ALL && place.1 == ALL;
            if is_all || known.segments.contains(&place) {
                Ok(place)
            } else {
                Err(row.fault("segment", "there is no such segment"))
            }
        }
        _ => Err(row.fault("segment", "give dimension and segment, or neither for all customers")),
    }
}

fn quarter(row: &Row<'_>, column: &str) -> Result<Option<Quarter>, Fault> {
    row.text(column).map(|text| text.parse().map_err(|error| row.fault(column, error))).transpose()
}

fn day(row: &Row<'_>, column: &str) -> Result<NaiveDate, Fault> {
    let text = row.required(column)?;
    text.parse().map_err(|_| row.fault(column, "it is not a day; write 2026-09-30"))
}

fn expected(row: &Row<'_>) -> Result<Option<f64>, Fault> {
    match row.number("expected")? {
        Some(0.0) => Err(row.fault("expected", "an expected effect is a number other than 0")),
        expected => Ok(expected),
    }
}
