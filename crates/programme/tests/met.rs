//! «Have we met?»: proposed, decided by whoever may open both, taken back to the byte, and a leak of nothing.

use std::collections::BTreeMap;

use ceiba_access::Caller;
use ceiba_linkage::Language;
use ceiba_programme::cases::services::{self, Service};
use ceiba_programme::cases::{self, Whose, tellings};
use ceiba_programme::dates::Birth;
use ceiba_programme::people::known::{self, Met, Why};
use ceiba_programme::people::links::{self, Verdict};
use ceiba_programme::people::{self, Core, Identity};
use ceiba_programme::results::frozen::Frozen;
use ceiba_programme::results::{self, Span, compute, quarter};
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{ProgrammeError, erasure, jobs, work};
use ceiba_store::dump::TABLES;
use ceiba_store::{Fact, HOUR, ledger};
use jiff::civil::date;
use uuid::Uuid;

/// Mary, as the hospital heard her name, and María Elena, as her documents have it.
fn maria(mary: bool) -> people::New {
    let identity = Identity {
        given: if mary { "Mary" } else { "María Elena" }.into(),
        surnames: if mary { "Cux" } else { "Kux Ixcoy" }.into(),
        mother: if mary { "Juana Ixcoy" } else { "Juana Ixcoy Tum" }.into(),
        origin: "GT0920".into(),
        ..Identity::default()
    };
    let birth = Birth::Day { day: date(2010, 3, 7) };
    let chosen_name = if mary { "Mary" } else { "Malena" }.to_owned();
    people::New {
        core: Core { chosen_name, language: "spa".into(), birth, ..Core::default() },
        identity,
        sex: "Feminine".into(),
    }
}

async fn opens(w: &World, who: &Caller, site: &str, person: people::New) -> Uuid {
    let new = cases::New { whose: Whose::New(Box::new(person)), site: site.into(), ..new_case("", 0) };
    work!(w, who, |work| cases::open(&w.p, &mut work, who, &new).await).unwrap().0
}

/// What whoever enters a person is told.
async fn asks(w: &World, who: &Caller, person: &people::New) -> Vec<Met> {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let met = known::alike(&w.p, &mut work, who, person).await.unwrap();
    if !met.is_empty() {
        work.commit().await.unwrap();
    }
    met
}

async fn waits(w: &World, who: &Caller) -> links::Queue {
    let mut tx = w.p.store.db.read().await.unwrap();
    links::queue(&w.p, &mut tx, who, 0).await.unwrap()
}

async fn decides(w: &World, who: &Caller, at: (Uuid, i64), verdict: Verdict) -> Result<(), ProgrammeError> {
    work!(w, who, |work| links::decide(&w.p, &mut work, who, at, verdict, &[]).await)
}

/// Every table but the ledger, by name.
async fn stored(w: &World) -> BTreeMap<&'static str, String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES.iter().filter(|t| !t.name.starts_with("ledger")) {
        let mut rows: Vec<String> =
            table.rows(&mut tx).await.unwrap().iter().map(|r| format!("{r:?}")).collect();
        rows.sort();
        all.insert(table.name, rows.join("\n"));
    }
    all
}

async fn person_of(w: &World, case: Uuid) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    cases::lookup(&mut tx, case).await.unwrap().person
}

async fn noted(w: &World, action: &'static str) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    let row =
        tx.sql("SELECT COUNT(*) AS n FROM ledger_entry WHERE action = $1").bind(action).one().await.unwrap();
    row.get("n").unwrap()
}

