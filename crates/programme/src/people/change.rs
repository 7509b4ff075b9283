//! Changing her everyday part: by version, with what was before kept and a way back.

use ceiba_access::{Act, Caller, Grant, Place};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::{Core, place};
use crate::entries::UNDO;
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// What must hold of an everyday part, new or changed.
pub(super) fn check(p: &Programme, core: &Core, problems: &mut Problems) {
    problems.when(core.chosen_name.trim().is_empty(), "chosen_name", "problem-chosen-name");
    problems.when(core.chosen_name.chars().count() > 80, "chosen_name", "problem-too-long");
    let unknown = !core.language.is_empty() && !p.pack.lists.has("languages", &core.language);
    problems.when(unknown, "language", "problem-choose");
}

/// Changes her everyday part. `seen` is the version the change is based on; what was before is kept. Gives
/// her id: after the commit the caller calls [`super::known::refresh`] with it, so that a search finds the
/// new name, and never one that was not saved.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when somebody
/// changed her record meanwhile: nothing is written, and the page shows both.
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, seen): (Uuid, i64),
    core: &Core,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_SOCIAL, case).await?;
    let mut problems = Problems::default();
    check(p, core, &mut problems);
    problems.done()?;
    put(p, work, caller, &grant, (case, seen), (&core.written(), "core", "person.change")).await
}

/// Puts the last former everyday part back as a new version. What is replaced is kept in its turn.
///
/// # Errors
/// [`ProgrammeError::State`] when there is none or it is older than thirty days; else as [`change`].
pub async fn undo(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, seen): (Uuid, i64),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_SOCIAL, case).await?;
    let person = crate::cases::lookup(work.tx(), case).await?.person;
    let Some(last) = history(p, work.tx(), caller, &grant, person).await?.into_iter().next() else {
        return Err(ProgrammeError::State("state-nothing-to-undo"));
    };
    if work.at() - last.at > UNDO {
        return Err(ProgrammeError::State("state-undo-too-late"));
    }
    put(p, work, caller, &grant, (case, seen), (&last.core, "core", "person.undo")).await
}

/// Both parts carry the row's version, so both are sealed again. The identity is opened and closed by the
/// office itself for that, and shown to nobody.
async fn put(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, seen): (Uuid, i64),
    (core, why, action): (&Core, &'static str, &'static str),
) -> Outcome<Uuid> {
    let id = crate::cases::lookup(work.tx(), case).await?.person;
    let row = work.sql("SELECT * FROM person WHERE id = $1").bind(id).one().await?;
    let version: i64 = row.get("version")?;
    if version != seen {
        return Err(ProgrammeError::Stale);
    }
    let sealed = p.seal(work, caller, grant, &place(id, "core", version + 1), core).await?;
    let moved = match row.get::<Option<Vec<u8>>>("identity")? {
        None => None,
        Some(value) => Some(p.gate.reseal(work, &place(id, "identity", version), version + 1, &value).await?),
    };
    let hash = detail(&sealed);
    keep(work, caller, (id, version), why, row.get("core")?).await?;
    write(work, (id, version), sealed, moved).await?;
    work.record(action, "case", case, hash).await?;
    super::links::propose(p, work, id).await?;
    Ok(id)
}

/// Keeps one part of her record as it was, sealed, before it is replaced.
pub(super) async fn keep(
    work: &mut Work,
    caller: &Caller,
    (id, version): (Uuid, i64),
    why: &'static str,
    body: Vec<u8>,
) -> Outcome<()> {
    let now = work.at();
    work.sql("INSERT INTO former (row, version, at, changed_by, why, plain, body, body_version) VALUES ($1, $2, $3, $4, $5, '{}', $6, $2)")
        .bind(id)
        .bind(version)
        .bind(now)
        .bind(caller.account)
        .bind(why)
        .bind(body)
        .once()
        .await?;
    Ok(())
}

/// Writes both parts as the next version.
pub(super) async fn write(
    work: &mut Work,
    (id, version): (Uuid, i64),
    core: Vec<u8>,
    identity: Option<Vec<u8>>,
) -> Outcome<()> {
    let touched = work
        .sql("UPDATE person SET core = $1, identity = $2, version = $3 WHERE id = $4 AND version = $5 AND erased_at IS NULL")
        .bind(core)
        .bind(identity)
        .bind(version + 1)
        .bind(id)
        .bind(version)
        .run()
        .await?;
    if touched == 1 { Ok(()) } else { Err(ProgrammeError::Stale) }
}

/// Her everyday part as it was.
#[derive(Clone, Debug)]
pub struct Before {
    /// The version it was.
    pub version: i64,
    /// When it was replaced.
    pub at: Micros,
    /// By whom.
    pub changed_by: Uuid,
    /// What it said.
    pub core: Core,
}

/// The former everyday parts, newest first.
///
/// # Errors
/// When the grant does not open them or a value is damaged.
pub async fn history(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    id: Uuid,
) -> Outcome<Vec<Before>> {
    let rows = tx
        .sql("SELECT version, at, changed_by, body FROM former WHERE row = $1 AND why = 'core' ORDER BY version DESC")
        .bind(id)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let version = row.get("version")?;
        let place: Place<'_> = place(id, "core", version);
        all.push(Before {
            version,
            at: row.get("at")?,
            changed_by: row.get("changed_by")?,
            core: p.unseal(tx, caller, grant, &place, &row.get::<Vec<u8>>("body")?).await?,
        });
    }
    Ok(all)
}
