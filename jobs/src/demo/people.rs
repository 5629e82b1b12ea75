//! What the company's employees say of their work, region by region, and its channel partners of their trade, industry by
//! industry. Employees know a quarter ahead how well their region will serve; of the partners nothing is felt by customers.

use chrono::{DateTime, SecondsFormat, Utc};

use super::Error;
use super::calendar::Calendar;
use super::chance::Chance;
use super::files::{Files, Table};
use super::market::{Group, INDUSTRIES, Market, REGIONS};
use super::survey::whole;

/// One question to people who are no customers.
pub(super) struct Asked {
    /// Its column and code.
    pub(super) code: &'static str,
    /// Its words in both languages.
    pub(super) text: &'static str,
    /// What it belongs to, and the single-item role it has, if any.
    pub(super) construct: (&'static str, Option<&'static str>),
    /// The least and the most that can be answered.
    pub(super) scale: (i64, i64),
}

const fn satisfaction(code: &'static str, text: &'static str) -> Asked {
    Asked { code, text, construct: ("satisfaction", None), scale: (1, 10) }
}

const fn overall(code: &'static str, text: &'static str) -> Asked {
    Asked { construct: ("satisfaction", Some("overall")), ..satisfaction(code, text) }
}

const fn recommend(code: &'static str, text: &'static str) -> Asked {
    Asked { code, text, construct: ("loyalty", Some("recommend")), scale: (0, 10) }
}

/// What employees are asked.
pub(super) const OF_EMPLOYEES: [Asked; 4] = [
    overall("work", "Overall, how satisfied are you with working here? 总体而言，您对在这里工作有多满意？"),
    satisfaction("means", "Have you what it takes to serve customers well? 您是否具备服务好客户所需的条件？"),
    satisfaction(
        "heard",
        "Are you heard when something goes wrong for customers? 客户遇到问题时，您的意见是否受到重视？",
    ),
    recommend(
        "employer",
        "How likely are you to recommend us as an employer? 您向他人推荐本公司为雇主的可能性有多大？",
    ),
];

/// What partners are asked.
pub(super) const OF_PARTNERS: [Asked; 4] = [
    overall(
        "trade",
        "Overall, how satisfied are you with trading with us? 总体而言，您对与我们合作有多满意？",
    ),
    satisfaction("terms", "How fair are our terms? 我们的合作条款有多公平？"),
    satisfaction("support", "How well do we support you in selling? 我们对您的销售支持有多到位？"),
    recommend(
        "partner",
        "How likely are you to recommend us as a supplier? 您向同行推荐我们为供应商的可能性有多大？",
    ),
];

/// Employees who answer in a quarter, and partners.
const EMPLOYEES: f64 = 400.0;
const PARTNERS: f64 = 200.0;
/// What an average one answers, in log odds of the scale's top, and how far they differ.
const AVERAGE: f64 = 0.9;
const DIFFERENCE: f64 = 0.7;
const NOISE: f64 = 0.5;
const LEFT_OUT: f64 = 0.02;
/// How much more than customers employees feel how good the service will be, and how much of a failure they see coming.
const FORESIGHT: f64 = 3.5;
const FOREBODING: f64 = 0.8;
/// How industries differ for partners, lastingly and from quarter to quarter.
const TRADE: f64 = 0.35;
const SEASON: f64 = 0.12;

/// Writes what employees and partners answered in every quarter.
pub(super) fn tell(
    mut chance: Chance,
    market: &Market,
    calendar: &Calendar,
    files: &mut Files,
) -> Result<(), Error> {
    let trades = INDUSTRIES.map(|_| chance.normal(TRADE));
    for quarter in 0..calendar.quarters() {
        // below zero are the past's, of which nothing is written
        let Ok(written) = usize::try_from(quarter) else { continue };
        for (region, unit) in REGIONS.iter().enumerate() {
            let (service, failure) =
                (market.service(region, quarter + 1), market.failure(region, quarter + 1));
            let mood = FORESIGHT * service - FOREBODING * failure;
            let place = Place { unit, mood, answers: EMPLOYEES, letter: 'E' };
            place.answer(&OF_EMPLOYEES, &mut chance, (calendar, written), &mut files.employees)?;
        }
        for (unit, trade) in INDUSTRIES.iter().zip(trades) {
            let mood = trade + chance.normal(SEASON);
            let place = Place { unit, mood, answers: PARTNERS, letter: 'D' };
            place.answer(&OF_PARTNERS, &mut chance, (calendar, written), &mut files.partners)?;
        }
    }
    Ok(())
}

/// A unit in a quarter.
struct Place<'a> {
    unit: &'a Group,
    /// How they see it there, in log odds.
    mood: f64,
    /// Answers of all units.
    answers: f64,
    letter: char,
}

impl Place<'_> {
    fn answer(
        &self,
        questions: &[Asked],
        chance: &mut Chance,
        (calendar, quarter): (&Calendar, usize),
        file: &mut Table,
    ) -> Result<(), Error> {
        for _ in 0..(self.answers * self.unit.weight).round() as usize {
            let at: DateTime<Utc> = calendar.moment(quarter, chance.part());
            let felt = AVERAGE + self.mood + chance.normal(DIFFERENCE);
            let mut row = vec![
                file.next_code(self.letter),
                self.unit.code.to_owned(),
                at.to_rfc3339_opts(SecondsFormat::Secs, true),
            ];
            row.extend(questions.iter().map(|question| match chance.happens(LEFT_OUT) {
                true => String::new(),
                false => whole(question.scale, felt, NOISE, chance).to_string(),
            }));
            file.write_fields(&row)?;
        }
        Ok(())
    }
}
