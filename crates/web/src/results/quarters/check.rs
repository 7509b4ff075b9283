//! Whether a frozen report is still what was signed.

use axum::extract::{Path, State};
use ceiba_programme::results::quarter;
use maud::html;

use super::super::period;
use super::{hex, seen};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Tone, button_link, card, heading, tag};
use crate::{Answer, App, Failure, Place};

/// `GET /resultados/{grant}/{period}/comprobar/{n}`: counts it again.
pub async fn verify(
    State(app): State<App>,
    me: Me,
    Path((grant, period_code, number)): Path<(String, String, i64)>,
) -> Answer {
    let w = me.words(&app);
    let which = (grant.as_str(), period_code.as_str());
    let found = quarter::verify(&app.programme, me.caller(), which, number).await?;
    let (_, _, version) = seen(&app, &me, which, Some(number)).await?;
    let version = version.ok_or(Failure::Absent)?;
    let here = format!("/resultados/{grant}/{period_code}");
    let said = |good: bool, key: &str| {
        let (mood, end) = if good { (Mood::Ok, "yes") } else { (Mood::No, "no") };
        html! { li { (tag(mood, &w.t(&format!("result-check-{end}")))) " " (w.t(&format!("result-check-{key}-{end}"))) } }
    };
    let content = html! {
        (heading(html! { (w.t("result-check-title")) }, html! { (period(w, &period_code)) " · " (w.with("result-version", &[("n", number.into())])) }))
        ul class="tasks" {
            (said(found.same, "same"))
            (said(found.signed, "signed"))
            (said(found.in_ledger, "ledger"))
        }
        (card(&w.t("result-check-about"), html! {
            p { (w.t("result-check-text")) }
            dl class="facts" {
                div { dt { (w.t("result-check-hash")) } dd { code class="break" { (hex(&version.hash)) } } }
                div { dt { (w.t("result-check-signature")) } dd { code class="break" { (version.signature.as_deref().map(hex).unwrap_or_default()) } } }
                div { dt { (w.t("result-check-key")) } dd { code class="break" { (hex(&app.programme.office_key().report_public())) } } }
            }
        }))
        p { (button_link(&w.t("back"), &here, Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "result-window", here.clone()).area(Place::Results).body(content))
}
