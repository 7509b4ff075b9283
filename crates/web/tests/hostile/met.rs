//! «Have we met?» through its pages: nobody is told more than she may open, and a form that was changed decides nothing.

use axum::http::StatusCode;
use ceiba_programme::shelter::{self, About, Arrival, Who};
use ceiba_programme::{cases, work};
use uuid::Uuid;

use crate::browser::Browser;
use crate::setting::houses;

/// The pages of a pair answer whoever may not open both files as they answer about a pair that does not exist, to the byte.
#[tokio::test]
async fn a_pair_of_another_house_is_a_pair_that_does_not_exist() {
    for h in houses().await {
        let olga = h.w.person("olga", "social_worker", Some("M2")).await;
        let olgas = h.w.case(&olga, "Luz").await;
        let mut tx = h.w.p.store.db.read().await.unwrap();
        let id: Uuid = tx.sql("SELECT id FROM person_link").one().await.unwrap().get("id").unwrap();
        let other = cases::lookup(&mut tx, olgas).await.unwrap().code;
        drop(tx);
        let list = h.her.get("/posibles").await;
        assert!(
            list.page.contains(&h.code) && list.page.contains(&h.say("met-elsewhere-text")),
            "{}",
            list.page
        );
        assert!(!list.page.contains(&other) && !list.page.contains(&id.to_string()), "{}", list.page);
        let before = h.stored().await;
        let none = Uuid::from_u128(7);
        let plain = |page: String, id: Uuid| page.replace(&id.to_string(), "…");
        let there = h.her.get(&format!("/posibles/{id}")).await;
        let nowhere = h.her.get(&format!("/posibles/{none}")).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{}", h.w.engine);
        assert_eq!(plain(there.page, id), plain(nowhere.page, none), "{}", h.w.engine);
        for decision in ["one", "two", "later", "undo", "", "merge"] {
            let got =
                h.her.post(&format!("/posibles/{id}"), &[("decision", decision), ("version", "1")]).await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "{decision}");
        }
        assert_eq!(h.stored().await, before, "{}", h.w.engine);
        let elena = h.browser("elena", "psychologist", "K1").await;
        assert_eq!(elena.get("/posibles").await.status, StatusCode::FORBIDDEN);
    }
}

/// Both files of one worker: she sees them side by side, decides once, and takes it back; a stale or changed form does nothing.
#[tokio::test]
async fn a_pair_is_decided_once_and_taken_back() {
    for h in houses().await {
        let second = h.w.case(&h.lucia, "Lucecita").await;
        let mut tx = h.w.p.store.db.read().await.unwrap();
        let id: Uuid = tx.sql("SELECT id FROM person_link").one().await.unwrap().get("id").unwrap();
        let code = cases::lookup(&mut tx, second).await.unwrap().code;
        drop(tx);
        let list = h.her.get("/posibles").await;
        let to = format!("/posibles/{id}");
        assert!(list.page.contains(&to) && list.page.contains(&code), "{}", list.page);
        let page = h.her.get(&to).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        assert!(
            page.page.contains("Lucecita") && page.page.contains(&h.say("met-change-rights")),
            "{}",
            page.page
        );
        // The names on her papers stay closed.
        assert!(!page.page.contains("Inventada") && !page.page.contains("De Prueba"), "{}", page.page);
        assert!(!page.page.contains('⟦'), "a text is missing: {}", page.page);
        let say = async |decision: &str, version: &str| {
            h.her.post(&to, &[("decision", decision), ("version", version)]).await.status
        };
        assert_eq!(say("one", "7").await, StatusCode::CONFLICT);
        assert_eq!(say("undo", "1").await, StatusCode::CONFLICT, "nothing is decided yet");
        assert_eq!(say("one", "1").await, StatusCode::SEE_OTHER);
        assert_eq!(say("two", "1").await, StatusCode::CONFLICT, "decided once");
        let file = h.her.get(&h.path("")).await;
        assert!(
            file.page.contains(&format!("/casos/{code}")) && file.page.contains(&h.say("met-linked")),
            "{}",
            file.page
        );
        assert_eq!(say("undo", "2").await, StatusCode::SEE_OTHER);
        assert!(!h.her.get(&h.path("")).await.page.contains(&h.say("met-linked")));
        let nora = Browser::of(&h.app, &h.w, &h.w.person("nora", "coordinator", Some("K1")).await).await;
        assert_eq!(nora.get(&to).await.status, StatusCode::OK, "the coordinator of the site may decide too");
    }
}

