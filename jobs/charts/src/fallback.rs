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

/// The fonts for a drawing, and the signs that must be replaced.
pub(crate) fn fonts_for(svg: &str) -> (Arc<fontdb::Database>, BTreeSet<char>) {
    let missing = font::missing_glyphs(svg);
    if missing.iter().all(|sign| font::decorates(*sign)) {
        return (font::database(), BTreeSet::new());
    }
    (Arc::clone(&EVERYTHING), undrawable(svg).into_iter().collect())
}

fn is_somewhere(sign: char) -> bool {
    let has = |face: &fontdb::FaceInfo| {
        let known = EVERYTHING.with_face_data(face.id, |bytes, index| {
            let face = ab_glyph::FontRef::try_from_slice_and_index(bytes, index).ok()?;
            Some(ab_glyph::Font::glyph_id(&face, sign).0 != 0)
        });
        known.flatten().unwrap_or(false)
    };
    EVERYTHING.faces().any(has)
}
