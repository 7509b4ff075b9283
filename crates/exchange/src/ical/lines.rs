//! Lines of a calendar file: unfolded, taken apart, and sorted into events.

use std::collections::BTreeMap;

use jiff::tz::{Offset, TimeZone};

use super::read::{Fault, MOST};

/// A line: its name, its parameters, its value.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// An event as it stands.
#[derive(Default)]
pub(super) struct Raw {
    lines: Vec<Line>,
}

impl Raw {
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |l| l.name == name)
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.all(name).next().map(|l| plain(&l.value)).unwrap_or_default()
    }
}

/// The text with its folded lines whole. Folds are undone in bytes: some programs cut letters in two.
pub(super) fn unfolded(file: &[u8]) -> String {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let mut out = Vec::with_capacity(file.len());
    let mut rest = file;
    while let Some((first, after)) = rest.split_first() {
        let end =
            if *first == b'\r' && after.first() == Some(&b'\n') { 2 } else { usize::from(*first == b'\n') };
        if end > 0 && matches!(rest.get(end), Some(b' ' | b'\t')) {
            rest = &rest[end + 1..];
            continue;
        }
        out.push(*first);
        rest = after;
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub(super) type Zones = BTreeMap<String, TimeZone>;

/// The events, the zones of the file that have one offset all the time, and whether the file calls everything off.
pub(super) fn components(text: &str) -> Result<(Vec<Raw>, Zones, bool), Fault> {
    let mut open: Vec<String> = Vec::new();
    let (mut events, mut offsets) = (Vec::<Raw>::new(), BTreeMap::<String, Vec<String>>::new());
    let (mut zone, mut cancels, mut begun) = (String::new(), false, false);
    for text in text.lines().map(str::trim_end).filter(|l| !l.is_empty()) {
        let Some(line) = split(text) else {
            if begun {
                continue;
            }
            return Err(Fault::NotCalendar);
        };
        let value = line.value.to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" => {
                begun |= value == "VCALENDAR";
                if !begun || open.len() > 8 {
                    return Err(Fault::NotCalendar);
                }
                if value == "VEVENT" {
                    events.push(Raw::default());
                }
                if value == "VTIMEZONE" {
                    zone.clear();
                }
                open.push(value);
            }
            "END" => {
                open.pop();
            }
            _ if !begun => return Err(Fault::NotCalendar),
            "METHOD" if open.len() == 1 => cancels = value == "CANCEL",
            "TZID" if open.last().is_some_and(|c| c == "VTIMEZONE") => zone = line.value,
            "TZOFFSETTO" => offsets.entry(zone.clone()).or_default().push(value),
            _ if open.last().is_some_and(|c| c == "VEVENT") => {
                if let Some(event) = events.last_mut() {
                    event.lines.push(line);
                }
            }
            _ => {}
        }
        if events.len() > MOST {
            return Err(Fault::TooMany);
        }
    }
    let fixed = |all: &Vec<String>| {
        let first = all.first()?;
        if all.iter().any(|o| o != first) { None } else { offset(first) }
    };
    let zones = offsets.iter().filter_map(|(name, all)| Some((name.clone(), fixed(all)?))).collect();
    if begun { Ok((events, zones, cancels)) } else { Err(Fault::NotCalendar) }
}

/// `NAME;PARAMETER=VALUE;PARAMETER="VALUE":VALUE`.
fn split(text: &str) -> Option<Line> {
    let mut quoted = false;
    let mut colon = None;
    let mut parts = vec![0];
    for (n, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => parts.push(n + 1),
            ':' if !quoted => {
                colon = Some(n);
                break;
            }
            _ => {}
        }
    }
    let colon = colon?;
    parts.push(colon + 1);
    let mut pieces = parts.windows(2).map(|p| &text[p[0]..p[1] - 1]);
    let name = pieces.next().filter(|n| n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))?;
    let parameters = pieces
        .filter_map(|p| p.split_once('='))
        .map(|(n, v)| (n.to_ascii_uppercase(), v.trim_matches('"').to_owned()))
        .collect();
    Some(Line { name: name.to_ascii_uppercase(), parameters, value: text[colon + 1..].to_owned() })
}

/// A text value as its maker typed it, in one line.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push(' '),
                Some(c) => out.push(c),
                None => {}
            },
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().chars().take(200).collect()
}

fn offset(text: &str) -> Option<TimeZone> {
    let digits = text.strip_prefix(['+', '-']).filter(|d| d.len() >= 4 && d.is_ascii())?;
    let part = |from: usize| digits.get(from..from + 2)?.parse::<i32>().ok();
    let seconds = (part(0)? * 60 + part(2)?) * 60;
    let seconds = if text.starts_with('-') { -seconds } else { seconds };
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}
