//! The managers' page: a quarter of a segment, as stored; the page computes nothing but layout and shares of a sum.

mod figures;
mod jobs;
mod read;
mod view;
mod words;

pub use jobs::Jobs;
pub use read::{Selection, read};
pub use view::{Notice, Page};
