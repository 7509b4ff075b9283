//! Somebody is not where she should be: first steps with their terms, the search, and her return. Nobody is blamed.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{DAY, MINUTE, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{presence, stays, transfer};
use crate::cases::{self, tasks};
use crate::entries::{self, Entry, Kind, Plain};
use crate::packs::MissingStep;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A search for somebody who sleeps here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What she wore and carried, for whoever looks for her.
    pub wore: String,
    /// Where and with whom she was last seen.
    pub last_seen: String,
    /// Steps that were done: code, when, by whom.
    pub done: Vec<(String, Micros, Uuid)>,
    /// On her return: what she says made her leave and what she needs. In her words, and only if she wants to.
    #[serde(default)]
    pub her_words: String,
}

impl Kind for Missing {
    const KIND: &'static str = "missing";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// How a search ends; the outcome of its fact.
pub const ENDS: [&str; 4] = ["came_back", "found_safe", "elsewhere_safe", "still_missing"];

/// Starts a search: its steps begin to count, whoever is responsible gets the tasks of courts and institutions.
///
/// # Errors
/// [`ProgrammeError::State`] when she is not of the house or a search is under way.
pub async fn start(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (last_seen, wore): (&str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let mut problems = Problems::default();
    problems.when(last_seen.chars().count() > 1000, "last_seen", "problem-too-long");
    problems.when(wore.chars().count() > 1000, "wore", "problem-too-long");
    problems.done()?;
    // Who left one house for another and does not arrive is looked for by the house she left.
    let ours = stays::current(work.tx(), case).await?.is_some() || transfer::on_way(work.tx(), case).await?;
    if !ours {
        return Err(ProgrammeError::State("state-not-in-house"));
    }
    if searched(work.tx(), case).await? {
        return Err(ProgrammeError::State("state-searched-already"));
    }
    let first = p.pack.shelter.missing.iter().map(|s| s.minutes).min().unwrap_or(0);
    let plain = Plain { state: "open", due_at: Some(work.at() + first * MINUTE), ..Plain::default() };
    let body = Missing { wore: wore.to_owned(), last_seen: last_seen.to_owned(), ..Missing::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    let owner = cases::lookup(work.tx(), case).await?.responsible;
    tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::Missing).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "shelter.missing").await?;
    fact.outcome = Some("started".to_owned());
    work.fact(fact).await?;
    Ok(id)
}

pub(super) async fn searched(tx: &mut Tx, case: Uuid) -> Outcome<bool> {
    let row = tx
        .sql("SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'missing' AND state = 'open'")
        .bind(case)
        .optional()
        .await?;
    Ok(row.is_some())
}

/// The search that is under way, if there is one.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn now(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Option<Entry<Missing>>> {
    let grant = p.may_case(tx, caller, Act::HOUSE_READ, case).await?;
    entries::in_state(p, tx, caller, &grant, (case, Folder::Social), "open").await
}

/// A step with its term in a search, and who did it when.
pub struct Step<'p> {
    /// The step.
    pub step: &'p MissingStep,
    /// Until when it should be done.
    pub due: Micros,
    /// When it was done and by whom.
    pub done: Option<(Micros, Uuid)>,
}

/// The steps of a search, in the order of the pack.
#[must_use]
pub fn steps<'p>(p: &'p Programme, search: &Entry<Missing>) -> Vec<Step<'p>> {
    let of = |step: &'p MissingStep| Step {
        step,
        due: search.head.created_at + step.minutes * MINUTE,
        done: search.body.done.iter().find(|d| d.0 == step.code).map(|d| (d.1, d.2)),
    };
    p.pack.shelter.missing.iter().map(of).collect()
}

/// Notes that a step was done.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody wrote meanwhile.
pub async fn step(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    code: &str,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.shelter.missing.iter().any(|s| s.code == code), "step", "problem-choose");
    problems.done()?;
    let it: Entry<Missing> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if it.head.state != "open" || it.body.done.iter().any(|d| d.0 == code) {
        return Err(ProgrammeError::Stale);
    }
    let mut body = it.body.clone();
    body.done.push((code.to_owned(), work.at(), caller.account));
    let plain = Plain { state: "open", ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, "step").await
}

/// Ends a search. Who came back is seen now; her own words are kept only if she wants to say any.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when it ended already.
pub async fn end(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
    (how, her_words): (&str, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let mut problems = Problems::default();
    problems.when(!ENDS.contains(&how), "how", "problem-choose");
    problems.when(her_words.chars().count() > 2000, "her_words", "problem-too-long");
    problems.done()?;
    let it: Entry<Missing> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if it.head.state != "open" {
        return Err(ProgrammeError::Stale);
    }
    ended(p, work, caller, &grant, (it, how), her_words.to_owned()).await?;
    if how == "came_back" {
        if presence::out(work.tx(), case).await?.is_some() {
            presence::come_back(p, work, caller, case).await?;
        } else {
            presence::seen(work, caller, case, "back").await?;
        }
    }
    Ok(())
}

async fn ended(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (it, how): (Entry<Missing>, &str),
    her_words: String,
) -> Outcome<()> {
    let body = Missing { her_words, ..it.body };
    let plain = Plain { state: "ended", code: Some(how.to_owned()), ..Plain::from(&it.head) };
    entries::change(p, work, caller, grant, &it.head, it.head.version, plain, &body, how).await?;
    let mut fact = cases::fact(p, work, caller, grant, it.head.file, "shelter.missing").await?;
    fact.outcome = Some(how.to_owned());
    fact.minutes = Some((work.at() - it.head.created_at) / MINUTE);
    Ok(work.fact(fact).await?)
}

/// She is at the door: a search that is under way is over. Its own words wait until she wants to say any.
pub(super) async fn arrived(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, how): (Uuid, &'static str),
) -> Outcome<()> {
    let open: Option<Entry<Missing>> =
        entries::in_state(p, work.tx(), caller, grant, (case, Folder::Social), "open").await?;
    let Some(it) = open else { return Ok(()) };
    ended(p, work, caller, grant, (it, how), String::new()).await
}

/// What earlier searches tell: how many there were of hers, and with whose they began within a day, twice or more. Three
/// exits that begin together may show a recruiter in the house; who coordinates sees it, and nobody is accused.
///
/// # Errors
/// When the gate refuses: only who may place against rules sees patterns.
pub async fn pattern(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
) -> Outcome<(usize, Vec<(Uuid, usize)>)> {
    p.may_case(tx, caller, Act::HOUSE_OVERRIDE, case).await?;
    let hers =
        tx.sql("SELECT created_at FROM entry WHERE file = $1 AND kind = 'missing'").bind(case).all().await?;
    let mut with = std::collections::BTreeMap::<Uuid, usize>::new();
    for row in &hers {
        let at: Micros = row.get("created_at")?;
        let others = tx
            .sql(
                "SELECT DISTINCT e.file FROM entry e JOIN case_file c ON c.id = e.file
                 WHERE e.kind = 'missing' AND e.file <> $1 AND c.site = $2 AND e.created_at BETWEEN $3 AND $4",
            )
            .bind(case)
            .bind(caller.site.clone())
            .bind(at - DAY)
            .bind(at + DAY)
            .all()
            .await?;
        for other in &others {
            let file: Uuid = other.get("file")?;
            if p.may_case(tx, caller, Act::HOUSE_READ, file).await.is_ok() {
                *with.entry(file).or_default() += 1;
            }
        }
    }
    Ok((hers.len(), with.into_iter().filter(|(_, n)| *n > 1).collect()))
}
