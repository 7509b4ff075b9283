//! Changing one's own password.

use axum::extract::State;
use ceiba_programme::ProgrammeError;
use ceiba_programme::accounts::secret;
use maud::html;

use super::fresh;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Field, Kind, Problems, actions, error_summary, form_post, heading, submit, text_field};
use crate::posted::Posted;
use crate::public::sign_in::attempt_own;
use crate::view::problems;
use crate::{Answer, App};

/// `GET /cuenta/clave`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    Ok(page(&app, &me, &Problems::new()))
}

fn page(app: &App, me: &Me, p: &Problems) -> axum::response::Response {
    let w = me.words(app);
    let field = |name: &str, key: &str, fill: &'static str| {
        Field::new(name, w.t(key)).autocomplete(fill).error(p.of(name))
    };
    let content = html! {
        (heading(html! { (w.t("own-password")) }, html! { (w.t("own-password-text")) }))
        (error_summary(w, p))
        (form_post("/cuenta/clave", &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("now", "own-password-now", "current-password"), Kind::Password))
            (text_field(w, &field("code", "sign-in-code", "one-time-code").hint(w.t("sign-in-code-hint")), Kind::Code))
            (text_field(w, &field("password", "own-password-new", "new-password").hint(w.t("account-password-hint")), Kind::Password))
            (text_field(w, &field("again", "own-password-again", "new-password"), Kind::Password))
            (actions(&[submit(&w.t("own-password-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "own-window", "/cuenta/clave");
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

/// `POST /cuenta/clave`: the present password is asked for, braked like signing in, since a desk may stand open.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["now", "code", "password", "again"])?;
    let w = me.words(&app);
    let mut p = Problems::new();
    if f.text("password") != f.text("again") {
        p.add("again", w.t("problem-password-again"));
        return Ok(page(&app, &me, &p));
    }
    let typed = (f.text("now"), f.text("code"));
    let Some(who) = attempt_own(&app, &me, typed, "now", &mut p).await? else {
        return Ok(page(&app, &me, &p));
    };
    let fresh = match fresh(&app, Some(who.secret.clone()), f.text("password")).await {
        Ok(fresh) => fresh,
        Err(ProgrammeError::Invalid(list)) => return Ok(page(&app, &me, &problems(w, &list))),
        Err(e) => return Err(e.into()),
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    secret::change(&mut work, &app.keys, &who, &fresh, me.session.id).await?;
    posted.commit(work, "/cuenta").await
}
