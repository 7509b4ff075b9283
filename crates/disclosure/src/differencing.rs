//! What was released before, and what a new answer would give away beside it.
//!
//! Whoever has the number of all sites and that of all but one has that of the one. So every number that left is kept with
//! whom it counts (days and filters), and a new one leaves only when the same attack fails on all of them together: on those
//! hidden, and on what lies between two of them, their difference and their overlap.

mod region;

use std::collections::{BTreeMap, BTreeSet};

pub use region::Region;
use region::{Pieces, pieces};
use serde::{Deserialize, Serialize};

use crate::together::Line;
use crate::together::attack::{Found, Published, Target, agrees, exposed};
use crate::{Cell, DisclosureError, SafeTable, Threshold};

/// What is asked for: a measure, by what, of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The code of what is counted.
    pub measure: String,
    /// What it is divided by.
    pub by: Vec<String>,
    /// Of whom.
    pub region: Region,
    /// Whether numbers of parts add up to that of the whole. They do for things; a person may be in two of them.
    pub adds_up: bool,
}

impl Question {
    /// The same text for the same question, however it was put together.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{}|{}|{}|{}", self.measure, self.by.join(","), self.region, self.adds_up)
    }
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// What was asked.
    pub question: Question,
    /// For each combination of codes whom it counts, when that is less than the whole question, and what was shown.
    pub lines: Vec<(Vec<String>, Option<Region>, Option<u64>)>,
}

/// An answer that passed. Only this crate makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeAnswer {
    lines: Vec<Line>,
    /// How many are hidden because they are small, and how many because of what was released before.
    small: usize,
    earlier: usize,
    #[serde(skip)]
    past: Past,
}

impl SafeAnswer {
    /// The numbers, in the order given.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many are hidden because they are small, and how many because of what was released before.
    #[must_use]
    pub const fn hidden(&self) -> (usize, usize) {
        (self.small, self.earlier)
    }

    /// What is to be kept of it.
    #[must_use]
    pub const fn past(&self) -> &Past {
        &self.past
    }

    /// As rows and columns, when it is divided by two; what is not listed counts nobody.
    #[must_use]
    pub fn table(&self, threshold: Threshold) -> Option<SafeTable> {
        if self.past.question.by.len() != 2 {
            return None;
        }
        let codes = |at: usize| self.lines.iter().map(|l| l.codes[at].clone()).collect::<BTreeSet<_>>();
        let (rows, columns) = (codes(0), codes(1));
        let cells: BTreeMap<_, _> =
            self.lines.iter().map(|l| ((&l.codes[0], &l.codes[1]), l.count)).collect();
        let of = |row, column| cells.get(&(row, column)).copied().unwrap_or(Cell::Shown(0));
        let grid = rows.iter().map(|row| columns.iter().map(|column| of(row, column)).collect()).collect();
        Some(SafeTable::apart(
            rows.iter().cloned().collect(),
            columns.iter().cloned().collect(),
            grid,
            threshold,
        ))
    }

    /// An answer that was kept, once more as it was given: what is kept passed before.
    #[must_use]
    pub fn again(past: Past) -> Self {
        let cell = |n: &Option<u64>| n.map_or(Cell::HIDDEN, Cell::Shown);
        let lines = past.lines.iter().map(|(codes, _, n)| Line { codes: codes.clone(), count: cell(n) });
        Self { lines: lines.collect(), small: 0, earlier: 0, past }
    }
}

/// The most numbers, new and old, that are attacked together for one combination of codes.
const MOST: usize = 48;

/// What becomes of a number beside which more were released than are attacked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// It is hidden: who asks so often with other filters is looking for somebody.
    Hide,
    /// It is compared with each earlier one that holds it or is held by it, one by one. Only for questions of a fixed list.
    Compare,
}

