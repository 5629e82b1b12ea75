//! How unevenly the window's turnover and profit are spread over the buyers of a segment.

use rapport_entities::{CurveKind, ModelKind, curve_point};
use rapport_statistics::value::Concentration;

use super::{
    buying::Buying,
    model::{Failure, Models, Place},
    worth::Members,
};

/// A curve is stored at so many steps.
const STEPS: u32 = 50;

/// How unevenly the window's turnover and profit are spread over the buyers of a segment.
pub fn of_segment(
    buying: &Buying,
    minor: f64,
    member: Members<'_>,
    place: &Place,
    floor: u64,
    models: &mut Models,
) -> Vec<curve_point::Model> {
    let known = buying.purchases.iter().enumerate().filter(|(at, one)| one.window.count > 0 && member(*at));
    let (turnovers, profits): (Vec<f64>, Vec<Option<f64>>) = known
        .map(|(_, one)| {
            let profit = one.window.profit.map(|profit| profit as f64 / minor);
            (one.window.revenue as f64 / minor, profit)
        })
        .unzip();
    let n = turnovers.len() as u64;
    if n < floor {
        let failure = Failure::TooFew { n, needed: floor };
        models.fits.push(place.failed(ModelKind::Concentration, failure));
        return Vec::new();
    }
    let mut points = Vec::new();
    match Concentration::new(&turnovers) {
        Ok(turnover) => {
            models.fits.push(place.fit(ModelKind::Concentration, n));
            let figures = [
                ("gini", turnover.gini()),
                ("top_20_share", turnover.top_share(0.2)),
                ("customers_for_80", turnover.customers_for(0.8).map(|count| count as f64)),
            ];
            let figure = |(name, value)| place.parameter(ModelKind::Concentration, name, value, n);
            models.parameters.extend(figures.map(figure));
            let lorenz = turnover.lorenz(STEPS).unwrap_or_default();
            points.extend(curve(
                place,
                CurveKind::Lorenz,
                n,
                lorenz.iter().map(|at| (at.customers, at.value)),
            ));
        }
        Err(error) => {
            let failure = Failure::Named(error.to_string());
            models.fits.push(place.failed(ModelKind::Concentration, failure));
        }
    }
    let profits: Option<Vec<f64>> = profits.into_iter().collect();
    let whale = profits.and_then(|profits| Concentration::new(&profits).ok()).map(|all| all.whale(STEPS));
    let whale = whale.iter().flatten().map(|at| (at.customers, at.profit));
    points.extend(curve(place, CurveKind::Whale, n, whale));
    points
}

fn curve<'a>(
    place: &'a Place,
    kind: CurveKind,
    n: u64,
    points: impl Iterator<Item = (f64, f64)> + 'a,
) -> impl Iterator<Item = curve_point::Model> + 'a {
    (0..).zip(points).map(move |(at, (x, y))| place.point(kind, at, (x, y), n))
}
