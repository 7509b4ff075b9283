//! The door decides: any rules, any instant, compared with a calendar of minutes that knows nothing of it.

use ceiba_programme::contact::door::{Attempt, Held, Rules, Why, decide};
use ceiba_programme::contact::hours::Hours;
use ceiba_programme::contact::rules::{Channel, Rule};
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

/// Monday, 5 January 2026, as the day begins in Guatemala, which is six hours behind all year round.
const MONDAY: Micros = 1_767_571_200_000_000 + 6 * HOUR;
const WEEK: usize = 7 * 24 * 60;

fn zone() -> TimeZone {
    TimeZone::get("America/Guatemala").unwrap()
}

/// Every minute of three weeks from that Monday on, painted by hand.
fn minutes(rule: &Rule) -> Vec<bool> {
    let mut painted = vec![false; 3 * WEEK];
    let (from, to) = (usize::from(rule.hours.from), usize::from(rule.hours.to));
    let length = if to > from { to - from } else { to + 1440 - from };
    let whole = from == to;
    // The night before the first Monday may reach into it.
    for day in -1i64..21 {
        if !rule.hours.days[usize::try_from((day + 7) % 7).unwrap()] {
            continue;
        }
        let (begin, length) = if whole { (0, 1440) } else { (i64::try_from(from).unwrap(), length) };
        for n in 0..i64::try_from(length).unwrap() {
            if let Ok(at) = usize::try_from(day * 1440 + begin + n)
                && at < painted.len()
            {
                painted[at] = true;
            }
        }
    }
    if let Some(last) = rule.hours.until {
        let days = (last - date(2026, 1, 5)).get_days();
        let end = usize::try_from((days + 1).max(0)).unwrap() * 1440;
        painted.iter_mut().skip(end).for_each(|m| *m = false);
    }
    painted
}

fn channel() -> impl Strategy<Value = Channel> {
    prop::sample::select(Channel::ALL.to_vec())
}

fn last() -> impl Strategy<Value = Option<Date>> {
    prop::option::weighted(
        0.3,
        (-1i64..21).prop_map(|n| date(2026, 1, 5).checked_add(jiff::Span::new().days(n)).unwrap()),
    )
}

prop_compose! {
    fn held()(
        channel in prop::option::weighted(0.9, channel()),
        never in prop::bool::weighted(0.1),
        feared in prop::bool::weighted(0.1),
        leave_message in any::<bool>(),
        days in any::<[bool; 7]>(),
        from in 0u16..1440,
        to in prop_oneof![0u16..1440, Just(0u16)],
        same in prop::bool::weighted(0.1),
        until in last(),
    ) -> Held {
        let to = if same { from } else { to };
        // Every channel at once is a «never» only: the form refuses anything else.
        let never = never || channel.is_none();
        let hours = Hours { days, from, to, until };
        let rule = Rule { channel, never, leave_message, hours, place: "x".into(), ..Rule::default() };
        Held { id: Uuid::nil(), rule, feared }
    }
}

fn wanted() -> impl Strategy<Value = Attempt> {
    // Fourteen days: the third week is there to look ahead into.
    (channel(), 0i64..14 * 1440, 0i64..60, any::<bool>()).prop_map(|(channel, minute, second, leaving)| {
        Attempt { channel, at: MONDAY + minute * MINUTE + second * 1_000_000, leaving }
    })
}

fn minute_of(at: Micros) -> usize {
    usize::try_from((at - MONDAY) / MINUTE).unwrap()
}

