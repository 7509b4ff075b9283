//! Services by month as a table, tinted.

use ceiba_disclosure::Cell;
use maud::{Markup, html};

use crate::Figure;
use crate::figure::MISSING;
use crate::text::clean;

/// A table of numbers, each cell tinted in four steps of the largest. It is its own table, so there is no
/// other. The first heading of the figure stands in the corner.
#[must_use]
pub fn matrix(figure: &Figure, rows: &[String], columns: &[String], cells: &[Vec<Cell>]) -> Markup {
    if rows.is_empty() || columns.is_empty() {
        return figure.empty();
    }
    let most = cells.iter().flatten().filter_map(|cell| cell.shown()).max().unwrap_or(0);
    let table = html! {
        thead {
            tr {
                th scope="col" { (figure.heading(0)) }
                @for column in columns { th scope="col" { (clean(column)) } }
            }
        }
        tbody {
            @for (at, row) in rows.iter().enumerate() {
                tr {
                    th scope="row" { (clean(row)) }
                    @for column in 0..columns.len() {
                        @let cell = cells.get(at).and_then(|cells| cells.get(column)).copied();
                        td class=[cell.and_then(|cell| tint(cell, most))] {
                            (cell.map_or_else(|| MISSING.to_owned(), |cell| figure.number(cell)))
                        }
                    }
                }
            }
        }
    };
    figure.frame(&html! { p { (clean(&figure.description)) } (figure.scrolling(&table)) (figure.notes()) })
}

/// The class of a cell: none for zero, `t1` to `t4` by quarters of the largest, `fh` when hidden.
fn tint(cell: Cell, most: u64) -> Option<&'static str> {
    match cell.shown() {
        None => Some("fh"),
        Some(0) => None,
        Some(number) => {
            let quarter = (u128::from(number) * 4).div_ceil(u128::from(most.max(1)));
            Some(match quarter {
                0 | 1 => "t1",
                2 => "t2",
                3 => "t3",
                _ => "t4",
            })
        }
    }
}
