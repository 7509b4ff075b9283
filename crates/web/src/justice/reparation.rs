//! What she is owed: asked for, ordered, paid, and what is still missing.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::reparation::{self, DECISIONS, Reparation};
use maud::{Markup, html};
use uuid::Uuid;

use super::process;
use super::section::Part;
use crate::care::amount;
use crate::cases::history;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, actions, date_fields, empty_state, form_post, radios, select, submit, tag, text_field,
    typed,
};
use crate::posted::Posted;
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

pub(super) fn list(part: &Part<'_>, proceeding: Uuid, all: &[Entry<Reparation>]) -> Markup {
    let w = part.me.words(part.app);
    let mine: Vec<&Entry<Reparation>> = all.iter().filter(|e| e.head.other == Some(proceeding)).collect();
    html! {
        @if mine.is_empty() { (empty_state(&w.t("reparations-none"), html! {})) }
        @for e in mine { (one(part, proceeding, e)) }
        @if part.o.can(part.app, part.me, Act::WRITE_LEGAL) { (new_form(part, proceeding)) }
    }
}

fn one(part: &Part<'_>, proceeding: Uuid, e: &Entry<Reparation>) -> Markup {
    let (app, me, w, b) = (part.app, part.me, part.me.words(part.app), &e.body);
    let write = part.o.can(app, me, Act::WRITE_LEGAL);
    let money = |cents: i64| if cents == 0 { w.t("reparation-no-money") } else { amount(app, w, cents) };
    html! {
        div class="stack" {
            p {
                strong { (app.code(me, "reparation_kinds", e.head.code.as_deref().unwrap_or_default())) } " "
                (tag(if e.head.state == "paid" { Mood::Ok } else { Mood::Plain }, &w.t(&format!("state-reparation-{}", e.head.state))))
            }
            p class="quiet" { (w.t("measure-asked-on")) " " (iso_day(w, e.head.on_day.as_deref())) " · " (money(b.asked)) }
            @if !b.decided_on.is_empty() {
                p class="quiet" { (w.t("measure-decided-on")) " " (iso_day(w, Some(&b.decided_on))) @if e.head.state != "refused" { " · " (money(b.ordered)) } }
            }
            @for paid in &b.payments {
                p class="quiet" { (w.t("reparation-paid-on")) " " (iso_day(w, Some(&paid.on_day))) " · " (money(paid.cents)) @if !paid.receipt.is_empty() { " · " (typed(&paid.receipt)) } }
            }
            @if b.ordered > 0 { p { strong { (w.t("reparation-owed")) ": " (amount(app, w, b.owed())) } } }
            (history::link(w, part.o, &e.head))
            @if write && e.head.state == "asked" { (step(part, proceeding, e, "decide")) }
            @if write && e.head.state == "ordered" { (step(part, proceeding, e, "pay")) }
        }
    }
}

fn new_form(part: &Part<'_>, proceeding: Uuid) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("reparation", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "reparation"), key);
    let day = shown.f.map_or_else(Default::default, |f| f.day_parts("asked"));
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("reparation-new")) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/reparacion")), &part.me.session.csrf, &part.app.once(), html! {
                (select(w, &field("kind", "reparation-kind"), &part.app.choices(part.me.lang, "reparation_kinds")))
                (text_field(w, &field("amount", "reparation-amount").hint(w.t("reparation-amount-hint")), Kind::Text))
                (date_fields(w, &Field::new("asked", w.t("measure-asked-on")).error(shown.p.of("asked")).id("reparation-asked"), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// What was decided, or something handed over.
fn step(part: &Part<'_>, proceeding: Uuid, e: &Entry<Reparation>, what: &'static str) -> Markup {
    let (w, id) = (part.me.words(part.app), e.head.id);
    let shown = part.form(what, Some(id));
    let own = id.to_string();
    let field = |name: &'static str, key: &str| shown.field(w, (name, &own), key);
    let deciding = what == "decide";
    let (day, key) =
        if deciding { ("decided", "measure-decided-on") } else { ("paid", "reparation-paid-on") };
    let parts = shown.f.map_or_else(Default::default, |f| f.day_parts(day));
    let to = if deciding { "decision" } else { "pago" };
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t(if deciding { "measure-decide" } else { "reparation-pay" })) }
            (form_post(&part.o.path(&format!("procesos/{proceeding}/reparacion/{id}/{to}")), &part.me.session.csrf, &part.app.once(), html! {
                input type="hidden" name="version" value=(e.head.version);
                @if deciding { (radios(w, &field("how", "measure-what"), &keyed(w, "state-reparation", &DECISIONS))) }
                (text_field(w, &field("amount", "reparation-amount").hint(w.t("reparation-amount-hint")), Kind::Text))
                (date_fields(w, &Field::new(day, w.t(key)).error(shown.p.of(day)).id(format!("{day}-{id}")), &parts, false))
                @if !deciding { (text_field(w, &field("receipt", "reparation-receipt"), Kind::Text)) }
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/procesos/{id}/reparacion`.
pub async fn ask(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["kind", "amount", "asked"]),
        ("reparation", None),
        async |work, case, f| {
            let day = f.day("asked");
            let said = (f.text("kind"), f.text("amount"), day.as_str());
            reparation::ask(&app.programme, work, me.caller(), (case, id), said).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/procesos/{id}/reparacion/{owed}/decision`.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id, owed)): Path<(String, Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "how", "amount", "decided"]),
        ("decide", Some(owed)),
        async |work, case, f| {
            let (seen, day) = (f.number("version").unwrap_or(0), f.day("decided"));
            let said = (f.text("how"), f.text("amount"), day.as_str());
            reparation::decide(&app.programme, work, me.caller(), (case, owed, seen), said).await
        },
    )
    .await
}

/// `POST /casos/{code}/procesos/{id}/reparacion/{owed}/pago`.
pub async fn pay(
    State(app): State<App>,
    me: Me,
    Path((code, id, owed)): Path<(String, Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    process::change(
        &app,
        &me,
        (&code, id),
        (&posted, &["version", "amount", "paid", "receipt"]),
        ("pay", Some(owed)),
        async |work, case, f| {
            let (seen, day) = (f.number("version").unwrap_or(0), f.day("paid"));
            let said = (f.text("amount"), day.as_str(), f.text("receipt"));
            reparation::pay(&app.programme, work, me.caller(), (case, owed, seen), said).await
        },
    )
    .await
}
