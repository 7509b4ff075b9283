//! «Bitácora»: what no file tells. Each kind of line asks only what it needs; what was wrong is taken back, not changed.

use axum::extract::{Path, Query, State};
use ceiba_programme::log::{self, KINDS, Kind, Line, New, slips};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Mood, Problems, Tone, actions, button, button_link, card, checks, date_fields,
    empty_state, error_summary, form_post, heading, number_field, radios, select, submit, tag, text_area,
    typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place, Words};

pub mod opinion;
pub mod slip;

/// What names the dashboard in a link to a form: the way back.
const BOARD: &str = "tablero";
/// Where notes on trends are read.
const TRENDS: &str = "/datos/tablero/tendencias";

/// How many lines stand on the page.
const NEWEST: i64 = 15;

/// `GET /bitacora`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let p = &app.programme;
    let (sites, whole) = log::sites(p, me.caller())?;
    let from = app.today().saturating_sub(jiff::Span::new().days(90)).to_string();
    let mut tx = p.store.db.read().await?;
    let lines = log::list(p, &mut tx, me.caller(), NEWEST).await?;
    let counts = slips::how_many(p, &mut tx, me.caller(), (&from, &app.today().to_string())).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("logbook-title")) }, html! { (w.t("logbook-text")) }))
        (card(&w.t("logbook-write"), html! { p class="actions" {
            @for kind in KINDS.iter().filter(|k| k.site || whole) {
                (button_link(&w.t(&format!("logbook-kind-{}", kind.code)), &format!("/bitacora/nueva?de={}", kind.code), Tone::Quiet))
            }
        } }))
        (card(&w.t("logbook-slips"), html! {
            p { (w.t("logbook-slips-text")) }
            @if counts.is_empty() { p { (w.t("logbook-slips-none")) } }
            @else { ul { @for (site, n) in &counts { li { (site) " · " (w.with("logbook-slips-n", &[("n", (*n).into())])) } } } }
            p class="actions" { (button_link(&w.t("logbook-slip-type"), "/bitacora/boleta", Tone::Primary)) }
            p { (w.t("logbook-tablets")) }
            ul { @for s in &sites { li { a href={ "/opinion/" (s.code) } { (w.t("logbook-tablet")) " " (s.code) } } } }
        }))
        (card(&w.t("logbook-lines"), html! {
            @if lines.is_empty() { (empty_state(&w.t("logbook-none"), html! {})) }
            ul class="tasks" { @for l in &lines { li { (line(&app, &me, l)) } } }
        }))
    };
    Ok(Desk::new(&app, &me, "logbook-window", "/bitacora").area(Place::Network).body(content))
}

fn line(app: &App, me: &Me, l: &Line) -> Markup {
    let w = me.words(app);
    let Some(kind) = log::kind(&l.kind) else { return html! {} };
    html! {
        p {
            strong { (w.t(&format!("logbook-kind-{}", kind.code))) } " · " (iso_day(w, Some(&l.on_day)))
            @if let Some(site) = &l.site { " · " (site) }
            @if !kind.codes.is_empty() { " · " (app.code(me, kind.codes, &l.code)) }
            @if let Some(outcome) = &l.outcome { " · " (app.code(me, kind.outcomes, outcome)) }
            @if kind.people { " · " (w.with("network-people", &[("n", l.amount.into())])) }
            @if kind.hours { " · " (hours(w, l.minutes)) }
            @for payer in &l.payers { " · " (app.code(me, "log_payers", payer)) }
            @if !l.words.is_empty() { br; (typed(&l.words)) }
            @if l.taken_back { " " (tag(Mood::No, &w.t("logbook-taken-back"))) }
        }
        @if !l.taken_back {
            (form_post(&format!("/bitacora/{}/quitar", l.id), &me.session.csrf, &app.once(), actions(&[button(&w.t("logbook-take-back"), Tone::Quiet, "go", "1")])))
        }
    }
}

/// Minutes as hours, with a half where there is one.
fn hours(w: &Words, minutes: i64) -> String {
    if minutes % 60 == 0 {
        return w.with("logbook-hours-n", &[("n", (minutes / 60).into())]);
    }
    // A month has 44,640.
    let hours = f64::from(i32::try_from(minutes).unwrap_or_default()) / 60.0;
    w.with("logbook-hours-n", &[("n", w.decimal(hours, 1).into())])
}

/// Which kind.
#[derive(Deserialize, Default)]
pub struct About {
    #[serde(default)]
    de: String,
    /// [`BOARD`], for whoever comes from there.
    #[serde(default)]
    a: String,
}

