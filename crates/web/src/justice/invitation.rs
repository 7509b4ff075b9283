//! An invitation of an institution as a calendar file, pasted or chosen: a look at its times, then the yes.

use axum::extract::{Path, State};
use axum::response::Response;
use ceiba_access::Act;
use ceiba_exchange::ical::{Fault, Why};
use ceiba_programme::cases;
use ceiba_programme::justice::invitations::{self, Fate, LARGEST, Look, Proposed, Taken};
use ceiba_programme::partners::directory::{self, Institution};
use maud::{Markup, html};

use super::section::{self, Again, Part};
use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Notice, Problems, Tone, actions, button_link, card, checks, error_summary,
    file_field, form_files, form_post, notice, select, submit, tag, text_area, text_field, typed,
};
use crate::posted::upload::Upload;
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Words};

/// The form in the section of hearings.
pub(super) fn form(part: &Part<'_>) -> Markup {
    let (w, shown) = (part.me.words(part.app), part.form("invitation", None));
    let field = |name: &'static str, key: &str| shown.field(w, (name, "invitation"), key);
    html! {
        details class="why" open[shown.f.is_some()] { summary { (w.t("invitation-new")) }
            (form_files(&part.o.path("audiencias/invitacion"), &part.me.session.csrf, &part.app.once(), html! {
                p { (w.t("invitation-text")) }
                (file_field(w, &field("file", "invitation-file").hint(w.t("invitation-file-hint")), ".ics"))
                (text_area(w, &field("text", "invitation-paste").hint(w.t("invitation-paste-hint")).rows(3)))
                (actions(&[submit(&w.t("invitation-look"))]))
            }))
        }
    }
}

/// `POST /casos/{code}/audiencias/invitacion`: what the file says. Nothing is written.
pub async fn look(State(app): State<App>, me: Me, Path(code): Path<String>, sent: Upload) -> Answer {
    let f = sent.posted.only(&["text"])?;
    let w = me.words(&app);
    let refuse = async |key: &str| {
        let mut p = Problems::new();
        p.add("file", w.t(key));
        section::page(&app, &me, (&code, None), Some(&Again { form: "invitation", of: None, f }), &p).await
    };
    let file = sent.file("file")?;
    if file.is_some_and(|s| s.large || s.bytes.len() > LARGEST) {
        return refuse("problem-invitation-large").await;
    }
    let text = match file {
        Some(s) => String::from_utf8_lossy(&s.bytes).into_owned(),
        None => f.text("text").to_owned(),
    };
    if text.trim().is_empty() {
        return refuse("problem-invitation-empty").await;
    }
    let mut work = app.work(&me).await?;
    let case = cases::by_code(work.tx(), &code).await?;
    let looked = invitations::look(&app.programme, work.tx(), me.caller(), case, text.as_bytes()).await?;
    drop(work);
    match looked {
        Err(Fault::NotCalendar) => refuse("problem-invitation-other").await,
        Err(Fault::NoEvents) => refuse("problem-invitation-none").await,
        Err(Fault::TooMany) => refuse("problem-invitation-large").await,
        Ok(look) => page(&app, &me, (&code, &text), &look, None, &Problems::new()).await,
    }
}

async fn page(
    app: &App,
    me: &Me,
    (code, text): (&str, &str),
    look: &Look,
    f: Option<&Fields>,
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "audiencias").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::HEARING_WRITE, o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let o = o.settle(work).await?;
    let new: Vec<&Proposed> = look.times.iter().filter(|t| t.fate == Fate::New).collect();
    let content = html! {
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("invitation-look-text")) } }))
        @if new.is_empty() { p { (w.t("invitation-nothing")) } }
        @else { (card(&w.t("invitation-times"), yes_form(app, me, &o, (text, &new), &directory, f, p))) }
        (others(app, w, look))
        p class="actions" { (button_link(&w.t("back"), &o.path("audiencias"), Tone::Quiet)) }
    };
    Ok(with_status(frame::page(app, me, &o, "audiencias", content), p))
}

