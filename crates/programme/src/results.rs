//! The programme's numbers: expressions over facts, and nothing but facts. What leaves passes `disclosure`.
//!
//! Pages count by [`Measure`]; reports to donors by indicators of a pack, as of a position of the ledger ([`quarter`]).
//! Whatever counts people takes the pseudonyms of one person for one (`people/links/same.rs`).

mod answers;
pub mod basis;
pub mod behind;
mod beside;
pub mod brought;
mod check;
pub mod compute;
mod counting;
pub mod framework;
pub mod frozen;
pub mod gate;
mod kinds;
mod measure;
pub mod quarter;
mod reading;
pub mod rule;
pub mod sheet;
mod span;
pub mod spending;
mod things;
mod together;
mod typical;
pub mod versions;

pub(crate) use answers::{Recount, asked, is_of_counts, of_office, of_training, question, recount};
pub use answers::{count, events, people, people_of};
pub(crate) use beside::left::{beside_reports, of_sheet};
pub use measure::Measure;
pub(crate) use span::days_between;
pub use span::{Span, is_over, last_day};
pub use things::{places, sessions};
pub(crate) use together::apart;
pub use typical::{marks, median_hours, occupancy};
pub(crate) use typical::{threshold, values};
