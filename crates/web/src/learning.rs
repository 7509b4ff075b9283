//! Learning: tests of a course, certificates, follow-ups that are due, and what changed in practice.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use ceiba_access::Act;
use ceiba_programme::training::Course;
use maud::{Markup, html};

use crate::me::Me;
use crate::parts::{Tone, button_link};
use crate::{App, Words};

mod certificate_pdf;
pub mod certificates;
pub mod check;
pub mod due;
pub mod paper;
pub mod practice;
pub mod public;
pub mod results;
pub mod taught;
pub mod tests;

pub use certificate_pdf::drawable;

/// Where this programme is reached, as whoever asks reached it, without a slash at its end.
fn address(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    format!("{}://{host}", if app.tls { "https" } else { "http" })
}

/// The path of a course.
fn at(course: &Course) -> String {
    format!("/capacitacion/cursos/{}", course.code)
}

/// What a course is called.
fn name<'a>(app: &'a App, lang: crate::Lang, course: &'a Course) -> &'a str {
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    found.map_or(course.curriculum.as_str(), |c| c.name.of(lang.code()))
}

/// From a course to its tests and certificates.
#[must_use]
pub fn links(app: &App, me: &Me, course: &Course) -> Markup {
    let (w, at) = (me.words(app), at(course));
    html! {
        (button_link(&w.t("test-title"), &format!("{at}/prueba"), Tone::Quiet))
        @if me.can(app, Act::CERTIFICATE_ISSUE) {
            (button_link(&w.t("certificates-title"), &format!("{at}/constancias"), Tone::Quiet))
        }
    }
}

/// From the list of courses to what is due and to practice.
#[must_use]
pub fn links_all(app: &App, me: &Me) -> Markup {
    let w = me.words(app);
    html! {
        (button_link(&w.t("due-title"), "/capacitacion/seguimiento", Tone::Quiet))
        (button_link(&w.t("practice-title"), "/capacitacion/practica", Tone::Quiet))
    }
}

/// A released number to a decimal place, with its sign when it is a difference; or the word for a hidden one.
fn number(w: &Words, value: Option<f64>, signed: bool) -> String {
    value.map_or_else(
        || w.t("hidden"),
        |v| {
            let text = w.decimal(v, 1);
            if signed && v > 0.0 { format!("+{text}") } else { text }
        },
    )
}
