//! How right linking is on a file with the truth in it.
//! `cargo run --release -p ceiba-linkage --example accuracy -- people.csv [second.csv] [nodocs]`

use std::time::Instant;

use ceiba_linkage::{Linker, Nicknames, Row, Settings, evaluate};

#[expect(clippy::disallowed_methods, reason = "it measures; nothing that is shipped reads a clock")]
fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let nicknames =
        Nicknames::parse(include_str!("../../../packs/guatemala/linkage/hypocoristics.txt")).unwrap();
    let documents = !files.iter().any(|f| f == "nodocs");
    let exhaustive = files.iter().any(|f| f == "all");
    let begin = files.iter().find(|f| f.ends_with(".toml") && !f.starts_with("save="));
    let begin = begin.map(|f| ceiba_linkage::Model::from_toml(&std::fs::read_to_string(f).unwrap()).unwrap());
    let mut linker = Linker::new(Settings { nicknames, checks: vec![], exhaustive, documents, begin });
    let start = Instant::now();
    let (mut truth, mut second) = (Vec::new(), None);
    let mut docs: Vec<(bool, bool, bool)> = Vec::new();
    for (n, file) in files.iter().filter(|f| f.ends_with(".csv")).enumerate() {
        if n == 1 {
            linker.against();
            second = Some(linker.len());
        }
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).unwrap();
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        for row in reader.records() {
            let row = row.unwrap();
            let get = |names: &[&str]| {
                let at = names.iter().find_map(|name| head.iter().position(|h| h == name));
                at.map_or("", |at| &row[at])
            };
            let id = get(&["record_id", "rec_id"]);
            let entity = if get(&["entity_id"]).is_empty() {
                id.split('-').take(2).collect::<Vec<_>>().join("-")
            } else {
                get(&["entity_id"]).to_owned()
            };
            truth.push(entity);
            docs.push((
                !get(&["id_number", "soc_sec_id"]).is_empty(),
                get(&["nationality"]) == "GTM",
                get(&["birth_date"]).len() == 10,
            ));
            let lot = id.bytes().fold(0u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
            linker.add(
                &Row {
                    given_names: get(&["given_names", "given_name"]),
                    surname1: get(&["surname1", "surname"]),
                    surname2: get(&["surname2"]),
                    nickname: get(&["nickname"]),
                    sex: get(&["sex"]),
                    birth_date: get(&["birth_date", "date_of_birth"]),
                    age_years: get(&["age_years"]),
                    place: get(&["municipality_code", "postcode"]),
                    nationality: get(&["nationality", "state"]),
                    document: get(&["id_number", "soc_sec_id"]),
                    phone: get(&["phone"]),
                    mother: get(&["mother_name"]),
                    recorded_at: get(&["recorded_at"]),
                    others: [get(&["address_1"]), get(&["suburb"]), get(&["street_number"])],
                },
                lot,
            );
        }
    }
    println!("read {:?}", start.elapsed());
    let mut stage = None;
    let linked = linker.link(None, &mut |now, _, _| {
        if stage != Some(now) {
            println!("{now:?} {:?}", start.elapsed());
            stage = Some(now);
        }
    });
    println!("linked {:?}", start.elapsed());
    for pass in &linked.report.blocks.passes {
        println!("  {pass:?}");
    }
    println!("compared {} kept {} {:?}", linked.report.compared, linked.pairs.len(), linked.model.provenance);
    let e = evaluate(&linked.pairs, &truth, second, 0.95);
    println!("{e:?}");
    for (name, of) in [("both docs", 0), ("no docs", 1), ("not GTM", 2), ("birth", 3), ("no birth", 4)] {
        let some: Vec<_> = linked
            .pairs
            .iter()
            .copied()
            .filter(|p| {
                let (a, b) = (docs[p.left as usize], docs[p.right as usize]);
                match of {
                    0 => a.0 && b.0,
                    1 => !(a.0 && b.0) && a.1 && b.1,
                    2 => !a.1 && !b.1,
                    3 => a.2 && b.2 && !(a.0 && b.0),
                    _ => !a.2 && !b.2 && !(a.0 && b.0),
                }
            })
            .collect();
        let e = evaluate(&some, &truth, second, 0.95);
        println!(
            "{name} {} {:?}",
            some.len(),
            e.reliability
                .iter()
                .map(|(n, p, r)| (*n, (p * 1000.0) as u32, (r * 1000.0) as u32))
                .collect::<Vec<_>>()
        );
    }
    let groups = linker.clusters(&linked.pairs, 0.95);
    println!(
        "clusters {} {:?}",
        groups.iter().enumerate().filter(|(n, g)| *n as u32 == **g).count(),
        start.elapsed()
    );
    if let Some(out) = files.iter().find_map(|f| f.strip_prefix("save=")) {
        std::fs::write(out, linked.model.to_toml().unwrap()).unwrap();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{:?}", status.lines().find(|l| l.starts_with("VmHWM")));
}
