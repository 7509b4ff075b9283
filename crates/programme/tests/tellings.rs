//! «Tell it once»: what is counted, what an institution that asks again is told, and what it never is.

use ceiba_access::{Act, Caller};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::tellings::{self, Telling};
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::hearings::{self, Hearing, New};
use ceiba_programme::justice::requests::{self, Known, Request, TOLD};
use ceiba_programme::partners::disclosed;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::DAY;
use uuid::Uuid;

use crate::support::shelter;

async fn institution(w: &World, code: &str) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    let row = tx.sql("SELECT id FROM institution WHERE code = $1").bind(code).one().await.unwrap();
    row.get("id").unwrap()
}

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

async fn allows(w: &World, who: &Caller, case: Uuid, to: Uuid, data: &str) {
    let consent = Consent {
        data: vec![data.to_owned()],
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
    work!(w, who, |work| consent::record(&w.p, &mut work, who, case, &new).await).unwrap();
}

async fn tells(
    w: &World,
    who: &Caller,
    case: Uuid,
    purpose: &str,
    t: &Telling,
) -> Result<Uuid, ProgrammeError> {
    let on = day(w, -2);
    work!(w, who, |work| tellings::add(&w.p, &mut work, who, case, (purpose, &on, None, false), t).await)
}

async fn asks(w: &World, who: &Caller, case: Uuid, to: Option<Uuid>) -> Result<Uuid, ProgrammeError> {
    let on = day(w, 0);
    let proposes = ["advance_evidence".to_owned(), "gesell".to_owned()];
    work!(w, who, |work| requests::ask(
        &w.p,
        &mut work,
        who,
        case,
        (to, "prosecutor", &on),
        ("Unidad inventada", &proposes)
    )
    .await)
}

async fn seen(w: &World, who: &Caller, case: Uuid) -> (Known, Vec<Entry<Request>>) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::CASE_READ, case).await.unwrap();
    let known = requests::known(&w.p, &mut tx, who, &grant, case).await.unwrap();
    (known, requests::list(&w.p, &mut tx, who, &grant, case).await.unwrap())
}

async fn facts(w: &World, kind: &str) -> Vec<(Option<String>, Option<String>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows =
        tx.sql("SELECT code, outcome FROM fact WHERE kind = $1 ORDER BY at").bind(kind).all().await.unwrap();
    rows.iter().map(|r| (r.get("code").unwrap(), r.get("outcome").unwrap())).collect()
}

#[tokio::test]
async fn what_she_told_is_counted_with_where_and_whether_it_could_be_avoided() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let held = Telling {
            who: "Policía".into(),
            place: "open_room".into(),
            asked_by: "police".into(),
            company: "Lucía".into(),
            avoidable: "yes".into(),
            ..Telling::default()
        };
        tells(&w, &lucia, case, "police", &held).await.unwrap();
        let silent = Telling { avoidable: "no".into(), ..held.clone() };
        let e = tells(&w, &lucia, case, "health", &silent).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["why_not"], "{}", w.engine);
        let made_up = Telling { place: "barn".into(), asked_by: "nobody".into(), ..held.clone() };
        let e = tells(&w, &lucia, case, "health", &made_up).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["place", "asked_by"], "{}", w.engine);
        let again = Telling { avoidable: String::new(), ..held.clone() };
        let e = tells(&w, &lucia, case, "police", &again).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["aware"], "the same one is counted twice ({})", w.engine);
        let (known, _) = seen(&w, &lucia, case).await;
        assert_eq!((known.held.len(), known.evidence), (1, None), "{}", w.engine);
        let facts = facts(&w, "telling.held").await;
        assert_eq!(facts, [(Some("police".into()), Some("open_room".into()))], "{}", w.engine);
    }
}

