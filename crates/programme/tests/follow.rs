//! What follows from something else is a version too: nothing changes without saying what was before.

use ceiba_access::{Act, Folder};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::referrals::{self, Referral};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::tasks::{self, Task};
use ceiba_programme::entries::{self, Entry, Former};
use ceiba_programme::partners::directory;
use ceiba_programme::testkit::worlds;
use ceiba_programme::{ProgrammeError, work};

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
