//! Opening the office: key, database, programme.

use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use ceiba_programme::packs::Pack;
use ceiba_programme::setup::{self, Installation, Stand};
use ceiba_programme::{Programme, people};
use ceiba_store::{Chance, Clock, Db, Store, SystemClock, Tag};
use ceiba_vault::{Cost, OfficeKey, office_lock};
use uuid::Uuid;

use crate::config::Config;

/// A generator seeded by the operating system.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
pub fn chance() -> anyhow::Result<Arc<Chance>> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|e| anyhow::anyhow!("the operating system gives no randomness: {e}"))?;
    Ok(Arc::new(Chance::seeded(seed)))
}

/// Opens (or makes) the database of a configuration.
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    if let Some(url) = &config.postgres {
        let options = ceiba_store::postgres_options(url).context("`postgres` is not a connection string")?;
        return Ok(Db::postgres(options).await?);
    }
    let Some(data) = &config.data else { bail!("no `data` in the configuration") };
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    Ok(Db::sqlite(data).await?)
}

/// Asks for the office passphrase, or reads it from the file that the configuration names.
pub fn passphrase(config: &Config) -> anyhow::Result<String> {
    let text = match &config.passphrase_file {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?
        }
        None if std::io::stdin().is_terminal() => rpassword::prompt_password("Office passphrase: ")?,
        None => {
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            line
        }
    };
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Opens the office lock. A lock that is cheaper to guess than production demands is refused.
pub fn unlock(path: &Path, passphrase: &str) -> anyhow::Result<OfficeKey> {
    let lock =
        std::fs::read(path).with_context(|| format!("the office lock {} cannot be read", path.display()))?;
    if !office_lock::stored_cost(&lock)?.is_at_least(&Cost::OFFICE) {
        bail!("this office lock is too easy to guess (a demonstration's?): make one with `ceiba init`");
    }
    Ok(ceiba_vault::unlock_office(&lock, passphrase)?)
}

/// Writes the office lock.
pub fn write_lock(path: &Path, lock: &[u8]) -> anyhow::Result<()> {
    write_private(path, lock)
}

/// Writes a file: whole, or the old one stays. Only its owner can read it.
pub fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let fresh = path.with_extension("new");
    let written = (|| {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)
    })();
    written.with_context(|| format!("{} cannot be written", path.display()))
}

/// The store on a database, with its ledger marked by the office key.
pub fn store(db: Db, office: &Arc<OfficeKey>, clock: Arc<dyn Clock>, chance: Arc<Chance>) -> Store {
    let key = office.clone();
    let tag: Tag = Arc::new(move |bytes| key.ledger_tag(bytes));
    Store::new(db, clock, chance, tag)
}

/// Opens a founded installation for production: right key, not a demonstration, index of names built.
pub async fn open(config: &Config) -> anyhow::Result<(Programme, Installation)> {
    let db = database(config).await?;
    let mut tx = db.read().await?;
    let Some(installation) = setup::installation(&mut tx).await? else {
        bail!("there is no installation here yet: run `ceiba init` first");
    };
    drop(tx);
    if installation.stand == Stand::Demo {
        bail!(
            "these are the data of a demonstration, whose keys everybody knows: they cannot be served for real"
        );
    }
    let office = Arc::new(unlock(&config.lock, &passphrase(config)?)?);
    setup::same_key(&installation, &office)?;
    let store = store(db, &office, Arc::new(SystemClock), chance()?);
    let programme =
        assemble(store, Pack::read(&config.country, &config.pack)?, office, installation.id, Cost::PASSWORD)?;
    let mut tx = programme.store.db.read().await?;
    let built = people::known::build(&programme, &mut tx).await?;
    drop(tx);
    if people::links::rebuild(&programme).await? {
        tracing::info!("the pseudonyms of linked people were written anew");
    }
    tracing::info!(people = built.people, "the index of names is built");
    if !built.damaged.is_empty() {
        let codes = built.damaged.join(" ");
        tracing::error!(%codes, "damaged: these people cannot be found by name; restore their records from a backup");
    }
    Ok((programme, installation))
}

/// Puts a programme together.
pub fn assemble(
    store: Store,
    pack: Pack,
    office: Arc<OfficeKey>,
    tenant: Uuid,
    cost: Cost,
) -> anyhow::Result<Programme> {
    Ok(Programme::open(store, pack, office, tenant, cost)?)
}
