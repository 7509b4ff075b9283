//! Visits every item with its parents, without recursion of its own.

use super::{Form, Item};

/// Calls `visit(item, path)` for every item in document order; `path` is like `g_person/alias`.
pub(crate) fn walk<'f>(form: &'f Form, mut visit: impl FnMut(&'f Item, &str)) {
    let mut stack: Vec<(&'f Item, String)> =
        form.items.iter().rev().map(|item| (item, item.name.clone())).collect();
    while let Some((item, path)) = stack.pop() {
        visit(item, &path);
        stack.extend(item.children.iter().rev().map(|child| (child, format!("{path}/{}", child.name))));
    }
}
