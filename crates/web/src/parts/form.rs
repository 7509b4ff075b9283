//! Forms that post, with the two tokens every post carries.

use maud::{Markup, html};

/// `csrf` proves that the page was ours, `once` that it is not sent twice.
#[must_use]
pub fn hidden_tokens(csrf: &str, once: &str) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(csrf);
        input type="hidden" name="once" value=(once);
    }
}

/// A form. Checking is the server's: browsers would do it in their own language and words.
#[must_use]
pub fn form_post(action: &str, csrf: &str, once: &str, body: Markup) -> Markup {
    html! {
        form class="stack" method="post" action=(action) novalidate autocomplete="off" {
            (hidden_tokens(csrf, once)) (body)
        }
    }
}

/// A form with files.
#[must_use]
pub fn form_files(action: &str, csrf: &str, once: &str, body: Markup) -> Markup {
    html! {
        form class="stack" method="post" action=(action) enctype="multipart/form-data" novalidate autocomplete="off" {
            (hidden_tokens(csrf, once)) (body)
        }
    }
}
