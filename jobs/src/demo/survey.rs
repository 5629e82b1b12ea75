//! The quarterly survey: its questions, who answers, and what. The mapping prints the same table of questions.
//! Answers are whole, lean to the top of their scale, and some are left out.

use chrono::SecondsFormat;

use super::Error;
use super::chance::{Chance, logistic};
use super::files::Files;
use super::mode::Mode;
use super::relationship::Relationship;
use super::remark;

/// One question and how it comes to be answered.
pub(super) struct Question {
    /// Its column and code.
    pub(super) code: &'static str,
    /// Its words in both languages.
    pub(super) text: &'static str,
    /// What it belongs to.
    pub(super) construct: &'static str,
    /// The single-item role it has, if any.
    pub(super) measure: Option<&'static str>,
    /// Its side of delivered value, and the component of it.
    pub(super) component: Option<(&'static str, &'static str)>,
    /// The element of satisfaction it belongs to.
    pub(super) element: Option<&'static str>,
    /// The least and the most that can be answered.
    pub(super) scale: (i64, i64),
    /// What is asked about.
    asks: Asks,
    /// Log odds of the scale's top for an average customer, per unit of what is asked about, and noise.
    answer: (f64, f64, f64),
}

#[derive(Clone, Copy)]
enum Asks {
    Expectation,
    Quality,
    Value,
    Satisfaction,
    /// Satisfaction, and what keeps the customer here.
    Return,
    /// Satisfaction, and whether a complaint was in the way.
    Ease,
    Complained,
}

const fn question(
    code: &'static str,
    text: &'static str,
    construct: &'static str,
    asks: Asks,
    answer: (f64, f64, f64),
) -> Question {
    let (measure, component, element) = (None, None, None);
    Question { code, text, construct, measure, component, element, scale: (1, 10), asks, answer }
}

impl Question {
    const fn measuring(self, measure: &'static str) -> Self {
        Self { measure: Some(measure), ..self }
    }

    const fn valued(self, side: &'static str, component: &'static str) -> Self {
        Self { component: Some((side, component)), ..self }
    }

    const fn of_element(self, element: &'static str) -> Self {
        Self { element: Some(element), ..self }
    }

    const fn scaled(self, low: i64, high: i64) -> Self {
        Self { scale: (low, high), ..self }
    }
}

/// The questions in the order of the columns.
pub(super) const QUESTIONS: [Question; 19] = [
    question(
        "overall",
        "Overall, how satisfied are you? 总体而言,您有多满意?",
        "satisfaction",
        Asks::Satisfaction,
        (1.36, 1.15, 0.4),
    )
    .measuring("overall"),
    question(
        "expectations_met",
        "How far were your expectations met? 我们在多大程度上达到了您的期望?",
        "satisfaction",
        Asks::Satisfaction,
        (1.15, 1.05, 0.55),
    ),
    question(
        "close_to_ideal",
        "How close are we to your ideal? 我们与您心目中的理想供应商有多接近?",
        "satisfaction",
        Asks::Satisfaction,
        (0.95, 1.05, 0.6),
    )
    .of_element("concept"),
    question(
        "expected_quality",
        "What quality did you expect? 您当初期望的总体质量如何?",
        "expectation",
        Asks::Expectation,
        (1.5, 0.65, 0.5),
    ),
    question(
        "expected_fit",
        "How well did you expect us to fit your needs? 您当初期望我们多大程度满足您的需求?",
        "expectation",
        Asks::Expectation,
        (1.4, 0.65, 0.55),
    ),
    question(
        "expected_reliability",
        "How reliable did you expect us to be? 您当初期望我们有多可靠?",
        "expectation",
        Asks::Expectation,
        (1.3, 0.6, 0.6),
    ),
    question(
        "quality_product",
        "How good are the products? 产品质量如何?",
        "quality",
        Asks::Quality,
        (1.4, 0.85, 0.55),
    )
    .valued("value", "product"),
    question(
        "quality_service",
        "How good is the service? 服务质量如何?",
        "quality",
        Asks::Quality,
        (1.3, 0.95, 0.55),
    )
    .valued("value", "service")
    .of_element("behaviour"),
    question(
        "quality_reliability",
        "How reliable are we? 我们有多可靠?",
        "quality",
        Asks::Quality,
        (1.35, 0.9, 0.6),
    ),
    question(
        "value_price",
        "Given the quality, how fair is the price? 就质量而言,价格有多合理?",
        "value",
        Asks::Value,
        (0.9, 0.9, 0.55),
    ),
    question(
        "value_quality",
        "Given the price, how good is the quality? 就价格而言,质量有多好?",
        "value",
        Asks::Value,
        (1.1, 0.9, 0.55),
    ),
    question(
        "repurchase",
        "How likely are you to buy again? 您再次购买的可能性有多大?",
        "loyalty",
        Asks::Return,
        (1.5, 1.0, 0.55),
    )
    .measuring("repurchase"),
    question(
        "recommend",
        "How likely are you to recommend us? 您向他人推荐我们的可能性有多大?",
        "loyalty",
        Asks::Satisfaction,
        (1.75, 1.55, 0.6),
    )
    .measuring("recommend")
    .scaled(0, 10),
    question(
        "ease",
        "We make it easy to get things done. 与我们打交道很省力。",
        "effort",
        Asks::Ease,
        (1.1, 0.8, 0.6),
    )
    .measuring("effort")
    .scaled(1, 7),
    question(
        "complained",
        "Have you complained this quarter? (1 yes, 0 no) 本季度您是否投诉过?(1 是,0 否)",
        "complaints",
        Asks::Complained,
        (0.0, 0.0, 0.0),
    )
    .measuring("complained")
    .scaled(0, 1),
    question(
        "staff",
        "How helpful are our people? 我们的员工有多乐于助人?",
        "service",
        Asks::Quality,
        (1.45, 0.8, 0.6),
    )
    .valued("value", "personnel")
    .of_element("behaviour"),
    question(
        "appearance",
        "How well do our shops and products look? 我们的门店和产品看起来有多好?",
        "service",
        Asks::Quality,
        (1.2, 0.6, 0.65),
    )
    .valued("value", "image")
    .of_element("visual"),
    question(
        "cost_money",
        "How much do you find you pay? (1 little, 10 much) 您觉得花的钱有多少?(1 少,10 多)",
        "cost",
        Asks::Value,
        (0.1, -0.8, 0.55),
    )
    .valued("cost", "money"),
    question(
        "cost_time",
        "How much of your time do we take? (1 little, 10 much) 与我们往来要花您多少时间?(1 少,10 多)",
        "cost",
        Asks::Ease,
        (-0.7, -0.7, 0.6),
    )
    .valued("cost", "time"),
];

