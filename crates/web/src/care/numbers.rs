//! The figures of services and plan on the page of numbers.

use ceiba_disclosure::SafeTable;
use ceiba_paper::bars_horizontal;
use ceiba_programme::care::scales::Scale;
use ceiba_programme::results::Span;
use maud::{Markup, html};

use super::said;
use crate::App;
use crate::data::{bars, figure, headings, stacked, whole};
use crate::me::Me;

/// The released counts.
pub(crate) struct Tables {
    /// People with a place.
    pub seats: SafeTable,
    /// Who came.
    pub attendance: SafeTable,
    /// Better, the same or worse.
    pub outcomes: SafeTable,
    /// Plans looked at again.
    pub reviews: SafeTable,
    /// People with economic support.
    pub supported: SafeTable,
    /// Money by line.
    pub money: SafeTable,
    /// Hours by service.
    pub effort: SafeTable,
    /// The scales that the outcomes are of.
    pub scales: Vec<Scale>,
}

/// What a scale calls a domain of its outcomes, whose code is `scale:domain`; the code itself where neither is known any more.
pub(crate) fn domain(me: &Me, scales: &[Scale], code: &str) -> String {
    let (scale, domain) = code.split_once(':').unwrap_or((code, ""));
    let found = scales.iter().find(|s| s.id == scale);
    let found = found.and_then(|s| s.domains.iter().find(|d| d.code == domain));
    found.map_or(code, |d| said(me, &d.name)).to_owned()
}

/// Their figures, each with its table and rule.
pub(crate) fn figures(app: &App, me: &Me, t: &Tables, span: &Span) -> Markup {
    let w = me.words(app);
    let offer = &app.programme.pack.care;
    let service = |code: &str| {
        offer.services.iter().find(|s| s.code == code).map_or(code, |s| said(me, &s.name)).to_owned()
    };
    let domain = |code: &str| domain(me, &t.scales, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let kind = |code: &str| app.code(me, "service_types", code).to_owned();
    let figure = |id: &str, heads: Vec<String>| figure(app, w, id, heads);
    let two = |row: &str, number: &str| vec![w.t(row), w.t(number)];
    html! {
        (whole(&figure("seats", headings(w, &t.seats, key("state-enrolment"))), &t.seats, service, key("state-enrolment")))
        (whole(&figure("attendance", headings(w, &t.attendance, key("state-attendance"))), &t.attendance, service, key("state-attendance")))
        (whole(&figure("outcomes", headings(w, &t.outcomes, key("care-change"))), &t.outcomes, domain, key("care-change")))
        (stacked(&figure("reviews", headings(w, &t.reviews, key("care-reviewed"))), &t.reviews, key("care-reviewed"), span))
        (bars_horizontal(&figure("supported", two("care-kind", "figure-number")), &bars(&t.supported, &[], key("care-kind"))))
        (bars_horizontal(&figure("money", two("care-line", "care-money-units")), &bars(&t.money, &[], str::to_owned)))
        (bars_horizontal(&figure("effort", two("care-service", "care-hours")), &bars(&t.effort, &[], kind)))
    }
}
