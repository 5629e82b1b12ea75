//! One file a table: facts, results, work, access.
//!
//! The keys of facts and of `customer_quarter` contain `customer_id`, so that a distributed PostgreSQL can spread them.

pub mod action;
pub mod action_effect;
pub mod action_event;
pub mod alert;
pub mod artifact;
pub mod audit_event;
pub mod care_contact;
pub mod cohort;
pub mod complaint;
pub mod complaint_breach;
pub mod complaint_event;
pub mod composition;
pub mod current_publication;
pub mod curve_point;
pub mod customer;
pub mod customer_loss;
pub mod customer_quarter;
pub mod customer_segment;
pub mod delivery;
pub mod dimension;
pub mod driver;
pub mod effort;
pub mod funnel_step;
pub mod import_batch;
pub mod job_attempt;
pub mod job_run;
pub mod linkage;
pub mod loss_flow;
pub mod loss_reason;
pub mod lost_customer;
pub mod mode_effect;
pub mod model_fit;
pub mod parameter;
pub mod path_estimate;
pub mod period_inputs;
pub mod playbook_card;
pub mod prospect;
pub mod prospect_conversion;
pub mod prospect_grade;
pub mod prospect_segment;
pub mod publication;
pub mod purchase;
pub mod question;
pub mod remark;
pub mod response;
pub mod score;
pub mod segment;
pub mod session;
pub mod survey;
pub mod theme;
pub mod token;
pub mod transition;
pub mod unit_response;
pub mod unit_score;
pub mod winback_attempt;

/// A moment, stored as milliseconds since 1970 in UTC: the same number on every database.
pub type At = sea_orm::prelude::ChronoUnixTimestampMillis;
