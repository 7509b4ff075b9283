//! The engine of clocks, without a database: ten years of days against a slow oracle, and packs that must not start.

use std::sync::LazyLock;

use ceiba_programme::packs::bytes;
use ceiba_programme::route::calendar::{Calendar, easter};
use ceiba_programme::route::clock::{Event, Length, Move, Pause, Unit, due, due_before, runs};
use ceiba_programme::route::{Route, State, Status, Timing};
use ceiba_store::{HOUR, MINUTE, Micros};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

fn file(path: &str) -> String {
    String::from_utf8(bytes(path).unwrap()).unwrap()
}

/// The shipped pack, with other texts for calendars and rows.
fn parse(calendars: &str, rows: &str) -> Result<Route, String> {
    let own = |rows: String, golden: &str, path: &str| (rows, file(golden), path.to_owned());
    let files = [
        own(rows.to_owned(), "guatemala/route/golden.toml", "rows"),
        own(file("core/route/programme.toml"), "core/route/golden.toml", "own"),
    ];
    Route::parse(("calendars", calendars), &files).map_err(|e| e.to_string())
}

fn rows() -> String {
    file("guatemala/route/route.toml")
}

fn calendars() -> String {
    file("guatemala/route/calendars.toml")
}

/// The shipped pack; read once, for a property asks it hundreds of times.
fn route() -> &'static Route {
    static ROUTE: LazyLock<Route> = LazyLock::new(|| parse(&calendars(), &rows()).unwrap());
    &ROUTE
}

fn court(route: &Route) -> &Calendar {
    route.calendar_of(route.row("R23").unwrap()).unwrap()
}

fn continuous(route: &Route) -> &Calendar {
    route.calendar_of(route.row("R10").unwrap()).unwrap()
}

const fn length(amount: i32, unit: Unit) -> Length {
    Length { amount, unit }
}

#[test]
fn every_row_is_there_and_nobody_has_signed_any() {
    let route = route();
    for n in 1..=47 {
        let row = route.row(&format!("R{n:02}")).unwrap();
        for language in ["es", "en"] {
            assert!(!row.when(language).is_empty() && !row.task(language).is_empty(), "{}", row.id);
        }
        assert!(!row.basis.is_empty());
    }
    assert_eq!(route.sheets[0].rows.len(), 47);
    assert!(route.sheets.iter().all(|s| s.state == State::Draft));
    assert!(route.rows().all(|r| r.signed().is_none()), "a row is signed by nobody we know");
    let read = route.rows().filter(|r| r.rests_on() == Status::Verified).count();
    assert!(read > 15, "rows whose clause was read are not signed by that");
    let low: Vec<&str> = route.rows().filter(|r| r.low_confidence).map(|r| r.id.as_str()).collect();
    assert_eq!(low, ["R25", "R29", "R35"]);
    // What nobody knows has no last instant that could be shown as law.
    assert!(route.rows().filter(|r| r.clock == Timing::Unknown).all(|r| r.terms.is_empty()));
}

