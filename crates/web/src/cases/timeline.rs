//! The timeline: newest first, twenty at a time; what another professional keeps shows as «Sesión» and a day.

use axum::extract::{Path, Query, State};
use ceiba_access::{Act, Folder};
use ceiba_programme::cases;
use ceiba_programme::cases::notes::{self, Note};
use ceiba_programme::entries::{self, Entry, Head};
use maud::html;
use serde::Deserialize;

use super::frame::{self, Opened};
use super::{Done, finish, history};
use crate::me::Me;
use crate::parts::{
    self, Choice, Correction, DateParts, Field, Problems, actions, card, date_fields, error_summary,
    form_post, pages_nav, radios, submit, text_area, timeline, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

/// Entries on a page.
const PAGE: usize = 20;

/// Which page.
#[derive(Deserialize, Default)]
pub struct At {
    #[serde(default)]
    pagina: usize,
}

/// `GET /casos/{code}/cronologia`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>, Query(at): Query<At>) -> Answer {
    page(&app, &me, &code, at.pagina.max(1), None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, number: usize, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "cronologia").await?;
    let offset = i64::try_from((number - 1) * PAGE).unwrap_or(0);
    let heads = entries::heads(work.tx(), o.id(), i64::try_from(PAGE).unwrap_or(20) + 1, offset).await?;
    let social = o.can(app, me, Act::READ_SOCIAL);
    let written: Vec<Entry<Note>> = if social {
        let grant = app.programme.may_case(work.tx(), me.caller(), Act::READ_SOCIAL, o.id()).await?;
        notes::list(&app.programme, work.tx(), me.caller(), &grant, o.id(), Folder::Social).await?
    } else {
        vec![]
    };
    let private = notes::private(work.tx(), me.caller(), o.id()).await?;
    let o = o.settle(work).await?;
    let more = heads.len() > PAGE;
    let shown: Vec<parts::Entry> = heads
        .iter()
        .take(PAGE)
        .filter(|h| h.corrects.is_none())
        .map(|h| line(app, me, &o, h, (&written, &private)))
        .collect();
    let last = if more { number + 1 } else { number };
    let content = html! {
        @if o.can(app, me, Act::WRITE_SOCIAL) { (form(app, me, &o, f, p)) }
        (timeline(w, app.now(), &shown, &[]))
        (pages_nav(w, number, last, |n| format!("{}?pagina={n}", o.path("cronologia"))))
    };
    Ok(super::with_status(frame::page(app, me, &o, "cronologia", content), p))
}

/// One entry. Kind, author and day are everybody's on the team; the words only of the folder she may read.
fn line(
    app: &App,
    me: &Me,
    o: &Opened,
    head: &Head,
    (written, private): (&[Entry<Note>], &[uuid::Uuid]),
) -> parts::Entry {
    let w = me.words(app);
    let foreign = head.folder != Folder::Social && !o.can(app, me, head.folder.read())
        || notes::is_private(head, private);
    let kind = if foreign { w.t("entry-session") } else { w.t(&format!("entry-{}", head.kind)) };
    let note = written.iter().find(|n| n.head.id == head.id);
    let corrections = written
        .iter()
        .rev()
        .filter(|n| n.head.corrects == Some(head.id))
        .map(|n| Correction {
            at: app.local(n.head.created_at),
            author: o.names.of(w, n.head.author),
            text: n.body.text.clone(),
        })
        .collect();
    let body = match (note, foreign) {
        (_, true) => html! { p class="quiet" { (w.t("entry-kept-by")) } },
        (Some(note), _) => html! {
            (typed_block(&note.body.text))
            @if o.can(app, me, Act::WRITE_SOCIAL) {
                p class="quiet" { a href={ (o.path("cronologia")) "/corregir/" (head.id) } { (w.t("note-correct")) } }
            }
        },
        (None, _) => html! { p { (what(app, me, head)) } (history::link(w, o, head)) },
    };
    parts::Entry {
        at: app.local(head.created_at),
        kind,
        author: o.names.of(w, head.author),
        body,
        corrections,
    }
}

