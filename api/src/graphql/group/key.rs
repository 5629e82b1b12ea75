//! By what is grouped: segments of dimensions, classes of customers, periods, and what facts say themselves.

use async_graphql::{
    Enum, ID, InputType, Name, SimpleObject, Value,
    resolver_utils::{self, EnumType},
};
use rapport_entities::customer_quarter::Column;

use super::super::{
    choice::{self, CaseState, Growth, Lifecycle, LoyaltyType, Risk, Severity, Size, Stage, ValueClass},
    page,
    reading::Names,
};
use super::sum::Sum;
use crate::Error;

/// By what customers, purchases and complaints are grouped, besides dimensions. Classes of who bought or complained are
/// those of the quarter it happened in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum GroupBy {
    /// By loyalty type.
    Type,
    /// By value class.
    Class,
    /// By what customers are worth and could be worth.
    Growth,
    /// By size.
    Size,
    /// By phase of the relationship.
    Lifecycle,
    /// By stage on the way to loyalty.
    Stage,
    /// By quarter; groups of customers always are.
    Quarter,
    /// By calendar month; not of customers.
    Month,
    /// By product; not of customers.
    Product,
    /// By channel; of complaints.
    Channel,
    /// By severity; of complaints.
    Severity,
    /// By risk; of complaints.
    Risk,
    /// By the unit that it is about or that handles it; of complaints.
    Unit,
    /// By where it stands now; of complaints.
    State,
}

impl GroupBy {
    /// The column of a result that has the class.
    pub fn class(self) -> Option<Column> {
        Some(match self {
            Self::Type => Column::LoyaltyType,
            Self::Class => Column::ValueClass,
            Self::Growth => Column::Growth,
            Self::Size => Column::Size,
            Self::Lifecycle => Column::Lifecycle,
            Self::Stage => Column::Stage,
            _ => return None,
        })
    }
}

/// A part of what is grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The customer's segment in the dimension with this code.
    Segment(String),
    /// Anything else.
    Word(GroupBy),
}

/// Dimensions at most.
const DIMENSIONS: usize = 2;

/// What arguments name, each once. Fails if there are too many dimensions.
pub fn keys(by: Option<Vec<GroupBy>>, dimensions: Option<Vec<String>>) -> Result<Vec<Key>, Error> {
    let dimensions = dimensions.unwrap_or_default().into_iter().map(Key::Segment);
    distinct(dimensions.chain(by.unwrap_or_default().into_iter().map(Key::Word)))
}

/// The same, as text: `segment:region,type`. Fails with the words there are.
pub fn parse(text: Option<&str>) -> Result<Vec<Key>, Error> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    let key = |word: &str| match word.split_once(':') {
        Some((kind, dimension)) if kind.eq_ignore_ascii_case("segment") => {
            Ok(Key::Segment(dimension.to_owned()))
        }
        _ => words_of::<GroupBy>("by", word).map(Key::Word),
    };
    distinct(words.map(key).collect::<Result<Vec<_>, _>>()?.into_iter())
}

/// A word of an enumeration of the schema, in upper or lower case. Fails with the words there are.
pub fn words_of<T: EnumType + InputType>(argument: &str, word: &str) -> Result<T, Error> {
    let name = Value::Enum(Name::new(choice::code(word)));
    resolver_utils::parse_enum(name).map_err(|_| {
        let known: Vec<&str> = T::items().iter().map(|item| item.name).collect();
        Error::BadInput(format!("{argument}: `{word}` is none of: {}", known.join(", ")))
    })
}

