//! What models of answers are estimated from: mergeable sums of every segment, gathered in the one pass over the
//! responses, and the rows themselves only while they are few.

use rapport_statistics::{Answers, Item, Items, Moments, MomentsError, Rows};

use super::{segments::SegmentIndex, survey::Survey};

/// The sums of a survey's items.
pub struct Gathering {
    survey: String,
    /// Of each item among the survey's questions.
    places: Vec<usize>,
    /// The items.
    pub items: Items,
    row: Vec<f64>,
    answers: Answers,
    parts: Vec<Part>,
}

/// The sums of a segment.
struct Part {
    groups: Vec<Moments>,
    rows: Option<Rows>,
}

impl Gathering {
    /// Of the survey's questions at these places, for so many segments; in so many groups, with the rows up to
    /// `keep`, if intervals are made by leaving out and drawing.
    pub fn new(
        code: &str,
        survey: &Survey,
        places: Vec<usize>,
        segments: usize,
        groups: u32,
        keep: Option<usize>,
    ) -> Result<Self, MomentsError> {
        let item = |place: &usize| {
            let item = &survey.items()[*place];
            Item { name: item.code.clone(), scale: item.scale }
        };
        let items = Items::new(places.iter().map(item).collect())?;
        let part = || Part {
            groups: (0..groups.max(1)).map(|_| Moments::new(&items)).collect(),
            rows: keep.map(|limit| Rows::new(&items, limit)),
        };
        let parts = (0..segments).map(|_| part()).collect();
        Ok(Self {
            survey: code.to_owned(),
            places,
            items,
            row: Vec::new(),
            answers: Answers::default(),
            parts,
        })
    }

    /// Adds a response. A customer's responses all fall into one group, by its key, which is as good as drawn.
    pub fn add(
        &mut self,
        members: &[SegmentIndex],
        survey: &str,
        answers: &[Option<f64>],
        weight: f64,
        customer: i64,
    ) {
        if survey != self.survey {
            return;
        }
        self.row.clear();
        self.row.extend(self.places.iter().map(|place| answers[*place].unwrap_or(f64::NAN)));
        self.items.read(&self.row, weight, &mut self.answers);
        for member in members {
            let part = &mut self.parts[*member];
            let group = customer.unsigned_abs() as usize % part.groups.len();
            part.groups[group].add(&self.answers);
            if let Some(rows) = &mut part.rows {
                rows.add(&self.answers);
            }
        }
    }

    /// The sums of a segment.
    pub fn moments(&self, segment: SegmentIndex) -> Result<Moments, MomentsError> {
        let mut all = Moments::new(&self.items);
        self.parts[segment].groups.iter().try_for_each(|group| all.merge(group))?;
        Ok(all)
    }

    /// The sums of a segment's groups.
    pub fn groups(&self, segment: SegmentIndex) -> &[Moments] {
        &self.parts[segment].groups
    }

    /// The rows of a segment, if there are not too many.
    pub fn rows(&self, segment: SegmentIndex) -> Option<&Rows> {
        self.parts[segment].rows.as_ref().filter(|rows| !rows.is_dropped())
    }
}
