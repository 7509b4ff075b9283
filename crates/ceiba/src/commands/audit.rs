//! `ceiba audit`: verifying the ledger, printing its head.

use std::path::PathBuf;

use anyhow::{Context, bail};
use ceiba_ledger::SignedHead;
use ceiba_programme::audit;

use crate::config::Config;
use crate::office;

/// Verify the ledger, or print its signed head to be kept outside.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Read every entry and name the first that was edited, removed, reordered or cut off.
    Verify {
        /// Signed heads that were kept outside; each must still agree.
        #[arg(long = "head", value_name = "FILE")]
        heads: Vec<PathBuf>,
    },
    /// Print the signed head: print it daily, mail it to a director.
    Head,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let (p, _) = office::open(&config).await?;
    match args.what {
        What::Head => println!("{}", audit::head(&p).await?),
        What::Verify { heads } => {
            let mut witnessed = Vec::new();
            for path in heads {
                let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                let head = SignedHead::parse(&text).with_context(|| path.display().to_string())?;
                head.verify(&p.office_key().signing_key().verifying_key())
                    .with_context(|| path.display().to_string())?;
                witnessed.push(head);
            }
            match audit::verify(&p, &witnessed).await? {
                Ok(report) => println!(
                    "{} entries, nothing was edited, removed, reordered or cut off. Heads checked: {}.",
                    report.size, report.heads_checked
                ),
                Err(fault) => bail!("the ledger was tampered with: {fault}"),
            }
        }
    }
    Ok(())
}
