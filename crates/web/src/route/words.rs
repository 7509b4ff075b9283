//! Rows and clocks in words. Late is said once, calmly, and it is a term's, never a person's.

use ceiba_programme::route::clock::Unit;
use ceiba_programme::route::signing::Marks;
use ceiba_programme::route::steps::Clock;
use ceiba_programme::route::{Route, Row, Status, Term, Timing};
use ceiba_store::{DAY, Micros};
use maud::{Markup, html};

use crate::me::Me;
use crate::parts::{Mood, tag};
use crate::{App, Words};

/// Whether a lawyer signed it: without her name and a day it is «sin verificar», whatever it rests on.
pub fn status(w: &Words, marks: &Marks, row: &Row) -> Markup {
    signed(w, marks.of(row), row.rests_on(), row.low_confidence)
}

/// As [`status`], of whatever may be signed.
pub fn signed(w: &Words, by: Option<(&str, jiff::civil::Date)>, rests_on: Status, low: bool) -> Markup {
    html! {
        @match by {
            Some((by, on)) => (tag(Mood::Ok, &w.with("route-signed", &[("by", by.into()), ("on", w.date(on).into())]))),
            None => {
                (tag(Mood::Plain, &w.t("route-unsigned"))) " "
                span class="quiet" { (rests(w, rests_on, low)) }
            }
        }
    }
}

/// What it rests on, in a sentence.
pub fn rests(w: &Words, on: Status, low: bool) -> Markup {
    let known = match on {
        Status::Verified => "route-rests-read",
        Status::KnownDocument => "route-rests-known",
        Status::Unverified => "route-rests-general",
    };
    html! { (w.t(known)) @if low { " " (w.t("route-low")) } }
}

/// A row in one line of text, where no tag can stand: its code, what is said of it, and that nobody has signed it.
pub fn line(w: &Words, marks: &Marks, row: &Row, said: &str) -> String {
    if marks.of(row).is_some() {
        return format!("{} · {said}", row.id);
    }
    format!("{} · {said} ({})", row.id, w.t("route-unsigned"))
}

/// Whose it is.
pub fn whose(route: &Route, row: &Row, lang: &str) -> String {
    row.who.iter().map(|who| route.holder(who, lang)).collect::<Vec<_>>().join(", ")
}

/// How much time there is.
pub fn timing(w: &Words, row: &Row, lang: &str) -> String {
    let one = |t: &Term| {
        let n = [("n", i64::from(t.amount).into())];
        let length = match t.unit {
            Unit::Hours => w.with("route-unit-hours", &n),
            Unit::CalendarDays => w.with("route-unit-days", &n),
            Unit::BusinessDays => w.with("route-unit-business", &n),
            Unit::Months => w.with("route-unit-months", &n),
            Unit::Opening => w.with("route-unit-opening", &n),
        };
        if t.name(lang).is_empty() { length } else { format!("{}: {length}", t.name(lang)) }
    };
    let terms = row.terms.iter().map(one).collect::<Vec<_>>().join("; ");
    match row.clock {
        Timing::Within => terms,
        Timing::Every => w.with("route-timing-again", &[("term", terms.into())]),
        Timing::Before if !terms.is_empty() => w.with("route-timing-ahead", &[("term", terms.into())]),
        other => w.t(&format!("route-timing-{}", other.code())),
    }
}

/// Until when each term of a clock that runs.
pub fn until(app: &App, me: &Me, c: &Clock<'_>) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let now = app.programme.store.clock.now();
    if c.run.paused() {
        let since = c.run.pauses.last().map_or(c.run.since, |p| p.from);
        return html! { p { (tag(Mood::Plain, &w.with("route-paused", &[("day", w.near(app.local(since).date(), app.today()).into())]))) } };
    }
    if c.dues.is_empty() || c.dues.iter().all(Option::is_none) {
        return html! { p { (tag(Mood::Plain, &timing(w, c.row, lang))) } };
    }
    html! {
        @for (term, due) in c.row.terms.iter().zip(&c.dues) { @if let Some(due) = due {
            p {
                @if !term.name(lang).is_empty() { (term.name(lang)) ": " }
                (tag(mood(*due, now), &left(app, w, term, *due)))
                " " span class="quiet" { (last(app, w, term, *due)) }
            }
        } }
    }
}

/// Soon is to be looked at; over is a fact.
const fn mood(due: Micros, now: Micros) -> Mood {
    if due > now && due - now <= 3 * DAY { Mood::Care } else { Mood::Plain }
}

/// «vence en 3 días», «venció ayer».
pub fn left(app: &App, w: &Words, term: &Term, due: Micros) -> String {
    match term.unit {
        Unit::Hours | Unit::Opening => w.due_at(app.local(due), app.now()),
        _ => w.due(app.local(due - 1).date(), app.today()),
    }
}

/// The last day, or the hour.
fn last(app: &App, w: &Words, term: &Term, due: Micros) -> String {
    match term.unit {
        Unit::Hours | Unit::Opening => w.with("route-until", &[("when", w.moment(app.local(due)).into())]),
        _ => w.with("route-until-end", &[("when", w.date(app.local(due - 1).date()).into())]),
    }
}

/// Of a clock that ended: from when to when, and in words whether within its term.
pub fn span(app: &App, w: &Words, c: &Clock<'_>) -> String {
    let Some((at, done)) = c.run.ended else { return String::new() };
    let day = |at: Micros| w.near(app.local(at).date(), app.today());
    let key = match (done, c.late(at), c.dues.iter().any(Option::is_some)) {
        (false, ..) => "route-span-ended",
        (true, true, _) => "route-span-after",
        (true, false, true) => "route-span-within",
        (true, false, false) => "route-span-done",
    };
    w.with(key, &[("from", day(c.run.since).into()), ("to", day(at).into())])
}
