//! The whole route, for whoever is signed in: who must do what within which term, and whether anybody has signed it.

use axum::extract::{Query, State};
use ceiba_programme::route::signing::{self, Marks};
use ceiba_programme::route::{POPULATIONS, Row, Sheet, State as Stage};
use maud::{Markup, html};
use serde::Deserialize;

use super::{sign, words};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Notice, Table, Tone, actions, button_link, card, heading, notice, select, submit,
};
use crate::view::keyed;
use crate::{Answer, App};

/// Whose rows, and for whom.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    poblacion: String,
    #[serde(default)]
    quien: String,
}

impl Asked {
    fn wants(&self, row: &Row) -> bool {
        let any = |p: &String| *p == self.poblacion || p == "any";
        (self.poblacion.is_empty() || row.population.iter().any(any))
            && (self.quien.is_empty() || row.who.contains(&self.quien))
    }
}

/// `GET /ruta`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let (w, lang) = (me.words(&app), me.lang.code());
    let route = &app.programme.pack.route;
    let who: Vec<Choice> = route.holders().map(|id| Choice::new(id, route.holder(id, lang))).collect();
    let mut tx = app.programme.store.db.read().await?;
    let marks = signing::marks(&app.programme, &mut tx).await?;
    let mut states = Vec::new();
    for sheet in &route.sheets {
        states.push(signing::state(sheet, &signing::versions(&app.programme, &mut tx, sheet).await?));
    }
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("route-table-title")) }, html! { (w.t("route-table-text")) }))
        (notice(w, Notice::Info, html! { p { (w.t("route-not-law")) } }))
        div class="actions" { form class="stack" method="get" action="/ruta" {
            (select(w, &Field::new("poblacion", w.t("route-population")).value(&asked.poblacion), &keyed(w, "route-population", &POPULATIONS[1..])))
            (select(w, &Field::new("quien", w.t("route-whose")).value(&asked.quien), &who))
            (actions(&[submit(&w.t("route-filter"))]))
        } }
        @for ((sheet, state), key) in route.sheets.iter().zip(states).zip(sign::KEYS) {
            (rows(&app, &me, &marks, (sheet, state), &w.t(&format!("route-sheet-{key}")), &asked))
            p { (button_link(&w.t("route-sign-link"), &format!("/ruta/firma/{key}"), Tone::Quiet)) }
        }
        (card(&w.t("route-calendars"), html! { @for c in route.calendars(lang) {
            p { strong { (c.name) } @if !c.free.is_empty() { ": " (c.free.join(", ")) } }
            p { (words::signed(w, marks.of_calendar(&app.programme, &c), c.rests_on, false)) }
        } }))
    };
    Ok(Desk::new(&app, &me, "route-table-window", "/ruta").body(content))
}

fn rows(
    app: &App,
    me: &Me,
    marks: &Marks,
    (sheet, state): (&Sheet, Stage),
    title: &str,
    asked: &Asked,
) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    let route = &app.programme.pack.route;
    let columns = ["code", "when", "whose", "task", "timing", "basis", "status"];
    let columns = columns.map(|c| Column::new(w.t(&format!("route-col-{c}")))).into();
    let state = w.t(&format!("route-state-{}", state.code()));
    let list = sheet.rows.iter().filter(|r| asked.wants(r)).map(|r| {
        vec![
            html! { (r.id) },
            html! { (r.when(lang)) },
            html! { (words::whose(route, r, lang)) },
            html! { (r.task(lang)) @if !r.note(lang).is_empty() { " " span class="quiet" { (r.note(lang)) } } },
            html! { (words::timing(w, r, lang)) },
            html! { (r.basis) },
            words::status(w, marks, r),
        ]
    });
    Table::new(format!("{title}: {state}"), columns).rows(list).cards().show(w)
}
