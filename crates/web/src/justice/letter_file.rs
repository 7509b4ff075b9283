//! The answer to an institution that asks her again, as a file: in the organisation's own Word template, or as PDF. What it tells of her needs her
//! permission at the moment the file is made.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_exchange::word::Values;
use ceiba_programme::partners::directory;
use uuid::Uuid;

use super::letter::Reply;
use crate::care::report::name;
use crate::cases::{frame, tellings};
use crate::me::Me;
use crate::papers::{file, filled};
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/relatos/{id}/carta/{format}/{language}`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((code, id, format, language)): Path<(String, Uuid, String, String)>,
) -> Answer {
    let me = filled::speaking(&me, &language)?;
    let (w, p) = (me.words(&app), &app.programme);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "relatos").await?;
    p.may_case(work.tx(), me.caller(), Act::SERVICE_WRITE, o.id()).await?;
    let letter = Reply::read(&app, &me, &mut work, &o, id).await?;
    let tells = letter.tells && letter.allowed;
    let directory = directory::list(work.tx()).await?;
    let (r, to) = (&letter.request, name(&directory, Some(letter.to)));
    let day = w.date(app.local(r.head.changed_at).date());
    let mut released = format!("{} {to} · {} · {day}", w.t("letter-foot"), o.code());
    if letter.draft {
        released = format!("{} {released}", w.t("care-foot-draft"));
    }
    let purpose = w.t(&format!("telling-{}", r.head.code.as_deref().unwrap_or("needs")));
    let asked_on = iso_day(w, r.head.on_day.as_deref());
    let asked = w.with("letter-asked", &[("day", asked_on.into()), ("purpose", purpose.into())]);
    let asked = if r.body.by.is_empty() { asked } else { format!("{asked} ({})", r.body.by) };
    let proposal = |code: &String| Values::default().text("texto", w.t(&format!("letter-propose-{code}")));
    let mut values = filled::frame(&app, &me, o.code(), (to, &me.session.name, &released))
        .text("pedido", asked)
        .text("motivo", w.t("letter-harm"))
        .text("fundamento", w.t("letter-law"))
        .block("propuestas", r.body.proposes.iter().map(proposal).collect());
    if tells {
        let held = &letter.known.held;
        let times = i64::try_from(held.len()).unwrap_or(i64::MAX);
        let told = held.iter().map(|h| {
            let place = if h.place.is_empty() { "" } else { app.code(&me, "telling_places", &h.place) };
            Values::default()
                .text("dia", iso_day(w, Some(&h.on_day)))
                .text("para", w.t(&format!("telling-{}", h.purpose)))
                .text("lugar", place)
                .text("registro", &h.record)
        });
        let known = Values::default()
            .text("veces", w.with("letter-times", &[("n", times.into())]))
            .text("prueba", tellings::evidence_said(w, &letter.known))
            .block("relatos", told.collect());
        values = values.block("consta", vec![known]);
    }
    let which = ("statement_answer", language.as_str());
    let bytes = filled::made(&app, &mut work, (&format, which), ("request.file", o.id()), &values).await?;
    let o = o.settle(work).await?;
    let word = w.t(&format!("template-file-{}", which.0));
    let draft = if letter.draft { format!("-{}", w.t("template-file-draft")) } else { String::new() };
    Ok(file(&format!("{}-{word}-{}{draft}", o.code(), &id.to_string()[..8]), &format, bytes))
}
