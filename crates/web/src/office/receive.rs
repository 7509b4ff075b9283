//! Somebody came: who and about what, from lists; what was done. A name only if she wants, and never her story.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::alerts::board;
use ceiba_programme::office;
use ceiba_programme::office::people::{self, New};
use ceiba_programme::partners::directory;
use maud::html;

use super::or;
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, Why, actions, checks, error_summary, form_post, heading, radios, select,
    submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

const FIELDS: [&str; 7] = ["about", "who", "done", "sent_to", "alert", "name", "remark"];

/// `GET /oficina/recibir`.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    office::of(prog, caller, Act::OFFICE_WRITE)?;
    let mut tx = prog.store.db.read().await?;
    let institutions = directory::offered(&mut tx).await?;
    let alerts = board::list(prog, &mut tx, caller, false, 30).await?;
    drop(tx);
    let institutions: Vec<Choice> =
        institutions.iter().map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    let alerts: Vec<Choice> = alerts
        .iter()
        .map(|a| {
            let sign = a.signs.first().map_or_else(|| w.t("alert-only-words"), |s| w.t(&format!("sign-{s}")));
            Choice::new(
                a.id.to_string(),
                format!("{} · {sign}", w.near_moment(app.local(a.created_at), app.now())),
            )
        })
        .collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let done = f.map_or_else(|| vec!["listened".to_owned()], |f| f.list("done"));
    let done: Vec<&str> = done.iter().map(String::as_str).collect();
    let why =
        Why { why: w.t("office-name-why"), who: w.t("office-name-who"), if_not: w.t("office-name-if-not") };
    let content = html! {
        (heading(html! { (w.t("office-receive-title")) }, html! { (w.t("office-receive-text")) }))
        (error_summary(w, p))
        (form_post("/oficina/recibir", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("about", "office-about"), &app.choices(me.lang, "office_about")))
            (radios(w, &field("who", "office-who").value(or(f, "who", "herself")), &app.choices(me.lang, "office_who")))
            (checks(w, &field("done", "office-done"), &app.choices(me.lang, "office_done"), &done))
            (actions(&[submit(&w.t("office-receive-send"))]))
            (select(w, &field("sent_to", "office-sent-to").hint(w.t("office-sent-to-hint")), &institutions))
            (text_field(w, &field("name", "office-name").hint(w.t("office-name-hint")).why(why), Kind::Text))
            (text_field(w, &field("remark", "office-remark").hint(w.t("office-remark-hint")), Kind::Text))
            @if !alerts.is_empty() { (select(w, &field("alert", "office-alert").hint(w.t("office-alert-hint")), &alerts)) }
            (actions(&[submit(&w.t("office-receive-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "office-receive-window", "/oficina/recibir").area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/recibir`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    // What is no id is nobody's.
    let id = |name: &str| (!f.text(name).is_empty()).then(|| f.id(name).unwrap_or_default());
    let done = f.list("done");
    let new = New {
        name: f.text("name"),
        who: f.text("who"),
        about: f.text("about"),
        done: &done,
        sent_to: id("sent_to"),
        alert: id("alert"),
        remark: f.text("remark"),
    };
    let outcome = people::receive(&app.programme, &mut work, me.caller(), &new).await;
    let to =
        outcome.as_ref().map_or_else(|_| String::new(), |id| format!("/oficina/personas/{id}?recibida=1"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
