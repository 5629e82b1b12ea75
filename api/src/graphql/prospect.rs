//! A prospect with who it is, for those who may know, and the history of its grades.

use async_graphql::{Context, Object, SimpleObject};
use rapport_entities::{Role, prospect, prospect_grade};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    choice::ProspectGrade,
    guard, mask, page, period,
    prospect_rows::{self, ProspectRow},
    reading::Reading,
    scalar::DateTime,
};
use crate::Error;

/// So many grades are told at most.
const GRADES: u64 = 100;

/// Somebody who may become a customer, with who it is and the history of its grades.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Prospect {
    /// What its source tells of it now.
    #[graphql(flatten)]
    pub row: ProspectRow,
    /// Name; null if it is unknown or erased. Whole for operators alone, for others as `Z***`.
    pub name: Option<String>,
    /// E-mail address; null if it is unknown or erased. Whole for operators alone, for others as `z***@***.com`.
    pub email: Option<String>,
    /// Telephone number; null if it is unknown or erased. Whole for operators alone, for others as `***1234`.
    pub phone: Option<String>,
    /// The grades it was given, the latest first.
    pub grades: Vec<ProspectGrading>,
}

/// A grade that a prospect was given.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ProspectGrading {
    /// From when it holds.
    pub at: DateTime,
    /// How likely the prospect was held to close.
    pub grade: ProspectGrade,
}

impl Prospect {
    fn of(row: ProspectRow, known: prospect::Model, grades: Vec<prospect_grade::Model>, whole: bool) -> Self {
        let shown = |text: Option<String>, hide: fn(&str) -> String| {
            text.map(|text| if whole { text } else { hide(&text) })
        };
        let grade = |one: prospect_grade::Model| {
            let at = chrono::DateTime::from_timestamp_millis(one.at)?;
            Some(ProspectGrading { at: DateTime(at), grade: ProspectGrade::of(one.grade)? })
        };
        Self {
            row,
            name: shown(known.name, mask::name),
            email: shown(known.email, mask::email),
            phone: shown(known.phone, mask::phone),
            grades: grades.into_iter().filter_map(grade).collect(),
        }
    }
}

/// One prospect.
#[derive(Default)]
pub struct ProspectQuery;

#[Object]
impl ProspectQuery {
    /// A prospect by its source and code, with who it is and the history of its grades; null if there is none.
    #[graphql(guard = "guard::PERSONS", complexity = "page::cost(None, 100, child_complexity)")]
    async fn prospect(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The source it came from")] source: String,
        #[graphql(desc = "The source's own key")] code: String,
    ) -> Result<Option<Prospect>, Error> {
        use prospect::Column;
        let (reading, calendar) = (Reading::of(context)?, period::calendar(context)?);
        let select = prospect_rows::told(reading)
            .filter(prospect_rows::within(reading, None, None))
            .filter(Column::Source.eq(&source))
            .filter(Column::Code.eq(&code));
        let Some(row) = select.into_model::<prospect_rows::Stored>().one(&reading.database).await? else {
            return Ok(None);
        };
        // erasing makes no new data version
        reading.pass();
        let known =
            prospect::Entity::find_by_id((source.clone(), code.clone())).one(&reading.database).await?;
        let grades = prospect_grade::Entity::find()
            .filter(prospect_grade::Column::Source.eq(source))
            .filter(prospect_grade::Column::Prospect.eq(code))
            .order_by_desc(prospect_grade::Column::At)
            .limit(GRADES)
            .all(&reading.database)
            .await?;
        let whole = reading.access.role == Role::Operator;
        let row = ProspectRow::of(row, &calendar);
        Ok(known.map(|known| Prospect::of(row, known, grades, whole)))
    }
}
