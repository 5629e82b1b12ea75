//! The drawings of Rapport: given data, they return bytes. No database.
