//! Who she is on paper: opened with a reason, changed by version, found by exact documents and phones.

use ceiba_access::{Act, Caller, Grant};
use ceiba_store::Work;
use uuid::Uuid;

use super::{Identity, change, place};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// Reasons for opening an identity.
pub const REASONS: [&str; 6] = ["court", "document", "family", "health_emergency", "duplicate", "referral"];

/// What must hold of an identity, new or changed. All of it may be empty.
pub(super) fn check(p: &Programme, identity: &Identity, problems: &mut Problems) {
    let origin = &identity.origin;
    let unknown = !origin.is_empty() && !p.pack.lists.has("municipalities", origin);
    problems.when(unknown, "origin", "problem-municipality");
    for (field, text) in [
        ("given", &identity.given),
        ("surnames", &identity.surnames),
        ("mother", &identity.mother),
        ("document", &identity.document),
        ("phone", &identity.phone),
    ] {
        problems.when(text.chars().count() > 120, field, "problem-too-long");
    }
}

/// Her real identity. The caller has decided [`Act::READ_IDENTITY`] on her case and gives a reason, which
/// the ledger keeps as a code. With it comes the version that a change must name.
///
/// # Errors
/// As [`super::of`]; [`ProgrammeError::Invalid`] without a reason.
pub async fn identity(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    id: Uuid,
    reason: &str,
) -> Outcome<(Identity, i64)> {
    let mut problems = Problems::default();
    problems.when(!REASONS.contains(&reason), "reason", "problem-reason");
    problems.done()?;
    let row = work.sql("SELECT identity, version FROM person WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let (sealed, version): (Option<Vec<u8>>, i64) = (row.get("identity")?, row.get("version")?);
    let Some(sealed) = sealed else { return Ok((Identity::default(), version)) };
    let identity = p.unseal(work.tx(), caller, grant, &place(id, "identity", version), &sealed).await?;
    work.record(&format!("identity.read.{reason}"), "case", grant.subject(), [0; 32]).await?;
    Ok((identity, version))
}

/// Changes who she is on paper. `seen` is the version the change is based on; what was before is kept sealed,
/// and the exact tokens of document and phone follow. Gives her id: after the commit the caller calls
/// [`super::known::refresh`] with it.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when somebody
/// changed her record meanwhile: nothing is written, and the page shows both.
pub async fn change_identity(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, seen): (Uuid, i64),
    identity: &Identity,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_IDENTITY, case).await?;
    let mut problems = Problems::default();
    check(p, identity, &mut problems);
    problems.done()?;
    let identity = &identity.written();
    let id = crate::cases::lookup(work.tx(), case).await?.person;
    let row = work.sql("SELECT * FROM person WHERE id = $1").bind(id).one().await?;
    let version: i64 = row.get("version")?;
    if version != seen {
        return Err(ProgrammeError::Stale);
    }
    let sealed = p.seal(work, caller, &grant, &place(id, "identity", version + 1), identity).await?;
    // Her everyday part carries the row's version too: the office moves it along and shows it to nobody.
    let core: Vec<u8> = row.get("core")?;
    let core = p.gate.reseal(work, &place(id, "core", version), version + 1, &core).await?;
    let hash = detail(&sealed);
    if let Some(old) = row.get::<Option<Vec<u8>>>("identity")? {
        change::keep(work, caller, (id, version), "identity", old).await?;
    }
    change::write(work, (id, version), core, Some(sealed)).await?;
    index(p, work, id, identity).await?;
    super::origin::tell(p, work, case, &identity.origin).await?;
    work.record("identity.change", "case", case, hash).await?;
    super::links::propose(p, work, id).await?;
    Ok(id)
}

/// Exact look-up tokens of her document and phone. No token of any piece of a name is ever stored.
pub(super) async fn index(p: &Programme, work: &mut Work, id: Uuid, identity: &Identity) -> Outcome<()> {
    work.sql("DELETE FROM blind_index WHERE person = $1").bind(id).run().await?;
    for (field, value) in [("document", &identity.document), ("phone", &identity.phone)] {
        let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        if !plain.is_empty() {
            work.sql("INSERT INTO blind_index (field, token, person) VALUES ($1, $2, $3)")
                .bind(field)
                .bind(p.office.blind(field, &plain.to_lowercase()))
                .bind(id)
                .once()
                .await?;
        }
    }
    Ok(())
}
