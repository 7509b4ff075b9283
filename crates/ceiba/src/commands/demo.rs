//! `ceiba demo`: an invented programme, at once.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use ceiba_programme::contact::outbox::Carrier;
use ceiba_programme::people;
use ceiba_programme::setup::{self, Stand};
use ceiba_store::{Clock, Db, SystemClock};
use ceiba_vault::Cost;
use ceiba_web::{App, Demo};

use super::serve::listen;
use crate::listen::Limits;
use crate::{demo, office, send};

/// Show an invented programme at <http://127.0.0.1:8080>: two towns, two houses, a clinic, a municipal
/// office, 28 months. Nobody in it is real, and its keys are public: a production run refuses its data.
#[derive(clap::Args)]
pub struct Args {
    /// Keep the data in this folder; without it they are gone when the program stops.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The port on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The language of the first page: es or en.
    #[arg(long, default_value = "es", value_parser = ["es", "en"])]
    lang: String,
    /// A file with `[mail]` and `[sms]` as in `ceiba.toml`; without it the demonstration sends nothing.
    #[arg(long)]
    messages: Option<PathBuf>,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let temporary = tempfile::tempdir().context("no temporary folder can be made")?;
    let folder = args.data.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let seeded = is_seeded(&folder).await?;
    if !seeded {
        eprintln!("Se prepara un programa inventado (28 meses)… / Preparing an invented programme…");
        // The invented past needs no protection against a power cut; from here on everything has it.
        let db = Db::sqlite_with(&folder, false).await?;
        demo::seed::run(&db, SystemClock.now()).await?;
        db.close().await;
    }
    let db = Db::sqlite(&folder).await?;
    let office = demo::office_key();
    let store = office::store(db, &office, Arc::new(SystemClock), office::chance()?);
    let programme = office::assemble(store, setup::demo_pack()?, office, demo::TENANT, Cost::DEMO)?;
    let programme = match carrier(args.messages.as_deref())? {
        Some(carrier) => programme.with_carrier(carrier),
        None => programme,
    };
    let mut tx = programme.store.db.read().await?;
    people::known::build(&programme, &mut tx).await?;
    drop(tx);
    let demo = Demo { language: args.lang.clone(), cast: demo::cast::on_stage() };
    ceiba_web::drawable(&programme.pack)?;
    let app = App::new(Arc::new(programme), false, Some(demo));
    let at = SocketAddr::from(([127, 0, 0, 1], args.port));
    eprintln!(
        "\n  Ceiba: http://{at}\n\n  Datos inventados. Ninguna persona es real. / Invented data. No person is real.\n  Ctrl+C termina / stops.\n"
    );
    listen(app, at, Limits::default(), Vec::new()).await
}

fn carrier(file: Option<&std::path::Path>) -> anyhow::Result<Option<Arc<dyn Carrier>>> {
    let Some(path) = file else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    send::carrier(&toml::from_str(&text).with_context(|| format!("{} has a fault", path.display()))?)
}

async fn is_seeded(folder: &std::path::Path) -> anyhow::Result<bool> {
    if !folder.join("ceiba.sqlite").exists() {
        return Ok(false);
    }
    let db = Db::sqlite(folder).await?;
    let mut tx = db.read().await?;
    let found = setup::installation(&mut tx).await?;
    drop(tx);
    db.close().await;
    match found {
        None => Ok(false),
        Some(i) if i.stand == Stand::Demo => Ok(true),
        Some(_) => anyhow::bail!(
            "{} holds the data of a real installation: the demonstration does not touch it",
            folder.display()
        ),
    }
}
