//! An activity as XML, in the order in which the schema wants its elements.

use super::check::{Problem, check};
use super::{Activity, Actual, Budget, Indicator, Organisation, Outcome, Period, Place, Texts, Transaction};
use crate::word::xml::{Element, write as serialise};

/// Where points of places are from.
pub(super) const SRS: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";

/// The file: one activity, made at `generated` (`xsd:dateTime`). `floor` is the smallest count of people that may leave.
///
/// # Errors
/// Everything that [`check`] finds. Nothing is written then.
pub fn write(a: &Activity, generated: &str, floor: u64) -> Result<Vec<u8>, Vec<Problem>> {
    let problems = check(a, floor);
    if !problems.is_empty() {
        return Err(problems);
    }
    let root = Element::new("iati-activities").attr("version", "2.03").attr("generated-datetime", generated);
    Ok(serialise(&root.child(activity(a))))
}

fn activity(a: &Activity) -> Element {
    let coded = |name: &str, code: &str| (!code.is_empty()).then(|| Element::new(name).attr("code", code));
    let mut e = Element::new("iati-activity")
        .attr("xml:lang", &a.language)
        .attr("default-currency", &a.currency)
        .attr("last-updated-datetime", &a.updated)
        .attr("humanitarian", "0")
        .child(Element::new("iati-identifier").text(&a.identifier))
        .child(organisation("reporting-org", &a.reporter).attr("secondary-reporter", "0"))
        .child(narratives("title", &a.title));
    for (kind, text) in &a.descriptions {
        e = e.child(narratives("description", text).attr("type", &kind.to_string()));
    }
    for (role, who) in &a.participants {
        e = e.child(organisation("participating-org", who).attr("role", &role.to_string()));
    }
    e = e.maybe(a.status.and_then(|s| coded("activity-status", &s.to_string())));
    for (kind, day) in &a.dates {
        e = e.child(
            Element::new("activity-date").attr("type", &kind.to_string()).attr("iso-date", &day.to_string()),
        );
    }
    if !a.contact.is_empty() {
        let contact = Element::new("contact-info").attr("type", "1");
        e = e.child(contact.child(narratives("organisation", &a.contact)));
    }
    e = e.maybe(a.scope.and_then(|s| coded("activity-scope", &s.to_string())));
    e = e.maybe(coded("recipient-country", &a.country).map(|c| c.attr("percentage", "100")));
    for one in &a.places {
        e = e.child(place(one));
    }
    for (code, share) in &a.sectors {
        let sector = Element::new("sector").attr("vocabulary", "1").attr("code", code);
        e = e.child(sector.attr("percentage", &share.to_string()));
    }
    for (code, words) in &a.goals {
        e = e.child(narratives("tag", words).attr("vocabulary", "3").attr("code", code));
    }
    for (code, matters) in &a.markers {
        let marker = Element::new("policy-marker").attr("vocabulary", "1").attr("code", code);
        e = e.child(marker.attr("significance", &matters.to_string()));
    }
    let f = &a.finance;
    e = e.maybe(coded("collaboration-type", &f.collaboration)).maybe(coded("default-flow-type", &f.flow));
    e = e.maybe(coded("default-finance-type", &f.finance));
    e = e.maybe(coded("default-aid-type", &f.aid).map(|aid| aid.attr("vocabulary", "1")));
    e = e.maybe(coded("default-tied-status", &f.tied));
    for one in &a.budgets {
        e = e.child(budget(one, &a.currency));
    }
    for one in &a.transactions {
        e = e.child(transaction(one, &a.currency));
    }
    a.results.iter().fold(e, |e, one| e.child(outcome(one)))
}

fn narratives(name: &str, texts: &Texts) -> Element {
    texts.iter().fold(Element::new(name), |e, (language, text)| {
        let narrative = Element::new("narrative").text(text);
        e.child(match language {
            Some(language) => narrative.attr("xml:lang", language),
            None => narrative,
        })
    })
}

fn organisation(name: &str, o: &Organisation) -> Element {
    let e = narratives(name, &o.name);
    let e = if o.reference.is_empty() { e } else { e.attr("ref", &o.reference) };
    if o.kind.is_empty() { e } else { e.attr("type", &o.kind) }
}

