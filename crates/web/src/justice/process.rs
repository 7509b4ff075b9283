//! One proceeding: whether it is centred on her, what the court ordered, appeals, and what she is owed. Her lawyer's page.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::justice::{appeals, orders, proceedings, reparation, score};
use ceiba_programme::partners::directory;
use ceiba_store::Work;
use maud::html;
use uuid::Uuid;

use super::section::{Again, Part};
use super::{
    appeals as appeal, orders as order, proceedings as proceeding, reparation as owed, score as points,
};
use crate::cases::{frame, on_case, with_status};
use crate::me::Me;
use crate::parts::{Mood, Problems, Tone, button_link, card, error_summary, tag, typed};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/procesos/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    page(&app, &me, (&code, id), None, &Problems::new()).await
}

pub(super) async fn page(
    app: &App,
    me: &Me,
    (code, id): (&str, Uuid),
    again: Option<&Again<'_>>,
    problems: &Problems,
) -> Answer {
    let (w, p, caller) = (me.words(app), &app.programme, me.caller());
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "audiencias").await?;
    let now = work.at();
    let grant = p.may_case(work.tx(), caller, Act::READ_LEGAL, o.id()).await?;
    let all = proceedings::list(p, work.tx(), caller, &grant, o.id()).await?;
    let it = all.into_iter().find(|e| e.head.id == id).ok_or(Failure::Absent)?;
    let (scored, answers) = score::points(p, work.tx(), caller, (o.id(), id), now).await?;
    let ordered = orders::list(p, work.tx(), caller, &grant, o.id()).await?;
    let filed = appeals::list(p, work.tx(), caller, &grant, o.id()).await?;
    let asked = reparation::list(p, work.tx(), caller, &grant, o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let part = Part::new(app, me, &o, &directory, again, problems);
    let content = html! {
        (error_summary(w, problems))
        p class="actions" { (button_link(&w.t("back"), &o.path("audiencias"), Tone::Quiet)) }
        p {
            strong { (app.code(me, "proceeding_kinds", it.head.code.as_deref().unwrap_or_default())) } " "
            (tag(Mood::Plain, app.code(me, "proceeding_stages", &it.head.state)))
            @if it.head.other.is_some() { " · " (typed(part.institution(it.head.other))) }
        }
        @if o.can(app, me, Act::WRITE_LEGAL) { (proceeding::form(&part, Some(&it))) }
        (card(&w.t("score-title"), points::list(&part, id, &scored, answers.as_ref())))
        (card(&w.t("orders-title"), order::list(&part, id, &ordered)))
        (card(&w.t("appeals-title"), appeal::list(&part, id, &filed)))
        (card(&w.t("reparations-title"), owed::list(&part, id, &asked)))
    };
    Ok(with_status(frame::page(app, me, &o, "audiencias", content), problems))
}

/// One change of a proceeding from a form of its page: done and back to it, or the page again with that form as it was typed.
pub(super) async fn change(
    app: &App,
    me: &Me,
    (code, id): (&str, Uuid),
    (posted, names): (&Posted, &[&str]),
    (form, of): (&'static str, Option<Uuid>),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    let mend =
        async |f: &Fields, p: &Problems| page(app, me, (code, id), Some(&Again { form, of, f }), p).await;
    on_case(app, me, (code, &format!("/casos/{code}/procesos/{id}")), (posted, names), does, mend).await
}
