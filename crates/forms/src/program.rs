//! A form with its expressions parsed, its names resolved and its fields put in order of dependence.

use std::collections::HashMap;

use crate::expr::ast::Expr;
use crate::expr::lexer::SyntaxError;
use crate::expr::parse::parse;
use crate::form::{Form, Item, Kind};

mod order;
pub(crate) mod resolve;
mod slot;

pub(crate) use slot::Slot;

/// A place of the form as written, without its copies. Definition 0 is `data` itself.
pub(crate) struct Def<'f> {
    /// None for `data`.
    pub item: Option<&'f Item>,
    /// Definition above; 0 for `data` itself.
    pub parent: usize,
    pub children: Vec<usize>,
    /// Path without `/data/` and indices.
    pub path: String,
}

/// A parsed expression, or what is wrong with it.
pub(crate) type Parsed = Result<Expr, SyntaxError>;

/// See the module.
pub(crate) struct Program<'f> {
    form: &'f Form,
    pub defs: Vec<Def<'f>>,
    names: HashMap<&'f str, usize>,
    /// By definition and slot.
    exprs: Vec<[Option<Parsed>; Slot::COUNT]>,
    pub instance_name: Option<Parsed>,
    /// Definitions such that each follows what it depends on.
    pub order: Vec<usize>,
    /// Definitions that wait for one another; they come last in `order`.
    pub cycle: Vec<usize>,
    /// Whether a value may differ from one evaluation to the next.
    pub volatile: Vec<bool>,
}

impl<'f> Program<'f> {
    /// Parses everything. What cannot be parsed stays as an error in its slot.
    pub(crate) fn new(form: &'f Form) -> Self {
        let mut program = Self {
            form,
            defs: vec![Def { item: None, parent: 0, children: Vec::new(), path: String::new() }],
            names: HashMap::new(),
            exprs: vec![Default::default()],
            instance_name: form.instance_name.as_deref().map(parse),
            order: Vec::new(),
            cycle: Vec::new(),
            volatile: Vec::new(),
        };
        let mut stack: Vec<(usize, &'f Item)> = form.items.iter().rev().map(|item| (0, item)).collect();
        while let Some((parent, item)) = stack.pop() {
            let def = program.define(parent, item);
            stack.extend(item.children.iter().rev().map(|child| (def, child)));
        }
        order::sort(&mut program);
        program
    }

    fn define(&mut self, parent: usize, item: &'f Item) -> usize {
        let def = self.defs.len();
        let above = self.defs.get(parent).map(|d| d.path.as_str()).unwrap_or_default();
        let path = if above.is_empty() { item.name.clone() } else { format!("{above}/{}", item.name) };
        self.defs.push(Def { item: Some(item), parent, children: Vec::new(), path });
        if let Some(parent) = self.defs.get_mut(parent) {
            parent.children.push(def);
        }
        self.names.entry(&item.name).or_insert(def);
        self.exprs.push(Slot::ALL.map(|slot| slot.source(item).map(parse)));
        def
    }

    pub(crate) fn form(&self) -> &'f Form {
        self.form
    }

    pub(crate) fn item(&self, def: usize) -> Option<&'f Item> {
        self.defs.get(def).and_then(|d| d.item)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    pub(crate) fn expr(&self, def: usize, slot: Slot) -> Option<&Parsed> {
        self.exprs.get(def).and_then(|slots| slots.get(slot as usize)).and_then(Option::as_ref)
    }

    pub(crate) fn is_repeat(&self, def: usize) -> bool {
        self.item(def).is_some_and(|item| item.kind == Kind::Repeat)
    }

    /// Definitions above, nearest first, ending with `data`.
    pub(crate) fn ancestors(&self, def: usize) -> impl Iterator<Item = usize> {
        let mut at = def;
        std::iter::from_fn(move || {
            if at == 0 {
                return None;
            }
            at = self.defs.get(at).map_or(0, |d| d.parent);
            Some(at)
        })
    }
}
