//! Cards of the playbooks: for every class of every scheme what to do, as a flat table and as nodes with their versions.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rapport_entities::{self as stored, Role, customer_quarter};
use rapport_jobs::playbook::{self, Key};
use rapport_messages::Locale;

use super::{
    batch::{Load, Loaded},
    choice::{self, CardScheme},
    label,
    list::List,
    loader::Loader,
    page::{self, Connection, Window},
    reading::Reading,
    scalar::DateTime,
};
use crate::{Access, Error};

/// The kind of a card's id.
const KIND: &str = "card";

/// What a card tells.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CardText {
    /// What the class means.
    pub meaning: String,
    /// Where the work lies.
    pub focus: String,
    /// How to serve.
    pub service: String,
    /// How to speak.
    pub communication: String,
    /// What is asked of the customer's manager.
    pub skill: String,
    /// What to avoid.
    pub avoid: String,
    /// Whom to bring together.
    pub together: String,
}

/// A version of a card.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct CardVersion {
    /// 0 for the text that is shipped, and one more with every edit.
    pub version: i32,
    /// Whether it tells what is shipped: as it came, or because that was put back.
    pub shipped: bool,
    /// What it tells.
    #[graphql(flatten)]
    pub text: CardText,
    /// When it was written; null for what is shipped.
    pub written_at: Option<DateTime>,
    /// Who wrote it, as the audit trail names them; null for what is shipped, and for all but operators.
    pub written_by: Option<String>,
}

/// The card of a class, in its newest version.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex, serial)]
pub struct CardRow {
    /// Global id.
    pub id: ID,
    /// The scheme that the class is of.
    pub scheme: CardScheme,
    /// The scheme that the class is of, as text.
    pub scheme_code: String,
    /// The class as text, such as `MOST_VALUABLE`; the unclassified have no card.
    pub class_code: String,
    /// Language of what it tells: `en` or `zh`.
    pub locale: String,
    /// The literature that the shipped text is after.
    pub source: String,
    /// What it tells.
    #[graphql(flatten)]
    pub newest: CardVersion,
    #[graphql(skip)]
    key: Key,
}

crate::graphql::label::labels! {
    CardRow {
        /// Name of the scheme.
        scheme_label: String = "scheme" of scheme_code,
    } and {
        /// Name of the class.
        async fn class_label(
            &self,
            #[graphql(desc = "The language of the name; English if not given")] locale: Option<label::Locale>,
        ) -> String {
            label::label(family(self.key.scheme), &self.class_code, locale)
        }
    }
}

/// The card of a class: what to do for its customers.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Card {
    /// What its row says.
    #[graphql(flatten)]
    pub row: CardRow,
}

#[ComplexObject]
impl Card {
    /// Its versions, the newest first; the last is the one that is shipped.
    #[graphql(complexity = "page::cost(first, 10, child_complexity)")]
    async fn versions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
    ) -> Result<Option<Connection<CardVersion>>, Error> {
        let reading = Reading::of(context)?;
        reading.pass();
        let versions = reading.loader.load_one(VersionsOf(self.row.key)).await?.unwrap_or_default();
        let node = |card: playbook::Card| {
            (page::pack(&["card-version", &card.version.to_string()]), version(card, &reading.access))
        };
        Connection::of_all(versions.into_iter().map(node).collect(), first, after.as_deref()).map(Some)
    }
}

impl Card {
    /// Global id.
    pub async fn id(&self, _: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(self.row.id.clone())
    }

    /// As the reader is told it; none of a scheme that the API does not name.
    pub fn of(card: playbook::Card, access: &Access) -> Option<Self> {
        let key = card.key;
        let (scheme, locale) = (key.scheme.as_str(), key.locale.as_str());
        let row = CardRow {
            id: page::pack(&[KIND, scheme, key.class, locale]).into(),
            scheme: CardScheme::of(key.scheme)?,
            scheme_code: choice::code(scheme),
            class_code: choice::code(key.class),
            locale: locale.to_owned(),
            source: key.locale.text(&format!("playbook-{scheme}.source")).into_owned(),
            newest: version(card, access),
            key,
        };
        Some(Self { row })
    }
}

/// The family of names in the catalogue that a scheme's classes have.
fn family(scheme: stored::CardScheme) -> &'static str {
    match scheme {
        stored::CardScheme::LoyaltySubtype => "subtype",
        stored::CardScheme::ValueClass => "class",
        other => other.as_str(),
    }
}

fn version(card: playbook::Card, access: &Access) -> CardVersion {
    let shipped = card.is_shipped();
    let (who, at) = card.written.unzip();
    let text = card.text;
    CardVersion {
        version: card.version,
        shipped,
        text: CardText {
            meaning: text.meaning,
            focus: text.focus,
            service: text.service,
            communication: text.communication,
            skill: text.skill,
            avoid: text.avoid,
            together: text.together,
        },
        written_at: at.map(DateTime),
        written_by: who.filter(|_| access.role == Role::Operator),
    }
}

/// The versions of a card. A key of the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub Key);

impl Load<VersionsOf> for Loader {
    type Value = Vec<playbook::Card>;

    async fn load(&self, keys: &[VersionsOf]) -> Loaded<VersionsOf, Self::Value> {
        let keys: Vec<Key> = keys.iter().map(|key| key.0).collect();
        let all: HashMap<_, _> = playbook::versions(&self.database, &keys).await?;
        Ok(all.into_iter().map(|(key, versions)| (VersionsOf(key), versions)).collect())
    }
}

