//! A file of activities, read within bounds: what is wrong is named with its place, and the rest is still read.

use jiff::civil::Date;

use super::check::{Problem, Why, check, coarse};
use super::{
    Activity, Actual, Budget, Finance, Indicator, Number, Organisation, Outcome, Period, Place, Texts,
    Transaction,
};
use crate::word::xml::{self, Element};

/// The largest file, in bytes.
pub const LARGEST: usize = 4 << 20;
/// How many activities are read from one file.
pub const MOST: usize = 200;

/// Why a file is none of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No XML, or more of it than anybody wrote; a document type or entities of its own.
    NotXml,
    /// No activities in it.
    NoActivities,
    /// Another version than 2.03.
    Version,
    /// More than [`MOST`], or larger than [`LARGEST`].
    TooMany,
}

/// An activity, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What could be read.
    pub activity: Activity,
    /// What is wrong, in the order of the file, then by rule.
    pub problems: Vec<Problem>,
}

/// Reads a file and checks each activity, as [`check`] does.
///
/// # Errors
/// When it is no such file.
pub fn read(bytes: &[u8], floor: u64) -> Result<Vec<Read>, Fault> {
    if bytes.len() > LARGEST {
        return Err(Fault::TooMany);
    }
    let root = xml::read(bytes).map_err(|_| Fault::NotXml)?;
    let all: Vec<&Element> = root.elements().filter(|e| e.name == "iati-activity").collect();
    if root.name != "iati-activities" || all.is_empty() {
        return Err(Fault::NoActivities);
    }
    if root.get("version") != Some("2.03") {
        return Err(Fault::Version);
    }
    if all.len() > MOST {
        return Err(Fault::TooMany);
    }
    Ok(all.into_iter().map(|e| one(e, floor)).collect())
}

/// Reads, and notes what it could not.
struct Reading(Vec<Problem>);

fn one(e: &Element, floor: u64) -> Read {
    let mut r = Reading(Vec::new());
    let activity = r.activity(e);
    let mut problems = r.0;
    for found in check(&activity, floor) {
        // What could not be read is not missing too.
        let said = problems
            .iter()
            .any(|p| p.path.split('[').next() == Some(found.path.as_str()) || p.path == found.path);
        if !said {
            problems.push(found);
        }
    }
    Read { activity, problems }
}

fn each<'a>(e: &'a Element, name: &'a str) -> impl Iterator<Item = (&'a Element, String)> {
    let all = e.elements().filter(move |c| c.name == name);
    all.enumerate().map(move |(n, c)| (c, format!("{name}[{}]", n + 1)))
}

fn attr(e: &Element, name: &str) -> String {
    e.get(name).unwrap_or_default().trim().to_owned()
}

fn code(e: &Element, child: &str) -> String {
    e.elements().find(|c| c.name == child).map(|c| attr(c, "code")).unwrap_or_default()
}

fn words(e: &Element) -> String {
    e.children.iter().filter_map(xml::Child::text).collect::<String>().trim().to_owned()
}

fn texts(e: &Element) -> Texts {
    let all = e.elements().filter(|c| c.name == "narrative");
    all.map(|c| (c.get("xml:lang").map(str::to_owned), words(c))).collect()
}

fn organisation(e: &Element) -> Organisation {
    Organisation { reference: attr(e, "ref"), kind: attr(e, "type"), name: texts(e) }
}

fn flag(e: &Element, name: &str) -> Option<bool> {
    e.get(name).map(|v| matches!(v, "1" | "true"))
}

impl Reading {
    fn wrong(&mut self, path: String, why: Why) {
        self.0.push(Problem { path, why });
    }

