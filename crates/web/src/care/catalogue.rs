//! «Servicios»: what the programme offers, and how many places are left.

use axum::extract::State;
use ceiba_access::{Act, Situation};
use ceiba_programme::care::places;
use maud::html;

use super::said;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Column, Table, heading};
use crate::{Answer, App, Place};

/// `GET /servicios`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::CASE_LIST)?;
    let mut tx = p.store.db.read().await?;
    let mut rows = Vec::new();
    for s in &p.pack.care.services {
        rows.push((s, places::taken(&mut tx, &s.code).await?));
    }
    drop(tx);
    let site = Situation { same_site: true, ..Situation::default() };
    let runs = p.gate.would(caller, Act::GROUP_RUN, &site);
    let columns = vec![
        Column::new(w.t("care-service")),
        Column::new(w.t("care-schedule")),
        Column::new(w.t("case-site")),
        Column::new(w.t("care-for")),
        Column::number(w.t("care-seats")),
        Column::number(w.t("care-waiting")),
    ];
    let table = Table::new(w.t("care-catalogue-caption"), columns).cards().rows(rows.iter().map(|(s, (taken, waiting))| {
        let name = said(&me, &s.name);
        let bands: Vec<String> =
            s.bands.iter().map(|b| w.t(&format!("age-band-{}", b.replace('+', "-more")))).collect();
        let sexes: Vec<&str> = s.sex.iter().map(|code| app.code(&me, "gender", code)).collect();
        let left = (i64::from(s.seats) - taken).max(0);
        vec![
            html! {
                @if runs && s.group && caller.site.as_ref() == Some(&s.site) { a href={ "/servicios/" (s.code) } { (name) } }
                @else { (name) }
                @if !s.provider.is_empty() { " · " (s.provider) }
            },
            html! { (said(&me, &s.schedule)) },
            html! { (s.site) },
            html! { @if bands.is_empty() && sexes.is_empty() { (w.t("care-for-all")) } @else { (bands.join(", ")) " " (sexes.join(", ")) } },
            html! { (w.with("care-seats-left", &[("n", left.into()), ("of", i64::from(s.seats).into())])) },
            html! { (w.number(*waiting)) },
        ]
    }));
    let content = html! {
        (heading(html! { (w.t("care-catalogue-title")) }, html! { (w.t("care-catalogue-text")) }))
        (table.show(w))
    };
    Ok(Desk::new(&app, &me, "care-catalogue-window", "/servicios").area(Place::Cases).body(content))
}
