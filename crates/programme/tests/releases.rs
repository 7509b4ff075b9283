//! Numbers that leave: the same question the same answer, an adversary who asks for everything, and two people for what goes outside.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_disclosure::Audience;
use ceiba_programme::releases::{self, New};
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::Fact;

const SITES: [&str; 3] = ["K1", "K2", "K3"];
const CODES: [&str; 2] = ["low", "high"];
const MONTHS: u64 = 6;

/// Who came, by month, site and code. The test's own memory of it.
type People = BTreeMap<(u64, usize, usize), u64>;

/// An invented half-year of alerts: few in most months, more in some.
async fn half_year(w: &World, who: &ceiba_access::Caller) -> People {
    let mut people = People::new();
    let mut work = w.p.store.work(who.account).await.unwrap();
    let at = work.at();
    for month in 0..MONTHS {
        for (site, place) in SITES.iter().enumerate() {
            for (code, urgency) in CODES.iter().enumerate() {
                let n = (month * 7 + site as u64 * 5 + code as u64 * 3 + month * month) % 7;
                people.insert((month, site, code), n);
                for _ in 0..n {
                    let fact = Fact {
                        kind: "alert.answered",
                        at,
                        day: format!("2025-{:02}-10", month + 1),
                        code: Some((*urgency).into()),
                        outcome: Some("on_time".into()),
                        site: Some((*place).into()),
                        amount: 1,
                        ..Fact::default()
                    };
                    work.fact(fact).await.unwrap();
                }
            }
        }
    }
    work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
    people
}

fn span(from: u64, to: u64, site: Option<usize>) -> Span {
    let last = [31, 28, 31, 30, 31, 30][usize::try_from(to).unwrap()];
    Span {
        from: format!("2025-{:02}-01", from + 1),
        to: format!("2025-{:02}-{last}", to + 1),
        site: site.map(|s| SITES[s].to_owned()),
    }
}

fn count(people: &People, (from, to, site): (u64, u64, Option<usize>), code: usize) -> u64 {
    let inside = |(m, s, c): &(u64, usize, usize)| {
        from <= *m && *m <= to && site.is_none_or(|site| site == *s) && *c == code
    };
    people.iter().filter(|(of, _)| inside(of)).map(|(_, n)| n).sum()
}

/// What an adversary knows of one code: equations over months and sites, solved by elimination.
#[derive(Default)]
struct Known(Vec<Vec<f64>>);

impl Known {
    fn row((from, to, site): (u64, u64, Option<usize>)) -> Vec<f64> {
        (0..MONTHS)
            .flat_map(|m| (0..SITES.len()).map(move |s| (m, s)))
            .map(|(m, s)| f64::from(from <= m && m <= to && site.is_none_or(|site| site == s)))
            .collect()
    }

    fn reduce(&self, mut row: Vec<f64>) -> Vec<f64> {
        for known in &self.0 {
            let lead = known.iter().position(|v| v.abs() > 1e-9).unwrap();
            let factor = row[lead] / known[lead];
            row.iter_mut().zip(known).for_each(|(a, b)| *a -= factor * b);
        }
        row
    }

    fn learn(&mut self, row: Vec<f64>, people: u64) {
        let (mut row, cells) = (row.clone(), row);
        #[expect(clippy::cast_precision_loss, reason = "a few people")]
        row.push(people as f64);
        let row = self.reduce(row);
        if row[..cells.len()].iter().any(|v| v.abs() > 1e-9) {
            self.0.push(row);
        }
        // Nobody in all is nobody in each.
        let alone = cells.iter().filter(|v| **v > 0.0).count() > 1;
        for at in (0..cells.len()).filter(|at| people == 0 && alone && cells[*at] > 0.0) {
            let mut one = vec![0.0; cells.len()];
            one[at] = 1.0;
            self.learn(one, 0);
        }
    }

    fn follows(&self, row: Vec<f64>) -> bool {
        let mut row = row;
        row.push(0.0);
        self.reduce(row).split_last().is_some_and(|(_, rest)| rest.iter().all(|v| v.abs() < 1e-7))
    }
}

/// Asks for every run of months at every site and at all of them, in an order of her own, some twice.
fn questions(turn: usize) -> Vec<(u64, u64, Option<usize>)> {
    let runs = (0..MONTHS).flat_map(|from| (from..MONTHS).map(move |to| (from, to)));
    let mut all: Vec<_> =
        runs.flat_map(|(from, to)| [None, Some(0), Some(1), Some(2)].map(|site| (from, to, site))).collect();
    let n = all.len();
    all.sort_by_key(|(from, to, site)| {
        let key = usize::try_from(from * 31 + to * 17).unwrap() + site.map_or(0, |s| 7 * (s + 1));
        (key * (turn * 2 + 13) % n, key)
    });
    let again: Vec<_> = all.iter().take(10).copied().collect();
    all.extend(again);
    all
}

