//! An attack on our own output, by linear programming. It is given what is published and nothing else, and shares no code
//! with what chose the cells to hide.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};
use serde::Serialize;

/// What is published of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Published {
    /// The number.
    Shown(u64),
    /// That it lies between two, both included; `None` is without limit.
    Between(u64, Option<u64>),
}

/// What came of an attack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attack {
    /// How many hidden numbers were attacked.
    pub attacked: usize,
    /// How many of them were found out: their possible values lie closer together than the spread.
    pub recovered: usize,
    /// How many small numbers somebody who is told why they are hidden narrows down further, whatever else is hidden: parts of a
    /// whole that is small itself.
    pub narrow: usize,
    /// Whether the joint of linked tables was part of the attack.
    pub joint: bool,
    /// Which; they stand nowhere outside of this crate.
    #[serde(skip)]
    pub(crate) exposed: Vec<usize>,
}

impl Attack {
    /// Whether nothing was found out.
    #[must_use]
    pub const fn failed(&self) -> bool {
        self.recovered == 0
    }
}

/// What is attacked: the sum of some numbers, and how far apart its possible values have to lie.
pub(crate) type Target = (Vec<usize>, u64);

/// A target that was narrowed down too far, and to what; without it when the solver gave up or nothing agrees with all of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) target: usize,
    pub(crate) range: Option<(f64, f64)>,
}

/// How much slack a comparison of two solutions of the solver needs.
const ROUNDING: f64 = 1e-5;

/// Which of the targets can be narrowed down to less than what stands beside them. Others may be hidden as well. When the solver
/// gives up on one it counts as found out.
///
/// `whole` looks for worlds of whole numbers, which are fewer: exact, and slow where they are many.
pub(crate) fn exposed(
    published: &[Published],
    sums: &[Vec<(usize, i64)>],
    targets: &[Target],
    whole: bool,
) -> Vec<Found> {
    let mut out = Vec::new();
    for (rows, mine) in parts(published, sums, targets) {
        out.extend(Part { published, sums, rows, whole }.attack(&mine));
    }
    out.sort_unstable_by_key(|found| found.target);
    out
}

/// Whether any world agrees with all that is published.
pub(crate) fn agrees(published: &[Published], sums: &[Vec<(usize, i64)>]) -> bool {
    let part = Part { published, sums, rows: (0..sums.len()).collect(), whole: false };
    part.world(&BTreeMap::new(), 1).is_some()
}

/// Equations of hidden numbers that hang together, and the targets among them.
type Group<'a> = (Vec<usize>, Vec<(usize, &'a Target)>);

/// Hidden numbers that share equations, as the equations of each group and its targets: the others cannot say anything of them.
fn parts<'a>(published: &[Published], sums: &[Vec<(usize, i64)>], targets: &'a [Target]) -> Vec<Group<'a>> {
    fn root(group: &mut [usize], mut n: usize) -> usize {
        while group[n] != n {
            group[n] = group[group[n]];
            n = group[n];
        }
        n
    }
    let mut group: Vec<usize> = (0..published.len()).collect();
    let open = |n: usize| !matches!(published[n], Published::Shown(_));
    let together = sums.iter().map(|sum| sum.iter().map(|(n, _)| *n).collect());
    for sum in together.chain(targets.iter().map(|(of, _)| of.clone())) {
        let sum: Vec<usize> = sum;
        let mut hidden = sum.into_iter().filter(|n| open(*n));
        let Some(first) = hidden.next() else { continue };
        for other in hidden {
            let (a, b) = (root(&mut group, first), root(&mut group, other));
            group[a] = b;
        }
    }
    let mut all: BTreeMap<usize, Group<'a>> = BTreeMap::new();
    for (at, target) in targets.iter().enumerate() {
        let Some(first) = target.0.iter().find(|n| open(**n)) else { continue };
        all.entry(root(&mut group, *first)).or_default().1.push((at, target));
    }
    for (at, sum) in sums.iter().enumerate() {
        if let Some((first, _)) = sum.iter().find(|(n, _)| open(*n)) {
            let of = root(&mut group, *first);
            if let Some(part) = all.get_mut(&of) {
                part.0.push(at);
            }
        }
    }
    all.into_values().collect()
}

struct Part<'a> {
    published: &'a [Published],
    sums: &'a [Vec<(usize, i64)>],
    rows: Vec<usize>,
    whole: bool,
}

