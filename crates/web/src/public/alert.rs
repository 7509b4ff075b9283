//! «Dar aviso»: two minutes, no account, no names.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_access::Caller;
use ceiba_programme::ProgrammeError;
use ceiba_programme::alerts::{self, Report};
use ceiba_programme::office::people;
use maud::{Markup, html};
use serde::Deserialize;

use crate::me::{Me, Visitor};
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, Tone, actions, button_link, card, checks, error_summary, heading,
    notice, radios, select, submit, text_area, text_field,
};
use crate::posted::{Fields, Open, Posted, once};
use crate::view::{keyed, problems};
use crate::{Answer, App, Lang, Page, Words, desk, see_other};

/// Which kind of reporter the page asks.
#[derive(Deserialize, Default)]
pub struct Kinds {
    /// Code of the kind.
    #[serde(default)]
    quien: String,
    /// What stands on the card of a partner of the network.
    #[serde(default)]
    red: String,
}

/// A card's address holds no more: what is longer is none, and no page carries it on.
const CARD: usize = 64;

const FIELDS: [&str; 10] = [
    "reporter",
    "municipality",
    "signs",
    "since",
    "certainty",
    "age_group",
    "danger",
    "words",
    "contact",
    "red",
];

/// `GET /aviso`: first who she is, then the signs for such as her.
pub async fn show(State(app): State<App>, visitor: Visitor, Query(kinds): Query<Kinds>) -> Response {
    let w = visitor.words(&app);
    let card = if kinds.red.len() <= CARD { kinds.red } else { String::new() };
    if !app.programme.pack.signs.contains_key(&kinds.quien) {
        return who(&app, w, &card);
    }
    let report = Report { reporter: kinds.quien, card, ..Report::default() };
    let content = html! {
        (heading(html! { (w.t("alert-title")) }, html! { (w.t("alert-two-minutes")) }))
        (advice(w))
        form class="stack" method="post" action="/aviso" novalidate { (questions(&app, visitor.lang, &report, &Problems::new(), false)) }
    };
    Page::new(w, "alert-window")
        .quick_exit(&app.programme.pack.quick_exit)
        .here("/aviso")
        .body(content)
        .into_response()
}

fn who(app: &App, w: &Words, token: &str) -> Response {
    let with: String = if token.is_empty() {
        String::new()
    } else {
        format!("&red={}", form_urlencoded::byte_serialize(token.as_bytes()).collect::<String>())
    };
    let content = html! {
        (heading(html! { (w.t("alert-title")) }, html! { (w.t("alert-two-minutes")) }))
        p { (w.t("alert-who")) }
        ul class="doors" {
            @for kind in ["teacher", "health", "community", "official", "other"] {
                @if app.programme.pack.signs.contains_key(kind) {
                    li { (button_link(&w.t(&format!("reporter-{kind}")), &format!("/aviso?quien={kind}{with}"), Tone::Quiet)) }
                }
            }
        }
        (card(&w.t("alert-back-title"), html! {
            p { (w.t("alert-back-text")) }
            (button_link(&w.t("alert-back"), "/aviso/recibo", Tone::Quiet))
        }))
    };
    Page::new(w, "alert-window")
        .quick_exit(&app.programme.pack.quick_exit)
        .here("/aviso")
        .body(content)
        .into_response()
}

/// What to do and what not to do, before the first question.
fn advice(w: &Words) -> Markup {
    html! {
        (notice(w, Notice::Warning, html! { (w.t("alert-danger-call")) }))
        details class="why" {
            summary { (w.t("alert-advice-title")) }
            ul { @for n in 1..=6 { li { (w.t(&format!("alert-advice-{n}"))) } } }
            p { (w.t("alert-limits")) }
        }
    }
}

