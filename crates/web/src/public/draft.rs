//! What was sent while the session was locked or over: kept sealed, and given back after the password.

use axum::extract::State;
use ceiba_programme::ProgrammeError;
use ceiba_store::{DAY, Tx};
use maud::html;
use uuid::Uuid;

use crate::desk::{self, Desk};
use crate::failure::Failure;
use crate::me::Me;
use crate::parts::{Notice, Tone, actions, button, form_post, heading, notice, submit};
use crate::posted::Posted;
use crate::{Answer, App, see_other};

/// Where it is.
pub const PATH: &str = "/borrador";

/// Seals a form. One for each person: the last one.
pub async fn keep(app: &App, account: Uuid, path: &str, body: &[u8]) -> Result<(), Failure> {
    let mut work = app.programme.store.work(account).await?;
    let id = work.chance().id();
    let office = app.programme.office_key();
    let sealed = work.chance().with(|rng| office.seal_small(rng, "draft", id.as_bytes(), body));
    let sealed = sealed.map_err(ProgrammeError::from)?;
    let now = work.at();
    work.sql("DELETE FROM draft WHERE account = $1").bind(account).run().await?;
    work.sql("INSERT INTO draft (id, account, path, at, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(account)
        .bind(path)
        .bind(now)
        .bind(sealed)
        .once()
        .await?;
    work.record("draft.keep", "account", account, [0; 32]).await?;
    Ok(work.commit().await?)
}

/// A form that waits: its path and its fields.
struct Draft {
    path: String,
    fields: Vec<(String, String)>,
}

/// The draft of a person, if one waits that was not sent since.
async fn waiting(app: &App, tx: &mut Tx, account: Uuid) -> Result<Option<Draft>, Failure> {
    let row = tx
        .sql("SELECT id, path, body FROM draft WHERE account = $1 AND at > $2")
        .bind(account)
        .bind(app.programme.store.clock.now() - DAY)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id: Uuid = row.get("id")?;
    let plain = app.programme.office_key().open_small("draft", id.as_bytes(), &row.get::<Vec<u8>>("body")?);
    let plain = plain.map_err(ProgrammeError::from)?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&plain).into_owned().collect();
    let once = fields.iter().find(|(name, _)| name == "once").and_then(|(_, v)| v.parse::<Uuid>().ok());
    let sent = tx.sql("SELECT 1 AS x FROM once WHERE token = $1").bind(once).optional().await?;
    Ok(if sent.is_some() { None } else { Some(Draft { path: row.get("path")?, fields }) })
}

/// Where somebody goes who has just come in: to her draft, or on.
pub async fn landing(app: &App, account: Uuid) -> Result<&'static str, Failure> {
    let mut tx = app.programme.store.db.read().await?;
    Ok(if waiting(app, &mut tx, account).await?.is_some() { PATH } else { "/inicio" })
}

/// `GET /borrador`: the form with one button that sends it. It stays until it is sent, dropped, or a day old.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let Some(draft) = waiting(&app, work.tx(), me.account()).await? else {
        return Ok(see_other(desk::landing(&app, &me)));
    };
    work.record("draft.return", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let body = html! {
        (heading(html! { (w.t("draft-title")) }, html! {}))
        (notice(w, Notice::Info, html! { (w.t("draft-text")) }))
        form class="stack" method="post" action=(draft.path) {
            @for (name, value) in &draft.fields {
                @if name == "csrf" {
                    input type="hidden" name="csrf" value=(me.session.csrf);
                } @else if name == "once" || value.chars().count() < 40 {
                    input type="hidden" name=(name) value=(value);
                } @else {
                    label { span { (w.t("draft-typed")) }
                        textarea name=(name) rows="6" autocomplete="off" spellcheck="false" { (value) } }
                }
            }
            (actions(&[submit(&w.t("draft-send"))]))
        }
        (form_post(PATH, &me.session.csrf, &app.once(), actions(&[button(&w.t("draft-drop"), Tone::Quiet, "go", "drop")])))
    };
    Ok(Desk::new(&app, &me, "draft-window", "/inicio").body(body))
}

/// `POST /borrador`: goes on without it.
pub async fn forget(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    work.sql("DELETE FROM draft WHERE account = $1").bind(me.account()).run().await?;
    work.record("draft.drop", "account", me.account(), [0; 32]).await?;
    posted.commit(work, desk::landing(&app, &me)).await
}
