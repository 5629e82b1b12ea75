//! The managers' page: a quarter of a segment, as stored; the page computes nothing but layout and shares of a sum.

mod figures;
mod read;
mod view;
mod words;

pub use read::{Selection, read};
pub use view::{Notice, Page};
