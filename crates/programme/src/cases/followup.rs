//! Follow-up: trying to reach her through safe channels only, and how she is. It is the one thing that is written in a closed file too.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks::{self, Task};
use crate::contact::rules::Channel;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme};

pub mod due;

/// A follow-up contact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FollowUp {
    /// Which way was used: the code of a [`crate::contact::rules::Channel`], or empty when she came by herself.
    pub channel: String,
    /// What was seen or agreed.
    pub remark: String,
    /// She is safe, as she sees it: `yes`, `no`, `unknown`.
    pub safe: String,
    /// Where she lives is safe for her: `yes`, `no`, `unknown`; empty in what was noted before this was asked.
    #[serde(default)]
    pub home: String,
    /// What she does: one of [`DOING`]; empty as above.
    #[serde(default)]
    pub doing: String,
}

impl Kind for FollowUp {
    const KIND: &'static str = "followup";
}

/// Results; the state of the entry. After `not_reached` somebody tries again, after `lost` not for this look.
pub const RESULTS: [&str; 4] = ["reached", "not_reached", "lost", "declined"];

/// What she does.
pub const DOING: [&str; 5] = ["study", "work", "both", "neither", "unknown"];

/// Records a contact. `support`: she wants support again; whoever may open her file again finds it on her page.
///
/// Of whom nobody reached nothing is known: what was chosen of how she is counts as unknown.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (result, on_day, support): (&str, &str, bool),
    body: &FollowUp,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::FOLLOW_WRITE, case).await?;
    let mut problems = Problems::default();
    let result = RESULTS.iter().find(|r| **r == result);
    problems.when(result.is_none(), "result", "problem-choose");
    let reached = result == Some(&"reached");
    for (field, said, known) in [
        ("safe", &body.safe, &["yes", "no", "unknown"][..]),
        ("home", &body.home, &["yes", "no", "unknown"]),
        ("doing", &body.doing, &DOING),
    ] {
        let left_out = said.is_empty() && !(reached && field == "safe");
        problems.when(!left_out && !known.contains(&said.as_str()), field, "problem-choose");
    }
    let day = crate::dates::past(p, work.at(), (on_day, "on_day"), &mut problems);
    let channel = body.channel.is_empty() || Channel::find(&body.channel).is_some();
    problems.when(!channel, "channel", "problem-choose");
    problems.when(body.remark.chars().count() > 2000, "remark", "problem-too-long");
    problems.done()?;
    let unknown = || "unknown".to_owned();
    let body = FollowUp {
        safe: if reached { body.safe.clone() } else { unknown() },
        home: if reached { body.home.clone() } else { unknown() },
        doing: if reached { body.doing.clone() } else { unknown() },
        ..body.clone()
    };
    let plain = Plain {
        state: result.copied().unwrap_or("not_reached"),
        code: (reached && support).then(|| "support".to_owned()),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    let mut fact = super::fact(p, work, caller, &grant, case, "followup").await?;
    fact.outcome = result.map(|r| (*r).to_owned());
    fact.code = Some(body.safe);
    on_day.clone_into(&mut fact.day);
    // How long after her file was closed: reports ask at six months and at twelve.
    let closed = super::lookup(work.tx(), case).await?.closed_at;
    fact.minutes = closed.map(|at| (work.at() - at) / ceiba_store::MINUTE);
    let look =
        closed.zip(day).and_then(|(at, day)| p.pack.follow.counts(crate::dates::day(at, &p.pack.zone), day));
    fact.dims = look.map(|l| ("after", l.code.clone())).into_iter().collect();
    work.fact(fact).await?;
    settle(p, work, caller, case, result.copied().unwrap_or("not_reached")).await?;
    Ok(id)
}

/// Whoever left a house as it was prepared is asked by tasks of their own (`on = "exit"`): those that are due this week are done with a
/// contact, or given up; all of them when she prefers that nobody asks.
async fn settle(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, result: &str) -> Outcome<()> {
    if result == "not_reached" {
        return Ok(());
    }
    let week = work.at() + 7 * ceiba_store::DAY;
    let exit: Vec<&str> =
        p.pack.task_rules.iter().filter(|r| r.on == tasks::On::Exit).map(|r| r.code.as_str()).collect();
    let hers = |task: &Head| {
        task.state == "open"
            && task.code.as_deref().is_some_and(|code| exit.contains(&code))
            && (result == "declined" || task.due_at.is_some_and(|due| due <= week))
    };
    entries::follow(work, caller, (case, Task::KIND), hers, "done", "resolved").await?;
    Ok(())
}

/// The follow-up of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<FollowUp>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
