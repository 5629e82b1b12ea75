//! The embedded faces: what they can draw, and how wide it comes out. A text is measured by the face that draws it.

use ab_glyph::{Font, FontRef};
use resvg::usvg::fontdb;
pub(crate) use resvg::usvg::fontdb::Database;
use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

static REGULAR: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.otf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSansSC-Bold.otf");

/// The families a picture asks for: the embedded one by both its names, then what readers' systems have.
pub(crate) const FAMILY: &str = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif";

/// The typographer's mark for a sign that no case holds.
pub(crate) const GETA: char = '〓';

/// The faces by weight: regular, bold.
fn faces() -> &'static [FontRef<'static>] {
    static FACES: OnceLock<Vec<FontRef<'static>>> = OnceLock::new();
    FACES.get_or_init(|| {
        [REGULAR, BOLD].into_iter().filter_map(|face| FontRef::try_from_slice(face).ok()).collect()
    })
}

/// The embedded faces as files, regular and bold: what is set beside the pictures takes the same.
pub fn embedded() -> [&'static [u8]; 2] {
    [REGULAR, BOLD]
}

/// The same faces for resvg. No system fonts: what the faces can draw looks the same everywhere.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut database = fontdb::Database::new();
        for face in [REGULAR, BOLD] {
            database.load_font_source(fontdb::Source::Binary(Arc::new(face)));
        }
        database.set_sans_serif_family("Noto Sans CJK SC");
        database.set_serif_family("Noto Sans CJK SC");
        Arc::new(database)
    };
    Arc::clone(DATABASE.get_or_init(load))
}

/// The characters of the text that the embedded fonts cannot draw, each once, in order.
///
/// A picture leaves out those that only decorate (emoji, invisible marks). The others stay in the drawing, an em wide, and
/// are drawn with a font of the reader's machine, or of the server's where the picture becomes pixels.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    // most text is plain, and read in a moment
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if !c.is_control() && !c.is_whitespace() && !isolates(c) && !covered(c) && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// The text without what only decorates, and white space made single.
pub(crate) fn drawable(text: &str) -> String {
    let known = text.chars().filter_map(|c| match c {
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c if decorates(c) => None,
        c => Some(c),
    });
    let known: String = known.collect();
    known.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A name that runs from right to left, kept apart from what stands beside it, which would change places otherwise.
pub(crate) fn isolated(name: &str) -> Cow<'_, str> {
    if !name.chars().any(runs_from_right) {
        return Cow::Borrowed(name);
    }
    let own: String = name.chars().filter(|c| !isolates(*c)).collect();
    Cow::Owned(format!("\u{2068}{own}\u{2069}"))
}

fn runs_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}

/// The marks that keep a name apart; they take no room.
fn isolates(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// How wide the text is, in the unit of its size. Kerning, which only narrows, is left out.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    text.chars().map(|c| advance(c, bold)).sum::<f64>() * size
}

/// The text, shortened where it is wider than allowed: with … after Chinese, with dots after other scripts, beside
/// which the Chinese … would float above the line.
pub(crate) fn fit(text: &str, size: f64, bold: bool, allowed: f64) -> String {
    if width(text, size, bold) <= allowed {
        return text.to_owned();
    }
    let room = allowed - width("…", size, bold);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += advance(*c, bold) * size;
            used <= room
        })
        .collect();
    let kept = kept.trim_end_matches([' ', ',', '·', '，', '、', '-']);
    let mark = if kept.chars().next_back().is_some_and(ideographic) { "…" } else { "..." };
    format!("{kept}{mark}")
}

