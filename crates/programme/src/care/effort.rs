//! Hours of staff by service: what donors ask for and what shows who carries too much. Never about anybody served.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};

use crate::{Outcome, Problems, Programme, ProgrammeError};

/// The most minutes of one service on one day.
const DAY: i64 = 24 * 60;

/// Hours as they stand: the sum of what was noted and corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The civil day.
    pub day: String,
    /// A code of the list `service_types`.
    pub service: String,
    /// A site's code; none: no particular one.
    pub site: Option<String>,
    /// Minutes.
    pub minutes: i64,
}

/// Notes so many minutes of a service on a day, in quarters of an hour. What was noted before is corrected: the rows and
/// the facts hold the difference, so that their sum is what is said now. The caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn note(p: &Programme, work: &mut Work, caller: &Caller, new: &Noted) -> Outcome<()> {
    p.may(caller, Act::EFFORT_WRITE)?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("service_types", &new.service), "service", "problem-choose");
    problems.when(
        !(0..=DAY).contains(&new.minutes) || new.minutes % 15 != 0,
        "minutes",
        "problem-care-minutes",
    );
    let site = new.site.as_ref().is_none_or(|s| p.pack.sites.iter().any(|known| known.code == *s));
    problems.when(!site, "site", "problem-site");
    super::day(p, work, &new.day, &mut problems);
    problems.done()?;
    let all = of(work.tx(), caller, &new.day, &new.day).await?;
    let same = |n: &&Noted| n.service == new.service && n.site == new.site;
    let before = all.iter().find(same).map_or(0, |n| n.minutes);
    let others: i64 = all.iter().filter(|n| !same(n)).map(|n| n.minutes).sum();
    let mut problems = Problems::default();
    problems.when(others + new.minutes > DAY, "minutes", "problem-care-long-day");
    problems.done()?;
    let difference = new.minutes - before;
    if difference == 0 {
        return Err(ProgrammeError::State("state-care-same-hours"));
    }
    let (id, at) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO effort (id, at, account, day, service, site, minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(at)
    .bind(caller.account)
    .bind(&new.day)
    .bind(&new.service)
    .bind(new.site.clone())
    .bind(difference)
    .once()
    .await?;
    work.record("effort.note", "account", caller.account, [0; 32]).await?;
    let fact = Fact {
        kind: "effort.noted",
        at,
        day: new.day.clone(),
        code: Some(new.service.clone()),
        site: new.site.clone(),
        minutes: Some(difference),
        amount: 1,
        ..Fact::default()
    };
    Ok(work.fact(fact).await?)
}

/// One's own hours between two days, both included.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn mine(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (from, to): (&str, &str),
) -> Outcome<Vec<Noted>> {
    p.may(caller, Act::EFFORT_WRITE)?;
    of(tx, caller, from, to).await
}

async fn of(tx: &mut Tx, caller: &Caller, from: &str, to: &str) -> Outcome<Vec<Noted>> {
    let rows = tx
        .sql(
            "SELECT day, service, site, CAST(SUM(minutes) AS BIGINT) AS minutes FROM effort
             WHERE account = $1 AND day BETWEEN $2 AND $3 GROUP BY day, service, site
             HAVING SUM(minutes) <> 0 ORDER BY day, service, site",
        )
        .bind(caller.account)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Noted {
                day: r.get("day")?,
                service: r.get("service")?,
                site: r.get("site")?,
                minutes: r.get("minutes")?,
            })
        })
        .collect()
}
