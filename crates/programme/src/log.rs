//! The programme log: what no file tells and a report asks for. Supervision that was given, hours a site was open and who pays its staff, survivors who
//! advise and what changed because of them, notes on trends and their use. Codes and numbers, and of a trend what it may mean in a few words
//! that stand in clear; no names. What people thought of the programme
//! is in [`slips`].

use ceiba_access::{Act, Caller, Refusal, Situation};
use ceiba_store::{Fact, Row, Tx, Work};
use uuid::Uuid;

use crate::network::past_day;
use crate::packs::Site;
use crate::{Outcome, Problems, Programme, ProgrammeError, alerts, codes};

pub mod slips;

/// What a line can be about, and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its code.
    pub code: &'static str,
    /// The fact that it makes.
    pub fact: &'static str,
    /// Whether it is of one site.
    pub site: bool,
    /// The list of its code; empty: the kind of the site.
    pub codes: &'static str,
    /// The list of its outcome; empty: it has none.
    pub outcomes: &'static str,
    /// Whether people are counted.
    pub people: bool,
    /// Whether hours are.
    pub hours: bool,
    /// Whether it says who pays staff.
    pub payers: bool,
    /// Whether it has words: what a trend may mean.
    pub words: bool,
}

/// Every kind.
pub const KINDS: [Kind; 5] = [
    Kind {
        code: "supervision",
        fact: "log.supervision",
        site: true,
        codes: "log_supervision",
        outcomes: "",
        people: true,
        hours: true,
        payers: false,
        words: false,
    },
    Kind {
        code: "open",
        fact: "log.open",
        site: true,
        codes: "",
        outcomes: "",
        people: false,
        hours: true,
        payers: true,
        words: false,
    },
    Kind {
        code: "adviser",
        fact: "log.adviser",
        site: false,
        codes: "log_advice",
        outcomes: "log_adviser_pay",
        people: true,
        hours: true,
        payers: false,
        words: false,
    },
    Kind {
        code: "decision",
        fact: "log.decision",
        site: false,
        codes: "log_advice",
        outcomes: "",
        people: false,
        hours: false,
        payers: false,
        words: false,
    },
    Kind {
        code: "trend",
        fact: "log.trend_note",
        site: false,
        codes: "log_trend_topics",
        outcomes: "log_trend_steps",
        people: false,
        hours: false,
        payers: false,
        words: true,
    },
];

/// The kind with this code.
#[must_use]
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.code == code)
}

/// A line as it stands.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// A code of [`KINDS`].
    pub kind: String,
    /// Its site.
    pub site: Option<String>,
    /// Its day; of hours, the last one they are of.
    pub on_day: String,
    /// What about.
    pub code: String,
    /// What of it.
    pub outcome: Option<String>,
    /// Codes of `log_payers`.
    pub payers: Vec<String>,
    /// How many.
    pub amount: i64,
    /// How long.
    pub minutes: i64,
    /// What a trend may mean, in words without names; mostly empty.
    pub words: String,
    /// Who wrote it.
    pub written_by: Option<Uuid>,
    /// Whether another line takes it back.
    pub taken_back: bool,
}

impl Line {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            site: row.get("site")?,
            on_day: row.get("on_day")?,
            code: row.get("code")?,
            outcome: row.get("outcome")?,
            payers: row
                .get::<String>("payers")?
                .split(' ')
                .filter(|s| !s.is_empty())
                .map(str::to_owned)
                .collect(),
            amount: row.get("amount")?,
            minutes: row.get("minutes")?,
            words: row.get("words")?,
            written_by: row.get("written_by")?,
            taken_back: row.get::<i64>("taken_back")? > 0,
        })
    }
}

/// What is typed of a line.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// A site's code, for a kind that has one.
    pub site: String,
    /// Its day.
    pub on_day: String,
    /// What about.
    pub code: String,
    /// What of it.
    pub outcome: String,
    /// Codes of `log_payers`.
    pub payers: Vec<String>,
    /// How many people; none: not a number.
    pub people: Option<i64>,
    /// How many minutes; none: not a number.
    pub minutes: Option<i64>,
    /// What a trend may mean; may be empty.
    pub words: String,
}

