//! The value of word of mouth: what a customer brings by talking, beside what they buy.

use super::{ValueError, finite, head_count};

/// Assumptions of the value of word of mouth; the company's own, printed beside the figure.
///
/// Source: Satmetrix, "The economics of loyalty": with a value of 1,000, six positive referrals to a new customer and
/// four for a negative one, a promoter of four is worth 667 more and a detractor of three 2,000 less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordOfMouth {
    /// What a new customer is worth.
    pub customer_value: f64,
    /// Positive referrals that bring one.
    pub referrals_per_customer: f64,
    /// Positive referrals that a negative one undoes.
    pub negative_weight: f64,
}

impl Default for WordOfMouth {
    fn default() -> Self {
        Self { customer_value: 1000.0, referrals_per_customer: 6.0, negative_weight: 4.0 }
    }
}

impl WordOfMouth {
    /// What a customer's talk is worth: V·(positive − k·negative)/n. To be added to their own lifetime value.
    ///
    /// # Errors
    /// [`ValueError::Setting`] for an assumption or a number of referrals that is out of its range.
    pub fn value(&self, positive: f64, negative: f64) -> Result<f64, ValueError> {
        let settings = [
            ("customer_value", self.customer_value.is_finite()),
            (
                "referrals_per_customer",
                self.referrals_per_customer.is_finite() && self.referrals_per_customer > 0.0,
            ),
            ("negative_weight", self.negative_weight.is_finite() && self.negative_weight >= 0.0),
            ("positive", positive.is_finite() && positive >= 0.0),
            ("negative", negative.is_finite() && negative >= 0.0),
        ];
        if let Some((name, _)) = settings.into_iter().find(|(_, good)| !good) {
            return Err(ValueError::Setting { name });
        }
        let value =
            self.customer_value * (positive - self.negative_weight * negative) / self.referrals_per_customer;
        if value.is_finite() { Ok(value) } else { Err(ValueError::Setting { name: "customer_value" }) }
    }
}

/// A customer who was referred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Referral {
    /// Periods from now until the money comes.
    pub period: u32,
    /// Would have come anyway (type two): only the acquisition saved counts.
    pub would_have_come: bool,
    /// Margin of the referred customer in the period.
    pub margin: f64,
    /// Cost of the referral, such as its reward.
    pub referral_cost: f64,
    /// Marketing spent on the referred customer in the period.
    pub marketing_cost: f64,
    /// Acquisition cost saved; once for each referred customer.
    pub acquisition_saved: f64,
}

/// The customer referral value: Σ type one (margin − referral cost − marketing + acquisition saved)/(1+d)ᵗ + Σ type
/// two (acquisition saved)/(1+d)ᵗ.
///
/// Source: V. Kumar, J. A. Petersen and R. P. Leone, "How valuable is word of mouth?", Harvard Business Review 85
/// (2007).
///
/// # Errors
/// [`ValueError::NotFinite`] for a referral with an amount that is no number; [`ValueError::Setting`] for a discount
/// not above −1.
pub fn referral_value(referrals: &[Referral], discount: f64) -> Result<f64, ValueError> {
    if !(discount > -1.0 && discount.is_finite()) {
        return Err(ValueError::Setting { name: "discount" });
    }
    let mut sum = 0.0;
    for (row, referral) in referrals.iter().enumerate() {
        let own = referral.margin - referral.referral_cost - referral.marketing_cost;
        let value = referral.acquisition_saved + if referral.would_have_come { 0.0 } else { own };
        sum += value / (1.0 + discount).powf(f64::from(referral.period));
        if !(own.is_finite() && sum.is_finite()) {
            return Err(ValueError::NotFinite { row });
        }
    }
    Ok(sum)
}

/// A customer by own value and by the value of those they bring (Kumar, Petersen and Leone).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InfluenceClass {
    /// Buys much, brings many.
    Champion,
    /// Buys much, brings few.
    Affluent,
    /// Buys little, brings many.
    Advocate,
    /// Buys little, brings few.
    Miser,
}

/// The class of every customer by lifetime value and referral value, each cut at its (upper) median: high is a value
/// not below that of the customer at place ⌈n/2⌉ from the top.
///
/// # Errors
/// [`ValueError::Lengths`]; [`ValueError::Empty`]; [`ValueError::NotFinite`].
pub fn influence_classes(lifetime: &[f64], referral: &[f64]) -> Result<Vec<InfluenceClass>, ValueError> {
    if lifetime.len() != referral.len() {
        return Err(ValueError::Lengths { one: lifetime.len(), other: referral.len() });
    }
    let (buys, brings) = (cut(finite(lifetime)?), cut(finite(referral)?));
    let class = |(own, others): (&f64, &f64)| match (*own >= buys, *others >= brings) {
        (true, true) => InfluenceClass::Champion,
        (true, false) => InfluenceClass::Affluent,
        (false, true) => InfluenceClass::Advocate,
        (false, false) => InfluenceClass::Miser,
    };
    Ok(lifetime.iter().zip(referral).map(class).collect())
}

fn cut(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(|one, other| other.total_cmp(one));
    let place = head_count(0.5, sorted.len()).max(1) - 1;
    sorted.get(place).copied().unwrap_or_default()
}
