//! The specification of Rapport, run through its public doors.
#![allow(clippy::unwrap_used)]

mod access;
mod acsi;
mod alerts;
mod backup;
mod browser;
mod cache;
mod cdnow;
mod charts;
mod clients;
mod close;
mod deliveries;
mod demo;
mod exports;
mod faults;
mod groups;
mod house;
mod import;
mod kills;
mod late_data;
mod messages;
mod migrate;
mod numbers;
mod olist;
mod outages;
mod prune;
mod same_answers;
mod schedule;
mod scores;
mod seen;
mod serve;
mod sign_in;
mod structure;
mod telco;
mod views;
