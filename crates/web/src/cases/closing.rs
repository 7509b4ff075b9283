//! Closing a case: checklist, another person's approval, and an open door.

use axum::extract::{Path, State};
use ceiba_access::{Act, Folder};
use ceiba_programme::cases;
use ceiba_programme::cases::closure::{self, Closure};
use ceiba_programme::entries::{self, Entry};
use maud::html;

use super::changed::{self, Both, Said};
use super::frame;
use super::{Done, finish, history, typed_in};
use crate::me::Me;
use crate::parts::{
    Field, Mood, Notice, Problems, Tone, actions, button, card, checks, error_summary, form_post, notice,
    select, submit, tag, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, see_other};

/// `GET /casos/{code}/cierre`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "cierre").await?;
    let asked: Vec<Entry<Closure>> =
        entries::list(&app.programme, work.tx(), me.caller(), &o.file.grant, (o.id(), Folder::Social))
            .await?;
    let o = o.settle(work).await?;
    let state = o.file.case.state.as_str();
    let data = f.map(|f| f.list("checks")).unwrap_or_default();
    let ticked: Vec<&str> = data.iter().map(String::as_str).collect();
    let content = html! {
        (error_summary(w, p))
        @for c in &asked {
            (card(app.code(me, "closure_reasons", c.head.code.as_deref().unwrap_or_default()), html! {
                p { (tag(Mood::Plain, &w.t(&format!("state-closure-{}", c.head.state)))) " " (typed(&o.names.of(w, c.head.author))) " · " (w.date(app.local(c.head.created_at).date())) }
                ul { @for check in closure::CHECKS {
                    li { (w.t(&format!("check-{check}"))) ": " (w.t(if c.body.checks.iter().any(|k| k == check) { "yes" } else { "no" })) }
                } }
                (typed_block(&c.body.remark))
                (history::link(w, &o, &c.head))
                @if c.head.state == "asked" {
                    @if c.head.author == me.account() { (notice(w, Notice::Info, html! { (w.t("closing-other-approves")) })) }
                    @else if o.can(app, me, Act::CLOSE_APPROVE) {
                        (form_post(&o.path("cierre/decidir"), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="version" value=(c.head.id);
                            (actions(&[button(&w.t("closing-approve"), Tone::Primary, "approve", "yes"), button(&w.t("closing-return"), Tone::Quiet, "approve", "no")]))
                        }))
                    }
                }
            }))
        }
        @if state == "open" && o.can(app, me, Act::CLOSE_ASK) {
            (card(&w.t("closing-ask"), form_post(&o.path("cierre"), &me.session.csrf, &app.once(), html! {
                (select(w, &Field::new("reason", w.t("closing-reason")).value(typed_in(f, "reason")).error(p.of("reason")), &app.choices(me.lang, "closure_reasons")))
                (checks(w, &Field::new("checks", w.t("closing-checks")).error(p.of("checks")), &keyed(w, "check", &closure::CHECKS), &ticked))
                (text_area(w, &Field::new("remark", w.t("closing-remark")).value(typed_in(f, "remark")).error(p.of("remark")).rows(3)))
                (actions(&[submit(&w.t("closing-ask-send"))]))
            })))
        }
        @if state == "closed" && o.can(app, me, Act::CASE_REOPEN) {
            (card(&w.t("reopen-title"), form_post(&o.path("cierre/reabrir"), &me.session.csrf, &app.once(), html! {
                p { (w.t("reopen-text")) }
                (actions(&[button(&w.t("reopen-send"), Tone::Quiet, "go", "1")]))
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "cierre", content), p))
}

/// `POST /casos/{code}/cierre`.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["reason", "checks", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let body = Closure { checks: f.list("checks"), remark: f.text("remark").to_owned() };
    let done = closure::ask(&app.programme, &mut work, me.caller(), id, f.text("reason"), &body).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/cierre")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `POST /casos/{code}/cierre/decidir`.
pub async fn decide(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["approve", "version", changed::FIELDS[0], changed::FIELDS[1]])?;
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}/cierre"))),
        Said::Nothing => return decided(&app, &me, &code, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CASE_READ, id).await?;
    if closure::asked(work.tx(), id).await?.is_none_or(|asked| Some(asked) != f.id("version")) {
        drop(work);
        return decided(&app, &me, &code, f).await;
    }
    closure::decide(&app.programme, &mut work, me.caller(), id, f.text("approve") == "yes").await?;
    posted.commit(work, &format!("/casos/{code}/cierre")).await
}

/// `POST /casos/{code}/cierre/reabrir`: a new case, linked to this one.
pub async fn reopen(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let (_, new) = closure::reopen(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/casos/{new}")).await
}

/// Somebody decided meanwhile, or another request came: what is saved and what she wanted.
async fn decided(app: &App, me: &Me, code: &str, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "cierre").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CLOSE_APPROVE, o.id()).await?;
    let all: Vec<Entry<Closure>> =
        entries::list(&app.programme, work.tx(), me.caller(), &o.file.grant, (o.id(), Folder::Social))
            .await?;
    let Some(last) = all.first() else { return Err(Failure::State("state-nothing-asked")) };
    let by = changed::by(work.tx(), &last.head).await?;
    work.commit().await?;
    let mine = if f.text("approve") == "yes" { "approved" } else { "returned" };
    let both = Both {
        label: w.t("entry-closure"),
        theirs: w.t(&format!("state-closure-{}", last.head.state)),
        by,
        mine: w.t(&format!("state-closure-{mine}")),
        seen: last.head.id.to_string(),
        action: o.path("cierre/decidir"),
        back: o.path("cierre"),
    };
    Ok(both.in_file(app, me, &o, "cierre", f))
}
