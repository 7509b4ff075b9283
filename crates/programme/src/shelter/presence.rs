//! Who is in: when somebody was last seen, who is out and until when, and the head count.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{beds, shift, stays};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// She is out, and is expected back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outing {
    /// Who goes with her.
    pub with: String,
}

impl Kind for Outing {
    const KIND: &'static str = "outing";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// A head count: of so many who should have been there, so many were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCount {
    /// How many sleep here and are not out.
    pub expected: usize,
    /// The cases of those who were not seen.
    pub absent: Vec<Uuid>,
}

impl Kind for HeadCount {
    const KIND: &'static str = "head_count";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Notes that she was seen now, and by what: every step that shows that she is there does so.
pub(super) async fn seen(work: &mut Work, caller: &Caller, case: Uuid, how: &'static str) -> Outcome<()> {
    let (id, at) = (work.chance().id(), work.at());
    work.sql("INSERT INTO seen (id, file, at, how, by_account) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(case)
        .bind(at)
        .bind(how)
        .bind(caller.account)
        .once()
        .await?;
    Ok(())
}

/// When she was last seen, and by what.
pub(super) async fn last_seen(tx: &mut Tx, case: Uuid) -> Outcome<Option<(Micros, String)>> {
    let row = tx
        .sql("SELECT at, how FROM seen WHERE file = $1 ORDER BY at DESC, id LIMIT 1")
        .bind(case)
        .optional()
        .await?;
    row.map(|r| Ok((r.get("at")?, r.get("how")?))).transpose()
}

/// She goes out: why, for how long at most, and with whom.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when she is out already or not of the house.
pub async fn go_out(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (reason, minutes, with): (&str, i64, &str),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("outing_reasons", reason), "reason", "problem-choose");
    problems.when(!(1..=7 * 24 * 60).contains(&minutes), "minutes", "problem-outing-long");
    problems.when(with.chars().count() > 200, "with", "problem-too-long");
    problems.done()?;
    if stays::current(work.tx(), case).await?.is_none() {
        return Err(ProgrammeError::State("state-not-in-house"));
    }
    if out(work.tx(), case).await?.is_some() {
        return Err(ProgrammeError::State("state-out-already"));
    }
    let plain = Plain {
        state: "out",
        code: Some(reason.to_owned()),
        due_at: Some(work.at() + minutes * MINUTE),
        ..Plain::default()
    };
    let body = Outing { with: with.to_owned() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    seen(work, caller, case, "out").await
}

/// She is back.
///
/// # Errors
/// [`ProgrammeError::State`] when nobody had noted that she is out.
pub async fn come_back(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    if entries::follow(work, caller, (case, Outing::KIND), |h| h.state == "out", "back", "back").await? == 0 {
        return Err(ProgrammeError::State("state-not-out"));
    }
    seen(work, caller, case, "back").await
}

/// The outing she is on: why and until when, without opening it.
pub(super) async fn out(tx: &mut Tx, case: Uuid) -> Outcome<Option<(String, Micros)>> {
    let row = tx
        .sql("SELECT code, due_at FROM entry WHERE file = $1 AND kind = 'outing' AND state = 'out'")
        .bind(case)
        .optional()
        .await?;
    row.map(|r| Ok((r.get("code")?, r.get("due_at")?))).transpose()
}

/// Counts heads: whoever is named was seen now. Tells how many should have been there and the cases of those who were not
/// seen and are not out.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn count_heads(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    present: &[Uuid],
) -> Outcome<HeadCount> {
    let (house, grant) = shift::house(p, work.tx(), caller, Act::HOUSE_LOG).await?;
    let (site, _) = beds::of(p, caller)?;
    let mut count = HeadCount::default();
    for stay in stays::in_house(work.tx(), site).await? {
        let may = p.may_case(work.tx(), caller, Act::HOUSE_LOG, stay.file).await.is_ok();
        if stay.who != stay.file || !may {
            continue;
        }
        let here = present.contains(&stay.file);
        if here {
            seen(work, caller, stay.file, "count").await?;
        }
        if here || out(work.tx(), stay.file).await?.is_none() {
            count.expected += 1;
        }
        if !here && out(work.tx(), stay.file).await?.is_none() {
            count.absent.push(stay.file);
        }
    }
    let state = if count.absent.is_empty() { "all_here" } else { "some_absent" };
    let plain = Plain { state, ..Plain::default() };
    entries::add(p, work, caller, &grant, (house, Folder::Social), plain, &count).await?;
    Ok(count)
}

/// The last head count of the caller's house.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn last_count(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Option<Entry<HeadCount>>> {
    let (house, grant) = shift::house(p, tx, caller, Act::HOUSE_READ).await?;
    Ok(entries::list(p, tx, caller, &grant, (house, Folder::Social)).await?.into_iter().next())
}
