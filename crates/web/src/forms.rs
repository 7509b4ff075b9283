//! Forms: those there are, a new workbook, a look at it, and its way from draft to published to retired.

use axum::extract::FromRequest as _;
use axum::extract::{FromRequestParts as _, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::publishing::{self, Brought, LARGEST, Version};
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card, error_summary,
    file_field, form_files, form_post, heading, notice, submit, tag, typed,
};
use crate::posted::{Posted, upload};
use crate::view::{Names, problems};
use crate::{Answer, App, Failure, Place, Words, see_other};

const HERE: &str = "/ajustes/formularios";

/// `GET /ajustes/formularios`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, &[], &Problems::new()).await
}

async fn page(app: &App, me: &Me, wrong: &[ceiba_forms::Problem], p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = publishing::list(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let columns = ["form-col-name", "form-col-version", "form-col-state", "form-col-since"];
    let table =
        Table::new(w.t("forms-title"), columns.map(|c| Column::new(w.t(c))).into())
            .cards()
            .rows(all.iter().map(|v| {
            vec![
                html! { a href=(at(v)) { @if v.title.is_empty() { (v.form) } @else { (typed(&v.title)) } } },
                html! { (v.version) },
                state(w, v),
                html! { (w.date(app.local(v.at).date())) },
            ]
        }));
    let content = html! {
        (heading(html! { (w.t("forms-title")) }, html! { (w.t("forms-text")) }))
        (error_summary(w, p))
        @if !wrong.is_empty() { (card(&w.t("form-wrong"), told(w, wrong))) }
        (table.show(w))
        (card(&w.t("form-new"), form_files(HERE, &me.session.csrf, &app.once(), html! {
            (file_field(w, &Field::new("file", w.t("form-file")).hint(w.t("form-file-hint")).error(p.of("file")), ".xlsx"))
            (actions(&[submit(&w.t("form-bring"))]))
        })))
    };
    let desk = Desk::new(app, me, "forms-window", HERE).area(Place::Data);
    let mend = !wrong.is_empty() || !p.is_empty();
    Ok(if mend { desk.mend().body(content) } else { desk.body(content) })
}

fn at(v: &Version) -> String {
    format!("{HERE}/{}/{}", v.form, v.version)
}

fn state(w: &Words, v: &Version) -> Markup {
    let mood = match v.state.as_str() {
        "published" => Mood::Ok,
        "draft" => Mood::Care,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("form-state-{}", v.state)))
}

