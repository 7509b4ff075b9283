//! The route from draft to signed to published to retired: read row by row, by two people, with golden cases that come out.

use std::sync::Arc;

use ceiba_access::Caller;
use ceiba_programme::route::signing::{self, Marks};
use ceiba_programme::route::{Sheet, State};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, Programme, ProgrammeError, work};
use uuid::Uuid;

const NAME: &str = "Licda. Inventada, colegiada 00000";

fn country(p: &Programme) -> &Sheet {
    &p.pack.route.sheets[0]
}

async fn marks(w: &World) -> Marks {
    signing::marks(&w.p, &mut w.p.store.db.read().await.unwrap()).await.unwrap()
}

async fn reads_all(w: &World, who: &Caller) -> Outcome<()> {
    work!(w, who, |work| async {
        for (id, _) in country(&w.p).lines() {
            signing::note(&w.p, &mut work, who, (country(&w.p), id), true).await?;
        }
        Ok(())
    }
    .await)
}

async fn sign(w: &World, who: &Caller, name: &str) -> Outcome<()> {
    work!(w, who, |work| signing::sign(&w.p, &mut work, who, country(&w.p), name).await)
}

async fn publish(w: &World, who: &Caller, id: Uuid) -> Outcome<()> {
    work!(w, who, |work| signing::publish(&w.p, &mut work, who, country(&w.p), id).await)
}

async fn retire(w: &World, who: &Caller, id: Uuid) -> Outcome<()> {
    work!(w, who, |work| signing::retire(&w.p, &mut work, who, country(&w.p), id).await)
}

async fn newest(w: &World) -> (Uuid, State) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = signing::versions(&w.p, &mut tx, country(&w.p)).await.unwrap();
    (all[0].id, signing::state(country(&w.p), &all))
}

fn said(outcome: Outcome<()>) -> &'static str {
    match outcome {
        Ok(()) => "done",
        Err(ProgrammeError::State(key)) => key,
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::Refused(_)) => "refused",
        Err(ProgrammeError::Stale) => "stale",
        Err(_) => "broken",
    }
}

#[tokio::test]
async fn a_lawyer_reads_every_row_and_signs_and_somebody_else_puts_it_in_force() {
    for w in worlds().await {
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (sheet, row) = (country(&w.p), w.p.pack.route.row("R10").unwrap());
        assert_eq!(said(sign(&w, &julio, NAME).await), "state-route-unread", "{}", w.engine);
        assert_eq!(said(reads_all(&w, &lucia).await), "refused");
        assert_eq!(said(reads_all(&w, &carmen).await), "refused", "whoever publishes does not sign");
        reads_all(&w, &julio).await.unwrap();
        // Calendars are read too: a term is counted in them.
        assert!(
            sheet.lines().any(|(id, _)| id == "cal-court") && sheet.lines().count() == sheet.rows.len() + 2
        );
        assert_eq!(said(sign(&w, &julio, " ").await), "problem-route-signer");
        let undo =
            work!(w, julio, |work| signing::note(&w.p, &mut work, &julio, (sheet, "R10"), false).await);
        undo.unwrap();
        assert_eq!(said(sign(&w, &julio, NAME).await), "state-route-unread");
        reads_all(&w, &julio).await.unwrap();
        assert_eq!(said(sign(&w, &julio, NAME).await), "done", "{}", w.engine);
        assert_eq!(said(sign(&w, &julio, NAME).await), "state-route-signed");
        // Signed is not in force: nothing is verified yet, anywhere.
        let (id, state) = newest(&w).await;
        assert_eq!(state, State::Signed);
        assert!(marks(&w).await.of(row).is_none());
        assert_eq!(said(publish(&w, &julio, id).await), "refused");
        assert_eq!(said(publish(&w, &carmen, Uuid::from_u128(9)).await), "refused");
        assert_eq!(said(publish(&w, &carmen, id).await), "done");
        assert_eq!(said(publish(&w, &carmen, id).await), "stale");
        let found = marks(&w).await;
        let (by, on) = found.of(row).unwrap();
        assert_eq!((by, on.to_string()), (NAME, w.p.day(w.p.store.clock.now())), "{}", w.engine);
        // The programme's own sheet is another one, which nobody signed.
        assert!(found.of(w.p.pack.route.row("P01").unwrap()).is_none());
        assert_eq!(said(retire(&w, &lucia, id).await), "refused");
        assert_eq!(said(retire(&w, &carmen, id).await), "done");
        assert_eq!(said(retire(&w, &carmen, id).await), "stale");
        assert!(marks(&w).await.of(row).is_none(), "retired, it is unverified again");
        assert_eq!(newest(&w).await.1, State::Draft);
        assert!(w.p.pack.route.in_use().any(|r| r.id == "R10"), "and no clock stops");
    }
}

#[tokio::test]
async fn a_pack_of_which_a_golden_case_does_not_come_out_is_neither_signed_nor_published() {
    for mut w in worlds().await {
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        reads_all(&w, &julio).await.unwrap();
        sign(&w, &julio, NAME).await.unwrap();
        let (id, _) = newest(&w).await;
        Arc::get_mut(&mut w.p).unwrap().pack.route.spoil("R23");
        let wrong = w.p.pack.route.examined(country(&w.p));
        assert!(wrong.iter().any(|g| g.row == "R23" && g.wrong.is_some()));
        assert_eq!(said(publish(&w, &carmen, id).await), "state-route-golden", "{}", w.engine);
        assert!(marks(&w).await.of(w.p.pack.route.row("R10").unwrap()).is_none());
        assert_eq!(said(retire(&w, &carmen, id).await), "done");
        assert_eq!(said(sign(&w, &julio, NAME).await), "state-route-golden");
    }
}

#[tokio::test]
async fn what_a_later_pack_changes_is_read_anew_and_a_signature_of_another_text_holds_for_nothing() {
    for mut w in worlds().await {
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        reads_all(&w, &julio).await.unwrap();
        sign(&w, &julio, NAME).await.unwrap();
        let (id, _) = newest(&w).await;
        // One row gets another term: the programme is started with this pack.
        let file = |path: &str| String::from_utf8(ceiba_programme::packs::bytes(path).unwrap()).unwrap();
        let rows = file("guatemala/route/route.toml");
        let at = rows.find("id = \"R10\"").unwrap();
        let changed = format!("{}{}", &rows[..at], rows[at..].replacen("basis = \"", "basis = \"Otra: ", 1));
        assert_ne!(rows, changed);
        let path = country(&w.p).id.clone();
        let own = w.p.pack.route.sheets[1].id.clone();
        let route = ceiba_programme::route::Route::parse(
            ("calendars", &file("guatemala/route/calendars.toml")),
            &[
                (changed, file("guatemala/route/golden.toml"), path),
                (file("core/route/programme.toml"), file("core/route/golden.toml"), own),
            ],
        );
        Arc::get_mut(&mut w.p).unwrap().pack.route = route.unwrap();
        assert_eq!(said(publish(&w, &carmen, id).await), "state-route-other-text", "{}", w.engine);
        assert_eq!(newest(&w).await.1, State::Draft);
        let mut tx = w.p.store.db.read().await.unwrap();
        let read = signing::readings(&mut tx, country(&w.p), julio.account).await.unwrap();
        drop(tx);
        let lacks: Vec<&str> =
            country(&w.p).lines().map(|(id, _)| id).filter(|id| !read.contains(*id)).collect();
        assert_eq!(lacks, ["R10"], "only what changed ({})", w.engine);
    }
}
