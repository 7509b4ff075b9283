//! The houses in numbers: nights, places, how long, for whom there was none. From facts, through the disclosure gate.

use axum::extract::{Query, State};
use ceiba_paper::{bars_horizontal, ranked};
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::{Asked, app_name, bars, figure, headings, hours, number, span, stacked, whole};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, card, facts_list, heading};
use crate::view::band;
use crate::{Answer, App, Place};

/// `GET /datos/casas`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, ceiba_access::Act::NUMBERS_READ)?;
    let (_, from, span) = span(&app, &asked);
    let mut tx = p.store.db.read().await?;
    let slept = results::people_of(p, &mut tx, caller, "shelter.night", &span).await?;
    let stay = results::median_hours(p, &mut tx, caller, ("shelter.left", None), &span).await?;
    let moved = results::people_of(p, &mut tx, caller, "shelter.transferred", &span).await?;
    let occupied = results::occupancy(p, &mut tx, caller, &span).await?;
    let mut table = async |measure| results::count(p, &mut tx, caller, measure, &span).await;
    let nights = table(Measure::BedNights).await?;
    let refused = table(Measure::Refused).await?;
    let why = table(Measure::RefusedWhy).await?;
    let left = table(Measure::Left).await?;
    let incidents = table(Measure::Incidents).await?;
    let conduct = table(Measure::Conduct).await?;
    drop(tx);
    let (app_, me_) = (&app, &me);
    let list = |name: &'static str| move |code: &str| app_name(app_, me_, name, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let figure = |id: &str, headings: Vec<String>| figure(&app, w, id, headings);
    let content = html! {
        (heading(html! { (w.t("data-houses-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(crate::data::last_day(&app)).into())])) }))
        p { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
        (card(&w.t("data-now"), facts_list(&[
            (&w.t("data-slept"), html! { (number(w, slept)) }),
            (&w.t("data-stay"), html! { (hours(w, stay)) }),
            (&w.t("data-moved"), html! { (number(w, moved)) }),
            (&w.t("data-occupied"), html! { @match occupied { Some(share) => (w.percent(share, 0)), None => (w.t("hidden")) } }),
        ])))
        (stacked(&figure("nights", headings(w, &nights, |s| s.to_owned())), &nights, |s| s.to_owned(), &span))
        (bars_horizontal(&figure("refused-why", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&why, &[], list("refusal_reasons")))))
        (whole(&figure("refused", headings(w, &refused, key("refused"))), &refused, |code| band(w, code), key("refused")))
        (whole(&figure("left", headings(w, &left, key("leave"))), &left, list("exit_destinations"), key("leave")))
        (bars_horizontal(&figure("incidents", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&incidents, &[], list("incident_kinds")))))
        (bars_horizontal(&figure("conduct", vec![w.t("figure-result"), w.t("figure-number")]), &ranked(bars(&conduct, &[], list("conduct_kinds")))))
    };
    Ok(Desk::new(&app, &me, "data-houses-window", "/datos/casas").area(Place::Data).body(content))
}
