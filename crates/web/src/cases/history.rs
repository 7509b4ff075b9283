//! The history of one record: what each change made of it, by whom and when; and the way back.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::notes;
use ceiba_programme::entries::{self, Columns, Head, rights};
use ceiba_programme::{cases, people};
use ceiba_store::{Micros, Work};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use super::frame::{self, Opened};
use super::{person, words};
use crate::me::Me;
use crate::parts::{Notice, Tone, actions, button, card, facts_list, form_post, notice, typed, typed_block};
use crate::posted::Posted;
use crate::{Answer, App, Failure};

/// A version in lines of label and value.
type Lines = Vec<(String, String)>;

/// One change.
struct Step {
    at: Micros,
    by: Uuid,
    why: String,
    /// Label, before, after: only what differs.
    changes: Vec<(String, String, String)>,
}

/// What the page shows.
struct Told {
    title: String,
    now: Lines,
    steps: Vec<Step>,
    version: i64,
    /// Whether she may take the last change back.
    undo: bool,
}

/// `GET /casos/{code}/historia/{entry}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "historia").await?;
    let told = if id == o.file.person.id {
        of_person(&app, &me, &mut work, &o).await?
    } else {
        of_entry(&app, &me, &mut work, &o, id).await?
    };
    work.commit().await?;
    let content = html! {
        h2 { (told.title) }
        (card(&w.t("history-now"), lines(&told.now)))
        @if told.steps.is_empty() { (notice(w, Notice::Info, html! { (w.t("history-none")) })) }
        @for (n, step) in told.steps.iter().enumerate() {
            (card(&format!("{} · {}", w.moment(app.local(step.at)), o.names.of(w, step.by)), html! {
                p class="quiet" { (words::why(w, &step.why)) }
                (changes(w, step))
                @if n == 0 && told.undo {
                    (form_post(&o.path(&format!("historia/{id}/deshacer")), &me.session.csrf, &app.once(), html! {
                        input type="hidden" name="version" value=(told.version);
                        p class="quiet" { (w.t("undo-text")) }
                        (actions(&[button(&w.t("undo"), Tone::Quiet, "go", "1")]))
                    }))
                }
            }))
        }
    };
    Ok(frame::page(&app, &me, &o, "historia", content))
}

fn lines(lines: &Lines) -> Markup {
    let shown: Vec<(&str, Markup)> = lines
        .iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(label, v)| (label.as_str(), typed_block(v)))
        .collect();
    facts_list(&shown)
}

fn changes(w: &crate::Words, step: &Step) -> Markup {
    let or_empty = |text: &str| html! { @if text.is_empty() { (w.t("nothing")) } @else { (typed(text)) } };
    html! {
        @if step.changes.is_empty() { p { (w.t("history-same")) } }
        @for (label, before, after) in &step.changes {
            p { strong { (label) } }
            p { (w.t("history-before")) " " (or_empty(before)) }
            p { (w.t("history-after")) " " (or_empty(after)) }
        }
    }
}

/// What differs between two versions, in the order of the newer one.
fn differ(before: &Lines, after: &Lines) -> Vec<(String, String, String)> {
    let was = |label: &String| before.iter().find(|(l, _)| l == label).map_or("", |(_, v)| v.as_str());
    let gone = before.iter().filter(|(l, _)| !after.iter().any(|(a, _)| a == l));
    after
        .iter()
        .filter(|(label, value)| was(label) != value)
        .map(|(label, value)| (label.clone(), was(label).to_owned(), value.clone()))
        .chain(gone.map(|(label, value)| (label.clone(), value.clone(), String::new())))
        .collect()
}

/// Turns versions, newest first, into changes.
fn steps(now: &Lines, before: Vec<(Micros, Uuid, String, Lines)>) -> Vec<Step> {
    let mut newer = now.clone();
    let mut steps = Vec::with_capacity(before.len());
    for (at, by, why, older) in before {
        steps.push(Step { at, by, why, changes: differ(&older, &newer) });
        newer = older;
    }
    steps
}

async fn of_entry(app: &App, me: &Me, work: &mut Work, o: &Opened, id: Uuid) -> Result<Told, Failure> {
    let (prog, caller, w) = (&app.programme, me.caller(), me.words(app));
    let head = entries::head(work.tx(), o.id(), id).await?;
    let grant = prog.may_case(work.tx(), caller, rights::reads(&head), o.id()).await?;
    // Process notes are their author's own.
    if notes::is_private(&head, &notes::private(work.tx(), caller, o.id()).await?) {
        return Err(Failure::Absent);
    }
    let body = entries::body(prog, work.tx(), caller, &grant, &head).await?;
    let former = entries::history::<Value>(prog, work.tx(), caller, &grant, &head).await?;
    let told = |plain: &Columns, body: &Value| words::lines(app, me, o, &head.kind, plain, body);
    let now = told(&Columns::from(&head), &body);
    let recent = former
        .first()
        .is_some_and(|f| work.at() - f.at <= entries::UNDO && rights::undoable(&head, &f.plain));
    let before =
        former.iter().map(|f| (f.at, f.changed_by, f.why.clone(), told(&f.plain, &f.body))).collect();
    Ok(Told {
        title: w.t(&format!("entry-{}", head.kind)),
        steps: steps(&now, before),
        now,
        version: head.version,
        undo: recent && o.can(app, me, rights::changes(&head)),
    })
}

async fn of_person(app: &App, me: &Me, work: &mut Work, o: &Opened) -> Result<Told, Failure> {
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_case(work.tx(), caller, Act::READ_SOCIAL, o.id()).await?;
    let former = people::history(prog, work.tx(), caller, &grant, o.file.person.id).await?;
    let now = person::lines(app, me, &o.file.person.core);
    let recent = former.first().is_some_and(|f| work.at() - f.at <= entries::UNDO);
    let before = former
        .iter()
        .map(|f| (f.at, f.changed_by, "core".to_owned(), person::lines(app, me, &f.core)))
        .collect();
    Ok(Told {
        title: me.words(app).t("entry-person"),
        steps: steps(&now, before),
        now,
        version: o.file.person.version,
        undo: recent && o.can(app, me, Act::WRITE_SOCIAL),
    })
}

/// `POST /casos/{code}/historia/{entry}/deshacer`: puts what was before back, as a new version.
pub async fn undo(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (prog, caller) = (&app.programme, me.caller());
    let case = cases::by_code(work.tx(), &code).await?;
    prog.may_case(work.tx(), caller, Act::CASE_READ, case).await?;
    let seen = f.number("version").unwrap_or(0);
    let person = cases::lookup(work.tx(), case).await?.person;
    let to = format!("/casos/{code}/historia/{id}");
    if id != person {
        entries::undo(prog, &mut work, caller, (case, id), seen).await?;
        return posted.commit(work, &to).await;
    }
    people::undo(prog, &mut work, caller, (case, seen)).await?;
    let response = posted.commit(work, &to).await?;
    people::known::refresh(prog, person).await?;
    Ok(response)
}

/// A link to the history of a record that was changed.
pub fn link(w: &crate::Words, o: &Opened, head: &Head) -> Markup {
    html! { @if head.version > 1 { p class="quiet alone" { a href=(o.path(&format!("historia/{}", head.id))) { (w.t("history-title")) } } } }
}