/// The reader's problems, each with its cell.
fn told(w: &Words, list: &[ceiba_forms::Problem]) -> Markup {
    html! { ul { @for p in list { li {
        @let args: Vec<(&str, crate::Value<'_>)> = p.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        @if !p.place.sheet.is_empty() { strong { (p.place.sheet) " " @if p.place.row > 0 { (w.t("form-row")) " " (p.place.row) " " } @if !p.place.column.is_empty() { (w.t("form-column")) " " (p.place.column) } } ": " }
        (w.with(&format!("form-problem-{}", p.code.key()), &args))
    } } } }
}

/// `POST /ajustes/formularios`: a workbook. Its size is bounded while it streams in.
pub async fn bring(State(app): State<App>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let me = Me::from_request_parts(&mut parts, &app).await?;
    app.programme.may(me.caller(), Act::FORM_PUBLISH)?;
    let form = Multipart::from_request(Request::from_parts(parts, body), &app).await;
    let (bytes, csrf) = read(form.map_err(|_| Failure::Tampered)?).await?;
    if csrf != me.session.csrf {
        return Err(Failure::Tampered);
    }
    let mut work = app.work(&me).await?;
    match publishing::bring(&app.programme, &mut work, me.caller(), &bytes).await {
        Ok(Brought::Draft(form, version, taken_out)) => {
            work.commit().await?;
            let to = format!("{HERE}/{form}/{version}");
            if taken_out.is_empty() { Ok(see_other(&to)) } else { Ok(changed(&app, &me, &to, &taken_out)) }
        }
        Ok(Brought::Refused(list)) => {
            drop(work);
            page(&app, &me, &list, &Problems::new()).await
        }
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, &[], &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// A draft of which something was left out: shown once, before anybody publishes it.
fn changed(app: &App, me: &Me, to: &str, taken_out: &[ceiba_forms::Problem]) -> axum::response::Response {
    let w = me.words(app);
    let content = html! {
        (heading(html! { (w.t("forms-title")) }, html! {}))
        (notice(w, Notice::Warning, html! { (w.t("form-changed")) }))
        (card(&w.t("form-taken-out"), told(w, taken_out)))
        (actions(&[button_link(&w.t("form-to-draft"), to, Tone::Primary)]))
    };
    Desk::new(app, me, "forms-window", HERE).area(Place::Data).body(content)
}

/// The workbook and the session's token. One byte too many is kept, so that the page can say it was too large.
async fn read(mut form: Multipart) -> Result<(Vec<u8>, String), Failure> {
    let (mut bytes, mut csrf) = (Vec::new(), String::new());
    while let Some(mut field) = form.next_field().await.map_err(|e| upload::unread(&e))? {
        match field.name().unwrap_or_default() {
            "file" => {
                while let Some(chunk) = field.chunk().await.map_err(|e| upload::unread(&e))? {
                    let room = (LARGEST + 1).saturating_sub(bytes.len());
                    bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                }
            }
            "csrf" => csrf = field.text().await.map_err(|e| upload::unread(&e))?,
            "once" => {}
            _ => return Err(Failure::Tampered),
        }
    }
    Ok((bytes, csrf))
}

/// `GET /ajustes/formularios/{form}/{version}`: what it asks, and the next step.
pub async fn one(State(app): State<App>, me: Me, Path((form, version)): Path<(String, String)>) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let asked = publishing::preview(&app.programme, &mut tx, me.caller(), (&form, &version)).await?;
    let Some(v) = publishing::get(&mut tx, &form, &version).await? else { return Err(Failure::Absent) };
    let names = Names::read(&app, &mut tx).await?;
    drop(tx);
    let own = v.added_by == Some(me.account());
    let language = asked.language(me.lang.code());
    let content = html! {
        (heading(html! { (typed(&asked.title)) }, html! { (form) " · " (version) " · " (state(w, &v)) @if let Some(by) = v.added_by { " · " (w.t("form-by")) " " (names.of(w, by)) } }))
        @if v.state == "draft" && own { (notice(w, Notice::Info, html! { (w.t("state-form-other-publishes")) })) }
        (card(&w.t("form-preview"), items(w, &asked, &asked.items, language)))
        @if v.state != "retired" {
            (form_post(&at(&v), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(v.state);
                @if v.state == "draft" && !own { (actions(&[button(&w.t("form-publish"), Tone::Primary, "what", "publish")])) }
                p class="quiet" { (w.t("form-retire-text")) }
                (actions(&[button(&w.t("form-retire"), Tone::Quiet, "what", "retire")]))
            }))
        }
    };
    Ok(Desk::new(&app, &me, "forms-window", at(&v)).area(Place::Data).body(content))
}

fn items(w: &Words, form: &ceiba_forms::Form, list: &[ceiba_forms::Item], language: &str) -> Markup {
    // What is worked out is not asked.
    let asked = |item: &&ceiba_forms::Item| {
        !matches!(item.kind, ceiba_forms::Kind::Calculate | ceiba_forms::Kind::Meta { .. })
    };
    html! { ul { @for item in list.iter().filter(asked) { li {
        @let label = form.text(&item.label, language);
        @if label.is_empty() { (item.name) } @else { (typed(label)) }
        @if !form.text(&item.why, language).is_empty() { p class="quiet" { (w.t("form-why")) " " (typed(form.text(&item.why, language))) } }
        @if !item.children.is_empty() { (items(w, form, &item.children, language)) }
    } } } }
}

/// `POST /ajustes/formularios/{form}/{version}`: publishes or retires it.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((form, version)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "version"])?;
    let (prog, caller, at) = (&app.programme, me.caller(), (form.as_str(), version.as_str()));
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = match f.text("what") {
        "publish" => publishing::publish(prog, &mut work, caller, at).await,
        _ => publishing::retire(prog, &mut work, caller, at).await,
    };
    match done {
        Ok(()) => posted.commit(work, HERE).await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            // What it is by now is on the page, with whatever may still be done.
            let page = one(State(app), me, Path((form, version))).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
