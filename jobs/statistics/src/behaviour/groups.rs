//! Buyers, and buyers with the same purchases taken together: what every model of purchasing is fitted on.
//!
//! Groups are sorted by age, repeats and last purchase, so the same buyers in any order give the same bits.

use super::BuyerError;

/// A buyer as the models see one. All times count from the first purchase, in one unit for all buyers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Buyer {
    /// Purchases after the first one; those of one day are one (x).
    pub repeats: u32,
    /// Time of the last purchase, first-to-last: the models' recency; 0 without a repeat (tₓ).
    pub last: f64,
    /// Time observed since the first purchase (T).
    pub age: f64,
    /// Mean money of the repeat purchases, the first one left out; 0 without a repeat (z̄).
    pub mean_repeat_spend: f64,
}

impl Buyer {
    fn is_coherent(&self) -> bool {
        let repeated = self.repeats > 0;
        self.age.is_finite()
            && self.age >= 0.0
            && (self.last > 0.0) == repeated
            && (0.0..=self.age).contains(&self.last)
            && self.mean_repeat_spend.is_finite()
            && self.mean_repeat_spend >= 0.0
    }
}

/// Buyers with the same repeats, last purchase and age.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Purchases after the first one.
    pub repeats: u32,
    /// Time of the last purchase.
    pub last: f64,
    /// Time observed.
    pub age: f64,
    /// Sum of the weights of its buyers: their number without weights.
    pub weight: f64,
}

/// Buyers taken together by equal figures.
#[derive(Clone, Debug, PartialEq)]
pub struct BuyerGroups {
    groups: Vec<Group>,
    members: Vec<u32>,
    repeats: Vec<(u32, f64)>,
    cases: f64,
}

/// What sorts and joins: age, repeats, last (times not negative sort as their bits do), then the buyer's place.
type Key = (u64, u32, u64, u32);

impl BuyerGroups {
    /// Groups buyers; each counts once.
    ///
    /// # Errors
    /// [`BuyerError::Contradiction`] for a buyer whose figures cannot be; [`BuyerError::NoBuyers`] of none.
    pub fn new(buyers: &[Buyer]) -> Result<Self, BuyerError> {
        Self::group(buyers, |_| 1.0)
    }

    /// Groups buyers with case weights: a buyer of weight w counts as w buyers would (frequency weights, and so
    /// do the standard errors). A weight of zero takes no part in a fit, but has a group to be reckoned in.
    ///
    /// # Errors
    /// As [`BuyerGroups::new`]; [`BuyerError::Weights`] for weights that are not finite, negative or not as many.
    pub fn weighted(buyers: &[Buyer], weights: &[f64]) -> Result<Self, BuyerError> {
        if weights.len() != buyers.len() {
            return Err(BuyerError::Weights { row: weights.len().min(buyers.len()) });
        }
        if let Some(row) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
            return Err(BuyerError::Weights { row });
        }
        Self::group(buyers, |row| weights.get(row).copied().unwrap_or_default())
    }

    fn group(buyers: &[Buyer], weight: impl Fn(usize) -> f64) -> Result<Self, BuyerError> {
        if let Some(row) = buyers.iter().position(|buyer| !buyer.is_coherent()) {
            return Err(BuyerError::Contradiction { row });
        }
        let mut keys: Vec<Key> = (0_u32..).zip(buyers).map(|(row, buyer)| key(row, buyer)).collect();
        keys.sort_unstable();
        let mut groups: Vec<Group> = Vec::new();
        let mut members = vec![0; buyers.len()];
        for (age, repeats, last, row) in keys {
            let (age, last, place) = (f64::from_bits(age), f64::from_bits(last), row as usize);
            let same = |group: &Group| group.age == age && group.repeats == repeats && group.last == last;
            if !groups.last().is_some_and(same) {
                groups.push(Group { repeats, last, age, weight: 0.0 });
            }
            let number = groups.len() as u32 - 1;
            groups.iter_mut().last().into_iter().for_each(|group| group.weight += weight(place));
            members.get_mut(place).into_iter().for_each(|member| *member = number);
        }
        Self::of(groups, members)
    }

    fn of(groups: Vec<Group>, members: Vec<u32>) -> Result<Self, BuyerError> {
        let cases: f64 = groups.iter().map(|group| group.weight).sum();
        let observed = groups.iter().any(|group| group.weight > 0.0 && group.age > 0.0);
        if !(observed && cases.is_finite()) {
            return Err(BuyerError::NoBuyers);
        }
        let mut repeats: Vec<(u32, f64)> = groups.iter().map(|group| (group.repeats, group.weight)).collect();
        repeats.sort_by_key(|(repeats, _)| *repeats);
        repeats.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        Ok(Self { groups, members, repeats, cases })
    }

    /// The groups, sorted by age, repeats and last purchase.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// For every buyer, in the order given, the place of its group.
    #[must_use]
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// The sum of the weights.
    #[must_use]
    pub fn cases(&self) -> f64 {
        self.cases
    }

    /// Every number of repeats that occurs, ascending, with the weight of its buyers.
    pub(crate) fn repeats(&self) -> &[(u32, f64)] {
        &self.repeats
    }

    /// Weighted mean of a figure over the groups.
    pub(crate) fn mean(&self, figure: impl Fn(&Group) -> f64) -> f64 {
        self.groups.iter().map(|group| group.weight * figure(group)).sum::<f64>() / self.cases
    }
}

fn key(row: u32, buyer: &Buyer) -> Key {
    // adding zero turns −0 into 0
    ((buyer.age + 0.0).to_bits(), buyer.repeats, (buyer.last + 0.0).to_bits(), row)
}
