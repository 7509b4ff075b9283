//! The address of one's own calendar: what the gate allows at that moment, under marks that say nothing, until it ends.

use ceiba_access::Caller;
use ceiba_programme::accounts::feed::{self, A_MINUTE, Due};
use ceiba_programme::accounts::{self, secret, sessions, sign_in::SignedIn};
use ceiba_programme::cases::{emergency, team};
use ceiba_programme::clinic::appointments::{self, Planned};
use ceiba_programme::justice::hearings::{self, Hearing, New};
use ceiba_programme::testkit::{PASSWORD, World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};
use ceiba_store::{DAY, MINUTE};
use uuid::Uuid;

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

async fn hearing(w: &World, who: &Caller, case: Uuid, days: i64) -> Uuid {
    let hearing =
        Hearing { interpreter: "not_needed".into(), transport: "missing".into(), ..Hearing::default() };
    let on_day = day(w, days);
    let new = New { kind: "statement", institution: None, on_day: &on_day, time: "8:30", hearing };
    work!(w, who, |work| hearings::set(&w.p, &mut work, who, case, &new).await).unwrap()
}

async fn make(w: &World, who: &Caller) -> String {
    work!(w, who, |work| feed::make(&w.p, &mut work, who).await).unwrap()
}

/// What a program reads at an address; none when it is nobody's.
async fn reads(w: &World, secret: &str) -> Option<Vec<Due>> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let reader = feed::find(&w.p, &mut tx, secret).await.unwrap()?;
    let given = feed::given(&w.p, &mut tx, &reader).await.unwrap();
    // A test reads more often than a program may.
    drop(tx);
    w.place.clock.move_by(MINUTE / 2);
    Some(given)
}

#[tokio::test]
async fn a_program_reads_what_she_may_open_at_that_moment_and_no_name_or_code() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let (luz, sol) = (w.case(&lucia, "Luz").await, w.case(&lucia, "Sol").await);
        for (case, days) in [(luz, 5), (sol, 6), (luz, 7), (luz, 200)] {
            hearing(&w, &lucia, case, days).await;
        }
        let secret = make(&w, &julio).await;
        assert_eq!(reads(&w, &secret).await.unwrap(), [], "a stranger to both ({})", w.engine);
        work!(w, carmen, |work| team::name(&w.p, &mut work, &carmen, luz, julio.account).await).unwrap();
        let given = reads(&w, &secret).await.unwrap();
        assert_eq!(given.len(), 2, "{}", w.engine);
        assert_eq!((given[0].mark.len(), given[0].uid.len()), (4, 16));
        assert_eq!(given[0].mark, given[1].mark, "one mark for one case");
        assert_ne!(given[0].uid, given[1].uid);
        // Another address has other marks: nobody lays two calendars over each other.
        let hers = make(&w, &lucia).await;
        let others = reads(&w, &hers).await.unwrap();
        assert_eq!(others.len(), 3);
        assert_ne!(others[0].mark, others[1].mark);
        assert!(others.iter().all(|o| given.iter().all(|g| g.mark != o.mark && g.uid != o.uid)));
        // A conflict of interest takes it away at once, with everything that says that it was there.
        work!(w, carmen, |work| team::block(&w.p, &mut work, &carmen, luz, julio.account).await).unwrap();
        assert_eq!(reads(&w, &secret).await.unwrap(), []);
    }
}

#[tokio::test]
async fn an_appointment_is_there_for_the_team_and_for_whoever_receives_her_and_not_for_her_teacher() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        let irma = w.person("irma", "health", Some("K1")).await;
        let other = w.person("otra", "health", Some("K1")).await;
        let amalia = w.person("amalia", "teacher", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, carmen, |work| team::name(&w.p, &mut work, &carmen, case, amalia.account).await).unwrap();
        let on_day = day(&w, 4);
        let with = Some(irma.account);
        let planned = Planned { kind: "health-first", on_day: &on_day, time: "9:30", with, remark: "" };
        work!(w, lucia, |work| appointments::plan(&w.p, &mut work, &lucia, case, &planned).await).unwrap();
        hearing(&w, &lucia, case, 5).await;
        for (who, kinds) in [
            (&lucia, vec!["appointment", "hearing"]),
            (&irma, vec!["appointment"]),
            (&other, vec![]),
            (&amalia, vec!["hearing"]),
        ] {
            let secret = make(&w, who).await;
            let given = reads(&w, &secret).await.unwrap();
            let found: Vec<_> = given.iter().map(|d| d.kind.as_str()).collect();
            assert_eq!(found, kinds, "{} ({})", who.role, w.engine);
        }
        work!(w, carmen, |work| team::block(&w.p, &mut work, &carmen, case, irma.account).await).unwrap();
        let secret = make(&w, &irma).await;
        assert_eq!(reads(&w, &secret).await.unwrap(), [], "a conflict of interest ({})", w.engine);
    }
}

