//! Forms from XLSForm: skip logic, calculation, validation. No I/O.
//!
//! Bytes of a workbook become a [`Form`] ([`read_xlsx`]); answers come from an HTML post
//! ([`Answers::from_pairs`]), from JSON or from an OpenRosa submission ([`Submission`]); [`evaluate`]
//! tells what is shown, what follows and what is wrong; [`outcome()`] what to do next; [`lint`] whether
//! the form is kind to the person who answers; [`write_xform`] what an ODK client needs.

mod answers;
mod check;
mod context;
mod evaluate;
mod expr;
mod form;
pub mod limits;
mod lint;
pub mod outcome;
mod problem;
mod program;
mod read;
mod submission;
mod template;
mod tree;
mod xform;
mod xml;

pub use answers::{Answer, Answers, BadPair};
pub use check::check;
pub use context::Context;
pub use evaluate::{ErrorKind, Evaluation, FieldError, Shown, evaluate, initial_answers};
pub use expr::supported as supported_functions;
pub use form::{Attachment, Choice, Form, Item, Kind, List, Meta, Text};
pub use lint::lint;
pub use outcome::{Level, Outcome, outcome, sign_text};
pub use problem::{Code, Place, Problem, Refused, Severity};
pub use read::{Reading, Rows, first_sheet, read_xlsx};
pub use submission::{BadSubmission, Submission};
pub use xform::write_xform;
