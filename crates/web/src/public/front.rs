//! The first page, the language, and leaving at once.

use axum::extract::{Path, Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use maud::html;
use serde::Deserialize;

use crate::me::{Known, Visitor};
use crate::parts::{Tone, button_link, card, heading};
use crate::posted::Open;
use crate::{Answer, App, Lang, Page, cookies, see_other};

/// `GET /`: the people of the demonstration, or the way in.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let w = visitor.words(&app);
    let Some(demo) = &app.demo else { return Ok(see_other("/entrar")) };
    let body = html! {
        (heading(html! { (w.t("demo-title")) }, html! { (w.t("shell-demo")) }))
        p { (w.t("demo-text")) }
        div class="cast" {
            @for (n, actor) in demo.cast.iter().enumerate() {
                form method="post" action={ "/demo/" (n) } {
                    button class="button" data-tone=(if n == 0 { "primary" } else { "quiet" }) {
                        (w.t(&format!("demo-as-{}", actor.username)))
                    }
                    p class="quiet" { (w.t(&format!("demo-about-{}", actor.username))) }
                }
            }
        }
        (card(&w.t("demo-try"), html! {
            ul {
                li { a href="/aviso" { (w.t("demo-try-alert")) } }
                li { a href="/entrar" { (w.t("demo-try-sign-in")) } }
            }
        }))
    };
    Ok(Page::new(w, "demo-window").here("/").body(body).into_response())
}

/// Where to go back to after changing the language.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    volver: String,
}

/// `GET /idioma/{code}`: changes the language.
pub async fn language(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(back): Query<Back>,
) -> Response {
    let lang = Lang::from_code(&code).unwrap_or(Lang::Es);
    let to = if ours(&back.volver) { back.volver } else { "/".to_owned() };
    let cookie = format!("{}; Max-Age=31536000", cookies::set(cookies::LANGUAGE, lang.code(), app.tls));
    (StatusCode::SEE_OTHER, [(LOCATION, to), (SET_COOKIE, cookie)]).into_response()
}

/// Whether it is a path of ours: never another host. Browsers drop tabs and line ends from addresses and take
/// a backslash for a slash, so `/<tab>/elsewhere` would lead away.
fn ours(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// `GET` and `POST /salir-rapido`: ends the session, and the sitting of a partner's page, and goes to the neutral page.
pub async fn leave(State(app): State<App>, known: Result<Known, crate::Failure>) -> Answer {
    if let Ok(known) = known {
        let mut work = app.programme.store.work(known.session.caller.account).await?;
        ceiba_programme::accounts::sessions::end(&mut work, &app.keys, known.session.id).await?;
        work.commit().await?;
    }
    let gone = [cookies::session_name(app.tls), cookies::PAGE]
        .map(|name| (SET_COOKIE, cookies::set(name, "", app.tls)));
    let to = [(LOCATION, app.programme.pack.quick_exit.clone())];
    Ok((StatusCode::SEE_OTHER, to, AppendHeaders(gone)).into_response())
}

/// `POST /demo/{n}`: enters as one of the people of the demonstration.
pub async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    Path(n): Path<usize>,
    _: HeaderMap,
    _: Open,
) -> Answer {
    let actor = app.demo.as_ref().and_then(|d| d.cast.get(n)).ok_or(crate::Failure::Absent)?;
    super::sign_in::come_in(&app, &visitor, &actor.username, &actor.password, "").await
}

/// `GET /ayuda`: whom to ask.
pub async fn help(State(app): State<App>, visitor: Visitor) -> Response {
    let w = visitor.words(&app);
    let body = html! {
        (heading(html! { (w.t("help-title")) }, html! {}))
        p { (w.t("help-text")) }
        (card(&w.t("help-keys-title"), html! { p { (w.t("help-keys")) } p { (w.t("own-keys-text")) } }))
        (card(&w.t("help-promise-title"), html! {
            ul { @for n in 1..=4 { li { (w.t(&format!("help-promise-{n}"))) } } }
        }))
        p { (button_link(&w.t("failure-home"), "/", Tone::Primary)) }
    };
    Page::new(w, "help-window").here("/ayuda").body(body).into_response()
}
