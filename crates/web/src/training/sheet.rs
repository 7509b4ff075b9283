//! A sheet that came back, typed on one screen: name, Enter, name, Enter. An empty institution or post is the one of the row above.
//! Everything works without a script; with it, Enter goes to the next row instead of sending.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_programme::training::sheets::{self, Kept, Sheet, Standing, Typed, Words as Lists, Wrong};
use ceiba_programme::training::{Course, Session, courses, photo};
use ceiba_programme::{Problem, ProgrammeError};
use maud::{Markup, html};

use super::roster::shown_name;
use super::{Institutions, title, when};
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Notice, Problems, Tone, actions, button_link, card, error_summary, file_field, form_files,
    form_post, heading, notice, submit, text_field,
};
use crate::posted::upload::Upload;
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure, Place, Words};

/// What a page of a sheet needs.
pub(super) struct Read {
    pub sheet: Sheet,
    pub session: Session,
    pub course: Course,
    pub standing: Vec<Standing>,
    pub lists: Lists,
    pub institutions: Institutions,
    pub photo: Option<i64>,
}

pub(super) async fn read(app: &App, me: &Me, code: &str) -> Result<Read, Failure> {
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(me).await?;
    let tx = work.tx();
    let (sheet, session) = sheets::find(p, tx, caller, code).await?;
    let row = tx.sql("SELECT code FROM training_course WHERE id = $1").bind(session.course).one().await?;
    let course = courses::find(p, tx, caller, &row.get::<String>("code")?).await?;
    let standing = sheets::standing(p, tx, caller, &sheet).await?;
    let lists = sheets::words(p, tx, &course, me.lang.code()).await?;
    let institutions = Institutions::read(tx).await?;
    let photo = photo::since(p, tx, caller, &sheet).await?;
    work.record("training.list", "session", session.id, [0; 32]).await?;
    work.commit().await?;
    Ok(Read { sheet, session, course, standing, lists, institutions, photo })
}

/// `GET /capacitacion/hojas`: which sheet.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    which(&app, &me, "", &Problems::new())
}

fn which(app: &App, me: &Me, typed: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::TRAINEE_READ)?;
    let content = html! {
        (heading(html! { (w.t("training-sheet-find")) }, html! { (w.t("training-sheet-find-text")) }))
        (error_summary(w, p))
        (form_post("/capacitacion/hojas", &me.session.csrf, &app.once(), html! {
            (text_field(w, &Field::new("sheet", w.t("training-sheet-code")).hint(w.t("training-sheet-code-hint")).value(typed).error(p.of("sheet")), Kind::Text))
            (actions(&[submit(&w.t("training-sheet-go")), button_link(&w.t("back"), "/capacitacion", Tone::Quiet)]))
        }))
    };
    let desk = Desk::new(app, me, "training-sheet-window", "/capacitacion/hojas").area(Place::Training);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /capacitacion/hojas`.
pub async fn go(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["sheet"])?;
    app.programme.may(me.caller(), Act::TRAINEE_READ)?;
    let mut tx = app.programme.store.db.read().await?;
    match sheets::find(&app.programme, &mut tx, me.caller(), f.text("sheet")).await {
        Ok((sheet, _)) => Ok(crate::see_other(&format!("/capacitacion/hojas/{}", sheet.code))),
        Err(ProgrammeError::Refused(ceiba_access::Refusal::Absent)) => {
            drop(tx);
            let mut p = Problems::new();
            p.add("sheet", me.words(&app).t("problem-training-sheet"));
            which(&app, &me, f.text("sheet"), &p)
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /capacitacion/hojas/{sheet}`.
pub async fn show(State(app): State<App>, me: Me, Path(sheet): Path<String>) -> Answer {
    let read = read(&app, &me, &sheet).await?;
    Ok(page(&app, &me, &read, (None, &[]), &Problems::new()))
}

