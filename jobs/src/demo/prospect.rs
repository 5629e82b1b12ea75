//! Prospects: some customers were worked by sales before they came, and more were worked who never did. The better the
//! grade, the more of them come.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::Error;
use super::calendar::Calendar;
use super::chance::Chance;
use super::customer::Customer;
use super::files::Files;
use super::market::{PLANS, REGIONS};
use super::names;

/// One line of the file of prospects.
#[derive(Serialize)]
struct ProspectRow<'a> {
    code: String,
    name: &'a str,
    email: &'a str,
    region: &'a str,
    plan: &'a str,
    manager: &'a str,
    first_at: DateTime<Utc>,
    grade: &'a str,
    customer: Option<&'a str>,
    converted_at: Option<DateTime<Utc>>,
    lost_at: Option<DateTime<Utc>>,
    reason: Option<&'a str>,
}

/// One line of the file of grades given later.
#[derive(Serialize)]
struct GradeRow<'a> {
    prospect: &'a str,
    at: DateTime<Utc>,
    grade: &'a str,
}

const GRADES: [&str; 4] = ["a", "b", "c", "d"];
/// Of those who came, and of those who did not: how they were graded at first.
const CAME: [f64; 4] = [0.4, 0.33, 0.19, 0.08];
const STAYED_AWAY: [f64; 4] = [0.1, 0.24, 0.36, 0.3];
/// How many of the new customers were worked before, and how many more were who never came.
const WORKED: f64 = 0.4;
const IN_VAIN: f64 = 0.9;
/// How often a grade is changed for the next one, better of those who come.
const REGRADED: f64 = 0.3;
/// Days it takes, at the mean.
const DAYS: f64 = 45.0;
const REASONS: [(&str, f64); 4] = [("price", 0.4), ("other_ties", 0.3), ("quality", 0.1), ("service", 0.2)];

/// Writes what sales knew of a customer before it came, and of one who never came.
pub(super) fn write(
    customer: &Customer,
    chance: &mut Chance,
    calendar: &Calendar,
    files: &mut Files,
) -> Result<(), Error> {
    let (quarter, part) = customer.arrival;
    let Ok(quarter) = usize::try_from(quarter) else { return Ok(()) };
    if chance.happens(WORKED) {
        came(customer, calendar.moment(quarter, part), chance, files)?;
    }
    if chance.happens(IN_VAIN) {
        let at = calendar.moment(quarter, chance.part());
        stayed_away(chance, at, calendar.end(), files)?;
    }
    Ok(())
}

fn came(customer: &Customer, at: DateTime<Utc>, chance: &mut Chance, files: &mut Files) -> Result<(), Error> {
    let first_at = at - days(chance);
    let grade = chance.weighted(CAME.into_iter());
    let code = files.prospects.next_code('N');
    let line = customer.row();
    files.prospects.write(ProspectRow {
        code: code.clone(),
        name: line.name,
        email: line.email,
        region: line.region,
        plan: line.plan,
        manager: line.manager,
        first_at,
        grade: GRADES[grade],
        customer: Some(&customer.code),
        converted_at: Some(at),
        lost_at: None,
        reason: None,
    })?;
    regraded(&code, (first_at, at), grade.checked_sub(1), chance, files)
}

fn stayed_away(
    chance: &mut Chance,
    first_at: DateTime<Utc>,
    end: DateTime<Utc>,
    files: &mut Files,
) -> Result<(), Error> {
    let region = chance.weighted(REGIONS.iter().map(|one| one.weight));
    let plan = chance.weighted(PLANS.iter().map(|one| one.weight));
    let name = names::company(chance, true);
    let grade = chance.weighted(STAYED_AWAY.into_iter());
    let given_up = first_at + days(chance) * 3;
    let reason = REASONS[chance.weighted(REASONS.iter().map(|(_, weight)| *weight))].0;
    let lost = given_up < end;
    let code = files.prospects.next_code('N');
    files.prospects.write(ProspectRow {
        email: &format!("{}.{code}@example.com", name.mailbox),
        code: code.clone(),
        name: &name.text,
        region: REGIONS[region].code,
        plan: PLANS[plan].code,
        manager: &format!("{}-1", REGIONS[region].code),
        first_at,
        grade: GRADES[grade],
        customer: None,
        converted_at: None,
        lost_at: lost.then_some(given_up),
        reason: lost.then_some(reason),
    })?;
    let worse = Some(grade + 1).filter(|worse| *worse < GRADES.len());
    regraded(&code, (first_at, given_up.min(end)), worse, chance, files)
}

/// Now and then a prospect is graded anew, between its first contact and its end.
fn regraded(
    code: &str,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    grade: Option<usize>,
    chance: &mut Chance,
    files: &mut Files,
) -> Result<(), Error> {
    let (happens, part) = (chance.happens(REGRADED), 0.2 + 0.6 * chance.part());
    let Some(grade) = grade.filter(|_| happens) else { return Ok(()) };
    let at = from + TimeDelta::seconds(((to - from).num_seconds() as f64 * part) as i64);
    files.grades.write(GradeRow { prospect: code, at, grade: GRADES[grade] })
}

fn days(chance: &mut Chance) -> TimeDelta {
    TimeDelta::minutes((DAYS * chance.gamma(3) * 24.0 * 60.0) as i64 + 60)
}
