//! One thing counted over time.

use ceiba_disclosure::Cell;
use maud::Markup;

use crate::Figure;
use crate::figure::MISSING;
use crate::text::clean;

/// A named row of numbers, one for each month; missing ones are left blank.
#[derive(Clone, Debug)]
pub struct Series {
    /// What is counted, in the reader's language.
    pub label: String,
    /// The numbers, in the order of the months.
    pub values: Vec<Cell>,
}

impl Series {
    /// The number of a month, if given.
    pub(crate) fn at(&self, month: usize) -> Option<Cell> {
        self.values.get(month).copied()
    }
}

/// The largest shown number, at least one, as a measure to divide by.
pub(crate) fn largest(cells: impl IntoIterator<Item = Cell>) -> f64 {
    cells.into_iter().filter_map(Cell::shown).max().unwrap_or(0).max(1) as f64
}

/// What stands beside series and counts nobody: its name, and a number for each month.
pub(crate) type Beside<'a> = Option<(&'a str, &'a [Option<u64>])>;

/// The figure around a drawing of series, with a table of months and one column for each series, and for what stands beside them.
pub(crate) fn by_month(
    figure: &Figure,
    drawing: &Markup,
    months: &[String],
    (series, beside): (&[&Series], Beside<'_>),
) -> Markup {
    let headings = std::iter::once(figure.heading(0)).chain(series.iter().map(|one| clean(&one.label)));
    let headings = headings.chain(beside.iter().map(|(label, _)| clean(label)));
    let figure = Figure { headings: headings.collect(), ..figure.clone() };
    let number =
        |one: &Series, month| one.at(month).map_or_else(|| MISSING.to_owned(), |cell| figure.number(cell));
    let row = |(month, label): (usize, &String)| {
        let counted = series.iter().map(|one| number(one, month));
        let thing = |values: &[Option<u64>]| {
            values.get(month).copied().flatten().map_or_else(|| MISSING.to_owned(), |n| n.to_string())
        };
        let things = beside.iter().map(|(_, values)| thing(values));
        std::iter::once(clean(label)).chain(counted).chain(things).collect()
    };
    let rows: Vec<Vec<String>> = months.iter().enumerate().map(row).collect();
    figure.with_table(drawing, &rows)
}
