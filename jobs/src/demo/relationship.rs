//! A customer's life with the company, quarter by quarter: what they perceive, and whether they buy here.
//! Perception comes first and choice after: a customer stays, leaves or comes back on what the quarter before left.

use super::Error;
use super::calendar::Calendar;
use super::chance::{Chance, logistic};
use super::complaint;
use super::customer::Customer;
use super::files::Files;
use super::loss;
use super::market::{Market, PAST};
use super::purchase;
use super::survey;

/// What a customer perceives in a quarter, in about standard deviations of customers.
#[derive(Clone, Copy)]
pub(super) struct Experience {
    /// What was expected.
    pub(super) expectation: f64,
    /// What was got.
    pub(super) quality: f64,
    /// What it was worth for its price.
    pub(super) value: f64,
    /// What all this adds up to.
    pub(super) satisfaction: f64,
}

/// A customer and where they stand.
pub(super) struct Relationship<'a> {
    pub(super) customer: Customer,
    pub(super) chance: Chance,
    /// Of how complaints are handled.
    pub(super) cases: Chance,
    /// Of what is added to answers.
    pub(super) remarks: Chance,
    /// Of what is known of why a customer left, and what is tried.
    pub(super) losses: Chance,
    /// Of how they answer.
    pub(super) modes: Chance,
    pub(super) market: &'a Market,
    pub(super) calendar: &'a Calendar,
    /// The quarter being lived; below zero in the past, of which nothing is written.
    pub(super) quarter: i32,
    /// What was perceived last.
    pub(super) experience: Experience,
    /// The quarters' lasting ups and downs of this customer alone.
    mood: f64,
    /// Satisfaction as remembered, which choices are made on.
    goodwill: f64,
    /// Quarters since they last bought here; 0 for those who buy.
    pub(super) away: u32,
    /// Whether the last complaint of this quarter was settled soon; nothing without a complaint.
    pub(super) settled: Option<bool>,
    /// Whether a purchase of theirs was written.
    pub(super) bought: bool,
}

const MOOD_PERSISTENCE: f64 = 0.6;
const MOOD_CHANGE: f64 = 0.42;
/// Share of the newest quarter in what is remembered.
const MEMORY: f64 = 0.6;
/// What is left of satisfaction and displeasure after a quarter away.
const PALING: f64 = 0.9;

impl<'a> Relationship<'a> {
    /// The relationship of the customer of this number on the day of arrival.
    pub(super) fn new(
        customer: Customer,
        chance: Chance,
        (seed, index): (u64, usize),
        market: &'a Market,
        calendar: &'a Calendar,
    ) -> Self {
        let quarter = customer.arrival.0.max(-(PAST as i32));
        let expectation = customer.traits.expectation;
        let experience = Experience { expectation, quality: expectation, value: 0.0, satisfaction: 0.0 };
        let (mood, goodwill) = (0.0, 0.0);
        Self {
            customer,
            chance,
            cases: Chance::of_cases(seed, index),
            remarks: Chance::of_remarks(seed, index),
            losses: Chance::of_losses(seed, index),
            modes: Chance::of_modes(seed, index),
            market,
            calendar,
            quarter,
            experience,
            mood,
            goodwill,
            away: 0,
            settled: None,
            bought: false,
        }
    }

    /// Lives through all quarters and writes what happened.
    pub(super) fn tell(mut self, files: &mut Files) -> Result<(), Error> {
        files.customers.write(self.customer.row())?;
        for quarter in self.quarter..self.calendar.quarters() {
            self.quarter = quarter;
            let away = self.away;
            self.choose();
            self.perceive();
            let Ok(written) = usize::try_from(quarter) else { continue };
            let purchases = files.purchases.count();
            purchase::write(&mut self, written, files)?;
            self.bought |= files.purchases.count() > purchases;
            complaint::write(&mut self, written, files)?;
            survey::write(&mut self, written, files)?;
            loss::write(&mut self, written, away, files)?;
        }
        Ok(())
    }

    /// Whether the customer buys here this quarter.
    pub(super) fn buys(&self) -> bool {
        self.away == 0
    }

    /// Whether this is the quarter of arrival.
    pub(super) fn arrives(&self) -> bool {
        self.quarter == self.customer.arrival.0
    }

    fn choose(&mut self) {
        let log_odds = if self.buys() { self.leaving() } else { self.returning() };
        let changes = self.chance.happens(logistic(log_odds)) && !self.arrives();
        self.away = match (self.buys(), changes) {
            (true, false) | (false, true) => 0,
            _ => self.away + 1,
        };
    }

    /// Log odds of leaving: displeasure, a price that matters, and another supplier within reach against what holds.
    fn leaving(&self) -> f64 {
        let traits = &self.customer.traits;
        let pressure = self.market.pressure(self.customer.region, self.quarter);
        let hold = 1.1 * traits.barrier * (1.3 - pressure);
        let displeasure = (0.3 - self.goodwill).max(0.0);
        let lured = if self.war() { 0.5 + 3.1 * traits.thrift } else { 0.0 };
        -4.05 - 0.6 * self.goodwill + 2.3 * displeasure * (0.3 + pressure) - hold
            + 1.5 * traits.thrift
            + lured
    }

    /// Log odds of coming back: goodwill, and a price war that is over; less with every quarter away.
    fn returning(&self) -> f64 {
        let lured = if self.war() { 3.0 * self.customer.traits.thrift } else { 0.0 };
        -1.6 + 0.8 * self.goodwill + 0.8 * self.customer.traits.thrift - 0.3 * f64::from(self.away) - lured
    }

    fn war(&self) -> bool {
        self.market.price_war(self.customer.plan, self.quarter)
    }

    /// Expectations follow what was got; quality moves with the market and the mood; value with price; and
    /// satisfaction follows from the three. Who is away keeps a picture of the company that pales.
    fn perceive(&mut self) {
        let settled = self.settled.take();
        if !self.buys() {
            self.experience.satisfaction *= PALING;
            self.goodwill *= PALING;
            return;
        }
        let before = self.experience;
        let traits = &self.customer.traits;
        let settling = match settled {
            Some(true) => 0.15,
            Some(false) => -0.25,
            None => 0.0,
        };
        self.mood = MOOD_PERSISTENCE * self.mood + self.chance.normal(MOOD_CHANGE) + settling;
        let market = self.market.quality(self.customer.region, self.customer.plan, self.quarter);
        let expectation = 0.92 * before.expectation + 0.08 * before.quality;
        let quality = 0.2 * expectation + 0.75 * traits.quality + market + self.mood;
        let value =
            0.15 * expectation + 0.6 * quality - 0.8 * (traits.thrift - 0.4) + self.chance.normal(0.45);
        let satisfaction = 0.1 * expectation + 0.55 * quality + 0.4 * value + self.chance.normal(0.25);
        self.experience = Experience { expectation, quality, value, satisfaction };
        self.goodwill = (1.0 - MEMORY) * self.goodwill + MEMORY * satisfaction;
    }
}
