//! The answer to a question: the one that is kept, or a new one beside everything that left.

use std::cmp::Reverse;

use ceiba_access::Caller;
use ceiba_disclosure::{Audience, Many, Past, Question, Region, SafeAnswer, guard, restate};
use ceiba_store::{Tx, Work};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Release, damaged};
use crate::results::{self, Recount};
use crate::{Outcome, Programme, ProgrammeError};

/// Exact numbers of a question: a code for each dimension, whom it counts when that is less than the whole, and how many. They
/// never leave `results` and this file.
pub(crate) type Exact = Vec<(Vec<String>, Option<Region>, u64)>;

/// What is asked on the way to an answer.
pub(crate) struct Asked<'a> {
    pub(crate) question: &'a Question,
    pub(crate) audience: Audience,
    /// Whether the days are over: only then an answer can be kept.
    pub(crate) complete: bool,
    pub(crate) many: Many,
}

/// An answer that passed, as it is kept.
pub(super) struct Made {
    pub(super) body: String,
    /// How many lines are hidden: small ones, and those that earlier answers would give away.
    pub(super) hidden: (usize, usize),
}

impl Made {
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.body.as_bytes()).into()
    }

    pub(super) fn of(answer: &SafeAnswer) -> Outcome<Self> {
        let body = serde_json::to_string(&answer.past().lines).map_err(|_| damaged())?;
        Ok(Self { body, hidden: answer.hidden() })
    }
}

/// The answer that is kept for a question, if there is one: its last version.
async fn kept(tx: &mut Tx, asked: &Asked<'_>) -> Outcome<Option<Release>> {
    let row = tx
        .sql(
            "SELECT * FROM released WHERE fingerprint = $1 AND audience = $2 AND state IN ('kept', 'released')
             ORDER BY version DESC LIMIT 1",
        )
        .bind(asked.question.fingerprint())
        .bind(asked.audience.code())
        .optional()
        .await?;
    row.as_ref().map(Release::read).transpose()
}

/// Everything that left of a measure, oldest first.
async fn before(tx: &mut Tx, measure: &str) -> Outcome<Vec<Release>> {
    let rows = tx
        .sql("SELECT * FROM released WHERE measure = $1 AND state <> 'refused' ORDER BY at, version, id")
        .bind(measure)
        .all()
        .await?;
    rows.iter().map(Release::read).collect()
}

pub(super) async fn pasts(tx: &mut Tx, measure: &str) -> Outcome<Vec<Past>> {
    let mut all = before(tx, measure).await?;
    // Of one group the last answer is repeated: that of whoever sees most, not one in which it was hidden from the public.
    all.sort_by_key(|release| {
        Reverse(Audience::of(&release.audience).map_or(u64::MAX, |a| a.threshold().k()))
    });
    all.iter().map(Release::past).collect()
}

/// Which lines of a measure left: the question, before which position of the ledger their facts were entered, and their codes.
pub(crate) async fn shown(tx: &mut Tx, measure: &str) -> Outcome<Vec<(Question, i64, Vec<Vec<String>>)>> {
    let all = before(tx, measure).await?;
    let one = |release: Release| {
        let counts = release.is_of_counts();
        // Nobody stands behind a zero of a count; a median of nought is somebody's.
        let told = |value: Option<f64>| value.is_some_and(|n| !counts || n > 0.0);
        let lines = release.values()?.into_iter().filter(|(_, value)| told(*value)).map(|(codes, _)| codes);
        Ok((release.question.clone(), release.entered, lines.collect()))
    };
    all.into_iter().map(one).collect()
}

/// An answer for somebody outside, asked for or let go: what reports to donors are laid beside.
pub(crate) struct Outside {
    pub(crate) id: Uuid,
    /// Of what it showed.
    pub(crate) hash: String,
    pub(crate) question: Question,
    /// Before which position of the ledger its facts were entered.
    pub(crate) entered: i64,
    /// Its lines that are shown and not nought.
    pub(crate) lines: Vec<(Vec<String>, f64)>,
    /// The public sheet on which it stands.
    pub(crate) part_of: Option<Uuid>,
}

impl Outside {
    fn of(release: &Release) -> Outcome<Self> {
        let hash: [u8; 32] = Sha256::digest(release.body.as_bytes()).into();
        let shown = |(codes, n): (Vec<String>, Option<f64>)| n.filter(|n| *n > 0.0).map(|n| (codes, n));
        Ok(Self {
            id: release.id,
            hash: hash.iter().map(|b| format!("{b:02x}")).collect(),
            question: release.question.clone(),
            entered: release.entered,
            lines: release.values()?.into_iter().filter_map(shown).collect(),
            part_of: release.part_of,
        })
    }
}

/// Every such answer, oldest first.
pub(crate) async fn outside_of(tx: &mut Tx) -> Outcome<Vec<Outside>> {
    let rows = tx
        .sql(
            "SELECT * FROM released WHERE audience <> 'office' AND state IN ('asked', 'released')
             ORDER BY at, version, id",
        )
        .all()
        .await?;
    rows.iter().map(|row| Outside::of(&Release::read(row)?)).collect()
}

/// One of them, whatever became of it.
pub(crate) async fn outside_one(tx: &mut Tx, id: Uuid) -> Outcome<Outside> {
    Outside::of(&super::one(tx, id).await?.ok_or_else(damaged)?)
}

