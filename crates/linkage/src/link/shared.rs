//! Numbers of documents that are nobody's: *1234567890101*, the office's own, the one in the example on the form.

use crate::record::coded::{Coded, slot};

/// So many different first surnames are not one person's, however often she was misspelt.
const MOST: usize = 5;

/// Takes out of records every number that is with [`MOST`] first surnames or more, by their sound; gives how many numbers
/// these were. What such a number says of two people is nothing, and what it would teach is wrong.
pub(super) fn forget(records: &mut [Coded], sound: impl Fn(u32) -> u32) -> u64 {
    let held =
        records.iter().filter(|r| r.document != 0).map(|r| (r.document, sound(r.words[slot::SURNAME1])));
    let mut held: Vec<(u64, u32)> = held.collect();
    held.sort_unstable();
    held.dedup();
    let several = held.chunk_by(|a, b| a.0 == b.0).filter(|surnames| surnames.len() >= MOST);
    let nobodys: Vec<u64> = several.map(|surnames| surnames[0].0).collect();
    if !nobodys.is_empty() {
        for record in records.iter_mut().filter(|r| nobodys.binary_search(&r.document).is_ok()) {
            record.document = 0;
        }
    }
    nobodys.len() as u64
}

#[cfg(test)]
mod tests {
    use super::{Coded, forget, slot};

    #[test]
    fn a_number_that_many_surnames_hold_is_nobodys() {
        let with = |document: u64, surname: u32| {
            let mut record = Coded::default();
            record.document = document;
            record.words[slot::SURNAME1] = surname;
            record
        };
        // One person, misspelt four ways; five people; nobody.
        let mut records: Vec<Coded> = [1, 2, 3, 4, 4, 4, 4].map(|surname| with(77, surname)).into();
        records.extend([1, 2, 3, 4, 5].map(|surname| with(99, surname)));
        records.push(with(0, 6));
        assert_eq!(forget(&mut records, |word| word), 1);
        let left: Vec<u64> = records.iter().map(|record| record.document).collect();
        assert_eq!(left, [[77; 7].as_slice(), &[0; 6]].concat());
        // Spelled otherwise and of one sound is one surname.
        let mut records: Vec<Coded> = [1, 2, 3, 4, 5].map(|surname| with(99, surname)).into();
        assert_eq!(forget(&mut records, |word| word / 2), 0);
    }
}
