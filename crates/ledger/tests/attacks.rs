//! What a database administrator can do to the log, and that each of it is found and named.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use ceiba_ledger::{Entry, Fault, Frontier, Hash, SignedHead, Stored, TagFn, append, tag_message, verify};
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;

const SIZE: u64 = 300;

fn tag_with(key: u8, message: &[u8]) -> [u8; 32] {
    Hmac::<Sha256>::new_from_slice(&[key; 32])
        .expect("any length")
        .chain_update(message)
        .finalize()
        .into_bytes()
        .into()
}

/// The office's tags; the attacker of most tests does not have this key.
fn office(message: &[u8]) -> [u8; 32] {
    tag_with(7, message)
}

fn forger(message: &[u8]) -> [u8; 32] {
    tag_with(8, message)
}

fn entry(seq: u64) -> Entry {
    Entry {
        seq,
        at: 1_767_225_600_000_000 + i64::try_from(seq).expect("small") * 1_000_000,
        actor: [u8::try_from(seq % 5).expect("small"); 16],
        action: ["case.open", "case.read", "note.add"][usize::try_from(seq % 3).expect("small")].into(),
        kind: "case".into(),
        resource: [u8::try_from(seq % 11).expect("small"); 16],
        detail: [u8::try_from(seq % 13).expect("small"); 32],
    }
}

fn log_of(entries: impl Iterator<Item = Entry>, tag: TagFn<'_>) -> Vec<Stored> {
    let mut frontier = Frontier::new();
    entries.map(|e| append(&mut frontier, e, tag).expect("in order")).collect()
}

fn log() -> Vec<Stored> {
    log_of((0..SIZE).map(entry), &office)
}

fn head(rows: &[Stored], size: u64) -> SignedHead {
    let root = rows[usize::try_from(size - 1).expect("small")].root;
    SignedHead::sign("office.example/ledger", size, root, 1, &SigningKey::from_bytes(&[3; 32]))
        .expect("fine origin")
}

fn check(rows: &[Stored]) -> Result<u64, Fault> {
    run(rows, Some(&office), None, &[])
}

fn run(
    rows: &[Stored],
    tag: Option<TagFn<'_>>,
    head: Option<&SignedHead>,
    witnessed: &[SignedHead],
) -> Result<u64, Fault> {
    let rows = rows.iter().cloned().map(Ok::<_, std::convert::Infallible>);
    verify(rows, tag, head, witnessed).map(|report| report.size)
}

/// Recomputes leaf and root of the row at `i`, as an attacker without the tag key can.
fn rehash(rows: &mut [Stored], i: usize) {
    let mut frontier = Frontier::new();
    rows[..i].iter().for_each(|r| frontier.append(r.leaf));
    rows[i].leaf = rows[i].entry.leaf_hash();
    frontier.append(rows[i].leaf);
    rows[i].root = frontier.root();
}

#[test]
fn a_clean_log_passes() {
    let rows = log();
    let heads = [head(&rows, 200), head(&rows, 1), head(&rows, 64)];
    let newest = head(&rows, SIZE);
    let all = rows.iter().cloned().map(Ok::<_, std::convert::Infallible>);
    let report = verify(all, Some(&office), Some(&newest), &heads).expect("clean");
    assert_eq!((report.size, report.root, report.heads_checked), (SIZE, newest.root, 4));
    assert_eq!(run(&rows, None, None, &[]), Ok(SIZE));
    assert_eq!(check(&[]), Ok(0));
}

