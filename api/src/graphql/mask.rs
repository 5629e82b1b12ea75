//! Contact data as those see it who may see persons and need not reach them: enough to tell two apart, too little to find
//! anybody by.

const HIDDEN: &str = "***";

/// The first letter: `Z***`.
pub fn name(text: &str) -> String {
    text.trim().chars().take(1).chain(HIDDEN.chars()).collect()
}

/// The first letter, and the last part of the domain: `z***@***.com`.
pub fn email(text: &str) -> String {
    let (_, domain) = text.rsplit_once('@').unwrap_or_default();
    let end = domain.rsplit_once('.').map(|(_, end)| format!(".{end}")).unwrap_or_default();
    format!("{}@{HIDDEN}{end}", name(text.rsplit_once('@').map_or("", |(user, _)| user)))
}

/// The last four digits, of a number that has at least twice as many: `***1234`.
pub fn phone(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let shown = if digits.len() >= 8 { &digits[digits.len() - 4..] } else { &[] };
    HIDDEN.chars().chain(shown.iter().copied()).collect()
}
