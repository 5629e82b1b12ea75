//! The mapping: which files there are, and for every entity the SELECT over them (or the rows themselves) that makes
//! its facts.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::Error;

/// A mapping file, read but not yet checked against its files.
#[derive(Debug, Deserialize)]
pub struct Mapping {
    /// The namespace of the keys: two systems may both count their orders from 1.
    pub source: String,
    /// ISO 4217; of purchases whose SELECT has no `currency`.
    pub currency: Option<String>,
    /// Of times without a zone; the company's if not given.
    pub zone: Option<chrono_tz::Tz>,
    /// Every file is a table of this name.
    #[serde(default)]
    pub files: BTreeMap<String, FileEntry>,
    /// What is made of them, by entity.
    #[serde(flatten)]
    pub entities: BTreeMap<String, Vec<EntityEntry>>,
    /// Where the mapping stands; files are found from there.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The mapping file itself.
    #[serde(skip)]
    pub path: PathBuf,
}

/// A file: its path alone, or with what is unusual about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum FileEntry {
    /// A path, from the mapping's folder.
    Path(PathBuf),
    /// A path with its format.
    Format(FileFormat),
}

/// A file's format; what is not given is found out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileFormat {
    /// From the mapping's folder.
    pub path: PathBuf,
    /// One character; otherwise the one of `,` `;` tab `|` that the header has most of.
    pub delimiter: Option<char>,
    /// An encoding by its usual name, such as `gb18030`; otherwise UTF-8, or UTF-16 with a byte order mark.
    pub encoding: Option<String>,
    /// Texts that mean a missing value, beside the empty cell.
    #[serde(default)]
    pub null: Vec<String>,
}

/// What makes facts of an entity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityEntry {
    /// The file whose lines `_line` counts; needed where there are several.
    pub file: Option<String>,
    /// SQL over the files.
    pub select: Option<String>,
    /// The rows themselves, instead of a SELECT.
    pub rows: Option<Vec<toml::Table>>,
}

impl Mapping {
    /// Reads a mapping; `files` puts other files in the place of those it names.
    pub fn read(path: &Path, files: &BTreeMap<String, PathBuf>) -> Result<Self, Error> {
        let unreadable = |why: String| Error::Mapping { path: path.to_owned(), why };
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        let mut mapping: Self = toml::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        path.clone_into(&mut mapping.path);
        mapping.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        for (name, other) in files {
            mapping.replace_file(name, other)?;
        }
        Ok(mapping)
    }

    fn replace_file(&mut self, name: &str, other: &Path) -> Result<(), Error> {
        let known = self.files.keys().cloned().collect::<Vec<_>>().join(", ");
        let entry = self.files.get_mut(name).ok_or_else(|| Error::Mapping {
            path: self.path.clone(),
            why: format!("it has no file `{name}` to replace; its files are: {known}"),
        })?;
        // given on the command line: from where the caller stands, not from the mapping's folder
        let other = std::path::absolute(other).unwrap_or_else(|_| other.to_owned());
        *entry = FileEntry::Format(FileFormat { path: other, ..entry.format() });
        Ok(())
    }

    /// The format of a file, its path made findable.
    pub fn format(&self, entry: &FileEntry) -> FileFormat {
        let format = entry.format();
        FileFormat { path: self.folder.join(&format.path), ..format }
    }
}

impl FileEntry {
    fn format(&self) -> FileFormat {
        match self {
            Self::Path(path) => FileFormat { path: path.clone(), ..FileFormat::default() },
            Self::Format(format) => format.clone(),
        }
    }
}
