//! Fitting a model of purchasing, and saying whether the data determine it.

use super::{BetaGeometric, BuyerError, BuyerGroups, DropOut, Nbd, ParetoNbd, newton::Optimum};
use crate::{Interval, Z95};

/// A family of models of purchasing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Leaves after a repeat purchase, or never.
    BgNbd,
    /// Leaves after any purchase.
    MbgNbd,
    /// Leaves at any time.
    ParetoNbd,
    /// Never leaves.
    Nbd,
}

/// A model of purchasing with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PurchaseModel {
    /// BG/NBD or MBG/NBD.
    BetaGeometric(BetaGeometric),
    /// Pareto/NBD.
    ParetoNbd(ParetoNbd),
    /// NBD: nobody leaves.
    Nbd(Nbd),
}

/// Whether the data determine the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FitStatus {
    /// All of them.
    Identified,
    /// Nobody is seen to leave: what is reported is the NBD, by which all are alive.
    DropOutNotSeen,
    /// Buyers are not seen to differ in one respect: a pair of parameters runs off together. The expectations
    /// stand, the parameters and their errors do not.
    SpreadNotSeen,
}

/// A parameter and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its letter.
    pub name: &'static str,
    /// At the maximum of the likelihood.
    pub value: f64,
    /// From the inverse information, by the delta method from logs; `None` where it is not identified.
    pub standard_error: Option<f64>,
    /// 95 %, symmetric in logs: a parameter is positive.
    pub interval: Option<Interval>,
}

/// A fitted model of purchasing.
#[derive(Clone, Debug, PartialEq)]
pub struct PurchaseFit {
    /// The family that was asked for.
    pub family: Family,
    /// What was found; the NBD where no drop-out is seen.
    pub model: PurchaseModel,
    /// Whether the data determine it.
    pub status: FitStatus,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// At the maximum, in the buyers' unit of time, without terms free of the parameters.
    pub log_likelihood: f64,
    /// The same of the NBD: what drop-out adds.
    pub without_drop_out: f64,
    /// Newton steps taken.
    pub iterations: u32,
}

/// Log-likelihood that drop-out must add to count as seen: far below anything a test could tell from chance.
const SEEN: f64 = 0.01;
/// A mean probability of leaving per purchase, or per observed life, below this is none.
const NONE_LEAVE: f64 = 1e-6;

impl PurchaseFit {
    /// Fits a family of models by maximum likelihood.
    ///
    /// # Errors
    /// [`BuyerError::NoRepeats`] if nobody bought again, [`BuyerError::NotConverged`] if the search did not end.
    pub fn new(family: Family, buyers: &BuyerGroups) -> Result<Self, BuyerError> {
        let plain = Nbd::fit(buyers)?;
        let nbd = |status| {
            let [r, alpha] = plain.parameters;
            let status = if plain.is_identified(buyers.cases()) || status == FitStatus::DropOutNotSeen {
                status
            } else {
                FitStatus::SpreadNotSeen
            };
            Ok(Self::of(
                family,
                PurchaseModel::Nbd(Nbd::new(r, alpha)?),
                ["r", "alpha"],
                status,
                &plain,
                &plain,
                buyers,
            ))
        };
        let [r, alpha] = plain.parameters;
        match family {
            Family::Nbd => nbd(FitStatus::Identified),
            Family::BgNbd | Family::MbgNbd => {
                let rule =
                    if family == Family::BgNbd { DropOut::AfterRepeats } else { DropOut::AfterEveryPurchase };
                let top = near(buyers, [r, alpha, 0.8, 3.0], |buyers, start| {
                    BetaGeometric::fit(rule, start, buyers)
                })?;
                let [_, _, a, b] = top.parameters;
                if a < NONE_LEAVE * b || top.value < plain.value + SEEN {
                    return nbd(FitStatus::DropOutNotSeen);
                }
                let model = PurchaseModel::BetaGeometric(BetaGeometric::new(rule, top.parameters)?);
                Ok(Self::of(
                    family,
                    model,
                    ["r", "alpha", "a", "b"],
                    status(&top, buyers),
                    &top,
                    &plain,
                    buyers,
                ))
            }
            Family::ParetoNbd => {
                let longest = buyers.groups().last().map_or(1.0, |group| group.age);
                let top = near(buyers, [r, alpha, 0.8, 0.5 * longest], |buyers, start| {
                    ParetoNbd::fit(start, buyers)
                })?;
                let [_, _, s, beta] = top.parameters;
                if s * longest < NONE_LEAVE * beta || top.value < plain.value + SEEN {
                    return nbd(FitStatus::DropOutNotSeen);
                }
                let model = PurchaseModel::ParetoNbd(ParetoNbd::new(top.parameters)?);
                Ok(Self::of(
                    family,
                    model,
                    ["r", "alpha", "s", "beta"],
                    status(&top, buyers),
                    &top,
                    &plain,
                    buyers,
                ))
            }
        }
    }

