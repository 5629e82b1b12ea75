//! The specification of Rapport, run through its public doors.
#![allow(clippy::unwrap_used)]

mod acsi;
mod alerts;
mod cdnow;
mod close;
mod deliveries;
mod demo;
mod faults;
mod house;
mod import;
mod olist;
mod same_answers;
mod scores;
mod serve;
mod structure;
mod telco;
