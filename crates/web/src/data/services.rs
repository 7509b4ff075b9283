//! Clinic, services and plan in numbers. From facts, through the disclosure gate.

use axum::extract::{Query, State};
use ceiba_programme::care::scales;
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::{Asked, figure, headings, span, stacked, whole};
use crate::care::numbers::{self, Tables};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, card, facts_list, heading};
use crate::{Answer, App, Place};

/// `GET /datos/servicios`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, ceiba_access::Act::NUMBERS_READ)?;
    let (_, from, span) = span(&app, &asked);
    let mut tx = p.store.db.read().await?;
    let waited = results::median_hours(p, &mut tx, caller, ("clinic.visit", Some("done")), &span).await?;
    let mut table = async |measure| results::count(p, &mut tx, caller, measure, &span).await;
    let visits = table(Measure::ClinicVisits).await?;
    let offers = table(Measure::ClinicOffers).await?;
    let plans = table(Measure::Plans).await?;
    let care = Tables {
        seats: table(Measure::Seats).await?,
        attendance: table(Measure::Attendance).await?,
        outcomes: table(Measure::Outcomes).await?,
        reviews: table(Measure::Reviews).await?,
        supported: table(Measure::Supported).await?,
        money: table(Measure::Money).await?,
        effort: table(Measure::Effort).await?,
        scales: scales::all(p, &mut tx).await?,
    };
    drop(tx);
    let desk = |code: &str| p.pack.clinic.desk(code).map_or(code, |d| d.name(me.lang.code())).to_owned();
    let rows = &p.pack.clinic.clock.rows;
    let row =
        |code: &str| rows.iter().find(|r| r.id == code).map_or(code, |r| r.name(me.lang.code())).to_owned();
    let said = |code: &str| w.t(&format!("state-offer-{code}"));
    let figure = |id: &str, headings: Vec<String>| figure(&app, w, id, headings);
    let content = html! {
        (heading(html! { (w.t("data-services-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(crate::data::last_day(&app)).into())])) }))
        p { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
        (card(&w.t("data-now"), facts_list(&[
            (&w.t("clinic-data-waited"), html! { (waited.map_or_else(|| w.t("hidden"), |h| w.with("clinic-minutes", &[("n", w.decimal(h * 60.0, 0).into())]))) }),
        ])))
        (stacked(&figure("clinic-visits", headings(w, &visits, desk)), &visits, desk, &span))
        (whole(&figure("clinic-offers", headings(w, &offers, said)), &offers, row, said))
        (stacked(&figure("plans", vec![w.t("figure-month"), w.t("figure-number")]), &plans, |_| w.t("figure-number"), &span))
        (numbers::figures(&app, &me, &care, &span))
    };
    Ok(Desk::new(&app, &me, "data-services-window", "/datos/servicios").area(Place::Data).body(content))
}
