//! The figures of a group: sum, mean and share, beside those of the same group a quarter and a year before.

use std::collections::HashMap;

use async_graphql::SimpleObject;

use super::super::money::Money;
use super::sum::Sum;

/// What a measure's sums are in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// Things that are counted.
    Count,
    /// Minor units of money.
    Money,
    /// So many parts of one.
    Parts(f64),
    /// The same, of answers: only their mean says something, and only with enough of them.
    Answers(f64),
}

/// A figure of a group. Without a value where the base is too small.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(serial)]
pub struct Figure {
    /// How many values it rests on.
    pub n: i64,
    /// Their sum; money in major units. Null of answers, which do not add up.
    pub sum: Option<f64>,
    /// Their sum exactly, of money.
    pub sum_decimal: Option<String>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their sum as a part of that of all groups of the period, a fraction of 1.
    pub share: Option<f64>,
    /// Against the same group in the quarter before (of months, in the month before); null where there is none.
    pub before: Option<Change>,
    /// Against the same group a year before; null where there is none.
    pub year_before: Option<Change>,
}

/// The same figure of an earlier period, and how it changed since.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(serial)]
pub struct Change {
    /// How many values it rested on.
    pub n: i64,
    /// Their sum; money in major units.
    pub sum: Option<f64>,
    /// Their sum exactly, of money.
    pub sum_decimal: Option<String>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their sum as a part of that of all groups of that period, a fraction of 1.
    pub share: Option<f64>,
    /// The sum now less the sum then.
    pub sum_difference: Option<f64>,
    /// The sum now ÷ the sum then.
    pub sum_ratio: Option<f64>,
    /// The mean now less the mean then.
    pub mean_difference: Option<f64>,
    /// The mean now ÷ the mean then.
    pub mean_ratio: Option<f64>,
    /// The share now less the share then.
    pub share_difference: Option<f64>,
}

/// From how many on figures are told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Floor {
    /// Customers of a group, of readers who may see none of them.
    pub customers: i64,
    /// Answers.
    pub base: i64,
}

/// A group with its figures.
#[derive(Clone, Debug)]
pub struct Group {
    /// What was added up.
    pub sum: Sum,
    /// True if there are too few customers for any figure.
    pub suppressed: bool,
    /// A figure of every measure.
    pub figures: Vec<Figure>,
}

/// How sums become figures.
pub struct Figures<'a> {
    /// What the sums are in.
    pub units: &'a [Unit],
    /// How money is told, by its currency.
    pub money: &'a (dyn Fn(Option<&str>) -> Money + Sync),
    /// From how many on figures of a period are told.
    pub floor: &'a (dyn Fn(i64) -> Floor + Sync),
    /// How many periods lie between a period and the one before, and the one a year before; none if groups are of no
    /// period.
    pub steps: Option<(i64, i64)>,
}

type Totals = HashMap<(i64, Option<String>, usize), i64>;

impl Figures<'_> {
    /// The groups of the periods that are wanted, ordered by period and keys.
    pub fn groups(&self, sums: Vec<Sum>, wanted: impl Fn(i64) -> bool) -> Vec<Group> {
        let mut totals: Totals = HashMap::new();
        for sum in &sums {
            for (place, (_, one)) in sum.measures.iter().enumerate() {
                *totals.entry((sum.period, sum.currency.clone(), place)).or_default() += one;
            }
        }
        let known: HashMap<_, &Sum> =
            sums.iter().map(|sum| ((sum.period, sum.currency.as_deref(), &sum.keys), sum)).collect();
        let earlier = |sum: &Sum, step: i64| {
            known.get(&(sum.period - step, sum.currency.as_deref(), &sum.keys)).copied()
        };
        let figure = |sum: &Sum, place: usize| {
            let now = self.figure(sum, place, &totals);
            let change = |step| earlier(sum, step).map(|then| now.since(self.figure(then, place, &totals)));
            let (before, year_before) =
                self.steps.map(|(one, year)| (change(one), change(year))).unwrap_or_default();
            Figure { before, year_before, ..now }
        };
        let mut groups: Vec<Group> = sums
            .iter()
            .filter(|sum| wanted(sum.period))
            .map(|sum| Group {
                suppressed: self.suppressed(sum),
                figures: (0..self.units.len()).map(|place| figure(sum, place)).collect(),
                sum: sum.clone(),
            })
            .collect();
        groups.sort_by(|one, other| {
            let key = |group: &Group| (group.sum.period, group.sum.keys.clone(), group.sum.currency.clone());
            key(one).cmp(&key(other))
        });
        groups
    }

    fn suppressed(&self, sum: &Sum) -> bool {
        sum.customers < (self.floor)(sum.period).customers
    }

    fn figure(&self, sum: &Sum, place: usize, totals: &Totals) -> Figure {
        let (n, total) = sum.measures[place];
        let money = (self.money)(sum.currency.as_deref());
        let few = matches!(self.units[place], Unit::Answers(_)) && n < (self.floor)(sum.period).base;
        let none = n == 0 && self.units[place] != Unit::Count;
        if few || none || self.suppressed(sum) {
            return Figure { n, ..Figure::default() };
        }
        let value = match self.units[place] {
            Unit::Count => total as f64,
            Unit::Money => money.float(total),
            Unit::Parts(parts) | Unit::Answers(parts) => total as f64 / parts,
        };
        let adds_up = !matches!(self.units[place], Unit::Answers(_));
        let whole = totals.get(&(sum.period, sum.currency.clone(), place)).copied().unwrap_or_default();
        Figure {
            n,
            sum: adds_up.then_some(value),
            sum_decimal: (self.units[place] == Unit::Money).then(|| money.decimal(total)),
            mean: (n > 0).then(|| value / n as f64),
            share: (adds_up && whole > 0).then(|| total as f64 / whole as f64),
            before: None,
            year_before: None,
        }
    }
}

impl Figure {
    /// The sum; the mean of what does not add up.
    pub fn size(&self) -> Option<f64> {
        self.sum.or(self.mean)
    }

    fn since(&self, then: Self) -> Change {
        let less = |now: Option<f64>, then: Option<f64>| now.zip(then).map(|(now, then)| now - then);
        let ratio = |now: Option<f64>, then: Option<f64>| {
            now.zip(then).filter(|(_, then)| *then != 0.0).map(|(now, then)| now / then)
        };
        Change {
            sum_difference: less(self.sum, then.sum),
            sum_ratio: ratio(self.sum, then.sum),
            mean_difference: less(self.mean, then.mean),
            mean_ratio: ratio(self.mean, then.mean),
            share_difference: less(self.share, then.share),
            n: then.n,
            sum: then.sum,
            sum_decimal: then.sum_decimal,
            mean: then.mean,
            share: then.share,
        }
    }
}
