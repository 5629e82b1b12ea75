//! What complaints go through as cases.

use rapport_entities as stored;

choice! {
    /// Where a complaint stands.
    CaseState of stored::CaseState {
        /// It came in.
        Received,
        /// The customer was told that it came in.
        Acknowledged,
        /// Somebody is at it.
        InWork,
        /// It was resolved, as the company sees it.
        Resolved,
        /// The customer said to be satisfied with that.
        ConfirmedSatisfied,
        /// The customer said not to be satisfied with that.
        ConfirmedDissatisfied,
        /// Nothing is left to do.
        Closed,
    }
}

choice! {
    /// What happens to a complaint.
    CaseEvent of stored::CaseEvent {
        /// A move: the customer was told that it came in.
        Acknowledged,
        /// A move: somebody took it up.
        InWork,
        /// A move: it was resolved.
        Resolved,
        /// A move: the customer is satisfied with that.
        ConfirmedSatisfied,
        /// A move: the customer is not satisfied with that.
        ConfirmedDissatisfied,
        /// A move: it was closed.
        Closed,
        /// A move: it was taken up again.
        Reopened,
        /// A step: the customer was listened to.
        Listened,
        /// A step: somebody apologised.
        Apologised,
        /// A step: the complaint was said again in other words, to be sure of it.
        Restated,
        /// A step: somebody showed to understand how it felt.
        Empathised,
        /// A step: the customer was made amends to.
        Compensated,
        /// A step: somebody made sure that the customer is satisfied.
        MadeSure,
        /// A fault: what was promised was not done.
        PromisedNotDone,
        /// A fault: the customer was blamed.
        BlamedCustomer,
        /// A fault: a promise was broken.
        BrokePromise,
        /// A fault: nobody reacted.
        NoReaction,
        /// A fault: somebody was impolite.
        Impolite,
        /// A fault: the customer was passed on to others.
        PassedOn,
        /// A fault: gestures that shut the customer out.
        ClosedGestures,
        /// A fault: the customer was interrogated.
        Interrogated,
        /// Something was promised, by a time.
        Promise,
        /// Something to remember.
        Note,
    }
}

choice! {
    /// What events of complaints have in common.
    EventSort of stored::EventSort {
        /// Moves the case from a state to another.
        Move,
        /// A step of good handling.
        Step,
        /// A fault in the handling.
        Fault,
        /// Something promised.
        Promise,
        /// Something to remember.
        Note,
    }
}

choice! {
    /// A service standard that a complaint is measured by.
    Deadline of stored::Deadline {
        /// The customer is told that the complaint came in.
        Acknowledge,
        /// The complaint is resolved.
        Resolve,
    }
}
