//! «Ruta»: the clocks of a case, why each runs, until when and whose it is. They inform; nothing is sent from here.

pub mod bottlenecks;
pub mod print;
pub mod sign;
pub mod table;
mod words;

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::route::clock::Move;
use ceiba_programme::route::signing::{self, Marks};
use ceiba_programme::route::steps::{self, Clock, RouteStep, Typed};
use ceiba_programme::route::{Row, Timing};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, Tone, actions, button, button_link, card, date_fields,
    empty_state, error_summary, facts_list, form_post, notice, radios, select, submit, text_area, text_field,
    typed,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App};

/// Which step the form begins with.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    fila: String,
    #[serde(default)]
    paso: String,
}

/// What the page knows besides the file's frame.
struct Shown<'a> {
    clocks: Vec<Clock<'a>>,
    noted: Vec<Entry<RouteStep>>,
    directory: Vec<Institution>,
    rows: Vec<&'a Row>,
    marks: Marks,
    writes: bool,
}

/// `GET /casos/{code}/ruta`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(q): Query<Asked>,
) -> Answer {
    page(&app, &me, &code, &q, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, q: &Asked, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "ruta").await?;
    let clocks = steps::clocks(prog, work.tx(), caller, o.id()).await?;
    let noted = steps::noted(prog, work.tx(), caller, o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let marks = signing::marks(prog, work.tx()).await?;
    let o = o.settle(work).await?;
    let hers = steps::populations(prog, &o.file.person);
    let concerns = |r: &&Row| r.population.iter().any(|p| hers.contains(&p.as_str()));
    let rows = prog.pack.route.in_use().filter(concerns).collect();
    let s = Shown { clocks, noted, directory, rows, marks, writes: o.can(app, me, Act::ROUTE_WRITE) };
    // A step is noted on a page of its own: this one grows with the file.
    let asks = !q.fila.is_empty() || !q.paso.is_empty() || !p.is_empty();
    if s.writes && asks {
        let content = html! {
            (error_summary(w, p))
            (note_form(app, me, &o, &s, q, f, p))
            p { (button_link(&w.t("back"), &o.path("ruta"), Tone::Quiet)) }
        };
        return Ok(with_status(frame::page(app, me, &o, "ruta", content), p));
    }
    let running: Vec<&Clock<'_>> = s.clocks.iter().filter(|c| c.run.ended.is_none()).collect();
    let content = html! {
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("route-text")) } p { (w.t("route-not-law")) } }))
        p class="actions" {
            (button_link(&w.t("route-print"), &o.path("ruta/imprimir"), Tone::Quiet))
            (button_link(&w.t("route-whole"), "/ruta", Tone::Quiet))
        }
        @if running.is_empty() { (empty_state(&w.t("route-none"), html! {})) }
        @for c in &running { (one(app, me, &o, &s, c)) }
        @if s.writes { p class="actions" { (button_link(&w.t("route-note"), &o.path("ruta?paso=start"), Tone::Primary)) } }
        (ended(app, me, &s))
        (noted_steps(app, me, &o, &s))
        (may_apply(app, me, &o, &s))
    };
    Ok(with_status(frame::page(app, me, &o, "ruta", content), p))
}

/// A clock that runs.
fn one(app: &App, me: &Me, o: &Opened, s: &Shown<'_>, c: &Clock<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let route = &app.programme.pack.route;
    let since = app.local(c.run.since);
    let set = c.run.set.map(|at| app.local(at).date());
    let step = |what: &str| o.path(&format!("ruta?fila={}&paso={what}", c.row.id));
    card(
        c.row.task(lang),
        html! {
            (words::until(app, me, c))
            @if c.late(app.programme.store.clock.now()) { p { (w.t("route-over")) } }
            p { (words::status(w, &s.marks, c.row)) }
            (facts_list(&[
                (&w.t("route-why"), html! { (c.row.when(lang)) @if let Some(day) = set { " · " (w.with("route-set-for", &[("day", w.date(day).into())])) } }),
                (&w.t("route-since"), html! { (w.near_moment(since, app.now())) }),
                (&w.t("route-whose"), html! { (words::whose(route, c.row, lang)) }),
                (&w.t("route-basis"), html! { (c.row.basis) " (" (c.row.id) ")" }),
            ]))
            @if !c.row.note(lang).is_empty() { p class="quiet" { (c.row.note(lang)) } }
            @if s.writes { p class="actions" {
                (button_link(&w.t("route-was-done"), &step("stop"), Tone::Quiet))
                @if c.run.paused() { (button_link(&w.t("route-goes-on"), &step("restart"), Tone::Quiet)) }
                @else if !c.dues.is_empty() { (button_link(&w.t("route-stands-still"), &step("pause"), Tone::Quiet)) }
            } }
        },
    )
}

