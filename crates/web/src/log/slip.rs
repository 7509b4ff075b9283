//! Slips typed from paper: three answers, a site, a day. The form stays as it was for the next one.

use axum::extract::{Query, State};
use ceiba_programme::log::{self, slips};
use maud::html;
use serde::Deserialize;

use super::opinion;
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Notice, Problems, Tone, actions, button_link, checks, date_fields,
    error_summary, form_post, heading, notice, select, submit,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// Which site was typed last, so that a heap of slips is typed without choosing it each time.
#[derive(Deserialize, Default)]
pub struct Last {
    #[serde(default)]
    sede: String,
}

/// `GET /bitacora/boleta`.
pub async fn ask(State(app): State<App>, me: Me, Query(last): Query<Last>) -> Answer {
    form(&app, &me, &last.sede, None, &Problems::new())
}

fn form(app: &App, me: &Me, last: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (sites, _) = log::sites(&app.programme, me.caller())?;
    let known = sites.iter().any(|s| s.code == last);
    let sites: Vec<Choice> = sites
        .iter()
        .map(|s| Choice::new(&s.code, format!("{} · {}", s.code, w.t(&format!("site-{}", s.kind)))))
        .collect();
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let wrong: &[&str] = if f.is_some_and(|f| f.ticked("wrong")) { &["yes"] } else { &[] };
    let content = html! {
        (heading(html! { (w.t("logbook-slip-title")) }, html! { (w.t("logbook-slip-text")) }))
        @if known && f.is_none() { (notice(w, Notice::Done, html! { p { (w.t("logbook-slip-kept")) } })) }
        (error_summary(w, p))
        (form_post("/bitacora/boleta", &me.session.csrf, &app.once(), html! {
            (select(w, &Field::new("site", w.t("logbook-site")).value(f.map_or(last, |f| f.text("site"))).error(p.of("site")), &sites))
            (date_fields(w, &Field::new("on", w.t("network-on")).error(p.of("on")), &day, false))
            (opinion::questions(app, me.lang, f, p))
            (checks(w, &Field::new("wrong", w.t("logbook-slip-wrong")).error(p.of("wrong")), &[Choice::new("yes", w.t("logbook-slip-wrong-yes")).hint(w.t("logbook-slip-wrong-hint"))], wrong))
            (actions(&[submit(&w.t("save"))]))
        }))
        p { (button_link(&w.t("logbook-back"), "/bitacora", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "logbook-window", "/bitacora/boleta").area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /bitacora/boleta`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let names = opinion::names(&app);
    let all: Vec<&str> =
        ["site", "on", "wrong"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let f = posted.only(&all)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (site, day) = (f.text("site"), f.day("on"));
    let said = opinion::said(&app, f);
    let outcome =
        slips::typed(&app.programme, &mut work, me.caller(), (site, &day), &said, f.ticked("wrong")).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/bitacora/boleta?sede={site}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => form(&app, &me, "", Some(f), &p),
    }
}
