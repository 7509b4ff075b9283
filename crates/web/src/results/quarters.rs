//! A quarter: all its figures on one page, and each step of it.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::frozen::{Figure, Frozen};
use ceiba_programme::results::quarter::{self, Decision, Quarter};
use ceiba_programme::results::versions::Version;
use maud::{Markup, html};
use serde::Deserialize;

use super::{amount, bar, day, period};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card, error_summary,
    form_post, heading, notice, submit, tag, text_area, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, problems};
use crate::{Answer, App, Failure, Place, Words};

/// Which version.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    v: Option<i64>,
}

/// `GET /resultados/{grant}/{period}`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &me, (&grant, &period), asked.v, None, &Problems::new()).await
}

/// What there is to see of a quarter: the version that was asked for, the one that waits, the one in force, or how it stands now.
pub(super) async fn seen(
    app: &App,
    me: &Me,
    which: (&str, &str),
    number: Option<i64>,
) -> Result<(Quarter, Option<Frozen>, Option<Version>), Failure> {
    let p = &app.programme;
    let mut tx = p.store.db.read().await?;
    let q = quarter::read(p, &mut tx, me.caller(), which).await?;
    drop(tx);
    let state = q.report.as_ref().map(|r| r.state.clone()).unwrap_or_default();
    let version = match number {
        Some(n) => {
            Some(q.versions.iter().find(|v| v.number == n && v.state == "frozen").ok_or(Failure::Absent)?)
        }
        None if state == "asked" => q.asked(),
        None if state == "frozen" => q.frozen(),
        None => None,
    }
    .cloned();
    let frozen = match &version {
        Some(v) => Some(v.frozen()?),
        None if state == "open" => Some(quarter::look(p, me.caller(), which).await?.1),
        None => None,
    };
    Ok((q, frozen, version))
}

async fn page(
    app: &App,
    me: &Me,
    which: (&str, &str),
    number: Option<i64>,
    f: Option<&Fields>,
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let (q, frozen, version) = seen(app, me, which, number).await?;
    let mut tx = app.programme.store.db.read().await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let grant = quarter::grant(&app.programme, which.0)?;
    let here = format!("/resultados/{}/{}", which.0, which.1);
    let old = number.is_some();
    let content = html! {
        (heading(html! { (period(w, which.1)) }, html! {
            (grant.name.of(me.lang.code())) " · " (day(w, &q.period.from)) " – " (day(w, &q.period.to))
            @if let Some(v) = &version { " · " (w.with("result-version", &[("n", v.number.into())])) " · " (stamp(app, w, &names, v)) }
        }))
        (error_summary(w, p))
        (told(app, me, &q, version.as_ref(), &names, old))
        @if q.report.is_none() && me.can(app, Act::RESULTS_WRITE) {
            (form_post(&here, &me.session.csrf, &app.once(), html! { (actions(&[button(&w.t("result-open"), Tone::Primary, "what", "open")])) }))
        }
        @if let Some(frozen) = &frozen {
            (figures(app, me, &here, frozen, number))
            (super::spending::shown(w, frozen))
            @if !old && version.as_ref().is_some_and(|v| v.state == "frozen") { p { (button_link(&w.t("out-title"), &format!("{here}/entregas"), Tone::Primary)) } }
            @if me.can(app, Act::RESULTS_WRITE) && version.is_none() { p { (button_link(&w.t("result-spending-bring"), &format!("{here}/gasto"), Tone::Quiet)) } }
            @if !old { (steps(app, me, &here, &q, (frozen, version.as_ref()), f, p)) }
        }
        (versions(app, w, &here, &q, &names))
        p { (button_link(&w.t("result-back"), "/resultados", Tone::Quiet)) }
    };
    let mut desk = Desk::new(app, me, "result-window", here.clone()).area(Place::Results);
    if !p.is_empty() {
        desk = desk.mend();
    }
    Ok(desk.body(content))
}

