//! Another code and other keys, in one unit of work: everything or nothing.

use ceiba_access::{Caller, Place, Renewal};
use ceiba_store::Work;
use uuid::Uuid;

use super::{decided, deciding};
use crate::cases::{files, team};
use crate::entries::place_of;
use crate::justice::evidence;
use crate::partners::{answers, packets};
use crate::people::place;
use crate::sealed::detail;
use crate::{Outcome, Programme, cases, notices};

/// What was moved to a new key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moved {
    /// Values that open under the new key now.
    pub values: i64,
    /// Values that did not open before either: they stay as they are, and open under no key.
    pub damaged: i64,
    /// The hash of each, one after the other: the ledger commits to all of them in one entry.
    pub hashes: Vec<u8>,
}

impl Moved {
    /// A value under the new key; none when it is damaged.
    fn again(
        &mut self,
        p: &Programme,
        work: &Work,
        renewal: &Renewal,
        (place, sealed): (&Place<'_>, &[u8]),
    ) -> Outcome<Option<Vec<u8>>> {
        let again = p.gate.again(work, renewal, place, sealed)?;
        match &again {
            Some(value) => {
                self.values += 1;
                self.hashes.extend(detail(value));
            }
            None => {
                tracing::error!("a sealed value gets no new key: it is damaged");
                self.damaged += 1;
            }
        }
        Ok(again)
    }
}

/// Approves and carries out: a new code, links closed, and every value of the case and of the person sealed under new keys. Strongboxes
/// get a new key too; what they hold already waits for somebody who has the old one. Gives the person: after the commit the
/// caller calls [`crate::people::known::refresh`] with her and [`ceiba_store::Db::forget`].
///
/// # Errors
/// The gate's refusal (nobody decides on what she asked for); [`crate::ProgrammeError::Taken`] when somebody else decided meanwhile.
pub async fn approve(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Uuid> {
    let (leak, grant) = deciding(p, work, caller, id).await?;
    let case = cases::lookup(work.tx(), leak.case).await?;
    rename(p, work, &case).await?;
    let packets = packets::close(work, "case", case.id, "leak").await?.len();
    let hers = p.gate.renew(work, caller, &grant, case.person).await?;
    let of_case = p.gate.renew(work, caller, &grant, case.id).await?;
    let mut moved = Moved::default();
    person(p, work, (&hers, case.person), &mut moved).await?;
    file(p, work, (&of_case, case.id), &mut moved).await?;
    p.gate.drop_old(work, &hers).await?;
    p.gate.drop_old(work, &of_case).await?;
    for compartment in p.gate.renew_strongboxes(work, caller, &grant, case.id).await? {
        work.sql("INSERT INTO key_due (subject, compartment) VALUES ($1, $2) ON CONFLICT (subject, compartment) DO NOTHING")
            .bind(case.id)
            .bind(compartment)
            .run()
            .await?;
    }
    let now = work.at();
    work.sql(
        "UPDATE leak SET state = 'changed', decided_by = $1, decided_at = $2, packets = $3, moved = $4, damaged = $5
         WHERE id = $6 AND state = 'asked'",
    )
    .bind(caller.account)
    .bind(now)
    .bind(i64::try_from(packets).unwrap_or(i64::MAX))
    .bind(moved.values)
    .bind(moved.damaged)
    .bind(id)
    .once()
    .await?;
    work.record("key.renew", "case", case.id, detail(&moved.hashes)).await?;
    for member in team::members(work.tx(), case.id).await? {
        notices::tell(work, member.account, notices::LEAK_DONE, id).await?;
    }
    decided(p, work, &leak, "changed").await?;
    Ok(case.person)
}

/// Another code. The old one leads nowhere and is nobody's again.
async fn rename(p: &Programme, work: &mut Work, case: &cases::Case) -> Outcome<()> {
    let code = cases::free_code(p, work).await?;
    let now = work.at();
    work.sql("INSERT INTO code_retired (token, at) VALUES ($1, $2)")
        .bind(cases::retired(p, &case.code))
        .bind(now)
        .once()
        .await?;
    work.sql("UPDATE case_file SET code = $1, version = version + 1 WHERE id = $2")
        .bind(code)
        .bind(case.id)
        .once()
        .await?;
    Ok(work.record("case.rename", "case", case.id, [0; 32]).await?)
}

/// What is sealed under the person's own keys: her record, and what it was before.
async fn person(
    p: &Programme,
    work: &mut Work,
    (renewal, id): (&Renewal, Uuid),
    moved: &mut Moved,
) -> Outcome<()> {
    let row = work.sql("SELECT core, identity, version FROM person WHERE id = $1").bind(id).one().await?;
    let (core, identity): (Vec<u8>, Option<Vec<u8>>) = (row.get("core")?, row.get("identity")?);
    let version: i64 = row.get("version")?;
    if let Some(again) = moved.again(p, work, renewal, (&place(id, "core", version), &core))? {
        work.sql("UPDATE person SET core = $1 WHERE id = $2").bind(again).bind(id).once().await?;
    }
    if let Some(identity) = identity
        && let Some(again) = moved.again(p, work, renewal, (&place(id, "identity", version), &identity))?
    {
        work.sql("UPDATE person SET identity = $1 WHERE id = $2").bind(again).bind(id).once().await?;
    }
    let rows = work
        .sql("SELECT version, why, body FROM former WHERE row = $1 ORDER BY version")
        .bind(id)
        .all()
        .await?;
    for row in &rows {
        let (version, sealed): (i64, Vec<u8>) = (row.get("version")?, row.get("body")?);
        let field = if row.get::<String>("why")? == "identity" { "identity" } else { "core" };
        if let Some(again) = moved.again(p, work, renewal, (&place(id, field, version), &sealed))? {
            former(work, (id, version), again).await?;
        }
    }
    Ok(())
}

async fn former(work: &mut Work, (row, version): (Uuid, i64), body: Vec<u8>) -> Outcome<()> {
    work.sql("UPDATE former SET body = $1 WHERE row = $2 AND version = $3")
        .bind(body)
        .bind(row)
        .bind(version)
        .once()
        .await?;
    Ok(())
}

/// What is sealed under the case's keys in the compartments that have a new one: entries, what they were before, files, and what
/// institutions answered.
pub(super) async fn file(
    p: &Programme,
    work: &mut Work,
    (renewal, case): (&Renewal, Uuid),
    moved: &mut Moved,
) -> Outcome<()> {
    work.tx().forget(Some(case));
    let compartments: Vec<String> = renewal.compartments().into_iter().map(str::to_owned).collect();
    for compartment in &compartments {
        entries(p, work, (renewal, case, compartment), moved).await?;
    }
    attachments(p, work, (renewal, case), moved).await?;
    if !renewal.has("packet") {
        return Ok(());
    }
    let rows = work
        .sql("SELECT w.id, w.body FROM packet_word w JOIN packet k ON k.id = w.packet WHERE k.case_id = $1 ORDER BY w.id")
        .bind(case)
        .all()
        .await?;
    for row in &rows {
        let id: Uuid = row.get("id")?;
        let sealed: Vec<u8> = row.get("body")?;
        if let Some(again) = moved.again(p, work, renewal, (&answers::place(case, id), &sealed))? {
            work.sql("UPDATE packet_word SET body = $1 WHERE id = $2").bind(again).bind(id).once().await?;
        }
    }
    Ok(())
}

async fn entries(
    p: &Programme,
    work: &mut Work,
    (renewal, case, compartment): (&Renewal, Uuid, &str),
    moved: &mut Moved,
) -> Outcome<()> {
    let rows = work
        .sql("SELECT id, body_version, body FROM entry WHERE file = $1 AND compartment = $2 ORDER BY id")
        .bind(case)
        .bind(compartment)
        .all()
        .await?;
    for row in &rows {
        let (id, sealed): (Uuid, Vec<u8>) = (row.get("id")?, row.get("body")?);
        let at = place_of((case, compartment), id, row.get("body_version")?);
        if let Some(again) = moved.again(p, work, renewal, (&at, &sealed))? {
            work.sql("UPDATE entry SET body = $1 WHERE id = $2").bind(again).bind(id).once().await?;
        }
    }
    // Of a body whose entry only moved in state there are several copies: each is sealed by itself.
    let rows = work
        .sql(
            "SELECT f.row, f.version, f.body_version, f.body FROM former f JOIN entry e ON e.id = f.row
             WHERE e.file = $1 AND e.compartment = $2 ORDER BY f.row, f.version",
        )
        .bind(case)
        .bind(compartment)
        .all()
        .await?;
    for row in &rows {
        let (id, version, sealed): (Uuid, i64, Vec<u8>) =
            (row.get("row")?, row.get("version")?, row.get("body")?);
        let at = place_of((case, compartment), id, row.get("body_version")?);
        if let Some(again) = moved.again(p, work, renewal, (&at, &sealed))? {
            former(work, (id, version), again).await?;
        }
    }
    Ok(())
}

/// Files, one at a time: one may have many megabytes. The hash beside it is of what is kept.
async fn attachments(
    p: &Programme,
    work: &mut Work,
    (renewal, case): (&Renewal, Uuid),
    moved: &mut Moved,
) -> Outcome<()> {
    let rows = work
        .sql("SELECT a.entry, e.kind FROM attachment a JOIN entry e ON e.id = a.entry WHERE e.file = $1 ORDER BY a.entry")
        .bind(case)
        .all()
        .await?;
    for row in &rows {
        let (id, kind): (Uuid, String) = (row.get("entry")?, row.get("kind")?);
        let at = if evidence::is_item(&kind) { evidence::place(case, id) } else { files::place(case, id) };
        if !renewal.has(at.compartment) {
            continue;
        }
        let row = work.sql("SELECT content FROM attachment WHERE entry = $1").bind(id).one().await?;
        let sealed: Vec<u8> = row.get("content")?;
        if let Some(again) = moved.again(p, work, renewal, (&at, &sealed))? {
            let hash = detail(&again);
            work.sql("UPDATE attachment SET content = $1, hash = $2 WHERE entry = $3")
                .bind(again)
                .bind(hash)
                .bind(id)
                .once()
                .await?;
        }
    }
    Ok(())
}
