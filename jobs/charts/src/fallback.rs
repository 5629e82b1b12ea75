//! Fonts for the signs that the embedded ones lack: those given by a setting, then those of the machine. They are read
//! when such a sign is first turned into pixels, and never for a text that needs none; a stored drawing knows none of them.

use crate::font;
use resvg::usvg::fontdb;
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, LazyLock, OnceLock},
};

static PLACES: OnceLock<Vec<PathBuf>> = OnceLock::new();

/// The embedded faces, those of the places given, and those of the machine, in this order.
static EVERYTHING: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = font::Database::clone(&font::database());
    for place in PLACES.get().into_iter().flatten() {
        if place.is_dir() {
            database.load_fonts_dir(place);
        } else if let Err(error) = database.load_font_file(place) {
            // the settings were checked at start: the file was there then
            drop(error);
        }
    }
    database.load_system_fonts();
    Arc::new(database)
});

/// Names files and folders of fonts that are asked before those of the machine. The first call counts: the fonts of a
/// process are the same for all its pictures.
pub fn look_for_fonts_in(places: Vec<PathBuf>) {
    drop(PLACES.set(places));
}

/// The signs of a text that no font has, neither embedded nor given nor on this machine; each once. A picture as pixels
/// shows `〓` for them.
pub fn undrawable(text: &str) -> Vec<char> {
    let missing = font::missing_glyphs(text);
    if missing.is_empty() {
        return missing;
    }
    missing.into_iter().filter(|sign| !font::decorates(*sign) && !is_somewhere(*sign)).collect()
}

/// The text, or drawing, as a document can hold it: no marks that only decorate or turn the direction, a space for what no
/// page shows, and `〓` for signs that no font has.
pub fn settable(text: &str) -> String {
    let nowhere = undrawable(text);
    let known = |sign: char| match sign {
        '\n' => Some('\n'),
        '\u{2066}'..='\u{2069}' => None,
        sign if sign.is_control() || matches!(sign, '\u{FFFE}' | '\u{FFFF}') => Some(' '),
        sign if font::decorates(sign) => None,
        sign if is_private(sign) || nowhere.contains(&sign) => Some(font::GETA),
        sign => Some(sign),
    };
    text.chars().filter_map(known).collect()
}

/// What means a sign to one font alone, and nothing to a reader of the document.
fn is_private(sign: char) -> bool {
    matches!(sign, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// The faces that the signs of this text need beside the embedded ones: each file once, with the place of the face in it.
pub fn further_faces(text: &str) -> Vec<(Vec<u8>, u32)> {
    let mut chosen: Vec<fontdb::ID> = Vec::new();
    for sign in font::missing_glyphs(text).into_iter().filter(|sign| !font::decorates(*sign)) {
        if chosen.iter().any(|id| has(*id, sign)) {
            continue;
        }
        chosen.extend(EVERYTHING.faces().find(|face| has(face.id, sign)).map(|face| face.id));
    }
    let file = |id: &fontdb::ID| EVERYTHING.with_face_data(*id, |bytes, index| (bytes.to_vec(), index));
    chosen.iter().filter_map(file).collect()
}

/// The fonts for a drawing, and the signs that must be replaced.
pub(crate) fn fonts_for(svg: &str) -> (Arc<fontdb::Database>, BTreeSet<char>) {
    let missing = font::missing_glyphs(svg);
    if missing.iter().all(|sign| font::decorates(*sign)) {
        return (font::database(), BTreeSet::new());
    }
    (Arc::clone(&EVERYTHING), undrawable(svg).into_iter().collect())
}

fn is_somewhere(sign: char) -> bool {
    EVERYTHING.faces().any(|face| has(face.id, sign))
}

fn has(id: fontdb::ID, sign: char) -> bool {
    let known = EVERYTHING.with_face_data(id, |bytes, index| {
        let face = ab_glyph::FontRef::try_from_slice_and_index(bytes, index).ok()?;
        Some(ab_glyph::Font::glyph_id(&face, sign).0 != 0)
    });
    known.flatten().unwrap_or(false)
}
