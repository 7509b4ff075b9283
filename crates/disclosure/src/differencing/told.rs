//! What measures tell beside one another: counts of the same thing divided in several ways, sums of nights, shares, medians. The total
//! of one and the parts of another leave the part that was hidden; thirty nights more are one girl; a median with and without her is hers.

use std::collections::{BTreeMap, BTreeSet};

use crate::Threshold;

mod solved;

use solved::Solved;

/// A fact behind measures: whose it is, and of which measures it is a part, by their numbers.
pub type Behind<P> = (P, Vec<usize>);

/// Which of `new` measures may leave beside those that left before and beside one another, in the order given; of `many`, those are the first. One may when nobody
/// stands behind it, or at least k people; when it differs from no other by the facts of 1 to k-1 people; and when nothing that all of
/// them say together, in any sum and difference, is about 1 to k-1 people alone.
///
/// The last is looked for among the pieces into which the measures cut each other, one by one and two together: whatever can be added
/// up from what was shown and touches only those people counts as found, whether or not it is a sensible number. The attacker knows
/// where there is nobody. Of more than 400 earlier measures the last ones are taken together, the others one by one.
#[must_use]
pub fn told<P: Ord>(facts: &[Behind<P>], (new, many): (usize, usize), threshold: Threshold) -> Vec<bool> {
    let pieces = Pieces::of(facts, new.max(many), threshold);
    let mut shown: Vec<usize> = (new..many).collect();
    let mut solved = Solved::new(pieces.all.len());
    for measure in shown.iter().skip(shown.len().saturating_sub(MOST)) {
        solved.learn(pieces.row(*measure));
    }
    let mut cut = vec![0; pieces.all.len()];
    shown.iter().for_each(|measure| pieces.cut(&mut cut, *measure));
    let mut out = Vec::with_capacity(new);
    for measure in 0..new {
        let may = match pieces.people(|of| of[measure]) {
            0 => true,
            _ if pieces.is_few(|of| of[measure]) => false,
            _ if shown.iter().any(|other| pieces.is_few(|of| of[measure] != of[*other])) => false,
            _ => {
                let mut with = solved.clone();
                with.learn(pieces.row(measure));
                let mut finer = cut.clone();
                pieces.cut(&mut finer, measure);
                // What is told without the new one is told already: hiding it takes nothing back.
                let safe =
                    pieces.few(&finer, &with).iter().all(|some| !with.tells(some) || solved.tells(some));
                if safe {
                    (solved, cut) = (with, finer);
                    shown.push(measure);
                }
                safe
            }
        };
        out.push(may);
    }
    out
}

/// So many earlier measures are solved together.
const MOST: usize = 400;
/// So many small pieces are looked at two by two.
const PAIRED: usize = 24;

/// Facts of the same measures, and whose they are.
struct Pieces {
    all: Vec<(Vec<bool>, BTreeSet<usize>)>,
    threshold: Threshold,
}

impl Pieces {
    fn of<P: Ord>(facts: &[Behind<P>], many: usize, threshold: Threshold) -> Self {
        let people: BTreeSet<&P> = facts.iter().map(|(who, _)| who).collect();
        let people: BTreeMap<&P, usize> = people.into_iter().zip(0..).collect();
        let mut all: BTreeMap<BTreeSet<usize>, BTreeSet<usize>> = BTreeMap::new();
        for (who, of) in facts {
            let of: BTreeSet<usize> = of.iter().copied().filter(|measure| *measure < many).collect();
            if !of.is_empty() {
                all.entry(of).or_default().extend(people.get(who));
            }
        }
        let signs = |of: BTreeSet<usize>| (0..many).map(|measure| of.contains(&measure)).collect();
        Self { all: all.into_iter().map(|(of, who)| (signs(of), who)).collect(), threshold }
    }

    fn row(&self, measure: usize) -> Vec<u64> {
        self.all.iter().map(|(of, _)| u64::from(of[measure])).collect()
    }

    /// How many people some pieces are of; no more than k are counted.
    fn people(&self, chosen: impl Fn(&[bool]) -> bool) -> u64 {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for (_, who) in self.all.iter().filter(|(of, _)| chosen(of)) {
            found.extend(who.iter().take(usize::try_from(self.threshold.k()).unwrap_or(usize::MAX)));
            if found.len() as u64 >= self.threshold.k() {
                break;
            }
        }
        found.len() as u64
    }

    fn is_few(&self, chosen: impl Fn(&[bool]) -> bool) -> bool {
        self.threshold.hides(self.people(chosen))
    }

    /// Cuts further, by whether pieces are a part of a measure: those that no measure tells from one another have the same number.
    fn cut(&self, cut: &mut [usize], measure: usize) {
        let mut known: BTreeMap<(usize, bool), usize> = BTreeMap::new();
        for ((of, _), at) in self.all.iter().zip(cut) {
            let next = known.len();
            *at = *known.entry((*at, of[measure])).or_insert(next);
        }
    }

