//! SQLite and PostgreSQL behind one layer, and the unit of work.
//!
//! A query is written once, in the SQL both engines share (`$1` placeholders, UUID keys, instants as UTC
//! microseconds); what differs between them stands in [`dialect`]. A change goes through [`Work`], which
//! commits a row, its ledger entry, its fact and the job it causes, or nothing.

mod chance;
mod clock;
mod db;
pub mod dialect;
pub mod dump;
mod error;
pub mod fact;
pub mod job;
pub mod ledger;
mod migrate;
mod query;
#[cfg(feature = "testkit")]
pub mod testkit;
mod value;
mod work;

pub use chance::Chance;
pub use clock::{Clock, DAY, HOUR, HandClock, MINUTE, Micros, SECOND, SystemClock};
pub use db::{Db, Tx, postgres_options};
pub use error::StoreError;
pub use fact::Fact;
pub use query::{Later, Query, Row};
pub use value::Value;
pub use work::{Store, Tag, Work};

/// What every function of this crate returns.
pub type Result<T> = std::result::Result<T, StoreError>;