#[test]
fn every_edited_field_is_found() {
    let edits: [fn(&mut Stored); 10] = [
        |r| r.entry.at += 1,
        |r| r.entry.actor[3] ^= 1,
        |r| r.entry.action = "case.shut".into(),
        |r| r.entry.kind = "note".into(),
        |r| r.entry.resource[0] ^= 1,
        |r| r.entry.detail[31] ^= 1,
        |r| r.leaf[0] ^= 1,
        |r| r.root[0] ^= 1,
        |r| r.entry.action = "María López".into(),
        |r| (r.entry.action, r.entry.kind) = ("case.openc".into(), "ase".into()),
    ];
    for (n, edit) in edits.iter().enumerate() {
        for seq in [0, 1, 127, 128, SIZE - 1] {
            let mut rows = log();
            edit(&mut rows[usize::try_from(seq).expect("small")]);
            assert_eq!(check(&rows), Err(Fault::Edited { seq }), "edit {n}");
            assert_eq!(run(&rows, None, None, &[]), Err(Fault::Edited { seq }), "edit {n}, no tag key");
        }
    }
    let mut rows = log();
    rows[50].tag[0] ^= 1;
    assert_eq!(check(&rows), Err(Fault::BadTag { seq: 50 }));
}

#[test]
fn an_edit_with_its_own_hashes_recomputed_lacks_the_tag() {
    let mut rows = log();
    rows[99].entry.actor = [0xee; 16];
    rehash(&mut rows, 99);
    assert_eq!(check(&rows), Err(Fault::BadTag { seq: 99 }));
    assert_eq!(run(&rows, None, None, &[]), Err(Fault::Edited { seq: 100 }), "one later without the key");
}

#[test]
fn removal_is_found() {
    for seq in [0, 1, 150, SIZE - 2] {
        let mut rows = log();
        rows.remove(usize::try_from(seq).expect("small"));
        assert_eq!(check(&rows), Err(Fault::Removed { seq }));
    }
    let mut rows = log();
    rows.drain(10..20);
    assert_eq!(check(&rows), Err(Fault::Removed { seq: 10 }));
}

#[test]
fn removal_with_the_rest_renumbered_is_found() {
    let mut rows = log();
    rows.remove(40);
    rows.iter_mut().skip(40).for_each(|r| r.entry.seq -= 1);
    assert_eq!(check(&rows), Err(Fault::Edited { seq: 40 }));
}

#[test]
fn reordering_is_found() {
    let mut rows = log();
    rows.swap(30, 31);
    assert_eq!(check(&rows), Err(Fault::Reordered { seq: 30, found: 31 }));
    let mut rows = log();
    rows.swap(5, 250);
    assert_eq!(check(&rows), Err(Fault::Reordered { seq: 5, found: 250 }));
    let mut rows = log();
    let moved = rows.remove(5);
    rows.insert(80, moved);
    assert_eq!(check(&rows), Err(Fault::Reordered { seq: 5, found: 6 }));
    let mut rows = log();
    rows.swap(5, 250);
    (rows[5].entry.seq, rows[250].entry.seq) = (5, 250);
    assert_eq!(check(&rows), Err(Fault::Edited { seq: 5 }), "swapped and renumbered");
}

#[test]
fn truncation_is_found_by_a_head_beyond_the_cut() {
    let rows = log();
    let newest = head(&rows, SIZE);
    let cut = &rows[..200];
    let truncated = Err(Fault::Truncated { expected: SIZE, found: 200 });
    assert_eq!(run(cut, Some(&office), Some(&newest), &[]), truncated);
    assert_eq!(run(cut, None, None, &[head(&rows, 100), newest.clone()]), truncated);
    assert_eq!(run(&[], None, Some(&newest), &[]), Err(Fault::Truncated { expected: SIZE, found: 0 }));
    assert_eq!(check(cut), Ok(200), "nothing tells without a head");
}

#[test]
fn duplicates_and_insertions_are_found() {
    for seq in [0usize, 100, 299] {
        let mut rows = log();
        rows.insert(seq + 1, rows[seq].clone());
        assert_eq!(check(&rows), Err(Fault::Duplicated { seq: seq as u64 }));
    }
    let mut rows = log();
    rows.insert(200, rows[20].clone());
    assert_eq!(check(&rows), Err(Fault::Duplicated { seq: 20 }), "a copy far away");

    let slipped = |at: usize, seq: u64| {
        let mut rows = log();
        let mut new = rows[at].clone();
        new.entry = Entry { seq, actor: [0xee; 16], ..entry(seq) };
        rows.insert(at, new);
        rehash(&mut rows, at);
        check(&rows)
    };
    assert_eq!(slipped(100, 100), Err(Fault::Inserted { seq: 100 }), "before the real one");
    assert_eq!(slipped(101, 100), Err(Fault::Inserted { seq: 100 }), "after the real one");
    assert_eq!(slipped(200, 100), Err(Fault::Inserted { seq: 100 }), "far from it");
}

