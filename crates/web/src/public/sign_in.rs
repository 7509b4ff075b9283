//! Signing in and out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use ceiba_programme::accounts::sessions;
use ceiba_programme::accounts::sign_in::{SignedIn, Try, sign_in};
use maud::html;

use super::draft;
use crate::failure::Failure;
use crate::me::{Known, Me, Visitor};
use crate::parts::{Field, Kind, Problems, actions, error_summary, heading, submit, text_field};
use crate::posted::Open;
use crate::{Answer, App, Page, cookies, see_other};

/// `GET /entrar`.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    page(&app, &visitor, "", &Problems::new(), StatusCode::OK)
}

/// `POST /entrar`. The answer never tells which part was wrong.
pub async fn send(State(app): State<App>, visitor: Visitor, open: Open) -> Answer {
    let f = open.only(&["username", "password", "code"])?;
    come_in(&app, &visitor, f.text("username"), f.text("password"), f.text("code")).await
}

/// Checks name, password and code, and starts a session.
pub async fn come_in(app: &App, visitor: &Visitor, username: &str, password: &str, code: &str) -> Answer {
    let w = visitor.words(app);
    let mut problems = Problems::new();
    match attempt(app, username, password, code).await? {
        Try::In(who) => {
            let to = draft::landing(app, who.account).await?;
            let token = sessions::start(&app.programme, &app.keys, who, &visitor.device).await?;
            let cookie = cookies::set(cookies::session_name(app.tls), &token, app.tls);
            return Ok(
                (StatusCode::SEE_OTHER, [(LOCATION, to.to_owned()), (SET_COOKIE, cookie)]).into_response()
            );
        }
        Try::Wrong { left } => problems.add("username", w.with("sign-in-wrong", &[("left", left.into())])),
        Try::Wait { until } => {
            let at = w.time(app.local(until).time());
            problems.add("username", w.with("sign-in-wait", &[("time", at.as_str().into())]));
        }
    }
    Ok(page(app, visitor, username, &problems, StatusCode::UNPROCESSABLE_ENTITY))
}

/// One try, two at a time in the whole program, with a queue that ends, on a thread that may be slow.
pub async fn attempt(app: &App, username: &str, password: &str, code: &str) -> Result<Try, Failure> {
    let _place = app.queue.try_acquire().map_err(|_| Failure::Busy)?;
    let _turn = app.slow.acquire().await.map_err(|_| Failure::Broken("closing".to_owned()))?;
    let (p, username, password, code) =
        (app.programme.clone(), username.to_owned(), password.to_owned(), code.to_owned());
    let runtime = tokio::runtime::Handle::current();
    let done =
        tokio::task::spawn_blocking(move || runtime.block_on(sign_in(&p, &username, &password, &code))).await;
    Ok(done.map_err(|_| Failure::Broken("sign-in".to_owned()))??)
}

/// As [`attempt`], for the password of whoever is signed in; what did not match is said beside `field`. None when
/// it did not.
pub async fn attempt_own(
    app: &App,
    me: &Me,
    (password, code): (&str, &str),
    field: &'static str,
    problems: &mut Problems,
) -> Result<Option<SignedIn>, Failure> {
    let w = me.words(app);
    let name = super::unlock::username(app, me.account()).await?;
    match attempt(app, &name, password, code).await? {
        Try::In(who) if who.account == me.account() => return Ok(Some(who)),
        Try::In(_) => return Err(Failure::Tampered),
        Try::Wrong { left } => problems.add(field, w.with("sign-in-wrong", &[("left", left.into())])),
        Try::Wait { until } => {
            let at = w.time(app.local(until).time());
            problems.add(field, w.with("sign-in-wait", &[("time", at.as_str().into())]));
        }
    }
    Ok(None)
}

fn page(app: &App, visitor: &Visitor, username: &str, problems: &Problems, status: StatusCode) -> Response {
    let w = visitor.words(app);
    let name = Field::new("username", w.t("sign-in-username")).value(username).autocomplete("username");
    let secret = Field::new("password", w.t("sign-in-password")).autocomplete("current-password");
    let code =
        Field::new("code", w.t("sign-in-code")).hint(w.t("sign-in-code-hint")).autocomplete("one-time-code");
    let body = html! {
        (heading(html! { (w.t("sign-in-title")) }, html! {}))
        (error_summary(w, problems))
        form class="stack" method="post" action="/entrar" novalidate {
            (text_field(w, &name.error(problems.of("username")), Kind::Text))
            (text_field(w, &secret, Kind::Password))
            (text_field(w, &code, Kind::Code))
            (actions(&[submit(&w.t("sign-in-send"))]))
        }
        p class="quiet" { (w.t("sign-in-forgot")) }
    };
    (status, Page::new(w, "sign-in-window").here("/entrar").body(body)).into_response()
}

/// `POST /salir`: ends the session.
pub async fn leave(State(app): State<App>, known: Known, open: Open) -> Answer {
    let f = open.only(&[])?;
    if f.text("csrf") != known.session.csrf {
        return Err(Failure::Tampered);
    }
    let mut work = app.programme.store.work(known.session.caller.account).await?;
    sessions::end(&mut work, &app.keys, known.session.id).await?;
    work.commit().await?;
    let gone = cookies::set(cookies::session_name(app.tls), "", app.tls);
    Ok((StatusCode::SEE_OTHER, [(LOCATION, "/entrar".to_owned()), (SET_COOKIE, gone)]).into_response())
}

/// `POST /bloquear`: locks the session; what is typed elsewhere is kept.
pub async fn lock(State(app): State<App>, known: Known, open: Open) -> Answer {
    let f = open.only(&[])?;
    if f.text("csrf") != known.session.csrf {
        return Err(Failure::Tampered);
    }
    let mut work = app.programme.store.work(known.session.caller.account).await?;
    sessions::lock(&mut work, &app.keys, known.session.id).await?;
    work.commit().await?;
    Ok(see_other("/desbloquear"))
}
