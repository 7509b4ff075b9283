//! A frozen report as an activity of IATI.

use ceiba_exchange::iati::{
    Activity, Actual, Finance, Indicator, Number, Organisation, Outcome, Period, Place, Problem, Texts,
    Transaction, split, write,
};
use jiff::civil::Date;

use super::{PUBLIC, counts_people, public};
use crate::results::frozen::{Figure, Frozen, Value, Words};
use crate::{Outcome as Answer, Programme, ProgrammeError};

/// What became of it.
#[derive(Debug)]
pub enum Written {
    /// The file.
    File(Vec<u8>),
    /// What keeps it from leaving.
    Refused(Vec<Problem>),
}

/// The file of a report, in the public form of its figures. `frozen_on` is the day on which it was frozen: the same report gives the same
/// file.
///
/// # Errors
/// [`ProgrammeError::Unreadable`] when the report has days that are none.
pub fn file(p: &Programme, report: &Frozen, frozen_on: Date) -> Answer<Written> {
    let activity = of(p, &public(report), frozen_on)?;
    let stamp = format!("{frozen_on}T00:00:00Z");
    Ok(match write(&activity, &stamp, report.threshold.max(PUBLIC)) {
        Ok(file) => Written::File(file),
        Err(problems) => Written::Refused(problems),
    })
}

fn texts(words: &Words) -> Texts {
    vec![(None, words.es.clone()), (Some("en".to_owned()), words.en.clone())]
}

fn day(text: &str) -> Answer<Date> {
    text.parse().map_err(|_| ProgrammeError::Unreadable("a day of a report"))
}

fn of(p: &Programme, report: &Frozen, frozen_on: Date) -> Answer<Activity> {
    let (grant, offer) = (&report.grant, &p.pack.outputs);
    let iati = &offer.iati;
    let sheet = offer.sheet(&grant.code).ok_or(ProgrammeError::Unreadable("a sheet"))?;
    let (from, to) = (day(&grant.from)?, day(&grant.to)?);
    let ended = frozen_on > to;
    let one = |o: &super::Organisation, name: &str| Organisation {
        reference: o.reference.clone(),
        kind: o.kind.clone(),
        name: vec![(None, if o.name.is_empty() { name.to_owned() } else { o.name.clone() })],
    };
    let (ours, donor) = (one(&iati.reporter, &p.pack.name), one(&iati.donor, &grant.donor));
    let list =
        |items: &[Words], language: &str| items.iter().map(|w| w.of(language)).collect::<Vec<_>>().join("; ");
    let goals =
        vec![(None, list(&sheet.objectives, "es")), (Some("en".to_owned()), list(&sheet.objectives, "en"))];
    let mut dates = vec![(1, from), (2, from), (3, to)];
    if ended {
        dates.push((4, to));
    }
    Ok(Activity {
        language: "es".into(),
        currency: grant.currency.clone(),
        updated: format!("{frozen_on}T00:00:00Z"),
        identifier: format!("{}-{}", iati.identifier, grant.code),
        reporter: ours.clone(),
        title: texts(&sheet.title),
        descriptions: vec![(1, texts(&sheet.overview)), (2, goals)],
        participants: vec![(1, donor.clone()), (2, ours.clone()), (4, ours)],
        status: Some(if ended { 4 } else { 2 }),
        dates,
        contact: texts(&iati.contact),
        scope: Some(if grant.municipalities.len() > 1 { 6 } else { 5 }),
        country: iati.country.clone(),
        places: grant.municipalities.iter().map(|code| place(p, code)).collect(),
        sectors: iati.sectors.iter().map(|(code, share)| (code.clone(), Number::whole(*share))).collect(),
        goals: iati.goals.iter().map(|g| (g.clone(), Texts::new())).collect(),
        markers: iati.markers.clone(),
        finance: Finance {
            collaboration: iati.finance.collaboration.clone(),
            flow: iati.finance.flow.clone(),
            finance: iati.finance.finance.clone(),
            aid: iati.finance.aid.clone(),
            tied: iati.finance.tied.clone(),
        },
        budgets: split(Number::whole(grant.budget), from, to),
        transactions: money(report, from, &donor)?,
        results: outcomes(report)?,
    })
}

/// A municipality: its name, and no point, which nobody needs who knows its code.
fn place(p: &Programme, code: &str) -> Place {
    let name = p.pack.lists.name("municipalities", code, "es").unwrap_or(code);
    Place { pcode: code.to_owned(), name: name.to_owned(), point: None }
}

/// What was promised, and what was spent up to the end of the period.
fn money(report: &Frozen, from: Date, donor: &Organisation) -> Answer<Vec<Transaction>> {
    let promised = Transaction {
        kind: "11".into(),
        day: from,
        value: Number::whole(report.grant.budget),
        provider: Some(donor.clone()),
    };
    let spent = report.spending.iter().map(|line| line.to_date).sum::<i64>();
    let mut all = vec![promised];
    if spent > 0 {
        let day = day(&report.period.to)?;
        all.push(Transaction { kind: "4".into(), day, value: Number(spent), provider: None });
    }
    Ok(all)
}

/// Results of the framework that have a figure to show.
fn outcomes(report: &Frozen) -> Answer<Vec<Outcome>> {
    let days = (day(&report.grant.from)?, day(&report.period.to)?, day(&report.grant.to)?);
    let mut out = Vec::new();
    for level in &report.results {
        let kind = match level.kind.as_str() {
            "output" => 1,
            "outcome" => 2,
            _ => 3,
        };
        let mut indicators = Vec::new();
        for figure in report.figures.iter().filter(|f| f.result == level.code) {
            indicators.extend(indicator(figure, days));
        }
        if !indicators.is_empty() {
            out.push(Outcome { kind, adds: Some(false), title: texts(&level.name), indicators });
        }
    }
    Ok(out)
}

/// A figure to date, from the first day of the grant to the last of the period. What was promised for the whole grant stands in a period of
/// its own, which is the whole grant. Without a number there is nothing to say: the standard has no word for «hidden».
fn indicator(figure: &Figure, (from, to, last): (Date, Date, Date)) -> Option<Indicator> {
    let value = number(figure.to_date.least()?)?;
    let comment = match figure.to_date {
        Value::AtLeast(_) => vec![
            (None, "Al menos: quienes faltan son un grupo pequeño.".to_owned()),
            (Some("en".to_owned()), "At least: the others are a small group.".to_owned()),
        ],
        _ => Texts::new(),
    };
    let target = figure.target.filter(|_| figure.target_of == "grant").and_then(number);
    let actual = Some(Actual { value, comment, ..Actual::default() });
    let mut periods = Vec::new();
    let ends = to == last;
    if target.is_some() && !ends {
        periods.push(Period { from, to: last, target, actual: None });
    }
    periods.push(Period { from, to, target: target.filter(|_| ends), actual });
    Some(Indicator {
        measure: if figure.unit == "percent" { 2 } else { 1 },
        ascending: Some(figure.ascending),
        adds: Some(false),
        things: !counts_people(figure),
        title: texts(&figure.name),
        reference: None,
        baseline: figure.baseline.and_then(number).map(|n| (from, n)),
        periods,
    })
}

/// To the hundredth.
fn number(n: f64) -> Option<Number> {
    #[expect(clippy::cast_possible_truncation, reason = "what is larger was refused")]
    (n.is_finite() && n.abs() < 1e15).then(|| Number((n * 100.0).round() as i64))
}
