//! Earlier records: coded facts of a programme that begins with Ceiba in mid-course. A look first, then all of them or none. They
//! hold a mark of each person, never a name, and every figure says how much of it they are.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use jiff::civil::Date;

use super::kinds::{Amount, DIMS, KINDS, kind};
use super::quarter;
use super::sheet::{self, Fault};
use crate::sealed::detail;
use crate::{Outcome, Programme, ProgrammeError};

/// Headings of the file, with what people may write instead. Any other heading is a dimension.
const HEADINGS: &[(&str, &[&str])] = &[
    ("kind", &["tipo"]),
    ("day", &["día", "dia", "fecha", "date"]),
    ("code", &["código", "codigo"]),
    ("outcome", &["resultado"]),
    ("site", &["sede"]),
    ("municipality", &["municipio"]),
    ("sex", &["sexo"]),
    ("age_band", &["edad", "grupo_edad"]),
    ("subject", &["persona", "marca"]),
    ("minutes", &["minutos"]),
    ("amount", &["cantidad"]),
];

/// Age bands, as facts have them.
const BANDS: [&str; 6] = ["0-11", "12-14", "15-17", "18-24", "25+", "unknown"];

/// What would be brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The facts.
    pub facts: Vec<Fact>,
    /// How many of each kind, and how many people stand behind them.
    pub kinds: BTreeMap<&'static str, (usize, usize)>,
    /// The first day and the last.
    pub days: (String, String),
}

