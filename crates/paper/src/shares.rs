//! Two thin bars for each group, at first and now, each parted into levels from worst to best.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{LEADING, Room, WIDTH, over, text};
use crate::text::{at, clean, cut, width};

/// A group at first and now: a number for each level, from worst to best.
#[derive(Clone, Debug)]
pub struct Parted {
    /// The group.
    pub label: String,
    /// At first.
    pub first: Vec<Cell>,
    /// Now.
    pub now: Vec<Cell>,
}

/// Where bars begin, right of «at first» and «now».
const LEFT: f64 = 66.0;
const THICK: f64 = 16.0;
/// The width of a hidden level, whatever its number.
const HIDDEN: f64 = 16.0;
/// How levels are filled from worst to best; of fewer than five the first ones.
const FILLED: [usize; 5] = [1, 4, 2, 3, 0];

/// Bars of the same length, parted by the shares of what is shown; a hidden level is a hatched box of one size, so that beside one nothing
/// can be measured. `when` says «at first» and «now», `levels` what each level is called. Table columns: group, when, and each level.
#[must_use]
pub fn shares(figure: &Figure, groups: &[Parted], when: [&str; 2], levels: &[String]) -> Markup {
    if groups.is_empty() {
        return figure.empty();
    }
    let cells = || groups.iter().flat_map(|g| g.first.iter().chain(&g.now));
    let any_hidden = cells().any(|cell| cell.is_hidden());
    let mut room = Room(0.0);
    let body = html! {
        @for (n, level) in levels.iter().enumerate() { (key(figure, n, level, room.take(LEADING))) }
        @if any_hidden { (figure.hidden_key(room.take(LEADING) + 13.0)) }
        @for group in groups {
            (room.label(&group.label))
            @for (said, cells) in when.iter().zip([&group.first, &group.now]) {
                @let y = room.take(THICK + 6.0) + 2.0;
                (text(0.0, y + 13.0, "start", &cut(said, 9)))
                (bar(figure, cells, y))
            }
        }
    };
    let row = |group: &Parted, said: &str, cells: &[Cell]| {
        let named = [clean(&group.label), clean(said)];
        named.into_iter().chain(cells.iter().map(|cell| figure.number(*cell))).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> =
        groups.iter().flat_map(|g| [row(g, when[0], &g.first), row(g, when[1], &g.now)]).collect();
    figure.with_table(&figure.canvas(room.0 + 6.0, FILLED.len(), &body), &rows)
}

fn filled(figure: &Figure, level: usize, x: f64, y: f64, (width, height): (f64, f64)) -> Markup {
    let fill = figure.filling(FILLED.get(level).copied().unwrap_or(0));
    html! {
        rect class="fp" x=(at(x)) y=(at(y)) width=(at(width)) height=(at(height)) fill=(fill) stroke="currentColor" {}
    }
}

fn key(figure: &Figure, level: usize, label: &str, y: f64) -> Markup {
    html! { (filled(figure, level, 1.0, y + 2.0, (14.0, 12.0))) (text(22.0, y + 13.0, "start", &cut(label, 38))) }
}

fn bar(figure: &Figure, cells: &[Cell], y: f64) -> Markup {
    let hidden = cells.iter().filter(|cell| cell.is_hidden()).count() as f64 * HIDDEN;
    let sum: f64 = cells.iter().filter_map(|cell| cell.shown()).map(|n| n as f64).sum();
    let scale = if sum > 0.0 { (WIDTH - LEFT - 1.0 - hidden).max(0.0) / sum } else { 0.0 };
    let mut room = Room(LEFT);
    html! {
        @for (level, cell) in cells.iter().enumerate() {
            @let wide = cell.shown().map_or(HIDDEN, |n| n as f64 * scale);
            @let left = room.take(wide);
            @if cell.is_hidden() {
                (figure.hatched(left, y, wide, THICK))
            } @else if wide > 0.0 {
                (filled(figure, level, left, y, (wide, THICK)))
                @let number = figure.number(*cell);
                @if width(&number) + 6.0 <= wide { (over(left + wide / 2.0, y + 13.0, "middle", &number)) }
            }
        }
    }
}
