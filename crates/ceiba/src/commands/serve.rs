//! `ceiba serve`: runs the programme for real people.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ceiba_programme::Programme;
use ceiba_web::App;

use crate::config::Config;
use crate::listen::{Limits, serve};
use crate::{office, send};

/// How often the worker looks for what is due: whoever must know of an emergency knows within the minute.
const TURN: Duration = Duration::from_secs(15);

/// Run the programme. The office opens with its passphrase, from the file the configuration names or asked
/// for at the start; until then nothing can be read. Refuses to start on the data of a demonstration.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let (programme, _) = office::open(&config).await?;
    let programme = match send::carrier(&config.messages())? {
        Some(carrier) => programme.with_carrier(carrier),
        None => programme,
    };
    ceiba_web::drawable(&programme.pack)?;
    let app = App::new(Arc::new(programme), config.tls, None);
    listen(app, config.listen, config.limits, config.hosts).await
}

/// Serves until the process is asked to stop, then closes the database in order.
pub async fn listen(
    app: App,
    at: std::net::SocketAddr,
    limits: Limits,
    hosts: Vec<String>,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(at).await?;
    let db = app.programme.store.db.clone();
    tracing::info!(address = %listener.local_addr()?, "listening");
    let worker = tokio::spawn(work(app.programme.clone()));
    let postman = tokio::spawn(post(app.programme.clone()));
    let pages = ceiba_web::router_behind(app, limits.door(hosts));
    serve(listener, pages, limits, stop()).await?;
    worker.abort();
    postman.abort();
    db.close().await;
    Ok(())
}

/// Does what is due as long as the program runs. What was asked of it is in the database: nothing is lost when it stops.
async fn work(programme: Arc<Programme>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if let Err(e) = ceiba_programme::jobs::work_off(&programme).await {
            tracing::error!(error = %e, "the worker could not reach the database");
        }
    }
}

/// Sends what is due, beside the worker: a mail server that hangs must not hold an alarm.
async fn post(programme: Arc<Programme>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if let Err(e) = ceiba_programme::contact::outbox::work_off(&programme).await {
            tracing::error!(error = %e, "the postman could not reach the database");
        }
    }
}

async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = term.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
