//! Quarters and the calendar that cuts them.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use rapport_entities::{Calendar, Quarter};

fn moment(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn calendar(zone: &str, first_month: u32) -> Calendar {
    Calendar { zone: zone.parse().unwrap(), first_month }
}

#[test]
fn written_and_read() {
    for text in ["2026-Q1", "1997-Q4", "0001-Q2", "9999-Q3"] {
        assert_eq!(text.parse::<Quarter>().unwrap().to_string(), text);
    }
    for text in
        ["2026", "2026-Q5", "2026-Q0", "26-Q1", "2026-q1", "2026Q1", "2026-Q11", "+026-Q1", "0000-Q1", ""]
    {
        let error = text.parse::<Quarter>().unwrap_err().to_string();
        assert!(error.contains("2026-Q3"), "{text}: {error}");
    }
}

#[test]
fn text_sorts_as_time_does() {
    let first: Quarter = "1999-Q3".parse().unwrap();
    for ahead in 0..12 {
        let (one, next) = (first.plus(ahead), first.plus(ahead + 1));
        assert!(
            one < next && one.to_string() < next.to_string() && next.previous() == one && one.next() == next
        );
    }
}

#[test]
fn the_last_evening_of_september_in_shanghai() {
    let shanghai = calendar("Asia/Shanghai", 1);
    assert_eq!(shanghai.quarter_of(moment("2026-09-30T15:30:00Z")).to_string(), "2026-Q3");
    assert_eq!(shanghai.quarter_of(moment("2026-09-30T16:00:00Z")).to_string(), "2026-Q4");
    assert_eq!(calendar("UTC", 1).quarter_of(moment("2026-09-30T16:00:00Z")).to_string(), "2026-Q3");
}

/// A fiscal year is named by the calendar year it ends in.
#[test]
fn fiscal_years() {
    let april = calendar("UTC", 4);
    assert_eq!(april.quarter_of(moment("2026-04-01T00:00:00Z")).to_string(), "2027-Q1");
    assert_eq!(april.quarter_of(moment("2026-03-31T23:59:59Z")).to_string(), "2026-Q4");
    assert_eq!(april.first_day("2027-Q1".parse().unwrap()), NaiveDate::from_ymd_opt(2026, 4, 1).unwrap());
    let october = calendar("UTC", 10);
    assert_eq!(october.quarter_of(moment("2026-01-15T00:00:00Z")).to_string(), "2026-Q2");
    assert_eq!(october.first_day("2026-Q2".parse().unwrap()), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
}

/// Whatever zone and fiscal year: a quarter begins with its first moment and ends before the next one's.
#[test]
fn quarters_leave_no_gap() {
    for zone in [
        "UTC",
        "Asia/Shanghai",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Beirut",
    ] {
        for first_month in 1..=12 {
            let calendar = calendar(zone, first_month);
            for ahead in 0..80 {
                let quarter = Quarter::new(2005, 1).unwrap().plus(ahead);
                let (start, end) = (calendar.start(quarter), calendar.end(quarter));
                assert_eq!(calendar.quarter_of(start), quarter, "{zone} {first_month} {start}");
                assert_eq!(
                    calendar.quarter_of(end - chrono::TimeDelta::milliseconds(1)),
                    quarter,
                    "{zone} {end}"
                );
                assert_eq!(calendar.quarter_of(end), quarter.next(), "{zone} {end}");
            }
        }
    }
}

/// The key of a customer is the first 63 bits of SHA-256 of the code, as any other program reckons it.
#[test]
fn customer_keys() {
    // printf abc | sha256sum begins with ba7816bf8f01cfea; the highest bit is cleared
    assert_eq!(rapport_entities::customer_id("abc"), 0x3a78_16bf_8f01_cfea);
}