#[tokio::test]
async fn she_comes_back_under_another_name_and_the_merge_is_taken_back_to_the_byte() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let director = w.person("sara", "director", None).await;
        let first = opens(&w, &lucia, "K1", maria(false)).await;
        w.case(&lucia, "Alba").await;
        let met = asks(&w, &lucia, &maria(true)).await;
        let [Met::Mine { case, why: Why::All { probability, settle, .. }, .. }] = &met[..] else {
            unreachable!("{met:?} ({})", w.engine)
        };
        assert_eq!(*case, first);
        assert!(*probability > 0.5 && !settle.is_empty(), "{met:?}");

        let second = opens(&w, &lucia, "K1", maria(true)).await;
        let queue = waits(&w, &lucia).await;
        assert_eq!((queue.pairs.len(), queue.elsewhere.len()), (1, 0), "{}: {queue:?}", w.engine);
        let (link, _) = queue.pairs[0].clone();
        assert_eq!(noted(&w, "link.proposed").await, 1);
        for (case, n) in [(first, 2), (second, 1)] {
            for k in 0..n {
                let (on, told) = (
                    format!("2026-02-0{}", k + 1),
                    tellings::Telling { who: "MP".into(), ..tellings::Telling::default() },
                );
                let what = ("police", on.as_str(), None, true);
                work!(w, lucia, |work| tellings::add(&w.p, &mut work, &lucia, case, what, &told).await)
                    .unwrap();
            }
        }
        let before = stored(&w).await;
        let seen = work!(w, lucia, |work| links::one(&w.p, &mut work, &lucia, link.id).await).unwrap();
        assert_eq!(seen.told.iter().sum::<i64>(), 3);
        assert_eq!((noted(&w, "person.met").await, noted(&w, "case.read.link").await), (1, 2));
        assert!(seen.files[0].grant.account() == lucia.account);
        assert!(matches!(decides(&w, &lucia, (link.id, 9), Verdict::One).await, Err(ProgrammeError::Stale)));

        decides(&w, &lucia, (link.id, link.version), Verdict::One).await.unwrap();
        let merged = stored(&w).await;
        let changed: Vec<_> =
            before.iter().filter(|(name, rows)| merged[*name] != **rows).map(|(n, _)| *n).collect();
        assert_eq!(
            changed,
            ["person_link", "subject_joined", "subject_same"],
            "{}: no record is touched",
            w.engine
        );
        let twice = decides(&w, &lucia, (link.id, link.version), Verdict::Two).await;
        assert!(matches!(twice, Err(ProgrammeError::Taken { by, .. }) if by == lucia.account));
        // Each file leads to the other; tellings are one number; in the figures she is one person.
        let (one, other) = (person_of(&w, first).await, person_of(&w, second).await);
        let mut tx = w.p.store.db.read().await.unwrap();
        let (linked, elsewhere) = links::linked(&w.p, &mut tx, &lucia, one).await.unwrap();
        assert_eq!((linked.len(), linked[0].link, elsewhere), (1, Some(link.id), false));
        assert_eq!(
            (links::told(&mut tx, one).await.unwrap(), links::told(&mut tx, other).await.unwrap()),
            (1, 2)
        );
        let people = async |tx: &mut ceiba_store::Tx| {
            let sql = "SELECT COUNT(DISTINCT subject) AS n FROM fact_person WHERE kind = 'telling.held'";
            tx.sql(sql).one().await.unwrap().get::<i64>("n").unwrap()
        };
        assert_eq!(people(&mut tx).await, 1, "{}: counted once", w.engine);
        let span = Span { from: "2020-01-01".into(), to: "2030-01-01".into(), site: None };
        results::people(&w.p, &mut tx, &director, &span).await.unwrap();
        drop(tx);
        assert!(!links::rebuild(&w.p).await.unwrap(), "{}: they stand as the links say", w.engine);

        let undone =
            work!(w, lucia, |work| links::undo(&w.p, &mut work, &lucia, (link.id, link.version + 1), &[])
                .await);
        undone.unwrap();
        let after = stored(&w).await;
        let changed: Vec<_> =
            before.iter().filter(|(name, rows)| after[*name] != **rows).map(|(n, _)| *n).collect();
        assert_eq!(
            changed,
            ["person_link", "subject_joined"],
            "{}: the link's version, and that it was one",
            w.engine
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(people(&mut tx).await, 2);
        assert_eq!((noted(&w, "link.one").await, noted(&w, "link.undone").await), (1, 1));
    }
}