/// An area: reach and class say so, exactness says that the point stands for all of it.
fn place(p: &Place) -> Element {
    let level = if p.pcode.len() > 4 { "2" } else { "1" };
    let code = |name: &str, code: &str| Element::new(name).attr("code", code);
    let name = Element::new("name").child(Element::new("narrative").text(&p.name));
    let area =
        Element::new("administrative").attr("vocabulary", "G1").attr("level", level).attr("code", &p.pcode);
    let point = p.point.as_ref().map(|(latitude, longitude)| {
        let pos = Element::new("pos").text(&format!("{latitude} {longitude}"));
        Element::new("point").attr("srsName", SRS).child(pos)
    });
    Element::new("location")
        .attr("ref", &p.pcode)
        .child(code("location-reach", "1"))
        .child(name)
        .child(area)
        .maybe(point)
        .child(code("exactness", "2"))
        .child(code("location-class", "1"))
        .child(code("feature-designation", &format!("ADM{level}")))
}

fn days(e: Element, from: jiff::civil::Date, to: jiff::civil::Date) -> Element {
    let day = |name: &str, day: jiff::civil::Date| Element::new(name).attr("iso-date", &day.to_string());
    e.child(day("period-start", from)).child(day("period-end", to))
}

fn value(currency: &str, day: jiff::civil::Date, value: super::Number) -> Element {
    let e = Element::new("value").attr("currency", currency).attr("value-date", &day.to_string());
    e.text(&value.to_string())
}

fn budget(b: &Budget, currency: &str) -> Element {
    let e = Element::new("budget").attr("type", "1").attr("status", "2");
    days(e, b.from, b.to).child(value(currency, b.from, b.value))
}

fn transaction(t: &Transaction, currency: &str) -> Element {
    Element::new("transaction")
        .child(Element::new("transaction-type").attr("code", &t.kind))
        .child(Element::new("transaction-date").attr("iso-date", &t.day.to_string()))
        .child(value(currency, t.day, t.value))
        .maybe(t.provider.as_ref().map(|p| organisation("provider-org", p)))
}

fn flag(e: Element, name: &str, set: Option<bool>) -> Element {
    match set {
        Some(set) => e.attr(name, if set { "1" } else { "0" }),
        None => e,
    }
}

fn outcome(o: &Outcome) -> Element {
    let e = flag(Element::new("result").attr("type", &o.kind.to_string()), "aggregation-status", o.adds);
    o.indicators.iter().fold(e.child(narratives("title", &o.title)), |e, one| e.child(indicator(one)))
}

fn indicator(i: &Indicator) -> Element {
    let e = flag(Element::new("indicator").attr("measure", &i.measure.to_string()), "ascending", i.ascending);
    let mut e = flag(e, "aggregation-status", i.adds).child(narratives("title", &i.title));
    if let Some((vocabulary, code)) = &i.reference {
        e = e.child(Element::new("reference").attr("vocabulary", vocabulary).attr("code", code));
    }
    if let Some((day, value)) = &i.baseline {
        let baseline = Element::new("baseline").attr("year", &day.year().to_string());
        e = e.child(baseline.attr("iso-date", &day.to_string()).attr("value", &value.to_string()));
    }
    i.periods.iter().fold(e, |e, one| e.child(period(one)))
}

fn period(p: &Period) -> Element {
    let e = days(Element::new("period"), p.from, p.to);
    let e = e.maybe(p.target.map(|t| Element::new("target").attr("value", &t.to_string())));
    e.maybe(p.actual.as_ref().map(actual))
}

fn actual(a: &Actual) -> Element {
    let mut e = Element::new("actual").attr("value", &a.value.to_string());
    for place in &a.places {
        e = e.child(Element::new("location").attr("ref", place));
    }
    for (name, value) in &a.dimensions {
        e = e.child(Element::new("dimension").attr("name", name).attr("value", value));
    }
    if a.comment.is_empty() { e } else { e.child(narratives("comment", &a.comment)) }
}
