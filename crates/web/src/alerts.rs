//! The triage board and the page of one alert.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::alerts::triage::{self, Decision};
use ceiba_programme::alerts::{self, Alert, Body, board, receipt};
use ceiba_programme::cases::screening;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::changed::{self, Both, Said};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card,
    clock_due_at, empty_state, error_summary, facts_list, form_post, heading, notice, radios, select, submit,
    tag, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, keyed, problems};
use crate::{Answer, App, Failure, Place, Words};

/// Which part of the board.
#[derive(Deserialize, Default)]
pub struct Part {
    #[serde(default)]
    ver: String,
}

/// A word for how urgent an alert is. Brick only for danger now.
pub fn urgency(w: &Words, code: &str) -> Markup {
    let mood = match code {
        "now" => Mood::Harm,
        "today" => Mood::Care,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("urgency-{code}")))
}

/// `GET /avisos`: what waits, most pressing first.
pub async fn board(State(app): State<App>, me: Me, Query(part): Query<Part>) -> Answer {
    let w = me.words(&app);
    let decided = part.ver == "decididos";
    let mut tx = app.programme.store.db.read().await?;
    let alerts = board::list(&app.programme, &mut tx, me.caller(), decided, 100).await?;
    let names = Names::read(&app, &mut tx).await?;
    let columns =
        ["alert-col-urgency", "alert-col-signs", "alert-col-place", "alert-col-due", "alert-col-who"];
    let table = Table::new(w.t("alerts-caption"), columns.map(|c| Column::new(w.t(c))).into()).cards();
    let table = table.rows(alerts.iter().map(|a| {
        let signs: Vec<String> = a.signs.iter().take(2).map(|s| w.t(&format!("sign-{s}"))).collect();
        vec![
            html! { (urgency(w, &a.urgency)) },
            html! { a href={ "/avisos/" (a.id) } { @if signs.is_empty() { (w.t("alert-only-words")) } @else { (signs.join(" · ")) } } },
            html! { (app.code(&me, "municipalities", &a.municipality)) @if a.network.is_some() { " " (tag(Mood::Plain, &w.t("network-from"))) } },
            html! {
                @if decided { (w.t(&format!("decision-{}", a.decision.as_deref().unwrap_or("close")))) }
                @else { (clock_due_at(w, app.local(a.due_at), app.now())) }
            },
            html! { @if let Some(by) = a.taken_by { (typed(&names.of(w, by))) } @else { (w.t("alert-nobody")) } },
        ]
    }));
    let content = html! {
        (heading(html! { (w.t("alerts-title")) }, html! { (w.with("alerts-count", &[("n", alerts.len().into())])) }))
        nav class="actions" aria-label=(w.t("alerts-parts")) {
            (button_link(&w.t("alerts-waiting"), "/avisos", if decided { Tone::Quiet } else { Tone::Primary }))
            (button_link(&w.t("alerts-decided"), "/avisos?ver=decididos", if decided { Tone::Primary } else { Tone::Quiet }))
            @if me.can(&app, Act::ALERT_ENTER) { (button_link(&w.t("record-alert"), "/avisos/nuevo", Tone::Quiet)) }
        }
        @if alerts.is_empty() { (empty_state(&w.t("alerts-empty"), html! {})) } @else { (table.show(w)) }
    };
    Ok(Desk::new(&app, &me, "alerts-window", "/avisos").area(Place::Today).body(content))
}

/// `GET /avisos/{id}`: one alert. Opening it is an entry of the ledger.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, &Problems::new(), None).await
}

