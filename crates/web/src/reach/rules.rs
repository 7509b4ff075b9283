//! Her rules in her file: what holds now, what is written, a new one, and who tried.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::contact::door::{self, Tried};
use ceiba_programme::contact::outbox::{self, Message, Wire};
use ceiba_programme::contact::rules::{self, Channel, EVERY, New, Rule};
use ceiba_programme::entries::{self, Entry};
use jiff::civil::Weekday;
use maud::{Markup, html};
use uuid::Uuid;

use super::{Asked, FIELDS, answered, in_words, name, panel, unchosen, wanted};
use crate::cases::frame::{self, Opened};
use crate::cases::{history, on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Notice, Problems, Tone, actions, button, card, checks, date_fields,
    error_summary, form_post, notice, radios, submit, tag, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App};

/// `GET /casos/{code}/contacto`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &me, &code, (&asked, None), &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, (asked, f): (&Asked, Option<&Fields>), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "contacto").await?;
    let (prog, caller, grant) = (&app.programme, me.caller(), &o.file.grant);
    let all = rules::list(prog, work.tx(), caller, grant, o.id()).await?;
    let now = work.at();
    let ways = door::ways(prog, work.tx(), caller, o.id(), (now, asked.leaving())).await?;
    let tried: Vec<Entry<Tried>> =
        entries::list(prog, work.tx(), caller, grant, (o.id(), ceiba_access::Folder::Social)).await?;
    let sent = outbox::of_case(work.tx(), o.id()).await?;
    let o = o.settle(work).await?;
    let (held, over): (Vec<_>, Vec<_>) = all.iter().partition(|r| r.head.state == "in_force");
    let content = html! {
        (error_summary(w, p))
        (panel(app, me, &o.path("contacto/intento"), &ways, asked, p))
        (card(&w.t("reach-rules"), html! {
            @if held.is_empty() { p { (w.t("reach-rules-none")) } }
            ul class="tasks" { @for r in &held { li { (one(app, me, &o, r)) } } }
            @if o.can(app, me, Act::SAFETY_WRITE) { (new_form(app, me, &o, f, p)) }
            @if !over.is_empty() { details class="why" { summary { (w.t("reach-ended")) } ul { @for r in &over { li { (in_words(w, &r.body)) " " (history::link(w, &o, &r.head)) } } } } }
        }))
        @if !tried.is_empty() { (card(&w.t("reach-tried"), html! { ul class="tasks" { @for t in tried.iter().take(20) { li { (attempt(app, me, &o, t)) } } } })) }
        @if !sent.is_empty() { (card(&w.t("reach-messages"), html! { ul class="tasks" { @for m in &sent { li { (message(app, me, m)) } } } })) }
        @if !prog.carries(Wire::Sms) { (notice(w, Notice::Info, html! { (w.t("reach-sms-off")) })) }
    };
    Ok(with_status(frame::page(app, me, &o, "contacto", content), p))
}

