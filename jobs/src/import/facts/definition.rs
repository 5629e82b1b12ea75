//! What facts refer to: dimensions, segments, surveys and their questions.

use rapport_entities::{Audience, dimension, question, response, segment, survey};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    Fact, Key, Known, Written,
    unit_response::{Employee, Partner},
};
use crate::import::{
    rejects::Fault,
    row::Row,
    upsert::{Span, upsert},
};

impl Fact for dimension::Model {
    const ENTITY: &'static str = "dimension";
    const REQUIRED: &'static [&'static str] = &["code"];
    const OPTIONAL: &'static [&'static str] = &["name", "position"];

    fn read(row: &Row<'_>, _: &mut Known) -> Result<Self, Fault> {
        let code = row.required("code")?;
        if code == rapport_entities::ALL {
            return Err(
                row.fault("code", "`all` is the word for all customers; give the dimension another code")
            );
        }
        let name = row.text("name").unwrap_or_else(|| code.clone());
        Ok(Self { code, name, position: row.integer("position")?.unwrap_or(0) })
    }

    fn key(&self) -> Key<'_> {
        Key { code: &self.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<dimension::Entity>(transaction, facts, span).await?.into())
    }
}

impl Fact for segment::Model {
    const ENTITY: &'static str = "segment";
    const REQUIRED: &'static [&'static str] = &["dimension", "code"];
    const OPTIONAL: &'static [&'static str] = &["name"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let (dimension, code) = (row.required("dimension")?, row.required("code")?);
        known.segments.insert((dimension.clone(), code.clone()));
        let name = row.text("name").unwrap_or_else(|| code.clone());
        Ok(Self { dimension, code, name })
    }

    fn key(&self) -> Key<'_> {
        Key { of: &self.dimension, code: &self.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<segment::Entity>(transaction, facts, span).await?.into())
    }
}

impl Fact for survey::Model {
    const ENTITY: &'static str = "survey";
    const REQUIRED: &'static [&'static str] = &["code"];
    const OPTIONAL: &'static [&'static str] = &["name", "audience"];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let code = row.required("code")?;
        let name = row.text("name").unwrap_or_else(|| code.clone());
        let audience = row.word("audience")?.unwrap_or(Audience::Customer);
        known.surveys.retain(|(other, _)| *other != code);
        known.surveys.push((code.clone(), audience));
        Ok(Self { code, name, audience })
    }

    fn key(&self) -> Key<'_> {
        Key { code: &self.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        Ok(upsert::<survey::Entity>(transaction, facts, span).await?.into())
    }
}

impl Fact for question::Model {
    const ENTITY: &'static str = "question";
    const REQUIRED: &'static [&'static str] = &["survey", "code", "low", "high"];
    const OPTIONAL: &'static [&'static str] = &[
        "position",
        "text",
        "construct",
        "measure",
        "missing",
        "reversed",
        "weight",
        "element",
        "importance_of",
        "value_side",
        "value_component",
    ];

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let survey = row.required("survey")?;
        let asked = known.surveys.iter().find(|(code, _)| *code == survey);
        let audience = asked.ok_or_else(|| row.fault("survey", "there is no such survey"))?.1;
        let questions = known.questions.entry(survey.clone()).or_default();
        let code = row.required("code")?;
        if columns(audience).any(|column| column == code) {
            let why = "answers come with a column of that name; give the question another code";
            return Err(row.fault("code", why));
        }
        let place = questions.iter().position(|other| other.code == code).unwrap_or(questions.len());
        let position = i32::try_from(place).unwrap_or(i32::MAX);
        let question = question_of(row, survey, position)?;
        questions.retain(|other| other.code != question.code);
        questions.push(question.clone());
        questions.sort_by_key(|question| question.position);
        Ok(question)
    }

    fn key(&self) -> Key<'_> {
        Key { of: &self.survey, code: &self.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        span: Option<Span>,
    ) -> Result<Written, DbErr> {
        let (tally, _) = upsert::<question::Entity>(transaction, facts, span).await?;
        // another scale or weight changes what answers given before mean
        Ok(Written { tally, past_changed: tally.updated > 0, ..Written::default() })
    }
}

/// The columns that answers of such respondents have besides the questions'.
fn columns(audience: Audience) -> impl Iterator<Item = &'static str> {
    let (required, optional) = match audience {
        Audience::Customer => (response::Model::REQUIRED, response::Model::OPTIONAL),
        Audience::Employee => (Employee::REQUIRED, Employee::OPTIONAL),
        Audience::Partner => (Partner::REQUIRED, Partner::OPTIONAL),
    };
    required.iter().chain(optional).copied()
}

fn question_of(row: &Row<'_>, survey: String, position: i32) -> Result<question::Model, Fault> {
    let code = row.required("code")?;
    let end = |column| row.integer(column)?.ok_or_else(|| row.fault(column, "it is missing"));
    let (low, high) = (end("low")?, end("high")?);
    if low >= high || high <= 0 {
        return Err(row.fault("high", "the scale must end above 0 and above where it begins"));
    }
    let weight = row.number("weight")?.unwrap_or(1.0);
    if weight <= 0.0 {
        return Err(row.fault("weight", "it must be above 0"));
    }
    Ok(question::Model {
        survey,
        position: row.integer("position")?.unwrap_or(position),
        text: row.text("text").unwrap_or_else(|| code.clone()),
        construct: row.text("construct"),
        measure: row.word("measure")?,
        low,
        high,
        missing: missing(row)?,
        reversed: row.flag("reversed")?.unwrap_or(false),
        weight,
        element: row.word("element")?,
        importance_of: row.text("importance_of"),
        value_side: row.word("value_side")?,
        value_component: row.text("value_component"),
        code,
    })
}

fn missing(row: &Row<'_>) -> Result<Option<String>, Fault> {
    let Some(codes) = row.text("missing") else { return Ok(None) };
    if codes.split(',').all(|code| code.trim().parse::<f64>().is_ok()) {
        Ok(Some(codes))
    } else {
        Err(row.fault("missing", "give the codes as numbers separated by commas, such as 98,99"))
    }
}