impl Part<'_> {
    fn attack(&self, targets: &[(usize, &Target)]) -> Vec<Found> {
        let spread = targets.iter().map(|(_, t)| t.1).max().unwrap_or(0);
        let mut seen: Vec<Option<(f64, f64)>> = vec![None; targets.len()];
        let note = |seen: &mut Vec<Option<(f64, f64)>>, world: &BTreeMap<usize, f64>| {
            for ((_, (of, _)), at) in targets.iter().zip(seen) {
                let value =
                    of.iter().map(|n| self.known(*n).or_else(|| world.get(n).copied()).unwrap_or(0.0));
                let value: f64 = value.sum();
                *at = Some(at.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
            }
        };
        let is_wide = |seen: &[Option<(f64, f64)>], at: usize| {
            let need = targets[at].1.1;
            need == 0 || seen[at].is_some_and(|(low, high)| high - low >= need as f64 - ROUNDING)
        };
        // Worlds that are as far apart as can be settle many at once.
        for round in 0..8u32 {
            let open: Vec<usize> = (0..targets.len()).filter(|at| !is_wide(&seen, *at)).collect();
            if open.len() < 4 {
                break;
            }
            let turn = if round % 2 == 0 { 1.0 } else { -1.0 };
            let mut wishes: BTreeMap<usize, f64> = BTreeMap::new();
            for (n, at) in open.into_iter().enumerate() {
                let wish = if (n >> (round / 2)) & 1 == 0 || round < 2 { turn } else { -turn };
                targets[at].1.0.iter().for_each(|number| *wishes.entry(*number).or_default() += wish);
            }
            if let Some(world) = self.world(&wishes, spread) {
                note(&mut seen, &world);
            }
        }
        let mut found = Vec::new();
        for (at, (target, (of, _))) in targets.iter().enumerate() {
            let mut solved = true;
            for sign in [1.0, -1.0] {
                if is_wide(&seen, at) {
                    break;
                }
                match self.world(&of.iter().map(|n| (*n, sign)).collect(), spread) {
                    Some(world) => note(&mut seen, &world),
                    None => solved = false,
                }
            }
            if !is_wide(&seen, at) {
                found.push(Found { target: *target, range: seen[at].filter(|_| solved) });
            }
        }
        found
    }

    fn known(&self, number: usize) -> Option<f64> {
        match self.published[number] {
            Published::Shown(value) => Some(value as f64),
            Published::Between(..) => None,
        }
    }

    /// A world that agrees with what is published and makes the wished numbers as large, or as small, as it can: large ones at
    /// most so far that it is enough.
    fn world(&self, wishes: &BTreeMap<usize, f64>, spread: u64) -> Option<BTreeMap<usize, f64>> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        // Without limit means: as large as anything published here and some more.
        let largest =
            self.rows.iter().flat_map(|at| &self.sums[*at]).map(|(n, _)| match self.published[*n] {
                Published::Shown(value) => value,
                Published::Between(low, high) => high.unwrap_or(low),
            });
        let limit = (largest.max().unwrap_or(0).saturating_mul(4) + 100 * spread) as f64;
        let all =
            self.rows.iter().flat_map(|at| &self.sums[*at]).map(|(n, _)| *n).chain(wishes.keys().copied());
        for number in all {
            let Published::Between(low, high) = self.published[number] else { continue };
            variables.entry(number).or_insert_with(|| {
                let wish = wishes.get(&number).copied().unwrap_or(0.0);
                let high = high.map_or(limit.max(low as f64), |h| h as f64);
                match (i32::try_from(low), i32::try_from(high as i64)) {
                    (Ok(low), Ok(high)) if self.whole => problem.add_integer_var(wish, (low, high)),
                    _ => problem.add_var(wish, (low as f64, high)),
                }
            });
        }
        for at in &self.rows {
            let (mut row, mut known) = (LinearExpr::empty(), 0.0);
            for (number, sign) in &self.sums[*at] {
                match (self.published[*number], variables.get(number)) {
                    (Published::Shown(value), _) => known += *sign as f64 * value as f64,
                    (_, Some(variable)) => row.add(*variable, *sign as f64),
                    (_, None) => {}
                }
            }
            problem.add_constraint(row, ComparisonOp::Eq, -known);
        }
        let found = problem.solve().ok()?.into_solution().ok()?;
        Some(variables.into_iter().map(|(number, variable)| (number, found.var_value(variable))).collect())
    }
}
