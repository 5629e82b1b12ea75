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
            faults: row.faults,
        }
    }

    /// An event happens; the move that it is, if that is legal from the state reached. Others leave the state.
    pub fn take(&mut self, event: CaseEvent, at: At) -> Option<Moved> {
        if event.sort() == EventSort::Fault {
            self.faults += 1;
        }
        let (from, to) = (self.state, self.state.after(event)?);
        self.state = to;
        self.moves += 1;
        match event {
            CaseEvent::Acknowledged => self.acknowledged_at = Some(at),
            CaseEvent::Resolved => self.resolved_at = Some(at),
            CaseEvent::ConfirmedSatisfied => self.satisfied = Some(true),
            CaseEvent::ConfirmedDissatisfied => self.satisfied = Some(false),
            CaseEvent::Reopened => {
                self.reopened += 1;
                self.resolved_at = None;
                self.satisfied = None;
            }
            _ => {}
        }
        Some((self.moves, from, to))
    }
}
