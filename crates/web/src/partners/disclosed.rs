//! What went to whom: the list beside her permissions, which she can be shown.

use ceiba_programme::cases::referrals::Institution;
use ceiba_programme::partners::disclosed::Disclosed;
use maud::{Markup, html};

use super::referrals::name;
use crate::App;
use crate::cases::frame::Opened;
use crate::me::Me;
use crate::parts::{Column, Table, card, typed};

/// The card with the list.
pub(crate) fn what_went(
    app: &App,
    me: &Me,
    o: &Opened,
    went: &[Disclosed],
    directory: &[Institution],
) -> Markup {
    let w = me.words(app);
    let columns = ["access-when", "referral-to", "consent-data", "access-who"].map(|k| Column::new(w.t(k)));
    let rows = went.iter().map(|d| {
        let said = |code: &String| match d.how.as_str() {
            "packet" => w.t(&format!("packet-field-{code}")),
            "report" => w.t(&format!("care-section-{code}")),
            _ => w.t(&format!("data-{code}")),
        };
        let what: Vec<String> = d.fields.iter().map(said).collect();
        vec![
            html! { (w.moment(app.local(d.at))) },
            html! { (name(directory, Some(d.institution))) " · " (w.t(&format!("disclosed-how-{}", d.how))) },
            html! { (what.join(", ")) },
            html! { (typed(&o.names.of(w, d.by))) },
        ]
    });
    card(
        &w.t("disclosed-title"),
        html! {
            p class="quiet" { (w.t("disclosed-text")) }
            @if went.is_empty() { p { (w.t("disclosed-none")) } }
            @else { (Table::new(w.t("disclosed-title"), columns.into()).rows(rows).show(w)) }
        },
    )
}
