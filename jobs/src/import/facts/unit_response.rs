//! Answers of employees and of channel partners: of a unit, which is a segment of customers, and of nobody by name.

use rapport_entities::{At, Audience, unit_response};
use rusqlite::ToSql;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    Fact, Key, Known, Written,
    complaint::word,
    response::{answers, survey},
};
use crate::Error;
use crate::import::{
    bulk::{Bulk, Cell, millis},
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

/// The answers of an employee.
pub struct Employee(unit_response::Model);
/// The answers of a channel partner.
pub struct Partner(unit_response::Model);

macro_rules! of_units {
    ($($name:ident = $entity:literal),+) => {$(
        impl Fact for $name {
            const ENTITY: &'static str = $entity;
            const REQUIRED: &'static [&'static str] = &["code", "dimension", "segment", "at"];
            const OPTIONAL: &'static [&'static str] = &["survey", "weight", "source"];
            const ANSWERS: bool = true;

            fn takes(column: &str, known: &Known) -> bool {
                known.questions.values().flatten().any(|question| question.code == column)
            }

            fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
                read(row, known, Audience::$name).map(Self)
            }

            fn key(&self) -> Key<'_> {
                Key { customer: 0, source: &self.0.source, of: $entity, code: &self.0.code }
            }

            fn at(&self) -> Option<At> {
                Some(self.0.at)
            }

            fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
                let rows = facts.into_iter().map(|one| one.0).collect();
                let left = bulk.insert::<unit_response::Entity>(rows, cell)?;
                Ok(left.into_iter().map(Self).collect())
            }

            async fn write(
                transaction: &DatabaseTransaction,
                facts: Vec<Self>,
                span: Option<Span>,
            ) -> Result<Written, DbErr> {
                let rows = facts.into_iter().map(|one| one.0).collect();
                Ok(upsert::<unit_response::Entity>(transaction, rows, span).await?.into())
            }
        }
    )+};
}

of_units!(Employee = "employee", Partner = "partner");

fn read(row: &Row<'_>, known: &Known, audience: Audience) -> Result<unit_response::Model, Fault> {
    let survey = survey(row, known, audience)?;
    let questions = known.questions.get(&survey).map_or(&[][..], Vec::as_slice);
    let weight = row.number("weight")?;
    if weight.is_some_and(|weight| weight <= 0.0) {
        return Err(row.fault("weight", "it must be above 0"));
    }
    let (dimension, segment) = (row.required("dimension")?, row.required("segment")?);
    if !known.segments.contains(&(dimension.clone(), segment.clone())) {
        return Err(row.fault("segment", format!("there is no segment {dimension}={segment}")));
    }
    Ok(unit_response::Model {
        audience,
        source: known.source(row),
        code: row.required("code")?,
        dimension,
        segment,
        at: row.past("at")?,
        weight,
        answers: answers(row, questions)?,
        survey,
    })
}

fn cell(row: &unit_response::Model, column: unit_response::Column) -> Cell<'_> {
    use unit_response::Column;
    match column {
        Column::Audience => word(Some(row.audience.as_str())),
        Column::Source => row.source.to_sql(),
        Column::Code => row.code.to_sql(),
        Column::Dimension => row.dimension.to_sql(),
        Column::Segment => row.segment.to_sql(),
        Column::Survey => row.survey.to_sql(),
        Column::At => millis(Some(row.at)),
        Column::Weight => row.weight.to_sql(),
        Column::Answers => row.answers.to_sql(),
    }
}
