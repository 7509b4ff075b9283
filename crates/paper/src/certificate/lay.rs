//! Where everything stands, at the largest size at which it is one page.

use super::Certificate;
use crate::document::{Faces, broken};
use crate::sheet::SheetError;
use crate::sheet::lay::{Area, Ink, Line, too_long};

/// The sizes that are tried, as a share of the usual one. Below the last no text would be smaller than seven points.
const STEPS: [f32; 11] = [1.3, 1.22, 1.14, 1.07, 1.0, 0.94, 0.88, 0.83, 0.79, 0.76, 0.74];
/// The sizes of a name in one line; one that is longer has more lines of the last.
const NAMES: [f32; 7] = [30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0];

/// The frame, and what is inside of it, from the edge of the page.
const FRAME: f32 = 20.0;
const MARGIN: f32 = 52.0;
const OWNER: f32 = 13.0;
const TITLE: f32 = 26.0;
const BODY: f32 = 12.0;
const SMALL: f32 = 9.5;
const LEADING: f32 = 1.4;
/// The side of a code, in points: 3 cm, which a phone reads from a hand's breadth.
const CODE: f32 = 85.0;
/// The white around it is four modules (ISO/IEC 18004); no code of ours has fewer than 21.
const WHITE: f32 = CODE * 4.0 / 21.0;
/// How wide the words beside a code are.
const CHECK: f32 = 168.0;
const LOGO: (f32, f32) = (240.0, 62.0);

/// What the parts are, in the order in which they are read.
pub(super) enum Part {
    Title(usize),
    Text(usize),
    Code(usize),
}

pub(super) struct Laid {
    pub(super) areas: Vec<Area>,
    pub(super) lines: Vec<Line>,
    pub(super) parts: Vec<Part>,
    /// Place and size.
    pub(super) logo: Option<((f32, f32), (f32, f32))>,
    /// The upper left corner of the code, and the side of a module.
    pub(super) code: ((f32, f32), f32),
}

struct Laying<'f> {
    faces: &'f Faces,
    laid: Laid,
    scale: f32,
    count: usize,
}

/// Width and height of the page.
pub(super) fn across(one: &Certificate) -> (f32, f32) {
    let (short, long) = one.page.points();
    (long, short)
}

pub(super) fn lay(faces: &Faces, one: &Certificate, logo: Option<(u32, u32)>) -> Result<Laid, SheetError> {
    let (page, high) = across(one);
    let mut over = 0.0;
    for scale in STEPS {
        let empty = Laid {
            areas: Vec::new(),
            lines: Vec::new(),
            parts: Vec::new(),
            logo: None,
            code: ((0.0, 0.0), 0.0),
        };
        let mut it = Laying { faces, laid: empty, scale, count: 0 };
        let end = it.middle(one, logo, page);
        let count = it.laid.lines.len();
        let top = it.strip(one, (page, high));
        over = end + 10.0 - top;
        if over <= 0.0 {
            // What is left of the page stands half above and half below.
            let down = (top - 10.0 - end) / 2.0;
            it.laid.lines[..count].iter_mut().for_each(|line| line.at.1 += down);
            it.laid.areas.iter_mut().for_each(|area| area.at.1 += down);
            if let Some((at, _)) = &mut it.laid.logo {
                at.1 += down;
            }
            it.signed(one, page, top);
            it.frame(page, high);
            return Ok(it.laid);
        }
    }
    Err(too_long(over, BODY * STEPS[STEPS.len() - 1] * LEADING, one.title.clone()))
}

