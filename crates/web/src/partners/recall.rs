//! The letter that asks an institution to forget, on one sheet.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::papers;
use ceiba_programme::partners::directory;
use ceiba_programme::partners::recall;
use maud::html;
use uuid::Uuid;

use super::exchange::alone;
use super::referrals::name;
use crate::cases::{frame, on_case};
use crate::desk::Desk;
use crate::me::Me;
use crate::papers::filled;
use crate::parts::{Problems, Tone, button_link, form_post, heading, typed};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place};

/// `GET /casos/{code}/retiro/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "referencias").await?;
    let letters = recall::list(&app.programme, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let letter = letters.iter().find(|l| l.head.id == id).ok_or(Failure::Absent)?;
    let directory = directory::list(work.tx()).await?;
    let word = papers::offered(work.tx(), "recall").await?;
    work.record("recall.print", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let days: Vec<String> = letter.body.opened.iter().map(|d| iso_day(w, Some(d))).collect();
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("recall-print-how")) }
            @if letter.head.state == "drafted" && o.can(&app, &me, Act::CONSENT_WRITE) {
                (form_post(&o.path(&format!("retiro/{id}")), &me.session.csrf, &app.once(), alone(&w.t("recall-sent"))))
            }
            @if o.can(&app, &me, Act::CONSENT_WRITE) { (filled::links(&app, &me, &word, &o.path(&format!("retiro/{id}")))) }
            (button_link(&w.t("back"), &o.path("referencias"), Tone::Quiet))
        }
        (heading(html! { (w.t("recall-letter-title")) }, html! { (name(&directory, letter.head.other)) }))
        p { (w.t("packet-reference")) " " (letter.body.references.join(", ")) " · " (w.date(app.local(letter.head.created_at).date())) }
        p { (w.with("recall-opened", &[("days", days.join(", ").into())])) }
        p { (w.t("recall-asks")) }
        ol { @for n in ["use", "pass", "erase", "confirm"] { li { (w.t(&format!("recall-ask-{n}"))) } } }
        p { (w.t("recall-law")) }
        p class="quiet" { (app.programme.pack.name) " · " (typed(&me.session.name)) }
    };
    Ok(Desk::new(&app, &me, "recall-window", o.path(&format!("retiro/{id}")))
        .area(Place::Cases)
        .code(o.code())
        .body(content))
}

/// `POST /casos/{code}/retiro/{id}`: it was handed over.
pub async fn sent(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |_: &Fields, _: &Problems| Err(Failure::Absent);
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/referencias")),
        (&posted, &[]),
        async |work, case, _| recall::sent(&app.programme, work, me.caller(), (case, id)).await,
        mend,
    )
    .await
}
