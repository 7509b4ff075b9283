//! The grid in which people are counted in a room: sex and band of age. A municipal office and the network fill in the same one.

use ceiba_programme::network::reached::{BANDS, Cells, SEXES, WHOLE};
use maud::{Markup, html};

use crate::cases::typed_in;
use crate::me::Me;
use crate::parts::{Field, Notice, Problems, notice, number_field};
use crate::posted::Fields;
use crate::view::band;
use crate::{App, Words};

/// The name of a cell's field.
fn cell(sex: &str, band: &str) -> String {
    format!("n-{sex}.{band}")
}

/// The names of all fields; with `whole` there is one for who was not divided.
pub fn names(whole: bool) -> Vec<String> {
    let grid = SEXES.iter().flat_map(|sex| BANDS.iter().map(|b| cell(sex, b)));
    grid.chain(whole.then(|| format!("n-{WHOLE}"))).collect()
}

/// What was typed. An empty cell is nobody; what is no number is a mistake, which the programme names.
pub fn read(f: &Fields, whole: bool) -> Cells {
    let count = |text: &str| if text.is_empty() { 0 } else { text.parse().unwrap_or(-1) };
    names(whole)
        .into_iter()
        .map(|name| (name.trim_start_matches("n-").to_owned(), count(f.text(&name))))
        .filter(|(_, n)| *n != 0)
        .collect()
}

/// What stands in a cell: typed, or known before.
fn value(f: Option<&Fields>, before: Option<&Cells>, id: &str) -> String {
    let known = before.and_then(|c| c.get(id.trim_start_matches("n-"))).filter(|n| **n > 0);
    match (f, known) {
        (None, Some(n)) => n.to_string(),
        _ => typed_in(f, id).to_owned(),
    }
}

/// The grid, with one field for who was not divided when `whole`.
pub fn grid(
    app: &App,
    me: &Me,
    (f, before): (Option<&Fields>, Option<&Cells>),
    p: &Problems,
    whole: bool,
) -> Markup {
    let w = me.words(app);
    html! {
        fieldset id="f-reached" class="stack" {
            legend { (w.t("office-reached")) }
            p class="quiet" { (w.t("office-reached-hint")) }
            @if let Some(error) = p.of("reached") { (notice(w, Notice::Warning, html! { (error) })) }
            @for sex in SEXES { (counts(w, &name(app, me, sex), sex, (f, before))) }
            @if whole {
                @let id = format!("n-{WHOLE}");
                (number_field(w, &Field::new(&id, w.t("network-reach-whole")).hint(w.t("network-reach-whole-hint")).value(value(f, before, &id))))
            }
        }
    }
}

fn name(app: &App, me: &Me, sex: &str) -> String {
    if sex == "unknown" {
        me.words(app).t("office-sex-other")
    } else {
        app.code(me, "gender", sex).to_owned()
    }
}

/// How many of one sex came, a field for each band.
fn counts(w: &Words, name: &str, sex: &str, (f, before): (Option<&Fields>, Option<&Cells>)) -> Markup {
    html! {
        fieldset {
            legend { (name) }
            div class="short" {
                @for code in BANDS {
                    @let id = cell(sex, code);
                    (number_field(w, &Field::new(&id, band(w, code)).value(value(f, before, &id))))
                }
            }
        }
    }
}
