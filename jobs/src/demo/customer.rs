//! One customer as they are before anything happens: who, where, since when, and what they are like.
//! What a customer is like never changes; what they live through is the relationship's.

use serde::Serialize;

use super::chance::{Chance, logistic};
use super::market::{Group, INDUSTRIES, OVERSEAS, PAST, PLANS, REGIONS, WEST};
use super::names;

/// Who a customer is and what they are like.
pub(super) struct Customer {
    /// The key in every file: `C000001`.
    pub(super) code: String,
    name: String,
    email: String,
    /// The account manager: two a region.
    manager: String,
    /// Place in the table of regions.
    pub(super) region: usize,
    /// Place in the table of plans.
    pub(super) plan: usize,
    industry: Option<usize>,
    /// Whether they write Chinese.
    pub(super) chinese: bool,
    /// The quarter of arrival, negative before the company's first, and the part of it that had passed.
    pub(super) arrival: (i32, f64),
    /// What they are like.
    pub(super) traits: Traits,
}

/// The lasting traits everything follows from. Those without a unit are of mean 0 and standard deviation about 1.
pub(super) struct Traits {
    /// What they expected before the first purchase.
    pub(super) expectation: f64,
    /// How good the company's work looks to them, for the same work.
    pub(super) quality: f64,
    /// How much price decides, from 0 to 1.
    pub(super) thrift: f64,
    /// What changing the supplier would cost them: habit, contracts, learning.
    pub(super) barrier: f64,
    /// Purchases in a quarter of an ordinary season, while they buy here.
    pub(super) rate: f64,
    /// Logarithm of an ordinary purchase in major units.
    pub(super) basket: f64,
    /// What is left of a purchase after its cost, as a part of it; below zero for some.
    pub(super) margin: f64,
    /// Readiness to answer surveys, in log odds.
    pub(super) candour: f64,
    /// Readiness to complain, in log odds.
    pub(super) voice: f64,
    /// How high they tend to answer any question, in log odds.
    pub(super) style: f64,
}

/// The customer's line of the file.
#[derive(Serialize)]
pub(super) struct CustomerRow<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) email: &'a str,
    pub(super) region: &'a str,
    pub(super) plan: &'a str,
    industry: Option<&'a str>,
    pub(super) manager: &'a str,
}

/// Account managers of a region.
const MANAGERS: usize = 2;
/// Part of the customers who came before the company's first quarter.
const OLD: f64 = 0.5;
/// Mean tenure of those beyond the past that is lived through, in quarters.
const TENURE: f64 = 10.0;
const COMPANIES: [f64; PLANS.len()] = [0.2, 0.4, 0.7];
const MARGINS: [f64; PLANS.len()] = [0.22, 0.28, 0.34];
const BASKETS: [f64; PLANS.len()] = [5.3, 5.9, 6.6];

impl Customer {
    /// Draws the customer of this number, of a company of so many quarters.
    pub(super) fn draw(chance: &mut Chance, index: usize, quarters: usize) -> Self {
        let region = pick(chance, &REGIONS);
        let plan = pick(chance, &PLANS);
        let company = chance.happens(COMPANIES[plan]);
        let industry = company.then(|| pick(chance, &INDUSTRIES));
        let chinese = chance.happens(if region == OVERSEAS { 0.12 } else { 0.94 });
        let name = if company { names::company(chance, chinese) } else { names::person(chance, chinese) };
        let arrival = arrival(chance, quarters);
        Self {
            code: format!("C{:06}", index + 1),
            email: format!("{}.{}@example.com", name.mailbox, index + 1),
            name: name.text,
            manager: format!("{}-{}", REGIONS[region].code, index % MANAGERS + 1),
            region,
            plan,
            industry,
            chinese,
            arrival,
            traits: Traits::draw(chance, region, plan, arrival.0),
        }
    }

    /// The customer's line of the file.
    pub(super) fn row(&self) -> CustomerRow<'_> {
        CustomerRow {
            code: &self.code,
            name: &self.name,
            email: &self.email,
            region: REGIONS[self.region].code,
            plan: PLANS[self.plan].code,
            industry: self.industry.map(|industry| INDUSTRIES[industry].code),
            manager: &self.manager,
        }
    }
}

impl Traits {
    fn draw(chance: &mut Chance, region: usize, plan: usize, arrival: i32) -> Self {
        let expectation = chance.normal(1.0);
        let tenure = f64::from(-arrival.min(0)).ln_1p() * 0.15;
        let monopoly = if region == WEST { 0.5 } else { 0.0 };
        Self {
            expectation,
            quality: 0.4 * expectation + chance.normal(0.92),
            thrift: logistic(chance.normal(1.2) - 0.5 - 0.3 * plan as f64),
            barrier: chance.normal(0.9) + tenure + monopoly,
            rate: 0.4 + 1.75 * chance.gamma(3),
            basket: BASKETS[plan] + chance.normal(0.65),
            margin: MARGINS[plan] + chance.normal(0.15),
            candour: chance.normal(0.7) + 0.2 * plan as f64,
            voice: chance.normal(0.7),
            style: chance.normal(0.25),
        }
    }
}

fn pick(chance: &mut Chance, table: &[Group]) -> usize {
    chance.weighted(table.iter().map(|group| group.weight))
}

/// Arrivals of the last quarters keep to its first half, so that the quarter's survey finds them as customers.
fn arrival(chance: &mut Chance, quarters: usize) -> (i32, f64) {
    let part = chance.part() * 0.5;
    let quarter = if chance.happens(OLD) {
        -1 - (chance.wait() * TENURE) as i32
    } else {
        chance.place(quarters) as i32
    };
    (quarter.max(-10 * PAST as i32), part)
}
