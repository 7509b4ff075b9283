//! «Tell it once»: what is known without asking her, another institution that asks, and an interview held or planned.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::tellings::{self, AVOIDABLE, PURPOSES, Telling};
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::requests::{self, Known};
use ceiba_programme::partners::directory::{self, Institution};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::{self, Opened};
use super::{history, on_case, typed_in, with_status};
use crate::justice::requests as asked;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, actions, card, checks, date_fields, error_summary,
    form_post, notice, radios, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App, Words};

/// Which form of the page is shown again: its name, of which entry, and what was typed.
pub(crate) type Again<'a> = Option<(&'static str, Option<Uuid>, &'a Fields)>;

/// `GET /casos/{code}/relatos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

pub(crate) async fn page(app: &App, me: &Me, code: &str, again: Again<'_>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "relatos").await?;
    let (prog, caller, id) = (&app.programme, me.caller(), o.id());
    let told = tellings::list(prog, work.tx(), caller, &o.file.grant, id).await?;
    let known = requests::known(prog, work.tx(), caller, &o.file.grant, id).await?;
    let all = requests::list(prog, work.tx(), caller, &o.file.grant, id).await?;
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::SERVICE_WRITE);
    let none = Problems::new();
    let mine = |form: &str| match again {
        Some((name, None, f)) if name == form => (Some(f), p),
        _ => (None, &none),
    };
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("tellings-known"), html! {
            p { strong { (w.with("told-times", &[("n", o.told.into())])) } }
            (evidence(w, &known))
            @for t in &told { (one(app, me, &o, t, &directory)) }
            p class="quiet" { (w.t("tellings-text")) }
        }))
        (card(&w.t("requests-title"), html! {
            (asked::list(app, me, &o, (&all, &directory), (again, p)))
            @if write { @let (f, p) = mine("request"); (asked::form(app, me, &o, (&known, &directory), (f, p))) }
        }))
        @if write { @let (f, p) = mine("telling"); (card(&w.t("telling-new"), form(app, me, &o, &directory, (f, p)))) }
    };
    Ok(with_status(frame::page(app, me, &o, "relatos", content), p))
}

/// Whether there is something that can be used instead of asking her.
pub(crate) fn evidence(w: &Words, known: &Known) -> Markup {
    html! { p { (evidence_said(w, known)) } }
}

/// The same in words.
pub(crate) fn evidence_said(w: &Words, known: &Known) -> String {
    match (&known.evidence, &known.gesell) {
        (Some(day), _) => w.with("tellings-evidence", &[("day", iso_day(w, Some(day)).into())]),
        (None, Some(day)) => w.with("tellings-gesell", &[("day", iso_day(w, Some(day)).into())]),
        (None, None) => w.t("tellings-no-evidence"),
    }
}

fn one(app: &App, me: &Me, o: &Opened, t: &Entry<Telling>, directory: &[Institution]) -> Markup {
    let (w, b) = (me.words(app), &t.body);
    let institution = t.head.other.and_then(|id| directory.iter().find(|i| i.id == id));
    html! {
        div class="stack" {
            p {
                (iso_day(w, t.head.on_day.as_deref())) " · " strong { (w.t(&format!("telling-{}", t.head.code.as_deref().unwrap_or("needs")))) }
                " · " (w.t(&format!("state-telling-{}", t.head.state)))
            }
            p class="quiet" {
                @if let Some(i) = institution { (typed(&i.name)) " · " }
                @if !b.who.is_empty() { (typed(&b.who)) " · " }
                @if b.place.is_empty() { (w.t("telling-place-unknown")) } @else { (app.code(me, "telling_places", &b.place)) }
                @if !b.asked_by.is_empty() { " · " (w.t("telling-asked-by")) ": " (app.code(me, "telling_askers", &b.asked_by)) }
                @if !b.company.is_empty() { " · " (w.t("telling-company")) ": " (typed(&b.company)) }
            }
            @if !b.avoidable.is_empty() { p class="quiet" { (w.t(&format!("telling-avoidable-{}-said", b.avoidable))) @if !b.why_not.is_empty() { ": " (typed(&b.why_not)) } } }
            @if !b.record.is_empty() { p class="quiet" { (w.t("telling-record")) ": " (typed(&b.record)) } }
            (history::link(w, o, &t.head))
        }
    }
}

fn form(
    app: &App,
    me: &Me,
    o: &Opened,
    directory: &[Institution],
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("telling-{name}"))
    };
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let warned = p.of("aware").is_some() || o.told > 0;
    let institutions: Vec<Choice> =
        directory.iter().map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    form_post(
        &o.path("relatos"),
        &me.session.csrf,
        &app.once(),
        html! {
            @if warned { (notice(w, Notice::Warning, html! { (w.with("telling-warning", &[("n", o.told.into())])) })) }
            (select(w, &field("purpose", "telling-purpose"), &keyed(w, "telling", &PURPOSES)))
            (date_fields(w, &Field::new("on", w.t("note-day")).hint(w.t("telling-day-hint")).error(p.of("on_day")).id("telling-on"), &day, false))
            (select(w, &field("institution", "telling-institution"), &institutions))
            (text_field(w, &field("who", "telling-who").hint(w.t("telling-who-hint")), Kind::Text))
            (select(w, &field("asked_by", "telling-asked-by"), &app.choices(me.lang, "telling_askers")))
            (select(w, &field("place", "telling-place"), &app.choices(me.lang, "telling_places")))
            (text_field(w, &field("company", "telling-company"), Kind::Text))
            (radios(w, &field("avoidable", "telling-avoidable"), &keyed(w, "telling-avoidable", &AVOIDABLE)))
            (text_field(w, &field("why_not", "telling-why-not"), Kind::Text))
            (text_field(w, &field("record", "telling-record").hint(w.t("telling-record-hint")), Kind::Text))
            @if warned { (checks(w, &Field::new("aware", w.t("telling-aware")).error(p.of("aware")), &[Choice::new("yes", w.t("telling-aware-yes"))], &[])) }
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

const NAMES: [&str; 10] =
    ["purpose", "on", "institution", "who", "asked_by", "place", "company", "avoidable", "why_not", "record"];

fn read(f: &Fields) -> Telling {
    let text = |name: &str| f.text(name).to_owned();
    Telling {
        who: text("who"),
        record: text("record"),
        place: text("place"),
        asked_by: text("asked_by"),
        company: text("company"),
        avoidable: text("avoidable"),
        why_not: text("why_not"),
    }
}

/// `POST /casos/{code}/relatos`: an interview, held or planned.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(("telling", None, f)), p).await;
    let names = [&["aware"][..], &NAMES].concat();
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/relatos")),
        (&posted, &names),
        async |work, case, f| {
            let day = f.day("on");
            let what = (f.text("purpose"), day.as_str(), f.id("institution"), f.ticked("aware"));
            tellings::add(&app.programme, work, me.caller(), case, what, &read(f)).await.map(|_| ())
        },
        mend,
    )
    .await
}
