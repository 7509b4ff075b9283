//! What every figure keeps: well formed, complete without the drawing, light, and silent on what is hidden.

mod common;

use std::collections::BTreeSet;
use std::io::Write;

use ceiba_paper::{CSS, bars_horizontal, bars_stacked, dot_interval, line, matrix, ranked};
use common::{all, bars, cells, dots, figure, months, read, series};
use flate2::Compression;
use flate2::write::GzEncoder;

fn year() -> Vec<Vec<u64>> {
    let number = |series: u64, month: u64| (month * 7 + series * 5) % 23 + series * 6;
    (0..4).map(|series| (0..12).map(|month| number(series, month)).collect()).collect()
}

fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    parts.map(|part| part.trim_matches('.').to_owned()).filter(|part| !part.is_empty()).collect()
}

fn gzipped(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).map_or(usize::MAX, |bytes| bytes.len())
}

#[test]
fn figures_are_well_formed_and_named() {
    for markup in all(&year()).expect("fits") {
        let read = read(&markup).expect("well formed");
        assert!(!markup.contains("style="), "the policy of the page forbids it");
        let without_namespace = markup.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!markup.contains("<script") && !without_namespace.contains("http"), "nothing is loaded");
        let unique: BTreeSet<&String> = read.ids.iter().collect();
        assert_eq!(unique.len(), read.ids.len(), "{:?}", read.ids);
        for label in markup.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(label.split(' ').all(|id| read.ids.iter().any(|known| known == id)), "{label}");
        }
        for url in markup.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(read.ids.iter().any(|known| known == url), "{url}");
        }
        assert!(read.written.iter().any(|text| text.contains("30 de junio")), "of which day");
        if markup.contains("<svg") {
            assert!(
                markup.contains(r#"role="img""#) && markup.contains("<title") && markup.contains("<desc")
            );
        }
    }
}

#[test]
fn ids_differ_between_figures() {
    let ids: Vec<String> =
        all(&year()).expect("fits").iter().flat_map(|m| read(m).expect("reads").ids).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn every_number_that_is_drawn_is_in_the_table() {
    for markup in all(&year()).expect("fits") {
        let read = read(&markup).expect("well formed");
        let table: BTreeSet<String> = read.written.iter().flat_map(|text| numbers(text)).collect();
        for number in read.drawn.iter().flat_map(|text| numbers(text)) {
            assert!(table.contains(&number), "{number} is only drawn");
        }
    }
}

#[test]
fn a_long_number_beside_the_longest_bar_is_whole() {
    for most in [9, 38, 380, 3_800, 1_234_567] {
        let markup = bars_horizontal(&figure("a"), &bars(&[most]).expect("fits")).into_string();
        let (before, _) = markup.split_once(&format!(">{most}<")).expect("is drawn");
        let x = before.rsplit_once("x=\"").and_then(|(_, x)| x.split_once('"')).expect("stands somewhere").0;
        let end = x.parse::<f64>().expect("a number") + most.to_string().len() as f64 * 8.9;
        assert!(end <= 320.0, "{most} ends at {end}");
    }
}

#[test]
fn every_shown_number_is_in_the_table_and_hidden_ones_in_words() {
    let markup = bars_horizontal(&figure("a"), &bars(&[60, 12, 3, 0]).expect("fits")).into_string();
    for cell in ["<td>60</td>", "<td>12</td>", "<td>menos de 5 u oculto</td>", "<td>0</td>"] {
        assert!(markup.contains(cell), "{cell}");
    }
    assert!(markup.contains("url(#a-h)"), "hatched");
}

#[test]
fn hidden_numbers_leave_no_trace() {
    let with = |small: u64| {
        let mut numbers = year();
        numbers[0][0] = small;
        numbers[1][3] = 5 - small;
        all(&numbers).expect("fits")
    };
    assert_eq!(with(1), with(4));
    assert_eq!(with(2), with(3));
}

#[test]
fn hidden_bars_are_ranked_last_and_by_label() {
    let order: Vec<String> =
        ranked(bars(&[3, 9, 1, 40]).expect("fits")).into_iter().map(|bar| bar.label).collect();
    let other: Vec<String> =
        ranked(bars(&[1, 9, 3, 40]).expect("fits")).into_iter().map(|bar| bar.label).collect();
    assert_eq!(order, other);
    assert_eq!(order[0], "Completadas");
}

#[test]
fn a_figure_is_light() {
    assert!(CSS.len() <= 1200, "{}", CSS.len());
    for markup in all(&year()).expect("fits") {
        assert!(gzipped(&markup) <= 4096, "{} of {}", gzipped(&markup), markup.len());
    }
    let two_years: Vec<Vec<u64>> = year().into_iter().map(|row| [row.clone(), row].concat()).collect();
    for markup in all(&two_years).expect("fits") {
        assert!(gzipped(&markup) <= 4096, "{} of {}", gzipped(&markup), markup.len());
    }
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let none = series(&[vec![]]).expect("fits");
    for markup in [
        bars_horizontal(&figure("a"), &[]),
        bars_stacked(&figure("b"), &[], &[]),
        bars_stacked(&figure("b"), &months(3), &[]),
        line(&figure("c"), &months(3), &none[0], None),
        matrix(&figure("d"), &[], &months(2), &[]),
        dot_interval(&figure("e"), &[]),
    ] {
        let markup = markup.into_string();
        assert!(markup.contains("Todavía no hay datos") && !markup.contains("<svg"), "{markup}");
        read(&markup).expect("well formed");
    }
}

#[test]
fn ranges_are_drawn_only_when_both_ends_may_be() {
    let markup = dot_interval(&figure("e"), &dots(&[30, 6, 4])).into_string();
    assert_eq!(markup.matches("<circle").count(), 2);
    assert_eq!(markup.matches(r#"stroke-width="4""#).count(), 1);
    assert!(markup.contains("<td>43.5</td>"), "{markup}");
    let comma = ceiba_paper::Figure { decimal: ',', ..figure("e") };
    assert!(dot_interval(&comma, &dots(&[30])).into_string().contains("43,5 ("));
}

#[test]
fn tints_follow_the_largest_shown() {
    let table = cells(&[vec![40, 10, 0, 3]]).expect("fits");
    let markup = matrix(&figure("d"), &["Albergue".to_owned()], &months(5), &table).into_string();
    for cell in [
        r#"<td class="t4">40</td>"#,
        r#"<td class="t1">10</td>"#,
        "<td>0</td>",
        r#"<td class="fh">menos de 5 u oculto</td>"#,
        "<td>–</td>",
    ] {
        assert!(markup.contains(cell), "{cell}");
    }
}