#[tokio::test]
async fn two_people_are_not_proposed_again_unless_a_fact_changes() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let first = opens(&w, &lucia, "K1", maria(false)).await;
        opens(&w, &lucia, "K1", maria(true)).await;
        let (link, _) = waits(&w, &lucia).await.pairs[0].clone();
        decides(&w, &lucia, (link.id, link.version), Verdict::Later).await.unwrap();
        assert!(waits(&w, &lucia).await.pairs[0].0.put_off_at.is_some());
        decides(&w, &lucia, (link.id, link.version + 1), Verdict::Two).await.unwrap();
        assert!(waits(&w, &lucia).await.pairs.is_empty());
        let person = person_of(&w, first).await;
        let again = async || {
            work!(w, lucia, |work| {
                let n = links::propose(&w.p, &mut work, person).await;
                work.record("test", "person", person, [0; 32]).await.unwrap();
                n
            })
        };
        assert_eq!(again().await.unwrap(), 0, "{}: nothing changed", w.engine);
        // Her language says nothing about who she is.
        let core = Core { language: "kek".into(), ..maria(false).core };
        work!(w, lucia, |work| people::change(&w.p, &mut work, &lucia, (first, 1), &core).await).unwrap();
        known::refresh(&w.p, person).await.unwrap();
        assert_eq!(again().await.unwrap(), 0, "{}: the same facts speak for it", w.engine);
        let identity = Identity { origin: "GT0901".into(), ..maria(false).identity };
        work!(w, lucia, |work| people::change_identity(&w.p, &mut work, &lucia, (first, 2), &identity).await)
            .unwrap();
        assert_eq!(waits(&w, &lucia).await.pairs.len(), 1, "{}: another place is another question", w.engine);
    }
}

#[tokio::test]
async fn nobody_learns_of_a_file_that_she_may_not_open() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let olga = w.person("olga", "social_worker", Some("M2")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let mel = w.person("sofia", "mel", None).await;
        let hers = opens(&w, &lucia, "K1", maria(false)).await;
        let elsewhere = opens(&w, &olga, "M2", maria(true)).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, hers).await.unwrap().code;
        let id: Uuid = tx.sql("SELECT id FROM person_link").one().await.unwrap().get("id").unwrap();
        assert!(links::queue(&w.p, &mut tx, &mel, 0).await.is_err());
        drop(tx);
        // Either side is told that there may be one, and whom to ask: no pair, no number, no reason.
        for who in [&lucia, &nora] {
            let queue = waits(&w, who).await;
            assert_eq!(
                (queue.pairs.len(), &queue.elsewhere),
                (0, &vec![code.clone()]),
                "{} {}",
                who.role,
                w.engine
            );
        }
        let before = stored(&w).await;
        for who in [&lucia, &nora, &olga, &mel] {
            assert!(
                matches!(decides(&w, who, (id, 1), Verdict::One).await, Err(ProgrammeError::Refused(_))),
                "{}",
                who.role
            );
            let seen = work!(w, who, |work| links::one(&w.p, &mut work, who, id).await);
            assert!(matches!(seen, Err(ProgrammeError::Refused(_))), "{}", who.role);
            let undone = work!(w, who, |work| links::undo(&w.p, &mut work, who, (id, 1), &[]).await);
            assert!(matches!(undone, Err(ProgrammeError::Refused(_))), "{}", who.role);
        }
        assert_eq!(stored(&w).await, before, "{}", w.engine);
        // Whoever joins the other team may decide; that it was decided gives the first team nothing.
        let mut work = w.p.store.work(nora.account).await.unwrap();
        let sql = "INSERT INTO care_team (case_id, account, function, since) VALUES ($1, $2, 'social', 1)";
        work.sql(sql).bind(elsewhere).bind(lucia.account).once().await.unwrap();
        work.record("team.join", "case", elsewhere, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(waits(&w, &lucia).await.pairs.len(), 1, "{}", w.engine);
        // A conflict of interest with one of the two hides it, as if there were nothing.
        let mut work = w.p.store.work(nora.account).await.unwrap();
        work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
            .bind(elsewhere)
            .bind(lucia.account)
            .once()
            .await
            .unwrap();
        work.record("case.block", "case", elsewhere, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let queue = waits(&w, &lucia).await;
        assert_eq!((queue.pairs.len(), queue.elsewhere.len()), (0, 0), "{}", w.engine);
        assert!(matches!(decides(&w, &lucia, (id, 1), Verdict::One).await, Err(ProgrammeError::Refused(_))));
        let met = asks(&w, &lucia, &maria(true)).await;
        assert!(met.iter().all(|m| matches!(m, Met::Mine { case, .. } if *case == hers)), "{met:?}");
    }
}

