//! Reading a whole log, from its first entry, and finding what was done to it.

use std::fmt::Display;
use std::iter::Peekable;

use crate::fault::{Fault, Report};
use crate::frontier::Frontier;
use crate::head::SignedHead;
use crate::stored::{Stored, TagFn, tag_message};

/// Verifies a log that is read in its order. Holds one entry, the frontier and the heads: O(log n).
///
/// `tag` recomputes tags; without it (an outside auditor) hashes and heads are still checked. `head` is the
/// newest signed head the office holds, `witnessed` are older ones kept outside. **The caller must have
/// verified the signatures of all heads** ([`SignedHead::verify`]); here they are believed.
///
/// What no head covers and no tag protects cannot be proved: an auditor without the tag key who holds no
/// head accepts a log that was wholly made anew, and a log cut short is only noticed by a head beyond the
/// cut.
///
/// # Errors
/// The first [`Fault`].
pub fn verify<E: Display>(
    entries: impl Iterator<Item = Result<Stored, E>>,
    tag: Option<TagFn<'_>>,
    head: Option<&SignedHead>,
    witnessed: &[SignedHead],
) -> Result<Report, Fault> {
    let mut rows = entries.peekable();
    let mut frontier = Frontier::new();
    let mut heads = Heads::new(head, witnessed);
    let mut before: Option<Stored> = None;
    heads.check(&frontier)?;
    while let Some(row) = rows.next() {
        let seq = frontier.size();
        let row = row.map_err(|e| Fault::Unreadable { seq, why: e.to_string() })?;
        if row.entry.seq < seq {
            return Err(seen_already(&row, before.as_ref(), tag));
        }
        if row.entry.seq > seq {
            return Err(missing(seq, row.entry.seq, rows));
        }
        if let Err(fault) = check_row(&row, &mut frontier, tag) {
            return Err(if next_claims(seq, &mut rows) { Fault::Inserted { seq } } else { fault });
        }
        heads.check(&frontier)?;
        before = Some(row);
    }
    heads.finish(&frontier)
}

/// Whether the row fits itself and the log before it, which then includes it.
fn check_row(row: &Stored, frontier: &mut Frontier, tag: Option<TagFn<'_>>) -> Result<(), Fault> {
    let seq = row.entry.seq;
    if row.entry.check().is_err() || row.entry.leaf_hash() != row.leaf {
        return Err(Fault::Edited { seq });
    }
    frontier.append(row.leaf);
    if frontier.root() != row.root {
        return Err(Fault::Edited { seq });
    }
    if tag.is_some_and(|tag| !has_tag(row, tag)) { Err(Fault::BadTag { seq }) } else { Ok(()) }
}

fn has_tag(row: &Stored, tag: TagFn<'_>) -> bool {
    tag(&tag_message(row.entry.seq, &row.leaf, &row.root)) == row.tag
}

/// A second row of a number that was already in its place: a copy, or something slipped in.
fn seen_already(row: &Stored, before: Option<&Stored>, tag: Option<TagFn<'_>>) -> Fault {
    let seq = row.entry.seq;
    let genuine = || tag.is_some_and(|tag| row.entry.leaf_hash() == row.leaf && has_tag(row, tag));
    if before == Some(row) || genuine() { Fault::Duplicated { seq } } else { Fault::Inserted { seq } }
}

/// `found` stands where `seq` belongs: is `seq` further on, or gone? The rest is read to tell.
fn missing<E>(seq: u64, found: u64, mut rest: impl Iterator<Item = Result<Stored, E>>) -> Fault {
    if rest.any(|row| row.is_ok_and(|row| row.entry.seq == seq)) {
        Fault::Reordered { seq, found }
    } else {
        Fault::Removed { seq }
    }
}

/// Whether the next row has this number too: then one of the two was slipped in.
fn next_claims<E>(seq: u64, rows: &mut Peekable<impl Iterator<Item = Result<Stored, E>>>) -> bool {
    rows.peek().is_some_and(|row| row.as_ref().is_ok_and(|row| row.entry.seq == seq))
}

/// The heads that are still to come, smallest last.
struct Heads<'a> {
    waiting: Vec<&'a SignedHead>,
    checked: usize,
}

impl<'a> Heads<'a> {
    fn new(head: Option<&'a SignedHead>, witnessed: &'a [SignedHead]) -> Self {
        let mut waiting: Vec<_> = witnessed.iter().chain(head).collect();
        waiting.sort_by_key(|head| std::cmp::Reverse(head.size));
        Self { waiting, checked: 0 }
    }

    /// Compares the heads of the present size.
    fn check(&mut self, frontier: &Frontier) -> Result<(), Fault> {
        while let Some(head) = self.waiting.pop_if(|head| head.size == frontier.size()) {
            if head.root != frontier.root() {
                return Err(Fault::RewrittenBefore { size: head.size });
            }
            self.checked += 1;
        }
        Ok(())
    }

    /// Every head must have been reached.
    fn finish(self, frontier: &Frontier) -> Result<Report, Fault> {
        let (size, root) = (frontier.size(), frontier.root());
        match self.waiting.first() {
            Some(largest) => Err(Fault::Truncated { expected: largest.size, found: size }),
            None => Ok(Report { size, root, heads_checked: self.checked }),
        }
    }
}