fn one(app: &App, me: &Me, o: &Opened, r: &Entry<Rule>) -> Markup {
    let w = me.words(app);
    html! {
        p { (in_words(w, &r.body)) }
        (history::link(w, o, &r.head))
        @if o.can(app, me, Act::SAFETY_WRITE) {
            (form_post(&o.path(&format!("contacto/{}", r.head.id)), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(r.head.version);
                (actions(&[button(&w.t("reach-end"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

fn attempt(app: &App, me: &Me, o: &Opened, t: &Entry<Tried>) -> Markup {
    let w = me.words(app);
    let passed = t.head.state == "passed";
    let mood = if passed { Mood::Ok } else { Mood::Care };
    html! {
        p {
            (tag(mood, &w.t(&format!("state-contact_try-{}", t.head.state)))) " "
            (name(w, Channel::find(&t.body.channel))) " · " (w.t(&format!("reach-for-{}", t.body.purpose))) " · " (w.moment(app.local(t.body.at)))
        }
        @if let Some(why) = &t.head.code { p { (w.t(&format!("reach-why-{why}"))) } }
        p class="quiet" { (o.names.of(w, t.head.author)) " · " (w.near_moment(app.local(t.head.created_at), app.now())) }
    }
}

fn message(app: &App, me: &Me, m: &Message) -> Markup {
    let w = me.words(app);
    html! {
        p { (w.t(&format!("reach-message-{}", m.state))) " · " (w.moment(app.local(m.due))) }
        @if let Some(why) = &m.why { p { (w.t(&format!("reach-why-{why}"))) } }
    }
}

fn new_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("reach-{name}"))
    };
    let channels: Vec<Choice> = Channel::ALL
        .into_iter()
        .map(|c| Choice::new(c.code(), name(w, Some(c))))
        .chain([Choice::new(EVERY, name(w, None)).hint(w.t("reach-channel-all-hint"))])
        .collect();
    let days: Vec<Choice> = (0..7i8)
        .filter_map(|n| {
            Some(Choice::new((n + 1).to_string(), w.weekday(Weekday::from_monday_zero_offset(n).ok()?)))
        })
        .collect();
    let ticked = f.map(|f| f.list("days")).unwrap_or_default();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    let yes = |name: &str| -> &[&str] { if f.is_some_and(|f| f.ticked(name)) { &["yes"] } else { &[] } };
    let until = f.map_or_else(Default::default, |f| f.day_parts("until"));
    html! {
        details class="why" open[f.is_some()] { summary { (w.t("reach-new")) }
            (form_post(&o.path("contacto"), &me.session.csrf, &app.once(), html! {
                (radios(w, &field("way", "reach-channel"), &channels))
                (checks(w, &Field::new("never", w.t("reach-never-ask")).id("reach-never"), &[Choice::new("yes", w.t("reach-never-yes"))], yes("never")))
                (text_field(w, &field("place", "reach-place").hint(w.t("reach-place-hint")), Kind::Text))
                (text_field(w, &field("who", "reach-who").hint(w.t("reach-who-hint")), Kind::Text))
                (checks(w, &Field::new("days", w.t("reach-days")).error(p.of("days")).id("reach-days"), &days, &ticked))
                (text_field(w, &field("from", "reach-from-hour").hint(w.t("clinic-time-hint")), Kind::Text))
                (text_field(w, &field("to", "reach-to-hour").hint(w.t("reach-to-hint")), Kind::Text))
                (text_field(w, &field("code_word", "reach-code-word").hint(w.t("reach-code-hint")), Kind::Text))
                (checks(w, &Field::new("leave_message", w.t("reach-leave")).id("reach-leave"), &[Choice::new("yes", w.t("reach-message"))], yes("leave_message")))
                (date_fields(w, &Field::new("until", w.t("reach-until-ask")).hint(w.t("reach-until-hint")).error(p.of("until")).id("reach-until"), &until, false))
                (actions(&[submit(&w.t("reach-save"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/contacto`: a new rule.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = ["way", "never", "place", "who", "days", "from", "to", "code_word", "leave_message", "until"];
    let does = async |work: &mut ceiba_store::Work, case: Uuid, f: &Fields| {
        let (days, until) = (f.list("days"), f.day("until"));
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let new = New {
            channel: f.text("way"),
            never: f.ticked("never"),
            place: f.text("place"),
            who: f.text("who"),
            days: &days,
            from: f.text("from"),
            to: f.text("to"),
            code_word: f.text("code_word"),
            leave_message: f.ticked("leave_message"),
            until: &until,
        };
        rules::add(&app.programme, work, me.caller(), case, &new).await.map(|_| ())
    };
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, (&Asked::default(), Some(f)), p).await;
    on_case(&app, &me, (&code, &format!("/casos/{code}/contacto")), (&posted, &names), does, mend).await
}

/// `POST /casos/{code}/contacto/{id}`: a rule ends.
pub async fn end(
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
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    rules::end(&app.programme, &mut work, me.caller(), (case, id, seen)).await?;
    posted.commit(work, &format!("/casos/{code}/contacto")).await
}

/// `POST /casos/{code}/contacto/intento`: somebody wants to reach her now. Passed or blocked, it is written down, and the page
/// says what the door said.
pub async fn attempt_now(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CASE_READ, case).await?;
    let Some(wanted) = wanted(f, work.at()) else {
        drop(work);
        return page(&app, &me, &code, (&Asked::default(), None), &unchosen(me.words(&app))).await;
    };
    // What it said is on the page.
    let _ = door::knock(&app.programme, &mut work, me.caller(), case, (&wanted, "followup")).await?;
    posted.commit(work, &answered(&format!("/casos/{code}/contacto"), &wanted)).await
}
