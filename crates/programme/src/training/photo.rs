//! The photo of a sheet that came back: without what a picture tells about place and telephone, sealed under the key of the sheet.

use ceiba_access::{Act, Caller, Place, Situation};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::may;
use super::sheets::Sheet;
use crate::cases::files;
use crate::sealed::detail;
use crate::{Outcome, Problem, Programme, ProgrammeError};

const fn place(sheet: Uuid) -> Place<'static> {
    Place {
        subject: sheet,
        compartment: "trainee",
        table: "training_photo",
        row: sheet,
        field: "content",
        version: 1,
    }
}

/// Keeps the photo of a sheet; a newer one takes the place of an older.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to do instead.
pub async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    sheet: &Sheet,
    bytes: &[u8],
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let bad = |key| ProgrammeError::Invalid(vec![Problem { field: "file", key }]);
    let (media, content) = files::cleaned(bytes).map_err(bad)?;
    let grant = p.may_on(caller, Act::TRAINING_WRITE, sheet.id, &Situation::default())?;
    let sealed = p.gate.seal(work, caller, &grant, &place(sheet.id), &content).await?;
    let (now, hash) = (work.at(), detail(&sealed));
    work.sql("DELETE FROM training_photo WHERE sheet = $1").bind(sheet.id).run().await?;
    work.sql("INSERT INTO training_photo (sheet, media, size, content, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(sheet.id)
        .bind(media)
        .bind(i64::try_from(content.len()).unwrap_or(i64::MAX))
        .bind(sealed)
        .bind(now)
        .once()
        .await?;
    Ok(work.record("training.photo", "sheet", sheet.id, hash).await?)
}

/// Whether a sheet has a photo, and since when.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn since(p: &Programme, tx: &mut Tx, caller: &Caller, sheet: &Sheet) -> Outcome<Option<i64>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let row = tx.sql("SELECT at FROM training_photo WHERE sheet = $1").bind(sheet.id).optional().await?;
    Ok(row.map(|r| r.get("at")).transpose()?)
}

/// The type and the bytes of a photo.
///
/// # Errors
/// When the gate refuses; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, sheet: &Sheet) -> Outcome<(String, Vec<u8>)> {
    let grant = p.may_on(caller, Act::TRAINEE_READ, sheet.id, &Situation::default())?;
    let row = tx
        .sql("SELECT media, content FROM training_photo WHERE sheet = $1")
        .bind(sheet.id)
        .optional()
        .await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let sealed: Vec<u8> = row.get("content")?;
    let plain = p.gate.open(tx, caller, &grant, &place(sheet.id), &sealed).await?;
    Ok((row.get("media")?, plain.to_vec()))
}