/// Looks at a file: what it would bring, or everything that must be mended in it. Nothing is written.
///
/// # Errors
/// The gate's refusal; [`ceiba_access::Refusal::Absent`] for a grant that there is not.
pub fn look(
    p: &Programme,
    caller: &Caller,
    grant: &str,
    bytes: &[u8],
) -> Outcome<Result<Looked, Vec<Fault>>> {
    p.may(caller, Act::RESULTS_WRITE)?;
    let grant = quarter::grant(p, grant)?;
    let dim = |h: &str| DIMS.contains(&h) && h != "source";
    let rows = match sheet::read(bytes, HEADINGS, &["kind", "day"], dim) {
        Ok(sheet) => sheet.rows,
        Err(faults) => return Ok(Err(faults)),
    };
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    let span = (grant.from.parse::<Date>().ok(), grant.to.parse::<Date>().ok().map(|d| d.min(today)));
    let (mut faults, mut facts) = (Vec::new(), Vec::new());
    for (number, cells) in &rows {
        facts.extend(fact(p, grant.code.as_str(), (*number, cells), span, &mut faults));
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut kinds: BTreeMap<&'static str, (usize, BTreeSet<[u8; 16]>)> = BTreeMap::new();
    for f in &facts {
        let entry = kinds.entry(f.kind).or_default();
        entry.0 += 1;
        entry.1.extend(f.subject);
    }
    let days = facts.iter().map(|f| f.day.clone());
    Ok(Ok(Looked {
        days: (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default()),
        kinds: kinds.into_iter().map(|(k, (n, people))| (k, (n, people.len()))).collect(),
        facts,
    }))
}

fn fact(
    p: &Programme,
    grant: &str,
    (number, cells): (u32, &BTreeMap<String, String>),
    (from, to): (Option<Date>, Option<Date>),
    faults: &mut Vec<Fault>,
) -> Option<Fact> {
    let before = faults.len();
    let mut fault = |bad: bool, column: &str, key| {
        if bad {
            faults.push(Fault::new(number, column, key));
        }
    };
    let of = |name: &str| cells.get(name).map(String::as_str).filter(|t| !t.is_empty());
    let found = of("kind").and_then(kind);
    fault(found.is_none(), "kind", "problem-brought-kind");
    let day = of("day").and_then(|d| d.parse::<Date>().ok());
    fault(day.is_none(), "day", "problem-brought-day");
    fault(day.is_some_and(|d| Some(d) < from || Some(d) > to), "day", "problem-brought-span");
    let lists = &p.pack.lists;
    fault(of("site").is_some_and(|s| !p.pack.sites.iter().any(|x| x.code == s)), "site", "problem-site");
    fault(
        of("municipality").is_some_and(|m| !lists.has("municipalities", m)),
        "municipality",
        "problem-municipality",
    );
    fault(of("sex").is_some_and(|s| !lists.has("gender", s)), "sex", "problem-brought-sex");
    fault(of("age_band").is_some_and(|b| !BANDS.contains(&b)), "age_band", "problem-brought-band");
    for column in ["code", "outcome"].into_iter().chain(DIMS.iter().copied()) {
        fault(of(column).is_some_and(|c| !is_code(c)), column, "problem-brought-code");
    }
    // A mark, not a name: what has a space, or is as long as a name with a document's number, is none.
    fault(of("subject").is_some_and(|s| !is_code(s)), "subject", "problem-brought-mark");
    let whole = |column: &str| of(column).map(str::parse::<i64>);
    fault(
        whole("minutes").is_some_and(|n| !n.is_ok_and(|n| (0..=10_000_000).contains(&n))),
        "minutes",
        "problem-brought-number",
    );
    fault(
        whole("amount").is_some_and(|n| !n.is_ok_and(|n| n.abs() <= 1_000_000_000)),
        "amount",
        "problem-brought-number",
    );
    let amount = whole("amount").and_then(Result::ok);
    let scored = found.is_some_and(|k| k.amount != Amount::Many);
    fault(scored && amount.is_none(), "amount", "problem-brought-amount");
    if faults.len() > before {
        return None;
    }
    let text = |name: &str| of(name).map(str::to_owned);
    let day = day?;
    Some(Fact {
        kind: found?.code,
        at: crate::dates::start(day, &p.pack.zone) + 12 * ceiba_store::HOUR,
        day: day.to_string(),
        code: text("code"),
        outcome: text("outcome"),
        site: text("site"),
        municipality: text("municipality"),
        sex: text("sex"),
        age_band: text("age_band"),
        // The same mark is the same person in every file of this grant, and nobody whom the programme knows by itself.
        subject: of("subject").map(|s| p.office_key().blind("brought", &format!("{grant}/{s}"))),
        minutes: whole("minutes").and_then(Result::ok),
        amount: amount.unwrap_or(1),
        dims: std::iter::once(("source", "brought".to_owned()))
            .chain(DIMS.iter().filter_map(|d| Some((*d, text(d)?))))
            .collect(),
    })
}

/// Letters, digits and the signs that codes have.
fn is_code(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || "-_.@:+".contains(c);
    !text.is_empty() && text.len() <= 40 && text.chars().all(fine)
}

/// Brings a file that was looked at, all of it or nothing. The caller commits, and does nothing else in the same unit of work.
///
/// # Errors
/// As [`look`]; [`ProgrammeError::Stale`] when a row cannot be taken; [`ProgrammeError::State`] when this very file was brought
/// before, or takes back more than was brought.
pub async fn bring(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &str,
    bytes: &[u8],
) -> Outcome<usize> {
    let Ok(looked) = look(p, caller, grant, bytes)? else { return Err(ProgrammeError::Stale) };
    let (id, at, position, hash) = (work.chance().id(), work.at(), work.position(), detail(bytes));
    let known = work
        .sql("SELECT id FROM brought WHERE grant_code = $1 AND hash = $2")
        .bind(grant)
        .bind(hash.to_vec())
        .all()
        .await?;
    if !known.is_empty() {
        return Err(ProgrammeError::State("state-brought-before"));
    }
    if takes_too_much(work.tx(), grant, &looked.facts).await? {
        return Err(ProgrammeError::State("state-brought-back"));
    }
    let many = looked.facts.len();
    work.sql("INSERT INTO brought (id, grant_code, entered, at, account, lines, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(grant)
        .bind(position)
        .bind(at)
        .bind(caller.account)
        .bind(i64::try_from(many).unwrap_or(i64::MAX))
        .bind(hash.to_vec())
        .once()
        .await?;
    for f in looked.facts {
        work.fact(f).await?;
    }
    work.record("facts.bring", "brought", id, hash).await?;
    Ok(many)
}

/// What a fact says besides how often, to find what is taken back.
type Said = (String, String, [Option<String>; 6], Option<[u8; 16]>, Option<i64>);

/// Whether a file takes back more than was brought for the grant before and with it: records of the programme itself are corrected where they are.
async fn takes_too_much(tx: &mut Tx, grant: &str, facts: &[Fact]) -> Outcome<bool> {
    let mut sums: BTreeMap<Said, i64> = BTreeMap::new();
    let many = |f: &&Fact| kind(f.kind).is_some_and(|k| k.amount != Amount::Score);
    for f in facts.iter().filter(many) {
        let columns = [&f.code, &f.outcome, &f.site, &f.municipality, &f.sex, &f.age_band].map(Clone::clone);
        *sums.entry((f.kind.to_owned(), f.day.clone(), columns, f.subject, f.minutes)).or_default() +=
            f.amount;
    }
    sums.retain(|_, amount| *amount < 0);
    let kinds: BTreeSet<String> = sums.keys().map(|said| said.0.clone()).collect();
    for kind in kinds {
        let rows = tx
            .sql(
                "SELECT f.kind, f.day, f.code, f.outcome, f.site, f.municipality, f.sex, f.age_band, f.subject, f.minutes, f.amount
                 FROM fact f JOIN brought b ON b.entered = f.entered WHERE b.grant_code = $1 AND f.kind = $2",
            )
            .bind(grant)
            .bind(&kind)
            .all()
            .await?;
        for row in &rows {
            let subject: Option<Vec<u8>> = row.get("subject")?;
            let columns = [
                row.get("code")?,
                row.get("outcome")?,
                row.get("site")?,
                row.get("municipality")?,
                row.get("sex")?,
                row.get("age_band")?,
            ];
            let subject = subject.and_then(|s| s.try_into().ok());
            let said = (row.get("kind")?, row.get("day")?, columns, subject, row.get("minutes")?);
            if let Some(sum) = sums.get_mut(&said) {
                *sum += row.get::<i64>("amount")?;
            }
        }
    }
    Ok(sums.values().any(|sum| *sum < 0))
}

/// A file that was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// When.
    pub at: ceiba_store::Micros,
    /// By whom.
    pub account: uuid::Uuid,
    /// How many facts.
    pub lines: i64,
}

/// What was brought for a grant, the newest first.
///
/// # Errors
/// The gate's refusal.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, grant: &str) -> Outcome<Vec<Brought>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql("SELECT at, account, lines FROM brought WHERE grant_code = $1 ORDER BY entered DESC")
        .bind(grant)
        .all()
        .await?;
    rows.iter()
        .map(|r| Ok(Brought { at: r.get("at")?, account: r.get("account")?, lines: r.get("lines")? }))
        .collect()
}

/// The kinds that may be brought, for whoever makes the file.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|k| k.code)
}
