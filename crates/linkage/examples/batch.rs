//! A register of the generator, linked as `ceiba link evaluate` does it, and how right that was: to be looked at with
//! a profiler, or with documents taken from a group.
//! `cargo run --release -p ceiba-linkage --example batch -- people.csv [alone] [model] [plot] [minors] [COLUMN=VALUE …]`
//!
//! `sex=M` takes the document from every record that says so, `sex=` from all that say nothing, `id_number=*` from
//! everybody, `minors` from who is under 18. `alone` begins with no model. `model` measures nothing and writes what was learnt, as a pack has it. `plot` writes
//! what pairs said of themselves against how many were right, as SVG.
#![expect(clippy::unwrap_used, reason = "it measures on files that are known")]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use ceiba_linkage::{CheckDigit, Linker, Model, Nicknames, Row, Scored, Settings, evaluate};

const MODEL: &str = include_str!("../../../packs/guatemala/linkage/begin.toml");
const NICKNAMES: &str = include_str!("../../../packs/guatemala/linkage/hypocoristics.txt");

const FIELDS: [&str; 16] = [
    "given_names",
    "surname1",
    "surname2",
    "nickname",
    "sex",
    "birth_date",
    "age_years",
    "municipality_code",
    "nationality",
    "id_number",
    "phone",
    "mother_name",
    "recorded_at",
    "other1",
    "other2",
    "other3",
];

/// Seconds of processor of this process.
fn used() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let words: Vec<String> = std::env::args().skip(2).collect();
    let begin = (!words.iter().any(|w| w == "alone")).then(|| Model::from_toml(MODEL).unwrap());
    let checks = vec![CheckDigit { length: 13, weights: (2..=9).collect(), modulus: 11 }];
    let nicknames = Nicknames::parse(NICKNAMES).unwrap();
    let settings = Settings { nicknames, checks, exhaustive: false, documents: true, begin };
    let (mut linker, mut truth) = (Linker::new(settings), vec![]);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let heading = reader.headers().unwrap().clone();
    let without: Vec<(usize, &str)> = words
        .iter()
        .filter_map(|w| w.split_once('='))
        .map(|(column, value)| (heading.iter().position(|h| h == column).unwrap(), value))
        .collect();
    let young = words.iter().any(|w| w == "minors");
    let named = |name: &str| heading.iter().position(|h| h == name);
    let places = FIELDS.map(named);
    let person = named("entity_id").unwrap();
    let (mut r, mut lot) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut r).unwrap() {
        let taken = without.iter().any(|(at, value)| *value == "*" || &r[*at] == *value)
            || young && is_minor([6, 5, 12].map(|n| places[n].map_or("", |at| &r[at])));
        let field = |n: usize| places[n].map_or("", |at| &r[at]);
        let row = Row {
            given_names: field(0),
            surname1: field(1),
            surname2: field(2),
            nickname: field(3),
            sex: field(4),
            birth_date: field(5),
            age_years: field(6),
            place: field(7),
            nationality: field(8),
            document: if taken { "" } else { field(9) },
            phone: field(10),
            mother: field(11),
            recorded_at: field(12),
            others: [field(13), field(14), field(15)],
        };
        linker.add(&row, lot);
        lot += 1;
        truth.push(r[person].parse::<u32>().unwrap());
    }
    if words.iter().any(|w| w == "model") {
        print!("{}", linker.link(None, &mut |_, _, _| {}).model.to_toml().unwrap());
        return;
    }
    if words.iter().any(|w| w == "plot") {
        let linked = linker.link(None, &mut |_, _, _| {});
        print!("{}", plot(&evaluate(&linked.pairs, &truth, None, 0.95).reliability));
        return;
    }
    println!("read {:.2} s", used());
    let mut last = None;
    let linked = linker.link(None, &mut |stage, done, _| {
        if last != Some(stage) || done == truth.len() as u64 {
            println!("{stage:?} {done} {:.2} s", used());
            last = Some(stage);
        }
    });
    println!("linked {:.2} s, {} pairs compared", used(), linked.report.compared);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    let p = &linked.model.provenance;
    println!("{} pairs of one document, {} of two", p.same_document, p.other_document);
    p.doubts.iter().for_each(|doubt| println!("in doubt: {doubt}"));
    let e = evaluate(&linked.pairs, &truth, None, 0.95);
    println!("{path} {words:?} best {:.4} at 0.95 {:.4} / {:.4}", e.best.0.f1, e.at.precision, e.at.f1);
    println!("recall at 0.99 {:.4}, Brier {:.4}", e.recall_at_99, e.brier);
    // What is said of the pairs that are linked at 0.95, one by one: their mean is what should be right.
    let over: Vec<&Scored> = linked.pairs.iter().filter(|pair| pair.probability >= 0.95).collect();
    let said = over.iter().map(|pair| pair.alone).sum::<f64>() / over.len().max(1) as f64;
    let least = over.last().map_or(1.0, |pair| pair.alone);
    println!(
        "{} linked: said {said:.4}, right {:.4}, the least likely {least:.4}",
        over.len(),
        e.at.precision
    );
    for (pairs, said, right) in &e.reliability {
        print!("{said:.3}→{right:.3} ({pairs})  ");
    }
    println!();
    // What only makes it quicker leaves this as it was.
    let told = |p: &Scored| (p.left, p.right, p.alone.to_bits(), p.probability.to_bits(), p.weight.to_bits());
    let mut print = DefaultHasher::new();
    linked.pairs.iter().for_each(|pair| told(pair).hash(&mut print));
    println!("{} pairs, fingerprint {:016x}", linked.pairs.len(), print.finish());
}

