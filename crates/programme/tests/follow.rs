//! What follows from something else is a version too: nothing changes without saying what was before. And what follows from a
//! closing: when somebody asks how she is.

use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::followup::{self, FollowUp, due};
use ceiba_programme::cases::referrals::{self, Referral};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::tasks::{self, Task};
use ceiba_programme::cases::{self, closure, services, team};
use ceiba_programme::entries::{self, Entry, Former};
use ceiba_programme::packs::Pack;
use ceiba_programme::partners::directory;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, dates, work};
use ceiba_store::DAY;
use uuid::Uuid;

#[tokio::test]
async fn a_task_settled_by_a_rule_has_its_former_version_and_can_be_opened_again() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let folder = (case, Folder::Social);
        let task = async || -> Entry<Task> {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &lucia, Act::TASK_WRITE, case).await.unwrap();
            let all: Vec<Entry<Task>> = entries::list(&w.p, &mut tx, &lucia, &grant, folder).await.unwrap();
            all.into_iter().find(|t| t.head.code.as_deref() == Some("safety-first")).unwrap()
        };
        let before = task().await;
        assert_eq!((before.head.state.as_str(), before.head.version), ("open", 1));
        let evaluation = Evaluation::default();
        let evaluate =
            work!(w, lucia, |work| safety::evaluate(&w.p, &mut work, &lucia, case, "low", &evaluation).await);
        evaluate.unwrap();
        let settled = task().await;
        assert_eq!((settled.head.state.as_str(), settled.head.version), ("done", 2), "{}", w.engine);
        // Whoever still has the page from before is told, and overwrites nothing.
        let late = (case, before.head.id, before.head.version);
        let stale = work!(w, lucia, |work| tasks::set(&w.p, &mut work, &lucia, late, true).await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{}", w.engine);
        let history = async || -> Vec<Former<Task>> {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &lucia, Act::TASK_WRITE, case).await.unwrap();
            let head = entries::head(&mut tx, case, before.head.id).await.unwrap();
            entries::history(&w.p, &mut tx, &lucia, &grant, &head).await.unwrap()
        };
        let former = history().await;
        assert_eq!((former.len(), former[0].why.as_str()), (1, "resolved"));
        assert_eq!((former[0].plain.state.as_str(), former[0].changed_by), ("open", lucia.account));
        let taken_back = (case, before.head.id);
        work!(w, lucia, |work| entries::undo(&w.p, &mut work, &lucia, taken_back, 2).await).unwrap();
        assert_eq!(task().await.head.state, "open");
        assert_eq!(history().await.len(), 2, "{}", w.engine);
    }
}

#[tokio::test]
async fn what_she_withdraws_keeps_what_was_before() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let school = directory::list(&mut tx).await.unwrap()[0].id;
        drop(tx);
        let consent = Consent {
            data: vec!["needs".into()],
            language: "spa".into(),
            how: "spoken".into(),
            assent: "yes".into(),
            by: "pgn".into(),
            legal_basis: String::new(),
        };
        let (purpose, until) = ("share_named_partner", "2026-12-01");
        let new = consent::New { purpose, recipient: Some(school), until, given: true, consent };
        let given =
            work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new).await).unwrap();
        let referral = Referral { need: "Un cupo".into(), data: vec!["needs".into()], ..Referral::default() };
        let to = (school, "legal_advice", referrals::Way::Told);
        let sent =
            work!(w, lucia, |work| referrals::send(&w.p, &mut work, &lucia, case, to, &referral).await);
        let sent = sent.unwrap();
        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, given).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::SERVICE_WRITE, case).await.unwrap();
        for (id, before, after) in [(given, "live", "withdrawn"), (sent, "requested", "cancelled")] {
            let head = entries::head(&mut tx, case, id).await.unwrap();
            assert_eq!((head.state.as_str(), head.version), (after, 2), "{}", w.engine);
            let former: Vec<Former<serde_json::Value>> =
                entries::history(&w.p, &mut tx, &lucia, &grant, &head).await.unwrap();
            assert_eq!(former[0].plain.state, before, "{}", w.engine);
        }
    }
}

/// Closes a case of Lucía's: Carmen asks, Nora approves.
async fn close(w: &World, case: Uuid, reason: &str) {
    let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
    let (carmen, nora) = (
        w.person("carmen", "coordinator", Some("K1")).await,
        w.person("nora", "coordinator", Some("K1")).await,
    );
    work!(w, carmen, |work| closure::ask(&w.p, &mut work, &carmen, case, reason, &body).await).unwrap();
    work!(w, nora, |work| closure::decide(&w.p, &mut work, &nora, case, true).await).unwrap();
}

/// A contact on the day of the clock: how it went, and whether she wants support.
async fn contact(w: &World, who: &Caller, case: Uuid, how: (&str, bool)) -> Outcome<Uuid> {
    let day = w.p.day(w.p.store.clock.now());
    let body =
        FollowUp { safe: "yes".into(), home: "yes".into(), doing: "study".into(), ..FollowUp::default() };
    work!(w, who, |work| followup::add(&w.p, &mut work, who, case, (how.0, &day, how.1), &body).await)
}

