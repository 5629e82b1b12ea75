//! How a customer answers: mostly online, professionals more on the phone. To somebody who listens people answer kinder than
//! to a page, which is what the mode effect is.

use super::chance::Chance;
use super::market::PLANS;

/// A way of answering.
pub(super) struct Mode {
    /// The word of the mode.
    pub(super) word: &'static str,
    /// The company's word for the channel.
    pub(super) channel: &'static str,
    /// How often it is taken, by plan.
    weights: [f64; PLANS.len()],
    /// What it adds to the log odds of every answer.
    pub(super) kindness: f64,
}

const MODES: [Mode; 5] = [
    Mode { word: "online", channel: "App", weights: [0.46, 0.38, 0.22], kindness: -0.05 },
    Mode { word: "online", channel: "WeChat 微信", weights: [0.28, 0.26, 0.2], kindness: -0.05 },
    Mode { word: "phone", channel: "Hotline 热线", weights: [0.13, 0.2, 0.38], kindness: 0.24 },
    Mode { word: "in_person", channel: "Shop 门店", weights: [0.08, 0.11, 0.16], kindness: 0.14 },
    Mode { word: "mail", channel: "Letter 信函", weights: [0.05, 0.05, 0.04], kindness: -0.12 },
];

impl Mode {
    /// How a customer of this plan answers.
    pub(super) fn draw(chance: &mut Chance, plan: usize) -> &'static Self {
        &MODES[chance.weighted(MODES.iter().map(|mode| mode.weights[plan]))]
    }
}