#[test]
fn a_faulty_pack_stops_the_start_and_says_why() {
    let once = |from: &str, to: &str| {
        let text = rows();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let step = |state: &str, by: &str, on: &str| {
        format!("\n[[history]]\nstate = \"{state}\"\nby = \"{by}\"\non = \"{on}\"\n\n[[holder]]")
    };
    let then = |steps: &[(&str, &str, &str)]| {
        let all: String = steps.iter().map(|(s, b, o)| step(s, b, o).replace("\n[[holder]]", "")).collect();
        once("\n[[holder]]", &format!("{all}\n[[holder]]"))
    };
    for (bad, says) in [
        (
            once("verified\"\n", "verified\"\nverified_by = \"Licda. Inventada\"\n"),
            "not who and on which day",
        ),
        (once("verified\"\n", "verified\"\nverified_on = \"2026-01-01\"\n"), "not who and on which day"),
        (once("verified\"\n", "verified\"\nverified_by = \"X\"\nverified_on = \"ayer\"\n"), "which day"),
        (once("\"at_once\"", "\"soon\""), "soon"),
        (once("clock = \"within\"", "clock = \"at_once\""), "do not fit"),
        (once("[\"member\"]", "[\"somebody\"]"), "no duty-holder somebody"),
        (once("calendar = \"court\"", "calendar = \"moon\""), "no calendar moon"),
        (once("population = [\"child\"]", "population = [\"cat\"]"), "no population cat"),
        (once("id = \"R02\"", "id = \"R01\""), "R01 comes twice"),
        (once("amount = 10,", "amount = 9,"), "«Diez días hábiles sin feriados.» of R23 gives 2026-11-21"),
        (once("low_confidence", "lowly"), "lowly"),
        (then(&[("published", "Otra", "2026-12-01")]), "does not go"),
        (then(&[("signed", "Licda. Inventada", "2026-12-01")]), "nobody signed"),
        (then(&[("signed", "Licda. Inventada", "2026-01-01")]), "before the one it follows"),
        (then(&[("signed", "A", "2026-12-01"), ("published", "A", "2026-12-02")]), "cannot publish"),
    ] {
        let found = parse(&calendars(), &bad).unwrap_err();
        assert!(found.contains(says), "{found} (not «{says}»)");
    }
    let unchecked = rows().replace("id = \"R28\"", "id = \"R99\"");
    assert!(parse(&calendars(), &unchecked).unwrap_err().contains("R99 has a term and no golden case"));
    for (from, to) in [
        ("\"saturday\", \"sunday\"", "\"someday\""),
        ("\"12-25\"", "\"12-32\""),
        ("America/Guatemala", "America/Nowhere"),
        ("from = \"12-22\", to = \"01-02\"", "from = \"01-01\", to = \"12-31\""),
        ("opens = 8", "opens = 25"),
        ("status = \"unverified\"", "status = \"unverified\"\nverified_by = \"X\""),
    ] {
        assert!(parse(&calendars().replacen(from, to, 1), &rows()).is_err(), "{to}");
    }
}

#[test]
fn a_pack_is_in_force_when_a_lawyer_signed_every_row_and_somebody_else_published_it() {
    let signed = rows()
        .replace("\npopulation", "\nverified_by = \"Licda. Inventada\"\nverified_on = \"2026-12-01\"\npopulation")
        .replacen(
            "\n[[holder]]",
            "\n[[history]]\nstate = \"signed\"\nby = \"Licda. Inventada\"\non = \"2026-12-01\"\n\n[[history]]\nstate = \"published\"\nby = \"Directora Inventada\"\non = \"2026-12-02\"\n\n[[holder]]",
            1,
        );
    let route = parse(&calendars(), &signed).unwrap();
    assert_eq!(route.sheets[0].state, State::Published);
    assert_eq!(route.row("R01").unwrap().signed(), Some(("Licda. Inventada", date(2026, 12, 1))));
    let retired = signed.replacen(
        "\n[[holder]]",
        "\n[[history]]\nstate = \"retired\"\nby = \"Directora Inventada\"\non = \"2027-12-02\"\n\n[[holder]]",
        1,
    );
    let route = parse(&calendars(), &retired).unwrap();
    assert!(route.row("R01").is_some() && route.in_use().all(|r| r.id.starts_with('P')));
}

#[test]
fn easter_is_where_tables_have_it() {
    for (y, m, d) in [
        (1961, 4, 2),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2016, 3, 27),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2028, 4, 16),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
    ] {
        assert_eq!(easter(y), Some(date(y, m, d)));
    }
    assert!((1900..2100).all(|y| easter(y).unwrap().weekday() == Weekday::Sunday));
}

/// The court's working days, said once more and slowly: no weekend, no holiday by name, no recess.
fn slow_works(day: Date) -> bool {
    let easter = easter(day.year()).unwrap();
    let holy = [easter - 3.days(), easter - 2.days()];
    let fixed = [(1, 1), (5, 1), (6, 30), (8, 15), (9, 15), (10, 20), (11, 1), (12, 25)];
    let recess = day.month() == 12 && day.day() >= 22 || day.month() == 1 && day.day() <= 2;
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        && !holy.contains(&day)
        && !fixed.contains(&(day.month(), day.day()))
        && !recess
}

