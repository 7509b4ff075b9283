//! People trained.

use ceiba_paper::{Pair, bars_horizontal, paired_dots};
use ceiba_programme::results::{self, Measure};
use maud::html;

use super::named::listed;
use super::rows::Rows;
use super::said::{cells, most, moved, titled};
use super::{Ask, View, refreshers};
use crate::Failure;
use crate::data::{headings, whole};

pub(super) async fn training(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let people = results::people_of(p, &mut tx, caller, "training.completed", &a.span).await?;
    let by_institution = results::count(p, &mut tx, caller, Measure::TrainedByInstitution, &a.span).await?;
    let by_sex = results::count(p, &mut tx, caller, Measure::TrainedBySex, &a.span).await?;
    let sessions = results::sessions(p, &mut tx, caller, &a.span).await?;
    let again = refreshers::of(a, &mut tx).await?;
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
    // Of the others nothing can be said.
    let both: Vec<(f64, f64)> = pairs.iter().filter_map(|p| p.before.shown().zip(p.after.shown())).collect();
    let up = both.iter().filter(|(before, after)| after > before).count();
    let mut finding = match people.shown() {
        Some(n) => w.with("board-say-training", &[("n", i64::try_from(n).unwrap_or(i64::MAX).into())]),
        None => w.t("board-say-training-few"),
    };
    let marked = if both.is_empty() {
        w.t(if pairs.is_empty() { "figure-empty" } else { "board-fig-hidden" })
    } else {
        let (up, of) = (i64::try_from(up).unwrap_or(0), i64::try_from(both.len()).unwrap_or(0));
        let said = w.with("board-say-marks", &[("up", up.into()), ("of", of.into())]);
        finding.push(' ');
        finding.push_str(&said);
        said
    };
    let mut rows = Rows::default();
    rows.table_of("por_institucion", &by_institution, institution, audience);
    rows.table_of("por_sexo", &by_sex, sex, audience);
    for (month, n) in &sessions {
        #[expect(clippy::cast_precision_loss, reason = "sessions of a programme are fewer than 2^53")]
        rows.one("sesiones", (month, month), &w.t("figure-number"), n.shown().map(|n| n as f64));
    }
    for (pair, (code, _, _)) in pairs.iter().zip(&marks) {
        rows.measure("antes", (code, &pair.label), &w.t("board-before"), pair.before);
        rows.measure("despues", (code, &pair.label), &w.t("board-after"), pair.after);
    }
    again.rows(a, &mut rows);
    let trained = most(a, "trained", &cells(&by_institution, institution, audience));
    let trained = titled(a, "trained", trained, headings(w, &by_institution, audience));
    let by = most(a, "trained-sex", &cells(&by_sex, sex, audience));
    let by = titled(a, "trained-sex", by, headings(w, &by_sex, audience));
    let marks = titled(a, "marks", marked, vec![w.t("figure-row"), w.t("board-before"), w.t("board-after")]);
    let given = moved(a, "sessions", &sessions);
    let given = titled(a, "sessions", given, vec![w.t("figure-month"), w.t("figure-number")]);
    let body = html! {
        (whole(&trained, &by_institution, institution, audience))
        (paired_dots(&marks, &pairs, 100.0))
        (whole(&by, &by_sex, sex, audience))
        (bars_horizontal(&given, &crate::data::by_month(&sessions, &a.span)))
        (again.shown(a))
    };
    Ok(View::new(finding, body, rows))
}

/// An institution of the directory, or of the list of those of justice.
pub(super) fn institution(a: &Ask<'_>, code: &str) -> String {
    if code == "unknown" {
        return a.w.t("out-part-unknown");
    }
    let pack = &a.app.programme.pack;
    let known = pack.institutions.iter().find(|i| i.code == code).map(|i| i.name.clone());
    known.unwrap_or_else(|| listed(a, "justice_institutions", code))
}
