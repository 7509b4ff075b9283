//! What a court ordered: until when, under what conditions, and whether it is kept.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::orders::{self, KEPT, New, Order};
use maud::{Markup, html};
use uuid::Uuid;

use super::process;
use super::section::Part;
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, actions, checks, clock_due_at, date_fields, empty_state, form_post, radios,
    select, submit, tag, text_field, typed,
};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

pub(super) fn list(part: &Part<'_>, proceeding: Uuid, all: &[Entry<Order>]) -> Markup {
    let (app, me, w) = (part.app, part.me, part.me.words(part.app));
    let mine: Vec<&Entry<Order>> = all.iter().filter(|e| e.head.other == Some(proceeding)).collect();
    let write = part.o.can(app, me, Act::WRITE_LEGAL);
    html! {
        @if mine.is_empty() { (empty_state(&w.t("orders-none"), html! {})) }
        @for e in mine {
            @let on = e.head.state == "in_force";
            div class="stack" {
                p {
                    strong { (app.code(me, "order_kinds", e.head.code.as_deref().unwrap_or_default())) } " "
                    (tag(if e.body.kept == "no" { Mood::Harm } else { Mood::Plain }, &w.t(&format!("state-court_order-{}", e.head.state))))
                }
                p class="quiet" {
                    (w.t("order-given-on")) " " (iso_day(w, e.head.on_day.as_deref()))
                    @if !e.body.bound.is_empty() { " · " (w.t("order-bound")) ": " (typed(&e.body.bound)) }
                }
                @if let Some(until) = e.head.due_at.filter(|_| on) { p { (clock_due_at(w, app.local(until), app.now())) } }
                @if !e.body.conditions.is_empty() { p { (typed(&e.body.conditions)) } }
                @if !e.body.kept.is_empty() { p { (w.t(&format!("measure-kept-{}", e.body.kept))) " · " (iso_day(w, Some(&e.body.looked_on))) } }
                (history::link(w, part.o, &e.head))
                @if write && on { (look_form(part, proceeding, e)) }
            }
        }
        @if write { (new_form(part, proceeding)) }
    }
}

fn new_form(part: &Part<'_>, proceeding: Uuid) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("order", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "order"), key);
    let day = |name: &str| shown.f.map_or_else(Default::default, |f| f.day_parts(name));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("order-new")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/ordenes")), &part.me.session.csrf, &part.app.once(), html! {
                (select(w, &field("kind", "order-kind"), &part.app.choices(part.me.lang, "order_kinds")))
                (date_fields(w, &Field::new("given", w.t("order-given-on")).error(shown.p.of("given")).id("order-given"), &day("given"), false))
                (date_fields(w, &Field::new("until", w.t("measure-until")).hint(w.t("measure-until-hint")).error(shown.p.of("until")).id("order-until"), &day("until"), false))
                (text_field(w, &field("bound", "order-bound"), Kind::Text))
                (text_field(w, &field("conditions", "measure-conditions"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn look_form(part: &Part<'_>, proceeding: Uuid, e: &Entry<Order>) -> Markup {
    let (w, id) = (part.me.words(part.app), e.head.id);
    let shown = part.form("order-look", Some(id));
    let kept = Field::new("kept", w.t("measure-kept"))
        .value(shown.value("kept", &e.body.kept))
        .error(shown.p.of("kept"))
        .id(format!("kept-{id}"));
    let ended = [Choice::new("yes", w.t("measure-ended-yes"))];
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("measure-look")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/ordenes/{id}")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(e.head.version);
                (radios(w, &kept, &keyed(w, "measure-kept", &KEPT)))
                (checks(w, &Field::new("ended", w.t("measure-ended")).id(format!("ended-{id}")), &ended, &[]))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/procesos/{id}/ordenes`.
pub async fn give(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["kind", "given", "until", "bound", "conditions"]),
        ("order", None),
        async |work, case, f| {
            let (on_day, until) = (f.day("given"), f.day("until"));
            let new = New {
                kind: f.text("kind"),
                on_day: &on_day,
                until: &until,
                bound: f.text("bound"),
                conditions: f.text("conditions"),
            };
            orders::give(&app.programme, work, me.caller(), (case, id), &new).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/procesos/{id}/ordenes/{order}`: whether it is kept.
pub async fn look(
    State(app): State<App>,
    me: Me,
    Path((code, id, order)): Path<(String, Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "kept", "ended"]),
        ("order-look", Some(order)),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            let said = (f.text("kept"), f.ticked("ended"));
            orders::look(&app.programme, work, me.caller(), (case, order, seen), said).await
        },
    )
    .await
}
