//! What the queries of pages ask for: a place in a revision of a quarter, and as many rows as there can be of it.

use serde_json::json;

use super::Frame;

/// Rows that a list is asked for beyond those that are known of: all customers, and what is new or gone since.
const MORE: usize = 50;
/// The most rows that a list gives.
const MOST: usize = 10_000;
/// The most classes of a scheme at a place.
const CLASSES: usize = 8;

impl Frame {
    /// The variables that queries of pages share.
    pub fn variables(&self) -> serde_json::Value {
        let inside = |code: &str| self.is_segment().then(|| code.to_owned());
        let places = rows(self.segments.len());
        json!({
            "quarter": self.quarter.quarter,
            // of all that a page shows, whatever is published meanwhile
            "revision": self.quarter.revision,
            "before": self.before.as_deref().unwrap_or(&self.quarter.quarter),
            "dimension": self.dimension,
            "segment": self.segment,
            "inDimension": inside(&self.dimension),
            "inSegment": inside(&self.segment),
            "locale": self.locale.pick("EN", "ZH_CN"),
            "tongue": self.locale.as_str(),
            "persons": self.persons,
            "operator": self.operator,
            "quarters": rows(self.quarters.len()),
            "places": places,
            "classes": rows(places * CLASSES),
        })
    }
}

/// So many rows are asked for where so many are known of: a query costs by what it may answer.
fn rows(known: usize) -> usize {
    MOST.min(known + MORE)
}
