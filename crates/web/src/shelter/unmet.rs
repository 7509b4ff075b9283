//! The list of unmet need: every request that found no place, by profile and reason. Nothing on it names anybody.

use axum::extract::{Path, State};
use ceiba_programme::shelter::unmet::{self, SETTLED, Unmet};
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Table, Tone, actions, button, button_link, empty_state, form_post, heading};
use crate::posted::Posted;
use crate::view::band;
use crate::{Answer, App, Place};

/// `GET /casa/sin-lugar`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = unmet::list(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let open = all.iter().filter(|u| u.settled.is_none()).count();
    let columns = ["unmet-when", "unmet-who", "unmet-needs", "unmet-reason", "unmet-asked", "unmet-settled"];
    let table = Table::new(w.t("unmet-title"), columns.map(|k| Column::new(w.t(k))).to_vec())
        .rows(all.iter().map(|u| row(&app, &me, u)))
        .cards();
    let content = html! {
        (heading(html! { (w.t("unmet-title")) }, html! { (w.with("unmet-open", &[("n", open.into())])) }))
        p { (w.t("unmet-text")) }
        p { (button_link(&w.t("unmet-new"), "/casa/sin-cama", Tone::Primary)) }
        @if all.is_empty() { (empty_state(&w.t("unmet-none"), html! {})) } @else { (table.show(w)) }
    };
    Ok(Desk::new(&app, &me, "unmet-window", "/casa/sin-lugar").area(Place::House).body(content))
}

fn row(app: &App, me: &Me, u: &Unmet) -> Vec<Markup> {
    let w = me.words(app);
    let r = &u.request;
    let needs: Vec<&str> = r.needs.iter().map(|n| app.code(me, "bed_needs", n)).collect();
    vec![
        html! { (w.near_moment(app.local(u.at), app.now())) },
        html! {
            (app.code(me, "gender", &r.sex)) " · " (band(w, &r.age_band))
            @if r.companions > 0 { " · " (w.with("unmet-children", &[("n", r.companions.into())])) }
            @if !r.language.is_empty() { " · " (app.code(me, "languages", &r.language)) }
        },
        html! { (needs.join(" · ")) },
        html! { (app.code(me, "refusal_reasons", &r.reason)) },
        html! { (app.code(me, "bed_askers", &r.asked_by)) },
        match &u.settled {
            Some(how) => html! { (w.t(&format!("unmet-{how}"))) },
            None => form_post(
                &format!("/casa/sin-lugar/{}", u.id),
                &me.session.csrf,
                &app.once(),
                actions(&SETTLED.map(|how| button(&w.t(&format!("unmet-{how}")), Tone::Quiet, "how", how))),
            ),
        },
    ]
}

/// `POST /casa/sin-lugar/{id}`: what became of it.
pub async fn settle(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["how"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    unmet::settle(&app.programme, &mut work, me.caller(), id, f.text("how")).await?;
    posted.commit(work, "/casa/sin-lugar").await
}
