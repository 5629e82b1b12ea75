//! Recency, frequency and monetary value in quintiles, 5 the best, and the 125 cells they make.

use super::History;

/// A customer's quintiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RfmScore {
    /// Of the last purchase's day, last-to-now: 5 is the latest.
    pub recency: u8,
    /// Of the days with a purchase.
    pub frequency: u8,
    /// Of the money after refunds.
    pub monetary: u8,
}

impl RfmScore {
    /// The cell's code, 111 to 555.
    #[must_use]
    pub fn code(&self) -> u16 {
        u16::from(self.recency) * 100 + u16::from(self.frequency) * 10 + u16::from(self.monetary)
    }

    /// The three scores added up, 3 to 15.
    #[must_use]
    pub fn sum(&self) -> u8 {
        self.recency + self.frequency + self.monetary
    }
}

/// The scores of customers, in the order given. Give them in the order of their ids: it breaks ties.
///
/// Each figure is cut on its own by [`quintiles`]. Source: J. R. Miglautsch, "Thoughts on RFM scoring", Journal of
/// Database Marketing 8 (2000).
#[must_use]
pub fn rfm_scores(histories: &[History]) -> Vec<RfmScore> {
    let cut = |figure: fn(&History) -> f64| quintiles(&histories.iter().map(figure).collect::<Vec<_>>());
    let recency = cut(|history| f64::from(history.last_day));
    let frequency = cut(|history| f64::from(history.purchase_days));
    let monetary = cut(History::net);
    recency
        .into_iter()
        .zip(frequency)
        .zip(monetary)
        .map(|((recency, frequency), monetary)| RfmScore { recency, frequency, monetary })
        .collect()
}

/// Every cell that has customers, ascending by code, with their number.
#[must_use]
pub fn rfm_cells(scores: &[RfmScore]) -> Vec<(RfmScore, u64)> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|one, other| one == other)
        .filter_map(|cell| Some((*cell.first()?, cell.len() as u64)))
        .collect()
}

/// SQL's NTILE(5) over values ascending: five parts whose sizes differ by one at most, the lower parts the larger;
/// 5 holds the highest values. Equal values are split by their order: the earlier one stands lower.
#[must_use]
pub fn quintiles(values: &[f64]) -> Vec<u8> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| {
        let of = |place: &usize| values.get(*place).copied().unwrap_or_default();
        of(one).total_cmp(&of(other))
    });
    let (size, larger) = (values.len() / 5, values.len() % 5);
    let mut quintiles = vec![0; values.len()];
    let mut places = order.into_iter();
    for part in 1..=5_u8 {
        for place in places.by_ref().take(size + usize::from(usize::from(part) <= larger)) {
            quintiles.get_mut(place).into_iter().for_each(|quintile| *quintile = part);
        }
    }
    quintiles
}
