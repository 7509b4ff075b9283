//! Places: where people come from and where they were recruited, whence alerts come and where people are looked after.

use ceiba_disclosure::SafeTable;
use ceiba_paper::{Area, Bar, Figure, bars_horizontal, map, ranked};
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::named::{listed, plain_bars};
use super::rows::Rows;
use super::said::{self, column, titled};
use super::{Ask, View};
use crate::Failure;

pub(super) async fn territory(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let origin = results::count(p, &mut tx, caller, Measure::Origin, &a.span).await?;
    let recruited = results::count(p, &mut tx, caller, Measure::Recruited, &a.span).await?;
    let alerts = results::count(p, &mut tx, caller, Measure::AlertsByDepartment, &a.span).await?;
    let served = results::count(p, &mut tx, caller, Measure::ServedByDepartment, &a.span).await?;
    drop(tx);
    let name =
        |code: &str| if code.is_empty() { w.t("out-part-unknown") } else { listed(a, "departments", code) };
    let sentences: Vec<String> =
        [("origin-map", &origin), ("recruited-map", &recruited), ("alerts-map", &alerts)]
            .into_iter()
            .filter_map(|(key, t)| said::if_any(a, key, &column(t, None, name)))
            .collect();
    let finding = if sentences.is_empty() { w.t("board-say-few") } else { sentences.join(" ") };
    let mut rows = Rows::default();
    for (code, t) in
        [("origen", &origin), ("captacion", &recruited), ("avisos", &alerts), ("personas", &served)]
    {
        rows.table_of(code, t, name, |_| w.t("figure-number"));
    }
    let body = html! {
        div class="maps" {
            (drawn(a, "origin-map", &origin, name))
            (drawn(a, "recruited-map", &recruited, name))
        }
        p class="quiet" { (w.t("board-map-credit")) }
        (listing(a, "alerts-map", &alerts, name))
        (listing(a, "served-map", &served, name))
    };
    Ok(View::new(finding, body, rows))
}

fn framed(a: &Ask<'_>, id: &str, t: &SafeTable, name: impl Fn(&str) -> String) -> Figure {
    let said = said::most(a, id, &column(t, None, name));
    titled(a, id, said, vec![a.w.t("figure-place"), a.w.t("figure-number")])
}

/// A ranked list.
fn listing(a: &Ask<'_>, id: &str, t: &SafeTable, name: impl Fn(&str) -> String) -> Markup {
    let bars: Vec<Bar> = ranked(plain_bars(t, &name));
    bars_horizontal(&framed(a, id, t, &name), &bars)
}

/// A map where the country has outlines, a ranked list where it has none. Beneath the map its table, the largest first.
fn drawn(a: &Ask<'_>, id: &str, t: &SafeTable, name: impl Fn(&str) -> String) -> Markup {
    let outlines = &a.app.programme.pack.outlines;
    if outlines.is_empty() {
        return listing(a, id, t, name);
    }
    let value = |code: &str| t.rows().iter().position(|r| r == code).and_then(|at| t.cell(at, 0));
    let areas: Vec<Area> = outlines
        .iter()
        .map(|o| Area {
            label: name(&o.pcode),
            path: o.path.clone(),
            middle: (o.x, o.y),
            value: value(&o.pcode),
        })
        .collect();
    map(&framed(a, id, t, &name), &areas, 336.0)
}
