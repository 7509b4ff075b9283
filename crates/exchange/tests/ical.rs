//! Acceptance tests K1 and K2 of the standards, and what arrives from offices.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ceiba_exchange::ical::{self, Event, Fault, Meeting, Why};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

const VECTOR: &str = include_str!("vectors/appointments.ics");

fn guatemala() -> TimeZone {
    TimeZone::get("America/Guatemala").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn read(text: &str) -> ical::Read {
    ical::read(text.as_bytes(), &guatemala()).unwrap()
}

/// A file with one event of these lines.
fn one(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nSUMMARY:x\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

fn starts(lines: &str) -> Vec<String> {
    read(&one(lines)).0.iter().map(|m| m.starts.to_string()).collect()
}

fn events() -> [Event<'static>; 2] {
    let event = Event {
        uid: "7f@ceiba",
        changed: at("2026-11-23T18:00:00Z"),
        starts: at("2026-12-01T15:00:00Z"),
        minutes: 60,
        summary: "Cita K7Q2",
        place: "ver expediente",
        alarm: 1440,
    };
    [
        event.clone(),
        Event { uid: "80@ceiba", starts: at("2026-12-15T14:30:00Z"), summary: "Audiencia K7Q2", ..event },
    ]
}

#[test]
fn k1_what_goes_out_parses_and_names_nobody() {
    let out = ical::write("Ceiba", &guatemala(), &events());
    let (read, left) = read(&out);
    assert!(left.is_empty());
    let brief = |m: &Meeting| (m.summary.clone(), m.place.clone(), m.starts.to_string());
    assert_eq!(
        read.iter().map(brief).collect::<Vec<_>>(),
        [
            ("Cita K7Q2".into(), "ver expediente".into(), "2026-12-01T15:00:00Z".into()),
            ("Audiencia K7Q2".into(), "ver expediente".into(), "2026-12-15T14:30:00Z".into())
        ]
    );
    assert_eq!(out.matches("\r\nCLASS:CONFIDENTIAL\r\n").count(), 2);
    assert_eq!(out.matches("BEGIN:VALARM").count(), 2);
    for line in [
        "TZID:America/Guatemala",
        "TZOFFSETFROM:-0600",
        "TZOFFSETTO:-0600",
        "TZNAME:CST",
        "DTSTART;TZID=America/Guatemala:20261201T090000",
        "DTSTAMP:20261123T180000Z",
    ] {
        assert!(out.contains(&format!("\r\n{line}\r\n")), "{line}");
    }
    for never in ["ATTENDEE", "ORGANIZER", "GEO", "URL", "CONTACT", "DESCRIPTION:A\r\n", "mailto"] {
        assert!(!out.contains(never), "{never}");
    }
    assert!(out.split("\r\n").all(|l| l.len() <= 75));
}

#[test]
fn a_zone_with_summer_time_says_when_it_changes() {
    let zone = TimeZone::get("Europe/Madrid").unwrap();
    let mut events = events();
    events[1].starts = at("2027-04-20T07:00:00Z");
    let out = ical::write("x", &zone, &events);
    assert_eq!((out.matches("BEGIN:STANDARD").count(), out.matches("BEGIN:DAYLIGHT").count()), (1, 1));
    let change = "DTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n";
    assert!(out.contains(change), "{out}");
    assert_eq!(read(&out).0[1].starts, events[1].starts);
}

#[test]
fn k2_the_weekly_rule_is_two_hearings_at_half_past_eight() {
    let (read, left) = read(VECTOR);
    assert!(left.is_empty());
    let hearings: Vec<_> = read.iter().filter(|m| m.summary.starts_with("Audiencia")).collect();
    let local =
        |m: &&Meeting| m.starts.to_zoned_datetime(guatemala()).strftime("%Y-%m-%d %H:%M %:z").to_string();
    let times: Vec<_> = hearings.iter().map(local).collect();
    assert_eq!(times, ["2026-12-15 08:30 -06:00", "2026-12-22 08:30 -06:00"]);
    assert_eq!(read.len(), 3, "and the appointment");
    // K1 of the vector itself: two events, both confidential.
    assert_eq!(
        (VECTOR.matches("BEGIN:VEVENT").count(), VECTOR.matches("CLASS:CONFIDENTIAL").count()),
        (2, 2)
    );
}

#[test]
fn series_by_days_and_weeks_are_read_and_others_refused() {
    let days = |rule: &str| starts(&format!("DTSTART:20261201T090000\nRRULE:{rule}"));
    assert_eq!(days("FREQ=DAILY;COUNT=3;INTERVAL=2")[2], "2026-12-05T15:00:00Z");
    // The Sunday of the first week is of another week when weeks begin on it.
    let odd = |wkst: &str| {
        starts(&format!(
            "DTSTART:19970805T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={wkst}"
        ))
    };
    let day = |all: Vec<String>| all.iter().map(|t| t[5..10].to_owned()).collect::<Vec<_>>();
    assert_eq!(day(odd("MO")), ["08-05", "08-10", "08-19", "08-24"]);
    assert_eq!(day(odd("SU")), ["08-05", "08-17", "08-19", "08-31"]);
    // The last day counts, whichever way it is written.
    for until in ["20261215", "20261215T150000Z", "20261215T090000"] {
        assert_eq!(days(&format!("FREQ=WEEKLY;UNTIL={until}")).len(), 3, "{until}");
    }
    assert_eq!(days("FREQ=WEEKLY;UNTIL=20261215T145959Z").len(), 2);
    for (rule, why) in [
        ("FREQ=MONTHLY;COUNT=2", Why::Rule),
        ("FREQ=WEEKLY", Why::Endless),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261215", Why::Rule),
        ("FREQ=WEEKLY;COUNT=0", Why::Rule),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=1TU", Why::Rule),
        ("FREQ=WEEKLY;COUNT=2;BYSETPOS=1", Why::Rule),
        ("COUNT=2", Why::Rule),
        ("x", Why::Rule),
    ] {
        let (none, left) = read(&one(&format!("DTSTART:20261201T090000\nRRULE:{rule}")));
        assert!(none.is_empty(), "{rule}");
        assert_eq!(left, [("x".to_owned(), why)], "{rule}");
    }
    assert_eq!(
        ical::read(one("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=900").as_bytes(), &guatemala()),
        Err(Fault::TooMany)
    );
}

/// What another implementation (the crate `rrule` 0.14) makes of the same rules.
#[test]
fn series_are_those_of_another_implementation() {
    for (rule, days) in [
        ("FREQ=WEEKLY;COUNT=2;BYDAY=TU", "1215 1222"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=2", "1215 1217 1219"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=7;BYDAY=TU,SU;WKST=SU", "1215 1227 1229 0110 0112 0124 0126"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=7;BYDAY=TU,SU;WKST=MO", "1215 1220 1229 0103 0112 0117 0126"),
    ] {
        let found = starts(&format!("DTSTART;TZID=America/Guatemala:20261215T083000\nRRULE:{rule}"));
        let found: Vec<String> = found.iter().map(|t| t[5..10].replace('-', "")).collect();
        assert_eq!(found.join(" "), days, "{rule}");
    }
}

#[test]
fn a_time_that_was_taken_out_or_moved_is_not_there_twice() {
    let gone = starts(
        "DTSTART;TZID=America/Guatemala:20261201T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=America/Guatemala:20261208T090000",
    );
    assert_eq!(gone, ["2026-12-01T15:00:00Z", "2026-12-15T15:00:00Z"]);
    let moved = "DTSTART:20261201T090000\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSUMMARY:x\nRECURRENCE-ID:20261208T090000\nDTSTART:20261209T100000";
    assert_eq!(starts(moved), ["2026-12-01T15:00:00Z", "2026-12-09T16:00:00Z"]);
}

#[test]
fn hours_are_of_the_zone_they_name_and_what_names_none_is_ours() {
    assert_eq!(starts("DTSTART:20261201T090000"), ["2026-12-01T15:00:00Z"]);
    assert_eq!(starts("DTSTART:20261201T090000Z"), ["2026-12-01T09:00:00Z"]);
    assert_eq!(
        starts("DTSTART;TZID=\"Central America Standard Time\":20261201T0900"),
        ["2026-12-01T15:00:00Z"]
    );
    assert_eq!(starts("DTSTART;TZID=Europe/Madrid:20261201T090000"), ["2026-12-01T08:00:00Z"]);
    let own = "BEGIN:VTIMEZONE\nTZID:Oficina\nBEGIN:STANDARD\nTZOFFSETTO:-0600\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT";
    let file = one("DTSTART;TZID=Oficina:20261201T090000").replacen("BEGIN:VEVENT", own, 1);
    assert_eq!(read(&file).0[0].starts, at("2026-12-01T15:00:00Z"));
    for (lines, why) in [
        ("DTSTART;TZID=Oficina:20261201T090000", Why::Zone),
        ("DTSTART;VALUE=DATE:20261201", Why::NoTime),
        ("DTSTART:20261301T090000", Why::NoTime),
        ("DTSTART:20261201T2560", Why::NoTime),
        ("LOCATION:x", Why::NoTime),
        ("DTSTART:20261201T090000\nRDATE:20261202T090000", Why::Rule),
    ] {
        assert_eq!(read(&one(lines)).1, [("x".to_owned(), why)], "{lines}");
    }
}

#[test]
fn words_come_as_they_were_typed_and_a_cancellation_says_so() {
    // Folded inside a letter, with line ends of every kind.
    let mut file =
        one("DTSTART:20261201T090000\nLOCATION;LANGUAGE=\"es:GT\":Sala 3\\, segundo\\nnivel").into_bytes();
    let spot = file.windows(9).position(|w| w == b"SUMMARY:x").unwrap() + 9;
    file.splice(spot - 1..spot, *b"Declaraci\xC3\r\n \xB3n\\; Peque\xC3\n\t\xB1a");
    let (read, _) = ical::read(&file, &guatemala()).unwrap();
    assert_eq!(
        (read[0].summary.as_str(), read[0].place.as_str()),
        ("Declaración; Pequeña", "Sala 3, segundo nivel")
    );
    assert!(!read[0].cancelled);
    let off = one("DTSTART:20261201T090000\nSTATUS:CANCELLED");
    assert!(ical::read(off.as_bytes(), &guatemala()).unwrap().0[0].cancelled);
    let off = one("DTSTART:20261201T090000").replace("VERSION:2.0", "METHOD:CANCEL");
    assert!(ical::read(off.as_bytes(), &guatemala()).unwrap().0[0].cancelled);
}

#[test]
fn what_is_no_calendar_is_told_apart() {
    for (file, fault) in [
        ("", Fault::NotCalendar),
        ("hola", Fault::NotCalendar),
        ("SUMMARY:x", Fault::NotCalendar),
        ("BEGIN:VCARD\nEND:VCARD", Fault::NotCalendar),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", Fault::NoEvents),
    ] {
        assert_eq!(ical::read(file.as_bytes(), &guatemala()), Err(fault), "{file}");
    }
    let deep = "BEGIN:VCALENDAR\n".repeat(100_000);
    assert_eq!(ical::read(deep.as_bytes(), &guatemala()), Err(Fault::TooMany));
    assert_eq!(ical::read("BEGIN:VCALENDAR\n".repeat(100).as_bytes(), &guatemala()), Err(Fault::NotCalendar));
    let many = one("DTSTART:20261201T090000\nEND:VEVENT\nBEGIN:VEVENT")
        .replace("END:VCALENDAR", &"BEGIN:VEVENT\nEND:VEVENT\n".repeat(200));
    assert_eq!(ical::read(many.as_bytes(), &guatemala()), Err(Fault::TooMany));
}

proptest! {
    /// Whatever arrives is read or refused.
    #[test]
    fn anything_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), rule in "[A-Z=;,0-9]{0,40}") {
        let _ = ical::read(&bytes, &guatemala());
        let _ = ical::read(one(&format!("DTSTART:20261201T090000\nRRULE:{rule}")).as_bytes(), &guatemala());
    }

    /// Whatever stands in a text comes back, and opens no line of its own.
    #[test]
    fn a_text_comes_back_and_stays_in_its_line(text in "[a-zñáé;,:\\\\\"0-9\n\r ]{0,180}") {
        let mut events = events();
        events[0].summary = &text;
        let out = ical::write("x", &guatemala(), &events[..1]);
        prop_assert!(out.split("\r\n").all(|l| l.len() <= 75));
        let (read, _) = ical::read(out.as_bytes(), &guatemala()).unwrap();
        let said = text.replace('\n', " ").replace('\r', "");
        prop_assert_eq!(&read[0].summary, said.trim());
    }
}