/// Ten years day by day, with leap days, Easters, ends of recess and of years; begun at midnight, at noon and in the last minute.
#[test]
fn ten_years_of_days_come_out_as_a_slow_count_says() {
    let route = route();
    let (court, wall) = (court(route), continuous(route));
    let (mut day, last) = (date(2026, 1, 1), date(2036, 1, 1));
    let (mut leaps, mut recesses) = (0, 0);
    while day < last {
        assert_eq!(court.works(day), slow_works(day), "{day}");
        leaps += i32::from(day.month() == 2 && day.day() == 29);
        recesses += i32::from(court.works(day) && day.month() == 1 && !court.works(day - 3.days()));
        for offset in [0, 12 * HOUR, 24 * HOUR - MINUTE] {
            let since = court.start(day) + offset;
            for n in [1, 3, 10] {
                let mut oracle = day;
                let mut left = n;
                while left > 0 {
                    oracle = oracle.tomorrow().unwrap();
                    left -= i32::from(slow_works(oracle));
                }
                let end = |d: Date| Some(court.start(d.tomorrow().unwrap()));
                assert_eq!(due(length(n, Unit::BusinessDays), court, since, &[]), end(oracle), "{day} {n}");
                assert_eq!(due(length(n, Unit::CalendarDays), wall, since, &[]), end(day + n.days()));
                assert_eq!(due(length(n, Unit::Months), wall, since, &[]), end(day + n.months()));
                assert_eq!(due(length(n, Unit::Hours), wall, since, &[]), Some(since + i64::from(n) * HOUR));
            }
            let opening = due(length(1, Unit::Opening), court, since, &[]).unwrap();
            assert!(slow_works(court.day(opening)) && opening == court.start(court.day(opening)) + 9 * HOUR);
        }
        day = day.tomorrow().unwrap();
    }
    assert_eq!(leaps, 2);
    assert!(recesses > 5, "{recesses}");
}

/// Guatemala has no summer time; a zone that has one counts hours as hours and days as days all the same.
#[test]
fn another_zone_with_summer_time_counts_hours_as_hours() {
    let text = calendars().replace("America/Guatemala", "Europe/Madrid");
    let files: [(String, String, String); 0] = [];
    let route = Route::parse(("calendars", &text), &files).unwrap();
    assert_eq!(route.calendars("en").len(), 2);
    // In force with rows whose golden cases are written in local time: they come out in Madrid too.
    let route = parse(&text, &rows()).unwrap();
    let wall = continuous(&route);
    // The night of 28 March 2027 has twenty-three hours in Madrid.
    let since = wall.start(date(2027, 3, 27)) + 12 * HOUR;
    assert_eq!(due(length(24, Unit::Hours), wall, since, &[]), Some(since + 24 * HOUR));
    let day = due(length(1, Unit::CalendarDays), wall, since, &[]).unwrap();
    assert_eq!(day, since + 12 * HOUR + 23 * HOUR);
}

#[test]
fn a_clock_starts_stops_pauses_goes_on_and_repeats() {
    let at = |h: i64, what| Event { at: h * HOUR, what, set: None };
    let of = |events: &[Event]| runs(events, false);
    assert!(of(&[at(1, Move::Stop), at(2, Move::Pause), at(3, Move::Restart)]).is_empty());
    let all = of(&[at(9, Move::Stop), at(1, Move::Start), at(5, Move::Restart), at(3, Move::Pause)]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].pauses, [Pause { from: 3 * HOUR, to: Some(5 * HOUR) }]);
    assert_eq!(all[0].ended, Some((9 * HOUR, true)));
    // A second trigger does not give more time; after an answer it is a new duty.
    let again = of(&[at(1, Move::Start), at(4, Move::Start), at(6, Move::Stop), at(7, Move::Start)]);
    assert_eq!(again.iter().map(|r| r.since / HOUR).collect::<Vec<_>>(), [1, 7]);
    let every = runs(&[at(1, Move::Start), at(4, Move::Stop), at(4, Move::Stop), at(9, Move::End)], true);
    assert_eq!(
        every.iter().map(|r| (r.since / HOUR, r.ended)).collect::<Vec<_>>(),
        [(1, Some((4 * HOUR, true))), (4, Some((9 * HOUR, false))),]
    );
    let moved = Event { at: 2 * HOUR, what: Move::Start, set: Some(99 * HOUR) };
    let first = Event { at: HOUR, what: Move::Start, set: Some(50 * HOUR) };
    assert_eq!(of(&[moved, first])[0].set, Some(99 * HOUR), "a hearing that is set anew");
}

