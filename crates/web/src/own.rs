//! One's own account: password, second step, where one is signed in, keys of the keyboard, and the way out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::accounts::secret::{self, Fresh};
use ceiba_programme::accounts::{second, sessions};
use ceiba_vault::PersonSecret;
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, actions, button, button_link, card, form_post, heading, submit, typed};
use crate::posted::Posted;
use crate::{Answer, App, cookies, see_other};

pub mod calendar;
pub mod channel;
pub mod password;
pub mod second_step;

/// `GET /cuenta`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let on = second::is_on(&mut tx, me.account()).await?;
    let signed_in = sessions::of(&mut tx, me.account()).await?;
    drop(tx);
    let content = html! {
        (heading(typed(&me.session.name), html! { (w.t(&format!("role-{}", me.caller().role))) @if let Some(site) = &me.caller().site { " · " (site) } }))
        p { (w.t("own-text")) }
        p class="actions" {
            (button_link(&w.t("notices-title"), "/recados", Tone::Quiet))
            @if me.can(&app, Act::CONDUCT_WRITE) { (button_link(&w.t("conduct-link"), "/conducta", Tone::Quiet)) }
            (button_link(&w.t("channel-title"), "/cuenta/avisos", Tone::Quiet))
            (button_link(&w.t("feed-title"), "/cuenta/calendario", Tone::Quiet))
            (button_link(&w.t("own-password"), "/cuenta/clave", Tone::Quiet))
            (button_link(&w.t(if on { "own-second-stop" } else { "own-second-start" }), "/cuenta/segundo", Tone::Quiet))
        }
        (card(&w.t("own-sessions"), html! {
            p { (w.t("own-sessions-text")) }
            ul class="tasks" { @for s in &signed_in { li { (session(&app, &me, s)) } } }
        }))
        (card(&w.t("own-keys-title"), form_post("/cuenta/teclas", &me.session.csrf, &app.once(), html! {
            p { (w.t("own-keys-text")) }
            p { strong { (w.t(if me.keys { "own-keys-on" } else { "own-keys-off" })) } }
            @let (label, value) = if me.keys { ("own-keys-stop", "no") } else { ("own-keys-start", "si") };
            (actions(&[button(&w.t(label), Tone::Quiet, "keys", value)]))
        })))
        form method="post" action="/salir" {
            input type="hidden" name="csrf" value=(me.session.csrf);
            (actions(&[submit(&w.t("sign-out"))]))
        }
    };
    Ok(Desk::new(&app, &me, "own-window", "/cuenta").body(content))
}

fn session(app: &App, me: &Me, s: &sessions::Live) -> Markup {
    let w = me.words(app);
    html! {
        p { (typed(&s.device)) }
        p class="quiet" {
            (w.t("own-session-since")) " " (w.moment(app.local(s.created_at))) " · "
            (w.t("own-session-seen")) " " (w.moment(app.local(s.seen_at)))
        }
        @if s.id == me.session.id { p { strong { (w.t("own-session-here")) } } }
        @else {
            (form_post(&format!("/cuenta/sesiones/{}", s.id), &me.session.csrf, &app.once(), html! {
                (actions(&[button(&w.t("own-session-end"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// `POST /cuenta/sesiones/{id}`: ends a session of hers elsewhere. One that ended already, or is somebody else's, is
/// none of hers: nothing is done.
pub async fn end(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    if !sessions::of(work.tx(), me.account()).await?.iter().any(|s| s.id == id) {
        return Ok(see_other("/cuenta"));
    }
    sessions::end(&mut work, &app.keys, id).await?;
    posted.commit(work, "/cuenta").await
}

/// `POST /cuenta/teclas`: turns single keys on or off in this browser.
pub async fn keys(State(app): State<App>, _: Me, posted: Posted) -> Answer {
    let on = posted.only(&["keys"])?.text("keys") != "no";
    let cookie =
        format!("{}; Max-Age=31536000", cookies::set(cookies::KEYS, if on { "si" } else { "no" }, app.tls));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, "/cuenta".to_owned()), (SET_COOKIE, cookie)]).into_response())
}

/// Locks a key under a new password, or a new key when there is none: slow, so two at a time and off the threads
/// that answer pages.
pub async fn fresh(
    app: &App,
    key: Option<std::sync::Arc<PersonSecret>>,
    password: &str,
) -> Result<Fresh, ProgrammeError> {
    // Nobody closes the semaphore: the permit is always had.
    let _turn = app.slow.acquire().await;
    let (p, password) = (app.programme.clone(), password.to_owned());
    let made = tokio::task::spawn_blocking(move || match key {
        Some(key) => secret::lock(&p, &key, &password),
        None => secret::lock(&p, &p.store.chance.with(PersonSecret::random), &password),
    });
    made.await.map_err(|_| ProgrammeError::Unreadable("a password"))?
}