#[tokio::test]
async fn whoever_asks_for_everything_recovers_no_hidden_number() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let people = half_year(&w, &sofia).await;
        let mut known = [Known::default(), Known::default()];
        let (mut hidden, mut shown): (BTreeSet<_>, BTreeMap<_, _>) = (BTreeSet::new(), BTreeMap::new());
        let mut tx = w.p.store.db.read().await.unwrap();
        for asked in questions(0).into_iter().step_by(4) {
            let span = span(asked.0, asked.1, asked.2);
            let table = results::count(&w.p, &mut tx, &sofia, Measure::Answers, &span).await.unwrap();
            // One picture of the database cannot see what was kept since: each question has its own.
            drop(tx);
            tx = w.p.store.db.read().await.unwrap();
            let again = results::count(&w.p, &mut tx, &sofia, Measure::Answers, &span).await.unwrap();
            assert_eq!(table, again, "{}: the same question, the same answer", w.engine);
            for (code, known) in known.iter_mut().enumerate() {
                let row = table.rows().iter().position(|r| r == CODES[code]);
                let cell = row.and_then(|row| table.cell(row, 0));
                match cell.map_or(Some(0), |c| c.shown()) {
                    Some(n) => {
                        assert_eq!(n, count(&people, asked, code), "{}: what is shown is true", w.engine);
                        known.learn(Known::row(asked), n);
                        shown.insert((asked, code), n);
                    }
                    None => {
                        hidden.insert((asked, code));
                    }
                }
            }
        }
        assert!(
            hidden.len() > 5 && shown.len() > 5,
            "{}: {} hidden, {} shown",
            w.engine,
            hidden.len(),
            shown.len()
        );
        for (asked, code) in &hidden {
            let n = count(&people, *asked, *code);
            let small = (1..5).contains(&n);
            assert!(!(small && known[*code].follows(Known::row(*asked))), "{}: {asked:?} {n}", w.engine);
        }
        for month in 0..MONTHS {
            for site in 0..SITES.len() {
                for (code, known) in known.iter().enumerate() {
                    let one = (month, month, Some(site));
                    let small = (1..5).contains(&count(&people, one, code));
                    assert!(!(small && known.follows(Known::row(one))), "{}: {one:?}", w.engine);
                }
            }
        }
    }
}

#[tokio::test]
async fn without_the_gate_the_same_answers_give_small_numbers_away() {
    // The control: only small numbers are hidden, nothing is compared.
    let people: People = (0..MONTHS)
        .flat_map(|m| (0..SITES.len()).map(move |s| (m, s)))
        .map(|(m, s)| ((m, s, 0), (m * 7 + s as u64 * 5 + m * m) % 7))
        .collect();
    let mut known = Known::default();
    for asked in questions(0) {
        let n = count(&people, asked, 0);
        if !(1..5).contains(&n) {
            known.learn(Known::row(asked), n);
        }
    }
    let small = people.iter().filter(|(_, n)| (1..5).contains(*n));
    let found = small.filter(|((m, s, _), _)| known.follows(Known::row((*m, *m, Some(*s))))).count();
    assert!(found > 0, "the adversary works");
}

#[tokio::test]
async fn what_goes_outside_is_asked_by_one_and_let_go_by_another() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let sara = w.person("sara", "director", None).await;
        half_year(&w, &sofia).await;
        let half = span(0, 5, None);
        let new = New {
            measure: Measure::Answers,
            span: &half,
            audience: Audience::Public,
            recipient: "Municipalidad de ejemplo",
            reason: "public_note",
        };
        let bad = New { recipient: " ", reason: "because", audience: Audience::Office, ..new.clone() };
        let refused = work!(w, sofia, |work| releases::ask(&w.p, &mut work, &sofia, &bad).await).unwrap_err();
        let ProgrammeError::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems.len(), 3, "{}", w.engine);
        let id = work!(w, sofia, |work| releases::ask(&w.p, &mut work, &sofia, &new).await).unwrap();
        let twice = work!(w, sofia, |work| releases::ask(&w.p, &mut work, &sofia, &new).await);
        assert!(matches!(twice, Err(ProgrammeError::State("state-release-asked"))), "{}", w.engine);
        assert!(work!(w, sofia, |work| releases::decide(&w.p, &mut work, &sofia, id, None).await).is_err());
        let why = work!(w, sara, |work| releases::decide(&w.p, &mut work, &sara, id, Some("no")).await);
        assert!(matches!(why, Err(ProgrammeError::Invalid(_))), "{}: a reason of the list", w.engine);
        work!(w, sara, |work| releases::decide(&w.p, &mut work, &sara, id, None).await).unwrap();
        let late =
            work!(w, sara, |work| releases::decide(&w.p, &mut work, &sara, id, Some("too_fine")).await);
        assert!(matches!(late, Err(ProgrammeError::Taken { .. })), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let log = releases::outside(&w.p, &mut tx, &sofia).await.unwrap();
        assert_eq!((log.len(), log[0].state.as_str(), log[0].threshold), (1, "released", 10), "{}", w.engine);
        assert_eq!(log[0].reviewed_by, Some(sara.account));
        let table = log[0].answer().unwrap();
        assert!(
            table.lines().iter().all(|l| l.count.shown().is_none_or(|n| n == 0 || n >= 10)),
            "{}",
            w.engine
        );
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        assert!(releases::outside(&w.p, &mut tx, &lucia).await.is_err());
    }
}

