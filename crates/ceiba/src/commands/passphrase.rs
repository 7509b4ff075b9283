//! `ceiba passphrase`: another passphrase for the office.

use std::path::PathBuf;

use anyhow::bail;
use ceiba_vault::{Cost, lock_office};

use super::init::secret;
use crate::config::Config;
use crate::office;

/// Give the office another passphrase. Asks for the present one and writes the lock file anew; the data stay as
/// they are, and a running server is not disturbed. Copies of the old lock file still open with the old
/// passphrase: replace them too.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// Read the new passphrase from standard input instead of asking.
    #[arg(long)]
    from_stdin: bool,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let key = office::unlock(&config.lock, &office::passphrase(&config)?)?;
    let fresh = new(args.from_stdin)?;
    let lock = office::chance()?.with(|rng| lock_office(rng, &key, &fresh, Cost::OFFICE))?;
    office::write_lock(&config.lock, &lock)?;
    println!("The office has its new passphrase. Copy {} to its second place again.", config.lock.display());
    if let Some(path) = &config.passphrase_file {
        println!("The configuration reads it from {}: change it there too.", path.display());
    }
    Ok(())
}

/// Asks for a new passphrase, twice when somebody types it.
pub fn new(from_stdin: bool) -> anyhow::Result<String> {
    let passphrase = secret(from_stdin, "New office passphrase (four words or more): ")?;
    if passphrase.chars().count() < 16 {
        bail!("the office passphrase needs at least 16 characters: four or more words are easy to keep");
    }
    if !from_stdin && secret(false, "The same again: ")? != passphrase {
        bail!("the two are not the same: nothing was changed");
    }
    Ok(passphrase)
}
