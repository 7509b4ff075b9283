//! Follow-up: trying to reach her through safe channels only, and how she is.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::contact::rules::Channel;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A follow-up contact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FollowUp {
    /// Which way was used: the code of a [`crate::contact::rules::Channel`], or empty when she came by herself.
    pub channel: String,
    /// What was seen or agreed.
    pub remark: String,
    /// She is safe, as she sees it: `yes`, `no`, `unknown`.
    pub safe: String,
}

impl Kind for FollowUp {
    const KIND: &'static str = "followup";
}

/// Results; the state of the entry.
pub const RESULTS: [&str; 3] = ["reached", "not_reached", "declined"];

/// Records a contact.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (result, on_day): (&str, &str),
    body: &FollowUp,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let mut problems = Problems::default();
    let result = RESULTS.iter().find(|r| **r == result);
    problems.when(result.is_none(), "result", "problem-choose");
    problems.when(!["yes", "no", "unknown"].contains(&body.safe.as_str()), "safe", "problem-choose");
    problems.when(on_day.parse::<jiff::civil::Date>().is_err(), "on_day", "problem-date-impossible");
    let channel = body.channel.is_empty() || Channel::find(&body.channel).is_some();
    problems.when(!channel, "channel", "problem-choose");
    problems.when(body.remark.chars().count() > 2000, "remark", "problem-too-long");
    problems.done()?;
    let plain = Plain {
        state: result.copied().unwrap_or("not_reached"),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await?;
    let mut fact = super::fact(p, work, caller, &grant, case, "followup").await?;
    fact.outcome = result.map(|r| (*r).to_owned());
    fact.code = Some(body.safe.clone());
    // How long after her file was closed: reports ask at six months and at twelve.
    let closed = super::lookup(work.tx(), case).await?.closed_at;
    fact.minutes = closed.map(|at| (work.at() - at) / ceiba_store::MINUTE);
    let months = closed.map(|at| (work.at() - at) / (30 * ceiba_store::DAY));
    fact.dims = match months {
        Some(4..9) => vec![("after", "months6".to_owned())],
        Some(9..16) => vec![("after", "months12".to_owned())],
        _ => vec![],
    };
    work.fact(fact).await?;
    Ok(id)
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
