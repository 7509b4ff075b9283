//! Who must be kept apart from her, for whoever coordinates: the reason is shown here and nowhere else in the house.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::shelter::{self, apart};
use ceiba_programme::{Problem, ProgrammeError, cases};
use maud::html;
use uuid::Uuid;

use crate::cases::{on_case, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Problems, Tone, actions, button_link, card, empty_state, error_summary, form_post,
    heading, select, submit, text_area, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// `GET /casa/{code}/aparte`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, problems: &Problems) -> Answer {
    let w = me.words(app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let id = cases::by_code(work.tx(), code).await?;
    p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, id).await?;
    let mut rows = Vec::new();
    for a in apart::list(p, work.tx(), caller, id).await? {
        let known = p.may_case(work.tx(), caller, Act::CASE_READ, a.other).await.is_ok();
        let code = if known { cases::lookup(work.tx(), a.other).await?.code } else { w.t("apart-elsewhere") };
        rows.push((a, code));
    }
    let here = shelter::residents(p, work.tx(), caller).await?;
    work.record("house.apart", "case", id, [0; 32]).await?;
    work.commit().await?;
    let others: Vec<Choice> = here
        .iter()
        .filter(|r| r.case.id != id)
        .map(|r| Choice::new(&r.case.code, format!("{} · {}", r.person.core.chosen_name, r.case.code)))
        .collect();
    let field =
        |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(problems.of(name));
    let content = html! {
        (heading(html! { (w.t("apart-title")) " · " (code) }, html! { (w.t("apart-text")) }))
        (error_summary(w, problems))
        @if rows.is_empty() { (empty_state(&w.t("apart-none"), html! {})) }
        @for (a, other) in &rows {
            (card(other, html! {
                p { (app.code(me, "apart_reasons", &a.reason)) }
                @if !a.remark.is_empty() { p { (typed(&a.remark)) } }
                (form_post(&format!("/casa/{code}/aparte/{}", a.id), &me.session.csrf, &app.once(), actions(&[submit(&w.t("apart-end"))])))
            }))
        }
        (card(&w.t("apart-new"), form_post(&format!("/casa/{code}/aparte"), &me.session.csrf, &app.once(), html! {
            (select(w, &field("other", "apart-other"), &others))
            (select(w, &field("reason", "apart-reason"), &app.choices(me.lang, "apart_reasons")))
            (text_area(w, &field("remark", "apart-remark").rows(2)))
            (actions(&[submit(&w.t("apart-send"))]))
        })))
        p { (button_link(&w.t("back"), &format!("/casa/{code}"), Tone::Quiet)) }
    };
    let desk =
        Desk::new(app, me, "apart-window", format!("/casa/{code}/aparte")).area(Place::House).code(code);
    Ok(if problems.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /casa/{code}/aparte`.
pub async fn keep(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casa/{code}/aparte")),
        (&posted, &["other", "reason", "remark"]),
        async |work, case, f| {
            if f.text("other").is_empty() {
                Err(ProgrammeError::Invalid(vec![Problem { field: "other", key: "problem-choose" }]))
            } else {
                let other = cases::by_code(work.tx(), f.text("other")).await?;
                let why = (f.text("reason"), f.text("remark"));
                apart::keep(&app.programme, work, me.caller(), (case, other), why).await.map(|_| ())
            }
        },
        mend,
    )
    .await
}

/// `POST /casa/{code}/aparte/{id}`: it is over.
pub async fn end(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    apart::end(&app.programme, &mut work, me.caller(), case, id).await?;
    posted.commit(work, &format!("/casa/{code}/aparte")).await
}
