//! The drawings of Rapport: given data, they return bytes. No database, no clock, no files.
//!
//! A data struct ([`IndexTrend`], [`LoyaltyMatrix`], [`Nps`], [`ValueClasses`]) draws itself as SVG; [`png()`] turns
//! that very drawing into pixels. The same data gives the same bytes.

use rapport_messages::{Locale, number};

mod axis;
mod canvas;
mod error;
mod font;
mod frame;
mod index_trend;
mod kind;
mod loyalty_matrix;
mod nps;
mod palette;
mod picture;
mod quarters;
mod raster;
mod subject;
mod trend;
mod value_classes;

pub use error::Error;
pub use font::missing_glyphs;
pub use index_trend::{IndexTrend, TrendPoint};
pub use kind::Kind;
pub use loyalty_matrix::{LoyaltyMatrix, TypeCell};
pub use nps::{Nps, NpsBar};
pub use picture::{HEIGHT, WIDTH};
pub use raster::png;
pub use subject::Subject;
pub use value_classes::{ClassCell, ValueClasses};
