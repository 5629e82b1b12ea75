//! The charts of value: the classes, the pyramid, and how unevenly turnover and profit are spread.

use rapport_charts::{ClassCell, Pareto, Subject, ValueClasses, ValuePyramid};
use rapport_entities::{CurveKind, Growth, ModelKind, Scheme, ValueClass};
use rapport_messages::Locale;

use super::{Gallery, rules, stored::Place};
use crate::close::rules_in_words;

impl Gallery {
    /// A class with its money in major units.
    fn cell(&self, place: &Place, scheme: Scheme, word: &str) -> ClassCell {
        let class = self.stored.class(place, scheme, word);
        let major = |minor: i64| minor as f64 / self.minor;
        ClassCell {
            customers: self.stored.customers(place, scheme, word),
            share: class.and_then(|class| class.share),
            revenue: class.and_then(|class| class.revenue).map_or(0.0, major),
            profit: class.and_then(|class| class.profit).map(major),
        }
    }

    pub(super) fn value_classes(&self, place: &Place, subject: Subject, locale: Locale) -> ValueClasses {
        let cell = |class: ValueClass| self.cell(place, Scheme::ValueClass, class.as_str());
        let unclassified = ValueClass::Unclassified.as_str();
        ValueClasses {
            subject,
            rule: rules_in_words::value_rule(&self.settings.rules, locale),
            a: cell(ValueClass::A),
            b: cell(ValueClass::B),
            c: cell(ValueClass::C),
            d: cell(ValueClass::D),
            unclassified: self.stored.customers(place, Scheme::ValueClass, unclassified),
            currency: self.currency.clone().unwrap_or_default(),
            turnover_cut: self.cuts.map(|cuts| cuts.turnover / self.minor),
            profitability_cut: self.cuts.map(|cuts| cuts.profitability),
            suppressed: self.is_small(place),
        }
    }

    pub(super) fn value_pyramid(&self, place: &Place, subject: Subject, locale: Locale) -> ValuePyramid {
        let tiers = [Growth::MostValuable, Growth::MostGrowable, Growth::Other, Growth::BelowZero];
        let unclassified = Growth::Unclassified.as_str();
        ValuePyramid {
            subject,
            rule: rules::pyramid(&self.settings.rules, locale),
            tiers: tiers.map(|tier| self.cell(place, Scheme::Growth, tier.as_str())),
            unclassified: self.stored.customers(place, Scheme::Growth, unclassified),
            currency: self.currency.clone().unwrap_or_default(),
            suppressed: self.is_small(place),
        }
    }

    pub(super) fn pareto(&self, place: &Place, subject: Subject, locale: Locale) -> Pareto {
        let curve =
            |kind| self.stored.curve(place, kind).map(|row| (row.x, row.y)).collect::<Vec<(f64, f64)>>();
        let figure = |name| self.stored.parameter(place, ModelKind::Concentration, name);
        let n = self.stored.curve(place, CurveKind::Lorenz).next().map_or(0, |row| row.n.unsigned_abs());
        Pareto {
            subject,
            rule: rules::concentration(&self.settings.rules, locale),
            lorenz: curve(CurveKind::Lorenz),
            whale: curve(CurveKind::Whale),
            top_fifth: figure("top_20_share"),
            gini: figure("gini"),
            currency: self.currency.clone().unwrap_or_default(),
            n,
        }
    }
}
