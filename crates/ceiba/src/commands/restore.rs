//! `ceiba restore`: a backup into an empty database, with the erasures applied again.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use ceiba_programme::{erasure, setup};
use ceiba_store::Db;
use ceiba_store::dump::TABLES;
use ceiba_vault::backup;

use super::backup::{KEY_CHAIN, read};
use crate::config::Config;
use crate::office;

/// Read a data file (of any age) and the newest keys file into an empty database. Whoever was erased since
/// the data file was written stays erased. Afterwards run `ceiba audit verify`.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file; its database must be empty.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// The data file.
    #[arg(long)]
    data: PathBuf,
    /// The newest keys file.
    #[arg(long)]
    keys: PathBuf,
    /// A file with the backup key that `init` printed.
    #[arg(long)]
    identity: PathBuf,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let identity =
        std::fs::read_to_string(&args.identity).with_context(|| args.identity.display().to_string())?;
    let db = office::database(&config).await?;
    let (rows, erased) = load(&db, &args.data, &args.keys, identity.trim()).await?;
    println!(
        "{rows} rows are back. {erased} keys of erased people were left out.\nNow: ceiba audit verify --config {}",
        args.config.display()
    );
    Ok(())
}

/// Loads both files in one transaction: a restore that breaks off leaves the database empty.
pub async fn load(db: &Db, data: &Path, keys: &Path, identity: &str) -> anyhow::Result<(u64, u64)> {
    let open = |path: &Path| -> anyhow::Result<String> {
        let sealed = std::fs::read(path).with_context(|| path.display().to_string())?;
        let plain = backup::decrypt(identity, &sealed).with_context(|| path.display().to_string())?;
        Ok(String::from_utf8(plain.to_vec())?)
    };
    let (data, keys) = (open(data)?, open(keys)?);
    let mut tx = db.write().await?;
    if setup::installation(&mut tx).await?.is_some() {
        bail!("this database is not empty: restore into a new one");
    }
    for table in TABLES.iter().rev() {
        table.clear(&mut tx).await?;
    }
    let mut count = 0;
    for (text, chain) in [(&data, false), (&keys, true)] {
        for line in text.lines() {
            let (table, row) = read(line)?;
            if KEY_CHAIN.contains(&table.name) != chain {
                bail!("{} does not belong into this file: are the two files swapped?", table.name);
            }
            table.add(&mut tx, row).await?;
            count += 1;
        }
    }
    let erased = erasure::apply_again(&mut tx).await?;
    tx.commit().await?;
    Ok((count, erased))
}