fn page(
    app: &App,
    me: &Me,
    r: &Read,
    (f, wrong): (Option<&Fields>, &[Wrong]),
    p: &Problems,
) -> axum::response::Response {
    let w = me.words(app);
    let path = format!("/capacitacion/hojas/{}", r.sheet.code);
    let mut summary = Problems::new();
    for one in wrong {
        let text = w.with("training-row-wrong", &[("n", one.n.into()), ("what", w.t(one.key).into())]);
        summary.add(format!("{}-{}", one.field, one.n), text);
    }
    let seen = f.and_then(|f| f.number("version")).unwrap_or(r.sheet.version);
    let open =
        me.can(app, Act::TRAINING_WRITE) && r.course.state != "cancelled" && r.session.state != "cancelled";
    let came = r.standing.iter().filter(|s| s.mark == "present").count();
    let content = html! {
        (heading(html! { (w.t("training-sheet")) " " (r.sheet.code) }, html! { (title(app, w, &r.course)) " · " (w.with("training-session-n", &[("n", r.session.n.into())])) " · " (when(w, &r.session)) }))
        (error_summary(w, &summary))
        (error_summary(w, p))
        @if f.is_none() && p.is_empty() && r.sheet.typed_at.is_some() {
            (notice(w, Notice::Done, html! { p { (w.with("training-sheet-kept", &[("n", came.into())])) } }))
        }
        p class="actions" {
            (button_link(&w.t("training-back-session"), &format!("/capacitacion/cursos/{}/sesiones/{}", r.course.code, r.session.n), Tone::Quiet))
            (button_link(&w.t("training-sheet-print"), &format!("{path}/imprimir"), Tone::Quiet))
        }
        @if open {
            p { (w.t("training-sheet-how")) }
            (form_post(&path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(seen);
                (datalist("institutions", &r.lists.institutions))
                (datalist("posts", &r.lists.posts))
                div data-rows {
                    p class="rows-head" aria-hidden="true" { span {} span { (w.t("training-name")) } span { (w.t("training-institution")) } span { (w.t("training-post")) } }
                    @for n in 1..=r.sheet.rows {
                        @match r.standing.iter().find(|s| s.n == n) {
                            Some(s) => (known(app, w, s, f, &r.institutions)),
                            None => (blank(app, w, n, (f, wrong), &r.institutions)),
                        }
                    }
                }
                (actions(&[submit(&w.t("training-sheet-send"))]))
            }))
            (card(&w.t("training-photo"), html! {
                p { (w.t("training-photo-text")) }
                @if let Some(at) = r.photo { p { a href={ (path) "/foto" } { (w.t("training-photo-read")) } " · " (w.near_moment(app.local(at), app.now())) } }
                (form_files(&format!("{path}/foto"), &me.session.csrf, &app.once(), html! {
                    (file_field(w, &Field::new("file", w.t("training-photo-file")).error(p.of("file")), "image/jpeg,image/png,application/pdf"))
                    (actions(&[submit(&w.t("training-photo-send"))]))
                }))
            }))
        }
    };
    let desk =
        Desk::new(app, me, "training-sheet-window", path.as_str()).area(Place::Training).code(&r.sheet.code);
    if wrong.is_empty() && p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

fn datalist(id: &str, all: &[(String, String)]) -> Markup {
    html! { datalist id=(id) { @for (_, name) in all { option value=(name); } } }
}

/// A row with somebody on it: one box.
fn known(app: &App, w: &Words, s: &Standing, f: Option<&Fields>, institutions: &Institutions) -> Markup {
    let ticked = f.map_or(s.mark == "present", |f| f.list("present").contains(&s.n.to_string()));
    html! { div class="row" {
        span aria-hidden="true" { (s.n) }
        label class="choice" {
            input type="checkbox" name="present" value=(s.n) autocomplete="off" checked[ticked];
            span { (shown_name(w, &s.trainee)) small class="quiet" { (institutions.of(app, w, s.institution.as_deref().unwrap_or_default())) } }
        }
    } }
}

