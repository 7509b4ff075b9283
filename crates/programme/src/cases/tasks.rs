//! Tasks: what somebody has to do, by when, and what else settles it.

use ceiba_access::{Act, Caller, Folder, Grant, Situation, situation_columns, slots};
use ceiba_store::{DAY, HOUR, Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::partners::conferences;
use crate::{Outcome, Problems, Programme};

/// A task. Those that rules make have a code and no words of their own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Task {
    /// What to do; empty for tasks of a rule.
    pub text: String,
}

impl Kind for Task {
    const KIND: &'static str = "task";
}

/// A rule of `packs/core/tasks.toml`: a task that opens by itself and may be settled by what happens.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    /// The task's code, whose words are in the translations.
    pub code: String,
    /// Hours until it is due.
    pub hours: i64,
    /// The kind of entry that settles it; empty when somebody marks it as done.
    #[serde(default)]
    pub resolved_if: String,
    /// What opens it.
    #[serde(default)]
    pub on: On,
    /// Its term never ends at night.
    #[serde(default)]
    pub daylight: bool,
}

/// What opens the task of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// A new case.
    #[default]
    Case,
    /// An arrival at a house.
    Admission,
    /// Somebody left a house and nobody had planned it.
    UnplannedExit,
    /// Somebody left a house as it was prepared with her.
    Exit,
    /// Somebody came from one house to another.
    Transfer,
    /// Somebody had to go to another house at once.
    UrgentMove,
    /// Somebody was on her way to another house, and does not go there.
    TransferBack,
    /// Somebody is not where she should be.
    Missing,
    /// Two who must be kept apart sleep too near.
    TooNear,
    /// Somebody who sleeps in a house comes of age soon.
    OfAge,
    /// She did not come to an appointment.
    NoShow,
    /// She was found together with others.
    Found,
    /// Something of the case came out.
    Leak,
    /// She was looked for, and is back.
    Returned,
}

/// The tasks that something opens in a case, for whoever is responsible, under the grant of that.
pub(crate) async fn arise(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, responsible): (Uuid, Uuid),
    on: On,
) -> Outcome<()> {
    let now = work.at();
    for rule in p.pack.task_rules.iter().filter(|r| r.on == on) {
        let due = now + rule.hours * HOUR;
        let due = if rule.daylight { crate::dates::daylight(due, &p.pack.zone) } else { due };
        let plain = Plain {
            state: "open",
            code: Some(rule.code.clone()),
            due_at: Some(due),
            owner: Some(responsible),
            ..Plain::default()
        };
        entries::add(p, work, caller, grant, (case, Folder::Social), plain, &Task::default()).await?;
    }
    Ok(())
}

/// Settles the open tasks of a case whose rule says that this kind of entry does. Whoever wrote the entry may
/// have no right to the tasks: their words stay sealed.
///
/// # Errors
/// When something breaks.
pub async fn resolve(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, kind: &str) -> Outcome<()> {
    let by_rule: Vec<&str> =
        p.pack.task_rules.iter().filter(|r| r.resolved_if == kind).map(|r| r.code.as_str()).collect();
    if by_rule.is_empty() {
        return Ok(());
    }
    let settled = |task: &Head| {
        task.state == "open" && task.code.as_deref().is_some_and(|code| by_rule.contains(&code))
    };
    entries::follow(work, caller, (case, Task::KIND), settled, "done", "resolved").await?;
    Ok(())
}

/// Gives a task.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (text, due_day, owner): (&str, &str, Option<Uuid>),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::TASK_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(text.trim().is_empty(), "text", "problem-task-empty");
    problems.when(text.chars().count() > 500, "text", "problem-too-long");
    let day = due_day.parse::<jiff::civil::Date>();
    problems.when(day.is_err(), "due", "problem-date-impossible");
    let owner = owner.unwrap_or(caller.account);
    let on_team = super::team::members(work.tx(), case).await?.iter().any(|m| m.account == owner);
    problems.when(!on_team && owner != caller.account, "owner", "problem-not-on-team");
    problems.done()?;
    // Due at the end of the working day, five in the afternoon.
    let due = day.map_or(0, |d| crate::dates::start(d, &p.pack.zone) + 17 * HOUR);
    let plain = Plain { state: "open", due_at: Some(due), owner: Some(owner), ..Plain::default() };
    entries::add(
        p,
        work,
        caller,
        &grant,
        (case, Folder::Social),
        plain,
        &Task { text: text.trim().to_owned() },
    )
    .await
}

