//! What a case has come to by its events: one rule for those that are recorded here and those that an import brings.

use rapport_entities::{At, CaseEvent, CaseState, EventSort, complaint};

/// What a case has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: CaseState,
    /// How many moves there were.
    pub moves: i32,
    /// How often it was taken up again.
    pub reopened: i32,
    /// When the customer was first told that it came in.
    pub acknowledged_at: Option<At>,
    /// When it was resolved; none while it is not.
    pub resolved_at: Option<At>,
    /// Whether the customer said to be satisfied; none until asked.
    pub satisfied: Option<bool>,
    /// When something last happened to it.
    pub last_event_at: Option<At>,
    /// When somebody first took it up.
    pub taken_up_at: Option<At>,
    /// When it was first resolved by a move.
    pub first_resolved_at: Option<At>,
    /// When the customer last said whether it is satisfied.
    pub confirmed_at: Option<At>,
    /// How many faults there were in its handling.
    pub faults: i32,
}

/// A legal move: its number, and the states it leads from and to.
pub type Moved = (i32, CaseState, CaseState);

impl Standing {
    /// A case before its first event. One that its source calls resolved is so, unless its first move was earlier: then
    /// its moves tell the whole of it.
    pub fn start(said_resolved_at: Option<At>, first_move: Option<At>) -> Self {
        let resolved_at = said_resolved_at.filter(|said| first_move.is_none_or(|first| said.0 <= first.0));
        Self {
            state: if resolved_at.is_some() { CaseState::Resolved } else { CaseState::Received },
            moves: 0,
            reopened: 0,
            acknowledged_at: None,
            resolved_at,
            satisfied: None,
            last_event_at: None,
            taken_up_at: None,
            first_resolved_at: None,
            confirmed_at: None,
            faults: 0,
        }
    }

    /// As it is stored.
    pub fn of(row: &complaint::Model) -> Self {
        Self {
            state: row.state,
            moves: row.moves,
            reopened: row.reopened,
            acknowledged_at: row.acknowledged_at,
            resolved_at: row.resolved_at,
            satisfied: row.satisfied,
            last_event_at: row.last_event_at,
            taken_up_at: row.taken_up_at,
            first_resolved_at: row.first_resolved_at,
            confirmed_at: row.confirmed_at,
            faults: row.faults,
        }
    }

    /// An event happens; the move that it is, if that is legal from the state reached. Others leave the state.
    pub fn take(&mut self, event: CaseEvent, at: At) -> Option<Moved> {
        self.happened(event, at);
        let (from, to) = (self.state, self.state.after(event)?);
        self.state = to;
        self.moves += 1;
        match event {
            CaseEvent::Acknowledged => self.acknowledged_at = Some(at),
            CaseEvent::Resolved => {
                self.resolved_at = Some(at);
                self.first_resolved_at = earlier(self.first_resolved_at, at);
            }
            CaseEvent::ConfirmedSatisfied | CaseEvent::ConfirmedDissatisfied => {
                self.satisfied = Some(event == CaseEvent::ConfirmedSatisfied);
                self.confirmed_at = Some(at);
            }
            CaseEvent::Reopened => {
                self.reopened += 1;
                self.resolved_at = None;
                self.satisfied = None;
            }
            _ => {}
        }
        Some((self.moves, from, to))
    }

    /// What every event leaves behind, also one that moves nothing; they may come in any order.
    fn happened(&mut self, event: CaseEvent, at: At) {
        if event.sort() == EventSort::Fault {
            self.faults += 1;
        }
        if event.takes_up() {
            self.taken_up_at = earlier(self.taken_up_at, at);
        }
        self.last_event_at = self.last_event_at.filter(|last| last.0 >= at.0).or(Some(at));
    }
}

fn earlier(known: Option<At>, at: At) -> Option<At> {
    known.filter(|known| known.0 <= at.0).or(Some(at))
}
