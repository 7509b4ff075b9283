//! Whether a way to reach her leads to somebody she fears. The office compares by itself, and tells a yes or a no: whoever
//! may not read who that is learns nothing else.

use ceiba_store::Tx;
use uuid::Uuid;

use crate::cases::relations::Relation;
use crate::entries::{self, Entry, Kind as _};
use crate::words::words;
use crate::{Outcome, Programme};

/// The relations of a case that are marked unsafe.
pub(super) struct Feared {
    relations: Vec<Entry<Relation>>,
    /// One whose words are damaged is not known, and may be anybody.
    unknown: bool,
}

/// Reads them, in the name of the office.
pub(super) async fn of(p: &Programme, tx: &mut Tx, case: Uuid) -> Outcome<Feared> {
    let rows = tx
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 AND state = 'unsafe' ORDER BY id")
        .bind(case)
        .bind(Relation::KIND)
        .all()
        .await?;
    let mut feared = Feared { relations: Vec::with_capacity(rows.len()), unknown: false };
    for row in &rows {
        match entries::office_read(p, tx, row).await? {
            Some(relation) => feared.relations.push(relation),
            None => feared.unknown = true,
        }
    }
    Ok(feared)
}

impl Feared {
    /// Whether a text names one of them.
    pub(super) fn reached_by(&self, p: &Programme, way: &str) -> bool {
        let none = Vec::new();
        let named = |r: &Entry<Relation>| {
            let called = p.pack.clinic.relation_words.get(r.head.code.as_deref().unwrap_or("other"));
            leads_to(way, &r.body, called.unwrap_or(&none))
        };
        self.unknown || self.relations.iter().any(named)
    }
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
