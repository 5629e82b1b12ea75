//! The phase of a relationship: exploration, build-up, maturity or decline, from a customer's own purchase gaps.
//!
//! There is no standard for it: every threshold is a setting.

/// Thresholds of the phases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifecycleRule {
    /// Days without a purchase after which a customer with too few gaps of their own has lapsed.
    pub lapse_days: f64,
    /// The lapse point of a customer with enough gaps: so many times their own mean gap.
    pub lapse_gaps: f64,
    /// Gaps a customer needs for a lapse point of their own.
    pub own_gaps: usize,
    /// Decline begins at this share of the lapse point.
    pub decline_share: f64,
    /// Decline begins below this P(alive).
    pub decline_alive: f64,
    /// Up to so many purchases a customer explores.
    pub explored: u32,
    /// From so many purchases on a relationship can be mature.
    pub established: u32,
    /// Still building up while the mean of the later half of the gaps is below this share of the earlier half's.
    pub shrinking: f64,
}

impl Default for LifecycleRule {
    fn default() -> Self {
        Self {
            lapse_days: 180.0,
            lapse_gaps: 3.0,
            own_gaps: 3,
            decline_share: 0.8,
            decline_alive: 0.5,
            explored: 2,
            established: 6,
            shrinking: 0.7,
        }
    }
}

/// A phase of the relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifecyclePhase {
    /// The first purchases: both sides try each other.
    Exploration,
    /// Buys more, or more often.
    BuildUp,
    /// Buys in a rhythm.
    Maturity,
    /// Stays away longer than usual, or has probably left.
    Decline,
}

/// Where a customer stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifecycle {
    /// The phase at the end of the window.
    pub phase: LifecyclePhase,
    /// Days without a purchase after which this customer has lapsed.
    pub lapse_point: f64,
    /// Whether that point is passed.
    pub lapsed: bool,
    /// The day of the last purchase that followed a gap over the lapse point of that time: a customer won back.
    pub won_back: Option<i32>,
}

/// The lifecycle of a customer who bought on these days, ascending and each once, seen at the day `end`.
///
/// In this order: decline if the silence has reached its share of the lapse point or P(alive) is below its band;
/// exploration up to its number of purchases; build-up below the established number or while the gaps shrink; else
/// maturity. `None` without a purchase, for days out of order or after `end`, for a P(alive) outside 0…1, or where the
/// rule's lapse point is no number.
#[must_use]
pub fn lifecycle(days: &[i32], end: i32, p_alive: Option<f64>, rule: &LifecycleRule) -> Option<Lifecycle> {
    let last = *days.last()?;
    let gaps: Vec<f64> = days.windows(2).map(|pair| span(pair[0], pair[1])).collect();
    let coherent = gaps.iter().all(|gap| *gap > 0.0) && last <= end;
    if !coherent || p_alive.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
        return None;
    }
    let (lapse_point, silence) = (lapse_point(&gaps, rule), span(last, end));
    if !lapse_point.is_finite() {
        return None;
    }
    let fading = p_alive.is_some_and(|chance| chance < rule.decline_alive);
    let purchases = days.len();
    let phase = if fading || silence >= rule.decline_share * lapse_point {
        LifecyclePhase::Decline
    } else if purchases <= rule.explored as usize {
        LifecyclePhase::Exploration
    } else if purchases < rule.established as usize || shrinks(&gaps, rule.shrinking) {
        LifecyclePhase::BuildUp
    } else {
        LifecyclePhase::Maturity
    };
    Some(Lifecycle {
        phase,
        lapse_point,
        lapsed: silence > lapse_point,
        won_back: won_back(days, &gaps, rule),
    })
}

fn span(from: i32, to: i32) -> f64 {
    f64::from(to) - f64::from(from)
}

fn mean(gaps: &[f64]) -> f64 {
    gaps.iter().sum::<f64>() / gaps.len().max(1) as f64
}

fn lapse_point(gaps: &[f64], rule: &LifecycleRule) -> f64 {
    if gaps.len() >= rule.own_gaps.max(1) { rule.lapse_gaps * mean(gaps) } else { rule.lapse_days }
}

fn shrinks(gaps: &[f64], share: f64) -> bool {
    let (earlier, later) = gaps.split_at(gaps.len() / 2);
    !earlier.is_empty() && mean(later) < share * mean(earlier)
}

/// The last purchase after a gap longer than the lapse point known before it.
fn won_back(days: &[i32], gaps: &[f64], rule: &LifecycleRule) -> Option<i32> {
    let place = (0..gaps.len()).rev().find(|place| {
        let (before, from) = gaps.split_at(*place);
        from.first().is_some_and(|gap| *gap > lapse_point(before, rule))
    })?;
    days.get(place + 1).copied()
}
