//! How right and how quick blind linkage is where the truth is known.
//!
//!     cargo run --release -p ceiba-linkage --example blind -- people.csv [dates N]
//!
//! The file is one of `gen_people.py`; the two sides are institutions whose names have an even and an odd number of letters, as
//! `bench_clk.py` parts them. With `dates`, only records with a full date of birth count, `N` a side, as there.

#![expect(clippy::unwrap_used, reason = "an example stops where it cannot read")]

use std::collections::HashMap;

use ceiba_linkage::blind::{Alike, BITS, Encoder, Encoding, Exchange, Kernel, Kind, alike, best};
use ceiba_linkage::{Nicknames, Row};

const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

type Side = (Vec<Encoding>, Vec<String>);

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let most = args.get(3).map_or(usize::MAX, |n| n.parse().unwrap());
    let exchange = Exchange::new(b"no secret at all, only 4 measuring!!", "measure", Kind::People).unwrap();
    let mut encoder = Encoder::new(exchange, Nicknames::parse(NICKNAMES).unwrap());
    let mut sides: [Side; 2] = Default::default();
    let records: Vec<csv::StringRecord> =
        csv::Reader::from_path(&args[1]).unwrap().records().map(Result::unwrap).collect();
    let begun = cpu();
    for (n, r) in records.iter().enumerate() {
        let side = &mut sides[r[14].len() % 2];
        if side.0.len() >= most || most < usize::MAX && r[7].len() != 10 {
            continue;
        }
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
            ..Row::default()
        };
        if let Some(code) = encoder.person(&row, &(n as u128).to_le_bytes()) {
            side.0.push(code);
            side.1.push(r[1].to_owned());
        }
    }
    let encoded = sides[0].0.len() + sides[1].0.len();
    let mean = |bits: u32| f64::from(bits) / encoded as f64 / 1024.0;
    println!("encoded {encoded}, {:.0} a second", encoded as f64 / (cpu() - begun));
    println!("set bits {:.3}", mean(sides.iter().flat_map(|side| &side.0).map(Encoding::ones).sum()));
    let begun = cpu();
    // Far enough below the best threshold of every set.
    let least = 0.38;
    let pairs = alike(&sides[0].0, &sides[1].0, least, Kernel::best());
    let all = sides[0].0.len() as f64 * sides[1].0.len() as f64;
    println!("{} of {all} pairs at {least}, {:.0} M a second", pairs.len(), all / (cpu() - begun) / 1e6);
    let mut known = HashMap::<&str, u64>::new();
    sides[0].1.iter().for_each(|who| *known.entry(who).or_default() += 1);
    let truth: u64 = sides[1].1.iter().map(|who| known.get(who.as_str()).copied().unwrap_or(0)).sum();
    let is = |pair: &Alike| sides[0].1[pair.left as usize] == sides[1].1[pair.right as usize];
    show("every pair", &pairs, truth, &is);
    // One to one, a person with two records on one side and three on the other can be found twice.
    let mut counts = HashMap::<&str, u64>::new();
    sides[1].1.iter().for_each(|who| *counts.entry(who).or_default() += 1);
    let both = counts.iter().map(|(who, n)| known.get(who).map_or(0, |m| *n.min(m))).sum();
    let ones: Vec<Alike> = best(&pairs, 0.0).into_iter().map(|one| one.pair).collect();
    show("one to one", &ones, both, &is);
    patterns(&[&sides[0].0[..], &sides[1].0[..]].concat());
}

/// Seconds that this thread had a processor; Linux only.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// What somebody without the secret can begin with: encodings that are equal, and bits that are set together more often or more
/// seldom than chance would have it.
fn patterns(codes: &[Encoding]) {
    let mut sorted: Vec<_> = codes.iter().map(|code| *code.words()).collect();
    sorted.sort_unstable();
    let equal = sorted.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0);
    let rows = codes.len().div_ceil(64);
    let mut columns = vec![vec![0_u64; rows]; BITS];
    for (n, code) in codes.iter().enumerate() {
        for (bit, column) in columns.iter_mut().enumerate() {
            column[n / 64] |= (code.words()[bit / 64] >> (bit % 64) & 1) << (n % 64);
        }
    }
    let n = codes.len() as f64;
    let ones = |column: &[u64]| column.iter().map(|w| f64::from(w.count_ones())).sum::<f64>() / n;
    let shares: Vec<f64> = columns.iter().map(|column| ones(column)).collect();
    let (mut most, mut beyond, mut squares) = (0.0_f64, 0, 0.0);
    for a in 0..BITS {
        for b in 0..a {
            let both: u32 = columns[a].iter().zip(&columns[b]).map(|(x, y)| (x & y).count_ones()).sum();
            let spread = (shares[a] * (1.0 - shares[a]) * shares[b] * (1.0 - shares[b])).sqrt();
            let r = (f64::from(both) / n - shares[a] * shares[b]) / spread;
            most = most.max(r.abs());
            squares += r * r;
            beyond += u32::from(r.abs() > 5.0 / n.sqrt());
        }
    }
    let pairs = (BITS * (BITS - 1) / 2) as f64;
    println!(
        "equal encodings at most {equal}; shares of single bits {:.3} to {:.3}",
        shares.iter().copied().fold(1.0, f64::min),
        shares.iter().copied().fold(0.0, f64::max)
    );
    println!(
        "correlation of two bits: at most {most:.4}, mean square {:.3} of chance, {beyond} of {pairs} beyond 5 sigma",
        squares / pairs * n
    );
}

/// Precision, recall and F1 at thresholds, and the best.
fn show(name: &str, pairs: &[Alike], truth: u64, is: &dyn Fn(&Alike) -> bool) {
    let mut sorted: Vec<&Alike> = pairs.iter().collect();
    sorted.sort_by(|a, b| b.dice.total_cmp(&a.dice));
    let (mut right, mut top) = (0, (0.0, 0.0, 0.0, 0.0));
    let mut next = 0.9;
    for (n, pair) in (1..).zip(&sorted) {
        right += u64::from(is(pair));
        if sorted.get(n as usize).is_some_and(|next| next.dice == pair.dice) {
            continue;
        }
        let (precision, recall) = (right as f64 / n as f64, right as f64 / truth as f64);
        let f1 = 2.0 * right as f64 / (n + truth) as f64;
        if f1 > top.0 {
            top = (f1, pair.dice, precision, recall);
        }
        if pair.dice < next {
            println!("  {name} {:.3}: precision {precision:.4} recall {recall:.4} F1 {f1:.4}", pair.dice);
            next = pair.dice - 0.02;
        }
    }
    println!("{name}: best F1 {:.4} at {:.4}, precision {:.4}, recall {:.4}", top.0, top.1, top.2, top.3);
}
