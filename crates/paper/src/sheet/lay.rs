//! Where everything stands, at the largest size at which it is one page.

use super::{Sheet, SheetError};
use crate::document::{Faces, broken};

/// The sizes that are tried, as a share of the usual one. Below the last no text would be smaller than seven points.
const STEPS: [f32; 9] = [1.12, 1.08, 1.04, 1.0, 0.96, 0.92, 0.88, 0.85, 0.82];

/// Margin on each side, in points.
const MARGIN: f32 = 44.0;
/// Between columns.
const GAP: f32 = 22.0;
const TITLE: f32 = 21.0;
const HEADING: f32 = 11.5;
const BODY: f32 = 9.6;
const SMALL: f32 = 8.6;
const BIG: f32 = 24.0;
const LEADING: f32 = 1.36;

/// What a text is drawn in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Main,
    White,
}

/// A line of text where it stands: the left end of its base line, from the upper left corner.
pub(crate) struct Line {
    pub(crate) at: (f32, f32),
    pub(crate) text: String,
    pub(crate) size: f32,
    pub(crate) strong: bool,
    pub(crate) ink: Ink,
    pub(crate) part: usize,
}

/// A box of one colour: place and size.
pub(crate) struct Area {
    pub(crate) at: (f32, f32),
    pub(crate) size: (f32, f32),
    pub(crate) main: bool,
}

/// What the parts are, in the order in which they are read.
pub(super) enum Part {
    Heading(u8, usize, String),
    Text(usize),
    Facts(Vec<(usize, usize)>),
    /// Mark and text of each item; a figure has no mark.
    List(Vec<(Option<usize>, usize)>),
}

#[derive(Default)]
pub(super) struct Laid {
    pub(super) areas: Vec<Area>,
    pub(super) lines: Vec<Line>,
    pub(super) parts: Vec<Part>,
}

struct Laying<'f> {
    faces: &'f Faces,
    laid: Laid,
    scale: f32,
    count: usize,
}

/// Sets a sheet, and says at which of the sizes.
pub(super) fn lay(faces: &Faces, sheet: &Sheet) -> Result<(Laid, f32), SheetError> {
    let (_, height) = sheet.page.points();
    let mut over = 0.0;
    for scale in STEPS {
        let mut it = Laying { faces, laid: Laid::default(), scale, count: 0 };
        let foot = it.foot_height(sheet);
        let end = it.everything(sheet);
        over = end - (height - MARGIN * 0.7 - foot);
        if over <= 0.0 {
            it.foot(sheet, foot);
            return Ok((it.laid, scale));
        }
    }
    Err(too_long(over, BODY * STEPS[STEPS.len() - 1] * LEADING, longest(sheet)))
}

/// By how many lines of a height it is too long, and what is longest in it.
pub(crate) fn too_long(over: f32, line: f32, longest: String) -> SheetError {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of lines")]
    let lines = (over / line).ceil().max(1.0) as usize;
    SheetError::TooLong { lines, longest }
}

/// The heading under which most of the text stands.
fn longest(sheet: &Sheet) -> String {
    let lists = sheet.left.iter().chain(&sheet.right);
    let lists =
        lists.map(|(heading, items)| (items.iter().map(|t| t.chars().count()).sum::<usize>(), heading));
    let overview = (sheet.overview.1.chars().count(), &sheet.overview.0);
    let facts = sheet.facts.iter().map(|(label, text)| (text.chars().count(), label));
    let all = lists.chain([overview]).chain(facts);
    all.max_by_key(|(many, _)| *many).map(|(_, heading)| heading.clone()).unwrap_or_default()
}

