//! The fast path. Where each number stands in at most two equations, once with each sign, numbers are edges and equations
//! are nodes of a network: what a hidden number could be as well is a flow around it, and whole numbers stay whole (Ahuja,
//! Magnanti and Orlin, *Network Flows*, 1993, chapters 6 and 11).

use std::collections::{BTreeMap, BinaryHeap};

use super::system::{State, System, Told, bounds};

/// How other numbers move when one does: number and change.
pub(crate) type Moves = BTreeMap<usize, i64>;

/// What a move may use, and how far it goes.
#[derive(Clone, Copy)]
pub(crate) struct Try {
    pub(crate) number: usize,
    pub(crate) up: bool,
    pub(crate) most: u64,
    pub(crate) told: Told,
    /// Whether numbers that are shown may be hidden for it, at a price.
    pub(crate) may_hide: bool,
}

/// The two nodes of each number: raising it takes one from the first and gives it to the second.
pub(crate) struct Network {
    ends: Vec<(usize, usize)>,
    touching: Vec<Vec<usize>>,
}

impl Network {
    /// The network of a system; `None` when it is not one.
    pub(crate) fn of(system: &System) -> Option<Self> {
        let signs = signs(system)?;
        let outside = system.sums.len();
        let mut ends = vec![(outside, outside); system.values.len()];
        for (at, sum) in system.sums.iter().enumerate() {
            for (number, sign) in sum {
                let end = if sign * signs[at] < 0 { &mut ends[*number].0 } else { &mut ends[*number].1 };
                *end = at;
            }
        }
        let mut touching = vec![Vec::new(); outside + 1];
        for (number, (from, to)) in ends.iter().enumerate() {
            touching[*from].push(number);
            if from != to {
                touching[*to].push(number);
            }
        }
        Some(Self { ends, touching })
    }

    /// Moves a number as far as asked or possible, the cheapest way found, and says how far and what moves with it.
    pub(crate) fn reach(&self, system: &System, t: Try) -> (u64, Moves) {
        let (from, to) = self.ends[t.number];
        let (start, goal) = if t.up { (to, from) } else { (from, to) };
        let mut moves = Moves::new();
        let mut moved = 0;
        // A number outside of all equations moves freely.
        if from == to {
            moved = t.most;
        }
        while moved < t.most {
            let Some(path) = self.path(system, t, (start, goal), &moves) else { break };
            let room = path.iter().map(|(number, up)| room(system, t, *number, *up, &moves)).min();
            let amount = room.unwrap_or(0).min(t.most - moved);
            if amount == 0 {
                break;
            }
            for (number, up) in path {
                let change = i64::try_from(amount).unwrap_or(i64::MAX);
                *moves.entry(number).or_default() += if up { change } else { -change };
            }
            moved += amount;
        }
        moves.retain(|_, change| *change != 0);
        (moved, moves)
    }

    fn path(
        &self,
        system: &System,
        t: Try,
        (start, goal): (usize, usize),
        moves: &Moves,
    ) -> Option<Vec<(usize, bool)>> {
        let mut best: Vec<Option<u64>> = vec![None; self.touching.len()];
        let mut came: Vec<Option<(usize, usize, bool)>> = vec![None; self.touching.len()];
        let mut queue = BinaryHeap::from([std::cmp::Reverse((0, start))]);
        best[start] = Some(0);
        while let Some(std::cmp::Reverse((cost, node))) = queue.pop() {
            if best[node] != Some(cost) {
                continue;
            }
            if node == goal {
                let (mut path, mut at) = (Vec::new(), goal);
                while at != start {
                    let (before, number, up) = came[at]?;
                    path.push((number, up));
                    at = before;
                }
                return Some(path);
            }
            for &number in &self.touching[node] {
                let (from, to) = self.ends[number];
                let (next, up) = if from == node { (to, true) } else { (from, false) };
                if number == t.number || next == node || room(system, t, number, up, moves) == 0 {
                    continue;
                }
                let cost = cost.saturating_add(price(system, number, moves)).saturating_add(1);
                if best[next].is_none_or(|other| cost < other) {
                    best[next] = Some(cost);
                    came[next] = Some((node, number, up));
                    queue.push(std::cmp::Reverse((cost, next)));
                }
            }
        }
        None
    }
}

/// How far a number can still go in a direction.
fn room(system: &System, t: Try, number: usize, up: bool, moves: &Moves) -> u64 {
    let state = match system.state[number] {
        State::Shown if t.may_hide => State::Complementary,
        state => state,
    };
    let (low, high) = bounds(state, system.values[number], system.threshold, t.told);
    let moved = moves.get(&number).copied().unwrap_or(0);
    let now = system.values[number].saturating_add_signed(moved);
    if up { high.saturating_sub(now) } else { now.saturating_sub(low) }
}

/// What hiding a number costs: its people, and a little for the number itself.
pub(crate) fn price(system: &System, number: usize, moves: &Moves) -> u64 {
    match system.state[number] {
        State::Shown if moves.get(&number).is_none_or(|m| *m == 0) => {
            system.values[number].saturating_mul(16).saturating_add(16)
        }
        _ => 0,
    }
}

/// A sign for each equation so that no number stands twice with the same one; `None` when there are none.
fn signs(system: &System) -> Option<Vec<i64>> {
    let mut signs = vec![0i64; system.sums.len()];
    for first in 0..signs.len() {
        if signs[first] != 0 {
            continue;
        }
        signs[first] = 1;
        let mut open = vec![first];
        while let Some(at) = open.pop() {
            for (number, sign) in &system.sums[at] {
                if system.within[*number].len() > 2 {
                    return None;
                }
                for other in system.within[*number].iter().filter(|o| **o != at) {
                    let theirs = system.sums[*other].iter().find(|(n, _)| n == number)?.1;
                    let wanted = -signs[at] * sign * theirs;
                    match signs[*other] {
                        0 => {
                            signs[*other] = wanted;
                            open.push(*other);
                        }
                        given if given != wanted => return None,
                        _ => {}
                    }
                }
            }
        }
    }
    Some(signs)
}
