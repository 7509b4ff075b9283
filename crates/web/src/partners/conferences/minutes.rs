//! Minutes for one institution on one sheet. Its table has a foot, which browsers print again on every page: for whom it is. Only
//! its part is on it.

use axum::extract::{Path, State};
use ceiba_access::{Act, Situation};
use ceiba_programme::partners::conferences::{self as rules, Minutes};
use ceiba_programme::partners::directory;
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::{frame, on_case};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Mood, Notice, Problems, Tone, actions, button_link, form_post, heading, notice, submit, tag, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place};

type At = Path<(String, Uuid, Uuid)>;

/// `GET /casos/{code}/reuniones/{id}/acta/{institution}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id, to)): At) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "reuniones").await?;
    let now = work.at();
    let it = rules::minutes(&app.programme, work.tx(), me.caller(), (o.id(), id, to), now).await?;
    let directory = directory::list(work.tx()).await?;
    let name = directory.iter().find(|i| i.id == to).map_or("", |i| i.name.as_str());
    work.record("conference.print", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let shares = app.programme.gate.would(
        me.caller(),
        Act::SHARE,
        &Situation { granted: it.allowed, ..o.file.situation },
    );
    let whole = it.allowed && !it.points.is_empty();
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("conference-print-how")) }
            (button_link(&w.t("back"), &o.path(&format!("reuniones/{id}")), Tone::Quiet))
        }
        div class="actions" {
            @if let Some(at) = it.handed { p { (tag(Mood::Ok, &w.t("conference-handed"))) " " (w.moment(app.local(at))) } }
            @if !whole { (notice(w, Notice::Info, html! { p { (w.t("conference-minutes-off")) " " a href=(o.path("permisos")) { (w.t("request-silent-mend")) } } })) }
            @else if shares && it.handed.is_none() {
                (form_post(&o.path(&format!("reuniones/{id}/acta/{to}")), &me.session.csrf, &app.once(), actions(&[submit(&w.t("conference-hand"))])))
            }
        }
        @if whole {
            (heading(html! { (w.t("conference-minutes-title")) " " (o.code()) }, html! { (w.t("letter-to")) " " (typed(name)) }))
            table role="presentation" {
                tfoot { tr { td { p { (w.t("letter-foot")) " " (typed(name)) " · " (o.code()) " · " (w.date(app.today())) } } } }
                tbody {
                    tr { td { p { @if let Some(at) = it.conference.head.due_at { (w.moment(app.local(at))) } " · " (app.code(&me, "conference_places", it.conference.head.code.as_deref().unwrap_or_default())) } } }
                    tr { td { (part(&app, &me, &it)) } }
                    tr { td { p { (w.t("conference-minutes-duty")) } p { (app.programme.pack.name) " · " (typed(&me.session.name)) } } }
                }
            }
        }
    };
    Ok(Desk::new(&app, &me, "conference-window", o.path(&format!("reuniones/{id}/acta/{to}")))
        .area(Place::Cases)
        .code(o.code())
        .body(content))
}

fn part(app: &App, me: &Me, it: &Minutes) -> Markup {
    let w = me.words(app);
    html! {
        h2 { (w.t("conference-agenda")) }
        ul { @for point in &it.points {
            li { (app.code(me, "conference_points", &point.code)) @if !point.words.is_empty() { ": " (typed(&point.words)) } }
        } }
        h2 { (w.t("conference-yours")) }
        @if it.decisions.is_empty() { p { (w.t("conference-yours-none")) } }
        ul { @for d in &it.decisions {
            li {
                (app.code(me, "conference_decisions", d.head.code.as_deref().unwrap_or_default())) ": " (typed(&d.body.words))
                " · " (w.t("conference-until")) " " (iso_day(w, d.head.on_day.as_deref()))
            }
        } }
    }
}

/// `POST` of the same path: they were handed over.
pub async fn hand(State(app): State<App>, me: Me, Path((code, id, to)): At, posted: Posted) -> Answer {
    let mend = async |_: &Fields, _: &Problems| Err(Failure::Absent);
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/reuniones/{id}/acta/{to}")),
        (&posted, &[]),
        async |work, case, _| rules::hand(&app.programme, work, me.caller(), (case, id, to)).await,
        mend,
    )
    .await
}