fn distinct(keys: impl Iterator<Item = Key>) -> Result<Vec<Key>, Error> {
    let mut all: Vec<Key> = Vec::new();
    for key in keys {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    match all.iter().filter(|key| matches!(key, Key::Segment(_))).count() {
        count if count > DIMENSIONS => {
            Err(Error::BadInput(format!("groups are by {DIMENSIONS} dimensions at most; name fewer")))
        }
        _ => Ok(all),
    }
}

/// What the customers of a group have in common; null where the group is not by that. Of those who are in no segment of a
/// dimension the segment is null.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(complex, serial)]
pub struct CustomerKeys {
    /// Code of the dimension.
    pub dimension: Option<String>,
    /// Code of the segment.
    pub segment: Option<String>,
    /// Name of the segment.
    pub segment_name: Option<String>,
    /// Code of the second dimension.
    pub second_dimension: Option<String>,
    /// Code of the segment in the second dimension.
    pub second_segment: Option<String>,
    /// Name of the segment in the second dimension.
    pub second_segment_name: Option<String>,
    /// Loyalty type; null also for the unclassified.
    #[graphql(name = "type")]
    pub kind: Option<LoyaltyType>,
    /// Loyalty type as text; also `UNCLASSIFIED`.
    pub type_code: Option<String>,
    /// Value class; null also for the unclassified.
    pub class: Option<ValueClass>,
    /// Value class as text; also `UNCLASSIFIED`.
    pub class_code: Option<String>,
    /// What they are worth and could be worth; null also for the unclassified.
    pub growth: Option<Growth>,
    /// What they are worth and could be worth, as text; also `UNCLASSIFIED`.
    pub growth_code: Option<String>,
    /// Size by turnover; null also for those who never bought.
    pub size: Option<Size>,
    /// Size as text; `UNCLASSIFIED` for those who never bought.
    pub size_code: Option<String>,
    /// Phase of the relationship; null also for those who never bought.
    pub lifecycle: Option<Lifecycle>,
    /// Phase as text; `UNCLASSIFIED` for those who never bought.
    pub lifecycle_code: Option<String>,
    /// Stage on the way to loyalty; null also for the unclassified.
    pub stage: Option<Stage>,
    /// Stage as text; also `UNCLASSIFIED`.
    pub stage_code: Option<String>,
}

crate::graphql::label::labels! {
    CustomerKeys {
        /// Name of the loyalty type.
        type_label: Option<String> = "loyalty" of type_code,
        /// Name of the value class.
        class_label: Option<String> = "class" of class_code,
        /// Name of the worth.
        growth_label: Option<String> = "growth" of growth_code,
        /// Name of the size.
        size_label: Option<String> = "size" of size_code,
        /// Name of the phase.
        lifecycle_label: Option<String> = "lifecycle" of lifecycle_code,
        /// Name of the stage.
        stage_label: Option<String> = "stage" of stage_code,
    }
}

/// What the facts of a group have in common; null where the group is not by that, and where the source does not say.
#[derive(Clone, Debug, Default)]
pub struct FactKeys {
    /// What was bought, or complained about.
    pub product: Option<String>,
    /// How complaints came.
    pub channel: Option<String>,
    /// How grave complaints are.
    pub severity: Option<Severity>,
    /// Which risk complaints are about.
    pub risk: Option<Risk>,
    /// The unit that complaints are about or that handles them.
    pub unit: Option<String>,
    /// Where complaints stand now.
    pub state: Option<CaseState>,
}

/// The word of a class as the enumeration of the schema, and as text.
macro_rules! class {
    ($into:ident.$class:ident, $code:ident = $choice:ident($word:ident)) => {{
        $into.$class = $word.as_deref().and_then(|word| word.parse().ok()).and_then($choice::of);
        $into.$code = Some(choice::code($word.as_deref().unwrap_or("unclassified")));
    }};
}

/// The columns of a group's keys.
pub fn columns(keys: &[Key], values: &[Option<String>], names: &Names) -> (CustomerKeys, FactKeys) {
    let (mut of, mut fact) = (CustomerKeys::default(), FactKeys::default());
    for (key, value) in keys.iter().zip(values) {
        match key {
            Key::Segment(dimension) => segment(&mut of, dimension, value.clone(), names),
            Key::Word(GroupBy::Type) => class!(of.kind, type_code = LoyaltyType(value)),
            Key::Word(GroupBy::Class) => class!(of.class, class_code = ValueClass(value)),
            Key::Word(GroupBy::Growth) => class!(of.growth, growth_code = Growth(value)),
            Key::Word(GroupBy::Size) => class!(of.size, size_code = Size(value)),
            Key::Word(GroupBy::Lifecycle) => class!(of.lifecycle, lifecycle_code = Lifecycle(value)),
            Key::Word(GroupBy::Stage) => class!(of.stage, stage_code = Stage(value)),
            Key::Word(GroupBy::Product) => fact.product = value.clone(),
            Key::Word(GroupBy::Channel) => fact.channel = value.clone(),
            Key::Word(GroupBy::Severity) => {
                fact.severity = value.as_deref().and_then(|word| word.parse().ok()).and_then(Severity::of);
            }
            Key::Word(GroupBy::Risk) => {
                fact.risk = value.as_deref().and_then(|word| word.parse().ok()).and_then(Risk::of);
            }
            Key::Word(GroupBy::Unit) => fact.unit = value.clone(),
            Key::Word(GroupBy::State) => {
                fact.state = value.as_deref().and_then(|word| word.parse().ok()).and_then(CaseState::of);
            }
            Key::Word(GroupBy::Quarter | GroupBy::Month) => {}
        }
    }
    (of, fact)
}

fn segment(of: &mut CustomerKeys, dimension: &str, code: Option<String>, names: &Names) {
    let name = code.as_deref().map(|code| names.of(dimension, code));
    if of.dimension.is_none() {
        (of.dimension, of.segment, of.segment_name) = (Some(dimension.to_owned()), code, name);
    } else {
        (of.second_dimension, of.second_segment, of.second_segment_name) =
            (Some(dimension.to_owned()), code, name);
    }
}

/// That rows of a table are not grouped by this.
pub fn refused(word: GroupBy, what: &str) -> Error {
    Error::BadInput(format!("by: {what} are not grouped by {}", resolver_utils::enum_value(word)))
}

/// The global id of a group's row: where it belongs, by what it is grouped, and its keys.
pub fn id(place: &[&str], keys: &[Key], sum: &Sum) -> ID {
    let mut parts: Vec<String> = place.iter().map(|part| (*part).to_owned()).collect();
    for (key, value) in keys.iter().zip(&sum.keys) {
        parts.push(match key {
            Key::Segment(dimension) => format!("segment:{dimension}"),
            Key::Word(word) => resolver_utils::enum_value(*word).to_string(),
        });
        // none is told from empty
        parts.push(value.as_ref().map(|value| format!("={value}")).unwrap_or_default());
    }
    parts.extend([sum.period.to_string(), sum.currency.clone().unwrap_or_default()]);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    page::pack(&parts).into()
}
