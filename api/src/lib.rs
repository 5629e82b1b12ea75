//! Rapport: satisfaction indexes, loyalty types and customer value from one binary.
