//! Who was reached, where, with what, with HXL tags. What the report does not divide, or hides, stays empty, and the note says which.

use ceiba_exchange::csvw::Value;
use ceiba_exchange::hxl;
use ceiba_programme::outputs::{self, Part, Reached};
use ceiba_programme::results::frozen::{self, Figure, Frozen};
use jiff::civil::Date;

use super::{Made, hidden, number, text};
use crate::results::labels::Labels;
use crate::{App, Words};

/// The table.
pub(super) fn table(app: &App, labels: &Labels<'_>, report: &Frozen) -> Made {
    let w = labels.words();
    const KEYS: [&str; 12] = [
        "department",
        "code",
        "municipality",
        "code",
        "start",
        "end",
        "organisation",
        "service",
        "people",
        "women-girls",
        "children",
        "note",
    ];
    let words: Vec<(String, String)> = KEYS
        .iter()
        .map(|key| {
            let about = format!("out-hxl-{key}-about");
            (w.t(&format!("out-hxl-{key}")), if w.knows(&about) { w.t(&about) } else { String::new() })
        })
        .collect();
    let pair = |n: usize| words.get(n).map_or(("", ""), |(a, b)| (a.as_str(), b.as_str()));
    let columns = hxl::reached(std::array::from_fn(pair));
    // Whoever adds the lines up must not find one person in two: only figures that the pack marks so.
    let marked = |f: &&Figure| app.programme.pack.results.figure(&f.code).is_some_and(|(_, n)| n.reached);
    let figures = report.figures.iter().filter(marked);
    let lines = figures.flat_map(|f| outputs::reached(f).into_iter().map(move |line| (f, line)));
    (columns, lines.map(|(figure, line)| row(app, labels, (report, figure), &line)).collect())
}

fn row(app: &App, labels: &Labels<'_>, (report, figure): (&Frozen, &Figure), line: &Reached) -> Vec<Value> {
    let w = labels.words();
    let lists = &app.programme.pack.lists;
    let place = line.place.as_deref().unwrap_or("");
    let department = place.get(..4).unwrap_or("");
    let name = |list: &str, code: &str| text(lists.name(list, code, w.lang().code()).unwrap_or(code));
    let day = |d: &str| d.parse::<Date>().map_or(Value::Empty, Value::Day);
    let what = match &line.what {
        Some((by, code)) => labels.part(figure, by, code),
        None => figure.name.of(w.lang().code()).to_owned(),
    };
    vec![
        name("departments", department),
        text(department),
        name("municipalities", place),
        text(place),
        day(&report.period.from),
        day(&report.period.to),
        text(&app.programme.pack.name),
        text(&what),
        number(line.people.least()),
        number(line.women.least()),
        number(line.children.least()),
        text(&note(w, report, line)),
    ]
}

/// Why a number is missing, for each of the three: hidden, nothing to count, known of nobody, or not divided so. And of how many people
/// it is not known, where the number counts the others.
fn note(w: &Words, report: &Frozen, line: &Reached) -> String {
    let why = |value: frozen::Value| match value {
        frozen::Value::Shown(_) => None,
        frozen::Value::AtLeast(_) => Some(w.t("out-at-least-note")),
        frozen::Value::Hidden => Some(hidden(w, report)),
        frozen::Value::Nothing => Some(w.t("out-nothing")),
    };
    let beside = |unknown: frozen::Value| match unknown {
        frozen::Value::Hidden | frozen::Value::AtLeast(_) => Some(w.t("out-hxl-some-unknown")),
        frozen::Value::Shown(n) if n > 0.0 => {
            Some(w.with("out-hxl-so-many-unknown", &[("n", w.decimal(n, 0).into())]))
        }
        frozen::Value::Shown(_) | frozen::Value::Nothing => None,
    };
    let of = |key: &str, part: Part| {
        let why = match part {
            Part::Undivided => Some(w.t("out-hxl-undivided")),
            Part::Unknown => Some(w.t("out-hxl-unknown")),
            Part::Of(value, unknown) => why(value).or_else(|| beside(unknown)),
        };
        why.map(|why| w.with("out-hxl-why", &[("column", w.t(key).into()), ("why", why.into())]))
    };
    let parts = [of("out-hxl-women-girls", line.women), of("out-hxl-children", line.children)];
    let all: Vec<String> = why(line.people).into_iter().chain(parts.into_iter().flatten()).collect();
    all.join(" · ")
}
