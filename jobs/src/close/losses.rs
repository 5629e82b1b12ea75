//! Lost customers: the way those who stayed in the quarter before came from using to kept or lost, why they were lost, and
//! whom to win back. Lost is who stayed by contract or purchases then and does not now, as retention counts it.

mod flow;
mod list;
mod recorded;
mod winning;

use std::collections::{BTreeMap, HashMap};

use rapport_entities::{
    ALL, LossReason, LossState, Quarter, customer_quarter, effort, loss_flow, loss_reason, lost_customer,
};
use rapport_statistics::{Estimate, Proportion};

use self::{
    flow::{EDGES, edge, way},
    winning::Winning,
};
use super::{
    customers::{Customer, Customers},
    handling::Recording,
    retention::Then,
    segments::Segments,
};
use crate::Rules;

pub use recorded::Recorded;

/// What a close finds of lost customers, while it goes through all customers.
pub struct Losses<'a> {
    quarter: Quarter,
    rules: &'a Rules,
    minor: f64,
    recorded: &'a Recorded,
    /// Those whom the quarter before had on its list.
    earlier: &'a HashMap<i64, lost_customer::Model>,
    segments: Vec<Segment>,
    list: Vec<lost_customer::Model>,
}

/// The rows of a close.
pub struct Rows {
    /// The way.
    pub flow: Vec<loss_flow::Model>,
    /// The reasons.
    pub reasons: Vec<loss_reason::Model>,
    /// What keeping and winning take.
    pub efforts: Vec<effort::Model>,
    /// Whom to win back, by key.
    pub list: Vec<lost_customer::Model>,
}

/// What is counted of a segment.
#[derive(Clone)]
struct Segment {
    customers: i64,
    edges: [Count; EDGES.len()],
    lost: i64,
    reasons: BTreeMap<String, Count>,
    winning: Winning,
}

impl Default for Segment {
    fn default() -> Self {
        let edges = [Count::default(); EDGES.len()];
        Self { customers: 0, edges, lost: 0, reasons: BTreeMap::new(), winning: Winning::default() }
    }
}

/// Customers counted, with their money of the window in minor units.
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
    fn add(&mut self, row: &customer_quarter::Model) {
        self.customers += 1;
        self.revenue += row.window_revenue;
        self.profit = self.profit.zip(row.window_profit).map(|(sum, profit)| sum + profit);
    }
}

impl<'a> Losses<'a> {
    /// For so many segments; `minor` is the number of minor units in a major one.
    pub fn new(
        segments: usize,
        (quarter, rules, minor): (Quarter, &'a Rules, f64),
        recorded: &'a Recorded,
        earlier: &'a HashMap<i64, lost_customer::Model>,
    ) -> Self {
        let segments = vec![Segment::default(); segments];
        Self { quarter, rules, minor, recorded, earlier, segments, list: Vec::new() }
    }

    /// Adds a customer with its row, and what the quarter before said of it.
    pub fn add(
        &mut self,
        members: &[usize],
        (customer, customers): (&Customer, &Customers),
        row: &customer_quarter::Model,
        then: Option<&Then>,
    ) {
        let stays = row.staying == Some(true);
        let stayed = then.filter(|then| then.staying == Some(true));
        let reason = self.reason(customer.id);
        let new = winning::is_new(customer, customers, self.quarter);
        let tries = self.recorded.tries(customer.id);
        for member in members {
            let segment = &mut self.segments[*member];
            segment.customers += 1;
            segment.winning.add(new, (tries, reason.as_deref()));
            if stayed.is_none() {
                continue;
            }
            way(customer, row, self.rules).for_each(|at| segment.edges[at].add(row));
            segment.winning.kept(stays);
            if !stays {
                segment.lost += 1;
                if let Some(reason) = &reason {
                    segment.reasons.entry(reason.clone()).or_default().add(row);
                }
            }
        }
        if !stays {
            self.list.extend(self.listed(customer.id, &row.set_id, stayed, reason));
        }
    }

    /// Why a customer was lost: the latest record of the window, or what the quarter before knew.
    fn reason(&self, customer: i64) -> Option<String> {
        let recorded = self.recorded.reason(customer).map(str::to_owned);
        recorded.or_else(|| self.earlier.get(&customer)?.reason.clone())
    }

    /// All rows of the set, given what sources record of complaints.
    pub fn rows(
        self,
        set_id: &str,
        segments: &Segments,
        recording: Recording,
        costs_in: Option<&str>,
    ) -> Rows {
        let (mut flow, mut reasons, mut efforts) = (Vec::new(), Vec::new(), Vec::new());
        for (segment, (dimension, code)) in self.segments.iter().zip(&segments.keys) {
            let place = Place { set_id, dimension, segment: code, rules: self.rules };
            flow.extend(segment.flow(&place, recording));
            reasons.extend(segment.reasons(&place));
            efforts.extend(segment.winning.rows(&place, segment.customers, (self.minor, costs_in)));
        }
        let all = self.segments.first().map(|all| all.winning.clone()).unwrap_or_default();
        let list = list::ranked(self.list, &all, self.rules);
        Rows { flow, reasons, efforts, list }
    }
}

/// Where rows belong, and by which rules they are shown.
struct Place<'a> {
    set_id: &'a str,
    dimension: &'a str,
    segment: &'a str,
    rules: &'a Rules,
}

