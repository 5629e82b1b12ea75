//! Text that can be set: no sign without a face, no word wider than its column, no name longer than a page can show.

/// The longest name that a page shows whole, in characters.
const LONGEST: usize = 160;
/// The longest word that is not broken in a column, and across a page.
pub const WORD: usize = 22;
pub const LINE: usize = 70;

/// A name as a page shows it.
pub fn shown(text: &str) -> String {
    whole(&cut(text, LONGEST), WORD)
}

/// A text on one line, of so many characters.
pub fn cut(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    format!("{}…", text.chars().take(most).collect::<String>())
}

/// A text that can be set, with places where words longer than so many signs may end.
pub fn whole(text: &str, longest: usize) -> String {
    let mut set = String::with_capacity(text.len());
    let mut word = 0;
    for sign in narrow(&rapport_charts::settable(text)).chars() {
        word = if sign.is_alphanumeric() || sign.is_ascii_punctuation() { word + 1 } else { 0 };
        if word > longest {
            set.push('\u{200B}');
            word = 1;
        }
        set.push(sign);
    }
    set
}

/// Quotation marks beside Latin letters as typewriters have them: the faces draw the curved ones as wide as a Chinese sign.
fn narrow(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let latin = |place: Option<usize>| {
        place
            .and_then(|place| signs.get(place))
            .is_some_and(|sign| sign.is_alphanumeric() && *sign < '\u{2E80}')
    };
    let sign = |(place, sign): (usize, &char)| {
        let beside = latin(place.checked_sub(1)) || latin(Some(place + 1));
        match sign {
            '‘' | '’' if beside => '\'',
            '“' | '”' if beside => '"',
            sign => *sign,
        }
    };
    signs.iter().enumerate().map(sign).collect()
}

/// Words on lines of so many characters.
pub fn folded(text: &str, room: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= room) {
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_the_column_does() {
        assert_eq!(whole(&"W".repeat(50), WORD).split('\u{200B}').map(str::len).max(), Some(WORD));
        assert_eq!(whole("Wien 维也纳\u{7}", WORD), "Wien 维也纳 ");
        assert_eq!(shown(&"a b ".repeat(200)).chars().count(), LONGEST + 1);
        assert_eq!(folded("On the quarter before", 14), "On the quarter\nbefore");
        assert_eq!(folded("n", 0), "n");
    }

    #[test]
    fn quotation_marks_are_as_wide_as_their_script() {
        assert_eq!(whole("Shapley’s “share”, a year’s ‘best’", LINE), "Shapley's \"share\", a year's 'best'");
        assert_eq!(whole("所谓“份额”，即‘占比’", LINE), "所谓“份额”，即‘占比’");
    }
}
