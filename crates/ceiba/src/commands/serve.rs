//! `ceiba serve`: runs the programme for real people.

use std::path::PathBuf;
use std::sync::Arc;

use ceiba_web::App;

use crate::config::Config;
use crate::office;

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
    let app = App::new(Arc::new(programme), config.tls, None);
    listen(app, config.listen).await
}

/// Serves until the process is asked to stop, then closes the database in order.
pub async fn listen(app: App, at: std::net::SocketAddr) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(at).await?;
    let db = app.programme.store.db.clone();
    tracing::info!(address = %listener.local_addr()?, "listening");
    axum::serve(listener, ceiba_web::router(app)).with_graceful_shutdown(stop()).await?;
    db.close().await;
    Ok(())
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
