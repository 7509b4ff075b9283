//! A quarter: all its figures on one page, and each step of it.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::frozen::{Figure, Frozen, Value};
use ceiba_programme::results::quarter::{self, Quarter};
use ceiba_programme::results::versions::Version;
use maud::{Markup, html};
use serde::Deserialize;

use super::{amount, bar, day, period};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card, error_summary,
    form_post, heading, notice, submit, tag, typed, typed_block,
};
use crate::posted::Fields;
use crate::view::Names;
use crate::{Answer, App, Failure, Place, Words};

mod check;
mod steps;

pub use check::verify;
pub use steps::{act, decide};

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
        // Whoever neither writes nor approves sees a quarter when it is frozen; nobody sees one of which no month is over.
        None if state == "open" && (me.can(app, Act::RESULTS_WRITE) || me.can(app, Act::RESULTS_APPROVE)) => {
            match quarter::look(p, me.caller(), which).await {
                Ok((_, frozen)) => Some(frozen),
                Err(ProgrammeError::State("state-report-no-month")) => None,
                Err(e) => return Err(e.into()),
            }
        }
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
        @if frozen.is_none() && q.report.is_some() { p { (w.t("result-not-yet")) } }
        @if let Some(frozen) = &frozen {
            @if frozen.period.to != q.period.to { p { (w.with("result-counted-until", &[("day", day(w, &frozen.period.to).into())])) } }
            @if let (Some(report), None) = (&q.report, &version) {
                @let until = app.local(quarter::written_until(&app.programme, report, &frozen.period));
                p { (w.with("result-counted-written", &[("day", w.moment(until).into())])) }
            }
            (figures(app, me, &here, frozen, number))
            (super::spending::shown(w, frozen))
            @if !old && version.as_ref().is_some_and(|v| v.state == "frozen") { p { (button_link(&w.t("out-whole"), &format!("{here}/entregas"), Tone::Primary)) } }
            @if me.can(app, Act::RESULTS_WRITE) && version.is_none() { p { (button_link(&w.t("result-spending-bring"), &format!("{here}/gasto"), Tone::Quiet)) } }
            @if !old { (steps::shown(app, me, &here, &q, (frozen, version.as_ref()), f, p)) }
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
        let target = f.target.map_or_else(String::new, |t| amount(w, &f.unit, Value::Shown(t)));
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
                (Table::new(w.with(&format!("result-level-{}", level.kind), &[("name", level.name.of(language).into())]), columns()).headed().cards().rows(own.into_iter().map(line)).show(w))
            }
        }
        p class="quiet" { (w.with("result-hidden-why", &[("n", frozen.threshold.into())])) }
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

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A form of one step, for pages of this room.
pub(super) fn keep(label: &str) -> Markup {
    actions(&[submit(label)])
}