/// Alerts of a month that took some minutes to answer, each of another place.
async fn alerts(w: &World, who: &ceiba_access::Caller, (kind, site): (&'static str, &str), minutes: &[i64]) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let at = work.at();
    for (n, minutes) in minutes.iter().enumerate() {
        let fact = Fact {
            kind,
            at,
            day: "2025-03-10".into(),
            code: Some("low".into()),
            site: Some(site.into()),
            // Ten in one department, three in another.
            municipality: Some(if n < 10 { "GT0108" } else { "GT0920" }.into()),
            minutes: Some(*minutes),
            amount: 1,
            ..Fact::default()
        };
        work.fact(fact).await.unwrap();
    }
    work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn what_the_office_saw_does_not_leave_to_the_public_and_the_office_sees_it_still() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        alerts(&w, &sofia, ("alert.received", "K1"), &[5; 7]).await;
        let of = async |to: u64| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let table =
                results::count(&w.p, &mut tx, &sofia, Measure::Alerts, &span(2, to, None)).await.unwrap();
            table.cell(0, 0).and_then(|c| c.shown())
        };
        assert_eq!(of(2).await, Some(7), "{}", w.engine);
        let (march, why) = (span(2, 3, None), ("Municipalidad de ejemplo", "public_note"));
        let new = New {
            measure: Measure::Alerts,
            span: &march,
            audience: Audience::Public,
            recipient: why.0,
            reason: why.1,
        };
        let id = work!(w, sofia, |work| releases::ask(&w.p, &mut work, &sofia, &new).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let log = releases::outside(&w.p, &mut tx, &sofia).await.unwrap();
        let out = log.iter().find(|release| release.id == id).unwrap().answer().unwrap();
        assert_eq!(out.lines()[0].count.shown(), None, "{}: seven of one month, to the public", w.engine);
        drop(tx);
        assert_eq!(of(4).await, Some(7), "{}: of the same month in another span", w.engine);
    }
}

#[tokio::test]
async fn a_total_and_its_parts_do_not_leave_the_part_that_was_hidden() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        alerts(&w, &sofia, ("alert.received", "K1"), &[5; 13]).await;
        let month = span(2, 2, None);
        let mut tx = w.p.store.db.read().await.unwrap();
        let total = results::events(&w.p, &mut tx, &sofia, "alert.received", &month).await.unwrap();
        assert_eq!(total.shown(), Some(13), "{}", w.engine);
        drop(tx);
        let mut tx = w.p.store.db.read().await.unwrap();
        let places =
            results::count(&w.p, &mut tx, &sofia, Measure::AlertsByDepartment, &month).await.unwrap();
        let shown: Vec<_> = places.cells().iter().flatten().map(|c| c.shown()).collect();
        assert_eq!(shown, [None, None], "{}: thirteen less ten are three", w.engine);
        drop(tx);
        // By urgency there is one number, and it is the total.
        let mut tx = w.p.store.db.read().await.unwrap();
        let urgency = results::count(&w.p, &mut tx, &sofia, Measure::Alerts, &month).await.unwrap();
        assert_eq!(urgency.cell(0, 0).and_then(|c| c.shown()), Some(13), "{}", w.engine);
    }
}

