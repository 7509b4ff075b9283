//! The one layout: skip link, quick exit, top bar, places, the page itself.

mod place;
mod shell;

use axum::response::Html;
use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use place::Place;
pub use shell::Shell;

use crate::{Words, exit, look};

/// A page under construction: `Page::new(&w, "today-title").shell(&shell).area(Place::Today).body(html! { … })`.
#[must_use]
pub struct Page<'a> {
    words: &'a Words,
    title: String,
    area: Option<Place>,
    shell: Option<&'a Shell>,
    leave_to: Option<&'a str>,
    here: &'a str,
    tail: Option<Markup>,
}

impl<'a> Page<'a> {
    /// A page whose title is the text of a key. A key and not a text, so that no name of a person can get
    /// into the title, which lists of windows and histories keep.
    pub fn new(words: &'a Words, title_key: &str) -> Self {
        Self {
            words,
            title: words.t(title_key),
            area: None,
            shell: None,
            leave_to: None,
            here: "/",
            tail: None,
        }
    }

    /// Adds the code of what is shown (`C-2041`) to the title. Anything but a code is left out.
    pub fn code(mut self, code: &str) -> Self {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if code.len() <= 16 && code.chars().all(plain) && code.contains(|c: char| c.is_ascii_digit()) {
            self.title = format!("{} · {code}", self.title);
        }
        self
    }

    /// The place this page belongs to; it is marked in the navigation.
    pub fn area(mut self, place: Place) -> Self {
        self.area = Some(place);
        self
    }

    /// Who is signed in and what she has. Without it the page is a bare one for the public.
    pub fn shell(mut self, shell: impl Into<Option<&'a Shell>>) -> Self {
        self.shell = shell.into();
        self
    }

    /// Turns quick exit on, for public and survivor pages; `to` is the neutral page (`https://…`).
    pub fn quick_exit(mut self, to: &'a str) -> Self {
        self.leave_to = Some(to);
        self
    }

    /// What stands at the very end: the desk's script with what it says.
    pub fn tail(mut self, tail: Markup) -> Self {
        self.tail = Some(tail);
        self
    }

    /// The path of this page, to come back to after changing the language.
    pub fn here(mut self, path: &'a str) -> Self {
        self.here = path;
        self
    }

    /// Closes the page around its content, which begins with [`parts::heading`](crate::parts::heading).
    pub fn body(self, content: Markup) -> Html<String> {
        let w = self.words;
        let narrow = self.shell.is_none_or(|shell| shell.places.is_empty());
        let page = html! {
            (DOCTYPE)
            html lang=(w.lang().code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex, nofollow";
                    meta name="referrer" content="no-referrer";
                    meta name="theme-color" content="#f6f5f1" media="(prefers-color-scheme: light)";
                    meta name="theme-color" content="#13181a" media="(prefers-color-scheme: dark)";
                    title { (w.t("shell-name")) " · " (self.title) }
                    style { (PreEscaped(look::css())) }
                    @if let Some(css) = self.area.and_then(look::css_of) { style { (PreEscaped(css)) } }
                }
                body {
                    a class="skip" href="#main" { (w.t("shell-skip")) }
                    @if let Some(to) = self.leave_to { (exit::bar(w, to)) }
                    header {
                        @if self.leave_to.is_some() { (exit::note(w)) }
                        (shell::top(w, self.shell, self.here))
                    }
                    div class="body" data-narrow[narrow] {
                        @if !narrow && let Some(shell) = self.shell { (place::navigation(w, &shell.places, self.area)) }
                        main id="main" tabindex="-1" { div class="stack" { (content) } }
                    }
                    (shell::foot(w, self.shell))
                    @if self.leave_to.is_some() { (exit::tail()) }
                    @if let Some(tail) = self.tail { (tail) }
                }
            }
        };
        Html(page.into_string())
    }
}

pub(crate) const CSS: &str = r"
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { inset-inline-start: .5rem; inset-block-start: .25rem; z-index: 3; padding: .625rem 1rem; background: var(--card); }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; padding: .25rem 1rem; background: var(--card); border-block-end: 1px solid var(--line); }
.top > :first-child { margin-inline-end: auto; }
.top a, .foot a { display: inline-flex; align-items: center; gap: .25rem; min-block-size: 2.75rem; }
.top a { padding-inline: .25rem; }
.top .button { padding-inline: .625rem; }
.top .who { display: none; }
.brand { font-weight: 600; }
.demo { padding: .25rem 1rem; max-inline-size: none; font-size: .875rem; background: var(--soft); }
.body { padding-block-end: 1rem; }
main { padding: 1rem; max-inline-size: 64rem; }
main:focus { outline: 0; }
.body[data-narrow] main { max-inline-size: 42rem; margin-inline: auto; }
.foot { display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding: .5rem 1rem; border-block-start: 1px solid var(--line); }
.body:not([data-narrow]) + .foot { padding-block-end: calc(var(--bar) + 1rem); }
.places { position: fixed; inset-inline: 0; inset-block-end: 0; z-index: 1; background: var(--card); border-block-start: 1px solid var(--line); }
.places ul { display: flex; justify-content: space-around; list-style: none; }
.places li { flex: 1 1 0; min-inline-size: 0; }
.places a { display: flex; flex-direction: column; align-items: center; justify-content: center; min-block-size: var(--bar); font-size: min(.875rem, 5vw); line-height: 1.2; color: var(--ink2); text-decoration: none; }
.places a:focus-visible { outline-offset: -3px; }
.places [aria-current] { color: var(--main); font-weight: 600; box-shadow: inset 0 3px var(--main); }
@media (min-width: 40rem) { .top .who { display: inline-flex; } .foot .who { display: none; } }
@media (min-width: 60rem) {
  .body { display: grid; grid-template-columns: 13rem 1fr; gap: 1rem; }
  .body[data-narrow] { display: block; }
  main { padding: 1.5rem; inline-size: 100%; }
  .places { position: sticky; inset: 0 auto auto; align-self: start; background: none; border: 0; padding: 1rem .5rem; }
  .places ul { flex-direction: column; gap: .25rem; }
  .places a { flex-direction: row; justify-content: start; gap: .75rem; padding-inline: 1rem; min-block-size: 2.75rem; font-size: 1rem; border-radius: 8px; }
  .places [aria-current] { background: var(--soft); box-shadow: inset 3px 0 var(--main); }
  .body:not([data-narrow]) + .foot { padding-block-end: .5rem; }
}
";
