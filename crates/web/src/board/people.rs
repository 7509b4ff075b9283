//! Places, and people trained.

use ceiba_disclosure::SafeTable;
use ceiba_paper::{Area, Pair, bars_horizontal, map, paired_dots};
use ceiba_programme::results::{self, Measure};
use maud::{Markup, html};

use super::care::{listed, plain_bars};
use super::finding::largest;
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::data::{figure, headings, whole};

pub(super) async fn territory(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let alerts = results::count(p, &mut tx, caller, Measure::AlertsByDepartment, &a.span).await?;
    let served = results::count(p, &mut tx, caller, Measure::ServedByDepartment, &a.span).await?;
    drop(tx);
    let name =
        |code: &str| if code.is_empty() { w.t("out-part-unknown") } else { listed(a, "departments", code) };
    let labels: Vec<String> = alerts.rows().iter().map(|r| name(r)).collect();
    let finding = match largest(labels.iter().map(String::as_str).zip(alerts.column(0).unwrap_or_default())) {
        Some((place, n)) => {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            w.with("board-say-territory", &[("place", place.into()), ("n", n.into())])
        }
        None => w.t("board-say-few"),
    };
    let mut rows = Rows::default();
    rows.table_of("avisos", &alerts, name, |_| w.t("figure-number"));
    rows.table_of("personas", &served, name, |_| w.t("figure-number"));
    let body = html! {
        (drawn(a, "alerts-map", &alerts, name))
        (drawn(a, "served-map", &served, name))
        p class="quiet" { (w.t("board-map-credit")) }
    };
    Ok(View { finding, body, rows })
}

/// A map where the country has outlines, bars where it has none.
fn drawn(a: &Ask<'_>, id: &str, t: &SafeTable, name: impl Fn(&str) -> String) -> Markup {
    let w = a.w;
    let figure = figure(a.app, w, id, vec![w.t("figure-place"), w.t("figure-number")]);
    let outlines = &a.app.programme.pack.outlines;
    if outlines.is_empty() {
        return bars_horizontal(&figure, &plain_bars(t, name));
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
    map(&figure, &areas, 336.0)
}

pub(super) async fn training(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let people = results::people_of(p, &mut tx, caller, "training.completed", &a.span).await?;
    let by_institution = results::count(p, &mut tx, caller, Measure::TrainedByInstitution, &a.span).await?;
    let by_sex = results::count(p, &mut tx, caller, Measure::TrainedBySex, &a.span).await?;
    let sessions = results::count(p, &mut tx, caller, Measure::Sessions, &a.span).await?;
    let marks = results::marks(p, &mut tx, caller, &a.span).await?;
    drop(tx);
    let institution = |code: &str| institution(a, code);
    let audience =
        |code: &str| w.t(&format!("board-audience-{}", if code.is_empty() { "other" } else { code }));
    let sex =
        |code: &str| if code == "unknown" { w.t("out-part-unknown") } else { listed(a, "gender", code) };
    let pairs: Vec<Pair> = marks
        .iter()
        .map(|(code, before, after)| Pair { label: institution(code), before: *before, after: *after })
        .collect();
    let up =
        pairs.iter().filter(|p| p.before.shown().zip(p.after.shown()).is_some_and(|(b, a)| a > b)).count();
    let mut finding = match people.shown() {
        Some(n) => w.with("board-say-training", &[("n", i64::try_from(n).unwrap_or(i64::MAX).into())]),
        None => w.t("board-say-training-few"),
    };
    if !pairs.is_empty() {
        let (up, of) = (i64::try_from(up).unwrap_or(0), i64::try_from(pairs.len()).unwrap_or(0));
        finding.push(' ');
        finding.push_str(&w.with("board-say-marks", &[("up", up.into()), ("of", of.into())]));
    }
    let mut rows = Rows::default();
    rows.table_of("por_institucion", &by_institution, institution, audience);
    rows.table_of("por_sexo", &by_sex, sex, audience);
    rows.table_of("sesiones", &sessions, str::to_owned, |_| w.t("figure-number"));
    for (pair, (code, _, _)) in pairs.iter().zip(&marks) {
        rows.measure("antes", (code, &pair.label), &w.t("board-before"), pair.before);
        rows.measure("despues", (code, &pair.label), &w.t("board-after"), pair.after);
    }
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (whole(&fig("trained", headings(w, &by_institution, audience)), &by_institution, institution, audience))
        (paired_dots(&fig("marks", vec![w.t("figure-row"), w.t("board-before"), w.t("board-after")]), &pairs, 100.0))
        (whole(&fig("trained-sex", headings(w, &by_sex, audience)), &by_sex, sex, audience))
        (bars_horizontal(&fig("sessions", vec![w.t("figure-month"), w.t("figure-number")]), &crate::data::bars(&sessions, &[], str::to_owned)))
    };
    Ok(View { finding, body, rows })
}

/// An institution of the directory, or of the list of those of justice.
fn institution(a: &Ask<'_>, code: &str) -> String {
    if code == "unknown" {
        return a.w.t("out-part-unknown");
    }
    let pack = &a.app.programme.pack;
    let known = pack.institutions.iter().find(|i| i.code == code).map(|i| i.name.clone());
    known.unwrap_or_else(|| listed(a, "justice_institutions", code))
}
