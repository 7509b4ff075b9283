//! What was taken back is gone before anything is counted, with what took it back: else a mistake that was corrected would still be
//! somebody behind a number, make her known, or give her a row.

use std::collections::{HashMap, HashSet};

use super::super::kinds::Amount;
use super::super::reading::{Facts, Line, NOBODY, Name};

/// Of one person, kind, code and outcome, and how much: what may be one another's opposite. Amounts are absolute.
type Key = (u32, u32, Name, Name, i64);

/// Lines without the pairs of which one takes the other back. A score is taken back by a fact that says so: its sign says nothing. Of
/// everything else a negative amount takes back.
pub(super) fn without<'a>(facts: &Facts, lines: Vec<&'a Line>) -> Vec<&'a Line> {
    let is_score = |l: &Line| facts.amount(l) == Some(Amount::Score);
    let takes_back = |l: &Line| l.back || l.amount < 0 && !is_score(l);
    let key = |l: &Line| {
        let many = if is_score(l) && l.back { -l.amount } else { l.amount };
        let many = if is_score(l) { many } else { many.abs() };
        (l.subject, l.kind, l.columns[0], l.columns[1], many)
    };
    let takers: Vec<usize> = (0..lines.len()).filter(|n| takes_back(lines[*n])).collect();
    if takers.is_empty() {
        return lines;
    }
    let keys: HashSet<Key> = takers.iter().map(|n| key(lines[*n])).collect();
    let mut stand: HashMap<Key, Vec<usize>> = HashMap::new();
    for (n, l) in lines.iter().enumerate().filter(|(_, l)| !takes_back(l)) {
        let key = key(l);
        if keys.contains(&key) {
            stand.entry(key).or_default().push(n);
        }
    }
    let mut gone: HashSet<usize> = HashSet::new();
    for n in takers {
        let taker = lines[n];
        let candidates = stand.entry(key(taker)).or_default();
        // Facts that say exactly the same come first: some are written by hand, on another day or from another site. Nobody's are only
        // taken back by what says the same.
        let like = |l: &Line| {
            let minutes = l.minutes.map(i64::abs) == taker.minutes.map(i64::abs);
            let same = (l.day == taker.day, minutes, l.columns == taker.columns);
            (same, facts.dims(l) == facts.dims(taker))
        };
        let found = candidates.iter().enumerate().max_by_key(|(_, n)| (like(lines[**n]), **n));
        let found =
            found.filter(|(_, n)| taker.subject != NOBODY || like(lines[**n]) == ((true, true, true), true));
        if let Some((at, _)) = found {
            gone.extend([n, candidates.swap_remove(at)]);
        } else if is_score(taker) {
            // What it takes back lies outside of what is counted, and a score of its own it is not.
            gone.insert(n);
        }
    }
    let mut n = 0;
    lines
        .into_iter()
        .filter(|_| {
            n += 1;
            !gone.contains(&(n - 1))
        })
        .collect()
}
