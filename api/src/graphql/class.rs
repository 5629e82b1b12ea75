//! Classes: how the customers of a segment divide in a quarter, by every scheme in one table.

use async_graphql::{ComplexObject, ID, SimpleObject};
use rapport_entities::composition;

use super::{
    choice::{self, Scheme},
    composition::Part,
    label::{Locale, Word},
    place_rows::{Row, place_rows},
    reading::Publication,
    slice::Slice,
};

/// A class of a scheme of a segment in a quarter; the unclassified have a row too.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct ClassRow {
    /// Global id.
    pub id: ID,
    /// By what the customers are divided.
    pub scheme: Scheme,
    /// By what the customers are divided, as text.
    pub scheme_code: String,
    /// The class as text, such as `MOST_VALUABLE`; `UNCLASSIFIED` where too little is known.
    pub class_code: String,
    /// Whose, and how many.
    #[graphql(flatten)]
    pub part: Part,
}

#[ComplexObject]
impl ClassRow {
    /// Name of the scheme.
    async fn scheme_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        self.scheme_code.label("scheme", locale)
    }

    /// Name of the class.
    async fn class_label(
        &self,
        #[graphql(desc = "The language of the name; English if not given")] locale: Option<Locale>,
    ) -> String {
        let family = match self.scheme {
            Scheme::Loyalty => "loyalty",
            Scheme::LoyaltySubtype => "subtype",
            Scheme::ValueClass => "class",
            Scheme::Growth => "growth",
            Scheme::Size => "size",
            Scheme::Lifecycle => "lifecycle",
            Scheme::Stage => "stage",
            Scheme::Complaint => "complaint",
        };
        self.class_code.label(family, locale)
    }
}

impl Row for ClassRow {
    type Table = composition::Entity;

    fn of(row: composition::Model, slice: Slice, publication: &Publication) -> Option<Self> {
        let scheme = row.scheme.as_str();
        Some(Self {
            id: slice.id("class", &[scheme, &row.class]),
            scheme: Scheme::of(row.scheme)?,
            scheme_code: choice::code(scheme),
            class_code: choice::code(&row.class),
            part: Part::of(&row, slice, publication),
        })
    }
}

place_rows! {
    /// The classes of every scheme as a flat table, ordered by quarter, dimension, segment, scheme and class.
    ClassQuery.class_rows -> ClassRow,
    by #[graphql(desc = "A scheme's code, such as GROWTH or LIFECYCLE; all if not given")]
    scheme: rapport_entities::Scheme
}
