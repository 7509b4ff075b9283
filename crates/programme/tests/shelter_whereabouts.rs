//! Where somebody is: out and back, looked for, visited, leaving, coming of age.

use crate::support::shelter as support;
use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::cases::followup::{self, FollowUp};
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::partners::{directory, disclosed};
use ceiba_programme::shelter::letters;
use ceiba_programme::shelter::visits::{self, Visitor};
use ceiba_programme::shelter::{self, About, Arrival, Exit, Who, missing, of_age, presence};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, cases, dates, work};
use ceiba_store::{DAY, HOUR};
use support::{arrives, fields, staff};
use uuid::Uuid;

/// The open tasks of a case, by code.
async fn tasks(w: &World, who: &Caller, case: Uuid) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::TASK_WRITE, case).await.unwrap();
    let all: Vec<Entry<Task>> =
        entries::list(&w.p, &mut tx, who, &grant, (case, Folder::Social)).await.unwrap();
    all.into_iter().filter(|t| t.head.state == "open").filter_map(|t| t.head.code).collect()
}

#[tokio::test]
async fn who_is_out_is_not_missed_and_who_is_not_seen_is() {
    for w in worlds().await {
        let (blanca, _, _) = staff(&w).await;
        let one = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let two = arrives(&w, &blanca, "Nohemí", "1B", "").await;
        let three = arrives(&w, &blanca, "Sonia", "2A", "").await;
        work!(w, blanca, |work| presence::go_out(&w.p, &mut work, &blanca, two, ("school", 240, "")).await)
            .unwrap();
        let again =
            work!(w, blanca, |work| presence::go_out(&w.p, &mut work, &blanca, two, ("school", 240, ""))
                .await);
        assert!(matches!(again, Err(ProgrammeError::State("state-out-already"))));
        let count =
            work!(w, blanca, |work| presence::count_heads(&w.p, &mut work, &blanca, &[one]).await).unwrap();
        assert_eq!((count.expected, count.absent), (2, vec![three]), "{}", w.engine);
        work!(w, blanca, |work| presence::come_back(&w.p, &mut work, &blanca, two).await).unwrap();
        let not_out = work!(w, blanca, |work| presence::come_back(&w.p, &mut work, &blanca, two).await);
        assert!(matches!(not_out, Err(ProgrammeError::State("state-not-out"))), "{}", w.engine);
        let all =
            work!(w, blanca, |work| presence::count_heads(&w.p, &mut work, &blanca, &[one, two, three])
                .await)
            .unwrap();
        assert!(all.absent.is_empty() && all.expected == 3, "{}", w.engine);
    }
}

/// A letter says what helps to find her; it is on the list of what went out once, and there is none when nobody looks for her.
#[tokio::test]
async fn a_letter_of_a_search_is_written_as_often_as_it_is_needed_and_told_once() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let to = letters::to_whom(&w.p, &mut tx).await.unwrap();
        let others = directory::list(&mut tx).await.unwrap();
        drop(tx);
        let kinds: Vec<&str> = to.iter().map(|i| i.kind.as_str()).collect();
        assert!(["police", "court", "state"].iter().all(|k| kinds.contains(k)), "{kinds:?}");
        let write = async |id: Uuid| {
            work!(w, blanca, |work| letters::write(&w.p, &mut work, &blanca, (case, id)).await)
        };
        assert!(matches!(write(to[0].id).await, Err(ProgrammeError::Stale)), "nobody looks for her");
        work!(w, blanca, |work| missing::start(&w.p, &mut work, &blanca, case, ("", "Suéter rojo.")).await)
            .unwrap();
        let school = others.iter().find(|i| i.kind == "school").unwrap();
        assert!(
            matches!(write(school.id).await, Err(ProgrammeError::Invalid(_))),
            "no step has a letter to it"
        );
        for _ in 0..2 {
            write(to[0].id).await.unwrap();
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let letter = letters::read(&w.p, &mut tx, &blanca, (case, to[0].id)).await.unwrap();
        assert_eq!(letter.search.body.wore, "Suéter rojo.");
        assert!(
            letters::read(&w.p, &mut tx, &blanca, (case, to[1].id)).await.is_err(),
            "that one was not written"
        );
        let went = disclosed::list(&w.p, &mut tx, &carmen, case).await.unwrap();
        assert_eq!(went.iter().map(|d| d.how.as_str()).collect::<Vec<_>>(), ["search"], "{}", w.engine);
    }
}

