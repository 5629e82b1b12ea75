//! The clock of working hours, against a count minute by minute over a whole year that knows nothing of stretches, and
//! by what must hold of any clock.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use rapport_entities::WorkingHours;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(texts: &[&str]) -> BTreeSet<NaiveDate> {
    texts.iter().map(|text| day(text)).collect()
}

/// A calendar as this test writes it: minutes from midnight, from Monday to Sunday.
struct Written {
    zone: &'static str,
    weekdays: [&'static [(u16, u16)]; 7],
    holidays: &'static [&'static str],
    workdays: &'static [&'static str],
}

const OFFICE: &[(u16, u16)] = &[(540, 750), (810, 1050)];
const SHOP: &[(u16, u16)] = &[(600, 1320)];
const ALL_DAY: &[(u16, u16)] = &[(0, 1440)];

/// Both changes of daylight saving in 2026 lie on Sundays: in Berlin and New York Sundays are worked through.
const CALENDARS: [Written; 3] = [
    Written {
        zone: "Europe/Berlin",
        weekdays: [OFFICE, OFFICE, &[], OFFICE, OFFICE, &[], ALL_DAY],
        holidays: &["2026-01-01", "2026-04-06", "2026-12-25"],
        workdays: &[],
    },
    Written {
        zone: "America/New_York",
        weekdays: [SHOP, SHOP, SHOP, SHOP, SHOP, ALL_DAY, ALL_DAY],
        holidays: &["2026-07-03", "2026-11-26"],
        workdays: &[],
    },
    // the spring festival and the national days, with the days that make up for them
    Written {
        zone: "Asia/Shanghai",
        weekdays: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, &[], &[]],
        holidays: &[
            "2026-02-16",
            "2026-02-17",
            "2026-02-18",
            "2026-02-19",
            "2026-02-20",
            "2026-10-01",
            "2026-10-02",
            "2026-10-05",
            "2026-10-06",
            "2026-10-07",
        ],
        workdays: &["2026-02-14", "2026-02-28", "2026-10-10"],
    },
];

impl Written {
    fn clock(&self) -> WorkingHours {
        let text = |(from, to): &(u16, u16)| {
            format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
        };
        let spans = |spans: &&[(u16, u16)]| spans.iter().map(|span| text(span).parse().unwrap()).collect();
        WorkingHours {
            zone: self.zone.parse().unwrap(),
            weekdays: self.weekdays.each_ref().map(spans),
            extra: spans(&self.weekdays[0]),
            holidays: days(self.holidays),
            workdays: days(self.workdays),
        }
    }

    /// How many minutes were worked before each minute of the year and a little more: of each minute the wall clock in
    /// the zone says whether it is one.
    fn counted(&self) -> Vec<i64> {
        let zone: Tz = self.zone.parse().unwrap();
        let (holidays, workdays) = (days(self.holidays), days(self.workdays));
        let mut before = vec![0];
        for minute in 0..MINUTES {
            let local = (start() + TimeDelta::minutes(minute)).with_timezone(&zone);
            let (date, of_day) = (local.date_naive(), local.hour() * 60 + local.minute());
            let place = date.weekday().num_days_from_monday() as usize;
            let spans = match workdays.contains(&date) {
                true => self.weekdays[0],
                false if holidays.contains(&date) => &[],
                false => self.weekdays[place],
            };
            let works = spans.iter().any(|(from, to)| (u32::from(*from)..u32::from(*to)).contains(&of_day));
            before.push(before.last().unwrap() + i64::from(works));
        }
        before
    }
}

/// A year and a month.
const MINUTES: i64 = 396 * 24 * 60;

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap()
}

#[test]
fn the_clock_is_the_count() {
    for written in &CALENDARS {
        let (clock, counted) = (written.clock(), written.counted());
        let at = |minute: usize| start() + TimeDelta::minutes(minute as i64);
        // a step without a common measure with hours or days: every time of day and every day comes up
        for from in (0..365 * 24 * 60).step_by(97) {
            for length in [0, 1, 59, 613, 2_881, 20_011] {
                let to = (from + length).min(counted.len() - 1);
                let worked = counted[to] - counted[from];
                assert_eq!(
                    clock.worked(at(from), at(to)).num_minutes(),
                    worked,
                    "{}: {}",
                    written.zone,
                    at(from)
                );
            }
            for worked in [1_i64, 60, 480, 2_407] {
                let reached = counted.partition_point(|before| *before < counted[from] + worked);
                let due = clock.due(at(from), TimeDelta::minutes(worked));
                assert_eq!(due, at(reached), "{}: {worked} min from {}", written.zone, at(from));
            }
        }
    }
}

#[test]
fn days_that_daylight_saving_makes_longer_or_shorter() {
    let [berlin, york, shanghai] = [0, 1, 2].map(|place| CALENDARS[place].clock());
    let whole = |clock: &WorkingHours, from: &str, to: &str| {
        let moment = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        clock.worked(moment(from), moment(to)).num_hours()
    };
    assert_eq!(whole(&berlin, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"), 23);
    assert_eq!(whole(&berlin, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"), 25);
    assert_eq!(whole(&york, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"), 23);
    assert_eq!(whole(&york, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"), 25);
    // seven days of holidays stand still, and the Saturday that makes up for one of them counts
    assert_eq!(whole(&shanghai, "2026-10-01T00:00:00+08:00", "2026-10-08T00:00:00+08:00"), 0);
    assert_eq!(whole(&shanghai, "2026-10-10T00:00:00+08:00", "2026-10-11T00:00:00+08:00"), 7);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Seconds and all: what is worked until it is due is what was given; later is not earlier; parts add up.
    #[test]
    fn what_must_hold_of_any_clock(
        place in 0_usize..3, from in 0_i64..31_536_000, given in 0_i64..800_000, more in 0_i64..800_000,
    ) {
        let clock = CALENDARS[place].clock();
        let from = start() + TimeDelta::seconds(from);
        let (given, more) = (TimeDelta::seconds(given), TimeDelta::seconds(more));
        let due = clock.due(from, given);
        prop_assert_eq!(clock.worked(from, due), given);
        let later = clock.due(from, given + more);
        prop_assert!(later >= due);
        prop_assert_eq!(clock.worked(from, due) + clock.worked(due, later), clock.worked(from, later));
        prop_assert_eq!(clock.due(due, more), later);
        prop_assert_eq!(clock.worked(due, from), TimeDelta::zero());
    }
}

#[test]
fn written_and_read() {
    use rapport_entities::calendar::Span;
    for text in ["09:00-12:30", "00:00-24:00", "23:59-24:00"] {
        assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
    }
    for text in
        ["9-12", "09:00", "12:00-12:00", "12:00-09:00", "09:00-24:01", "09:60-10:00", "+9:00-10:00", ""]
    {
        let error = text.parse::<Span>().unwrap_err().to_string();
        assert!(error.contains("09:00-12:30"), "{text}: {error}");
    }
}
