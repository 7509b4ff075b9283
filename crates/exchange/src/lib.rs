//! What goes to other systems and comes from them, in their own formats. No I/O.

pub mod badge;
pub mod fhir;
pub mod hsds;
pub mod ical;
pub mod stamp;
pub mod word;
