//! What buyers are worth: models of buying and spending fitted to everyone and to every segment, and what follows from
//! those of everyone for each customer.

use rapport_entities::{Growth, Lifecycle, ModelKind, Size};
use rapport_statistics::{
    behaviour::{
        Buyer, BuyerGroups, Family, FitStatus, GammaGamma, LifecyclePhase, Lifetime, Outlook, PurchaseFit,
        SpendFit, lifetimes, rfm_scores,
    },
    value::{Concentration, GrowthClass, GrowthRule, Prospects, SizeClass, SizeRule, growth},
};
use serde_json::json;

use super::{
    buying::Buying,
    customers::Customer,
    model::{Failure, Models, Place},
};
use crate::{
    Rules,
    settings::{LifetimeRules, PurchaseModel},
};

/// What a buyer is worth, and the classes that follow.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// By the models; `None` where they could not be fitted, or nothing but money back is known.
    pub lifetime: Option<Lifetime>,
    /// Value and potential.
    pub growth: Growth,
    /// By turnover in the window.
    pub size: Size,
    /// Phase of the relationship.
    pub lifecycle: Lifecycle,
    /// Came back in the quarter.
    pub won_back: Option<bool>,
    /// 111 to 555.
    pub rfm: Option<i32>,
    /// By turnover in the window.
    pub rank: Option<i64>,
    /// Share of the turnover up to this rank.
    pub cumulative_share: Option<f64>,
}

/// The models of everyone.
pub struct Valuation {
    /// By buyer, in the order of [`Buying::customers`].
    pub worths: Vec<Worth>,
    /// The mean lifetime value; `None` without models.
    pub mean_value: Option<f64>,
}

impl Valuation {
    /// What a customer is worth; `None` of who never bought.
    pub fn of(&self, customer: &Customer) -> Option<&Worth> {
        self.worths.get(customer.buyer? as usize)
    }

    /// The probability that a customer has not left, where it is known.
    pub fn p_alive(&self, customer: &Customer) -> Option<f64> {
        self.of(customer)?.lifetime.map(|one| one.p_alive)
    }
}

/// Who is in a segment, by buyer.
pub type Members<'a> = &'a dyn Fn(usize) -> bool;

/// Fits the models of everyone, and says of each buyer what follows. `comparables` numbers the group of customers
/// each buyer is compared with; `minor` is the number of minor units in a major one.
pub fn value(
    buying: &Buying,
    rules: &Rules,
    minor: f64,
    comparables: &[u32],
    place: &Place,
    models: &mut Models,
) -> Valuation {
    let margin = rules.lifetime.margin.unwrap_or_else(|| margin(buying));
    let (known, buyers) = buyers(buying, &rules.lifetime, minor, &|_| true);
    let fitted = fit(&buyers, rules, place, models);
    let ahead = fitted.and_then(|fitted| ahead(&buyers, &fitted, rules, margin, place, models));
    let mut by_buyer: Vec<Option<Lifetime>> = vec![None; buying.customers.len()];
    for (buyer, lifetime) in known.iter().zip(ahead.iter().flatten()) {
        by_buyer[*buyer] = Some(*lifetime);
    }
    let values: Vec<f64> = by_buyer.iter().filter_map(|one| one.as_ref()?.value).collect();
    let mean_value = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let worths = worths(buying, rules, minor, comparables, &by_buyer);
    Valuation { worths, mean_value }
}

/// What every buyer is worth by the fitted models.
fn ahead(
    buyers: &[Buyer],
    (purchases, spend): &(PurchaseFit, SpendFit),
    rules: &Rules,
    margin: f64,
    place: &Place,
    models: &mut Models,
) -> Option<Vec<Lifetime>> {
    let outlook = outlook(&rules.lifetime, margin);
    let found = BuyerGroups::new(buyers)
        .and_then(|groups| lifetimes(&groups, buyers, &purchases.model, &spend.model, &outlook));
    match found {
        Ok(lifetimes) => {
            let LifetimeRules { horizon_days, periods, period_days, discount, .. } = &rules.lifetime;
            let details = json!({
                "horizonDays": horizon_days,
                "periods": periods,
                "periodDays": period_days,
                "discount": discount,
                "margin": margin,
            });
            models.fitted(place, (ModelKind::Lifetime, buyers.len() as u64), None, &details, &[]);
            Some(lifetimes)
        }
        Err(error) => {
            models.fits.push(place.failed(ModelKind::Lifetime, Failure::Named(error.to_string())));
            None
        }
    }
}

