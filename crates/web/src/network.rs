//! «Red»: the community network. Who is in it, what is next, how many were reached, each number beside its rule.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::network::activities::{self, Activity};
use ceiba_programme::network::{self, Partner, Who};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Mood, Table, Tone, button_link, card, empty_state, heading, tag, typed};
use crate::view::iso_day;
use crate::{Answer, App, Place, Words};

pub mod activity;
pub mod card;
pub mod lesson;
pub mod own;
pub mod partner;
pub mod reach;

/// How many activities stand on the first page.
const NEWEST: i64 = 5;
/// How many days back people reached are counted there.
const BACK: i64 = 365;

/// `GET /red`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let all = network::list(p, work.tx(), caller).await?;
    let newest = activities::list(p, work.tx(), caller, NEWEST).await?;
    let sums = by_rule(&app, &me, work.tx()).await?;
    work.record("network.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let active = all.iter().filter(|(x, _)| x.active()).count();
    let trained = all.iter().filter(|(x, _)| x.active() && x.trained_on.is_some()).count();
    let content = html! {
        (heading(html! { (w.t("network-title")) }, html! { (w.with("network-count", &[("n", active.into()), ("trained", trained.into())])) }))
        p class="actions" {
            (button_link(&w.t("network-new"), "/red/nueva", Tone::Primary))
            (button_link(&w.t("network-activity-new"), "/red/actividades/nueva", Tone::Quiet))
            (button_link(&w.t("lessons-title"), "/lecciones", Tone::Quiet))
            @if me.somewhere(&app, Act::LOG_WRITE) { (button_link(&w.t("logbook-title"), "/bitacora", Tone::Quiet)) }
        }
        @if all.is_empty() { (empty_state(&w.t("network-none"), html! {})) } @else { (partners(&app, &me, &all)) }
        (card(&w.t("network-activities"), html! {
            @if newest.is_empty() { p { (w.t("network-activities-none")) } }
            ul { @for a in &newest { li { (line(&app, &me, a)) } } }
            p { a href="/red/actividades" { (w.t("network-activities-all")) } }
        }))
        (reached(&app, &me, &sums))
    };
    Ok(Desk::new(&app, &me, "network-window", "/red").area(Place::Network).body(content))
}

/// How many people were reached in a year, rule by rule.
pub(super) async fn by_rule(
    app: &App,
    me: &Me,
    tx: &mut ceiba_store::Tx,
) -> Result<Vec<(String, i64, i64)>, crate::Failure> {
    let from = app.today().saturating_sub(jiff::Span::new().days(BACK)).to_string();
    let to = app.today().to_string();
    Ok(activities::by_rule(&app.programme, tx, me.caller(), (&from, &to)).await?)
}

/// Each sum beside its rule, and that they are not one.
pub(super) fn reached(app: &App, me: &Me, sums: &[(String, i64, i64)]) -> Markup {
    let w = me.words(app);
    html! {
        @if !sums.is_empty() {
            (card(&w.t("network-reached"), html! {
                ul { @for (rule, held, people) in sums { li {
                    strong { (w.with("network-people", &[("n", (*people).into())])) } " · " (app.code(me, "reach_rules", rule))
                    " · " (w.with("network-held", &[("n", (*held).into())]))
                } } }
                p class="quiet" { (w.t("network-reached-rule")) }
            }))
        }
    }
}

fn partners(app: &App, me: &Me, all: &[(Partner, Who)]) -> Markup {
    let w = me.words(app);
    let columns = [
        "network-col-name",
        "network-col-kind",
        "network-col-place",
        "network-col-language",
        "network-col-state",
    ];
    Table::new(w.t("network-caption"), columns.map(|c| Column::new(w.t(c))).into())
        .cards()
        .rows(all.iter().map(|(x, who)| {
            vec![
                html! { a href={ "/red/" (x.id) } { (name(w, who)) } },
                html! { (app.code(me, "network_kinds", &x.kind)) },
                html! { (app.code(me, "municipalities", &x.municipality)) },
                html! { (app.code(me, "languages", &x.language)) },
                html! { (standing(w, x)) },
            ]
        }))
        .show(w)
}

/// Her name, or that it cannot be read.
pub(super) fn name(w: &Words, who: &Who) -> Markup {
    if who.name.is_empty() {
        html! { (w.t("network-unreadable")) }
    } else {
        typed(&who.name)
    }
}

/// Whether she is trained, and whether she left.
pub(super) fn standing(w: &Words, x: &Partner) -> Markup {
    if !x.active() {
        return tag(Mood::No, &w.t("network-left"));
    }
    match x.trained_on {
        Some(_) => tag(Mood::Ok, &w.t("network-trained")),
        None => tag(Mood::Plain, &w.t("network-untrained")),
    }
}

/// An activity in one line.
pub(super) fn line(app: &App, me: &Me, a: &Activity) -> Markup {
    let w = me.words(app);
    html! {
        a href={ "/red/actividades/" (a.id) } { (iso_day(w, Some(&a.on_day))) " · " (app.code(me, "network_activity_kinds", &a.kind)) }
        " · " (app.code(me, "municipalities", &a.municipality)) " · "
        @match a.state.as_str() {
            "held" => { (w.with("network-people", &[("n", a.people().into())])) ", " (app.code(me, "reach_rules", &a.rule)) },
            "off" => (w.t("network-state-off")),
            _ => (w.t("network-state-planned")),
        }
    }
}
