//! What must be known before anybody gives her a pill or a plate: added and taken off by the health team, seen by the
//! house at once; and which words of it a prescription names.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::Bedside;
use super::medicine::Medicine;
use crate::entries::{self, Entry, Kind, Plain};
use crate::words::words;
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// What holds now, newest first.
///
/// # Errors
/// When the grant does not open it or something breaks.
pub async fn known(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Bedside>>> {
    let mut all: Vec<Entry<Bedside>> = entries::list(p, tx, caller, grant, (case, Folder::Health)).await?;
    all.retain(|b| b.head.state == "kept");
    Ok(all)
}

/// Notes an allergy, or whatever else must not harm her.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; the gate's refusal.
pub async fn note(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, text: &str) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_HEALTH, case).await?;
    let mut problems = Problems::default();
    problems.when(text.is_empty(), "allergy", "problem-allergy");
    problems.when(text.chars().count() > 500, "allergy", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "kept", ..Plain::default() };
    let body = Bedside { text: text.to_owned(), ..Bedside::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &body).await
}

/// Takes one off the list, with the reason. What it said stays as a former version.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::Stale`] when it was taken off or changed meanwhile; the
/// gate's refusal.
pub async fn retire(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    why: &str,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_HEALTH, case).await?;
    let it: Entry<Bedside> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if it.head.state != "kept" {
        return Err(ProgrammeError::Stale);
    }
    let mut problems = Problems::default();
    problems.when(why.is_empty(), "why", "problem-allergy-why");
    problems.when(why.chars().count() > 500, "why", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "retired", ..Plain::from(&it.head) };
    let body = Bedside { retired: why.to_owned(), ..it.body };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, "retired").await
}

/// The words of a prescription that stand in what is known of her. Words are compared, not substances: who prescribes
/// still reads the list.
#[must_use]
pub fn named(p: &Programme, known: &[Entry<Bedside>], medicine: &Medicine) -> Vec<String> {
    let telling = |text: &str| -> Vec<String> {
        let ordinary = &p.pack.shelter.ordinary_words;
        words(text).into_iter().filter(|w| w.chars().count() >= 4 && !ordinary.contains(w)).collect()
    };
    let against: Vec<String> = known.iter().flat_map(|b| telling(&b.body.text)).collect();
    let mut found = telling(&format!("{} {}", medicine.name, medicine.dose));
    found.retain(|word| against.iter().any(|other| same(word, other)));
    found.sort_unstable();
    found.dedup();
    found
}

/// One word, or the same with an ending more: «penicilina» and «penicilinas».
fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|more| more.chars().count() <= 2)
}

/// Something that does not hold any more, and that whoever gives her medicine must hear of.
#[derive(Debug)]
pub struct Ended {
    /// The kind: a medicine, or what was noted at the bedside.
    pub kind: &'static str,
    /// What it was.
    pub said: String,
    /// Why, if it was said.
    pub why: String,
    /// Who ended it.
    pub by: Uuid,
    /// When.
    pub at: Micros,
}

/// What was stopped or taken off since an instant, the newest first.
///
/// # Errors
/// When the grant does not open it or something breaks.
pub async fn ended(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, since): (Uuid, Micros),
) -> Outcome<Vec<Ended>> {
    let folder = (case, Folder::Health);
    let medicines: Vec<Entry<Medicine>> = entries::list(p, tx, caller, grant, folder).await?;
    let notes: Vec<Entry<Bedside>> = entries::list(p, tx, caller, grant, folder).await?;
    let stopped = medicines
        .into_iter()
        .filter(|m| m.head.state == "stopped")
        .map(|m| (Medicine::KIND, m.head, m.body.name, String::new()));
    let retired = notes
        .into_iter()
        .filter(|b| b.head.state == "retired")
        .map(|b| (Bedside::KIND, b.head, b.body.text, b.body.retired));
    let mut all = Vec::new();
    for (kind, head, said, why) in stopped.chain(retired).filter(|(_, head, ..)| head.changed_at >= since) {
        let by = entries::changed_by(tx, head.id).await?.unwrap_or(head.author);
        all.push(Ended { kind, said, why, by, at: head.changed_at });
    }
    all.sort_by_key(|e| std::cmp::Reverse(e.at));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_word_with_another_ending_is_the_same() {
        assert!(same("penicilina", "penicilinas") && same("mani", "mani") && same("sulfas", "sulfa"));
        assert!(!same("amoxicilina", "penicilina") && !same("leche", "lechera-rica"));
    }
}
