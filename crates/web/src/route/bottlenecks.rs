//! Where time is lost, by institution and by row: medians that passed the disclosure gate, never a single case.

use axum::extract::{Query, State};
use ceiba_paper::{Dot, dot_interval};
use ceiba_programme::partners::directory;
use ceiba_programme::route::bottlenecks::{self, By, Line};
use ceiba_programme::route::signing;
use maud::html;

use super::words;
use crate::data::{Asked, figure, span};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Choice, Field, Tone, actions, button_link, card, heading, select, submit};
use crate::{Answer, App, Place};

/// `GET /datos/ruta`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let (w, lang) = (me.words(&app), me.lang.code());
    let route = &app.programme.pack.route;
    let (months, from, span) = span(&app, &asked);
    let mut tx = app.programme.store.db.read().await?;
    let (p, caller) = (&app.programme, me.caller());
    let holders = bottlenecks::read(p, &mut tx, caller, By::Holder, &span).await?;
    let institutions = bottlenecks::read(p, &mut tx, caller, By::Institution, &span).await?;
    let rows = bottlenecks::read(p, &mut tx, caller, By::Row, &span).await?;
    let directory = directory::list(&mut tx).await?;
    let marks = signing::marks(&app.programme, &mut tx).await?;
    drop(tx);
    let columns = || ["figure-row", "figure-median", "figure-lower", "figure-upper"].map(|k| w.t(k)).into();
    let institution = |id: &str| {
        directory
            .iter()
            .find(|i| i.id.to_string() == id)
            .map_or_else(|| w.t("route-data-gone"), |i| i.name.clone())
    };
    let dots = |lines: &[Line], name: &dyn Fn(&str) -> String| -> Vec<Dot> {
        lines
            .iter()
            .map(|l| Dot { label: name(&l.code), value: l.median, low: l.lower, high: l.upper })
            .collect()
    };
    let row = |code: &str| {
        route.row(code).map_or_else(|| code.to_owned(), |r| words::line(w, &marks, r, r.task(lang)))
    };
    let content = html! {
        (heading(html! { (w.t("route-data-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(crate::data::last_day(&app)).into())])) }))
        p { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
        (card(&w.t("route-data-what"), html! {
            p { (w.t("route-data-text")) }
            form class="stack" method="get" action="/datos/ruta" {
                (select(w, &Field::new("meses", w.t("data-months")).value(months.to_string()), &[3, 12, 36].map(|n| Choice::new(n.to_string(), w.with("data-last-months", &[("n", n.into())])))))
                (actions(&[submit(&w.t("data-show"))]))
            }
        }))
        (dot_interval(&figure(&app, w, "route-who", columns()), &dots(&holders, &|who| route.holder(who, lang).to_owned())))
        (dot_interval(&figure(&app, w, "route-institution", columns()), &dots(&institutions, &institution)))
        (dot_interval(&figure(&app, w, "route-row", columns()), &dots(&rows, &row)))
    };
    Ok(Desk::new(&app, &me, "route-data-window", "/datos/ruta").area(Place::Data).body(content))
}