/// Fits the models of a segment, which tell of it alone, and how its turnover is spread.
pub fn describe(
    buying: &Buying,
    rules: &Rules,
    minor: f64,
    member: Members<'_>,
    place: &Place,
    models: &mut Models,
) {
    let (_, buyers) = buyers(buying, &rules.lifetime, minor, member);
    fit(&buyers, rules, place, models);
}

/// The window's profit ÷ revenue, of purchases whose cost is known; 1 where none is: the value is then turnover.
fn margin(buying: &Buying) -> f64 {
    let known = buying.purchases.iter().filter_map(|one| Some((one.window.revenue, one.window.profit?)));
    let (revenue, profit) = known.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if revenue > 0 { profit as f64 / revenue as f64 } else { 1.0 }
}

/// The buyers of a segment as the models take them, with their places.
fn buyers(
    buying: &Buying,
    rules: &LifetimeRules,
    minor: f64,
    member: Members<'_>,
) -> (Vec<usize>, Vec<Buyer>) {
    let history = |(place, history): (usize, &Option<rapport_statistics::behaviour::History>)| {
        let buyer = history.as_ref()?.buyer(buying.end, rules.unit_days).ok()?;
        Some((place, Buyer { mean_repeat_spend: buyer.mean_repeat_spend / minor, ..buyer }))
    };
    let known = buying.histories.iter().enumerate().filter(|(place, _)| member(*place));
    known.filter_map(history).unzip()
}

fn outlook(rules: &LifetimeRules, margin: f64) -> Outlook {
    Outlook {
        horizon: rules.horizon_days / rules.unit_days,
        periods: rules.periods,
        period: rules.period_days / rules.unit_days,
        discount: rules.discount,
        margin,
    }
}

/// Both models, if both could be fitted; what became of each is put down either way.
fn fit(
    buyers: &[Buyer],
    rules: &Rules,
    place: &Place,
    models: &mut Models,
) -> Option<(PurchaseFit, SpendFit)> {
    let (n, needed) = (buyers.len() as u64, rules.lifetime.minimum_buyers);
    if buyers.is_empty() {
        // a company that sells nothing, or not to these, asked for no such model
        return None;
    }
    if n < needed {
        let failure = || Failure::TooFew { n, needed };
        models.fits.push(place.failed(ModelKind::Purchases, failure()));
        models.fits.push(place.failed(ModelKind::Spend, failure()));
        return None;
    }
    let family = match rules.lifetime.model {
        PurchaseModel::BgNbd => Family::BgNbd,
        PurchaseModel::MbgNbd => Family::MbgNbd,
        PurchaseModel::ParetoNbd => Family::ParetoNbd,
    };
    let purchases = BuyerGroups::new(buyers).and_then(|groups| PurchaseFit::new(family, &groups));
    let spend = GammaGamma::fit(buyers);
    match &purchases {
        Ok(fit) => put_purchases(fit, n, rules, place, models),
        Err(error) => {
            let failure = Failure::Named(error.to_string());
            models.fits.push(place.failed(ModelKind::Purchases, failure));
        }
    }
    match &spend {
        Ok(fit) => put_spend(fit, place, models),
        Err(error) => models.fits.push(place.failed(ModelKind::Spend, Failure::Named(error.to_string()))),
    }
    purchases.ok().zip(spend.ok())
}

fn put_purchases(fit: &PurchaseFit, n: u64, rules: &Rules, place: &Place, models: &mut Models) {
    let details = json!({
        "model": rules.lifetime.model,
        "unitDays": rules.lifetime.unit_days,
        "logLikelihood": fit.log_likelihood,
        "logLikelihoodWithoutDropOut": fit.without_drop_out,
        "iterations": fit.iterations,
    });
    models.fitted(place, (ModelKind::Purchases, n), warning(fit.status), &details, &fit.parameters);
}

fn put_spend(fit: &SpendFit, place: &Place, models: &mut Models) {
    let details =
        json!({ "logLikelihood": fit.log_likelihood, "frequencySpendCorrelation": fit.correlation });
    models.fitted(place, (ModelKind::Spend, fit.buyers), warning(fit.status), &details, &fit.parameters);
}

const NOT_SEEN: &str = "buyers are not seen to differ: the expectations stand, the parameters not";
const ALL_ALIVE: &str = "nobody is seen to leave: all count as alive";

