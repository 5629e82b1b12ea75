//! Prospects, with the one segment they have in each dimension and the grade they have now: what they had before stays in
//! their history. A quarter is closed again for what its results tell of alone: no name and no manager.

use std::collections::{BTreeMap, HashMap};

use rapport_entities::{At, Calendar, Quarter, prospect, prospect_grade, prospect_segment};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use super::{
    Fact, Key, Known, Written,
    customer::{SEGMENT, create_segments, segments},
    prospect_grade::{ByProspect, CHUNK, Grade, grades},
};
use crate::import::{
    rejects::Fault,
    row::Row,
    upsert::{Span, Tally, upsert},
};

/// A prospect.
pub struct Prospect {
    row: prospect::Model,
    grade: prospect_grade::Model,
    /// By dimension; `None` where the prospect has none.
    segments: BTreeMap<String, Option<String>>,
    /// Segments seen for the first time.
    new_segments: Vec<(String, String)>,
    calendar: Calendar,
}

impl Fact for Prospect {
    const ENTITY: &'static str = "prospect";
    const REQUIRED: &'static [&'static str] = &["code", "first_at", "grade"];
    const OPTIONAL: &'static [&'static str] = &[
        "graded_at",
        "name",
        "email",
        "phone",
        "manager",
        "customer",
        "converted_at",
        "lost_at",
        "reason",
        "source",
    ];

    fn takes(column: &str, _: &Known) -> bool {
        column.len() > SEGMENT.len() && column.starts_with(SEGMENT)
    }

    fn read(row: &Row<'_>, known: &mut Known) -> Result<Self, Fault> {
        let (source, code) = (known.source(row), row.required("code")?);
        let first_at = row.past("first_at")?;
        let (customer_id, converted_at) = converted(row, known, first_at)?;
        let (lost_at, reason) = lost(row, known, first_at)?;
        if lost_at.is_some() && converted_at.is_some() {
            return Err(row.fault("lost_at", "the prospect became a customer, and cannot be lost too"));
        }
        let grade = row.word("grade")?.ok_or_else(|| row.fault("grade", "it is missing"))?;
        let graded_at = after(row, "graded_at", first_at)?.unwrap_or(first_at);
        let segments = segments(row)?;
        let new_segments = segments
            .iter()
            .filter_map(|(dimension, segment)| Some((dimension.clone(), segment.clone()?)))
            .filter(|pair| known.segments.insert(pair.clone()))
            .collect();
        let key = (source.clone(), code.clone());
        let erased = known.prospects.get(&key).is_some_and(|(_, erased)| *erased);
        known.prospects.insert(key, (first_at, erased));
        let personal =
            |column| if erased { None } else { known.personal(customer_id.unwrap_or(0), row, column) };
        let [name, email, phone] = ["name", "email", "phone"].map(personal);
        let grade = prospect_grade::Model {
            source: source.clone(),
            prospect: code.clone(),
            at: millis(graded_at),
            grade,
        };
        let manager = row.text("manager");
        let calendar = row.reading.calendar;
        let row = prospect::Model {
            source,
            code,
            name,
            email,
            phone,
            first_at,
            manager,
            customer_id,
            converted_at,
            lost_at,
            reason,
            // never written by an import; see `upsert`
            erased_at: None,
        };
        Ok(Self { row, grade, segments, new_segments, calendar })
    }

    fn key(&self) -> Key<'_> {
        Key { source: &self.row.source, code: &self.row.code, ..Key::default() }
    }

    async fn write(
        transaction: &DatabaseTransaction,
        facts: Vec<Self>,
        _: Option<Span>,
    ) -> Result<Written, DbErr> {
        let known = Stored::read(transaction, &facts).await?;
        let mut written = Written::default();
        let mut parts = Parts::default();
        for fact in facts {
            fact.tell(&known, &mut written);
            parts.add(fact, &known);
        }
        // a quarter's results tell of every segment there is
        written.past_changed = !parts.new_segments.is_empty();
        create_segments(transaction, parts.new_segments).await?;
        upsert::<prospect::Entity>(transaction, parts.rows, None).await?;
        forget(transaction, parts.misdated).await?;
        upsert::<prospect_grade::Entity>(transaction, parts.grades, None).await?;
        upsert::<prospect_segment::Entity>(transaction, parts.memberships, None).await?;
        leave(transaction, parts.left).await?;
        Ok(written)
    }
}

