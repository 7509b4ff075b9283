//! What goes to other systems and comes from them, in their own formats. No I/O.

pub mod badge;
pub mod csvw;
pub mod fhir;
pub mod hsds;
pub mod hxl;
pub mod iati;
pub mod ical;
pub mod sheet;
pub mod stamp;
pub mod word;