/// Referrals of a month, each of another woman: by whom each had been referred to us, and how many.
async fn referrals(w: &World, who: &ceiba_access::Caller, all: &[(&str, u8)]) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let at = work.at();
    let mut subject = 0u8;
    for (by, n) in all {
        for _ in 0..*n {
            subject += 1;
            let fact = Fact {
                kind: "referral.sent",
                at,
                day: "2025-03-10".into(),
                site: Some("K1".into()),
                subject: Some([subject; 16]),
                amount: 1,
                dims: if by.is_empty() { vec![] } else { vec![("referred_by", (*by).to_owned())] },
                ..Fact::default()
            };
            work.fact(fact).await.unwrap();
        }
    }
    work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn all_referrals_less_those_of_the_senders_that_are_shown_are_nobody() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        referrals(&w, &sofia, &[("health", 9), ("court", 8), ("", 2)]).await;
        let march = span(2, 2, None);
        let ask = async |measure| {
            let mut tx = w.p.store.db.read().await.unwrap();
            results::count(&w.p, &mut tx, &sofia, measure, &march).await.unwrap()
        };
        let all = ask(Measure::Cascade).await;
        let by = ask(Measure::CascadeByOrigin).await;
        assert_eq!(all.cell(0, 0).and_then(|c| c.shown()), Some(19), "{}", w.engine);
        assert_eq!(by.columns(), ["court", "health", "unknown"], "{}", w.engine);
        let shown: u64 = by.cells()[0].iter().filter_map(|c| c.shown()).sum();
        assert!(by.cells()[0][2].is_hidden() && 19 - shown >= 5, "{}: {:?}", w.engine, by.cells());
    }
}

/// Nights of March, of a house and by how many women, and the beds of both houses.
async fn nights(w: &World, who: &ceiba_access::Caller) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let at = work.at();
    let mut subject = 0;
    for (site, women, each) in [("K1", 6u8, 5u8), ("K2", 2, 20)] {
        let fact = |kind: &'static str, night: u8, subject, amount| Fact {
            kind,
            at,
            day: format!("2025-03-{:02}", night + 1),
            code: (kind == "shelter.night").then(|| "resident".into()),
            site: Some(site.into()),
            subject,
            amount,
            ..Fact::default()
        };
        for _ in 0..women {
            subject += 1;
            for night in 0..each {
                work.fact(fact("shelter.night", night, Some([subject; 16]), 1)).await.unwrap();
            }
        }
        for night in 0..25 {
            work.fact(fact("shelter.places", night, None, 4)).await.unwrap();
        }
    }
    work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn beds_times_occupancy_less_the_nights_that_are_shown_are_those_of_nobody_hidden() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        nights(&w, &sofia).await;
        let march = span(2, 2, None);
        let mut tx = w.p.store.db.read().await.unwrap();
        let places = results::places(&w.p, &mut tx, &sofia, &march).await.unwrap();
        assert_eq!(places, BTreeMap::from([("2025-03".to_owned(), 200)]), "{}", w.engine);
        let here = span(2, 2, Some(0));
        let of_one = results::places(&w.p, &mut tx, &sofia, &here).await.unwrap();
        assert_eq!(of_one.values().sum::<u64>(), 100, "{}", w.engine);
        let share = results::occupancy(&w.p, &mut tx, &sofia, &march).await.unwrap();
        let table = results::count(&w.p, &mut tx, &sofia, Measure::BedNights, &march).await.unwrap();
        let shown: Vec<_> = table.cells().iter().flatten().map(|c| c.shown()).collect();
        // 200 beds at 35 % are 70 nights; 30 of K1 would leave the 40 of the two women of K2.
        assert!(
            !(share.is_some() && shown.iter().any(Option::is_some)),
            "{share:?} {shown:?} ({})",
            w.engine
        );
        assert_eq!(share, Some(0.35), "{}", w.engine);
        assert!(results::places(&w.p, &mut tx, &lucia, &march).await.is_err(), "{}", w.engine);
    }
}

