//! Hearings, measures, proceedings, evidence and demands for files of a case, what is to come for everybody, and what she is told before she goes.

pub mod agenda;
pub mod appeals;
pub mod brief;
pub mod custody;
pub mod demands;
pub mod evidence;
pub mod hearings;
pub mod invitation;
pub mod letter;
pub mod letter_file;
pub mod measures;
pub mod numbers;
pub mod orders;
pub mod proceedings;
pub mod process;
pub mod remind;
pub mod reparation;
pub mod requests;
pub mod score;
pub mod section;
pub mod stamp;
