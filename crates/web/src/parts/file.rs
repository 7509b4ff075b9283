//! A file to attach.

use maud::{Markup, html};

use super::field::Field;
use super::frame::{described, single};
use super::text::wrong;
use crate::Words;

/// A file to attach; needs [`form_files`](super::form_files). `accept` as in HTML: `image/jpeg,application/pdf`.
/// After an error browsers ask for the file again, which the hint should say.
#[must_use]
pub fn file_field(w: &Words, f: &Field, accept: &str) -> Markup {
    let control = html! {
        input id=(f.dom_id()) name=(f.name) type="file" accept=(accept)
            aria-invalid=[wrong(f)] aria-describedby=[described(f)];
    };
    single(w, f, control)
}
