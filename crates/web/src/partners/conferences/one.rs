//! One conference: who comes and what each may hear, what she said to it, and, once it was held, what was decided.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::conferences::{self as rules, Conference, Decision, Offered};
use ceiba_programme::partners::directory;
use maud::{Markup, html};
use uuid::Uuid;

use super::{before, decisions, named};
use crate::cases::frame::{self, Opened};
use crate::cases::{history, on_case, with_status};
use crate::me::Me;
use crate::parts::{Mood, Notice, Problems, Tone, button_link, card, error_summary, notice, tag, typed};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure};

/// A form of the page that came back: its name, of which entry, and what was typed.
pub(super) type Again<'a> = Option<(&'static str, Option<Uuid>, &'a Fields)>;

/// An institution that was invited, and what it may hear now.
pub(super) struct Hears {
    /// Which.
    pub institution: Uuid,
    /// The kinds of data; none: nothing.
    pub kinds: Vec<String>,
}

/// What the page is about.
pub(super) struct Part<'a> {
    pub app: &'a App,
    pub me: &'a Me,
    pub o: &'a Opened,
    pub c: &'a Entry<Conference>,
    pub offered: &'a [Offered],
    pub again: Again<'a>,
    pub problems: &'a Problems,
    pub none: &'a Problems,
}

impl<'a> Part<'a> {
    /// The path of one of its forms.
    pub fn to(&self, what: &str) -> String {
        self.o.path(&format!("reuniones/{}/{what}", self.c.head.id))
    }

    /// The form of this name, with what was typed and what to mend when it is the one that came back.
    pub fn form(&self, name: &str, of: Option<Uuid>) -> (Option<&'a Fields>, &'a Problems) {
        match self.again.filter(|(form, id, _)| *form == name && *id == of) {
            Some((_, _, f)) => (Some(f), self.problems),
            None => (None, self.none),
        }
    }
}

/// `GET /casos/{code}/reuniones/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, (&code, id), None, &Problems::new()).await
}

pub(super) async fn page(
    app: &App,
    me: &Me,
    (code, id): (&str, Uuid),
    again: Again<'_>,
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "reuniones").await?;
    let (prog, caller, now) = (&app.programme, me.caller(), work.at());
    let all = rules::list(prog, work.tx(), caller, o.id()).await?;
    let c = all.iter().find(|c| c.head.id == id).ok_or(Failure::Absent)?;
    let mut hears = Vec::new();
    for institution in c.body.invited.iter().map(|i| i.institution) {
        let of = (o.id(), &c.body, institution);
        hears.push(Hears {
            institution,
            kinds: rules::shared(prog, work.tx(), caller, &o.file.grant, of, now).await?,
        });
    }
    // Also those that are offered no more: it was invited once.
    let directory = directory::list(work.tx()).await?;
    let offered: Vec<Offered> =
        directory.into_iter().map(|institution| Offered { institution, kinds: Vec::new() }).collect();
    let mut decided = rules::decided(prog, work.tx(), caller, o.id()).await?;
    decided.retain(|d| d.body.conference == id);
    let o = o.settle(work).await?;
    let none = Problems::new();
    let part = Part { app, me, o: &o, c, offered: &offered, again, problems: p, none: &none };
    let content = html! {
        (error_summary(w, p))
        p class="actions" { (button_link(&w.t("conferences-all"), &o.path("reuniones"), Tone::Quiet)) }
        (card(&w.t("conference-title"), html! { (what(&part)) (who(&part, &hears)) (history::link(w, &o, &c.head)) }))
        @match c.head.state.as_str() {
            "set" => (before::cards(&part, now)),
            "held" => (held(&part, &hears, &decided)),
            _ => {}
        }
    };
    Ok(with_status(frame::page(app, me, &o, "reuniones", content), p))
}

fn what(part: &Part<'_>) -> Markup {
    let (app, me, c, w) = (part.app, part.me, part.c, part.me.words(part.app));
    html! {
        p {
            strong { @if let Some(at) = c.head.due_at { (w.moment(app.local(at))) } }
            " · " (app.code(me, "conference_places", c.head.code.as_deref().unwrap_or_default()))
            " " (super::state(app, me, c))
        }
        @if !c.body.was.is_empty() {
            p class="quiet" { (w.t("conference-was")) " " (c.body.was.iter().map(|d| crate::view::iso_day(w, Some(d))).collect::<Vec<_>>().join(", ")) }
        }
        ol { @for point in &c.body.points {
            @let off = !c.body.spoken().any(|at| at.code == point.code);
            li {
                (app.code(me, "conference_points", &point.code))
                @if !point.words.is_empty() { ": " (typed(&point.words)) }
                @if off { " " (tag(Mood::No, &w.t("conference-not-spoken"))) }
            }
        } }
    }
}

fn who(part: &Part<'_>, hears: &[Hears]) -> Markup {
    let (c, w) = (part.c, part.me.words(part.app));
    let came = |id: &Uuid| c.head.state == "held" && c.body.came.contains(id);
    html! {
        ul class="tasks" {
            @for h in hears {
                li {
                    p { strong { (named(part.offered, h.institution)) } @if came(&h.institution) { " " (tag(Mood::Ok, &w.t("conference-came"))) } }
                    p class="quiet" {
                        @if c.body.keeps_from(h.institution) { (w.t("conference-keeps-from")) }
                        @else if h.kinds.is_empty() { (w.t("conference-hears-nothing")) }
                        @else { (w.t("conference-hears")) " " (h.kinds.iter().map(|k| w.t(&format!("data-{k}"))).collect::<Vec<_>>().join(", ")) }
                    }
                }
            }
            @for colleague in &c.body.colleagues {
                li { p { (typed(&part.o.names.of(w, *colleague))) @if came(colleague) { " " (tag(Mood::Ok, &w.t("conference-came"))) } } }
            }
        }
    }
}

fn held(part: &Part<'_>, hears: &[Hears], decided: &[Entry<Decision>]) -> Markup {
    let w = part.me.words(part.app);
    html! {
        (card(&w.t("conference-decisions"), decisions::list(part, decided)))
        (card(&w.t("conference-minutes"), html! {
            p class="quiet" { (w.t("conference-minutes-text")) }
            @if hears.is_empty() { p { (w.t("conference-minutes-none")) } }
            ul class="tasks" { @for h in hears {
                li {
                    p { (named(part.offered, h.institution)) }
                    p class="actions" { (button_link(&w.t("conference-minutes-open"), &part.to(&format!("acta/{}", h.institution)), Tone::Quiet)) }
                }
            } }
        }))
        @if !part.o.can(part.app, part.me, Act::CONFERENCE_WRITE) { (notice(w, Notice::Info, html! { p { (w.t("conference-read-only")) } })) }
    }
}

/// One change from a form of this page: done and back to it, or the page again with that form as it was typed.
pub(super) async fn change(
    app: &App,
    me: &Me,
    (code, id): (&str, Uuid),
    (posted, names): (&Posted, &[&str]),
    (form, of): (&'static str, Option<Uuid>),
    does: impl AsyncFnOnce(
        &mut ceiba_store::Work,
        (Uuid, Uuid, i64),
        &Fields,
    ) -> Result<(), ceiba_programme::ProgrammeError>,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(app, me, (code, id), Some((form, of, f)), p).await;
    on_case(
        app,
        me,
        (code, &format!("/casos/{code}/reuniones/{id}")),
        (posted, names),
        async |work, case, f| does(work, (case, id, f.number("version").unwrap_or(0)), f).await,
        mend,
    )
    .await
}
