//! Groups: what customers, purchases and complaints add up to by what they have in common. One statement groups them
//! in the database; sums are of whole numbers, so that every database gives the same.

mod complaint;
mod customer;
mod fact;
mod figure;
mod key;
mod measure;
mod purchase;
mod row;
mod sum;

pub use complaint::{ComplaintFilter, ComplaintGroupQuery, breached};
pub use customer::CustomerGroupQuery;
pub use purchase::PurchaseGroupQuery;