/// The text in at most so many lines, each no wider than allowed; the last is shortened where more would follow.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, allowed: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    // of the line, without and with the space at its end
    let (mut ink, mut used) = (0.0, 0.0);
    for piece in pieces(text) {
        let (longer_ink, longer) = extended((ink, used), piece, bold);
        let last = wrapped.len() + 1 >= lines;
        if last || line.is_empty() || longer_ink * size <= allowed {
            line.push_str(piece);
            (ink, used) = (longer_ink, longer);
        } else {
            wrapped.push(fit(line.trim_end(), size, bold, allowed));
            line = piece.to_owned();
            (ink, used) = extended((0.0, 0.0), piece, bold);
        }
    }
    if !line.trim().is_empty() {
        wrapped.push(fit(line.trim_end(), size, bold, allowed));
    }
    wrapped
}

/// The width of a line, without and with the space at its end, and a piece behind it.
fn extended((mut ink, mut used): (f64, f64), piece: &str, bold: bool) -> (f64, f64) {
    for c in piece.chars() {
        used += advance(c, bold);
        if !c.is_whitespace() {
            ink = used;
        }
    }
    (ink, used)
}

/// The text cut wherever a line may end: after a space, and around Chinese characters, whose closing punctuation
/// stays with the character before it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, more) = rest.split_at(first_piece(rest));
        rest = more;
        (!piece.is_empty()).then_some(piece)
    })
}

/// How long the first piece is.
fn first_piece(text: &str) -> usize {
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let closing =
            matches!(c, '，' | '。' | '；' | '：' | '、' | '）' | '！' | '？' | '》' | '」' | '%' | ' ');
        let opening = matches!(before, Some('（' | '《' | '「'));
        let may_break = before.is_some_and(|b| b == ' ' || ideographic(b) || ideographic(c));
        if may_break && !closing && !opening {
            return at;
        }
        before = Some(c);
    }
    text.len()
}

fn ideographic(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Emoji and invisible marks: a name reads the same without them.
pub(crate) fn decorates(c: char) -> bool {
    let invisible = matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}');
    let emoji = matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{E0000}'..='\u{E007F}');
    invisible || (emoji && !covered(c))
}

fn covered(c: char) -> bool {
    faces().iter().any(|face| face.glyph_id(c).0 != 0)
}

/// A character's width as a fraction of the size: from the weight asked for, otherwise from the face that has it.
fn advance(c: char, bold: bool) -> f64 {
    if isolates(c) {
        return 0.0;
    }
    let preferred = faces().get(usize::from(bold));
    let measured = preferred.into_iter().chain(faces()).find_map(|face| {
        let glyph = face.glyph_id(c);
        (glyph.0 != 0).then(|| Some((face.units_per_em()?, face.h_advance_unscaled(glyph))))
    });
    measured.flatten().map_or(1.0, |(em, units)| f64::from(units) / f64::from(em))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_are_read() {
        assert_eq!(faces().len(), 2);
        assert_eq!(database().len(), 2);
        assert_eq!(width("中文", 10.0, true), 20.0);
        assert!(width("iii", 10.0, false) < width("mmm", 10.0, false));
    }

    #[test]
    fn what_cannot_be_drawn_is_reported() {
        assert_eq!(missing_glyphs("客户 Zürich 満足"), Vec::<char>::new());
        assert_eq!(missing_glyphs("a🙂b🙂"), ['🙂']);
        assert_eq!(drawable("Acme 🙂\u{200D}\n Co\u{0}ltd"), "Acme Co ltd");
        assert_eq!(drawable("กข"), "กข");
    }

    #[test]
    fn long_text_is_shortened_or_wrapped_by_width() {
        assert_eq!(fit("short", 10.0, false, 100.0), "short");
        let short = fit("华东地区大型工业客户", 10.0, false, 55.0);
        assert!(short.ends_with('…') && width(&short, 10.0, false) <= 55.0);
        let lines = wrap("满意度为八分及以上，忠诚度为八分及以上。", 10.0, false, 95.0, 3);
        assert!(lines.len() == 3 && lines.iter().all(|line| !line.starts_with(['，', '。'])), "{lines:?}");
        assert_eq!(wrap("one two three", 10.0, false, 45.0, 2), ["one two", "three"]);
        assert!(wrap("", 10.0, false, 45.0, 2).is_empty());
    }
}
