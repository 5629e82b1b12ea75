//! States of work, and roles.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// How far an import got with a quarter.
    BatchState {
        /// Open: the quarter must not close.
        Loading = "loading",
        /// Done.
        Closed = "closed",
    }
}

words! {
    /// Where a run stands.
    RunState {
        /// Waiting for a worker.
        Queued = "queued",
        /// Claimed by a worker.
        Running = "running",
        /// Done; its results are a revision.
        Published = "published",
        /// Done.
        Done = "done",
        /// Its inputs were overtaken.
        Superseded = "superseded",
        /// Failed; will be tried again.
        Retry = "retry",
        /// Given up; the reason is stored.
        Dead = "dead",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

words! {
    /// What a token may see and do.
    Role {
        /// Aggregates, no person.
        Viewer = "viewer",
        /// Customers too, contact data masked.
        Analyst = "analyst",
        /// Imports and jobs too.
        Operator = "operator",
    }
}

words! {
    /// What finds an alert.
    AlertRule {
        /// An index is significantly lower than in the quarter before.
        IndexFell = "index_fell",
        /// The share of a loyalty type has passed its bound.
        SharePassed = "share_passed",
        /// A complaint is not resolved within its time.
        ComplaintOverdue = "complaint_overdue",
        /// A customer of a class worth keeping turned defecting.
        CustomerDefecting = "customer_defecting",
        /// An action is not done by its day.
        ActionOverdue = "action_overdue",
        /// A run failed too often.
        JobGaveUp = "job_gave_up",
    }
}

words! {
    /// How far something got on its way to a subscriber.
    DeliveryState {
        /// Waiting, or being tried.
        Queued = "queued",
        /// The receiver took it.
        Delivered = "delivered",
        /// Given up; the reason is stored.
        Dead = "dead",
    }
}
