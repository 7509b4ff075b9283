//! Drawing: boxes first, then each line with the part it belongs to; the tree of parts is what a screen reader reads.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};

use super::colour::Colour;
use super::lay::{Area, Ink, Laid, Line, Part, lay};
use super::{Sheet, SheetError};
use crate::document::Faces;
use crate::tagged::{Marked, Tagged, leaf};

/// Writes the sheet as PDF 1.7, PDF/UA-1, on one page. The same sheet gives the same bytes; no date and no author are in it.
///
/// # Errors
/// When it does not fit on one page, when its colours cannot be read, or when the library refuses it.
pub fn write(sheet: &Sheet) -> Result<Vec<u8>, SheetError> {
    sheet.colours.check()?;
    let faces = Faces::new().map_err(|e| SheetError::Paper(e.to_string()))?;
    let (laid, _) = lay(&faces, sheet)?;
    let mut pdf = Tagged::begin(&sheet.title, &sheet.language).map_err(SheetError::Paper)?;
    let mut marked = Marked::new();
    let draw = |surface: &mut Surface<'_>| draw(surface, &faces, sheet, &laid, &mut marked);
    pdf.page(sheet.page.points(), draw).map_err(SheetError::Paper)?;
    pdf.end(outline(&laid), tree(&laid, &mut marked)).map_err(SheetError::Paper)
}

/// The share of the usual size at which a sheet is one page, for whoever sets it otherwise.
///
/// # Errors
/// As [`write`].
pub fn scale(sheet: &Sheet) -> Result<f32, SheetError> {
    sheet.colours.check()?;
    let faces = Faces::new().map_err(|e| SheetError::Paper(e.to_string()))?;
    Ok(lay(&faces, sheet)?.1)
}

pub(crate) fn fill(colour: Colour) -> Option<Fill> {
    let paint = rgb::Color::new(colour.0, colour.1, colour.2).into();
    Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() })
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, sheet: &Sheet, laid: &Laid, marked: &mut Marked) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_stroke(None);
    for area in &laid.areas {
        surface.set_fill(fill(if area.main { sheet.colours.main } else { sheet.colours.soft }));
        put_area(surface, area);
    }
    surface.end_tagged();
    for line in laid.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        surface.set_fill(fill(match line.ink {
            Ink::Text => Colour::INK,
            Ink::Main => sheet.colours.main,
            Ink::White => Colour::WHITE,
        }));
        let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        put_line(surface, faces, line);
        surface.end_tagged();
        marked.entry(line.part).or_default().push(id);
    }
}

pub(crate) fn put_area(surface: &mut Surface<'_>, area: &Area) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(area.at.0, area.at.1, area.size.0, area.size.1) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

pub(crate) fn put_line(surface: &mut Surface<'_>, faces: &Faces, line: &Line) {
    let face = faces.of(line.strong);
    let at = Point::from_xy(line.at.0, line.at.1);
    surface.draw_glyphs(at, &face.set(&line.text), face.drawn.clone(), &line.text, line.size, false);
}

fn outline(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    for part in &laid.parts {
        if let Part::Heading(_, part, text) = part {
            let y = laid.lines.iter().find(|l| l.part == *part).map_or(0.0, |l| l.at.1 - l.size);
            outline
                .push_child(OutlineNode::new(text.clone(), XyzDestination::new(0, Point::from_xy(0.0, y))));
        }
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
            Part::Facts(rows) => {
                let mut table = TagGroup::new(Tag::Table);
                for (what, is) in rows {
                    let mut row = TagGroup::new(Tag::TR);
                    row.push(leaf(TagGroup::new(Tag::TH(TableHeaderScope::Row)), *what, marked));
                    row.push(leaf(TagGroup::new(Tag::TD), *is, marked));
                    table.push(row);
                }
                tree.push(table);
            }
            Part::List(items) => {
                let dotted = items.iter().any(|(mark, _)| mark.is_some());
                let numbering = if dotted { ListNumbering::Disc } else { ListNumbering::None };
                let mut list = TagGroup::new(Tag::L(numbering));
                for (mark, body) in items {
                    let mut one = TagGroup::new(Tag::LI);
                    if let Some(mark) = mark {
                        one.push(leaf(TagGroup::new(Tag::Lbl), *mark, marked));
                    }
                    one.push(leaf(TagGroup::new(Tag::LBody), *body, marked));
                    list.push(one);
                }
                tree.push(list);
            }
        }
    }
    tree
}
