//! Several tables at once against somebody who tries every whole-number world.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod brute;

use brute::{Known, spreads};
use ceiba_disclosure::{
    Ask, Cell, Dimension, DisclosureError, Exact, SafeRelease, TOTAL, Threshold, release_together,
};
use proptest::prelude::*;

fn dimension(name: &str, codes: usize) -> Dimension {
    Dimension::flat(name, (0..codes).map(|n| format!("{name}{n}"))).expect("codes differ")
}

/// A table of people by all three dimensions, as three linked tables of two.
fn linked(joint: &[u64], size: [usize; 3]) -> Vec<Exact> {
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let names = ["a", "b", "c"];
    let table = |(x, y): (usize, usize)| {
        let mut cells = Vec::new();
        for i in 0..size[x] {
            for j in 0..size[y] {
                let n =
                    each(size).zip(joint).filter(|(at, _)| at[x] == i && at[y] == j).map(|(_, n)| n).sum();
                cells.push((vec![format!("{}{i}", names[x]), format!("{}{j}", names[y])], n));
            }
        }
        Exact {
            name: format!("{}{}", names[x], names[y]),
            by: vec![names[x].into(), names[y].into()],
            cells,
            totals: true,
        }
    };
    pairs.map(table).into()
}

fn each(size: [usize; 3]) -> impl Iterator<Item = [usize; 3]> {
    (0..size[0]).flat_map(move |i| (0..size[1]).flat_map(move |j| (0..size[2]).map(move |k| [i, j, k])))
}

fn small() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0u64), 5 => 1..5u64, 4 => 5..12u64, 1 => 12..300u64]
}

fn tree() -> Dimension {
    let under = [("m0", "d0"), ("m1", "d0"), ("m2", "d1"), ("m3", "d1")];
    Dimension::tree("a", under.map(|(m, d)| (m.to_owned(), Some(d.to_owned())))).expect("a tree")
}

fn by_place(cells: &[u64], columns: usize) -> Exact {
    let cells = cells
        .iter()
        .enumerate()
        .map(|(at, n)| (vec![format!("m{}", at / columns), format!("b{}", at % columns)], *n));
    Exact { name: "t".into(), by: vec!["a".into(), "b".into()], cells: cells.collect(), totals: true }
}

