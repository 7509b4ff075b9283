//! Who must be kept apart from whom, and why: two who will testify about the same facts, somebody linked to a recruiter.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{beds, stays};
use crate::cases::{self, tasks};
use crate::entries::{self, Head, Kind, Plain};
use crate::packs::{Check, Scope};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Two are kept apart. It stands in the file of one and points to the other; the code is the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// What else whoever decides must know.
    pub remark: String,
}

impl Kind for Apart {
    const KIND: &'static str = "apart";
}

/// From whom somebody is kept apart, with the reason's code. Read from what stands in clear: the house asks without
/// opening either file.
pub(super) async fn from(tx: &mut Tx, case: Uuid) -> Outcome<Vec<(Uuid, String)>> {
    let rows = tx
        .sql(
            "SELECT CASE WHEN file = $1 THEN other ELSE file END AS her, code FROM entry
             WHERE kind = 'apart' AND state = 'in_force' AND (file = $1 OR other = $1)",
        )
        .bind(case)
        .all()
        .await?;
    rows.iter().map(|r| Ok((r.get("her")?, r.get("code")?))).collect()
}

/// Keeps two apart from now on. When they sleep too near already, a task within the day says so: nobody is moved by a program.
///
/// # Errors
/// The gate's refusal for either file; [`ProgrammeError::Invalid`] with what to mend.
pub async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, other): (Uuid, Uuid),
    (reason, remark): (&str, &str),
) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, other).await?;
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("apart_reasons", reason), "reason", "problem-choose");
    problems.when(case == other, "other", "problem-same-case");
    problems.when(remark.chars().count() > 1000, "remark", "problem-too-long");
    let already = from(work.tx(), case).await?.iter().any(|(her, why)| *her == other && why == reason);
    problems.when(already, "other", "problem-apart-already");
    problems.done()?;
    let houses: Vec<&str> =
        p.pack.sites.iter().filter(|s| s.house.is_some()).map(|s| s.code.as_str()).collect();
    stays::take_turn(work, &houses).await?;
    let plain =
        Plain { state: "in_force", code: Some(reason.to_owned()), other: Some(other), ..Plain::default() };
    let body = Apart { remark: remark.to_owned() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    if too_near(p, work.tx(), (case, other), reason).await? {
        let owner = cases::lookup(work.tx(), case).await?.responsible;
        tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::TooNear).await?;
    }
    Ok(id)
}

/// Somebody from whom she is kept apart.
pub struct Kept {
    /// The entry.
    pub id: Uuid,
    /// The other's case.
    pub other: Uuid,
    /// Code of the list `apart_reasons`.
    pub reason: String,
    /// What else is known; empty when it stands in a file that the caller may not read.
    pub remark: String,
}

/// From whom she is kept apart, whichever file it stands in.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Kept>> {
    p.may_case(tx, caller, Act::HOUSE_OVERRIDE, case).await?;
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE kind = 'apart' AND state = 'in_force' AND (file = $1 OR other = $1)
             ORDER BY created_at DESC, id",
        )
        .bind(case)
        .all()
        .await?;
    let mut kept = Vec::with_capacity(rows.len());
    for row in &rows {
        let (file, other): (Uuid, Uuid) = (row.get("file")?, row.get("other")?);
        let body = match p.may_case(tx, caller, Act::READ_SOCIAL, file).await {
            Ok(grant) => entries::read::<Apart>(p, tx, caller, &grant, row).await?.map(|e| e.body),
            Err(_) => None,
        };
        kept.push(Kept {
            id: row.get("id")?,
            other: if file == case { other } else { file },
            reason: row.get("code")?,
            remark: body.unwrap_or_default().remark,
        });
    }
    Ok(kept)
}

/// Whether two sleep nearer than the rules for this reason let them.
pub(super) async fn too_near(
    p: &Programme,
    tx: &mut Tx,
    (one, other): (Uuid, Uuid),
    reason: &str,
) -> Outcome<bool> {
    let (Some(a), Some(b)) = (stays::current(tx, one).await?, stays::current(tx, other).await?) else {
        return Ok(false);
    };
    let room = |bed: &str| {
        let (code, said) = bed.split_once('-')?;
        Some((code.to_owned(), beds::at(p, code)?.1.room(said)?.code.clone()))
    };
    let (Some(a), Some(b)) = (room(&a.bed), room(&b.bed)) else { return Ok(false) };
    let about = p.pack.shelter.rule.iter().filter(|r| r.check == Check::Apart);
    Ok(about.filter(|r| r.reasons.iter().any(|code| code == reason)).any(|r| match r.scope {
        Scope::House => a.0 == b.0,
        Scope::Room => a == b,
    }))
}

/// Ends it.
///
/// # Errors
/// The gate's refusal for either file; [`ProgrammeError::Stale`] when it ended already.
pub async fn end(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, id: Uuid) -> Outcome<()> {
    let kept = list(p, work.tx(), caller, case).await?;
    let Some(kept) = kept.into_iter().find(|k| k.id == id) else { return Err(ProgrammeError::Stale) };
    p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, kept.other).await?;
    let it = |h: &Head| h.id == id;
    for file in [case, kept.other] {
        entries::follow(work, caller, (file, Apart::KIND), it, "ended", "ended").await?;
    }
    Ok(())
}
