//! Safety: the evaluation in force, and a new one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::changed::{self, Said};
use super::frame::{self, Opened};
use super::{Done, finish, typed_in};
use crate::me::Me;
use crate::parts::{
    Field, Notice, Problems, Tone, Version, actions, button_link, card, clock_due_at, conflict_card,
    error_summary, facts_list, form_post, notice, radios, submit, text_area, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, see_other};

/// `GET /casos/{code}/seguridad`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new(), false).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems, stale: bool) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "seguridad").await?;
    let o = o.settle(work).await?;
    let now = o.safety.as_ref().map(|e| &e.body);
    let value = |name: &str, was: Option<&String>| match f {
        Some(f) => f.text(name).to_owned(),
        None => was.cloned().unwrap_or_default(),
    };
    let area = |name: &str, key: &str, was: Option<&String>| {
        text_area(
            w,
            &Field::new(name, w.t(key))
                .hint(w.t(&format!("{key}-hint")))
                .value(value(name, was))
                .error(p.of(name))
                .rows(2),
        )
    };
    let level = f.map_or_else(|| o.file.case.risk.clone(), |f| f.text("level").to_owned());
    let content = html! {
        (error_summary(w, p))
        @match &o.safety {
            None => { (notice(w, Notice::Warning, html! { (w.t("safety-none")) })) }
            Some(e) => {
                (card(&w.t("safety-in-force"), html! {
                    p { (frame::risk(w, e.head.code.as_deref().unwrap_or("unknown"))) " "
                        @if let Some(due) = e.head.due_at { (w.t("safety-review")) " " (clock_due_at(w, app.local(due), app.now())) } }
                    (facts_list(&[
                        (&w.t("safety-avoid"), typed_block(&e.body.avoid)),
                        (&w.t("safety-keep-away"), typed_block(&e.body.keep_away)),
                        (&w.t("safety-now"), typed_block(&e.body.now)),
                        (&w.t("safety-plan"), typed_block(&e.body.plan)),
                    ]))
                }))
            }
        }
        p { (button_link(&w.t("reach-title"), &o.path("contacto"), Tone::Quiet)) }
        @if o.can(app, me, Act::SAFETY_WRITE) {
            (card(&w.t("safety-new"), form_post(&o.path("seguridad"), &me.session.csrf, &app.once(), html! {
                // Only a second writer gets the newer evaluation: to mend a field must not skip the question.
                @let seen = f.filter(|_| !stale).map_or_else(|| o.safety.as_ref().map(|e| e.head.id.to_string()).unwrap_or_default(), |f| f.text("version").to_owned());
                input type="hidden" name="version" value=(seen);
                @if let (true, Some(f), Some(e)) = (stale, f, &o.safety) { (both(app, me, &o, f, e)) }
                (radios(w, &Field::new("level", w.t("safety-level")).value(level).error(p.of("level")), &keyed(w, "risk", &safety::LEVELS)))
                (area("avoid", "safety-avoid", now.map(|n| &n.avoid)))
                (area("keep_away", "safety-keep-away", now.map(|n| &n.keep_away)))
                (area("now", "safety-now", now.map(|n| &n.now)))
                (area("plan", "safety-plan", now.map(|n| &n.plan)))
                (actions(&[submit(&w.t("save"))]))
            })))
        }
    };
    let response = frame::page(app, me, &o, "seguridad", content);
    Ok(if stale { (StatusCode::CONFLICT, response).into_response() } else { super::with_status(response, p) })
}

/// What is in force by now against what she wrote on the basis of an older one.
fn both(app: &App, me: &Me, o: &Opened, f: &Fields, e: &Entry<Evaluation>) -> Markup {
    let w = me.words(app);
    let told = |level: &str, body: &Evaluation| {
        let head = [("safety-level", w.t(&format!("risk-{level}")))];
        let texts = [
            ("safety-avoid", body.avoid.clone()),
            ("safety-keep-away", body.keep_away.clone()),
            ("safety-now", body.now.clone()),
            ("safety-plan", body.plan.clone()),
        ];
        let lines = head.into_iter().chain(texts).filter(|(_, text)| !text.is_empty());
        lines.map(|(key, text)| format!("{}: {text}", w.t(key))).collect::<Vec<_>>().join("\n")
    };
    let level = safety::LEVELS.iter().find(|l| **l == f.text("level")).unwrap_or(&"unknown");
    let theirs = Version {
        text: told(e.head.code.as_deref().unwrap_or("unknown"), &e.body),
        who: o.names.of(w, e.head.author),
        at: app.local(e.head.created_at),
    };
    let mine = Version { text: told(level, &read(f)), who: me.session.name.clone(), at: app.now() };
    html! {
        input type="hidden" name="conflict" value="1";
        (conflict_card(w, "choice", &w.t("entry-safety"), &theirs, &mine, app.now()))
    }
}

fn read(f: &Fields) -> Evaluation {
    let text = |name| typed_in(Some(f), name).to_owned();
    Evaluation { avoid: text("avoid"), keep_away: text("keep_away"), now: text("now"), plan: text("plan") }
}

/// `POST /casos/{code}/seguridad`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&[
        "level",
        "avoid",
        "keep_away",
        "now",
        "plan",
        "version",
        changed::FIELDS[0],
        changed::FIELDS[1],
    ])?;
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}/seguridad"))),
        Said::Nothing => return page(&app, &me, &code, Some(f), &Problems::new(), true).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_case(work.tx(), caller, Act::SAFETY_WRITE, id).await?;
    let now = safety::in_force(prog, work.tx(), caller, &grant, id).await?.map(|e| e.head.id);
    if now != f.id("version") {
        drop(work);
        return page(&app, &me, &code, Some(f), &Problems::new(), true).await;
    }
    let evaluation = read(f);
    let done =
        safety::evaluate(&app.programme, &mut work, me.caller(), id, f.text("level"), &evaluation).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/seguridad")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p, false).await,
    }
}
