//! The time stamp of a piece of evidence: the request to carry to an authority, its answer, and what a link says of it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ceiba_programme::justice::stamps::{self, Stamped};
use ceiba_programme::{Problem, ProgrammeError, cases};
use maud::{Markup, html};
use uuid::Uuid;

use super::custody;
use crate::cases::frame::Opened;
use crate::cases::{Done, finish, typed_in};
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, Problems, actions, file_field, form_files, form_post, submit, tag, text_field, typed,
};
use crate::posted::upload::Upload;
use crate::posted::{Fields, Posted};
use crate::view::problems;
use crate::{Answer, App};

/// Both forms of the card.
pub(super) fn card(
    app: &App,
    me: &Me,
    o: &Opened,
    id: Uuid,
    (form, f): (&str, Option<&Fields>),
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let none = Problems::new();
    let of = |name: &str| if form == name { (f, p) } else { (None, &none) };
    let ((asked, wrong), (_, refused)) = (of("stamp"), of("answer"));
    let who = Field::new("who", w.t("stamp-who"))
        .hint(w.t("stamp-who-hint"))
        .value(typed_in(asked, "who"))
        .error(wrong.of("who"))
        .id("stamp-who");
    html! {
        p { (w.t("stamp-text")) }
        (form_post(&o.path(&format!("evidencias/{id}/sello")), &me.session.csrf, &app.once(), html! {
            (text_field(w, &who, Kind::Text))
            (actions(&[submit(&w.t("stamp-ask"))]))
        }))
        p { (w.t("stamp-answer-text")) }
        (form_files(&o.path(&format!("evidencias/{id}/sello/respuesta")), &me.session.csrf, &app.once(), html! {
            (file_field(w, &Field::new("response", w.t("stamp-answer")).error(refused.of("response")), ".tsr"))
            (file_field(w, &Field::new("certificate", w.t("stamp-certificate")).hint(w.t("stamp-certificate-hint")).error(refused.of("certificate")), ".pem,.crt,.cer"))
            (actions(&[submit(&w.t("stamp-bring"))]))
        }))
    }
}

/// What a link says of a stamp.
pub(super) fn told(app: &App, me: &Me, o: &Opened, (item, link): (Uuid, Uuid), s: &Stamped) -> Markup {
    let w = me.words(app);
    let Some(at) = s.at else { return html! {} };
    html! {
        p { strong { (w.moment(app.local(at))) } " · " (w.t("stamp-serial")) " " (typed(&s.serial)) " · " (w.t("stamp-policy")) " " (typed(&s.policy)) }
        p {
            @if s.trusted { (tag(Mood::Ok, &w.t("stamp-trusted"))) } @else { (tag(Mood::Care, &w.t("stamp-untrusted"))) }
            " " (typed(&s.anchor))
        }
        p class="quiet" { (w.t("stamp-compare")) " " code { (s.anchor_sha256) } }
        p { a href=(o.path(&format!("evidencias/{item}/sello/{link}"))) { (w.t("stamp-download")) } }
    }
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let head = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX.to_owned()),
    ];
    (head, bytes).into_response()
}

/// `POST /casos/{code}/evidencias/{id}/sello`: the request as a file.
pub async fn ask(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["who"])?;
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let request = match stamps::ask(&app.programme, &mut work, me.caller(), (case, id), f.text("who")).await {
        Ok(request) => request,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            let p = problems(me.words(&app), &list);
            return custody::page(&app, &me, (&code, id), ("stamp", Some(f)), &p).await;
        }
        Err(e) => return Err(e.into()),
    };
    work.commit().await?;
    // The name says nothing of the case: the file goes to a stranger.
    let name = format!("sello-{}.tsq", &id.to_string()[..8]);
    Ok(download("application/timestamp-query", &name, request))
}

/// `POST /casos/{code}/evidencias/{id}/sello/respuesta`: what the authority answered.
pub async fn bring(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    sent: Upload,
) -> Answer {
    let f = sent.posted.only(&[])?;
    let [response, certificate] = sent.these(["response", "certificate"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let bytes = |s: Option<&'_ crate::posted::upload::Sent>| s.map_or_else(Vec::new, |s| s.bytes.clone());
    let large = [response, certificate].iter().flatten().any(|s| s.large);
    let done = if large {
        Err(ProgrammeError::Invalid(vec![Problem { field: "response", key: "problem-stamp-response" }]))
    } else {
        let both = (bytes(response), bytes(certificate));
        stamps::bring(&app.programme, &mut work, me.caller(), (case, id), (&both.0, &both.1))
            .await
            .map(|_| ())
    };
    match finish(&app, &me, &sent.posted, work, done, &format!("/casos/{code}/evidencias/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => custody::page(&app, &me, (&code, id), ("answer", Some(f)), &p).await,
    }
}

/// `GET /casos/{code}/evidencias/{id}/sello/{link}`: the answer as it came.
pub async fn answer(
    State(app): State<App>,
    me: Me,
    Path((code, id, link)): Path<(String, Uuid, Uuid)>,
) -> Answer {
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let bytes = stamps::response(&app.programme, work.tx(), me.caller(), (case, link)).await?;
    work.record("stamp.copy", "case", case, [0; 32]).await?;
    work.commit().await?;
    Ok(download("application/timestamp-reply", &format!("sello-{}.tsr", &id.to_string()[..8]), bytes))
}
