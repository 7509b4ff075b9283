//! A dot for each group, with the range around it.

use ceiba_disclosure::Estimate;
use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{Room, WIDTH, text};
use crate::text::{at, clean, cut};

/// A measure of one group with the range around it, for instance a median with its quartiles.
#[derive(Clone, Debug)]
pub struct Dot {
    /// The group.
    pub label: String,
    /// The measure.
    pub value: Estimate,
    /// The lower end of the range, if it may be shown.
    pub low: Estimate,
    /// The upper end.
    pub high: Estimate,
}

/// Where the numbers begin, right of the field.
const FIELD: f64 = 200.0;

/// Dots with ranges from zero to the largest end, one row for each group. A range is drawn when both of its
/// ends are shown. Table columns: group, measure, lower and upper end.
#[must_use]
pub fn dot_interval(figure: &Figure, dots: &[Dot]) -> Markup {
    if dots.is_empty() {
        return figure.empty();
    }
    let all = dots.iter().flat_map(|dot| [dot.value, dot.low, dot.high]);
    let most = all.filter_map(Estimate::shown).fold(0.0, f64::max);
    let scale = (FIELD - 16.0) / if most > 0.0 { most } else { 1.0 };
    let mut room = Room(0.0);
    let body = html! {
        @for dot in dots {
            (room.label(&dot.label))
            (drawn(figure, dot, room.take(24.0) + 10.0, scale))
        }
    };
    let row = |dot: &Dot| {
        vec![clean(&dot.label), figure.measure(dot.value), figure.measure(dot.low), figure.measure(dot.high)]
    };
    let rows: Vec<Vec<String>> = dots.iter().map(row).collect();
    figure.with_table(&figure.canvas(room.0, 0, &body), &rows)
}

fn drawn(figure: &Figure, dot: &Dot, y: f64, scale: f64) -> Markup {
    let Some(value) = dot.value.shown() else {
        return html! {
            (figure.hatched(0.5, y - 7.0, 48.0, 14.0))
            (text(56.0, y + 5.0, "start", &cut(&figure.hidden_text, 34)))
        };
    };
    let x = |value: f64| 8.0 + value * scale;
    let ends = dot.low.shown().zip(dot.high.shown());
    let words = match ends {
        Some(_) => {
            format!(
                "{} ({}–{})",
                figure.measure(dot.value),
                figure.measure(dot.low),
                figure.measure(dot.high)
            )
        }
        None => figure.measure(dot.value),
    };
    html! {
        path class="fl" d={ "M0 " (at(y)) "H" (at(FIELD)) } stroke="currentColor" {}
        @if let Some((low, high)) = ends {
            @let range = format!("M{} {}H{}", at(x(low)), at(y), at(x(high)));
            path class="fp" d=(range) stroke="currentColor" stroke-width="4" {}
        }
        circle class="fp" fill="currentColor" cx=(at(x(value))) cy=(at(y)) r="6" {}
        (text(WIDTH, y + 5.0, "end", &cut(&words, 16)))
    }
}
