//! No bed: what to do now, and whom to call. Nobody is sent away.

use axum::extract::State;
use ceiba_programme::cases::referrals;
use ceiba_programme::shelter;
use maud::html;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Tone, button_link, card, heading, notice};
use crate::{Answer, App, Place};

/// `GET /casa/sin-cama`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let houses = shelter::elsewhere(&app.programme, &mut tx, me.caller()).await?;
    let directory = referrals::directory(&mut tx).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("no-bed-title")) }, html! {}))
        (notice(w, Notice::Info, html! { p { (w.t("no-bed-recorded")) } p { (w.t("no-bed-stay")) } }))
        (card(&w.t("no-bed-houses"), html! {
            ul { @for (code, free) in &houses { li { (w.t("house-title")) " " (code) " · " (w.with("house-free", &[("n", (*free).into())])) } } }
            p { (w.t("no-bed-houses-text")) }
        }))
        (card(&w.t("no-bed-call"), html! {
            ul { @for i in directory.iter().filter(|i| ["state", "prosecutor"].contains(&i.kind.as_str())) {
                li { (i.name) " · " a href={ "tel:" (i.phone) } { (i.phone) } " · " (i.hours) }
            } }
        }))
        p { (button_link(&w.t("no-bed-back"), "/casa", Tone::Primary)) }
    };
    Ok(Desk::new(&app, &me, "no-bed-window", "/casa/sin-cama").area(Place::House).body(content))
}
