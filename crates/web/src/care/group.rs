//! A group on a day: one list, two boxes a person (Tab and the space bar), one button.

use axum::extract::{Path, State};
use ceiba_programme::care::groups::{self, Enrolled};
use maud::{Markup, html};
use uuid::Uuid;

use super::said;
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, DateParts, Field, Problems, Table, actions, card, date_fields, empty_state, error_summary,
    form_post, heading, submit, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place, Words};

/// `GET /servicios/{service}`.
pub async fn show(State(app): State<App>, me: Me, Path(service): Path<String>) -> Answer {
    page(&app, &me, &service, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let service = groups::of(programme, caller, code)?;
    let all = groups::enrolled(programme, work.tx(), caller, code).await?;
    let days = groups::days(programme, work.tx(), caller, code).await?;
    work.record("group.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let columns =
        vec![Column::new(w.t("note-day")), Column::number(w.t("care-came")), Column::number(w.t("care-of"))];
    let held = Table::new(w.t("care-days"), columns).rows(days.iter().map(|(day, came, of)| {
        vec![
            html! { a href={ "/servicios/" (code) "/" (day) } { (iso_day(w, Some(day))) } },
            html! { (w.number(*came)) },
            html! { (w.number(*of)) },
        ]
    }));
    let content = html! {
        (heading(html! { (said(me, &service.name)) }, html! { (said(me, &service.schedule)) " · " (service.site) }))
        (error_summary(w, p))
        @if all.is_empty() { (empty_state(&w.t("care-group-empty"), html! {})) } @else {
            (card(&w.t("care-hold-title"), form_post(&format!("/servicios/{code}"), &me.session.csrf, &app.once(), html! {
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
                p { (w.t("care-hold-text")) }
                @if let Some(wrong) = p.of("marks") { p class="wrong" id="f-marks" { (wrong) } }
                @for e in &all { (line(w, e, |name| f.is_some_and(|f| f.list(name).contains(&e.case.id.to_string())))) }
                (actions(&[submit(&w.t("care-hold-send"))]))
            })))
        }
        @if !days.is_empty() { (held.show(w)) }
    };
    let desk = Desk::new(app, me, "care-group-window", format!("/servicios/{code}")).area(Place::Cases);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// One person with her two boxes.
pub(super) fn line(w: &Words, e: &Enrolled, ticked: impl Fn(&str) -> bool) -> Markup {
    let id = e.case.id.to_string();
    let boxed = |name: &str| {
        html! {
            label class="choice" {
                input type="checkbox" name=(name) value=(id) autocomplete="off" checked[ticked(name)];
                span { (w.t(&format!("care-mark-{name}"))) }
            }
        }
    };
    html! {
        fieldset {
            legend { (typed(&e.person.core.chosen_name)) " · " (e.case.code) }
            input type="hidden" name="here" value=(id);
            (boxed("came")) (boxed("excused"))
        }
    }
}

/// `POST /servicios/{service}`: who came.
pub async fn hold(State(app): State<App>, me: Me, Path(service): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["on", "here", "came", "excused"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let when = (service.as_str(), &*f.day("on"));
    let done = groups::hold(&app.programme, &mut work, me.caller(), when, &marks(f)).await;
    match finish(&app, &me, &posted, work, done, &format!("/servicios/{service}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &service, Some(f), &p).await,
    }
}

/// What was ticked of everybody on the list. Both boxes say nothing: the programme asks for one of them.
pub(super) fn marks(f: &Fields) -> Vec<(Uuid, String)> {
    let (came, excused) = (f.list("came"), f.list("excused"));
    let mark = |id: &String| match (came.contains(id), excused.contains(id)) {
        (true, true) => "both",
        (true, false) => "came",
        (false, true) => "excused",
        (false, false) => "absent",
    };
    f.list("here").iter().filter_map(|id| Some((id.parse().ok()?, mark(id).to_owned()))).collect()
}
