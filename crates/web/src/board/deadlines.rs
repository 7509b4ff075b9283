//! Terms: what is due in the files that the reader may open, and, through the gate, how many terms of the programme were kept.

use std::collections::BTreeMap;

use ceiba_access::Act;
use ceiba_disclosure::SafeTable;
use ceiba_paper::{Due, Figure, days};
use ceiba_programme::justice::deadlines::{self, Deadline, KINDS};
use ceiba_programme::results::{self, Measure};
use ceiba_store::DAY;
use maud::{Markup, html};

use super::rows::Rows;
use super::said::titled;
use super::{Ask, View};
use crate::Failure;
use crate::data::{headings, whole};
use crate::parts::{clock_due_at, typed};
use crate::view::Names;

/// How many days the strip shows.
const AHEAD: u16 = 60;
/// How many that are past their term are listed.
const LISTED: usize = 12;

fn whole_number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) async fn deadlines(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let now = p.store.clock.now();
    let mut tx = p.store.db.read().await?;
    let until = now + i64::from(AHEAD) * DAY;
    let opens = a.me.can(a.app, Act::CASE_LIST);
    let all = if opens { deadlines::until(p, &mut tx, caller, until).await? } else { vec![] };
    let names = Names::read(a.app, &mut tx).await?;
    let kept = results::count(p, &mut tx, caller, Measure::Terms, &a.span).await?;
    drop(tx);
    let (past, coming): (Vec<&Deadline>, Vec<&Deadline>) = all.iter().partition(|d| d.due_at < now);
    let said = said(a, &kept);
    let finding = if opens { format!("{} {said}", listed(a, &past, &coming)) } else { said.clone() };
    let (term, outcome) =
        (|code: &str| w.t(&format!("board-term-{code}")), |code: &str| w.t(&format!("answered-{code}")));
    let mut rows = Rows::default();
    rows.table_of("plazos", &kept, term, outcome);
    let terms = titled(a, "terms", said.clone(), headings(w, &kept, outcome));
    let body = html! {
        @if opens { (strip(a, &coming)) (late(a, &past, &names)) }
        (whole(&terms, &kept, term, outcome))
        p {
            @if opens { a href="/audiencias" { (w.t("board-agenda")) } " · " }
            a href={ "/datos/ruta" (a.query()) } { (w.t("route-data-title")) }
        }
    };
    // What is due in her own files is hers to see and in no file of numbers.
    Ok(View { about: said, ..View::new(finding, body, rows).led_by(&terms) })
}

/// What the numbers say, to everybody who may read them.
fn said(a: &Ask<'_>, kept: &SafeTable) -> String {
    let n = |row: &str, column: &str| {
        let (r, c) =
            (kept.rows().iter().position(|x| x == row)?, kept.columns().iter().position(|x| x == column)?);
        kept.cell(r, c)?.shown()
    };
    // A column that is not there has none in it.
    let late = |row: &str| if kept.columns().iter().any(|c| c == "late") { n(row, "late") } else { Some(0) };
    let sentences: Vec<String> = ["plan", "route"]
        .into_iter()
        .filter_map(|row| {
            let on_time = n(row, "on_time")?;
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
            // How many were late may be hidden: then nothing is said of how many there were.
            match late(row) {
                Some(late) if on_time + late > 0 => {
                    let named = [("n", number(on_time)), ("of", number(on_time + late))];
                    Some(a.w.with(&format!("board-say-terms-{row}"), &named))
                }
                None if on_time > 0 => {
                    Some(a.w.with(&format!("board-say-terms-{row}-only"), &[("n", number(on_time))]))
                }
                _ => None,
            }
        })
        .collect();
    if sentences.is_empty() { a.w.t("board-say-terms-few") } else { sentences.join(" ") }
}

/// What her own files say.
fn listed(a: &Ask<'_>, past: &[&Deadline], coming: &[&Deadline]) -> String {
    let w = a.w;
    let mut said = ahead(a, coming);
    if !past.is_empty() {
        said.push(' ');
        said.push_str(&w.with("board-say-late", &[("n", whole_number(past.len()).into())]));
    }
    said
}

/// How much is due.
fn ahead(a: &Ask<'_>, coming: &[&Deadline]) -> String {
    let until = a.app.programme.store.clock.now() + 7 * DAY;
    let week = coming.iter().filter(|d| d.due_at < until).count();
    if coming.is_empty() {
        return a.w.t("board-say-no-deadlines");
    }
    let named = [("n", whole_number(coming.len()).into()), ("week", whole_number(week).into())];
    a.w.with("board-say-deadlines", &named)
}

/// The next sixty days, a line for each kind of term.
fn strip(a: &Ask<'_>, coming: &[&Deadline]) -> Markup {
    let (w, today) = (a.w, a.app.today());
    let due: Vec<Due> = KINDS
        .iter()
        .map(|kind| {
            let mut by_day = BTreeMap::<u16, u16>::new();
            for d in coming.iter().filter(|d| d.kind == *kind) {
                // A term ends with its day: the instant after it belongs to that day still.
                let day = today.until(a.app.local(d.due_at - 1).date()).map_or(0, |s| s.get_days());
                *by_day.entry(u16::try_from(day).unwrap_or(0)).or_default() += 1;
            }
            Due { label: w.t(&format!("board-due-{kind}")), days: by_day.into_iter().collect() }
        })
        .collect();
    let named: Vec<(u16, String)> = [0, 30, AHEAD]
        .map(|d| (d, w.day(today.saturating_add(jiff::Span::new().days(i64::from(d))))))
        .to_vec();
    // What is due is looked up now; it is no count of months that are over.
    let as_of = w.with("figure-as-of", &[("day", w.date(today).into())]);
    let figure = Figure {
        as_of,
        ..titled(a, "deadlines", ahead(a, coming), vec![w.t("figure-result"), w.t("figure-number")])
    };
    days(&figure, &due, AHEAD, &named)
}

/// What is past its term, the oldest first, with its case and whoever answers for it.
fn late(a: &Ask<'_>, past: &[&Deadline], names: &Names) -> Markup {
    let (w, app) = (a.w, a.app);
    html! {
        @if !past.is_empty() {
            section class="card" {
                h3 { (w.t("board-late")) }
                ul class="tasks" { @for d in past.iter().take(LISTED) {
                    @let list = if d.kind == "hearing" { "hearing_kinds" } else { "measure_kinds" };
                    li { p {
                        a href={ "/casos/" (d.case) "/" (part(&d.kind)) } { (w.t(&format!("board-due-one-{}", d.kind))) " · " (d.case) }
                        @if let Some(what) = &d.what { " · " (app.code(a.me, list, what)) }
                        " · " (clock_due_at(w, app.local(d.due_at - 1), app.now())) " · " (typed(&names.of(w, d.owner)))
                    } }
                } }
                @if past.len() > LISTED { p { (w.with("board-late-more", &[("n", whole_number(past.len() - LISTED).into())])) } }
            }
        }
    }
}

/// Where in the file it is dealt with.
fn part(kind: &str) -> &'static str {
    match kind {
        "hearing" => "audiencias",
        "measure" => "medidas",
        _ => "informe",
    }
}
