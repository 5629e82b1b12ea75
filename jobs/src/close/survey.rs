//! The questions of a survey as a close uses them, and one response read by them.

use std::collections::{BTreeSet, HashMap};

use rapport_entities::{Element, Measure, ValueSide, question};
use rapport_statistics::Scale;
use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, Visitor},
};

/// The construct whose items make the satisfaction index.
const SATISFACTION: &str = "satisfaction";
/// The constructs whose items are set against each other.
const PERCEIVED: &str = "quality";
const EXPECTED: &str = "expectation";

/// A survey's questions.
#[derive(Debug, Default)]
pub struct Survey {
    questions: Vec<Item>,
    place: HashMap<String, usize>,
    /// Of delivered value.
    components: BTreeSet<(ValueSide, String)>,
}

/// Where one respondent stands, each on 0–100; `None` unless all its items were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// The weighted mean of the satisfaction items.
    pub index: Option<f64>,
    /// The mean of the quality items.
    pub perceived: Option<f64>,
    /// The mean of the items on what was expected.
    pub expected: Option<f64>,
    /// Total customer value: the mean of its components.
    pub value: Option<f64>,
    /// Total customer cost: the mean of its components; high is much to bear.
    pub cost: Option<f64>,
    /// Each element of satisfaction, in the order of [`Element::ALL`].
    pub elements: [Option<f64>; 3],
}

/// A question.
#[derive(Debug)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// The construct it measures.
    pub construct: Option<String>,
    /// The element of satisfaction it belongs to.
    pub element: Option<Element>,
    /// The side of delivered value, and the component of it.
    pub component: Option<(ValueSide, String)>,
    /// The question whose importance it asks for.
    pub importance_of: Option<String>,
    /// The item the rules need by name; of two with the same measure, the first counts.
    pub measure: Option<Measure>,
    /// Its scale.
    pub scale: Scale,
    /// Its weight among the items of its construct.
    pub weight: f64,
}

impl Survey {
    /// From the survey's questions, in its order.
    pub fn new(questions: &[question::Model]) -> Self {
        let mut survey = Self::default();
        for question in questions {
            let taken = survey.questions.iter().any(|item| item.measure == question.measure);
            survey.components.extend(question.value_side.zip(question.value_component.clone()));
            survey.place.insert(question.code.clone(), survey.questions.len());
            survey.questions.push(Item {
                code: question.code.clone(),
                construct: question.construct.clone(),
                element: question.element,
                component: question.value_side.zip(question.value_component.clone()),
                importance_of: question.importance_of.clone(),
                measure: question.measure.filter(|_| !taken),
                scale: Scale {
                    low: f64::from(question.low),
                    high: f64::from(question.high),
                    reversed: question.reversed,
                },
                weight: question.weight,
            });
        }
        survey
    }

    /// Its questions, in order.
    pub fn items(&self) -> &[Item] {
        &self.questions
    }

    /// The places of the questions of a construct.
    pub fn of_construct<'a>(&'a self, construct: &'a str) -> impl Iterator<Item = usize> + 'a {
        let places = self.questions.iter().enumerate();
        places.filter(move |(_, item)| item.construct.as_deref() == Some(construct)).map(|(place, _)| place)
    }

    /// Reads a response's answers, one place a question; `answers` is used again and again.
    pub fn read(&self, json: &str, answers: &mut Vec<Option<f64>>) -> Result<(), serde_json::Error> {
        answers.clear();
        answers.resize(self.questions.len(), None);
        let mut reader = serde_json::Deserializer::from_str(json);
        Answers { place: &self.place, answers }.deserialize(&mut reader)?;
        reader.end()
    }

    /// The questions answered, with their answers.
    pub fn answered<'a>(&'a self, answers: &'a [Option<f64>]) -> impl Iterator<Item = (&'a Item, f64)> {
        self.questions.iter().zip(answers).filter_map(|(item, answer)| Some((item, (*answer)?)))
    }

    /// Where a respondent stands.
    pub fn standing(&self, answers: &[Option<f64>]) -> Standing {
        let of = |which: &dyn Fn(&Item) -> bool| self.mean(answers, which);
        let construct = |name: &str| of(&|item| item.construct.as_deref() == Some(name));
        Standing {
            index: construct(SATISFACTION),
            perceived: construct(PERCEIVED),
            expected: construct(EXPECTED),
            value: self.side(answers, ValueSide::Value),
            cost: self.side(answers, ValueSide::Cost),
            elements: [Element::Concept, Element::Behaviour, Element::Visual]
                .map(|element| of(&|item| item.element == Some(element))),
        }
    }

    /// The weighted mean of the items, on 0–100.
    fn mean(&self, answers: &[Option<f64>], which: &dyn Fn(&Item) -> bool) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (item, answer) in self.questions.iter().zip(answers).filter(|(item, _)| which(item)) {
            sum += item.weight * item.scale.percent((*answer)?);
            weights += item.weight;
        }
        (weights > 0.0).then(|| sum / weights)
    }

    /// The mean of the components of a side of delivered value.
    fn side(&self, answers: &[Option<f64>], side: ValueSide) -> Option<f64> {
        let components = self.components.iter().filter(|(of, _)| *of == side);
        let (mut sum, mut count) = (0.0, 0);
        for component in components {
            sum += self.mean(answers, &|item| item.component.as_ref() == Some(component))?;
            count += 1;
        }
        (count > 0).then(|| sum / f64::from(count))
    }
}

/// Puts the numbers of a JSON object at their questions' places, without building a map.
struct Answers<'a> {
    place: &'a HashMap<String, usize>,
    answers: &'a mut Vec<Option<f64>>,
}

impl<'de> DeserializeSeed<'de> for Answers<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answers<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of question codes and numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(place) = map.next_key_seed(Place(self.place))? {
            let answer: f64 = map.next_value()?;
            if let Some(place) = place {
                self.answers[place] = Some(answer);
            }
        }
        Ok(())
    }
}

/// A question's code as its place; `None` for a question that is no more.
struct Place<'a>(&'a HashMap<String, usize>);

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Place<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a question's code")
    }

    fn visit_str<E: serde::de::Error>(self, code: &str) -> Result<Option<usize>, E> {
        Ok(self.0.get(code).copied())
    }
}