#[tokio::test]
async fn a_third_file_joins_only_when_it_fits_both() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let a = opens(&w, &lucia, "K1", maria(false)).await;
        let b = opens(&w, &lucia, "K1", maria(true)).await;
        let c = opens(&w, &lucia, "K1", maria(true)).await;
        let people = [person_of(&w, a).await, person_of(&w, b).await, person_of(&w, c).await];
        let pair = async |x: usize, y: usize| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let (one, other) = (people[x].min(people[y]), people[x].max(people[y]));
            let sql = "SELECT id, version FROM person_link WHERE one = $1 AND other = $2";
            let row = tx.sql(sql).bind(one).bind(other).one().await.unwrap();
            (row.get("id").unwrap(), row.get::<i64>("version").unwrap())
        };
        decides(&w, &lucia, pair(0, 1).await, Verdict::Two).await.unwrap();
        decides(&w, &lucia, pair(0, 2).await, Verdict::One).await.unwrap();
        let third = decides(&w, &lucia, pair(1, 2).await, Verdict::One).await;
        assert!(matches!(third, Err(ProgrammeError::State("state-link-third"))), "{}: {third:?}", w.engine);
        let (id, version) = pair(0, 1).await;
        work!(w, lucia, |work| links::undo(&w.p, &mut work, &lucia, (id, version), &[]).await).unwrap();
        decides(&w, &lucia, pair(1, 2).await, Verdict::One).await.unwrap();
        let subjects = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            tx.sql("SELECT COUNT(*) AS n FROM subject_same").one().await.unwrap().get::<i64>("n").unwrap()
        };
        assert_eq!(subjects().await, 2, "{}: two pseudonyms stand for the third", w.engine);
        let (id, version) = pair(0, 2).await;
        work!(w, lucia, |work| links::undo(&w.p, &mut work, &lucia, (id, version), &[]).await).unwrap();
        assert_eq!(subjects().await, 1, "{}: the other two stay together", w.engine);
    }
}

#[tokio::test]
async fn whoever_is_erased_leaves_no_link() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let director = w.person("sara", "director", None).await;
        let first = opens(&w, &lucia, "K1", maria(false)).await;
        opens(&w, &lucia, "K1", maria(true)).await;
        let (link, _) = waits(&w, &lucia).await.pairs[0].clone();
        decides(&w, &lucia, (link.id, 1), Verdict::One).await.unwrap();
        let request =
            work!(w, boss, |work| erasure::ask(&w.p, &mut work, &boss, first, "she_asked").await).unwrap();
        let gone =
            work!(w, director, |work| erasure::approve(&w.p, &mut work, &director, request).await).unwrap();
        known::refresh(&w.p, gone).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        for table in ["person_link", "subject_same"] {
            let table = TABLES.iter().find(|t| t.name == table).unwrap();
            assert!(table.rows(&mut tx).await.unwrap().is_empty(), "{} {}", table.name, w.engine);
        }
        // That they were counted as one, and until when, stays for reports that were frozen in between.
        let rows = tx.sql("SELECT * FROM subject_joined ORDER BY entered").all().await.unwrap();
        let as_another = |row: &ceiba_store::Row| row.get::<Option<Vec<u8>>>("as_subject").unwrap();
        assert!(rows.iter().any(|row| as_another(row).is_some()), "{}", w.engine);
        let now: BTreeMap<Vec<u8>, _> =
            rows.iter().map(|row| (row.get("subject").unwrap(), as_another(row))).collect();
        assert!(now.values().all(Option::is_none), "{}: {now:?}", w.engine);
        drop(tx);
        let met = asks(&w, &lucia, &maria(false)).await;
        assert!(met.iter().all(|m| matches!(m, Met::Mine { case, .. } if *case != first)), "{met:?}");
    }
}

