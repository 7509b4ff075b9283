//! The list of my cases, and the search.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::cases::{self, lists, lists::Line};
use ceiba_programme::people::known;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::frame::risk;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Kind, Table, Tone, actions, button_link, clock_due_at, empty_state, form_post, heading,
    submit, text_field, typed,
};
use crate::posted::Posted;
use crate::view::age;
use crate::{Answer, App, Place, see_other};

/// Where the page of the site's other cases begins.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    desde: i64,
}

/// `GET /casos`.
pub async fn show(State(app): State<App>, me: Me, Query(from): Query<From>) -> Answer {
    listed(&app, &me, false, from.desde).await
}

/// `GET /casos/cerrados`.
pub async fn closed(State(app): State<App>, me: Me, Query(from): Query<From>) -> Answer {
    listed(&app, &me, true, from.desde).await
}

async fn listed(app: &App, me: &Me, closed: bool, from: i64) -> Answer {
    let (p, caller) = (&app.programme, me.caller());
    let mut tx = p.store.db.read().await?;
    let mine = lists::mine(p, &mut tx, caller, closed).await?;
    let (others, next) = lists::of_site(p, &mut tx, caller, closed, from).await?;
    drop(tx);
    Ok(page(app, me, &Shown { lines: &mine, others: &others, next, searched: None, closed }))
}

/// `POST /casos/buscar`: by name or code. The words are in the body, never in an address; that somebody
/// searched is in the ledger, what she searched is not.
pub async fn search(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["words"])?;
    let words = f.text("words");
    app.programme.may(me.caller(), Act::PERSON_FIND)?;
    known::pace(&app.programme, me.caller()).await?;
    let mut work = app.work(&me).await?;
    let found = if words.is_empty() {
        vec![]
    } else {
        known::search(&app.programme, work.tx(), me.caller(), words).await?
    };
    let lines = lists::of(&app.programme, work.tx(), me.caller(), &found).await?;
    work.record("person.search", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    Ok(page(&app, &me, &Shown { lines: &lines, searched: Some(words), ..Shown::default() }))
}

/// `GET /casos/de/{id}`: from an id to its code, when she may know it.
pub async fn of(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    app.programme.may_case(&mut tx, me.caller(), Act::CASE_READ, id).await?;
    let case = cases::lookup(&mut tx, id).await?;
    Ok(see_other(&format!("/casos/{}", case.code)))
}

/// What the page shows.
#[derive(Default)]
struct Shown<'a> {
    lines: &'a [Line],
    others: &'a [Line],
    next: Option<i64>,
    searched: Option<&'a str>,
    closed: bool,
}

fn page(app: &App, me: &Me, shown: &Shown<'_>) -> axum::response::Response {
    let w = me.words(app);
    let Shown { lines, others, next, searched, closed } = *shown;
    let field = Field::new("words", w.t("cases-search"))
        .hint(w.t("cases-search-hint"))
        .value(searched.unwrap_or_default());
    let here = if closed { "/casos/cerrados" } else { "/casos" };
    let content = html! {
        (heading(html! { (w.t(if closed { "cases-closed-title" } else { "cases-title" })) }, html! {
            // «None» above a list of the site's cases would be wrong.
            @if !lines.is_empty() || others.is_empty() { (w.with("cases-count", &[("n", lines.len().into())])) }
        }))
        (form_post("/casos/buscar", &me.session.csrf, &app.once(), html! {
            (text_field(w, &field, Kind::Search))
            (actions(&[submit(&w.t("cases-search-send"))]))
        }))
        @if searched.is_some() && lines.is_empty() { (empty_state(&w.t("cases-none-found"), html! { (button_link(&w.t("emergency-link"), "/emergencia", Tone::Quiet)) })) }
        @else if lines.is_empty() && others.is_empty() { (empty_state(&w.t("cases-empty"), html! {})) }
        @if !lines.is_empty() { (table(app, me, &w.t("cases-caption"), lines)) }
        @if lines.len() >= known::FOUND && searched.is_some() { p { (w.t("cases-type-more")) } }
        @if !others.is_empty() { (table(app, me, &w.t("cases-others"), others)) }
        @if let Some(next) = next { p { (button_link(&w.t("cases-next"), &format!("{here}?desde={next}"), Tone::Quiet)) } }
        nav class="actions" aria-label=(w.t("cases-more")) {
            @if me.can(app, Act::CASE_OPEN) { (button_link(&w.t("record-case"), "/casos/nuevo", Tone::Quiet)) }
            @if me.can(app, Act::LINK_LIST) { (button_link(&w.t("met-title"), "/posibles", Tone::Quiet)) }
            (button_link(&w.t("agenda-title"), "/audiencias", Tone::Quiet))
            (button_link(&w.t("directory-title"), "/directorio", Tone::Quiet))
            @if closed { (button_link(&w.t("cases-open-link"), "/casos", Tone::Quiet)) }
            @else { (button_link(&w.t("cases-closed-link"), "/casos/cerrados", Tone::Quiet)) }
        }
    };
    Desk::new(app, me, "cases-window", "/casos").area(Place::Cases).body(content)
}

fn table(app: &App, me: &Me, caption: &str, lines: &[Line]) -> Markup {
    let w = me.words(app);
    let columns = ["cases-col-name", "cases-col-code", "cases-col-phase", "cases-col-risk", "cases-col-next"];
    Table::new(caption, columns.map(|c| Column::new(w.t(c))).into())
        .cards()
        .rows(lines.iter().map(|l| {
            vec![
                html! { a href={ "/casos/" (l.case.code) } {
                    @match &l.person { Some(person) => { (typed(&person.core.chosen_name)) } None => { (w.t("cases-unreadable")) } }
                } @if let Some(person) = &l.person { " · " (age(w, &person.core.birth, app.today())) } },
                html! { (l.case.code) },
                html! { (w.t(&format!("phase-{}", l.case.phase))) },
                html! { (risk(w, &l.case.risk)) },
                html! { @if let Some(due) = l.next_due { (clock_due_at(w, app.local(due), app.now())) } @else { (w.t("nothing-due")) } },
            ]
        }))
        .show(w)
}
