//! The kinds of files that a report is.

use std::str::FromStr;

use rapport_reports::Report;

use crate::Error;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To read and to print.
    Pdf,
    /// To reckon with.
    Xlsx,
    /// All of it.
    Zip,
}

impl Format {
    /// The ending of its file names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    /// The report as such a file. Takes a second or so.
    pub fn file(self, report: &Report) -> Result<Vec<u8>, Error> {
        Ok(match self {
            Self::Pdf => rapport_reports::pdf(report)?,
            Self::Xlsx => rapport_reports::workbook(report)?,
            Self::Zip => rapport_reports::archive(report)?,
        })
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(extension: &str) -> Result<Self, Error> {
        let known = [Self::Pdf, Self::Xlsx, Self::Zip];
        known.into_iter().find(|format| format.extension() == extension).ok_or_else(|| {
            Error::NotFound(format!("there is no report as {extension}; end with .pdf, .xlsx or .zip"))
        })
    }
}
