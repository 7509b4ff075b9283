//! The configuration file: where the data is, how the office opens, where to listen.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::listen::Limits;
use crate::send;

/// `ceiba.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of the SQLite database. Either this or `postgres`.
    pub data: Option<PathBuf>,
    /// Connection string of a PostgreSQL database.
    pub postgres: Option<String>,
    /// The office lock, outside the data folder: whoever copies the data must not get the lock with it.
    pub lock: PathBuf,
    /// A file with the office passphrase (a key stick, a systemd credential); without it the start asks.
    pub passphrase_file: Option<PathBuf>,
    /// Where to listen.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Pages come through TLS (a reverse proxy): cookies are then for TLS only.
    #[serde(default = "yes")]
    pub tls: bool,
    /// The names browsers reach this server by, such as `ceiba.example.org`; with the port when it is not the usual
    /// one. Requests for other names are refused. Empty: any name.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What a connection may take.
    #[serde(default)]
    pub limits: Limits,
    /// An SMTP server. Without it no e-mail is sent.
    pub mail: Option<send::smtp::Mail>,
    /// A gateway of text messages. Without it none is sent.
    pub sms: Option<send::sms::Gateway>,
    /// The programme's pack.
    #[serde(default = "pack")]
    pub pack: String,
    /// The country's pack.
    #[serde(default = "country")]
    pub country: String,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

const fn yes() -> bool {
    true
}

fn pack() -> String {
    "demo".to_owned()
}

fn country() -> String {
    "guatemala".to_owned()
}

impl Config {
    /// What carries messages.
    pub fn messages(&self) -> send::Messages {
        send::Messages { mail: self.mail.clone(), sms: self.sms.clone() }
    }

    /// Reads and checks the file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| {
            format!("{} cannot be read. `ceiba init --help` tells how to make one", path.display())
        })?;
        let config: Self =
            toml::from_str(&text).with_context(|| format!("{} has a fault", path.display()))?;
        config.limits.check()?;
        match (&config.data, &config.postgres) {
            (Some(data), None) if config.lock.starts_with(data) => {
                bail!(
                    "the office lock is inside the data folder: move it, so that a copy of the data does not hold it"
                )
            }
            (Some(_), None) | (None, Some(_)) => Ok(config),
            _ => bail!("{}: give either `data` (a folder, for SQLite) or `postgres`", path.display()),
        }
    }
}