/// Who asked or decided, and when.
fn stamp(app: &App, w: &Words, names: &Names, v: &Version) -> String {
    let on = |at| w.date(app.local(at).date());
    match (v.decided_by, v.decided_at) {
        (Some(by), Some(at)) => {
            w.with("result-approved-by", &[("who", names.of(w, by).into()), ("day", on(at).into())])
        }
        _ => w.with(
            "result-asked-by",
            &[("who", names.of(w, v.asked_by).into()), ("day", on(v.asked_at).into())],
        ),
    }
}

/// How it stands, in a sentence.
fn told(app: &App, me: &Me, q: &Quarter, version: Option<&Version>, names: &Names, old: bool) -> Markup {
    let w = me.words(app);
    let report = q.report.as_ref();
    let sent_back = q.versions.iter().find(|v| v.state == "refused");
    html! {
        @match report.map(|r| r.state.as_str()) {
            None => p { (w.t("result-not-open")) },
            Some("open") if !old => {
                (notice(w, Notice::Info, html! {
                    p { (w.t("result-is-open")) }
                    @if let Some(r) = report.filter(|r| !r.reason.is_empty()) { p { (w.t("result-reason")) ": " (typed(&r.reason)) } }
                }))
                @if let Some(v) = sent_back { (notice(w, Notice::Warning, html! {
                    p { (w.with("result-sent-back", &[("who", v.decided_by.map_or_else(String::new, |by| names.of(w, by)).into())])) }
                    (typed_block(&v.remark))
                })) }
            },
            Some("asked") if !old => (notice(w, Notice::Info, html! { p { (w.t("result-is-asked")) } })),
            _ => @if let Some(v) = version {
                (notice(w, Notice::Info, html! { p { (w.t("result-is-frozen")) } @if q.frozen().is_some_and(|f| f.number != v.number) { p { (w.t("result-is-old")) } } }))
            },
        }
    }
}

/// Every figure under its result: name, period, to date, promise.
fn figures(app: &App, me: &Me, here: &str, frozen: &Frozen, number: Option<i64>) -> Markup {
    let w = me.words(app);
    let language = me.lang.code();
    let query = number.map_or_else(String::new, |n| format!("?v={n}"));
    let columns = || {
        vec![
            Column::new(w.t("result-figure")),
            Column::number(w.t("result-in-period")),
            Column::number(w.t("result-to-date")),
            Column::number(w.t("result-target")),
        ]
    };
    let line = |f: &Figure| {
        let target = f.target.map_or_else(String::new, |t| {
            amount(w, &f.unit, ceiba_programme::results::frozen::Value::Shown(t))
        });
        vec![
            html! {
                a href={ (here) "/cifras/" (f.code) (query) } { (f.name.of(language)) }
                " " span class="quiet" { (f.code) }
                @if !f.deviation.is_empty() { " " (tag(Mood::Plain, &w.t("result-explained"))) }
                @else if quarter::is_off(f, frozen) { " " (tag(Mood::Care, &w.t("result-off"))) }
            },
            html! { (amount(w, &f.unit, f.value)) },
            html! { (amount(w, &f.unit, f.to_date)) },
            html! { (target) (bar(w, f)) },
        ]
    };
    html! {
        @for level in &frozen.results {
            @let own: Vec<&Figure> = frozen.figures.iter().filter(|f| f.result == level.code).collect();
            @if level.kind == "output" || !own.is_empty() {
                h2 { (level.name.of(language)) }
                (Table::new(w.t(&format!("result-level-{}", level.kind)), columns()).cards().rows(own.into_iter().map(line)).show(w))
            }
        }
        p class="quiet" { (w.with("result-hidden-why", &[("n", frozen.threshold.into())])) }
    }
}

