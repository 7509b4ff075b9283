//! Everything that was released of one group, and what a new number of it would give away.

use super::attacked::Pieced;
use super::region::{Region, pieces};
use super::{Many, Past};
use crate::Threshold;

/// The most numbers, new and old, that are attacked together for one combination of codes.
const MOST: usize = 48;

/// Everything that was released of one combination of codes, and the new number.
pub(super) struct Family<'a> {
    pub(super) same: Option<Option<u64>>,
    /// The new one first.
    pub(super) regions: Vec<&'a Region>,
    pub(super) shown: Vec<Option<u64>>,
    /// What was shown of a region and restated since: known still, but no longer true.
    wrong: Vec<(&'a Region, u64)>,
}

impl<'a> Family<'a> {
    pub(super) fn of(related: &[&'a Past], codes: &[String], whole: &'a Region) -> Self {
        let mut family = Self { same: None, regions: vec![whole], shown: vec![None], wrong: Vec::new() };
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
                family.wrong.extend(family.same.flatten().map(|wrong| (region, wrong)));
                family.same = Some(shown);
            } else if let Some(at) = family.regions.iter().skip(1).position(|known| *known == region) {
                // Another answer of the same people may show less, to the public; one that restates it shows another number.
                let known = family.shown[at + 1];
                if let (Some(wrong), Some(shown)) = (known, shown)
                    && wrong != shown
                {
                    family.wrong.push((region, wrong));
                }
                family.shown[at + 1] = shown.or(known);
            } else {
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
    pub(super) fn decide(
        &mut self,
        people: u64,
        threshold: Threshold,
        adds_up: bool,
        many: Many,
    ) -> Option<u64> {
        if self.follows_a_wrong_one(people, threshold) {
            return None;
        }
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

    /// Whether the new number differs by a small group from what was shown of the same people, or was shown and restated since of people who
    /// hold these or are held by them.
    fn follows_a_wrong_one(&self, people: u64, threshold: Threshold) -> bool {
        let few = |rest: Option<u64>| rest.is_some_and(|rest| threshold.hides(rest));
        let whole = self.regions[0];
        self.same.flatten().is_some_and(|same| threshold.hides(same.abs_diff(people)))
            || self.wrong.iter().any(|(region, wrong)| {
                region.contains(whole) && few(wrong.checked_sub(people))
                    || whole.contains(region) && few(people.checked_sub(*wrong))
            })
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
        ask(&Pieced::of(self, &pieces, (adds_up, threshold)))
    }
}
