//! Areas tinted by a number. The outlines are handed in: a country is data.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::Figure;
use crate::canvas::{LEADING, over};
use crate::figure::MISSING;
use crate::series::largest;
use crate::text::{clean, cut, width};

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// What it is called.
    pub label: String,
    /// Its outline as an SVG path, 320 units wide at most: `M`, `l`, `z` and whole numbers.
    pub path: String,
    /// Where its number stands.
    pub middle: (f64, f64),
    /// The number; none: nothing is known of it.
    pub value: Option<Cell>,
}

/// Areas in four tints, their numbers on those that have room, hidden ones hatched. Table columns: area and number, the largest first and
/// hidden ones last by name; areas without a number are left out of it.
#[must_use]
pub fn map(figure: &Figure, areas: &[Area], height: f64) -> Markup {
    if areas.iter().all(|a| a.value.is_none()) {
        return figure.empty();
    }
    let most = largest(areas.iter().filter_map(|a| a.value));
    let hidden = areas.iter().any(|a| a.value.is_some_and(Cell::is_hidden));
    let below = if hidden { LEADING + 6.0 } else { 0.0 };
    let body = html! {
        @for area in areas { (drawn(figure, area, most)) }
        @for area in areas {
            @if let Some(n) = area.value.and_then(Cell::shown) && n > 0 {
                @let words = n.to_string();
                @let x = area.middle.0.clamp(width(&words) / 2.0, 320.0 - width(&words) / 2.0);
                (over(x, area.middle.1 + 5.0, "middle", &words))
            }
        }
        @if hidden { (figure.hidden_key(height + LEADING)) }
    };
    let mut rows: Vec<(&Area, Cell)> = areas.iter().filter_map(|a| Some((a, a.value?))).collect();
    rows.sort_by(|(a, m), (b, n)| n.shown().cmp(&m.shown()).then_with(|| a.label.cmp(&b.label)));
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(a, n)| vec![clean(&a.label), figure.number(n)]).collect();
    figure.with_table(&figure.canvas(height + below, 0, &body), &rows)
}

fn drawn(figure: &Figure, area: &Area, most: f64) -> Markup {
    // Only what an outline is made of: it comes from a file.
    let path: String =
        area.path.chars().filter(|c| matches!(c, 'M' | 'l' | 'z' | '-' | ' ' | '0'..='9')).collect();
    let tint = match area.value.map(Cell::shown) {
        None => "0",
        Some(None) => "",
        Some(Some(0)) => "0",
        Some(Some(n)) => match (n as f64 * 4.0 / most).ceil() as u8 {
            0 | 1 => ".25",
            2 => ".45",
            3 => ".7",
            _ => ".95",
        },
    };
    let name = format!(
        "{}: {}",
        cut(&area.label, 40),
        area.value.map_or_else(|| MISSING.to_owned(), |v| figure.number(v))
    );
    html! {
        @if tint.is_empty() {
            path d=(path) fill={ "url(#" (figure.id()) "-h)" } stroke="currentColor" stroke-width=".7" { title { (name) } }
        } @else {
            path d=(path) class="fp" fill="currentColor" fill-opacity=(tint) stroke="currentColor" stroke-width=".7" { title { (name) } }
        }
    }
}