/// What happened, from codes alone.
fn what(app: &App, me: &Me, head: &Head) -> String {
    let w = me.words(app);
    let code = head.code.as_deref().unwrap_or_default();
    let text = match head.kind.as_str() {
        "service" | "referral" => app.code(me, "service_types", code).to_owned(),
        "consent" => app.code(me, "consent_scopes", code).to_owned(),
        "closure" => app.code(me, "closure_reasons", code).to_owned(),
        "incident" => app.code(me, "incident_kinds", code).to_owned(),
        "exit" => app.code(me, "exit_destinations", code).to_owned(),
        "transfer" => format!("{} {code}", w.t("house-title")),
        "visitor" => app.code(me, "visitor_relations", code).to_owned(),
        "appointment" => {
            app.programme.pack.clinic.appointment(code).map_or(code, |t| t.name(me.lang.code())).to_owned()
        }
        "goal" => w.t(&format!("domain-{code}")),
        "enrolment" | "attendance" => app
            .programme
            .pack
            .care
            .services
            .iter()
            .find(|s| s.code == code)
            .map_or(code, |s| s.name.of(me.lang.code()))
            .to_owned(),
        "schooling" => w.t(&format!("care-grade-{code}")),
        "support" | "support_check" => w.t(&format!("care-kind-{code}")),
        "safety" => w.t(&format!("risk-{code}")),
        "telling" => w.t(&format!("telling-{code}")),
        "screening" => w.t(&format!("outcome-{code}")),
        // A bed is the house's business.
        "admission" => String::new(),
        "task" if !code.is_empty() => w.t(&format!("task-{code}")),
        _ => String::new(),
    };
    let state = w.t(&format!("state-{}-{}", head.kind, head.state));
    if text.is_empty() { state } else { format!("{text} · {state}") }
}

fn form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> maud::Markup {
    let w = me.words(app);
    let kinds: Vec<Choice> = keyed(w, "note", &notes::KINDS);
    let kind = f.map_or("note", |f| f.text("kind"));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    card(
        &w.t("note-new"),
        html! {
            (error_summary(w, p))
            (form_post(&o.path("cronologia"), &me.session.csrf, &app.once(), html! {
                (radios(w, &Field::new("kind", w.t("note-kind")).value(kind).error(p.of("kind")), &kinds))
                (text_area(w, &Field::new("text", w.t("note-text")).hint(w.t("note-hint")).value(super::typed_in(f, "text")).error(p.of("text"))))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
                (actions(&[submit(&w.t("save"))]))
            }))
        },
    )
}

/// `POST /casos/{code}/cronologia`: a note.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "text", "on"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let day = f.day("on");
    let note = (f.text("kind"), day.as_str(), f.text("text"));
    let done = notes::add(&app.programme, &mut work, me.caller(), id, Folder::Social, note, None).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/cronologia")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, 1, Some(f), &p).await,
    }
}

/// `GET /casos/{code}/cronologia/corregir/{id}`: the note and a place for its correction.
pub async fn correct(State(app): State<App>, me: Me, Path((code, id)): Path<(String, uuid::Uuid)>) -> Answer {
    correct_page(&app, &me, &code, id, "", &Problems::new()).await
}

async fn correct_page(app: &App, me: &Me, code: &str, id: uuid::Uuid, text: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "cronologia").await?;
    let grant = app.programme.may_case(work.tx(), me.caller(), Act::WRITE_SOCIAL, o.id()).await?;
    let note: Entry<Note> = entries::get(&app.programme, work.tx(), me.caller(), &grant, o.id(), id).await?;
    let o = o.settle(work).await?;
    let content = card(
        &w.t("note-correct"),
        html! {
            (error_summary(w, p))
            (typed_block(&note.body.text))
            p class="quiet" { (w.t("note-correct-text")) }
            (form_post(&o.path(&format!("cronologia/corregir/{id}")), &me.session.csrf, &app.once(), html! {
                (text_area(w, &Field::new("text", w.t("note-correction")).value(text).error(p.of("text"))))
                (actions(&[submit(&w.t("save"))]))
            }))
        },
    );
    Ok(super::with_status(frame::page(app, me, &o, "cronologia", content), p))
}

/// `POST /casos/{code}/cronologia/corregir/{id}`.
pub async fn add_correction(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, uuid::Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["text"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let today = app.today().to_string();
    let note = ("note", today.as_str(), f.text("text"));
    let done = notes::add(&app.programme, &mut work, me.caller(), case, Folder::Social, note, Some(id)).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/cronologia")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => correct_page(&app, &me, &code, id, f.text("text"), &p).await,
    }
}
