//! One new record against a register: how long it takes, and whether the right person comes first.
//! `cargo run --release -p ceiba-linkage --example intake -- people.csv 1000`
//!
//! The newest records are asked for, one by one, against all others, as `bench_query.py` does it with Splink.
#![expect(clippy::unwrap_used, reason = "it measures on files that are known")]

use std::collections::HashSet;
use std::time::{Duration, Instant};

use ceiba_linkage::{Model, Nicknames, Register, Row};

const MODEL: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

fn row(r: &csv::StringRecord) -> Row<'_> {
    Row {
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
    }
}

fn id(n: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&(n as u64).to_be_bytes());
    id
}

/// Processor time of this thread: on a machine that does other things as well, the only fair measure.
fn used() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// What this process has in memory now, in MiB. Linux only; elsewhere nothing.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Each question is asked so often: what is left in the quickest is its own, the rest is the machine's.
const AGAIN: usize = 5;

#[expect(clippy::disallowed_methods, reason = "it measures; nothing that is shipped reads a clock")]
fn main() {
    let mut args = std::env::args().skip(1);
    let (path, newest) = (args.next().unwrap(), args.next().unwrap().parse::<usize>().unwrap());
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    rows.sort_by(|a, b| a[15].cmp(&b[15]));
    let (old, new) = rows.split_at(rows.len() - newest);
    let model = Model::from_toml(MODEL).unwrap();
    let mut register = Register::new(model, Nicknames::parse(NICKNAMES).unwrap(), vec![]);
    let (start, before) = (used(), memory());
    old.iter().enumerate().for_each(|(n, r)| register.add(id(n), &row(r)));
    register.settle();
    println!("{} records in {:.2?}", register.len(), used().saturating_sub(start));
    println!("memory: {:.0} MiB more than before, {:.0} in all", memory() - before, memory());
    let known: HashSet<&str> = old.iter().map(|r| &r[1]).collect();
    let (mut first_time, mut quickest) = (vec![], vec![]);
    let (mut times, mut right, mut sure, mut wrong, mut alarm) = (vec![], 0, 0, 0, 0);
    for r in new {
        let (start, before) = (Instant::now(), used());
        let found = register.ask(&[row(r)], 5);
        let once = used().saturating_sub(before);
        times.push(start.elapsed());
        first_time.push(once);
        let again = (1..AGAIN).map(|_| {
            let before = used();
            std::hint::black_box(register.ask(&[row(r)], 5));
            used().saturating_sub(before)
        });
        quickest.push(again.fold(once, Duration::min));
        let first = found.first();
        let is = first.is_some_and(|a| {
            let place = u64::from_be_bytes(a.id[..8].try_into().unwrap()) as usize;
            old[place][1] == r[1]
        });
        let above = first.is_some_and(|a| a.probability >= 0.95);
        if known.contains(&r[1]) {
            right += usize::from(is);
            sure += usize::from(is && above);
            wrong += usize::from(!is && above);
        } else {
            alarm += usize::from(above);
        }
    }
    let of = new.iter().filter(|r| known.contains(&r[1])).count();
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!("right first {:.4}, of these above 0.95 {:.4}", share(right, of), share(sure, of));
    println!("wrong person above 0.95 {:.4}, false alarm {:.4}", share(wrong, of), share(alarm, newest - of));
    report("question, on the clock", &mut times);
    report("question, processor, the first time", &mut first_time);
    report("question, processor, the quickest of five", &mut quickest);
    let mut changed: Vec<_> = (0..500)
        .map(|n| {
            let before = used();
            register.add(id(n), &row(&new[n % new.len()]));
            used().saturating_sub(before)
        })
        .collect();
    report("change, processor", &mut changed);
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {:?}, p99 {:?}, longest {:?}", at(0.5), at(0.99), at(1.0));
}
