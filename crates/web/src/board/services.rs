//! Services given, month by month.

use ceiba_paper::Figure;
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::named::{listed, whole_number};
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::data::{figure, headings, whole};

pub(super) async fn services(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let all = results::count(p, &mut tx, caller, Measure::ServicesByMonth, &a.span).await?;
    let served = results::people(p, &mut tx, caller, &a.span).await?;
    drop(tx);
    let name = |code: &str| listed(a, "service_types", code);
    let finding = match served.shown() {
        Some(n) => {
            let kinds = i64::try_from(all.rows().len()).unwrap_or(0);
            w.with("board-say-services", &[("n", whole_number(n).into()), ("kinds", kinds.into())])
        }
        None => w.t("board-say-few"),
    };
    let month = |code: &str| code.to_owned();
    let mut rows = Rows::default();
    rows.table_of("servicios", &all, name, month);
    // One word: twelve columns fit a page when no cell has a sentence.
    let figure = figure(a.app, w, "services-months", headings(w, &all, month));
    let figure = Figure { hidden_text: w.t("release-cell-hidden"), ..figure };
    Ok(View::new(finding, html! { (whole(&figure, &all, name, month)) }, rows))
}
