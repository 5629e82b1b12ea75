//! Prospects.

use rapport_entities as stored;

choice! {
    /// How likely a prospect is to close.
    ProspectGrade of stored::ProspectGrade {
        /// Most likely.
        A,
        /// Likely, with a step still open.
        B,
        /// Possible, not now.
        C,
        /// Unlikely.
        D,
    }
}

choice! {
    /// Where a prospect stands.
    ProspectState of stored::ProspectState {
        /// It may become a customer yet.
        Open,
        /// It became a customer.
        Converted,
        /// It was lost.
        Lost,
    }
}
