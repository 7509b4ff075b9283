//! What can be wrong with a framework, as the field and what to do about it.

use super::framework::{Framework, Indicator, Results, UNITS};
use super::kinds::ONCE;
use super::rule::Count;

type Fault = Option<(&'static str, String)>;

fn is_code(code: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !code.is_empty() && code.len() <= 40 && code.chars().all(fine)
}

pub(super) fn indicator(i: &Indicator) -> Fault {
    if !is_code(&i.code) {
        return Some(("code", "use letters, digits, points and hyphens, at most 40".to_owned()));
    }
    if i.version == 0 {
        return Some(("version", "begin with 1".to_owned()));
    }
    for (field, words) in [("name", &i.name), ("definition", &i.definition), ("source", &i.source)] {
        if words.es.trim().is_empty() || words.en.trim().is_empty() {
            return Some((field, "write it in Spanish and in English".to_owned()));
        }
    }
    if i.figure.is_empty() {
        return Some(("figure", "give at least one number".to_owned()));
    }
    for (n, f) in i.figure.iter().enumerate() {
        let several = i.figure.len() > 1;
        if several && (f.id.is_empty() || f.name.es.is_empty() || f.name.en.is_empty()) {
            return Some((
                "figure",
                "where there are several numbers, each needs an id and a name".to_owned(),
            ));
        }
        if f.definition.es.trim().is_empty() != f.definition.en.trim().is_empty() {
            return Some((
                "figure.definition",
                "write it in Spanish and in English, or in neither".to_owned(),
            ));
        }
        if f.id.contains('.') || i.figure[..n].iter().any(|other| other.id == f.id) {
            return Some(("figure.id", format!("«{}» comes twice, or holds a point", f.id)));
        }
        if !UNITS.contains(&f.unit.as_str()) {
            return Some((
                "figure.unit",
                format!("there is no unit «{}»; use one of {}", f.unit, UNITS.join(", ")),
            ));
        }
        if (f.unit == "percent") != (f.rule.count == Count::Share) {
            return Some(("figure.unit", "a share is in percent, and nothing else is".to_owned()));
        }
        if (f.unit == "people") && !matches!(f.rule.count, Count::People | Count::Events) {
            return Some(("figure.unit", "people are counted, or added up".to_owned()));
        }
        if f.unit == "things" && f.rule.is_about_people() {
            return Some(("figure.unit", "people stand behind a kind it reads: use events".to_owned()));
        }
        let once = f.rule.count == Count::People && f.rule.per.is_empty();
        let parted = |by: &String| {
            let of = by.strip_prefix("municipality*");
            of.is_some_and(|by| !ONCE.contains(&by))
        };
        if f.reached && (f.unit != "people" || !once || f.rule.by.iter().any(parted)) {
            let what = "a figure of people reached counts each once, and crosses municipality with nothing that one may have twice";
            return Some(("figure.reached", what.to_owned()));
        }
        if let Some((field, what)) = f.rule.fault() {
            return Some((
                field,
                format!("{}{what}", if several { format!("{}: ", f.id) } else { String::new() }),
            ));
        }
    }
    None
}

pub(super) fn grant(all: &Results, g: &Framework) -> Fault {
    if !is_code(&g.code) || all.grants.iter().any(|known| known.code == g.code) {
        return Some(("code", "use letters, digits and hyphens, and each code once".to_owned()));
    }
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    match (day(&g.from), day(&g.to)) {
        (Some(from), Some(to)) if from <= to => {}
        _ => {
            return Some((
                "from, to",
                "give two days such as 2026-01-31, the first before the last".to_owned(),
            ));
        }
    }
    if g.threshold < 5 {
        return Some(("threshold", "it can be raised, never below 5".to_owned()));
    }
    if g.budget < 0 || g.currency.len() != 3 || !g.currency.chars().all(|c| c.is_ascii_uppercase()) {
        return Some((
            "budget, currency",
            "give whole units and a code of three capitals such as USD".to_owned(),
        ));
    }
    for (n, r) in g.result.iter().enumerate() {
        let above = match r.kind.as_str() {
            "objective" => "",
            "outcome" => "objective",
            "output" => "outcome",
            _ => return Some(("result.kind", format!("{}: use objective, outcome or output", r.code))),
        };
        let fits = g.result[..n].iter().any(|x| x.code == r.part_of && x.kind == above);
        if !(fits || (above.is_empty() && r.part_of.is_empty())) {
            return Some(("result.part_of", format!("{}: name an {above} that stands above it", r.code)));
        }
    }
    for (n, p) in g.promise.iter().enumerate() {
        let Some((_, number)) = all.figure(&p.figure) else {
            return Some(("promise.figure", format!("there is no figure «{}»", p.figure)));
        };
        if g.lines.is_empty() && number.rule.reads_lines() {
            let what = format!("{} counts money of budget lines: name those that this grant pays", p.figure);
            return Some(("lines", what));
        }
        if g.promise[..n].iter().any(|x| x.figure == p.figure) {
            return Some(("promise.figure", format!("«{}» comes twice", p.figure)));
        }
        if !g.result.iter().any(|r| r.code == p.result) {
            return Some(("promise.result", format!("{}: there is no result «{}»", p.figure, p.result)));
        }
        if !["grant", "period"].contains(&p.target_of.as_str()) {
            return Some(("promise.target_of", format!("{}: use grant or period", p.figure)));
        }
    }
    None
}
