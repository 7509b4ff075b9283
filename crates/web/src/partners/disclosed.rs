//! What went to whom: the list beside her permissions, which she can be shown.

use ceiba_programme::partners::directory::Institution;
use ceiba_programme::partners::disclosed::Disclosed;
use maud::{Markup, html};

use super::referrals::name;
use crate::App;
use crate::cases::frame::Opened;
use crate::me::Me;
use crate::parts::{card, typed};

/// The card with the list.
pub(crate) fn what_went(
    app: &App,
    me: &Me,
    o: &Opened,
    went: &[Disclosed],
    directory: &[Institution],
) -> Markup {
    let w = me.words(app);
    let said = |d: &Disclosed, code: &String| match d.how.as_str() {
        "packet" => w.t(&format!("packet-field-{code}")),
        "search" => w.t(&format!("search-tells-{code}")),
        "letter" => w.t(&format!("letter-field-{code}")),
        "report" => w.t(&format!("care-section-{code}")),
        _ => w.t(&format!("data-{code}")),
    };
    card(
        &w.t("disclosed-title"),
        html! {
            p class="quiet" { (w.t("disclosed-text")) }
            @if went.is_empty() { p { (w.t("disclosed-none")) } }
            @else { ul class="tasks" { @for d in went {
                // A list, not a table: on a phone four columns of words are taller than the screen.
                li {
                    p { strong { (name(directory, Some(d.institution))) } " · " (w.t(&format!("disclosed-how-{}", d.how))) }
                    p { (d.fields.iter().map(|code| said(d, code)).collect::<Vec<_>>().join(", ")) }
                    p class="quiet" { (w.moment(app.local(d.at))) " · " (typed(&o.names.of(w, d.by))) }
                }
            } } }
        },
    )
}
