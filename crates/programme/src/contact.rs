//! How somebody may be reached: her rules, the one door every attempt and message passes, and what carries messages
//! out (docs/adr/0017).

pub mod door;
mod feared;
pub mod hours;
pub mod outbox;
pub mod rules;
pub mod staff;
pub mod wake;
