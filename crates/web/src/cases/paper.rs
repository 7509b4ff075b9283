//! Correcting her identity: by version; a second writer sees both.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::people::{self, Identity};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::identity::{Asked, lines, opened};
use super::{Done, finish};
use crate::me::Me;
use crate::parts::{
    Field, Kind, Problems, Version, actions, card, conflict_card, error_summary, form_post, select, submit,
    text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure, see_other};

const FIELDS: [&str; 10] =
    ["given", "surnames", "mother", "document", "phone", "origin", "version", "reason", "choice", "conflict"];

/// The form to change it, for whoever may. The reason for which it was opened goes along, since a second
/// writer sees what the first one saved.
#[expect(clippy::too_many_arguments, reason = "each is one of the things the form shows again")]
pub(super) fn form(
    app: &App,
    me: &Me,
    o: &Opened,
    (now, version): (&Identity, i64),
    asked: &Fields,
    f: Option<&Fields>,
    p: &Problems,
    stale: bool,
) -> Markup {
    if !o.can(app, me, Act::WRITE_IDENTITY) {
        return html! {};
    }
    let w = me.words(app);
    let field = |name: &str, key: &str, was: &str| {
        Field::new(name, w.t(key)).value(f.map_or(was, |f| f.text(name))).error(p.of(name))
    };
    let text = |name: &str, key: &str, was: &str, kind: Kind| text_field(w, &field(name, key, was), kind);
    card(
        &w.t("identity-change"),
        form_post(
            &o.path("identidad/cambiar"),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(version);
                input type="hidden" name="reason" value=(asked.text("reason"));
                @if let (true, Some(f)) = (stale, f) {
                    input type="hidden" name="conflict" value="1";
                    @let theirs = Version { text: told(app, me, now), who: w.t("somebody"), at: app.now() };
                    @let mine = Version { text: told(app, me, &read(f)), who: me.session.name.clone(), at: app.now() };
                    (conflict_card(w, "choice", &w.t("identity-link"), &theirs, &mine, app.now()))
                }
                (text("given", "person-given", &now.given, Kind::Text))
                (text("surnames", "person-surnames", &now.surnames, Kind::Text))
                (text("mother", "person-mother", &now.mother, Kind::Text))
                (text("document", "person-document", &now.document, Kind::Text))
                (text("phone", "person-phone", &now.phone, Kind::Phone))
                (select(w, &field("origin", "person-origin", &now.origin), &app.municipalities(me.lang)))
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

fn told(app: &App, me: &Me, identity: &Identity) -> String {
    lines(app, me, identity).map(|(label, value)| format!("{label}: {value}")).join("\n")
}

fn read(f: &Fields) -> Identity {
    let text = |name| f.text(name).to_owned();
    Identity {
        given: text("given"),
        surnames: text("surnames"),
        mother: text("mother"),
        document: text("document"),
        phone: text("phone"),
        origin: text("origin"),
        ..Identity::default()
    }
}

/// The form again, with what was typed: to mend, or beside what somebody else saved meanwhile.
async fn again(app: &App, me: &Me, code: &str, f: &Fields, p: &Problems, stale: bool) -> Answer {
    let (o, identity, version) = match opened(app, me, code, f.text("reason")).await {
        Ok(found) => found,
        Err(Asked::Mend(_)) => return Err(Failure::Tampered),
        Err(Asked::Failed(failure)) => return Err(failure),
    };
    // Only a second writer gets the newer version: to mend a field must not skip the question.
    let seen = if stale { version } else { f.number("version").unwrap_or(0) };
    let content = html! { (error_summary(me.words(app), p)) (form(app, me, &o, (&identity, seen), f, Some(f), p, stale)) };
    let response = frame::page(app, me, &o, "identidad", content);
    Ok(if stale { (StatusCode::CONFLICT, response).into_response() } else { super::with_status(response, p) })
}

/// `POST /casos/{code}/identidad/cambiar`. Whoever comes second chooses; nothing is lost.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let to = format!("/casos/{code}");
    if f.text("choice") == "theirs" {
        return Ok(see_other(&to));
    }
    if f.ticked("conflict") && f.text("choice") != "mine" {
        return again(&app, &me, &code, f, &Problems::new(), true).await;
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let prog = &app.programme;
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let done = people::change_identity(prog, &mut work, me.caller(), (case, seen), &read(f)).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return again(&app, &me, &code, f, &Problems::new(), true).await;
    }
    let person = done.as_ref().ok().copied();
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => {
            if let Some(person) = person {
                people::known::refresh(prog, person).await?;
            }
            Ok(response)
        }
        Done::Mend(p) => again(&app, &me, &code, f, &p, false).await,
    }
}
