//! Incidents: what happened and what was done, until somebody has looked at it again.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::shelter::incidents::{self, Incident};
use ceiba_programme::{cases, shelter};
use maud::html;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Mood, Problems, actions, card, date_fields, empty_state, error_summary,
    form_post, heading, select, submit, tag, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, at_home};
use crate::{Answer, App, Place};

/// `GET /casa/incidentes`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    programme.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &at_home())?;
    let house = shelter::of(programme, caller).is_ok();
    let here = shelter::residents(programme, work.tx(), caller).await?;
    let all = if house { incidents::list(programme, work.tx(), caller).await? } else { Vec::new() };
    let mut codes = std::collections::BTreeMap::new();
    for i in &all {
        if let Ok(case) = cases::lookup(work.tx(), i.head.file).await {
            codes.insert(i.head.file, case.code);
        }
    }
    let names = Names::read(app, work.tx()).await?;
    work.record("house.incidents", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let may = |act| house && programme.gate.would(caller, act, &at_home());
    let about: Vec<Choice> = here
        .iter()
        .map(|r| Choice::new(&r.case.code, format!("{} · {}", r.person.core.chosen_name, r.case.code)))
        .collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(DateParts::default, |f| f.day_parts("again"));
    let mut kinds = app.choices(me.lang, "incident_kinds");
    kinds.retain(|k| k.value() != incidents::STAFF);
    let content = html! {
        (heading(html! { (w.t("incident-title")) }, html! { (w.t("incident-intro")) }))
        (error_summary(w, p))
        @if may(Act::HOUSE_LOG) {
            details class="why" open[!p.is_empty()] {
                summary { (w.t("incident-new")) }
                (form_post("/casa/incidentes", &me.session.csrf, &app.once(), html! {
                    (select(w, &field("kind", "incident-kind"), &kinds))
                    (select(w, &field("about", "incident-about").hint(w.t("incident-about-hint")), &about))
                    (text_area(w, &field("text", "incident-text").hint(w.t("incident-text-hint")).rows(3)))
                    (text_area(w, &field("done", "incident-done").rows(2)))
                    (date_fields(w, &Field::new("again", w.t("incident-again")).error(p.of("again")), &day, false))
                    (actions(&[submit(&w.t("incident-send"))]))
                }))
            }
        }
        @if me.can(app, Act::CONDUCT_WRITE) { p { (w.t("incident-staff")) " " a href="/conducta" { (w.t("conduct-link")) } } }
        @if all.is_empty() { (empty_state(&w.t("incident-none"), html! {})) }
        @for i in &all {
            (card(app.code(me, "incident_kinds", i.head.code.as_deref().unwrap_or_default()), html! {
                p class="quiet" { (w.near_moment(app.local(i.head.created_at), app.now())) " · " (names.of(w, i.head.author))
                    @if let Some(code) = codes.get(&i.head.file) { " · " (code) } " "
                    (tag(if i.head.state == "open" { Mood::Care } else { Mood::Plain }, &w.t(&format!("incident-state-{}", i.head.state)))) }
                (typed_block(&i.body.text))
                @if !i.body.done.is_empty() { p { strong { (w.t("incident-done")) } } (typed_block(&i.body.done)) }
                @if let Some(due) = i.head.due_at { p { (w.t("incident-again")) ": " (w.date(app.local(due).date())) } }
                @if !i.body.follow_up.is_empty() { p { strong { (w.t("incident-follow")) } } p { (typed(&i.body.follow_up)) } }
                @if i.head.state == "open" && may(Act::HOUSE_OVERRIDE) {
                    (form_post(&format!("/casa/incidentes/{}", i.head.id), &me.session.csrf, &app.once(), html! {
                        (text_area(w, &Field::new("follow_up", w.t("incident-follow")).rows(2).id(format!("f-{}", i.head.id))))
                        (actions(&[submit(&w.t("incident-close"))]))
                    }))
                }
            }))
        }
    };
    let desk = Desk::new(app, me, "incident-window", "/casa/incidentes").area(Place::House);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /casa/incidentes`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "about", "text", "done", "again"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let about = match f.text("about") {
        "" => None,
        code => Some(cases::by_code(work.tx(), code).await?),
    };
    let day = f.day("again");
    let body =
        Incident { text: f.text("text").to_owned(), done: f.text("done").to_owned(), ..Incident::default() };
    let what = (f.text("kind"), day.as_str(), &body);
    let outcome = incidents::report(&app.programme, &mut work, me.caller(), about, what).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/incidentes").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}

/// `POST /casa/incidentes/{id}`: somebody looked again.
pub async fn close(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["follow_up"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = incidents::close(&app.programme, &mut work, me.caller(), id, f.text("follow_up")).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/incidentes").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
