//! After an erasure every page about her is the page of nothing: the same bytes as for a case that never was.

use crate::common::browser;
use axum::http::StatusCode;
use browser::Browser;
use ceiba_programme::cases;
use ceiba_programme::testkit::worlds;
use ceiba_web::{App, ROUTES};
use uuid::Uuid;

#[tokio::test]
async fn every_page_about_her_is_the_page_of_nothing() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let sara = w.person("sara", "director", None).await;
        let case = w.case(&lucia, "Luzmila").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        drop(tx);
        let [lucia, nora, sara] = [
            Browser::of(&app, &w, &lucia).await,
            Browser::of(&app, &w, &nora).await,
            Browser::of(&app, &w, &sara).await,
        ];
        let path = format!("/casos/{code}/borrado");
        let wrong = nora.post(&path, &[("basis", "she_asked"), ("code", "C-00000"), ("go", "1")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.page.contains("C-00000"), "what she typed is there");
        let asked = nora.post(&path, &[("basis", "she_asked"), ("code", &code), ("go", "1")]).await;
        assert_eq!((asked.status, &asked.to), (StatusCode::SEE_OTHER, &path), "{}", asked.page);
        let list = sara.get("/borrados").await;
        assert!(list.page.contains(&code) && !list.page.contains("Luzmila"));
        assert!(!list.page.contains('⟦'));
        let mut tx = w.p.store.db.read().await.unwrap();
        let id = ceiba_programme::erasure::last(&mut tx, case).await.unwrap().unwrap().id;
        drop(tx);
        let decide = format!("/borrados/{id}");
        assert_eq!(nora.post(&decide, &[("decision", "approve")]).await.status, StatusCode::FORBIDDEN);
        let unsaid = sara.post(&decide, &[("decision", "refuse"), ("why", "")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = sara.post(&decide, &[("decision", "approve")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
        for who in [&lucia, &nora] {
            for r in ROUTES.iter().filter(|r| r.method == "GET" && r.path.contains("{code}")) {
                let at = |code: &str| {
                    let id = Uuid::from_u128(404).to_string();
                    r.path.replace("{code}", code).replace("{id}", &id).replace("{entry}", &id)
                };
                let (hers, none) = (who.get(&at(&code)).await, who.get(&at("C-00000")).await);
                assert_eq!((hers.status, hers.page), (none.status, none.page), "{} ({})", r.path, w.engine);
            }
            for list in ["/casos", "/casos/cerrados", "/hoy"] {
                let page = who.get(list).await;
                assert_eq!(page.status, StatusCode::OK, "{list}");
                assert!(
                    !page.page.contains(&code) && !page.page.contains("Luzmila"),
                    "{list} ({})",
                    w.engine
                );
            }
        }
    }
}
