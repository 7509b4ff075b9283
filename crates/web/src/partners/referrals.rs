//! The referrals of a case: where each stands, what the institution said, and what can be done next.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::cases::referrals::{self, Referral};
use ceiba_programme::cases::{by_code, consent};
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::answers::{self, Word};
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::partners::packets::{self, Packet};
use ceiba_programme::partners::{recall, steps};
use maud::{Markup, html};
use uuid::Uuid;

use super::exchange;
use crate::cases::changed::{self, Said};
use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, history, on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, Problems, Tone, actions, button, button_link, button_off, card, clock_due_at,
    empty_state, error_summary, form_post, select, submit, tag, text_area, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, see_other};

/// A referral with everything that belongs to it.
struct Sent<'a> {
    referral: &'a Entry<Referral>,
    institution: &'a str,
    packets: Vec<(&'a Packet, Vec<Word>)>,
    /// Her word covers it, and the reader may send it: it can go as a file too.
    file: bool,
}

/// `GET /casos/{code}/referencias`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

/// `of`: the referral whose form is shown again with what was typed.
async fn page(app: &App, me: &Me, code: &str, of: Option<(Uuid, &Fields)>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "referencias").await?;
    let (prog, caller, grant, now) = (&app.programme, me.caller(), &o.file.grant, work.at());
    let all = referrals::list(prog, work.tx(), caller, grant, o.id()).await?;
    let packets = packets::of_case(work.tx(), o.id()).await?;
    let letters = recall::list(prog, work.tx(), caller, grant, o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let mut sent = Vec::with_capacity(all.len());
    for referral in &all {
        let mut hers = Vec::new();
        for packet in packets.iter().filter(|k| k.referral == referral.head.id) {
            hers.push((packet, answers::words_of(prog, work.tx(), caller, grant, packet).await?));
        }
        sent.push(Sent {
            referral,
            institution: name(&directory, referral.head.other),
            packets: hers,
            file: false,
        });
    }
    let mut covered = Vec::new();
    for institution in directory.iter().filter(|i| i.active) {
        if consent::covers(work.tx(), o.id(), institution.id, now).await? {
            covered.push(institution);
        }
    }
    let granted = ceiba_access::Situation { granted: true, ..o.file.situation };
    let shares = prog.gate.would(caller, Act::SHARE, &granted);
    for s in &mut sent {
        s.file = shares && covered.iter().any(|i| Some(i.id) == s.referral.head.other);
    }
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        (new(app, me, &o, &directory, &covered))
        @for letter in &letters {
            (card(&w.t("recall-title"), html! {
                p { (name(&directory, letter.head.other)) " · " (w.t(&format!("state-recall-{}", letter.head.state))) }
                (button_link(&w.t("recall-open"), &o.path(&format!("retiro/{}", letter.head.id)), Tone::Quiet))
            }))
        }
        @if sent.is_empty() { (empty_state(&w.t("referrals-none"), html! {})) }
        @for s in &sent { (one(app, me, &o, s, of, p)) }
    };
    Ok(with_status(frame::page(app, me, &o, "referencias", content), p))
}

pub(super) fn name(directory: &[Institution], id: Option<Uuid>) -> &str {
    directory.iter().find(|i| Some(i.id) == id).map_or("", |i| i.name.as_str())
}

/// To whom: those for which there is a grant of hers; the others stand below, with what is missing.
fn new(app: &App, me: &Me, o: &Opened, directory: &[Institution], covered: &[&Institution]) -> Markup {
    let w = me.words(app);
    let granted = ceiba_access::Situation { granted: true, ..o.file.situation };
    if !app.programme.gate.would(me.caller(), Act::SHARE, &granted) {
        return html! {};
    }
    let rest = directory.iter().filter(|i| i.active && !covered.iter().any(|c| c.id == i.id));
    card(
        &w.t("referral-new"),
        html! {
            @if covered.is_empty() { (button_off(w, &w.t("referral-send"), &w.t("referral-no-grant"))) }
            @else {
                p { (w.t("referral-to-whom")) }
                ul class="tasks" { @for i in covered { li {
                    a href=(o.path(&format!("referencias/nueva/{}", i.id))) { (i.name) } " " span class="quiet" { (i.phone) " · " (i.hours) }
                } } }
            }
            details class="why" { summary { (w.t("referral-others")) }
                p { (w.t("referral-others-why")) " " a href=(o.path("permisos")) { (w.t("section-consent")) } }
                ul { @for i in rest { li { (i.name) } } }
            }
        },
    )
}

