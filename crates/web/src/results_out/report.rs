//! The donor's table and narrative: values for the office's own template.

use ceiba_exchange::word::Values;
use ceiba_programme::results::frozen::{self, Figure, Frozen, Value};
use jiff::civil::Date;

use super::content::{currency, span_days, written};
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
        .text("alcance", reach(w, report))
        .text("duracion", span_days(w, &grant.from, &grant.to))
        .text("presupuesto", format!("{} {}", w.number(grant.budget), currency(w, &grant.currency)))
        .text("resumen", sheet.map_or("", |s| s.overview.of(code)))
        .text("notas", report.notes.as_str())
        .text("reglas", rules(w, report))
        .text("correccion", restates)
        .text("fecha", w.date(day))
        .text("version", format!("{} · {version}", report.period.code))
        .block("resultados", levels(w, report))
        .block(
            "cifras",
            report.figures.iter().filter(|f| missing(f).is_none()).map(|f| figure(w, f)).collect(),
        )
        .block("desviaciones", deviations(w, report))
        .block("gastos", report.spending.iter().map(|l| line(w, l)).collect())
}

/// From when to when the numbers of the narrative are: to date, but for those whose target is of each quarter.
fn reach(w: &Words, report: &Frozen) -> String {
    let span = |from: &str| span_days(w, from, &report.period.to);
    let of = [("grant", span(&report.grant.from).into()), ("quarter", span(&report.period.from).into())];
    w.with("out-reach", &of)
}

/// Which numbers are not shown, and why: once, with the figures of which nothing can be shown.
fn rules(w: &Words, report: &Frozen) -> String {
    let mut said = vec![hidden(w, report)];
    for (value, key) in [(Value::Hidden, "out-hidden-list"), (Value::Nothing, "out-nothing-list")] {
        let names: Vec<&str> = report
            .figures
            .iter()
            .filter(|f| missing(f) == Some(value))
            .map(|f| f.name.of(w.lang().code()))
            .collect();
        if !names.is_empty() {
            said.push(w.with(key, &[("names", names.join("; ").into())]));
        }
    }
    said.join(". ")
}

/// Why nothing of a figure can be said: hidden, or there was nothing to measure. None when one of its two numbers is shown.
fn missing(f: &Figure) -> Option<Value> {
    match (f.value, f.to_date) {
        (value, to_date) if value.least().is_some() || to_date.least().is_some() => None,
        (Value::Nothing, Value::Nothing) => Some(Value::Nothing),
        _ => Some(Value::Hidden),
    }
}

/// Objectives, outcomes and outputs with the lines about their figures.
fn levels(w: &Words, report: &Frozen) -> Vec<Values> {
    let lang = w.lang().code();
    let lines = |code: &str| -> Vec<Values> {
        let own = report.figures.iter().filter(|f| f.result == code);
        own.filter_map(|f| said(w, f)).map(|line| Values::default().text("linea", line)).collect()
    };
    let all = report.results.iter().map(|l| (l, lines(&l.code)));
    all.filter(|(_, lines)| !lines.is_empty())
        .map(|(l, lines)| Values::default().text("resultado", l.name.of(lang)).block("lineas", lines))
        .collect()
}

/// A figure as a line: what came of it, and what was promised. None when it is not shown.
fn said(w: &Words, f: &Figure) -> Option<String> {
    let quarter = f.target_of == "period" && f.target.is_some();
    let number = measured(w, f, if quarter { f.value } else { f.to_date })?;
    let number = if quarter { w.with("out-in-quarter", &[("n", number.into())]) } else { number };
    let promised = f.target.map_or_else(String::new, |t| {
        let key = if f.ascending { "out-target" } else { "out-target-or-less" };
        format!(" ({})", w.with(key, &[("n", in_unit(w, f, t).into())]))
    });
    Some(format!("{}: {number}{promised}", f.name.of(w.lang().code())))
}

