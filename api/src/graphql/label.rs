//! The names of words in the reader's language, from the one catalogue: a field `…Label` beside every `…Code`.

use async_graphql::Enum;

/// A language of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Locale {
    /// English.
    En,
    /// 简体中文, simplified Chinese.
    ZhCn,
}

impl From<Locale> for rapport_messages::Locale {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::En,
            Locale::ZhCn => Self::Zh,
        }
    }
}

/// The name of a word; in English if no language is given.
pub fn label(family: &str, word: &str, locale: Option<Locale>) -> String {
    let locale = locale.map_or(rapport_messages::Locale::En, Into::into);
    locale.label(family, word).into_owned()
}

/// A word that is stored, or none.
pub trait Word {
    /// Its name; none for none.
    fn label(&self, family: &str, locale: Option<Locale>) -> Self;
}

impl Word for String {
    fn label(&self, family: &str, locale: Option<Locale>) -> Self {
        label(family, self, locale)
    }
}

impl Word for Option<String> {
    fn label(&self, family: &str, locale: Option<Locale>) -> Self {
        self.as_ref().map(|word| word.label(family, locale))
    }
}

/// Gives a row the names of its words: `field: its type = the catalogue's family, of the field with the code`; and what
/// else is reckoned for it alone.
macro_rules! labels {
    (
        $row:ident { $($(#[$doc:meta])* $field:ident: $kind:ty = $family:literal of $code:ident,)+ }
        $(and { $($more:tt)* })?
    ) => {
        // a label is named after its field, such as fromType
        #[allow(clippy::wrong_self_convention)]
        #[async_graphql::ComplexObject]
        impl $row {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    #[graphql(desc = "The language of the name; English if not given")]
                    locale: Option<crate::graphql::label::Locale>,
                ) -> $kind {
                    crate::graphql::label::Word::label(&self.$code, $family, locale)
                }
            )+
            $($($more)*)?
        }
    };
}
pub(super) use labels;
