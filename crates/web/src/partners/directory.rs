//! «Directorio»: institutions outside by service and place, one of them with all it says, and its form for whoever keeps it.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::partners::directory::{self, Institution};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Mood, Problems, Tone, actions, button, button_link, card, empty_state, form_post, heading,
    select, submit, tag, typed,
};
use crate::view::Names;
use crate::{Answer, App, Failure, Place};

pub mod bring;
pub mod entry;
use entry::sheet;

/// Former versions on a page: it stays light, and older ones are kept.
const SHOWN: usize = 5;

/// What is looked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    servicio: String,
    #[serde(default)]
    municipio: String,
    /// `si` for those that are no longer offered.
    #[serde(default)]
    retiradas: String,
}

/// `GET /directorio`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    app.programme.may(me.caller(), Act::CASE_LIST)?;
    let mut tx = app.programme.store.db.read().await?;
    let all = directory::list(&mut tx).await?;
    drop(tx);
    let retired = asked.retiradas == "si";
    let found: Vec<&Institution> = all
        .iter()
        .filter(|i| i.active != retired)
        .filter(|i| asked.servicio.is_empty() || i.services.contains(&asked.servicio))
        .filter(|i| asked.municipio.is_empty() || i.serves().contains(&asked.municipio.as_str()))
        .collect();
    let writes = me.can(&app, Act::DIRECTORY_WRITE);
    let content = html! {
        (heading(html! { (w.t("directory-title")) }, html! { (w.t("directory-text")) }))
        (search(&app, &me, &asked, &all))
        @if found.is_empty() { (empty_state(&w.t("directory-none"), html! {})) }
        @else { p { (w.with("directory-found", &[("n", found.len().into())])) } }
        @for i in found { (card(&i.name, short(&app, &me, i))) }
        nav class="actions" aria-label=(w.t("directory-more")) {
            @if writes { (button_link(&w.t("directory-new"), "/directorio/nueva", Tone::Quiet)) (button_link(&w.t("directory-bring-link"), "/directorio/traer", Tone::Quiet)) }
            (button_link(&w.t("directory-export-link"), "/directorio/hsds.json", Tone::Quiet))
            @if retired { (button_link(&w.t("directory-active-link"), "/directorio", Tone::Quiet)) }
            @else { (button_link(&w.t("directory-retired-link"), "/directorio?retiradas=si", Tone::Quiet)) }
        }
    };
    Ok(Desk::new(&app, &me, "directory-window", "/directorio").area(Place::Cases).body(content))
}

/// Only services and places that somebody in the directory serves: what is not there cannot be looked for.
fn search(app: &App, me: &Me, asked: &Asked, all: &[Institution]) -> Markup {
    let w = me.words(app);
    let there = |choices: Vec<Choice>, has: &dyn Fn(&str) -> bool| -> Vec<Choice> {
        choices.into_iter().filter(|c| has(c.value())).collect()
    };
    let services = there(app.choices(me.lang, "service_types"), &|code| {
        all.iter().any(|i| i.services.iter().any(|s| s == code))
    });
    let places = there(app.municipalities(me.lang), &|code| all.iter().any(|i| i.serves().contains(&code)));
    html! {
        form class="stack" method="get" action="/directorio" {
            (select(w, &Field::new("servicio", w.t("directory-service")).value(&asked.servicio), &services))
            (select(w, &Field::new("municipio", w.t("directory-place")).value(&asked.municipio), &places))
            @if asked.retiradas == "si" { input type="hidden" name="retiradas" value="si"; }
            (actions(&[submit(&w.t("directory-search"))]))
        }
    }
}

fn names(app: &App, me: &Me, list: &str, codes: &[String]) -> String {
    codes.iter().map(|c| app.code(me, list, c)).collect::<Vec<_>>().join(", ")
}

fn phone(phone: &str) -> Markup {
    html! { a href={ "tel:" (phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()) } { (typed(phone)) } }
}