async fn page(app: &App, me: &Me, id: Uuid, p: &Problems, typed_text: Option<&str>) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let alert = alerts::shown(&app.programme, work.tx(), me.caller(), id).await?;
    let situation = alerts::situation(&app.programme, me.caller(), &alert);
    let grant = app.programme.may_on(me.caller(), Act::ALERT_LIST, id, &situation)?;
    let body = alerts::body(&app.programme, work.tx(), me.caller(), &grant, id).await?;
    let messages = receipt::messages(&app.programme, work.tx(), me.caller(), &grant, id).await?;
    let alike = board::alike(work.tx(), me.caller(), &alert).await?;
    let screenings = screening::list(&app.programme, work.tx(), me.caller(), &grant, id).await?;
    let names = Names::read(app, work.tx()).await?;
    work.record("alert.read", "alert", id, [0; 32]).await?;
    work.commit().await?;

    let mine = alert.taken_by == Some(me.account());
    let content = html! {
        (heading(html! { (w.t("alert-one-title")) }, html! { (urgency(w, &alert.urgency)) " " (w.t(&format!("alert-state-{}", alert.state))) @if alert.network.is_some() { " " (tag(Mood::Plain, &w.t("network-from"))) } }))
        (error_summary(w, p))
        @if alert.open() && !mine {
            @if let Some(by) = alert.taken_by {
                (notice(w, Notice::Info, html! { (w.t("alert-taken-by")) " " (typed(&names.of(w, by))) }))
            }
        }
        (told(app, me, &alert, &body))
        @if !alike.is_empty() {
            (card(&w.t("alert-alike-title"), html! {
                p { (w.t("alert-alike-text")) }
                ul { @for other in &alike {
                    li { a href={ "/avisos/" (other.id) } { (w.moment(app.local(other.created_at))) } " · " (w.t(&format!("alert-state-{}", other.state))) }
                } }
            }))
        }
        @if alert.open() && alert.taken_by.is_none() {
            (form_post(&format!("/avisos/{id}/tomar"), &me.session.csrf, &app.once(), actions(&[submit(&w.t("alert-take"))])))
        }
        @if !screenings.is_empty() && me.can(app, Act::SCREENING_FILL) {
            (card(&w.t("screening-done"), html! {
                ul { @for s in &screenings {
                    li {
                        (w.moment(app.local(s.head.created_at))) " · " (typed(&names.of(w, s.head.author))) " · "
                        strong { (w.t(&format!("outcome-{}", s.head.code.as_deref().unwrap_or("none")))) }
                    }
                } }
                p class="quiet" { (w.t("outcome-never-verdict")) }
            }))
        }
        (card(&w.t("alert-messages"), html! {
            @for m in &messages {
                p class="quiet" { (w.t(if m.author == "team" { "receipt-team" } else { "alert-from-reporter" })) " · " (w.moment(app.local(m.at))) }
                (typed_block(&m.text))
            }
            @if mine && alert.open() {
                (form_post(&format!("/avisos/{id}/mensaje"), &me.session.csrf, &app.once(), html! {
                    (text_area(w, &Field::new("text", w.t("alert-say")).hint(w.t("alert-say-hint")).value(typed_text.unwrap_or_default()).error(p.of("text")).rows(3)))
                    (actions(&[submit(&w.t("alert-say-send"))]))
                }))
            }
        }))
        @if mine && alert.open() { (decide(app, me, &alert, &alike, p)) }
        @if let Some(case) = alert.case_id {
            (notice(w, Notice::Info, html! { (w.t("alert-became-case")) @if me.can(app, Act::CASE_LIST) { " " a href={ "/casos/de/" (case) } { (w.t("alert-open-case")) } } }))
        }
    };
    let desk = Desk::new(app, me, "alert-one-window", format!("/avisos/{id}")).area(Place::Today);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn told(app: &App, me: &Me, alert: &Alert, body: &Body) -> Markup {
    let w = me.words(app);
    let signs = html! { ul { @for s in &alert.signs { li { (w.t(&format!("sign-{s}"))) } } } };
    let (reporter, channel) =
        (w.t(&format!("reporter-{}", alert.reporter)), w.t(&format!("channel-{}", alert.channel)));
    card(
        &w.t("alert-told"),
        facts_list(&[
            (&w.t("alert-signs"), signs),
            (&w.t("alert-age"), html! { (w.t(&format!("age-group-{}", alert.age_group))) }),
            (
                &w.t("alert-since"),
                html! { (w.t(&format!("since-{}", alert.since))) " · " (w.t(&format!("certainty-{}", alert.certainty))) },
            ),
            (&w.t("alert-municipality"), html! { (app.code(me, "municipalities", &alert.municipality)) }),
            (
                &w.t("alert-words"),
                html! { @if body.words.is_empty() { (w.t("nothing")) } @else { (typed_block(&body.words)) } },
            ),
            (
                &w.t("alert-contact"),
                html! { @if body.contact.is_empty() { (w.t("nothing")) } @else { (typed(&body.contact)) } },
            ),
            (
                &w.t("alert-came"),
                html! { (w.moment(app.local(alert.created_at))) " · " (reporter) " · " (channel) },
            ),
            (&w.t("alert-col-due"), clock_due_at(w, app.local(alert.due_at), app.now())),
        ]),
    )
}

