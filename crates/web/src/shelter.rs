//! «Casa» for the night: who sleeps here by chosen name, what must not harm her, who must not come in; nothing of her
//! history. Rooms, shifts and the medicine round come with the issue *Care*.

use axum::extract::{Path, Query, State};
use ceiba_access::{Act, Situation};
use ceiba_programme::shelter::{self, LEAVING, Resident};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Notice, Tone, actions, button, button_link, card, empty_state, form_post, heading, notice, typed,
    typed_block,
};
use crate::posted::Posted;
use crate::{Answer, App, Place, Words};

pub mod admit;
pub mod no_bed;

/// Who was just received.
#[derive(Deserialize, Default)]
pub struct Came {
    #[serde(default)]
    recibida: String,
}

/// `GET /casa`.
pub async fn show(State(app): State<App>, me: Me, Query(came): Query<Came>) -> Answer {
    let w = me.words(&app);
    let (programme, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let here = shelter::residents(programme, work.tx(), caller).await?;
    let beds = match shelter::of(programme, caller) {
        Ok(site) => Some((site.beds.len(), shelter::free(work.tx(), site).await?.len())),
        Err(ProgrammeError::State(_)) => None,
        Err(e) => return Err(e.into()),
    };
    work.record("house.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let site = Situation { same_site: true, ..Situation::default() };
    let receives = beds.is_some() && programme.gate.would(caller, Act::HOUSE_ADMIT, &site);
    let content = html! {
        (heading(html! { (w.t("house-title")) " " (caller.site.as_deref().unwrap_or_default()) }, html! {
            (w.with("house-count", &[("n", here.len().into())]))
            @if let Some((_, free)) = beds { " · " (w.with("house-free", &[("n", free.into())])) }
        }))
        @if let Some(r) = here.iter().find(|r| r.case.code == came.recibida) {
            (notice(w, Notice::Done, html! {
                p { (w.t("admit-done")) " " (typed(&r.person.core.chosen_name)) " · " (r.case.code) " · " (bed(w, &r.bed)) }
                p { (w.t("admit-done-rest")) }
            }))
        }
        @if receives { p { (button_link(&w.t("admit-link"), "/casa/recibir", Tone::Primary)) } }
        @if here.is_empty() { (empty_state(&w.t(if beds.is_some() { "house-empty" } else { "house-no-beds" }), html! {})) }
        div class="cast" { @for r in &here { (resident(&app, &me, r, receives)) } }
    };
    Ok(Desk::new(&app, &me, "house-window", "/casa").area(Place::House).body(content))
}

/// A bed in words.
fn bed(w: &Words, bed: &str) -> String {
    w.with("house-bed", &[("bed", bed.into())])
}

fn resident(app: &App, me: &Me, r: &Resident, leaves: bool) -> Markup {
    let w = me.words(app);
    card(
        &format!("{} · {}", bed(w, &r.bed), r.case.code),
        html! {
            p class="lead" { (typed(&r.person.core.chosen_name)) }
            @match &r.safety {
                Some(s) => {
                    @if !s.body.keep_away.is_empty() { div { p { strong { (w.t("house-door")) } } (typed_block(&s.body.keep_away)) } }
                    @if !s.body.now.is_empty() { div { p { strong { (w.t("safety-now")) } } (typed_block(&s.body.now)) } }
                }
                None => { p { (w.t("safety-default-2")) } }
            }
            div {
                p { strong { (w.t("house-bedside")) } }
                @if r.bedside.is_empty() { p { (w.t("house-bedside-none")) } }
                @for b in &r.bedside { (typed_block(&b.body.text)) }
            }
            p class="quiet" {
                (app.language(me, &r.person.core.language)) @if r.person.core.interpreter { " · " (w.t("case-interpreter")) }
                " · " (w.t("house-since")) " " (w.moment(app.local(r.since)))
            }
            @if leaves {
                details class="why" {
                    summary { (w.t("leave-link")) }
                    (form_post(&format!("/casa/{}/sale", r.case.code), &me.session.csrf, &app.once(), html! {
                        p { (w.t("leave-text")) }
                        (actions(&LEAVING.map(|how| button(&w.t(&format!("leave-{how}")), Tone::Quiet, "how", how))))
                    }))
                }
            }
        },
    )
}

/// `POST /casa/{code}/sale`: she leaves today; the bed is free.
pub async fn leave(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["how"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id: Uuid = cases::by_code(work.tx(), &code).await?;
    shelter::leave(&app.programme, &mut work, me.caller(), id, f.text("how")).await?;
    posted.commit(work, "/casa").await
}
