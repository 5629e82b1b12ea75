//! The questions of a survey as a close uses them, and one response read by them.

use std::collections::HashMap;

use rapport_entities::{Measure, question};
use rapport_statistics::Scale;
use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, Visitor},
};

/// The construct whose items make the satisfaction index.
const SATISFACTION: &str = "satisfaction";

/// A survey's questions.
#[derive(Debug, Default)]
pub struct Survey {
    questions: Vec<Item>,
    place: HashMap<String, usize>,
    index_items: usize,
}

/// A question.
#[derive(Debug)]
pub struct Item {
    /// The item the rules need by name; of two with the same measure, the first counts.
    pub measure: Option<Measure>,
    /// Its scale.
    pub scale: Scale,
    /// Its weight in the satisfaction index; `None` if it is not in it.
    pub index_weight: Option<f64>,
}

impl Survey {
    /// From the survey's questions, in its order.
    pub fn new(questions: &[question::Model]) -> Self {
        let mut survey = Self::default();
        for question in questions {
            let taken = survey.questions.iter().any(|item| item.measure == question.measure);
            let index_weight =
                (question.construct.as_deref() == Some(SATISFACTION)).then_some(question.weight);
            survey.index_items += usize::from(index_weight.is_some());
            survey.place.insert(question.code.clone(), survey.questions.len());
            survey.questions.push(Item {
                measure: question.measure.filter(|_| !taken),
                scale: Scale {
                    low: f64::from(question.low),
                    high: f64::from(question.high),
                    reversed: question.reversed,
                },
                index_weight,
            });
        }
        survey
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

    /// The satisfaction index of one respondent, on 0–100: the weighted mean of the items; `None` unless all were
    /// answered.
    pub fn index(&self, answers: &[Option<f64>]) -> Option<f64> {
        let (mut count, mut sum, mut weights) = (0, 0.0, 0.0);
        for (item, answer) in self.answered(answers) {
            if let Some(weight) = item.index_weight {
                count += 1;
                sum += weight * item.scale.percent(answer);
                weights += weight;
            }
        }
        (count > 0 && count == self.index_items).then(|| sum / weights)
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
