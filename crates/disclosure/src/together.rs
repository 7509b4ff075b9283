//! Several tables that leave together, of any number of dimensions, with hierarchies.
//!
//! What the tables share (the total, the margins of a dimension that two of them have) is one number. Everything that adds up
//! is an equation, small numbers are hidden, more are hidden until each could be another, and then our own output is attacked.

pub(crate) mod attack;
mod build;
mod flow;
mod generalise;
mod joint;
mod linear;
mod protect;
mod safe;
mod system;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use attack::Attack;
use attack::{Published, exposed};
use build::Built;
pub use generalise::Generalised;
use protect::{Proof, protect};
pub use safe::{Line, SafeCells, SafeRelease, TOTAL};
use system::{OPEN, State, System, Told};

use crate::{Dimension, DisclosureError, Threshold};

/// A table of exact counts. `Debug` shows its shape and no count.
#[derive(Clone)]
pub struct Exact {
    /// Its name within the release.
    pub name: String,
    /// The names of its dimensions.
    pub by: Vec<String>,
    /// A code for each dimension, and how many people. What is not listed is zero.
    pub cells: Vec<(Vec<String>, u64)>,
    /// Whether its cells add up and all totals leave as well. When a person may stand in several cells they do not, and none do;
    /// nothing then ties the table to others.
    pub totals: bool,
}

impl std::fmt::Debug for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Exact({} by {:?})", self.name, self.by)
    }
}

/// What is to leave together.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What the tables are divided by.
    pub dimensions: &'a [Dimension],
    /// The tables, all of the same people.
    pub tables: &'a [Exact],
    /// From how many people on a group may be shown.
    pub threshold: Threshold,
    /// Whether a table of which most would be hidden goes a level up first.
    pub generalise: bool,
}

/// How often more is hidden because the joint of linked tables gives something away.
const ROUNDS: usize = 40;

/// Releases tables together: hides numbers of 1 to k-1 people, totals included, and more until our own attack fails.
/// The order of tables, dimensions and cells does not matter.
///
/// # Errors
/// [`DisclosureError::Refused`] when the attack succeeds; the others when the tables do not fit together.
pub fn release_together(ask: &Ask<'_>) -> Result<SafeRelease, DisclosureError> {
    let mut tables = build::tables(ask)?;
    let mut raised = Vec::new();
    if ask.generalise {
        for table in &mut tables {
            raised.extend(generalise::raise(table, ask.threshold));
        }
    }
    let built = Built::of(&tables, ask.dimensions.len())?;
    let mut system = System::new(built.values.clone(), built.sums.clone(), ask.threshold);
    let attack = gate(&mut system, &tables, &built)?;
    Ok(safe::release(&tables, &built, &system, raised, attack))
}

/// Hides and attacks until nothing is found.
fn gate(system: &mut System, tables: &[build::Table], built: &Built) -> Result<Attack, DisclosureError> {
    let joint = joint::of(tables, built);
    for _ in 0..ROUNDS {
        let proofs = protect(system);
        if proofs.is_none() {
            hide_all(system);
        }
        let mut attack = attacked(system, joint.as_ref());
        if let Some(proofs) = &proofs {
            let unproved = system.hidden().into_iter().filter(|n| {
                let mine = proofs.get(n).map_or(&[][..], Vec::as_slice);
                !system.demands(*n).into_iter().all(|d| mine.iter().any(|p| is_proved(system, *n, d, p)))
            });
            attack.exposed.extend(unproved);
        }
        attack.exposed.sort_unstable();
        attack.exposed.dedup();
        attack.recovered = attack.exposed.len();
        if attack.failed() {
            return Ok(attack);
        }
        if !hide_beside(system, &attack.exposed) {
            return Err(DisclosureError::Refused { recovered: attack.recovered });
        }
    }
    Err(DisclosureError::Refused { recovered: 1 })
}

