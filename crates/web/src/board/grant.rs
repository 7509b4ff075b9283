//! The project's indicators, as they were frozen last.

use ceiba_paper::sparkline;
use ceiba_programme::outputs;
use ceiba_programme::results::frozen::{Figure, Frozen};
use maud::{Markup, html};

use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::parts::{Column, Table, Tone, button_link};
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
    let finding = if all.is_empty() {
        w.t("board-say-no-report")
    } else {
        let said = met(a, "board-say-indicators", all.iter().flat_map(|r| r.figures.iter()));
        let n = i64::try_from(hidden).unwrap_or(0);
        if n > 0 {
            format!("{said} {}", w.with("board-say-indicators-hidden", &[("n", n.into())]))
        } else {
            said
        }
    };
    // Of the only grant the view has said it.
    let body = html! { @for reports in &series { (table(a, reports, series.len() > 1)) } };
    Ok(View::new(finding, body, rows))
}

/// How much of a promise for the whole grant is reached, from 0; none for what only should be small, or was promised for a period.
fn reached(f: &Figure) -> Option<f64> {
    Some(f.to_date.least()? / target(f)?)
}

fn target(f: &Figure) -> Option<f64> {
    f.target.filter(|t| *t > 0.0 && f.ascending && f.target_of == "grant")
}

/// How many of the promises whose number is shown are reached, in the sentence of a key.
fn met<'f>(a: &Ask<'_>, key: &str, figures: impl Iterator<Item = &'f Figure>) -> String {
    let shares: Vec<f64> = figures.filter_map(reached).collect();
    let n = |n: usize| i64::try_from(n).unwrap_or(0).into();
    let met = shares.iter().filter(|share| **share >= 1.0).count();
    a.w.with(key, &[("met", n(met)), ("of", n(shares.len()))])
}

/// The figures of a grant, by what they serve: on a telephone each part is opened by itself, on paper all of them stand there.
fn table(a: &Ask<'_>, reports: &[Frozen], said: bool) -> Markup {
    let Some(report) = reports.last() else { return html! {} };
    let w = a.w;
    let lang = w.lang().code();
    let path = format!("/resultados/{}/{}", report.grant.code, report.period.code);
    let parts = report.results.iter().map(|level| {
        let own: Vec<&Figure> = report.figures.iter().filter(|f| f.result == level.code).collect();
        (level.name.of(lang), own)
    });
    html! {
        section class="grant" {
            @let of = format!("{} · {}", report.grant.name.of(lang), report.period.code);
            @if said {
                h3 { (met(a, "board-fig-indicators", report.figures.iter())) }
                p class="topic" { (of) }
            } @else { h3 { (of) } }
            @for (name, own) in parts.filter(|(_, own)| !own.is_empty()) {
                details {
                    summary { (name) span class="quiet" { " · " (part(a, &own)) } }
                    (figures(a, reports, (name, &own), &path))
                }
            }
            p class="actions" { (button_link(&w.t("out-whole"), &format!("{path}/entregas"), Tone::Quiet)) }
        }
    }
}

/// What a part says while it is closed.
fn part(a: &Ask<'_>, own: &[&Figure]) -> String {
    if own.iter().any(|f| reached(f).is_some()) {
        met(a, "board-fig-part", own.iter().copied())
    } else {
        a.w.with("board-fig-part-none", &[("n", i64::try_from(own.len()).unwrap_or(0).into())])
    }
}

fn figures(a: &Ask<'_>, reports: &[Frozen], (name, own): (&str, &[&Figure]), path: &str) -> Markup {
    let w = a.w;
    let lang = w.lang().code();
    let number = |f: &Figure, n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| written(w, f, n));
    let several = reports.len() > 1;
    let mut columns = vec![Column::new(w.t("out-col-name"))];
    columns
        .extend(["baseline", "target", "to-date"].map(|key| Column::number(w.t(&format!("out-col-{key}")))));
    columns.push(Column::new(w.t("board-of-target")));
    columns.extend(several.then(|| Column::new(w.t("board-by-quarter"))));
    columns.push(Column::new(w.t("board-quality")));
    let row = |f: &&Figure| {
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
    Table::new(name, columns).headed().cards().rows(own.iter().map(row)).show(w)
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
