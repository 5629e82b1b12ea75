//! Responses: every further column of the SELECT is the answer to the question of that code.

use std::fmt::Write as _;

use rapport_entities::{AnswerMode, At, Audience, question, response};
use rusqlite::ToSql;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Fact, Key, Known, Written, complaint::word};
use crate::Error;
use crate::import::{
    bulk::{Bulk, Cell, millis},
    rejects::Fault,
    row::{Row, Value},
    upsert::{Span, upsert},
};

impl Fact for response::Model {
    const ENTITY: &'static str = "response";
    const REQUIRED: &'static [&'static str] = &["code", "customer", "at"];
    const OPTIONAL: &'static [&'static str] = &["survey", "weight", "comment", "mode", "channel", "source"];
    const ANSWERS: bool = true;

    fn takes(column: &str, known: &Known) -> bool {
        known.questions.values().flatten().any(|question| question.code == column)
    }

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let survey = survey(row, known, Audience::Customer)?;
        let questions = known.questions.get(&survey).map_or(&[][..], Vec::as_slice);
        let weight = row.number("weight")?;
        if weight.is_some_and(|weight| weight <= 0.0) {
            return Err(row.fault("weight", "it must be above 0"));
        }
        let customer_id = known.customer(row)?;
        Ok(Self {
            customer_id,
            source: known.source(row),
            code: row.required("code")?,
            at: row.past("at")?,
            weight,
            answers: answers(row, questions)?,
            comment: known.personal(customer_id, row, "comment"),
            mode: row.word("mode")?,
            channel: row.text("channel"),
            survey,
        })
    }

    fn key(&self) -> Key<'_> {
        Key { customer: self.customer_id, source: &self.source, of: "", code: &self.code }
    }

    fn at(&self) -> Option<At> {
        Some(self.at)
    }

    fn insert_new(bulk: &Bulk, facts: Vec<Self>) -> Result<Vec<Self>, Error> {
        bulk.insert::<response::Entity>(facts, cell)
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<response::Entity>(transaction, facts, span).await?.into())
    }
}

fn cell(row: &response::Model, column: response::Column) -> Cell<'_> {
    match column {
        response::Column::CustomerId => row.customer_id.to_sql(),
        response::Column::Source => row.source.to_sql(),
        response::Column::Code => row.code.to_sql(),
        response::Column::Survey => row.survey.to_sql(),
        response::Column::At => millis(Some(row.at)),
        response::Column::Weight => row.weight.to_sql(),
        response::Column::Answers => row.answers.to_sql(),
        response::Column::Comment => row.comment.to_sql(),
        response::Column::Mode => word(row.mode.map(AnswerMode::as_str)),
        response::Column::Channel => row.channel.to_sql(),
    }
}

/// The survey of a row: the one it names, or the only one that asks such respondents.
pub(super) fn survey(row: &Row<'_>, known: &Known, audience: Audience) -> Result<String, Fault> {
    let mut asks = known.surveys.iter().filter(|(_, of)| *of == audience).map(|(code, _)| code);
    // customers may have been asked anything
    let fits = |(_, of): &&(String, Audience)| *of == audience || audience == Audience::Customer;
    match row.text("survey") {
        Some(survey) if known.surveys.iter().filter(fits).any(|(code, _)| *code == survey) => Ok(survey),
        Some(_) if audience == Audience::Customer => Err(row.fault("survey", "there is no such survey")),
        Some(_) => Err(row.fault("survey", format!("there is no such survey of {audience}s"))),
        None => match (asks.next(), asks.next()) {
            (Some(only), None) => Ok(only.clone()),
            _ => Err(row.fault("survey", "it is missing, and there is not just one survey")),
        },
    }
}

/// The answers as a JSON object in the survey's order; an answer off its scale is a fault, a missing one is absent.
pub(super) fn answers(row: &Row<'_>, questions: &[question::Model]) -> Result<String, Fault> {
    let mut json = String::from("{");
    for question in questions {
        if let Some(answer) = answer(row, question)? {
            let separator = if json.len() > 1 { "," } else { "" };
            let code = serde_json::Value::from(question.code.as_str());
            // writing to a String cannot fail
            let _ = write!(json, "{separator}{code}:{answer}");
        }
    }
    if json.len() == 1 {
        return Err(Fault {
            column: String::new(),
            value: String::new(),
            reason: "it has no answer at all".to_owned(),
        });
    }
    json.push('}');
    Ok(json)
}

fn answer(row: &Row<'_>, question: &question::Model) -> Result<Option<f64>, Fault> {
    if *row.value(&question.code) == Value::Null {
        return Ok(None);
    }
    let Some(answer) = row.number(&question.code)? else { return Ok(None) };
    if is_missing(question, answer) {
        return Ok(None);
    }
    if answer < f64::from(question.low) || answer > f64::from(question.high) {
        let reason = format!("it lies off the scale {} to {}", question.low, question.high);
        return Err(row.fault(&question.code, reason));
    }
    Ok(Some(answer))
}

/// "Not applicable" and "do not know" have codes of their own, which are no answers.
fn is_missing(question: &question::Model, answer: f64) -> bool {
    let codes = question.missing.as_deref().unwrap_or_default();
    codes.split(',').filter_map(|code| code.trim().parse::<f64>().ok()).any(|code| code == answer)
}
