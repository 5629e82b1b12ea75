//! Rapport end to end, through its public doors only.
