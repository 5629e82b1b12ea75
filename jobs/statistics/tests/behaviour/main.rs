//! Behaviour and value against published figures, high-precision arithmetic, simulations and what must always hold.
#![allow(clippy::unwrap_used)]

mod cdnow;
mod expectations;
mod published;
mod reference_mle;
mod special;
mod value;
