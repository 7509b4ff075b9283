//! Numbers that add up, as a network, and which of them can be computed from the others.
//!
//! Every number is an edge, every sum a node where as much comes in as goes out. Row totals flow into the
//! row nodes, from there through the cells to the column nodes, through the column totals to one node, and
//! through the grand total back. In such a network the possible values of a hidden number, given all that
//! is shown, are exactly those that a flow around it allows, whole numbers included (Ahuja, Magnanti and
//! Orlin, *Network Flows*, 1993, chapters 6 and 11).

mod range;
mod repair;

use crate::{Cell, Threshold};

/// What others know of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It is shown.
    Shown,
    /// It is published as hidden: others know that it is not zero.
    Hidden,
    /// It is not part of what is published; others know nothing of it.
    Unpublished,
}

pub(crate) struct Edge {
    from: usize,
    to: usize,
    value: u64,
    seen: Seen,
}

pub(crate) struct Network {
    edges: Vec<Edge>,
    /// For each node the edges that touch it.
    touching: Vec<Vec<usize>>,
}

impl Network {
    pub(crate) fn new(nodes: usize) -> Self {
        Self { edges: Vec::new(), touching: vec![Vec::new(); nodes] }
    }

    /// Adds a number and returns its place. Nodes must exist.
    pub(crate) fn add(&mut self, from: usize, to: usize, value: u64, seen: Seen) -> usize {
        let place = self.edges.len();
        self.edges.push(Edge { from, to, value, seen });
        self.touching[from].push(place);
        self.touching[to].push(place);
        place
    }

    pub(crate) fn hide(&mut self, edge: usize) {
        if self.edges[edge].seen == Seen::Shown {
            self.edges[edge].seen = Seen::Hidden;
        }
    }

    pub(crate) fn cell(&self, edge: usize) -> Cell {
        match self.edges[edge].seen {
            Seen::Shown => Cell::Shown(self.edges[edge].value),
            Seen::Hidden | Seen::Unpublished => Cell::HIDDEN,
        }
    }

    /// Hides what is too small, then as much more as it takes.
    pub(crate) fn suppress(&mut self, threshold: Threshold) {
        for edge in 0..self.edges.len() {
            if threshold.hides(self.edges[edge].value) {
                self.hide(edge);
            }
        }
        let mut open: Vec<usize> =
            (0..self.edges.len()).filter(|edge| self.edges[*edge].seen == Seen::Hidden).collect();
        // A later repair only widens earlier ranges, so each hidden number is looked at once.
        while let Some(edge) = open.pop() {
            if !self.is_exposed(edge, threshold) {
                continue;
            }
            let more = self.repair(edge, threshold).unwrap_or_else(|| self.all_shown());
            for edge in more {
                self.hide(edge);
                open.push(edge);
            }
        }
    }

    /// The last resort: everything but zeros. A repair always exists, so this is not reached.
    fn all_shown(&self) -> Vec<usize> {
        let shown = |edge: &usize| self.edges[*edge].seen == Seen::Shown && self.edges[*edge].value > 0;
        (0..self.edges.len()).filter(shown).collect()
    }

    /// The other end of an edge, seen from `node`, and whether walking there raises the number.
    fn step(&self, node: usize, edge: usize) -> (usize, bool) {
        let Edge { from, to, .. } = self.edges[edge];
        if from == node { (to, true) } else { (from, false) }
    }
}

impl Edge {
    /// How far below its value others can imagine a number: to 1, since zeros are shown.
    fn slack(&self) -> u64 {
        match self.seen {
            Seen::Unpublished => self.value,
            Seen::Shown | Seen::Hidden => self.value.saturating_sub(1),
        }
    }
}