/// How many characters the words of a line have at most.
pub const LONGEST_WORDS: usize = 600;

/// A month has no more.
const LONGEST: i64 = 31 * 24 * 60;

/// How the caller stands to a site: of her own municipality or not.
fn there(p: &Programme, caller: &Caller, site: &Site) -> Situation {
    let same_site = alerts::municipality(p, caller) == Some(site.municipality.as_str());
    Situation { same_site, ..Situation::default() }
}

/// The sites of which the caller may write, and whether she may of the whole programme.
///
/// # Errors
/// When the gate refuses.
pub fn sites<'p>(p: &'p Programme, caller: &Caller) -> Outcome<(Vec<&'p Site>, bool)> {
    let whole = p.gate.would(caller, Act::LOG_WRITE, &Situation::default());
    let here = Situation { same_site: alerts::municipality(p, caller).is_some(), ..Situation::default() };
    p.may_on(caller, Act::LOG_WRITE, Uuid::nil(), &here)?;
    let hers = p.pack.sites.iter().filter(|s| p.gate.would(caller, Act::LOG_WRITE, &there(p, caller, s)));
    Ok((hers.collect(), whole))
}

/// Writes a line.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; the gate's refusal for what is of no site, to whoever has the right for sites alone.
pub async fn write(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    kind: &'static Kind,
    n: &New,
) -> Outcome<Uuid> {
    let (sites, whole) = sites(p, caller)?;
    if !kind.site && !whole {
        p.may(caller, Act::LOG_WRITE)?;
    }
    let lists = &p.pack.lists;
    let site = sites.into_iter().find(|s| kind.site && s.code == n.site);
    let mut problems = Problems::default();
    problems.when(kind.site && site.is_none(), "site", "problem-choose");
    problems.when(!kind.codes.is_empty() && !lists.has(kind.codes, &n.code), "code", "problem-choose");
    problems.when(
        !kind.outcomes.is_empty() && !lists.has(kind.outcomes, &n.outcome),
        "outcome",
        "problem-choose",
    );
    problems.when(
        kind.people && !n.people.is_some_and(|m| (1..=500).contains(&m)),
        "people",
        "problem-logbook-people",
    );
    problems.when(
        kind.hours && !n.minutes.is_some_and(|m| (1..=LONGEST).contains(&m)),
        "hours",
        "problem-logbook-hours",
    );
    let unknown = n.payers.iter().any(|c| !lists.has("log_payers", c));
    problems.when(kind.words && codes::stand_in(&n.words), "words", "problem-logbook-code");
    problems.when(kind.words && n.words.chars().count() > LONGEST_WORDS, "words", "problem-too-long");
    problems.when(kind.payers && (unknown || n.payers.is_empty()), "payers", "problem-logbook-payers");
    past_day(p, work, &n.on_day, "on", &mut problems);
    problems.done()?;
    let mut payers = if kind.payers { n.payers.clone() } else { Vec::new() };
    payers.sort();
    payers.dedup();
    let line = Line {
        id: work.chance().id(),
        kind: kind.code.to_owned(),
        site: site.map(|s| s.code.clone()),
        on_day: n.on_day.clone(),
        code: site.filter(|_| kind.codes.is_empty()).map_or_else(|| n.code.clone(), |s| s.kind.clone()),
        outcome: (!kind.outcomes.is_empty()).then(|| n.outcome.clone()),
        payers,
        amount: if kind.people { n.people.unwrap_or(1) } else { 1 },
        minutes: if kind.hours { n.minutes.unwrap_or_default() } else { 0 },
        words: if kind.words { n.words.trim().to_owned() } else { String::new() },
        written_by: Some(caller.account),
        taken_back: false,
    };
    keep(p, work, kind, &line, None).await?;
    Ok(line.id)
}

