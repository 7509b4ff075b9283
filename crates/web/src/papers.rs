//! «Plantillas»: Word templates of the organisation for the papers that leave: those there are, what may be written, a new one.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ceiba_access::Act;
use ceiba_exchange::word;
use ceiba_programme::papers::{self, Brought, LANGUAGES, Mark, Paper, Version};
use ceiba_programme::{Problem, ProgrammeError};
use maud::{Markup, html};

use crate::care::said;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Mood, Problems, Table, actions, card, error_summary, file_field, form_files,
    heading, select, submit, tag, typed,
};
use crate::posted::{Fields, upload::Upload};
use crate::view::problems;
use crate::{Answer, App, Failure, Place, Words};

pub mod filled;
pub mod one;
mod pdf;

pub(crate) use pdf::write as plain_pdf;

const HERE: &str = "/plantillas";
/// What a browser is told a file is.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET /plantillas`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &[], &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, wrong: &[word::Problem], p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = papers::list(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let kinds = &app.programme.pack.papers;
    let columns =
        ["template-kind", "template-language", "form-col-version", "form-col-state", "form-col-since"];
    let table = Table::new(w.t("templates-list"), columns.map(|c| Column::new(w.t(c))).into()).cards().rows(
        all.iter().map(|v| {
            vec![
                html! { a href=(at(v)) { (name(app, me, v)) } },
                html! { (w.t(&format!("template-language-{}", v.language))) },
                html! { (v.version) },
                state(w, v),
                html! { (w.date(app.local(v.at).date())) },
            ]
        }),
    );
    let kind = f.map_or("", |f| f.text("kind"));
    let language = f.map_or(me.lang.code(), |f| f.text("language"));
    let choices: Vec<Choice> = kinds.iter().map(|k| Choice::new(&*k.id, said(me, &k.name))).collect();
    let languages: Vec<Choice> =
        LANGUAGES.map(|l| Choice::new(l, w.t(&format!("template-language-{l}")))).into();
    let content = html! {
        (heading(html! { (w.t("templates-title")) }, html! { (w.t("templates-text")) }))
        (error_summary(w, p))
        @if !wrong.is_empty() { (card(&w.t("template-wrong"), told(w, wrong))) }
        @if all.is_empty() { p { (w.t("templates-none")) } } @else { (table.show(w)) }
        (card(&w.t("template-new"), form_files(HERE, &me.session.csrf, &app.once(), html! {
            (select(w, &Field::new("kind", w.t("template-kind")).value(kind).error(p.of("kind")), &choices))
            (select(w, &Field::new("language", w.t("template-language")).value(language).error(p.of("language")), &languages))
            (file_field(w, &Field::new("file", w.t("template-file")).hint(w.t("template-file-hint")).error(p.of("file")), ".docx"))
            (actions(&[submit(&w.t("template-bring"))]))
        })))
        h2 { (w.t("template-marks")) }
        p { (w.t("template-marks-text")) }
        @for kind in kinds { (may_write(me, w, kind)) }
    };
    let desk = Desk::new(app, me, "templates-title", HERE).area(Place::Data);
    let mend = !wrong.is_empty() || !p.is_empty();
    Ok(if mend { desk.mend().body(content) } else { desk.body(content) })
}

fn at(v: &Version) -> String {
    format!("{HERE}/{}", v.id)
}

/// What a kind of paper is called.
fn name<'a>(app: &'a App, me: &Me, v: &'a Version) -> &'a str {
    papers::paper(&app.programme, &v.kind).map_or(v.kind.as_str(), |k| said(me, &k.name))
}

fn state(w: &Words, v: &Version) -> Markup {
    let mood = match v.state.as_str() {
        "published" => Mood::Ok,
        "draft" => Mood::Care,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("form-state-{}", v.state)))
}

/// Everything that may stand between braces, folded: whoever writes a template opens the one she needs.
fn may_write(me: &Me, w: &Words, kind: &Paper) -> Markup {
    html! {
        details {
            summary { (said(me, &kind.name)) }
            div class="stack" {
                p { @for (n, language) in LANGUAGES.iter().enumerate() {
                    @if n > 0 { " · " }
                    a href=(format!("{HERE}/base/{}/{language}", kind.id)) { (w.t("template-starter")) " (" (w.t(&format!("template-language-{language}"))) ")" }
                } }
                (marks(me, w, kind, &kind.marks))
            }
        }
    }
}

