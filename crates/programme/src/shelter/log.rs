//! The log book: a line about the house, or about somebody, which then lives in her file and goes with it.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{presence, shift};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A line of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What was seen or done tonight; nothing of her history.
    pub text: String,
}

impl Kind for Line {
    const KIND: &'static str = "log";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Writes a line; `about` is her case, or nobody's.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] without words.
pub async fn write(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    about: Option<Uuid>,
    text: &str,
) -> Outcome<Uuid> {
    let (file, grant) = match about {
        Some(case) => (case, p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?),
        None => shift::house(p, work.tx(), caller, Act::HOUSE_LOG).await?,
    };
    let mut problems = Problems::default();
    problems.when(text.is_empty(), "text", "problem-log-empty");
    problems.when(text.chars().count() > 2000, "text", "problem-too-long");
    problems.done()?;
    if about.is_some() {
        presence::seen(work, caller, file, "log").await?;
    }
    let plain = Plain { state: "written", ..Plain::default() };
    entries::add(p, work, caller, &grant, (file, Folder::Social), plain, &Line { text: text.to_owned() })
        .await
}

/// The newest lines of the caller's house and of those who sleep there, each asked of the gate.
///
/// # Errors
/// When the gate refuses the house or something breaks.
pub async fn recent(p: &Programme, tx: &mut Tx, caller: &Caller, limit: i64) -> Outcome<Vec<Entry<Line>>> {
    let (house, own) = shift::house(p, tx, caller, Act::HOUSE_READ).await?;
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE kind = 'log'
               AND (file = $1 OR file IN (SELECT file FROM stay WHERE site = $2 AND until_at = $3))
             ORDER BY created_at DESC, id LIMIT $4",
        )
        .bind(house)
        .bind(caller.site.clone())
        .bind(super::stays::OPEN)
        .bind(limit)
        .all()
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let file: Uuid = row.get("file")?;
        let grant = match file == house {
            true => own.clone(),
            false => match p.may_case(tx, caller, Act::HOUSE_READ, file).await {
                Ok(grant) => grant,
                Err(_) => continue,
            },
        };
        lines.extend(entries::read(p, tx, caller, &grant, row).await?);
    }
    Ok(lines)
}