/// Somebody who may open her file and not her papers types them by guess: she is told that they agree or not, never which, and each
/// guess that is answered stands in the ledger before the answer leaves.
#[tokio::test]
async fn the_form_of_a_new_case_confirms_no_guess_about_her_papers() {
    for h in houses().await {
        let nora = h.browser("nora", "coordinator", "K1").await;
        let guess = [("given", "Inventada"), ("surnames", "De Prueba"), ("years", "15")];
        let before = h.stored().await;
        for (n, by) in [(1, &nora), (2, &h.her)] {
            let got = by.post("/casos/nuevo", &crate::setting::new_case("Luz", &guess)).await;
            let name = format!("{n} {}", h.w.engine);
            assert_eq!(got.status, StatusCode::OK, "{name}: {}", got.page);
            assert!(
                got.page.contains(&h.say("met-text")) && got.page.contains(&h.code),
                "{name}: {}",
                got.page
            );
            let told = ["el mismo primer apellido", "de cada 100"].map(|said| got.page.contains(said));
            let (agree, may_be) = (h.say("met-papers-agree"), h.say("met-may-be"));
            if n == 1 {
                assert!(got.page.contains(&agree) && got.page.contains(&may_be), "{name}: {}", got.page);
                assert_eq!(told, [false, false], "{name}: {}", got.page);
            } else {
                assert!(!got.page.contains(&agree), "{name}: {}", got.page);
                assert_eq!(told, [true, true], "{name}: {}", got.page);
            }
            assert_eq!(h.noted("person.alike").await, n, "{name}");
        }
        let several =
            [("n", "2"), ("chosen_name-1", "Inventada De Prueba"), ("years-1", "15"), ("sex-1", "Feminine")];
        let got = nora.post("/varias", &several).await;
        assert!(got.page.contains(&h.say("met-may-be")), "{}: {}", h.w.engine, got.page);
        assert_eq!(h.noted("person.alike").await, 3, "{}", h.w.engine);
        assert_eq!(h.stored().await, before, "{}", h.w.engine);
    }
}

/// Whoever received somebody at night is told that there may be another file, and nothing of it; on her own word only.
#[tokio::test]
async fn a_house_that_receives_her_again_is_told_and_learns_nothing_of_the_other_file() {
    for h in houses().await {
        let blanca = h.w.person("blanca", "monitora", Some("M1")).await;
        h.w.person("abel", "social_worker", Some("M1")).await;
        let her = Browser::of(&h.app, &h.w, &blanca).await;
        let arrives = async |name: &str| {
            let arrival = Arrival {
                who: Who::New(name),
                bedside: "",
                keep_away: "",
                bed: "1A",
                order: None,
                order_day: "",
                basis: "pgn_brought",
                about: About { years: Some(15), ..About::default() },
                pass: "",
            };
            work!(h.w, blanca, |work| shelter::admit(&h.w.p, &mut work, &blanca, &arrival).await).unwrap().1
        };
        let code = arrives("Inventada De Prueba").await;
        let page = her.get(&format!("/casa?recibida={code}")).await.page;
        assert!(page.contains(&h.say("admit-met")), "{}: {page}", h.w.engine);
        assert!(!page.contains(&h.code) && !page.contains("Luz"), "{}: {page}", h.w.engine);
        assert!(!her.get("/casa").await.page.contains(&h.say("admit-met")));
    }
}

/// While the form is filled: the warning alone, on record like that of sending, and for nobody who opens no cases.
#[tokio::test]
async fn who_is_known_is_told_while_the_form_is_filled() {
    const TO: &str = "/casos/nuevo/conocida";
    for h in houses().await {
        let alike = [("given", "Inventada"), ("surnames", "De Prueba"), ("years", "15")];
        let form = crate::setting::new_case("Luz", &alike);
        let elena = h.browser("elena", "psychologist", "K1").await;
        let before = h.stored().await;
        let got = h.her.post(TO, &form).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.page);
        assert!(got.page.contains(&h.say("met-text")) && got.page.contains(&h.code), "{}", got.page);
        assert!(!got.page.contains("<html"), "the warning alone: {}", got.page);
        assert_eq!(h.noted("person.alike").await, 1, "{}", h.w.engine);
        let nobody = h.her.post(TO, &crate::setting::new_case("Xyz", &[("years", "70")])).await;
        assert_eq!((nobody.status, nobody.page.as_str()), (StatusCode::OK, ""), "{}", h.w.engine);
        let unread = h.her.post(TO, &crate::setting::new_case("Luz", &[("years", "muchos")])).await;
        assert_eq!((unread.status, unread.page.as_str()), (StatusCode::OK, ""), "{}", h.w.engine);
        for to in [TO, "/casos/nuevo"] {
            let got = elena.post(to, &form).await;
            assert_eq!(got.status, StatusCode::FORBIDDEN, "{to} {}", h.w.engine);
            assert!(!got.page.contains(&h.code));
        }
        assert_eq!(h.noted("person.alike").await, 1, "{}", h.w.engine);
        assert_eq!(h.stored().await, before, "{}", h.w.engine);
    }
}