fn marks(me: &Me, w: &Words, kind: &Paper, list: &[Mark]) -> Markup {
    html! { ul { @for m in list { li {
        @if m.inside.is_empty() { code { "{{" (m.name) "}}" } } @else { code { "{{#" (m.name) "}} … {{/" (m.name) "}}" } }
        " " (said(me, &m.what))
        @if kind.foot.contains(&m.name) { " " (tag(Mood::Plain, &w.t("template-in-foot"))) }
        @if !m.inside.is_empty() { (marks(me, w, kind, &m.inside)) }
    } } } }
}

/// The reader's problems, each with its place and the words around it.
fn told(w: &Words, list: &[word::Problem]) -> Markup {
    html! { ul { @for p in list { li {
        strong { (w.t(&format!("template-place-{}", p.place.key()))) } ": "
        (w.with(&format!("template-problem-{}", p.why.key()), &[("what", p.what.as_str().into())]))
        @if p.why == word::Why::Foot { " " (pages(w, &p.like)) }
        @else if !p.like.is_empty() {
            " " (w.t(match (p.why, p.like.len()) { (word::Why::Missing, 1) => "template-put", (word::Why::Missing, _) => "template-one-of", _ => "template-like" })) " "
            @for (n, like) in p.like.iter().enumerate() { @if n > 0 { ", " } code { (like) } }
        }
        @if !p.near.is_empty() { br; span class="quiet" { (w.t("template-near")) " «" (typed(&p.near)) "»" } }
    } } } }
}

/// On which pages the foot lacks it.
fn pages(w: &Words, kinds: &[String]) -> String {
    let all: Vec<String> = kinds.iter().map(|kind| w.t(&format!("template-foot-{kind}"))).collect();
    all.join(" ")
}

/// `POST /plantillas`: a template. Its size is bounded while it streams in.
pub async fn bring(State(app): State<App>, me: Me, sent: Upload) -> Answer {
    app.programme.may(me.caller(), Act::TEMPLATE_BRING)?;
    let f = sent.posted.only(&["kind", "language"])?;
    let file = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = if file.is_some_and(|s| s.large) {
        Err(ProgrammeError::Invalid(vec![Problem { field: "file", key: "problem-template-large" }]))
    } else {
        let bytes = file.map_or(&[][..], |s| &s.bytes);
        let which = (f.text("kind"), f.text("language"));
        papers::bring(&app.programme, &mut work, me.caller(), which, bytes).await
    };
    match done {
        Ok(Brought::Draft(id)) => sent.posted.commit(work, &format!("{HERE}/{id}")).await,
        Ok(Brought::Refused(list)) => {
            drop(work);
            page(&app, &me, Some(f), &list, &Problems::new()).await
        }
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, Some(f), &[], &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /plantillas/base/{kind}/{language}`: a template to begin with.
pub async fn starter(
    State(app): State<App>,
    me: Me,
    Path((kind, language)): Path<(String, String)>,
) -> Answer {
    app.programme.may(me.caller(), Act::TEMPLATE_BRING)?;
    let paper = papers::paper(&app.programme, &kind).ok_or(Failure::Absent)?;
    if !LANGUAGES.contains(&language.as_str()) {
        return Err(Failure::Absent);
    }
    let bytes = paper.starter(&language).map_err(|_| Failure::Absent)?;
    let word = me.words(&app).t(&format!("template-file-{kind}"));
    Ok(file(&format!("{word}-base-{language}"), "word", bytes))
}

/// A file of a paper: always a download, never shown in the page's own origin.
pub fn file(name: &str, format: &str, bytes: Vec<u8>) -> Response {
    let (kind, ending) = if format == "pdf" { ("application/pdf", "pdf") } else { (WORD, "docx") };
    (
        [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
            (CONTENT_SECURITY_POLICY, crate::headers::SANDBOX.to_owned()),
        ],
        bytes,
    )
        .into_response()
}
