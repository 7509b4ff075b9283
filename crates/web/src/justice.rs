//! Hearings, measures, proceedings, evidence and demands for files of a case, what is to come for everybody, and what she is told before she goes.

pub mod agenda;
pub mod brief;
pub mod custody;
pub mod demands;
pub mod evidence;
pub mod hearings;
pub mod measures;
pub mod proceedings;
pub mod remind;
pub mod section;
