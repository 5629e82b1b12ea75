//! What all customers share: regions, plans, industries, and the quality, competition and prices of each quarter.
//! The three episodes of the story act here and nowhere else; customers only feel them.

use super::chance::Chance;
use super::story::Plot;

/// A segment of the company's customers.
pub(super) struct Group {
    /// The segment's code.
    pub(super) code: &'static str,
    /// The segment's name in both languages.
    pub(super) name: &'static str,
    /// Its part of the customers.
    pub(super) weight: f64,
    /// Its lasting difference in perceived quality.
    pub(super) quality: f64,
}

const fn group(code: &'static str, name: &'static str, weight: f64, quality: f64) -> Group {
    Group { code, name, weight, quality }
}

/// Where customers are.
pub(super) const REGIONS: [Group; 5] = [
    group("north", "North 华北", 0.21, 0.06),
    group("east", "East 华东", 0.26, 0.10),
    group("south", "South 华南", 0.21, 0.00),
    group("west", "West 西部", 0.19, -0.32),
    group("overseas", "Overseas 海外", 0.13, -0.06),
];

/// Where the service fails.
pub(super) const EAST: usize = 1;
/// Where there is hardly any competition until it arrives.
pub(super) const WEST: usize = 3;
/// Where names are international.
pub(super) const OVERSEAS: usize = 4;

/// What customers subscribe to.
pub(super) const PLANS: [Group; 3] = [
    group("basic", "Basic 基础版", 0.49, -0.10),
    group("plus", "Plus 进阶版", 0.33, 0.02),
    group("pro", "Pro 专业版", 0.18, 0.24),
];

/// Where the price war is.
pub(super) const PLUS: usize = 1;

/// What companies among the customers do; people have no industry.
pub(super) const INDUSTRIES: [Group; 6] = [
    group("retail", "Retail 零售", 0.28, 0.0),
    group("manufacturing", "Manufacturing 制造", 0.24, 0.0),
    group("catering", "Catering 餐饮", 0.18, 0.0),
    group("finance", "Finance 金融", 0.12, 0.0),
    group("education", "Education 教育", 0.10, 0.0),
    group("health", "Health care 医疗", 0.08, 0.0),
];

/// Quarters lived through before the first written one, so that the company does not begin newborn.
pub(super) const PAST: usize = 5;

const PERSISTENCE: f64 = 0.6;
const SURPRISE: f64 = 0.05;
/// How often customers buy in the quarters of a year: the last is the high season.
const SEASONS: [f64; 4] = [0.92, 1.0, 0.96, 1.16];
const PRESSURE: f64 = 0.6;
const PRESSURE_ON_MONOPOLY: f64 = 0.1;
const PRESSURE_AFTER_ARRIVAL: f64 = 1.0;
/// What the service failure takes from perceived quality, in its quarter and the two of the recovery.
const FAILURE: [f64; 3] = [1.75, 0.65, 0.12];
/// How far the company lowers its own price to answer the rival's, while the price war lasts.
const DISCOUNT: f64 = 0.07;

/// The market of every quarter, the past included.
pub(super) struct Market {
    plot: Plot,
    /// Quality shocks by region and quarter, from the first of the past.
    shocks: Vec<[f64; REGIONS.len()]>,
}

impl Market {
    /// A market of `quarters` quarters and the past before them.
    pub(super) fn new(mut chance: Chance, quarters: usize) -> Self {
        let mut shock = [0.0; REGIONS.len()];
        let mut next = || {
            shock = shock.map(|before| PERSISTENCE * before + chance.normal(SURPRISE));
            shock
        };
        // and of the quarter after the last, which employees foresee
        let shocks = (0..=PAST + quarters).map(|_| next()).collect();
        Self { plot: Plot::of(quarters), shocks }
    }

    /// What happens when.
    pub(super) fn plot(&self) -> &Plot {
        &self.plot
    }

    /// What region, plan and quarter do to perceived quality, in standard deviations of customers.
    pub(super) fn quality(&self, region: usize, plan: usize, quarter: i32) -> f64 {
        REGIONS[region].quality + PLANS[plan].quality + self.shock(region, quarter)
            - self.failure(region, quarter)
    }

    /// How well a region serves while nothing fails; also in the quarter after the last.
    pub(super) fn service(&self, region: usize, quarter: i32) -> f64 {
        REGIONS[region].quality + self.shock(region, quarter)
    }

    fn shock(&self, region: usize, quarter: i32) -> f64 {
        self.shocks[(quarter + PAST as i32).max(0) as usize][region]
    }

    /// How much of the service failure is felt: 0 for none.
    pub(super) fn failure(&self, region: usize, quarter: i32) -> f64 {
        let since = quarter - self.plot.failure as i32;
        match usize::try_from(since) {
            Ok(since) if region == EAST => FAILURE.get(since).copied().unwrap_or(0.0),
            _ => 0.0,
        }
    }

    /// How easily another supplier is found: 0 for a monopoly, 1 for free choice.
    pub(super) fn pressure(&self, region: usize, quarter: i32) -> f64 {
        match region {
            WEST if quarter >= self.plot.competition as i32 => PRESSURE_AFTER_ARRIVAL,
            WEST => PRESSURE_ON_MONOPOLY,
            _ => PRESSURE,
        }
    }

    /// Whether a rival undercuts the plan's price in this quarter.
    pub(super) fn price_war(&self, plan: usize, quarter: i32) -> bool {
        plan == PLUS && usize::try_from(quarter).is_ok_and(|quarter| self.plot.price_war.contains(&quarter))
    }

    /// What part of the usual price is asked.
    pub(super) fn price(&self, plan: usize, quarter: i32) -> f64 {
        if self.price_war(plan, quarter) { 1.0 - DISCOUNT } else { 1.0 }
    }

    /// How much more often than usual customers buy in a quarter of the year, 0 to 3.
    pub(super) fn season(&self, season: usize) -> f64 {
        SEASONS[season]
    }
}
