//! How she may be reached, for the house she lives in: when she is out and somebody looks for her.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::contact::door;
use maud::html;

use super::{Asked, FIELDS, answered, panel, unchosen, wanted};
use crate::cases::with_status;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Problems, Tone, button_link, error_summary, heading};
use crate::posted::Posted;
use crate::{Answer, App, Place};

/// `GET /casa/{code}/contacto`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &me, &code, &asked, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, asked: &Asked, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let case = cases::by_code(work.tx(), code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::HOUSE_READ, case).await?;
    let now = work.at();
    let ways = door::ways(&app.programme, work.tx(), me.caller(), case, (now, asked.leaving())).await?;
    work.record("contact.read", "case", case, [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("reach-title")) }, html! { (code) }))
        (error_summary(w, p))
        (panel(app, me, &format!("/casa/{code}/contacto"), &ways, asked, p))
        p { (button_link(&w.t("back"), &format!("/casa/{code}"), Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "house-window", format!("/casa/{code}/contacto")).area(Place::House);
    Ok(with_status(desk.body(content), p))
}

/// `POST /casa/{code}/contacto`.
pub async fn send(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::HOUSE_LOG, case).await?;
    let Some(wanted) = wanted(f, work.at()) else {
        drop(work);
        return page(&app, &me, &code, &Asked::default(), &unchosen(me.words(&app))).await;
    };
    let _ = door::knock(&app.programme, &mut work, me.caller(), case, (&wanted, "other")).await?;
    posted.commit(work, &answered(&format!("/casa/{code}/contacto"), &wanted)).await
}
