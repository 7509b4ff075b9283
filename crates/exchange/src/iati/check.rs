//! The rules for what leaves, and for what comes. Each is one of the standard's, or one of ours that is stricter.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use super::{Activity, Actual, Indicator, Number};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The element, with its number where there are several: `budget[2]/period-end`.
    pub path: String,
    /// What is wrong there.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It has to be there.
    Missing,
    /// No day written as `2026-09-30`: what stands there.
    NotDay(String),
    /// No number: what stands there.
    NotNumber(String),
    /// No code of its list: what stands there.
    NotCode(String),
    /// Shares that do not add to 100: what they add to.
    Shares(Number),
    /// A budget of more than a year.
    Long,
    /// It ends before it begins.
    Backwards,
    /// A count of people below the floor, or a part from which one could be computed.
    Small,
    /// A place finer than a municipality, or an exact point: what stands there.
    Fine(String),
    /// It has no text in any language.
    NoText,
}

impl Why {
    /// A word for it, for whoever says it in another language.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotDay(_) => "day",
            Self::NotNumber(_) => "number",
            Self::NotCode(_) => "code",
            Self::Shares(_) => "shares",
            Self::Long => "long",
            Self::Backwards => "backwards",
            Self::Small => "small",
            Self::Fine(_) => "fine",
            Self::NoText => "text",
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = &self.path;
        match &self.why {
            Why::Missing => write!(f, "{path} is missing"),
            Why::NotDay(text) => write!(f, "{path}: «{text}» is no day; write it as 2026-09-30"),
            Why::NotNumber(text) => write!(f, "{path}: «{text}» is no number"),
            Why::NotCode(text) => write!(f, "{path}: «{text}» is no code of this list"),
            Why::Shares(sum) => write!(f, "{path}: the shares add to {sum}, not to 100"),
            Why::Long => write!(f, "{path} is longer than a year"),
            Why::Backwards => write!(f, "{path} ends before it begins"),
            Why::Small => write!(f, "{path}: a count of people below the floor"),
            Why::Fine(text) => write!(f, "{path}: «{text}» is finer than a municipality"),
            Why::NoText => write!(f, "{path} has no text"),
        }
    }
}

struct Found(Vec<Problem>);

impl Found {
    fn when(&mut self, wrong: bool, path: impl Into<String>, why: Why) {
        if wrong {
            self.0.push(Problem { path: path.into(), why });
        }
    }

    fn span(&mut self, path: &str, from: Date, to: Date) {
        self.when(to < from, path, Why::Backwards);
    }
}

/// Everything that keeps an activity from leaving. No count of people from one up to below `floor` passes; zero is a value.
#[must_use]
pub fn check(a: &Activity, floor: u64) -> Vec<Problem> {
    let mut f = Found(Vec::new());
    f.when(a.identifier.trim().is_empty(), "iati-identifier", Why::Missing);
    f.when(a.reporter.reference.trim().is_empty(), "reporting-org/@ref", Why::Missing);
    let texts = [("title", &a.title), ("reporting-org", &a.reporter.name)];
    for (path, text) in texts {
        f.when(text.iter().all(|(_, t)| t.trim().is_empty()), path, Why::NoText);
    }
    f.when(a.descriptions.is_empty(), "description", Why::Missing);
    f.when(a.participants.is_empty(), "participating-org", Why::Missing);
    f.when(a.status.is_none(), "activity-status", Why::Missing);
    f.when(a.status.is_some_and(|s| !(1..=6).contains(&s)), "activity-status", code(a.status));
    f.when(!a.dates.iter().any(|(kind, _)| matches!(kind, 1 | 2)), "activity-date", Why::Missing);
    for (n, place) in a.places.iter().enumerate() {
        let path = format!("location[{}]", n + 1);
        f.when(!coarse(&place.pcode), path, Why::Fine(place.pcode.clone()));
    }
    let sum = a.sectors.iter().map(|(_, share)| share.0).sum::<i64>();
    f.when(a.sectors.is_empty(), "sector", Why::Missing);
    f.when(!a.sectors.is_empty() && sum != 10_000, "sector", Why::Shares(Number(sum)));
    for (n, (code, share)) in a.sectors.iter().enumerate() {
        let path = format!("sector[{}]", n + 1);
        let five = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
        f.when(!five, path.clone(), Why::NotCode(code.clone()));
        f.when(share.0 <= 0, path, Why::NotNumber(share.to_string()));
    }
    for (n, b) in a.budgets.iter().enumerate() {
        let path = format!("budget[{}]", n + 1);
        f.span(&path, b.from, b.to);
        f.when(longer_than_a_year(b.from, b.to), path, Why::Long);
    }
    for (n, result) in a.results.iter().enumerate() {
        let path = format!("result[{}]", n + 1);
        f.when(!(1..=3).contains(&result.kind), path.clone(), code(Some(result.kind)));
        f.when(result.indicators.is_empty(), format!("{path}/indicator"), Why::Missing);
        for (k, indicator) in result.indicators.iter().enumerate() {
            indicated(&mut f, a, indicator, &format!("{path}/indicator[{}]", k + 1), floor);
        }
    }
    f.0
}

