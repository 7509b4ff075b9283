//! Every figure before it is laid beside others: facts are read, counted, let through the gate and measured, several kinds at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ceiba_disclosure::Threshold;
use ceiba_store::Db;

use super::super::basis::Basis;
use super::super::beside::Laid;
use super::super::counting::{Chosen, Days, Exact};
use super::super::framework::Number;
use super::super::frozen::{Figure, Frozen, Period};
use super::super::gate::{self, Counted, Passed, Scale, Shown};
use super::super::reading::{Brought, Facts};
use super::super::rule::{Count, Rule};
use super::{Group, facts_hash, groups, read};
use crate::{Outcome, ProgrammeError};

/// How much of the machine a report may take: a few readers at once, so that pages are still answered.
const READERS: usize = 3;

/// What every figure of a report is made of.
pub(super) struct Shared {
    pub basis: Basis,
    /// The period, and the grant up to its end.
    pub days: (Days, Days),
    pub brought: Brought,
    /// Reports with which numbers are compared one by one.
    pub compared: Vec<Frozen>,
    pub threshold: Threshold,
}

/// Every figure after the gate, in the order of the grant, with the hash of the facts behind it; and who stands behind them.
pub(super) struct Gathered {
    pub passed: Vec<Passed>,
    pub hashes: Vec<String>,
    pub laid: Vec<Laid>,
}

/// Reads kinds that one figure needs together at once, and each kind once; several readers share the work.
pub(super) async fn gather(db: &Db, shared: Shared) -> Outcome<Gathered> {
    let (many, groups) = (shared.basis.figures()?.len(), groups(&shared.basis)?);
    // What many figures count takes longest, and is begun first.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(groups[*n].figures.len()));
    let work = Arc::new((shared, groups, order, AtomicUsize::new(0)));
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS {
        let (db, work) = (db.clone(), work.clone());
        readers.spawn(async move {
            let ((shared, groups, order, next), mut done) = (&*work, Vec::new());
            while let Some(n) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((*n, of_group(&db, shared, &groups[*n]).await?));
            }
            Ok::<_, ProgrammeError>(done)
        });
    }
    let mut figures: Vec<Option<(Passed, String)>> = (0..many).map(|_| None).collect();
    let mut laid = Vec::new();
    while let Some(done) = readers.join_next().await {
        for (group, (found, some)) in done.map_err(|_| ProgrammeError::Unreadable("a report"))?? {
            found.into_iter().for_each(|(n, passed, hash)| figures[n] = Some((passed, hash)));
            laid.push((group, some));
        }
    }
    laid.sort_by_key(|(group, _)| *group);
    let figures: Option<Vec<(Passed, String)>> = figures.into_iter().collect();
    let (passed, hashes) = figures.ok_or(ProgrammeError::Unreadable("a report"))?.into_iter().unzip();
    Ok(Gathered { passed, hashes, laid: laid.into_iter().flat_map(|(_, some)| some).collect() })
}

/// The figures of a group by their places, and who stands behind them.
type OfGroup = (Vec<(usize, Passed, String)>, Vec<Laid>);

async fn of_group(db: &Db, shared: &Shared, group: &Group) -> Outcome<OfGroup> {
    let kinds: Vec<String> = group.kinds.iter().cloned().collect();
    let facts = Arc::new(read(db, &shared.basis, &shared.brought, (&kinds, group.dims)).await?);
    let all = shared.basis.figures()?;
    let mut done = Vec::new();
    for n in &group.figures {
        if let Some((promise, _, number)) = all.get(*n) {
            let (counted, hash) = of_figure(&facts, number, shared.days);
            let told = |same| told(&shared.compared, &shared.basis.period, (&promise.figure, same));
            let shown = Shown { versions: told(true), others: told(false) };
            done.push((*n, gate::pass(&counted, &shown, shared.threshold)?, hash));
        }
    }
    let figures: Vec<(usize, &Rule, &Passed)> =
        done.iter().filter_map(|(n, passed, _)| Some((*n, &all.get(*n)?.2.rule, passed))).collect();
    let laid = Laid::of(&group.kinds, &figures, &facts, shared.days);
    Ok((done, laid))
}

/// What other reports showed of a figure: those of the same period, or of others.
fn told<'a>(compared: &'a [Frozen], period: &Period, (code, same): (&str, bool)) -> Vec<&'a Figure> {
    compared
        .iter()
        .filter(|f| (f.period.code == period.code) == same)
        .filter_map(|f| f.figure(code))
        .collect()
}

fn of_figure(facts: &Facts, number: &Number, (period, to_date): (Days, Days)) -> (Counted, String) {
    let rule = &number.rule;
    let chosen = Chosen::of(facts, rule, period, false);
    // The first quarter of a grant is all there is of it.
    let longer = (period != to_date).then(|| Chosen::of(facts, rule, to_date, false));
    let whole = longer.as_ref().unwrap_or(&chosen);
    let has_brought = facts.lines.iter().any(|l| l.brought);
    let counted = Counted {
        people: rule.is_about_people(),
        unique: rule.count == Count::People,
        scale: scale(number),
        value: chosen.total(),
        to_date: longer.as_ref().map_or_else(|| chosen.total(), Chosen::total),
        brought: if has_brought { Chosen::of(facts, rule, to_date, true).total() } else { none(rule.count) },
        tables: rule.by.iter().map(|by| chosen.divided(by)).collect(),
    };
    (counted, facts_hash(whole))
}

const fn none(count: Count) -> Exact {
    match count {
        Count::People | Count::Events | Count::Minutes => Exact::Number { value: 0, people: 0 },
        _ => Exact::Nothing,
    }
}

/// Minutes become hours or days, cents become whole units with two decimals.
fn scale(number: &Number) -> Scale {
    let by = |by| Scale { by, ..Scale::ONE };
    match (number.unit.as_str(), number.rule.count) {
        ("hours", _) => by(60.0),
        ("days", Count::Median | Count::Minutes) => by(1440.0),
        ("money", _) => Scale { by: 100.0, steps: 100.0 },
        _ => Scale::ONE,
    }
}
