//! Notes and visits: written once, corrected by another note that stands under the first.

use ceiba_access::{Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A note.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Note {
    /// What was seen, agreed or asked. The story itself has no place here.
    pub text: String,
}

impl Kind for Note {
    const KIND: &'static str = "note";
}

/// Kinds of notes; the code of the entry.
pub const KINDS: [&str; 5] = ["note", "visit", "call", "session", "meeting"];

/// Writes a note into a folder.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend; the gate's refusal when the folder is not hers.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    folder: Folder,
    (kind, on_day, text): (&str, &str, &str),
    corrects: Option<Uuid>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, folder.write(), case).await?;
    let mut problems = Problems::default();
    problems.when(text.trim().is_empty(), "text", "problem-note-empty");
    problems.when(text.chars().count() > 20_000, "text", "problem-too-long");
    problems.when(!KINDS.contains(&kind), "kind", "problem-choose");
    let day = on_day.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_err(), "on_day", "problem-date-impossible");
    problems.when(day.is_ok_and(|d| d > today), "on_day", "problem-date-future");
    problems.done()?;
    if let Some(first) = corrects {
        entries::get::<Note>(p, work.tx(), caller, &grant, case, first).await?;
    }
    let plain = Plain {
        state: "written",
        code: Some(kind.to_owned()),
        on_day: Some(on_day.to_owned()),
        corrects,
        ..Plain::default()
    };
    entries::add(p, work, caller, &grant, (case, folder), plain, &Note { text: text.trim().to_owned() }).await
}

/// Colleagues whose process notes in this case are nobody's but their own: everybody else who is on its team and at
/// work. Of somebody who is gone, whoever follows her reads what she left (see [`super::recovery`]).
///
/// # Errors
/// When the database breaks.
pub async fn private(tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Uuid>> {
    let rows = tx
        .sql(
            "SELECT DISTINCT t.account FROM care_team t JOIN account a ON a.id = t.account
             WHERE t.case_id = $1 AND t.until IS NULL AND a.active = TRUE AND t.account <> $2",
        )
        .bind(case)
        .bind(caller.account)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("account")).collect::<Result<_, _>>()?)
}

/// Whether an entry is a process note of somebody in [`private`]: others see «Sesión» and a day.
#[must_use]
pub fn is_private(head: &Head, private: &[Uuid]) -> bool {
    head.folder == Folder::Psychological && head.kind == Note::KIND && private.contains(&head.author)
}

/// The notes of a folder, newest first. Of the psychological folder only those that are hers to read.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    folder: Folder,
) -> Outcome<Vec<Entry<Note>>> {
    let mut all: Vec<Entry<Note>> = entries::list(p, tx, caller, grant, (case, folder)).await?;
    if folder == Folder::Psychological {
        let private = private(tx, caller, case).await?;
        all.retain(|n| !is_private(&n.head, &private));
    }
    Ok(all)
}
