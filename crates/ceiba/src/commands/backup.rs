//! `ceiba backup`: two sealed files, data and keys apart.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use ceiba_store::dump::TABLES;
use ceiba_store::{Db, Tx, Value};
use ceiba_vault::backup;

use crate::config::Config;
use crate::office;

/// Tables of the short chain: whoever is erased must vanish from it within 35 days, so these files are not
/// kept longer. Everything else may be kept for years: without its keys it opens nothing.
pub const KEY_CHAIN: [&str; 2] = ["key_slot", "erasure"];

/// Write two files into a folder: `ceiba-data-<time>.age`, to be kept as long as the law asks, and
/// `ceiba-keys-<time>.age`, to be deleted after 35 days. Both are sealed to the backup key that `init`
/// printed: this machine can write them, not read them. Works while the programme runs.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// The folder to write to.
    #[arg(long)]
    to: PathBuf,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let db = office::database(&config).await?;
    let (data, keys) = write(&db, &args.to, &ceiba_store::SystemClock).await?;
    ceiba_programme::closing::backed_up(&db, ceiba_store::Clock::now(&ceiba_store::SystemClock)).await?;
    println!(
        "{}\n{}\n\nDelete the keys file after 35 days: a person who is erased must not stay in it.",
        data.display(),
        keys.display()
    );
    Ok(())
}

/// Writes both files and returns their paths.
pub async fn write(db: &Db, to: &Path, clock: &dyn ceiba_store::Clock) -> anyhow::Result<(PathBuf, PathBuf)> {
    std::fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let mut tx = db.read().await?;
    let recipient = match ceiba_programme::setup::installation(&mut tx).await? {
        Some(installation) => installation.backup_recipient,
        None => bail!("there is no installation here yet"),
    };
    let Some(recipient) = recipient else {
        bail!("this installation has no backup key: it was founded without one")
    };
    let stamp = clock.now() / ceiba_store::SECOND;
    let mut paths = Vec::new();
    for (name, keys) in [("data", false), ("keys", true)] {
        let text = dump(&mut tx, keys).await?;
        let path = to.join(format!("ceiba-{name}-{stamp}.age"));
        // Written whole under another name first: a backup cut short must not look like one.
        let part = path.with_extension("part");
        std::fs::write(&part, backup::encrypt(&recipient, text.as_bytes())?)?;
        std::fs::rename(&part, &path)?;
        paths.push(path);
    }
    match <[PathBuf; 2]>::try_from(paths) {
        Ok([data, keys]) => Ok((data, keys)),
        Err(_) => bail!("two files were to be written"),
    }
}

/// One line a row: `["table", value, …]`, bytes in base 64.
async fn dump(tx: &mut Tx, keys: bool) -> anyhow::Result<String> {
    let mut text = String::new();
    for table in TABLES.iter().filter(|t| KEY_CHAIN.contains(&t.name) == keys) {
        for row in table.rows(tx).await? {
            let mut line = vec![serde_json::Value::from(table.name)];
            line.extend(row.into_iter().map(|v| match v {
                Value::Bool(v) => v.into(),
                Value::Int(v) => v.into(),
                Value::Text(v) => v.into(),
                Value::Bytes(v) => v.map(|b| BASE64.encode(b)).into(),
                Value::Id(v) => v.map(|id| id.to_string()).into(),
            }));
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Reads a line back.
pub fn read(line: &str) -> anyhow::Result<(&'static ceiba_store::dump::Table, Vec<Value>)> {
    use ceiba_store::dump::Type;
    let values: Vec<serde_json::Value> =
        serde_json::from_str(line).context("a line of the backup is damaged")?;
    let name = values.first().and_then(|v| v.as_str()).context("a line of the backup names no table")?;
    let table = TABLES
        .iter()
        .find(|t| t.name == name)
        .with_context(|| format!("the backup has an unknown table {name}"))?;
    if values.len() != table.columns.len() + 1 {
        bail!("a line of {name} has another number of values: the backup is of another version of Ceiba");
    }
    let row = table.columns.iter().zip(&values[1..]).map(|((column, kind), v)| {
        let text = || v.as_str().map(str::to_owned);
        Ok(match kind {
            Type::Bool => Value::Bool(v.as_bool()),
            Type::Int => Value::Int(v.as_i64()),
            Type::Text => Value::Text(text()),
            Type::Bytes => Value::Bytes(
                text().map(|t| BASE64.decode(t)).transpose().with_context(|| format!("{name}.{column}"))?,
            ),
            Type::Id => {
                Value::Id(text().map(|t| t.parse()).transpose().with_context(|| format!("{name}.{column}"))?)
            }
        })
    });
    Ok((table, row.collect::<anyhow::Result<_>>()?))
}
