//! Case conferences: only what she allows, nothing against her word, no stories, and what becomes of decisions.

use ceiba_access::{Act, Caller};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::{tasks, team};
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::conferences::{
    self as rules, Conference, Decision, Invited, New, NewDecision, Point,
};
use ceiba_programme::partners::disclosed;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

use crate::support::shelter;

struct Setting {
    lucia: Caller,
    nora: Caller,
    case: Uuid,
    prosecutor: Uuid,
    health: Uuid,
}

async fn institution(w: &World, kind: &str) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT id FROM institution WHERE kind = $1 ORDER BY code";
    tx.sql(text).bind(kind).all().await.unwrap()[0].get("id").unwrap()
}

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

async fn setting(w: &World) -> Setting {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let nora = w.person("nora", "coordinator", Some("K1")).await;
    let case = w.case(&lucia, "Luz").await;
    let (prosecutor, health) = (institution(w, "prosecutor").await, institution(w, "health").await);
    allows(w, &lucia, case, prosecutor, &["legal"]).await;
    allows(w, &lucia, case, health, &["health", "needs"]).await;
    Setting { lucia, nora, case, prosecutor, health }
}

async fn allows(w: &World, who: &Caller, case: Uuid, to: Uuid, data: &[&str]) -> Uuid {
    let consent = Consent {
        data: data.iter().map(|d| (*d).to_owned()).collect(),
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: String::new(),
    };
    let until = day(w, 90);
    let new = consent::New {
        purpose: "share_named_partner",
        recipient: Some(to),
        until: &until,
        given: true,
        consent,
    };
    work!(w, who, |work| consent::record(&w.p, &mut work, who, case, &new).await).unwrap()
}

fn of(to: Uuid, shares: &[&str]) -> Invited {
    Invited { institution: to, shares: shares.iter().map(|s| (*s).to_owned()).collect() }
}

fn point(code: &str, words: &str) -> Point {
    Point { code: code.into(), words: words.into() }
}

fn both(s: &Setting) -> Conference {
    Conference {
        points: vec![point("protection", "Que dure más"), point("health_care", "Cita en la clínica")],
        invited: vec![of(s.prosecutor, &["legal"]), of(s.health, &["health"])],
        colleagues: vec![s.lucia.account],
        ..Conference::default()
    }
}

async fn prepare(w: &World, who: &Caller, case: Uuid, c: Conference) -> Result<Uuid, ProgrammeError> {
    let on = day(w, 1);
    let new = New { when: (&on, "10:00"), place: "our_office", conference: c };
    work!(w, who, |work| rules::prepare(&w.p, &mut work, who, case, &new).await)
}

async fn one(w: &World, s: &Setting, id: Uuid) -> Entry<Conference> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = rules::list(&w.p, &mut tx, &s.lucia, s.case).await.unwrap();
    all.into_iter().find(|c| c.head.id == id).unwrap()
}

async fn hears(w: &World, s: &Setting, id: Uuid, to: Uuid) -> Vec<String> {
    let c = one(w, s, id).await;
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, &s.lucia, Act::CONFERENCE_READ, s.case).await.unwrap();
    let now = w.p.store.clock.now();
    rules::shared(&w.p, &mut tx, &s.lucia, &grant, (s.case, &c.body, to), now).await.unwrap()
}

/// She is told, the day comes, and it is held.
async fn held(w: &World, s: &Setting, id: Uuid, came: &[Uuid]) -> Result<(), ProgrammeError> {
    let seen = one(w, s, id).await.head.version;
    work!(w, s.nora, |work| rules::tell(&w.p, &mut work, &s.nora, (s.case, id, seen)).await).unwrap();
    w.place.clock.move_by(2 * DAY);
    let seen = one(w, s, id).await.head.version;
    work!(w, s.nora, |work| rules::hold(&w.p, &mut work, &s.nora, (s.case, id, seen), came).await)
}

async fn went(w: &World, s: &Setting) -> Vec<(String, Uuid, Vec<String>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = disclosed::list(&w.p, &mut tx, &s.lucia, s.case).await.unwrap();
    let mut all: Vec<_> = all.into_iter().map(|d| (d.how, d.institution, d.fields)).collect();
    all.sort();
    all
}

async fn facts(w: &World, kind: &str) -> Vec<(String, Option<String>, i64)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT code, outcome, amount FROM fact WHERE kind = $1 ORDER BY at, id";
    let rows = tx.sql(text).bind(kind).all().await.unwrap();
    let mut all: Vec<_> = rows
        .iter()
        .map(|r| (r.get("code").unwrap(), r.get("outcome").unwrap(), r.get("amount").unwrap()))
        .collect();
    // Those of one instant have no order.
    all.sort();
    all
}

