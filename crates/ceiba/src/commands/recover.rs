//! `ceiba recover`: what two directors together can open.

use std::path::PathBuf;

use anyhow::{Context, bail};
use ceiba_programme::cases::{self, recovery};
use ceiba_programme::{ProgrammeError, accounts, setup};
use ceiba_store::Tx;
use ceiba_vault::{Cost, PersonSecret, RecoveryCode, lock_office};
use uuid::Uuid;

use super::init::secret;
use super::passphrase;
use crate::config::Config;
use crate::office;

/// Open what was lost, with the recovery codes of two of the three directors.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// Read codes and passphrase from standard input, a line each, instead of asking.
    #[arg(long)]
    from_stdin: bool,
    /// What was lost.
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The lock file or its passphrase: writes a new lock with a new passphrase.
    Office,
    /// Everybody who had the keys of a case's strongboxes: gives them to a member of its care team.
    Case {
        /// The code of the case.
        code: String,
        /// What she signs in with. She must be on the care team, in a role that opens the strongbox.
        #[arg(long)]
        to: String,
    },
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    match &args.what {
        What::Office => lock(&config, args.from_stdin).await,
        What::Case { code, to } => case(&config, args.from_stdin, code, to).await,
    }
}

/// Opens the quorum with the codes of two directors.
async fn quorum(tx: &mut Tx, from_stdin: bool) -> anyhow::Result<PersonSecret> {
    let ask = |which: &str| -> anyhow::Result<RecoveryCode> {
        Ok(RecoveryCode::parse(&secret(from_stdin, &format!("Recovery code of {which} director: "))?)?)
    };
    let codes = [ask("one")?, ask("another")?];
    setup::quorum_key(tx, [&codes[0], &codes[1]])
        .await
        .context("these are not the codes of two different directors of this installation")
}

async fn lock(config: &Config, from_stdin: bool) -> anyhow::Result<()> {
    let db = office::database(config).await?;
    let mut tx = db.read().await?;
    let Some(installation) = setup::installation(&mut tx).await? else {
        bail!("there is no installation here: restore a backup first");
    };
    let quorum = quorum(&mut tx, from_stdin).await?;
    let key = setup::deposited_office(&mut tx, &quorum).await?;
    setup::same_key(&installation, &key)?;
    let fresh = passphrase::new(from_stdin)?;
    let lock = office::chance()?.with(|rng| lock_office(rng, &key, &fresh, Cost::OFFICE))?;
    office::write_lock(&config.lock, &lock)?;
    println!("A new lock is at {}. Copy it to a second place now.", config.lock.display());
    Ok(())
}

async fn case(config: &Config, from_stdin: bool, code: &str, to: &str) -> anyhow::Result<()> {
    let (p, _) = office::open(config).await?;
    let mut work = p.store.work(Uuid::nil()).await?;
    let all = accounts::list(&p, work.tx()).await?;
    let account =
        all.iter().find(|a| a.username() == to).with_context(|| format!("nobody signs in as `{to}`"))?;
    let case = cases::by_code(work.tx(), code).await?;
    let quorum = quorum(work.tx(), from_stdin).await?;
    match recovery::give(&p, &mut work, &quorum, (case, account.id)).await {
        Ok(given) => {
            work.commit().await?;
            println!("{to} has {given} key(s) of {code}. It is in the ledger.");
            Ok(())
        }
        Err(ProgrammeError::State(_)) => bail!(
            "nothing to give: {to} must be on the care team of {code}, in a role that opens a strongbox, and not have its keys yet"
        ),
        Err(e) => Err(e.into()),
    }
}