    fn day(&mut self, text: &str, path: &str) -> Option<Date> {
        // The schema allows a zone behind the day; nobody has a use for it.
        let day = text.get(..10).filter(|d| d.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
        let day = day.and_then(|d| d.parse().ok());
        if day.is_none() {
            self.wrong(path.to_owned(), Why::NotDay(text.chars().take(40).collect()));
        }
        day
    }

    fn number(&mut self, text: &str, path: &str) -> Option<Number> {
        let number = Number::parse(text);
        if number.is_none() {
            self.wrong(path.to_owned(), Why::NotNumber(text.chars().take(40).collect()));
        }
        number
    }

    fn small(&mut self, text: &str, path: &str) -> Option<u8> {
        let code = text.parse().ok();
        if code.is_none() {
            self.wrong(path.to_owned(), Why::NotCode(text.chars().take(40).collect()));
        }
        code
    }

    fn activity(&mut self, e: &Element) -> Activity {
        let first = |name: &str| e.elements().find(|c| c.name == name);
        let optional = |name: &str| first(name).map(|c| attr(c, "code"));
        let status = optional("activity-status").and_then(|c| self.small(&c, "activity-status"));
        let scope = optional("activity-scope").and_then(|c| self.small(&c, "activity-scope"));
        let mut a = Activity {
            language: attr(e, "xml:lang"),
            currency: attr(e, "default-currency"),
            updated: attr(e, "last-updated-datetime"),
            identifier: first("iati-identifier").map(words).unwrap_or_default(),
            reporter: first("reporting-org").map(organisation).unwrap_or_default(),
            title: first("title").map(texts).unwrap_or_default(),
            status,
            scope,
            country: code(e, "recipient-country"),
            finance: Finance {
                collaboration: code(e, "collaboration-type"),
                flow: code(e, "default-flow-type"),
                finance: code(e, "default-finance-type"),
                aid: code(e, "default-aid-type"),
                tied: code(e, "default-tied-status"),
            },
            ..Activity::default()
        };
        if let Some(contact) = first("contact-info") {
            a.contact = contact.elements().find(|c| c.name == "organisation").map(texts).unwrap_or_default();
        }
        for (c, path) in each(e, "description") {
            let kind = c.get("type").map_or(Some(1), |t| self.small(t, &path));
            a.descriptions.extend(kind.map(|kind| (kind, texts(c))));
        }
        for (c, path) in each(e, "participating-org") {
            let role = self.small(&attr(c, "role"), &path);
            a.participants.extend(role.map(|role| (role, organisation(c))));
        }
        for (c, path) in each(e, "activity-date") {
            let kind = self.small(&attr(c, "type"), &path);
            let day = self.day(&attr(c, "iso-date"), &path);
            a.dates.extend(kind.zip(day));
        }
        for (c, path) in each(e, "location") {
            a.places.extend(self.place(c, &path));
        }
        for (c, path) in each(e, "sector").filter(|(c, _)| c.get("vocabulary").is_none_or(|v| v == "1")) {
            let share = c.get("percentage").unwrap_or("100");
            a.sectors.extend(self.number(share, &path).map(|share| (attr(c, "code"), share)));
        }
        a.goals = each(e, "tag").map(|(c, _)| (attr(c, "code"), texts(c))).collect();
        for (c, path) in each(e, "policy-marker") {
            let matters = c.get("significance").map_or(Some(0), |s| self.small(s, &path));
            a.markers.extend(matters.map(|matters| (attr(c, "code"), matters)));
        }
        for (c, path) in each(e, "budget") {
            let value = self.child_number(c, "value", &path);
            let (from, to) = self.span(c, &path);
            a.budgets.extend(from.zip(to).zip(value).map(|((from, to), value)| Budget { from, to, value }));
        }
        for (c, path) in each(e, "transaction") {
            let value = self.child_number(c, "value", &path);
            let day = c.elements().find(|c| c.name == "transaction-date").map(|c| attr(c, "iso-date"));
            let day = self.day(&day.unwrap_or_default(), &path);
            let provider = c.elements().find(|c| c.name == "provider-org").map(organisation);
            let kind = code(c, "transaction-type");
            a.transactions.extend(day.zip(value).map(|(day, value)| Transaction {
                kind,
                day,
                value,
                provider,
            }));
        }
        for (c, path) in each(e, "result") {
            a.results.push(self.outcome(c, &path));
        }
        a
    }

    fn child_number(&mut self, e: &Element, name: &str, path: &str) -> Option<Number> {
        let text = e.elements().find(|c| c.name == name).map(words).unwrap_or_default();
        self.number(&text, &format!("{path}/{name}"))
    }

    fn span(&mut self, e: &Element, path: &str) -> (Option<Date>, Option<Date>) {
        let mut end = |name: &str| {
            let text = e.elements().find(|c| c.name == name).map(|c| attr(c, "iso-date")).unwrap_or_default();
            self.day(&text, &format!("{path}/{name}"))
        };
        (end("period-start"), end("period-end"))
    }

    /// What is finer than a municipality is not read at all.
    fn place(&mut self, e: &Element, path: &str) -> Option<Place> {
        let find = |name: &str| e.elements().find(|c| c.name == name);
        let pcode = find("administrative").map(|c| attr(c, "code")).unwrap_or_else(|| attr(e, "ref"));
        let (kind, exact) = (code(e, "feature-designation"), code(e, "exactness"));
        let area = kind.is_empty() || matches!(kind.as_str(), "ADM1" | "ADM2" | "PCLI");
        if !coarse(&pcode) || !area || exact == "1" {
            let shown = if coarse(&pcode) && !area { kind } else { pcode };
            self.wrong(path.to_owned(), Why::Fine(shown.chars().take(40).collect()));
            return None;
        }
        let pos = find("point").and_then(|c| c.elements().find(|c| c.name == "pos")).map(words);
        let point = pos.as_deref().and_then(|p| p.split_once(' ')).map(|(a, b)| (a.to_owned(), b.to_owned()));
        let name = find("name").map(texts).unwrap_or_default().into_iter().next().map(|(_, t)| t);
        Some(Place { pcode, name: name.unwrap_or_default(), point })
    }

    fn outcome(&mut self, e: &Element, path: &str) -> Outcome {
        let title = e.elements().find(|c| c.name == "title").map(texts).unwrap_or_default();
        let kind = self.small(&attr(e, "type"), path).unwrap_or(0);
        let indicators =
            each(e, "indicator").map(|(c, p)| self.indicator(c, &format!("{path}/{p}"))).collect();
        Outcome { kind, adds: flag(e, "aggregation-status"), title, indicators }
    }

    fn indicator(&mut self, e: &Element, path: &str) -> Indicator {
        let find = |name: &str| e.elements().find(|c| c.name == name);
        let reference = find("reference").map(|c| (attr(c, "vocabulary"), attr(c, "code")));
        let baseline = find("baseline").and_then(|c| {
            let path = format!("{path}/baseline");
            self.day(&attr(c, "iso-date"), &path).zip(self.number(&attr(c, "value"), &path))
        });
        let mut periods = Vec::new();
        for (c, p) in each(e, "period") {
            let path = format!("{path}/{p}");
            if let (Some(from), Some(to)) = self.span(c, &path) {
                let find = |name: &str| c.elements().find(|c| c.name == name);
                let target =
                    find("target").and_then(|t| self.number(&attr(t, "value"), &format!("{path}/target")));
                let actual = find("actual").and_then(|a| self.actual(a, &format!("{path}/actual")));
                periods.push(Period { from, to, target, actual });
            }
        }
        Indicator {
            measure: self.small(&attr(e, "measure"), path).unwrap_or(1),
            ascending: flag(e, "ascending"),
            adds: flag(e, "aggregation-status"),
            things: false,
            title: find("title").map(texts).unwrap_or_default(),
            reference,
            baseline,
            periods,
        }
    }

    fn actual(&mut self, e: &Element, path: &str) -> Option<Actual> {
        let value = self.number(&attr(e, "value"), path)?;
        Some(Actual {
            value,
            places: each(e, "location").map(|(c, _)| attr(c, "ref")).collect(),
            dimensions: each(e, "dimension").map(|(c, _)| (attr(c, "name"), attr(c, "value"))).collect(),
            comment: e.elements().find(|c| c.name == "comment").map(texts).unwrap_or_default(),
        })
    }
}
