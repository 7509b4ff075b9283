//! An attacker who sees a released table and tries every whole-number solution.

mod attacker;

use attacker::least_spread;
use ceiba_disclosure::{
    Counts, DisclosureError, Earlier, Margins, SafeTable, Threshold, release, release_after,
};
use proptest::prelude::*;

fn counts(cells: Vec<Vec<u64>>) -> Result<Counts, DisclosureError> {
    let width = cells.first().map_or(0, Vec::len);
    Counts::new((0..cells.len()).map(|n| format!("r{n}")), (0..width).map(|n| format!("c{n}")), cells)
}

fn any_margins() -> impl Strategy<Value = Margins> {
    prop::sample::select(vec![Margins::None, Margins::Rows, Margins::Columns, Margins::Both])
}

/// Tables of up to three by three, small numbers more often, as they are in this field.
fn any_cells() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let cell = || prop_oneof![2 => Just(0u64), 5 => 1..5u64, 4 => 5..9u64, 1 => 9..400u64];
    (1..=3usize, 1..=3usize).prop_flat_map(move |(rows, columns)| {
        prop::collection::vec(prop::collection::vec(cell(), columns), rows)
    })
}

fn assert_truthful(table: &SafeTable, cells: &[Vec<u64>], k: u64) -> Result<(), TestCaseError> {
    for (row, exact) in cells.iter().enumerate() {
        for (column, exact) in exact.iter().enumerate() {
            let shown = table.cell(row, column).and_then(|cell| cell.shown());
            match exact {
                0 => prop_assert_eq!(shown, Some(0), "zeros are shown"),
                n if *n < k => prop_assert_eq!(shown, None, "small cells are hidden"),
                n => prop_assert!(shown.is_none_or(|shown| shown == *n)),
            }
        }
    }
    for total in [table.row_totals(), table.column_totals()].into_iter().flatten().flatten() {
        prop_assert!(total.shown().is_none_or(|n| n == 0 || n >= k), "small totals are hidden");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_hidden_number_can_be_computed(cells in any_cells(), margins in any_margins(), k in 5..8u64) {
        let threshold = Threshold::new(k)?;
        let table = release(&counts(cells.clone())?, margins, threshold);
        assert_truthful(&table, &cells, k)?;
        let spread = least_spread(&table, &cells, threshold.spread());
        prop_assert!(spread >= threshold.spread(), "{spread} of {cells:?} in {table:?}");
    }

    #[test]
    fn changes_that_are_hidden_cannot_be_computed_either(
        before in any_cells(), steps in prop::collection::vec(0..7u64, 9), margins in any_margins(),
    ) {
        let threshold = Threshold::DEFAULT;
        let earlier = release(&counts(before.clone())?, margins, threshold);
        let mut step = steps.into_iter();
        let now: Vec<Vec<u64>> = before
            .iter()
            .map(|row| row.iter().map(|cell| cell + step.next().unwrap_or(0)).collect())
            .collect();
        let table = release_after(&counts(now.clone())?, margins, threshold, &[Earlier::from(&earlier)])?;
        for (row, old) in earlier.cells().iter().enumerate() {
            for (column, old) in old.iter().enumerate() {
                let new = table.cell(row, column).and_then(|cell| cell.shown());
                if let (Some(old), Some(new)) = (old.shown(), new) {
                    prop_assert!(!threshold.hides(old.abs_diff(new)));
                }
            }
        }
        prop_assert!(least_spread(&table, &now, threshold.spread()) >= threshold.spread());
    }

    #[test]
    fn large_tables_are_released_quickly_and_alike(seed in 0..1000u64) {
        let cell = |row: u64, column: u64| (row * 7919 + column * 104_729 + seed * 31) % 23 / 3;
        let cells: Vec<Vec<u64>> = (0..22).map(|r| (0..12).map(|c| cell(r, c)).collect()).collect();
        let counts = counts(cells)?;
        prop_assert_eq!(
            release(&counts, Margins::Both, Threshold::DEFAULT),
            release(&counts, Margins::Both, Threshold::DEFAULT)
        );
    }
}

#[test]
fn hiding_small_cells_alone_would_be_found_out() {
    // The attacker works: 3 is the only hidden cell of a row and a column with totals.
    let cells = vec![vec![3, 20], vec![30, 40]];
    let table = release(&counts(cells.clone()).expect("fits"), Margins::Both, Threshold::DEFAULT);
    assert_eq!(table.hidden(), 4, "the small one and three around it");
    assert_eq!(attacker::spread_of_small_alone(&cells), 0);
    assert_eq!(release(&counts(cells).expect("fits"), Margins::None, Threshold::DEFAULT).hidden(), 1);
}

#[test]
fn everything_small_is_hidden_with_its_totals() {
    let table = release(&counts(vec![vec![1]]).expect("fits"), Margins::Both, Threshold::DEFAULT);
    assert_eq!((table.hidden(), table.grand_total().and_then(|cell| cell.shown())), (1, None));
    let table =
        release(&counts(vec![vec![1, 1], vec![1, 1]]).expect("fits"), Margins::Both, Threshold::DEFAULT);
    assert!(table.grand_total().is_some_and(|cell| cell.is_hidden()));
}
