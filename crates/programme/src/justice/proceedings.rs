//! Her proceedings. What identifies them anywhere else (numbers, court, unit) is in the legal folder.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A proceeding. Its code is of the list `proceeding_kinds`, `other` the institution that leads it, its state a code of `proceeding_stages`, as [`STAGES`] has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proceeding {
    /// Its number at the prosecutor's office, as it is written there.
    pub prosecutor_number: String,
    /// Its number at the court.
    pub court_number: String,
    /// Which unit investigates.
    pub unit: String,
    /// Before which court.
    pub court: String,
    /// Codes of the list `iccs_offences`.
    pub offences: Vec<String>,
    /// Codes of the country's list `purposes`, where the offence is trafficking.
    pub purposes: Vec<String>,
    /// One of [`STANDING`].
    pub standing: String,
    /// What else.
    pub remark: String,
}

impl Kind for Proceeding {
    const KIND: &'static str = "proceeding";
}

/// The stages, in their order.
pub const STAGES: [&str; 8] =
    ["complaint", "investigation", "intermediate", "trial", "judgment", "appeal", "execution", "ended"];
/// Whether she is a party.
pub const STANDING: [&str; 4] = ["none", "asked", "admitted", "refused"];

fn check(p: &Programme, stage: &str, b: &Proceeding) -> Outcome<&'static str> {
    let stage = STAGES.iter().find(|s| **s == stage).copied();
    let has = |list: &str, codes: &[String]| codes.iter().all(|c| p.pack.lists.has(list, c));
    let mut problems = Problems::default();
    problems.when(stage.is_none(), "stage", "problem-choose");
    problems.when(!has("iccs_offences", &b.offences), "offences", "problem-choose");
    problems.when(!has("purposes", &b.purposes), "purposes", "problem-choose");
    problems.when(!STANDING.contains(&b.standing.as_str()), "standing", "problem-choose");
    let texts = [&b.prosecutor_number, &b.court_number, &b.unit, &b.court];
    problems.when(texts.iter().any(|t| t.chars().count() > 120), "court", "problem-too-long");
    problems.when(b.remark.chars().count() > 2000, "remark", "problem-too-long");
    problems.done()?;
    Ok(stage.unwrap_or("complaint"))
}

/// Adds a proceeding.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, stage, leads): (&str, &str, Option<Uuid>),
    body: &Proceeding,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("proceeding_kinds", kind), "kind", "problem-choose");
    problems.done()?;
    let state = check(p, stage, body)?;
    let plain = Plain { state, code: Some(kind.to_owned()), other: leads, ..Plain::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, body).await?;
    staged(p, work, caller, case, (kind, state)).await?;
    Ok(id)
}

/// Changes a proceeding, its stage among other things.
///
/// # Errors
/// As [`add`]; [`ProgrammeError::Stale`] when somebody changed it meanwhile.
pub async fn change(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (stage, leads, body): (&str, Option<Uuid>, &Proceeding),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    let entry: Entry<Proceeding> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    let state = check(p, stage, body)?;
    let moved = entry.head.state != state;
    let plain = Plain { state, other: leads, ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, body, "change").await?;
    if moved {
        let kind = entry.head.code.clone().unwrap_or_default();
        staged(p, work, caller, case, (&kind, state)).await?;
    }
    Ok(())
}

/// The fact of a stage.
async fn staged(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, stage): (&str, &str),
) -> Outcome<()> {
    let mut fact = super::fact(p, work, caller, case, "justice.stage").await?;
    fact.code = Some(kind.to_owned());
    fact.outcome = Some(stage.to_owned());
    Ok(work.fact(fact).await?)
}

/// What the team may know: kind and stage of each proceeding, newest first. Nothing is opened.
///
/// # Errors
/// When the database breaks.
pub async fn heads(tx: &mut Tx, case: Uuid) -> Outcome<Vec<Head>> {
    let rows = tx
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = 'proceeding' ORDER BY created_at DESC, id")
        .bind(case)
        .all()
        .await?;
    rows.iter().map(Head::read).collect()
}

/// The proceedings of a case, newest first. The grant is that of the legal folder.
///
/// # Errors
/// When something breaks, the grant does not open them, or she who asks has no key to the strongbox.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Proceeding>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Legal)).await
}
