//! The two faces of a paper, and how wide their signs are. They are in the binary: nothing is fetched, and every machine sets the
//! same lines.

use std::collections::HashMap;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::PaperError;

/// A sign that stands for one that the face does not have.
const NONE: char = '\u{25A1}';

/// One face.
pub(crate) struct Face {
    /// Each sign, and how wide it is where the height is one.
    signs: HashMap<char, (u32, f32)>,
    /// As the library draws it.
    pub(crate) drawn: Font,
}

/// Both: of text, and of what is strong.
pub(crate) struct Faces {
    pub(crate) plain: Face,
    pub(crate) strong: Face,
}

impl Faces {
    pub(crate) fn new() -> Result<Self, PaperError> {
        Ok(Self {
            plain: Face::new(include_bytes!("../../fonts/DejaVuSans.ttf"))?,
            strong: Face::new(include_bytes!("../../fonts/DejaVuSans-Bold.ttf"))?,
        })
    }

    pub(crate) fn of(&self, strong: bool) -> &Face {
        if strong { &self.strong } else { &self.plain }
    }
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, PaperError> {
        let font = FontRef::new(bytes).map_err(|e| PaperError(e.to_string()))?;
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let wide = |id| metrics.advance_width(id).unwrap_or(0.0);
        let signs = font.charmap().mappings();
        let signs = signs.filter_map(|(c, id)| Some((char::from_u32(c)?, (id.to_u32(), wide(id))))).collect();
        let data = krilla::Data::from(bytes.to_vec());
        let drawn = Font::new(data, 0).ok_or_else(|| PaperError("the font cannot be read".to_owned()))?;
        Ok(Self { signs, drawn })
    }

    fn sign(&self, c: char) -> (u32, f32) {
        self.signs.get(&c).or_else(|| self.signs.get(&NONE)).copied().unwrap_or_default()
    }

    /// How wide a text is at this size, in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.sign(c).1).sum::<f32>() * size
    }

    /// The signs of a text.
    pub(crate) fn set(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .map(|(at, c)| {
                let (id, width) = self.sign(c);
                KrillaGlyph {
                    glyph_id: GlyphId::new(id),
                    text_range: at..at + c.len_utf8(),
                    x_advance: width,
                    x_offset: 0.0,
                    y_offset: 0.0,
                    y_advance: 0.0,
                    location: None,
                }
            })
            .collect()
    }
}
