//! Follow-up: how she is, asked through safe channels only, and after her file was closed at the times of the pack.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::followup::{self, FollowUp, due};
use ceiba_programme::contact::rules::Channel;
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::{Done, finish, history, typed_in};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Mood, Notice, Problems, Tone, actions, button_link, card, checks, date_fields,
    error_summary, form_post, notice, radios, select, submit, tag, text_area, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App, reach};

/// How each look stands.
pub type Looks<'p> = Vec<(&'p due::Look, due::Standing)>;

/// `GET /casos/{code}/seguimiento`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "seguimiento").await?;
    let noted = followup::list(&app.programme, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let looks = due::of(&app.programme, work.tx(), &o.file.case).await?;
    let again = due::again(work.tx(), o.id()).await?;
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        (stands(app, me, &o, &looks, again.as_deref()))
        @if o.can(app, me, Act::FOLLOW_WRITE) && again.is_none() { (card(&w.t("followup-new"), form(app, me, &o, f, p))) }
        (card(&w.t("follow-noted"), html! {
            @if noted.is_empty() { p { (w.t("follow-none")) } }
            ul class="tasks" { @for t in &noted { li { (one(w, &o, t)) } } }
        }))
    };
    Ok(super::with_status(frame::page(app, me, &o, "seguimiento", content), p))
}

/// What is due after closing, in words: of an open file nothing.
pub fn stands(app: &App, me: &Me, o: &Opened, looks: &Looks<'_>, again: Option<&str>) -> Markup {
    let w = me.words(app);
    let closed = o.file.case.state == "closed";
    html! {
        @if closed { (card(&w.t("follow-after"), html! {
            @if let Some(code) = again { p { (w.t("follow-again")) " " a href={ "/casos/" (code) } { (code) } } }
            @else if looks.is_empty() { p { (w.t("follow-nobody")) } }
            ul class="tasks" { @for (look, s) in looks { li { p {
                (w.t(&format!("follow-due-{}", look.code))) ": "
                @match s {
                    due::Standing::Due { on, tried } => {
                        @if *on <= app.today() { (tag(Mood::Care, &w.t("follow-now"))) } @else { strong { (w.date(*on)) } }
                        @if let Some(day) = tried { " · " (w.t("follow-tried")) " " (w.date(*day)) }
                    }
                    due::Standing::Done(day) => { (tag(Mood::Ok, &w.t("follow-done"))) " " (w.date(*day)) }
                    due::Standing::Missed => { (tag(Mood::Plain, &w.t("follow-missed"))) }
                    due::Standing::Declined => { (tag(Mood::Plain, &w.t("follow-declined"))) }
                }
            } } } }
        })) }
    }
}

fn one(w: &crate::Words, o: &Opened, t: &Entry<FollowUp>) -> Markup {
    let reached = t.head.state == "reached";
    html! {
        p {
            (iso_day(w, t.head.on_day.as_deref())) " · " (w.t(&format!("state-followup-{}", t.head.state)))
            @if let Some(c) = Channel::find(&t.body.channel) { " · " (reach::name(w, Some(c))) }
            @if reached { " · " (w.t(&format!("safe-{}", t.body.safe))) }
        }
        @if reached { @for (what, said) in [("home", &t.body.home), ("doing", &t.body.doing)] {
            // What was noted before these were asked, or was left out, says nothing.
            @if !said.is_empty() { p { (w.t(&format!("followup-{what}"))) " " (w.t(&format!("followup-{what}-{said}"))) } }
        } }
        @if t.head.code.as_deref() == Some("support") { p { (tag(Mood::Care, &w.t("followup-support"))) } }
        @if !t.body.remark.is_empty() { p { (typed(&t.body.remark)) } }
        (history::link(w, o, &t.head))
    }
}

fn form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    // How she came to be asked: through a channel of her rules, or by herself.
    let ways: Vec<Choice> =
        Channel::ALL.into_iter().map(|c| Choice::new(c.code(), reach::name(w, Some(c)))).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let support = f.map(|f| f.list("support")).unwrap_or_default();
    let ticked: Vec<&str> = support.iter().map(String::as_str).collect();
    let answers = ["yes", "no", "unknown"];
    form_post(
        &o.path("seguimiento"),
        &me.session.csrf,
        &app.once(),
        html! {
            (notice(w, Notice::Info, html! { (w.t("followup-channel-only")) " " a href=(o.path("contacto")) { (w.t("reach-title")) } }))
            (radios(w, &field("result", "followup-result"), &keyed(w, "state-followup", &followup::RESULTS)))
            (select(w, &field("channel", "followup-channel").hint(w.t("followup-channel-hint")), &ways))
            (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
            fieldset class="stack" {
                legend { (w.t("follow-if-reached")) }
                (radios(w, &field("safe", "followup-safe"), &keyed(w, "safe", &answers)))
                (radios(w, &field("home", "followup-home"), &keyed(w, "followup-home", &answers)))
                (radios(w, &field("doing", "followup-doing"), &keyed(w, "followup-doing", &followup::DOING)))
                (checks(w, &Field::new("support", w.t("followup-wants")).hint(w.t("followup-wants-hint")), &[Choice::new("yes", w.t("followup-support"))], &ticked))
            }
            (text_area(w, &field("remark", "followup-remark").rows(3)))
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

/// `POST /casos/{code}/seguimiento`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["result", "channel", "on", "safe", "home", "doing", "support", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let text = |name: &str| f.text(name).to_owned();
    let body = FollowUp {
        channel: text("channel"),
        remark: text("remark"),
        safe: text("safe"),
        home: text("home"),
        doing: text("doing"),
    };
    let contact = (f.text("result"), f.day("on"), f.list("support").iter().any(|s| s == "yes"));
    let done =
        followup::add(&app.programme, &mut work, me.caller(), id, (contact.0, &contact.1, contact.2), &body)
            .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/seguimiento")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// The next follow-up, on the first page of a closed file.
pub fn next(app: &App, me: &Me, o: &Opened, looks: &Looks<'_>, again: Option<&str>) -> Markup {
    let w = me.words(app);
    html! {
        @if o.file.case.state == "closed" {
            (stands(app, me, o, looks, again))
            @if o.can(app, me, Act::FOLLOW_WRITE) && again.is_none() {
                p class="actions" { (button_link(&w.t("followup-new"), &o.path("seguimiento"), Tone::Primary)) }
            }
        }
    }
}
