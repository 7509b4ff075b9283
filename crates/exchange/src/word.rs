//! The organisation's own Word templates: checked when they are brought, filled when a paper is needed.
//!
//! Source: ECMA-376 (Office Open XML), part 1, the transitional variant, and part 2 on packages. What a template may hold is
//! [`Rules`]; what it holds is [`Found`]. Whatever comes out was written here, byte by byte the same for the same values: no
//! author, no dates, nothing that is fetched, nothing that runs.

use std::collections::{BTreeMap, BTreeSet};

use expand::{Source, Walk};
use package::Package;
use xml::Element;

mod code;
mod expand;
mod foot;
mod marks;
mod package;
mod picture;
mod problem;
mod read;
mod safe;
mod starter;
pub(crate) mod xml;

pub use code::Code;
use problem::MANY;
pub use problem::{NEAR, Place, Problem, Why};
pub use read::{Shown, shown};
pub use starter::{Line, Starter, starter};

/// The largest template, in bytes: a letter with the office's coat of arms has a tenth of it.
pub const LARGEST: usize = 2 << 20;

/// Names that may stand in a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Values.
    pub texts: BTreeSet<String>,
    /// Blocks, each with the names that it adds.
    pub blocks: BTreeMap<String, Self>,
}

/// What a kind of paper asks of its templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Names that may be used.
    pub names: Names,
    /// Values that stand in the foot of every page.
    pub foot: Vec<String>,
    /// Of each list, one has to stand somewhere.
    pub must: Vec<Vec<String>>,
}

/// What a paper says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Values by name. One that is not here is empty.
    pub texts: BTreeMap<String, String>,
    /// Blocks by name, each with its items.
    pub blocks: BTreeMap<String, Vec<Self>>,
    /// Codes for a camera by name.
    pub codes: BTreeMap<String, Code>,
}

impl Values {
    /// Adds a code for a camera.
    #[must_use]
    pub fn code(mut self, name: &str, code: Code) -> Self {
        self.codes.insert(name.to_owned(), code);
        self
    }

    /// Adds a value.
    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.texts.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a block.
    #[must_use]
    pub fn block(mut self, name: &str, items: Vec<Self>) -> Self {
        self.blocks.insert(name.to_owned(), items);
        self
    }
}

/// What a template holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Names of values, wherever they stand.
    pub texts: BTreeSet<String>,
    /// Names of blocks; whether it repeats rows of a table.
    pub blocks: BTreeMap<String, bool>,
}

/// A template that may be used.
#[derive(Clone, Debug)]
pub struct Template {
    package: Package,
    /// What it holds.
    pub found: Found,
}

impl Template {
    /// Reads a template and checks it.
    ///
    /// # Errors
    /// Every problem that keeps it from being used.
    pub fn read(bytes: &[u8], rules: &Rules) -> Result<Self, Vec<Problem>> {
        let mut package = Package::open(bytes)?;
        let (mut problems, mut found) = (Vec::new(), Found::default());
        let mut by_part = BTreeMap::new();
        for (name, part) in package.parts.iter_mut().filter(|(_, p)| p.role.reads()) {
            let place = part.role.place();
            marks::mend(&mut part.root, place, &mut problems);
            let mut noting = Noting { place, scopes: vec![&rules.names], ..Noting::default() };
            if let Err(why) = Walk::new(&mut noting, place).part(&part.root) {
                problems.push(Problem::new(place, why));
            }
            found.texts.extend(noting.found.texts);
            found.blocks.extend(noting.found.blocks);
            problems.extend(noting.problems);
            by_part.insert(name.clone(), noting.outside);
        }
        problems.extend(foot::check(&package, &by_part, &rules.foot));
        for one_of in &rules.must {
            if !one_of.iter().any(|n| found.texts.contains(n) || found.blocks.contains_key(n)) {
                problems.push(Problem::new(Place::Body, Why::Missing).like(one_of.clone()));
            }
        }
        problems.sort();
        problems.dedup();
        problems.truncate(MANY);
        if problems.is_empty() { Ok(Self { package, found }) } else { Err(problems) }
    }

    /// The template itself, without what is the office's own business. Reading it again gives the same.
    ///
    /// # Errors
    /// [`Why::Broken`] when it cannot be written.
    pub fn clean(&self) -> Result<Vec<u8>, Why> {
        self.package.write()
    }

    /// The paper: every placeholder gives way to its value, never to another placeholder.
    ///
    /// # Errors
    /// [`Why::Long`] when it would have no end.
    pub fn fill(&self, values: &Values) -> Result<Vec<u8>, Why> {
        let mut package = self.package.clone();
        let mut drawn = BTreeMap::new();
        for part in package.parts.values_mut().filter(|p| p.role.reads()) {
            let mut filling =
                Filling { scopes: vec![values], lists: Vec::new(), drawn: &mut drawn, own: BTreeSet::new() };
            part.root = Walk::new(&mut filling, part.role.place()).part(&part.root)?;
            let rel = |name: &String| package::Rel {
                id: code_id(name),
                kind: "image".into(),
                target: code_part(name),
                outside: false,
            };
            // A paper that was made may be brought as a template: the code of then gives way.
            part.rels.retain(|r| !filling.own.iter().any(|name| r.id == code_id(name)));
            part.rels.extend(filling.own.iter().map(rel));
        }
        package.pictures.extend(drawn.into_iter().map(|(name, (_, png))| (code_part(&name), png)));
        package.write()
    }
}

