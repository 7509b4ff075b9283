//! The answers as a tree of nodes: every field of the form, once for each copy of its repeat.

use crate::answers::{Answer, Answers};
use crate::limits;
use crate::program::Program;

/// A node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub def: usize,
    pub parent: usize,
    /// Which copy of the repeat, from 1; 1 for all else.
    pub position: usize,
    /// Path with indices, without `/data/`.
    pub path: String,
    pub children: Vec<usize>,
    pub relevant: bool,
    pub value: String,
}

/// All nodes in document order; node 0 is `data`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub nodes: Vec<Node>,
    by_def: Vec<Vec<usize>>,
    /// There were more copies than can be evaluated.
    pub truncated: bool,
}

impl Tree {
    /// Lays out the form with as many copies as the answers have, and puts the given answers in.
    pub(crate) fn new(program: &Program<'_>, answers: &Answers) -> Self {
        let mut tree = Self { by_def: vec![Vec::new(); program.defs.len()], ..Self::default() };
        // Definition, node above, position, path; a stack keeps document order without recursion.
        let mut stack = vec![(0usize, 0usize, 1usize, String::new())];
        while let Some((def, parent, position, path)) = stack.pop() {
            let index = tree.nodes.len();
            if index >= limits::NODES {
                tree.truncated = true;
                break;
            }
            let value = match answers.get(&path) {
                Some(Answer::Given(value)) => value.clone(),
                _ => String::new(),
            };
            let node = Node { def, parent, position, children: Vec::new(), relevant: true, value, path };
            if index != 0
                && let Some(parent) = tree.nodes.get_mut(parent)
            {
                parent.children.push(index);
            }
            if let Some(list) = tree.by_def.get_mut(def) {
                list.push(index);
            }
            for child in program.defs.get(def).map(|d| d.children.as_slice()).unwrap_or_default().iter().rev()
            {
                let Some(item) = program.item(*child) else { continue };
                let path = match node.path.is_empty() {
                    true => item.name.clone(),
                    false => format!("{}/{}", node.path, item.name),
                };
                if program.is_repeat(*child) {
                    let copies = answers.copies(&path).unwrap_or(1).min(limits::REPEATS);
                    stack.extend((1..=copies).rev().map(|n| (*child, index, n, format!("{path}[{n}]"))));
                } else {
                    stack.push((*child, index, 1, path));
                }
            }
            tree.nodes.push(node);
        }
        tree
    }

    /// All nodes of a definition in document order.
    pub(crate) fn copies(&self, def: usize) -> &[usize] {
        self.by_def.get(def).map(Vec::as_slice).unwrap_or_default()
    }

    /// The nearest node at or above `node` that belongs to `def`.
    pub(crate) fn ancestor(&self, node: usize, def: usize) -> Option<usize> {
        let mut at = node;
        loop {
            let current = self.nodes.get(at)?;
            if current.def == def {
                return Some(at);
            }
            if at == 0 {
                return None;
            }
            at = current.parent;
        }
    }

    /// The nodes that `${name}` of `def` means when asked at `from`: those in the same copy of the
    /// innermost repeat that both share.
    pub(crate) fn nearest(&self, program: &Program<'_>, def: usize, from: usize) -> Vec<usize> {
        let copies = self.copies(def);
        let shared = program
            .ancestors(def)
            .filter(|above| program.is_repeat(*above))
            .find_map(|repeat| self.ancestor(from, repeat));
        match shared {
            None => copies.to_vec(),
            Some(copy) => {
                let Some(top) = self.nodes.get(copy) else { return Vec::new() };
                // Document order: the nodes of a copy follow it without a gap.
                let start = copies.partition_point(|node| *node <= copy);
                copies
                    .iter()
                    .skip(start)
                    .take_while(|node| self.ancestor(**node, top.def) == Some(copy))
                    .copied()
                    .collect()
            }
        }
    }
}
