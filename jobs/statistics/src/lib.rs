//! Every formula of Rapport. No I/O, no clock, no database, no async.
