//! Charts as accessible SVG, with the table behind them, and papers as tagged PDF ([`document`]),
//! the one-page fact sheet ([`sheet`]) and the certificate ([`certificate`]) among them. No I/O.
//!
//! [`bars_horizontal`], [`bars_stacked`], [`bars_below`], [`line()`], [`matrix`], [`map()`], [`paired_dots`], [`shares()`], [`days`] and [`dot_interval`] take a [`Figure`] with
//! texts in the reader's language and numbers that passed `ceiba-disclosure`. The page includes [`CSS`].

mod bars;
mod canvas;
pub mod certificate;
mod css;
pub mod document;
mod dots;
mod figure;
mod lines;
mod map;
mod matrix;
mod paired;
mod series;
mod shares;
pub mod sheet;
mod spark;
mod stacked;
mod strip;
mod tagged;
mod text;

pub use bars::{Bar, Loss, bars_horizontal, ranked};
pub use css::CSS;
pub use dots::{Dot, dot_interval};
pub use figure::Figure;
pub use lines::line;
pub use map::{Area, map};
pub use matrix::matrix;
pub use paired::{Pair, paired_dots};
pub use series::Series;
pub use shares::{Parted, shares};
pub use spark::sparkline;
pub use stacked::{Limit, bars_below, bars_stacked};
pub use strip::{Due, days};
