//! Drawing: each line is marked with the part it belongs to, and the tree of parts is what a screen reader reads.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};

use super::font::Faces;
use super::pages::{Laid, Line, Page, Part, lay};
use super::{PAGE, Paper, PaperError};
use crate::tagged::{Marked, Tagged, leaf};

/// Writes a paper as PDF 1.7, PDF/UA-1. The same paper gives the same bytes; no date and no author are in it.
///
/// # Errors
/// When the library refuses it, as it does with a paper without a title or a heading.
pub fn write(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let faces = Faces::new()?;
    let laid = lay(&faces, paper);
    let mut pdf = Tagged::begin(&paper.title, &paper.language).map_err(PaperError)?;
    let mut marked = Marked::new();
    for page in &laid.pages {
        pdf.page(PAGE, |surface| draw(surface, &faces, page, &mut marked)).map_err(PaperError)?;
    }
    pdf.end(outline(&laid), tree(&laid, &mut marked)).map_err(PaperError)
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, page: &Page, marked: &mut Marked) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: grey(150).into(), width: 0.5, ..Stroke::default() }));
    for (from, to, y) in &page.rules {
        let mut path = PathBuilder::new();
        path.move_to(*from, *y);
        path.line_to(*to, *y);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.end_tagged();
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: grey(20).into(), opacity: NormalizedF32::ONE, ..Fill::default() }));
    for line in page.lines.iter().filter(|l| !l.text.is_empty()) {
        let tag = match line.part {
            Some(_) => ContentTag::Span(SpanTag::empty()),
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
        };
        let id = surface.start_tagged(tag);
        put(surface, faces, line);
        surface.end_tagged();
        if let Some(part) = line.part {
            marked.entry(part).or_default().push(id);
        }
    }
}

fn put(surface: &mut Surface<'_>, faces: &Faces, line: &Line) {
    let face = faces.of(line.strong);
    let at = Point::from_xy(line.at.0, line.at.1);
    surface.draw_glyphs(at, &face.set(&line.text), face.drawn.clone(), &line.text, line.size, false);
}

fn grey(of: u8) -> rgb::Color {
    rgb::Color::new(of, of, of)
}

/// The headings, for whoever looks for a place in it: those below the title are below it here too.
fn outline(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    let headings = laid.parts.iter().filter_map(|part| match part {
        Part::Heading(_, _, text) => Some(text.clone()),
        _ => None,
    });
    for (text, (page, y)) in headings.zip(&laid.headings) {
        outline.push_child(OutlineNode::new(text, XyzDestination::new(*page, Point::from_xy(0.0, *y))));
    }
    outline
}

fn tree(laid: &Laid, marked: &mut Marked) -> TagTree {
    let mut tree = TagTree::new();
    for part in &laid.parts {
        match part {
            Part::Heading(level, part, text) => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                tree.push(leaf(TagGroup::new(Tag::Hn(level, Some(text.clone()))), *part, marked));
            }
            Part::Text(part) => tree.push(leaf(TagGroup::new(Tag::P), *part, marked)),
            Part::List(items) => {
                let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
                for (mark, body) in items {
                    let mut one = TagGroup::new(Tag::LI);
                    one.push(leaf(TagGroup::new(Tag::Lbl), *mark, marked));
                    one.push(leaf(TagGroup::new(Tag::LBody), *body, marked));
                    list.push(one);
                }
                tree.push(list);
            }
            Part::Table(head, rows) => tree.push(table(head, rows, marked)),
        }
    }
    tree
}

fn table(head: &[usize], rows: &[Vec<usize>], marked: &mut Marked) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    let mut row = |cells: &[usize], scope: Option<(usize, TableHeaderScope)>| {
        let mut group = TagGroup::new(Tag::TR);
        for (n, cell) in cells.iter().enumerate() {
            let tag = match scope {
                Some((heads, scope)) if n < heads => TagGroup::new(Tag::TH(scope)),
                _ => TagGroup::new(Tag::TD),
            };
            group.push(leaf(tag, *cell, marked));
        }
        group
    };
    if !head.is_empty() {
        table.push(row(head, Some((head.len(), TableHeaderScope::Column))));
    }
    for cells in rows {
        table.push(row(cells, head.is_empty().then_some((1, TableHeaderScope::Row))));
    }
    table
}
