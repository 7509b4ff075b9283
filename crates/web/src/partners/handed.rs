//! The two halves of a packet, shown once: the link on a sheet to hand over, the code to be told by voice.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use ceiba_programme::partners::directory::Institution;
use ceiba_programme::partners::packets::{Handed, Packet};
use maud::html;

use super::referrals::name;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, button_link, card, heading, notice, qr};
use crate::{App, Place};

/// The page after sending. The sheet that it prints holds the link and nothing of her; the code stays on the screen.
pub(super) fn page(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    (code, packet): (&str, &Packet),
    handed: &Handed,
    directory: &[Institution],
) -> Response {
    let w = me.words(app);
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let link = format!("{}://{host}/r/{}", if app.tls { "https" } else { "http" }, handed.link);
    let back = format!("/casos/{code}/referencias");
    let content = html! {
        (heading(html! { (w.t("handed-sheet-title")) }, html! { (w.t("packet-reference")) " " (packet.reference()) }))
        div class="actions" {
            (notice(w, Notice::Done, html! { (w.t("handed-title")) " " (w.t("handed-once")) }))
            (notice(w, Notice::Warning, html! { (w.t("handed-code-text")) p class="code" { (handed.code) } }))
            p class="quiet" { (w.t("handed-print-how")) }
            (button_link(&w.t("handed-done"), &back, Tone::Primary))
        }
        (card(name(directory, Some(packet.institution)), html! {
            p { (w.t("handed-sheet-text")) }
            p class="code" { (link) }
            (qr(&w.t("handed-qr"), &link))
            p { (w.t("handed-sheet-code")) }
            p { (w.t("handed-until")) " " (w.moment(app.local(packet.until))) }
            p class="quiet" { (app.programme.pack.name) }
        }))
    };
    Desk::new(app, me, "handed-window", back.clone()).area(Place::Cases).code(code).body(content)
}
