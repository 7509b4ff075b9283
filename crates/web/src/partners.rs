//! Institutions: what is sent to them from a case, and the page on which they answer without an account.

pub mod disclosed;
pub mod door;
mod exchange;
mod handed;
pub mod recall;
pub mod refer;
pub mod referrals;
