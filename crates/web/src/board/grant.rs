//! The project's indicators, as they were frozen last.

use ceiba_paper::sparkline;
use ceiba_programme::outputs;
use ceiba_programme::results::frozen::{Figure, Frozen};
use maud::{Markup, html};

use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::parts::{Column, Table};
use crate::results_out::{shown, written};

/// Two years.
const QUARTERS: usize = 8;

pub(super) async fn indicators(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p) = (a.w, &a.app.programme);
    let mut tx = p.store.db.read().await?;
    let series = outputs::series(p, &mut tx, a.me.caller(), QUARTERS).await?;
    drop(tx);
    let all: Vec<&Frozen> = series.iter().filter_map(|reports| reports.last()).collect();
    let mut rows = Rows::default();
    let lang = w.lang().code();
    for report in &all {
        for f in &report.figures {
            rows.one(
                &report.grant.code,
                (&f.code, f.name.of(lang)),
                &w.t("out-col-to-date"),
                f.to_date.least(),
            );
        }
    }
    let hidden = all
        .iter()
        .flat_map(|r| r.figures.iter())
        .filter(|f| target(f).is_some() && reached(f).is_none())
        .count();
    let promised = || all.iter().flat_map(|r| r.figures.iter()).filter(|f| reached(f).is_some());
    let (met, of) = (promised().filter(|f| reached(f).is_some_and(|s| s >= 1.0)).count(), promised().count());
    let finding = if all.is_empty() {
        w.t("board-say-no-report")
    } else {
        let (met, of) = (i64::try_from(met).unwrap_or(0), i64::try_from(of).unwrap_or(0));
        let said = w.with("board-say-indicators", &[("met", met.into()), ("of", of.into())]);
        let n = i64::try_from(hidden).unwrap_or(0);
        if n > 0 {
            format!("{said} {}", w.with("board-say-indicators-hidden", &[("n", n.into())]))
        } else {
            said
        }
    };
    let body = html! { @for reports in &series { (table(a, reports)) } };
    Ok(View::new(finding, body, rows))
}

/// How much of a promise for the whole grant is reached, from 0; none for what only should be small, or was promised for a period.
fn reached(f: &Figure) -> Option<f64> {
    Some(f.to_date.least()? / target(f)?)
}

fn target(f: &Figure) -> Option<f64> {
    f.target.filter(|t| *t > 0.0 && f.ascending && f.target_of == "grant")
}

fn table(a: &Ask<'_>, reports: &[Frozen]) -> Markup {
    let Some(report) = reports.last() else { return html! {} };
    let w = a.w;
    let lang = w.lang().code();
    let path = format!("/resultados/{}/{}", report.grant.code, report.period.code);
    let number = |f: &Figure, n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| written(w, f, n));
    let several = reports.len() > 1;
    let title = format!("{} · {}", report.grant.name.of(lang), report.period.code);
    let mut columns = vec![Column::new(w.t("out-col-name"))];
    columns
        .extend(["baseline", "target", "to-date"].map(|key| Column::number(w.t(&format!("out-col-{key}")))));
    columns.push(Column::new(w.t("board-of-target")));
    columns.extend(several.then(|| Column::new(w.t("board-by-quarter"))));
    columns.push(Column::new(w.t("board-quality")));
    let row = |f: &Figure| {
        let share = reached(f);
        let trace = format!("{path}/cifras/{}", f.code);
        let mut cells = vec![
            html! { a href=(trace) { (f.name.of(lang)) } },
            html! { (number(f, f.baseline)) },
            html! { (number(f, f.target)) },
            html! { (shown(w, f, f.to_date).unwrap_or_else(|| w.t("hidden-or-none"))) },
            html! { @match share { Some(share) => { (meter(share)) " " (w.percent(share, 0)) }, None => "–" } },
        ];
        cells.extend(several.then(|| trend(a, reports, f)));
        cells.push(html! { (w.t(quality(f))) });
        cells
    };
    html! {
        h3 { (title) }
        (Table::new(title, columns).headed().cards().rows(report.figures.iter().map(row)).show(w))
        p { a href={ (path) "/entregas" } { (w.t("out-whole")) } }
    }
}

/// The period's numbers of the last reports, each as it was frozen.
fn trend(a: &Ask<'_>, reports: &[Frozen], f: &Figure) -> Markup {
    let w = a.w;
    let values: Vec<Option<f64>> = reports
        .iter()
        .map(|r| r.figures.iter().find(|x| x.code == f.code).and_then(|x| x.value.shown()))
        .collect();
    let said: Vec<String> = reports
        .iter()
        .zip(&values)
        .map(|(r, n)| {
            format!("{} {}", r.period.code, n.map_or_else(|| w.t("hidden-or-none"), |n| written(w, f, n)))
        })
        .collect();
    sparkline(&said.join(", "), &values)
}

/// What whoever reads the number should know of it: that it is hidden, stands in part on earlier records, or was explained.
fn quality(f: &Figure) -> &'static str {
    if f.to_date.least().is_none() {
        "board-quality-hidden"
    } else if f.brought.least().is_some_and(|n| n > 0.0) {
        "board-quality-brought"
    } else if f.deviation.is_empty() {
        "board-quality-own"
    } else {
        "board-quality-explained"
    }
}

/// A bar to the target, at most as long as it; the number beside it says the rest.
fn meter(share: f64) -> Markup {
    let wide = format!("{:.0}", share.clamp(0.0, 1.0) * 60.0);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10" width="60" height="10" aria-hidden="true" {
            rect class="fl" width="60" height="10" fill="none" stroke="currentColor" {}
            rect class="fp" width=(wide) height="10" fill="currentColor" {}
        }
    }
}
