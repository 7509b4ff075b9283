//! «Perhaps she is there already»: a register of trainees' names, in memory only, apart from that of the people the programme looks after.
//! Nothing but the name is known of most, so names are compared and nothing is judged: a person decides.

use std::sync::PoisonError;

use ceiba_access::{Act, Caller};
use ceiba_linkage::{Register, Row as Written};
use ceiba_store::{Row, Tx, Work};
use uuid::Uuid;

use super::people::{Named, place};
use super::{Trainee, may, people};
use crate::people::as_seen;
use crate::sealed::readable;
use crate::{Outcome, Programme};

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

/// What the register knows of somebody: her name, of which nobody tells where surnames begin.
fn written(name: &str) -> Written<'_> {
    Written { given_names: name, ..Written::default() }
}

/// Puts somebody into the register once she is saved.
pub(crate) fn remember(p: &Programme, work: &mut Work, id: Uuid, name: &str) {
    let name = as_seen(name);
    changed(p, work, move |known| known.add(id.into_bytes(), &written(&name)));
}

/// Takes somebody out once that is saved.
pub(crate) fn leave(p: &Programme, work: &mut Work, id: Uuid) {
    changed(p, work, move |known| {
        known.remove(id.as_bytes());
    });
}

/// Changes the register, if it was built, after the commit: what is rolled back never was in it, and never left it.
fn changed(p: &Programme, work: &mut Work, change: impl FnOnce(&mut Register) + Send + Sync + 'static) {
    let trainees = p.trainees.clone();
    work.after(move || {
        if let Some(known) = trainees.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            change(known);
        }
    });
}

/// Builds the register at the first question after the office opened. A damaged name is left out.
async fn ready(p: &Programme, tx: &mut Tx) -> Outcome<()> {
    if p.trainees.read().unwrap_or_else(PoisonError::into_inner).is_some() {
        return Ok(());
    }
    let rows = tx.sql("SELECT * FROM trainee WHERE merged_into IS NULL AND erased_at IS NULL").all().await?;
    let mut known = p.pack.linkage.register();
    for row in &rows {
        let id: Uuid = row.get("id")?;
        if let Some(name) = office_name(p, tx, row).await? {
            known.add(id.into_bytes(), &written(&as_seen(&name)));
        }
    }
    *p.trainees.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
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
    let (asked, found) = (as_seen(name), {
        let known = p.trainees.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().map(|known| known.find(&as_seen(name), None)).unwrap_or_default()
    });
    let mut all: Vec<Alike> = Vec::new();
    for (id, fit) in found.into_iter().filter(|(id, _)| id != but.as_bytes()).take(LOOKED_AT) {
        let row = tx.sql("SELECT * FROM trainee WHERE id = $1").bind(Uuid::from_bytes(id)).optional().await?;
        // Somebody may have gone since.
        let Some(row) = row else { continue };
        let trainee = people::opened(p, tx, caller, &row).await?;
        let same_name = folded(&trainee.name) == folded(name);
        let gone = trainee.merged_into.is_some() || trainee.erased_at.is_some();
        if !gone && (same_name || close(&asked, &trainee.name, fit)) {
            all.push(Alike { trainee, same_name });
        }
    }
    all.truncate(SHOWN);
    Ok(all)
}

/// So many of the nearest names are looked at, and so many shown.
const LOOKED_AT: usize = 20;
const SHOWN: usize = 5;

/// Whether names are near enough to ask a person: two words at least fit, and they are most of what was typed or all of what is known.
/// One surname in common is a colleague.
fn close(asked: &str, known: &str, fit: f64) -> bool {
    let words = |name: &str| ceiba_linkage::normalise(name).len();
    #[expect(clippy::cast_precision_loss, reason = "a name has a dozen words at most")]
    let (typed, there) = (words(asked) as f64, words(known) as f64);
    let fitting = fit * typed;
    fitting >= 1.5 && (fitting >= 0.7 * typed || fitting >= 0.85 * there)
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
        let known = p.trainees.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().map(|known| known.find(&typed, None)).unwrap_or_default()
    };
    let mut all = Vec::with_capacity(found.len());
    for (id, _) in found.into_iter().take(50) {
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
    use super::{close, folded};

    #[test]
    fn a_longer_name_is_asked_about_and_a_colleague_of_one_surname_is_not() {
        assert!(close("Ana López", "Ana López Cux", 0.98));
        assert!(close("María Elena Kux Ixcoy", "Elena Kux", 0.49), "all that is known of her");
        assert!(!close("Luis Pérez", "Ana Pérez", 0.49));
        assert!(!close("Rosa Kux Ixcoy", "Ana Kux Ixcoy", 0.65), "a sister");
        assert!(!close("Ana", "Ana Pérez", 0.98), "one word is nobody");
    }

    #[test]
    fn accents_apostrophes_and_capitals_do_not_make_another_name() {
        assert_eq!(folded("  K’in  XOCOY Peréz"), folded("Kin Xocoy Pérez"));
        assert_ne!(folded("Ana Pérez"), folded("Ana Peres"));
    }
}
