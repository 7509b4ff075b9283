//! How long a hundred thousand people take. `cargo run --release -p ceiba-linkage --example speed`

use std::time::{Duration, Instant};

use ceiba_linkage::{Birth, Index, Known};

const PEOPLE: u32 = 100_000;
const QUESTIONS: u32 = 200;

/// Common names for half of the people, as in a country where a tenth is called María.
const NAMES: [&str; 8] = ["María", "José", "Juana", "Juan", "Ana", "Carlos", "Rosa", "Luis"];
const SURNAMES: [&str; 8] = ["López", "García", "Pérez", "Morales", "Hernández", "Cux", "Tzul", "Velásquez"];
const ONSETS: [&str; 16] =
    ["b", "ch", "d", "g", "j", "k", "l", "m", "n", "p", "q'", "r", "s", "t", "tz", "x"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];

/// Scatters a number: the same every time.
const fn scatter(n: u32, salt: u32) -> usize {
    (n.wrapping_add(salt).wrapping_mul(0x9E37_79B9) ^ salt.wrapping_mul(0x85EB_CA6B))
        .wrapping_mul(0xC2B2_AE35) as usize
        >> 7
}

fn word(n: u32, salt: u32, common: &[&str]) -> String {
    let at = scatter(n, salt);
    if at.is_multiple_of(2) {
        return common[at / 2 % common.len()].to_owned();
    }
    (0..2 + at / 2 % 2)
        .map(|syllable| {
            let at = scatter(n % 7919, salt + 11 * syllable as u32 + 1);
            format!("{}{}", ONSETS[at % 16], VOWELS[at / 16 % 5])
        })
        .collect()
}

fn person(n: u32) -> Known {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    Known {
        id,
        names: vec![word(n, 1, &NAMES), word(n, 2, &NAMES)],
        surnames: vec![word(n, 3, &SURNAMES), word(n, 4, &SURNAMES)],
        chosen: n.is_multiple_of(4).then(|| word(n, 5, &NAMES)),
        birth: Birth::Exact(1980 + (n % 40) as i32, (n % 12 + 1) as u8, (n % 28 + 1) as u8),
        mother: Some(format!("{} {}", word(n, 6, &NAMES), word(n, 4, &SURNAMES))),
        ..Known::default()
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures; nothing that is shipped reads a clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let last = times.len() - 1;
    println!(
        "{what}: median {:?}, 95 % within {:?}, longest {:?}",
        times[last / 2],
        times[last * 95 / 100],
        times[last]
    );
}

fn main() {
    let (mut index, time) = timed(|| {
        let mut index = Index::new();
        (0..PEOPLE).for_each(|n| index.add(&person(n)));
        index
    });
    println!("{} people added in {time:?}", index.len());
    let asked = |n: u32| Known { id: [255; 16], ..person(n * 499) };
    report("candidates", (0..QUESTIONS).map(|n| timed(|| index.candidates(&asked(n), 10)).1).collect());
    report(
        "search, two words",
        (0..QUESTIONS)
            .map(|n| {
                let name = format!("{} {}", word(n * 499, 1, &NAMES), word(n * 499, 3, &SURNAMES));
                timed(|| index.search(&name, 10)).1
            })
            .collect(),
    );
    report(
        "search, two letters",
        (0..QUESTIONS).map(|n| timed(|| index.search(&word(n, 1, &NAMES)[..2], 10)).1).collect(),
    );
    report("change", (0..QUESTIONS).map(|n| timed(|| index.change(&person(n * 499))).1).collect());
    let first = (0..QUESTIONS)
        .filter(|n| index.candidates(&asked(*n), 1).iter().any(|c| c.id == person(n * 499).id))
        .count();
    println!("right first: {first} of {QUESTIONS}");
}
