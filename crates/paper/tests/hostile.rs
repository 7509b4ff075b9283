//! Numbers and texts that nobody meant.

mod common;

use ceiba_disclosure::Estimate;
use ceiba_paper::{
    Area, Bar, Dot, Due, Figure, Limit, Loss, Pair, Parted, Series, bars_below, bars_horizontal,
    bars_stacked, days, dot_interval, line, map, matrix, paired_dots, shares, sparkline,
};
use common::{all, cells, figure, months, read};
use proptest::prelude::*;

/// Places are finite numbers, lengths are not negative, paths are made of numbers, and it is XML.
fn assert_drawable(markup: &str) -> Result<(), TestCaseError> {
    let values = |name: &'static str| markup.split(name).skip(1).filter_map(|rest| rest.split('"').next());
    for length in [" width=\"", " height=\"", " r=\""].into_iter().flat_map(values) {
        prop_assert!(length.parse::<f64>().is_ok_and(|v| (0.0..=1e6).contains(&v)), "{length}");
    }
    for place in [" x=\"", " y=\"", " cx=\"", " cy=\""].into_iter().flat_map(values) {
        prop_assert!(place.parse::<f64>().is_ok_and(f64::is_finite), "{place}");
    }
    for path in [" d=\"", " viewBox=\""].into_iter().flat_map(values) {
        prop_assert!(path.chars().all(|c| c.is_ascii_digit() || " .-MLHVhvlz".contains(c)), "{path}");
    }
    prop_assert!(!markup.contains(|c: char| c.is_control()), "no character that XML forbids");
    prop_assert!(read(markup).is_ok(), "{markup}");
    Ok(())
}

/// Figures whose every text is the same.
fn said(text: &str, numbers: &[Vec<u64>]) -> Result<Vec<String>, TestCaseError> {
    let text = text.to_owned();
    let figure = Figure {
        id: text.clone(),
        title: text.clone(),
        topic: text.clone(),
        description: text.clone(),
        definition: text.clone(),
        as_of: text.clone(),
        hidden_text: text.clone(),
        empty_text: text.clone(),
        table_label: text.clone(),
        headings: vec![text.clone()],
        decimal: '.',
    };
    let table = cells(numbers)?;
    let series: Vec<Series> =
        table.iter().map(|values| Series { label: text.clone(), values: values.clone() }).collect();
    let bars: Vec<Bar> = table
        .iter()
        .flatten()
        .map(|value| Bar {
            label: text.clone(),
            value: *value,
            losses: vec![Loss { label: text.clone(), value: *value }],
        })
        .collect();
    let months = vec![text.clone(); numbers.first().map_or(0, Vec::len)];
    let hidden = Estimate::HIDDEN;
    let dots = [Dot { label: text.clone(), value: hidden, low: hidden, high: hidden }];
    let mut made = vec![bars_horizontal(&figure, &bars), bars_stacked(&figure, &months, &series)];
    let far = Limit { label: text.clone(), values: vec![Some(u64::MAX), None, Some(0)] };
    made.push(bars_below(&figure, &months, &series, &far));
    let parted =
        table.iter().map(|cells| Parted { label: text.clone(), first: cells.clone(), now: cells.clone() });
    made.push(shares(&figure, &parted.collect::<Vec<_>>(), [&text, &text], &months));
    made.push(matrix(&figure, &vec![text.clone(); numbers.len()], &months, &table));
    made.push(dot_interval(&figure, &dots));
    let areas = table.iter().flatten().map(|value| Area {
        label: text.clone(),
        path: text.clone(),
        middle: (f64::NAN, 1e300),
        value: Some(*value),
    });
    made.push(map(&figure, &areas.collect::<Vec<_>>(), 300.0));
    made.push(paired_dots(&figure, &[Pair { label: text.clone(), before: hidden, after: hidden }], 0.0));
    made.push(days(&figure, &[Due { label: text.clone(), days: vec![(9, 9)] }], 0, &[(9, text.clone())]));
    made.push(sparkline(&text, &[Some(f64::NAN), None, Some(1e300), Some(-1.0)]));
    if let Some(first) = series.first() {
        made.push(line(&figure, &months, first, series.get(1)));
    }
    Ok(made.into_iter().map(|markup| markup.into_string()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_numbers_are_drawn(
        numbers in (1..4usize, 1..14usize).prop_flat_map(|(rows, columns)| {
            let number = prop_oneof![Just(0u64), 1..9u64, 9..500u64, Just(u64::MAX / 100)];
            prop::collection::vec(prop::collection::vec(number, columns), rows)
        })
    ) {
        for markup in all(&numbers)? {
            assert_drawable(&markup)?;
        }
    }

    #[test]
    fn any_text_is_only_text(text: String) {
        for markup in said(&text, &[vec![3, 9, 0], vec![60, 7, 1]])? {
            assert_drawable(&markup)?;
        }
    }
}

#[test]
fn texts_that_try_to_be_more() {
    let long = "palabra ".repeat(2_000);
    for text in [
        "</title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "a\" onload=\"alert(1)",
        "]]>",
        "<!--",
        "&lt;",
        "\u{0}\u{1b}[31m\u{fffe}",
        "\u{202e}txet",
        "👩‍👩‍👧",
        "",
        &long,
        &"x".repeat(10_000),
    ] {
        for markup in said(text, &[vec![3, 9, 0], vec![60, 7, 1]]).expect("fits") {
            assert_drawable(&markup).expect("drawable");
            assert!(!markup.contains("<script") && !markup.contains("<img") && !markup.contains("\u{202e}"));
            assert!(!markup.contains(" onload=\"") && !markup.contains(" onerror=\""));
        }
    }
}

#[test]
fn series_that_do_not_fit_the_months() {
    let long = Series { label: "a".to_owned(), values: cells(&[vec![9; 40]]).expect("fits").remove(0) };
    let short = Series { label: "b".to_owned(), values: cells(&[vec![7]]).expect("fits").remove(0) };
    for months in [months(1), months(12), months(60)] {
        for markup in [
            line(&figure("c"), &months, &long, Some(&short)),
            line(&figure("c"), &months, &short, Some(&long)),
            bars_stacked(&figure("b"), &months, &[long.clone(), short.clone()]),
            matrix(
                &figure("d"),
                &["x".to_owned(), "y".to_owned()],
                &months,
                std::slice::from_ref(&short.values),
            ),
        ] {
            assert_drawable(&markup.into_string()).expect("drawable");
        }
    }
}

#[test]
fn many_hidden_series_stay_inside() {
    let values = cells(&[vec![3; 4]]).expect("fits").remove(0);
    let series = vec![Series { label: "a".to_owned(), values }; 60];
    assert_drawable(&bars_stacked(&figure("b"), &months(4), &series).into_string()).expect("drawable");
}