#[test]
fn a_forged_continuation_is_found() {
    let mut rows = log();
    let mut frontier = Frontier::new();
    rows.iter().for_each(|r| frontier.append(r.leaf));
    rows.push(append(&mut frontier, entry(SIZE), &forger).expect("next"));
    assert_eq!(check(&rows), Err(Fault::BadTag { seq: SIZE }));
}

fn rewritten(from: u64, tag: TagFn<'_>) -> Vec<Stored> {
    let change = move |seq| if seq == from { Entry { actor: [0xee; 16], ..entry(seq) } } else { entry(seq) };
    log_of((0..SIZE).map(change), tag)
}

#[test]
fn a_full_rewrite_without_the_tag_key_is_found() {
    assert_eq!(check(&rewritten(0, &forger)), Err(Fault::BadTag { seq: 0 }));
    // The attacker keeps the genuine rows before the change.
    let mut rows = rewritten(120, &forger);
    rows[..120].clone_from_slice(&log()[..120]);
    assert_eq!(check(&rows), Err(Fault::BadTag { seq: 120 }));
}

#[test]
fn a_full_rewrite_with_the_tag_key_is_found_by_one_old_head() {
    let honest = log();
    let rows = rewritten(120, &office);
    let own = head(&rows, SIZE);
    assert_eq!(run(&rows, Some(&office), Some(&own), &[]), Ok(SIZE), "nothing inside tells");
    let witnessed = [head(&honest, 250), head(&honest, 121), head(&honest, 120)];
    let found = run(&rows, Some(&office), Some(&own), &witnessed);
    assert_eq!(found, Err(Fault::RewrittenBefore { size: 121 }), "120 still agrees");
}

#[test]
fn a_row_that_cannot_be_read_is_named() {
    let rows = log().into_iter().map(|r| if r.entry.seq == 9 { Err("no such column") } else { Ok(r) });
    let why = "no such column".to_owned();
    assert_eq!(verify(rows, None, None, &[]), Err(Fault::Unreadable { seq: 9, why }));
}

#[test]
fn appending_refuses_personal_data_and_wrong_places() {
    let mut frontier = Frontier::new();
    let named = Entry { action: "María López".into(), ..entry(0) };
    assert!(append(&mut frontier, named, &office).is_err());
    assert!(append(&mut frontier, entry(1), &office).is_err());
    assert_eq!(frontier, Frontier::new());
    let row = append(&mut frontier, entry(0), &office).expect("next");
    assert_eq!(row.tag, office(&tag_message(0, &row.leaf, &row.root)));
}

fn flip(hash: &mut Hash, bit: usize) {
    hash[bit / 8 % 32] ^= 1 << (bit % 8);
}

proptest! {
    #[test]
    fn any_single_change_is_found(i in 0usize..60, j in 0usize..60, kind in 0usize..11, bit in 0usize..256) {
        let clean = log_of((0..60).map(entry), &office);
        let newest = head(&clean, 60);
        let mut rows = clean.clone();
        match kind {
            0 => flip(&mut rows[i].leaf, bit),
            1 => flip(&mut rows[i].root, bit),
            2 => flip(&mut rows[i].tag, bit),
            3 => flip(&mut rows[i].entry.detail, bit),
            4 => rows[i].entry.at ^= 1 << (bit % 64),
            5 => rows[i].entry.seq ^= 1 << (bit % 64),
            6 => rows[i].entry.actor[bit % 16] ^= 1,
            7 => { rows.remove(i); }
            8 => rows.insert(j, clean[i].clone()),
            9 => rows.truncate(i),
            _ => rows.swap(i, j),
        }
        let changed = rows != clean;
        let found = run(&rows, Some(&office), Some(&newest), &[]);
        prop_assert_eq!(found.is_err(), changed);
    }
}