/// The row and the fact of a line.
async fn keep(
    p: &Programme,
    work: &mut Work,
    kind: &Kind,
    line: &Line,
    takes_back: Option<Uuid>,
) -> Outcome<()> {
    work.sql(
        "INSERT INTO log_line (id, kind, site, on_day, code, outcome, payers, amount, minutes, words, written_by, takes_back)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(line.id)
    .bind(&line.kind)
    .bind(line.site.clone())
    .bind(&line.on_day)
    .bind(&line.code)
    .bind(line.outcome.clone())
    .bind(line.payers.join(" "))
    .bind(line.amount)
    .bind(line.minutes)
    .bind(&line.words)
    .bind(line.written_by)
    .bind(takes_back)
    .once()
    .await?;
    work.record(
        if takes_back.is_some() { "logbook.back" } else { "logbook.add" },
        "logbook",
        line.id,
        [0; 32],
    )
    .await?;
    let municipality =
        p.pack.sites.iter().find(|s| Some(&s.code) == line.site.as_ref()).map(|s| s.municipality.clone());
    let fact = Fact {
        kind: kind.fact,
        at: work.at(),
        day: line.on_day.clone(),
        code: Some(line.code.clone()),
        outcome: line.outcome.clone(),
        site: line.site.clone(),
        municipality,
        minutes: kind.hours.then_some(line.minutes),
        amount: line.amount,
        dims: line.payers.iter().map(|c| ("payer", c.clone())).collect(),
        ..Fact::default()
    };
    Ok(work.fact(fact).await?)
}

/// Takes a line back: a second one with as many less.
///
/// # Errors
/// [`Refusal::Absent`] when there is none for the caller; [`ProgrammeError::Stale`] when it was taken back already.
pub async fn take_back(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<()> {
    let (sites, whole) = sites(p, caller)?;
    let row = work
        .sql(
            "SELECT l.*, (SELECT COUNT(*) FROM log_line b WHERE b.takes_back = l.id) AS taken_back
             FROM log_line l WHERE l.id = $1 AND l.takes_back IS NULL",
        )
        .bind(id)
        .optional()
        .await?;
    let line = row.as_ref().map(Line::read).transpose()?.ok_or(Refusal::Absent)?;
    let hers = match &line.site {
        Some(code) => sites.iter().any(|s| s.code == *code),
        None => whole,
    };
    let Some(kind) = kind(&line.kind).filter(|_| hers) else { return Err(Refusal::Absent.into()) };
    if line.taken_back {
        return Err(ProgrammeError::Stale);
    }
    let back = Line {
        id: work.chance().id(),
        amount: -line.amount,
        minutes: -line.minutes,
        words: String::new(),
        written_by: Some(caller.account),
        ..line
    };
    keep(p, work, kind, &back, Some(id)).await
}

/// What was written about trends, the newest first, for whoever reads numbers; what was taken back is not among it.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn on_trends(p: &Programme, tx: &mut Tx, caller: &Caller, limit: i64) -> Outcome<Vec<Line>> {
    p.may(caller, Act::NUMBERS_READ)?;
    let rows = tx
        .sql(
            "SELECT l.*, CAST(0 AS BIGINT) AS taken_back FROM log_line l WHERE l.kind = 'trend' AND l.takes_back IS NULL
               AND NOT EXISTS (SELECT 1 FROM log_line b WHERE b.takes_back = l.id) ORDER BY l.on_day DESC, l.id LIMIT $1",
        )
        .bind(limit)
        .all()
        .await?;
    rows.iter().map(Line::read).collect()
}

/// The newest lines of which the caller may know; those that take one back are not among them.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, limit: i64) -> Outcome<Vec<Line>> {
    let (sites, whole) = sites(p, caller)?;
    let rows = tx
        .sql(
            "SELECT l.*, (SELECT COUNT(*) FROM log_line b WHERE b.takes_back = l.id) AS taken_back
             FROM log_line l WHERE l.takes_back IS NULL ORDER BY l.on_day DESC, l.id LIMIT $1",
        )
        .bind(limit)
        .all()
        .await?;
    let mut all = rows.iter().map(Line::read).collect::<Outcome<Vec<_>>>()?;
    all.retain(|l| whole || l.site.as_ref().is_some_and(|code| sites.iter().any(|s| s.code == *code)));
    Ok(all)
}
