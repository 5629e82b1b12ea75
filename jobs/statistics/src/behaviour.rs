//! What buyers do: purchases in time, whether a buyer is still one, what will be bought and what it is worth.
//!
//! A buyer's times count from the first purchase; money is in one currency. Every fit either stands at the maximum
//! of its likelihood or is a named error.

mod beta_geometric;
mod contracts;
mod error;
mod fit;
mod gamma_gamma;
mod groups;
mod lifecycle;
mod lifetime;
mod log;
mod nbd;
mod newton;
mod pareto_nbd;
mod rfm;
mod stage;

pub use beta_geometric::{BetaGeometric, DropOut};
pub use contracts::{ContractFit, ShiftedBetaGeometric};
pub use error::BuyerError;
pub use fit::{Family, FitStatus, Parameter, PurchaseFit, PurchaseModel};
pub use gamma_gamma::{GammaGamma, SpendFit};
pub use groups::{Buyer, BuyerGroups, Group};
pub use lifecycle::{Lifecycle, LifecyclePhase, LifecycleRule, lifecycle};
pub use lifetime::{Lifetime, Outlook, lifetimes};
pub use log::{Histories, History, Purchase, histories};
pub use nbd::Nbd;
pub use pareto_nbd::ParetoNbd;
pub use rfm::{RfmScore, quintiles, rfm_cells, rfm_scores};
pub use stage::{Relationship, Stage, StageRule};
