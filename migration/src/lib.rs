//! The schema of Rapport, as sea-orm migrations.
