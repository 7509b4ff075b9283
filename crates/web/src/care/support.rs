//! «Apoyo» of a case: asked for, decided by somebody else, handed over against a receipt, looked at later.

use axum::extract::{Path, State};
use ceiba_access::{Act, Situation};
use ceiba_programme::care::support::{self, Check, Decision, Support};
use ceiba_programme::cases::files::Attached;
use ceiba_programme::entries::Entry;
use ceiba_programme::{Problem, ProgrammeError, cases};
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::{amount, returns};
use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, history, on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Mood, Problems, Tone, actions, button, card, date_fields, error_summary,
    facts_list, file_field, form_files, form_post, radios, submit, tag, text_area, text_field, typed,
    typed_block,
};
use crate::posted::upload::Upload;
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App};

/// Which of the page's forms is shown again, and what was typed into it.
type Again<'a> = Option<(String, &'a Fields)>;

/// `GET /casos/{code}/apoyo`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, again: Again<'_>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "apoyo").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_on(caller, Act::READ_SOCIAL, o.id(), &o.file.situation)?;
    let (all, checks) = support::list(prog, work.tx(), caller, &grant, o.id()).await?;
    let decides = o.can(app, me, Act::SUPPORT_APPROVE);
    let left = if decides { support::left(prog, work.tx(), caller, o.id()).await? } else { vec![] };
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        @if all.is_empty() { p { (w.t("care-support-none")) } }
        @for s in &all { (one(app, me, &o, (s, &checks), &left, again.as_ref(), p)) }
        @if o.can(app, me, Act::SUPPORT_ASK) {
            @let f = again.as_ref().filter(|a| a.0 == "ask").map(|a| a.1);
            (card(&w.t("care-ask-title"), ask_form(app, me, &o, f, p)))
        }
    };
    Ok(with_status(frame::page(app, me, &o, "apoyo", content), p))
}

fn ask_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let kinds: Vec<&str> = app.programme.pack.care.support.iter().map(String::as_str).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    form_post(
        &o.path("apoyo"),
        &me.session.csrf,
        &app.once(),
        html! {
            (radios(w, &field("kind", "care-kind"), &keyed(w, "care-kind", &kinds)))
            (text_field(w, &field("amount", "care-amount").hint(w.t("care-amount-hint")), Kind::Text))
            (text_area(w, &field("purpose", "care-purpose").hint(w.t("care-purpose-hint")).rows(2)))
            (actions(&[submit(&w.t("care-ask-send"))]))
        },
    )
}

