//! The drawings of Rapport: given data, they return bytes. No database, no clock; the same data gives the same drawing.
//!
//! A [`Chart`] draws itself as SVG, which a [`Theme`] may recolour; [`png()`] turns that very drawing into pixels, with
//! fonts of the machine for the signs that the embedded ones lack, and only for those.

mod axis;
mod canvas;
mod chart;
mod cohorts;
mod complaint_iceberg;
mod driver;
mod drivers;
mod error;
mod fallback;
mod font;
mod frame;
mod importance_performance;
mod index_trend;
mod kind;
mod labels;
mod layout;
mod linkage;
mod loyalty_matrix;
mod nps;
mod palette;
mod pareto;
mod picture;
mod quarters;
mod raster;
mod retention_curve;
mod segments;
mod stretch;
mod structural_model;
mod subject;
mod theme;
mod transitions;
mod trend;
mod value_classes;
mod value_pyramid;

pub use chart::Chart;
pub use cohorts::{Cohort, Cohorts};
pub use complaint_iceberg::ComplaintIceberg;
pub use driver::Driver;
pub use drivers::Drivers;
pub use error::Error;
pub use fallback::{further_faces, look_for_fonts_in, settable, undrawable};
pub use font::{embedded, missing_glyphs};
pub use importance_performance::ImportancePerformance;
pub use index_trend::{IndexTrend, TrendPoint};
pub use kind::Kind;
pub use linkage::{Linkage, LinkageLine, LinkedUnit};
pub use loyalty_matrix::{LoyaltyMatrix, TypeCell};
pub use nps::{Nps, NpsBar};
pub use pareto::Pareto;
pub use picture::{HEIGHT, WIDTH};
pub use raster::png;
pub use retention_curve::{RetentionCurve, RetentionPoint, RetentionZones};
pub use segments::{Panel, Segments};
pub use structural_model::{Construct, Path, StructuralModel};
pub use subject::Subject;
pub use theme::Theme;
pub use transitions::{Move, Transitions};
pub use value_classes::{ClassCell, ValueClasses};
pub use value_pyramid::ValuePyramid;
