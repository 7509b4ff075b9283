//! The route read row by row and signed, put in force by somebody else, and retired.

use axum::extract::{Path, State};
use axum::response::Response;
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::route::signing::{self, Version};
use ceiba_programme::route::{About, CALENDAR, Examined, Free, Row, Sheet, State as Stage};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use uuid::Uuid;

use super::words;
use crate::cases::{Done, finish, typed_in, with_status};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Mood, Notice, Problems, Tone, actions, button, button_link, card, error_summary, facts_list,
    form_post, heading, notice, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::Names;
use crate::{Answer, App, Failure, Words};

/// What the sheets are called in addresses and texts, in their order.
pub const KEYS: [&str; 2] = ["country", "own"];

fn sheet<'a>(app: &'a App, key: &str) -> Result<&'a Sheet, Failure> {
    let n = KEYS.iter().position(|k| *k == key).ok_or(Failure::Absent)?;
    app.programme.pack.route.sheets.get(n).ok_or(Failure::Absent)
}

/// `GET /ruta/firma/{sheet}`.
pub async fn show(State(app): State<App>, me: Me, Path(key): Path<String>) -> Answer {
    page(&app, &me, &key, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, key: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let sheet = sheet(app, key)?;
    let mut tx = app.programme.store.db.read().await?;
    let versions = signing::versions(&app.programme, &mut tx, sheet).await?;
    let read = signing::readings(&mut tx, sheet, me.account()).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let golden = app.programme.pack.route.examined(sheet);
    let wrong = golden.iter().filter(|g| g.wrong.is_some()).count();
    let here = format!("/ruta/firma/{key}");
    let stage = signing::state(sheet, &versions);
    let (signs, total) = (me.can(app, Act::ROUTE_SIGN), sheet.lines().count());
    let content = html! {
        (heading(html! { (w.t(&format!("route-sheet-{key}"))) }, html! { (w.t(&format!("route-state-{}", stage.code()))) }))
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("route-sign-text")) } p { (w.t("route-not-law")) } }))
        p { (button_link(&w.t("route-whole"), "/ruta", Tone::Quiet)) }
        (card(&w.t("route-golden"), html! {
            @if wrong == 0 { p { (tag(Mood::Ok, &w.with("route-golden-right", &[("n", golden.len().into())]))) } }
            @else { p { (tag(Mood::No, &w.with("route-golden-wrong", &[("n", wrong.into())]))) } }
            p class="quiet" { (w.t("route-golden-text")) }
            @for g in golden.iter().filter(|g| g.wrong.is_some()) { p { (g.row) " · " (g.say) ": " (g.wrong.as_deref().unwrap_or_default()) } }
        }))
        @if signs && !matches!(stage, Stage::Signed | Stage::Published) {
            (card(&w.t("route-sign"), html! {
                p { (w.with("route-read-count", &[("n", read.len().into()), ("of", total.into())])) }
                @if read.len() < total { p { (button_link(&w.t("route-read-next"), &next(sheet, &here, &read), Tone::Primary)) } }
                @else { (sign_form(app, me, &here, f, p)) }
            }))
        }
        @for v in &versions { (version(app, me, (&here, &names), v)) }
        (card(&w.t("route-lines"), html! { ul class="tasks" { @for (id, _) in sheet.lines() { li {
            a href={ (here) "/" (id) } { (line_name(app, me, sheet, id)) }
            @if signs && read.contains(id) { " " (tag(Mood::Ok, &w.t("route-line-read"))) }
        } } } }))
    };
    Ok(with_status(Desk::new(app, me, "route-sign-window", here).body(content), p))
}

/// The first row that she has not read yet.
fn next(sheet: &Sheet, here: &str, read: &std::collections::BTreeSet<String>) -> String {
    let first = sheet.lines().find(|(id, _)| !read.contains(*id));
    first.map_or_else(|| here.to_owned(), |(id, _)| format!("{here}/{id}"))
}

fn line_name(app: &App, me: &Me, sheet: &Sheet, id: &str) -> String {
    let lang = me.lang.code();
    match (sheet.rows.iter().find(|r| r.id == id), calendar(app, me, id)) {
        (Some(row), _) => format!("{id} · {}", row.task(lang)),
        (None, Some(about)) => about.name.to_owned(),
        (None, None) => id.to_owned(),
    }
}

fn calendar<'a>(app: &'a App, me: &Me, id: &str) -> Option<About<'a>> {
    let id = id.strip_prefix(CALENDAR)?;
    app.programme.pack.route.calendars(me.lang.code()).into_iter().find(|c| c.id == id)
}

fn sign_form(app: &App, me: &Me, here: &str, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let name = Field::new("name", w.t("route-signer"))
        .hint(w.t("route-signer-hint"))
        .value(typed_in(f, "name"))
        .error(p.of("name"));
    form_post(
        &format!("{here}/firmar"),
        &me.session.csrf,
        &app.once(),
        html! {
            (text_field(w, &name, Kind::Text))
            (actions(&[submit(&w.t("route-sign-send"))]))
        },
    )
}

