//! The real identity: behind a reason, and an entry of the ledger each time.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::people;
use ceiba_programme::{ProgrammeError, cases};
use maud::html;

use super::frame;
use crate::me::Me;
use crate::parts::{
    Field, Notice, Problems, actions, error_summary, facts_list, form_post, notice, radios, submit, typed,
};
use crate::posted::Posted;
use crate::view::{keyed, problems};
use crate::{Answer, App};

/// `GET /casos/{code}/identidad`: asks for the reason.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "identidad").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::READ_IDENTITY, o.id()).await?;
    work.commit().await?;
    let content = html! {
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { (w.t("identity-text")) }))
        (form_post(&o.path("identidad"), &me.session.csrf, &app.once(), html! {
            (radios(w, &Field::new("reason", w.t("identity-reason")).error(p.of("reason")), &keyed(w, "identity-reason", &people::REASONS)))
            (actions(&[submit(&w.t("identity-open"))]))
        }))
    };
    Ok(super::with_status(frame::page(app, me, &o, "identidad", content), p))
}

/// `POST /casos/{code}/identidad`: shows it, once, on this page.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["reason"])?;
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let id = cases::by_code(work.tx(), &code).await?;
    let grant = app.programme.may_case(work.tx(), me.caller(), Act::READ_IDENTITY, id).await?;
    let person = cases::lookup(work.tx(), id).await?.person;
    let identity = match people::identity(
        &app.programme,
        &mut work,
        me.caller(),
        &grant,
        person,
        f.text("reason"),
    )
    .await
    {
        Ok(identity) => identity,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            return page(&app, &me, &code, &problems(w, &list)).await;
        }
        Err(e) => return Err(e.into()),
    };
    let o = frame::open(&app, &me, &mut work, &code, "identidad").await;
    // A lawyer may open the identity without the social record's head; both are on this page.
    let o = o?;
    work.commit().await?;
    let content = html! {
        (notice(w, Notice::Warning, html! { (w.t("identity-shown")) }))
        (facts_list(&[
            (&w.t("person-given"), typed(&identity.given)),
            (&w.t("person-surnames"), typed(&identity.surnames)),
            (&w.t("person-mother"), typed(&identity.mother)),
            (&w.t("person-document"), typed(&identity.document)),
            (&w.t("person-phone"), typed(&identity.phone)),
            (&w.t("person-origin"), html! { (app.code(&me, "municipalities", &identity.origin)) }),
        ]))
    };
    Ok(frame::page(&app, &me, &o, "identidad", content))
}
