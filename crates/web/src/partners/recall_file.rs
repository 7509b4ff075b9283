//! The letter that asks an institution to forget, as a file: in the organisation's own Word template, or as PDF. Nothing of her is in it but the numbers of
//! what was sent.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_exchange::word::Values;
use ceiba_programme::partners::{directory, recall};
use uuid::Uuid;

use crate::care::report::name;
use crate::cases::frame;
use crate::me::Me;
use crate::papers::{file, filled};
use crate::view::iso_day;
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/retiro/{id}/{format}/{language}`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((code, id, format, language)): Path<(String, Uuid, String, String)>,
) -> Answer {
    let me = filled::speaking(&me, &language)?;
    let (w, p) = (me.words(&app), &app.programme);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "referencias").await?;
    p.may_case(work.tx(), me.caller(), Act::CONSENT_WRITE, o.id()).await?;
    let letters = recall::list(p, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let letter = letters.iter().find(|l| l.head.id == id).ok_or(Failure::Absent)?;
    let directory = directory::list(work.tx()).await?;
    let to = name(&directory, letter.head.other);
    let draft = letter.head.state == "drafted";
    let day = w.date(app.local(letter.head.changed_at).date());
    let released =
        if draft { w.t("care-foot-draft") } else { format!("{} {to} · {day}", w.t("letter-foot")) };
    let days: Vec<String> = letter.body.opened.iter().map(|d| iso_day(w, Some(d))).collect();
    let asks = ["use", "pass", "erase", "confirm"].map(|n| w.t(&format!("recall-ask-{n}")));
    let values = filled::frame(&app, &me, o.code(), (to, &me.session.name, &released))
        .text("referencias", letter.body.references.join(", "))
        .text("motivo", w.with("recall-opened", &[("days", days.join(", ").into())]))
        .text("fundamento", w.t("recall-law"))
        .block("peticiones", asks.map(|a| Values::default().text("texto", a)).into());
    let which = ("recall", language.as_str());
    let bytes = filled::made(&app, &mut work, (&format, which), ("recall.file", o.id()), &values).await?;
    let o = o.settle(work).await?;
    let word = w.t(&format!("template-file-{}", which.0));
    let draft = if draft { format!("-{}", w.t("template-file-draft")) } else { String::new() };
    Ok(file(&format!("{}-{word}-{}{draft}", o.code(), &id.to_string()[..8]), &format, bytes))
}
