//! She did not come. The page says through which channels she may be reached, and when; whoever wants to, asks the door.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::clinic::appointments::Appointment;
use ceiba_programme::clinic::no_show;
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::{cases, people};
use maud::html;
use uuid::Uuid;

use crate::cases::with_status;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Problems, Tone, button_link, error_summary, heading, notice, typed};
use crate::posted::Posted;
use crate::reach::{Asked, FIELDS, answered, panel, unchosen, wanted};
use crate::view::Names;
use crate::{Answer, App, Place};

/// `GET /clinica/citas/{code}/{id}/no-vino`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &me, (&code, id), &asked, &Problems::new()).await
}

async fn page(app: &App, me: &Me, (code, id): (&str, Uuid), asked: &Asked, problems: &Problems) -> Answer {
    let w = me.words(app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let case = cases::by_code(work.tx(), code).await?;
    let grant = p.may_case(work.tx(), caller, Act::CLINIC_READ, case).await?;
    let entry: Entry<Appointment> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.state != "no_show" {
        return Err(ceiba_programme::ProgrammeError::State("state-clinic-came").into());
    }
    let ways = no_show::ways(p, work.tx(), caller, case, asked.leaving()).await?;
    let file = cases::lookup(work.tx(), case).await?;
    let person = people::of(p, work.tx(), caller, &grant, file.person).await?;
    let names = Names::read(app, work.tx()).await?;
    work.record("clinic.no-show", "case", case, [0; 32]).await?;
    work.commit().await?;
    let path = format!("/clinica/citas/{}/{id}/no-vino", file.code);
    let content = html! {
        (heading(html! { (w.t("clinic-no-show-title")) }, html! { (typed(&person.core.chosen_name)) " · " (file.code) }))
        (error_summary(w, problems))
        p { (w.t("clinic-no-show-text")) }
        (panel(app, me, &path, &ways, asked, problems))
        (notice(w, Notice::Info, html! { (w.t("clinic-no-show-task")) " " (typed(&names.of(w, file.responsible))) "." }))
        p { (button_link(&w.t("clinic-appointments"), "/clinica/citas", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "clinic-no-show-window", path.clone()).area(Place::Clinic);
    Ok(with_status(desk.body(content), problems))
}

/// `POST /clinica/citas/{code}/{id}/no-vino`: somebody wants to reach her.
pub async fn reach(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CLINIC_RECEIVE, case).await?;
    let Some(wanted) = wanted(f, work.at()) else {
        drop(work);
        return page(&app, &me, (&code, id), &Asked::default(), &unchosen(me.words(&app))).await;
    };
    let _ = no_show::reach(&app.programme, &mut work, me.caller(), case, &wanted).await?;
    posted.commit(work, &answered(&format!("/clinica/citas/{code}/{id}/no-vino"), &wanted)).await
}
