//! The invented programme of the demonstration: its people, and twenty-eight months of work.

use std::sync::Arc;

use ceiba_vault::OfficeKey;
use uuid::Uuid;

mod care;
pub mod cast;
mod clinic;
mod docket;
mod house;
mod justice;
mod learning;
mod meetings;
mod met;
pub mod names;
mod network;
mod nights;
mod office;
mod often;
mod registers;
mod releases;
mod results;
mod route;
pub mod seed;
mod story;
mod training;
mod units;

/// The demonstration's id.
pub const TENANT: Uuid = Uuid::from_u128(0xde_30);

/// The demonstration's office key. It is public: whoever has the program has it.
pub fn office_key() -> Arc<OfficeKey> {
    Arc::new(OfficeKey::from_bytes(*b"ceiba demo office key, is public"))
}
