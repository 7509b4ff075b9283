//! Erasing on the case: what would go and what stays, asking for it, and what must be kept by law.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::erasure::{self, Request, hold};
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::{Done, finish, typed_in};
use crate::me::Me;
use crate::parts::{
    Field, Kind, Notice, Problems, Tone, actions, button, card, error_summary, form_post, notice, radios,
    submit_danger, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

const GOES: [&str; 4] = ["erasure-goes-1", "erasure-goes-2", "erasure-goes-3", "erasure-goes-4"];
const STAYS: [&str; 4] = ["erasure-stays-1", "erasure-stays-2", "erasure-stays-3", "erasure-stays-4"];

/// `GET /casos/{code}/borrado`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "borrado").await?;
    let last = erasure::last(work.tx(), o.id()).await?;
    let held = hold::current(work.tx(), o.id()).await?;
    let kept = hold::any(work.tx(), o.file.person.id).await?;
    work.commit().await?;
    let asked = last.as_ref().is_some_and(|r| r.state == "asked");
    let content = html! {
        h2 { (w.t("erasure-title")) }
        (error_summary(w, p))
        @if let Some(r) = &last { (request(app, me, &o, r)) }
        @if kept { (notice(w, Notice::Warning, html! { (w.t("state-legal-hold")) })) }
        (card(&w.t("erasure-goes"), html! { ul { @for key in GOES { li { (w.t(key)) } } } }))
        (card(&w.t("erasure-stays"), html! { ul { @for key in STAYS { li { (w.t(key)) } } } }))
        @if !asked && !kept && o.can(app, me, Act::ERASE_ASK) { (ask_form(app, me, &o, f, p)) }
        @if !o.can(app, me, Act::ERASE_ASK) && !asked { p { (w.t("erasure-who")) } }
        (hold_card(app, me, &o, held.as_ref(), p))
    };
    Ok(super::with_status(frame::page(app, me, &o, "borrado", content), p))
}

fn request(app: &App, me: &Me, o: &Opened, r: &Request) -> Markup {
    let w = me.words(app);
    notice(
        w,
        Notice::Info,
        html! {
            p { (w.t(&format!("erasure-{}", r.state))) }
            p { (w.t(&format!("erasure-basis-{}", r.basis))) " · " (o.names.of(w, r.asked_by)) " · " (w.moment(app.local(r.asked_at))) }
            @if let (Some(why), Some(by)) = (&r.why, r.decided_by) {
                p { (w.t(&format!("erasure-refused-{why}"))) " · " (o.names.of(w, by)) }
            }
        },
    )
}

fn ask_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    card(
        &w.t("erasure-ask"),
        form_post(
            &o.path("borrado"),
            &me.session.csrf,
            &app.once(),
            html! {
                (radios(w, &field("basis", "erasure-basis"), &keyed(w, "erasure-basis", &erasure::BASES)))
                (text_field(w, &field("code", "erasure-code").hint(w.with("erasure-code-hint", &[("code", o.code().into())])), Kind::Text))
                (submit_danger(&w.t("erasure-ask-send"), &w.t("erasure-ask-consequence"), "go", "1"))
            },
        ),
    )
}

fn hold_card(app: &App, me: &Me, o: &Opened, held: Option<&hold::Hold>, p: &Problems) -> Markup {
    let w = me.words(app);
    let may = o.can(app, me, Act::HOLD_SET);
    if held.is_none() && !may {
        return html! {};
    }
    card(
        &w.t("hold-title"),
        html! {
            p { (w.t("hold-text")) }
            @match held {
                Some(h) => {
                    p { strong { (w.t(&format!("hold-{}", h.reason))) } " · " (o.names.of(w, h.set_by)) " · " (w.moment(app.local(h.set_at))) }
                    @if may {
                        (form_post(&o.path("borrado/soltar"), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="version" value=(h.id);
                            (radios(w, &Field::new("why", w.t("hold-why")).error(p.of("why")), &keyed(w, "hold", &hold::ENDED)))
                            (actions(&[button(&w.t("hold-lift"), Tone::Quiet, "go", "1")]))
                        }))
                    }
                }
                None => {
                    (form_post(&o.path("borrado/conservar"), &me.session.csrf, &app.once(), html! {
                        (radios(w, &Field::new("reason", w.t("hold-reason")).error(p.of("reason")), &keyed(w, "hold", &hold::REASONS)))
                        (actions(&[button(&w.t("hold-set"), Tone::Quiet, "go", "1")]))
                    }))
                }
            }
        },
    )
}

/// `POST /casos/{code}/borrado`: asks, after her code was typed.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["basis", "code", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::ERASE_ASK, id).await?;
    if cases::by_code(work.tx(), f.text("code")).await? != id {
        drop(work);
        let mut p = Problems::new();
        p.add("code", me.words(&app).t("problem-code-again"));
        return page(&app, &me, &code, Some(f), &p).await;
    }
    let done = erasure::ask(&app.programme, &mut work, me.caller(), id, f.text("basis")).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/borrado")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `POST /casos/{code}/borrado/conservar`: from now on nothing of her may be erased.
pub async fn keep(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["reason", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let done = hold::set(&app.programme, &mut work, me.caller(), id, f.text("reason")).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/borrado")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, None, &p).await,
    }
}

/// `POST /casos/{code}/borrado/soltar`.
pub async fn release(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "why", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let seen = f.id("version").unwrap_or_default();
    let done = hold::lift(&app.programme, &mut work, me.caller(), (id, seen), f.text("why")).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/borrado")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, None, &p).await,
    }
}
