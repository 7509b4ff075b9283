//! Leaving the house, prepared with her: where to, what was looked at, what she wishes. Her wish stands apart from what others
//! decided.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::shelter::{self, CHECKS, Exit, REUNION, transfer};
use maud::html;

use super::frame;
use super::{on_case, typed_in};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Notice, Problems, actions, card, checks, error_summary, form_post, notice, select, submit,
    text_area,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

const FIELDS: [&str; 8] =
    ["destination", "house", "reason", "checked", "reunion", "wish", "agreed", "version"];

/// `GET /casos/{code}/egreso`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "egreso").await?;
    let now = shelter::prepared(&app.programme, work.tx(), me.caller(), (o.id(), Act::PLAN_WRITE)).await?;
    let o = o.settle(work).await?;
    let was = now.as_ref().map(|e| &e.body);
    let text = |name: &str, was: &str| f.map_or_else(|| was.to_owned(), |_| typed_in(f, name).to_owned());
    let list = |name: &str, was: &[String]| f.map_or_else(|| was.to_vec(), |f| f.list(name));
    let empty = Exit::default();
    let was = was.unwrap_or(&empty);
    let destination = now.as_ref().and_then(|e| e.head.code.clone()).unwrap_or_default();
    let (checked, reunion) = (list("checked", &was.checked), list("reunion", &was.reunion));
    let missing = CHECKS.len() - checked.len().min(CHECKS.len());
    let field = |name: &str, key: &str, was: &str| {
        Field::new(name, w.t(key)).value(text(name, was)).error(p.of(name))
    };
    let as_str = |list: &[String]| -> Vec<String> { list.to_vec() };
    let (checked, reunion) = (as_str(&checked), as_str(&reunion));
    let houses: Vec<Choice> = transfer::elsewhere(&app.programme, &o.file.case.site)
        .into_iter()
        .map(|s| Choice::new(&s.code, format!("{} {}", w.t("house-title"), s.code)))
        .collect();
    let content = html! {
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("exit-text")) } @if now.is_some() && missing > 0 { p { (w.with("exit-missing", &[("n", missing.into())])) } } }))
        (card(&w.t("exit-title"), form_post(&o.path("egreso"), &me.session.csrf, &app.once(), html! {
            @if let Some(e) = &now { input type="hidden" name="version" value=(e.head.version); }
            (select(w, &field("destination", "exit-destination", &destination), &app.choices(me.lang, "exit_destinations")))
            @if !houses.is_empty() { (select(w, &field("house", "exit-house", &was.house).hint(w.t("exit-house-hint")), &houses)) }
            (select(w, &field("reason", "exit-reason", &was.reason), &app.choices(me.lang, "exit_reasons")))
            (checks(w, &Field::new("checked", w.t("exit-checked")).hint(w.t("exit-checked-hint")).error(p.of("checked")), &keyed(w, "exit-check", &CHECKS), &checked.iter().map(String::as_str).collect::<Vec<_>>()))
            (text_area(w, &field("wish", "exit-wish", &was.wish).hint(w.t("exit-wish-hint")).rows(3)))
            (checks(w, &Field::new("reunion", w.t("exit-reunion")).hint(w.t("exit-reunion-hint")), &keyed(w, "exit-reunion", &REUNION), &reunion.iter().map(String::as_str).collect::<Vec<_>>()))
            (text_area(w, &field("agreed", "exit-agreed", &was.agreed).hint(w.t("exit-agreed-hint")).rows(3)))
            (actions(&[submit(&w.t("save"))]))
        })))
    };
    Ok(super::with_status(frame::page(app, me, &o, "egreso", content), p))
}

/// `POST /casos/{code}/egreso`.
pub async fn prepare(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/egreso")),
        (&posted, &FIELDS),
        async |work, id, f| {
            let exit = Exit {
                reason: f.text("reason").to_owned(),
                checked: f.list("checked"),
                reunion: f.list("reunion"),
                house: f.text("house").to_owned(),
                wish: f.text("wish").to_owned(),
                agreed: f.text("agreed").to_owned(),
            };
            let what = (f.text("destination"), &exit, f.number("version"));
            shelter::prepare(&app.programme, work, me.caller(), id, what).await.map(|_| ())
        },
        mend,
    )
    .await
}
