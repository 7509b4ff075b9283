//! Whether institutions act otherwise after their people were trained: the finding in words first, then the range, then what stands behind it.

use axum::extract::State;
use ceiba_disclosure::SafeEstimate;
use ceiba_programme::learning::practice::{self, Finding, LEAST, Measured};
use maud::{Markup, html};

use super::number;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, card, facts_list, heading};
use crate::{Answer, App, Place, Words};

/// How far back is read, in whole months that are over: what changes from one day to the next would tell of one case.
const MONTHS: i32 = 36;

/// `GET /capacitacion/practica`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let to = crate::data::last_day(&app);
    let from = to.first_of_month().saturating_sub(jiff::Span::new().months(MONTHS - 1));
    let mut tx = app.programme.store.db.read().await?;
    let found = practice::read(&app.programme, &mut tx, me.caller(), (from, to)).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("practice-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(to).into())])) }))
        p { (button_link(&w.t("back"), "/capacitacion", Tone::Quiet)) }
        p { (w.t("practice-text")) }
        @for (measured, finding) in &found.findings {
            (card(&w.t(&format!("practice-{}", measured.code())), one(w, *measured, finding, found.months)))
        }
        (card(&w.t("practice-how"), html! {
            p { (w.t("practice-how-compare")) }
            p { (w.t("practice-how-range")) }
            p { (w.t("practice-how-limits")) }
        }))
    };
    Ok(Desk::new(&app, &me, "practice-window", "/capacitacion/practica").area(Place::Training).body(content))
}

fn one(w: &Words, measured: Measured, finding: &Finding, months: usize) -> Markup {
    match finding {
        Finding::TooFew => html! {
            p class="lead" { strong { (w.t("practice-few")) } }
            p class="quiet" { (w.with("practice-few-units", &[("least", LEAST.into())])) }
        },
        Finding::Hidden => html! { p class="lead" { strong { (w.t("practice-hidden")) } } },
        Finding::Estimated { estimate, trained, compared, cases } => html! {
            p class="lead" { strong { (said(w, measured, estimate)) } }
            (facts_list(&[
                (&w.t("practice-difference"), html! {
                    (number(w, estimate.value(), true)) " (" (number(w, estimate.lower(), true)) " – " (number(w, estimate.upper(), true)) ") "
                    (w.t(if measured.less_is_better() { "practice-days" } else { "practice-points" }))
                }),
                (&w.t("practice-trained"), html! { (trained) }),
                (&w.t("practice-compared"), html! { (compared) }),
                (&w.t("practice-cases"), html! { (w.with("practice-about", &[("n", i64::try_from(*cases).unwrap_or(i64::MAX).into())])) }),
                (&w.t("practice-months"), html! { (months) }),
            ]))
        },
    }
}

/// Whether a difference can be seen, and to which side.
fn said(w: &Words, measured: Measured, estimate: &SafeEstimate) -> String {
    match (estimate.holds_nought(), estimate.value()) {
        (Some(true), _) => w.t("practice-none"),
        (Some(false), Some(value)) => {
            w.t(if (value < 0.0) == measured.less_is_better() { "practice-better" } else { "practice-worse" })
        }
        _ => w.t("gain-hidden"),
    }
}