/// `GET /bitacora/nueva`.
pub async fn new(State(app): State<App>, me: Me, Query(about): Query<About>) -> Answer {
    let kind = log::kind(&about.de).unwrap_or(&KINDS[0]);
    form(&app, &me, kind, (None, about.a == BOARD), &Problems::new())
}

fn form(app: &App, me: &Me, kind: &Kind, (f, to_board): (Option<&Fields>, bool), p: &Problems) -> Answer {
    let w = me.words(app);
    let (sites, _) = log::sites(&app.programme, me.caller())?;
    let sites: Vec<Choice> = sites
        .iter()
        .map(|s| Choice::new(&s.code, format!("{} · {}", s.code, w.t(&format!("site-{}", s.kind)))))
        .collect();
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let payers = f.map(|f| f.list("payers")).unwrap_or_default();
    let payers: Vec<&str> = payers.iter().map(String::as_str).collect();
    let own = |what: &str| format!("logbook-{}-{what}", kind.code);
    let content = html! {
        (heading(html! { (w.t(&format!("logbook-kind-{}", kind.code))) }, html! { (w.t(&own("text"))) }))
        (error_summary(w, p))
        (form_post("/bitacora", &me.session.csrf, &app.once(), html! {
            input type="hidden" name="kind" value=(kind.code);
            @if to_board { input type="hidden" name="back" value=(BOARD); }
            @if kind.site { (select(w, &field("site", "logbook-site"), &sites)) }
            @if !kind.codes.is_empty() { (radios(w, &field("code", &own("code")), &app.choices(me.lang, kind.codes))) }
            @if !kind.outcomes.is_empty() { (radios(w, &field("outcome", &own("outcome")), &app.choices(me.lang, kind.outcomes))) }
            @if kind.people { (number_field(w, &field("people", "logbook-people"))) }
            @if kind.hours { (number_field(w, &field("hours", "logbook-hours").hint(w.t("logbook-hours-hint")))) }
            @if kind.payers { (checks(w, &field("payers", "logbook-payers"), &app.choices(me.lang, "log_payers"), &payers)) }
            @if kind.words { (text_area(w, &field("words", "logbook-trend-words").hint(w.t("logbook-trend-words-hint")).rows(4))) }
            (date_fields(w, &Field::new("on", w.t(if kind.payers { "logbook-on-last" } else { "network-on" })).error(p.of("on")), &day, false))
            (actions(&[submit(&w.t("save"))]))
        }))
        p { (if to_board { button_link(&w.t("board-tendencias"), TRENDS, Tone::Quiet) } else { button_link(&w.t("logbook-back"), "/bitacora", Tone::Quiet) }) }
    };
    let desk = Desk::new(app, me, "logbook-window", format!("/bitacora/nueva?de={}", kind.code))
        .area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// Hours as people type them, «7,5» or «7.5», in whole minutes; none: not a number.
fn minutes(typed: &str) -> Option<i64> {
    let (whole, part) = typed.trim().split_once([',', '.']).unwrap_or((typed.trim(), "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let tenths: i64 = part[..1].parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 60 + tenths * 6)
}

/// `POST /bitacora`.
pub async fn write(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted
        .only(&["kind", "site", "code", "outcome", "people", "hours", "payers", "words", "on", "back"])?;
    // Without a kind it is the form of the first that comes back, with what to mend.
    let kind = match f.text("kind") {
        "" => &KINDS[0],
        code => log::kind(code).ok_or(Failure::Tampered)?,
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let text = |name| f.text(name).to_owned();
    let n = New {
        site: text("site"),
        on_day: f.day("on"),
        code: text("code"),
        outcome: text("outcome"),
        payers: f.list("payers"),
        people: f.number("people"),
        minutes: minutes(f.text("hours")),
        words: text("words"),
    };
    let to_board = f.text("back") == BOARD;
    let outcome = log::write(&app.programme, &mut work, me.caller(), kind, &n).await;
    let back = if to_board { TRENDS } else { "/bitacora" };
    match finish(&app, &me, &posted, work, outcome, back).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => form(&app, &me, kind, (Some(f), to_board), &p),
    }
}

/// `POST /bitacora/{id}/quitar`.
pub async fn take_back(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    log::take_back(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, "/bitacora").await
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn hours_are_read_as_people_type_them() {
        assert_eq!(minutes(" 7,5 "), Some(450));
        assert_eq!(minutes("7.5"), Some(450));
        assert_eq!(minutes("160"), Some(9600));
        for wrong in ["", "siete", "7,", ",5", "-1", "1e3", "٣", "99999"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
