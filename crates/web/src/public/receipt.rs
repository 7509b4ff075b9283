//! Coming back with a receipt: a neutral state, questions, answers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ceiba_access::{Caller, Grant};
use ceiba_programme::ProgrammeError;
use ceiba_programme::alerts::Alert;
use ceiba_programme::alerts::receipt::{self, Message, Seen};
use ceiba_store::Work;
use maud::html;
use uuid::Uuid;

use crate::me::Visitor;
use crate::parts::{
    Field, Kind, Notice, Problems, actions, error_summary, heading, notice, submit, text_area, text_field,
    typed_block,
};
use crate::posted::{Open, once};
use crate::view::problems;
use crate::{Answer, App, Page};

/// `GET /aviso/recibo`.
pub async fn ask(State(app): State<App>, visitor: Visitor) -> Response {
    code_page(&app, &visitor, "", &Problems::new())
}

fn code_page(app: &App, visitor: &Visitor, typed: &str, p: &Problems) -> Response {
    let w = visitor.words(app);
    let code = Field::new("code", w.t("receipt-your-code"))
        .hint(w.t("receipt-code-hint"))
        .value(typed)
        .error(p.of("code"));
    let content = html! {
        (heading(html! { (w.t("receipt-back-title")) }, html! {}))
        (error_summary(w, p))
        form class="stack" method="post" action="/aviso/recibo" novalidate {
            (text_field(w, &code, Kind::Text))
            (actions(&[submit(&w.t("receipt-look"))]))
        }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (
        status,
        Page::new(w, "receipt-window")
            .quick_exit(&app.programme.pack.quick_exit)
            .here("/aviso/recibo")
            .body(content),
    )
        .into_response()
}

/// `POST /aviso/recibo`. The code is in the body, never in an address. A wrong one costs half a second of
/// the reader's patience and nothing else: 31¹⁰ codes are not found by trying.
pub async fn look(State(app): State<App>, visitor: Visitor, open: Open) -> Answer {
    let f = open.only(&["code"])?;
    let mut tx = app.programme.store.db.read().await?;
    let Some((alert, nobody, grant)) = receipt::find(&app.programme, &mut tx, f.text("code")).await? else {
        return Ok(wrong(&app, &visitor, f.text("code")));
    };
    let messages = receipt::messages(&app.programme, &mut tx, &nobody, &grant, alert.id).await?;
    Ok(state_page(&app, &visitor, f.text("code"), &alert, &messages, &Problems::new(), false))
}

fn wrong(app: &App, visitor: &Visitor, typed: &str) -> Response {
    let mut p = Problems::new();
    p.add("code", visitor.words(app).t("receipt-wrong"));
    code_page(app, visitor, typed, &p)
}

/// `POST /aviso/mensaje`: the reporter answers or adds something.
pub async fn say(State(app): State<App>, visitor: Visitor, open: Open) -> Answer {
    let f = open.only(&["code", "text"])?;
    let w = visitor.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let Some((alert, nobody, grant)) = receipt::find(&app.programme, &mut tx, f.text("code")).await? else {
        return Ok(wrong(&app, &visitor, f.text("code")));
    };
    drop(tx);
    let mut work = app.programme.store.work(nobody.account).await?;
    let p = match add(&app, &mut work, (&nobody, &grant), &alert, (f.id("once"), f.text("text"))).await {
        Ok(true) => {
            work.commit().await?;
            Problems::new()
        }
        Ok(false) => Problems::new(),
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            problems(w, &list)
        }
        Err(e) => return Err(e.into()),
    };
    let saved = p.is_empty();
    let mut tx = app.programme.store.db.read().await?;
    let messages = receipt::messages(&app.programme, &mut tx, &nobody, &grant, alert.id).await?;
    Ok(state_page(&app, &visitor, f.text("code"), &alert, &messages, &p, saved))
}

/// Keeps what she adds; `false` when this form was kept already.
async fn add(
    app: &App,
    work: &mut Work,
    (nobody, grant): (&Caller, &Grant),
    alert: &Alert,
    (once, text): (Option<Uuid>, &str),
) -> Result<bool, ProgrammeError> {
    let p = &app.programme;
    if let Some(once) = once
        && receipt::said(p, work.tx(), alert, once, text).await?
    {
        return Ok(false);
    }
    receipt::say(p, work, nobody, grant, alert, ("reporter", text), once).await?;
    Ok(true)
}

fn state_page(
    app: &App,
    visitor: &Visitor,
    code: &str,
    alert: &Alert,
    messages: &[Message],
    p: &Problems,
    saved: bool,
) -> Response {
    let w = visitor.words(app);
    let state = match alert.seen() {
        Seen::Received => "receipt-received",
        Seen::InHands => "receipt-in-hands",
        Seen::Closed => "receipt-closed",
    };
    let text =
        Field::new("text", w.t("receipt-add")).hint(w.t("alert-words-hint")).error(p.of("text")).rows(4);
    let content = html! {
        (heading(html! { (w.t("receipt-state-title")) }, html! {}))
        @if saved { (notice(w, Notice::Done, html! { (w.t("receipt-added")) })) }
        p class="lead" { strong { (w.t(state)) } }
        p { (w.t("receipt-privacy")) }
        @for message in messages {
            section class="card" {
                p class="quiet" {
                    (w.t(if message.author == "team" { "receipt-team" } else { "receipt-you" })) " · "
                    (w.moment(app.local(message.at)))
                }
                (typed_block(&message.text))
            }
        }
        (error_summary(w, p))
        form class="stack" method="post" action="/aviso/mensaje" novalidate {
            input type="hidden" name="code" value=(code);
            (once(app))
            (text_area(w, &text))
            (actions(&[submit(&w.t("receipt-send"))]))
        }
    };
    let status = if p.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (
        status,
        Page::new(w, "receipt-window")
            .quick_exit(&app.programme.pack.quick_exit)
            .here("/aviso/recibo")
            .body(content),
    )
        .into_response()
}