fn indicated(f: &mut Found, a: &Activity, indicator: &Indicator, path: &str, floor: u64) {
    f.when(indicator.title.is_empty(), format!("{path}/title"), Why::NoText);
    for (n, period) in indicator.periods.iter().enumerate() {
        let path = format!("{path}/period[{}]", n + 1);
        f.span(&path, period.from, period.to);
        let Some(actual) = &period.actual else { continue };
        let counts_people = indicator.measure == 1 && !indicator.things;
        f.when(counts_people && small(actual.value, floor), format!("{path}/actual"), Why::Small);
        f.when(
            counts_people && divided(actual) && beside(&indicator.periods, n, floor),
            format!("{path}/actual"),
            Why::Small,
        );
        let known: BTreeSet<&str> = a.places.iter().map(|p| p.pcode.as_str()).collect();
        for place in actual.places.iter().filter(|p| !known.contains(p.as_str())) {
            f.when(true, format!("{path}/actual/location"), Why::NotCode(place.clone()));
        }
    }
}

/// Whether a figure stands for a part.
fn divided(actual: &Actual) -> bool {
    actual.dimensions.iter().any(|(_, value)| value != "all")
}

/// Whether a part and the whole of the same days stand beside each other so that their difference is a small number.
fn beside(periods: &[super::Period], part: usize, floor: u64) -> bool {
    let Some((one, part)) = periods.get(part).and_then(|p| Some((p, p.actual.as_ref()?))) else {
        return false;
    };
    let same = periods.iter().filter(|p| (p.from, p.to) == (one.from, one.to));
    same.filter_map(|p| p.actual.as_ref())
        .filter(|whole| !divided(whole) && whole.places == part.places)
        .any(|whole| small(Number(whole.value.0 - part.value.0), floor))
}

fn small(value: Number, floor: u64) -> bool {
    value.0 > 0 && value.0.unsigned_abs() < floor.saturating_mul(100)
}

fn code(of: Option<u8>) -> Why {
    Why::NotCode(of.map(|c| c.to_string()).unwrap_or_default())
}

/// A country's two letters with two digits (a department) or four (a municipality).
pub(super) fn coarse(pcode: &str) -> bool {
    let (country, digits) = pcode.split_at_checked(2).unwrap_or(("", ""));
    country.bytes().all(|b| b.is_ascii_uppercase())
        && matches!(digits.len(), 2 | 4)
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Counted from its first day and back from its end: a year that ends on the eve of a 29th of February began on a 28th, and is one.
fn longer_than_a_year(from: Date, to: Date) -> bool {
    let year = Span::new().years(1);
    let onward = from.checked_add(year).is_ok_and(|end| to >= end);
    let back = to.checked_add(Span::new().days(1)).and_then(|end| end.checked_sub(year));
    onward && back.is_ok_and(|start| start > from)
}