/// The questions; staff who enter a call answer two more.
pub fn questions(app: &App, lang: Lang, r: &Report, p: &Problems, staff: bool) -> Markup {
    let w = app.words(lang);
    let signs: Vec<Choice> = if staff && r.reporter.is_empty() {
        let mut all: Vec<&String> = app.programme.pack.signs.values().flatten().collect();
        all.sort();
        all.dedup();
        all.into_iter().map(|s| Choice::new(s, w.t(&format!("sign-{s}")))).collect()
    } else {
        let own = app.programme.pack.signs.get(&r.reporter).map(Vec::as_slice).unwrap_or_default();
        own.iter().map(|s| Choice::new(s, w.t(&format!("sign-{s}")))).collect()
    };
    let ticked: Vec<&str> = r.signs.iter().map(String::as_str).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).error(p.of(name));
    let municipality = field("municipality", "alert-municipality")
        .hint(w.t("alert-municipality-hint"))
        .value(&r.municipality);
    html! {
        (error_summary(w, p))
        @if !staff { input type="hidden" name="reporter" value=(r.reporter); (once(app)) }
        @if !r.card.is_empty() { input type="hidden" name="red" value=(r.card); }
        (checks(w, &field("signs", "alert-signs").hint(w.t("alert-signs-hint")), &signs, &ticked))
        (radios(w, &field("age_group", "alert-age").value(&r.age_group), &keyed(w, "age-group", &["child", "adolescent", "adult", "unknown"])))
        (radios(w, &field("since", "alert-since").value(&r.since), &keyed(w, "since", &["today", "days", "weeks", "unknown"])))
        (radios(w, &field("certainty", "alert-certainty").value(&r.certainty), &keyed(w, "certainty", &["saw", "told", "suspect"])))
        (select(w, &municipality, &app.municipalities(lang)))
        (checks(w, &field("danger", "alert-danger"), &[Choice::new("yes", w.t("alert-danger-yes"))], if r.danger { &["yes"] } else { &[] }))
        (text_area(w, &field("words", "alert-words").hint(w.t("alert-words-hint")).value(&r.words).rows(4)))
        (text_field(w, &field("contact", "alert-contact").hint(w.t("alert-contact-hint")).value(&r.contact), Kind::Text))
        (actions(&[submit(&w.t("alert-send"))]))
    }
}

/// A report from the fields of the form.
pub fn read(f: &Fields, channel: &str) -> Report {
    let text = |name| f.text(name).to_owned();
    let call = f.text("call_kind");
    Report {
        reporter: text("reporter"),
        channel: channel.to_owned(),
        call_kind: (!call.is_empty()).then(|| call.to_owned()),
        municipality: text("municipality"),
        signs: f.list("signs"),
        since: text("since"),
        certainty: text("certainty"),
        age_group: text("age_group"),
        danger: f.ticked("danger"),
        words: text("words"),
        contact: text("contact"),
        card: text("red"),
        once: None,
    }
}