impl Place<'_> {
    /// So many customers are enough to show a composition.
    fn shows(&self, customers: i64) -> bool {
        customers.unsigned_abs() >= self.rules.minimum_customers.max(1)
    }

    /// A share with its interval, if the base is large enough.
    fn share(&self, hits: i64, n: i64) -> Option<Estimate> {
        let known = n.unsigned_abs() >= self.rules.minimum_base.max(1);
        Proportion::of_counts(hits.unsigned_abs(), n.unsigned_abs()).estimate().filter(|_| known)
    }
}

impl Segment {
    fn flow(&self, place: &Place<'_>, recording: Recording) -> Vec<loss_flow::Model> {
        let in_state = |state: LossState| {
            let from = EDGES.iter().zip(&self.edges).filter(|((_, from, _), _)| *from == state);
            from.map(|(_, count)| count.customers).sum::<i64>()
        };
        let (shown, base) = (place.shows(self.customers), in_state(LossState::Using));
        let row = |(at, ((step, from, to), count)): (i32, (&(i32, LossState, LossState), &Count))| {
            let n = in_state(*from);
            let known = shown && (recording.tells_complaints() || !flow::is_of_complaints(*from, *to));
            let share = place.share(count.customers, n).filter(|_| known);
            let interval = share.and_then(|share| share.interval);
            loss_flow::Model {
                set_id: place.set_id.to_owned(),
                dimension: place.dimension.to_owned(),
                segment: place.segment.to_owned(),
                place: at,
                step: *step,
                from_state: *from,
                to_state: *to,
                customers: known.then_some(count.customers),
                revenue: known.then_some(count.revenue),
                profit: count.profit.filter(|_| known),
                share: share.map(|share| share.value),
                lower: interval.map(|interval| interval.lower),
                upper: interval.map(|interval| interval.upper),
                n: if shown { n } else { base },
                suppressed: !shown,
            }
        };
        (0..).zip(EDGES.iter().zip(&self.edges)).map(row).collect()
    }

    /// The common reasons, the company's own, and any other that somebody recorded when it was one.
    fn reasons(&self, place: &Place<'_>) -> Vec<loss_reason::Model> {
        let own = place.rules.losses.reasons.iter().map(|one| one.code.as_str());
        let mut words: Vec<&str> = LossReason::ALL.iter().map(|one| one.as_str()).chain(own).collect();
        let others = self.reasons.keys().filter(|word| !words.contains(&word.as_str()));
        words.extend(others.map(String::as_str).collect::<Vec<_>>());
        let known: i64 = self.reasons.values().map(|count| count.customers).sum();
        let shown = place.shows(self.customers);
        let row = |word: &str| {
            let count = self.reasons.get(word).copied().unwrap_or_default();
            let share = place.share(count.customers, known).filter(|_| shown);
            let interval = share.and_then(|share| share.interval);
            loss_reason::Model {
                set_id: place.set_id.to_owned(),
                dimension: place.dimension.to_owned(),
                segment: place.segment.to_owned(),
                reason: word.to_owned(),
                customers: shown.then_some(count.customers),
                revenue: shown.then_some(count.revenue),
                profit: count.profit.filter(|_| shown),
                share: share.map(|share| share.value),
                lower: interval.map(|interval| interval.lower),
                upper: interval.map(|interval| interval.upper),
                n: known,
                lost: self.lost,
                suppressed: !shown,
            }
        };
        words.into_iter().map(row).collect()
    }
}

/// The word of all reasons together.
const EVERY: &str = ALL;

/// The place of an edge that there is.
fn at(from: LossState, to: LossState) -> usize {
    edge(from, to).unwrap_or_else(|| unreachable!("{from} does not lead to {to}"))
}