/// Answers a question beside everything that left. `restates` says that an answer to the same question was wrong.
pub(super) async fn made(p: &Programme, tx: &mut Tx, asked: &Asked<'_>, restates: bool) -> Outcome<Made> {
    let (question, threshold) = (asked.question, asked.audience.threshold());
    match results::recount(p, tx, question).await? {
        Recount::Counts(mut exact) => {
            let lines: Vec<_> =
                exact.iter().map(|(codes, region, n)| ((codes.clone(), region.clone()), *n)).collect();
            let mut may = results::apart(p, tx, question, &lines, threshold).await?;
            if asked.audience != Audience::Office {
                let lines: Vec<_> = lines.into_iter().map(|((codes, _), n)| (codes, n)).collect();
                let beside = results::beside_reports(p, tx, question, &lines).await?;
                may.iter_mut().zip(beside).for_each(|(may, beside)| *may &= beside);
            }
            // A line that others would give away is given to the gate as one person, which it hides.
            for ((_, _, n), _) in exact.iter_mut().zip(may).filter(|(_, may)| !may) {
                *n = 1;
            }
            let before = pasts(tx, &question.measure).await?;
            let answer = if restates {
                restate(question, &exact, &before, threshold, asked.many)
            } else {
                guard(question, &exact, &before, threshold, asked.many)
            };
            Made::of(&answer.map_err(|_| ProgrammeError::Unreadable("a table of counts"))?)
        }
        Recount::Measures(values) => {
            let lines: Vec<_> = values.iter().map(|(codes, n, _)| ((codes.clone(), None), *n)).collect();
            let may = results::apart(p, tx, question, &lines, threshold).await?;
            let mut hidden = (0, 0);
            let mut kept: Vec<(Vec<String>, Option<Region>, Option<f64>)> = Vec::new();
            for ((codes, many, value), may) in values.into_iter().zip(may) {
                let enough = many >= threshold.k() && value.is_some();
                hidden.0 += usize::from(!enough);
                hidden.1 += usize::from(enough && !may);
                kept.push((codes, None, value.filter(|_| enough && may)));
            }
            Ok(Made { body: serde_json::to_string(&kept).map_err(|_| damaged())?, hidden })
        }
    }
}

/// The answer to a question of a page: the one that is kept, or a new one beside all earlier ones, which is kept before it is
/// shown. Days that are not over change by themselves: their answer is looked at beside earlier ones and not kept.
///
/// This opens a unit of work of its own and commits it: a page that shows a number and then fails has shown it all the same.
async fn given(p: &Programme, tx: &mut Tx, caller: &Caller, asked: &Asked<'_>) -> Outcome<String> {
    if let Some(release) = kept(tx, asked).await? {
        return Ok(release.body);
    }
    if !asked.complete {
        return Ok(made(p, tx, asked, false).await?.body);
    }
    let mut work = p.store.work(caller.account).await?;
    // Somebody may have asked meanwhile.
    if let Some(release) = kept(work.tx(), asked).await? {
        return Ok(release.body);
    }
    let made = made(p, work.tx(), asked, false).await?;
    let id = keep(&mut work, caller, asked, &made, &Kept::default()).await?;
    work.record("release.keep", "release", id, made.hash()).await?;
    work.commit().await?;
    Ok(made.body)
}

/// The counts of a page. The caller must hold no unit of work, see [`given`].
pub(crate) async fn answer(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    asked: &Asked<'_>,
) -> Outcome<SafeAnswer> {
    let lines = serde_json::from_str(&given(p, tx, caller, asked).await?).map_err(|_| damaged())?;
    Ok(SafeAnswer::again(Past { question: asked.question.clone(), lines }))
}

/// Measures that are no counts, in the same way.
pub(crate) async fn values(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    asked: &Asked<'_>,
) -> Outcome<Vec<(Vec<String>, Option<f64>)>> {
    let lines: Vec<(Vec<String>, Option<Region>, Option<f64>)> =
        serde_json::from_str(&given(p, tx, caller, asked).await?).map_err(|_| damaged())?;
    Ok(lines.into_iter().map(|(codes, _, value)| (codes, value)).collect())
}

/// What is kept beside an answer.
#[derive(Default)]
pub(super) struct Kept<'a> {
    /// Who gets it, and why; nobody for an answer of a page.
    pub(super) for_whom: Option<(&'a str, &'a str)>,
    pub(super) note: Option<&'a str>,
    pub(super) restates: Option<Uuid>,
    pub(super) part_of: Option<Uuid>,
}

pub(super) async fn keep(
    work: &mut Work,
    caller: &Caller,
    asked: &Asked<'_>,
    made: &Made,
    kept: &Kept<'_>,
) -> Outcome<Uuid> {
    let (id, at, entered) = (work.chance().id(), work.at(), work.position());
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let row = work
        .sql("SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) AS last FROM released WHERE fingerprint = $1 AND audience = $2")
        .bind(asked.question.fingerprint())
        .bind(asked.audience.code())
        .one()
        .await?;
    let version = row.get::<i64>("last")? + 1;
    work.sql(
        "INSERT INTO released (id, at, entered, measure, question, fingerprint, audience, version, threshold, state, body, small,
           earlier, recipient, reason, note, restates, part_of, asked_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(id)
    .bind(at)
    .bind(entered)
    .bind(&asked.question.measure)
    .bind(serde_json::to_string(asked.question).map_err(|_| damaged())?)
    .bind(asked.question.fingerprint())
    .bind(asked.audience.code())
    .bind(version)
    .bind(i64::try_from(asked.audience.threshold().k()).unwrap_or(i64::MAX))
    .bind(if kept.for_whom.is_some() || kept.restates.is_some() { "asked" } else { "kept" })
    .bind(&made.body)
    .bind(number(made.hidden.0))
    .bind(number(made.hidden.1))
    .bind(kept.for_whom.map(|(recipient, _)| recipient.to_owned()))
    .bind(kept.for_whom.map(|(_, reason)| reason.to_owned()))
    .bind(kept.note.map(str::to_owned))
    .bind(kept.restates)
    .bind(kept.part_of)
    .bind(caller.account)
    .once()
    .await?;
    Ok(id)
}
