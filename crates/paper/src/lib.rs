//! Charts as accessible SVG, with the table behind them, and papers as tagged PDF ([`document`]),
//! the one-page fact sheet among them ([`sheet`]). No I/O.
//!
//! [`bars_horizontal`], [`bars_stacked`], [`line()`], [`matrix`] and [`dot_interval`] take a [`Figure`] with
//! texts in the reader's language and numbers that passed `ceiba-disclosure`. The page includes [`CSS`].

mod bars;
mod canvas;
mod css;
pub mod document;
mod dots;
mod figure;
mod lines;
mod matrix;
mod series;
pub mod sheet;
mod stacked;
mod text;

pub use bars::{Bar, Loss, bars_horizontal, ranked};
pub use css::CSS;
pub use dots::{Dot, dot_interval};
pub use figure::Figure;
pub use lines::line;
pub use matrix::matrix;
pub use series::Series;
pub use stacked::bars_stacked;
