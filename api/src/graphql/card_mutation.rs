//! What operators do with cards: write another version, and put the shipped text back.

use async_graphql::{Context, ID, InputObject, Object};
use rapport_entities::clock;
use rapport_jobs::playbook::{self, Text};

use super::{
    card::{self, Card},
    guard,
    reading::Reading,
};
use crate::Error;

/// What a card is to tell.
#[derive(Clone, Debug, InputObject)]
pub struct CardInput {
    /// What the class means.
    meaning: String,
    /// Where the work lies.
    focus: String,
    /// How to serve.
    service: String,
    /// How to speak.
    communication: String,
    /// What is asked of the customer's manager.
    skill: String,
    /// What to avoid.
    avoid: String,
    /// Whom to bring together.
    together: String,
}

impl From<CardInput> for Text {
    fn from(card: CardInput) -> Self {
        Self {
            meaning: card.meaning,
            focus: card.focus,
            service: card.service,
            communication: card.communication,
            skill: card.skill,
            avoid: card.avoid,
            together: card.together,
        }
    }
}

/// What operators do with cards.
#[derive(Default)]
pub struct CardMutation;

#[Object]
impl CardMutation {
    /// Writes another version of a card, in its language; the earlier ones stay readable.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn edit_card(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The card's global id")] id: ID,
        #[graphql(desc = "The version that was seen: where it is not the newest any more, nothing is done")]
        version: i32,
        #[graphql(desc = "What the card is to tell: each part in up to 2,000 characters")] card: CardInput,
    ) -> Result<Option<Card>, Error> {
        written(context, &id, version, Some(card.into())).await
    }

    /// Puts the shipped text of a card back, as another version.
    #[graphql(guard = "guard::WORK", complexity = "100 + child_complexity")]
    async fn restore_card(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The card's global id")] id: ID,
        #[graphql(desc = "The version that was seen: where it is not the newest any more, nothing is done")]
        version: i32,
    ) -> Result<Option<Card>, Error> {
        written(context, &id, version, None).await
    }
}

async fn written(
    context: &Context<'_>,
    id: &ID,
    version: i32,
    text: Option<Text>,
) -> Result<Option<Card>, Error> {
    let (reading, key) = (Reading::of(context)?, card::key(id)?);
    playbook::write(&reading.database, key, version, text, reading.access.who(), clock::now()).await?;
    // what the request read before is of the version before
    let cards = playbook::Cards::read(&reading.database).await?;
    Ok(Card::of(cards.of(key), &reading.access))
}