#[tokio::test]
async fn each_institution_is_meant_to_hear_what_she_allows_it_and_no_more() {
    for w in worlds().await {
        let s = setting(&w).await;
        let mut wide = both(&s);
        wide.invited[1].shares.push("legal".into());
        let e = prepare(&w, &s.nora, s.case, wide).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["share"], "{}: what another may hear is not its", w.engine);
        let id = prepare(&w, &s.nora, s.case, both(&s)).await.unwrap();
        assert_eq!(hears(&w, &s, id, s.prosecutor).await, ["legal"], "{}", w.engine);
        // A narrower word of hers holds at once.
        allows(&w, &s.lucia, s.case, s.health, &["needs"]).await;
        assert!(hears(&w, &s, id, s.health).await.is_empty(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let notices = ceiba_programme::notices::list(&mut tx, &s.lucia).await.unwrap();
        assert_eq!(notices.iter().filter(|n| n.kind == "conference").count(), 1, "{}", w.engine);
    }
}

#[tokio::test]
async fn nobody_with_a_conflict_and_nobody_outside_the_team_is_invited_and_no_story_is_an_agenda() {
    for w in worlds().await {
        let s = setting(&w).await;
        let julio = w.person("julio", "lawyer", None).await;
        let stranger = Conference { colleagues: vec![julio.account], ..both(&s) };
        let e = prepare(&w, &s.nora, s.case, stranger.clone()).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["colleagues"], "{}", w.engine);
        work!(w, s.nora, |work| team::name(&w.p, &mut work, &s.nora, s.case, julio.account).await).unwrap();
        prepare(&w, &s.nora, s.case, stranger.clone()).await.unwrap();
        work!(w, s.nora, |work| team::block(&w.p, &mut work, &s.nora, s.case, julio.account).await).unwrap();
        let e = prepare(&w, &s.nora, s.case, stranger.clone()).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["colleagues"], "{}: a conflict of interest", w.engine);
        // Invited before it was known, he does not come either.
        let mut tx = w.p.store.db.read().await.unwrap();
        let before = rules::list(&w.p, &mut tx, &s.nora, s.case).await.unwrap()[0].head.id;
        drop(tx);
        let e = held(&w, &s, before, &[julio.account]).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["came"], "{}", w.engine);
        let long = "x".repeat(141);
        for words in [
            long.as_str(),
            "Primera línea\nsegunda",
            "La llevaron de noche al bar. Después la dejaron en la casa del tío",
        ] {
            let story = Conference { points: vec![point("safety", words)], ..both(&s) };
            let e = prepare(&w, &s.nora, s.case, story).await.unwrap_err();
            assert_eq!(shelter::fields(e), ["words-1"], "{}: {words}", w.engine);
        }
        let empty = Conference::default();
        let e = prepare(&w, &s.nora, s.case, empty).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["point-1", "institutions"], "{}", w.engine);
    }
}

#[tokio::test]
async fn what_she_objects_to_is_not_done_until_it_is_followed_or_she_takes_it_back() {
    for w in worlds().await {
        let s = setting(&w).await;
        let id = prepare(&w, &s.nora, s.case, both(&s)).await.unwrap();
        let object = async |what: String| {
            let seen = one(&w, &s, id).await.head.version;
            work!(w, s.lucia, |work| rules::object(&w.p, &mut work, &s.lucia, (s.case, id, seen), &what)
                .await)
        };
        let settle = async |number: usize, how: &str| {
            let seen = one(&w, &s, id).await.head.version;
            let which = (s.case, id, seen);
            work!(w, s.nora, |work| rules::settle(&w.p, &mut work, &s.nora, which, (number, how)).await)
        };
        // Not told: not held.
        w.place.clock.move_by(2 * DAY);
        let seen = one(&w, &s, id).await.head.version;
        let came = [s.prosecutor];
        let e =
            work!(w, s.nora, |work| rules::hold(&w.p, &mut work, &s.nora, (s.case, id, seen), &came).await);
        assert!(matches!(e, Err(ProgrammeError::State("state-conference-not-told"))), "{}", w.engine);
        assert_eq!(shelter::fields(object("nobody".into()).await.unwrap_err()), ["to"], "{}", w.engine);
        object(s.prosecutor.to_string()).await.unwrap();
        object("health_care".into()).await.unwrap();
        object("whole".into()).await.unwrap();
        assert!(hears(&w, &s, id, s.health).await.is_empty(), "{}: the whole", w.engine);
        let e = held(&w, &s, id, &came).await;
        assert!(matches!(e, Err(ProgrammeError::State("state-conference-refused"))), "{}", w.engine);
        settle(2, "taken_back").await.unwrap();
        assert!(hears(&w, &s, id, s.prosecutor).await.is_empty(), "{}: open against it", w.engine);
        assert_eq!(hears(&w, &s, id, s.health).await, ["health"], "{}", w.engine);
        settle(0, "followed").await.unwrap();
        assert!(settle(0, "followed").await.is_err(), "{}: settled once", w.engine);
        let c = one(&w, &s, id).await.body;
        assert!(c.invited.iter().all(|i| i.institution != s.prosecutor), "{}", w.engine);
        // The point is still open: it is not spoken of, so nothing of health goes out.
        held(&w, &s, id, &[s.health, s.lucia.account]).await.unwrap();
        assert!(went(&w, &s).await.is_empty(), "{}", w.engine);
        let said: Vec<_> = facts(&w, "conference.objected").await.into_iter().map(|f| f.0).collect();
        assert_eq!(said, ["institution", "point", "whole"], "{}", w.engine);
    }
}

