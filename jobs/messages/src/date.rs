//! Days and moments as people read them. The zone is the caller's: what is given is what is shown.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::Locale;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day: `22 Nov 2026`, `2026年11月22日`.
pub fn date(day: NaiveDate, locale: Locale) -> String {
    let (year, month, date) = (day.year(), day.month(), day.day());
    match locale {
        Locale::En => format!("{date} {} {year}", MONTHS[day.month0() as usize]),
        Locale::Zh => format!("{year}年{month}月{date}日"),
    }
}

/// A moment to the minute: `22 Nov 2026, 14:05`, `2026年11月22日 14:05`.
pub fn moment(at: NaiveDateTime, locale: Locale) -> String {
    format!("{}{}{}", date(at.date(), locale), locale.pick(", ", " "), at.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn days_of_both_languages() {
        let at = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap().and_hms_opt(5, 6, 7).unwrap();
        assert_eq!(moment(at, Locale::En), "4 Mar 2026, 05:06");
        assert_eq!(moment(at, Locale::Zh), "2026年3月4日 05:06");
    }
}
