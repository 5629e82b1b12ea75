//! What becomes of every customer: type, class, and the rows that say so; and how the customers of every segment
//! divide and move.

use std::collections::HashMap;

use rapport_entities::{
    LoyaltyBasis, LoyaltySubtype, LoyaltyType, Scheme, ValueClass, composition, customer_quarter, transition,
};
use rapport_statistics::{Basis, Loyalty, LoyaltyRule, Subtype, ValueCuts, ValueRule, value_class};

use super::{
    customers::{Customer, Customers, Purchases},
    segments::Segments,
};
use crate::Rules;

/// A customer that the quarter before did not know.
pub const NEW: &str = "new";

/// The rules of a close as the statistics take them; money in minor units.
pub struct Judge {
    loyalty: LoyaltyRule,
    repeat_purchases: u32,
    /// The cuts of the value classes; `None` if nobody has turnover and a known profit.
    pub cuts: Option<ValueCuts>,
}

/// A customer judged.
pub struct Judgement {
    loyalty: Loyalty,
    class: Option<value_class::ValueClass>,
}

impl Judge {
    /// Finds the cuts among the customers; `minor` is the number of minor units in a major one.
    pub fn new(rules: &Rules, customers: &Customers, minor: f64) -> Self {
        let rule = match (rules.turnover_cut, rules.profitability_cut) {
            (Some(turnover), Some(profitability)) => {
                ValueRule::Fixed(ValueCuts { turnover: turnover * minor, profitability })
            }
            _ => ValueRule::Median,
        };
        let known =
            customers.windows().filter_map(|window| Some((window.revenue as f64, window.profit? as f64)));
        let loyalty = LoyaltyRule {
            satisfaction: rules.satisfaction_cut,
            intention: rules.intention_cut,
            apostle: rules.apostle_cut,
            terrorist: rules.terrorist_cut,
        };
        Self { loyalty, repeat_purchases: rules.repeat_purchases, cuts: rule.cuts(known) }
    }

    /// Type and class of a customer.
    pub fn judge(&self, customer: &Customer, purchases: &Purchases) -> Judgement {
        let (revenue, profit) = (purchases.window.revenue, purchases.window.profit);
        let class =
            self.cuts.zip(profit).and_then(|(cuts, profit)| cuts.classify(revenue as f64, profit as f64));
        Judgement { loyalty: self.loyalty.classify(&customer.axes(purchases, self.repeat_purchases)), class }
    }

    /// The stored row of a customer.
    pub fn row(&self, set_id: &str, customer: &Customer, purchases: &Purchases) -> customer_quarter::Model {
        let judgement = self.judge(customer, purchases);
        let axes = customer.axes(purchases, self.repeat_purchases);
        customer_quarter::Model {
            customer_id: customer.id,
            set_id: set_id.to_owned(),
            loyalty_type: judgement.loyalty_type(),
            loyalty_subtype: judgement.subtype(),
            loyalty_basis: judgement.loyalty.basis.map(|basis| match basis {
                Basis::Behaviour if customer.contract.is_some() => LoyaltyBasis::Contract,
                Basis::Behaviour => LoyaltyBasis::Purchases,
                Basis::Intention => LoyaltyBasis::Intention,
            }),
            satisfaction: customer.satisfaction,
            staying: axes.staying,
            intention: customer.intention,
            recommend: customer.recommend,
            complained: customer.complained,
            purchases: purchases.quarter.count,
            revenue: purchases.quarter.revenue,
            profit: purchases.quarter.profit,
            window_purchases: purchases.window.count,
            window_revenue: purchases.window.revenue,
            window_profit: purchases.window.profit,
            value_class: judgement.value_class(),
        }
    }
}

impl Judgement {
    fn loyalty_type(&self) -> LoyaltyType {
        use rapport_statistics::LoyaltyType as Kind;
        match self.loyalty.kind {
            Some(Kind::Loyal) => LoyaltyType::Loyal,
            Some(Kind::Defecting) => LoyaltyType::Defecting,
            Some(Kind::Mercenary) => LoyaltyType::Mercenary,
            Some(Kind::Hostage) => LoyaltyType::Hostage,
            None => LoyaltyType::Unclassified,
        }
    }

    fn subtype(&self) -> Option<LoyaltySubtype> {
        self.loyalty.subtype.map(|subtype| match subtype {
            Subtype::Apostle => LoyaltySubtype::Apostle,
            Subtype::Terrorist => LoyaltySubtype::Terrorist,
        })
    }

    fn value_class(&self) -> ValueClass {
        match self.class {
            Some(value_class::ValueClass::A) => ValueClass::A,
            Some(value_class::ValueClass::B) => ValueClass::B,
            Some(value_class::ValueClass::C) => ValueClass::C,
            Some(value_class::ValueClass::D) => ValueClass::D,
            None => ValueClass::Unclassified,
        }
    }
}