#[tokio::test]
async fn an_institution_reads_its_own_part_and_what_went_out_is_on_her_list() {
    for w in worlds().await {
        let s = setting(&w).await;
        let id = prepare(&w, &s.nora, s.case, both(&s)).await.unwrap();
        held(&w, &s, id, &[s.prosecutor, s.health]).await.unwrap();
        let legal = vec!["legal".to_owned()];
        let health = vec!["health".to_owned()];
        let mut expected = vec![
            ("conference".to_owned(), s.prosecutor, legal.clone()),
            ("conference".to_owned(), s.health, health),
        ];
        expected.sort();
        assert_eq!(went(&w, &s).await, expected, "{}", w.engine);
        let until = day(&w, 5);
        let decide = async |point: &str, whose: Uuid, words: &str| {
            let new = NewDecision { kind: "ask_measure", point, words, whose: Some(whose), until: &until };
            work!(w, s.nora, |work| rules::decide(&w.p, &mut work, &s.nora, (s.case, id), new).await)
        };
        decide("protection", s.prosecutor, "Pedir que la medida dure más").await.unwrap();
        // Of a point that touches what it may not know, not even its own goes on paper.
        decide("health_care", s.prosecutor, "Avisar de la cita").await.unwrap();
        decide("health_care", s.health, "Dar la cita").await.unwrap();
        let now = w.p.store.clock.now();
        let mut tx = w.p.store.db.read().await.unwrap();
        let it = rules::minutes(&w.p, &mut tx, &s.lucia, (s.case, id, s.prosecutor), now).await.unwrap();
        let points: Vec<_> = it.points.iter().map(|p| p.code.as_str()).collect();
        let words: Vec<_> = it.decisions.iter().map(|d| d.body.words.as_str()).collect();
        assert_eq!(
            (points, words),
            (vec!["protection"], vec!["Pedir que la medida dure más"]),
            "{}",
            w.engine
        );
        drop(tx);
        let to = (s.case, id, s.prosecutor);
        let e = work!(w, s.nora, |work| rules::hand(&w.p, &mut work, &s.nora, to).await);
        assert!(e.is_err(), "{}: she who coordinates may not share", w.engine);
        work!(w, s.lucia, |work| rules::hand(&w.p, &mut work, &s.lucia, to).await).unwrap();
        assert!(went(&w, &s).await.contains(&("minutes".to_owned(), s.prosecutor, legal)), "{}", w.engine);
        // She takes her word back: nothing more goes to it.
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &s.lucia, Act::CASE_READ, s.case).await.unwrap();
        let live =
            consent::live_for(&w.p, &mut tx, &s.lucia, &grant, (s.case, s.prosecutor), now).await.unwrap();
        drop(tx);
        let consent = live[0].head.id;
        work!(w, s.lucia, |work| consent::withdraw(&w.p, &mut work, &s.lucia, s.case, consent).await)
            .unwrap();
        let e = work!(w, s.lucia, |work| rules::hand(&w.p, &mut work, &s.lucia, to).await);
        assert!(e.is_err(), "{}: no grant, no minutes", w.engine);
    }
}

