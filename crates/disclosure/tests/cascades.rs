//! Steps and losses, and what their differences tell.

use ceiba_disclosure::{Cell, DisclosureError, SafeCascade, Step, Threshold, cascade};
use proptest::prelude::*;

fn step(code: &str, reached: u64, lost: &[(&str, u64)]) -> Step {
    let lost = lost.iter().map(|(code, people)| ((*code).to_owned(), *people)).collect();
    Step { code: code.to_owned(), reached, lost }
}

fn reached(safe: &SafeCascade) -> Vec<Option<u64>> {
    safe.steps().iter().map(|step| step.reached().shown()).collect()
}

#[test]
fn large_steps_and_losses_are_shown() {
    let steps = [
        step("referred", 60, &[("no_capacity", 8), ("declined", 12)]),
        step("accepted", 40, &[]),
        step("served", 40, &[]),
        step("completed", 0, &[]),
    ];
    let safe = cascade(&steps, Threshold::DEFAULT).expect("nested");
    assert_eq!(reached(&safe), [Some(60), Some(40), Some(40), Some(0)]);
    assert_eq!(safe.steps()[0].lost().and_then(Cell::shown), Some(20));
    assert_eq!(safe.steps()[1].lost().and_then(Cell::shown), Some(0));
    assert_eq!(safe.steps()[3].lost(), None);
}

#[test]
fn a_loss_of_two_cannot_be_computed() {
    let steps = [step("referred", 31, &[]), step("accepted", 29, &[]), step("served", 9, &[])];
    let safe = cascade(&steps, Threshold::DEFAULT).expect("nested");
    assert!(safe.steps()[0].lost().is_some_and(Cell::is_hidden));
    assert!(safe.steps()[0].reached().is_hidden() || safe.steps()[1].reached().is_hidden());
}

#[test]
fn one_small_reason_hides_another() {
    let steps = [step("referred", 60, &[("unsafe", 1), ("declined", 19)]), step("accepted", 40, &[])];
    let safe = cascade(&steps, Threshold::DEFAULT).expect("nested");
    let shown = safe.steps()[0].reasons().iter().filter(|(_, cell)| !cell.is_hidden()).count();
    let total = safe.steps()[0].lost().is_some_and(|cell| !cell.is_hidden());
    assert!(!(total && shown == 1), "the total and one reason would give the other");
}

#[test]
fn nonsense_is_refused() {
    for steps in [
        vec![step("a", 5, &[]), step("b", 6, &[])],
        vec![step("a", 9, &[("x", 3)]), step("b", 5, &[])],
        vec![step("a", 9, &[("x", 9)])],
    ] {
        let refused = cascade(&steps, Threshold::DEFAULT);
        assert!(matches!(refused, Err(DisclosureError::NotNested(_))), "{refused:?}");
    }
    let twice = cascade(&[step("a", 9, &[]), step("a", 9, &[])], Threshold::DEFAULT);
    assert_eq!(twice, Err(DisclosureError::DuplicateCode("a".to_owned())));
    let huge = [step("a", u64::MAX, &[("x", u64::MAX), ("y", 2)]), step("b", 0, &[])];
    assert_eq!(cascade(&huge, Threshold::DEFAULT), Err(DisclosureError::Overflow));
    assert!(cascade(&[], Threshold::DEFAULT).is_ok_and(|safe| safe.steps().is_empty()));
}

proptest! {
    #[test]
    fn no_small_difference_is_shown(mut people in prop::collection::vec(0..60u64, 1..7)) {
        people.sort_unstable_by(|a, b| b.cmp(a));
        let steps: Vec<Step> =
            people.iter().enumerate().map(|(n, people)| step(&n.to_string(), *people, &[])).collect();
        let shown: Vec<u64> = reached(&cascade(&steps, Threshold::DEFAULT)?).into_iter().flatten().collect();
        for pair in shown.windows(2) {
            let between = people.iter().filter(|n| (pair[1]..=pair[0]).contains(n)).count();
            // With hidden steps between them the difference is a sum of losses, each of which stays open.
            prop_assert!(between > 2 || !Threshold::DEFAULT.hides(pair[0] - pair[1]), "{people:?} {shown:?}");
        }
    }
}
