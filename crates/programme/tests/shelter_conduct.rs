//! The conduct of staff: written by whoever works near her, read past the house and never by whom it is about.

use crate::support::shelter as support;
use ceiba_access::{Act, Caller, Folder, Refusal, Situation};
use ceiba_programme::entries;
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::shelter::conduct::{self, Conduct};
use ceiba_programme::shelter::incidents::{self, Incident};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, notices, work};
use ceiba_store::HOUR;
use support::{arrives, fields, staff};
use uuid::Uuid;

fn said(about: Option<Uuid>) -> Conduct {
    Conduct {
        about,
        known: "she_told".into(),
        girl: "Maribel".into(),
        text: "Dice que le gritó y la encerró en el cuarto.".into(),
        ..Conduct::default()
    }
}

async fn report(w: &World, who: &Caller, body: &Conduct) -> Result<Uuid, ProgrammeError> {
    work!(w, who, |work| conduct::report(&w.p, &mut work, who, ("humiliation", body)).await)
}

#[tokio::test]
async fn it_goes_past_the_house_and_its_writer_sees_only_that_it_was_received() {
    for w in worlds().await {
        let (blanca, carmen, abel) = staff(&w).await;
        let sara = w.person("sara", "director", None).await;
        let tomas = w.person("tomas", "admin", None).await;
        let case = arrives(&w, &blanca, "Maribel", "1A", "").await;
        let id = report(&w, &blanca, &said(Some(carmen.account))).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = conduct::list(&w.p, &mut tx, &sara).await.unwrap();
        assert_eq!((all.len(), all[0].body.about), (1, Some(carmen.account)), "{}", w.engine);
        let told = notices::list(&mut tx, &sara).await.unwrap();
        assert!(told.iter().any(|n| n.kind == "conduct" && n.about == id), "{}", w.engine);
        for who in [&blanca, &carmen, &abel, &tomas] {
            let refused = conduct::list(&w.p, &mut tx, who).await;
            assert!(matches!(refused, Err(ProgrammeError::Refused(_))), "{} ({})", who.role, w.engine);
            assert!(notices::list(&mut tx, who).await.unwrap().is_empty());
        }
        assert_eq!(conduct::mine(&w.p, &mut tx, &blanca).await.unwrap().len(), 1);
        assert!(conduct::mine(&w.p, &mut tx, &carmen).await.unwrap().is_empty(), "{}", w.engine);
        // No other right opens it, not even on that very file; and who may write cannot read.
        let file = all[0].head.file;
        assert_ne!(file, case, "it stands in her file");
        let near = Situation { same_site: true, on_team: true, granted: true, ..Situation::default() };
        for (who, act) in [
            (&carmen, Act::READ_SOCIAL),
            (&carmen, Act::HOUSE_OVERRIDE),
            (&abel, Act::READ_SOCIAL),
            (&blanca, Act::CONDUCT_WRITE),
            (&blanca, Act::HOUSE_READ),
        ] {
            let grant = w.p.may_on(who, act, file, &near).unwrap();
            let opened = entries::get::<Conduct>(&w.p, &mut tx, who, &grant, file, id).await;
            assert!(opened.is_err(), "{} with {} ({})", who.role, act.code(), w.engine);
        }
        drop(tx);
        // The log of incidents of the house does not take it.
        let in_the_house = Incident { text: "Le gritó.".into(), ..Incident::default() };
        let log = work!(w, blanca, |work| {
            incidents::report(&w.p, &mut work, &blanca, None, ("staff", "", &in_the_house)).await
        });
        assert_eq!(fields(log.unwrap_err()), ["kind"], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        // Who was accused stands in clear nowhere.
        let rows = tx.sql("SELECT other, owner FROM entry WHERE kind = 'conduct'").all().await.unwrap();
        assert_ne!(rows[0].get::<Option<Uuid>>("other").unwrap(), Some(carmen.account));
        assert_eq!(rows[0].get::<Option<Uuid>>("owner").unwrap(), None);
    }
}

#[tokio::test]
async fn whom_it_is_about_does_not_read_it_whatever_her_role() {
    for w in worlds().await {
        let (blanca, _, _) = staff(&w).await;
        let sara = w.person("sara", "director", None).await;
        // With one director, nobody would read it: the page says so and nothing is written.
        let alone = report(&w, &blanca, &said(Some(sara.account))).await;
        assert_eq!(fields(alone.unwrap_err()), ["about"], "{}", w.engine);
        let ines = w.person("ines", "director", None).await;
        let id = report(&w, &blanca, &said(Some(sara.account))).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(conduct::list(&w.p, &mut tx, &sara).await.unwrap().is_empty(), "{}", w.engine);
        assert_eq!(conduct::list(&w.p, &mut tx, &ines).await.unwrap().len(), 1);
        assert!(notices::list(&mut tx, &sara).await.unwrap().is_empty(), "{}", w.engine);
        drop(tx);
        let hers = work!(w, sara, |work| conduct::step(&w.p, &mut work, &sara, (id, 1), "Nada.").await);
        assert!(matches!(hers, Err(ProgrammeError::Refused(Refusal::Absent))), "{hers:?}");
        // A girl with an account is no colleague.
        let luz = w.person("luz", "survivor", None).await;
        let no = report(&w, &blanca, &said(Some(luz.account))).await;
        assert_eq!(fields(no.unwrap_err()), ["about"], "{}", w.engine);
    }
}

#[tokio::test]
async fn its_steps_are_taken_in_order_with_words_and_counted_without_names() {
    for w in worlds().await {
        let (blanca, carmen, _) = staff(&w).await;
        let (sara, ines) =
            (w.person("sara", "director", None).await, w.person("ines", "director", None).await);
        let sofia = w.person("sofia", "mel", None).await;
        for _ in 0..5 {
            report(&w, &blanca, &said(Some(carmen.account))).await.unwrap();
        }
        let bad =
            report(&w, &blanca, &Conduct { known: "x".into(), text: String::new(), ..said(None) }).await;
        assert_eq!(fields(bad.unwrap_err()), ["known", "text"], "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let id = conduct::list(&w.p, &mut tx, &sara).await.unwrap()[0].head.id;
        drop(tx);
        let empty = work!(w, sara, |work| conduct::step(&w.p, &mut work, &sara, (id, 1), "").await);
        assert_eq!(fields(empty.unwrap_err()), ["note"], "{}", w.engine);
        for (n, who) in (1..).zip([&sara, &ines, &sara]) {
            w.place.clock.move_by(HOUR);
            let note = format!("Paso {n}.");
            work!(w, who, |work| conduct::step(&w.p, &mut work, who, (id, n), &note).await).unwrap();
            // Two at once: the second is told.
            let late =
                work!(w, ines, |work| conduct::step(&w.p, &mut work, &ines, (id, n), "Otra vez.").await);
            assert!(matches!(late, Err(ProgrammeError::Stale | ProgrammeError::Store(_))), "{late:?}");
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = conduct::list(&w.p, &mut tx, &ines).await.unwrap();
        let it = all.iter().find(|r| r.head.id == id).unwrap();
        assert_eq!(it.head.state, "told_her");
        let steps: Vec<_> = it.body.done.iter().map(|d| (d.step.as_str(), d.by)).collect();
        let by = (sara.account, ines.account);
        assert_eq!(steps, [("looked_into", by.0), ("measures", by.1), ("told_her", by.0)], "{}", w.engine);
        let facts = tx
            .sql("SELECT COUNT(*) AS n, COUNT(subject) AS s FROM fact WHERE kind IN ('conduct.received', 'conduct.step')")
            .one()
            .await
            .unwrap();
        assert_eq!((facts.get::<i64>("n").unwrap(), facts.get::<i64>("s").unwrap()), (8, 0), "{}", w.engine);
        let span = Span { from: "2020-01-01".into(), to: "2030-12-31".into(), site: None };
        let told = results::count(&w.p, &mut tx, &sofia, Measure::Conduct, &span).await.unwrap();
        assert_eq!(told.cells()[0][0].shown(), Some(5), "{}", w.engine);
        let grant = w.p.may_on(&sara, Act::CONDUCT_READ, it.head.file, &Situation::default()).unwrap();
        let house =
            entries::list::<conduct::Conduct>(&w.p, &mut tx, &sara, &grant, (it.head.file, Folder::Legal));
        assert_eq!(house.await.unwrap().len(), 1);
    }
}
