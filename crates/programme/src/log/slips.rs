//! What people thought of the programme: three questions on a slip, without a name. Kept are counts by site, day, question and answer, never a
//! slip: what one person said to the three cannot be put together again. The facts of a day are written when it is over.

use ceiba_access::{Act, Caller};
use ceiba_store::{DAY, Fact, MINUTE, Micros, Tx, Work};
use uuid::Uuid;

use super::there;
use crate::network::past_day;
use crate::pace::Step;
use crate::packs::Site;
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// The job that writes the facts of a day.
pub(crate) const JOB: &str = "log.slips";
/// A tablet takes one slip in so long.
pub const REST: Micros = 2 * MINUTE;

/// A question and its answer: codes of `feedback_questions` and `feedback_answers`.
pub type Said<'a> = [(&'a str, &'a str)];

/// The site of a tablet's address; none when there is no such site.
#[must_use]
pub fn site<'p>(p: &'p Programme, code: &str) -> Option<&'p Site> {
    p.pack.sites.iter().find(|s| s.code == code)
}

/// A slip on the tablet of a site: today, by nobody.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::TooMany`] when the last one was given too short ago.
pub async fn leave(p: &Programme, work: &mut Work, site: &Site, said: &Said<'_>) -> Outcome<()> {
    let mut problems = Problems::default();
    check(p, said, &mut problems);
    problems.done()?;
    let who = Uuid::from_bytes(p.office.pseudonym(&padded(&site.code)));
    if p.slips.step_in(REST, who, work.at(), 1) != Step::Free {
        return Err(ProgrammeError::TooMany);
    }
    let today = p.day(work.at());
    add(p, work, site, &today, said, 1).await
}

/// A slip typed from paper, or with `sign` −1 one that was typed wrongly and is typed once more to take it away.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; the gate's refusal.
pub async fn typed(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (code, on_day): (&str, &str),
    said: &Said<'_>,
    wrong: bool,
) -> Outcome<()> {
    let (sites, _) = super::sites(p, caller)?;
    let site = sites.into_iter().find(|s| s.code == code);
    let mut problems = Problems::default();
    problems.when(site.is_none(), "site", "problem-choose");
    past_day(p, work, on_day, "on", &mut problems);
    check(p, said, &mut problems);
    problems.done()?;
    let Some(site) = site else { return Err(ceiba_access::Refusal::Absent.into()) };
    p.may_on(caller, Act::LOG_WRITE, Uuid::nil(), &there(p, caller, site))?;
    if wrong {
        let mut problems = Problems::default();
        for (question, answer) in said {
            let row = work
                .sql("SELECT n FROM log_opinion WHERE site = $1 AND on_day = $2 AND question = $3 AND answer = $4 AND n > 0")
                .bind(&site.code)
                .bind(on_day)
                .bind(*question)
                .bind(*answer)
                .optional()
                .await?;
            problems.when(row.is_none(), "wrong", "problem-logbook-slip");
        }
        problems.done()?;
    }
    add(p, work, site, on_day, said, if wrong { -1 } else { 1 }).await
}

/// What a site's code is as the bytes of an id: codes are short.
fn padded(code: &str) -> [u8; 16] {
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(code.bytes()) {
        *to = from;
    }
    id
}

fn check(p: &Programme, said: &Said<'_>, problems: &mut Problems) {
    let questions = p.pack.lists.codes("feedback_questions");
    let whole = questions.iter().all(|q| said.iter().any(|(code, _)| *code == q.code));
    problems.when(!whole || said.len() != questions.len(), "answers", "problem-logbook-answers");
    let unknown = said.iter().any(|(_, answer)| !p.pack.lists.has("feedback_answers", answer));
    problems.when(unknown, "answers", "problem-logbook-answers");
}

async fn add(
    p: &Programme,
    work: &mut Work,
    site: &Site,
    on_day: &str,
    said: &Said<'_>,
    n: i64,
) -> Outcome<()> {
    for (question, answer) in said {
        work.sql(
            "INSERT INTO log_opinion (site, on_day, question, answer, n, told) VALUES ($1, $2, $3, $4, $5, 0)
             ON CONFLICT (site, on_day, question, answer) DO UPDATE SET n = log_opinion.n + $5",
        )
        .bind(&site.code)
        .bind(on_day)
        .bind(*question)
        .bind(*answer)
        .bind(n)
        .once()
        .await?;
    }
    // Tomorrow, when the day is over, whatever there is becomes facts.
    let tomorrow = dates::start(dates::day(work.at() + DAY, &p.pack.zone), &p.pack.zone);
    let waits = work
        .sql("SELECT 1 AS x FROM job WHERE kind = $1 AND done_at IS NULL AND due_at = $2")
        .bind(JOB)
        .bind(tomorrow)
        .optional()
        .await?;
    if waits.is_none() {
        work.job(JOB, Uuid::nil(), tomorrow).await?;
    }
    Ok(work.record("logbook.slip", "logbook", Uuid::nil(), [0; 32]).await?)
}

/// Writes what was counted and not told yet as facts. Says whether there was anything.
pub(crate) async fn tell(p: &Programme, work: &mut Work) -> Outcome<bool> {
    let today = p.day(work.at());
    let rows = work
        .sql("SELECT * FROM log_opinion WHERE n <> told AND on_day < $1 ORDER BY on_day, site, question, answer")
        .bind(&today)
        .all()
        .await?;
    for row in &rows {
        let (code, n, told): (String, i64, i64) = (row.get("site")?, row.get("n")?, row.get("told")?);
        let fact = Fact {
            kind: "log.feedback",
            at: work.at(),
            day: row.get("on_day")?,
            code: Some(row.get("question")?),
            outcome: Some(row.get("answer")?),
            municipality: site(p, &code).map(|s| s.municipality.clone()),
            site: Some(code),
            amount: n - told,
            ..Fact::default()
        };
        work.fact(fact).await?;
    }
    if rows.is_empty() {
        return Ok(false);
    }
    work.sql("UPDATE log_opinion SET told = n WHERE n <> told AND on_day < $1").bind(today).run().await?;
    work.record("logbook.slips", "logbook", Uuid::nil(), [0; 32]).await?;
    Ok(true)
}

/// How many slips each site of the caller's has between two days: how many, never what they say. That is in the numbers, which hide
/// small groups.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn how_many(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (&str, &str),
) -> Outcome<Vec<(String, i64)>> {
    let (sites, _) = super::sites(p, caller)?;
    let questions = p.pack.lists.codes("feedback_questions");
    let first = questions.first().map(|q| q.code.clone()).unwrap_or_default();
    let rows = tx
        .sql(
            "SELECT site, CAST(SUM(n) AS BIGINT) AS n FROM log_opinion WHERE question = $1 AND on_day BETWEEN $2 AND $3
             GROUP BY site ORDER BY site",
        )
        .bind(first)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    let all =
        rows.iter().map(|r| Ok((r.get("site")?, r.get("n")?))).collect::<Outcome<Vec<(String, i64)>>>()?;
    Ok(all.into_iter().filter(|(code, _)| sites.iter().any(|s| s.code == *code)).collect())
}