fn decide(app: &App, me: &Me, alert: &Alert, alike: &[Alert], p: &Problems) -> Markup {
    let w = me.words(app);
    let id = alert.id;
    let others: Vec<Choice> =
        alike.iter().map(|a| Choice::new(a.id.to_string(), w.moment(app.local(a.created_at)))).collect();
    let mut decisions = keyed(w, "decision", &["emergency", "screen", "orient", "close"]);
    if !others.is_empty() {
        decisions.push(Choice::new("duplicate", w.t("decision-duplicate")));
    }
    card(
        &w.t("alert-decide"),
        html! {
            p class="actions" {
                @if me.can(app, Act::SCREENING_FILL) { (button_link(&w.t("alert-screen-now"), &format!("/deteccion/{id}/conversation-guide"), Tone::Quiet)) }
                @if me.can(app, Act::CASE_OPEN) {
                    (button_link(&w.t("found-link"), &format!("/varias?aviso={id}"), Tone::Quiet))
                    (button_link(&w.t("alert-to-case"), &format!("/casos/nuevo?aviso={id}"), Tone::Primary))
                }
            }
            @if !me.can(app, Act::CASE_OPEN) {
                p { (w.t("alert-pass-text")) }
                (form_post(&format!("/avisos/{id}/pasar"), &me.session.csrf, &app.once(), actions(&[submit(&w.t("alert-pass"))])))
            }
            (form_post(&format!("/avisos/{id}/decidir"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(alert.version);
                (radios(w, &Field::new("decision", w.t("alert-decision")).error(p.of("decision")), &decisions))
                (select(w, &Field::new("reason", w.t("alert-reason")).hint(w.t("alert-reason-hint")).error(p.of("reason")), &keyed(w, "reason", &triage::REASONS)))
                @if !others.is_empty() { (select(w, &Field::new("same_as", w.t("alert-same-as")).error(p.of("same_as")), &others)) }
                (actions(&[button(&w.t("alert-decide-send"), Tone::Quiet, "go", "1")]))
            }))
        },
    )
}

/// `POST /avisos/{id}/tomar`: the second of two is told who has it.
pub async fn take(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    alerts::shown(&app.programme, work.tx(), me.caller(), id).await?;
    triage::take(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/avisos/{id}")).await
}

/// `POST /avisos/{id}/pasar`: back to the board, for the team that opens files.
pub async fn pass_on(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    alerts::shown(&app.programme, work.tx(), me.caller(), id).await?;
    triage::pass_on(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/avisos/{id}")).await
}

/// `POST /avisos/{id}/mensaje`.
pub async fn say(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["text"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let alert = alerts::shown(&app.programme, work.tx(), me.caller(), id).await?;
    let situation = alerts::situation(&app.programme, me.caller(), &alert);
    let grant = app.programme.may_on(me.caller(), Act::ALERT_ANSWER, id, &situation)?;
    match receipt::say(&app.programme, &mut work, me.caller(), &grant, &alert, ("team", f.text("text")), None)
        .await
    {
        Ok(()) => posted.commit(work, &format!("/avisos/{id}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, id, &problems(me.words(&app), &list), Some(f.text("text"))).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /avisos/{id}/decidir`.
pub async fn settle(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&[
        "decision",
        "reason",
        "same_as",
        "go",
        "version",
        changed::FIELDS[0],
        changed::FIELDS[1],
    ])?;
    let w = me.words(&app);
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(crate::see_other(&format!("/avisos/{id}"))),
        Said::Nothing => return decided_meanwhile(&app, &me, id, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    // Whoever no longer has the alert is told so below; whoever has it and decided in another window sees both.
    let alert = alerts::shown(&app.programme, work.tx(), me.caller(), id).await?;
    if alert.decision.is_some() && Some(alert.version) != f.number("version") {
        drop(work);
        return decided_meanwhile(&app, &me, id, f).await;
    }
    let Some(decision) = Decision::find(f.text("decision")) else {
        drop(work);
        let mut p = Problems::new();
        p.add("decision", w.t("problem-choose"));
        return page(&app, &me, id, &p, None).await;
    };
    let done = triage::decide(
        &app.programme,
        &mut work,
        me.caller(),
        id,
        decision,
        (f.text("reason"), f.id("same_as")),
    )
    .await;
    match done {
        Ok(()) => posted.commit(work, "/avisos").await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, id, &problems(w, &list), None).await
        }
        Err(e) => Err::<_, Failure>(e.into()),
    }
}

/// It was decided meanwhile: both decisions, with who made the saved one.
async fn decided_meanwhile(app: &App, me: &Me, id: Uuid, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let alert = alerts::shown(&app.programme, &mut tx, me.caller(), id).await?;
    let log = ceiba_store::ledger::about(&mut tx, id, 50).await?;
    drop(tx);
    let action = format!("alert.{}", alert.decision.as_deref().unwrap_or_default());
    let last = log.iter().find(|l| l.action == action);
    let said = |code: &str| w.t(&format!("decision-{code}"));
    let both = Both {
        label: w.t("alert-decision"),
        theirs: alert.decision.as_deref().map_or_else(String::new, said),
        by: (last.map(|l| l.actor), last.map_or(alert.created_at, |l| l.at)),
        mine: Decision::find(f.text("decision")).map_or_else(String::new, |d| said(d.code().0)),
        seen: alert.version.to_string(),
        action: format!("/avisos/{id}/decidir"),
        back: format!("/avisos/{id}"),
    };
    both.at_desk(app, me, f).await
}
