//! Behaviour and value against published figures, high-precision arithmetic, simulations and what must always hold.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod cdnow;
mod expectations;
mod properties;
mod published;
mod reference_mle;
mod simulation;
mod special;
mod value;
