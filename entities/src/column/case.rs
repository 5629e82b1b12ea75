//! A complaint as a case: its states, what happens to it, and which happening moves it from which state to which.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// Where a complaint stands.
    CaseState {
        /// It came in.
        Received = "received",
        /// The customer was told that it came in.
        Acknowledged = "acknowledged",
        /// Somebody is at it.
        InWork = "in_work",
        /// It was resolved, as the company sees it.
        Resolved = "resolved",
        /// The customer said to be satisfied with that.
        ConfirmedSatisfied = "confirmed_satisfied",
        /// The customer said not to be satisfied with that.
        ConfirmedDissatisfied = "confirmed_dissatisfied",
        /// Nothing is left to do.
        Closed = "closed",
    }
}

words! {
    /// What happens to a complaint.
    CaseEvent {
        /// A move: the customer was told that it came in.
        Acknowledged = "acknowledged",
        /// A move: somebody took it up.
        InWork = "in_work",
        /// A move: it was resolved.
        Resolved = "resolved",
        /// A move: the customer is satisfied with that.
        ConfirmedSatisfied = "confirmed_satisfied",
        /// A move: the customer is not satisfied with that.
        ConfirmedDissatisfied = "confirmed_dissatisfied",
        /// A move: it was closed.
        Closed = "closed",
        /// A move: it was taken up again.
        Reopened = "reopened",
        /// A step: the customer was listened to.
        Listened = "listened",
        /// A step: somebody apologised.
        Apologised = "apologised",
        /// A step: the complaint was said again in other words, to be sure of it.
        Restated = "restated",
        /// A step: somebody showed to understand how it felt.
        Empathised = "empathised",
        /// A step: the customer was made amends to.
        Compensated = "compensated",
        /// A step: somebody made sure that the customer is satisfied.
        MadeSure = "made_sure",
        /// A fault: what was promised was not done.
        PromisedNotDone = "promised_not_done",
        /// A fault: the customer was blamed.
        BlamedCustomer = "blamed_customer",
        /// A fault: a promise was broken.
        BrokePromise = "broke_promise",
        /// A fault: nobody reacted.
        NoReaction = "no_reaction",
        /// A fault: somebody was impolite.
        Impolite = "impolite",
        /// A fault: the customer was passed on to others.
        PassedOn = "passed_on",
        /// A fault: gestures that shut the customer out.
        ClosedGestures = "closed_gestures",
        /// A fault: the customer was interrogated.
        Interrogated = "interrogated",
        /// Something was promised, by a time.
        Promise = "promise",
        /// Something to remember.
        Note = "note",
    }
}

words! {
    /// What events of complaints have in common.
    EventSort {
        /// Moves the case from a state to another.
        Move = "move",
        /// A step of good handling.
        Step = "step",
        /// A fault in the handling.
        Fault = "fault",
        /// Something promised.
        Promise = "promise",
        /// Something to remember.
        Note = "note",
    }
}

words! {
    /// A service standard that a complaint is measured by.
    Deadline {
        /// The customer is told that the complaint came in.
        Acknowledge = "acknowledge",
        /// The complaint is resolved.
        Resolve = "resolve",
    }
}

impl CaseEvent {
    /// The order of the words above is that of a case's life: of moves at the same moment the first here comes first.
    pub const fn sort(self) -> EventSort {
        match self {
            Self::Acknowledged
            | Self::InWork
            | Self::Resolved
            | Self::ConfirmedSatisfied
            | Self::ConfirmedDissatisfied
            | Self::Closed
            | Self::Reopened => EventSort::Move,
            Self::Listened
            | Self::Apologised
            | Self::Restated
            | Self::Empathised
            | Self::Compensated
            | Self::MadeSure => EventSort::Step,
            Self::Promise => EventSort::Promise,
            Self::Note => EventSort::Note,
            _ => EventSort::Fault,
        }
    }

    /// Those of a sort, in their order.
    pub fn of_sort(sort: EventSort) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |event| event.sort() == sort)
    }

    /// Whether it shows that somebody took the complaint up: moves, steps of handling and promises do.
    pub const fn takes_up(self) -> bool {
        matches!(self.sort(), EventSort::Move | EventSort::Step | EventSort::Promise)
    }
}

impl CaseState {
    /// The state that a case in this one is in after an event; none if the event moves it nowhere. The one place that
    /// says which moves are legal; the database holds the same list.
    pub const fn after(self, event: CaseEvent) -> Option<Self> {
        match (self, event) {
            (Self::Received, CaseEvent::Acknowledged) => Some(Self::Acknowledged),
            (Self::Acknowledged, CaseEvent::InWork)
            | (Self::ConfirmedDissatisfied | Self::Closed, CaseEvent::Reopened) => Some(Self::InWork),
            (Self::InWork, CaseEvent::Resolved) => Some(Self::Resolved),
            (Self::Resolved, CaseEvent::ConfirmedSatisfied) => Some(Self::ConfirmedSatisfied),
            (Self::Resolved, CaseEvent::ConfirmedDissatisfied) => Some(Self::ConfirmedDissatisfied),
            (Self::ConfirmedSatisfied | Self::ConfirmedDissatisfied, CaseEvent::Closed) => Some(Self::Closed),
            _ => None,
        }
    }

    /// The moves that are legal now, with the states they lead to.
    pub fn moves(self) -> impl Iterator<Item = (CaseEvent, Self)> {
        CaseEvent::ALL.iter().filter_map(move |event| Some((*event, self.after(*event)?)))
    }

    /// The move to another state; none if there is none.
    pub fn event_to(self, to: Self) -> Option<CaseEvent> {
        self.moves().find(|(_, state)| *state == to).map(|(event, _)| event)
    }

    /// Whether the company counts it as resolved.
    pub const fn is_resolved(self) -> bool {
        matches!(self, Self::Resolved | Self::ConfirmedSatisfied | Self::ConfirmedDissatisfied | Self::Closed)
    }
}
