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
        let mut groups: Vec<Group> = Vec::new();
        let mut members = vec![0; buyers.len()];
        for_each_sorted(buyers, |row, buyer| {
            let same = |group: &Group| {
                group.age == buyer.age && group.repeats == buyer.repeats && group.last == buyer.last
            };
            if !groups.last().is_some_and(same) {
                let &Buyer { repeats, last, age, .. } = buyer;
                groups.push(Group { repeats, last, age, weight: 0.0 });
            }
            let number = groups.len() as u32 - 1;
            groups.last_mut().into_iter().for_each(|group| group.weight += weight(row));
            members.get_mut(row).into_iter().for_each(|member| *member = number);
        });
        Self::of(groups, members)
    }

    /// A part of many groups from which a fit can start near its end; `None` of few.
    pub(crate) fn sample(&self) -> Option<Self> {
        const FEW: usize = 8_000;
        let every = self.groups.len() / FEW;
        let part = || self.groups.iter().step_by(every).copied().collect();
        (every > 1).then(|| Self::of(part(), Vec::new()).ok()).flatten()
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

/// Hands out the buyers by age, repeats, last purchase and place.
///
/// Ages and times of days repeat: numbered, they fit in one word with the repeats and the place, and a sort of words
/// is several times as fast as one of buyers.
fn for_each_sorted(buyers: &[Buyer], mut each: impl FnMut(usize, &Buyer)) {
    let (ages, lasts) = (Numbered::new(buyers, |buyer| buyer.age), Numbered::new(buyers, |buyer| buyer.last));
    let most = buyers.iter().map(|buyer| buyer.repeats).max().unwrap_or_default() as usize;
    let [rows, lasts_bits, repeats_bits] = [buyers.len(), lasts.values.len(), most + 1].map(bits);
    if rows + lasts_bits + repeats_bits + bits(ages.values.len()) > 64 {
        let mut order: Vec<(usize, &Buyer)> = buyers.iter().enumerate().collect();
        order.sort_by(|(_, one), (_, other)| {
            one.age
                .total_cmp(&other.age)
                .then(one.repeats.cmp(&other.repeats))
                .then(one.last.total_cmp(&other.last))
        });
        order.into_iter().for_each(|(row, buyer)| each(row, buyer));
        return;
    }
    let key = |(row, buyer): (usize, &Buyer)| {
        let key = (ages.number(buyer.age) << repeats_bits) | u64::from(buyer.repeats);
        (((key << lasts_bits) | lasts.number(buyer.last)) << rows) | row as u64
    };
    let mut keys: Vec<u64> = buyers.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    let row = |key: u64| (key & ((1 << rows) - 1)) as usize;
    keys.into_iter().for_each(|key| {
        let row = row(key);
        buyers.get(row).into_iter().for_each(|buyer| each(row, buyer));
    });
}

/// Bits that hold the numbers below `count`.
fn bits(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

/// The different values of a figure, ascending.
struct Numbered {
    values: Vec<f64>,
}

impl Numbered {
    fn new(buyers: &[Buyer], figure: impl Fn(&Buyer) -> f64) -> Self {
        let mut values: Vec<f64> = Vec::new();
        // what repeats is taken out while the list is short
        let mut room = 1 << 12;
        for buyer in buyers {
            values.push(figure(buyer));
            if values.len() >= room {
                tidy(&mut values);
                room = (values.len() * 2).max(1 << 12);
            }
        }
        tidy(&mut values);
        Self { values }
    }

    fn number(&self, value: f64) -> u64 {
        self.values.partition_point(|other| *other < value) as u64
    }
}

fn tidy(values: &mut Vec<f64>) {
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
}