fn short(app: &App, me: &Me, i: &Institution) -> Markup {
    let w = me.words(app);
    html! {
        p { (phone(&i.phone)) @if !i.hours.is_empty() { " · " (typed(&i.hours)) } }
        p { (names(app, me, "service_types", &i.services)) }
        p { (checked(app, me, i, None)) @if let Some(m) = expired(app, me, i) { " " (m) } }
        p { (button_link(&w.with("directory-open", &[("name", i.name.as_str().into())]), &format!("/directorio/{}", i.id), Tone::Quiet)) }
    }
}

/// When it was checked, and by whom; that nobody did, or not for long, stands out.
fn checked(app: &App, me: &Me, i: &Institution, names: Option<&Names>) -> Markup {
    let w = me.words(app);
    let day = i.checked_on.as_deref().and_then(|d| d.parse::<Date>().ok());
    let who = match (names, i.checked_by) {
        (Some(names), Some(by)) => Some(names.of(w, by)),
        (Some(_), None) => Some(w.t("directory-checked-outside")),
        _ => None,
    };
    html! {
        @match day {
            None => { (tag(Mood::Care, &w.t("directory-unchecked"))) }
            Some(day) if i.unchecked(app.today()) => { (tag(Mood::Care, &w.with("directory-unchecked-since", &[("day", w.date(day).into())]))) }
            Some(day) => { (tag(Mood::Ok, &w.with("directory-checked", &[("day", w.date(day).into())]))) }
        }
        @if let (Some(who), Some(_)) = (who, day) { " · " (typed(&who)) }
    }
}

fn expired(app: &App, me: &Me, i: &Institution) -> Option<Markup> {
    let day = i.valid_until.parse::<Date>().ok().filter(|day| *day < app.today())?;
    let w = me.words(app);
    Some(tag(Mood::Care, &w.with("directory-expired", &[("day", w.date(day).into())])))
}

/// `GET /directorio/{id}`.
pub async fn one(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, id: Uuid, f: Option<&crate::posted::Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::CASE_LIST)?;
    let mut tx = app.programme.store.db.read().await?;
    let i = directory::find(&mut tx, id).await?.ok_or(Failure::Absent)?;
    let before = directory::history(&mut tx, id).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let path = format!("/directorio/{id}");
    let writes = me.can(app, Act::DIRECTORY_WRITE);
    let content = html! {
        (heading(html! { (typed(&i.name)) }, html! { (w.t(&format!("institution-kind-{}", i.kind))) }))
        (crate::parts::error_summary(w, p))
        p {
            @if !i.active { (tag(Mood::Care, &w.t("directory-retired"))) " " }
            (checked(app, me, &i, Some(&names))) @if let Some(m) = expired(app, me, &i) { " " (m) }
        }
        (sheet(app, me, &i.offer))
        @if writes {
            (form_post(&format!("{path}/revisada"), &me.session.csrf, &app.once(), html! {
                p { (w.t("directory-check-text")) }
                (actions(&[submit(&w.t("directory-check"))]))
            }))
            (card(&w.t("directory-change"), entry::form(app, me, (&path, Some(i.version)), Some(&i.offer), f, p)))
            (form_post(&format!("{path}/estado"), &me.session.csrf, &app.once(), html! {
                p { (w.t(if i.active { "directory-retire-text" } else { "directory-return-text" })) }
                (actions(&[button(&w.t(if i.active { "directory-retire" } else { "directory-return" }), Tone::Quiet, "offer", if i.active { "no" } else { "yes" })]))
            }))
        }
        @if !before.is_empty() {
            details class="why" { summary { (w.t("directory-before")) }
                @for b in before.iter().take(SHOWN) {
                    p { (w.moment(app.local(b.at))) " · " (typed(&names.of(w, b.by))) }
                    (sheet(app, me, &b.offer))
                }
            }
        }
        p { (button_link(&w.t("directory-back"), "/directorio", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "directory-window", path.clone()).area(Place::Cases);
    Ok(crate::cases::with_status(desk.body(content), p))
}