/// 2026-11-24, noon UTC.
const TODAY: i64 = 1_795_521_600_000_000;

/// How many adolescents a report of a grant counts now, made twice. It is opened anew: else nothing that was decided later is counted.
async fn adolescents(w: &World, who: &Caller) -> f64 {
    work!(w, who, |work| {
        work.sql("DELETE FROM report WHERE period = '2026-Q4'").run().await.unwrap();
        quarter::open(&w.p, &mut work, who, ("VOLCAN", "2026-Q4")).await
    })
    .unwrap();
    let (basis, frozen) = quarter::look(&w.p, who, ("VOLCAN", "2026-Q4")).await.unwrap();
    let again = compute::report(&w.p, &basis).await.unwrap();
    let shown = |f: &Frozen| f.figure("G9.adolescents").unwrap().value.shown().unwrap();
    assert!((shown(&again) - shown(&frozen)).abs() < f64::EPSILON);
    shown(&frozen)
}

#[tokio::test]
async fn a_report_counts_her_once_and_what_was_counted_before_comes_out_as_it_was() {
    for w in worlds().await {
        w.place.clock.set(TODAY);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        for n in 1..=20u8 {
            let fact = Fact {
                kind: "service.given",
                at: work.at(),
                day: "2026-11-03".into(),
                code: Some("education_formal".into()),
                site: Some("K1".into()),
                age_band: Some("15-17".into()),
                subject: Some([n; 16]),
                amount: 1,
                ..Fact::default()
            };
            work.fact(fact).await.unwrap();
        }
        work.record("test.facts", "report", Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        for mary in [false, true] {
            let case = opens(&w, &lucia, "K1", maria(mary)).await;
            let given = ("education_formal", "2026-11-20");
            work!(w, lucia, |work| services::give(
                &w.p,
                &mut work,
                &lucia,
                case,
                given,
                &Service { amount: 1, ..Service::default() }
            )
            .await)
            .unwrap();
        }
        // November is counted five days after its end.
        w.place.clock.set(TODAY + 13 * ceiba_store::DAY);
        work!(w, sofia, |work| quarter::open(&w.p, &mut work, &sofia, ("VOLCAN", "2026-Q4")).await).unwrap();
        let (before, two) = quarter::look(&w.p, &sofia, ("VOLCAN", "2026-Q4")).await.unwrap();
        assert_eq!(adolescents(&w, &sofia).await, 22.0, "{}: two records, two people", w.engine);
        let (link, _) = waits(&w, &lucia).await.pairs[0].clone();
        decides(&w, &lucia, (link.id, link.version), Verdict::One).await.unwrap();
        assert_eq!(adolescents(&w, &sofia).await, 21.0, "{}: one person", w.engine);
        let again = compute::report(&w.p, &before).await.unwrap();
        assert_eq!(
            again.canonical().unwrap(),
            two.canonical().unwrap(),
            "{}: as of then nobody knew",
            w.engine
        );
        let (during, one) = quarter::look(&w.p, &sofia, ("VOLCAN", "2026-Q4")).await.unwrap();
        work!(w, lucia, |work| links::undo(&w.p, &mut work, &lucia, (link.id, link.version + 1), &[]).await)
            .unwrap();
        assert_eq!(adolescents(&w, &sofia).await, 22.0, "{}: two again", w.engine);
        let again = compute::report(&w.p, &during).await.unwrap();
        assert_eq!(
            again.canonical().unwrap(),
            one.canonical().unwrap(),
            "{}: as of then she was one",
            w.engine
        );
    }
}

#[tokio::test]
async fn at_night_the_register_is_asked_about_everybody_once() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let first = opens(&w, &lucia, "K1", maria(false)).await;
        let second = opens(&w, &lucia, "K1", maria(true)).await;
        forget_what_was_asked(&w).await;
        let local = ceiba_programme::dates::local(w.p.store.clock.now(), &w.p.pack.zone);
        w.place.clock.move_by(i64::from(24 - local.hour()) * HOUR);
        assert_eq!(
            links::look(&w.p).await.unwrap(),
            0,
            "{}: in the evening it waits for the night",
            w.engine
        );
        w.place.clock.move_by(2 * HOUR);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(waits(&w, &lucia).await.pairs.len(), 1, "{}", w.engine);
        let before = noted(&w, "link.looked").await;
        assert_eq!((links::look(&w.p).await.unwrap(), noted(&w, "link.looked").await), (0, before));
        let (one, other) = (person_of(&w, first).await, person_of(&w, second).await);
        let mut tx = w.p.store.db.read().await.unwrap();
        for person in [one, other] {
            let row = tx
                .sql("SELECT version FROM link_seen WHERE person = $1")
                .bind(person)
                .optional()
                .await
                .unwrap();
            assert!(row.is_some(), "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn guesses_about_her_papers_are_not_confirmed_and_each_look_is_on_record() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let olga = w.person("olga", "social_worker", Some("M2")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let hers = opens(&w, &lucia, "K1", maria(false)).await;
        let born = |day: i8| {
            let birth = Birth::Day { day: date(2010, 3, day) };
            people::New { core: Core { birth, ..maria(false).core }, ..maria(false) }
        };
        let why = |met: Vec<Met>| match &met[..] {
            [Met::Mine { case, why, .. }] if *case == hers => why.clone(),
            _ => unreachable!("{met:?} ({})", w.engine),
        };
        // Day after day: what is told does not move with the day.
        let right = why(asks(&w, &nora, &born(7)).await);
        let Why::Open { because, papers: Some(true) } = &right else { unreachable!("{right:?}") };
        let sealed = ["day", "month", "year", "document", "phone", "mother"];
        for line in because.iter().map(|because| because.words(Language::English)) {
            assert!(!sealed.iter().any(|word| line.contains(word)), "{}: {line}", w.engine);
        }
        for day in [6, 8, 21] {
            assert_eq!(why(asks(&w, &nora, &born(day)).await), right, "{}: day {day}", w.engine);
        }
        // Whoever may read them anyway is told all of it.
        assert!(matches!(why(asks(&w, &lucia, &born(8)).await), Why::All { .. }));
        assert!(matches!(&asks(&w, &olga, &born(7)).await[..], [Met::Elsewhere]));
        let mut tx = w.p.store.db.read().await.unwrap();
        let noted = ledger::about(&mut tx, hers, 100).await.unwrap();
        let looks = |who: &Caller, action: &str| {
            noted.iter().filter(|l| l.actor == who.account && l.action == action).count()
        };
        assert_eq!(
            (
                looks(&nora, "person.alike"),
                looks(&lucia, "person.alike"),
                looks(&olga, "person.alike.elsewhere")
            ),
            (4, 1, 1),
            "{}",
            w.engine
        );
    }
}

#[tokio::test]
async fn a_pair_says_of_papers_only_what_the_reader_may_read_in_both() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        opens(&w, &lucia, "K1", maria(false)).await;
        opens(&w, &lucia, "K1", maria(true)).await;
        for (who, all) in [(&lucia, true), (&nora, false)] {
            let (link, _) = waits(&w, who).await.pairs[0].clone();
            let seen = work!(w, who, |work| links::one(&w.p, &mut work, who, link.id).await).unwrap();
            for why in [&link.why, &seen.link.why] {
                assert_eq!(matches!(why, Why::All { .. }), all, "{} {}: {why:?}", who.role, w.engine);
            }
        }
    }
}