impl Prospect {
    fn of(&self) -> (String, String) {
        (self.row.source.clone(), self.row.code.clone())
    }

    fn quarter(&self, at: At) -> Quarter {
        self.calendar.quarter_of(at.0)
    }

    /// What becomes of it, and from which quarter on results differ.
    fn tell(&self, known: &Stored, written: &mut Written) {
        let Some(was) = known.rows.get(&self.of()) else {
            written.tally.created += 1;
            written.since(self.quarter(self.row.first_at));
            return;
        };
        let same_row = prospect::Model { erased_at: was.erased_at, ..self.row.clone() } == *was;
        let grade = Grade { row: self.grade.clone(), first_at: self.row.first_at, calendar: self.calendar };
        let graded = grade.counts_from(&known.grades);
        let moved = self.moved(known);
        let tally = &mut written.tally;
        let is_same = same_row && graded.is_none() && !moved;
        tally.add(Tally { updated: u64::from(!is_same), unchanged: u64::from(is_same), ..Tally::default() });
        let whole = (was.first_at != self.row.first_at || moved)
            .then(|| self.quarter(was.first_at).min(self.quarter(self.row.first_at)));
        [whole, graded, self.ended(was)].into_iter().flatten().for_each(|quarter| written.since(quarter));
    }

    /// Whether its segments differ.
    fn moved(&self, known: &Stored) -> bool {
        let had = known.segments.get(&self.of());
        self.segments.iter().any(|(dimension, segment)| {
            had.and_then(|had| had.get(dimension)).map(String::as_str) != segment.as_deref()
        })
    }

    /// The first quarter for which it matters that the end of the prospect is told otherwise.
    fn ended(&self, was: &prospect::Model) -> Option<Quarter> {
        let changed = [(was.converted_at, self.row.converted_at), (was.lost_at, self.row.lost_at)]
            .into_iter()
            .filter(|(then, now)| then != now);
        changed.flat_map(|(then, now)| [then, now]).flatten().map(|at| self.quarter(at)).min()
    }
}

/// The customer it became, and when.
fn converted(row: &Row<'_>, known: &Known, first_at: At) -> Result<(Option<i64>, Option<At>), Fault> {
    let at = after(row, "converted_at", first_at)?;
    match (row.text("customer"), at) {
        (None, None) => Ok((None, None)),
        (Some(_), Some(_)) => Ok((Some(known.customer(row)?), at)),
        (Some(_), None) => {
            Err(row.fault("converted_at", "it is missing, and there is the customer it became"))
        }
        (None, Some(_)) => Err(row.fault("customer", "it is missing, and the prospect was converted")),
    }
}

/// When it was lost, and why.
fn lost(row: &Row<'_>, known: &Known, first_at: At) -> Result<(Option<At>, Option<String>), Fault> {
    let at = after(row, "lost_at", first_at)?;
    match (at, row.text("reason")) {
        (None, None) => Ok((None, None)),
        (Some(_), Some(reason)) => {
            let reason = known.losses.reason(&reason).map_err(|why| row.fault("reason", why))?;
            Ok((at, Some(reason)))
        }
        (Some(_), None) => Err(row.fault("reason", "it is missing, and the prospect was lost")),
        (None, Some(_)) => Err(row.fault("lost_at", "it is missing, and there is the reason of a loss")),
    }
}

/// A moment that may be missing; it has been, and not before the first contact.
fn after(row: &Row<'_>, column: &str, first_at: At) -> Result<Option<At>, Fault> {
    if row.text(column).is_none() {
        return Ok(None);
    }
    let at = row.past(column)?;
    if at.0 < first_at.0 {
        return Err(row.fault(column, format!("it lies before the first contact, of {}", first_at.0)));
    }
    Ok(Some(at))
}

