//! How much others can find out about a hidden number: its range, by maximum flow.

use std::collections::VecDeque;

use super::{Network, Seen};
use crate::Threshold;

impl Network {
    /// Whether the possible values of a hidden number lie closer together than the threshold asks.
    pub(super) fn is_exposed(&self, edge: usize, threshold: Threshold) -> bool {
        let spread = threshold.spread();
        let (from, to) = (self.edges[edge].from, self.edges[edge].to);
        let up = self.push(to, from, edge, spread);
        if up >= spread {
            return false;
        }
        let down = self.push(from, to, edge, self.edges[edge].slack().min(spread));
        up + down < spread
    }

    /// How much, up to `limit`, can flow from one node to the other through the numbers that are not shown,
    /// leaving out `without`: breadth-first augmenting paths.
    fn push(&self, from: usize, to: usize, without: usize, limit: u64) -> u64 {
        let mut raised: Vec<u64> = vec![0; self.edges.len()];
        let mut lowered: Vec<u64> = vec![0; self.edges.len()];
        let mut pushed = 0;
        while pushed < limit {
            let Some(path) = self.free_path(from, to, without, &raised, &lowered) else { break };
            let room = |(edge, up): &(usize, bool)| self.room(*edge, *up, &raised, &lowered);
            let amount = path.iter().map(room).min().unwrap_or(0).min(limit - pushed);
            if amount == 0 {
                break;
            }
            for (edge, up) in path {
                let (forth, back) =
                    if up { (&mut raised, &mut lowered) } else { (&mut lowered, &mut raised) };
                let undone = back[edge].min(amount);
                back[edge] -= undone;
                forth[edge] += amount - undone;
            }
            pushed += amount;
        }
        pushed
    }

    fn room(&self, edge: usize, up: bool, raised: &[u64], lowered: &[u64]) -> u64 {
        match (self.edges[edge].seen, up) {
            (Seen::Shown, _) => 0,
            (_, true) => u64::MAX,
            (_, false) => (self.edges[edge].slack() - lowered[edge]).saturating_add(raised[edge]),
        }
    }

    /// A shortest path of edges with room, as (edge, raised or lowered).
    fn free_path(
        &self,
        from: usize,
        to: usize,
        without: usize,
        raised: &[u64],
        lowered: &[u64],
    ) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, usize, bool)>> = vec![None; self.touching.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for &edge in &self.touching[node] {
                let (next, up) = self.step(node, edge);
                let new = next != from && came[next].is_none();
                if edge == without || !new || self.room(edge, up, raised, lowered) == 0 {
                    continue;
                }
                came[next] = Some((node, edge, up));
                if next == to {
                    return Some(trace(&came, to));
                }
                queue.push_back(next);
            }
        }
        None
    }
}

/// The path that led to `node`, last edge first.
fn trace(came: &[Option<(usize, usize, bool)>], mut node: usize) -> Vec<(usize, bool)> {
    let mut path = Vec::new();
    while let Some((before, edge, up)) = came[node] {
        path.push((edge, up));
        node = before;
    }
    path
}
