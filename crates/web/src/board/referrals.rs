//! How far referrals came, who got no further and how, of all or of those whom one kind of sender had referred to us.
//!
//! The table by sender is asked for whole, whoever is chosen: a choice shows one of its columns, and is no question of its own.

use ceiba_disclosure::{Cell, SafeTable, count};
use ceiba_paper::{Bar, Loss, bars_horizontal};
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::named::{listed, whole_number};
use super::rows::Rows;
use super::said::{Named, most, titled};
use super::{Ask, View};
use crate::Failure;
use crate::data::{headings, whole};

/// The steps of a referral that goes well, in their order, each with how it may end there: a refusal comes before anybody accepted, and
/// only what was begun fails. One that is withdrawn may have come to any step that was not the last; it stands at the first.
const STEPS: [(&str, &[&str]); 5] = [
    ("requested", &["rejected", "cancelled"]),
    ("received", &[]),
    ("accepted", &[]),
    ("in-progress", &["failed"]),
    ("completed", &[]),
];

/// A column of a table; a step that no referral reached has none.
struct Steps<'a> {
    table: &'a SafeTable,
    column: usize,
}

impl Steps<'_> {
    fn of(&self, step: &str) -> Option<Cell> {
        let row = self.table.rows().iter().position(|r| r == step)?;
        self.table.cell(row, self.column)
    }

    fn bars(&self, name: &impl Fn(&str) -> String) -> Vec<Bar> {
        let loss = |end: &&str| {
            Some(Loss { label: name(end), value: self.of(end).filter(|c| c.shown() != Some(0))? })
        };
        let bar = |(step, ends): (&str, &[&str])| {
            let losses: Vec<Loss> = ends.iter().filter_map(loss).collect();
            // What was sent before these days may have ended in them.
            let none = (!losses.is_empty()).then(|| count(0, self.table.threshold()));
            Some(Bar { label: name(step), value: self.of(step).or(none)?, losses })
        };
        STEPS.into_iter().filter_map(bar).collect()
    }
}

pub(super) async fn referrals(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let all = results::count(p, &mut tx, caller, Measure::Cascade, &a.span).await?;
    let by = results::count(p, &mut tx, caller, Measure::CascadeByOrigin, &a.span).await?;
    drop(tx);
    let name = |code: &str| w.t(&format!("state-referral-{code}"));
    let from = |code: &str| {
        if code == "unknown" { w.t("board-origin-unknown") } else { listed(a, "referred_by", code) }
    };
    let chosen = by.columns().iter().position(|c| *c == a.origin);
    let steps = chosen.map_or(Steps { table: &all, column: 0 }, |column| Steps { table: &by, column });
    let whole_finding = finding(a, &Steps { table: &all, column: 0 }, None);
    let said =
        if chosen.is_some() { finding(a, &steps, Some(from(&a.origin))) } else { whole_finding.clone() };
    let mut rows = Rows::default();
    rows.table_of("referencias", &all, name, |_| w.t("figure-number"));
    rows.table_of("referencias_por_origen", &by, name, from);
    let lost: Vec<Named> = STEPS
        .iter()
        .flat_map(|(_, ends)| *ends)
        .filter_map(|end| Some((name(end), steps.of(end)?)))
        .collect();
    let lost = if lost.is_empty() { w.t("board-fig-cascade-none") } else { most(a, "cascade", &lost) };
    let drawn = titled(a, "cascade", lost, vec![w.t("figure-step"), w.t("figure-number"), w.t("board-lost")]);
    let sent = by.rows().iter().position(|r| r == "requested");
    let sent = sent.and_then(|row| by.cells().get(row)).map_or(&[][..], Vec::as_slice);
    let sent: Vec<Named> = by.columns().iter().map(|c| from(c)).zip(sent.iter().copied()).collect();
    let origins = titled(a, "cascade-origins", most(a, "cascade-origins", &sent), headings(w, &by, from));
    let body = html! {
        (choose(a, &by, chosen, from))
        (bars_horizontal(&drawn, &steps.bars(&name)))
        p class="quiet" { (w.t("board-lost-rule")) }
        details { summary { (w.t("board-origin-all")) } (whole(&origins, &by, name, from)) }
    };
    Ok(View { about: whole_finding, ..View::new(said, body, rows) })
}

fn finding(a: &Ask<'_>, steps: &Steps<'_>, from: Option<String>) -> String {
    let n = |step: &str| steps.of(step).and_then(Cell::shown).map(whole_number);
    match (n("requested").filter(|sent| *sent > 0).zip(n("accepted")), from) {
        (Some((sent, accepted)), None) => {
            a.w.with("board-say-referrals", &[("sent", sent.into()), ("accepted", accepted.into())])
        }
        (Some((sent, accepted)), Some(from)) => a.w.with(
            "board-say-referrals-of",
            &[("sent", sent.into()), ("accepted", accepted.into()), ("from", from.into())],
        ),
        (None, None) => a.w.t("board-say-few"),
        (None, Some(from)) => a.w.with("board-say-referrals-few", &[("from", from.into())]),
    }
}

/// Links, one for each sender there is a column of.
fn choose(a: &Ask<'_>, by: &SafeTable, chosen: Option<usize>, from: impl Fn(&str) -> String) -> Markup {
    let to = |code: &str| format!("/datos/tablero/referencias{}&origen={code}", a.query());
    let link = |label: String, to: String, here: bool| {
        html! { li { a href=(to) aria-current=[here.then_some("true")] { (label) } } }
    };
    html! {
        nav class="toggle" aria-label=(a.w.t("board-origin")) {
            span { (a.w.t("board-origin")) }
            ul {
                (link(a.w.t("board-origin-any"), to(""), chosen.is_none()))
                @for (n, code) in by.columns().iter().enumerate() { (link(from(code), to(code), chosen == Some(n))) }
            }
        }
    }
}
