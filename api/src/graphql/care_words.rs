//! Why a customer is on the care list, in words with their figures.

use rapport_entities::{CareReason, LoyaltyType, ValueClass, customer_quarter};
use rapport_messages::{
    Locale, Value, date,
    number::{decimal, share},
};
use sea_orm::DerivePartialModel;

use super::care::Told;

/// What the quarter before said of a customer.
#[derive(Clone, Copy, Debug, DerivePartialModel)]
#[sea_orm(entity = "customer_quarter::Entity")]
pub struct Before {
    /// The customer.
    pub customer_id: i64,
    /// Loyalty type.
    pub loyalty_type: LoyaltyType,
    /// Value class.
    pub value_class: ValueClass,
    /// Of ten.
    pub satisfaction: Option<f64>,
    /// Probability of not having left.
    pub p_alive: Option<f64>,
}

/// A reason in words; without figures where those of the quarter before were cleared away.
pub fn in_words(reason: CareReason, told: &Told, locale: Locale) -> String {
    let (now, before) = (&told.result, told.before.as_ref());
    let plain = || locale.about("care-reason", reason.as_str()).into_owned();
    let changed = |id: &str, from: String, to: String| {
        locale.say(id, &[("from", Value::from(from)), ("to", Value::from(to))])
    };
    match reason {
        CareReason::ClassATurning if now.value_class != ValueClass::A => {
            let class = |class: ValueClass| locale.label("class", class.as_str()).into_owned();
            changed("care-class", class(ValueClass::A), class(now.value_class))
        }
        CareReason::ClassATurning => match before.and_then(|before| before.p_alive).zip(now.p_alive) {
            Some((from, to)) => changed("care-alive", share(from), share(to)),
            None => plain(),
        },
        CareReason::LoyalSlipping if now.loyalty_type != LoyaltyType::Loyal => {
            let kind = |kind: LoyaltyType| locale.label("loyalty", kind.as_str()).into_owned();
            changed("care-type", kind(LoyaltyType::Loyal), kind(now.loyalty_type))
        }
        CareReason::LoyalSlipping => {
            match before.and_then(|before| before.satisfaction).zip(now.satisfaction) {
                Some((from, to)) => changed("care-satisfaction", decimal(from, 1), decimal(to, 1)),
                None => plain(),
            }
        }
        CareReason::PromiseDue => match told.promise {
            Some(day) => {
                let day = [("day", Value::from(date(day, locale)))];
                locale.say(if told.overdue { "care-promise-overdue" } else { "care-promise-due" }, &day)
            }
            None => plain(),
        },
        CareReason::Hostage => match now.satisfaction {
            Some(value) => locale.say("care-hostage", &[("value", Value::from(decimal(value, 1)))]),
            None => plain(),
        },
        CareReason::HighValueSilent => plain(),
    }
}