fn one(
    app: &App,
    me: &Me,
    o: &Opened,
    (s, checks): (&Entry<Support>, &[Entry<Check>]),
    left: &[(String, i64)],
    again: Option<&(String, &Fields)>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let state = s.head.state.as_str();
    let mood = match state {
        "delivered" | "approved" => Mood::Ok,
        "refused" | "returned" => Mood::No,
        _ => Mood::Plain,
    };
    let f = again.filter(|a| a.0 == s.head.id.to_string()).map(|a| a.1);
    let none = Problems::new();
    let p = if f.is_some() { p } else { &none };
    let parts = html! { @for a in &s.body.parts { div { (a.line) ": " (amount(app, w, a.cents)) } } };
    let mut facts = vec![(w.t("care-purpose"), typed_block(&s.body.purpose))];
    if !s.body.parts.is_empty() {
        facts.push((w.t("care-parts"), parts));
    }
    if !s.body.refused.is_empty() {
        facts.push((w.t("care-why"), typed_block(&s.body.refused)));
    }
    if !s.body.receipt.is_empty() {
        let photo = html! {
            (typed(&s.body.receipt))
            @if let Some(id) = s.body.photo { " · " a href=(o.path(&format!("documentos/{id}"))) { (w.t("care-photo-open")) } }
        };
        facts.push((w.t("care-receipt"), photo));
    }
    if !s.body.back.is_empty() {
        facts.push((w.t("care-came-back"), returns::came(app, me, &s.body)));
    }
    let shown: Vec<(&str, Markup)> = facts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    let title = format!(
        "{} · {}",
        w.t(&format!("care-kind-{}", s.head.code.as_deref().unwrap_or_default())),
        amount(app, w, s.body.cents)
    );
    let own = s.head.author == me.account();
    let situation = Situation { by_self: own, ..o.file.situation };
    let decides = app.programme.gate.would(me.caller(), Act::SUPPORT_APPROVE, &situation);
    card(
        &title,
        html! {
            p { (tag(mood, &w.t(&format!("state-support-{state}")))) " " (w.t("care-asked-by")) " "
                (typed(&o.names.of(w, s.head.author))) " · " (w.date(app.local(s.head.created_at).date())) }
            (facts_list(&shown))
            @for c in checks.iter().filter(|c| c.head.other == Some(s.head.id)) {
                p { (iso_day(w, c.head.on_day.as_deref())) " · " (typed(&c.body.remark)) }
            }
            (history::link(w, o, &s.head))
            @if state == "asked" && decides { (decide_form(app, me, o, s, left, f, p)) }
            @if state == "asked" && own && o.can(app, me, Act::SUPPORT_APPROVE) { p class="quiet" { (w.t("care-four-eyes")) } }
            @if o.can(app, me, Act::SUPPORT_PAY) {
                @if state == "approved" { (deliver_form(app, me, o, s, f, p)) }
                @if state == "delivered" { (check_form(app, me, o, s, f, p)) }
                @if state == "approved" { (returns::release_form(app, me, o, s)) }
                @if state == "delivered" { (returns::back_form(app, me, o, s, f, p)) }
            }
        },
    )
}

pub(super) fn version(s: &Entry<Support>) -> Markup {
    html! { input type="hidden" name="version" value=(s.head.version); }
}

/// A field of one of several alike forms on a page.
pub(super) fn of(s: &Entry<Support>, name: &str, label: String, f: Option<&Fields>, p: &Problems) -> Field {
    Field::new(name, label).value(typed_in(f, name)).error(p.of(name)).id(format!("{name}-{}", s.head.id))
}

fn decide_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Support>,
    left: &[(String, i64)],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let body = html! {
        (version(s))
        p { (w.t("care-decide-text")) }
        @for (n, (line, cents)) in left.iter().enumerate() {
            @let label = w.with("care-from-line", &[("line", line.as_str().into())]);
            @let error = if n == 0 { p.of("parts") } else { None };
            (text_field(w, &of(s, &format!("line-{line}"), label, f, p).error(error).hint(format!("{}: {}", w.t("care-left"), amount(app, w, *cents))), Kind::Text))
        }
        (actions(&[button(&w.t("care-approve"), Tone::Primary, "decision", "approve")]))
        (text_field(w, &of(s, "why", w.t("care-why"), f, p).hint(w.t("care-why-hint")), Kind::Text))
        (actions(&[button(&w.t("care-refuse"), Tone::Quiet, "decision", "refuse")]))
    };
    form_post(&o.path(&format!("apoyo/{}/decidir", s.head.id)), &me.session.csrf, &app.once(), body)
}

fn deliver_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Support>,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let body = html! {
        (version(s))
        (text_field(w, &of(s, "receipt", w.t("care-receipt"), f, p).hint(w.t("care-receipt-hint")), Kind::Text))
        (file_field(w, &of(s, "file", w.t("care-photo"), None, p).hint(w.t("care-photo-hint")), "image/jpeg,image/png,application/pdf"))
        (actions(&[submit(&w.t("care-deliver"))]))
    };
    form_files(&o.path(&format!("apoyo/{}/entregar", s.head.id)), &me.session.csrf, &app.once(), body)
}

