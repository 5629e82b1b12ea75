//! The rejects of a file: line, column, value and reason, written beside it or where the caller says.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use crate::Error;

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column it lies in; empty for the row as a whole.
    pub column: String,
    /// What stood there.
    pub value: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// The rejects of one file; the file is created with the first of them, and a file of an earlier import is removed.
pub struct Rejects {
    path: PathBuf,
    writer: Option<csv::Writer<File>>,
    /// How many rows so far.
    pub count: u64,
}

impl Rejects {
    /// The rejects of `file`, written beside it or into `folder`.
    pub fn of(file: &Path, folder: Option<&Path>) -> Self {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".rejects.csv");
        let path = folder.map_or_else(|| file.with_file_name(&name), |folder| folder.join(&name));
        // a file from an earlier import would be read as this one's; where there is none, nothing is lost
        let _ = std::fs::remove_file(&path);
        Self { path, writer: None, count: 0 }
    }

    /// Writes a row's fault.
    pub fn write(&mut self, line: Option<i64>, fault: &Fault) -> Result<(), Error> {
        self.count += 1;
        let unwritable = |path: &Path, why: String| Error::Rejects { path: path.to_owned(), why };
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let mut writer = csv::Writer::from_path(&self.path)
                    .map_err(|error| unwritable(&self.path, error.to_string()))?;
                writer
                    .write_record(["line", "column", "value", "reason"])
                    .map_err(|error| unwritable(&self.path, error.to_string()))?;
                none.insert(writer)
            }
        };
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        writer
            .write_record([&line, &fault.column, &fault.value, &fault.reason])
            .map_err(|error| unwritable(&self.path, error.to_string()))
    }

    /// Makes sure all is written; the path, if there were any.
    pub fn finish(self) -> Result<Option<(PathBuf, u64)>, Error> {
        let Some(mut writer) = self.writer else { return Ok(None) };
        writer.flush().map_err(|error| Error::Rejects { path: self.path.clone(), why: error.to_string() })?;
        Ok(Some((self.path, self.count)))
    }
}
