//! `ceiba link ask` and `ceiba link answer`: consent to unmask, from both sides.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use ceiba_exchange::csvw::harmless;
use ceiba_linkage::blind::{Consent, Exchange, Kind, hex, mark};

use super::{Between, read_marks};
use crate::commands::link::rows::{Rows, Written};

/// List the marks that we agree to unmask, and why, for the other side.
#[derive(clap::Args)]
pub struct Ask {
    /// The pairs that we agree to: columns `ours`, `theirs` as `compare` writes them, and `why`. Without a reason it is no yes.
    pairs: PathBuf,
    #[command(flatten)]
    written: Written,
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
    let rows = Rows::open(&args.pairs, args.written)?;
    let (ours, theirs, why) = (rows.place("ours")?, rows.place("theirs")?, rows.place("why")?);
    let mut consent = Consent::default();
    let tally = rows.each(|row, _| {
        let (one, other) = mark(&row[ours]).zip(mark(&row[theirs])).ok_or("it has no two marks")?;
        if !marks.contains_key(&one) {
            return Err("its mark is not one of ours");
        }
        if consent.add(one, other, &row[why]) { Ok(()) } else { Err("it says no reason") }
    })?;
    ensure!(!consent.is_empty(), "{}: nothing is agreed to", args.pairs.display());
    std::fs::write(&args.out, consent.to_text(&keys)).with_context(|| args.out.display().to_string())?;
    println!(
        "{} pairs agreed to, {} left out. To hand over: {}",
        consent.len(),
        tally.left_out,
        args.out.display()
    );
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
        let (ours, theirs) = (hex(&pair.ours), hex(&pair.theirs));
        // A reason is what somebody else typed: no spreadsheet may take it for a formula.
        file.write_record([&ours, &theirs, id, &harmless(&pair.why_ours), &harmless(&pair.why_theirs)])?;
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