#[tokio::test]
async fn two_medians_do_not_tell_of_the_few_who_are_in_one_of_them() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        alerts(&w, &sofia, ("alert.answered", "K1"), &[61, 62, 63, 65, 70, 71, 73]).await;
        alerts(&w, &sofia, ("alert.answered", "K2"), &[600, 700]).await;
        let ask = async |site: Option<usize>| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let kind = ("alert.answered", None);
            results::median_hours(&w.p, &mut tx, &sofia, kind, &span(2, 2, site)).await.unwrap()
        };
        assert_eq!(ask(None).await, Some(1.2), "{}: seventy minutes, to two digits", w.engine);
        assert_eq!(ask(Some(0)).await, None, "{}: two are in the one and not in the other", w.engine);
        assert_eq!(ask(Some(1)).await, None, "{}: two are a small group", w.engine);
        // What is entered late changes nothing that left.
        alerts(&w, &sofia, ("alert.answered", "K1"), &[6000; 9]).await;
        assert_eq!(ask(None).await, Some(1.2), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_wrong_answer_is_corrected_by_two_people_and_both_stay() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let sara = w.person("sara", "director", None).await;
        let month = span(2, 2, None);
        let ask = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            results::events(&w.p, &mut tx, &sofia, "office.call", &month).await.unwrap().shown()
        };
        let inside = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            releases::inside(&w.p, &mut tx, &sofia).await.unwrap()
        };
        let restate = async |id, why: (&str, &str)| {
            work!(w, sofia, |work| releases::restate(&w.p, &mut work, &sofia, id, why).await)
        };
        alerts(&w, &sofia, ("office.call", "K1"), &[1; 9]).await;
        assert_eq!(ask().await, Some(9), "{}", w.engine);
        let old = inside().await[0].id;
        let why = ("import", "Faltaba una hoja de marzo");
        assert!(matches!(restate(old, why).await, Err(ProgrammeError::State("state-release-unchanged"))));
        alerts(&w, &sofia, ("office.call", "K1"), &[1; 8]).await;
        assert!(
            matches!(restate(old, ("import", " ")).await, Err(ProgrammeError::Invalid(_))),
            "{}",
            w.engine
        );
        assert!(
            matches!(restate(old, ("because", "x")).await, Err(ProgrammeError::Invalid(_))),
            "{}",
            w.engine
        );
        let new = restate(old, why).await.unwrap();
        assert_eq!(ask().await, Some(9), "{}: nobody else has looked yet", w.engine);
        assert!(matches!(restate(old, why).await, Err(ProgrammeError::State("state-release-restated"))));
        assert!(work!(w, sofia, |work| releases::decide(&w.p, &mut work, &sofia, new, None).await).is_err());
        work!(w, sara, |work| releases::decide(&w.p, &mut work, &sara, new, None).await).unwrap();
        assert_eq!(ask().await, Some(17), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let now = releases::read(&w.p, &mut tx, &sofia, new).await.unwrap();
        assert_eq!((now.version, now.restates, now.note.as_deref()), (2, Some(old), Some(why.1)));
        let before = releases::versions(&w.p, &mut tx, &sofia, &now).await.unwrap();
        assert_eq!((before.len(), before[0].id, before[0].values().unwrap()[0].1), (1, old, Some(9.0)));
        drop(tx);
        // Three more than what was shown: the correction would be about three people.
        alerts(&w, &sofia, ("office.call", "K1"), &[1; 3]).await;
        let third = restate(new, ("entry", "Se anotaron tres tarde")).await.unwrap();
        work!(w, sara, |work| releases::decide(&w.p, &mut work, &sara, third, None).await).unwrap();
        assert_eq!(ask().await, None, "{}", w.engine);
        // A longer span is compared with what left and is no longer shown.
        alerts(&w, &sofia, ("office.call", "K2"), &[1; 1]).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let longer = span(2, 3, None);
        let longer = results::events(&w.p, &mut tx, &sofia, "office.call", &longer).await.unwrap();
        assert_eq!(longer.shown(), None, "{}: 21, beside the 17 that left once", w.engine);
    }
}

/// Of twenty-two people of a month fifteen and six came to two houses and one to a third. Whoever looks at the houses first must not keep the
/// month hidden from whoever looks at it next.
#[tokio::test]
async fn the_whole_is_kept_before_its_parts_whichever_is_looked_at_first() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let mut work = w.p.store.work(sofia.account).await.unwrap();
        for n in 0..22u8 {
            let site = if n < 15 {
                "K1"
            } else if n < 21 {
                "M1"
            } else {
                "M2"
            };
            let fact = Fact {
                kind: "service.given",
                at: work.at(),
                day: "2025-01-10".into(),
                code: Some("psychology".into()),
                site: Some(site.into()),
                subject: Some([n + 1; 16]),
                amount: 1,
                ..Fact::default()
            };
            work.fact(fact).await.unwrap();
        }
        work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let houses = results::count(&w.p, &mut tx, &sofia, Measure::ServedByMonth, &span(0, 1, None)).await;
        let houses = houses.unwrap();
        drop(tx);
        let mut tx = w.p.store.db.read().await.unwrap();
        let month = results::people(&w.p, &mut tx, &sofia, &span(0, 0, None)).await.unwrap();
        assert_eq!(month.shown(), Some(22), "{}", w.engine);
        let shown: Vec<u64> = houses.cells()[0].iter().filter_map(|c| c.shown()).collect();
        assert_eq!(shown.len(), 1, "{}: with two of three houses and the month the third is told", w.engine);
    }
}
