//! Hours of visit in words: «sábado y domingo, de 9:00 a 16:00».

use ceiba_programme::packs::{House, Visiting};
use ceiba_programme::shelter::visits;

use crate::me::Me;
use crate::{App, Words};

/// The hours of a house in one line; empty when it has none.
pub(super) fn said(app: &App, me: &Me, house: &House) -> String {
    let w = me.words(app);
    visits::hours(&app.programme, house).iter().map(|v| one(w, v)).collect::<Vec<_>>().join("; ")
}

fn one(w: &Words, v: &Visiting) -> String {
    let days: Vec<String> = v.days.iter().map(|d| w.t(&format!("weekday-{}", d.code()))).collect();
    let full = |hour: i8| format!("{hour}:00");
    w.with(
        "visit-hours",
        &[("days", days.join(", ").into()), ("from", full(v.from).into()), ("until", full(v.until).into())],
    )
}
