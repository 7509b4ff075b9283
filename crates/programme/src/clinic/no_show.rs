//! She did not come: how she may be reached, if anybody has written down a safe way, and never another one.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::Tx;
use uuid::Uuid;

use super::of;
use crate::cases::relations::Relation;
use crate::cases::safety;
use crate::entries::{self, Entry};
use crate::words::words;
use crate::{Outcome, Programme, ProgrammeError};

/// How she may be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// As the safety record in force says.
    Safe {
        /// Channel, hours, code word.
        contact: String,
        /// Whether a message may be left there.
        leave_message: bool,
    },
    /// Nothing is written down, or what is may lead to somebody who is not safe.
    None,
}

/// How a case may be reached, for somebody of its clinic. Her own phone is not read: it is nobody's safe way until the
/// safety record says so.
///
/// # Errors
/// The gate's refusal, or when something breaks.
pub async fn means(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Means> {
    of(p, caller, Act::CLINIC_READ)?;
    let grant = p.may_case(tx, caller, Act::CLINIC_READ, case).await?;
    let Some(safety) = safety::in_force(p, tx, caller, &grant, case).await? else { return Ok(Means::None) };
    let contact = safety.body.contact.trim();
    if contact.is_empty() || unsafe_in(p, tx, caller, case, contact).await? {
        return Ok(Means::None);
    }
    Ok(Means::Safe { contact: contact.to_owned(), leave_message: safety.body.leave_message })
}

/// Whether a way to reach her may lead to a relation that is marked unsafe. Whoever may not read who that is gets no way
/// at all: it cannot be told apart for her.
async fn unsafe_in(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid, contact: &str) -> Outcome<bool> {
    let count = tx
        .sql("SELECT COUNT(*) AS n FROM entry WHERE file = $1 AND kind = 'relation' AND state = 'unsafe'")
        .bind(case)
        .one()
        .await?;
    let marked = usize::try_from(count.get::<i64>("n")?).unwrap_or(usize::MAX);
    if marked == 0 {
        return Ok(false);
    }
    let grant = match p.may_case(tx, caller, Act::READ_SOCIAL, case).await {
        Ok(grant) => grant,
        Err(ProgrammeError::Refused(_)) => return Ok(true),
        Err(e) => return Err(e),
    };
    let all: Vec<Entry<Relation>> = entries::list(p, tx, caller, &grant, (case, Folder::Social)).await?;
    let all: Vec<_> = all.into_iter().filter(|r| r.head.state == "unsafe").collect();
    let none = Vec::new();
    let named = |r: &Entry<Relation>| {
        let words = p.pack.clinic.relation_words.get(r.head.code.as_deref().unwrap_or("other"));
        leads_to(contact, &r.body, words.unwrap_or(&none))
    };
    // One whose words are damaged is not known either.
    Ok(all.len() < marked || all.iter().any(named))
}

/// Whether a text names somebody: by a word of the name, by a number from name or remark, or by what people call such a
/// relation.
fn leads_to(contact: &str, r: &Relation, called: &[String]) -> bool {
    let said = words(contact);
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    let name = words(&r.name);
    name.iter().filter(|w| w.chars().count() > 2).any(|w| said.contains(w))
        || called.iter().any(|w| said.contains(w))
        || numbers(&format!("{} ; {}", r.name, r.remark)).iter().any(|n| digits.contains(n.as_str()))
}

/// Numbers of four digits or more, as people write them: with blanks, hyphens, dots or brackets.
fn numbers(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in text.chars() {
        match c {
            '0'..='9' => {
                if let Some(last) = all.last_mut() {
                    last.push(c);
                }
            }
            ' ' | '-' | '.' | '(' | ')' | '+' => {}
            _ => all.push(String::new()),
        }
    }
    all.retain(|n| n.len() >= 4);
    // A country's number in front may be written in one place and not in the other.
    all.iter().map(|n| n[n.len().saturating_sub(8)..].to_owned()).collect()
}
