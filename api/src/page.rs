//! The managers' pages. A page is a GraphQL query and a template over its answer: what a reader may see, what is kept and
//! every number are the API's own, and the page computes nothing but its layout.

mod action;
mod actions;
mod address;
mod card;
mod care;
mod case;
pub(crate) mod chart;
pub(crate) mod comments;
pub(crate) mod complaints;
mod customer;
mod customers;
pub(crate) mod drivers;
pub(crate) mod figure;
pub(crate) mod frame;
mod indexes;
mod jobs;
pub(crate) mod lost;
pub(crate) mod loyalty;
pub(crate) mod methods;
mod notice;
mod overview;
pub(crate) mod people;
mod playbooks;
pub(crate) mod rows;
mod rule;
pub(crate) mod segments;
pub(crate) mod value;

use askama::Template;
use serde::de::DeserializeOwned;

pub use action::ActionPage;
pub use actions::Actions;
pub use address::Address;
pub use card::CardPage;
pub use care::Care;
pub use case::CasePage;
pub use comments::Comments;
pub use complaints::Complaints;
pub use customer::CustomerPage;
pub use customers::Customers;
pub use drivers::Drivers;
pub use frame::{Frame, QUERY as QUERY_OF_FRAME, Quarter, Shown};
pub use indexes::Indexes;
pub use jobs::Jobs;
pub use lost::Lost;
pub use loyalty::Loyalty;
pub use methods::Methods;
pub use notice::{Again, Notice, SignIn};
pub use overview::Overview;
pub use people::People;
pub use playbooks::Playbooks;
pub use segments::Segments;
pub use value::Value;

use crate::Error;

/// A page: its query, and a template over the answer.
pub trait Page: Template + Sized {
    /// Where it is, as routes are written.
    const PATH: &'static str;
    /// The query's document.
    const QUERY: &'static str;
    /// The answer's data.
    type Data: DeserializeOwned + Send;

    /// The query's variables. Fails if the address asks for what there is not.
    fn variables(frame: &Frame) -> Result<serde_json::Value, Error> {
        Ok(frame.variables())
    }

    /// The page. Fails if what the address names is not there.
    fn of(frame: Frame, data: Self::Data) -> Result<Self, Error>;
}
