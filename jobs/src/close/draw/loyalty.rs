//! The charts of loyalty: the types and how customers move between them, who stays, and what became of complaints.

use rapport_charts::{
    Cohort, Cohorts, ComplaintIceberg, LoyaltyMatrix, Move, RetentionCurve, RetentionPoint, RetentionZones,
    Subject, Transitions, TypeCell,
};
use rapport_entities::{ComplaintStage, CurveKind, LoyaltySubtype, LoyaltyType, ModelKind, Scheme};
use rapport_messages::Locale;

use super::{Gallery, rules, stored::Place};
use crate::close::rules_in_words;

impl Gallery {
    pub(super) fn loyalty_matrix(&self, place: &Place, subject: Subject, locale: Locale) -> LoyaltyMatrix {
        let types = LoyaltyType::ALL.iter().filter(|one| **one != LoyaltyType::Unclassified);
        let revenue_of =
            |word| self.stored.class(place, Scheme::Loyalty, word).and_then(|class| class.revenue);
        let revenue: i64 = types.filter_map(|one| revenue_of(one.as_str())).sum();
        let cell = |one: LoyaltyType| TypeCell {
            customers: self.stored.customers(place, Scheme::Loyalty, one.as_str()),
            share: self.stored.class(place, Scheme::Loyalty, one.as_str()).and_then(|class| class.share),
            revenue_share: revenue_of(one.as_str())
                .filter(|_| revenue > 0)
                .map(|part| part as f64 / revenue as f64),
        };
        let unclassified = LoyaltyType::Unclassified.as_str();
        LoyaltyMatrix {
            subject,
            rule: rules_in_words::loyalty_rule(&self.settings.rules, locale),
            loyal: cell(LoyaltyType::Loyal),
            hostage: cell(LoyaltyType::Hostage),
            mercenary: cell(LoyaltyType::Mercenary),
            defecting: cell(LoyaltyType::Defecting),
            apostles: self.stored.customers(place, Scheme::LoyaltySubtype, LoyaltySubtype::Apostle.as_str()),
            terrorists: self.stored.customers(
                place,
                Scheme::LoyaltySubtype,
                LoyaltySubtype::Terrorist.as_str(),
            ),
            unclassified: self.stored.customers(place, Scheme::Loyalty, unclassified),
            suppressed: self
                .stored
                .class(place, Scheme::Loyalty, unclassified)
                .is_none_or(|class| class.suppressed),
        }
    }

    /// Whether a place has too few customers for its classes.
    pub(super) fn is_small(&self, place: &Place) -> bool {
        let unclassified = LoyaltyType::Unclassified.as_str();
        self.stored.class(place, Scheme::Loyalty, unclassified).is_none_or(|class| class.suppressed)
    }

    pub(super) fn transitions(&self, place: &Place, subject: Subject, locale: Locale) -> Transitions {
        let moves = self.stored.transitions(place).iter().map(|row| Move {
            from: row.from_type.clone(),
            to: row.to_type.as_str().to_owned(),
            customers: row.customers.unsigned_abs(),
        });
        Transitions {
            subject,
            rule: rules_in_words::loyalty_rule(&self.settings.rules, locale),
            before: self.quarter.previous().to_string(),
            moves: moves.collect(),
            suppressed: self.is_small(place),
        }
    }

    pub(super) fn retention_curve(&self, place: &Place, subject: Subject, locale: Locale) -> RetentionCurve {
        let figure = |name| self.stored.parameter(place, ModelKind::Retention, name);
        let zones = figure("indifference_from").zip(figure("affection_from"));
        let points = self.stored.curve(place, CurveKind::Retention).map(|row| RetentionPoint {
            satisfaction: row.x,
            share: row.y,
            interval: row.lower.zip(row.upper),
            smoothed: row.monotone,
            n: row.n.unsigned_abs(),
        });
        let retained = ["retained_in_defection", "retained_in_indifference", "retained_in_affection"];
        RetentionCurve {
            subject,
            rule: rules::retention(&self.settings.rules, locale),
            points: points.collect(),
            zones: zones.map(|(indifference_from, affection_from)| RetentionZones {
                indifference_from,
                affection_from,
                retained: retained.map(figure),
            }),
        }
    }

    pub(super) fn cohorts(&self, place: &Place, subject: Subject, locale: Locale) -> Cohorts {
        let mut cohorts: Vec<Cohort> = Vec::new();
        for row in self.stored.cohorts(place) {
            let acquired = row.acquired.to_string();
            match cohorts.last_mut().filter(|cohort| cohort.acquired == acquired) {
                Some(cohort) => cohort.shares.push(row.share),
                None => cohorts.push(Cohort {
                    acquired,
                    customers: row.customers.map(i64::unsigned_abs),
                    shares: vec![row.share],
                    suppressed: row.suppressed,
                }),
            }
        }
        Cohorts { subject, rule: rules::cohorts(locale), cohorts }
    }

    pub(super) fn complaint_iceberg(
        &self,
        place: &Place,
        subject: Subject,
        locale: Locale,
    ) -> ComplaintIceberg {
        let reached = |stage: ComplaintStage| {
            let class = self.stored.class(place, Scheme::Complaint, stage.as_str());
            class.and_then(|class| class.customers).map(i64::unsigned_abs)
        };
        ComplaintIceberg {
            subject,
            rule: rules::complaints(&self.settings.rules, locale),
            stages: [
                reached(ComplaintStage::Dissatisfied),
                reached(ComplaintStage::Complained),
                reached(ComplaintStage::Acknowledged),
                reached(ComplaintStage::Resolved),
                reached(ComplaintStage::Kept),
            ],
            undecided: reached(ComplaintStage::Undecided),
            suppressed: self.is_small(place),
        }
    }
}