    fn of<const N: usize>(
        family: Family,
        model: PurchaseModel,
        names: [&'static str; N],
        status: FitStatus,
        top: &Optimum<N>,
        plain: &Optimum<2>,
        buyers: &BuyerGroups,
    ) -> Self {
        let parameters = parameters(names, top, buyers.cases());
        let (log_likelihood, iterations) = (top.value, top.iterations);
        Self { family, model, status, parameters, log_likelihood, without_drop_out: plain.value, iterations }
    }
}

/// Fits from `start`; many buyers from where a part of them ends, which costs little and saves most of the passes. The
/// maximum is that of all buyers either way.
fn near(
    buyers: &BuyerGroups,
    start: [f64; 4],
    fit: impl Fn(&BuyerGroups, [f64; 4]) -> Result<Optimum<4>, BuyerError>,
) -> Result<Optimum<4>, BuyerError> {
    let part =
        buyers.sample().and_then(|part| fit(&part, start).ok().filter(|top| top.is_identified(part.cases())));
    let near = part.and_then(|top| fit(buyers, top.parameters).ok());
    near.map_or_else(|| fit(buyers, start), Ok)
}

fn status<const N: usize>(top: &Optimum<N>, buyers: &BuyerGroups) -> FitStatus {
    if top.is_identified(buyers.cases()) { FitStatus::Identified } else { FitStatus::SpreadNotSeen }
}

/// The parameters with standard errors and intervals.
pub(super) fn parameters<const N: usize>(
    names: [&'static str; N],
    top: &Optimum<N>,
    cases: f64,
) -> Vec<Parameter> {
    let errors = top.log_errors(cases);
    names
        .into_iter()
        .zip(top.parameters)
        .enumerate()
        .map(|(place, (name, value))| {
            let error = errors.map(|errors| errors[place]);
            let interval = error.map(|error| {
                let factor = (Z95 * error).exp();
                Interval { lower: value / factor, upper: value * factor }
            });
            Parameter { name, value, standard_error: error.map(|error| error * value), interval }
        })
        .collect()
}

impl PurchaseModel {
    /// The probability that a buyer has not left; 1 by the NBD.
    #[must_use]
    pub fn p_alive(&self, repeats: u32, last: f64, age: f64) -> f64 {
        match self {
            Self::BetaGeometric(model) => model.p_alive(repeats, last, age),
            Self::ParetoNbd(model) => model.p_alive(repeats, last, age),
            Self::Nbd(_) => 1.0,
        }
    }

    /// Purchases expected in the next `time` of a buyer who has not left.
    #[must_use]
    pub fn expected_while_alive(&self, repeats: u32, age: f64, time: f64) -> f64 {
        match self {
            Self::BetaGeometric(model) => model.expected_while_alive(repeats, age, time),
            Self::ParetoNbd(model) => model.expected_while_alive(repeats, age, time),
            Self::Nbd(model) => model.expected_purchases(repeats, age, time),
        }
    }

    /// Purchases expected in the next `time` of a buyer with these purchases.
    #[must_use]
    pub fn expected_purchases(&self, repeats: u32, last: f64, age: f64, time: f64) -> f64 {
        self.p_alive(repeats, last, age) * self.expected_while_alive(repeats, age, time)
    }

    /// Purchases after the first one expected of a new buyer in `time`.
    #[must_use]
    pub fn expected_of_new(&self, time: f64) -> f64 {
        match self {
            Self::BetaGeometric(model) => model.expected_of_new(time),
            Self::ParetoNbd(model) => model.expected_of_new(time),
            Self::Nbd(model) => model.expected_purchases(0, 0.0, time),
        }
    }

    /// The parameters in the order of their letters: r, α, then a and b or s and β.
    #[must_use]
    pub fn parameters(&self) -> Vec<f64> {
        match self {
            Self::BetaGeometric(model) => model.parameters().to_vec(),
            Self::ParetoNbd(model) => model.parameters().to_vec(),
            Self::Nbd(model) => vec![model.r, model.alpha],
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::behaviour::Buyer;

    /// Some leave at once and some never do: the spread of drop-out is plain to see.
    fn buyers() -> BuyerGroups {
        let one = |place: u32| {
            let repeats = [0, 1, 0, 1, 0, 2, 1, 0, 9, 0, 3, 14][(place % 12) as usize];
            let share = if repeats > 8 { 0.98 } else { [0.1, 0.3, 0.9, 0.05, 0.5][(place % 5) as usize] };
            let age = 20.0 + f64::from(place % 17);
            let last = if repeats > 0 { share * age } else { 0.0 };
            Buyer { repeats, last, age, mean_repeat_spend: 0.0 }
        };
        BuyerGroups::new(&(0..600).map(one).collect::<Vec<_>>()).unwrap()
    }

    fn same(tops: &[Optimum<4>]) {
        for top in tops {
            assert!(top.is_identified(600.0), "{top:?}");
            for (one, other) in top.parameters.iter().zip(tops[0].parameters) {
                assert!((one - other).abs() <= 1e-8 * other, "{tops:?}");
            }
        }
    }

    #[test]
    fn wild_starts_end_at_the_same_maximum() {
        let starts = [[1.0; 4], [0.01, 100.0, 0.01, 100.0], [20.0, 0.1, 5.0, 0.05], [5.0, 50.0, 0.01, 40.0]];
        let buyers = buyers();
        same(&starts.map(|start| BetaGeometric::fit(DropOut::AfterRepeats, start, &buyers).unwrap()));
        same(&starts.map(|start| BetaGeometric::fit(DropOut::AfterEveryPurchase, start, &buyers).unwrap()));
        same(&starts.map(|start| ParetoNbd::fit(start, &buyers).unwrap()));
    }
}