/// Whether whoever tries everything is left with worlds far enough apart, and small numbers are hidden and zeros shown.
fn check(
    safe: &SafeRelease,
    tables: &[Exact],
    dimensions: &[Dimension],
    told_why: bool,
) -> Result<(), TestCaseError> {
    let known = Known::of(safe, tables, dimensions);
    let spread = safe.threshold().spread();
    for (line, value, shown) in known.each() {
        match value {
            0 => prop_assert_eq!(shown, Some(0), "{:?}", line),
            n if safe.threshold().hides(n) => prop_assert_eq!(shown, None, "{:?}", line),
            n => prop_assert!(shown.is_none_or(|s| s == n)),
        }
    }
    for (line, width) in spreads(&known, spread, false) {
        prop_assert!(width >= spread, "{line:?} to within {width}");
    }
    if !told_why {
        return Ok(());
    }
    // Whoever is told why each is hidden knows parts of a small whole better, whatever is hidden.
    let all = known.all_hidden();
    for ((line, width), (_, widest)) in
        spreads(&known, spread, true).into_iter().zip(spreads(&all, spread, true))
    {
        prop_assert!(width >= spread.min(widest), "{line:?} to within {width} of {widest}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_table_with_a_hierarchy_gives_nothing_away(cells in prop::collection::vec(small(), 8), k in 5..8u64) {
        let dimensions = [tree(), dimension("b", 2)];
        let tables = [by_place(&cells, 2)];
        let threshold = Threshold::new(k)?;
        let safe = release_together(&Ask { dimensions: &dimensions, tables: &tables, threshold, generalise: false })?;
        prop_assert!(safe.attack().failed());
        check(&safe, &tables, &dimensions, true)?;
    }

    #[test]
    fn linked_tables_give_nothing_away_together(joint in prop::collection::vec(small(), 8)) {
        let size = [2, 2, 2];
        let dimensions = [dimension("a", 2), dimension("b", 2), dimension("c", 2)];
        let tables = linked(&joint, size);
        let ask = Ask { dimensions: &dimensions, tables: &tables, threshold: Threshold::DEFAULT, generalise: false };
        let safe = release_together(&ask)?;
        prop_assert!(safe.attack().joint);
        // Against whoever is told why each number is hidden too, linked tables promise nothing beyond equal margins: what hiding
        // everything would leave is reckoned from those, and the joint can leave less. Nobody is told why.
        check(&safe, &tables, &dimensions, false)?;
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(joint in prop::collection::vec(small(), 12), turn in 0..3usize) {
        let dimensions = [dimension("a", 3), dimension("b", 2), dimension("c", 2)];
        let tables = linked(&joint, [3, 2, 2]);
        let threshold = Threshold::PUBLIC;
        let one = release_together(&Ask { dimensions: &dimensions, tables: &tables, threshold, generalise: true });
        let mut turned = tables.clone();
        turned.rotate_left(turn);
        turned.iter_mut().for_each(|t| t.cells.reverse());
        let mut around = dimensions.clone();
        around.reverse();
        let two = release_together(&Ask { dimensions: &around, tables: &turned, threshold, generalise: true });
        let text = |r: Result<SafeRelease, DisclosureError>| r.map(|r| serde_json::to_string(&r).expect("json"));
        prop_assert_eq!(text(one), text(two), "same bytes");
    }
}

#[test]
fn most_of_a_table_goes_a_level_up_before_it_is_hidden() {
    let dimensions = [tree(), dimension("b", 2)];
    let tables = [by_place(&[3, 9, 8, 8, 4, 1, 7, 30], 2)];
    let ask = |generalise| Ask {
        dimensions: &dimensions,
        tables: &tables,
        threshold: Threshold::PUBLIC,
        generalise,
    };
    let fine = release_together(&ask(false)).expect("passes");
    let safe = release_together(&ask(true)).expect("passes");
    assert_eq!(safe.generalised().len(), 1, "and it says so");
    assert_eq!((safe.generalised()[0].from, safe.generalised()[0].to), (2, 1));
    assert!(fine.counted().1 > safe.counted().1);
    let table = safe.table("t").expect("it");
    assert_eq!(table.codes(0), ["d0", "d1"]);
    assert_eq!(table.cell(&["d0", "b1"]).and_then(Cell::shown), Some(17));
    assert_eq!(table.cell(&[TOTAL, TOTAL]).and_then(Cell::shown), Some(70));
}

#[test]
fn a_row_total_of_few_is_small_itself() {
    let dimensions = [dimension("a", 3), dimension("b", 3)];
    let cells = [[1, 2, 0], [40, 50, 60], [70, 80, 90]];
    let cells = cells.iter().enumerate().flat_map(|(a, row)| {
        row.iter().enumerate().map(move |(b, n)| (vec![format!("a{a}"), format!("b{b}")], *n))
    });
    let tables =
        [Exact { name: "t".into(), by: vec!["a".into(), "b".into()], cells: cells.collect(), totals: true }];
    let ask =
        Ask { dimensions: &dimensions, tables: &tables, threshold: Threshold::PUBLIC, generalise: true };
    let safe = release_together(&ask).expect("passes");
    assert_eq!(safe.table("t").and_then(|t| t.cell(&["a0", TOTAL])), Some(Cell::HIDDEN));
    assert!(safe.attack().failed());
}

#[test]
fn tables_that_count_other_people_are_refused() {
    let dimensions = [dimension("a", 2), dimension("b", 2), dimension("c", 2)];
    let mut tables = linked(&[9; 8], [2, 2, 2]);
    tables[1].cells[0].1 += 1;
    let ask =
        Ask { dimensions: &dimensions, tables: &tables, threshold: Threshold::DEFAULT, generalise: true };
    assert!(matches!(release_together(&ask), Err(DisclosureError::Disagree(_))));
}
