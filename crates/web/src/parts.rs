//! What pages are composed of. One component is one function with its block of CSS beside it.
//!
//! All text is escaped by maud. What a person typed goes through [`typed`], so that a name in another
//! direction of writing cannot turn the line around it. Text that follows from the program comes from
//! [`Words`](crate::Words).

mod button;
mod card;
mod checklist;
mod choice;
mod clock;
mod columns;
mod conflict;
mod date;
mod empty;
mod facts;
mod field;
mod file;
mod form;
mod frame;
mod goal;
mod heading;
mod notice;
mod pages;
mod printed;
mod problems;
mod qr;
mod safety;
mod table;
mod tabs;
mod tag;
mod text;
mod timeline;
mod typed;

pub use button::{Tone, actions, button, button_link, button_off, submit, submit_danger};
pub use card::card;
pub use checklist::{Step, checklist};
pub use choice::{Choice, checks, radios, select};
pub use clock::{clock_ago, clock_due, clock_due_at, progress_words};
pub use columns::columns;
pub use conflict::{Version, conflict_card};
pub use date::{DateFault, DateParts, date_fields};
pub use empty::empty_state;
pub use facts::facts_list;
pub use field::{Field, Special, Why};
pub use file::file_field;
pub use form::{form_files, form_post, hidden_tokens};
pub use goal::{goal_field, goal_scale};
pub use heading::heading;
pub use notice::{Notice, notice};
pub use pages::pages_nav;
pub use printed::printed_line;
pub use problems::{Problems, error_summary};
pub use qr::{modules, qr};
pub use safety::{Safety, banner_safety};
pub use table::{Column, Sorted, Table};
pub use tabs::{Tab, tabs_as_links, tabs_folded};
pub use tag::{Mood, tag};
pub use text::{Kind, number_field, text_area, text_field};
pub use timeline::{Correction, Entry, timeline};
pub use typed::{typed, typed_block};

/// Their blocks of CSS, in the order of the files.
pub(crate) const CSS: [&str; 20] = [
    button::CSS,
    card::CSS,
    checklist::CSS,
    choice::CSS,
    columns::CSS,
    conflict::CSS,
    date::CSS,
    empty::CSS,
    facts::CSS,
    frame::CSS,
    goal::CSS,
    heading::CSS,
    notice::CSS,
    pages::CSS,
    qr::CSS,
    safety::CSS,
    table::CSS,
    tabs::CSS,
    tag::CSS,
    timeline::CSS,
];