/// Quarters a customer who no longer buys is still asked.
const ASKED_AWAY: u32 = 4;
const LEFT_OUT: f64 = 0.025;
/// The survey goes out when this part of the quarter has passed.
const SENT: f64 = 0.6;

/// Writes the customer's answers of a quarter, should they be asked and answer.
pub(super) fn write(life: &mut Relationship<'_>, quarter: usize, files: &mut Files) -> Result<(), Error> {
    if life.away > ASKED_AWAY || !life.chance.happens(logistic(answering(life))) {
        return Ok(());
    }
    let at = life.calendar.moment(quarter, SENT + life.chance.part() * (1.0 - SENT));
    let mode = Mode::draw(&mut life.modes, life.customer.plan);
    let mut row = vec![
        files.responses.next_code('R'),
        life.customer.code.clone(),
        "quarterly".to_owned(),
        at.to_rfc3339_opts(SecondsFormat::Secs, true),
        mode.word.to_owned(),
        mode.channel.to_owned(),
    ];
    row.extend(QUESTIONS.iter().map(|question| answer(question, mode, life)));
    files.responses.write_fields(&row)?;
    remark::write(life, at, files)
}

/// Log odds of answering: the very pleased and the very displeased write, those who left less.
fn answering(life: &Relationship<'_>) -> f64 {
    let extreme = life.experience.satisfaction.abs() - 0.7;
    let left = if life.buys() { 0.0 } else { -0.2 };
    -0.95 + life.customer.traits.candour + 0.25 * extreme + left
}

/// The answer as it is written: empty where it was left out.
fn answer(question: &Question, mode: &Mode, life: &mut Relationship<'_>) -> String {
    if life.chance.happens(LEFT_OUT) {
        return String::new();
    }
    if let Asks::Complained = question.asks {
        return i64::from(life.settled.is_some()).to_string();
    }
    let (average, steep, noise) = question.answer;
    let felt = average
        + steep * felt(question.asks, life)
        + life.customer.traits.style
        + mode.kindness * steep.signum();
    whole(question.scale, felt, noise, &mut life.chance).to_string()
}

fn felt(asks: Asks, life: &Relationship<'_>) -> f64 {
    let experience = &life.experience;
    match asks {
        Asks::Expectation => experience.expectation,
        Asks::Quality => experience.quality,
        Asks::Value => experience.value,
        Asks::Satisfaction | Asks::Complained => experience.satisfaction,
        Asks::Return => {
            let kept = 0.35 * life.customer.traits.barrier - 0.5 * (life.customer.traits.thrift - 0.4);
            experience.satisfaction + kept - if life.buys() { 0.0 } else { 0.8 }
        }
        Asks::Ease => experience.satisfaction - if life.settled == Some(false) { 1.0 } else { 0.0 },
    }
}

/// A logistic curve bends the answers at the scale's ends, which gives them their ceiling.
pub(super) fn whole(scale: (i64, i64), log_odds: f64, noise: f64, chance: &mut Chance) -> i64 {
    let (low, high) = scale;
    let part = logistic(log_odds + chance.normal(noise));
    low + ((high - low) as f64 * part).round() as i64
}
