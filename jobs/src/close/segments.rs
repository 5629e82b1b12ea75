//! The segments of a close: all customers first, then every segment of every dimension; customers refer to the
//! combination of segments they are in.

use std::collections::HashMap;

use rapport_entities::ALL;

/// A segment by its place in [`Segments::keys`]; 0 is all customers.
pub type SegmentIndex = usize;

/// Which segments a customer is in, by its place in [`Segments`]; the default is none but all customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Combination(u32);

/// Every segment that a customer is in.
#[derive(Debug)]
pub struct Segments {
    /// Dimension and segment.
    pub keys: Vec<(String, String)>,
    index: HashMap<(String, String), SegmentIndex>,
    combinations: Vec<Vec<SegmentIndex>>,
    by_members: HashMap<Vec<SegmentIndex>, Combination>,
}

impl Segments {
    /// All customers, and these segments.
    pub fn new(segments: impl IntoIterator<Item = (String, String)>) -> Self {
        let all = (ALL.to_owned(), ALL.to_owned());
        let keys: Vec<_> = std::iter::once(all).chain(segments).collect();
        let index = keys.iter().cloned().zip(0..).collect();
        let by_members = HashMap::from([(vec![0], Combination::default())]);
        Self { keys, index, combinations: vec![vec![0]], by_members }
    }

    /// How many, all customers included.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The place of a segment.
    pub fn position(&self, dimension: &str, segment: &str) -> Option<SegmentIndex> {
        self.index.get(&(dimension.to_owned(), segment.to_owned())).copied()
    }

    /// The combination with one more segment.
    pub fn with(&mut self, combination: Combination, segment: SegmentIndex) -> Combination {
        let mut members = self.members(combination).to_vec();
        members.push(segment);
        if let Some(known) = self.by_members.get(&members) {
            return *known;
        }
        // there are far fewer combinations than customers
        let new = Combination(self.combinations.len() as u32);
        self.combinations.push(members.clone());
        self.by_members.insert(members, new);
        new
    }

    /// The segments of a combination, all customers among them.
    pub fn members(&self, combination: Combination) -> &[SegmentIndex] {
        self.combinations.get(combination.0 as usize).map_or(&[0], Vec::as_slice)
    }
}
