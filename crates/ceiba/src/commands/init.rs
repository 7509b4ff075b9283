//! `ceiba init`: founds an installation.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use ceiba_programme::accounts::{self, New, second};
use ceiba_programme::packs::Pack;
use ceiba_programme::setup::{self, Founding, Stand};
use ceiba_store::SystemClock;
use ceiba_vault::{Cost, OfficeKey, RecoveryCode, backup, lock_office};
use uuid::Uuid;

use crate::config::Config;
use crate::office;

/// Found an installation from a configuration file such as:
///
///   data = "/var/lib/ceiba"
///   lock = "/etc/ceiba/office.lock"
///
/// Asks for the office passphrase and the administrator's password, prints three recovery codes (one for
/// each director; any two open the strongboxes when their people are gone) and the backup key. They are shown once.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// What the first administrator signs in with.
    #[arg(long, default_value = "admin")]
    admin: String,
    /// Read passphrase and password from standard input, a line each, instead of asking.
    #[arg(long)]
    from_stdin: bool,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    if config.lock.exists() {
        bail!("{} is there already: this installation was founded", config.lock.display());
    }
    let passphrase = secret(args.from_stdin, "Office passphrase (four words or more): ")?;
    if passphrase.chars().count() < 16 {
        bail!("the office passphrase needs at least 16 characters: four or more words are easy to keep");
    }
    let password = secret(args.from_stdin, "Administrator's password: ")?;
    let chance = office::chance()?;
    let office = Arc::new(chance.with(OfficeKey::random));
    let lock = chance.with(|rng| lock_office(rng, &office, &passphrase, Cost::OFFICE))?;
    let db = office::database(&config).await?;
    let store = office::store(db, &office, Arc::new(SystemClock), chance.clone());
    let tenant = chance.id();
    let pack = Pack::read(&config.country, &config.pack)?;
    let p = office::assemble(store, pack, office, tenant, Cost::PASSWORD)?;
    let codes = [(); 3].map(|()| chance.with(RecoveryCode::random));
    let identity = backup::generate_identity();
    // The lock is written first: data without its lock would be lost, a lock without data is only a file.
    office::write_lock(&config.lock, &lock)?;
    let founding = Founding {
        stand: Stand::Production,
        tenant,
        directors: [&codes[0], &codes[1], &codes[2]],
        backup_recipient: Some(&identity.recipient),
    };
    setup::found(&p, &founding).await?;
    let mut work = p.store.work(Uuid::nil()).await?;
    let new = New {
        username: &args.admin,
        name: "Administración",
        role: "admin",
        site: None,
        language: "es",
        password: &password,
        person: None,
    };
    let admin = accounts::add(&p, &mut work, &new).await.map_err(explain)?;
    let second = second::give(&p, &mut work, admin).await?;
    work.commit().await?;

    println!("The installation is founded. Write down what follows: it is shown only now.\n");
    for (n, code) in codes.iter().enumerate() {
        println!("  Recovery code {} of 3, for one director: {}", n + 1, *code.printed());
    }
    println!("\n  Any two of them together open what was lost (`ceiba recover`). One alone opens nothing.");
    println!(
        "\n  Copy {} to a second place now: without it and its passphrase only two\n  directors together open the office again. No backup holds it.",
        config.lock.display()
    );
    println!("\n  Backup key, to be kept away from this machine:\n  {}", *identity.secret);
    println!("\n  Second step of `{}` for an authenticator app: {second}", args.admin);
    println!("\nNow: ceiba serve --config {}", args.config.display());
    Ok(())
}

/// What to mend, in words.
pub fn explain(e: ceiba_programme::ProgrammeError) -> anyhow::Error {
    match e {
        ceiba_programme::ProgrammeError::Invalid(problems) => {
            let list: Vec<String> = problems.iter().map(|p| format!("{} ({})", p.field, p.key)).collect();
            anyhow::anyhow!("please mend: {}", list.join(", "))
        }
        other => other.into(),
    }
}

pub fn secret(from_stdin: bool, prompt: &str) -> anyhow::Result<String> {
    if !from_stdin {
        return Ok(rpassword::prompt_password(prompt)?);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
