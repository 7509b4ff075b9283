//! The section of a file: what is to come first, then what protects her, then her proceedings.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::justice::{hearings, measures, proceedings};
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_store::Work;
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

use super::{hearings as hearing, measures as measure, proceedings as proceeding};
use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{Choice, Field, Problems, Tone, button_link, card, error_summary};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Words};

/// Which form of the page is shown again with what was typed.
pub(super) struct Again<'a> {
    /// `hearing`, `measure`, `proceeding`, for a new one; of an old one its id says which.
    pub form: &'static str,
    /// The entry whose form it is.
    pub of: Option<Uuid>,
    /// What was typed.
    pub f: &'a Fields,
}

/// A form as it is shown: what was typed and what to mend, when it is the one that came back.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// What was typed.
    pub f: Option<&'a Fields>,
    /// What to mend.
    pub p: &'a Problems,
}

impl<'a> Shown<'a> {
    /// What was typed into a field, or what stands there.
    pub fn value(&self, name: &str, stands: &'a str) -> &'a str {
        self.f.map_or(stands, |f| typed_in(Some(f), name))
    }

    /// An empty field of it: label, what was typed, what to mend. `mark` tells forms of one page apart.
    pub fn field(&self, w: &Words, (name, mark): (&'static str, &str), key: &str) -> Field {
        Field::new(name, w.t(key))
            .value(self.value(name, ""))
            .error(self.p.of(name))
            .id(format!("{name}-{mark}"))
    }
}

/// What every part of the page needs.
pub(super) struct Part<'a> {
    /// The application.
    pub app: &'a App,
    /// Who looks.
    pub me: &'a Me,
    /// The file.
    pub o: &'a Opened,
    /// The directory.
    pub directory: &'a [Institution],
    /// The entry whose forms she asked for.
    chosen: Option<Uuid>,
    again: Option<&'a Again<'a>>,
    problems: &'a Problems,
    none: Problems,
}

impl<'a> Part<'a> {
    /// The part of a page; `again` is the form that came back, with what to mend.
    pub fn new(
        app: &'a App,
        me: &'a Me,
        o: &'a Opened,
        directory: &'a [Institution],
        again: Option<&'a Again<'a>>,
        problems: &'a Problems,
    ) -> Self {
        Self { app, me, o, directory, chosen: None, again, problems, none: Problems::new() }
    }

    /// Whether the forms of this one stand on the page: of several, those that she chose or has to mend, else those of the `first`.
    /// All of all would make the page of a long trial too heavy for a phone.
    pub fn at_hand(&self, id: Uuid, first: bool) -> bool {
        self.again.and_then(|a| a.of).or(self.chosen).map_or(first, |chosen| chosen == id)
    }

    /// The form of this name, for an entry or a new one.
    pub fn form(&self, form: &str, of: Option<Uuid>) -> Shown<'_> {
        match self.again.filter(|a| a.form == form && a.of == of) {
            Some(again) => Shown { f: Some(again.f), p: self.problems },
            None => Shown { f: None, p: &self.none },
        }
    }

    /// The institutions as choices.
    pub fn institutions(&self) -> Vec<Choice> {
        self.directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect()
    }

    /// The name of one.
    pub fn institution(&self, id: Option<Uuid>) -> &str {
        self.directory.iter().find(|i| Some(i.id) == id).map_or("", |i| i.name.as_str())
    }
}

/// Which hearing to work on.
#[derive(Deserialize, Default)]
pub struct Chosen {
    de: Option<Uuid>,
}

/// `GET /casos/{code}/audiencias`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    page(&app, &me, (&code, chosen.de), None, &Problems::new()).await
}

pub(super) async fn page(
    app: &App,
    me: &Me,
    (code, chosen): (&str, Option<Uuid>),
    again: Option<&Again<'_>>,
    problems: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "audiencias").await?;
    let (p, caller) = (&app.programme, me.caller());
    let set = hearings::list(p, work.tx(), caller, &o.file.grant, o.id()).await?;
    let asked = measures::list(p, work.tx(), caller, &o.file.grant, o.id()).await?;
    let heads = proceedings::heads(work.tx(), o.id()).await?;
    let opened = if o.can(app, me, Act::READ_LEGAL) && !heads.is_empty() {
        let grant = p.may_case(work.tx(), caller, Act::READ_LEGAL, o.id()).await?;
        proceedings::list(p, work.tx(), caller, &grant, o.id()).await?
    } else {
        Vec::new()
    };
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let part = Part { chosen, ..Part::new(app, me, &o, &directory, again, problems) };
    let content = html! {
        (error_summary(w, problems))
        @if o.can(app, me, Act::READ_LEGAL) {
            p class="actions links" {
                (button_link(&w.t("evidence-title"), &o.path("evidencias"), Tone::Quiet))
                (button_link(&w.t("demands-title"), &o.path("requerimientos"), Tone::Quiet))
            }
        }
        (card(&w.t("hearings-title"), hearing::list(&part, &set)))
        (card(&w.t("measures-title"), measure::list(&part, &asked)))
        (card(&w.t("proceedings-title"), proceeding::list(&part, &heads, &opened)))
    };
    Ok(with_status(frame::page(app, me, &o, "audiencias", content), problems))
}

/// One change of a case from a form of this section: done and back to it, or the section again with that form as it was typed.
pub(super) async fn change(
    app: &App,
    me: &Me,
    code: &str,
    (posted, names): (&Posted, &[&str]),
    (form, of): (&'static str, Option<Uuid>),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    let mend =
        async |f: &Fields, p: &Problems| page(app, me, (code, None), Some(&Again { form, of, f }), p).await;
    on_case(app, me, (code, &format!("/casos/{code}/audiencias")), (posted, names), does, mend).await
}
