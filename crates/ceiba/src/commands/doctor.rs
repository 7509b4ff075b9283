//! `ceiba doctor`: is everything as it should be?

use std::path::PathBuf;

use ceiba_programme::setup::{self, Stand};

use crate::config::Config;
use crate::office;

/// Check configuration, database, lock, recovery and ledger, and say what to do about each fault.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// Also open the office and verify the whole ledger.
    #[arg(long)]
    deep: bool,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let mut faults = 0;
    let mut say = |name: &str, fine: Result<String, String>| match fine {
        Ok(text) => println!("  well   {name}: {text}"),
        Err(text) => {
            faults += 1;
            println!("  FAULT  {name}: {text}");
        }
    };
    let config = match Config::read(&args.config) {
        Ok(config) => config,
        Err(e) => anyhow::bail!("configuration: {e:#}"),
    };
    say("configuration", Ok(args.config.display().to_string()));
    say(
        "office lock",
        if config.lock.is_file() {
            Ok(config.lock.display().to_string())
        } else {
            Err("not found: plug in the key stick, or run `ceiba init`".to_owned())
        },
    );
    if let Some(data) = &config.data {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(data).map(|m| m.permissions().mode() & 0o077);
        say(
            "data folder",
            match mode {
                Ok(0) => Ok("only its owner can read it".to_owned()),
                Ok(_) => {
                    Err(format!("other users of this machine can read it: chmod 700 {}", data.display()))
                }
                Err(e) => Err(e.to_string()),
            },
        );
    }
    match office::database(&config).await {
        Err(e) => say("database", Err(format!("{e:#}"))),
        Ok(db) => {
            let mut tx = db.read().await?;
            match setup::installation(&mut tx).await? {
                None => say("installation", Err("not founded: run `ceiba init`".to_owned())),
                Some(i) => {
                    say(
                        "installation",
                        if i.stand == Stand::Demo {
                            Err("a demonstration: its keys are public".to_owned())
                        } else {
                            Ok(i.id.to_string())
                        },
                    );
                    say(
                        "backup key",
                        i.backup_recipient.ok_or_else(|| "none: nothing can be backed up".to_owned()),
                    );
                    let late = tx.sql("SELECT COUNT(*) AS n FROM break_glass WHERE reviewed_at IS NULL AND review_due < $1").bind(ceiba_store::Clock::now(&ceiba_store::SystemClock)).one().await?;
                    let late: i64 = late.get("n")?;
                    say(
                        "emergency accesses",
                        if late == 0 {
                            Ok("all reviewed in time".to_owned())
                        } else {
                            Err(format!("{late} wait for a review beyond their term"))
                        },
                    );
                }
            }
        }
    }
    if args.deep {
        let (p, _) = office::open(&config).await?;
        say(
            "ledger",
            match ceiba_programme::audit::verify(&p, &[]).await? {
                Ok(report) => Ok(format!("{} entries verify", report.size)),
                Err(fault) => Err(fault.to_string()),
            },
        );
    }
    if faults > 0 {
        anyhow::bail!("{faults} faults");
    }
    Ok(())
}
