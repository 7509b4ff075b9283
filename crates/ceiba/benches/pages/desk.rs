//! The whole application in this process, with colleagues who are signed in.

use std::sync::Arc;

use anyhow::{Context, ensure};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, StatusCode, header};
use ceiba_access::Caller;
use ceiba_programme::accounts::{self, sessions, sign_in::SignedIn};
use ceiba_programme::cases::lists;
use ceiba_programme::people::known;
use ceiba_store::{Clock, Db, SystemClock};
use ceiba_vault::PersonSecret;
use ceiba_web::App;
use tower::ServiceExt;
use uuid::Uuid;

use super::{build, cast};

/// So many colleagues work in turn.
const AT_WORK: usize = 8;

/// A colleague with her session and her open cases.
pub struct Colleague {
    caller: Caller,
    cookie: String,
    csrf: String,
    /// Code and chosen name of each.
    pub cases: Vec<(String, String)>,
    /// Her account.
    pub account: Uuid,
}

/// The application and who works with it.
pub struct Desk {
    app: App,
    router: Router,
    /// Who works.
    pub who: Vec<Colleague>,
}

impl Desk {
    /// Opens the office as `ceiba serve` does, and signs colleagues in.
    pub async fn open(db: Db) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        // Chance that depends on the hour of opening: nothing drawn while building is drawn again.
        let seed = u8::try_from(clock.now() / 1_000_000 % 250).unwrap_or(0) + 2;
        let p = build::programme(db, clock, seed)?;
        let mut tx = p.store.db.read().await?;
        known::build(&p, &mut tx).await?;
        drop(tx);
        let app = App::new(Arc::new(p), false, None);
        let mut desk = Self { router: ceiba_web::router(app.clone()), app, who: Vec::new() };
        for n in 0..AT_WORK {
            desk.who.push(desk.colleague(n).await?);
        }
        Ok(desk)
    }

    async fn colleague(&self, n: usize) -> anyhow::Result<Colleague> {
        let p = &self.app.programme;
        let mut tx = p.store.db.read().await?;
        let all = accounts::list(p, &mut tx).await?;
        let it =
            all.into_iter().find(|a| a.username() == format!("worker{n}")).context("no such colleague")?;
        let row = tx.sql("SELECT secret_key FROM account WHERE id = $1").bind(it.id).one().await?;
        let secret =
            Arc::new(PersonSecret::open_with_password(&row.get::<Vec<u8>>("secret_key")?, cast::PASSWORD)?);
        drop(tx);
        let token = sessions::start(p, &self.app.keys, SignedIn { account: it.id, secret }, "bench").await?;
        let mut tx = p.store.db.read().await?;
        let session = sessions::find(p, &self.app.keys, &mut tx, &token).await?.context("no session")?;
        let lines = lists::mine(p, &mut tx, &session.caller, false).await?;
        ensure!(!lines.is_empty(), "worker{n} has no open case");
        let cases =
            lines.into_iter().filter_map(|l| Some((l.case.code, l.person?.core.chosen_name))).collect();
        Ok(Colleague {
            cookie: format!("cuaderno={token}"),
            csrf: session.csrf,
            cases,
            account: it.id,
            caller: session.caller,
        })
    }

    /// Whose turn it is, and with which of her cases.
    pub fn turn(&self, i: usize) -> (&Colleague, &(String, String)) {
        let who = &self.who[i % self.who.len()];
        (who, &who.cases[i / self.who.len() % who.cases.len()])
    }

    async fn ask(
        &self,
        who: &Colleague,
        path: &str,
        form: Option<String>,
    ) -> anyhow::Result<(StatusCode, Bytes)> {
        let builder =
            Request::builder().uri(path).header(header::HOST, "bench").header(header::COOKIE, &who.cookie);
        let request = match form {
            None => builder.body(Body::empty())?,
            Some(form) => {
                let once = self.app.once();
                let kind = "application/x-www-form-urlencoded";
                builder
                    .method("POST")
                    .header(header::CONTENT_TYPE, kind)
                    .body(format!("csrf={}&once={once}&{form}", who.csrf).into())?
            }
        };
        let response = self.router.clone().oneshot(request).await?;
        let status = response.status();
        Ok((status, to_bytes(response.into_body(), 4 << 20).await?))
    }

    async fn page(
        &self,
        who: &Colleague,
        path: &str,
        form: Option<String>,
        shows: &str,
    ) -> anyhow::Result<()> {
        let (status, body) = self.ask(who, path, form).await?;
        ensure!(status == StatusCode::OK, "{path} answers {status}");
        ensure!(body.windows(shows.len()).any(|w| w == shows.as_bytes()), "{path} does not show {shows}");
        Ok(())
    }

    /// `GET /casos/{code}`.
    pub async fn case(&self, i: usize) -> anyhow::Result<()> {
        let (who, (code, name)) = self.turn(i);
        self.page(who, &format!("/casos/{code}"), None, name).await
    }

    /// `POST /casos/{code}/cronologia`.
    pub async fn note(&self, i: usize) -> anyhow::Result<()> {
        let (who, (code, _)) = self.turn(i);
        let text = "Se+habl%C3%B3+de+la+escuela+y+de+la+visita.+".repeat(8);
        let form = format!("kind=visit&text={text}&on%40day=2&on%40month=1&on%40year=2024");
        let (status, _) = self.ask(who, &format!("/casos/{code}/cronologia"), Some(form)).await?;
        ensure!(status == StatusCode::SEE_OTHER, "saving a note answers {status}");
        Ok(())
    }

    /// `GET /hoy`.
    pub async fn today(&self, i: usize) -> anyhow::Result<()> {
        self.page(self.turn(i).0, "/hoy", None, "/tareas/").await
    }

    /// `POST /casos/buscar`, for the whole chosen name of one of hers.
    pub async fn search(&self, i: usize) -> anyhow::Result<()> {
        let (who, (code, name)) = self.turn(i);
        self.page(who, "/casos/buscar", Some(words(name)), code).await
    }

    /// `GET /avisos`.
    pub async fn board(&self, i: usize) -> anyhow::Result<()> {
        self.page(self.turn(i).0, "/avisos", None, "/avisos/").await
    }

    /// Not times, but what the same pages leave out at this size.
    pub async fn tell_what_is_missing(&self) -> anyhow::Result<()> {
        let p = &self.app.programme;
        let (mut hers, mut listed, mut found, mut searched) = (0, 0, 0, 0);
        for who in &self.who {
            let mut tx = p.store.db.read().await?;
            let mine = lists::mine(p, &mut tx, &who.caller, false).await?;
            hers += who.cases.len();
            listed += who.cases.iter().filter(|(code, _)| mine.iter().any(|l| l.case.code == *code)).count();
            for (code, name) in who.cases.iter().take(10) {
                let first = name.split(' ').next().unwrap_or_default();
                let ids = known::search(p, &mut tx, &who.caller, first).await?;
                let lines = lists::of(p, &mut tx, &who.caller, &ids).await?;
                searched += 1;
                found += usize::from(lines.iter().any(|l| l.case.code == *code));
            }
        }
        println!("of {hers} open cases of one's own, {listed} are in one's list");
        println!("of {searched} own cases, {found} are found by the first of their two names");
        Ok(())
    }
}

fn words(name: &str) -> String {
    let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
    format!("words={encoded}")
}
