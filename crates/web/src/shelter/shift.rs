//! The shift: what the last one left, the log, and handing over.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::shelter::{log as book, shift};
use maud::html;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Problems, actions, card, empty_state, error_summary, form_post, heading, submit, text_area,
    typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, at_home};
use crate::{Answer, App, Place};

/// So many lines of the log stand on the page.
const LINES: i64 = 60;

/// `GET /casa/turno`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    programme.may_on(caller, Act::HOUSE_READ, uuid::Uuid::nil(), &at_home())?;
    let house = ceiba_programme::shelter::of(programme, caller).is_ok();
    let (left, on, lines) = if house {
        (
            shift::handover(programme, work.tx(), caller).await?,
            shift::on(programme, work.tx(), caller).await?,
            book::recent(programme, work.tx(), caller, LINES).await?,
        )
    } else {
        (None, Vec::new(), Vec::new())
    };
    let mut codes = std::collections::BTreeMap::new();
    for line in &lines {
        if let Ok(case) = ceiba_programme::cases::lookup(work.tx(), line.head.file).await {
            codes.insert(line.head.file, case.code);
        }
    }
    let names = Names::read(app, work.tx()).await?;
    work.record("house.log.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let writes = house && programme.gate.would(caller, Act::HOUSE_LOG, &at_home());
    let mine = on.iter().any(|s| s.account == caller.account);
    let area = |name: &str, key: &str| {
        Field::new(name, w.t(key))
            .hint(w.t(&format!("{key}-hint")))
            .rows(3)
            .value(typed_in(f, name))
            .error(p.of(name))
    };
    let content = html! {
        (heading(html! { (w.t("shift-title")) }, html! {
            @if on.is_empty() { (w.t("shift-nobody")) }
            @for s in &on { (names.of(w, s.account)) " · " (w.t("house-since")) " " (w.near_moment(app.local(s.started_at), app.now())) " " }
        }))
        (error_summary(w, p))
        @if writes {
            (card(&w.t("log-house"), form_post("/casa/turno/bitacora", &me.session.csrf, &app.once(), html! {
                (text_area(w, &area("text", "log-text")))
                (actions(&[submit(&w.t("log-send"))]))
            })))
        }
        @if writes && mine {
            (card(&w.t("handover-title"), form_post("/casa/turno/entrega", &me.session.csrf, &app.once(), html! {
                (text_area(w, &area("handover", "handover-text")))
                (actions(&[submit(&w.t("handover-send"))]))
            })))
        }
        @if let Some(h) = &left {
            (card(&w.t("handover-last"), html! {
                (typed_block(&h.body.text))
                p class="quiet" { (names.of(w, h.head.author)) " · " (w.moment(app.local(h.head.created_at))) }
            }))
        }
        h2 { (w.t("log-title")) }
        @if lines.is_empty() { (empty_state(&w.t("log-empty"), html! {})) }
        @for l in &lines {
            section {
                p class="quiet" { (w.near_moment(app.local(l.head.created_at), app.now())) " · " (names.of(w, l.head.author))
                    @if let Some(code) = codes.get(&l.head.file) { " · " a href={ "/casa/" (code) } { (code) } } }
                (typed_block(&l.body.text))
            }
        }
    };
    let desk = Desk::new(app, me, "shift-window", "/casa/turno").area(Place::House);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /casa/turno`: she has read what was left, and begins.
pub async fn begin(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["read"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = shift::begin(&app.programme, &mut work, me.caller(), f.id("read")).await;
    match finish(&app, &me, &posted, work, outcome, "/casa").await? {
        Done::To(response) => Ok(response),
        // Something newer was left meanwhile: it stands on this page.
        Done::Mend(p) => page(&app, &me, None, &p).await,
    }
}

/// `POST /casa/turno/bitacora`: a line about the house.
pub async fn log(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["text"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = book::write(&app.programme, &mut work, me.caller(), None, f.text("text")).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/turno").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}

/// `POST /casa/turno/entrega`: what the next shift must know; her own ends.
pub async fn hand_over(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["handover"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = shift::hand_over(&app.programme, &mut work, me.caller(), f.text("handover")).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/turno").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
