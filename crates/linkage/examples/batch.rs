//! A register of the generator, linked, and nothing else: to be looked at with a profiler.
//! `cargo run --release -p ceiba-linkage --example batch -- people.csv`
#![expect(clippy::unwrap_used, reason = "it measures on files that are known")]

use std::time::Instant;

use ceiba_linkage::{Linker, Nicknames, Row, Settings, evaluate};

#[expect(clippy::disallowed_methods, reason = "it measures; nothing that is shipped reads a clock")]
fn main() {
    let nicknames = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");
    let nicknames = Nicknames::parse(nicknames).unwrap();
    let settings = Settings { nicknames, checks: vec![], exhaustive: false, documents: true, begin: None };
    let (mut linker, mut truth, start) = (Linker::new(settings), vec![], Instant::now());
    let mut reader = csv::Reader::from_path(std::env::args().nth(1).unwrap()).unwrap();
    let mut r = csv::StringRecord::new();
    while reader.read_record(&mut r).unwrap() {
        let row = Row {
            given_names: &r[2],
            surname1: &r[3],
            surname2: &r[4],
            nickname: &r[5],
            sex: &r[6],
            birth_date: &r[7],
            age_years: &r[8],
            place: &r[9],
            nationality: &r[10],
            document: &r[11],
            phone: &r[12],
            mother: &r[13],
            recorded_at: &r[15],
            others: [""; 3],
        };
        linker.add(&row, r[0].parse::<u64>().unwrap());
        truth.push(r[1].parse::<u32>().unwrap());
    }
    println!("read {:?}", start.elapsed());
    let mut last = None;
    let linked = linker.link(None, &mut |stage, done, _| {
        if last != Some(stage) || done == linker_end(truth.len()) {
            println!("{stage:?} {done} {:?}", start.elapsed());
            last = Some(stage);
        }
    });
    println!("linked {:?}, {} pairs compared", start.elapsed(), linked.report.compared);
    let e = evaluate(&linked.pairs, &truth, None, 0.95);
    println!("best {:?}\nat 0.95 {:?}\nrecall at 0.99 {:.4}", e.best, e.at, e.recall_at_99);
}

/// The number by which a stage says that it is over.
fn linker_end(records: usize) -> u64 {
    records as u64
}