/// Customers counted, with their money in minor units.
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
    fn add(&mut self, purchases: &Purchases) {
        self.customers += 1;
        self.revenue += purchases.quarter.revenue;
        self.profit = self.profit.zip(purchases.quarter.profit).map(|(sum, profit)| sum + profit);
    }
}

/// How the customers of every segment divide into types and classes, and where they come from.
pub struct Divisions {
    segments: Vec<Division>,
}

#[derive(Clone, Default)]
struct Division {
    n: i64,
    classes: HashMap<(Scheme, &'static str), Count>,
    moves: HashMap<(&'static str, LoyaltyType), Count>,
}

impl Divisions {
    /// For so many segments.
    pub fn new(segments: usize) -> Self {
        Self { segments: vec![Division::default(); segments] }
    }

    /// Adds a customer's row; `before` is the type of the quarter before, if that was published.
    pub fn add(
        &mut self,
        members: &[usize],
        row: &customer_quarter::Model,
        purchases: &Purchases,
        before: Option<&'static str>,
    ) {
        for member in members {
            let division = &mut self.segments[*member];
            division.n += 1;
            let classes = [
                Some((Scheme::Loyalty, row.loyalty_type.as_str())),
                row.loyalty_subtype.map(|subtype| (Scheme::LoyaltySubtype, subtype.as_str())),
                Some((Scheme::ValueClass, row.value_class.as_str())),
            ];
            for class in classes.into_iter().flatten() {
                division.classes.entry(class).or_default().add(purchases);
            }
            if let Some(before) = before {
                division.moves.entry((before, row.loyalty_type)).or_default().add(purchases);
            }
        }
    }

    /// All customers counted.
    pub fn customers(&self) -> i64 {
        self.segments.first().map_or(0, |all| all.n)
    }

    /// The rows of the compositions: every class of every scheme, those without a customer too.
    pub fn compositions(&self, set_id: &str, segments: &Segments, floor: u64) -> Vec<composition::Model> {
        let schemes: [(Scheme, Vec<&'static str>); 3] = [
            (Scheme::Loyalty, LoyaltyType::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::LoyaltySubtype, LoyaltySubtype::ALL.iter().map(|one| one.as_str()).collect()),
            (Scheme::ValueClass, ValueClass::ALL.iter().map(|one| one.as_str()).collect()),
        ];
        let mut rows = Vec::new();
        for (division, key) in self.segments.iter().zip(&segments.keys) {
            for (scheme, words) in &schemes {
                let classified = division.classified(*scheme);
                rows.extend(
                    words.iter().map(|word| division.row(set_id, key, *scheme, word, classified, floor)),
                );
            }
        }
        rows
    }

    /// The rows of the transitions that happened.
    pub fn transitions(&self, set_id: &str, segments: &Segments, floor: u64) -> Vec<transition::Model> {
        let mut rows = Vec::new();
        for (division, (dimension, segment)) in self.segments.iter().zip(&segments.keys) {
            // a small segment's moves would name its customers
            if division.suppressed(floor) {
                continue;
            }
            let mut moves: Vec<_> = division.moves.iter().collect();
            moves.sort_by_key(|(key, _)| **key);
            rows.extend(moves.into_iter().map(|((from, to), count)| transition::Model {
                set_id: set_id.to_owned(),
                dimension: dimension.clone(),
                segment: segment.clone(),
                from_type: (*from).to_owned(),
                to_type: *to,
                customers: count.customers,
                revenue: count.revenue,
                n: division.n,
            }));
        }
        rows
    }
}

const UNCLASSIFIED: &str = LoyaltyType::Unclassified.as_str();

impl Division {
    fn suppressed(&self, floor: u64) -> bool {
        self.n.unsigned_abs() < floor.max(1)
    }

    /// The base of the shares: the classified. Subtypes are parts of the classified types.
    fn classified(&self, scheme: Scheme) -> i64 {
        let of = match scheme {
            Scheme::LoyaltySubtype => Scheme::Loyalty,
            other => other,
        };
        let counted = |((scheme, word), count): (&(Scheme, &str), &Count)| {
            if *scheme == of && *word != UNCLASSIFIED { count.customers } else { 0 }
        };
        self.classes.iter().map(counted).sum()
    }

    fn row(
        &self,
        set_id: &str,
        (dimension, segment): &(String, String),
        scheme: Scheme,
        word: &'static str,
        classified: i64,
        floor: u64,
    ) -> composition::Model {
        let count = self.classes.get(&(scheme, word)).copied().unwrap_or_default();
        let shown = !self.suppressed(floor);
        let has_share = shown && word != UNCLASSIFIED && classified > 0;
        composition::Model {
            set_id: set_id.to_owned(),
            scheme,
            dimension: dimension.clone(),
            segment: segment.clone(),
            class: word.to_owned(),
            customers: shown.then_some(count.customers),
            share: has_share.then(|| count.customers as f64 / classified as f64),
            revenue: shown.then_some(count.revenue),
            profit: count.profit.filter(|_| shown),
            n: self.n,
            suppressed: !shown,
        }
    }
}
