//! Services given, month by month.

use ceiba_disclosure::{Cell, count};
use ceiba_paper::{Figure, matrix};
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::named::{listed, whole_number};
use super::rows::Rows;
use super::said::{column, most, titled};
use super::{Ask, View};
use crate::Failure;
use crate::data::axis;

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
    let last = a.span.to.get(..7).unwrap_or_default();
    let said = most(a, "services-months", &column(&all, Some(last), name));
    let said = if all.columns().iter().any(|c| c == last) { said } else { w.t("board-fig-nought-last") };
    // Months in which nobody got anything stand there too.
    let columns = if all.rows().is_empty() { Vec::new() } else { axis(&a.span, all.columns().iter().min()) };
    let none = count(0, all.threshold());
    let cell = |row: usize| {
        let all = &all;
        move |month: &String| {
            let at = all.columns().iter().position(|c| c == month);
            at.and_then(|at| all.cell(row, at)).unwrap_or(none)
        }
    };
    let drawn: Vec<Vec<Cell>> =
        (0..all.rows().len()).map(|row| columns.iter().map(cell(row)).collect()).collect();
    let labels: Vec<String> = all.rows().iter().map(|r| name(r)).collect();
    let headings = std::iter::once(w.t("figure-row")).chain(columns.iter().cloned()).collect();
    // One word: twelve columns fit a page when no cell has a sentence.
    let figure =
        Figure { hidden_text: w.t("release-cell-hidden"), ..titled(a, "services-months", said, headings) };
    let body = html! { (matrix(&figure, &labels, &columns, &drawn)) };
    Ok(View::new(finding, body, rows))
}
