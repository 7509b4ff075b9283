//! What a single figure says: its title, made of the released numbers that it draws. Nothing is said that is hidden, and what chance
//! alone could have made is no difference. What the figure is about stands small beneath.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ceiba_disclosure::{Cell, SafeTable};
use ceiba_paper::Figure;

use super::Ask;
use super::finding::{Change, change_among, change_of, some_hidden};
use super::named::whole_number;
use crate::data::{figure, months};

/// A label and its number.
pub(super) type Named = (String, Cell);

/// A figure under what it says.
pub(super) fn titled(a: &Ask<'_>, id: &str, said: String, headings: Vec<String>) -> Figure {
    let figure = figure(a.app, a.w, id, headings);
    Figure { topic: figure.title, title: said, ..figure }
}

/// The only column of a table, or the one with this code.
pub(super) fn column(t: &SafeTable, code: Option<&str>, name: impl Fn(&str) -> String) -> Vec<Named> {
    let at = code.map_or(Some(0), |code| t.columns().iter().position(|c| c == code));
    let cells = at.and_then(|at| t.column(at)).unwrap_or_default();
    t.rows().iter().map(|r| name(r)).zip(cells).collect()
}

/// Every cell of a table.
pub(super) fn cells(
    t: &SafeTable,
    row: impl Fn(&str) -> String,
    column: impl Fn(&str) -> String,
) -> Vec<Named> {
    let one = |(r, cells): (&String, &Vec<Cell>)| {
        let named = |(c, cell): (&String, &Cell)| (format!("{}, {}", row(r), column(c)), *cell);
        t.columns().iter().zip(cells).map(named).collect::<Vec<_>>()
    };
    t.rows().iter().zip(t.cells()).flat_map(one).collect()
}

/// The same of numbers of which one at least is shown; of others a page says nothing.
pub(super) fn if_any(a: &Ask<'_>, key: &str, all: &[Named]) -> Option<String> {
    // Among other sentences it says of what it speaks.
    let topic = a.w.t(&format!("figure-{key}"));
    all.iter().any(|(_, cell)| cell.shown().is_some_and(|n| n > 0)).then(|| said(a, key, all, Some(&topic)))
}

/// What can be said of the largest of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// There are no rows.
    Empty,
    /// Nothing but hidden numbers, and noughts.
    Hidden,
    /// Nothing but noughts.
    Nought,
    /// The one at this place is larger than every other that is shown, beyond chance.
    First(usize),
    /// Between the one at the first place and that at the second no difference can be seen.
    Same(usize, usize),
    /// Nor between so many, the largest of which is at this place.
    Alike(usize, usize),
}

fn lead(all: &[Cell]) -> Lead {
    let mut shown: Vec<(usize, u64)> = all
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| cell.shown().filter(|n| *n > 0).map(|n| (at, n)))
        .collect();
    // The first of equal ones stays the first.
    shown.sort_by_key(|(_, n)| Reverse(*n));
    let Some(((first, _), others)) = shown.split_first() else {
        return match (all.is_empty(), some_hidden(all.iter().copied())) {
            (true, _) => Lead::Empty,
            (_, true) => Lead::Hidden,
            (_, false) => Lead::Nought,
        };
    };
    let cell = |at: usize| all.get(at).copied().unwrap_or(Cell::HIDDEN);
    // So many are compared with the first: those of which there is nothing are no rivals.
    let near: Vec<usize> = others
        .iter()
        .map(|(at, _)| *at)
        .filter(|at| change_among(cell(*at), cell(*first), others.len()) != Change::Up)
        .collect();
    match near.as_slice() {
        [] => Lead::First(*first),
        [second] => Lead::Same(*first, *second),
        more => Lead::Alike(*first, more.len() + 1),
    }
}

/// Which is the largest, in the sentence of a key with `$what` and `$n`: when it is beyond chance, else the two with that it may be chance.
pub(super) fn most(a: &Ask<'_>, key: &str, all: &[Named]) -> String {
    said(a, key, all, None)
}