fn yes_form(
    app: &App,
    me: &Me,
    o: &Opened,
    (text, new): (&str, &[&Proposed]),
    directory: &[Institution],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let times: Vec<Choice> = new
        .iter()
        .map(|t| Choice::new(t.at.to_string(), format!("{} · {}", w.moment(app.local(t.at)), t.summary)))
        .collect();
    let all: Vec<String> = f.map_or_else(|| new.iter().map(|t| t.at.to_string()).collect(), |f| f.list("at"));
    let ticked: Vec<&str> = all.iter().map(String::as_str).collect();
    let who: Vec<Choice> =
        directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let place = new.first().map_or("", |t| t.place.as_str());
    let remark = f.map_or(place, |f| f.text("remark"));
    form_post(
        &o.path("audiencias/invitacion/si"),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="text" value=(text);
            (checks(w, &Field::new("at", w.t("invitation-which")).error(p.of("at")), &times, &ticked))
            (select(w, &field("kind", "hearing-kind"), &app.choices(me.lang, "hearing_kinds")))
            (select(w, &field("institution", "hearing-institution"), &who))
            (text_field(w, &Field::new("remark", w.t("hearing-remark")).hint(w.t("invitation-remark-hint")).value(remark).error(p.of("remark")), Kind::Text))
            (actions(&[submit(&w.t("invitation-set"))]))
        },
    )
}

/// What is not set: with the reason, so that nobody thinks that it was.
fn others(app: &App, w: &Words, look: &Look) -> Markup {
    let rest: Vec<&Proposed> = look.times.iter().filter(|t| t.fate != Fate::New).collect();
    if rest.is_empty() && look.left.is_empty() {
        return html! {};
    }
    let fate = |t: &Proposed| match t.fate {
        Fate::Known => tag(Mood::Ok, &w.t("invitation-known")),
        Fate::Past => tag(Mood::Plain, &w.t("invitation-past")),
        Fate::Cancelled => tag(Mood::Care, &w.t("invitation-cancelled")),
        Fate::New => html! {},
    };
    let why = |why: Why| match why {
        Why::NoTime => "invitation-why-time",
        Why::Zone => "invitation-why-zone",
        Why::Rule => "invitation-why-rule",
        Why::Endless => "invitation-why-endless",
    };
    card(
        &w.t("invitation-others"),
        html! { ul class="tasks" {
            @for t in rest { li { (w.moment(app.local(t.at))) " · " (typed(&t.summary)) " " (fate(t)) } }
            @for (name, reason) in &look.left { li { (typed(name)) " " (tag(Mood::Care, &w.t(why(*reason)))) } }
        } },
    )
}

/// `POST /casos/{code}/audiencias/invitacion/si`.
pub async fn yes(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["text", "at", "kind", "institution", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let at: Vec<i64> = f.list("at").iter().filter_map(|t| t.parse().ok()).collect();
    let text = f.text("text");
    let taken =
        Taken { at: &at, kind: f.text("kind"), institution: f.id("institution"), remark: f.text("remark") };
    let done =
        invitations::take(&app.programme, &mut work, me.caller(), case, (text.as_bytes(), &taken)).await;
    let to = format!("/casos/{code}/audiencias");
    match finish(&app, &me, &posted, work, done.map(|_| ()), &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => again(&app, &me, (&code, case), f, &p).await,
    }
}

async fn again(
    app: &App,
    me: &Me,
    (code, case): (&str, uuid::Uuid),
    f: &Fields,
    p: &Problems,
) -> Result<Response, crate::Failure> {
    let text = f.text("text");
    let mut tx = app.programme.store.db.read().await?;
    let looked = invitations::look(&app.programme, &mut tx, me.caller(), case, text.as_bytes()).await?;
    drop(tx);
    page(app, me, (code, text), &looked.unwrap_or_default(), Some(f), p).await
}