/// A version that was signed: by whom, since when in force, and what may be done now.
fn version(app: &App, me: &Me, (here, names): (&str, &Names), v: &Version) -> Markup {
    let w = me.words(app);
    let day = |at: i64| w.date(app.local(at).date());
    let publishes = me.can(app, Act::ROUTE_PUBLISH);
    let own = v.signed_by == me.account();
    let form = |what: &str, key: &str, tone: Tone| {
        form_post(
            &format!("{here}/decidir"),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(v.id);
                (actions(&[button(&w.t(key), tone, "what", what)]))
            },
        )
    };
    card(
        &w.with("route-version", &[("on", day(v.signed_at).into())]),
        html! {
            p { (tag(if v.state == "published" && v.current { Mood::Ok } else { Mood::Plain }, &w.t(&format!("route-state-{}", v.state)))) }
            p { (w.with("route-signed", &[("by", v.signer.name.as_str().into()), ("on", day(v.signed_at).into())])) " (" (typed(&names.of(w, v.signed_by))) ")" }
            @if let (Some(by), Some(at)) = (v.decided_by, v.decided_at) { p { (w.t(&format!("route-decided-{}", v.state))) " " (typed(&names.of(w, by))) ", " (day(at)) } }
            @if !v.current { p { (w.t("state-route-other-text")) } }
            @if publishes && v.state == "signed" && v.current {
                @if own { p { (w.t("state-route-other-publishes")) } } @else { (form("publish", "route-publish", Tone::Primary)) }
            }
            @if publishes && v.state != "retired" { p class="quiet" { (w.t("route-retire-text")) } (form("retire", "route-retire", Tone::Quiet)) }
        },
    )
}

