//! The drawing: 320 units wide, as high as it takes, one font size.

use maud::{Markup, html};

use crate::Figure;
use crate::text::{at, clean, cut, wrap};

/// The width of every drawing, in its own units: pixels on the smallest phone.
pub(crate) const WIDTH: f64 = 320.0;
/// The distance between lines of text.
pub(crate) const LEADING: f64 = 18.0;

/// Room along one side of the drawing, taken piece by piece.
pub(crate) struct Room(pub(crate) f64);

impl Room {
    /// Takes so much, and says where it begins.
    pub(crate) fn take(&mut self, by: f64) -> f64 {
        let begins = self.0;
        self.0 += by;
        begins
    }

    /// A label of up to three lines, with room above it.
    pub(crate) fn label(&mut self, label: &str) -> Markup {
        let lines = wrap(label, 42);
        let top = self.take(6.0 + LEADING * lines.len() as f64) + 6.0;
        html! {
            @for (n, words) in lines.iter().enumerate() {
                (text(0.0, LEADING.mul_add(n as f64, top + 13.0), "start", words))
            }
        }
    }
}

impl Figure {
    /// The drawing around `body`, with its names for those who do not see it and the patterns of this figure.
    /// `patterns` is how many series need telling apart.
    pub(crate) fn canvas(&self, height: f64, patterns: usize, body: &Markup) -> Markup {
        let id = self.id();
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 320 " (at(height)) } role="img"
                font-size="14" fill="currentColor" aria-labelledby={ (id) "-t " (id) "-d" }
            {
                title id={ (id) "-t" } { (clean(&self.title)) }
                desc id={ (id) "-d" } { (clean(&self.description)) }
                defs {
                    (pattern(&id, "h", "M-1 7L7-1M-1 13L13-1M5 13L13 5", None))
                    @for (n, path) in SERIES.iter().enumerate().take(patterns).skip(1) {
                        (pattern(&id, &n.to_string(), path, Some("fp")))
                    }
                }
                (body)
            }
        }
    }

    /// How a series is filled: plain, dotted, ruled, crossed, upright, and again from the start.
    pub(crate) fn filling(&self, series: usize) -> String {
        match series % SERIES.len() {
            0 => "currentColor".to_owned(),
            n => format!("url(#{}-{n})", self.id()),
        }
    }

    /// A box without a number: hatched, of a size that says nothing.
    pub(crate) fn hatched(&self, x: f64, y: f64, width: f64, height: f64) -> Markup {
        let fill = format!("url(#{}-h)", self.id());
        html! {
            rect x=(at(x)) y=(at(y)) width=(at(width)) height=(at(height))
                fill=(fill) stroke="currentColor" {}
        }
    }

    /// A line of the key: how hidden numbers are drawn.
    pub(crate) fn hidden_key(&self, y: f64) -> Markup {
        html! {
            (self.hatched(1.0, y - 11.0, 14.0, 12.0))
            (text(22.0, y, "start", &cut(&self.hidden_text, 38)))
        }
    }
}

/// Strokes of the patterns, in a square of 12 units; the first series is plain.
const SERIES: [&str; 5] =
    ["", "M2 3h2M8 3h2M5 9h2", "M0 3H12M0 9H12", "M0 3H12M0 9H12M3 0V12M9 0V12", "M3 0V12M9 0V12"];

/// A pattern in ink, or of a class. Ink is drawn thinner: what is hidden must not shout.
fn pattern(id: &str, name: &str, path: &str, class: Option<&str>) -> Markup {
    let thick = if class.is_some() { "2" } else { "1" };
    html! {
        pattern id={ (id) "-" (name) } class=[class] width="12" height="12" patternUnits="userSpaceOnUse" {
            path d=(path) stroke="currentColor" stroke-width=(thick) {}
        }
    }
}

/// A line of text; `anchor` is start, middle or end.
pub(crate) fn text(x: f64, y: f64, anchor: &str, words: &str) -> Markup {
    let anchor = Some(anchor).filter(|anchor| *anchor != "start");
    html! { text x=(at(x)) y=(at(y)) text-anchor=[anchor] { (words) } }
}

/// Text over a mark, with a halo so that it stays readable on any pattern.
pub(crate) fn over(x: f64, y: f64, anchor: &str, words: &str) -> Markup {
    html! { text class="fo" x=(at(x)) y=(at(y)) text-anchor=(anchor) { (words) } }
}

/// Where text at `x` is anchored so that it stays inside the drawing.
pub(crate) fn anchor(x: f64, width: f64) -> &'static str {
    if x - width / 2.0 < 0.0 {
        "start"
    } else if x + width / 2.0 > WIDTH {
        "end"
    } else {
        "middle"
    }
}