#[tokio::test]
async fn a_machine_that_is_off_at_night_asks_when_it_is_on_again() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        opens(&w, &lucia, "K1", maria(false)).await;
        opens(&w, &lucia, "K1", maria(true)).await;
        forget_what_was_asked(&w).await;
        let local = ceiba_programme::dates::local(w.p.store.clock.now(), &w.p.pack.zone);
        w.place.clock.move_by(i64::from(24 + 9 - local.hour()) * HOUR);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(waits(&w, &lucia).await.pairs.len(), 1, "{}: at nine in the morning", w.engine);
        // Once all were asked about, that is all until the next night.
        links::look(&w.p).await.unwrap();
        forget_what_was_asked(&w).await;
        assert_eq!(links::look(&w.p).await.unwrap(), 0, "{}", w.engine);
        w.place.clock.move_by(17 * HOUR);
        assert_eq!(links::look(&w.p).await.unwrap(), 1, "{}: the next night", w.engine);
    }
}

/// As if they had come by ways that do not ask.
async fn forget_what_was_asked(w: &World) {
    let mut tx = w.p.store.db.write().await.unwrap();
    tx.sql("DELETE FROM person_link").run().await.unwrap();
    tx.sql("DELETE FROM link_seen").run().await.unwrap();
    tx.commit().await.unwrap();
}