/// Marks a task as done, or opens it again.
///
/// # Errors
/// [`crate::ProgrammeError::Stale`] when somebody changed it meanwhile.
pub async fn set(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    done: bool,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::TASK_WRITE, case).await?;
    let task: Entry<Task> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    let state = if done { "done" } else { "open" };
    let plain = Plain { state, ..Plain::from(&task.head) };
    entries::change(p, work, caller, &grant, &task.head, seen, plain, &task.body, state).await?;
    conferences::task_done(p, work, caller, &grant, (&task.head, done)).await
}

/// A task with the case it belongs to, for the page of today.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The task's head.
    pub head: Head,
    /// Its words; empty for tasks of a rule.
    pub text: String,
    /// The case's code.
    pub code: String,
}

/// The open tasks of an account that are due before an instant, most pressing first: [`SHOWN`] of them after
/// the first `skip`, and one more when there are more. Those of cases she may no longer open are left out.
///
/// # Errors
/// When something breaks.
pub async fn mine(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    before: Micros,
    skip: usize,
) -> Outcome<Vec<Mine>> {
    let (mut mine, mut passed) = (Vec::new(), 0);
    for offset in (0..).step_by(AT_ONCE) {
        let rows = due(p, tx, caller, before, offset).await?;
        for row in &rows {
            let head = Head::read(row)?;
            let situation = Situation::read(row, caller)?;
            let Ok(grant) = p.may_on(caller, Act::TASK_WRITE, head.file, &situation) else { continue };
            passed += 1;
            if passed <= skip {
                continue;
            }
            let task: Option<Entry<Task>> = entries::read(p, tx, caller, &grant, row).await?;
            // A task whose words are damaged is still due.
            mine.push(Mine {
                head,
                text: task.map_or_else(String::new, |t| t.body.text),
                code: row.get("case_code")?,
            });
            if mine.len() > SHOWN {
                return Ok(mine);
            }
        }
        if rows.len() < AT_ONCE {
            break;
        }
    }
    Ok(mine)
}

/// So many tasks are read in one statement: more than a page shows, far fewer than somebody may have.
const AT_ONCE: usize = 100;

/// The next tasks of an account with their cases and, in a second statement, the keys of their words.
async fn due(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    before: Micros,
    offset: usize,
) -> Outcome<Vec<Row>> {
    let (limit, offset) = (i64::try_from(AT_ONCE).unwrap_or(100), i64::try_from(offset).unwrap_or(i64::MAX));
    let slots = tx
        .sql(
            "SELECT s.subject, s.generation, s.recipient, s.body FROM key_slot s WHERE s.compartment = 'services'
             AND s.subject IN (SELECT file FROM (SELECT e.file FROM entry e WHERE e.owner = $1 AND e.kind = 'task'
                               AND e.state = 'open' AND e.due_at < $2 ORDER BY e.due_at, e.id LIMIT $3 OFFSET $4) AS page)",
        )
        .bind(caller.account)
        .bind(before)
        .bind(limit)
        .bind(offset)
        .all()
        .await?;
    slots::foresee(tx, "services", slots)?;
    Ok(tx
        .sql(concat!(
            "SELECT e.*, c.code AS case_code, ",
            situation_columns!(),
            "
             FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.owner = $1 AND e.kind = 'task' AND e.state = 'open' AND e.due_at < $3
             ORDER BY e.due_at, e.id LIMIT $4 OFFSET $5"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(before)
        .bind(limit)
        .bind(offset)
        .all()
        .await?)
}

/// How many tasks stand on a page of today, the most pressing ones first.
pub const SHOWN: usize = 50;

/// How far ahead the page of today looks.
pub const AHEAD: Micros = 7 * DAY;
