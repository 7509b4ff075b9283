//! A report from facts: everything that it depends on is in its [`Basis`], so that the same basis gives the same bytes for ever.

use std::collections::BTreeSet;
use std::sync::Arc;

use ceiba_disclosure::Threshold;
use ceiba_store::{Db, Tx};
use sha2::{Digest as _, Sha256};

use super::basis::Basis;
use super::beside;
use super::counting::{Chosen, Days, Exact};
#[cfg(feature = "testkit")]
use super::framework::Framework;
use super::framework::{Indicator, Number};
use super::frozen::{Figure, Frozen, Period, SCHEMA, Words};
use super::gate::{self, Counted, Scale, Shown};
use super::kinds::kind;
use super::reading::{Brought, Facts, Window, number_of_day};
use super::rule::Count;
use super::spending;
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError};

/// Positions of the ledger at which earlier records were brought: for the grant of a basis, or for another one, whose records are not its own.
pub(super) async fn brought(tx: &mut Tx, basis: &Basis) -> Outcome<Brought> {
    let rows = tx
        .sql("SELECT entered, grant_code FROM brought WHERE entered < $1")
        .bind(basis.position)
        .all()
        .await?;
    rows.iter()
        .map(|r| Ok((r.get("entered")?, r.get::<String>("grant_code")? == basis.framework.code)))
        .collect()
}

/// Makes a report of a basis: the same bytes whenever it is asked.
///
/// # Errors
/// When the database breaks or a fact is not readable.
pub async fn report(p: &Programme, basis: &Basis) -> Outcome<Frozen> {
    let mut tx = p.store.db.read().await?;
    let brought = brought(&mut tx, basis).await?;
    let sheets = Basis { position: basis.spending.unwrap_or(basis.position), ..basis.clone() };
    let spending = spending::lines(&mut tx, &sheets).await?;
    let mut compared = Vec::new();
    for hash in &basis.compared {
        compared.push(super::versions::by_hash(&mut tx, hash).await?.frozen()?);
    }
    drop(tx);
    let figures = basis.figures()?;
    let counted = count(&p.store.db, basis, brought).await?;
    let mut hashes = Vec::new();
    let mut before = Vec::new();
    for ((promise, _, _), (counted, hash)) in figures.iter().zip(counted) {
        let shown = Shown {
            versions: told(&compared, &basis.period, (&promise.figure, true)),
            others: told(&compared, &basis.period, (&promise.figure, false)),
        };
        before.push((counted, shown));
        hashes.push(hash);
    }
    let threshold = Threshold::new(basis.framework.threshold)
        .map_err(|_| ProgrammeError::Unreadable("the threshold of small groups"))?;
    let mut passed = gate::pass(&before, threshold)?;
    beside::apart(p, basis, &mut passed, threshold).await?;
    let figures = figures
        .into_iter()
        .zip(passed)
        .zip(hashes)
        .map(|(((promise, indicator, number), passed), facts_hash)| Figure {
            code: promise.figure.clone(),
            indicator: indicator.code.clone(),
            version: indicator.version,
            result: promise.result.clone(),
            name: name(indicator, number),
            definition: definition(indicator, number),
            source: indicator.source.clone(),
            unit: number.unit.clone(),
            value: passed.value,
            to_date: passed.to_date,
            brought: passed.brought,
            baseline: promise.baseline,
            target: promise.target,
            target_of: promise.target_of.clone(),
            ascending: number.ascending,
            tables: passed.tables,
            deviation: basis.deviations.get(&promise.figure).cloned().unwrap_or_default(),
            rule: toml::to_string(&number.rule).unwrap_or_default(),
            facts_hash,
            public: passed.public,
        })
        .collect();
    Ok(Frozen {
        schema: SCHEMA,
        grant: basis.framework.grant(),
        period: basis.period.clone(),
        threshold: basis.framework.threshold,
        gate: gate::VERSION,
        position: basis.position.unsigned_abs(),
        results: basis.framework.result.clone(),
        figures,
        spending,
        version: basis.version,
        restates: basis.restates.clone(),
        notes: basis.notes.clone(),
    })
}

/// What other reports showed of a figure: those of the same period, or of others.
fn told<'a>(compared: &'a [Frozen], period: &Period, (code, same): (&str, bool)) -> Vec<&'a Figure> {
    compared
        .iter()
        .filter(|f| (f.period.code == period.code) == same)
        .filter_map(|f| f.figure(code))
        .collect()
}

fn definition(indicator: &Indicator, number: &Number) -> Words {
    if number.definition.is_empty() { indicator.definition.clone() } else { number.definition.clone() }
}

fn name(indicator: &Indicator, number: &Number) -> Words {
    if number.name.es.is_empty() { indicator.name.clone() } else { number.name.clone() }
}

/// A report over any span, to measure how long it takes. No page asks for one: two spans can be subtracted.
///
/// # Errors
/// As every report.
#[cfg(feature = "testkit")]
pub async fn over(p: &Programme, framework: &Framework, period: Period) -> Outcome<Frozen> {
    report(p, &Basis::new(&p.pack.results, framework, period, i64::MAX)).await
}

/// How much of the machine a report may take: a few readers at once, so that pages are still answered.
const READERS: usize = 3;

