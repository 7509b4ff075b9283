//! «Recados»: what somebody should know since she last looked.

use axum::extract::State;
use ceiba_access::{Act, Situation};
use ceiba_programme::notices::{self, Notice};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Tone, actions, button, empty_state, form_post, heading, tag};
use crate::posted::Posted;
use crate::{Answer, App};

/// `GET /recados`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = notices::list(&mut tx, me.caller()).await?;
    drop(tx);
    let newest = all.iter().map(|n| n.at).max().unwrap_or_default();
    let content = html! {
        (heading(html! { (w.t("notices-title")) }, html! { (w.t("notices-text")) }))
        @if all.is_empty() { (empty_state(&w.t("notices-none"), html! {})) }
        @if all.iter().any(|n| !n.seen) {
            (form_post("/recados", &me.session.csrf, &app.once(), html! {
                input type="hidden" name="until" value=(newest);
                (actions(&[button(&w.t("notices-see"), Tone::Quiet, "go", "1")]))
            }))
        }
        ul class="tasks" { @for n in &all { li { (line(&app, &me, n)) } } }
    };
    Ok(Desk::new(&app, &me, "notices-window", "/recados").body(content))
}

fn line(app: &App, me: &Me, n: &Notice) -> Markup {
    let w = me.words(app);
    let site = Situation { same_site: me.caller().site.is_some(), ..Situation::default() };
    let to = match (n.kind.as_str(), &n.case) {
        ("alert", _) => format!("/avisos/{}", n.about),
        ("hearing" | "hearing-near", Some(code)) if me.can(app, Act::CASE_LIST) => {
            format!("/casos/{code}/audiencias")
        }
        ("hearing" | "hearing-near", Some(code)) => format!("/casa/{code}"),
        ("packet" | "packet-guessed" | "packet-unread", Some(code)) => format!("/casos/{code}/referencias"),
        ("urgent-move", Some(code)) => format!("/casos/{code}"),
        ("conference", Some(code)) => format!("/casos/{code}/reuniones"),
        ("leak", _) if me.can(app, Act::LEAK_DECIDE) => "/supervision/filtraciones".to_owned(),
        ("leak", Some(code)) => format!("/casos/{code}/filtracion"),
        ("leak-done", Some(code)) => format!("/casos/{code}"),
        ("conduct", _) => "/supervision/conducta".to_owned(),
        ("post", _) => "/traspaso".to_owned(),
        ("rests", _) => "/emergencia".to_owned(),
        ("guessing", _) if me.can(app, Act::AUDIT_READ) => "/supervision/registro?acto=sign-in".to_owned(),
        ("guessing", _) => "/cuenta".to_owned(),
        _ if app.programme.gate.would(me.caller(), Act::BREAK_REVIEW, &site) => "/revision".to_owned(),
        (_, Some(code)) => format!("/casos/{code}/accesos"),
        _ => "/hoy".to_owned(),
    };
    let code = n.case.as_deref().unwrap_or_default();
    html! {
        p {
            @if !n.seen { (tag(Mood::Care, &w.t("notices-new"))) " " }
            a href=(to) { (w.with(&format!("notice-{}", n.kind), &[("code", code.into())])) }
        }
        p class="quiet" { (w.moment(app.local(n.at))) }
    }
}

/// `POST /recados`: she has seen what stood on the page.
pub async fn see(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["until", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    notices::see(&mut work, me.caller(), f.number("until").unwrap_or_default()).await?;
    posted.commit(work, "/recados").await
}