/// `POST /aviso`: keeps the alert and shows its receipt; the same form sent twice gets the same one.
pub async fn send(State(app): State<App>, visitor: Visitor, open: Open) -> Answer {
    let f = open.only(&FIELDS)?;
    // A page that stood open since before there were such numbers is not worth losing a report for.
    let (report, who) = (Report { once: f.id("once"), ..read(f, "web") }, alerts::public());
    let w = visitor.words(&app);
    match keep(&app, &who, &report).await {
        Ok(code) => Ok(receipt(&app, w, &code)),
        Err(ProgrammeError::Invalid(list)) => {
            let content = html! {
                (heading(html! { (w.t("alert-title")) }, html! {}))
                form class="stack" method="post" action="/aviso" novalidate {
                    (questions(&app, visitor.lang, &report, &problems(w, &list), false))
                }
            };
            let page = Page::new(w, "alert-window")
                .quick_exit(&app.programme.pack.quick_exit)
                .here("/aviso")
                .body(content);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

async fn keep(app: &App, who: &Caller, report: &Report) -> Result<String, ProgrammeError> {
    let mut work = app.programme.store.work(who.account).await?;
    if let Some(code) = alerts::repeated(&app.programme, work.tx(), report).await? {
        return Ok(code);
    }
    let (_, code) = alerts::report(&app.programme, &mut work, who, report).await?;
    work.commit().await?;
    Ok(code)
}

fn receipt(app: &App, w: &Words, code: &str) -> Response {
    let content = html! {
        (heading(html! { (w.t("receipt-title")) }, html! {}))
        (notice(w, Notice::Done, html! { (w.t("receipt-saved")) }))
        p { (w.t("receipt-code")) }
        p class="code" { strong { (code) } }
        p { (w.t("receipt-keep")) }
        (button_link(&w.t("alert-back"), "/aviso/recibo", Tone::Quiet))
    };
    Page::new(w, "receipt-window")
        .quick_exit(&app.programme.pack.quick_exit)
        .here("/aviso")
        .body(content)
        .into_response()
}

/// `GET /avisos/nuevo`: an alert that came by phone or in person.
pub async fn new(State(app): State<App>, me: Me, Query(came): Query<CameFor>) -> Answer {
    app.programme.may(me.caller(), ceiba_access::Act::ALERT_ENTER)?;
    let report = Report { channel: "phone".into(), ..Report::default() };
    Ok(staff_page(&app, &me, &report, &Problems::new(), &came.atencion))
}

/// For whom it is given: somebody who came to a municipal office, whose reception is linked with it.
#[derive(Deserialize, Default)]
pub struct CameFor {
    #[serde(default)]
    atencion: String,
}

fn staff_page(app: &App, me: &Me, r: &Report, p: &Problems, came: &str) -> Response {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).error(p.of(name));
    let kinds = keyed(w, "reporter", &["teacher", "health", "community", "official", "other"]);
    let content = html! {
        (heading(html! { (w.t("alert-enter-title")) }, html! {}))
        (crate::parts::form_post("/avisos/nuevo", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("channel", "alert-channel").value(&r.channel), &keyed(w, "channel", &["phone", "person"])))
            (select(w, &field("call_kind", "alert-call-kind").value(r.call_kind.as_deref().unwrap_or_default()),
                &keyed(w, "call", &["worry", "asks_for_self", "asks_for_other", "information", "follow"])))
            (radios(w, &field("reporter", "alert-reporter").value(&r.reporter), &kinds))
            @if !came.is_empty() { input type="hidden" name="atencion" value=(came); }
            (questions(app, me.lang, &Report { reporter: String::new(), ..r.clone() }, p, true))
        }))
    };
    let desk = desk::Desk::new(app, me, "alert-enter-window", "/avisos/nuevo").area(crate::Place::Record);
    if p.is_empty() { desk.body(content) } else { desk.mend().body(content) }
}

/// `POST /avisos/nuevo`.
pub async fn enter(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&[FIELDS.as_slice(), &["channel", "call_kind", "atencion"]].concat())?;
    let channel = if f.text("channel") == "person" { "person" } else { "phone" };
    let report = read(f, channel);
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match alerts::report(&app.programme, &mut work, me.caller(), &report).await {
        Ok((id, _)) => {
            // One of another municipality is the programme's from here on.
            let hers = alerts::shown(&app.programme, work.tx(), me.caller(), id).await.is_ok();
            let mut to = if hers { format!("/avisos/{id}") } else { "/inicio".to_owned() };
            if let Some(person) = f.id("atencion").filter(|_| hers) {
                people::link(&app.programme, &mut work, me.caller(), person, (Some(id), None)).await?;
                to = format!("/oficina/personas/{person}");
            }
            posted.commit(work, &to).await
        }
        Err(ProgrammeError::Invalid(list)) => {
            Ok(staff_page(&app, &me, &report, &problems(me.words(&app), &list), f.text("atencion")))
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /registrar`: what can be written down.
pub async fn record(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    if !me.can(&app, ceiba_access::Act::ALERT_ENTER) {
        return Ok(see_other("/inicio"));
    }
    let content = html! {
        (heading(html! { (w.t("record-title")) }, html! {}))
        ul class="doors" {
            li { (button_link(&w.t("record-alert"), "/avisos/nuevo", Tone::Quiet)) }
            @if me.can(&app, ceiba_access::Act::CASE_OPEN) { li { (button_link(&w.t("record-case"), "/casos/nuevo", Tone::Quiet)) } }
            @if me.can(&app, ceiba_access::Act::CASE_LIST) { li { (button_link(&w.t("record-note"), "/casos", Tone::Quiet)) } }
        }
    };
    Ok(desk::Desk::new(&app, &me, "record-window", "/registrar").area(crate::Place::Record).body(content))
}