fn one(app: &App, me: &Me, o: &Opened, s: &Sent<'_>, of: Option<(Uuid, &Fields)>, p: &Problems) -> Markup {
    let (w, r) = (me.words(app), s.referral);
    let mood = match r.head.state.as_str() {
        "accepted" | "in-progress" | "completed" => Mood::Ok,
        "rejected" | "failed" | "cancelled" => Mood::No,
        _ => Mood::Plain,
    };
    let waits = ["requested", "received"].contains(&r.head.state.as_str());
    let typed_again = of.filter(|(id, _)| *id == r.head.id);
    let none = Problems::new();
    let p = if typed_again.is_some() { p } else { &none };
    html! {
        section class="card" id={ "r-" (r.head.id) } {
            h2 { (s.institution) }
            p { (tag(mood, &w.t(&format!("state-referral-{}", r.head.state)))) " "
                (app.code(me, "service_types", r.head.code.as_deref().unwrap_or_default())) " · " (w.date(app.local(r.head.created_at).date())) }
            @if let Some(due) = r.head.due_at.filter(|_| waits) { p { (w.t("referral-call")) " " (clock_due_at(w, app.local(due), app.now())) } }
            p { (typed(&r.body.need)) }
            @if !r.body.declined.is_empty() { p { (w.t("referral-declined-why")) " " (typed(&r.body.declined)) } }
            @for (packet, words) in &s.packets { (exchange::at_team(app, me, o, packet, words, typed_again.map(|t| t.1), p)) }
            @if s.file {
                details class="why" { summary { (w.t("referral-file")) }
                    p { (w.t("referral-file-text")) }
                    (button_link(&w.t("referral-file-get"), &o.path(&format!("referencias/{}/fhir.json", r.head.id)), Tone::Quiet))
                }
            }
            (history::link(w, o, &r.head))
            @if o.can(app, me, Act::SERVICE_WRITE) && steps::is_open(&r.head.state) {
                @if !s.packets.iter().any(|(k, _)| k.state == "open") && o.can(app, me, Act::CASE_READ) {
                    p class="actions" { (button_link(&w.t("packet-again"), &o.path(&format!("referencias/{}/enlace", r.head.id)), Tone::Quiet)) }
                }
                (by_phone(app, me, o, r, typed_again.map(|t| t.1), p))
            }
        }
    }
}

/// What the institution said on the phone or in person.
fn by_phone(app: &App, me: &Me, o: &Opened, r: &Entry<Referral>, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let next: Vec<&str> = steps::STATES
        .into_iter()
        .filter(|s| *s != "cancelled" && steps::reach(&r.head.state, s).is_some())
        .collect();
    let id = r.head.id;
    let state = Field::new("state", w.t("referral-answer"))
        .value(typed_in(f, "state"))
        .error(p.of("state"))
        .id(format!("state-{id}"));
    let why = Field::new("declined", w.t("referral-declined-if"))
        .value(typed_in(f, "declined"))
        .error(p.of("declined"))
        .id(format!("why-{id}"));
    html! {
        details class="why" open[p.of("declined").is_some()] { summary { (w.t("referral-by-phone")) }
            (form_post(&o.path(&format!("referencias/{id}")), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(r.head.version);
                (select(w, &state, &keyed(w, "state-referral", &next)))
                (text_field(w, &why, Kind::Text))
                (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

/// `POST /casos/{code}/referencias/{id}`: what the institution answered outside its page.
pub async fn answer(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "state", "declined", "go", changed::FIELDS[0], changed::FIELDS[1]])?;
    let (w, to) = (me.words(&app), format!("/casos/{code}/referencias"));
    let known = steps::STATES.contains(&f.text("state"));
    let state = if known { w.t(&format!("state-referral-{}", f.text("state"))) } else { String::new() };
    let mine = || format!("{state} {}", f.text("declined"));
    let again = (code.as_str(), "referencias", id);
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&to)),
        Said::Nothing => {
            return changed::entry(&app, &me, again, (format!("referencias/{id}"), mine()), f).await;
        }
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let said = (f.text("state"), f.text("declined"));
    let done = referrals::answer(&app.programme, &mut work, me.caller(), (case, id, seen), said).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return changed::entry(&app, &me, again, (format!("referencias/{id}"), mine()), f).await;
    }
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some((id, f)), &p).await,
    }
}

/// `POST /casos/{code}/referencias/{id}/respuesta`: the team answers the institution's question.
pub async fn reply(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some((id, f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/referencias")),
        (&posted, &["packet", "words"]),
        async |work, case, f| {
            let packet = f.id("packet").unwrap_or_default();
            answers::reply(&app.programme, work, me.caller(), (case, packet), f.text("words")).await
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/referencias/{id}/cerrar`: the team takes a packet back.
pub async fn take_back(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some((id, f)), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/referencias")),
        (&posted, &["packet", "go"]),
        async |work, case, f| {
            let packet = f.id("packet").unwrap_or_default();
            packets::cancel(&app.programme, work, me.caller(), (case, packet)).await
        },
        mend,
    )
    .await
}

/// The form with which the team answers the one question.
pub(super) fn reply_form(
    app: &App,
    me: &Me,
    o: &Opened,
    packet: &Packet,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let words = Field::new("words", w.t("packet-reply"))
        .hint(w.t("packet-reply-hint"))
        .value(typed_in(f, "words"))
        .error(p.of("words"))
        .id(format!("reply-{}", packet.id))
        .rows(3);
    form_post(
        &o.path(&format!("referencias/{}/respuesta", packet.referral)),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="packet" value=(packet.id);
            (text_area(w, &words))
            (actions(&[submit(&w.t("packet-reply-send"))]))
        },
    )
}
