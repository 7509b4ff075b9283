//! The municipal offices in numbers: who came, calls and their answers, visits, community activities, agreements. From facts.

use axum::extract::{Query, State};
use ceiba_paper::{bars_horizontal, ranked};
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::{Asked, app_name, bars, figure, headings, hours, span, stacked, whole};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, card, facts_list, heading};
use crate::view::band;
use crate::{Answer, App, Place, Words};

/// `GET /datos/oficina`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, ceiba_access::Act::NUMBERS_READ)?;
    let (_, from, span) = span(&app, &asked);
    let mut tx = p.store.db.read().await?;
    let answered = results::median_hours(p, &mut tx, caller, ("office.answered", None), &span).await?;
    let kept = results::median_hours(p, &mut tx, caller, ("office.promise", Some("kept")), &span).await?;
    let mut table = async |measure| results::count(p, &mut tx, caller, measure, &span).await;
    let received = table(Measure::OfficeReceived).await?;
    let calls = table(Measure::OfficeCalls).await?;
    let promises = table(Measure::OfficePromises).await?;
    let visits = table(Measure::OfficeVisits).await?;
    let activities = table(Measure::OfficeActivities).await?;
    let reached = table(Measure::OfficeReached).await?;
    let agreements = table(Measure::OfficeAgreements).await?;
    drop(tx);
    let (app_, me_) = (&app, &me);
    let list = |name: &'static str| move |code: &str| app_name(app_, me_, name, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{}", code.replace('_', "-")));
    let figure = |id: &str, headings: Vec<String>| figure(&app, w, id, headings);
    let sex = |code: &str| {
        if code == "unknown" { w.t("office-sex-other") } else { app_name(app_, me_, "gender", code) }
    };
    let one = || vec![w.t("figure-result"), w.t("figure-number")];
    let content = html! {
        (heading(html! { (w.t("data-office-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(crate::data::last_day(&app)).into())])) }))
        p { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
        (card(&w.t("data-now"), facts_list(&[
            (&w.t("data-office-answered"), html! { (soon(w, answered)) }),
            (&w.t("data-office-kept"), html! { (soon(w, kept)) }),
        ])))
        (bars_horizontal(&figure("office-received", one()), &ranked(bars(&received, &[], list("office_about")))))
        (whole(&figure("office-calls", headings(w, &calls, key("office-call"))), &calls, list("office_call_to"), key("office-call")))
        (whole(&figure("office-promises", headings(w, &promises, key("office"))), &promises, list("office_call_to"), key("office")))
        (whole(&figure("office-visits", headings(w, &visits, list("office_visit_results"))), &visits, list("office_visit_kinds"), list("office_visit_results")))
        (stacked(&figure("office-activities", headings(w, &activities, list("office_activity_kinds"))), &activities, list("office_activity_kinds"), &span))
        (whole(&figure("office-reached", headings(w, &reached, sex)), &reached, |code| band(w, code), sex))
        (bars_horizontal(&figure("office-agreements", one()), &bars(&agreements, &["kept", "late", "dropped"], key("state-agreement"))))
    };
    Ok(Desk::new(&app, &me, "data-office-window", "/datos/oficina").area(Place::Data).body(content))
}

/// A median in minutes while it is short: a telephone is answered in minutes or not at all.
fn soon(w: &Words, median: Option<f64>) -> String {
    match median {
        Some(h) if h < 3.0 => w.with("data-office-minutes", &[("n", w.decimal(h * 60.0, 0).into())]),
        other => hours(w, other),
    }
}
