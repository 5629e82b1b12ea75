//! Where a page leads to: others of the same quarter, segment and language, and files of what it shows.

use super::Frame;
use crate::page::{ActionPage, Actions, CardPage, CustomerPage, Customers, Page, address::written};

impl Frame {
    /// The path of a customer's page.
    pub fn customer(&self, code: &str) -> String {
        self.to(&CustomerPage::PATH.replace("{code}", &crate::graphql::escape(code)))
    }

    /// A page of the same quarter, segment and language.
    pub fn to(&self, path: &str) -> String {
        self.to_with(path, &[])
    }

    /// A page of the same quarter, segment and language, with more in its address.
    pub fn to_with(&self, path: &str, more: &[(&str, &str)]) -> String {
        written(path, &self.quarter.quarter, (&self.dimension, &self.segment), self.locale, more)
    }

    /// The same page of a segment.
    pub fn to_segment(&self, path: &str, dimension: &str, segment: &str) -> String {
        written(path, &self.quarter.quarter, (dimension, segment), self.locale, &[])
    }

    /// The customers of a class, and how they are found.
    pub fn to_customers(&self, field: &str, word: &str) -> String {
        self.to_with(Customers::PATH, &[(field, word)])
    }

    /// The card of a class: what to do for its customers.
    pub fn to_card(&self, scheme: &str, class: &str) -> String {
        let escape = |word: &str| crate::graphql::escape(&word.to_ascii_lowercase());
        self.to(&CardPage::PATH.replace("{scheme}", &escape(scheme)).replace("{code}", &escape(class)))
    }

    /// A saved query as a file, of the quarter and segment that are shown.
    pub fn file(&self, name: &str, format: &str) -> String {
        let mut text =
            format!("/q/{name}.{format}?quarter={}", crate::graphql::escape(&self.quarter.quarter));
        let (dimension, segment) =
            (crate::graphql::escape(&self.dimension), crate::graphql::escape(&self.segment));
        text.push_str(&format!("&dimension={dimension}&segment={segment}"));
        text
    }

    /// The form of a new action, filled in with what it is opened from: a driver, an index, a risk, or the segment shown.
    pub fn to_open(&self, origin: &str, reference: &str, metric: &str) -> String {
        let more = [("origin", origin), ("reference", reference), ("metric", metric)];
        format!("{}#new-title", self.to_with(Actions::PATH, &more))
    }

    /// The form of a new action on a segment.
    pub fn to_open_in(&self, dimension: &str, segment: &str) -> String {
        let place = (dimension, segment);
        let more = [("origin", "segment"), ("metric", "CSI")];
        format!("{}#new-title", written(Actions::PATH, &self.quarter.quarter, place, self.locale, &more))
    }

    /// The page of an action.
    pub fn to_action(&self, code: &str) -> String {
        self.to(&ActionPage::PATH.replace("{code}", &crate::graphql::escape(code)))
    }
}
