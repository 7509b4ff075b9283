//! Pages: where each line stands, and to which part of the paper it belongs.

use super::font::Faces;
use super::lines::broken;
use super::{Block, FOOT, MARGIN, PAGE, Paper};

/// A line of text where it stands. The place is the left end of its base line, in points from the upper left corner.
pub(super) struct Line {
    pub(super) at: (f32, f32),
    pub(super) text: String,
    pub(super) size: f32,
    pub(super) strong: bool,
    /// The part it belongs to; none: it is repeated on each page, and nobody needs to hear it again.
    pub(super) part: Option<usize>,
}

/// A page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    /// Rules: from, to, at which height.
    pub(super) rules: Vec<(f32, f32, f32)>,
}

/// What the parts are: a number stands for whatever lines belong to it.
pub(super) enum Part {
    Heading(u8, usize, String),
    Text(usize),
    /// The mark of each, and what it says.
    List(Vec<(usize, usize)>),
    /// The numbers of the cells; of a table without a head the first of each row says what it is.
    Table(Vec<usize>, Vec<Vec<usize>>),
}

/// A paper with everything in its place.
pub(super) struct Laid {
    pub(super) pages: Vec<Page>,
    pub(super) parts: Vec<Part>,
    /// Where the headings stand: page and height, in their order.
    pub(super) headings: Vec<(usize, f32)>,
}

struct Laying<'f> {
    faces: &'f Faces,
    laid: Laid,
    /// The height at which the next line begins.
    y: f32,
    /// Parts so far.
    count: usize,
    /// The head of the table that is being set, to be shown again on the next page.
    head: Vec<Vec<String>>,
}

const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
const BODY: f32 = 10.5;
const SMALL: f32 = 8.5;
/// Between lines, as a multiple of the size.
const LEADING: f32 = 1.4;
/// Between columns.
const GAP: f32 = 10.0;

/// Sets a paper.
pub(super) fn lay(faces: &Faces, paper: &Paper) -> Laid {
    let laid = Laid { pages: vec![Page::default()], parts: Vec::new(), headings: Vec::new() };
    let mut it = Laying { faces, laid, y: MARGIN, count: 0, head: Vec::new() };
    for block in paper.blocks.iter().filter(|b| says_something(b)) {
        it.block(block);
    }
    let of = it.laid.pages.len();
    for (n, page) in it.laid.pages.iter_mut().enumerate() {
        let foot = format!("{} · {} / {of}", paper.foot, n + 1);
        let lines = broken(&faces.plain, SMALL, WIDTH, foot.trim_start_matches(" · "));
        let first = PAGE.1 - MARGIN + SMALL - (lines.len().saturating_sub(1)) as f32 * SMALL * 1.2;
        page.rules.push((MARGIN, PAGE.0 - MARGIN, first - SMALL * 1.6));
        for (k, text) in lines.into_iter().enumerate() {
            let at = (MARGIN, first + k as f32 * SMALL * 1.2);
            page.lines.push(Line { at, text, size: SMALL, strong: false, part: None });
        }
    }
    it.laid
}

/// A part without a word would be an empty stop for whoever listens.
fn says_something(block: &Block) -> bool {
    let says = |t: &String| t.chars().any(|c| !c.is_whitespace() && !c.is_control());
    match block {
        Block::Heading(_, text) | Block::Text(text) | Block::Small(text) => says(text),
        Block::Facts(facts) => !facts.is_empty(),
        Block::List(all) | Block::Sign(all) => !all.is_empty(),
        Block::Table { head, .. } => !head.is_empty(),
    }
}

