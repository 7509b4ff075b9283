//! Counts that expose nobody. No I/O.
//!
//! Exact numbers enter as [`Counts`], [`Step`]s or plain integers and leave through [`release`],
//! [`release_after`], [`cascade`], [`count`], [`share`], [`ratio`], [`interval`], [`estimate`] and [`median_days`]. What these give
//! back cannot be built in another crate, so whatever shows people's counts asks for these types.
//!
//! ```
//! use ceiba_disclosure::{Cell, Counts, Margins, Threshold, release};
//! let counts = Counts::new(["mixco", "coatepeque"], ["minor", "adult"], vec![vec![31, 2], vec![18, 12]])?;
//! let table = release(&counts, Margins::Both, Threshold::DEFAULT);
//! assert_eq!(table.cell(0, 1), Some(Cell::HIDDEN));
//! assert_eq!(table.grand_total().and_then(Cell::shown), Some(63));
//! # Ok::<(), ceiba_disclosure::DisclosureError>(())
//! ```
//!
//! ```compile_fail
//! // Nobody else makes a number that looks safe.
//! let cell = ceiba_disclosure::Cell::Shown(3);
//! ```

mod audience;
mod cascade;
mod cell;
mod counts;
mod differencing;
mod dimension;
mod earlier;
mod error;
mod network;
mod release;
mod statistics;
mod table;
mod threshold;
mod together;

pub use audience::Audience;
pub use cascade::{SafeCascade, SafeStep, Step, cascade};
pub use cell::{Cell, Estimate, count, count_of_things};
pub use counts::{Counts, Margins};
#[doc(hidden)]
pub use differencing::unguarded;
pub use differencing::{Behind, Many, Past, Question, Region, SafeAnswer, guard, restate, told};
pub use dimension::Dimension;
pub use earlier::Earlier;
pub use error::DisclosureError;
pub use release::{release, release_after};
pub use statistics::{
    SafeEstimate, SafeInterval, SafeMedian, SafeRatio, SafeShare, estimate, interval, median_days, ratio,
    share,
};
pub use table::SafeTable;
pub use threshold::Threshold;
pub use together::{Ask, Attack, Exact, Generalised, Line, SafeCells, SafeRelease, TOTAL, release_together};
