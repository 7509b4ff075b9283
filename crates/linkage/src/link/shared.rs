//! Numbers of documents that are nobody's: *1234567890101*, the office's own, the one in the example on the form.

use crate::record::coded::{Coded, slot};
use crate::words::MISSING;

/// So many people who are called nothing like each other are not one, however often she was misspelt.
const MOST: usize = 5;

/// Takes every number out of records that [`MOST`] people hold of whom no two have a first given name or a first surname
/// `alike`; gives how many numbers these were. What such a number says of two people is nothing, and what it would teach is
/// wrong. `text`: how a word is written, which is the same in every order of records, as numbers of words are not.
pub(super) fn forget<'w>(
    records: &mut [Coded],
    text: impl Fn(u32) -> &'w str,
    alike: impl Fn(u32, u32) -> bool,
) -> u64 {
    let held = records.iter().filter(|r| r.document != 0);
    let held = held.map(|r| (r.document, [r.words[slot::GIVEN1], r.words[slot::SURNAME1]]));
    // Who has no name is called like anybody.
    let mut held: Vec<(u64, [u32; 2])> = held.filter(|(_, names)| !names.contains(&MISSING)).collect();
    held.sort_unstable();
    held.dedup();
    for names in held.chunk_by_mut(|a, b| a.0 == b.0).filter(|names| names.len() >= MOST) {
        names.sort_unstable_by_key(|(_, names)| names.map(&text));
    }
    let nobodys = held.chunk_by(|a, b| a.0 == b.0).filter(|names| strangers(names, &alike) >= MOST);
    let nobodys: Vec<u64> = nobodys.map(|names| names[0].0).collect();
    if !nobodys.is_empty() {
        for record in records.iter_mut().filter(|r| nobodys.binary_search(&r.document).is_ok()) {
            record.document = 0;
        }
    }
    nobodys.len() as u64
}

/// How many of these are called nothing like each other: up to [`MOST`], one after the other.
fn strangers(names: &[(u64, [u32; 2])], alike: impl Fn(u32, u32) -> bool) -> usize {
    let mut apart: Vec<[u32; 2]> = Vec::new();
    // Fewer names cannot be so many people.
    for (_, name) in names.iter().filter(|_| names.len() >= MOST) {
        if apart.iter().all(|other| name.iter().zip(other).all(|(one, two)| !alike(*one, *two))) {
            apart.push(*name);
        }
        if apart.len() == MOST {
            break;
        }
    }
    apart.len()
}

#[cfg(test)]
mod tests {
    use super::{Coded, forget, slot};

    fn with(document: u64, [given, surname]: [u32; 2]) -> Coded {
        let mut record = Coded::default();
        record.document = document;
        (record.words[slot::GIVEN1], record.words[slot::SURNAME1]) = (given, surname);
        record
    }

    #[test]
    fn a_number_of_many_who_are_called_otherwise_is_nobodys() {
        // One person: her given name stays, or both are misspelt; five strangers; nobody.
        let mut records: Vec<Coded> = (1..9).map(|n| with(77, [1, 10 * n])).collect();
        records.extend((0..9).map(|n| with(88, [10 + n, 20 + n])));
        records.extend((1..6).map(|n| with(99, [10 * n, 10 * n])));
        records.push(with(0, [1, 1]));
        records.extend((1..9).map(|n| with(66, [10 * n, 0])));
        assert_eq!(forget(&mut records, |_| "", |one, two| one.abs_diff(two) < 10), 1);
        let left: Vec<u64> = records.iter().map(|record| record.document).collect();
        assert_eq!(left, [[77; 8].as_slice(), &[88; 9], &[0; 6], &[66; 8]].concat());
    }
}