#[tokio::test]
async fn an_emergency_is_not_for_a_program_that_asks_by_itself() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let rosa = w.person("rosa", "social_worker", Some("M1")).await;
        let case = w.case(&lucia, "Luz").await;
        hearing(&w, &lucia, case, 5).await;
        let secret = make(&w, &rosa).await;
        let reason = ("team_unreachable", "Nadie contesta y está en la puerta");
        work!(w, rosa, |work| emergency::open(&w.p, &mut work, &rosa, case, reason).await).unwrap();
        assert_eq!(reads(&w, &secret).await.unwrap(), [], "{}", w.engine);
    }
}

#[tokio::test]
async fn an_address_ends_when_she_stops_it_changes_her_password_or_her_account_is_closed() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("adela", "admin", None).await;
        let first = make(&w, &lucia).await;
        let second = make(&w, &lucia).await;
        assert!(reads(&w, &first).await.is_none(), "a new one ends the one before ({})", w.engine);
        assert!(reads(&w, &second).await.is_some());
        work!(w, lucia, |work| feed::stop(&mut work, &lucia).await).unwrap();
        assert!(reads(&w, &second).await.is_none());
        for wrong in
            ["", "x", &second[1..], &format!("{second}0"), &second.replace(|c: char| c.is_ascii(), "ñ")]
        {
            assert!(reads(&w, wrong).await.is_none());
        }
        let third = make(&w, &lucia).await;
        let who = SignedIn { account: lucia.account, secret: lucia.secret.clone().unwrap() };
        let fresh = secret::lock(&w.p, &who.secret, &format!("{PASSWORD} nueva")).unwrap();
        let keys = sessions::Keys::default();
        let here = Uuid::from_u128(1);
        work!(w, lucia, |work| secret::change(&mut work, &keys, &who, &fresh, here).await).unwrap();
        assert!(reads(&w, &third).await.is_none(), "a new password ({})", w.engine);
        let fourth = make(&w, &lucia).await;
        let version = accounts::list(&w.p, &mut w.p.store.db.read().await.unwrap()).await.unwrap();
        let seen = version.iter().find(|a| a.id == lucia.account).unwrap().version;
        work!(w, boss, |work| accounts::set_active(&mut work, (lucia.account, seen), false).await).unwrap();
        assert!(reads(&w, &fourth).await.is_none(), "a closed account ({})", w.engine);
        work!(w, boss, |work| accounts::set_active(&mut work, (lucia.account, seen + 1), true).await)
            .unwrap();
        assert!(reads(&w, &fourth).await.is_none(), "and it does not come back with it");
    }
}

#[tokio::test]
async fn only_a_hash_is_kept_and_reading_is_noted_once_a_day_and_braked() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let secret = make(&w, &lucia).await;
        let find = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            feed::find(&w.p, &mut tx, &secret).await
        };
        for _ in 0..A_MINUTE {
            let reader = find().await.unwrap().unwrap();
            feed::noted(&w.p, &reader).await.unwrap();
        }
        assert!(matches!(find().await, Err(ProgrammeError::TooMany)), "{}", w.engine);
        w.place.clock.move_by(MINUTE);
        assert!(find().await.unwrap().is_some());
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx
            .sql("SELECT COUNT(*) AS n FROM ledger_entry WHERE action = 'calendar.read'")
            .one()
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
        let kept: Vec<u8> =
            tx.sql("SELECT token FROM calendar_feed").one().await.unwrap().get("token").unwrap();
        assert!(!secret.contains(&kept.iter().map(|b| format!("{b:02x}")).collect::<String>()));
        let own = feed::of(&mut tx, lucia.account).await.unwrap().unwrap();
        assert!(own.read_at.is_some());
    }
}

#[tokio::test]
async fn a_survivor_is_reached_the_way_her_case_says() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let hers = Caller { person: Some(Uuid::from_u128(7)), ..lucia };
        let made: Outcome<String> = work!(w, hers, |work| feed::make(&w.p, &mut work, &hers).await);
        assert!(matches!(made, Err(ProgrammeError::State("state-feed-hers"))), "{}", w.engine);
    }
}
