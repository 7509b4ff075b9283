//! `ceiba audit`: verifying the ledger, printing its head.

use std::path::PathBuf;

use anyhow::{Context, bail};
use ceiba_ledger::{Frontier, SignedHead, Stored};
use ceiba_programme::Programme;
use ceiba_store::ledger;

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

/// The name of the log in its signed heads.
pub const ORIGIN: &str = "ceiba-ledger";

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let (p, _) = office::open(&config).await?;
    match args.what {
        What::Head => println!("{}", head(&p).await?),
        What::Verify { heads } => {
            let mut witnessed = Vec::new();
            for path in heads {
                let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                let head = SignedHead::parse(&text).with_context(|| path.display().to_string())?;
                head.verify(&p.office_key().signing_key().verifying_key())
                    .with_context(|| path.display().to_string())?;
                witnessed.push(head);
            }
            match verify(&p, &witnessed).await? {
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

/// Reads the whole ledger and verifies it against the office key, its own right edge and heads from outside.
pub async fn verify(
    p: &Programme,
    witnessed: &[SignedHead],
) -> anyhow::Result<Result<ceiba_ledger::Report, ceiba_ledger::Fault>> {
    let mut tx = p.store.db.read().await?;
    let mut rows: Vec<Stored> = Vec::new();
    loop {
        let from = i64::try_from(rows.len())?;
        let page =
            ledger::page(&mut tx, from.max(rows.last().map_or(0, |r| r.entry.seq as i64 + 1)), 5000).await?;
        if page.is_empty() {
            break;
        }
        rows.extend(page);
    }
    drop(tx);
    // The right edge that the next entry would build on is itself a witness: it is sealed by no key, but a
    // log cut off behind it no longer fits it.
    let own = head(p).await?;
    let tag = p.store.tag().clone();
    Ok(ceiba_ledger::verify(
        rows.into_iter().map(Ok::<_, std::convert::Infallible>),
        Some(&*tag),
        Some(&own),
        witnessed,
    ))
}

async fn head(p: &Programme) -> anyhow::Result<SignedHead> {
    let mut tx = p.store.db.read().await?;
    let row = tx.sql("SELECT frontier FROM ledger_head WHERE id = 1").one().await?;
    let frontier = Frontier::from_bytes(&row.get::<Vec<u8>>("frontier")?)?;
    let now = p.store.clock.now();
    Ok(SignedHead::sign(ORIGIN, frontier.size(), frontier.root(), now, &p.office_key().signing_key())?)
}
