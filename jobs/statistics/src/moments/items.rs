//! The items of a questionnaire and a row of answers to them, read once and added to many moments.

use super::{SIZES, stride};
use crate::{MomentsError, Scale};

/// An item: a question with its scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Unique in its list.
    pub name: String,
    /// Answers off it are missing; a reversed one is turned, so that high is good everywhere after.
    pub scale: Scale,
}

/// The items whose moments are gathered together, in the order of the answers in a row.
///
/// Listwise deletion asks for an answer to all of them: gather a model's items and no others.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    items: Vec<Item>,
    /// The scales alone, close together for the reading of rows.
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    low: f64,
    high: f64,
    centre: f64,
    sign: f64,
}

/// A row of answers as deviations from the middle of each scale. Reuse one value for all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Of how many items, by which rows of other items are told.
    pub(crate) items: usize,
    pub(crate) weight: f64,
    /// 0 where missing; of whole lanes, as all rows of moments.
    pub(crate) deviations: Vec<f64>,
    /// 1 where answered, else 0.
    pub(crate) present: Vec<f64>,
    pub(crate) missing: usize,
}

impl Items {
    /// The items in the order of a row.
    ///
    /// # Errors
    /// [`MomentsError::NoItems`], [`MomentsError::ItemTwice`], [`MomentsError::BadScale`].
    pub fn new(items: Vec<Item>) -> Result<Self, MomentsError> {
        if items.is_empty() {
            return Err(MomentsError::NoItems);
        }
        for (place, Item { name, scale }) in items.iter().enumerate() {
            if items[..place].iter().any(|item| item.name == *name) {
                return Err(MomentsError::ItemTwice { item: name.clone() });
            }
            if !(SIZES.contains(&(scale.high - scale.low)) && scale.low.abs() <= *SIZES.end()) {
                return Err(MomentsError::BadScale { item: name.clone() });
            }
        }
        let marks = items.iter().map(|item| Mark::of(item.scale)).collect();
        Ok(Self { items, marks })
    }

    /// Number of items, at least one.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The items in order.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    /// The place of an item.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.items.iter().position(|item| item.name == name)
    }

    /// Reads a row of answers as they were given, in the order of the items, with the row's weight (1 without weights).
    ///
    /// Missing: NaN, an answer off the item's scale (infinite; "not applicable" as 98), and what a short row lacks. A
    /// weight that is not positive and finite (1e-100 to 1e100) leaves the row out of what it is added to.
    pub fn read(&self, row: &[f64], weight: f64, answers: &mut Answers) {
        let p = self.marks.len();
        answers.deviations.resize(stride(p), 0.0);
        answers.present.resize(stride(p), 0.0);
        (answers.items, answers.weight) = (p, weight);
        answers.deviations.iter_mut().skip(row.len().min(p)).for_each(|deviation| *deviation = 0.0);
        answers.present.iter_mut().skip(row.len().min(p)).for_each(|there| *there = 0.0);
        let places = answers.deviations.iter_mut().zip(&mut answers.present);
        let mut present = 0.0;
        for ((deviation, there), (mark, answer)) in places.zip(self.marks.iter().zip(row)) {
            let on_scale = *answer >= mark.low && *answer <= mark.high;
            *deviation = if on_scale { (answer - mark.centre) * mark.sign } else { 0.0 };
            *there = f64::from(u8::from(on_scale));
            present += *there;
        }
        answers.missing = p - present as usize;
    }

    pub(crate) fn name(&self, place: usize) -> String {
        self.items.get(place).map_or_else(String::new, |item| item.name.clone())
    }

    pub(crate) fn scale(&self, place: usize) -> Scale {
        self.items[place].scale
    }

    /// The middle of the scale, about which the moments run.
    pub(crate) fn centre(&self, place: usize) -> f64 {
        self.marks[place].centre
    }
}

impl Mark {
    fn of(Scale { low, high, reversed }: Scale) -> Self {
        Self { low, high, centre: low.midpoint(high), sign: if reversed { -1.0 } else { 1.0 } }
    }
}
