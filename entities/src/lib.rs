//! The tables of Rapport, their column types, the connection, and the queries both sides use.
