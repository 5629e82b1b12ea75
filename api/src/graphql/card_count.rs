//! How many customers each card is for: the stored counts of classes, each with the card of its class.

use async_graphql::{ComplexObject, Context, SimpleObject};
use rapport_jobs::playbook::Key;

use super::{
    card::{self, Card},
    class::ClassRow,
    label::Locale,
    list::List,
    reading::Reading,
};
use crate::Error;

/// How many customers a card is for.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct CardCount {
    /// The customers of the class, as they are counted in the quarter.
    pub count: ClassRow,
}

#[ComplexObject]
impl CardCount {
    /// The card of the class.
    async fn card(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language of what it tells; English if not given")] locale: Option<Locale>,
    ) -> Result<Option<Card>, Error> {
        match key(&self.count, card::language(locale)) {
            Some(key) => card::by_key(Reading::of(context)?, key).await,
            None => Ok(None),
        }
    }
}

/// The card that a class has; none for the unclassified, and for schemes without cards.
fn key(class: &ClassRow, locale: rapport_messages::Locale) -> Option<Key> {
    let scheme = class.scheme.stored().as_str().parse().ok()?;
    Key::of(scheme, &class.class_code, locale).ok()
}

/// Of these classes, those that have cards.
pub fn of(List(classes): List<ClassRow>) -> List<CardCount> {
    let has_card = |class: &ClassRow| key(class, rapport_messages::Locale::En).is_some();
    classes.into_iter().filter(has_card).map(|count| CardCount { count }).collect()
}
