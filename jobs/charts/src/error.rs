//! What can go wrong while drawing, named for what the reader can do about it.

/// Why a picture, or the name of one, could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that is not one of ours: choose one of those listed.
    #[error("there is no {what} named \"{given}\": use one of {known}")]
    UnknownName {
        /// What was asked for: a chart, a locale.
        what: &'static str,
        /// The name that was given.
        given: String,
        /// The names there are.
        known: &'static str,
    },
    /// A scale that gives no sensible picture: choose one in the range named.
    #[error("a scale of {0} makes no picture: use a number above 0 and at most 8")]
    ScaleOutOfRange(f32),
    /// The text is not an SVG picture: pass one that this crate drew.
    #[error("this is not an SVG picture that can be rasterised")]
    NotAnSvg(#[source] resvg::usvg::Error),
    /// The drawing library refused: a defect to report, with its words.
    #[error("the drawing could not be made")]
    Drawing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The pixels could not be written as PNG: a defect to report.
    #[error("the picture could not be encoded as PNG")]
    Encoding(#[source] png::EncodingError),
}
