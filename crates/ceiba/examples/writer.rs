//! The real store and programme under load, for `tools/power-cut`: founds a house, writes until it is killed,
//! and checks what is left. Not part of the product.

#[path = "../tests/support/check.rs"]
mod check;
#[path = "../tests/support/house.rs"]
mod house;
#[path = "../tests/support/saved.rs"]
mod saved;
#[path = "../tests/support/writer.rs"]
mod writer;

use std::path::PathBuf;

use ceiba_store::Db;
use clap::{Parser, Subcommand};

/// Founds, loads and checks a house.
#[derive(Parser)]
struct Cli {
    /// The folder of its data.
    folder: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make it.
    Found,
    /// Write until killed; say each unit after its commit returned.
    Write {
        /// Give up power-cut safety: the control that must lose.
        #[arg(long)]
        normal: bool,
        /// Different for each time that the same house is written to.
        #[arg(long, default_value_t = 0)]
        round: u64,
    },
    /// Read what was acknowledged from standard input and look whether it is there and sound.
    Check,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Cli { folder, what } = Cli::parse();
    match what {
        What::Found => house::found(Db::sqlite(&folder).await?, 6).await,
        What::Write { normal, round } => writer::run(&folder, !normal, round).await,
        What::Check => {
            let lines = std::io::read_to_string(std::io::stdin())?;
            let saved: Vec<_> = lines.lines().filter_map(saved::read).collect();
            let house = house::open(Db::sqlite(&folder).await?, 0).await?;
            check::acknowledged(&house, &saved, saved.len()).await?;
            let entries = check::whole(&house).await?;
            println!("{} units are there and open; {entries} ledger entries verify", saved.len());
            Ok(())
        }
    }
}