/// Answers a question beside what was released before. `exact` is a code for each dimension, whom the number counts when that is
/// less than the whole question (a row that is a month), and how many.
///
/// A number that an earlier answer has, of the same people, is repeated as it was shown. One of 1 to k-1 is hidden. One that would
/// give something away beside earlier ones is hidden as well.
///
/// # Errors
/// [`DisclosureError::DuplicateCode`].
pub fn guard(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    before: &[Past],
    threshold: Threshold,
    many: Many,
) -> Result<SafeAnswer, DisclosureError> {
    guarded(question, exact, before, threshold, Some(many))
}

/// The same without looking at earlier answers: the control of the adversary's test. It is not part of the crate's promise.
#[doc(hidden)]
pub fn unguarded(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    threshold: Threshold,
) -> Result<SafeAnswer, DisclosureError> {
    guarded(question, exact, &[], threshold, None)
}

fn guarded(
    question: &Question,
    exact: &[(Vec<String>, Option<Region>, u64)],
    before: &[Past],
    threshold: Threshold,
    many: Option<Many>,
) -> Result<SafeAnswer, DisclosureError> {
    crate::counts::unique(&exact.iter().map(|(codes, ..)| codes.join("\u{1f}")).collect::<Vec<_>>())?;
    let related: Vec<&Past> = before
        .iter()
        .filter(|past| past.question.measure == question.measure && past.question.by == question.by)
        .collect();
    let (mut lines, mut kept, mut counts) = (Vec::new(), Vec::new(), (0, 0));
    for (codes, region, people) in exact {
        let whole = region.as_ref().unwrap_or(&question.region);
        let mut family = Family::of(&related, codes, whole);
        let shown = match (family.same, many) {
            (Some(shown), _) => shown,
            (None, None) => (!threshold.hides(*people)).then_some(*people),
            (None, Some(many)) => family.decide(*people, threshold, question.adds_up, many),
        };
        match shown {
            None if threshold.hides(*people) => counts.0 += 1,
            None => counts.1 += 1,
            Some(_) => {}
        }
        lines.push(Line { codes: codes.clone(), count: shown.map_or(Cell::HIDDEN, Cell::Shown) });
        kept.push((codes.clone(), region.clone(), shown));
    }
    let past = Past { question: question.clone(), lines: kept };
    Ok(SafeAnswer { lines, small: counts.0, earlier: counts.1, past })
}

/// Everything that was released of one combination of codes, and the new number.
struct Family<'a> {
    same: Option<Option<u64>>,
    /// The new one first.
    regions: Vec<&'a Region>,
    shown: Vec<Option<u64>>,
}

