//! The second step of signing in: set up with an app and a first code, or switched off with the password.

use axum::extract::State;
use axum::response::Response;
use ceiba_programme::ProgrammeError;
use ceiba_programme::accounts::second::{self, Offered};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Problems, actions, error_summary, form_post, heading, qr, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::public::sign_in::attempt_own;
use crate::view::problems;
use crate::{Answer, App, Failure};

/// `GET /cuenta/segundo`: a secret for an app, or the way to switch it off.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let on = second::is_on(&mut tx, me.account()).await?;
    drop(tx);
    if on {
        return Ok(page(&app, &me, &Problems::new(), stop_form(&app, &me, &Problems::new())));
    }
    let offered = second::offer(&app.programme, me.account())?;
    Ok(page(&app, &me, &Problems::new(), start_form(&app, &me, &offered, &Problems::new())))
}

fn page(app: &App, me: &Me, p: &Problems, form: Markup) -> Response {
    let w = me.words(app);
    let content = html! {
        (heading(html! { (w.t("own-second")) }, html! { (w.t("own-second-text")) }))
        (error_summary(w, p))
        (form)
    };
    let desk = Desk::new(app, me, "own-window", "/cuenta/segundo");
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

fn start_form(app: &App, me: &Me, offered: &Offered, p: &Problems) -> Markup {
    let w = me.words(app);
    // The app shows this name: neutral, like the title of every page.
    let name = w.t("shell-name");
    let link = format!("otpauth://totp/{name}?secret={}&issuer={name}", offered.base32);
    let spaced: Vec<&str> =
        offered.base32.as_bytes().chunks(4).filter_map(|c| std::str::from_utf8(c).ok()).collect();
    html! {
        ol class="steps" {
            li { (w.t("own-second-app")) }
            li { (w.t("own-second-scan")) (qr(&w.t("own-second-picture"), &link)) p class="code" { (spaced.join(" ")) } }
            li { (w.t("own-second-type")) }
        }
        (form_post("/cuenta/segundo", &me.session.csrf, &app.once(), html! {
            input type="hidden" name="offered" value=(hex(&offered.sealed));
            (text_field(w, &Field::new("code", w.t("sign-in-code")).autocomplete("one-time-code").error(p.of("code")), Kind::Code))
            (actions(&[submit(&w.t("own-second-start"))]))
        }))
    }
}

fn stop_form(app: &App, me: &Me, p: &Problems) -> Markup {
    let w = me.words(app);
    html! {
        p { (w.t("own-second-on")) }
        (form_post("/cuenta/segundo/quitar", &me.session.csrf, &app.once(), html! {
            (text_field(w, &Field::new("now", w.t("own-password-now")).autocomplete("current-password").error(p.of("now")), Kind::Password))
            (text_field(w, &Field::new("code", w.t("sign-in-code")).autocomplete("one-time-code").error(p.of("code")), Kind::Code))
            (actions(&[submit(&w.t("own-second-stop"))]))
        }))
    }
}

/// `POST /cuenta/segundo`: the first code of the app switches it on.
pub async fn start(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["offered", "code"])?;
    let sealed = unhex(f).ok_or(Failure::Tampered)?;
    // A secret that was not offered to her is a form that somebody changed.
    let offered = second::offered(&app.programme, me.account(), &sealed).map_err(|_| Failure::Tampered)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match second::confirm(&app.programme, &mut work, me.account(), &sealed, f.text("code")).await {
        Ok(()) => posted.commit(work, "/cuenta").await,
        Err(ProgrammeError::Invalid(list)) => {
            let p = problems(me.words(&app), &list);
            Ok(page(&app, &me, &p, start_form(&app, &me, &offered, &p)))
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /cuenta/segundo/quitar`.
pub async fn stop(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["now", "code"])?;
    let mut p = Problems::new();
    let typed = (f.text("now"), f.text("code"));
    if attempt_own(&app, &me, typed, "now", &mut p).await?.is_none() {
        return Ok(page(&app, &me, &p, stop_form(&app, &me, &p)));
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    second::stop(&mut work, me.account()).await?;
    posted.commit(work, "/cuenta").await
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(f: &Fields) -> Option<Vec<u8>> {
    let text = f.text("offered");
    if text.len() > 400 || !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}
