//! Retention by satisfaction: who stayed in the quarter before, how satisfied they were then, and whether they stay now.

use std::collections::HashMap;

use rapport_entities::{
    CurveKind, Lifecycle, LoyaltyType, ModelKind, Stage, ValueClass, Zone, curve_point, customer_quarter,
};
use rapport_statistics::{
    Estimate,
    retention::{RateRatio, RetentionCurve, RetentionPoint, Zones},
};
use sea_orm::DerivePartialModel;

use super::{
    buying::Purchases,
    customers::{Customer, Customers},
    model::{Failure, Models, Place},
    scores::Scores,
    segments::Segments,
};

/// What the quarter before said of a customer.
#[derive(Clone, Copy, Debug, DerivePartialModel)]
#[sea_orm(entity = "customer_quarter::Entity")]
pub struct Then {
    /// The customer's key.
    pub customer_id: i64,
    /// The loyalty type.
    #[sea_orm(from_col = "loyalty_type")]
    pub kind: LoyaltyType,
    /// By contract or purchases.
    pub staying: Option<bool>,
    /// Of ten.
    pub satisfaction: Option<f64>,
    /// The stage on the way to loyalty.
    pub stage: Stage,
    /// Quarters in a row in it.
    pub stage_quarters: Option<i32>,
    /// The phase of the relationship.
    pub lifecycle: Lifecycle,
    /// Quarters in a row in it.
    pub lifecycle_quarters: Option<i32>,
    /// The value class.
    #[sea_orm(from_col = "value_class")]
    pub class: ValueClass,
    /// Probability of not having left.
    pub p_alive: Option<f64>,
    /// By turnover in the window.
    rank: Option<i64>,
    /// In the window, minor units.
    window_revenue: i64,
    /// Discounted margin of the periods ahead, in major units.
    pub lifetime_value: Option<f64>,
    /// In the window, minor units.
    pub window_profit: Option<i64>,
}

impl Then {
    /// By turnover in the window; none of those who had none.
    pub fn rank(&self) -> Option<i64> {
        self.rank.filter(|_| self.window_revenue > 0)
    }
}

/// The running curves of every segment.
pub struct Retention {
    curves: Vec<RetentionCurve>,
}

impl Retention {
    /// Everyone who stayed then, with what became of them; `stays` says whether a customer stays now. The rates go to
    /// the scores.
    pub fn of(
        customers: &Customers,
        segments: &Segments,
        before: &HashMap<i64, Then>,
        scores: &mut Scores,
        stays: impl Fn(&Customer, &Purchases) -> Option<bool>,
    ) -> Self {
        let mut curves = vec![RetentionCurve::default(); segments.len()];
        for (customer, purchases) in customers.iter() {
            let Some(then) = before.get(&customer.id).filter(|then| then.staying == Some(true)) else {
                continue;
            };
            // who stayed by contract or purchases and is neither now has left
            let stays = stays(customer, &purchases).unwrap_or(false);
            let members = segments.members(customer.combination);
            scores.add_retention(members, stays);
            if let Some(satisfaction) = then.satisfaction {
                members.iter().for_each(|member| curves[*member].add(satisfaction, stays, 1.0));
            }
        }
        Self { curves }
    }

    /// The points of every segment with base enough, its zones, and how the top box compares with the next.
    pub fn rows(&self, places: &[Place], floor: u64, models: &mut Models) -> Vec<curve_point::Model> {
        let mut points = Vec::new();
        for (curve, place) in self.curves.iter().zip(places) {
            points.extend(of_segment(curve, place, floor, models));
        }
        points
    }
}

fn of_segment(
    curve: &RetentionCurve,
    place: &Place,
    floor: u64,
    models: &mut Models,
) -> Vec<curve_point::Model> {
    let found = curve.points();
    let n: u64 = found.iter().map(|point| point.retained.n).sum();
    if n == 0 {
        return Vec::new();
    }
    if n < floor {
        models.fits.push(place.failed(ModelKind::Retention, Failure::TooFew { n, needed: floor }));
        return Vec::new();
    }
    let zones = curve.zones(floor);
    let mut fit = place.fit(ModelKind::Retention, n);
    if zones.is_none() {
        fit.reason = Some("no three zones with base enough rise one above the other".to_owned());
        fit.outcome = rapport_entities::FitOutcome::Warned;
    }
    models.fits.push(fit);
    put_zones(zones, place, n, models);
    let based = |point: &RetentionPoint| point.retained.n >= floor.max(1);
    if let [.., next, top] = found.as_slice()
        && based(next)
        && based(top)
    {
        let ratios = [
            ("top_box_retention_ratio", curve.top_box_retention(top.score, next.score)),
            ("next_box_leaving_ratio", curve.next_box_leaving(top.score, next.score)),
        ];
        let base = top.retained.n + next.retained.n;
        let ratio = |(name, ratio): (&str, Option<RateRatio>)| {
            Some(place.estimate(ModelKind::Retention, name, estimate(ratio?, base)))
        };
        models.parameters.extend(ratios.into_iter().filter_map(ratio));
    }
    let point = |(at, point): (i32, &RetentionPoint)| {
        let interval = point.retained.interval;
        based(point).then(|| curve_point::Model {
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            monotone: Some(point.monotone),
            zone: zones.map(|zones| zone(point.score, &zones)),
            ..place.point(CurveKind::Retention, at, (point.score, point.retained.value), point.retained.n)
        })
    };
    (0..).zip(&found).filter_map(point).collect()
}

fn put_zones(zones: Option<Zones>, place: &Place, n: u64, models: &mut Models) {
    let Some(zones) = zones else { return };
    let cuts = [("indifference_from", zones.indifference_from), ("affection_from", zones.affection_from)];
    let cut = |(name, value)| place.parameter(ModelKind::Retention, name, Some(value), n);
    models.parameters.extend(cuts.map(cut));
    let retained = ["retained_in_defection", "retained_in_indifference", "retained_in_affection"];
    let rate = |(name, one): (&str, Estimate)| place.estimate(ModelKind::Retention, name, one);
    models.parameters.extend(retained.into_iter().zip(zones.retained).map(rate));
}

fn estimate(ratio: RateRatio, n: u64) -> Estimate {
    Estimate {
        value: ratio.value,
        interval: Some(ratio.interval),
        standard_error: None,
        n,
        effective_n: n as f64,
    }
}

fn zone(score: f64, zones: &Zones) -> Zone {
    if score >= zones.affection_from {
        Zone::Affection
    } else if score >= zones.indifference_from {
        Zone::Indifference
    } else {
        Zone::Defection
    }
}