#[test]
fn while_a_clock_stands_still_it_has_no_last_instant_unless_that_was_before() {
    let route = route();
    let (court, wall) = (court(route), continuous(route));
    let since = court.start(date(2026, 11, 9)) + 10 * HOUR;
    let still = |hours: i64| [Pause { from: since + hours * HOUR, to: None }];
    assert_eq!(due(length(24, Unit::Hours), wall, since, &still(5)), None);
    assert_eq!(due(length(24, Unit::Hours), wall, since, &still(24)), Some(since + 24 * HOUR));
    assert_eq!(due(length(3, Unit::BusinessDays), court, since, &still(30)), None);
    let over = due(length(3, Unit::BusinessDays), court, since, &[]);
    assert_eq!(due(length(3, Unit::BusinessDays), court, since, &still(500)), over);
}

fn instants() -> impl Strategy<Value = Micros> {
    (1_700_000_000i64..2_100_000_000).prop_map(|seconds| seconds / 60 * MINUTE)
}

fn lengths() -> impl Strategy<Value = Length> {
    let units = [Unit::Hours, Unit::CalendarDays, Unit::BusinessDays, Unit::Months, Unit::Opening];
    (1..40, prop::sample::select(units.to_vec())).prop_map(|(amount, unit)| length(amount, unit))
}

/// Pauses in order, each closed.
fn pauses(since: Micros) -> impl Strategy<Value = Vec<Pause>> {
    prop::collection::vec((0i64..200, 0i64..100), 0..4).prop_map(move |spans| {
        let mut at = since;
        spans
            .into_iter()
            .map(|(gap, wide)| {
                let from = at + gap * HOUR;
                at = from + wide * HOUR;
                Pause { from, to: Some(at) }
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn no_term_ends_before_it_began_and_a_later_start_never_ends_sooner(a in instants(), b in instants(), n in lengths()) {
        let route = route();
        let court = court(route);
        let (first, second) = (a.min(b), a.max(b));
        let (one, two) = (due(n, court, first, &[]).unwrap(), due(n, court, second, &[]).unwrap());
        prop_assert!(one > first && two > second);
        prop_assert!(one <= two);
    }

    #[test]
    fn a_pause_never_takes_time_away((since, still) in instants().prop_flat_map(|s| (Just(s), pauses(s))), n in lengths()) {
        let route = route();
        let court = court(route);
        let (without, with) = (due(n, court, since, &[]).unwrap(), due(n, court, since, &still).unwrap());
        prop_assert!(with >= without);
    }

    #[test]
    fn whatever_must_be_done_before_a_day_is_due_between_then_and_now(a in instants(), b in instants(), n in lengths()) {
        let route = route();
        let (since, set) = (a.min(b), a.max(b));
        let due = due_before(n, court(route), since, set).unwrap();
        prop_assert!(since <= due && due <= set);
    }

    #[test]
    fn the_order_in_which_facts_are_read_does_not_matter(
        events in prop::collection::vec((0i64..40, 0usize..5), 0..12),
        turn in 0usize..12,
        repeats: bool,
    ) {
        let moves = [Move::Start, Move::Pause, Move::Restart, Move::Stop, Move::End];
        let mut all: Vec<Event> =
            events.iter().map(|(at, what)| Event { at: at * HOUR, what: moves[*what], set: None }).collect();
        let expected = runs(&all, repeats);
        let by = turn % all.len().max(1);
        all.rotate_left(by);
        prop_assert_eq!(&runs(&all, repeats), &expected);
        // One at a time, and only the last one may still run.
        for two in expected.windows(2) {
            prop_assert!(two[0].ended.is_some_and(|(at, _)| at <= two[1].since));
        }
    }
}