#[tokio::test]
async fn a_search_has_steps_with_terms_ends_without_blame_and_shows_a_pattern_to_the_coordinator_alone() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let one = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let two = arrives(&w, &blanca, "Nohemí", "1B", "").await;
        for round in 0..2 {
            w.place.clock.move_by(20 * DAY);
            for case in [one, two] {
                let id = work!(w, blanca, |work| missing::start(
                    &w.p,
                    &mut work,
                    &blanca,
                    case,
                    ("En el patio.", "Suéter rojo.")
                )
                .await)
                .unwrap();
                let again =
                    work!(w, blanca, |work| missing::start(&w.p, &mut work, &blanca, case, ("", "")).await);
                assert!(matches!(again, Err(ProgrammeError::State("state-searched-already"))));
                let mut tx = w.p.store.db.read().await.unwrap();
                let search = missing::now(&w.p, &mut tx, &blanca, case).await.unwrap().unwrap();
                let steps = missing::steps(&w.p, &search);
                assert!(steps.iter().all(|s| s.due > w.p.store.clock.now() && s.done.is_none()));
                // Every step whose term no lawyer has signed is said to be so.
                assert!(steps.iter().any(|s| s.step.status == "unverified"));
                drop(tx);
                work!(w, blanca, |work| missing::step(&w.p, &mut work, &blanca, (case, id, 1), "look").await)
                    .unwrap();
                let stale =
                    work!(w, blanca, |work| missing::step(&w.p, &mut work, &blanca, (case, id, 1), "pgn")
                        .await);
                assert!(
                    matches!(stale, Err(ProgrammeError::Stale | ProgrammeError::Store(_))),
                    "round {round}"
                );
                w.place.clock.move_by(3 * HOUR);
                work!(w, blanca, |work| missing::end(
                    &w.p,
                    &mut work,
                    &blanca,
                    (case, id),
                    ("came_back", "Quería llamar.")
                )
                .await)
                .unwrap();
            }
        }
        let open = tasks(&w, &abel, one).await;
        assert!(["missing-court", "missing-family"].iter().all(|t| open.iter().any(|o| o == t)), "{open:?}");
        let mut tx = w.p.store.db.read().await.unwrap();
        let (times, with) = missing::pattern(&w.p, &mut tx, &carmen, one).await.unwrap();
        assert_eq!((times, with), (2, vec![(two, 2)]), "{}", w.engine);
        let hidden = missing::pattern(&w.p, &mut tx, &blanca, one).await;
        assert!(matches!(hidden, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        let facts = tx.sql("SELECT COUNT(*) AS n FROM fact WHERE kind = 'shelter.missing' AND outcome = 'came_back' AND minutes = 180");
        assert_eq!(facts.one().await.unwrap().get::<i64>("n").unwrap(), 4, "{}", w.engine);
    }
}

