//! `ceiba user`: accounts from the command line.

use std::path::PathBuf;

use ceiba_programme::accounts::{self, New};
use uuid::Uuid;

use super::init::{explain, secret};
use crate::config::Config;
use crate::office;

/// Make, close and list accounts. Needs the office passphrase.
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
    /// List all accounts.
    List,
    /// Make an account; asks for its first password.
    Add {
        /// What she signs in with.
        username: String,
        /// How colleagues know her.
        name: String,
        /// Her role: see `ceiba policies --table`.
        #[arg(long)]
        role: String,
        /// Her site's code.
        #[arg(long)]
        site: Option<String>,
        /// Her language: es or en.
        #[arg(long, default_value = "es")]
        language: String,
        /// Read the password from standard input instead of asking.
        #[arg(long)]
        from_stdin: bool,
    },
    /// Close an account: signed out at once, strongbox keys gone.
    Close {
        /// What she signs in with.
        username: String,
    },
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let (p, _) = office::open(&config).await?;
    match args.what {
        What::List => {
            let mut tx = p.store.db.read().await?;
            for a in accounts::list(&p, &mut tx).await? {
                let state = if a.active { "open" } else { "closed" };
                println!(
                    "{:<16} {:<14} {:<4} {:<7} {}",
                    a.username(),
                    a.role,
                    a.site.as_deref().unwrap_or_default(),
                    state,
                    a.name()
                );
            }
        }
        What::Add { username, name, role, site, language, from_stdin } => {
            let password = secret(from_stdin, "First password (12 characters or more): ")?;
            let mut work = p.store.work(Uuid::nil()).await?;
            let new = New {
                username: &username,
                name: &name,
                role: &role,
                site: site.as_deref(),
                language: &language,
                password: &password,
                person: None,
            };
            accounts::add(&p, &mut work, &new).await.map_err(explain)?;
            work.commit().await?;
            println!("{username} can sign in.");
        }
        What::Close { username } => {
            let mut work = p.store.work(Uuid::nil()).await?;
            let all = accounts::list(&p, work.tx()).await?;
            let Some(account) = all.iter().find(|a| a.username() == username.to_lowercase()) else {
                anyhow::bail!("there is no account {username}: `ceiba user list` shows all");
            };
            accounts::set_active(&mut work, (account.id, account.version), false).await?;
            work.commit().await?;
            println!("{username} is closed and signed out everywhere.");
        }
    }
    Ok(())
}
