//! A shift begins when whoever begins it has read what the one before left, and ends with a handover.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{at_home, beds};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// What a shift leaves to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// What happened and what to look after.
    pub text: String,
    /// How many slept here and were in when it was written.
    pub inside: usize,
}

impl Kind for Handover {
    const KIND: &'static str = "handover";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// A shift that goes on.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub account: Uuid,
    /// Since when.
    pub started_at: Micros,
}

/// The caller's grant on the file of her house.
pub(super) async fn house(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act) -> Outcome<(Uuid, Grant)> {
    p.may_on(caller, act, Uuid::nil(), &at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let row = tx.sql("SELECT id FROM house_file WHERE site = $1").bind(&site.code).one().await?;
    let id: Uuid = row.get("id")?;
    Ok((id, p.may_on(caller, act, id, &at_home(caller))?))
}

/// The newest handover of the caller's house.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn handover(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Option<Entry<Handover>>> {
    let (id, grant) = house(p, tx, caller, Act::HOUSE_READ).await?;
    Ok(entries::list(p, tx, caller, &grant, (id, Folder::Social)).await?.into_iter().next())
}

/// The shifts that go on in the caller's house, the oldest first.
///
/// # Errors
/// When the database breaks.
pub async fn on(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Shift>> {
    let (site, _) = beds::of(p, caller)?;
    let rows = tx
        .sql("SELECT id, account, started_at FROM shift WHERE site = $1 AND ended_at IS NULL ORDER BY started_at, id")
        .bind(&site.code)
        .all()
        .await?;
    rows.iter()
        .map(|r| Ok(Shift { id: r.get("id")?, account: r.get("account")?, started_at: r.get("started_at")? }))
        .collect()
}

/// Begins the caller's shift. `read` is the handover she was shown: a newer one must be read first.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when there is a newer handover, [`ProgrammeError::State`] when she is on shift.
pub async fn begin(p: &Programme, work: &mut Work, caller: &Caller, read: Option<Uuid>) -> Outcome<()> {
    let (id, _) = house(p, work.tx(), caller, Act::HOUSE_LOG).await?;
    let newest = handover(p, work.tx(), caller).await?.map(|h| h.head.id);
    if newest != read {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "read", key: "problem-handover-newer" }]));
    }
    let (site, _) = beds::of(p, caller)?;
    let (shift, at) = (work.chance().id(), work.at());
    let put = work
        .sql(
            "INSERT INTO shift (id, site, account, handover, started_at, ended_at) VALUES ($1, $2, $3, $4, $5, NULL)",
        )
        .bind(shift)
        .bind(&site.code)
        .bind(caller.account)
        .bind(read)
        .bind(at)
        .once()
        .await;
    match put {
        Err(e) if e.is_taken() => return Err(ProgrammeError::State("state-on-shift")),
        other => other?,
    }
    Ok(work.record("shift.begin", "house", id, [0; 32]).await?)
}

/// Hands the house over: what the next shift must know. The caller's own shift ends with it.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without words; [`ProgrammeError::State`] when she is not on shift.
pub async fn hand_over(p: &Programme, work: &mut Work, caller: &Caller, text: &str) -> Outcome<Uuid> {
    let (id, grant) = house(p, work.tx(), caller, Act::HOUSE_LOG).await?;
    let mut problems = Problems::default();
    problems.when(text.is_empty(), "handover", "problem-handover-empty");
    problems.when(text.chars().count() > 4000, "handover", "problem-too-long");
    problems.done()?;
    let at = work.at();
    let ended = work
        .sql("UPDATE shift SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(caller.account)
        .run()
        .await?;
    if ended == 0 {
        return Err(ProgrammeError::State("state-not-on-shift"));
    }
    let inside = work
        .sql(
            "SELECT COUNT(*) AS n FROM stay s WHERE s.site = $1 AND s.until_at = $2 AND s.who = s.file
               AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.file = s.file AND o.kind = 'outing' AND o.state = 'out')",
        )
        .bind(caller.site.clone())
        .bind(super::stays::OPEN)
        .one()
        .await?;
    let inside = usize::try_from(inside.get::<i64>("n")?).unwrap_or(0);
    let body = Handover { text: text.to_owned(), inside };
    let plain = Plain { state: "written", ..Plain::default() };
    entries::add(p, work, caller, &grant, (id, Folder::Social), plain, &body).await
}
