//! A locked session: the password opens it again, and what was sent meanwhile is given back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_programme::accounts::sessions::{self, Session};
use ceiba_programme::accounts::sign_in::Try;
use ceiba_store::DAY;
use maud::html;
use uuid::Uuid;

use super::sign_in::attempt;
use crate::failure::Failure;
use crate::me::{Known, Me};
use crate::parts::{
    Field, Kind, Notice, Problems, actions, error_summary, heading, notice, submit, text_field, typed,
};
use crate::posted::Open;
use crate::{Answer, App, Page, desk, see_other};

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
            let session = Session { locked: false, ..known.session };
            let me = Me { session, lang: known.lang, keys: known.keys };
            return draft(&app, &me).await;
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

/// Seals a form that was sent while the session was locked. One for each person: the last one.
pub async fn keep(app: &App, session: &Session, path: &str, body: &[u8]) -> Result<(), Failure> {
    let account = session.caller.account;
    let mut work = app.programme.store.work(account).await?;
    let id = work.chance().id();
    let office = app.programme.office_key();
    let sealed = work.chance().with(|rng| office.seal_small(rng, "draft", id.as_bytes(), body));
    let sealed = sealed.map_err(ceiba_programme::ProgrammeError::from)?;
    let now = work.at();
    work.sql("DELETE FROM draft WHERE account = $1").bind(account).run().await?;
    work.sql("INSERT INTO draft (id, account, path, at, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(account)
        .bind(path)
        .bind(now)
        .bind(sealed)
        .once()
        .await?;
    work.record("draft.keep", "account", account, [0; 32]).await?;
    Ok(work.commit().await?)
}

/// Shows the draft with one button that sends it, or goes on when there is none.
async fn draft(app: &App, me: &Me) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let row = tx
        .sql("SELECT id, path, body FROM draft WHERE account = $1 AND at > $2")
        .bind(me.account())
        .bind(app.programme.store.clock.now() - DAY)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(see_other(desk::landing(app, me))) };
    let (id, path): (Uuid, String) = (row.get("id")?, row.get("path")?);
    let office = app.programme.office_key();
    let plain = office.open_small("draft", id.as_bytes(), &row.get::<Vec<u8>>("body")?);
    let plain = plain.map_err(ceiba_programme::ProgrammeError::from)?;
    drop(tx);
    let fields: Vec<(String, String)> = form_urlencoded::parse(&plain).into_owned().collect();
    let mut work = app.work(me).await?;
    work.sql("DELETE FROM draft WHERE id = $1").bind(id).once().await?;
    work.record("draft.return", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let body = html! {
        (heading(html! { (w.t("draft-title")) }, html! {}))
        (notice(w, Notice::Info, html! { (w.t("draft-text")) }))
        form class="stack" method="post" action=(path) {
            @for (name, value) in &fields {
                @if name == "csrf" {
                    input type="hidden" name="csrf" value=(me.session.csrf);
                } @else if name == "once" || value.chars().count() < 40 {
                    input type="hidden" name=(name) value=(value);
                } @else {
                    label { span { (w.t("draft-typed")) }
                        textarea name=(name) rows="6" autocomplete="off" spellcheck="false" { (value) } }
                }
            }
            (actions(&[submit(&w.t("draft-send"))]))
        }
        p { a href=(desk::landing(app, me)) { (w.t("draft-drop")) } }
    };
    Ok(desk::Desk::new(app, me, "draft-window", "/inicio").body(body))
}
