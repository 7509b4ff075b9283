//! Institutions: what is sent to them from a case, and the page on which they answer without an account.

pub mod conferences;
pub mod directory;
pub mod disclosed;
pub mod door;
mod exchange;
pub mod fhir;
mod handed;
pub mod recall;
pub mod recall_file;
pub mod refer;
pub mod referrals;
