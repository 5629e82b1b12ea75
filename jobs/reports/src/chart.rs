//! A picture of the report: the stored drawing, and what it tells in words.

use crate::Error;

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its kind, of which files are named.
    pub name: String,
    /// As people name it.
    pub title: String,
    /// What it tells, for those who cannot see it.
    pub description: String,
    /// The drawing.
    pub svg: String,
}

impl Chart {
    /// For those who cannot see it.
    pub(crate) fn alternative(&self) -> String {
        format!("{}. {}", self.title, self.description)
    }

    /// As pixels.
    pub(crate) fn png(&self) -> Result<Vec<u8>, Error> {
        rapport_charts::png(&self.svg, 1.0)
            .map_err(|source| Error::Picture { name: self.name.clone(), source })
    }
}