/// Which minutes a calendar lets pass.
fn allowed(rules: &Rules, channel: Channel, leaving: bool) -> Vec<bool> {
    let mut all = vec![false; 3 * WEEK];
    let never = rules
        .held
        .iter()
        .any(|h| h.rule.never && (h.rule.channel.is_none() || h.rule.channel == Some(channel)));
    if never || rules.unreadable {
        return all;
    }
    let fits = |h: &&Held| h.rule.channel == Some(channel) && !h.feared && (!leaving || h.rule.leave_message);
    for h in rules.held.iter().filter(fits) {
        all.iter_mut().zip(minutes(&h.rule)).for_each(|(m, open)| *m |= open);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_passes_exactly_what_a_calendar_lets_pass(
        held in prop::collection::vec(held(), 0..6),
        unreadable in prop::bool::weighted(0.05),
        wanted in wanted(),
    ) {
        let rules = Rules { held, unreadable };
        let said = decide(&rules, &wanted, &zone());
        let leaving = |channel: Channel| wanted.leaving && channel == wanted.channel;
        let calendar = |channel: Channel| allowed(&rules, channel, leaving(channel));
        let from = minute_of(wanted.at);
        prop_assert_eq!(said.is_ok(), calendar(wanted.channel)[from], "{:?}", said);
        let Err(blocked) = said else { return Ok(()) };
        if rules.held.is_empty() && !rules.unreadable { prop_assert_eq!(blocked.why, Why::NoRules); }
        for channel in Channel::ALL {
            let open = calendar(channel);
            let named = blocked.instead.iter().find(|o| o.channel == channel);
            // What would be allowed is, and nothing was before it; what is not named is not allowed in the week to come.
            let until = named.map_or(from + WEEK, |o| minute_of(o.at));
            prop_assert!(open[from + 1..until.max(from + 1)].iter().all(|m| !m), "{:?}", named);
            if let Some(o) = named {
                prop_assert!(open[minute_of(o.at)], "{:?}", o);
                let then = Attempt { channel, at: o.at, leaving: leaving(channel) };
                prop_assert!(decide(&rules, &then, &zone()).is_ok());
            }
        }
    }
}

fn way(hours: Hours) -> Held {
    let rule = Rule { channel: Some(Channel::Call), place: "5555-0142".into(), hours, ..Rule::default() };
    Held { id: Uuid::nil(), rule, feared: false }
}

const DAYS: [bool; 7] = [true; 7];

fn at(days: i64, hours: i64) -> Attempt {
    Attempt { channel: Channel::Call, at: MONDAY + days * DAY + hours * HOUR, leaving: false }
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_began() {
    let mut days = [false; 7];
    days[4] = true;
    let friday = way(Hours { days, from: 22 * 60, to: 2 * 60, until: None });
    let rules = Rules { held: vec![friday], unreadable: false };
    for (day, hour, passes) in
        [(4, 21, false), (4, 22, true), (5, 1, true), (5, 2, false), (5, 22, false), (4, 1, false)]
    {
        assert_eq!(decide(&rules, &at(day, hour), &zone()).is_ok(), passes, "day {day}, {hour} h");
    }
    let blocked = decide(&rules, &at(5, 3), &zone()).unwrap_err();
    assert_eq!((blocked.why, blocked.instead[0].at), (Why::Hours, MONDAY + 11 * DAY + 22 * HOUR));
}

#[test]
fn each_no_has_its_reason() {
    let open = Hours { days: DAYS, from: 0, to: 0, until: None };
    let over = Hours { until: Some(date(2026, 1, 4)), ..open.clone() };
    let rules = |held: Vec<Held>| Rules { held, unreadable: false };
    let why = |rules: &Rules, leaving: bool| {
        decide(rules, &Attempt { leaving, ..at(0, 9) }, &zone()).unwrap_err().why
    };
    assert_eq!(why(&rules(vec![]), false), Why::NoRules);
    assert_eq!(why(&rules(vec![way(over)]), false), Why::Over);
    assert_eq!(why(&rules(vec![way(open.clone())]), true), Why::Message);
    assert_eq!(why(&rules(vec![Held { feared: true, ..way(open.clone()) }]), false), Why::Feared);
    let mut sms = way(open.clone());
    sms.rule.channel = Some(Channel::Sms);
    assert_eq!(why(&rules(vec![sms]), false), Why::NoWay);
    let all = Held { rule: Rule { never: true, ..Rule::default() }, ..way(open.clone()) };
    assert_eq!(why(&rules(vec![way(open.clone()), all]), false), Why::Never);
    let unreadable = Rules { held: vec![way(open)], unreadable: true };
    assert_eq!(why(&unreadable, false), Why::Unreadable);
}
