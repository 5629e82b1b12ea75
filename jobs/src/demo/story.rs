//! The three things that happen to the company, when and where: what the computed numbers must find again.

use std::ops::Range;
use std::path::PathBuf;

use super::calendar::Calendar;
use super::market::{EAST, Group, PLANS, PLUS, REGIONS, WEST};

/// What was written, and what happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The mapping to import.
    pub mapping: PathBuf,
    /// A region's service fails: satisfaction falls, complaints surge, recovery takes two quarters.
    pub failure: Episode,
    /// A rival undercuts a plan: satisfied customers who look at prices buy elsewhere, as mercenaries do.
    pub price_war: Episode,
    /// Competition arrives in a region which had none: its hostages leave.
    pub competition: Episode,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// The quarter it begins in, as `2025-Q2`. Customers who stay away are seen to from the next quarter on.
    pub quarter: String,
    /// The code of the dimension it happens in.
    pub dimension: String,
    /// The code of the segment it happens to.
    pub segment: String,
    /// What happened, in English and in Chinese.
    pub what: (String, String),
}

/// The quarters of the episodes.
pub(super) struct Plot {
    /// The quarter of the service failure.
    pub(super) failure: usize,
    /// The quarters of the price war.
    pub(super) price_war: Range<usize>,
    /// The quarter competition arrives in.
    pub(super) competition: usize,
}

impl Plot {
    /// The episodes of a company of so many quarters, placed from its end; a short company has them all at once.
    pub(super) fn of(quarters: usize) -> Self {
        let back = |count: usize| quarters.saturating_sub(count);
        Self { failure: back(5), price_war: back(8)..back(3), competition: back(4) }
    }

    /// The story as it is told.
    pub(super) fn story(&self, calendar: &Calendar, mapping: PathBuf) -> Story {
        let when = |quarter| calendar.name(quarter);
        Story {
            mapping,
            failure: episode(when(self.failure), "region", &REGIONS[EAST], FAILURE),
            price_war: episode(when(self.price_war.start), "plan", &PLANS[PLUS], PRICE_WAR),
            competition: episode(when(self.competition), "region", &REGIONS[WEST], COMPETITION),
        }
    }
}

const FAILURE: (&str, &str) = (
    "The service failed: satisfaction and recommendation fell, complaints surged, and it took two quarters to recover.",
    "服务发生重大故障:满意度与推荐意愿骤降,投诉激增,两个季度后才恢复。",
);
const PRICE_WAR: (&str, &str) = (
    "A rival undercut the price: satisfied customers who look at prices bought elsewhere, and mercenaries multiplied.",
    "竞争对手发动价格战:对价格敏感的满意客户转向别家,图利型客户明显增加。",
);
const COMPETITION: (&str, &str) = (
    "Competition arrived where there was hardly any: dissatisfied customers who had no other choice left.",
    "竞争者进入原本近乎垄断的市场:不满意却别无选择的人质型客户纷纷离开。",
);

fn episode(quarter: String, dimension: &str, segment: &Group, what: (&str, &str)) -> Episode {
    Episode {
        quarter,
        dimension: dimension.to_owned(),
        segment: segment.code.to_owned(),
        what: (what.0.to_owned(), what.1.to_owned()),
    }
}