fn note_form(
    app: &App,
    me: &Me,
    o: &Opened,
    s: &Shown<'_>,
    q: &Asked,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let value = |name: &str, first: &str| f.map_or_else(|| first.to_owned(), |f| f.text(name).to_owned());
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let set = f.map_or_else(DateParts::default, |f| f.day_parts("set"));
    let rows: Vec<Choice> =
        s.rows.iter().map(|r| Choice::new(&r.id, words::line(w, &s.marks, r, r.when(lang)))).collect();
    let who: Vec<Choice> =
        s.directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        h2 { (w.t("route-note")) }
        (form_post(&o.path("ruta"), &me.session.csrf, &app.once(), html! {
                (select(w, &Field::new("row", w.t("route-row")).value(value("row", &q.fila)).error(p.of("row")), &rows))
                (radios(w, &Field::new("what", w.t("route-what")).value(value("what", &q.paso)).error(p.of("what")), &keyed(w, "route-move", &Move::NOTED.map(Move::code))))
                (date_fields(w, &Field::new("on", w.t("route-on")).error(p.of("on")), &day, false))
                (text_field(w, &field("time", "route-time").hint(w.t("route-time-hint")), Kind::Text))
                (date_fields(w, &Field::new("set", w.t("route-set")).hint(w.t("route-set-hint")).error(p.of("set")), &set, false))
                (select(w, &field("institution", "route-institution"), &who))
                (text_area(w, &field("remark", "route-remark").hint(w.t("route-remark-hint")).rows(2)))
                (actions(&[submit(&w.t("route-send"))]))
            }))
    }
}

/// So many that have ended are shown; a clock that repeats leaves one each time.
const ENDED: usize = 30;

fn ended(app: &App, me: &Me, s: &Shown<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let all: Vec<&Clock<'_>> = s.clocks.iter().filter(|c| c.run.ended.is_some()).collect();
    if all.is_empty() {
        return html! {};
    }
    html! {
        details class="why" {
            summary { (w.with("route-ended", &[("n", all.len().into())])) }
            ul { @for c in all.iter().take(ENDED) { li {
                (c.row.id) " · " (c.row.task(lang)) " · "
                (words::span(app, w, c)) " " (words::status(w, &s.marks, c.row))
            } } }
        }
    }
}

fn noted_steps(app: &App, me: &Me, o: &Opened, s: &Shown<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let route = &app.programme.pack.route;
    if s.noted.is_empty() {
        return html! {};
    }
    let row = |n: &Entry<RouteStep>| html! { @if let Some(r) = route.row(&n.body.row) { (words::line(w, &s.marks, r, r.when(lang))) } };
    let who =
        |n: &Entry<RouteStep>| s.directory.iter().find(|i| Some(i.id) == n.body.institution).map(|i| &i.name);
    html! {
        details class="why" {
            summary { (w.with("route-noted", &[("n", s.noted.len().into())])) }
            @for n in &s.noted { (card(&w.t(&format!("route-move-{}", n.body.what)), html! {
                p { (row(n)) }
                p class="quiet" {
                    (w.near_moment(app.local(n.body.at), app.now())) " · " (w.with("route-noted-by", &[("who", o.names.of(w, n.head.author).into())]))
                    @if let Some(name) = who(n) { " · " (name) }
                }
                @if !n.body.remark.is_empty() { p { (typed(&n.body.remark)) } }
                @if n.head.state == "mistake" { p { strong { (w.t("state-route_step-mistake")) } } }
                @else if s.writes { (form_post(&o.path(&format!("ruta/{}", n.head.id)), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(n.head.version);
                    (actions(&[button(&w.t("route-take-back"), Tone::Quiet, "go", "1")]))
                })) }
            })) }
        }
    }
}

