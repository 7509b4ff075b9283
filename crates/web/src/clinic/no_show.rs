//! She did not come. The page says how she may be reached, if that is written down, and else that nobody should call.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::clinic::appointments::Appointment;
use ceiba_programme::clinic::no_show::{self, Means};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::{cases, people};
use maud::html;
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, button_link, card, heading, notice, typed, typed_block};
use crate::view::Names;
use crate::{Answer, App, Place};

/// `GET /clinica/citas/{code}/{id}/no-vino`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let grant = p.may_case(work.tx(), caller, Act::CLINIC_READ, case).await?;
    let entry: Entry<Appointment> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.state != "no_show" {
        return Err(ceiba_programme::ProgrammeError::State("state-clinic-came").into());
    }
    let means = no_show::means(p, work.tx(), caller, case).await?;
    let file = cases::lookup(work.tx(), case).await?;
    let person = people::of(p, work.tx(), caller, &grant, file.person).await?;
    let names = Names::read(&app, work.tx()).await?;
    work.record("clinic.no-show", "case", case, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("clinic-no-show-title")) }, html! { (typed(&person.core.chosen_name)) " · " (file.code) }))
        p { (w.t("clinic-no-show-text")) }
        @match &means {
            Means::Safe { contact, leave_message } => (card(&w.t("clinic-no-show-safe"), html! {
                (typed_block(contact))
                p { (w.t(if *leave_message { "clinic-no-show-message" } else { "clinic-no-show-no-message" })) }
                p { (w.t("clinic-no-show-only")) }
            })),
            Means::None => (notice(w, Notice::Warning, html! { (w.t("clinic-no-show-none")) })),
        }
        (notice(w, Notice::Info, html! { (w.t("clinic-no-show-task")) " " (typed(&names.of(w, file.responsible))) "." }))
        p { (button_link(&w.t("clinic-appointments"), "/clinica/citas", Tone::Quiet)) }
    };
    let path = format!("/clinica/citas/{}/{id}/no-vino", file.code);
    Ok(Desk::new(&app, &me, "clinic-no-show-window", path).area(Place::Clinic).body(content))
}