/// What a reader of a document sees, line by line, for a look at it and for tests.
///
/// # Errors
/// What keeps it from being read.
pub fn text(bytes: &[u8]) -> Result<Vec<(Place, Vec<String>)>, Vec<Problem>> {
    let package = Package::open(bytes)?;
    let mut all: Vec<(Place, Vec<String>)> = Vec::new();
    for part in package.parts.values().filter(|p| p.role.reads()) {
        let mut lines = Vec::new();
        part.root.each(&mut |e| {
            if e.name == "w:p" {
                lines.push(marks::words(e));
            }
        });
        all.push((part.role.place(), lines));
    }
    all.sort_by_key(|(place, _)| *place);
    Ok(all)
}

/// Notes which names stand where, and goes through each block once.
#[derive(Default)]
struct Noting<'a> {
    place: Place,
    scopes: Vec<&'a Names>,
    /// Blocks that are open now.
    open: Vec<String>,
    found: Found,
    /// Values outside of every block: those that stand there however long the lists are.
    outside: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Noting<'_> {
    /// Inside a block that nobody knows: it was told, and what stands in it may be right once the block is. Or enough was told.
    fn lost(&self) -> bool {
        self.problems.len() >= MANY || self.scopes.iter().any(|n| **n == NOTHING)
    }

    /// The names that may be meant, the likest first.
    fn like(&self, name: &str, block: bool) -> Vec<String> {
        let all = self.scopes.iter().flat_map(|n| {
            let texts = (!block).then_some(&n.texts).into_iter().flatten();
            texts.chain(n.blocks.keys().filter(|_| block))
        });
        let mut like: Vec<(usize, &String)> = all
            .map(|n| (strsim::osa_distance(n, name), n))
            .filter(|(far, n)| *far <= 2.max(n.chars().count() / 3) || n.contains(name))
            .collect();
        like.sort();
        like.dedup();
        like.into_iter().take(3).map(|(_, n)| n.clone()).collect()
    }
}

/// Of a block that nobody knows, nothing is known inside either.
static NOTHING: Names = Names { texts: BTreeSet::new(), blocks: BTreeMap::new() };

impl Source for Noting<'_> {
    fn text(&mut self, name: &str, near: &str) -> String {
        if self.scopes.iter().any(|n| n.texts.contains(name)) {
            self.found.texts.insert(name.to_owned());
            if self.open.is_empty() {
                self.outside.insert(name.to_owned());
            }
        } else if !self.lost() {
            let problem = Problem::new(self.place, Why::Unknown).what(name).near(near);
            self.problems.push(problem.like(self.like(name, false)));
        }
        String::new()
    }

    fn enter(&mut self, name: &str, rows: bool, near: &str) -> usize {
        let known = self.scopes.iter().rev().find_map(|n| n.blocks.get(name));
        let known = known.filter(|_| !self.open.iter().any(|open| open == name));
        if known.is_some() {
            self.found.blocks.insert(name.to_owned(), rows);
        } else if !self.lost() {
            let problem = Problem::new(self.place, Why::Unknown).what(format!("#{name}")).near(near);
            self.problems.push(problem.like(self.like(name, true)));
        }
        self.open.push(name.to_owned());
        self.scopes.push(known.unwrap_or(&NOTHING));
        1
    }

    fn item(&mut self, _: usize) {}

    fn leave(&mut self) {
        self.scopes.pop();
        self.open.pop();
    }

    fn wrong(&mut self, problem: Problem) {
        if self.problems.len() < MANY {
            self.problems.push(problem);
        }
    }
}

/// The relation of a code, and its part: names that nothing of a template has.
fn code_id(name: &str) -> String {
    format!("rIdCode-{name}")
}

fn code_part(name: &str) -> String {
    format!("word/media/code-{name}.png")
}

/// Codes that were drawn somewhere, each with how often and its picture.
type Drawn = BTreeMap<String, (usize, Vec<u8>)>;

/// Gives values, the innermost first.
struct Filling<'a, 'd> {
    scopes: Vec<&'a Values>,
    lists: Vec<&'a [Values]>,
    drawn: &'d mut Drawn,
    /// Codes of the part that is being filled.
    own: BTreeSet<String>,
}

impl Source for Filling<'_, '_> {
    fn code(&mut self, name: &str) -> Option<Element> {
        let code = self.scopes.iter().rev().find_map(|v| v.codes.get(name))?;
        if !self.drawn.contains_key(name) {
            self.drawn.insert(name.to_owned(), (0, code.png()?));
        }
        let (often, _) = self.drawn.get_mut(name)?;
        *often += 1;
        self.own.insert(name.to_owned());
        // Word wants a number of its own for each drawing; those of a template are small.
        Some(code.drawing(&code_id(name), 90_000 + *often))
    }

    fn text(&mut self, name: &str, _: &str) -> String {
        self.scopes.iter().rev().find_map(|v| v.texts.get(name)).cloned().unwrap_or_default()
    }

    fn enter(&mut self, name: &str, _: bool, _: &str) -> usize {
        let list = self.scopes.iter().rev().find_map(|v| v.blocks.get(name)).map_or(&[][..], Vec::as_slice);
        self.lists.push(list);
        // The place of the item, which `item` takes.
        if let Some(first) = list.first() {
            self.scopes.push(first);
        }
        list.len()
    }

    fn item(&mut self, n: usize) {
        if let (Some(list), Some(scope)) = (self.lists.last(), self.scopes.last_mut())
            && let Some(item) = list.get(n)
        {
            *scope = item;
        }
    }

    fn leave(&mut self) {
        if self.lists.pop().is_some_and(|list| !list.is_empty()) {
            self.scopes.pop();
        }
    }

    fn wrong(&mut self, _: Problem) {}
}
