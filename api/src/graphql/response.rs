//! Answers, as a flat table: a row an answer, since the questions of a survey change and the columns of a table must
//! not. The respondents' words stay inside.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, At, Calendar, customer, question, response, survey};
use sea_orm::{
    ColumnTrait, DbBackend, DerivePartialModel, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType,
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{BinOper, Expr, ExprTrait, Func, SimpleExpr},
};

use super::{
    choice::{self, AnswerMode, Audience, Measure},
    fact::{self, Which},
    facts_of::FactNode,
    guard,
    list::List,
    page::{self, Total, Window},
    period::{self, Moment, Period},
    reading::Reading,
    scalar::Date,
};
use crate::Error;

/// An answer to a question of a survey.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ResponseRow {
    /// Global id.
    pub id: ID,
    /// When it was given.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source it came from.
    pub source: String,
    /// The source's own key of the response that the answer is part of.
    pub response: String,
    /// Code of the survey.
    pub survey: String,
    /// Name of the survey.
    pub survey_name: String,
    /// Whom the survey asks.
    pub audience: Audience,
    /// Whom the survey asks, as text.
    pub audience_code: String,
    /// Code of the question.
    pub question: String,
    /// The question as it was asked.
    pub question_text: String,
    /// The construct it measures, such as `satisfaction`; null where it measures none.
    pub construct: Option<String>,
    /// The single item it is, where the rules need it by name.
    pub measure: Option<Measure>,
    /// The single item it is, as text.
    pub measure_code: Option<String>,
    /// The answer.
    pub value: f64,
    /// The lowest answer there is.
    pub low: i32,
    /// The highest answer there is.
    pub high: i32,
    /// True if a high answer is bad.
    pub reversed: bool,
    /// Weight of the response; null where its source gives none.
    pub weight: Option<f64>,
    /// How it was answered; null where its source does not tell.
    pub mode: Option<AnswerMode>,
    /// How it was answered, as text.
    pub mode_code: Option<String>,
    /// The channel, in the company's own word.
    pub channel: Option<String>,
}

crate::graphql::label::labels! {
    ResponseRow {
        /// Name of whom the survey asks.
        audience_label: String = "audience" of audience_code,
        /// Name of the single item it is.
        measure_label: Option<String> = "measure" of measure_code,
        /// Name of how it was answered.
        mode_label: Option<String> = "answer-mode" of mode_code,
    }
}

/// What is read of an answer.
#[derive(Clone, Debug, FromQueryResult)]
struct Stored {
    at: At,
    customer: String,
    source: String,
    response: String,
    survey: String,
    survey_name: String,
    audience: stored::Audience,
    question: String,
    question_text: String,
    construct: Option<String>,
    measure: Option<stored::Measure>,
    value: f64,
    low: i32,
    high: i32,
    reversed: bool,
    weight: Option<f64>,
    mode: Option<stored::AnswerMode>,
    channel: Option<String>,
}

impl ResponseRow {
    fn of(row: Stored, calendar: &Calendar) -> Option<Self> {
        let key = ["answer", &row.customer, &row.source, &row.response, &row.question];
        Some(Self {
            id: page::pack(&key).into(),
            moment: Moment::of(row.at, calendar),
            customer: row.customer,
            source: row.source,
            response: row.response,
            survey: row.survey,
            survey_name: row.survey_name,
            audience: Audience::of(row.audience)?,
            audience_code: choice::code(row.audience.as_str()),
            question: row.question,
            question_text: row.question_text,
            construct: row.construct,
            measure: row.measure.and_then(Measure::of),
            measure_code: row.measure.map(|measure| choice::code(measure.as_str())),
            value: row.value,
            low: row.low,
            high: row.high,
            reversed: row.reversed,
            weight: row.weight,
            mode: row.mode.and_then(AnswerMode::of),
            mode_code: row.mode.map(|mode| choice::code(mode.as_str())),
            channel: row.channel,
        })
    }
}

/// One respondent's answers to a survey.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Response {
    /// Global id.
    pub id: ID,
    /// When it was given.
    #[graphql(flatten)]
    pub moment: Moment,
    /// The company's own code of the customer.
    pub customer: String,
    /// The source it came from.
    pub source: String,
    /// The source's own key.
    pub code: String,
    /// Code of the survey.
    pub survey: String,
    /// Weight of the response; null where its source gives none.
    pub weight: Option<f64>,
    /// How it was answered; null where its source does not tell.
    pub mode: Option<AnswerMode>,
    /// How it was answered, as text.
    pub mode_code: Option<String>,
    /// The channel, in the company's own word.
    pub channel: Option<String>,
    /// The answers, by code of the question.
    pub answers: Vec<Answer>,
}

/// An answer to a question.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Answer {
    /// Code of the question.
    pub question: String,
    /// The answer.
    pub value: f64,
}

/// What is read of a response.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "response::Entity")]
pub struct Given {
    #[sea_orm(from_expr = "customer::Column::Code.into_simple_expr()")]
    customer: String,
    source: String,
    code: String,
    at: At,
    survey: String,
    weight: Option<f64>,
    mode: Option<stored::AnswerMode>,
    channel: Option<String>,
    answers: String,
}