/// What is due of closed files, as the page of today asks.
async fn due_of(w: &World, who: &Caller) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let week = dates::day(w.p.store.clock.now() + 7 * DAY, &w.p.pack.zone);
    due::mine(&w.p, &mut tx, who, week).await.unwrap().into_iter().map(|m| m.look).collect()
}

#[tokio::test]
async fn a_closed_file_takes_a_follow_up_at_six_and_at_twelve_months_and_nothing_else() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let other = w.person("tono", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let boss = w.person("pilar", "coordinator", Some("K1")).await;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, julio.account).await).unwrap();
        close(&w, case, "reintegrated_family").await;
        assert_eq!(due_of(&w, &lucia).await, [""; 0], "{}: nothing is due yet", w.engine);
        w.place.clock.move_by(178 * DAY);
        assert_eq!(due_of(&w, &lucia).await, ["months6"], "{}", w.engine);
        assert_eq!(due_of(&w, &other).await, [""; 0], "it is hers who answers for the case");
        // Only who had it, and only this.
        for who in [&julio, &other, &boss] {
            assert!(contact(&w, who, case, ("reached", false)).await.is_err(), "{}", w.engine);
        }
        let day = w.p.day(w.p.store.clock.now());
        let service = services::Service { amount: 1, ..services::Service::default() };
        let what = ("psychology", day.as_str());
        let served =
            work!(w, lucia, |work| services::give(&w.p, &mut work, &lucia, case, what, &service).await);
        assert!(matches!(served, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        // Not reached: it stays due, and nobody counts as reached.
        contact(&w, &lucia, case, ("not_reached", false)).await.unwrap();
        assert_eq!(due_of(&w, &lucia).await, ["months6"], "{}", w.engine);
        contact(&w, &lucia, case, ("reached", true)).await.unwrap();
        assert_eq!(due_of(&w, &lucia).await, [""; 0], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let text = "SELECT f.outcome || ' ' || f.code || ' ' || d.value AS x FROM fact f JOIN fact_dim d ON d.fact = f.id
                    WHERE f.kind = 'followup' ORDER BY f.outcome";
        let rows = tx.sql(text).all().await.unwrap();
        let facts: Vec<String> = rows.iter().map(|r| r.get("x").unwrap()).collect();
        assert_eq!(facts, ["not_reached unknown months6", "reached yes months6"], "{}", w.engine);
        // She wants support: who coordinates finds it until a new case is open, which ends the asking.
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        assert_eq!(due::wanting(&w.p, &mut tx, &boss).await.unwrap(), [code], "{}", w.engine);
        assert_eq!(due::wanting(&w.p, &mut tx, &lucia).await.unwrap(), [""; 0]);
        drop(tx);
        w.place.clock.move_by(182 * DAY);
        assert_eq!(due_of(&w, &lucia).await, ["months12"], "{}", w.engine);
        work!(w, boss, |work| closure::reopen(&w.p, &mut work, &boss, case).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(due::wanting(&w.p, &mut tx, &boss).await.unwrap(), [""; 0]);
        drop(tx);
        assert_eq!(due_of(&w, &lucia).await, [""; 0], "{}", w.engine);
    }
}

#[test]
fn what_is_due_follows_from_the_terms_the_day_of_closing_and_the_contacts() {
    let pack = Pack::read("guatemala", "demo").unwrap();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let closed = day("2026-08-31");
    let stands = |reason: &str, contacts: &[(&str, &str)], today: &str| -> Vec<due::Standing> {
        let contacts: Vec<due::Contact> = contacts.iter().map(|(s, d)| ((*s).to_owned(), day(d))).collect();
        let all = due::standing(&pack.follow, (reason, closed), &contacts, day(today));
        all.into_iter().map(|(_, s)| s).collect()
    };
    let due_on = |on: &str, tried: Option<&str>| due::Standing::Due { on: day(on), tried: tried.map(day) };
    let both = [due_on("2027-02-28", None), due_on("2027-08-31", None)];
    assert_eq!(stands("goals_met", &[], "2026-09-01"), both, "months of the calendar");
    assert_eq!(stands("goals_met", &[("reached", "2026-08-01")], "2026-09-01"), both, "before closing");
    assert_eq!(stands("goals_met", &[("reached", "2026-10-01")], "2026-11-01"), both, "too soon to count");
    let tried = [("not_reached", "2027-01-10"), ("not_reached", "2027-01-20")];
    assert_eq!(stands("goals_met", &tried, "2027-02-01")[0], due_on("2027-02-28", Some("2027-01-20")));
    let lost = [("not_reached", "2027-01-10"), ("lost", "2027-03-10")];
    assert_eq!(stands("goals_met", &lost, "2027-04-01"), [due::Standing::Done(day("2027-03-10")), both[1]]);
    assert_eq!(stands("goals_met", &[], "2027-06-01"), [due::Standing::Missed, both[1]]);
    let no = [("reached", "2027-01-10"), ("declined", "2027-01-11")];
    assert_eq!(stands("goals_met", &no, "2027-04-01")[1], due::Standing::Declined, "she is not asked again");
    for reason in ["deceased", "withdrew", "duplicate"] {
        assert_eq!(stands(reason, &[], "2027-04-01"), [], "{reason}");
    }
}
