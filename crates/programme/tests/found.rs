//! Several people found at once: all or none, kept apart, asked once, and known to nobody who may not know.

use ceiba_access::{Act, Caller, Folder, Refusal};
use ceiba_programme::cases::found::{self, One, Together};
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::cases::{by_code, lookup, relations, tellings};
use ceiba_programme::entries;
use ceiba_programme::shelter::apart;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use uuid::Uuid;

fn one(name: &str, years: u8) -> One {
    One {
        chosen_name: name.to_owned(),
        years: Some(years),
        sex: "Feminine".to_owned(),
        needs: vec!["rest".to_owned()],
        tonight: "open".to_owned(),
        asked: false,
    }
}

fn four() -> Together {
    Together {
        place: "bar".to_owned(),
        municipality: "GT0920".to_owned(),
        found_by: "police".to_owned(),
        call: "La agente inventada, desde la subestación".to_owned(),
        language: "mam".to_owned(),
        interpreter: "wanted".to_owned(),
        site: "K1".to_owned(),
        people: vec![
            one("Rosa", 14),
            One { asked: true, ..one("Persona 2", 15) },
            one("D'Ana", 16),
            One { tonight: "M1".to_owned(), ..one("Yeimi", 17) },
        ],
        ..Together::default()
    }
}

async fn received(w: &World, caller: &Caller, all: &Together) -> Uuid {
    work!(w, caller, |work| found::receive(&w.p, &mut work, caller, all).await).unwrap()
}

async fn cases(w: &World, caller: &Caller, event: Uuid) -> Vec<Uuid> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut ids = Vec::new();
    for seen in found::read(&w.p, &mut tx, caller, event).await.unwrap().people {
        ids.push(by_code(&mut tx, &seen.code).await.unwrap());
    }
    ids
}

#[tokio::test]
async fn four_at_once_are_kept_apart_and_asked_once() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let event = received(&w, &lucia, &four()).await;
        let ids = cases(&w, &lucia, event).await;
        assert_eq!(ids.len(), 4);
        let mut tx = w.p.store.db.read().await.unwrap();
        // The coordinator of the clinic's site asks; the fourth is another house's.
        for id in &ids[..3] {
            let kept = apart::list(&w.p, &mut tx, &boss, *id).await.unwrap();
            let mut others: Vec<Uuid> = kept.iter().map(|k| k.other).collect();
            others.sort_unstable();
            let mut rest: Vec<Uuid> = ids.iter().copied().filter(|o| o != id).collect();
            rest.sort_unstable();
            assert_eq!(others, rest, "{}: apart from each of the others, once", w.engine);
            let grant = w.p.may_case(&mut tx, &lucia, Act::READ_SOCIAL, *id).await.unwrap();
            let linked = relations::list(&w.p, &mut tx, &lucia, &grant, *id).await.unwrap();
            assert_eq!(linked.len(), 3);
            assert!(linked.iter().all(|r| r.head.code.as_deref() == Some("co_victim")));
            assert_eq!(found::of_case(&mut tx, *id).await.unwrap(), Some(event));
        }
        let told: Vec<i64> = [
            tellings::count(&mut tx, ids[0]).await.unwrap(),
            tellings::count(&mut tx, ids[1]).await.unwrap(),
        ]
        .into();
        assert_eq!(told, [0, 1], "only who was asked has told it");
        let sites =
            [lookup(&mut tx, ids[2]).await.unwrap().site, lookup(&mut tx, ids[3]).await.unwrap().site];
        assert_eq!(sites, ["K1", "M1"], "who sleeps in a house is that house's");
        drop(tx);
        // Whoever plans another interview with her is asked whether she saw that.
        let again = work!(w, lucia, |work| tellings::add(
            &w.p,
            &mut work,
            &lucia,
            ids[1],
            ("prosecutor", "2027-01-02", None, false),
            &tellings::Telling { who: "Fiscalía inventada".to_owned(), ..Default::default() }
        )
        .await);
        assert!(matches!(again, Err(ProgrammeError::Invalid(list)) if list[0].key == "problem-told-already"));
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, ids[0]).await.unwrap();
        let hers =
            entries::list::<Task>(&w.p, &mut tx, &lucia, &grant, (ids[0], Folder::Social)).await.unwrap();
        let calls = hers.iter().filter(|t| t.head.code.as_deref() == Some("found-call")).count();
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, ids[3]).await.unwrap();
        let last =
            entries::list::<Task>(&w.p, &mut tx, &lucia, &grant, (ids[3], Folder::Social)).await.unwrap();
        let more = last.iter().filter(|t| t.head.code.as_deref() == Some("found-call")).count();
        assert_eq!((calls, more), (1, 0), "the team is called once for all of them");
    }
}