/// A pair's id and version, by its two cases.
async fn pair(w: &World, one: Uuid, other: Uuid) -> (Uuid, i64) {
    let (one, other) = (person_of(w, one).await, person_of(w, other).await);
    let mut tx = w.p.store.db.read().await.unwrap();
    let sql = "SELECT id, version FROM person_link WHERE one = $1 AND other = $2";
    let row = tx.sql(sql).bind(one.min(other)).bind(one.max(other)).one().await.unwrap();
    (row.get("id").unwrap(), row.get("version").unwrap())
}

/// How many pseudonyms are counted as another.
async fn counted_as_another(w: &World) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql("SELECT COUNT(*) AS n FROM subject_same").one().await.unwrap().get("n").unwrap()
}

#[tokio::test]
async fn two_people_are_two_although_a_third_file_was_linked_with_both() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let olga = w.person("olga", "social_worker", Some("M2")).await;
        let (a, b) = (opens(&w, &lucia, "K1", maria(true)).await, opens(&w, &lucia, "K1", maria(true)).await);
        let c = opens(&w, &olga, "M2", maria(true)).await;
        let joins = "INSERT INTO care_team (case_id, account, function, since) VALUES ($1, $2, 'social', 1)";
        let leaves = "UPDATE care_team SET until = 2 WHERE case_id = $1 AND account = $2";
        let team = async |sql: &'static str| {
            let mut tx = w.p.store.db.write().await.unwrap();
            tx.sql(sql).bind(c).bind(lucia.account).once().await.unwrap();
            tx.commit().await.unwrap();
        };
        team(joins).await;
        for (one, other) in [(a, b), (a, c), (b, c)] {
            decides(&w, &lucia, pair(&w, one, other).await, Verdict::One).await.unwrap();
        }
        assert_eq!(counted_as_another(&w).await, 2, "{}", w.engine);
        let ab = pair(&w, a, b).await;
        let seen = async || work!(w, lucia, |work| links::one(&w.p, &mut work, &lucia, ab.0).await).unwrap();
        let undo = async |at, also: &[Uuid]| {
            work!(w, lucia, |work| links::undo(&w.p, &mut work, &lucia, at, also).await)
        };
        let through = seen().await.through;
        let mut also: Vec<Uuid> = through.links.iter().map(|(id, _)| *id).collect();
        also.sort_unstable();
        let mut both = vec![pair(&w, a, c).await.0, pair(&w, b, c).await.0];
        both.sort_unstable();
        assert_eq!((&also, through.hidden), (&both, false), "{}", w.engine);
        // What was not shown is not taken back, and what is not hers neither.
        assert!(matches!(undo(ab, &[]).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        team(leaves).await;
        assert!(seen().await.through.hidden);
        let refused = undo(ab, &also).await;
        assert!(
            matches!(refused, Err(ProgrammeError::State("state-link-through"))),
            "{}: {refused:?}",
            w.engine
        );
        assert_eq!(counted_as_another(&w).await, 2, "{}: nothing changed", w.engine);
        let mut tx = w.p.store.db.write().await.unwrap();
        let back = "UPDATE care_team SET until = NULL WHERE case_id = $1 AND account = $2";
        tx.sql(back).bind(c).bind(lucia.account).once().await.unwrap();
        tx.commit().await.unwrap();
        undo(ab, &also).await.unwrap();
        assert_eq!(counted_as_another(&w).await, 0, "{}: three people", w.engine);
        // The same by «they are two», when only the third file joins them.
        for other in [a, b] {
            decides(&w, &lucia, pair(&w, other, c).await, Verdict::One).await.unwrap();
        }
        let ab = pair(&w, a, b).await;
        assert!(
            matches!(decides(&w, &lucia, ab, Verdict::Two).await, Err(ProgrammeError::Stale)),
            "{}",
            w.engine
        );
        work!(w, lucia, |work| links::decide(&w.p, &mut work, &lucia, ab, Verdict::Two, &also).await)
            .unwrap();
        assert_eq!(counted_as_another(&w).await, 0, "{}", w.engine);
        decides(&w, &lucia, pair(&w, a, c).await, Verdict::One).await.unwrap();
        let third = decides(&w, &lucia, pair(&w, b, c).await, Verdict::One).await;
        assert!(matches!(third, Err(ProgrammeError::State("state-link-third"))), "{}: {third:?}", w.engine);
        assert_eq!(noted(&w, "link.undone").await, 5, "{}", w.engine);
    }
}