/// The most cells of a joint in which worlds of whole numbers are looked for; in larger ones fractions count as worlds too.
const WHOLE: usize = 64;

/// Attacks what would be published: small numbers by somebody who is told why each is hidden, the others by somebody who is not.
fn attacked(system: &System, joint: Option<&joint::Joint>) -> Attack {
    let hidden = system.hidden();
    let mut attack = Attack { attacked: hidden.len(), joint: joint.is_some(), ..Attack::default() };
    for told in [Told::Why, Told::Nothing] {
        let demand = |n: usize| system.demands(n).into_iter().find(|d| d.0 == told).map(|d| (n, d.1));
        let targets: Vec<attack::Target> =
            hidden.iter().filter_map(|n| demand(*n)).map(|(n, need)| (vec![n], need)).collect();
        let spread = system.threshold.spread();
        attack.narrow += targets.iter().filter(|(_, need)| *need < spread).count();
        let mut published: Vec<Published> = (0..system.values.len())
            .map(|n| match system.bounds(n, told) {
                _ if !system.state[n].is_hidden() => Published::Shown(system.values[n]),
                (low, high) => Published::Between(low, (high != OPEN).then_some(high)),
            })
            .collect();
        let mut sums = system.sums.clone();
        if let Some(joint) = joint {
            published.extend(std::iter::repeat_n(Published::Between(0, None), joint.atoms));
            sums.extend(joint.sums.iter().cloned());
        }
        let whole = joint.is_some_and(|joint| joint.atoms <= WHOLE);
        attack
            .exposed
            .extend(exposed(&published, &sums, &targets, whole).iter().map(|f| targets[f.target].0[0]));
    }
    attack
}

/// Whether both worlds of a proof agree with all that is shown, in whole numbers, and lie far enough apart.
fn is_proved(system: &System, number: usize, (told, need): (Told, u64), proof: &Proof) -> bool {
    let agrees = |(far, moves): &(u64, flow::Moves), sign: i64| {
        let mut all = moves.clone();
        let Ok(far) = i64::try_from(*far) else { return false };
        *all.entry(number).or_default() += sign * far;
        let within = all.iter().all(|(n, change)| {
            let (low, high) = system.bounds(*n, told);
            let now = i128::from(system.values[*n]) + i128::from(*change);
            *change == 0
                || (system.state[*n].is_hidden() && i128::from(low) <= now && now <= i128::from(high))
        });
        let whole = |sum: &Vec<(usize, i64)>| {
            sum.iter().map(|(n, sign)| sign * all.get(n).copied().unwrap_or(0)).sum::<i64>() == 0
        };
        within && all.keys().flat_map(|n| &system.within[*n]).all(|at| whole(&system.sums[*at]))
    };
    proof.told == told && proof.up.0 + proof.down.0 >= need && agrees(&proof.up, 1) && agrees(&proof.down, -1)
}

/// Hides, for each number found out, the smallest shown one that it is added up with, or else of the whole release.
fn hide_beside(system: &mut System, found: &[usize]) -> bool {
    let mut any = false;
    for number in found {
        let near = system.within[*number].iter().flat_map(|at| &system.sums[*at]).map(|(n, _)| *n);
        let smallest = |all: &mut dyn Iterator<Item = usize>| {
            all.filter(|n| !system.state[*n].is_hidden()).min_by_key(|n| (system.values[*n], *n))
        };
        let chosen = smallest(&mut near.into_iter()).or_else(|| smallest(&mut (0..system.values.len())));
        if let Some(chosen) = chosen {
            system.state[chosen] = State::Complementary;
            any = true;
        }
    }
    any
}

fn hide_all(system: &mut System) {
    for state in &mut system.state {
        if !state.is_hidden() {
            *state = State::Complementary;
        }
    }
}

/// The numbers of a release by what they are of: a node for each dimension, and the table when nothing ties it to others.
type Key = (Option<usize>, Vec<usize>);
type Places = BTreeMap<Key, usize>;