/// As the key of a grade has it.
fn millis(at: At) -> i64 {
    at.0.timestamp_millis()
}

/// What the database holds of prospects.
struct Stored {
    rows: ByProspect<prospect::Model>,
    grades: ByProspect<Vec<prospect_grade::Model>>,
    segments: ByProspect<HashMap<String, String>>,
}

impl Stored {
    async fn read(transaction: &DatabaseTransaction, facts: &[Prospect]) -> Result<Self, DbErr> {
        let codes = || facts.iter().map(|fact| fact.row.code.as_str());
        let all: Vec<&str> = codes().collect();
        let (mut rows, mut segments): (ByProspect<_>, ByProspect<HashMap<_, _>>) = Default::default();
        for part in all.chunks(CHUNK) {
            let found = prospect::Entity::find().filter(prospect::Column::Code.is_in(part.iter().copied()));
            let found = found.all(transaction).await?;
            rows.extend(found.into_iter().map(|row| ((row.source.clone(), row.code.clone()), row)));
            let of = prospect_segment::Column::Prospect.is_in(part.iter().copied());
            for row in prospect_segment::Entity::find().filter(of).all(transaction).await? {
                segments.entry((row.source, row.prospect)).or_default().insert(row.dimension, row.segment);
            }
        }
        Ok(Self { rows, grades: grades(transaction, codes()).await?, segments })
    }
}

/// What is written of prospects, table by table.
#[derive(Default)]
struct Parts {
    rows: Vec<prospect::Model>,
    grades: Vec<prospect_grade::Model>,
    /// Grades of a first contact that was put at a wrong time.
    misdated: Vec<(String, String, i64)>,
    memberships: Vec<prospect_segment::Model>,
    left: Vec<(String, String, String)>,
    new_segments: Vec<(String, String)>,
}

impl Parts {
    fn add(&mut self, fact: Prospect, known: &Stored) {
        let (source, prospect) = fact.of();
        let was = known.rows.get(&(source.clone(), prospect.clone()));
        if let Some(was) = was.filter(|was| was.first_at != fact.row.first_at) {
            self.misdated.push((source.clone(), prospect.clone(), millis(was.first_at)));
        }
        for (dimension, segment) in fact.segments {
            let (source, prospect) = (source.clone(), prospect.clone());
            match segment {
                Some(segment) => {
                    self.memberships.push(prospect_segment::Model { source, prospect, dimension, segment })
                }
                None if was.is_some() => self.left.push((source, prospect, dimension)),
                None => {}
            }
        }
        self.new_segments.extend(fact.new_segments);
        self.grades.push(fact.grade);
        self.rows.push(fact.row);
    }
}

/// Takes away grades that stood at a first contact which was corrected; such corrections are few.
async fn forget(transaction: &DatabaseTransaction, grades: Vec<(String, String, i64)>) -> Result<(), DbErr> {
    use prospect_grade::Column;
    for (source, prospect, at) in grades {
        let one = [Column::Source.eq(source), Column::Prospect.eq(prospect), Column::At.eq(at)].into_iter();
        let one = one.fold(Condition::all(), Condition::add);
        prospect_grade::Entity::delete_many().filter(one).exec(transaction).await?;
    }
    Ok(())
}

/// Takes prospects out of the segments of dimensions in which they have none any more.
async fn leave(transaction: &DatabaseTransaction, left: Vec<(String, String, String)>) -> Result<(), DbErr> {
    use prospect_segment::Column;
    let mut by_dimension: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (source, prospect, dimension) in left {
        by_dimension.entry((source, dimension)).or_default().push(prospect);
    }
    for ((source, dimension), prospects) in by_dimension {
        for part in prospects.chunks(CHUNK) {
            prospect_segment::Entity::delete_many()
                .filter(Column::Source.eq(&source))
                .filter(Column::Dimension.eq(&dimension))
                .filter(Column::Prospect.is_in(part))
                .exec(transaction)
                .await?;
        }
    }
    Ok(())
}
