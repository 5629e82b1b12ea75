//! Numbers as people read them: thousands apart, a true minus sign, never a minus zero.

use crate::Locale;

/// What stands for a number that is not known.
pub const UNKNOWN: &str = "–";

/// A count: `12,345`.
pub fn count(n: u64) -> String {
    group(&n.to_string())
}

/// A number with the decimals asked for: `−1,234.5`.
pub fn decimal(value: f64, places: usize) -> String {
    let digits = format!("{:.places$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", group(whole))
}

/// A whole number that shows its sign: `+34`, `−12`, `0`.
pub fn signed(value: f64) -> String {
    let plain = decimal(value, 0);
    if plain == "0" || plain.starts_with('−') { plain } else { format!("+{plain}") }
}

/// A fraction of 1 in per cent: `46%`; what is there but rounds to nothing is `<1%`.
pub fn percent(fraction: f64) -> String {
    if fraction > 0.0 && fraction < 0.005 {
        return "<1%".to_owned();
    }
    format!("{}%", decimal(fraction * 100.0, 0))
}

/// A fraction of 1 in per cent to a tenth: `58.0%`; for shares that readers hold against a table.
pub fn tenths(fraction: Option<f64>) -> String {
    finite(fraction).map_or_else(|| UNKNOWN.to_owned(), |share| format!("{}%", decimal(share * 100.0, 1)))
}

/// A fraction that may be missing.
pub fn percent_or_unknown(fraction: Option<f64>) -> String {
    finite(fraction).map_or_else(|| UNKNOWN.to_owned(), percent)
}

/// A share to a tenth, as pages and mails write it: `46.3%`.
pub fn share(fraction: f64) -> String {
    format!("{}%", decimal(fraction * 100.0, 1))
}

/// An amount in major units with its currency: `CNY 12,345`, `12,345元`, `12,345 EUR` in Chinese text.
pub fn money(amount: f64, currency: &str, locale: Locale) -> String {
    let amount = decimal(amount, 0);
    match (locale, currency) {
        (_, "") => amount,
        (Locale::En, _) => format!("{currency}\u{a0}{amount}"),
        (Locale::Zh, "CNY") => format!("{amount}元"),
        (Locale::Zh, _) => format!("{amount}\u{a0}{currency}"),
    }
}

/// The value, unless it is missing, infinite or not a number.
pub fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// A unit in which a column of amounts is short: millions, 万.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    size: f64,
    en: &'static str,
    zh: &'static str,
}

impl Unit {
    /// The unit in which the largest of these amounts has few digits.
    pub fn for_amounts(amounts: impl IntoIterator<Item = f64>, locale: Locale) -> Unit {
        const EN: [(f64, &str); 3] = [(1e9, "billion"), (1e6, "million"), (1e4, "thousand")];
        const ZH: [(f64, &str); 2] = [(1e8, "亿"), (1e4, "万")];
        let largest =
            amounts.into_iter().filter(|amount| amount.is_finite()).fold(0.0, |m: f64, a| m.max(a.abs()));
        let (en, zh) = match locale {
            Locale::En => (EN.into_iter().find(|(size, _)| largest >= *size), None),
            Locale::Zh => (None, ZH.into_iter().find(|(size, _)| largest >= *size)),
        };
        match (en, zh) {
            (Some((_, "thousand")), _) => Unit { size: 1e3, en: "thousand", zh: "" },
            (Some((size, en)), _) => Unit { size, en, zh: "" },
            (_, Some((size, zh))) => Unit { size, en: "", zh },
            _ => Unit { size: 1.0, en: "", zh: "" },
        }
    }

    /// The decimals that amounts shown together all take: few where the largest is long, and so many that none which
    /// is there is shown as 0, but two at most.
    pub fn places(self, amounts: impl IntoIterator<Item = f64>) -> usize {
        if self.size <= 1.0 {
            return 0;
        }
        let shown = |amount: f64| (amount.is_finite() && amount != 0.0).then(|| amount.abs() / self.size);
        let (smallest, largest) = amounts
            .into_iter()
            .filter_map(shown)
            .fold((f64::INFINITY, 0.0_f64), |(low, high), amount| (low.min(amount), high.max(amount)));
        match (smallest, largest) {
            (small, _) if small < 0.05 => 2,
            (small, large) if large < 100.0 || small < 0.5 => 1,
            _ => 0,
        }
    }

    /// The amount in this unit: `12.4`.
    pub fn show(self, amount: f64, places: usize) -> String {
        decimal(amount / self.size, places)
    }

    /// The unit's name with the currency's: `million CNY`, `万元`.
    pub fn name(self, currency: &str, locale: Locale) -> String {
        match (locale, currency) {
            (Locale::En, _) => format!("{} {currency}", self.en).trim().to_owned(),
            (Locale::Zh, "CNY") => format!("{}元", self.zh),
            (Locale::Zh, _) => format!("{} {currency}", self.zh).trim().to_owned(),
        }
    }
}

fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(123), "123");
        assert_eq!(decimal(-1234.56, 1), "−1,234.6");
        assert_eq!(decimal(-0.04, 1), "0.0");
        assert_eq!(signed(0.4), "0");
        assert_eq!(signed(-12.0), "−12");
        assert_eq!(percent(0.001), "<1%");
        assert_eq!(share(0.4634), "46.3%");
        assert_eq!(money(-1234.5, "EUR", Locale::En), "EUR\u{a0}−1,234");
        assert_eq!(money(1234.0, "CNY", Locale::Zh), "1,234元");
        assert_eq!(percent_or_unknown(Some(f64::NAN)), UNKNOWN);
    }

    #[test]
    fn amounts_take_the_unit_of_the_language() {
        let en = Unit::for_amounts([12_400_000.0, -3.0], Locale::En);
        assert_eq!(
            (en.show(12_400_000.0, en.places([12_400_000.0])), en.name("EUR", Locale::En)),
            ("12.4".into(), "million EUR".into())
        );
        let zh = Unit::for_amounts([12_400_000.0], Locale::Zh);
        assert_eq!(
            (zh.show(12_400_000.0, zh.places([12_400_000.0])), zh.name("CNY", Locale::Zh)),
            ("1,240".into(), "万元".into())
        );
        let uneven = [46_000_000.0, 31_000.0, 0.0];
        let en = Unit::for_amounts(uneven, Locale::En);
        assert_eq!(uneven.map(|amount| en.show(amount, en.places(uneven))), ["46.00", "0.03", "0.00"]);
        let small = Unit::for_amounts([], Locale::En);
        assert_eq!(small.name("USD", Locale::En), "USD");
    }
}
