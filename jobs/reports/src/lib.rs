//! The report of a quarter: given its sections, it returns a document, a workbook or an archive of both with all tables and
//! pictures. No database, no clock, no files; the same report gives the same bytes.

mod archive;
mod cell;
mod chart;
mod document;
mod error;
mod report;
mod table;
mod workbook;

pub use archive::archive;
pub use cell::{Cell, Form};
pub use chart::Chart;
pub use document::pdf;
pub use error::Error;
pub use report::{Block, Figure, Headline, Report, Section};
pub use table::{Column, Kind, Table};
pub use workbook::workbook;
