//! Changing a person: nothing overwritten in silence, nothing lost, and found under her new name.

use ceiba_access::{Act, Caller};
use ceiba_programme::dates::Birth;
use ceiba_programme::people::{self, Core, Identity};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, cases};
use uuid::Uuid;

async fn change(w: &World, who: &Caller, at: (Uuid, i64), core: &Core) -> Outcome<()> {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let id = people::change(&w.p, &mut work, who, at, core).await?;
    work.commit().await.unwrap();
    people::known::refresh(&w.p, id).await
}

async fn paper(w: &World, who: &Caller, at: (Uuid, i64), identity: &Identity) -> Outcome<()> {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let id = people::change_identity(&w.p, &mut work, who, at, identity).await?;
    work.commit().await.unwrap();
    people::known::refresh(&w.p, id).await
}

async fn found(w: &World, who: &Caller, typed: &str) -> Vec<Uuid> {
    let mut tx = w.p.store.db.read().await.unwrap();
    people::known::search(&w.p, &mut tx, who, typed).await.unwrap()
}

async fn core(w: &World, who: &Caller, case: Uuid) -> (Core, i64) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let file = cases::read(&w.p, &mut work, who, case, "summary").await.unwrap();
    (file.person.core, file.person.version)
}

#[tokio::test]
async fn a_new_chosen_name_is_found_whatever_its_letters_and_the_old_one_is_kept() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        for (n, name) in ["Ixk'at Ñandú", "Kʼicheʼ Ana", "Zoé Ángeles"].into_iter().enumerate() {
            let (was, version) = core(&w, &lucia, case).await;
            assert_eq!(version, 1 + i64::try_from(n).unwrap());
            let new = Core { chosen_name: name.into(), ..was.clone() };
            change(&w, &lucia, (case, version), &new).await.unwrap();
            assert_eq!(core(&w, &lucia, case).await.0, new, "{}", w.engine);
            assert_eq!(found(&w, &lucia, name).await, [case], "{name} ({})", w.engine);
            assert!(
                found(&w, &lucia, &was.chosen_name).await.is_empty(),
                "{} still answers",
                was.chosen_name
            );
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::WRITE_SOCIAL, case).await.unwrap();
        let person = cases::lookup(&mut tx, case).await.unwrap().person;
        let before = people::history(&w.p, &mut tx, &lucia, &grant, person).await.unwrap();
        let names: Vec<_> = before.iter().map(|b| b.core.chosen_name.as_str()).collect();
        assert_eq!(names, ["Kʼicheʼ Ana", "Ixk'at Ñandú", "Luz"]);
    }
}

#[tokio::test]
async fn of_two_who_change_her_at_once_one_is_told_on_both_parts() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let name = |name: &str| Core { chosen_name: name.into(), language: "spa".into(), ..Core::default() };
        let (hers, mine) = (name("Alba"), name("Brisa"));
        let (one, other) =
            tokio::join!(change(&w, &lucia, (case, 1), &hers), change(&w, &nora, (case, 1), &mine));
        assert!(one.is_ok() != other.is_ok(), "{}: one wins", w.engine);
        let lost = one.err().or(other.err()).unwrap();
        assert!(matches!(lost, ProgrammeError::Stale), "{}: {lost}", w.engine);
        let (now, version) = core(&w, &lucia, case).await;
        assert_eq!(version, 2);
        assert_eq!(found(&w, &lucia, &now.chosen_name).await, [case]);
        // The identity carries the same version: whoever saw the row before is told as well.
        let late = paper(&w, &lucia, (case, 1), &Identity::default()).await;
        assert!(matches!(late, Err(ProgrammeError::Stale)), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_changed_identity_is_found_by_its_document_and_the_former_one_is_not() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let first =
            Identity { document: "0000 11111 0920".into(), given: "Inventada".into(), ..Identity::default() };
        paper(&w, &lucia, (case, 1), &first).await.unwrap();
        let second =
            Identity { document: "9999-22222".into(), surnames: "D'Ejemplo Noexiste".into(), ..first };
        paper(&w, &lucia, (case, 2), &second).await.unwrap();
        assert_eq!(found(&w, &lucia, "9999 22222").await, [case], "{}", w.engine);
        assert!(found(&w, &lucia, "0000111110920").await.is_empty(), "{}", w.engine);
        assert_eq!(found(&w, &lucia, "D'Ejemplo").await, [case], "{}", w.engine);
        // Both parts open after either was changed, and after a start that reads everything anew.
        assert_eq!(core(&w, &lucia, case).await.0.chosen_name, "Luz");
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(people::known::build(&w.p, &mut tx).await.unwrap().people, 1);
        drop(tx);
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let grant = w.p.may_case(work.tx(), &lucia, Act::READ_IDENTITY, case).await.unwrap();
        let person = cases::lookup(work.tx(), case).await.unwrap().person;
        let (now, version) =
            people::identity(&w.p, &mut work, &lucia, &grant, person, "document").await.unwrap();
        assert_eq!((now, version), (second, 3), "{}", w.engine);
    }
}

#[tokio::test]
async fn only_who_may_write_changes_her_and_a_change_is_taken_back_within_thirty_days() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let stranger = w.person("otra", "social_worker", Some("M2")).await;
        let case = w.case(&lucia, "Luz").await;
        let new = Core {
            chosen_name: "Alba".into(),
            language: "spa".into(),
            interpreter: true,
            birth: Birth::Month { year: 2010, month: 5 },
            ..Core::default()
        };
        for refused in [
            change(&w, &stranger, (case, 1), &new).await,
            paper(&w, &stranger, (case, 1), &Identity::default()).await,
            paper(&w, &nora, (case, 1), &Identity::default()).await,
        ] {
            assert!(matches!(refused, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        }
        let bad = Core { chosen_name: " ".into(), language: "klingon".into(), ..new.clone() };
        let Err(ProgrammeError::Invalid(list)) = change(&w, &nora, (case, 1), &bad).await else {
            unreachable!("it must be refused")
        };
        assert_eq!(list.iter().map(|p| p.field).collect::<Vec<_>>(), ["chosen_name", "language"]);
        change(&w, &nora, (case, 1), &new).await.unwrap();
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let late = people::undo(&w.p, &mut work, &lucia, (case, 1)).await;
        assert!(matches!(late, Err(ProgrammeError::Stale)), "{}", w.engine);
        let id = people::undo(&w.p, &mut work, &lucia, (case, 2)).await.unwrap();
        work.commit().await.unwrap();
        people::known::refresh(&w.p, id).await.unwrap();
        assert_eq!(core(&w, &lucia, case).await.0.chosen_name, "Luz");
        assert_eq!(found(&w, &lucia, "Luz").await, [case]);
        w.place.clock.move_by(31 * ceiba_store::DAY);
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let late = people::undo(&w.p, &mut work, &lucia, (case, 3)).await;
        assert!(matches!(late, Err(ProgrammeError::State("state-undo-too-late"))), "{}", w.engine);
    }
}
