//! What improvement actions go through, and what they did.

use rapport_entities as stored;

choice! {
    /// What an action was opened from.
    ActionOrigin of stored::ActionOrigin {
        /// A driver of satisfaction.
        Driver,
        /// A segment.
        Segment,
        /// What customers complain about.
        Complaint,
        /// An index.
        Index,
    }
}

choice! {
    /// Where an action stands.
    ActionState of stored::ActionState {
        /// Nobody is at it yet.
        Planned,
        /// Somebody is at it.
        InWork,
        /// It was carried out.
        Done,
        /// It was given up.
        Abandoned,
    }
}

choice! {
    /// What happens to an action.
    ActionHappening of stored::ActionEvent {
        /// It was opened.
        Opened,
        /// A move: somebody took it up.
        InWork,
        /// A move: it was carried out.
        Done,
        /// A move: it was given up.
        Abandoned,
        /// Its source told of it otherwise than before.
        Corrected,
        /// Something to remember.
        Note,
    }
}

choice! {
    /// What an action did to the index it was to move, as far as the base tells.
    Verdict of stored::Verdict {
        /// Better than without it: the interval lies on the good side of 0.
        Improved,
        /// Worse than without it: the interval lies on the bad side of 0.
        Worsened,
        /// The interval holds 0.
        NoDifference,
        /// The base cannot tell; why is said beside it.
        CannotTell,
    }
}

choice! {
    /// Why the base cannot tell what an action did.
    Untold of stored::Untold {
        /// No quarter before it took effect is published.
        NoQuarterBefore,
        /// The index is not measured in one of the two quarters, or without a standard error.
        NotMeasured,
        /// The segment's own base is under the floor in one of the two quarters.
        BaseTooSmall,
        /// There is no segment of the same dimension without an action on the index.
        NoComparable,
        /// There are such, but too few of them have a base large enough to be compared with.
        FewComparable,
        /// The interval holds no effect at all and the effect that was expected.
        TooWide,
    }
}
