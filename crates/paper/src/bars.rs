//! Bars to the right, one below the other: a ranking, or a cascade with its losses named.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{LEADING, Room, WIDTH, text};
use crate::series::largest;
use crate::text::{at, clean, cut, width};

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How many.
    pub value: Cell,
    /// For a step of a cascade, who went no further, by reason.
    pub losses: Vec<Loss>,
}

/// Who went no further, and why.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The reason.
    pub label: String,
    /// How many.
    pub value: Cell,
}

/// Bars from the largest to the smallest; hidden ones last, by label: their rank would tell their size.
#[must_use]
pub fn ranked(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by(|a, b| {
        // `None` is smaller than any number, so hidden ones come last.
        b.value.shown().cmp(&a.value.shown()).then_with(|| a.label.cmp(&b.label))
    });
    bars
}

/// Height of a bar, and the width of one that is hidden.
const THICK: f64 = 18.0;
const HIDDEN: f64 = 48.0;

/// Horizontal bars in the order given, each under its label and above its losses. Table columns: label,
/// number and, if there are any, losses.
#[must_use]
pub fn bars_horizontal(figure: &Figure, bars: &[Bar]) -> Markup {
    if bars.is_empty() {
        return figure.empty();
    }
    let most = largest(bars.iter().map(|bar| bar.value));
    let beside =
        bars.iter().filter_map(|bar| bar.value.shown()).map(|n| width(&n.to_string())).fold(0.0, f64::max);
    let scale = (WIDTH - beside - 10.0) / most;
    let mut room = Room(0.0);
    let body = html! {
        @for bar in bars {
            (room.label(&bar.label))
            (drawn(figure, bar.value, room.take(THICK), scale))
            @for loss in &bar.losses {
                (text(8.0, room.take(LEADING) + 15.0, "start", &cut(&lost(figure, loss), 40)))
            }
        }
    };
    figure.with_table(&figure.canvas(room.0 + 6.0, 0, &body), &rows(figure, bars))
}

fn drawn(figure: &Figure, value: Cell, y: f64, scale: f64) -> Markup {
    let words = figure.number(value);
    match value.shown() {
        Some(number) => {
            let wide = (number as f64 * scale).max(1.0);
            html! {
                rect class="fp" fill="currentColor" y=(at(y)) width=(at(wide)) height=(at(THICK)) {}
                (text(wide + 6.0, y + 14.0, "start", &words))
            }
        }
        None => html! {
            (figure.hatched(0.5, y, HIDDEN, THICK))
            (text(HIDDEN + 6.0, y + 14.0, "start", &cut(&words, 34)))
        },
    }
}

fn lost(figure: &Figure, loss: &Loss) -> String {
    format!("− {} {}", figure.number(loss.value), clean(&loss.label))
}

fn rows(figure: &Figure, bars: &[Bar]) -> Vec<Vec<String>> {
    let any = bars.iter().any(|bar| !bar.losses.is_empty());
    let row = |bar: &Bar| {
        let losses: Vec<String> = bar.losses.iter().map(|loss| lost(figure, loss)).collect();
        let row = [clean(&bar.label), figure.number(bar.value)];
        row.into_iter().chain(any.then(|| losses.join("; "))).collect()
    };
    bars.iter().map(row).collect()
}
