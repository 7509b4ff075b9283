//! iCalendar (RFC 5545): a calendar of appointments out, an invitation in.
//!
//! Out goes only what [`Event`] has: it has no field for a description, an organiser, an attendee, an address or a point, so there
//! is nothing to forget. Both directions are our own: the usual crates bring a second library of dates with a second table of
//! zones, take clock and chance from the machine when a field is missing, and refuse the line ends that offices send.

use std::fmt::Write as _;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

mod lines;
mod read;
mod rule;

pub use read::{Fault, LARGEST, MOST, Meeting, Read, Why, read};

/// Something at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Tells it apart, today and tomorrow; says nothing.
    pub uid: &'a str,
    /// When it was last changed.
    pub changed: Timestamp,
    /// When it begins.
    pub starts: Timestamp,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// What the calendar shows.
    pub summary: &'a str,
    /// Where to look.
    pub place: &'a str,
    /// Minutes before it at which the program reminds.
    pub alarm: i64,
}

/// A calendar as a file: `name` is what a program calls it, `zone` the one in which the hours are written.
#[must_use]
pub fn write(name: &str, zone: &TimeZone, events: &[Event<'_>]) -> String {
    let mut out = String::new();
    let zone_name = zone.iana_name().unwrap_or("UTC");
    for text in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ceiba//ES", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        line(&mut out, text);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    zone_of(&mut out, zone, zone_name, events);
    for e in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escaped(e.uid)));
        line(&mut out, &format!("DTSTAMP:{}Z", basic(&e.changed.to_zoned_datetime(TimeZone::UTC))));
        line(
            &mut out,
            &format!("DTSTART;TZID={zone_name}:{}", basic(&e.starts.to_zoned_datetime(zone.clone()))),
        );
        line(&mut out, &format!("DURATION:PT{}M", e.minutes.max(1)));
        line(&mut out, &format!("SUMMARY:{}", escaped(e.summary)));
        line(&mut out, "CLASS:CONFIDENTIAL");
        line(&mut out, "STATUS:CONFIRMED");
        line(&mut out, &format!("LOCATION:{}", escaped(e.place)));
        line(&mut out, "BEGIN:VALARM");
        line(&mut out, "ACTION:DISPLAY");
        line(&mut out, &format!("TRIGGER:-PT{}M", e.alarm.max(0)));
        line(&mut out, &format!("DESCRIPTION:{}", escaped(e.summary)));
        line(&mut out, "END:VALARM");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// The zone's offsets over the span of the events: one for the beginning and one for each change of the clocks in it.
fn zone_of(out: &mut String, zone: &TimeZone, name: &str, events: &[Event<'_>]) {
    let first = events.iter().map(|e| e.starts).min().unwrap_or(Timestamp::UNIX_EPOCH);
    let last = events.iter().map(|e| e.starts).max().unwrap_or(first);
    let begins = zone.to_offset_info(first);
    line(out, "BEGIN:VTIMEZONE");
    line(out, &format!("TZID:{name}"));
    let mut before = begins.offset();
    let mut observance = |dst: bool, at: &str, from: Offset, to: Offset, short: &str| {
        let kind = if dst { "DAYLIGHT" } else { "STANDARD" };
        line(out, &format!("BEGIN:{kind}"));
        line(out, &format!("DTSTART:{at}"));
        line(out, &format!("TZOFFSETFROM:{}", offset(from)));
        line(out, &format!("TZOFFSETTO:{}", offset(to)));
        line(out, &format!("TZNAME:{short}"));
        line(out, &format!("END:{kind}"));
    };
    observance(begins.dst().is_dst(), "19700101T000000", before, before, begins.abbreviation());
    for change in zone.following(first).take_while(|t| t.timestamp() <= last) {
        // A change of the clocks is written in the time that they showed before it.
        let local = before.to_datetime(change.timestamp());
        let at = local.strftime("%Y%m%dT%H%M%S").to_string();
        observance(change.dst().is_dst(), &at, before, change.offset(), change.abbreviation());
        before = change.offset();
    }
    line(out, "END:VTIMEZONE");
}

fn offset(o: Offset) -> String {
    let minutes = o.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn basic(at: &ZonedDateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Text as a value: what has a meaning in the format loses it, control characters are gone.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded so that none has more than 75 octets and no letter is cut.
fn line(out: &mut String, text: &str) {
    let mut room = 75;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    let _ = out.write_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_by_octets_and_no_letter_is_cut() {
        let text = "SUMMARY:".to_owned() + &"Reunión de coordinación ñandú 🌱 ".repeat(12);
        let mut out = String::new();
        line(&mut out, &text);
        assert!(out.ends_with("\r\n") && out.lines().count() > 4);
        for l in out.split("\r\n") {
            assert!(l.len() <= 75, "{} octets", l.len());
        }
        assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        let mut exact = String::new();
        line(&mut exact, &"x".repeat(75));
        assert_eq!(exact, "x".repeat(75) + "\r\n");
    }

    #[test]
    fn what_has_a_meaning_in_the_format_loses_it() {
        assert_eq!(escaped("a;b,c\\d\ne\rEND:VEVENT\u{7}"), "a\\;b\\,c\\\\d\\neEND:VEVENT");
    }
}
