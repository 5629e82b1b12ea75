//! All that typst sees: the template, the data, the pictures and the fonts. No files of the machine, no network, no
//! packages, no clock.

use std::{collections::HashMap, sync::LazyLock};

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::data::{Data, picture};
use crate::Error;

static TEMPLATE: &str = include_str!("report.typ");

/// The standard library, made once.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The faces that the pictures are drawn with.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    rapport_charts::embedded().into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});

/// The files of a document.
pub struct Files {
    main: Source,
    others: HashMap<FileId, Bytes>,
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl Files {
    /// The data and the pictures, by their place; fonts of the machine only for signs that the embedded ones lack.
    pub fn of(data: &Data, pictures: Vec<String>) -> Result<Self, Error> {
        let mut fonts = FONTS.clone();
        let json = serde_json::to_string(data)?;
        let further = rapport_charts::further_faces(&format!("{json}{}", pictures.concat()));
        fonts.extend(further.into_iter().filter_map(|(file, place)| Font::new(Bytes::new(file), place)));
        let families = fonts.iter().map(|font| font.info().family.to_lowercase());
        let families = serde_json::to_string(&families.collect::<Vec<_>>())?;
        let mut others = HashMap::new();
        for (place, drawing) in pictures.into_iter().enumerate() {
            others.insert(file(&picture(place))?, Bytes::from_string(drawing));
        }
        others.insert(file("report.json")?, Bytes::from_string(json));
        others.insert(file("fonts.json")?, Bytes::from_string(families));
        let main = Source::new(file("report.typ")?, TEMPLATE.to_owned());
        Ok(Self { main, others, book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }
}

/// The name of a file; the same few for every document.
fn file(name: &str) -> Result<FileId, Error> {
    let path = VirtualPath::new(name).map_err(|error| Error::Document(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Files {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.others.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
