//! A locked session: the password opens it again, and what was sent meanwhile is given back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::accounts::sessions;
use ceiba_programme::accounts::sign_in::Try;
use maud::html;
use uuid::Uuid;

use super::draft;
use super::sign_in::attempt;
use crate::failure::Failure;
use crate::me::Known;
use crate::parts::{
    Field, Kind, Notice, Problems, actions, error_summary, heading, notice, submit, text_field, typed,
};
use crate::posted::Open;
use crate::{Answer, App, Page, see_other};

/// `GET /desbloquear`.
pub async fn show(State(app): State<App>, known: Known) -> Response {
    if known.session.locked { page(&app, &known, &Problems::new()) } else { see_other("/inicio") }
}

/// `POST /desbloquear`: with a draft waiting, shows it to be sent again.
pub async fn send(State(app): State<App>, known: Known, open: Open) -> Answer {
    let f = open.only(&["password", "code"])?;
    let w = app.words(known.lang);
    let mut problems = Problems::new();
    let username = username(&app, known.session.caller.account).await?;
    match attempt(&app, &username, f.text("password"), f.text("code")).await? {
        Try::In(who) if who.account == known.session.caller.account => {
            let mut work = app.programme.store.work(who.account).await?;
            sessions::unlock(&mut work, &app.keys, known.session.id, who).await?;
            work.commit().await?;
            return Ok(see_other(draft::landing(&app, known.session.caller.account).await?));
        }
        Try::In(_) => return Err(Failure::Tampered),
        Try::Wrong { left } => problems.add("password", w.with("sign-in-wrong", &[("left", left.into())])),
        Try::Wait { until } => {
            let at = w.time(app.local(until).time());
            problems.add("password", w.with("sign-in-wait", &[("time", at.as_str().into())]));
        }
    }
    Ok(page(&app, &known, &problems))
}

pub(super) async fn username(app: &App, account: Uuid) -> Result<String, Failure> {
    let mut tx = app.programme.store.db.read().await?;
    let all = ceiba_programme::accounts::list(&app.programme, &mut tx).await?;
    Ok(all.into_iter().find(|a| a.id == account).map(|a| a.username().to_owned()).unwrap_or_default())
}

fn page(app: &App, known: &Known, problems: &Problems) -> Response {
    let w = app.words(known.lang);
    let secret = Field::new("password", w.t("sign-in-password")).autocomplete("current-password");
    let code =
        Field::new("code", w.t("sign-in-code")).hint(w.t("sign-in-code-hint")).autocomplete("one-time-code");
    let body = html! {
        (heading(html! { (w.t("unlock-title")) }, html! { (typed(&known.session.name)) }))
        (notice(w, Notice::Info, html! { (w.t("unlock-text")) }))
        (error_summary(w, problems))
        form class="stack" method="post" action="/desbloquear" novalidate {
            (text_field(w, &secret.error(problems.of("password")), Kind::Password))
            (text_field(w, &code, Kind::Code))
            (actions(&[submit(&w.t("unlock-send"))]))
        }
        form method="post" action="/salir" {
            input type="hidden" name="csrf" value=(known.session.csrf);
            button class="button" data-tone="quiet" { (w.t("unlock-other")) }
        }
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Page::new(w, "unlock-window").here("/desbloquear").body(body)).into_response()
}