/// A row to type in. What is wrong stands below it; who it may be is chosen there.
fn blank(
    app: &App,
    w: &Words,
    n: i64,
    (f, wrong): (Option<&Fields>, &[Wrong]),
    institutions: &Institutions,
) -> Markup {
    let here: Vec<&Wrong> = wrong.iter().filter(|x| x.n == n).collect();
    let input = |field: &'static str, list: Option<&str>, key: &str| {
        let name = format!("{field}-{n}");
        let bad = here.iter().any(|x| x.field == field);
        html! {
            input id={ "f-" (name) } name=(name) type="text" autocomplete="off" spellcheck="false" list=[list]
                value=(f.map_or("", |f| f.text(&name))) aria-label=(w.with("training-row", &[("n", n.into()), ("what", w.t(key).into())]))
                aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("e-{n}"))];
        }
    };
    html! { div class="row" {
        span aria-hidden="true" { (n) }
        (input("name", None, "training-name"))
        (input("institution", Some("institutions"), "training-institution"))
        (input("post", Some("posts"), "training-post"))
        @if !here.is_empty() { div class="wrong" id={ "e-" (n) } { @for x in &here { p { (w.t(x.key)) } } } }
        @if let Some(x) = here.iter().find(|x| x.field == "who") {
            @let chosen = f.map_or("", |f| f.text(&format!("who-{n}")));
            @let first = if chosen.is_empty() { x.alike.iter().find(|a| a.same_name).map_or("", |a| a.trainee.code.as_str()) } else { chosen };
            select id={ "f-who-" (n) } name={ "who-" (n) } autocomplete="off" aria-label=(w.with("training-row", &[("n", n.into()), ("what", w.t("training-who").into())])) aria-describedby={ "e-" (n) } {
                option value="" { (w.t("forms-choose")) }
                @for a in &x.alike {
                    option value=(a.trainee.code) selected[first == a.trainee.code] {
                        (w.with("training-is", &[("name", a.trainee.name.as_str().into()), ("code", a.trainee.code.as_str().into())]))
                        " · " (institutions.of(app, w, a.trainee.institution.as_deref().unwrap_or_default()))
                    }
                }
                option value="new" selected[first == "new"] { (w.t("training-is-new")) }
            }
        } @else if let Some(who) = f.map(|f| f.text(&format!("who-{n}"))).filter(|who| !who.is_empty()) {
            input type="hidden" name={ "who-" (n) } value=(who);
        }
    } }
}

/// `POST /capacitacion/hojas/{sheet}`.
pub async fn send(State(app): State<App>, me: Me, Path(sheet): Path<String>, posted: Posted) -> Answer {
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::TRAINING_WRITE)?;
    let r = read(&app, &me, &sheet).await?;
    let fields: Vec<String> = (1..=r.sheet.rows)
        .flat_map(|n| ["name", "institution", "post", "who"].map(|field| format!("{field}-{n}")))
        .chain(["present".to_owned(), "version".to_owned()])
        .collect();
    let f = posted.only(&fields.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let present: Vec<i64> = f.list("present").iter().filter_map(|n| n.parse().ok()).collect();
    let text = |field: &str, n: i64| f.text(&format!("{field}-{n}")).to_owned();
    let rows: Vec<Typed> = (1..=r.sheet.rows)
        .map(|n| Typed {
            n,
            name: text("name", n),
            institution: text("institution", n),
            post: text("post", n),
            who: text("who", n),
        })
        .collect();
    let seen = f.number("version").unwrap_or_default();
    match sheets::keep(p, &mut work, caller, (&r.sheet, seen), (&present, &rows)).await? {
        Kept::Done(_) => posted.commit(work, &format!("/capacitacion/hojas/{}", r.sheet.code)).await,
        Kept::Mend(wrong) => {
            drop(work);
            Ok(page(&app, &me, &r, (Some(f), &wrong), &Problems::new()))
        }
    }
}

/// `POST /capacitacion/hojas/{sheet}/foto`.
pub async fn keep_photo(State(app): State<App>, me: Me, Path(sheet): Path<String>, sent: Upload) -> Answer {
    sent.posted.only(&[])?;
    let file = sent.file("file")?;
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let r = read(&app, &me, &sheet).await?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = if file.is_some_and(|s| s.large) {
        Err(ProgrammeError::Invalid(vec![Problem { field: "file", key: "problem-file-large" }]))
    } else {
        let bytes = file.map_or(&[][..], |s| &s.bytes);
        photo::keep(&app.programme, &mut work, me.caller(), &r.sheet, bytes).await
    };
    let to = format!("/capacitacion/hojas/{}", r.sheet.code);
    match finish(&app, &me, &sent.posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => Ok(page(&app, &me, &r, (None, &[]), &p)),
    }
}

/// `GET /capacitacion/hojas/{sheet}/foto`: a download, never shown in the page's own origin.
pub async fn read_photo(State(app): State<App>, me: Me, Path(sheet): Path<String>) -> Answer {
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(&me).await?;
    let (sheet, _) = sheets::find(p, work.tx(), caller, &sheet).await?;
    let (media, bytes) = photo::read(p, work.tx(), caller, &sheet).await?;
    work.record("training.photo.read", "sheet", sheet.id, [0; 32]).await?;
    work.commit().await?;
    let ending = match media.as_str() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        _ => "pdf",
    };
    let disposition = format!("attachment; filename=\"{}.{ending}\"", sheet.code);
    Ok((
        [
            (CONTENT_TYPE, media),
            (CONTENT_DISPOSITION, disposition),
            (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX.to_owned()),
        ],
        bytes,
    )
        .into_response())
}
