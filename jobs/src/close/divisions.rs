//! How the customers of every segment divide into classes, and how they move.

use std::collections::HashMap;

use rapport_entities::{
    ComplaintStage, Growth, Lifecycle, LoyaltySubtype, LoyaltyType, Scheme, Size, Stage, ValueClass,
    composition, customer_quarter, transition,
};

use super::{buying::Purchases, handling::Recording, segments::Segments};

/// A customer that the quarter before did not know.
pub const NEW: &str = "new";

/// Customers counted, with their money in minor units.
#[derive(Clone, Copy, Debug)]
struct Count {
    customers: i64,
    revenue: i64,
    profit: Option<i64>,
}

impl Default for Count {
    fn default() -> Self {
        Self { customers: 0, revenue: 0, profit: Some(0) }
    }
}

impl Count {
    fn add(&mut self, purchases: &Purchases) {
        self.customers += 1;
        self.revenue += purchases.quarter.revenue;
        self.profit = self.profit.zip(purchases.quarter.profit).map(|(sum, profit)| sum + profit);
    }
}

/// How the customers of every segment divide into types and classes, and where they come from.
pub struct Divisions {
    segments: Vec<Division>,
}

#[derive(Clone, Default)]
struct Division {
    n: i64,
    classes: HashMap<(Scheme, &'static str), Count>,
    moves: HashMap<(&'static str, LoyaltyType), Count>,
}

impl Divisions {
    /// For so many segments.
    pub fn new(segments: usize) -> Self {
        Self { segments: vec![Division::default(); segments] }
    }

    /// Adds a customer's row with how far a complaint came; `before` is the type of the quarter before, if that was
    /// published.
    pub fn add(
        &mut self,
        members: &[usize],
        (row, stages): (&customer_quarter::Model, &[ComplaintStage]),
        purchases: &Purchases,
        before: Option<&'static str>,
    ) {
        for member in members {
            let division = &mut self.segments[*member];
            division.n += 1;
            let classes = [
                Some((Scheme::Loyalty, row.loyalty_type.as_str())),
                row.loyalty_subtype.map(|subtype| (Scheme::LoyaltySubtype, subtype.as_str())),
                Some((Scheme::ValueClass, row.value_class.as_str())),
                Some((Scheme::Growth, row.growth.as_str())),
                Some((Scheme::Size, row.size.as_str())),
                Some((Scheme::Lifecycle, row.lifecycle.as_str())),
                Some((Scheme::Stage, row.stage.as_str())),
            ];
            let complaint = stages.iter().map(|stage| (Scheme::Complaint, stage.as_str()));
            for class in classes.into_iter().flatten().chain(complaint) {
                division.classes.entry(class).or_default().add(purchases);
            }
            if let Some(before) = before {
                division.moves.entry((before, row.loyalty_type)).or_default().add(purchases);
            }
        }
    }

    /// All customers counted.
    pub fn customers(&self) -> i64 {
        self.segments.first().map_or(0, |all| all.n)
    }

    /// The rows of the compositions: every class of every scheme, those without a customer too.
    pub fn compositions(
        &self,
        set_id: &str,
        segments: &Segments,
        recording: Recording,
        floor: u64,
    ) -> Vec<composition::Model> {
        let schemes: [(Scheme, Vec<&'static str>); 7] = [
            (Scheme::Loyalty, LoyaltyType::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::LoyaltySubtype, LoyaltySubtype::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::ValueClass, ValueClass::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::Growth, Growth::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::Size, Size::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::Lifecycle, Lifecycle::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::Stage, Stage::ALL.iter().map(|one| one.as_str()).collect()),
        ];
        let mut rows = Vec::new();
        for (division, key) in self.segments.iter().zip(&segments.keys) {
            for (scheme, words) in &schemes {
                let classified = division.classified(*scheme);
                rows.extend(
                    words.iter().map(|word| division.row(set_id, key, *scheme, word, classified, floor)),
                );
            }
            let dissatisfied = division.classified(Scheme::Complaint);
            rows.extend(ComplaintStage::ALL.iter().map(|stage| {
                let row = division.row(set_id, key, Scheme::Complaint, stage.as_str(), dissatisfied, floor);
                match recording.tells(*stage) {
                    true => row,
                    // not recorded is not none
                    false => composition::Model {
                        customers: None,
                        share: None,
                        revenue: None,
                        profit: None,
                        ..row
                    },
                }
            }));
        }
        rows
    }

    /// The rows of the transitions that happened.
    pub fn transitions(&self, set_id: &str, segments: &Segments, floor: u64) -> Vec<transition::Model> {
        let mut rows = Vec::new();
        for (division, (dimension, segment)) in self.segments.iter().zip(&segments.keys) {
            // a small segment's moves would name its customers
            if division.suppressed(floor) {
                continue;
            }
            let mut moves: Vec<_> = division.moves.iter().collect();
            moves.sort_by_key(|(key, _)| **key);
            rows.extend(moves.into_iter().map(|((from, to), count)| transition::Model {
                set_id: set_id.to_owned(),
                dimension: dimension.clone(),
                segment: segment.clone(),
                from_type: (*from).to_owned(),
                to_type: *to,
                customers: count.customers,
                revenue: count.revenue,
                n: division.n,
            }));
        }
        rows
    }
}

const UNCLASSIFIED: &str = LoyaltyType::Unclassified.as_str();

impl Division {
    fn suppressed(&self, floor: u64) -> bool {
        self.n.unsigned_abs() < floor.max(1)
    }

    /// The base of the shares: the classified. Subtypes are parts of the classified types.
    fn classified(&self, scheme: Scheme) -> i64 {
        let of = match scheme {
            Scheme::LoyaltySubtype => Scheme::Loyalty,
            other => other,
        };
        let counted = |((scheme, word), count): (&(Scheme, &str), &Count)| {
            let counts = match of {
                // each stage is a part of the first
                Scheme::Complaint => *word == ComplaintStage::Dissatisfied.as_str(),
                _ => *word != UNCLASSIFIED,
            };
            if *scheme == of && counts { count.customers } else { 0 }
        };
        self.classes.iter().map(counted).sum()
    }

    fn row(
        &self,
        set_id: &str,
        (dimension, segment): &(String, String),
        scheme: Scheme,
        word: &'static str,
        classified: i64,
        floor: u64,
    ) -> composition::Model {
        let count = self.classes.get(&(scheme, word)).copied().unwrap_or_default();
        let shown = !self.suppressed(floor);
        let has_share = shown && word != UNCLASSIFIED && classified > 0;
        composition::Model {
            set_id: set_id.to_owned(),
            scheme,
            dimension: dimension.clone(),
            segment: segment.clone(),
            class: word.to_owned(),
            customers: shown.then_some(count.customers),
            share: has_share.then(|| count.customers as f64 / classified as f64),
            revenue: shown.then_some(count.revenue),
            profit: count.profit.filter(|_| shown),
            n: self.n,
            suppressed: !shown,
        }
    }
}
