//! Two dots for each group: before and after.

use ceiba_disclosure::Estimate;
use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{LEADING, Room, WIDTH, text};
use crate::text::{at, clean, cut};

/// A group before and after.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The group.
    pub label: String,
    /// Before.
    pub before: Estimate,
    /// After.
    pub after: Estimate,
}

/// Where the numbers begin, right of the field.
const FIELD: f64 = 210.0;

/// Pairs on one scale from zero to `most`, hollow before and filled after; nothing is drawn for a pair of which one is hidden. The
/// headings of the figure name both. Table columns: group, before, after.
#[must_use]
pub fn paired_dots(figure: &Figure, pairs: &[Pair], most: f64) -> Markup {
    if pairs.is_empty() {
        return figure.empty();
    }
    let scale = (FIELD - 16.0) / if most > 0.0 { most } else { 1.0 };
    let x = |value: f64| 8.0 + value.min(most) * scale;
    let mut room = Room(LEADING);
    let body = html! {
        circle class="fp" cx="7" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2" {}
        (text(18.0, 13.0, "start", &cut(&figure.heading(1), 16)))
        circle class="fp" cx="167" cy="8" r="6" fill="currentColor" {}
        (text(178.0, 13.0, "start", &cut(&figure.heading(2), 16)))
        @for pair in pairs {
            (room.label(&pair.label))
            @let y = room.take(24.0) + 10.0;
            @match pair.before.shown().zip(pair.after.shown()) {
                Some((before, after)) => {
                    path class="fl" d={ "M0 " (at(y)) "H" (at(FIELD)) } stroke="currentColor" {}
                    path class="fp" d={ "M" (at(x(before))) " " (at(y)) "H" (at(x(after))) } stroke="currentColor" stroke-width="3" {}
                    circle class="fp fs" cx=(at(x(before))) cy=(at(y)) r="5" stroke="currentColor" stroke-width="2" {}
                    circle class="fp" cx=(at(x(after))) cy=(at(y)) r="6" fill="currentColor" {}
                    (text(WIDTH, y + 5.0, "end", &format!("{} → {}", figure.measure(pair.before), figure.measure(pair.after))))
                }
                None => {
                    (figure.hatched(0.5, y - 7.0, 48.0, 14.0))
                    (text(56.0, y + 5.0, "start", &cut(&figure.hidden_text, 34)))
                }
            }
        }
    };
    let row = |p: &Pair| vec![clean(&p.label), figure.measure(p.before), figure.measure(p.after)];
    let rows: Vec<Vec<String>> = pairs.iter().map(row).collect();
    figure.with_table(&figure.canvas(room.0, 0, &body), &rows)
}