#[tokio::test]
async fn a_decision_of_ours_is_a_task_and_one_of_an_institution_is_followed_up() {
    for w in worlds().await {
        let s = setting(&w).await;
        let id = prepare(&w, &s.nora, s.case, both(&s)).await.unwrap();
        held(&w, &s, id, &[s.prosecutor]).await.unwrap();
        let (soon, later) = (day(&w, 1), day(&w, 9));
        let decide = async |whose: Option<Uuid>, words: &str, until: &str| {
            let new = NewDecision { kind: "accompany", point: "protection", words, whose, until };
            work!(w, s.nora, |work| rules::decide(&w.p, &mut work, &s.nora, (s.case, id), new).await)
        };
        let e = decide(None, "", &day(&w, -1)).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["words", "whose", "until"], "{}", w.engine);
        decide(Some(s.lucia.account), "Ir con ella", &soon).await.unwrap();
        let theirs = decide(Some(s.prosecutor), "Mandar el oficio", &soon).await.unwrap();
        let states = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let mut all: Vec<(String, String)> = rules::decided(&w.p, &mut tx, &s.lucia, s.case)
                .await
                .unwrap()
                .into_iter()
                .map(|d: Entry<Decision>| (d.body.words, d.head.state))
                .collect();
            all.sort();
            all.into_iter().map(|d| d.1).collect::<Vec<_>>()
        };
        let mine = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let before = w.p.store.clock.now() + 30 * DAY;
            let all = tasks::mine(&w.p, &mut tx, &s.lucia, before, 0).await.unwrap();
            all.into_iter().find(|t| t.text == "Ir con ella")
        };
        let task = mine().await.unwrap().head;
        let set = async |seen: i64, done: bool| {
            let which = (s.case, task.id, seen);
            work!(w, s.lucia, |work| tasks::set(&w.p, &mut work, &s.lucia, which, done).await).unwrap();
        };
        set(1, true).await;
        assert_eq!(states().await, ["kept", "open"], "{}", w.engine);
        assert!(mine().await.is_none(), "{}", w.engine);
        set(2, false).await;
        w.place.clock.move_by(3 * DAY + HOUR);
        set(3, true).await;
        assert_eq!(states().await, ["late", "open"], "{}", w.engine);
        let answer = async |how: &str, on: &str, seen: i64| {
            let which = (s.case, theirs, seen);
            work!(w, s.nora, |work| rules::answer(&w.p, &mut work, &s.nora, which, (how, on)).await)
        };
        assert_eq!(shelter::fields(answer("kept", &later, 1).await.unwrap_err()), ["done"], "{}", w.engine);
        answer("kept", &soon, 1).await.unwrap();
        assert!(answer("dropped", &soon, 2).await.is_err(), "{}: once", w.engine);
        assert_eq!(states().await, ["late", "kept"], "{}", w.engine);
        let all = facts(&w, "conference.followed").await;
        let all: Vec<_> = all.iter().map(|f| (f.1.as_deref().unwrap(), f.2)).collect();
        assert_eq!(all, [("kept", -1), ("kept", 1), ("kept", 1), ("late", 1)], "{}", w.engine);
        // Over: nothing of it changes any more.
        let seen = one(&w, &s, id).await.head.version;
        let e = work!(w, s.nora, |work| rules::cancel(&w.p, &mut work, &s.nora, (s.case, id, seen)).await);
        assert!(matches!(e, Err(ProgrammeError::State("state-conference-over"))), "{}", w.engine);
    }
}

#[tokio::test]
async fn another_day_wants_her_told_again() {
    for w in worlds().await {
        let s = setting(&w).await;
        let id = prepare(&w, &s.nora, s.case, both(&s)).await.unwrap();
        work!(w, s.nora, |work| rules::tell(&w.p, &mut work, &s.nora, (s.case, id, 1)).await).unwrap();
        let to = day(&w, 8);
        let which = (s.case, id, 2);
        work!(w, s.nora, |work| rules::postpone(&w.p, &mut work, &s.nora, which, (&to, "9:30")).await)
            .unwrap();
        let c = one(&w, &s, id).await;
        assert_eq!((c.head.on_day.as_deref(), c.body.told, c.body.was.len()), (Some(to.as_str()), None, 1));
        let e = work!(w, s.nora, |work| rules::cancel(&w.p, &mut work, &s.nora, which).await);
        assert!(matches!(e, Err(ProgrammeError::Stale)), "{}", w.engine);
        work!(w, s.nora, |work| rules::cancel(&w.p, &mut work, &s.nora, (s.case, id, 3)).await).unwrap();
        assert_eq!(one(&w, &s, id).await.head.state, "cancelled", "{}", w.engine);
        let ended = facts(&w, "conference.ended").await;
        assert_eq!(ended, [("our_office".into(), Some("cancelled".into()), 1)], "{}", w.engine);
    }
}
