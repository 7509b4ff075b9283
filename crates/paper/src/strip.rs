//! A strip of days, one line for each kind, a dot where something is due.
//!
//! What is drawn here is a list of the reader's own files, not a release: she may open each of them.

use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{LEADING, Room, WIDTH, text};
use crate::text::{at, clean, cut};

/// A kind of thing, and on which days it is due: how many days from today, and how many are due then.
#[derive(Clone, Debug)]
pub struct Due {
    /// The kind.
    pub label: String,
    /// Days from today with how many.
    pub days: Vec<(u16, u16)>,
}

/// A strip of `days` days. Dots grow with what is due on a day, up to four. `named` are days with words to write below. Table columns:
/// kind, and how many.
#[must_use]
pub fn days(figure: &Figure, kinds: &[Due], days: u16, named: &[(u16, String)]) -> Markup {
    if kinds.iter().all(|k| k.days.is_empty()) {
        return figure.empty();
    }
    let step = (WIDTH - 16.0) / f64::from(days.max(1));
    let x = |day: u16| step.mul_add(f64::from(day.min(days)), 8.0);
    let mut room = Room(0.0);
    let body = html! {
        @for kind in kinds.iter().filter(|k| !k.days.is_empty()) {
            (room.label(&kind.label))
            @let y = room.take(24.0) + 10.0;
            path class="fl" d={ "M0 " (at(y)) "H320" } stroke="currentColor" {}
            @for (day, many) in &kind.days {
                circle class="fp" fill="currentColor" cx=(at(x(*day))) cy=(at(y)) r=(at(1.5f64.mul_add(f64::from((*many).min(4)), 3.0))) {}
            }
        }
        @let y = room.take(LEADING + 6.0) + LEADING;
        @for (n, (day, words)) in named.iter().enumerate() {
            @let anchor = if n == 0 { "start" } else if n + 1 == named.len() { "end" } else { "middle" };
            (text(x(*day), y, anchor, &cut(words, 13)))
        }
    };
    let row = |k: &Due| {
        let many: u32 = k.days.iter().map(|(_, many)| u32::from(*many)).sum();
        vec![clean(&k.label), many.to_string()]
    };
    let rows: Vec<Vec<String>> = kinds.iter().map(row).collect();
    figure.with_table(&figure.canvas(room.0 + 6.0, 0, &body), &rows)
}