/// The cards with these keys, in their order.
pub async fn of_keys(reading: &Reading, keys: impl Iterator<Item = Key>) -> Result<List<Card>, Error> {
    let cards = reading.cards().await?;
    Ok(keys.filter_map(|key| Card::of(cards.of(key), &reading.access)).collect())
}

/// The cards of the classes that a result puts a customer in.
pub fn of_customer(row: &customer_quarter::Model, locale: Locale) -> impl Iterator<Item = Key> {
    use stored::CardScheme as Of;
    let classes = [
        (Of::Loyalty, Some(row.loyalty_type.as_str())),
        (Of::LoyaltySubtype, row.loyalty_subtype.map(stored::LoyaltySubtype::as_str)),
        (Of::ValueClass, Some(row.value_class.as_str())),
        (Of::Growth, Some(row.growth.as_str())),
        (Of::Size, Some(row.size.as_str())),
        (Of::Lifecycle, Some(row.lifecycle.as_str())),
        (Of::Stage, Some(row.stage.as_str())),
    ];
    // the unclassified have no card
    classes.into_iter().filter_map(move |(scheme, class)| Key::of(scheme, class?, locale).ok())
}

/// What an id names. Fails if it is no card's.
pub fn key(id: &str) -> Result<Key, Error> {
    let wrong = || Error::BadInput("id: this is no card's".to_owned());
    let parts = page::unpack(id).unwrap_or_default();
    let [kind, scheme, class, locale] = &parts[..] else { return Err(wrong()) };
    if kind != KIND {
        return Err(wrong());
    }
    let (scheme, locale) = (scheme.parse().map_err(|_| wrong())?, locale.parse().map_err(|_| wrong())?);
    Key::of(scheme, class, locale).map_err(|_| wrong())
}

/// The card with this key.
pub async fn by_key(reading: &Reading, key: Key) -> Result<Option<Card>, Error> {
    Ok(of_keys(reading, std::iter::once(key)).await?.0.pop())
}

/// The language of the words that a reader asks for; English if none is said.
pub fn language(locale: Option<label::Locale>) -> Locale {
    locale.map_or(Locale::En, Into::into)
}

/// Cards.
#[derive(Default)]
pub struct CardQuery;

#[Object]
impl CardQuery {
    /// The card of every class in its newest version as a flat table, ordered by scheme, class and language.
    #[graphql(complexity = "page::cost(limit, 64, child_complexity)")]
    async fn card_rows(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A scheme's code, such as LOYALTY or PROSPECT; all if not given")] scheme: Option<
            String,
        >,
        #[graphql(desc = "A class's code, such as HOSTAGE; all if not given")] class: Option<String>,
        #[graphql(desc = "Language: en or zh; both if not given")] locale: Option<String>,
        #[graphql(desc = "Rows to pass over; 0 if not given")] offset: Option<i32>,
        #[graphql(desc = "Rows at most, up to 10,000; 1,000 if not given")] limit: Option<i32>,
    ) -> Result<List<CardRow>, Error> {
        let window = Window::new(offset, limit)?;
        let scheme = choice::word::<stored::CardScheme>("scheme", scheme.as_deref())?;
        let parse = |text: &str| text.parse::<Locale>();
        let locale = locale.as_deref().map(parse).transpose();
        let locale = locale.map_err(|error| Error::BadInput(error.to_string()))?;
        let mut keys: Vec<Key> = Locale::ALL.into_iter().flat_map(Key::all).collect();
        keys.retain(|key| {
            scheme.is_none_or(|scheme| key.scheme == scheme)
                && class.as_deref().is_none_or(|class| key.class.eq_ignore_ascii_case(class))
                && locale.is_none_or(|locale| key.locale == locale)
        });
        // in the order of reports, both languages of a card together
        let place =
            |key: &Key| (key.scheme, key.scheme.classes().iter().position(|class| *class == key.class));
        keys.sort_by_cached_key(place);
        let cards = of_keys(Reading::of(context)?, window.of(keys)).await?;
        Ok(cards.0.into_iter().map(|card| card.row).collect())
    }

    /// The cards of a scheme or of all, in the order of reports.
    #[graphql(complexity = "page::cost(first, 32, child_complexity)")]
    async fn cards(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Nodes at most, up to 10,000; 100 if not given")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins")] after: Option<String>,
        #[graphql(desc = "A scheme; all if not given")] scheme: Option<CardScheme>,
        #[graphql(desc = "The language of what they tell; English if not given")] locale: Option<
            label::Locale,
        >,
    ) -> Result<Option<Connection<Card>>, Error> {
        let scheme = scheme.map(CardScheme::stored);
        let keys = Key::all(language(locale)).filter(|key| scheme.is_none_or(|scheme| key.scheme == scheme));
        let List(cards) = of_keys(Reading::of(context)?, keys).await?;
        let nodes = cards.into_iter().map(|card| (card.row.id.to_string(), card)).collect();
        Connection::of_all(nodes, first, after.as_deref()).map(Some)
    }

    /// The card of a class; null if the scheme has no such class.
    async fn card(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The scheme")] scheme: CardScheme,
        #[graphql(desc = "The class's code, such as HOSTAGE")] class: String,
        #[graphql(desc = "The language of what it tells; English if not given")] locale: Option<
            label::Locale,
        >,
    ) -> Result<Option<Card>, Error> {
        let reading = Reading::of(context)?;
        match Key::of(scheme.stored(), &class, language(locale)) {
            Ok(key) => by_key(reading, key).await,
            Err(_) => Ok(None),
        }
    }
}