#[tokio::test]
async fn a_hearing_in_which_she_spoke_counts_by_itself_and_stays_counted() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let on = day(&w, 1);
        for (kind, times) in [("review", 0), ("advance_evidence", 1)] {
            let hearing = Hearing {
                company: "Lucía".into(),
                interpreter: "not_needed".into(),
                transport: "arranged".into(),
                place: "gesell".into(),
                ..Hearing::default()
            };
            let new = New { kind, institution: None, on_day: &on, time: "8:30", hearing };
            let id =
                work!(w, lucia, |work| hearings::set(&w.p, &mut work, &lucia, case, &new).await).unwrap();
            w.place.clock.move_by(2 * DAY);
            let held = ("held", "");
            work!(w, lucia, |work| hearings::end(&w.p, &mut work, &lucia, (case, id, 1), held).await)
                .unwrap();
            w.place.clock.move_by(-2 * DAY);
            let mut tx = w.p.store.db.read().await.unwrap();
            assert_eq!(tellings::count(&mut tx, case).await.unwrap(), times, "{kind} ({})", w.engine);
        }
        // Somebody notes by hand what a hearing has counted.
        let court = Telling { who: "Juzgado".into(), ..Telling::default() };
        w.place.clock.move_by(2 * DAY);
        let what = ("court", on.as_str(), None, false);
        let e = work!(w, lucia, |work| tellings::add(&w.p, &mut work, &lucia, case, what, &court).await)
            .unwrap_err();
        assert_eq!(shelter::fields(e), ["aware"], "{}", w.engine);
        w.place.clock.move_by(-2 * DAY);
        let (known, _) = seen(&w, &lucia, case).await;
        assert_eq!(known.evidence, Some(on), "{}", w.engine);
        assert!(!requests::proposed(&known).contains(&"gesell"), "what exists is proposed, not another room");
    }
}

#[tokio::test]
async fn an_institution_that_asks_again_is_told_what_exists_only_with_her_permission() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let held = Telling { who: "Policía".into(), place: "office".into(), ..Telling::default() };
        tells(&w, &lucia, case, "police", &held).await.unwrap();
        let e = asks(&w, &lucia, case, None).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["institution"], "{}", w.engine);
        let to = institution(&w, "mp-trata").await;
        let silent = asks(&w, &lucia, case, Some(to)).await.unwrap();
        work!(w, lucia, |work| requests::deliver(&w.p, &mut work, &lucia, (case, silent, 1)).await).unwrap();
        // A permission for something else covers nothing of this.
        allows(&w, &lucia, case, to, "contact").await;
        let other = asks(&w, &lucia, case, Some(to)).await.unwrap();
        work!(w, lucia, |work| requests::deliver(&w.p, &mut work, &lucia, (case, other, 1)).await).unwrap();
        let (_, all) = seen(&w, &lucia, case).await;
        assert!(all.iter().all(|r| r.body.told.is_empty() && r.body.known == Known::default()));
        let listed = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            disclosed::list(&w.p, &mut tx, &lucia, case).await.unwrap()
        };
        assert!(listed().await.is_empty(), "{}", w.engine);

        allows(&w, &lucia, case, to, "legal").await;
        let open = asks(&w, &lucia, case, Some(to)).await.unwrap();
        work!(w, lucia, |work| requests::deliver(&w.p, &mut work, &lucia, (case, open, 1)).await).unwrap();
        let (_, all) = seen(&w, &lucia, case).await;
        let letter = all.iter().find(|r| r.head.id == open).unwrap();
        assert_eq!((letter.body.told.len(), letter.body.known.held.len()), (TOLD.len(), 1), "{}", w.engine);
        let went = listed().await;
        assert_eq!(went.len(), 1, "{}", w.engine);
        assert_eq!((went[0].how.as_str(), went[0].institution), ("letter", to), "{}", w.engine);
        assert!(!went[0].grants.is_empty(), "it rests on her permission");
    }
}

#[tokio::test]
async fn a_request_ends_once_and_what_was_avoided_is_a_fact() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let to = institution(&w, "mp-trata").await;
        let (a, b) = (
            asks(&w, &lucia, case, Some(to)).await.unwrap(),
            asks(&w, &lucia, case, Some(to)).await.unwrap(),
        );
        let settle = async |id, seen, how| {
            work!(w, lucia, |work| requests::settle(&w.p, &mut work, &lucia, (case, id, seen), how).await)
        };
        let e = settle(a, 1, "forgotten").await.unwrap_err();
        assert_eq!(shelter::fields(e), ["how"], "{}", w.engine);
        settle(a, 1, "avoided").await.unwrap();
        assert!(matches!(settle(a, 1, "avoided").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        assert!(matches!(settle(a, 2, "needed").await, Err(ProgrammeError::State(_))), "{}", w.engine);
        let late = work!(w, lucia, |work| requests::deliver(&w.p, &mut work, &lucia, (case, a, 2)).await);
        assert!(matches!(late, Err(ProgrammeError::State(_))), "{}", w.engine);
        settle(b, 1, "needed").await.unwrap();
        assert_eq!(facts(&w, "telling.requested").await.len(), 2, "{}", w.engine);
        assert_eq!(facts(&w, "telling.avoided").await, [(Some("prosecutor".into()), None)], "{}", w.engine);
    }
}