/// What can be done with it now.
fn steps(
    app: &App,
    me: &Me,
    here: &str,
    q: &Quarter,
    (frozen, version): (&Frozen, Option<&Version>),
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let typed = |name: &str, kept: &str| f.map_or_else(|| kept.to_owned(), |f| f.text(name).to_owned());
    let (write, approve) = (me.can(app, Act::RESULTS_WRITE), me.can(app, Act::RESULTS_APPROVE));
    let state = q.report.as_ref().map(|r| r.state.as_str()).unwrap_or_default();
    let seen = q.report.as_ref().map(|r| r.version).unwrap_or_default();
    html! {
        @if state == "open" && write {
            (card(&w.t("result-notes"), form_post(here, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="seen" value=(seen);
                (text_area(w, &Field::new("notes", w.t("result-notes-label")).hint(w.t("result-no-names")).value(typed("notes", &frozen.notes)).error(p.of("notes")).rows(3)))
                (actions(&[button(&w.t("result-notes-keep"), Tone::Quiet, "what", "note")]))
            })))
            (card(&w.t("result-ask-title"), form_post(here, &me.session.csrf, &app.once(), html! {
                p { (w.t("result-ask-text")) }
                input type="hidden" name="shown" value=(fingerprint(frozen));
                (actions(&[button(&w.t("result-ask"), Tone::Primary, "what", "ask")]))
            })))
        }
        @if state == "asked" { @if let Some(v) = version {
            @if approve && v.asked_by != me.account() {
                (card(&w.t("result-decide-title"), form_post(&format!("{here}/decidir"), &me.session.csrf, &app.once(), html! {
                    p { (w.t("result-decide-text")) }
                    input type="hidden" name="hash" value=(hex(&v.hash));
                    (text_area(w, &Field::new("remark", w.t("result-remark")).hint(w.t("result-remark-hint")).value(typed("remark", "")).error(p.of("remark")).rows(2)))
                    (actions(&[button(&w.t("result-approve"), Tone::Primary, "what", "approve"), button(&w.t("result-refuse"), Tone::Quiet, "what", "refuse")]))
                })))
            } @else { p { (w.t("result-other-approves")) } }
        } }
        @if state == "frozen" && write {
            (card(&w.t("result-restate-title"), form_post(here, &me.session.csrf, &app.once(), html! {
                p { (w.t("result-restate-text")) }
                (text_area(w, &Field::new("reason", w.t("result-restate-reason")).hint(w.t("result-no-names")).value(typed("reason", "")).error(p.of("reason")).rows(2)))
                (actions(&[button(&w.t("result-restate"), Tone::Quiet, "what", "restate")]))
            })))
        }
    }
}

fn versions(app: &App, w: &Words, here: &str, q: &Quarter, names: &Names) -> Markup {
    let all: Vec<&Version> = q.versions.iter().filter(|v| v.state == "frozen").collect();
    if all.is_empty() {
        return html! {};
    }
    card(
        &w.t("result-versions"),
        html! {
            ul { @for v in all { li {
                a href={ (here) "?v=" (v.number) } { (w.with("result-version", &[("n", v.number.into())])) }
                " · " (stamp(app, w, names, v)) " · "
                a href={ (here) "/comprobar/" (v.number) } { (w.t("result-verify")) }
                @if let Some(r) = v.frozen().ok().and_then(|f| f.restates) { p class="quiet" { (w.t("result-reason")) ": " (typed(&r.reason)) } }
            } } }
        },
    )
}

