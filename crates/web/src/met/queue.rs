//! The files that may be of one person.

use axum::extract::{Query, State};
use ceiba_programme::people::links;
use maud::{Markup, html};
use serde::Deserialize;

use super::how_likely;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Mood, Notice, Table, Tone, actions, button_link, empty_state, heading, notice, tag,
};
use crate::{Answer, App, Place};

/// Where the page begins.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    desde: i64,
}

/// `GET /posibles`.
pub async fn list(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let queue = links::queue(&app.programme, &mut tx, me.caller(), asked.desde).await?;
    drop(tx);
    let columns = ["met-col-files", "met-col-likely", "met-col-look"].map(|key| Column::new(w.t(key)));
    let rows = queue.pairs.iter().map(|(link, [one, other])| {
        vec![
            html! { (one) " · " (other) @if link.put_off_at.is_some() { " " (tag(Mood::Plain, &w.t("met-later-tag"))) } },
            html! { (how_likely(w, &link.why)) },
            html! { (button_link(&w.with("met-look", &[("one", one.into()), ("other", other.into())]), &format!("/posibles/{}", link.id), Tone::Quiet)) },
        ]
    });
    let content = html! {
        (heading(html! { (w.t("met-title")) }, html! { (w.t("met-lead")) }))
        @if queue.pairs.is_empty() && queue.next.is_none() { (empty_state(&w.t("met-none"), html! {})) }
        @else if !queue.pairs.is_empty() { (Table::new(w.t("met-caption"), columns.into()).cards().rows(rows).show(w)) }
        @if let Some(next) = queue.next { (actions(&[button_link(&w.t("met-more"), &format!("/posibles?desde={next}"), Tone::Quiet)])) }
        (elsewhere(w, &queue.elsewhere))
    };
    Ok(Desk::new(&app, &me, "met-window", "/posibles").area(Place::Cases).body(content))
}

/// Her own files of which there may be another: the way to whom to ask, and nothing of the other.
fn elsewhere(w: &crate::Words, codes: &[String]) -> Markup {
    if codes.is_empty() {
        return html! {};
    }
    notice(
        w,
        Notice::Info,
        html! {
            p { (w.t("met-elsewhere-text")) }
            ul { @for code in codes { li { a href={ "/casos/" (code) } { (code) } } } }
        },
    )
}
