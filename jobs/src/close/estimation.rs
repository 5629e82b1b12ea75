//! All that is estimated from a quarter's inputs: models, their figures and curves, of all customers and every segment.

use std::collections::HashMap;

use rapport_entities::{Quarter, cohort, curve_point};

use super::{
    buying::Purchases,
    cohorts, concentration, contracts,
    customers::{Customer, Customers},
    drivers::Driven,
    inputs::Inputs,
    model::{Models, Place},
    retention::{Retention, Then},
    segments::{Combination, Segments},
    structure::Structural,
    worth::{self, Valuation},
};
use crate::Rules;

/// What was estimated.
pub struct Estimation {
    /// Models with their figures.
    pub models: Models,
    /// Points of curves.
    pub curves: Vec<curve_point::Model>,
    /// Cohorts.
    pub cohorts: Vec<cohort::Model>,
    /// What buyers are worth.
    pub valuation: Valuation,
}

impl Estimation {
    /// Estimates everything; the indexes of the models go to the scores. `minor` is the number of minor units in a
    /// major one, `before` what the quarter before said of its customers.
    pub fn of(
        inputs: &mut Inputs,
        quarter: Quarter,
        rules: &Rules,
        minor: f64,
        set_id: &str,
        before: Option<&HashMap<i64, Then>>,
    ) -> Self {
        let place = |(dimension, segment): &(String, String)| Place {
            set_id: set_id.to_owned(),
            dimension: dimension.clone(),
            segment: segment.clone(),
        };
        let places: Vec<Place> = inputs.segments.keys.iter().map(place).collect();
        let mut models = Models::default();
        models.fits.extend(inputs.answering.weights.fit(&places[0], &rules.weighting));
        satisfaction(inputs, rules, &places, &mut models);
        let combinations = combinations(&inputs.customers);
        let comparables = comparables(&combinations, &inputs.segments, rules);
        let buying = &inputs.customers.buying;
        let valuation = worth::value(buying, rules, minor, &comparables, &places[0], &mut models);
        let mut estimation = Self { models, curves: Vec::new(), cohorts: Vec::new(), valuation };
        if !buying.customers.is_empty() {
            estimation.of_buyers(inputs, quarter, rules, minor, &places, &combinations);
        }
        estimation.of_contracts(inputs, quarter, rules, &places);
        if let Some(before) = before {
            estimation.of_retention(inputs, rules, &places, before);
        }
        estimation
    }

    fn of_buyers(
        &mut self,
        inputs: &Inputs,
        quarter: Quarter,
        rules: &Rules,
        minor: f64,
        places: &[Place],
        combinations: &[Combination],
    ) {
        let buying = &inputs.customers.buying;
        for (segment, place) in places.iter().enumerate() {
            let member = |buyer: usize| inputs.segments.members(combinations[buyer]).contains(&segment);
            // those of everyone are fitted already
            if segment > 0 {
                worth::describe(buying, rules, minor, &member, place, &mut self.models);
            }
            let floor = rules.minimum_customers;
            self.curves.extend(concentration::of_segment(
                buying,
                minor,
                &member,
                place,
                floor,
                &mut self.models,
            ));
            self.cohorts.extend(cohorts::rows(buying, quarter, &member, place, floor));
        }
    }

    fn of_contracts(&mut self, inputs: &mut Inputs, quarter: Quarter, rules: &Rules, places: &[Place]) {
        let contracts = std::mem::take(&mut inputs.contracts);
        let mut by_segment = vec![Vec::new(); places.len()];
        for (id, contract) in contracts {
            let Some(customer) = inputs.customers.get_mut(id) else { continue };
            let members = inputs.segments.members(customer.combination);
            members.iter().for_each(|member| by_segment[*member].push(contract));
        }
        let floor = rules.minimum_base;
        for (own, place) in by_segment.iter().zip(places).filter(|(own, _)| !own.is_empty()) {
            self.curves.extend(contracts::of_segment(own, quarter, place, floor, &mut self.models));
        }
    }

    fn of_retention(
        &mut self,
        inputs: &mut Inputs,
        rules: &Rules,
        places: &[Place],
        before: &HashMap<i64, Then>,
    ) {
        let Inputs { customers, segments, answering, .. } = inputs;
        let valuation = &self.valuation;
        let stays = |customer: &Customer, purchases: &Purchases| {
            customer.axes(purchases, valuation.p_alive(customer), rules).staying
        };
        let retention = Retention::of(customers, segments, before, &mut answering.scores, stays);
        self.curves.extend(retention.rows(places, rules.minimum_base, &mut self.models));
    }
}

/// The structural model and the drivers.
fn satisfaction(inputs: &mut Inputs, rules: &Rules, places: &[Place], models: &mut Models) {
    let answering = &mut inputs.answering;
    let floor = rules.minimum_base.max(1);
    let mut indexes = Vec::new();
    if let Some(structure) = answering.structure.take() {
        let Structural { fits, paths, indexes: found } = structure.estimate(places, &rules.structure, floor);
        models.fits.extend(fits);
        models.paths.extend(paths);
        indexes.extend(found);
    }
    if let Some(driving) = answering.driving.take() {
        let Driven { fits, drivers, indexes: found } = driving.estimate(places, &rules.drivers, floor);
        models.fits.extend(fits);
        models.drivers.extend(drivers);
        indexes.extend(found);
    }
    for (segment, metric, index) in indexes {
        answering.scores.put(segment, metric, index);
    }
}

/// The segments of every buyer.
fn combinations(customers: &Customers) -> Vec<Combination> {
    let mut combinations = vec![Combination::default(); customers.buying.customers.len()];
    for (customer, _) in customers.iter() {
        if let Some(entry) = customer.buyer.and_then(|buyer| combinations.get_mut(buyer as usize)) {
            *entry = customer.combination;
        }
    }
    combinations
}

/// The group of customers that each buyer is compared with: of the same segment of the rule's dimension.
fn comparables(combinations: &[Combination], segments: &Segments, rules: &Rules) -> Vec<u32> {
    let Some(dimension) = &rules.classes.comparable else { return vec![0; combinations.len()] };
    let group = |combination: &Combination| {
        let own =
            segments.members(*combination).iter().find(|member| segments.keys[**member].0 == *dimension);
        // there are far fewer segments than a u32 counts
        own.map_or(0, |member| *member as u32)
    };
    combinations.iter().map(group).collect()
}
