//! A record as it was written down, and as numbers that are quick to compare.

pub(crate) mod asked;
pub(crate) mod born;
pub(crate) mod coded;
pub(crate) mod coder;
pub(crate) mod digits;
pub(crate) mod nobody;
mod reading;
mod row;

pub use digits::{CheckDigit, is_document, is_phone};
pub use nobody::is_no_name;
pub use row::Row;
