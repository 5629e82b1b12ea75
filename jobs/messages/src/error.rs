//! A language that is none of ours.

/// The tag that was given; choose one of those named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no locale named \"{0}\": use en or zh-CN")]
pub struct UnknownLocale(pub(crate) String);
