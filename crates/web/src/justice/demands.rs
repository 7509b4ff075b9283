//! Demands for files: what was wanted, on which basis, what was decided and released.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::consent::DATA;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::demands::{self, DECISIONS, Demand};
use ceiba_programme::partners::directory::{self, Institution};
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Mood, Problems, Tone, actions, button_link, card, checks, clock_due_at,
    date_fields, empty_state, error_summary, form_post, number_field, radios, select, submit, tag, text_area,
    typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// `GET /casos/{code}/requerimientos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, (None, None), &Problems::new()).await
}

/// `of`: the demand whose form is shown again; none: that of a new one.
async fn page(
    app: &App,
    me: &Me,
    code: &str,
    (of, f): (Option<Uuid>, Option<&Fields>),
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "requerimientos").await?;
    let all = demands::list(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let none = Problems::new();
    let write = o.can(app, me, Act::WRITE_LEGAL);
    let content = html! {
        (error_summary(w, p))
        p class="actions" { (button_link(&w.t("back"), &o.path("audiencias"), Tone::Quiet)) }
        p { (w.t("demands-text")) }
        @if all.is_empty() { (empty_state(&w.t("demands-none"), html! {})) }
        @for d in &all {
            @let again = of == Some(d.head.id);
            (card(name(&directory, d.head.other), one(app, me, &o, d, if again { f } else { None }, if again { p } else { &none })))
        }
        @if write { (card(&w.t("demand-new"), new_form(app, me, &o, &directory, f.filter(|_| of.is_none()), if of.is_none() { p } else { &none }))) }
    };
    Ok(with_status(frame::page(app, me, &o, "requerimientos", content), p))
}

fn name(directory: &[Institution], id: Option<Uuid>) -> &str {
    directory.iter().find(|i| Some(i.id) == id).map_or("", |i| i.name.as_str())
}

fn one(app: &App, me: &Me, o: &Opened, d: &Entry<Demand>, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let waits = ["received", "asked_judge"].contains(&d.head.state.as_str());
    let released: Vec<String> = d.body.released.iter().map(|c| w.t(&format!("data-{c}"))).collect();
    html! {
        p { (tag(if waits { Mood::Care } else { Mood::Plain }, &w.t(&format!("state-demand-{}", d.head.state)))) " " (iso_day(w, d.head.on_day.as_deref())) }
        @if let Some(due) = d.head.due_at.filter(|_| waits) { p { (clock_due_at(w, app.local(due), app.now())) } }
        p { strong { (w.t("demand-scope")) } } (typed_block(&d.body.scope))
        p { strong { (w.t("demand-basis")) } } (typed_block(&d.body.basis))
        @if !d.body.decision.is_empty() { p { strong { (w.t("demand-why")) } } (typed_block(&d.body.decision)) }
        @if !released.is_empty() { p { strong { (w.t("demand-released")) } ": " (released.join(", ")) } }
        @if waits && o.can(app, me, Act::WRITE_LEGAL) { (decide_form(app, me, o, d, f, p)) }
    }
}

fn decide_form(
    app: &App,
    me: &Me,
    o: &Opened,
    d: &Entry<Demand>,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let (w, id) = (me.words(app), d.head.id);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("{name}-{id}"))
    };
    let chosen = f.map(|f| f.list("released")).unwrap_or_default();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let data: Vec<Choice> = DATA.into_iter().map(|d| Choice::new(d, w.t(&format!("data-{d}")))).collect();
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("demand-decide")) }
            (form_post(&o.path(&format!("requerimientos/{id}")), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(d.head.version);
                (radios(w, &field("what", "demand-what"), &keyed(w, "state-demand", &DECISIONS)))
                (text_area(w, &field("why", "demand-why").hint(w.t("demand-why-hint")).rows(3)))
                (checks(w, &field("released", "demand-released").hint(w.t("demand-released-hint")), &data, &chosen))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn new_form(
    app: &App,
    me: &Me,
    o: &Opened,
    directory: &[Institution],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let to: Vec<Choice> = directory.iter().map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    form_post(
        &o.path("requerimientos"),
        &me.session.csrf,
        &app.once(),
        html! {
            (select(w, &field("from", "demand-from"), &to))
            (text_area(w, &field("scope", "demand-scope").hint(w.t("demand-scope-hint")).rows(3)))
            (text_area(w, &field("basis", "demand-basis").hint(w.t("demand-basis-hint")).rows(2)))
            (date_fields(w, &Field::new("on", w.t("demand-on")).error(p.of("on")), &day, false))
            (number_field(w, &field("days", "demand-days").hint(w.t("demand-days-hint"))))
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

/// `POST /casos/{code}/requerimientos`.
pub async fn receive(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, (None, Some(f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/requerimientos")),
        (&posted, &["from", "scope", "basis", "on", "days"]),
        async |work, case, f| {
            let body = Demand {
                scope: f.text("scope").to_owned(),
                basis: f.text("basis").to_owned(),
                ..Demand::default()
            };
            let from = (f.id("from"), &*f.day("on"), f.text("days"));
            demands::receive(&app.programme, work, me.caller(), case, from, &body).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/requerimientos/{id}`.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, (Some(id), Some(f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/requerimientos")),
        (&posted, &["version", "what", "why", "released"]),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            let released = f.list("released");
            let said = (f.text("what"), f.text("why"), &*released);
            demands::decide(&app.programme, work, me.caller(), (case, id, seen), said).await
        },
        mend,
    )
    .await
}