impl<'a> Family<'a> {
    fn of(related: &[&'a Past], codes: &[String], whole: &'a Region) -> Self {
        let mut family = Self { same: None, regions: vec![whole], shown: vec![None] };
        for past in related {
            let line = past.lines.binary_search_by(|(c, ..)| c.as_slice().cmp(codes));
            let line =
                line.ok().map(|at| &past.lines[at]).or_else(|| past.lines.iter().find(|l| l.0 == codes));
            // Whoever lists no such codes had none of them: zeros are shown.
            let (region, shown) = match line {
                Some((_, region, shown)) => (region.as_ref().unwrap_or(&past.question.region), *shown),
                None => (&past.question.region, Some(0)),
            };
            if region == whole {
                family.same = Some(shown);
            } else if !family.regions.contains(&region) {
                family.regions.push(region);
                family.shown.push(shown);
            }
        }
        family.keep_near();
        family
    }

    /// Lets go of whatever does not hang together with the new number, over however many others.
    fn keep_near(&mut self) {
        let mut near = vec![false; self.regions.len()];
        let mut open = vec![0];
        near[0] = true;
        while let Some(at) = open.pop() {
            for (other, near) in near.iter_mut().enumerate() {
                if !*near && self.regions[at].meets(self.regions[other]) {
                    *near = true;
                    open.push(other);
                }
            }
        }
        let kept: Vec<usize> = (0..near.len()).filter(|at| near[*at]).collect();
        self.regions = kept.iter().map(|at| self.regions[*at]).collect();
        self.shown = kept.iter().map(|at| self.shown[*at]).collect();
    }

    /// What may be shown of the new number. A zero that would give something away is hidden too, so that «hidden» says nothing.
    fn decide(&mut self, people: u64, threshold: Threshold, adds_up: bool, many: Many) -> Option<u64> {
        if self.regions.len() > MOST {
            let shown = many == Many::Compare && !threshold.hides(people) && !self.differs(people, threshold);
            return shown.then_some(people);
        }
        // What was entered late or taken back contradicts what was shown: the oldest answers tell nothing certain any more.
        while self.regions.len() > 1 && !self.pieced(threshold, adds_up, |s| s.agrees()) {
            self.regions.remove(1);
            self.shown.remove(1);
        }
        if self.regions.len() == 1 {
            return (!threshold.hides(people)).then_some(people);
        }
        let shown = !threshold.hides(people) && !self.pieced(threshold, adds_up, |s| s.gives_away(people));
        shown.then_some(people)
    }

    /// Whether the new number and one that holds it or is held by it differ by a small group, or contradict each other.
    fn differs(&self, people: u64, threshold: Threshold) -> bool {
        self.regions.iter().zip(&self.shown).skip(1).any(|(region, shown)| {
            let Some(other) = shown else { return false };
            let rest = match (region.contains(self.regions[0]), self.regions[0].contains(region)) {
                (true, _) => other.checked_sub(people),
                (_, true) => people.checked_sub(*other),
                _ => return false,
            };
            rest.is_none_or(|rest| threshold.hides(rest))
        })
    }

    fn pieced<T>(&self, threshold: Threshold, adds_up: bool, ask: impl Fn(&Pieced<'_>) -> T) -> T {
        let pieces = pieces(&self.regions);
        ask(&Pieced { family: self, pieces: &pieces, adds_up, threshold, closed: false })
    }
}

/// What is known, what adds up to what, and the number of the first piece.
type Attacked = (Vec<Published>, Vec<Vec<(usize, i64)>>, usize);

/// A family with the pieces into which its regions cut one another.
struct Pieced<'a> {
    family: &'a Family<'a>,
    pieces: &'a Pieces,
    adds_up: bool,
    threshold: Threshold,
    /// Whether the attacker takes it that there are no codes but those that were named. He knows the list of sites.
    closed: bool,
}

impl Pieced<'_> {
    fn agrees(&self) -> bool {
        let (published, sums, _) = self.system(Published::Between(0, None));
        agrees(&published, &sums)
    }

    fn gives_away(&self, people: u64) -> bool {
        let new = Published::Shown(people);
        let agree = |of: &Self| {
            let (published, sums, _) = of.system(new);
            agrees(&published, &sums)
        };
        let closed = Self { closed: true, ..*self };
        let tries = !self.pieces.others.is_empty() && self.adds_up && agree(&closed);
        !agree(self) || !self.bad(new).is_empty() || tries && !closed.bad(new).is_empty()
    }

    /// What is known of the regions, and what their pieces add up to; then the number of the first piece.
    fn system(&self, new: Published) -> Attacked {
        let of = |n: &Option<u64>| n.map_or(Published::Between(0, None), Published::Shown);
        let mut published: Vec<Published> =
            std::iter::once(new).chain(self.family.shown[1..].iter().map(of)).collect();
        let (regions, mut sums) = (published.len(), Vec::new());
        if self.adds_up {
            let nobody = |piece: usize| self.closed && self.pieces.others.contains(&piece);
            let piece = |at| if nobody(at) { Published::Shown(0) } else { Published::Between(0, None) };
            published.extend((0..self.pieces.count).map(piece));
            for at in 0..regions {
                sums.push(sum(at, &self.pieces.whole(at), regions));
            }
            return (published, sums, regions);
        }
        // People in the whole who are not in the part are people. Nothing is known of overlaps.
        for whole in 0..regions {
            for part in (0..regions).filter(|part| *part != whole) {
                if self.is_part(part, whole) {
                    published.push(Published::Between(0, None));
                    sums.push(vec![(whole, -1), (part, 1), (published.len() - 1, 1)]);
                }
            }
        }
        (published, sums, regions)
    }

