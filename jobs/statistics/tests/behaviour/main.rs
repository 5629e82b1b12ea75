//! Behaviour and value against published figures, high-precision arithmetic, simulations and what must always hold.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod cdnow;
mod expectations;
mod fuzzed;
mod lifecycle;
mod properties;
mod published;
mod reference_customers;
mod reference_mle;
mod retention;
mod simulation;
mod special;
mod value;