/// The rows that may concern her and of which no clock runs.
fn may_apply(app: &App, me: &Me, o: &Opened, s: &Shown<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let route = &app.programme.pack.route;
    let runs = |r: &Row| s.clocks.iter().any(|c| c.row.id == r.id && c.run.ended.is_none());
    html! {
        details class="why" {
            summary { (w.t("route-may-apply")) }
            // What each demands stands on the page of the whole route: here it would be most of the page's bytes.
            ul class="tasks" { @for r in s.rows.iter().filter(|r| !runs(r)) { li {
                p { strong { (r.id) " · " (r.when(lang)) } " · " (words::whose(route, r, lang)) " · " (words::status(w, &s.marks, r)) }
                @if s.writes && r.clock != Timing::Always {
                    (button_link(&w.t("route-it-began"), &o.path(&format!("ruta?fila={}&paso=start#anotar", r.id)), Tone::Quiet))
                }
            } } }
        }
    }
}

/// `POST /casos/{code}/ruta`.
pub async fn note(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, &Asked::default(), Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/ruta")),
        (&posted, &["row", "what", "on", "time", "set", "institution", "remark"]),
        async |work, id, f| {
            let (on_day, set_day) = (f.day("on"), f.day("set"));
            let typed = Typed {
                row: f.text("row"),
                what: f.text("what"),
                on_day: &on_day,
                time: f.text("time"),
                set_day: &set_day,
                institution: f.id("institution"),
                remark: f.text("remark"),
            };
            steps::note(&app.programme, work, me.caller(), id, &typed).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/ruta/{id}`: it was noted by mistake.
pub async fn take_back(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |_: &Fields, p: &Problems| page(&app, &me, &code, &Asked::default(), None, p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/ruta")),
        (&posted, &["version", "go"]),
        async |work, case, f| {
            let which = (id, f.number("version").unwrap_or(0));
            steps::take_back(&app.programme, work, me.caller(), case, which).await
        },
        mend,
    )
    .await
}

/// Terms of the route that are near or over, for whoever has them in her cases.
pub(crate) fn pressing(app: &App, me: &Me, marks: &Marks, all: &[(String, Clock<'_>)]) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    if all.is_empty() {
        return html! {};
    }
    let now = app.programme.store.clock.now();
    card(
        &w.t("route-today"),
        html! { ul { @for (code, c) in all { li {
            a href={ "/casos/" (code) "/ruta" } { (code) } " · " (c.row.task(lang)) " · "
            (words::whose(&app.programme.pack.route, c.row, lang)) " · "
            @for (term, due) in c.row.terms.iter().zip(&c.dues) { @if let Some(due) = due.filter(|d| Some(*d) == c.next(now)) { (words::left(app, w, term, due)) } }
            " " (words::status(w, marks, c.row))
        } } } },
    )
}

/// So many are shown on the summary of a file.
const URGENT: usize = 3;

/// The most pressing clocks that run, for the summary: what, until when, why, and whose it is.
pub(crate) fn urgent(app: &App, me: &Me, marks: &Marks, o: &Opened, clocks: &[Clock<'_>]) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let running: Vec<&Clock<'_>> = clocks.iter().filter(|c| c.run.ended.is_none()).collect();
    if running.is_empty() {
        return html! {};
    }
    card(
        &w.t("route-summary"),
        html! {
            ul class="tasks" { @for c in running.iter().take(URGENT) { li {
                p { strong { (c.row.task(lang)) } }
                (words::until(app, me, c))
                p class="quiet" {
                    (w.t("route-whose")) ": " (words::whose(&app.programme.pack.route, c.row, lang)) " · "
                    (w.t("route-why")) ": " (c.row.when(lang)) ", " (w.near_moment(app.local(c.run.since), app.now()))
                }
                p { (words::status(w, marks, c.row)) }
            } } }
            p { (button_link(&w.with("route-summary-all", &[("n", running.len().into())]), &o.path("ruta"), Tone::Quiet)) }
        },
    )
}
