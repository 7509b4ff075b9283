//! A day's list of who came, corrected: as it was saved, with the same boxes.

use axum::extract::{Path, State};
use ceiba_programme::care::corrections::{self, Noted};
use ceiba_programme::care::groups;
use maud::html;
use uuid::Uuid;

use super::group::{line, marks};
use super::said;
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Problems, actions, card, empty_state, error_summary, form_post, heading, submit};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /servicios/{service}/{day}`.
pub async fn show(State(app): State<App>, me: Me, Path((service, day)): Path<(String, String)>) -> Answer {
    page(&app, &me, (&service, &day), None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, (code, day): (&str, &str), f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let service = groups::of(programme, caller, code)?;
    let all = corrections::noted(programme, work.tx(), caller, (code, day)).await?;
    work.record("group.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let ticked = |n: &Noted, name: &str| match f {
        Some(f) => f.list(name).contains(&n.of.case.id.to_string()),
        None => n.mark == name,
    };
    let path = format!("/servicios/{code}/{day}");
    let content = html! {
        (heading(html! { (said(me, &service.name)) }, html! { (iso_day(w, Some(day))) }))
        (error_summary(w, p))
        @if all.is_empty() { (empty_state(&w.t("care-correct-none"), html! {})) } @else {
            (card(&w.t("care-correct-title"), form_post(&path, &me.session.csrf, &app.once(), html! {
                p { (w.t("care-correct-text")) }
                @if let Some(wrong) = p.of("marks") { p class="wrong" id="f-marks" { (wrong) } }
                @for n in &all {
                    input type="hidden" name="seen" value={ (n.of.case.id) ":" (n.version) };
                    (line(w, &n.of, |name| ticked(n, name)))
                }
                (actions(&[submit(&w.t("care-correct-send"))]))
            })))
        }
        p { a href={ "/servicios/" (code) } { (w.t("care-correct-back")) } }
    };
    let desk = Desk::new(app, me, "care-correct-window", path.clone()).area(Place::Cases);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /servicios/{service}/{day}`.
pub async fn save(
    State(app): State<App>,
    me: Me,
    Path((service, day)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["here", "seen", "came", "excused"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.list("seen");
    let version = |id: Uuid| -> i64 {
        let of = |s: &String| s.strip_prefix(&format!("{id}:")).and_then(|v| v.parse().ok());
        seen.iter().find_map(of).unwrap_or(0)
    };
    let all: Vec<(Uuid, i64, String)> =
        marks(f).into_iter().map(|(id, mark)| (id, version(id), mark)).collect();
    let what = (service.as_str(), day.as_str());
    let done = corrections::correct(&app.programme, &mut work, me.caller(), what, &all).await;
    match finish(&app, &me, &posted, work, done, &format!("/servicios/{service}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, what, Some(f), &p).await,
    }
}