/// Whether somebody is under 18, as far as her age or year of birth and the year of writing say.
fn is_minor([age, born, written]: [&str; 3]) -> bool {
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<u32>().ok());
    match (age.parse::<u32>(), year(born), year(written)) {
        (Ok(age), _, _) => age < 18,
        (_, Some(born), Some(written)) => written < born + 18,
        _ => false,
    }
}

/// What was said (left to right) against what was right (upwards), ten tenths; on the line both are the same. The area of a
/// point grows with the logarithm of how many pairs it stands for.
fn plot(reliability: &[(u64, f64, f64)]) -> String {
    let at = |share: f64| 40.0 + 320.0 * share;
    let mut svg = String::from(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 400' role='img' font-family='sans-serif' font-size='11'>\n\
         <title>Said and right, by tenths of probability</title>\n\
         <rect width='400' height='400' fill='#fff'/>\n\
         <path d='M40 360H360M40 360V40' stroke='#555' fill='none'/>\n\
         <path d='M40 360L360 40' stroke='#999' stroke-dasharray='4'/>\n\
         <text x='200' y='392' text-anchor='middle'>said</text>\n\
         <text x='14' y='200' text-anchor='middle' transform='rotate(-90 14 200)'>right</text>\n",
    );
    for tick in [0.0, 0.5, 1.0] {
        let (x, y) = (at(tick), 400.0 - at(tick));
        let _ = writeln!(
            svg,
            "<text x='{x:.0}' y='375' text-anchor='middle'>{tick}</text><text x='34' y='{:.0}' text-anchor='end'>{tick}</text>",
            y + 4.0
        );
    }
    for (pairs, said, right) in reliability.iter().filter(|tenth| tenth.0 > 0) {
        let radius = (*pairs as f64).ln().max(1.0).sqrt() * 2.0;
        let _ = writeln!(
            svg,
            "<circle cx='{:.1}' cy='{:.1}' r='{radius:.1}' fill='#0b6e4f' fill-opacity='.7'><title>{pairs} pairs: said {said:.3}, right {right:.3}</title></circle>",
            at(*said),
            400.0 - at(*right)
        );
    }
    svg + "</svg>\n"
}
