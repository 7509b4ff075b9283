//! Forms and templates from draft to retired by two people, and the ledger as a director reads it.

use crate::common::browser;
#[path = "oversight/certificates.rs"]
mod certificates;
#[path = "oversight/practice.rs"]
mod practice;
#[path = "oversight/templates.rs"]
mod templates;

use axum::http::StatusCode;
use browser::Browser;
use ceiba_access::Caller;
use ceiba_programme::cases::{screening, team};
use ceiba_programme::publishing::{self, Brought};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, cases, packs};
use ceiba_web::App;

const FORM: &str = "conversation-guide";

async fn bring(w: &World, who: &Caller, bytes: &[u8]) -> Outcome<Brought> {
    let mut work = w.p.store.work(who.account).await.unwrap();
    let brought = publishing::bring(&w.p, &mut work, who, bytes).await?;
    if matches!(brought, Brought::Draft(..)) {
        work.commit().await.unwrap();
    }
    Ok(brought)
}

/// As a draft that somebody brought: the workbook is the programme's own, its first version out of the way.
async fn draft(w: &World, who: &Caller) -> (String, String) {
    let workbook = packs::bytes(&format!("core/forms/{FORM}.xlsx")).unwrap();
    let mut work = w.p.store.work(who.account).await.unwrap();
    work.sql("UPDATE form_version SET version = 'old' WHERE form = $1").bind(FORM).run().await.unwrap();
    work.record("test.rename", "form", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
    match bring(w, who, &workbook).await.unwrap() {
        Brought::Draft(form, version, _) => (form, version),
        Brought::Refused(list) => unreachable!("{list:?}"),
    }
}

#[tokio::test]
async fn a_form_goes_from_draft_to_published_to_retired_by_two_people() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("M2")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        assert!(matches!(bring(&w, &lucia, b"x").await, Err(ProgrammeError::Refused(_))));
        let Brought::Refused(list) = bring(&w, &nora, b"no workbook").await.unwrap() else {
            unreachable!("it is none")
        };
        assert_eq!(list[0].code.key(), "not-a-workbook");
        let large = bring(&w, &nora, &vec![0; publishing::LARGEST + 1]).await;
        assert!(matches!(large, Err(ProgrammeError::Invalid(_))), "{}", w.engine);

        let (form, version) = draft(&w, &nora).await;
        let twice = bring(&w, &carmen, &packs::bytes(&format!("core/forms/{FORM}.xlsx")).unwrap()).await;
        assert!(matches!(twice, Err(ProgrammeError::Invalid(_))), "a version comes once");
        let published = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            screening::form(&mut tx, FORM).await.map(|f| f.version)
        };
        assert_eq!(published().await.unwrap(), published().await.unwrap());
        let path = format!("/ajustes/formularios/{form}/{version}");
        let (nora, carmen, lucia) = (
            Browser::of(&app, &w, &nora).await,
            Browser::of(&app, &w, &carmen).await,
            Browser::of(&app, &w, &lucia).await,
        );
        let page = nora.get(&path).await;
        assert!(page.status == StatusCode::OK && !page.page.contains('⟦'), "{}", page.page);
        assert!(!page.page.contains("value=\"publish\""), "she is offered her own");
        let publish = [("what", "publish"), ("version", "draft")];
        assert_eq!(nora.post(&path, &publish).await.status, StatusCode::CONFLICT);
        assert_eq!(lucia.post(&path, &publish).await.status, StatusCode::FORBIDDEN);
        let done = carmen.post(&path, &publish).await;
        assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/ajustes/formularios"));
        let again = carmen.post(&path, &publish).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "it is no draft any more");
        assert!(!carmen.get("/ajustes/formularios").await.page.contains('⟦'));

        // What is asked at a file is the published one; retired, there is nothing to fill.
        let fill = format!("/deteccion/{case}/{FORM}");
        let asked = lucia.get(&fill).await;
        assert!(asked.page.contains(&format!("name=\"form_version\" value=\"{version}\"")), "{}", w.engine);
        let retire = [("what", "retire"), ("version", "published")];
        assert_eq!(carmen.post(&path, &retire).await.status, StatusCode::SEE_OTHER);
        assert_eq!(lucia.get(&fill).await.status, StatusCode::NOT_FOUND, "{}", w.engine);
        // Whoever had it open keeps her answers, with the version whose questions she saw.
        let kept = lucia.post(&fill, &[("form_version", &version), ("keep", "1")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(screening::form_version(&mut tx, FORM, &version).await.unwrap().version, version);
    }
}

#[tokio::test]
async fn a_director_reads_who_did_what_and_never_what_it_said() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let sara = w.person("sara", "director", None).await;
        let (one, other) = (w.case(&lucia, "Luzmila").await, w.case(&lucia, "Albana").await);
        let mut work = w.p.store.work(nora.account).await.unwrap();
        team::block(&w.p, &mut work, &nora, other, sara.account).await.unwrap();
        cases::read(&w.p, &mut work, &nora, one, "summary").await.unwrap();
        cases::read(&w.p, &mut work, &nora, other, "summary").await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, one).await.unwrap().code;
        let blocked = cases::lookup(&mut tx, other).await.unwrap().code;
        drop(tx);
        let browser = Browser::of(&app, &w, &sara).await;
        let path = "/supervision/registro";
        let all = browser.get(path).await;
        assert_eq!(all.status, StatusCode::OK);
        assert!(all.page.contains(&code) && all.page.contains("nora"), "{}", w.engine);
        assert!(!all.page.contains(&blocked), "a conflict of interest: not even the code ({})", w.engine);
        assert!(!all.page.contains("Luzmila") && !all.page.contains('⟦'), "{}", all.page);
        let of = |query: String| {
            let browser = browser.clone();
            async move { browser.get(&format!("/supervision/registro?{query}")).await.page }
        };
        let rows = |page: &str| page.matches("<tr").count();
        let hers = of(format!("caso={code}")).await;
        assert!(hers.contains(&code) && rows(&hers) < rows(&all.page), "{}", w.engine);
        // A code she may not know of answers like one that does not exist.
        let (none, theirs) = (of("caso=C-00000".into()).await, of(format!("caso={blocked}")).await);
        assert_eq!(rows(&none), rows(&theirs), "{}", w.engine);
        let reads = of(format!("acto=case.read&cuenta={}", nora.account)).await;
        assert!(rows(&reads) < rows(&all.page) && reads.contains("Resumen"), "{}", w.engine);
        let verified = browser.post(path, &[("go", "1")]).await;
        assert_eq!(verified.status, StatusCode::OK);
        assert!(verified.page.contains("ceiba-ledger"), "the head is there to print");
        assert!(!verified.page.contains('⟦'));
        // An entry that somebody edits is found.
        let mut tx = w.p.store.db.write().await.unwrap();
        tx.sql("UPDATE ledger_entry SET action = 'case.open' WHERE seq = 3").run().await.unwrap();
        tx.commit().await.unwrap();
        let found = browser.post(path, &[("go", "1")]).await;
        assert!(found.page.contains("El registro fue alterado"), "{}", w.engine);
        let lucia = Browser::of(&app, &w, &lucia).await;
        assert_eq!(lucia.get(path).await.status, StatusCode::FORBIDDEN);
    }
}
