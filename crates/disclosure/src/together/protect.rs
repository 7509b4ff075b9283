//! What else to hide so that no hidden number can be computed.

use std::collections::BTreeMap;

use super::flow::{Moves, Network, Try};
use super::linear;
use super::system::{State, System, Told};

/// Two other worlds that agree with all that is shown: how far a number goes up and what moves with it, and the same down.
#[derive(Clone)]
pub(crate) struct Proof {
    pub(crate) told: Told,
    pub(crate) up: (u64, Moves),
    pub(crate) down: (u64, Moves),
}

impl Proof {
    fn uses(&self, number: usize) -> bool {
        self.up.1.contains_key(&number) || self.down.1.contains_key(&number)
    }
}

/// The proofs of each hidden number, one for each demand.
pub(crate) type Proofs = BTreeMap<usize, Vec<Proof>>;

/// The order in which numbers are looked at; which is best differs from table to table.
#[derive(Clone, Copy)]
enum Order {
    LargestFirst,
    SmallestFirst,
    AsTheyStand,
}

/// Hides more until each hidden number could be another by at least the spread. The cheapest of a few attempts is kept.
/// `None` when no way was found.
pub(crate) fn protect(system: &mut System) -> Option<Proofs> {
    let network = Network::of(system);
    let orders: &[Order] = if network.is_some() {
        &[Order::LargestFirst, Order::SmallestFirst, Order::AsTheyStand]
    } else {
        &[Order::LargestFirst]
    };
    let before = system.state.clone();
    let mut best: Option<((u128, usize), Vec<State>, Proofs)> = None;
    for order in orders {
        system.state.clone_from(&before);
        let mut attempt = Attempt { network: network.as_ref(), proofs: BTreeMap::new() };
        if !attempt.repair(system, *order) {
            continue;
        }
        attempt.trim(system, &before);
        let cost = (system.cases(), system.hidden().len());
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, system.state.clone(), attempt.proofs));
        }
    }
    let (_, state, proofs) = best?;
    system.state = state;
    Some(proofs)
}

struct Attempt<'a> {
    network: Option<&'a Network>,
    proofs: Proofs,
}

impl Attempt<'_> {
    fn reach(&self, system: &System, t: Try) -> (u64, Moves) {
        match self.network {
            Some(network) => network.reach(system, t),
            None => linear::reach(system, t),
        }
    }

    /// Proofs for all demands of a number, without hiding more.
    fn prove(&self, system: &System, number: usize) -> Option<Vec<Proof>> {
        let each = system.demands(number).into_iter();
        each.map(|(told, need)| self.prove_one(system, number, told, need)).collect()
    }

    fn prove_one(&self, system: &System, number: usize, told: Told, need: u64) -> Option<Proof> {
        let value = system.values[number];
        let (low, high) = system.bounds(number, told);
        let t = Try { number, up: true, most: need.min(high - value), told, may_hide: false };
        let none = || (0, Moves::new());
        let up = if t.most == 0 { none() } else { self.reach(system, t) };
        let most = (need - up.0).min(value - low);
        let down = if most == 0 { none() } else { self.reach(system, Try { up: false, most, ..t }) };
        (up.0 + down.0 >= need).then_some(Proof { told, up, down })
    }

    /// Hides more until each hidden number is proved.
    fn repair(&mut self, system: &mut System, order: Order) -> bool {
        let mut open = system.hidden();
        match order {
            Order::LargestFirst => open.sort_by_key(|n| system.values[*n]),
            Order::SmallestFirst => open.sort_by_key(|n| std::cmp::Reverse(system.values[*n])),
            Order::AsTheyStand => open.reverse(),
        }
        let mut turns = 0;
        while let Some(number) = open.pop() {
            if let Some(proof) = self.prove(system, number) {
                self.proofs.insert(number, proof);
                continue;
            }
            for (told, need) in system.demands(number) {
                if self.prove_one(system, number, told, need).is_some() {
                    continue;
                }
                let Some(more) = self.cheapest(system, number, told, need) else { return false };
                for other in more {
                    system.state[other] = State::Complementary;
                    open.push(other);
                }
            }
            // What somebody who is told why learns in any case is made up for against somebody who is not.
            if self.prove(system, number).is_none() {
                open.push(number);
                turns += 1;
                if turns > 4 * system.values.len() {
                    return false;
                }
                continue;
            }
            let Some(proof) = self.prove(system, number) else { return false };
            self.proofs.insert(number, proof);
        }
        true
    }

    /// The cheaper of going up first and of going down first. Notes when hiding everything would not be enough.
    fn cheapest(&self, system: &mut System, number: usize, told: Told, need: u64) -> Option<Vec<usize>> {
        let value = system.values[number];
        let (low, high) = system.bounds(number, told);
        let mut best: Option<(std::cmp::Reverse<u64>, u128, Vec<usize>)> = None;
        for up_first in [true, false] {
            let before = system.state.clone();
            let (mut moved, mut hidden) = (0, Vec::new());
            for up in [up_first, !up_first] {
                let most = (need - moved).min(if up { high - value } else { value - low });
                if most == 0 {
                    continue;
                }
                let (far, moves) = self.reach(system, Try { number, up, most, told, may_hide: true });
                moved += far;
                for other in moves.keys() {
                    if !system.state[*other].is_hidden() {
                        system.state[*other] = State::Complementary;
                        hidden.push(*other);
                    }
                }
            }
            system.state = before;
            let cost = hidden.iter().map(|n| u128::from(system.values[*n]) + 1).sum();
            let found = (std::cmp::Reverse(moved), cost, hidden);
            if best.as_ref().is_none_or(|other| (found.0, found.1) < (other.0, other.1)) {
                best = Some(found);
            }
        }
        let (std::cmp::Reverse(moved), _, hidden) = best?;
        if moved < need {
            if told == Told::Nothing {
                return None;
            }
            system.need[number] = moved;
        }
        Some(hidden)
    }

    /// Shows again what turned out not to be needed, the largest first.
    fn trim(&mut self, system: &mut System, before: &[State]) {
        loop {
            let mut extra = system.hidden();
            extra.retain(|n| before[*n] == State::Shown);
            extra.sort_by_key(|n| (std::cmp::Reverse(system.values[*n]), *n));
            let shown = extra.into_iter().filter(|n| self.show_again(system, *n)).count();
            if shown == 0 {
                return;
            }
        }
    }

    fn show_again(&mut self, system: &mut System, number: usize) -> bool {
        system.state[number] = State::Shown;
        let mut fresh = Vec::new();
        for (other, proof) in &self.proofs {
            if *other == number || !proof.iter().any(|p| p.uses(number)) {
                continue;
            }
            let Some(proof) = self.prove(system, *other) else {
                system.state[number] = State::Complementary;
                return false;
            };
            fresh.push((*other, proof));
        }
        self.proofs.remove(&number);
        self.proofs.extend(fresh);
        true
    }
}