#[tokio::test]
async fn the_door_knows_whom_not_to_let_in_and_not_whose_list_it_is() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let one = arrives(&w, &blanca, "Maribel", "1A", "Ramón Pérez, gorra roja").await;
        let two = arrives(&w, &blanca, "Nohemí", "1B", "Su tía Berta").await;
        let until = w.p.day(w.p.store.clock.now() + DAY);
        let visitor = |name: &str| Visitor { name: name.into(), conditions: String::new() };
        // Not for whom her own list warns of.
        let own = visitor("Ramon Perez");
        let refused = work!(w, carmen, |work| visits::authorise(
            &w.p,
            &mut work,
            &carmen,
            one,
            ("relative", &until, &own)
        )
        .await);
        assert_eq!(fields(refused.unwrap_err()), ["name"], "{}", w.engine);
        // Who may come to one, and stands on the list of another, is looked at twice.
        let other = visitor("Ramón Pérez López");
        let id = work!(w, carmen, |work| visits::authorise(
            &w.p,
            &mut work,
            &carmen,
            two,
            ("relative", &until, &other)
        )
        .await)
        .unwrap();
        let warned =
            work!(w, blanca, |work| visits::come_in(&w.p, &mut work, &blanca, (two, id), (false, "")).await);
        assert_eq!(fields(warned.unwrap_err()), ["visitor"], "{}", w.engine);
        // It is Monday morning, and visitors come on Wednesday afternoon and at the weekend: the door says why all the same.
        let (_, house) = shelter::of(&w.p, &blanca).unwrap();
        assert!(!visits::open_now(&w.p, house), "{}", w.engine);
        let early =
            work!(w, blanca, |work| visits::come_in(&w.p, &mut work, &blanca, (two, id), (true, "")).await);
        assert_eq!(fields(early.unwrap_err()), ["outside"], "{}", w.engine);
        let why = (true, "Viene de lejos y solo hoy puede.");
        let visit =
            work!(w, blanca, |work| visits::come_in(&w.p, &mut work, &blanca, (two, id), why).await).unwrap();
        let twice = work!(w, blanca, |work| visits::come_in(&w.p, &mut work, &blanca, (two, id), why).await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
        work!(w, blanca, |work| visits::go(&w.p, &mut work, &blanca, two, visit).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let door = visits::door(&w.p, &mut tx, &blanca).await.unwrap();
        assert_eq!(door, ["Ramón Pérez, gorra roja", "Su tía Berta"]);
        drop(tx);
        // A day later the authorisation is over; and the monitora authorises nobody.
        w.place.clock.move_by(2 * DAY);
        let late = work!(w, blanca, |work| visits::come_in(&w.p, &mut work, &blanca, (two, id), why).await);
        assert_eq!(fields(late.unwrap_err()), ["visitor"], "{}", w.engine);
        let hers = work!(w, blanca, |work| visits::authorise(
            &w.p,
            &mut work,
            &blanca,
            two,
            ("relative", &until, &visitor("Ana"))
        )
        .await);
        assert!(matches!(hers, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        work!(w, abel, |work| visits::end(&w.p, &mut work, &abel, two, id).await).unwrap();
    }
}

#[tokio::test]
async fn a_prepared_leaving_begins_follow_up_and_her_wish_stands_apart() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let exit = Exit {
            reason: "reunited".into(),
            checked: vec!["plan".into()],
            reunion: vec!["assessment".into()],
            wish: "Quiere vivir con su abuela.".into(),
            agreed: String::new(),
            house: String::new(),
        };
        work!(w, abel, |work| shelter::prepare(&w.p, &mut work, &abel, case, ("family", &exit, None)).await)
            .unwrap();
        // Two who prepare it at once: the second sees the first.
        let blind = work!(w, carmen, |work| shelter::prepare(
            &w.p,
            &mut work,
            &carmen,
            case,
            ("family", &exit, None)
        )
        .await);
        assert!(matches!(blind, Err(ProgrammeError::Stale)), "{}", w.engine);
        work!(w, carmen, |work| shelter::prepare(
            &w.p,
            &mut work,
            &carmen,
            case,
            ("extended", &exit, Some(1))
        )
        .await)
        .unwrap();
        w.place.clock.move_by(10 * DAY);
        work!(w, blanca, |work| shelter::leave(&w.p, &mut work, &blanca, case, ("planned", 0)).await)
            .unwrap();
        let open = tasks(&w, &abel, case).await;
        for after in ["after-week", "after-month", "after-three", "after-six", "after-twelve"] {
            assert!(open.iter().any(|t| t == after), "{after} is not among {open:?}");
        }
        // A contact does what is due this week; a «no» to follow-up ends all of it.
        let contact = async |result: &str| {
            let day = w.p.day(w.p.store.clock.now());
            let body = FollowUp { safe: "yes".into(), ..FollowUp::default() };
            let how = (result, day.as_str(), false);
            work!(w, abel, |work| followup::add(&w.p, &mut work, &abel, case, how, &body).await).unwrap();
            let open = tasks(&w, &abel, case).await;
            open.into_iter().filter(|t| t.starts_with("after-")).collect::<Vec<_>>()
        };
        assert_eq!(contact("not_reached").await.len(), 5, "{}", w.engine);
        assert_eq!(contact("reached").await.len(), 4, "{}", w.engine);
        assert_eq!(contact("declined").await, [""; 0], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let fact = tx
            .sql("SELECT code, outcome, minutes FROM fact WHERE kind = 'shelter.left'")
            .one()
            .await
            .unwrap();
        assert_eq!(fact.get::<String>("code").unwrap(), "extended");
        assert_eq!(fact.get::<i64>("minutes").unwrap(), 10 * 24 * 60, "{}", w.engine);
    }
}

#[tokio::test]
async fn ninety_days_before_she_comes_of_age_her_plan_asks_once() {
    for w in worlds().await {
        let (blanca, _, abel) = staff(&w).await;
        let mut new = ceiba_programme::testkit::new_case("Luz", 17);
        let today = dates::day(w.p.store.clock.now(), &w.p.pack.zone);
        let birthday = jiff::civil::date(today.year() - 18, today.month(), 1)
            .checked_add(jiff::ToSpan::months(4))
            .unwrap();
        new.site = "M1".into();
        if let cases::Whose::New(person) = &mut new.whose {
            person.core.birth = dates::Birth::Day { day: birthday };
        }
        let (case, code) = work!(w, abel, |work| cases::open(&w.p, &mut work, &abel, &new).await).unwrap();
        let arrival = Arrival {
            who: Who::Known(&code),
            bedside: "",
            keep_away: "",
            bed: "1A",
            order: None,
            order_day: "",
            basis: "pgn_brought",
            about: About::default(),
            pass: "",
        };
        work!(w, blanca, |work| shelter::admit(&w.p, &mut work, &blanca, &arrival).await).unwrap();
        let opened = |days: i64| {
            w.place.clock.move_by(days * DAY);
            let (w, blanca) = (&w, &blanca);
            async move {
                let mut work = w.p.store.work(blanca.account).await.unwrap();
                let here = shelter::residents(&w.p, work.tx(), blanca).await.unwrap();
                let n = of_age::arise(&w.p, &mut work, blanca, &here).await.unwrap();
                if n > 0 {
                    work.commit().await.unwrap();
                }
                n
            }
        };
        assert_eq!(opened(0).await, 0, "four months are far ({})", w.engine);
        assert_eq!(opened(40).await, 1, "{}", w.engine);
        assert_eq!(opened(1).await, 0, "{}", w.engine);
        assert!(tasks(&w, &abel, case).await.iter().any(|t| t == "of-age"));
    }
}
