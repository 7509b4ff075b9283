//! All two-way tables of a register through the gate, one line of JSON for each: `cargo bench -p ceiba-disclosure --bench suppress
//! -- cases.csv`. What is measured beside it, and the figures: `README.md` here.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]

use std::collections::BTreeMap;

use ceiba_disclosure::{Ask, Dimension, Exact, TOTAL, Threshold, release_together};

fn main() {
    let Some(path) = std::env::args().skip(1).find(|a| a.ends_with(".csv")) else {
        eprintln!("a CSV of one case a line is expected");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the file is there");
    let mut lines = text.lines().map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a heading");
    let rows: Vec<Vec<String>> = lines.collect();
    for a in 0..head.len() {
        for b in a + 1..head.len() {
            let mut cells: BTreeMap<Vec<String>, u64> = BTreeMap::new();
            for row in &rows {
                *cells.entry(vec![row[a].clone(), row[b].clone()]).or_default() += 1;
            }
            one(&head[a], &head[b], cells);
        }
    }
}

fn one(a: &str, b: &str, cells: BTreeMap<Vec<String>, u64>) {
    let codes = |at: usize| cells.keys().map(|c| c[at].clone()).collect::<std::collections::BTreeSet<_>>();
    let dimensions =
        [Dimension::flat(a, codes(0)).expect("codes"), Dimension::flat(b, codes(1)).expect("codes")];
    let exact: BTreeMap<Vec<String>, u64> = totals(&cells);
    let tables = [Exact {
        name: "t".into(),
        by: vec![a.into(), b.into()],
        cells: cells.into_iter().collect(),
        totals: true,
    }];
    let ask =
        Ask { dimensions: &dimensions, tables: &tables, threshold: Threshold::PUBLIC, generalise: false };
    let (mut inner, mut all, mut hidden) = (0, 0, 0);
    match release_together(&ask) {
        Err(error) => println!("{{\"a\":\"{a}\",\"b\":\"{b}\",\"refused\":\"{error}\"}}"),
        Ok(safe) => {
            for line in safe.tables()[0].lines().iter().filter(|l| l.count.is_hidden()) {
                let people = exact[&line.codes];
                hidden += 1;
                all += people;
                inner += if line.codes.iter().any(|c| c == TOTAL) { 0 } else { people };
            }
            let attack = safe.attack();
            println!(
                "{{\"a\":\"{a}\",\"b\":\"{b}\",\"hidden\":{hidden},\"cases\":{all},\"inner\":{inner},\"recovered\":{},\"narrow\":{}}}",
                attack.recovered, attack.narrow
            );
        }
    }
}

fn totals(cells: &BTreeMap<Vec<String>, u64>) -> BTreeMap<Vec<String>, u64> {
    let mut all: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for (codes, n) in cells {
        for mask in 0..4 {
            let of = |at: usize| if mask >> at & 1 == 1 { TOTAL.to_owned() } else { codes[at].clone() };
            *all.entry(vec![of(0), of(1)]).or_default() += n;
        }
    }
    all
}
