//! `ceiba suppress`: a table of counts in, the same table out with hidden what would tell of few people.

use std::path::{Path, PathBuf};

use ceiba_disclosure::{Ask, Cell, DisclosureError, Exact, SafeRelease, TOTAL, Threshold, release_together};
use serde::Serialize;
use sha2::{Digest, Sha256};

mod read;
mod wrong;

use read::Input;
use wrong::{Why, Wrong};

/// Hide what would tell of few people in a table of counts, and attack the result before it is written.
///
/// The table is a CSV with a heading: columns of codes, then `count`. `*` or `total` in a column stands for all codes; such rows
/// must add up. Rows that are missing count nobody. Hidden numbers come out as `c`. Beside the output a manifest says what was
/// hidden and what came of the attack.
#[derive(clap::Args)]
pub struct Args {
    /// The table: columns of codes, then `count`.
    #[arg(long, value_name = "CSV")]
    table: PathBuf,
    /// From how many people on a group is shown: 5 or more; for whatever anybody may read, 10.
    #[arg(long, default_value = "10")]
    threshold: String,
    /// Where to write the safe table; the manifest goes beside it, with `.json` at the end.
    #[arg(long, value_name = "CSV")]
    out: PathBuf,
    /// Which codes stand under others: columns `child,parent`, or `column,child,parent` when a code means something else elsewhere.
    #[arg(long, value_name = "CSV")]
    hierarchy: Option<PathBuf>,
    /// Write totals of every column, and of the codes above.
    #[arg(long, conflicts_with = "no_totals")]
    totals: bool,
    /// The numbers do not add up, since a person may stand in several rows, or nobody knows what they add up to: each is hidden for itself.
    /// Else totals count as known, also where they are not written: whoever has them from elsewhere can subtract.
    #[arg(long)]
    no_totals: bool,
    /// Keep the level of the table, even when most of it would be hidden.
    #[arg(long)]
    keep_levels: bool,
    /// Write over files that exist.
    #[arg(long)]
    overwrite: bool,
}

/// What stands beside the output and may be given away with it: nothing in it depends on a hidden number. A hash of the input would prove a
/// guess, and how many numbers are hidden for being few helps whoever guesses; that is said on the screen, to whoever has the input.
#[derive(Serialize)]
struct Manifest<'a> {
    version: &'static str,
    threshold: Threshold,
    /// Whether numbers are hidden for somebody who knows all totals.
    protects_totals: bool,
    /// How many the table has, and how many of them are hidden. Totals that it does not have may be hidden or not.
    numbers: usize,
    hidden: usize,
    generalised: &'a [ceiba_disclosure::Generalised],
    attack: Attacked,
    sha256_out: String,
}

/// What came of the attack, as far as the table says it too.
#[derive(Serialize)]
struct Attacked {
    /// How many hidden numbers were found out.
    recovered: usize,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    match suppress(args) {
        Ok(text) => {
            println!("{text}");
            Ok(())
        }
        Err(wrong) => {
            eprintln!("{}", wrong.say(wrong::is_english()));
            std::process::exit(2)
        }
    }
}

fn suppress(args: &Args) -> Result<String, Wrong> {
    let manifest = beside(&args.out);
    if !args.overwrite {
        for path in [&args.out, &manifest] {
            if path.exists() {
                return Err(Wrong::at(path, None, Why::Exists));
            }
        }
    }
    let threshold = args.threshold.parse().ok().and_then(|k| Threshold::new(k).ok());
    let threshold = threshold.ok_or_else(|| Wrong::of(Why::Threshold))?;
    let bytes = std::fs::read(&args.table)
        .map_err(|e| Wrong::at(&args.table, None, Why::Unreadable(e.to_string())))?;
    let input = read::read(&args.table, &bytes, args.hierarchy.as_deref())?;
    let protects_totals = !args.no_totals || input.has_totals;
    let tables = [Exact {
        name: "table".to_owned(),
        by: input.columns.clone(),
        cells: input.leaves.clone(),
        totals: protects_totals,
    }];
    let ask = Ask {
        dimensions: &input.dimensions,
        tables: &tables,
        threshold,
        generalise: args.hierarchy.is_some() && !args.keep_levels,
    };
    let safe = release_together(&ask).map_err(|e| match e {
        DisclosureError::Refused { .. } => Wrong::of(Why::Refused),
        DisclosureError::TooLarge { most } => Wrong::at(&args.table, None, Why::TooLarge(most)),
        other => Wrong::at(&args.table, None, Why::Unreadable(other.to_string())),
    })?;
    let (out, numbers, hidden) = written(&input, &safe, args.totals);
    let (_, primary, complementary) = safe.counted();
    let text = serde_json::to_string_pretty(&Manifest {
        version: env!("CARGO_PKG_VERSION"),
        threshold,
        protects_totals,
        numbers,
        hidden,
        generalised: safe.generalised(),
        attack: Attacked { recovered: safe.attack().recovered },
        sha256_out: hash(out.as_bytes()),
    })
    .unwrap_or_default();
    // The manifest first: a table without one was not finished.
    for (path, text) in [(&manifest, text + "\n"), (&args.out, out)] {
        std::fs::write(path, text).map_err(|e| Wrong::at(path, None, Why::Unwritable(e.to_string())))?;
    }
    let raised = safe.generalised().len();
    Ok(wrong::done(wrong::is_english(), &args.out, (primary, complementary), (raised, protects_totals)))
}

fn beside(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".json");
    name.into()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of the input in their order, with totals that were added after them; when a level went up, every row of the result. And how many
/// they are, and how many of them are hidden.
fn written(input: &Input, safe: &SafeRelease, all: bool) -> (String, usize, usize) {
    let Some(table) = safe.table("table") else { return (String::new(), 0, 0) };
    let numbers = table.map();
    let mut rows: Vec<(Vec<String>, Cell)> = Vec::new();
    if safe.generalised().is_empty() {
        for (codes, named) in &input.rows {
            let key: Vec<&str> = codes.iter().map(String::as_str).collect();
            if let Some(cell) = numbers.get(&key) {
                rows.push((named.clone(), *cell));
            }
        }
    }
    let known: std::collections::BTreeSet<&Vec<String>> = input.rows.iter().map(|(codes, _)| codes).collect();
    let raised = !safe.generalised().is_empty();
    for line in table.lines() {
        let total = line.codes.iter().any(|c| c == TOTAL || input.is_inner(c));
        if raised || (all && total && !known.contains(&line.codes)) {
            rows.push((line.codes.clone(), line.count));
        }
    }
    let mut writer = csv::WriterBuilder::new().delimiter(input.delimiter).from_writer(Vec::new());
    let heading = input.columns.iter().map(String::as_str).chain(["count"]);
    let mut text = writer.write_record(heading).is_ok();
    let (many, hidden) = (rows.len(), rows.iter().filter(|(_, cell)| cell.is_hidden()).count());
    for (codes, cell) in rows {
        let count = cell.shown().map_or_else(|| "c".to_owned(), |n| n.to_string());
        text &= writer.write_record(codes.iter().map(String::as_str).chain([count.as_str()])).is_ok();
    }
    debug_assert!(text, "memory takes whatever is written");
    let text = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
    (text.unwrap_or_default(), many, hidden)
}
