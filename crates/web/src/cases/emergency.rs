//! Emergency access and its review.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::emergency;
use maud::html;
use uuid::Uuid;

use super::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Notice, Problems, Tone, actions, button, card, clock_due_at, empty_state, error_summary,
    form_post, heading, notice, radios, submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, keyed};
use crate::{Answer, App, Place};

/// `GET /emergencia`: the same page whatever code one has in mind.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    Ok(page(&app, &me, None, &Problems::new()))
}

fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> axum::response::Response {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("emergency-title")) }, html! {}))
        (notice(w, Notice::Warning, html! { (w.t("emergency-text")) }))
        (error_summary(w, p))
        (form_post("/emergencia", &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("code", "emergency-code"), Kind::Text))
            (radios(w, &field("category", "emergency-category"), &keyed(w, "emergency", &emergency::CATEGORIES)))
            (text_area(w, &field("reason", "emergency-reason").hint(w.t("emergency-reason-hint")).rows(3)))
            (actions(&[submit(&w.t("emergency-open"))]))
        }))
    };
    let desk = Desk::new(app, me, "emergency-window", "/emergencia").area(Place::Cases);
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

/// `POST /emergencia`.
pub async fn open(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["code", "category", "reason"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), f.text("code")).await?;
    let done =
        emergency::open(&app.programme, &mut work, me.caller(), id, (f.text("category"), f.text("reason")))
            .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/de/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => Ok(page(&app, &me, Some(f), &p)),
    }
}

/// `GET /revision`: emergency accesses that wait for a review.
pub async fn waiting(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let site = ceiba_access::Situation { same_site: me.caller().site.is_some(), ..Default::default() };
    app.programme.may_on(me.caller(), Act::BREAK_REVIEW, Uuid::nil(), &site)?;
    let mut tx = app.programme.store.db.read().await?;
    let uses = emergency::waiting(&app.programme, &mut tx, me.caller()).await?;
    let names = Names::read(&app, &mut tx).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("review-title")) }, html! { (w.t("review-text")) }))
        @if uses.is_empty() { (empty_state(&w.t("review-none"), html! {})) }
        @for u in &uses {
            (card(&u.code, html! {
                p { (typed(&names.of(w, u.account))) " · " (w.moment(app.local(u.at))) " · " (w.t(&format!("emergency-{}", u.category))) }
                (typed_block(&u.reason))
                p { (clock_due_at(w, app.local(u.review_due), app.now())) }
                @if u.account != me.account() {
                    (form_post(&format!("/revision/{}", u.id), &me.session.csrf, &app.once(), html! {
                        (actions(&[button(&w.t("review-justified"), Tone::Primary, "verdict", "justified"), button(&w.t("review-unjustified"), Tone::Quiet, "verdict", "unjustified")]))
                    }))
                }
            }))
        }
    };
    Ok(Desk::new(&app, &me, "review-window", "/revision").area(Place::Today).body(content))
}

/// `POST /revision/{id}`.
pub async fn review(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["verdict"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    emergency::review(&app.programme, &mut work, me.caller(), id, f.text("verdict")).await?;
    posted.commit(work, "/revision").await
}