    fn is_part(&self, part: usize, whole: usize) -> bool {
        let (all, some) = (&self.pieces.of[whole], &self.pieces.of[part]);
        some.len() < all.len() && some.is_subset(all)
    }

    /// Which groups of people, as sets of pieces, can be counted to within less than the spread and may be small.
    fn bad(&self, new: Published) -> BTreeSet<BTreeSet<usize>> {
        let (published, sums, first) = self.system(new);
        // A group, and the numbers that add up to it.
        let mut groups: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
        for (at, seen) in published[..first].iter().enumerate() {
            if !matches!(seen, Published::Shown(_)) {
                groups.insert(self.pieces.whole(at), vec![at]);
            }
        }
        if self.adds_up {
            for group in self.between(&published[..first]) {
                let numbers = group.iter().map(|piece| first + piece).collect();
                groups.entry(group).or_insert(numbers);
            }
        } else {
            for sum in &sums {
                if let [(whole, _), (part, _), (rest, _)] = sum[..] {
                    let group = self.pieces.of[whole].difference(&self.pieces.of[part]).copied().collect();
                    groups.entry(group).or_insert_with(|| vec![rest]);
                }
            }
        }
        let spread = self.threshold.spread();
        let targets: Vec<Target> = groups.values().map(|numbers| (numbers.clone(), spread)).collect();
        #[expect(clippy::cast_precision_loss, reason = "a threshold is a small number")]
        let k = self.threshold.k() as f64;
        let small = |found: &&Found| found.range.is_none_or(|(low, high)| high >= 0.5 && low < k - 0.5);
        let found = exposed(&published, &sums, &targets, false);
        let found: BTreeSet<usize> = found.iter().filter(small).map(|f| f.target).collect();
        groups.into_keys().enumerate().filter(|(at, _)| found.contains(at)).map(|(_, group)| group).collect()
    }

    /// What lies between the new region and each other one, and between any two when they are few: overlap and both rests; and each
    /// piece; unless what is shown says at once that it is nobody, or many.
    fn between(&self, shown: &[Published]) -> BTreeSet<BTreeSet<usize>> {
        let people = |at: usize| match shown[at] {
            Published::Shown(people) => Some(people),
            Published::Between(..) => None,
        };
        let many = |one: Option<u64>, other: Option<u64>| match (one, other) {
            (Some(one), Some(other)) => one.saturating_sub(other) >= self.threshold.k(),
            _ => false,
        };
        // Each piece: whoever asks often enough cuts until a piece is one group.
        let mut all: BTreeSet<BTreeSet<usize>> =
            (0..self.pieces.count).map(|piece| BTreeSet::from([piece])).collect();
        all.extend(self.pieces.next.iter().cloned());
        let firsts = if shown.len() <= 12 { shown.len() } else { 1 };
        for one in 0..firsts {
            for other in one + 1..shown.len() {
                let (a, b) = (&self.pieces.of[one], &self.pieces.of[other]);
                let (n, m) = (people(one), people(other));
                all.insert(a.intersection(b).copied().collect::<BTreeSet<_>>());
                if !many(n, m) {
                    all.insert(a.difference(b).copied().collect());
                }
                if !many(m, n) {
                    all.insert(b.difference(a).copied().collect());
                }
            }
        }
        let nobody: BTreeSet<usize> = (0..shown.len())
            .filter(|at| people(*at) == Some(0))
            .flat_map(|at| self.pieces.of[at].iter().copied())
            .collect();
        let large = |group: &BTreeSet<usize>| {
            (0..shown.len()).any(|at| many(people(at), Some(0)) && self.pieces.of[at].is_subset(group))
        };
        all.retain(|group| !group.is_subset(&nobody) && !large(group));
        all
    }
}

/// A number as what its pieces add up to.
fn sum(whole: usize, parts: &BTreeSet<usize>, first: usize) -> Vec<(usize, i64)> {
    std::iter::once((whole, -1)).chain(parts.iter().map(|part| (first + part, 1))).collect()
}
