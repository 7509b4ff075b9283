//! Drawing: frame and logo are ornaments, each line belongs to a part, and the tree of parts is what a screen reader reads.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::outline::{Outline, OutlineNode};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};

use super::lay::{Laid, Part, across, lay};
use super::{Certificate, SIGNERS, logo};
use crate::document::Faces;
use crate::sheet::draw::{fill, put_area, put_line};
use crate::sheet::lay::Ink;
use crate::sheet::{Colour, SheetError};
use crate::tagged::{Marked, Tagged, leaf};

/// Writes a certificate as PDF 1.7, PDF/UA-1, on one page. The same gives the same bytes; no date and no author are in it.
///
/// # Errors
/// When it does not fit on one page, when its colours cannot be read, when its logo is none, or when the library refuses it.
pub fn write(one: &Certificate) -> Result<Vec<u8>, SheetError> {
    one.colours.check()?;
    if one.sign.len() > SIGNERS {
        return Err(SheetError::Paper(format!(
            "{} are to sign, and {SIGNERS} can beside each other",
            one.sign.len()
        )));
    }
    let faces = Faces::new().map_err(|e| SheetError::Paper(e.to_string()))?;
    let picture = match &one.logo {
        None => None,
        Some(bytes) => {
            let size = logo(bytes).map_err(SheetError::Paper)?;
            Some((Image::from_png(bytes.clone().into(), true).map_err(SheetError::Paper)?, size))
        }
    };
    let laid = lay(&faces, one, picture.as_ref().map(|(_, size)| *size))?;
    let mut pdf = Tagged::begin(&one.file, &one.language).map_err(SheetError::Paper)?;
    let mut marked = Marked::new();
    let logo = picture.map(|(image, _)| image);
    let draw = |surface: &mut Surface<'_>| draw(surface, &faces, (one, logo), &laid, &mut marked);
    pdf.page(across(one), draw).map_err(SheetError::Paper)?;
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(one.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    pdf.end(outline, tree(one, &laid, &mut marked)).map_err(SheetError::Paper)
}

fn draw(
    surface: &mut Surface<'_>,
    faces: &Faces,
    (one, logo): (&Certificate, Option<Image>),
    laid: &Laid,
    marked: &mut Marked,
) {
    surface.set_stroke(None);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(fill(one.colours.main));
    laid.areas.iter().for_each(|area| put_area(surface, area));
    // Whose it is stands below in words.
    if let Some((image, ((x, y), (w, h)))) = logo.zip(laid.logo)
        && let Some(size) = Size::from_wh(w, h)
    {
        surface.push_transform(&Transform::from_translate(x, y));
        surface.draw_image(image, size);
        surface.pop();
    }
    surface.end_tagged();
    for line in laid.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        surface.set_fill(fill(if line.ink == Ink::Main { one.colours.main } else { Colour::INK }));
        let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        put_line(surface, faces, line);
        surface.end_tagged();
        marked.entry(line.part).or_default().push(id);
    }
    let Some(part) =
        laid.parts.iter().find_map(|p| if let Part::Code(part) = p { Some(*part) } else { None })
    else {
        return;
    };
    let (((x, y), side), mut path) = (laid.code, PathBuilder::new());
    for (row, modules) in one.dark.iter().enumerate() {
        for (column, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
            let square = Rect::from_xywh(x + column as f32 * side, y + row as f32 * side, side, side);
            square.into_iter().for_each(|square| path.push_rect(square));
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(fill(Colour::INK));
        let id = surface.start_tagged(ContentTag::Other);
        surface.draw_path(&path);
        surface.end_tagged();
        marked.entry(part).or_default().push(id);
    }
}

fn tree(one: &Certificate, laid: &Laid, marked: &mut Marked) -> TagTree {
    let mut tree = TagTree::new();
    for part in &laid.parts {
        tree.push(match part {
            Part::Title(part) => {
                leaf(TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(one.title.clone()))), *part, marked)
            }
            Part::Text(part) => leaf(TagGroup::new(Tag::P), *part, marked),
            Part::Code(part) => leaf(TagGroup::new(Tag::Figure(Some(one.says.clone()))), *part, marked),
        });
    }
    tree
}