/// What tells whether the numbers are those that somebody saw.
fn fingerprint(frozen: &Frozen) -> String {
    frozen.shown().map(|text| hex(&ceiba_programme::results::compute::hash_of(&text))).unwrap_or_default()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// `POST /resultados/{grant}/{period}`: opens, writes about the whole, asks for approval, opens again.
pub async fn act(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "notes", "seen", "shown", "reason"])?;
    let (p, caller, which) = (&app.programme, me.caller(), (grant.as_str(), period.as_str()));
    p.may(caller, Act::RESULTS_WRITE)?;
    let here = format!("/resultados/{grant}/{period}");
    // Counting takes a second of a large programme: it is done before anything is locked.
    let looked = if f.text("what") == "ask" { Some(quarter::look(p, caller, which).await) } else { None };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = match (f.text("what"), looked) {
        ("open", _) => quarter::open(p, &mut work, caller, which).await,
        ("note", _) => {
            quarter::note(
                p,
                &mut work,
                caller,
                which,
                (f.text("notes"), f.number("seen").unwrap_or_default()),
            )
            .await
        }
        ("restate", _) => quarter::restate(p, &mut work, caller, which, f.text("reason")).await,
        ("ask", Some(looked)) => match looked {
            Ok((basis, frozen)) if fingerprint(&frozen) == f.text("shown") => {
                quarter::ask(p, &mut work, caller, which, (&basis, &frozen)).await
            }
            Ok(_) => Err(ProgrammeError::Stale),
            Err(e) => Err(e),
        },
        _ => return Err(Failure::Tampered),
    };
    match done {
        Ok(()) => posted.commit(work, &here).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, which, None, Some(f), &problems(me.words(&app), &list)).await
        }
        Err(ProgrammeError::Stale) => {
            drop(work);
            let w = me.words(&app);
            let mut p = Problems::new();
            p.add("result-notes", w.t("problem-report-changed"));
            page(&app, &me, which, None, Some(f), &p).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /resultados/{grant}/{period}/decidir`.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "hash", "remark"])?;
    let (p, which) = (&app.programme, (grant.as_str(), period.as_str()));
    let decision = match f.text("what") {
        "approve" => Decision::Approve,
        "refuse" => Decision::Refuse(f.text("remark")),
        _ => return Err(Failure::Tampered),
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match quarter::decide(p, &mut work, me.caller(), which, (decision, f.text("hash"))).await {
        Ok(()) => posted.commit(work, &format!("/resultados/{grant}/{period}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, which, None, Some(f), &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /resultados/{grant}/{period}/comprobar/{n}`: counts it again.
pub async fn verify(
    State(app): State<App>,
    me: Me,
    Path((grant, period_code, number)): Path<(String, String, i64)>,
) -> Answer {
    let w = me.words(&app);
    let which = (grant.as_str(), period_code.as_str());
    let found = quarter::verify(&app.programme, me.caller(), which, number).await?;
    let (_, _, version) = seen(&app, &me, which, Some(number)).await?;
    let version = version.ok_or(Failure::Absent)?;
    let here = format!("/resultados/{grant}/{period_code}");
    let said = |good: bool, key: &str| {
        let (mood, end) = if good { (Mood::Ok, "yes") } else { (Mood::No, "no") };
        html! { li { (tag(mood, &w.t(&format!("result-check-{end}")))) " " (w.t(&format!("result-check-{key}-{end}"))) } }
    };
    let content = html! {
        (heading(html! { (w.t("result-check-title")) }, html! { (period(w, &period_code)) " · " (w.with("result-version", &[("n", number.into())])) }))
        ul class="tasks" {
            (said(found.same, "same"))
            (said(found.signed, "signed"))
            (said(found.in_ledger, "ledger"))
        }
        (card(&w.t("result-check-about"), html! {
            p { (w.t("result-check-text")) }
            dl class="facts" {
                div { dt { (w.t("result-check-hash")) } dd { code class="break" { (hex(&version.hash)) } } }
                div { dt { (w.t("result-check-signature")) } dd { code class="break" { (version.signature.as_deref().map(hex).unwrap_or_default()) } } }
                div { dt { (w.t("result-check-key")) } dd { code class="break" { (hex(&app.programme.office_key().report_public())) } } }
            }
        }))
        p { (button_link(&w.t("back"), &here, Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "result-window", here.clone()).area(Place::Results).body(content))
}

/// A form of one step, for pages of this room.
pub(super) fn keep(label: &str) -> Markup {
    actions(&[submit(label)])
}
