//! Cohorts: of those who first bought in a quarter, how many bought in each quarter since.

use rapport_entities::{Quarter, cohort};
use rapport_statistics::retention::{Cohorts, Counting};

use super::{
    buying::{Buying, number_of, quarter_of},
    model::Place,
    worth::Members,
};

/// The cohorts of a segment up to a quarter; of one under the floor nothing is kept but that it is there.
pub fn rows(
    buying: &Buying,
    quarter: Quarter,
    member: Members<'_>,
    place: &Place,
    floor: u64,
) -> Vec<cohort::Model> {
    let last = number_of(quarter);
    let of = |counting| {
        let quarters = (0..buying.customers.len()).filter(|at| member(*at)).map(|at| buying.quarters(at));
        Cohorts::new(quarters, last, counting)
    };
    let (bounded, unbounded) = (of(Counting::Bounded), of(Counting::Unbounded));
    let mut rows = Vec::new();
    for (cohort, later) in bounded.cohorts.iter().zip(&unbounded.cohorts) {
        let shown = cohort.size >= floor.max(1);
        for age in 0..cohort.active.len() as u32 {
            let share = cohort.retained(age).filter(|_| shown);
            let interval = share.and_then(|share| share.interval);
            let active = cohort.active.get(age as usize).filter(|_| shown);
            rows.push(cohort::Model {
                set_id: place.set_id.clone(),
                dimension: place.dimension.clone(),
                segment: place.segment.clone(),
                acquired: quarter_of(cohort.period),
                // ages are far below 2³¹
                age: age as i32,
                customers: shown.then_some(cohort.size as i64),
                retained: active.map(|active| *active as i64),
                share: share.map(|share| share.value),
                lower: interval.map(|interval| interval.lower),
                upper: interval.map(|interval| interval.upper),
                unbounded_share: later.retained(age).filter(|_| shown).map(|share| share.value),
                suppressed: !shown,
            });
        }
    }
    rows
}
