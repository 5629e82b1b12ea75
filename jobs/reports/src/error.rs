//! What can go wrong where a report is made.

/// What can go wrong. The input is ours: none of it is the reader's doing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document could not be set.
    #[error("the document of the report could not be set: {0}")]
    Document(String),
    /// A picture could not be turned into pixels.
    #[error("the picture {name} of the report could not be made")]
    Picture {
        /// Which.
        name: String,
        /// Why not.
        #[source]
        source: rapport_charts::Error,
    },
    /// The workbook could not be written.
    #[error("the workbook of the report could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A table could not be written.
    #[error("a table of the report could not be written")]
    Table(#[from] csv::Error),
    /// The archive could not be packed.
    #[error("the archive of the report could not be packed")]
    Archive(#[from] zip::result::ZipError),
    /// The data could not be told to the template.
    #[error("the data of the report could not be written")]
    Data(#[from] serde_json::Error),
    /// Bytes could not be written.
    #[error("the report could not be written")]
    Io(#[from] std::io::Error),
}