    /// Sets of pieces that are of 1 to k-1 people: those of each small piece into which measures cut, and of each two that are still
    /// few together, with every other piece that is of nobody else. Of many only those of which something could be told: a piece is
    /// among them that a row has alone.
    fn few(&self, cut: &[usize], solved: &Solved) -> Vec<Vec<usize>> {
        let hides = |who: &BTreeSet<usize>| self.threshold.hides(who.len() as u64);
        let mut parts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for ((_, who), at) in self.all.iter().zip(cut) {
            let part = parts.entry(*at).or_default();
            if (part.len() as u64) < self.threshold.k() {
                part.extend(who);
            }
        }
        let mut people: BTreeSet<BTreeSet<usize>> = parts.into_values().filter(hides).collect();
        if people.len() <= PAIRED {
            let small = people.clone();
            let pairs =
                small.iter().enumerate().flat_map(|(n, a)| small.iter().skip(n + 1).map(move |b| a | b));
            people.extend(pairs.filter(hides));
        } else {
            let alone: BTreeSet<&BTreeSet<usize>> =
                solved.alone().map(|at| &self.all[at].1).filter(|who| hides(who)).collect();
            people.retain(|who| alone.iter().any(|one| one.is_subset(who)));
        }
        let meant: BTreeSet<usize> = people.iter().flatten().copied().collect();
        let mut holds: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, (_, who)) in self.all.iter().enumerate().filter(|(_, (_, who))| hides(who)) {
            who.iter()
                .filter(|one| meant.contains(one))
                .for_each(|one| holds.entry(*one).or_default().push(at));
        }
        let within = |who: &BTreeSet<usize>| -> Vec<usize> {
            let near: BTreeSet<usize> =
                who.iter().flat_map(|one| holds.get(one).into_iter().flatten()).copied().collect();
            near.into_iter().filter(|at| self.all[*at].1.is_subset(who)).collect()
        };
        people.iter().map(within).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::Threshold;

    const K: Threshold = Threshold::DEFAULT;

    /// People of each piece, and for each measure whether it is a part of that.
    type Piece<'a> = (std::ops::Range<u32>, &'a [u8]);

    fn may(new: usize, pieces: &[Piece<'_>]) -> Vec<bool> {
        let of = |set: &[u8]| (0..set.len()).filter(|n| set[*n] == 1).collect::<Vec<_>>();
        let facts: Vec<_> =
            pieces.iter().flat_map(|(who, set)| who.clone().map(move |p| (p, of(set)))).collect();
        told(&facts, (new, pieces[0].1.len()), K)
    }

    #[test]
    fn a_measure_that_differs_by_a_few_is_not_told() {
        assert_eq!(may(1, &[(0..5, &[1])]), [true]);
        assert_eq!(may(1, &[(0..4, &[1])]), [false]);
        assert_eq!(may(1, &[(0..20, &[0, 1])]), [true], "nobody is not a few");
        assert_eq!(may(1, &[(0..20, &[1, 1]), (20..23, &[1, 0])]), [false], "three more");
        assert_eq!(may(1, &[(0..20, &[1, 1]), (20..23, &[0, 1])]), [false], "three fewer");
        assert_eq!(may(1, &[(0..20, &[1, 1]), (20..25, &[1, 0])]), [true], "five more");
        assert_eq!(may(1, &[(0..6, &[1, 1]), (2..3, &[1, 0])]), [false], "more nights of one of them");
        assert_eq!(may(1, &[(0..6, &[1, 1])]), [true], "the same facts tell nothing new");
        assert!(told::<u32>(&[], (0, 0), K).is_empty());
    }

    #[test]
    fn three_measures_tell_of_a_fourth() {
        // One house is asked for; all of them and another one left before. The third has few girls, or enough.
        let houses = |third| may(1, &[(0..10, &[0, 1, 1]), (10..20, &[1, 1, 0]), (20..third, &[0, 1, 0])]);
        assert_eq!((houses(22), houses(27)), (vec![false], vec![true]));
    }

    #[test]
    fn the_parts_of_a_whole_leave_two_of_them_hidden() {
        // The whole left before. Two of a table are small; of three, the first that may go, goes.
        let parts: [Piece<'_>; 3] = [(0..9, &[1, 0, 0, 1]), (9..20, &[0, 1, 0, 1]), (20..23, &[0, 0, 1, 1])];
        assert_eq!(may(3, &parts), [true, false, false]);
        let none: [Piece<'_>; 2] = [(0..9, &[1, 0, 0, 1]), (9..20, &[0, 1, 0, 1])];
        assert_eq!(may(3, &none), [true, true, true]);
    }

    #[test]
    fn a_few_are_found_among_many_who_stand_alone() {
        // Two hundred people of whom each two are in measures like no others; all of them left before, and all but the last two.
        let signs = |n: u32| -> Vec<usize> {
            let bits = (0..8).filter(|bit| n >> bit & 1 == 1).map(|bit| 3 + bit);
            bits.chain([1]).chain((n < 99).then_some(2)).chain((n != 50).then_some(0)).collect()
        };
        let facts: Vec<_> = (0..200u32).map(|who| (who, signs(who / 2))).collect();
        assert_eq!(told(&facts, (1, 11), K), [false], "all but two");
        let facts: Vec<_> = (0..200u32)
            .map(|who| (who, signs(who / 2).into_iter().filter(|m| *m != 1 && *m != 2).collect()))
            .collect();
        assert_eq!(told(&facts, (1, 11), K), [true], "nothing to take it from");
    }
}
