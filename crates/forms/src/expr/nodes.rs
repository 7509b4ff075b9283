//! Moving between places of the form and of choice lists, and reading them.

use super::eval::Machine;
use super::value::NodeRef;
use crate::form::Choice;

impl<'f> Machine<'_, 'f> {
    pub(super) fn parent(&self, node: NodeRef<'f>) -> Option<NodeRef<'f>> {
        match node {
            NodeRef::Document | NodeRef::List(_) => None,
            NodeRef::Form(0) => Some(NodeRef::Document),
            NodeRef::Form(index) => self.tree.nodes.get(index).map(|n| NodeRef::Form(n.parent)),
            NodeRef::ListRoot(list) => Some(NodeRef::List(list)),
            NodeRef::Item(list, _) => Some(NodeRef::ListRoot(list)),
            NodeRef::Column(list, index, _) => Some(NodeRef::Item(list, index)),
        }
    }

    /// Children by name (`None`: all). Copies that are not relevant are left out.
    pub(super) fn children(&self, node: NodeRef<'f>, name: Option<&str>) -> Vec<NodeRef<'f>> {
        let is = |known: &str| name.is_none_or(|name| name == known);
        match node {
            NodeRef::Document => {
                if is("data") {
                    vec![NodeRef::Form(0)]
                } else {
                    Vec::new()
                }
            }
            NodeRef::Form(index) => self
                .tree
                .nodes
                .get(index)
                .map(|node| node.children.as_slice())
                .unwrap_or_default()
                .iter()
                .filter(|child| {
                    self.tree
                        .nodes
                        .get(**child)
                        .and_then(|n| self.program.item(n.def))
                        .is_some_and(|item| is(&item.name))
                })
                .map(|child| NodeRef::Form(*child))
                .collect(),
            NodeRef::List(list) => {
                if is("root") {
                    vec![NodeRef::ListRoot(list)]
                } else {
                    Vec::new()
                }
            }
            NodeRef::ListRoot(list) => match is("item") {
                true => (0..self.list(list).len()).map(|index| NodeRef::Item(list, index)).collect(),
                false => Vec::new(),
            },
            NodeRef::Item(list, index) => {
                let extra = self.list(list).get(index).into_iter().flat_map(|c| c.extra.keys());
                ["name", "label", "itextId"]
                    .into_iter()
                    .chain(extra.map(String::as_str))
                    .filter(|column| is(column))
                    .map(|column| NodeRef::Column(list, index, column))
                    .collect()
            }
            NodeRef::Column(..) => Vec::new(),
        }
    }

    /// The text of one place; empty for groups, for what is not relevant, and for what is not there.
    pub(crate) fn node_text(&self, node: NodeRef<'f>) -> &str {
        match node {
            NodeRef::Form(index) => {
                self.tree.nodes.get(index).filter(|n| n.relevant).map_or("", |n| n.value.as_str())
            }
            NodeRef::Column(list, index, column) => {
                let Some(choice) = self.list(list).get(index) else { return "" };
                match column {
                    "name" => &choice.name,
                    "label" => self.program.form().text(&choice.label, &self.context.language),
                    // Only useful inside jr:itext(), which takes the label directly.
                    "itextId" => &choice.name,
                    other => choice.extra.get(other).map_or("", String::as_str),
                }
            }
            _ => "",
        }
    }

    pub(super) fn list(&self, list: &str) -> &'f [Choice] {
        self.program.form().lists.get(list).map(|l| l.choices.as_slice()).unwrap_or_default()
    }
}
