//! Agreement never speaks against one person.
//!
//! What is learnt may say otherwise: among sisters, who share a phone, a shared phone is a sign of sisters.
//! A social worker must not see a weight fall because one more field agrees; so where it would, the cell of
//! what the facts say together is raised until agreement weighs as much as not knowing.

use super::Model;
use super::features::{CELLS, WEIGHED, start};
use crate::levels::{GROUPS, LOCAL_AT_MOST, LOCAL_SURNAME, SLOPES, fact};

/// Cells of a togetherness; see [`super::features::TOGETHER_NAMES`].
const fn together(n: usize) -> usize {
    start(WEIGHED + n)
}

impl Model {
    /// Raises what agreement is worth to no less than not knowing. Document and nation are facts of their own.
    pub(crate) fn make_monotone(&mut self) {
        self.slopes_rise();
        for (f, level) in
            [(fact::NICKNAME, 1), (fact::NICKNAME, 3)].into_iter().chain((0..3).map(|n| (fact::OTHER + n, 1)))
        {
            let w = &mut self.weights;
            w[start(f) + level] = w[start(f) + level].max(w[start(f)]);
        }
        let of = |n: usize| {
            move |context: usize, level: usize, levels: usize| together(n) + context * levels + level
        };
        for told_surnames in 0..3 * GROUPS {
            self.raise(start(fact::PHONE), 1, &[of(5)(told_surnames, 1, 4)], &[of(5)(told_surnames, 0, 4)]);
            self.raise(start(fact::PLACE), 1, &[of(7)(told_surnames, 1, 4)], &[of(7)(told_surnames, 0, 4)]);
        }
        for given in 0..GROUPS {
            self.raise(start(fact::SEX), 1, &[of(6)(given, 1, 3)], &[of(6)(given, 0, 3)]);
            for surnames in 0..GROUPS {
                let cell = |birth: usize| {
                    let both = given * GROUPS + surnames;
                    [
                        together(4) + both * GROUPS + birth,
                        together(1) + given * GROUPS + birth,
                        together(2) + surnames * GROUPS + birth,
                    ]
                };
                self.raise(start(fact::BIRTH), 1, &cell(1), &cell(0));
            }
            for surnames in 0..14 {
                // The mother of a second surname that is missing also makes it known.
                let known = if surnames == 4 { 12 } else { surnames };
                let cell = |surnames: usize, mother: usize| {
                    [together(8) + given * 7 + mother, together(3) + surnames * 7 + mother]
                };
                self.raise(start(fact::MOTHER), 1, &cell(known, 1), &cell(known, 0));
                self.raise(start(fact::MOTHER), 1, &cell(surnames, 1), &cell(surnames, 0));
            }
        }
        for level in [1, 3] {
            self.nations[level] = self.nations[level].max(self.nations[0]);
        }
        self.documents[1] = self.documents[1].max(self.documents[0]);
    }

    /// Rare things in common say no less than common ones.
    fn slopes_rise(&mut self) {
        let slopes = &mut self.weights[CELLS..];
        slopes[..4].iter_mut().for_each(|w| *w = w.max(0.0));
        slopes[5..SLOPES].iter_mut().for_each(|w| *w = w.max(0.0));
        for n in 0..3 {
            slopes[SLOPES + n] = slopes[SLOPES + n].max(-slopes[1 + n]);
        }
        // A place in common outweighs what surnames lose there, also where given names differ.
        let place = slopes[3] + slopes[SLOPES + 2].min(0.0);
        slopes[LOCAL_SURNAME] = slopes[LOCAL_SURNAME].min(place / f64::from(LOCAL_AT_MOST));
    }

    /// Raises the first of `there`, so that level and `there` weigh no less than level 0 and `unknown`.
    fn raise(&mut self, start: usize, level: usize, there: &[usize], unknown: &[usize]) {
        let sum = |cells: &[usize]| cells.iter().map(|cell| self.weights[*cell]).sum::<f64>();
        let lacks = self.weights[start] + sum(unknown) - self.weights[start + level] - sum(there);
        if let (true, Some(first)) = (lacks > 0.0, there.first()) {
            self.weights[*first] += lacks;
        }
    }
}
