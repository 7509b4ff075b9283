//! The medicine round: everybody who has something due, bed by bed.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::shelter::{self, medicine};
use maud::html;

use super::{bed, doses};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{card, empty_state, heading, typed, typed_block};
use crate::view::Names;
use crate::{Answer, App, Place};

/// `GET /casa/medicina`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let mut due = Vec::new();
    for her in shelter::residents(p, work.tx(), caller).await? {
        let grant = p.may_case(work.tx(), caller, Act::HOUSE_READ, her.case.id).await?;
        let mut taken = medicine::of(p, work.tx(), caller, &grant, her.case.id).await?;
        taken.retain(|t| !t.due.is_empty() || !t.awaits.is_empty());
        if !taken.is_empty() {
            due.push((her, taken));
        }
    }
    let names = Names::read(&app, work.tx()).await?;
    work.record("house.round", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("round-title")) }, html! { (w.moment(app.now())) }))
        @if due.is_empty() { (empty_state(&w.t("round-empty"), html! {})) }
        @for (her, taken) in &due {
            (card(&format!("{} · {}", bed(w, &her.bed), her.case.code), html! {
                p class="lead" { a href={ "/casa/" (her.case.code) } { (typed(&her.person.core.chosen_name)) } }
                @for b in &her.bedside { (typed_block(&b.body.text)) }
                @for t in taken { (doses::one(&app, &me, (&her.case.code, &names), t)) }
            }))
        }
    };
    Ok(Desk::new(&app, &me, "round-window", "/casa/medicina").area(Place::House).body(content))
}
