//! The loyalty type of a customer. One function decides; charts, pages and the API read what it decided.
//!
//! Source: T. O. Jones and W. E. Sasser, "Why satisfied customers defect", Harvard Business Review 73 (1995). The cut
//! separates high from the rest, not at the midpoint: the merely satisfied leave like the dissatisfied.

/// Satisfied × staying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoyaltyType {
    /// Satisfied and staying.
    Loyal,
    /// Neither.
    Defecting,
    /// Satisfied, not staying.
    Mercenary,
    /// Staying, not satisfied.
    Hostage,
}

/// The extremes within loyal and defecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subtype {
    /// Loyal, at the top of both axes, and recommending where that was asked.
    Apostle,
    /// Defecting, at the bottom of both axes, and complaining or warning others.
    Terrorist,
}

/// What the loyalty axis was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// What the customer does.
    Behaviour,
    /// What the customer says.
    Intention,
}

/// The cuts, in points of ten ([`crate::Scale::of_ten`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoyaltyRule {
    /// Satisfied from here.
    pub satisfaction: f64,
    /// Intending to stay from here.
    pub intention: f64,
    /// An apostle's least on both axes.
    pub apostle: f64,
    /// A terrorist's most on both axes.
    pub terrorist: f64,
}

/// What is known of a customer; an answer that is NaN is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Axes {
    /// Latest overall satisfaction, of ten.
    pub satisfaction: Option<f64>,
    /// Whether the customer stays, by contract or purchases.
    pub staying: Option<bool>,
    /// Latest intention to buy again or stay, of ten.
    pub intention: Option<f64>,
    /// Latest likelihood to recommend, 0–10.
    pub recommend: Option<f64>,
    /// Complained.
    pub complained: bool,
}

/// What the rule says of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loyalty {
    /// `None` if an axis is unknown.
    pub kind: Option<LoyaltyType>,
    /// The extremes.
    pub subtype: Option<Subtype>,
    /// `None` if the loyalty axis is unknown.
    pub basis: Option<Basis>,
}

impl Axes {
    fn known(&self) -> Self {
        let known = |answer: Option<f64>| answer.filter(|answer| !answer.is_nan());
        let (satisfaction, intention) = (known(self.satisfaction), known(self.intention));
        Self { satisfaction, intention, recommend: known(self.recommend), ..*self }
    }
}

impl LoyaltyRule {
    /// The type of a customer: behaviour where it is known, the stated intention otherwise; with an axis missing,
    /// none.
    pub fn classify(&self, axes: &Axes) -> Loyalty {
        let axes = &axes.known();
        let stays_by_word = axes.intention.map(|intention| intention >= self.intention);
        let (staying, basis) = match (axes.staying, stays_by_word) {
            (Some(staying), _) => (Some(staying), Some(Basis::Behaviour)),
            (None, Some(staying)) => (Some(staying), Some(Basis::Intention)),
            (None, None) => (None, None),
        };
        let kind = axes.satisfaction.zip(staying).map(|(satisfaction, staying)| {
            match (satisfaction >= self.satisfaction, staying) {
                (true, true) => LoyaltyType::Loyal,
                (true, false) => LoyaltyType::Mercenary,
                (false, true) => LoyaltyType::Hostage,
                (false, false) => LoyaltyType::Defecting,
            }
        });
        Loyalty { kind, subtype: kind.and_then(|kind| self.subtype(kind, axes)), basis }
    }

    /// Both axes at an extreme; an axis of behaviour is at its extreme by itself, and an intention known beside it
    /// must agree.
    fn subtype(&self, kind: LoyaltyType, axes: &Axes) -> Option<Subtype> {
        let satisfaction = axes.satisfaction?;
        match kind {
            LoyaltyType::Loyal => (satisfaction >= self.apostle
                && axes.intention.is_none_or(|intention| intention >= self.apostle)
                && axes.recommend.is_none_or(|recommend| recommend >= 9.0))
            .then_some(Subtype::Apostle),
            LoyaltyType::Defecting => (satisfaction <= self.terrorist
                && axes.intention.is_none_or(|intention| intention <= self.terrorist)
                && (axes.complained || axes.recommend.is_some_and(|recommend| recommend <= 6.0)))
            .then_some(Subtype::Terrorist),
            LoyaltyType::Mercenary | LoyaltyType::Hostage => None,
        }
    }
}
