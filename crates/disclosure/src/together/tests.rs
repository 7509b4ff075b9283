//! The fast path beside the general one.

use proptest::prelude::*;

use super::flow::{Network, Try};
use super::protect::protect;
use super::system::{State, System, Told};
use super::{attacked, linear};
use crate::Threshold;

/// A table with totals: numbers that are not zero and their equations.
fn table(cells: &[Vec<u64>], threshold: Threshold) -> System {
    let (height, width) = (cells.len(), cells[0].len());
    let mut grid = cells.to_vec();
    grid.iter_mut().for_each(|row| row.push(row.iter().sum()));
    grid.push((0..=width).map(|c| grid.iter().map(|row| row[c]).sum()).collect());
    let mut places = vec![vec![None; width + 1]; height + 1];
    let mut values = Vec::new();
    for (row, line) in grid.iter().enumerate() {
        for (column, n) in line.iter().enumerate().filter(|(_, n)| **n > 0) {
            places[row][column] = Some(values.len());
            values.push(*n);
        }
    }
    let sum = |whole: Option<usize>, parts: Vec<Option<usize>>| {
        let whole = whole?;
        Some(std::iter::once((whole, -1)).chain(parts.into_iter().flatten().map(|p| (p, 1))).collect())
    };
    let rows = (0..=height).map(|r| sum(places[r][width], (0..width).map(|c| places[r][c]).collect()));
    let columns = (0..=width).map(|c| sum(places[height][c], (0..height).map(|r| places[r][c]).collect()));
    System::new(values, rows.chain(columns).flatten().collect(), threshold)
}

fn any_cells() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let cell = || prop_oneof![2 => Just(0u64), 5 => 1..5u64, 4 => 5..12u64, 1 => 12..200u64];
    (2..=4usize, 2..=4usize).prop_flat_map(move |(rows, columns)| {
        prop::collection::vec(prop::collection::vec(cell(), columns), rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_flow_goes_as_far_as_a_linear_program(cells in any_cells(), also in prop::collection::vec(any::<bool>(), 25)) {
        let mut system = table(&cells, Threshold::DEFAULT);
        prop_assume!(!system.values.is_empty());
        for (state, also) in system.state.iter_mut().zip(also) {
            if also && *state == State::Shown {
                *state = State::Complementary;
            }
        }
        let network = Network::of(&system).expect("a table of two ways is a network");
        for number in system.hidden() {
            for told in [Told::Nothing, Told::Why] {
                for up in [true, false] {
                    let (low, high) = system.bounds(number, told);
                    let room = if up { high - system.values[number] } else { system.values[number] - low };
                    let t = Try { number, up, most: room.min(7), told, may_hide: false };
                    if t.most > 0 {
                        prop_assert_eq!(network.reach(&system, t).0, linear::reach(&system, t).0);
                    }
                }
            }
        }
    }

    #[test]
    fn the_attack_finds_what_is_only_half_protected(cells in any_cells()) {
        let mut system = table(&cells, Threshold::DEFAULT);
        prop_assume!(protect(&mut system).is_some());
        prop_assert!(attacked(&system, None).exposed.is_empty(), "protected");
        // The step that protects is left out: what it hid stands open again.
        let mut open = table(&cells, Threshold::DEFAULT);
        let extra = system.state.iter().filter(|s| **s == State::Complementary).count();
        open.need.clone_from(&system.need);
        prop_assert_eq!(attacked(&open, None).exposed.is_empty(), extra == 0);
    }
}
