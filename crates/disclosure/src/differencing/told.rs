//! What measures tell beside one another: counts of the same thing divided in several ways, sums of nights, shares, medians. The total
//! of one and the parts of another leave the part that was hidden; thirty nights more are one girl; a median with and without her is hers.

use std::collections::{BTreeMap, BTreeSet};

use crate::Threshold;

mod pieces;
mod solved;

use pieces::Pieces;
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
    let people: BTreeSet<&P> = facts.iter().map(|(who, _)| who).collect();
    let people: BTreeMap<&P, u32> = people.into_iter().zip(0..).collect();
    let facts = facts.iter().filter_map(|(who, of)| Some((*people.get(who)?, of.as_slice())));
    in_turn(&Pieces::of(facts, new.max(many), threshold), (new, many))
}

/// The same of pieces: not generic, so that it is compiled here.
fn in_turn(pieces: &Pieces, (new, many): (usize, usize)) -> Vec<bool> {
    let mut shown: Vec<usize> = (new..many).collect();
    let mut solved = Solved::new(pieces.many());
    for measure in shown.iter().skip(shown.len().saturating_sub(MOST)) {
        solved.learn(pieces.row(*measure));
    }
    let mut cut = vec![0; pieces.many()];
    shown.iter().for_each(|measure| pieces.cut(&mut cut, *measure));
    let mut out = Vec::with_capacity(new);
    for measure in 0..new {
        let may = match pieces.people(measure) {
            0 => true,
            n if pieces.threshold.hides(n) => false,
            _ if shown.iter().any(|other| pieces.threshold.hides(pieces.between(measure, *other))) => false,
            _ => match solved.rest(pieces.row(measure)) {
                // It is a sum of what is known.
                None => {
                    pieces.cut(&mut cut, measure);
                    shown.push(measure);
                    true
                }
                Some(rest) => {
                    let mut finer = cut.clone();
                    pieces.cut(&mut finer, measure);
                    let few = pieces.few(&finer, solved.alone().chain(Solved::first(&rest)));
                    // What is told without the new one is told already: hiding it takes nothing back.
                    let safe =
                        few.iter().all(|some| !solved.tells(some, Some(&rest)) || solved.tells(some, None));
                    if safe {
                        solved.keep(rest);
                        cut = finer;
                        shown.push(measure);
                    }
                    safe
                }
            },
        };
        out.push(may);
    }
    out
}

/// So many earlier measures are solved together.
const MOST: usize = 400;

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