fn check_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Entry<Support>,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    // The form of what comes back stands on the same card, and has other fields.
    let f = f.filter(|f| f.names().any(|n| n == "remark"));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let on = Field::new("on", w.t("note-day")).error(p.of("on_day")).id(format!("on-{}", s.head.id));
    let path = o.path(&format!("apoyo/{}/visto", s.head.id));
    let body = html! {
        (text_field(w, &of(s, "remark", w.t("care-check"), f, p).hint(w.t("care-check-hint")), Kind::Text))
        (date_fields(w, &on, &day, false))
        (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
    };
    html! {
        details class="why" open[f.is_some()] {
            summary { (w.t("care-check-open")) }
            (form_post(&path, &me.session.csrf, &app.once(), body))
        }
    }
}

/// `POST /casos/{code}/apoyo`.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(
        &app,
        &me,
        (&posted, &["kind", "amount", "purpose"]),
        (&code, "ask".to_owned()),
        async |work, case, f| {
            let asked = (f.text("kind"), f.text("amount"), f.text("purpose"));
            support::ask(&app.programme, work, me.caller(), case, asked).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/apoyo/{id}/decidir`: by somebody who did not ask.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let programme = &app.programme;
    let lines: Vec<(&str, String)> =
        programme.pack.care.lines.iter().map(|l| (l.code.as_str(), format!("line-{}", l.code))).collect();
    let known: Vec<&str> =
        lines.iter().map(|(_, name)| name.as_str()).chain(["version", "why", "decision"]).collect();
    run(&app, &me, (&posted, &known), (&code, id.to_string()), async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        let decision = if f.text("decision") == "approve" {
            support::parts(programme, lines.iter().map(|(line, name)| (*line, f.text(name))))
                .map(Decision::Approve)
        } else {
            Ok(Decision::Refuse(f.text("why").to_owned()))
        };
        match decision {
            Ok(decision) => support::decide(programme, work, me.caller(), which, &decision).await,
            // What is no amount is said only to whoever may decide.
            Err(e) => support::left(programme, work.tx(), me.caller(), case).await.and(Err(e)),
        }
    })
    .await
}

/// `POST /casos/{code}/apoyo/{id}/entregar`.
pub async fn deliver(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    sent: Upload,
) -> Answer {
    let f = sent.posted.only(&["version", "receipt"])?;
    let photo = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let which = (case, id, f.number("version").unwrap_or(0));
    let title = format!("{} {}", me.words(&app).t("care-receipt"), f.text("receipt"));
    let attached = photo.map(|s| Attached { name: s.name.clone(), title: title.chars().take(200).collect() });
    let file = attached.as_ref().zip(photo.map(|s| s.bytes.as_slice()));
    let done = if photo.is_some_and(|s| s.large) {
        let large = Problem { field: "file", key: "problem-file-large" };
        let may = app.programme.may_case(work.tx(), me.caller(), Act::SUPPORT_PAY, case).await;
        may.and(Err(ProgrammeError::Invalid(vec![large])))
    } else {
        support::deliver(&app.programme, &mut work, me.caller(), which, (f.text("receipt"), file)).await
    };
    match finish(&app, &me, &sent.posted, work, done, &format!("/casos/{code}/apoyo")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some((id.to_string(), f)), &p).await,
    }
}

/// `POST /casos/{code}/apoyo/{id}/visto`: what became of it.
pub async fn check(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["on", "remark", "go"]), (&code, id.to_string()), async |work, case, f| {
        let seen = (&*f.day("on"), f.text("remark"));
        support::check(&app.programme, work, me.caller(), (case, id), seen).await.map(|_| ())
    })
    .await
}

/// A step of this page: back to it, or to it with what to mend in the form of that request.
pub(super) async fn run(
    app: &App,
    me: &Me,
    sent: (&Posted, &[&str]),
    (code, which): (&str, String),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(app, me, code, Some((which, f)), p).await;
    on_case(app, me, (code, &format!("/casos/{code}/apoyo")), sent, does, mend).await
}