fn said(a: &Ask<'_>, key: &str, all: &[Named], topic: Option<&str>) -> String {
    let w = a.w;
    let cells: Vec<Cell> = all.iter().map(|(_, cell)| *cell).collect();
    let label = |at: usize| all.get(at).map_or("", |(label, _)| label.as_str()).into();
    let n = |at: usize| whole_number(cells.get(at).and_then(|c| c.shown()).unwrap_or(0)).into();
    let of = topic.unwrap_or("none").into();
    let said = match lead(&cells) {
        Lead::Empty => return w.t("figure-empty"),
        Lead::Hidden => return w.t("board-fig-hidden"),
        Lead::Nought => return w.t("board-fig-nought"),
        Lead::First(at) => w.with(&format!("board-fig-{key}"), &[("what", label(at)), ("n", n(at))]),
        Lead::Same(first, second) => w.with(
            if cells.get(first) == cells.get(second) { "board-fig-equal" } else { "board-fig-same" },
            &[
                ("topic", of),
                ("first", label(first)),
                ("n", n(first)),
                ("second", label(second)),
                ("m", n(second)),
            ],
        ),
        Lead::Alike(first, k) => {
            let k = whole_number(u64::try_from(k).unwrap_or(0)).into();
            w.with("board-fig-alike", &[("topic", of), ("k", k), ("first", label(first)), ("n", n(first))])
        }
    };
    if some_hidden(cells) { format!("{said} {}", w.t("board-say-hidden-too")) } else { said }
}

/// The total of some months of a table whose rows are months, and whether it is whole: a part may be hidden.
pub(super) fn total(t: &SafeTable, months: &[String]) -> (u64, bool) {
    let rows = months.iter().filter_map(|month| t.rows().iter().position(|r| r == month));
    let cells: Vec<Cell> = rows.filter_map(|row| t.cells().get(row)).flatten().copied().collect();
    (cells.iter().filter_map(|c| c.shown()).sum(), !some_hidden(cells))
}

/// How many things there were in the last three months beside the three before, in the sentence of a key; of a span too short for it, only
/// the last three.
pub(super) fn moved(a: &Ask<'_>, key: &str, things: &BTreeMap<String, Cell>) -> String {
    let w = a.w;
    let all = months(&a.span);
    if things.is_empty() {
        return w.t("figure-empty");
    }
    let (rest, last) = all.split_at(all.len().saturating_sub(3));
    let sum = |part: &[String]| part.iter().filter_map(|m| things.get(m)?.shown()).sum::<u64>();
    let after = sum(last);
    let n = ("after", whole_number(after).into());
    match rest.len().checked_sub(3).and_then(|from| rest.get(from..)).map(sum) {
        Some(before) => {
            let words = change_of(before, after, 1).words(a);
            let then = ("before", whole_number(before).into());
            w.with(&format!("board-fig-{key}"), &[n, then, ("change", words.into())])
        }
        None => w.with(&format!("board-fig-{key}-only"), &[n]),
    }
}

#[cfg(test)]
mod tests {
    use ceiba_disclosure::{Cell, Threshold, count};

    use super::{Lead, lead};

    #[test]
    fn the_largest_is_said_when_chance_did_not_make_it_and_nothing_that_is_hidden() {
        let cells = |all: &[u64]| -> Vec<Cell> {
            all.iter().map(|n| count(*n, Threshold::new(5).unwrap())).collect()
        };
        for (all, is) in [
            (&[][..], Lead::Empty),
            (&[0, 0], Lead::Nought),
            (&[3, 0], Lead::Hidden),
            (&[9], Lead::First(0)),
            (&[0, 3, 9], Lead::First(2)),
            (&[10, 28], Lead::First(1)),
            (&[14, 25], Lead::Same(1, 0)),
            (&[9, 9], Lead::Same(0, 1)),
            (&[9, 8, 7, 60], Lead::First(3)),
            (&[20, 21, 22, 5], Lead::Alike(2, 3)),
        ] {
            assert_eq!(lead(&cells(all)), is, "{all:?}");
        }
    }
}
