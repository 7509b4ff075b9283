//! Goals of the plans, and what the scales say.

use ceiba_programme::care::scales;
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::finding::{largest, some_hidden};
use super::named::whole_number;
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::care::numbers;
use crate::data::{figure, headings, whole};

pub(super) async fn goals(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let goals = results::count(p, &mut tx, caller, Measure::Goals, &a.span).await?;
    let outcomes = results::count(p, &mut tx, caller, Measure::Outcomes, &a.span).await?;
    let scales = scales::all(p, &mut tx).await?;
    drop(tx);
    let domain = |code: &str| numbers::domain(a.me, &scales, code);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let better = outcomes.columns().iter().position(|c| c == "better");
    let labels: Vec<String> = outcomes.rows().iter().map(|r| domain(r)).collect();
    let cells = better.and_then(|c| outcomes.column(c)).unwrap_or_default();
    let hidden = some_hidden(cells.iter().copied());
    let finding = match largest(labels.iter().map(String::as_str).zip(cells)) {
        Some((label, n)) => {
            let said = w.with("board-say-goals", &[("area", label.into()), ("n", whole_number(n).into())]);
            if hidden { format!("{said} {}", w.t("board-say-hidden-too")) } else { said }
        }
        None => w.t("board-say-few"),
    };
    let mut rows = Rows::default();
    rows.table_of("metas", &goals, key("domain"), key("state-goal"));
    rows.table_of("cambios", &outcomes, domain, key("care-change"));
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (whole(&fig("goals", headings(w, &goals, key("state-goal"))), &goals, key("domain"), key("state-goal")))
        (whole(&fig("outcomes", headings(w, &outcomes, key("care-change"))), &outcomes, domain, key("care-change")))
    };
    Ok(View::new(finding, body, rows))
}
