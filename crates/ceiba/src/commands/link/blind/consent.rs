//! `ceiba link ask` and `ceiba link answer`: consent to unmask, from both sides.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use ceiba_linkage::blind::{Consent, Exchange, Kind, hex, mark};

use super::{Between, read_marks};

/// List the marks that we agree to unmask, and why, for the other side.
#[derive(clap::Args)]
pub struct Ask {
    /// The pairs that we agree to: columns `ours`, `theirs` as `compare` writes them, and `why`. Without a reason it is no yes.
    pairs: PathBuf,
    #[command(flatten)]
    between: Between,
    /// Which mark stands for which record, as `encode` wrote it.
    #[arg(long, value_name = "CSV")]
    marks: PathBuf,
    /// The list to hand over.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Of the marks that both sides list, write which of our records they are.
#[derive(clap::Args)]
pub struct Answer {
    /// Our list.
    ours: PathBuf,
    /// Theirs.
    theirs: PathBuf,
    #[command(flatten)]
    between: Between,
    /// Which mark stands for which record, as `encode` wrote it.
    #[arg(long, value_name = "CSV")]
    marks: PathBuf,
    /// Our records that both sides agreed to unmask.
    #[arg(long, value_name = "CSV")]
    out: PathBuf,
}

pub fn ask(args: &Ask) -> anyhow::Result<()> {
    let keys = args.between.keys(Kind::Consent)?;
    let marks = read_marks(&args.marks)?;
    let name = || args.pairs.display().to_string();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&args.pairs).with_context(name)?;
    let heading = reader.headers().with_context(name)?.clone();
    let place = |column: &str| {
        let at = heading.iter().position(|name| name.trim() == column);
        at.with_context(|| format!("{}: there is no column «{column}»", name()))
    };
    let (ours, theirs, why) = (place("ours")?, place("theirs")?, place("why")?);
    let (mut consent, mut left_out) = (Consent::default(), 0);
    for row in reader.records() {
        let row = row.with_context(name)?;
        let field = |at: usize| row.get(at).unwrap_or_default();
        let problem = match (mark(field(ours)), mark(field(theirs))) {
            (Some(one), Some(other)) if marks.contains_key(&one) => {
                if consent.add(one, other, field(why)) {
                    continue;
                }
                "it says no reason"
            }
            (Some(_), Some(_)) => "its mark is not one of ours",
            _ => "it has no two marks",
        };
        left_out += 1;
        let line = row.position().map_or(0, csv::Position::line);
        eprintln!("{}, line {line}, left out: {problem}", name());
    }
    ensure!(!consent.is_empty(), "{}: nothing is agreed to", name());
    std::fs::write(&args.out, consent.to_text(&keys)).with_context(|| args.out.display().to_string())?;
    println!("{} pairs agreed to, {left_out} left out. To hand over: {}", consent.len(), args.out.display());
    println!("They read our reasons, not our records.");
    Ok(())
}

pub fn answer(args: &Answer) -> anyhow::Result<()> {
    let keys = args.between.keys(Kind::Consent)?;
    let marks = read_marks(&args.marks)?;
    let (ours, theirs) = (list(&args.ours, &keys)?, list(&args.theirs, &keys)?);
    let mut file = csv::Writer::from_writer(vec![]);
    file.write_record(["ours", "theirs", "record_id", "why_ours", "why_theirs"])?;
    let agreed = ours.both(&theirs);
    for pair in &agreed {
        let id = marks.get(&pair.ours);
        let id = id.with_context(|| format!("{}: a mark of our list is missing", args.marks.display()))?;
        file.write_record([&hex(&pair.ours), &hex(&pair.theirs), id, &pair.why_ours, &pair.why_theirs])?;
    }
    crate::office::write_private(&args.out, &file.into_inner()?)?;
    println!(
        "Both agree on {} of {} and {} pairs: {}",
        agreed.len(),
        ours.len(),
        theirs.len(),
        args.out.display()
    );
    Ok(())
}

fn list(path: &Path, keys: &Exchange) -> anyhow::Result<Consent> {
    let name = || path.display().to_string();
    let text = std::fs::read(path).with_context(name)?;
    Consent::from_text(&String::from_utf8_lossy(&text), keys).with_context(name)
}
