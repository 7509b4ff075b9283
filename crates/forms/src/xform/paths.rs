//! `${name}` to paths. Within a shared repeat the path is relative, so that it means the same copy.

use crate::program::Program;
use crate::template::{Part, parts};

/// `/data/g_person/alias`.
pub(super) fn absolute(program: &Program<'_>, def: usize) -> String {
    match program.defs.get(def).map(|d| d.path.as_str()) {
        None | Some("") => "/data".into(),
        Some(path) => format!("/data/{path}"),
    }
}

/// An expression of `from` with its references replaced. `in_predicate` is for choice filters, where `..`
/// would mean the list.
pub(super) fn expand(program: &Program<'_>, from: usize, source: &str, in_predicate: bool) -> String {
    let part = |part: Part<'_>| match part {
        Part::Plain(text) => text.to_owned(),
        Part::Name(name) => match program.by_name(name) {
            Some(def) => format!(" {} ", reference(program, from, def, in_predicate)),
            None => format!("${{{name}}}"),
        },
    };
    parts(source).into_iter().map(part).collect()
}

/// The path from one definition to another.
pub(super) fn reference(program: &Program<'_>, from: usize, to: usize, in_predicate: bool) -> String {
    let above: Vec<usize> = program.ancestors(from).collect();
    let shared = program.ancestors(to).find(|def| program.is_repeat(*def) && above.contains(def));
    let Some(shared) = shared else { return absolute(program, to) };
    // Up from `from` to the shared repeat, and down again.
    let up = above.iter().position(|def| *def == shared).unwrap_or(0) + 1;
    let mut down: Vec<&str> = std::iter::once(to)
        .chain(program.ancestors(to))
        .take_while(|def| *def != shared)
        .filter_map(|def| program.item(def))
        .map(|item| item.name.as_str())
        .collect();
    down.reverse();
    let start = if in_predicate { "current()/" } else { "" };
    format!("{start}{}{}", "../".repeat(up), down.join("/"))
}
