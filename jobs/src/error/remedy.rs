//! What helps against an error: waiting, trying again, or somebody who mends it.

use sea_orm::DbErr;

use super::Error;

/// What helps a run that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It passes by itself: trying later costs no attempt.
    Wait,
    /// It may pass: trying again a few times is worth it.
    Retry,
    /// Somebody must mend it first.
    Mend,
}

impl Error {
    /// What helps against it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Busy { .. } | Self::OpenImport { .. } | Self::InUse { .. } => Remedy::Wait,
            Self::Database(error) if trouble(error).is_some() => Remedy::Wait,
            Self::Write { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => Remedy::Wait,
            Self::Mapping { .. }
            | Self::Select { .. }
            | Self::File { .. }
            | Self::Refused { .. }
            | Self::NoData { .. }
            | Self::NotOver { .. }
            | Self::Calendar { .. }
            | Self::Currencies { .. }
            | Self::Unbalanced { .. }
            | Self::Unverified { .. }
            | Self::Stored { .. }
            | Self::NotPublished { .. }
            | Self::NotOfQuarters { .. }
            | Self::NoJob { .. }
            | Self::NoSegment { .. }
            | Self::NarrowedOperator
            | Self::TokenExists { .. }
            | Self::NoToken { .. }
            | Self::Chain { .. }
            | Self::NoCustomer { .. }
            | Self::NoProspect { .. }
            | Self::NoComplaint { .. }
            | Self::IllegalMove { .. }
            | Self::Moved { .. }
            | Self::EventTime { .. }
            | Self::CaseEvent { .. }
            | Self::Contact { .. }
            | Self::NoAction { .. }
            | Self::Action { .. }
            | Self::IllegalActionMove { .. }
            | Self::ActionMoved { .. }
            | Self::NoCard { .. }
            | Self::Rewritten { .. }
            | Self::CardText { .. }
            | Self::Loss { .. }
            | Self::NoAttempt { .. }
            | Self::AttemptEnded { .. }
            | Self::Settings(_) => Remedy::Mend,
            _ => Remedy::Retry,
        }
    }
}

/// Trouble of the database that is not of our making, and passes: what it is, in words. None of any other.
pub(super) fn trouble(error: &DbErr) -> Option<&'static str> {
    const GONE: &str = "the database does not answer; try again when it does";
    const FULL: &str = "the disk under the database is full, or fails; make room, and try again";
    const OTHERS: &str = "others are writing to the database; try again later";
    const KNOWN: [(&str, &str); 10] = [
        ("disk is full", FULL),
        ("disk I/O error", FULL),
        ("No space left", FULL),
        ("database is locked", OTHERS),
        ("could not serialize", OTHERS),
        ("deadlock detected", OTHERS),
        ("connection", GONE),
        ("the database system is", GONE),
        ("error communicating", GONE),
        ("pool timed out", GONE),
    ];
    let text = error.to_string();
    let known = KNOWN.iter().find(|(words, _)| text.contains(words)).map(|(_, meaning)| *meaning);
    known.or(matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)).then_some(GONE))
}
