//! What stands on a sheet: the programme's words around the public form of a frozen report, in both languages.

use ceiba_programme::ProgrammeError;
use ceiba_programme::outputs::pages::Content;
use ceiba_programme::outputs::{Number, ResultLine, sites};
use ceiba_programme::results::frozen::{Figure, Frozen, Value, Words as Both};

use crate::{App, Failure, Lang, Words};

/// The texts, of a report as everybody may see it (`pages::offered`).
pub(super) fn of(app: &App, report: &Frozen) -> Result<Content, Failure> {
    let (p, grant) = (&app.programme, &report.grant);
    let offer = &p.pack.outputs;
    let sheet = offer.sheet(&grant.code).ok_or(ProgrammeError::Unreadable("a sheet"))?;
    let t = |key: &'static str| both(app, |w| w.t(key));
    let place = both(app, |w| places(app, w, report));
    let time = both(app, |w| span(w, &grant.from, &grant.to));
    let donor = Both { es: grant.donor.clone(), en: grant.donor.clone() };
    let numbers = sheet.numbers.iter().filter_map(|n| number(app, report, n)).collect();
    let results: Vec<Both> = sheet.results.iter().filter_map(|r| line(app, report, r)).collect();
    Ok(Content {
        owner: Both { es: p.pack.name.clone(), en: p.pack.name.clone() },
        title: sheet.title.clone(),
        dated: both(app, |w| {
            w.with("out-dated", &[("span", span_days(w, &grant.from, &report.period.to).into())])
        }),
        facts: vec![
            (t("out-fact-donor"), donor),
            (t("out-fact-place"), place),
            (t("out-fact-time"), time),
            (t("out-fact-partners"), sheet.partners.clone()),
        ],
        overview: (t("out-overview"), sheet.overview.clone()),
        numbers: (t("out-numbers"), numbers),
        left: vec![
            (t("out-interventions"), sheet.interventions.clone()),
            (t("out-objectives"), sheet.objectives.clone()),
        ],
        right: vec![(t("out-results"), results)],
        foot: both(app, |w| foot(w, report)),
        look: (offer.page.clone(), offer.main.clone(), offer.soft.clone()),
    })
}

/// A text in both languages.
fn both(app: &App, text: impl Fn(&Words) -> String) -> Both {
    Both { es: text(app.words(Lang::Es)), en: text(app.words(Lang::En)) }
}

/// Municipalities by name, two of them joined by a word.
fn places(app: &App, w: &Words, report: &Frozen) -> String {
    let lists = &app.programme.pack.lists;
    let name = |code: &String| lists.name("municipalities", code, w.lang().code()).unwrap_or(code).to_owned();
    let all: Vec<String> = report.grant.municipalities.iter().map(name).collect();
    let joined = match all.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} {} {last}", rest.join(", "), w.t("out-and")),
        all => all.join(", "),
    };
    if joined.is_empty() { w.t("out-country") } else { format!("{joined}, {}", w.t("out-country")) }
}

/// From month to month.
fn span(w: &Words, from: &str, to: &str) -> String {
    let month = |day: &str| day.parse().map_or_else(|_| day.to_owned(), |d| w.month(d));
    w.with("out-span", &[("from", month(from).into()), ("to", month(to).into())])
}

/// From day to day.
pub(super) fn span_days(w: &Words, from: &str, to: &str) -> String {
    let day = |day: &str| day.parse().map_or_else(|_| day.to_owned(), |d| w.date(d));
    w.with("out-span", &[("from", day(from).into()), ("to", day(to).into())])
}

/// A figure in large signs; none when it is not shown.
fn number(app: &App, report: &Frozen, n: &Number) -> Option<(Both, Both)> {
    if n.from == "budget" {
        let value = both(app, |w| w.number(report.grant.budget));
        let label = Both {
            es: format!("{} {}", currency(app.words(Lang::Es), &report.grant.currency), n.label.es),
            en: format!("{} {}", currency(app.words(Lang::En), &report.grant.currency), n.label.en),
        };
        return Some((value, label));
    }
    if let Some(kind) = n.from.strip_prefix("sites:") {
        let many = i64::try_from(sites(&app.programme, report, kind)).unwrap_or(0);
        return (many > 0).then(|| (both(app, |w| w.number(many)), n.label.clone()));
    }
    let figure = report.figure(&n.from)?;
    let plus = if matches!(figure.to_date, Value::AtLeast(_)) { "+" } else { "" };
    let value = figure.to_date.least()?;
    Some((both(app, |w| format!("{}{plus}", written(w, figure, value))), n.label.clone()))
}

/// What a currency is called.
pub(super) fn currency(w: &Words, code: &str) -> String {
    let key = format!("out-currency-{code}");
    if w.knows(&key) { w.t(&key) } else { code.to_owned() }
}

/// A line about a figure; none when it is not shown, or when it needs a number that nobody gave.
fn line(app: &App, report: &Frozen, r: &ResultLine) -> Option<Both> {
    let figure = report.figure(&r.figure)?;
    let fill = |w: &Words, text: &str| {
        let number = |n: Option<f64>| n.map(|n| written(w, figure, n));
        let mut out = text.replace("{n}", &shown(w, figure, figure.to_date)?);
        for (mark, number) in [("{target}", number(figure.target)), ("{baseline}", number(figure.baseline))] {
            if out.contains(mark) {
                out = out.replace(mark, &number?);
            }
        }
        Some(out)
    };
    let (es, en) = (fill(app.words(Lang::Es), &r.text.es), fill(app.words(Lang::En), &r.text.en));
    Some(Both { es: es?, en: en? })
}

/// A number to show, with words when it is only the least that it can be.
pub(crate) fn shown(w: &Words, figure: &Figure, value: Value) -> Option<String> {
    match value {
        Value::Shown(n) => Some(written(w, figure, n)),
        Value::AtLeast(n) => Some(w.with("out-at-least", &[("n", written(w, figure, n).into())])),
        Value::Hidden | Value::Nothing => None,
    }
}

/// A number in the unit of its figure.
pub(crate) fn written(w: &Words, figure: &Figure, n: f64) -> String {
    let most = if figure.unit == "money" { 2 } else { 1 };
    let digits = if n.fract().abs() > 1e-9 { most } else { 0 };
    match figure.unit.as_str() {
        "percent" => w.percent(n / 100.0, digits),
        _ => w.decimal(n, digits),
    }
}

/// Which figures these are, and which are not shown.
fn foot(w: &Words, report: &Frozen) -> String {
    let threshold = i64::try_from(report.threshold).unwrap_or(i64::MAX);
    let mut text = w.with(
        "out-foot",
        &[
            ("period", report.period.code.as_str().into()),
            ("version", i64::from(report.version).into()),
            ("n", threshold.into()),
        ],
    );
    if let Some(before) = &report.restates {
        text.push(' ');
        text.push_str(&w.with("out-foot-restates", &[("n", i64::from(before.version).into())]));
    }
    text
}
