//! The donor's table and narrative: values for the office's own template.

use ceiba_exchange::word::Values;
use ceiba_programme::results::frozen::{self, Figure, Frozen};
use jiff::civil::Date;

use super::content::{currency, shown, span_days, written};
use super::tables::hidden;
use crate::{App, Lang, Words};

/// The kind of paper, in `packs/core/papers.toml`.
pub(super) const KIND: &str = "donor_report";

/// What a template of this kind may hold.
pub(super) fn values(app: &App, report: &Frozen, day: Date, lang: Lang) -> Values {
    let w = app.words(lang);
    let code = lang.code();
    let (grant, p) = (&report.grant, &app.programme);
    let sheet = p.pack.outputs.sheet(&grant.code);
    let version =
        w.with("out-version", &[("n", i64::from(report.version).into()), ("day", w.date(day).into())]);
    let restates = report.restates.as_ref().map_or_else(String::new, |r| {
        let before = w.with("out-foot-restates", &[("n", i64::from(r.version).into())]);
        format!("{before} {}", r.reason)
    });
    Values::default()
        .text("programa", p.pack.name.as_str())
        .text("donante", grant.donor.as_str())
        .text("proyecto", grant.name.of(code))
        .text("periodo", span_days(w, &report.period.from, &report.period.to))
        .text("duracion", span_days(w, &grant.from, &grant.to))
        .text("presupuesto", format!("{} {}", w.number(grant.budget), currency(w, &grant.currency)))
        .text("resumen", sheet.map_or("", |s| s.overview.of(code)))
        .text("notas", report.notes.as_str())
        .text("reglas", hidden(w, report))
        .text("correccion", restates)
        .text("fecha", w.date(day))
        .text("version", format!("{} · {version}", report.period.code))
        .block("resultados", levels(w, report))
        .block("cifras", report.figures.iter().map(|f| figure(w, report, f)).collect())
        .block("desviaciones", deviations(w, report))
        .block("gastos", report.spending.iter().map(|l| line(w, l)).collect())
}

/// Objectives, outcomes and outputs with the lines about their figures.
fn levels(w: &Words, report: &Frozen) -> Vec<Values> {
    let lang = w.lang().code();
    let lines = |code: &str| -> Vec<Values> {
        let own = report.figures.iter().filter(|f| f.result == code);
        let said = own.filter_map(|f| shown(w, f, f.to_date).map(|n| (f, n)));
        said.map(|(f, n)| {
            let target = f
                .target
                .map_or_else(String::new, |t| w.with("out-of-target", &[("n", written(w, f, t).into())]));
            Values::default().text("linea", format!("{}: {}{target}", f.name.of(lang), n))
        })
        .collect()
    };
    let all = report.results.iter().map(|l| (l, lines(&l.code)));
    all.filter(|(_, lines)| !lines.is_empty())
        .map(|(l, lines)| Values::default().text("resultado", l.name.of(lang)).block("lineas", lines))
        .collect()
}

fn figure(w: &Words, report: &Frozen, f: &Figure) -> Values {
    let some = |n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| written(w, f, n));
    let value = |v: frozen::Value| match v {
        frozen::Value::Hidden => hidden(w, report),
        frozen::Value::Nothing => w.t("out-nothing"),
        other => shown(w, f, other).unwrap_or_default(),
    };
    Values::default()
        .text("codigo", f.code.as_str())
        .text("indicador", f.name.of(w.lang().code()))
        .text("base", some(f.baseline))
        .text("meta", some(f.target))
        .text("valor", value(f.value))
        .text("acumulado", value(f.to_date))
}

fn deviations(w: &Words, report: &Frozen) -> Vec<Values> {
    let all = report.figures.iter().filter(|f| !f.deviation.trim().is_empty());
    all.map(|f| {
        Values::default()
            .text("indicador", f.name.of(w.lang().code()))
            .text("explicacion", f.deviation.as_str())
    })
    .collect()
}

fn line(w: &Words, l: &frozen::Line) -> Values {
    let cents = |n: i64| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "money of a programme is far below what a double counts exactly"
        )]
        let units = n as f64 / 100.0;
        w.decimal(units, 2)
    };
    Values::default()
        .text("rubro", l.name.as_str())
        .text("aprobado", cents(l.budget))
        .text("gastado", cents(l.spent))
        .text("total", cents(l.to_date))
}
