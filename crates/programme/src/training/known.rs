//! «Perhaps she is there already»: the index of trainees' names, in memory only, apart from that of the people the programme looks after.

use std::sync::PoisonError;

use ceiba_access::{Act, Caller};
use ceiba_linkage::{Index, Known, Strength};
use ceiba_store::{Row, Tx};
use uuid::Uuid;

use super::people::{Named, place};
use super::{Trainee, may, people};
use crate::people::as_seen;
use crate::sealed::readable;
use crate::{Outcome, Programme};

/// A name in two parts, as most are written here: one or two surnames at the end.
fn known(id: Uuid, name: &str) -> Known {
    let words: Vec<String> = as_seen(name).split_whitespace().map(str::to_owned).collect();
    let given = match words.len() {
        0..=2 => words.len().min(1),
        3 => 1,
        n => n - 2,
    };
    let (names, surnames) = words.split_at(given);
    Known { id: id.into_bytes(), names: names.to_vec(), surnames: surnames.to_vec(), ..Known::default() }
}

/// A name for comparing: no accents, no capitals, one space.
pub(crate) fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = as_seen(name)
        .nfd()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts somebody into the index, if it was built.
pub(crate) fn remember(p: &Programme, id: Uuid, name: &str) {
    let mut index = p.trainees.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(index) = index.as_mut() {
        index.add(&known(id, name));
    }
}

/// Takes somebody out.
pub(crate) fn leave(p: &Programme, id: Uuid) {
    let mut index = p.trainees.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(index) = index.as_mut() {
        index.remove(id.as_bytes());
    }
}

/// Builds the index at the first question after the office opened. A damaged name is left out.
async fn ready(p: &Programme, tx: &mut Tx) -> Outcome<()> {
    if p.trainees.read().unwrap_or_else(PoisonError::into_inner).is_some() {
        return Ok(());
    }
    let rows = tx.sql("SELECT * FROM trainee WHERE merged_into IS NULL AND erased_at IS NULL").all().await?;
    let mut index = Index::new();
    for row in &rows {
        let id: Uuid = row.get("id")?;
        if let Some(name) = office_name(p, tx, row).await? {
            index.add(&known(id, &name));
        }
    }
    *p.trainees.write().unwrap_or_else(PoisonError::into_inner) = Some(index);
    Ok(())
}

/// A name opened by the office itself, to compare it. It is shown to nobody.
pub(crate) async fn office_name(p: &Programme, tx: &mut Tx, row: &Row) -> Outcome<Option<String>> {
    let (id, version): (Uuid, i64) = (row.get("id")?, row.get("version")?);
    let opened = p.office_open::<Named>(tx, &place(id, version), &row.get::<Vec<u8>>("body")?).await;
    Ok(readable(opened)?.map(|n| n.name))
}

/// Whoever may be somebody that is being added.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Who.
    pub trainee: Trainee,
    /// What to make of it.
    pub strength: Strength,
    /// Whether the name is the same but for accents and capitals.
    pub same_name: bool,
}

/// Whoever in the register may be the person with this name, likeliest first. `but` is left out. A person decides.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn alike(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    name: &str,
    but: Uuid,
) -> Outcome<Vec<Alike>> {
    may(p, caller, Act::TRAINEE_READ)?;
    ready(p, tx).await?;
    let candidates = {
        let index = p.trainees.read().unwrap_or_else(PoisonError::into_inner);
        index.as_ref().map(|i| i.candidates(&known(but, name), 5)).unwrap_or_default()
    };
    let mut all: Vec<Alike> = Vec::new();
    for c in candidates {
        let row =
            tx.sql("SELECT * FROM trainee WHERE id = $1").bind(Uuid::from_bytes(c.id)).optional().await?;
        // The index may know somebody who was never saved, or has gone.
        let Some(row) = row else { continue };
        let trainee = people::opened(p, tx, caller, &row).await?;
        let same_name = folded(&trainee.name) == folded(name);
        let gone = trainee.merged_into.is_some() || trainee.erased_at.is_some();
        if !gone && (same_name || c.strength >= Strength::Likely) {
            all.push(Alike { trainee, strength: c.strength, same_name });
        }
    }
    Ok(all)
}

/// The register by (part of) a name or a code, likeliest first, at most fifty.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn search(p: &Programme, tx: &mut Tx, caller: &Caller, typed: &str) -> Outcome<Vec<Trainee>> {
    may(p, caller, Act::TRAINEE_READ)?;
    if let Some(t) = people::by_code(tx, typed).await? {
        return Ok(vec![people::get(p, tx, caller, t.id).await?]);
    }
    ready(p, tx).await?;
    let typed: String = as_seen(&typed.chars().take(100).collect::<String>());
    let found = {
        let index = p.trainees.read().unwrap_or_else(PoisonError::into_inner);
        index.as_ref().map(|i| i.search(&typed, 50)).unwrap_or_default()
    };
    let mut all = Vec::with_capacity(found.len());
    for (id, _) in found {
        let row = tx.sql("SELECT * FROM trainee WHERE id = $1").bind(Uuid::from_bytes(id)).optional().await?;
        let Some(row) = row else { continue };
        let t = people::opened(p, tx, caller, &row).await?;
        if t.merged_into.is_none() && t.erased_at.is_none() {
            all.push(t);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{folded, known};
    use uuid::Uuid;

    #[test]
    fn a_name_is_cut_where_surnames_begin() {
        let parts = |name: &str| {
            let k = known(Uuid::nil(), name);
            (k.names.len(), k.surnames.len())
        };
        assert_eq!(parts("Ana"), (1, 0));
        assert_eq!(parts("Ana Pérez"), (1, 1));
        assert_eq!(parts("Ana Pérez Ixcot"), (1, 2));
        assert_eq!(parts("Ana María Pérez Ixcot"), (2, 2));
        assert_eq!(parts(""), (0, 0));
    }

    #[test]
    fn accents_apostrophes_and_capitals_do_not_make_another_name() {
        assert_eq!(folded("  K’in  XOCOY Peréz"), folded("Kin Xocoy Pérez"));
        assert_ne!(folded("Ana Pérez"), folded("Ana Peres"));
    }
}