fn warning(status: FitStatus) -> Option<&'static str> {
    match status {
        FitStatus::Identified => None,
        FitStatus::DropOutNotSeen => Some(ALL_ALIVE),
        FitStatus::SpreadNotSeen => Some(NOT_SEEN),
    }
}

fn worths(
    buying: &Buying,
    rules: &Rules,
    minor: f64,
    comparables: &[u32],
    lifetimes: &[Option<Lifetime>],
) -> Vec<Worth> {
    let turnovers: Vec<f64> = buying.purchases.iter().map(|one| one.window.revenue as f64 / minor).collect();
    let sizes = SizeRule::CumulativeShares {
        vip: rules.classes.vip_share,
        large: rules.classes.large_share,
        medium: rules.classes.medium_share,
    };
    let sizes = sizes.classes(&turnovers).unwrap_or_default();
    let standings = Concentration::new(&turnovers).map(|all| all.standings()).unwrap_or_default();
    let mut rfm = rfm(buying);
    let classes = growths(rules, comparables, lifetimes);
    let worth = |buyer: usize| {
        let lifetime = lifetimes[buyer];
        let alive = lifetime.map(|one| one.p_alive);
        let own = buying.lifecycles[buyer];
        let standing = standings.get(buyer);
        Worth {
            lifetime,
            growth: classes[buyer],
            size: sizes.get(buyer).map_or(Size::Unclassified, |size| match size {
                SizeClass::Vip => Size::Vip,
                SizeClass::Large => Size::Large,
                SizeClass::Medium => Size::Medium,
                SizeClass::Small => Size::Small,
            }),
            lifecycle: own.map_or(Lifecycle::Unclassified, |own| {
                phase(own.phase, alive.is_some_and(|alive| alive < rules.lifecycle.decline_alive))
            }),
            won_back: own.map(|own| own.won_back.is_some_and(|day| day >= buying.quarter_starts)),
            rfm: rfm[buyer].take(),
            rank: standing.map(|one| i64::from(one.rank)),
            cumulative_share: standing.and_then(|one| one.cumulative_share),
        }
    };
    (0..buying.customers.len()).map(worth).collect()
}

/// The gaps were judged before the model was known; who has probably left is in decline whatever the gaps.
fn phase(own: LifecyclePhase, fading: bool) -> Lifecycle {
    match own {
        _ if fading => Lifecycle::Decline,
        LifecyclePhase::Exploration => Lifecycle::Exploration,
        LifecyclePhase::BuildUp => Lifecycle::BuildUp,
        LifecyclePhase::Maturity => Lifecycle::Maturity,
        LifecyclePhase::Decline => Lifecycle::Decline,
    }
}

fn rfm(buying: &Buying) -> Vec<Option<i32>> {
    let known = buying.histories.iter().enumerate();
    let (places, histories): (Vec<usize>, Vec<_>) =
        known.filter_map(|(place, history)| Some((place, (*history)?))).unzip();
    let mut codes = vec![None; buying.customers.len()];
    for (place, score) in places.into_iter().zip(rfm_scores(&histories)) {
        codes[place] = Some(i32::from(score.code()));
    }
    codes
}

/// The classes by value and potential, of those whose lifetime value is known.
fn growths(rules: &Rules, comparables: &[u32], lifetimes: &[Option<Lifetime>]) -> Vec<Growth> {
    let mut classes = vec![Growth::Unclassified; lifetimes.len()];
    let known = lifetimes.iter().enumerate();
    let known: Vec<(usize, f64)> = known.filter_map(|(place, one)| Some((place, (*one)?.value?))).collect();
    let prospects: Vec<Prospects> = known
        .iter()
        .map(|(place, margin)| Prospects {
            margin: *margin,
            cost_to_serve: rules.classes.cost_to_serve,
            comparables: comparables.get(*place).copied().unwrap_or(0),
        })
        .collect();
    let rule = GrowthRule {
        most_valuable: rules.classes.most_valuable,
        most_growable: rules.classes.most_growable,
        potential: rules.classes.potential,
        ..GrowthRule::default()
    };
    let found = growth(&prospects, &rule).unwrap_or_default();
    for ((place, _), growth) in known.iter().zip(found) {
        classes[*place] = match growth.class {
            GrowthClass::MostValuable => Growth::MostValuable,
            GrowthClass::MostGrowable => Growth::MostGrowable,
            GrowthClass::BelowZero => Growth::BelowZero,
            GrowthClass::Other => Growth::Other,
        };
    }
    classes
}
