//! Goals of the plans, and what the scales say.

use std::collections::BTreeSet;

use ceiba_disclosure::{Cell, SafeTable, count};
use ceiba_paper::{Parted, shares};
use ceiba_programme::care::scales;
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::finding::{largest, some_hidden};
use super::named::whole_number;
use super::rows::Rows;
use super::said::{column, most, titled};
use super::{Ask, View};
use crate::Failure;
use crate::care::numbers;
use crate::data::{headings, whole};

pub(super) async fn goals(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let goals = results::count(p, &mut tx, caller, Measure::Goals, &a.span).await?;
    let then = results::count(p, &mut tx, caller, Measure::GoalsAtEntry, &a.span).await?;
    let now = results::count(p, &mut tx, caller, Measure::GoalsNow, &a.span).await?;
    let outcomes = results::count(p, &mut tx, caller, Measure::Outcomes, &a.span).await?;
    let scales = scales::all(p, &mut tx).await?;
    drop(tx);
    let domain = |code: &str| numbers::domain(a.me, &scales, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let better = outcomes.columns().iter().position(|c| c == "better");
    let labels: Vec<String> = outcomes.rows().iter().map(|r| domain(r)).collect();
    let cells = better.and_then(|c| outcomes.column(c)).unwrap_or_default();
    let hidden = some_hidden(cells.iter().copied());
    let first = largest(labels.iter().map(String::as_str).zip(cells.iter().copied()));
    let finding = match first {
        Some((label, n)) => {
            let same = i64::try_from(cells.iter().filter(|c| c.shown() == Some(n)).count()).unwrap_or(1);
            let n = ("n", whole_number(n).into());
            let said = if same > 1 {
                w.with("board-say-goals-same", &[("areas", same.into()), n])
            } else {
                w.with("board-say-goals", &[("area", label.into()), n])
            };
            if hidden { format!("{said} {}", w.t("board-say-hidden-too")) } else { said }
        }
        None => w.t("board-say-few"),
    };
    let attained = attained(a, &then, &now);
    let finding = attained.as_ref().map_or_else(|| finding.clone(), |said| format!("{said} {finding}"));
    let level = |code: &str| level(a, code);
    let mut rows = Rows::default();
    rows.table_of("metas_al_inicio", &then, key("domain"), level);
    rows.table_of("metas_hoy", &now, key("domain"), level);
    rows.table_of("metas", &goals, key("domain"), key("state-goal"));
    rows.table_of("cambios", &outcomes, domain, key("care-change"));
    let state = key("state-goal");
    let goals_said = most(a, "goals", &column(&goals, Some("met"), key("domain")));
    let goals_figure = titled(a, "goals", goals_said, headings(w, &goals, state));
    let changed = most(a, "outcomes", &column(&outcomes, Some("better"), domain));
    let changed = titled(a, "outcomes", changed, headings(w, &outcomes, key("care-change")));
    let body = html! {
        (parted(a, &then, &now, attained))
        (whole(&goals_figure, &goals, key("domain"), state))
        (whole(&changed, &outcomes, domain, key("care-change")))
    };
    Ok(View::new(finding, body, rows))
}

/// The levels of goal attainment, from worst to best, with their words.
const LEVELS: [(&str, &str, &str); 5] = [
    ("-2", "−2", "parts-goal-much-less"),
    ("-1", "−1", "parts-goal-less"),
    ("0", "0", "parts-goal-expected"),
    ("1", "+1", "parts-goal-more"),
    ("2", "+2", "parts-goal-much-more"),
];

fn level(a: &Ask<'_>, code: &str) -> String {
    let known = LEVELS.iter().find(|(level, ..)| *level == code);
    known.map_or_else(|| code.to_owned(), |(_, sign, key)| format!("{sign} · {}", a.w.t(key)))
}

/// A number of an area and a level; an area or a level that a table does not have has none in it.
fn cell(t: &SafeTable, area: &str, level: &str) -> Cell {
    let at = t.rows().iter().position(|r| r == area).zip(t.columns().iter().position(|c| c == level));
    at.and_then(|(r, c)| t.cell(r, c)).unwrap_or_else(|| count(0, t.threshold()))
}

/// How many goals are where they were expected to be, or better; nothing when one of these numbers is hidden, or there is none.
fn reached(t: &SafeTable) -> Option<u64> {
    let good = LEVELS.iter().skip(2).map(|(level, ..)| *level);
    let all = good.flat_map(|level| t.rows().iter().map(move |area| cell(t, area, level).shown()));
    let sum: Option<u64> = all.sum();
    sum.filter(|_| !t.rows().is_empty())
}

/// How many are where they were expected to be or better, now and when they were set.
fn attained(a: &Ask<'_>, then: &SafeTable, now: &SafeTable) -> Option<String> {
    let (then, now) = reached(then).zip(reached(now))?;
    let said = [("now", whole_number(now).into()), ("then", whole_number(then).into())];
    Some(a.w.with("board-say-goals-now", &said))
}

/// Where a part is hidden: that at least so many are where they were expected to be, or better.
fn least(a: &Ask<'_>, now: &SafeTable) -> String {
    let good = LEVELS.iter().skip(2).map(|(level, ..)| *level);
    let all = good.flat_map(|level| now.rows().iter().filter_map(move |area| cell(now, area, level).shown()));
    match all.sum::<u64>() {
        _ if now.rows().is_empty() => a.w.t("figure-empty"),
        0 => a.w.t("board-fig-hidden"),
        n => a.w.with("board-fig-goals-now-least", &[("n", whole_number(n).into())]),
    }
}

/// Two bars for each area.
fn parted(a: &Ask<'_>, then: &SafeTable, now: &SafeTable, said: Option<String>) -> Markup {
    let w = a.w;
    let areas: BTreeSet<&String> = then.rows().iter().chain(now.rows()).collect();
    let of =
        |t: &SafeTable, area: &str| LEVELS.iter().map(|(level, ..)| cell(t, area, level)).collect::<Vec<_>>();
    let groups: Vec<Parted> = areas
        .into_iter()
        .map(|area| Parted {
            label: w.t(&format!("domain-{area}")),
            first: of(then, area),
            now: of(now, area),
        })
        .collect();
    let levels: Vec<String> = LEVELS.iter().map(|(code, ..)| level(a, code)).collect();
    let mut headings = vec![w.t("figure-row"), w.t("board-goals-when")];
    headings.extend(LEVELS.iter().map(|(_, sign, _)| (*sign).to_owned()));
    let figure = titled(a, "goals-now", said.unwrap_or_else(|| least(a, now)), headings);
    shares(&figure, &groups, [&w.t("board-goals-then"), &w.t("board-goals-today")], &levels)
}
