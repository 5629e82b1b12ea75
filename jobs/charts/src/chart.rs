//! A picture of any kind with its data.

use crate::{
    Cohorts, ComplaintIceberg, Drivers, Error, ImportancePerformance, IndexTrend, Kind, Linkage,
    LoyaltyMatrix, Nps, Pareto, RetentionCurve, Segments, StructuralModel, Theme, Transitions, ValueClasses,
    ValuePyramid,
    picture::{self, Picture},
};
use rapport_messages::Locale;
use serde::{Deserialize, Serialize};

macro_rules! charts {
    ($($kind:ident),+) => {
        /// A picture of any kind with its data.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        #[allow(missing_docs)]
        pub enum Chart {
            $($kind($kind)),+
        }

        impl Chart {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Chart::$kind(_) => <$kind as Picture>::KIND),+
                }
            }

            /// What the picture shows, in words: the finding, the figures, the rule and the source.
            pub fn description(&self, locale: Locale) -> String {
                match self {
                    $(Chart::$kind(chart) => picture::in_words(chart, locale)),+
                }
            }

            /// The picture as an SVG document in the colours of a theme.
            ///
            /// # Errors
            /// [`Error::Drawing`] where the drawing library refuses.
            pub fn svg(&self, locale: Locale, theme: Theme) -> Result<String, Error> {
                match self {
                    $(Chart::$kind(chart) => picture::svg(chart, locale, theme)),+
                }
            }
        }

        $(impl From<$kind> for Chart {
            fn from(chart: $kind) -> Self {
                Chart::$kind(chart)
            }
        })+
    };
}

charts!(
    IndexTrend,
    Segments,
    Nps,
    Drivers,
    ImportancePerformance,
    StructuralModel,
    LoyaltyMatrix,
    Transitions,
    RetentionCurve,
    Cohorts,
    ValueClasses,
    ValuePyramid,
    Pareto,
    ComplaintIceberg,
    Linkage
);
