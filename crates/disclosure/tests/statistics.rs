//! Single numbers, shares, ratios, medians, and what is refused.

use ceiba_disclosure::{
    Cell, Counts, DisclosureError, Earlier, Margins, Threshold, count, median_days, ratio, release,
    release_after, share,
};

const FIVE: Threshold = Threshold::DEFAULT;

#[test]
fn the_threshold_only_goes_up() {
    assert_eq!(Threshold::new(4), Err(DisclosureError::ThresholdTooLow { least: 5 }));
    assert_eq!(Threshold::new(0), Err(DisclosureError::ThresholdTooLow { least: 5 }));
    assert_eq!(Threshold::new(11).map(Threshold::k), Ok(11));
}

#[test]
fn single_numbers() {
    let shown: Vec<Option<u64>> = [0, 1, 4, 5, u64::MAX].map(|n| count(n, FIVE).shown()).to_vec();
    assert_eq!(shown, [Some(0), None, None, Some(5), Some(u64::MAX)]);
}

#[test]
fn a_share_needs_its_part_its_rest_and_its_whole() {
    let percent = |part, whole| share(part, whole, FIVE).expect("a part").percent().shown();
    assert_eq!(percent(20, 60), Some(33.3));
    assert_eq!(percent(0, 60), Some(0.0));
    assert_eq!(percent(60, 60), Some(100.0));
    assert_eq!(percent(2, 60), None, "two people");
    assert_eq!(percent(58, 60), None, "the two others");
    assert_eq!(percent(0, 4), None, "too few");
    assert_eq!(percent(0, 0), None, "nobody");
    assert_eq!(share(58, 60, FIVE).map(|s| (s.part().shown(), s.whole().shown())), Ok((None, Some(60))));
    assert_eq!(share(3, 2, FIVE), Err(DisclosureError::PartExceedsWhole));
    let json = serde_json::to_string(&share(20, 60, FIVE).expect("a part")).expect("writes");
    assert_eq!(json, r#"{"part":20,"whole":60,"percent":33.3}"#);
}

#[test]
fn a_ratio_needs_both() {
    assert_eq!(ratio(30, 8, FIVE).ratio().shown(), Some(3.75));
    assert_eq!(ratio(30, 4, FIVE).ratio().shown(), None);
    assert_eq!(ratio(3, 40, FIVE).ratio().shown(), None);
    assert_eq!(ratio(0, 0, FIVE).ratio().shown(), None);
    assert_eq!(ratio(9, 0, FIVE).ratio().shown(), None);
}

#[test]
fn a_median_needs_people_and_not_values() {
    let one_person: Vec<(u8, u32)> = (0..50).map(|day| (1, day)).collect();
    assert_eq!(median_days(&one_person, FIVE).median().shown(), None);
    let four: Vec<(u8, u32)> = (0..4).map(|n| (n, u32::from(n))).collect();
    assert_eq!(median_days(&four, FIVE).people(), Cell::HIDDEN);
    let six: Vec<(u8, u32)> = vec![(1, 3), (2, 9), (3, 1), (4, 4), (5, 30), (6, 5)];
    let safe = median_days(&six, FIVE);
    assert_eq!((safe.median().shown(), safe.lower().shown()), (Some(4.5), None));
    let many: Vec<(u32, u32)> = (0..21).map(|n| (n, n)).collect();
    let safe = median_days(&many, FIVE);
    assert_eq!((safe.lower().shown(), safe.upper().shown()), (Some(5.0), Some(15.0)));
    assert_eq!(median_days::<u8>(&[], FIVE).median().shown(), None);
    let top: Vec<(u8, u32)> = (0..5).map(|n| (n, u32::MAX)).collect();
    assert_eq!(median_days(&top, FIVE).median().shown(), Some(f64::from(u32::MAX)));
}

#[test]
fn tables_that_make_no_sense_are_refused() {
    let new = |cells| Counts::new(["a", "b"], ["x", "y"], cells).map(|_| ());
    assert_eq!(new(vec![vec![1, 2]]), Err(DisclosureError::Shape));
    assert_eq!(new(vec![vec![1, 2], vec![1]]), Err(DisclosureError::Shape));
    assert_eq!(new(vec![vec![u64::MAX, 2], vec![0, 0]]), Err(DisclosureError::Overflow));
    assert_eq!(new(vec![vec![u64::MAX, 0], vec![0, 1]]), Err(DisclosureError::Overflow));
    let twice = Counts::new(["a", "a"], ["x"], vec![vec![1], vec![2]]);
    assert_eq!(twice.map(|_| ()), Err(DisclosureError::DuplicateCode("a".to_owned())));
    let wide = Counts::new(
        (0..200).map(|n| n.to_string()),
        (0..200).map(|n| n.to_string()),
        vec![vec![0; 200]; 200],
    );
    assert_eq!(wide.map(|_| ()), Err(DisclosureError::TooLarge { most: 20_000 }));
    let nothing = Counts::new(Vec::<String>::new(), Vec::<String>::new(), vec![]).expect("empty");
    assert!(release(&nothing, Margins::Both, FIVE).cells().is_empty());
    let huge = Counts::new(["a"], ["x", "y"], vec![vec![u64::MAX - 3, 3]]).expect("fits");
    assert_eq!(release(&huge, Margins::Both, FIVE).hidden(), 2);
}

#[test]
fn a_table_written_and_read_guards_the_next_one() {
    let counts = |cells| Counts::new(["mixco", "coatepeque"], ["all"], cells).expect("fits");
    let first = release(&counts(vec![vec![30], vec![20]]), Margins::None, FIVE);
    let json = serde_json::to_string(&first).expect("writes");
    assert_eq!(
        json,
        r#"{"rows":["mixco","coatepeque"],"columns":["all"],"cells":[[30],[20]],"row_totals":null,"#
            .to_owned()
            + r#""column_totals":null,"grand_total":null,"threshold":5}"#
    );
    let earlier: Earlier = serde_json::from_str(&json).expect("reads");
    let next = counts(vec![vec![32], vec![25]]);
    let table =
        release_after(&next, Margins::None, FIVE, std::slice::from_ref(&earlier)).expect("same shape");
    assert_eq!(table.column(0).map(|c| c.iter().map(|n| n.shown()).collect()), Some(vec![None, Some(25)]));
    let other = Counts::new(["mixco"], ["all"], vec![vec![30]]).expect("fits");
    assert_eq!(release_after(&other, Margins::None, FIVE, &[earlier]), Err(DisclosureError::DifferentShape));
    let broken = json.replace("[[30],[20]]", "[[30],[]]");
    let broken: Earlier = serde_json::from_str(&broken).expect("reads");
    assert_eq!(release_after(&next, Margins::None, FIVE, &[broken]), Err(DisclosureError::DifferentShape));
}

#[test]
fn exact_counts_are_not_printed() {
    let counts = Counts::new(["a"], ["x"], vec![vec![3]]).expect("fits");
    assert_eq!(format!("{counts:?}"), "Counts(1 by 1)");
}