impl Laying<'_> {
    const fn part(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// Text in a column from a height on; gives the height at which it ends.
    fn set(
        &mut self,
        text: &str,
        (x, y, wide): (f32, f32, f32),
        (size, strong, ink): (f32, bool, Ink),
        part: usize,
    ) -> f32 {
        let size = size * self.scale;
        let leading = if size > 18.0 { 1.16 } else { LEADING };
        let mut y = y;
        for text in broken(self.faces.of(strong), size, wide, text) {
            self.laid.lines.push(Line { at: (x, y + size), text, size, strong, ink, part });
            y += size * leading;
        }
        y
    }

    fn everything(&mut self, sheet: &Sheet) -> f32 {
        let (page, _) = sheet.page.points();
        let wide = page - 2.0 * MARGIN;
        let gap = 12.0 * self.scale;
        let mut y = self.band(sheet, page, wide) + gap;
        y = self.facts(&sheet.facts, y, wide) + gap;
        y = self.heading(&sheet.overview.0, (MARGIN, y, wide));
        let part = self.part();
        y = self.set(&sheet.overview.1, (MARGIN, y, wide), (BODY, false, Ink::Text), part) + gap;
        self.laid.parts.push(Part::Text(part));
        y = self.numbers(sheet, y, wide) + gap;
        let half = (wide - GAP) / 2.0;
        let left = self.lists(&sheet.left, (MARGIN, y, half));
        let right = self.lists(&sheet.right, (MARGIN + half + GAP, y, half));
        left.max(right)
    }

    /// Owner, title and day, in white on the main colour.
    fn band(&mut self, sheet: &Sheet, page: f32, wide: f32) -> f32 {
        let top = 24.0 * self.scale;
        let (owner, title, dated) = (self.part(), self.part(), self.part());
        let mut y = self.set(&sheet.owner, (MARGIN, top, wide), (BODY, false, Ink::White), owner) + 3.0;
        y = self.set(&sheet.title, (MARGIN, y, wide), (TITLE, true, Ink::White), title) + 3.0;
        y = self.set(&sheet.dated, (MARGIN, y, wide), (BODY, false, Ink::White), dated);
        y += 14.0 * self.scale;
        self.laid.areas.push(Area { at: (0.0, 0.0), size: (page, y), main: true });
        self.laid.parts.push(Part::Text(owner));
        self.laid.parts.push(Part::Heading(1, title, sheet.title.clone()));
        self.laid.parts.push(Part::Text(dated));
        y
    }

    /// Beside each other, with a line of the main colour above.
    fn facts(&mut self, facts: &[(String, String)], y: f32, wide: f32) -> f32 {
        let column = (wide - GAP * 0.8 * (facts.len().max(1) - 1) as f32) / facts.len().max(1) as f32;
        let (mut end, mut parts) = (y, Vec::new());
        for (n, (label, text)) in facts.iter().enumerate() {
            let x = MARGIN + n as f32 * (column + GAP * 0.8);
            self.laid.areas.push(Area { at: (x, y), size: (column, 1.5), main: true });
            let (what, is) = (self.part(), self.part());
            let below = self.set(label, (x, y + 5.0, column), (SMALL, true, Ink::Main), what) + 1.0;
            end = self.set(text, (x, below, column), (SMALL, false, Ink::Text), is).max(end);
            parts.push((what, is));
        }
        self.laid.parts.push(Part::Facts(parts));
        end
    }

    fn heading(&mut self, text: &str, (x, y, wide): (f32, f32, f32)) -> f32 {
        let part = self.part();
        let y = self.set(text, (x, y, wide), (HEADING, true, Ink::Main), part) + 2.0 * self.scale;
        self.laid.parts.push(Part::Heading(2, part, text.to_owned()));
        y
    }

    /// Three beside each other, on the soft ground; a row is as high as its highest.
    fn numbers(&mut self, sheet: &Sheet, y: f32, wide: f32) -> f32 {
        let (heading, figures) = &sheet.numbers;
        let inside = 12.0 * self.scale;
        let top = y;
        let mut y = self.heading(heading, (MARGIN + inside, y + inside * 0.9, wide - 2.0 * inside))
            + 4.0 * self.scale;
        let column = (wide - 2.0 * inside - 2.0 * GAP) / 3.0;
        let mut parts = Vec::new();
        for row in figures.chunks(3) {
            let mut end = y;
            for (n, big) in row.iter().enumerate() {
                let x = MARGIN + inside + n as f32 * (column + GAP);
                let part = self.part();
                let below = self.set(&big.value, (x, y, column), (BIG, true, Ink::Main), part) + 1.0;
                end = self.set(&big.label, (x, below, column), (SMALL, false, Ink::Text), part).max(end);
                parts.push((None, part));
            }
            y = end + 9.0 * self.scale;
        }
        let end = y + inside * 0.3;
        self.laid.parts.push(Part::List(parts));
        self.laid.areas.push(Area { at: (MARGIN, top), size: (wide, end - top), main: false });
        end
    }

    fn lists(&mut self, lists: &[(String, Vec<String>)], (x, y, wide): (f32, f32, f32)) -> f32 {
        let mut y = y;
        for (n, (heading, items)) in lists.iter().enumerate() {
            y += if n > 0 { 8.0 * self.scale } else { 0.0 };
            y = self.heading(heading, (x, y, wide));
            let inset = 11.0 * self.scale;
            let mut parts = Vec::new();
            for item in items {
                let (mark, body) = (self.part(), self.part());
                self.set("•", (x, y, inset), (BODY, true, Ink::Main), mark);
                y = self.set(item, (x + inset, y, wide - inset), (BODY, false, Ink::Text), body)
                    + 2.6 * self.scale;
                parts.push((Some(mark), body));
            }
            self.laid.parts.push(Part::List(parts));
        }
        y
    }

    fn foot_height(&self, sheet: &Sheet) -> f32 {
        let (page, _) = sheet.page.points();
        let size = SMALL * self.scale;
        let lines = broken(&self.faces.plain, size, page - 2.0 * MARGIN, &sheet.foot).len();
        lines as f32 * size * LEADING + 8.0
    }

    /// At the very bottom, below a thin line.
    fn foot(&mut self, sheet: &Sheet, height: f32) {
        let (page, high) = sheet.page.points();
        let top = high - MARGIN * 0.7 - height;
        let wide = page - 2.0 * MARGIN;
        self.laid.areas.push(Area { at: (MARGIN, top + 3.0), size: (wide, 0.7), main: true });
        let part = self.part();
        self.set(&sheet.foot, (MARGIN, top + 7.0, wide), (SMALL, false, Ink::Text), part);
        self.laid.parts.push(Part::Text(part));
    }
}
