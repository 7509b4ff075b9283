//! What to hide so that a hidden number can no longer be computed: a cheapest way around it.

use super::{Edge, Network, Seen};
use crate::Threshold;

/// A reached node: the cost so far, the node before and the edge taken.
type Reached = (u128, Option<(usize, usize)>);

impl Network {
    /// The shown numbers whose hiding lets `edge` rise by the spread, and each of them move as far: a
    /// cheapest cycle through it. Cost is the people hidden and a little for each number, so that one large
    /// cell is not preferred to two small ones without need.
    ///
    /// There always is one: a number that is not zero is part of sums, or has parts, that are not zero.
    pub(super) fn repair(&self, edge: usize, threshold: Threshold) -> Option<Vec<usize>> {
        let (start, goal) = (self.edges[edge].to, self.edges[edge].from);
        let mut reached: Vec<Option<Reached>> = vec![None; self.touching.len()];
        let mut done = vec![false; self.touching.len()];
        reached[start] = Some((0, None));
        while let Some((cost, node)) = nearest(&reached, &done) {
            if node == goal {
                return Some(self.to_hide(&reached, goal));
            }
            done[node] = true;
            for &step in &self.touching[node] {
                if step == edge {
                    continue;
                }
                let (next, up) = self.step(node, step);
                let Some(price) = price(&self.edges[step], up, threshold) else { continue };
                let cost = cost.saturating_add(price);
                if !done[next] && reached[next].is_none_or(|(other, _)| cost < other) {
                    reached[next] = Some((cost, Some((node, step))));
                }
            }
        }
        None
    }

    fn to_hide(&self, reached: &[Option<Reached>], goal: usize) -> Vec<usize> {
        let mut more = Vec::new();
        let mut node = goal;
        while let Some((_, Some((before, edge)))) = reached[node] {
            if self.edges[edge].seen == Seen::Shown {
                more.push(edge);
            }
            node = before;
        }
        more
    }
}

/// The nearest node not yet done; the first of equals, so that the result does not depend on chance.
fn nearest(reached: &[Option<Reached>], done: &[bool]) -> Option<(u128, usize)> {
    let open = reached.iter().enumerate().filter(|(node, _)| !done[*node]);
    open.filter_map(|(node, at)| at.map(|(cost, _)| (cost, node))).min()
}

/// What it costs to let a number move by the spread; `None` when it cannot. Zeros stay shown.
fn price(edge: &Edge, up: bool, threshold: Threshold) -> Option<u128> {
    if !up && edge.slack() < threshold.spread() {
        return None;
    }
    match edge.seen {
        Seen::Hidden | Seen::Unpublished => Some(0),
        Seen::Shown if edge.value == 0 => None,
        Seen::Shown => Some(u128::from(edge.value) + u128::from(threshold.k())),
    }
}