/// What she told whoever found her is counted as what it was: not everybody who asks is the police.
#[tokio::test]
async fn who_asked_her_is_who_found_her() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        for (by, purpose, asker) in
            [("police", "police", "police"), ("health", "health", "health"), ("community", "needs", "other")]
        {
            let all = Together { found_by: by.to_owned(), ..four() };
            let event = received(&w, &lucia, &all).await;
            let asked = cases(&w, &lucia, event).await[1];
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, asked).await.unwrap();
            let told = tellings::list(&w.p, &mut tx, &lucia, &grant, asked).await.unwrap();
            let said = (told[0].head.code.as_deref(), told[0].body.asked_by.as_str(), told.len());
            assert_eq!(said, (Some(purpose), asker, 1), "{by} ({})", w.engine);
            let row = tx
                .sql("SELECT COUNT(*) AS n FROM fact WHERE kind = 'telling.held' AND code = $1 AND outcome = 'unknown'")
                .bind(purpose)
                .one()
                .await
                .unwrap();
            assert_eq!(row.get::<i64>("n").unwrap(), 1, "a kind of place that nobody knows is said to be so");
        }
    }
}

#[tokio::test]
async fn all_or_none_and_every_problem_at_its_field() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let mut bad = four();
        bad.people[2].tonight = "the moon".to_owned();
        bad.people[3].sex = String::new();
        bad.place = String::new();
        let answer = work!(w, lucia, |work| found::receive(&w.p, &mut work, &lucia, &bad).await);
        let Err(ProgrammeError::Invalid(list)) = answer else { panic!("{}", w.engine) };
        let fields: Vec<&str> = list.iter().map(|p| p.field).collect();
        assert_eq!(fields, ["place", "tonight-3", "sex-4"]);
        let alone = Together { people: vec![one("Rosa", 14)], ..four() };
        let answer = work!(w, lucia, |work| found::receive(&w.p, &mut work, &lucia, &alone).await);
        assert!(matches!(answer, Err(ProgrammeError::Invalid(list)) if list[0].field == "n"));
        // The site is checked by each case: the ones before it go with it.
        let nowhere = Together { site: "XX".to_owned(), ..four() };
        assert!(work!(w, lucia, |work| found::receive(&w.p, &mut work, &lucia, &nowhere).await).is_err());
        let mut tx = w.p.store.db.read().await.unwrap();
        let row =
            tx.sql("SELECT (SELECT COUNT(*) FROM case_file) + (SELECT COUNT(*) FROM found) AS n").one().await;
        assert_eq!(row.unwrap().get::<i64>("n").unwrap(), 0);
    }
}

/// Whoever took the call reads the codes out, without a right to any file; nobody else learns of that night.
#[tokio::test]
async fn the_record_is_of_whoever_wrote_it_and_of_the_teams() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let duty = w.person("marta", "duty", None).await;
        let other = w.person("tono", "social_worker", Some("M1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let all = Together { responsible: Some(lucia.account), ..four() };
        let event = received(&w, &duty, &all).await;
        let ids = cases(&w, &lucia, event).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let read = found::read(&w.p, &mut tx, &duty, event).await.unwrap();
        assert!(read.people.iter().all(|s| s.name.is_none() && !s.code.is_empty()), "codes, no names");
        let read = found::read(&w.p, &mut tx, &boss, event).await.unwrap();
        assert_eq!(read.people[2].name.as_deref(), Some("D'Ana"));
        let answer = found::read(&w.p, &mut tx, &other, event).await;
        assert!(matches!(answer, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        drop(tx);
        // A conflict of interest in one of the files closes the whole night.
        let mut work = w.p.store.work(boss.account).await.unwrap();
        work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
            .bind(ids[1])
            .bind(duty.account)
            .once()
            .await
            .unwrap();
        work.record("case.block", "case", ids[1], [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let answer = found::read(&w.p, &mut tx, &duty, event).await;
        assert!(matches!(answer, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
    }
}
