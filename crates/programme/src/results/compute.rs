//! A report from facts: everything that it depends on is in its [`Basis`], so that the same basis gives the same bytes for ever.

use std::collections::BTreeSet;

use ceiba_disclosure::Threshold;
use ceiba_store::{Db, Tx};
use sha2::{Digest as _, Sha256};

use super::basis::Basis;
use super::beside;
use super::counting::{Chosen, Days};
#[cfg(feature = "testkit")]
use super::framework::Framework;
use super::framework::{Indicator, Number};
use super::frozen::{Figure, Frozen, Period, SCHEMA, Words};
use super::gate;
use super::kinds::kind;
use super::reading::{Brought, Facts, Window, number_of_day};
use super::spending;
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError};

mod gather;
use gather::{Gathered, Shared, gather};

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
    let threshold = Threshold::new(basis.framework.threshold)
        .map_err(|_| ProgrammeError::Unreadable("the threshold of small groups"))?;
    let shared = Shared { basis: basis.clone(), days: spans(basis)?, brought, compared, threshold };
    let Gathered { mut passed, hashes, laid } = gather(&p.store.db, shared).await?;
    beside::apart(p, (basis, laid), &mut passed, threshold).await?;
    let figures = basis.figures()?;
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
    facts.keep(|l| {
        let at = |list: &[bool], n: u32| list.get(n as usize).copied().unwrap_or_default();
        let [_, _, site, municipality, ..] = l.columns;
        !placed.get(l.kind as usize).copied().unwrap_or(true)
            || if site == 0 { at(&municipalities, municipality) } else { at(&sites, site) }
    });
    Ok(facts)
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

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The hash of a report's bytes.
#[must_use]
pub fn hash_of(body: &str) -> [u8; 32] {
    detail(body.as_bytes())
}
