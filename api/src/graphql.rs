//! GraphQL: rows for tools that flatten tables, a graph for programs that navigate.
//!
//! A request reads the pointer to the published sets once (`reading::Reading`) and only those sets; every list is
//! bounded and ordered to the last tie.

use async_graphql::{EmptySubscription, Schema};

mod action;
mod action_effect;
mod action_mutation;
mod action_node;
mod alert;
mod answer;
mod asked;
mod attempt_rows;
mod batch;
mod card;
mod card_count;
mod card_mutation;
mod care;
mod care_contact;
mod care_line;
mod care_mutation;
mod care_promise;
mod care_words;
mod chart;
mod choice;
mod class;
mod cohort;
mod complaint;
mod complaint_breach;
mod complaint_case;
mod complaint_event;
mod complaint_mutation;
mod composition;
mod cost;
mod curve;
mod customer;
mod customer_filter;
mod customer_loss;
mod customer_page;
mod customer_row;
mod customer_rows;
mod delivery;
mod driver;
mod edition;
mod fact;
mod facts_of;
mod folklore;
mod funnel;
mod group;
mod guard;
mod job;
mod job_run;
mod json;
mod label;
mod limits;
mod lines;
mod linkage;
mod list;
mod loader;
mod loads;
mod lookups;
mod loss_flow;
mod loss_mutation;
mod loss_reason;
mod loss_rows;
mod lost_customer;
mod loyalty;
mod mask;
mod membership;
mod mode_effect;
mod model;
mod money;
mod mutation;
mod operation;
mod order;
mod page;
mod parameter;
mod path;
mod period;
mod place_rows;
mod placed;
mod prospect;
mod prospect_conversion;
mod prospect_rows;
mod purchase;
mod quarter;
mod quarter_results;
mod query;
mod range;
mod reading;
mod remark;
mod response;
mod revision_change;
mod scalar;
mod score;
mod segment;
mod segment_results;
mod slice;
mod spoken;
mod standard;
mod theme;
mod transition;
mod unit_score;
mod value;
mod winback;
mod winback_attempt;

pub use answer::{Answer, Api, Outcome, Page};
pub use chart::{address, escape, parts};
pub use complaint_case::named as complaint_key;
pub use complaint_mutation::amends;
pub use json::AsJson;
pub use lines::{Lines, Wanted, escape_formula};
pub use loader::names as picture_names;
pub use lookups::{Known, Lookups};
pub use money::Money;
pub use operation::Operation;
pub use page::pack;
pub use reading::{Names, names};
pub use winback_attempt::key as winback_key;

/// The schema's type.
pub(crate) type Root = Schema<query::Query, mutation::Mutation, EmptySubscription>;

/// The schema in GraphQL's own language, as it is committed.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_enum_items();
    let schema =
        Schema::build(query::Query::default(), mutation::Mutation::default(), EmptySubscription).finish();
    schema.sdl_with_options(options)
}
