//! `ceiba link compare`: which marks of two files are alike.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use ceiba_linkage::blind::{How, compare, hex};

use super::{exchange, sealed};
use crate::commands::link::share;

/// Say which marks of two files of one exchange are alike. No secret is needed for that.
#[derive(clap::Args)]
pub struct Args {
    /// Our file.
    ours: PathBuf,
    /// Theirs.
    theirs: PathBuf,
    /// How alike people must be at least, 0 to 1. Near 0.5 a few of a hundred are wrong; see the README of the linkage crate.
    #[arg(long, default_value_t = THRESHOLD, value_parser = share)]
    threshold: f64,
    /// Where to write pairs: marks of both, how alike, and for the best of each how far the next is.
    #[arg(long, value_name = "CSV")]
    pairs: PathBuf,
    /// Write only the best of each, one to one.
    #[arg(long)]
    best: bool,
    /// Of these, only those that are liker than either's next by this.
    #[arg(long, default_value_t = 0.0, requires = "best", value_parser = share)]
    margin: f64,
    /// Check that nobody without the secret changed the files.
    #[arg(long, value_name = "FILE", requires = "exchange")]
    secret_file: Option<PathBuf>,
    /// The name of the exchange, with the secret.
    #[arg(long, value_name = "NAME", requires = "secret_file")]
    exchange: Option<String>,
}

/// Where F1 is best on generated people.
const THRESHOLD: f64 = ceiba_linkage::blind::THRESHOLD;

pub fn run(args: &Args) -> anyhow::Result<()> {
    ensure!(args.threshold > 0.0, "--threshold 0: everybody would be alike");
    let (ours, theirs) = (sealed(&args.ours)?, sealed(&args.theirs)?);
    if let (Some(secret), Some(name)) = (&args.secret_file, &args.exchange) {
        let keys = exchange(secret, name, ours.kind())?;
        for (file, path) in [(&ours, &args.ours), (&theirs, &args.theirs)] {
            file.verify(&keys).with_context(|| path.display().to_string())?;
        }
    }
    let both = || format!("{} and {}", args.ours.display(), args.theirs.display());
    let mut found = compare(&ours, &theirs, args.threshold).with_context(both)?;
    if args.best {
        found.retain(|found| {
            found.best.is_some_and(|margin| margin >= args.margin) || found.how == How::Exact
        });
    }
    let name = || args.pairs.display().to_string();
    let mut file = csv::Writer::from_path(&args.pairs).with_context(name)?;
    file.write_record(["ours", "theirs", "alike", "margin"])?;
    for found in &found {
        let alike = match found.how {
            How::Dice(dice) => format!("{dice:.4}"),
            How::Exact => "same".to_owned(),
            How::Near => "near".to_owned(),
        };
        let margin = found.best.map_or_else(String::new, |margin| format!("{margin:.4}"));
        file.write_record([&hex(&found.ours), &hex(&found.theirs), &alike, &margin])?;
    }
    file.flush().with_context(name)?;
    println!("{} and {} records, {} pairs.", ours.marks().len(), theirs.marks().len(), found.len());
    if args.secret_file.is_none() {
        eprintln!(
            "Only harm was looked for. Whether somebody changed the files on purpose, --secret-file finds."
        );
    }
    Ok(())
}
