//! An invitation that somebody got: its times, a series day by day. What cannot be told for certain is left out with its reason.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::lines::{Line, Raw, Zones, components, unfolded};
use super::rule::Rule;

/// The largest file, in bytes.
pub const LARGEST: usize = 256 << 10;
/// The most times that one file may set.
pub const MOST: usize = 60;

/// One time that an invitation sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What its maker calls it.
    pub summary: String,
    /// Where, as its maker wrote it.
    pub place: String,
    /// When it begins.
    pub starts: Timestamp,
    /// It is called off.
    pub cancelled: bool,
}

/// Why an event of a file was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no beginning that is a day and an hour.
    NoTime,
    /// Its hours are of a zone that neither the file nor we know.
    Zone,
    /// It repeats in a way that is not read.
    Rule,
    /// It repeats without an end.
    Endless,
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no calendar.
    #[error("the file is no calendar")]
    NotCalendar,
    /// It has no event.
    #[error("the calendar has no event")]
    NoEvents,
    /// It is too large, or sets too many times.
    #[error("the calendar has too much in it")]
    TooMany,
}

/// Times in order, and of what was left out its name and the reason.
pub type Read = (Vec<Meeting>, Vec<(String, Why)>);

/// Reads a calendar. `here` is the zone of hours that name none.
///
/// # Errors
/// When nothing can be made of the file.
pub fn read(file: &[u8], here: &TimeZone) -> Result<Read, Fault> {
    if file.len() > LARGEST {
        return Err(Fault::TooMany);
    }
    let (events, zones, cancels) = components(&unfolded(file))?;
    if events.is_empty() {
        return Err(Fault::NoEvents);
    }
    // One time of a series that was moved stands for itself, and the series leaves it out.
    let mut moved = Vec::new();
    for event in &events {
        if let Some(line) = event.all("RECURRENCE-ID").next()
            && let Ok(at) = instant(line, here, &zones)
        {
            moved.push((event.text("UID"), at));
        }
    }
    let (mut meetings, mut left) = (Vec::new(), Vec::new());
    for event in &events {
        match times(event, here, &zones) {
            Ok(times) => {
                let series = event.all("RECURRENCE-ID").next().is_none();
                let uid = event.text("UID");
                let cancelled = cancels || event.text("STATUS").eq_ignore_ascii_case("CANCELLED");
                let stays = |at: &Timestamp| !series || !moved.iter().any(|(u, m)| *u == uid && m == at);
                meetings.extend(times.into_iter().filter(stays).map(|starts| Meeting {
                    summary: event.text("SUMMARY"),
                    place: event.text("LOCATION"),
                    starts,
                    cancelled,
                }));
            }
            Err(why) => left.push((event.text("SUMMARY"), why)),
        }
        if meetings.len() > MOST || left.len() > MOST {
            return Err(Fault::TooMany);
        }
    }
    meetings.sort_by_key(|m| m.starts);
    Ok((meetings, left))
}

/// The zone of a value. A name of ours counts first, then what the file says of a name of its own.
fn zone(name: &str, zones: &Zones) -> Option<TimeZone> {
    // What office programs call the zones of the region.
    let ours = match name {
        "Central America Standard Time" => "America/Guatemala",
        "Central Standard Time (Mexico)" => "America/Mexico_City",
        other => other.trim_start_matches('/'),
    };
    TimeZone::get(ours).ok().or_else(|| zones.get(name).cloned())
}

/// `20261201T090000`, with or without seconds.
fn civil(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once('T')?;
    let two = |from: usize| time.get(from..from + 2)?.parse::<i8>().ok();
    let second = if time.len() == 4 { 0 } else { two(4)? };
    if ![4, 6].contains(&time.len()) {
        return None;
    }
    let time = jiff::civil::Time::new(two(0)?, two(2)?, second.min(59), 0).ok()?;
    Some(date(day)?.to_datetime(time))
}

fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// In which zone a line counts, and the day and hour on the wall there.
fn wall(line: &Line, here: &TimeZone, zones: &Zones) -> Result<(DateTime, TimeZone), Why> {
    let value = line.value.trim();
    if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        return Ok((civil(utc).ok_or(Why::NoTime)?, TimeZone::UTC));
    }
    let at = civil(value).ok_or(Why::NoTime)?;
    let zone = match line.parameter("TZID") {
        Some(name) => zone(name, zones).ok_or(Why::Zone)?,
        None => here.clone(),
    };
    Ok((at, zone))
}

fn instant(line: &Line, here: &TimeZone, zones: &Zones) -> Result<Timestamp, Why> {
    let (at, zone) = wall(line, here, zones)?;
    at.to_zoned_datetime(zone).map(|z| z.timestamp()).map_err(|_| Why::NoTime)
}

/// The times of an event: one, or those of its series.
fn times(event: &Raw, here: &TimeZone, zones: &Zones) -> Result<Vec<Timestamp>, Why> {
    let start = event.all("DTSTART").next().ok_or(Why::NoTime)?;
    let first = instant(start, here, zones)?;
    let mut rules = event.all("RRULE");
    let (rule, second) = (rules.next(), rules.next());
    if second.is_some() || ["RDATE", "EXRULE"].iter().any(|n| event.all(n).next().is_some()) {
        return Err(Why::Rule);
    }
    let Some(rule) = rule else { return Ok(vec![first]) };
    let rule = Rule::read(&rule.value)?;
    let (wall, zone) = wall(start, here, zones)?;
    let on = |day: Date| day.to_datetime(wall.time()).to_zoned_datetime(zone.clone()).map(|z| z.timestamp());
    let until = match &rule.until {
        None => None,
        Some(text) => Some(last(text, &zone).ok_or(Why::Rule)?),
    };
    let goes_on = |day: Date| until.is_none_or(|end| on(day).is_ok_and(|at| at <= end));
    let without = event
        .all("EXDATE")
        .flat_map(|l| l.value.split(',').map(move |v| (l, v)))
        .map(|(l, value)| {
            let one = Line { name: String::new(), parameters: l.parameters.clone(), value: value.to_owned() };
            instant(&one, here, zones)
        })
        .collect::<Result<Vec<_>, _>>()?;
    // One more than the most, so that too many are told and not cut.
    let days = rule.days(wall.date(), goes_on, MOST + 1);
    let times = days.into_iter().map(|d| on(d).map_err(|_| Why::NoTime)).collect::<Result<Vec<_>, _>>()?;
    Ok(times.into_iter().filter(|at| !without.contains(at)).collect())
}

/// The last instant of `UNTIL`: of a day its end.
fn last(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Some(day) = date(text) {
        let next = day.tomorrow().ok()?.to_zoned_datetime(zone.clone()).ok()?.timestamp();
        return next.checked_sub(SignedDuration::from_secs(1)).ok();
    }
    let (civil_at, zone) = match text.strip_suffix('Z') {
        Some(utc) => (civil(utc)?, TimeZone::UTC),
        None => (civil(text)?, zone.clone()),
    };
    civil_at.to_zoned_datetime(zone).ok().map(|z| z.timestamp())
}
