//! Customers by the period of their first purchase, and how many are active at every age.

use crate::{Estimate, Proportion};

/// What counts as active at an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// Active in that very period.
    Bounded,
    /// Active in that period or a later one.
    Unbounded,
}

/// Customers who began in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The period's number.
    pub period: u32,
    /// How many began.
    pub size: u64,
    /// Active customers at ages 0, 1, … of the finished periods.
    pub active: Vec<u64>,
}

/// All cohorts, ascending by period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohorts {
    /// The cohorts with customers.
    pub cohorts: Vec<Cohort>,
}

impl Cohorts {
    /// Counts customers, each given by the numbers of the periods they were active in, in any order and repetition.
    /// `last_finished` is the last period that is over: later ones stay blank, but activity in them counts as
    /// later activity. A cohort has a number for every period up to it: count periods, not days of long ago. Customers without activity, or who began after it, are in no cohort.
    pub fn new<'a>(
        customers: impl IntoIterator<Item = &'a [u32]>,
        last_finished: u32,
        counting: Counting,
    ) -> Self {
        let mut cohorts: Vec<Cohort> = Vec::new();
        let mut periods = Vec::new();
        for customer in customers {
            periods.clear();
            periods.extend_from_slice(customer);
            periods.sort_unstable();
            periods.dedup();
            let (Some(first), Some(last)) = (periods.first().copied(), periods.last().copied()) else {
                continue;
            };
            if first > last_finished {
                continue;
            }
            let cohort = place(&mut cohorts, first, last_finished);
            cohort.size += 1;
            let ages = cohort.active.iter_mut().zip(first..=last_finished);
            match counting {
                Counting::Bounded => ages
                    .filter(|(_, period)| periods.binary_search(period).is_ok())
                    .for_each(|(active, _)| *active += 1),
                Counting::Unbounded => {
                    ages.take_while(|(_, period)| *period <= last).for_each(|(active, _)| *active += 1);
                }
            }
        }
        Self { cohorts }
    }
}

/// The cohort of a period, put in its place if it is new.
fn place(cohorts: &mut Vec<Cohort>, period: u32, last_finished: u32) -> &mut Cohort {
    let place = cohorts.binary_search_by_key(&period, |cohort| cohort.period).unwrap_or_else(|place| {
        let ages = (last_finished - period) as usize + 1;
        cohorts.insert(place, Cohort { period, size: 0, active: vec![0; ages] });
        place
    });
    &mut cohorts[place]
}

impl Cohort {
    /// The share active at an age with Wilson's interval; `None` where the period is not over.
    #[must_use]
    pub fn retained(&self, age: u32) -> Option<Estimate> {
        let active = *self.active.get(age as usize)?;
        Proportion::of_counts(active, self.size).estimate()
    }
}
