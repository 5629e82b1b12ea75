//! An improvement action: where it came from, where it stands, what happens to it, and what it did.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// What an action was opened from.
    ActionOrigin {
        /// A driver of satisfaction.
        Driver = "driver",
        /// A segment.
        Segment = "segment",
        /// What customers complain about.
        Complaint = "complaint",
        /// An index.
        Index = "index",
    }
}

words! {
    /// Where an action stands.
    ActionState {
        /// Nobody is at it yet.
        Planned = "planned",
        /// Somebody is at it.
        InWork = "in_work",
        /// It was carried out.
        Done = "done",
        /// It was given up.
        Abandoned = "abandoned",
    }
}

words! {
    /// What happens to an action.
    ActionEvent {
        /// It was opened.
        Opened = "opened",
        /// A move: somebody took it up.
        InWork = "in_work",
        /// A move: it was carried out.
        Done = "done",
        /// A move: it was given up.
        Abandoned = "abandoned",
        /// Its source told of it otherwise than before.
        Corrected = "corrected",
        /// Something to remember.
        Note = "note",
    }
}

words! {
    /// What an action did to the index it was to move, as far as the base tells.
    Verdict {
        /// Better than without it: the interval lies on the good side of 0.
        Improved = "improved",
        /// Worse than without it: the interval lies on the bad side of 0.
        Worsened = "worsened",
        /// The interval holds 0.
        NoDifference = "no_difference",
        /// The base cannot tell; why is said beside it.
        CannotTell = "cannot_tell",
    }
}

words! {
    /// Why the base cannot tell what an action did.
    Untold {
        /// No quarter before it took effect is published.
        NoQuarterBefore = "no_quarter_before",
        /// The index is not measured in one of the two quarters, or without a standard error.
        NotMeasured = "not_measured",
        /// The segment's own base is under the floor in one of the two quarters.
        BaseTooSmall = "base_too_small",
        /// There is no segment of the same dimension without an action on the index.
        NoComparable = "no_comparable",
        /// There are such, but too few of them have a base large enough to be compared with.
        FewComparable = "few_comparable",
        /// The interval holds no effect at all and the effect that was expected.
        TooWide = "too_wide",
    }
}

impl ActionState {
    /// The state that an action in this one is in after an event; none if the event moves it nowhere. The one place that
    /// says which moves are legal; the database holds the same list.
    pub const fn after(self, event: ActionEvent) -> Option<Self> {
        match (self, event) {
            (Self::Planned, ActionEvent::InWork) => Some(Self::InWork),
            (Self::InWork, ActionEvent::Done) => Some(Self::Done),
            (Self::Planned | Self::InWork, ActionEvent::Abandoned) => Some(Self::Abandoned),
            _ => None,
        }
    }

    /// The moves that are legal now, with the states they lead to.
    pub fn moves(self) -> impl Iterator<Item = (ActionEvent, Self)> {
        ActionEvent::ALL.iter().filter_map(move |event| Some((*event, self.after(*event)?)))
    }

    /// The move to another state; none if there is none.
    pub fn event_to(self, to: Self) -> Option<ActionEvent> {
        self.moves().find(|(_, state)| *state == to).map(|(event, _)| event)
    }

    /// The moves that lead to another state, one after the other, in as few as there must be; none if no moves do.
    pub fn way_to(self, to: Self) -> Option<Vec<(ActionEvent, Self)>> {
        if self == to {
            return Some(Vec::new());
        }
        let direct = self.moves().find(|(_, state)| *state == to).map(|one| vec![one]);
        direct.or_else(|| {
            self.moves().find_map(|one| {
                let mut way = vec![one];
                way.extend(one.1.way_to(to)?);
                Some(way)
            })
        })
    }

    /// Whether there is still something to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::InWork)
    }
}
