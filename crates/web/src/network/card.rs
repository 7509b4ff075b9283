//! What a partner carries, on the page that shows it once: a card to print, the address of her page, and the number that is only told.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use ceiba_programme::network::cards::{self, Made};
use maud::html;
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, button_link, card, heading, notice, qr};
use crate::posted::Posted;
use crate::{Answer, App, Place};

/// `POST /red/{id}/tarjeta`: a new card, page and number, on this page and nowhere else. What she had ends.
pub async fn make(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    // Sent twice there is nothing to show again: what was made then is known to nobody but whoever saw it.
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let made = cards::make(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/red/{id}")).await?;
    Ok(once(&app, &me, &headers, id, &made))
}

fn once(app: &App, me: &Me, headers: &HeaderMap, id: Uuid, made: &Made) -> axum::response::Response {
    let w = me.words(app);
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let base = format!("{}://{host}", if app.tls { "https" } else { "http" });
    let (alert, page) = (format!("{base}/aviso?red={}", made.card), format!("{base}/red/mi/{}", made.page));
    let number = format!("{} {}", &made.number[..3], &made.number[3..]);
    let content = html! {
        div class="actions" {
            (notice(w, Notice::Warning, html! { p { (w.t("network-card-once")) } }))
        }
        (heading(html! { (w.t("network-card-title")) }, html! {}))
        div class="columns" {
            section class="card sheet" {
                h2 { (w.t("network-paper-title")) }
                p { (w.t("network-paper-text")) }
                (qr(&w.t("network-paper-code"), &alert))
                p class="address" { (alert) }
            }
            section class="card sheet" {
                h2 { (w.t("network-page-title")) }
                p { (w.t("network-page-text")) }
                (qr(&w.t("network-page-code"), &page))
                p class="address" { (page) }
            }
        }
        // A number on the same paper as its address would be no number.
        div class="actions" {
            (card(&w.t("network-number"), html! {
                p class="code" { (number) }
                p { (w.t("network-number-text")) }
            }))
        }
        p class="actions" { (button_link(&w.t("network-card-done"), &format!("/red/{id}"), Tone::Primary)) }
    };
    Desk::new(app, me, "network-window", format!("/red/{id}")).area(Place::Network).body(content)
}

/// `POST /red/{id}/retirar`: from now on neither card nor page is anybody's.
pub async fn withdraw(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    cards::withdraw(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/red/{id}")).await
}
