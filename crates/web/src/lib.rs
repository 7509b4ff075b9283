//! Pages: words, looks, the one layout, and the parts that handlers compose.
//!
//! A handler takes [`Words`] of the reader's language, composes [`parts`] with maud, and closes them in a
//! [`Page`]. [`headers::secure`] wraps the router. Nothing here reads a clock or the environment.

pub mod exit;
pub mod headers;
pub mod lang;
pub mod look;
pub mod page;
pub mod parts;

pub use lang::{Lang, Value, Words};
pub use page::{Page, Place, Shell};