impl Laying<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Text(text) => self.text(text, BODY),
            Block::Small(text) => self.text(text, SMALL),
            Block::List(items) => {
                let columns = [(MARGIN + 6.0, 10.0), (MARGIN + 18.0, WIDTH - 18.0)];
                let mut parts = Vec::new();
                for item in items {
                    let (mark, body) = (self.part(), self.part());
                    self.cells(&[("•".to_owned(), mark), (item.clone(), body)], &columns, &[false, false]);
                    self.y += 2.0;
                    parts.push((mark, body));
                }
                self.y += 6.0;
                self.laid.parts.push(Part::List(parts));
            }
            Block::Facts(facts) => {
                let columns = [(MARGIN, WIDTH * 0.34 - GAP), (MARGIN + WIDTH * 0.34, WIDTH * 0.66)];
                let rows = facts.iter().map(|(a, b)| vec![a.clone(), b.clone()]);
                let rows: Vec<Vec<usize>> =
                    rows.map(|row| self.row(&row, &columns, &[true, false])).collect();
                self.y += 8.0;
                self.laid.parts.push(Part::Table(Vec::new(), rows));
            }
            Block::Table { head, rows } => self.table(head, rows),
            Block::Sign(lines) => {
                for line in lines {
                    self.room(46.0);
                    self.y += 30.0;
                    let y = self.y;
                    self.page().rules.push((MARGIN, MARGIN + WIDTH * 0.55, y));
                    self.text(line, SMALL);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let size = [18.0, 13.0, 11.0][usize::from(level.clamp(1, 3)) - 1];
        if self.y > MARGIN {
            self.y += size * 0.7;
        }
        // A heading at the end of a page belongs to what comes after it.
        self.room(size * LEADING + 3.0 * BODY * LEADING);
        let part = self.part();
        self.laid.headings.push((self.laid.pages.len() - 1, self.y));
        for line in broken(&self.faces.strong, size, WIDTH, text) {
            self.line(MARGIN, line, (size, true), Some(part));
            self.y += size * LEADING;
        }
        self.y += 4.0;
        self.laid.parts.push(Part::Heading(level.clamp(1, 3), part, text.to_owned()));
    }

    fn text(&mut self, text: &str, size: f32) {
        let part = self.part();
        for line in broken(&self.faces.plain, size, WIDTH, text) {
            self.room(size * LEADING);
            self.line(MARGIN, line, (size, false), Some(part));
            self.y += size * LEADING;
        }
        self.y += size * 0.5;
        self.laid.parts.push(Part::Text(part));
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        let wide = (WIDTH - GAP * (head.len().saturating_sub(1)) as f32) / head.len().max(1) as f32;
        let columns: Vec<(f32, f32)> =
            (0..head.len()).map(|n| (MARGIN + n as f32 * (wide + GAP), wide)).collect();
        self.room(4.0 * BODY * LEADING);
        let strong = vec![true; head.len()];
        let head_parts = self.row(head, &columns, &strong);
        self.head = head.iter().map(|t| broken(&self.faces.strong, BODY, wide, t)).collect();
        let plain = vec![false; head.len()];
        let rows = rows.iter().map(|row| self.row(row, &columns, &plain)).collect();
        self.head = Vec::new();
        self.y += 8.0;
        self.laid.parts.push(Part::Table(head_parts, rows));
    }

    /// One row with a rule below it; gives the parts of its cells. An empty cell says so, or a reader would lose the column.
    fn row(&mut self, row: &[String], columns: &[(f32, f32)], strong: &[bool]) -> Vec<usize> {
        let filled =
            |n: usize| row.get(n).map(|t| t.trim()).filter(|t| !t.is_empty()).unwrap_or("–").to_owned();
        let cells: Vec<(String, usize)> = (0..columns.len()).map(|n| (filled(n), self.part())).collect();
        self.cells(&cells, columns, strong);
        let y = self.y + 1.0;
        self.page().rules.push((MARGIN, MARGIN + WIDTH, y));
        self.y += 5.0;
        cells.into_iter().map(|(_, part)| part).collect()
    }

    /// Cells beside each other. A row stays together, unless it is longer than half a page: then it goes on on the next one.
    fn cells(&mut self, cells: &[(String, usize)], columns: &[(f32, f32)], strong: &[bool]) {
        let set: Vec<Vec<String>> = cells
            .iter()
            .zip(columns)
            .zip(strong)
            .map(|(((text, _), (_, wide)), strong)| broken(self.faces.of(*strong), BODY, *wide, text))
            .collect();
        let deep = set.iter().map(Vec::len).max().unwrap_or(0);
        let whole = deep as f32 * BODY * LEADING;
        let together = whole < (PAGE.1 - 2.0 * MARGIN - FOOT) / 2.0;
        for n in 0..deep {
            let wanted = if together && n == 0 { whole } else { BODY * LEADING };
            if self.room(wanted) {
                self.head_again(columns);
            }
            for (k, lines) in set.iter().enumerate() {
                if let (Some(text), Some((x, _)), Some((_, part))) =
                    (lines.get(n), columns.get(k), cells.get(k))
                {
                    let bold = strong.get(k).copied().unwrap_or(false);
                    self.line(*x, text.clone(), (BODY, bold), Some(*part));
                }
            }
            self.y += BODY * LEADING;
        }
    }

    /// The head of the table again, at the top of the next page.
    fn head_again(&mut self, columns: &[(f32, f32)]) {
        let head = std::mem::take(&mut self.head);
        let deep = head.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..deep {
            for (lines, (x, _)) in head.iter().zip(columns) {
                if let Some(text) = lines.get(n) {
                    self.line(*x, text.clone(), (BODY, true), None);
                }
            }
            self.y += BODY * LEADING;
        }
        if deep > 0 {
            let y = self.y + 1.0;
            self.page().rules.push((MARGIN, MARGIN + WIDTH, y));
            self.y += 5.0;
        }
        self.head = head;
    }

    fn part(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// Makes sure that so much fits; says whether a new page has begun for it.
    fn room(&mut self, height: f32) -> bool {
        if self.y + height <= PAGE.1 - MARGIN - FOOT {
            return false;
        }
        self.laid.pages.push(Page::default());
        self.y = MARGIN;
        true
    }

    fn line(&mut self, x: f32, text: String, (size, strong): (f32, bool), part: Option<usize>) {
        let at = (x, self.y + size);
        self.page().lines.push(Line { at, text, size, strong, part });
    }

    fn page(&mut self) -> &mut Page {
        let last = self.laid.pages.len() - 1;
        &mut self.laid.pages[last]
    }
}
