//! Justice: her proceedings, the hearings with whoever goes with her, and what was asked and granted to protect her.
//!
//! Numbers, courts and strategy stand in the legal folder, a strongbox. That there is a hearing, when, and what is still
//! missing for it, the team and her house must know: it stands in the compartment `agenda`. What she says anywhere is
//! never kept; that she said it is counted (`cases::tellings`).

pub mod agenda;
pub mod demands;
pub mod evidence;
pub mod hearings;
pub mod measures;
pub mod proceedings;
pub mod reminders;
