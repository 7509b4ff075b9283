//! Taking connections: each within limits, and none so many that others find no place.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use ceiba_web::Door;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt as _;

mod lobby;
mod seen;

use lobby::{Lobby, Place};
use seen::Seen;

/// What a connection may take. In `ceiba.toml` under `[limits]`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Seconds until the head of a request is there, also while nothing is asked.
    pub head_seconds: u64,
    /// Seconds from the head of a form to its answer.
    pub form_seconds: u64,
    /// The same for a form with a file.
    pub upload_seconds: u64,
    /// Connections at a time. When all are taken, the one that has kept us waiting longest is closed.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head_seconds: 15, form_seconds: 30, upload_seconds: 300, connections: 800 }
    }
}

impl Limits {
    /// Refuses what would serve nobody.
    pub fn check(&self) -> anyhow::Result<()> {
        let least = self.head_seconds.min(self.form_seconds).min(self.upload_seconds);
        if least == 0 || self.connections < 2 {
            anyhow::bail!("`limits`: give at least one second for each step, and two connections");
        }
        Ok(())
    }

    /// The door of the pages.
    pub fn door(&self, hosts: Vec<String>) -> Door {
        let seconds = Duration::from_secs;
        Door { form: seconds(self.form_seconds), upload: seconds(self.upload_seconds), hosts }
    }
}

/// The largest head of a request, in bytes. Our own are below two thousand.
const HEAD: usize = 32 * 1024;
/// The most lines of a head.
const LINES: usize = 60;
/// How long those who wait for an answer keep the program from ending.
const FAREWELL: Duration = Duration::from_secs(10);
/// Before the next is taken when none could be: files come free meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` ends; then whoever waits for an answer still gets it.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let lobby = Arc::new(Lobby::with(limits.connections));
    let (ending, end) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let taken = tokio::select! {
            () = &mut stop => break,
            taken = listener.accept() => taken,
        };
        match taken {
            Ok((stream, _)) => {
                let place = lobby.enter();
                tokio::spawn(connection(stream, place, app.clone(), limits, end.clone()));
            }
            // Somebody who left at once, or no more files for now: neither is a reason to stop for everybody.
            Err(e) => {
                tracing::warn!(error = %e, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(end);
    ending.send_replace(true);
    if tokio::time::timeout(FAREWELL, ending.closed()).await.is_err() {
        tracing::warn!("some connections were closed before their answer");
    }
    Ok(())
}

async fn connection(
    stream: TcpStream,
    place: Place,
    app: Router,
    limits: Limits,
    mut end: watch::Receiver<bool>,
) {
    let place = Arc::new(place);
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let (app, place) = (app.clone(), place.clone());
        async move {
            // Only who has sent all of it is served for sure; a slow body waits like a slow head.
            let request = request.map(|body| Body::new(Seen::new(body, place.clone())));
            let answer = app.oneshot(request).await;
            place.waits();
            answer
        }
    });
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.head_seconds))
        .max_buf_size(HEAD)
        .max_headers(LINES);
    let connection = server.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    loop {
        tokio::select! {
            ended = &mut connection => {
                if let Err(e) = ended {
                    tracing::debug!(error = %e, "a connection ended badly");
                }
                return;
            }
            // Its place goes to somebody else.
            () = place.given_away() => return,
            Ok(()) = end.changed() => connection.as_mut().graceful_shutdown(),
        }
    }
}