/// A number with its unit; that of people and of what happened says it by its name.
fn in_unit(w: &Words, f: &Figure, n: f64) -> String {
    let number = written(w, f, n);
    match f.unit.as_str() {
        "minutes" | "hours" | "days" | "mean" => {
            let one = if (n - 1.0).abs() < 1e-9 { "-one" } else { "" };
            w.with(&format!("out-number-{}{one}", f.unit), &[("n", number.into())])
        }
        _ => number,
    }
}

/// A number that is shown, with its unit, and with words when it is only the least that it can be.
fn measured(w: &Words, f: &Figure, value: Value) -> Option<String> {
    match value {
        Value::Shown(n) => Some(in_unit(w, f, n)),
        Value::AtLeast(n) => Some(w.with("out-at-least", &[("n", in_unit(w, f, n).into())])),
        Value::Hidden | Value::Nothing => None,
    }
}

fn figure(w: &Words, f: &Figure) -> Values {
    let some = |n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| in_unit(w, f, n));
    let value = |v: Value| match v {
        Value::Hidden => w.t("out-state-hidden"),
        Value::Nothing => w.t("out-state-nothing"),
        other => measured(w, f, other).unwrap_or_default(),
    };
    let target = match f.target {
        Some(t) if !f.ascending => w.with("out-or-less", &[("n", in_unit(w, f, t).into())]),
        other => some(other),
    };
    Values::default()
        .text("codigo", f.code.as_str())
        .text("indicador", f.name.of(w.lang().code()))
        .text("base", some(f.baseline))
        .text("meta", target)
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

#[cfg(test)]
mod tests {
    use ceiba_programme::results::frozen::{Figure, Value, Words as Both};

    use super::{missing, said};
    use crate::Lang;

    fn figure(unit: &str, value: f64, target: f64, (ascending, of): (bool, &str)) -> Figure {
        Figure {
            code: "X".into(),
            indicator: "X".into(),
            version: 1,
            result: "P".into(),
            name: Both { es: "Lo medido".into(), en: "What is measured".into() },
            definition: Both::default(),
            source: Both::default(),
            unit: unit.into(),
            value: Value::Shown(value),
            to_date: Value::Shown(value),
            brought: Value::Nothing,
            baseline: None,
            target: Some(target),
            target_of: of.into(),
            ascending,
            tables: vec![],
            deviation: String::new(),
            rule: String::new(),
            facts_hash: String::new(),
            public: ceiba_programme::results::frozen::Public::ALL,
        }
    }

    #[test]
    fn a_line_says_what_was_promised_as_its_kind_of_number_asks() {
        let w = Lang::Es.words();
        let line = |unit, n, target, how| {
            said(&w, &figure(unit, n, target, how)).unwrap_or_default().replace('\u{a0}', " ")
        };
        let (more, less) = ((true, "grant"), (false, "grant"));
        assert_eq!(line("people", 111.0, 100.0, more), "Lo medido: 111 (meta 100)");
        assert_eq!(line("percent", 45.1, 85.0, more), "Lo medido: 45.1 % (meta 85 %)");
        assert_eq!(line("hours", 4.3, 8.0, less), "Lo medido: 4.3 horas (meta: 8 horas o menos)");
        assert_eq!(line("hours", 1.0, 8.0, less), "Lo medido: 1 hora (meta: 8 horas o menos)");
        let quarter = (true, "period");
        assert_eq!(
            line("mean", 37.0, 20.0, quarter),
            "Lo medido: 37 puntos en el trimestre (meta 20 puntos)"
        );
        let mut least = figure("people", 60.0, 400.0, more);
        least.to_date = Value::AtLeast(60.0);
        assert_eq!(said(&w, &least).unwrap_or_default(), "Lo medido: al menos 60 (meta 400)");
        (least.value, least.to_date) = (Value::Hidden, Value::Nothing);
        assert_eq!((said(&w, &least), missing(&least)), (None, Some(Value::Hidden)));
    }
}