/// Every figure before the gate, with the hash of the facts behind it. Kinds that one figure reads together are read together, and
/// each kind once; several readers share the work.
async fn count(db: &Db, basis: &Basis, brought: Brought) -> Outcome<Vec<(Counted, String)>> {
    let many = basis.figures()?.len();
    let groups = Arc::new(groups(basis)?);
    let shared = Arc::new((basis.clone(), brought));
    let next = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS.min(groups.len()) {
        let (db, groups, shared, next) = (db.clone(), groups.clone(), shared.clone(), next.clone());
        readers.spawn(async move {
            let mut done = Vec::new();
            loop {
                let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let Some(group) = groups.get(n) else { return Ok::<_, ProgrammeError>(done) };
                done.extend(of_group(&db, &shared.0, &shared.1, group).await?);
            }
        });
    }
    let mut all: Vec<Option<(Counted, String)>> = (0..many).map(|_| None).collect();
    while let Some(done) = readers.join_next().await {
        for (n, counted) in done.map_err(|_| ProgrammeError::Unreadable("a report"))?? {
            if let Some(place) = all.get_mut(n) {
                *place = Some(counted);
            }
        }
    }
    all.into_iter().collect::<Option<_>>().ok_or(ProgrammeError::Unreadable("a report"))
}

/// Kinds that are read together, and the figures that read them.
pub(super) struct Group {
    pub kinds: BTreeSet<String>,
    pub figures: Vec<usize>,
    pub dims: bool,
}

pub(super) fn groups(basis: &Basis) -> Outcome<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    for (n, (_, _, number)) in basis.figures()?.into_iter().enumerate() {
        let mut group = Group {
            kinds: number.rule.kinds().map(str::to_owned).collect(),
            figures: vec![n],
            dims: number.rule.needs_dims(),
        };
        let (same, others): (Vec<Group>, Vec<Group>) =
            groups.into_iter().partition(|g| !g.kinds.is_disjoint(&group.kinds));
        groups = others;
        for g in same {
            group.kinds.extend(g.kinds);
            group.figures.extend(g.figures);
            group.dims |= g.dims;
        }
        groups.push(group);
    }
    Ok(groups)
}

async fn of_group(
    db: &Db,
    basis: &Basis,
    brought: &Brought,
    group: &Group,
) -> Outcome<Vec<(usize, (Counted, String))>> {
    let kinds: Vec<String> = group.kinds.iter().cloned().collect();
    let facts = read(db, basis, brought, (&kinds, group.dims)).await?;
    let figures = basis.figures()?;
    let days = spans(basis)?;
    let mut done = Vec::new();
    for n in &group.figures {
        if let Some((_, _, number)) = figures.get(*n) {
            done.push((*n, of_figure(&facts, number, days)));
        }
    }
    Ok(done)
}

/// The period, and the grant up to its end.
pub(super) fn spans(basis: &Basis) -> Outcome<(Days, Days)> {
    let day = |text: &str| number_of_day(text).ok_or(ProgrammeError::Unreadable("a period"));
    let to = day(&basis.period.to)?;
    Ok((Days { from: day(&basis.period.from)?, to }, Days { from: day(&basis.framework.from)?, to }))
}

/// The facts of some kinds that are of this grant, from its first day to the end of the period.
pub(super) async fn read(
    db: &Db,
    basis: &Basis,
    brought: &Brought,
    (kinds, dims): (&[String], bool),
) -> Outcome<Facts> {
    let window = Window { from: &basis.framework.from, to: &basis.period.to, before: basis.position };
    let mut facts = Facts::read(db, kinds, window, dims, brought).await?;
    let of = |codes: &[String]| -> Vec<bool> {
        facts.texts().iter().map(|t| t.is_empty() || codes.contains(t)).collect()
    };
    let (sites, municipalities) = (of(&basis.framework.sites), of(&basis.framework.municipalities));
    let placed: Vec<bool> = facts.kinds.iter().map(|k| kind(k).is_none_or(|k| k.placed)).collect();
    // A fact with a site is where the site is, wherever she comes from; else its municipality says.
    facts.lines.retain(|l| {
        let at = |list: &[bool], n: u32| list.get(n as usize).copied().unwrap_or_default();
        let [_, _, site, municipality, ..] = l.columns;
        !placed.get(l.kind as usize).copied().unwrap_or(true)
            || if site == 0 { at(&municipalities, municipality) } else { at(&sites, site) }
    });
    Ok(facts)
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

/// The hash of the facts behind a figure, in the order of time.
pub(super) fn facts_hash(chosen: &Chosen<'_>) -> String {
    let mut hash = Sha256::new();
    for line in chosen.lines() {
        hash.update(line.digest);
    }
    hex(&hash.finalize())
}

/// Whether the facts of some kinds were read with their dimensions, which are part of their hash.
pub(super) fn reads_dims(basis: &Basis, kinds: &[String]) -> Outcome<bool> {
    Ok(groups(basis)?.iter().any(|g| g.dims && kinds.iter().any(|k| g.kinds.contains(k))))
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

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The hash of a report's bytes.
#[must_use]
pub fn hash_of(body: &str) -> [u8; 32] {
    detail(body.as_bytes())
}