impl FactNode for Response {
    type Table = response::Entity;
    type Stored = Given;
    const KIND: &'static str = "response";

    fn key(stored: &Given) -> (At, &str, &str) {
        (stored.at, &stored.source, &stored.code)
    }

    fn total(customer_id: i64) -> Total {
        Total::Responses(customer_id)
    }

    fn of(row: Given, calendar: &Calendar) -> Result<Self, Error> {
        let answers: BTreeMap<String, f64> =
            serde_json::from_str(&row.answers).map_err(|error| rapport_jobs::Error::Stored {
                what: format!("response {} of {}", row.code, row.source),
                why: error.to_string(),
            })?;
        Ok(Self {
            id: page::pack(&["response", &row.customer, &row.source, &row.code]).into(),
            moment: Moment::of(row.at, calendar),
            customer: row.customer,
            source: row.source,
            code: row.code,
            survey: row.survey,
            weight: row.weight,
            mode: row.mode.and_then(AnswerMode::of),
            mode_code: row.mode.map(|mode| choice::code(mode.as_str())),
            channel: row.channel,
            answers: answers.into_iter().map(|(question, value)| Answer { question, value }).collect(),
        })
    }
}

/// The answers of these responses: each with its question, in the order of the survey.
fn answers(backend: DbBackend, select: Select<response::Entity>, window: Window) -> Select<response::Entity> {
    use response::Column;
    let of = |column: question::Column| {
        response::Entity::belongs_to(question::Entity).from(Column::Survey).to(column).into()
    };
    let survey = response::Entity::belongs_to(survey::Entity).from(Column::Survey).to(survey::Column::Code);
    let select = select
        .join(JoinType::InnerJoin, of(question::Column::Survey))
        .join(JoinType::InnerJoin, survey.into())
        .filter(answer(backend).is_not_null())
        .select_only()
        .columns([Column::At, Column::Source, Column::Survey, Column::Weight, Column::Mode, Column::Channel])
        .columns([question::Column::Construct, question::Column::Measure])
        .columns([question::Column::Low, question::Column::High, question::Column::Reversed])
        .column_as(customer::Column::Code, "customer")
        .column_as(Column::Code, "response")
        .column_as(survey::Column::Name, "survey_name")
        .column(survey::Column::Audience)
        .column_as(question::Column::Code, "question")
        .column_as(question::Column::Text, "question_text")
        .column_as(answer(backend), "value");
    fact::ordered(select)
        .order_by_asc(question::Column::Position)
        .order_by_asc(question::Column::Code)
        .offset(window.offset)
        .limit(window.limit)
}

/// The number that a response's JSON has for a question; none if it has none.
fn answer(backend: DbBackend) -> SimpleExpr {
    let answers = Expr::col((response::Entity, response::Column::Answers));
    let question = Expr::col((question::Entity, question::Column::Code));
    let found = match backend {
        DbBackend::Postgres => answers.cast_as("json").binary(BinOper::Custom("->>"), question),
        // as a quoted label: SQLite takes some codes for paths
        _ => Func::cust("json_extract")
            .arg(answers)
            .arg(Expr::cust_with_expr("'$.' || json_quote(?)", question))
            .into(),
    };
    found.cast_as("float8")
}

/// The answers to surveys.
#[derive(Default)]
pub struct ResponseQuery;

#[Object]
impl ResponseQuery {
    /// Answers to surveys as a flat table, a row an answer, ordered by moment, then by the response's key, then as the
    /// survey asks.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(limit, page::ROWS, child_complexity)")]
    #[allow(clippy::too_many_arguments)]
    async fn response_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A quarter, written 2026-Q3; all if not given")] quarter: Option<String>,
        #[graphql(desc = "The first day, where the company is")] from: Option<Date>,
        #[graphql(desc = "The last day, where the company is")] to: Option<Date>,
        #[graphql(desc = "Code of a dimension of the customers")] dimension: Option<String>,
        #[graphql(desc = "Code of a segment of the customers")] segment: Option<String>,
        #[graphql(desc = "The company's own code of a customer")] customer: Option<String>,
        #[graphql(desc = "Code of a survey")] survey: Option<String>,
        #[graphql(desc = "Code of a question")] question: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<ResponseRow>, Error> {
        let window = Window::new(offset, limit)?;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let period = Period::of(&calendar, quarter.as_deref(), from, to)?;
        let mut select = fact::select(reading, &Which { period, dimension, segment, customer });
        if let Some(survey) = survey {
            select = select.filter(response::Column::Survey.eq(survey));
        }
        if let Some(question) = question {
            select = select.filter(question::Column::Code.eq(question));
        }
        let backend = reading.database.get_database_backend();
        let rows = answers(backend, select, window).into_model::<Stored>().all(&reading.database).await?;
        Ok(rows.into_iter().filter_map(|row| ResponseRow::of(row, &calendar)).collect())
    }
}