#[tokio::test]
async fn somebody_whose_case_was_not_saved_takes_nobodys_place() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let first = opens(&w, &lucia, "K1", maria(false)).await;
        for _ in 0..15 {
            let new = cases::New { whose: Whose::New(Box::new(maria(true))), ..new_case("", 0) };
            let mut work = w.p.store.work(lucia.account).await.unwrap();
            cases::open(&w.p, &mut work, &lucia, &new).await.unwrap();
            drop(work);
        }
        let met = asks(&w, &lucia, &maria(true)).await;
        assert!(matches!(&met[..], [Met::Mine { case, .. }] if *case == first), "{}: {met:?}", w.engine);
    }
}

#[tokio::test]
async fn the_queue_goes_on_where_a_page_ends() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let rosa = w.person("rosa", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let mut people = Vec::new();
        for n in 0..26 {
            people.push(person_of(&w, w.case(&lucia, &format!("Luz {n}")).await).await);
        }
        people.sort_unstable();
        let mut tx = w.p.store.db.write().await.unwrap();
        tx.sql("DELETE FROM person_link").run().await.unwrap();
        for (n, one) in people.iter().enumerate() {
            for (m, other) in people.iter().enumerate().skip(n + 1) {
                tx.sql(
                    "INSERT INTO person_link (id, one, other, state, per_mille, evidence, settle, one_version, other_version,
                       proposed_at, version)
                     VALUES ($1, $2, $3, 'proposed', 700, '', '', 1, 1, 1, 1)",
                )
                .bind(Uuid::from_u128((n * 100 + m) as u128))
                .bind(*one)
                .bind(*other)
                .once()
                .await
                .unwrap();
            }
        }
        tx.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let (mut from, mut seen, mut pages) = (Some(0), std::collections::BTreeSet::new(), 0);
        while let Some(at) = from {
            let page = links::queue(&w.p, &mut tx, &nora, at).await.unwrap();
            assert!(page.pairs.len() <= 20, "{}", w.engine);
            seen.extend(page.pairs.iter().map(|(link, _)| link.id));
            (from, pages) = (page.next, pages + 1);
        }
        assert_eq!((seen.len(), pages), (26 * 25 / 2, 17), "{}: all of them wait on some page", w.engine);
        // Whoever decides only in a team is not led through everybody's of her site.
        let hers = links::queue(&w.p, &mut tx, &rosa, 0).await.unwrap();
        assert_eq!((hers.pairs.len(), hers.next), (0, None), "{}", w.engine);
    }
}