impl Laying<'_> {
    const fn part(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// The lines of a text, as even as they are without one more: a single word below two full lines looks lost in the middle of a page.
    fn even(&self, text: &str, wide: f32, size: f32, strong: bool) -> Vec<String> {
        let of = |wide: f32| broken(self.faces.of(strong), size, wide, text);
        let widest = of(wide);
        let narrower = (1..=12).map(|n| of(wide * (1.0 - 0.03 * n as f32)));
        narrower.take_while(|lines| lines.len() == widest.len()).last().unwrap_or(widest)
    }

    /// Lines in the middle of a column, from a height on; gives the height at which they end.
    fn set(
        &mut self,
        text: &str,
        (x, y, wide): (f32, f32, f32),
        (size, strong, ink): (f32, bool, Ink),
        part: usize,
    ) -> f32 {
        let leading = if size > 18.0 { 1.2 } else { LEADING };
        let mut y = y;
        for text in self.even(text, wide, size, strong) {
            let own = self.faces.of(strong).width(text.trim_end(), size);
            let at = (x + (wide - own).max(0.0) / 2.0, y + size);
            self.laid.lines.push(Line { at, text, size, strong, ink, part });
            y += size * leading;
        }
        y
    }

    /// Logo, owner, title, name and what she did. Its end.
    fn middle(&mut self, one: &Certificate, logo: Option<(u32, u32)>, page: f32) -> f32 {
        let (wide, mut y) = (page - 2.0 * MARGIN, FRAME + 18.0);
        if let Some((w, h)) = logo {
            let share = (LOGO.0 * self.scale / w as f32).min(LOGO.1 * self.scale / h as f32);
            let size = (w as f32 * share, h as f32 * share);
            self.laid.logo = Some((((page - size.0) / 2.0, y), size));
            y += size.1 + 8.0 * self.scale;
        }
        let owner = self.part();
        y = self.set(&one.owner, (MARGIN, y, wide), (OWNER * self.scale, true, Ink::Main), owner)
            + 14.0 * self.scale;
        self.laid.parts.push(Part::Text(owner));
        let title = self.part();
        y = self.set(&one.title, (MARGIN, y, wide), (TITLE * self.scale, true, Ink::Main), title)
            + 10.0 * self.scale;
        self.laid.parts.push(Part::Title(title));
        y = self.paragraph(&one.above, y, wide);
        y = self.name(&one.name, y, wide);
        for text in &one.below {
            y = self.paragraph(text, y, wide);
        }
        y
    }

    fn paragraph(&mut self, text: &str, y: f32, wide: f32) -> f32 {
        if text.trim().is_empty() {
            return y;
        }
        // Long lines are hard to follow.
        let inside = wide.min(600.0);
        let part = self.part();
        self.laid.parts.push(Part::Text(part));
        let x = MARGIN + (wide - inside) / 2.0;
        self.set(text, (x, y, inside), (BODY * self.scale, false, Ink::Text), part) + 6.0 * self.scale
    }

    fn name(&mut self, name: &str, y: f32, wide: f32) -> f32 {
        let part = self.part();
        let fits = |size: &f32| self.faces.strong.width(name, *size * self.scale) <= wide;
        let size = NAMES.into_iter().find(fits).unwrap_or(NAMES[NAMES.len() - 1]) * self.scale;
        let end = self.set(name, (MARGIN, y + 2.0, wide), (size, true, Ink::Text), part) + 3.0 * self.scale;
        self.laid.parts.push(Part::Text(part));
        let line = 300.0 * self.scale;
        self.laid.areas.push(Area { at: ((page_of(wide) - line) / 2.0, end), size: (line, 1.2), main: true });
        end + 12.0 * self.scale
    }

    /// At the lower edge on the right the code, and the words beside it. Its upper end.
    fn strip(&mut self, one: &Certificate, (page, high): (f32, f32)) -> f32 {
        let bottom = high - FRAME - 22.0;
        let size = 8.0;
        let right = page - MARGIN - CODE - WHITE;
        let lines = broken(&self.faces.plain, size, CHECK, &one.check);
        let tall = (lines.len() as f32 * size * LEADING).max(CODE);
        let module = CODE / one.dark.len().max(1) as f32;
        self.laid.code = ((page - MARGIN - CODE, bottom - CODE), module);
        let mut y = bottom - tall + (tall - lines.len() as f32 * size * LEADING).max(0.0);
        let check = self.part();
        for text in lines {
            let at = (right - CHECK, y + size);
            self.laid.lines.push(Line { at, text, size, strong: false, ink: Ink::Text, part: check });
            y += size * LEADING;
        }
        self.laid.parts.push(Part::Text(check));
        let code = self.part();
        self.laid.parts.push(Part::Code(code));
        bottom - tall.max(self.signing(one, page))
    }

    /// How wide each place to sign is.
    fn place(one: &Certificate, page: f32) -> f32 {
        let many = one.sign.len().max(1) as f32;
        let all = page - 2.0 * MARGIN - CODE - WHITE - CHECK - 24.0;
        ((all - 18.0 * (many - 1.0)) / many).min(220.0)
    }

    /// How high they are: room for a pen, and what stands below the line.
    fn signing(&self, one: &Certificate, page: f32) -> f32 {
        let lines = |text: &String| broken(&self.faces.plain, SMALL, Self::place(one, page), text).len();
        let most = one.sign.iter().map(lines).max().unwrap_or(0);
        44.0 + most as f32 * SMALL * LEADING
    }

    fn signed(&mut self, one: &Certificate, page: f32, top: f32) {
        let (place, high) = (Self::place(one, page), across(one).1);
        let bottom = high - FRAME - 22.0;
        let line = (bottom - self.signing(one, page) + 40.0).max(top + 40.0);
        let before = self.laid.parts.len() - 2;
        for (n, text) in one.sign.iter().enumerate() {
            let x = MARGIN + n as f32 * (place + 18.0);
            self.laid.areas.push(Area { at: (x, line), size: (place, 0.8), main: true });
            let part = self.part();
            self.set(text, (x, line + 3.0, place), (SMALL, false, Ink::Text), part);
            self.laid.parts.insert(before + n, Part::Text(part));
        }
    }

    /// Two lines around the page, in the main colour: a strong one and a fine one.
    fn frame(&mut self, page: f32, high: f32) {
        for (inset, wide) in [(FRAME, 2.5), (FRAME + 5.0, 0.7)] {
            let (w, h) = (page - 2.0 * inset, high - 2.0 * inset);
            for (at, size) in [
                ((inset, inset), (w, wide)),
                ((inset, high - inset - wide), (w, wide)),
                ((inset, inset), (wide, h)),
                ((page - inset - wide, inset), (wide, h)),
            ] {
                self.laid.areas.push(Area { at, size, main: true });
            }
        }
    }
}

/// The page of which so much is inside of the margins.
const fn page_of(wide: f32) -> f32 {
    wide + 2.0 * MARGIN
}