/// `GET /ruta/firma/{sheet}/{row}`: one row with everything that is said in it.
pub async fn row(State(app): State<App>, me: Me, Path((key, id)): Path<(String, String)>) -> Answer {
    let w = me.words(&app);
    let sheet = sheet(&app, &key)?;
    if !sheet.lines().any(|(line, _)| line == id) {
        return Err(Failure::Absent);
    }
    let mut tx = app.programme.store.db.read().await?;
    let read = signing::readings(&mut tx, sheet, me.account()).await?;
    drop(tx);
    let here = format!("/ruta/firma/{key}");
    let route = &app.programme.pack.route;
    let about = calendar(&app, &me, &id);
    let golden: Vec<Examined<'_>> = route.examined(sheet).into_iter().filter(|g| g.row == id).collect();
    let content = html! {
        (heading(html! { (about.as_ref().map_or(id.as_str(), |a| a.name)) }, html! { (w.t(&format!("route-sheet-{key}"))) }))
        @if let Some(row) = sheet.rows.iter().find(|r| r.id == id) { (card(row.task(me.lang.code()), said(&app, &me, row))) }
        @if let Some(about) = &about { (card(&w.t("route-calendar"), free(w, about))) }
        @if !golden.is_empty() { (card(&w.t("route-golden"), html! { @for g in &golden { (case(w, g)) } })) }
        @if me.can(&app, Act::ROUTE_SIGN) {
            (card(&w.t("route-read-title"), html! {
                p { (w.t("route-read-text")) }
                @let done = read.contains(&id);
                @if done { p { (tag(Mood::Ok, &w.t("route-line-read"))) } }
                (form_post(&format!("{here}/{id}"), &me.session.csrf, &app.once(), html! {
                    @let (label, value) = if done { ("route-read-undo", "no") } else { ("route-read-right", "yes") };
                    (actions(&[button(&w.t(label), if done { Tone::Quiet } else { Tone::Primary }, "right", value)]))
                }))
            }))
        }
        p class="actions" { (button_link(&w.t("back"), &here, Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "route-sign-window", format!("{here}/{id}")).body(content))
}

fn said(app: &App, me: &Me, row: &Row) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let route = &app.programme.pack.route;
    let whom: Vec<String> = row.population.iter().map(|p| w.t(&format!("route-population-{p}"))).collect();
    let counted = route.calendars(lang).into_iter().find(|c| c.id == row.calendar).map_or("", |c| c.name);
    html! {
        (facts_list(&[
            (&w.t("route-col-when"), html! { (row.when(lang)) }),
            (&w.t("route-col-whose"), html! { (words::whose(route, row, lang)) }),
            (&w.t("route-col-task"), html! { (row.task(lang)) }),
            (&w.t("route-col-timing"), html! { (words::timing(w, row, lang)) }),
            (&w.t("route-calendars"), html! { (counted) }),
            (&w.t("route-population"), html! { (whom.join(", ")) }),
            (&w.t("route-basis"), html! { (row.basis) }),
            (&w.t("route-rests"), html! { (words::rests(w, row.rests_on(), row.low_confidence)) }),
        ]))
        @if !row.note(lang).is_empty() { p { (row.note(lang)) } }
    }
}

fn free(w: &Words, about: &About<'_>) -> Markup {
    html! {
        p { (w.with("route-calendar-opens", &[("hour", i64::from(about.opens).into())])) }
        @if about.weekend.is_empty() { p { (w.t("route-calendar-all")) } } @else { p { (w.t("route-calendar-weekend")) } }
        ul { @for (when, name) in &about.dated { li {
            (name) ": "
            @match when {
                Free::On(day) => { (of_year(w, day)) },
                Free::Easter(days) => {
                    @let key = if *days < 0 { "route-calendar-before" } else { "route-calendar-after" };
                    (w.with(key, &[("n", i64::from(days.abs()).into())]))
                },
                Free::Between(from, to) => { (of_year(w, from)) " – " (of_year(w, to)) },
            }
        } } }
    }
}

/// «1 may» of every year, or a day of one year in full.
fn of_year(w: &Words, day: &str) -> String {
    let once = day.parse::<Date>().map(|d| w.date(d));
    // 2024 has every day that a year may have.
    once.or_else(|_| format!("2024-{day}").parse::<Date>().map(|d| w.day(d)))
        .unwrap_or_else(|_| day.to_owned())
}

/// A golden case as it is checked on paper.
fn case(w: &Words, g: &Examined<'_>) -> Markup {
    let at = |at: &DateTime| format!("{} {}", w.date(at.date()), w.time(at.time()));
    // A term of days ends with its last day, which is how it is counted on paper.
    let due = |d: &DateTime| match d.date().yesterday() {
        Ok(last) if (d.hour(), d.minute()) == (0, 0) => {
            w.with("route-until-end", &[("when", w.date(last).into())])
        }
        _ => w.with("route-until", &[("when", at(d).into())]),
    };
    html! {
        p { strong { (g.say) } " " @match &g.wrong { None => (tag(Mood::Ok, &w.t("route-golden-ok"))), Some(_) => (tag(Mood::No, &w.t("route-golden-no"))) } }
        ul {
            @for (what, when, set) in &g.steps { li { (w.t(&format!("route-move-{}", what.code()))) ": " (at(when)) @if let Some(set) = set { " → " (at(set)) } } }
            li { (w.t("route-golden-due")) ": " (g.due.iter().map(due).collect::<Vec<_>>().join("; ")) }
        }
    }
}

/// `POST /ruta/firma/{sheet}/{row}`: she read it; the next one comes.
pub async fn note(
    State(app): State<App>,
    me: Me,
    Path((key, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["right"])?;
    let sheet = sheet(&app, &key)?;
    let right = f.text("right") != "no";
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    signing::note(&app.programme, &mut work, me.caller(), (sheet, &id), right).await?;
    let here = format!("/ruta/firma/{key}");
    let read = signing::readings(work.tx(), sheet, me.account()).await?;
    let to = if right { next(sheet, &here, &read) } else { format!("{here}/{id}") };
    posted.commit(work, &to).await
}

/// `POST /ruta/firma/{sheet}/firmar`.
pub async fn sign(State(app): State<App>, me: Me, Path(key): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["name"])?;
    let sheet = sheet(&app, &key)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = signing::sign(&app.programme, &mut work, me.caller(), sheet, f.text("name")).await;
    match finish(&app, &me, &posted, work, done, &format!("/ruta/firma/{key}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &key, Some(f), &p).await,
    }
}

/// `POST /ruta/firma/{sheet}/decidir`: in force, or retired.
pub async fn decide(State(app): State<App>, me: Me, Path(key): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["what", "version"])?;
    app.programme.may(me.caller(), Act::ROUTE_PUBLISH)?;
    let sheet = sheet(&app, &key)?;
    let id: Uuid = f.id("version").ok_or(Failure::Tampered)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (p, caller) = (&app.programme, me.caller());
    let done = match f.text("what") {
        "publish" => signing::publish(p, &mut work, caller, sheet, id).await,
        "retire" => signing::retire(p, &mut work, caller, sheet, id).await,
        _ => return Err(Failure::Tampered),
    };
    match done {
        Ok(()) => posted.commit(work, &format!("/ruta/firma/{key}")).await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            stale(&app, &me, &key).await
        }
        Err(e) => Err(e.into()),
    }
}

/// What it is by now, with whatever may still be done.
async fn stale(app: &App, me: &Me, key: &str) -> Result<Response, Failure> {
    let mut page = page(app, me, key, None, &Problems::new()).await?;
    *page.status_mut() = axum::http::StatusCode::CONFLICT;
    Ok(page)
}
