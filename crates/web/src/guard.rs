//! What stands around every handler: failures as pages, and forms that arrive while the session is locked.

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{CONNECTION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ceiba_access::Act;
use ceiba_programme::accounts::sessions;
use maud::html;

use crate::failure::Failure;
use crate::me::{Known, Me, Visitor};
use crate::parts::{Notice, Tone, button_link, heading, notice};
use crate::posted::upload;
use crate::public::draft;
use crate::{App, Page, ROUTES, Who, Words, cookies, desk, see_other};

/// The largest form that is kept while the session is locked.
const LARGEST: usize = 256 * 1024;

/// Turns a failure into a page in the reader's language. Signed in or not, a page that is absent looks the
/// same whatever the reason.
pub async fn failures(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let lang = Visitor::from_request_parts(&mut parts, &app).await.map_or(crate::Lang::Es, |v| v.lang);
    let me = match Known::from_request_parts(&mut parts, &app).await {
        Ok(known) if !known.session.locked => {
            Some(Me { session: known.session, lang: known.lang, keys: known.keys })
        }
        _ => None,
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    let failure = match response.extensions().get::<Failure>() {
        Some(failure) => failure.clone(),
        // Also what the library refused in its own words, such as an id in the path that is none.
        None if refused_in_other_words(&response) => Failure::Absent,
        None => return response,
    };
    match (&failure, &me) {
        (Failure::Tampered, Some(me)) => noted(&app, me, "tampered.form").await,
        // Whoever asks for what she may not have is seen to have asked: a mayor's errand leaves a line.
        (Failure::Denied(act), Some(me)) => noted(&app, me, &format!("refused.{}", act.code())).await,
        _ => {}
    }
    let lang = me.as_ref().map_or(lang, |m| m.lang);
    let w = app.words(lang);
    let shell = me.as_ref().map(|m| desk::shell(&app, m));
    let who = match (&failure, &me) {
        // Only somebody who is signed in learns which colleague was faster.
        (Failure::Taken { by, at }, Some(_)) => taken(&app, w, *by, *at).await,
        _ => None,
    };
    let home = if me.is_some() { "/inicio" } else { "/" };
    // Whoever has no such right is not sent to a door that does not open.
    let emergency = me.as_ref().is_some_and(|m| m.can(&app, Act::BREAK_USE));
    let body = page_of(w, &failure, (home, emergency), who);
    let page = Page::new(w, "failure-window").shell(shell.as_ref()).here(home).body(body);
    let mut response = (failure.status(), page).into_response();
    // What comes after such a head or body is not to be trusted to be another request, and what is left of a body that is
    // too large is not read.
    if matches!(failure, Failure::Length | Failure::Host | Failure::Slow | Failure::Cut | Failure::TooLarge) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A form of somebody's session with a field that it does not have, or without its token, and a right that she does not have,
/// are entries of the ledger: that it came, not what it said. Of strangers there is none, or they could fill it.
async fn noted(app: &App, me: &Me, action: &str) {
    let entry = async {
        let mut work = app.work(me).await?;
        work.record(action, "account", me.account(), [0; 32]).await?;
        Ok::<_, Failure>(work.commit().await?)
    };
    if entry.await.is_err() {
        // The form is refused all the same, and the fault is in the log already.
        tracing::warn!("a refusal could not be recorded");
    }
}

fn refused_in_other_words(response: &Response) -> bool {
    let page = response.headers().get(CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    // A wrong method has no words at all.
    response.status().is_client_error() && response.status() != StatusCode::METHOD_NOT_ALLOWED && !page
}

async fn taken(app: &App, w: &Words, by: uuid::Uuid, at: ceiba_store::Micros) -> Option<String> {
    let mut tx = app.programme.store.db.read().await.ok()?;
    let names = crate::view::Names::read(app, &mut tx).await.ok()?;
    Some(format!("{} · {}", names.of(w, by), w.time(app.local(at).time())))
}

fn page_of(
    w: &Words,
    failure: &Failure,
    (home, emergency): (&str, bool),
    who: Option<String>,
) -> maud::Markup {
    let key = failure.key();
    let text = match failure {
        Failure::State(state) => w.t(state),
        Failure::Broken(number) => w.with("failure-broken-text", &[("number", number.as_str().into())]),
        _ => w.t(&format!("{key}-text")),
    };
    html! {
        (heading(html! { (w.t(&format!("{key}-title"))) }, html! {}))
        (notice(w, Notice::Warning, html! { (text) @if let Some(who) = who { " " (crate::parts::typed(&who)) } }))
        @if matches!(failure, Failure::Absent | Failure::Denied(_)) && emergency {
            p { (button_link(&w.t("emergency-link"), "/emergencia", Tone::Quiet)) }
        }
        p { (button_link(&w.t("failure-home"), home, Tone::Primary)) }
    }
}

/// A form that arrives while the session is locked, or just after its end, is sealed and kept, and given back after
/// the password: nothing typed is lost, and nothing is left on the machine.
pub async fn keep_drafts(State(app): State<App>, request: Request, next: Next) -> Response {
    let (form, files) = {
        let kind = request.headers().get(CONTENT_TYPE).map_or(&[][..], |v| v.as_bytes());
        let files = kind.starts_with(b"multipart/form-data");
        (request.method() == Method::POST && (files || kind.starts_with(b"application/x-www-form")), files)
    };
    let path = request.uri().path().to_owned();
    // Signing in again, or an alert, waits for nobody's password.
    let public = request.extensions().get::<MatchedPath>().is_some_and(|m| {
        ROUTES.iter().any(|r| r.method == "POST" && r.who == Who::Public && r.path == m.as_str())
    });
    let own = ["/desbloquear", "/bloquear", "/salir", crate::exit::PATH, crate::cases::new::ASKED];
    if !form || public || own.contains(&path.as_str()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let (account, csrf, to) = match Known::from_request_parts(&mut parts, &app).await {
        Ok(known) if known.session.locked => {
            (known.session.caller.account, known.session.csrf, "/desbloquear")
        }
        Err(Failure::SignIn) => match over(&app, &parts.headers).await {
            Some((account, csrf)) => (account, csrf, "/entrar"),
            None => return next.run(Request::from_parts(parts, body)).await,
        },
        _ => return next.run(Request::from_parts(parts, body)).await,
    };
    // Of a form with a file the text is kept; the file is chosen again.
    let bytes = if files {
        upload::without_files(Request::from_parts(parts, body), &app).await
    } else {
        axum::body::to_bytes(body, LARGEST).await.map(Into::into).map_err(|_| Failure::TooLarge)
    };
    let bytes: Vec<u8> = match bytes {
        Ok(bytes) if bytes.len() <= LARGEST => bytes,
        Ok(_) => return Failure::TooLarge.into_response(),
        Err(failure) => return failure.into_response(),
    };
    // Forms of others, and those without an account, are not hers to keep.
    if !form_urlencoded::parse(&bytes).any(|(name, value)| name == "csrf" && value == csrf) {
        return if to == "/entrar" { see_other(to) } else { Failure::Tampered.into_response() };
    }
    match draft::keep(&app, account, &path, &bytes).await {
        Ok(()) => see_other(to),
        Err(failure) => failure.into_response(),
    }
}

/// Whose session it was that came to its end by itself.
async fn over(app: &App, headers: &HeaderMap) -> Option<(uuid::Uuid, String)> {
    let token = cookies::get(headers, cookies::session_name(app.tls))?;
    let mut tx = app.programme.store.db.read().await.ok()?;
    sessions::over(&app.programme, &mut tx, token).await.ok()?
}

/// Forms come from our own pages only: a browser that says otherwise is refused before anything is read.
pub async fn same_origin(State(_): State<App>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST && foreign(request.headers()) {
        return Failure::Tampered.into_response();
    }
    next.run(request).await
}

fn foreign(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let cross = header("sec-fetch-site").is_some_and(|v| v != "same-origin" && v != "none");
    let origin = match (header("origin"), header("host")) {
        (Some(origin), Some(host)) => {
            origin != "null" && origin.split_once("://").is_none_or(|(_, o)| o != host)
        }
        _ => false,
    };
    cross || origin
}
