//! Measures of a group, made only when enough people stand behind them.

mod estimate;
mod interval;
mod median;
mod ratio;
mod share;

pub use estimate::{SafeEstimate, estimate};
pub use interval::{SafeInterval, interval};
pub use median::{SafeMedian, median_days};
pub use ratio::{SafeRatio, ratio};
pub use share::{SafeShare, share};
