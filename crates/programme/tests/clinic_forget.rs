//! What is said in a visit without a case goes: after its term, and at once on her word. Codes and facts stay.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::clinic::{self, Arrival, Remark, Visit, WalkIn, clock};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, erasure, jobs, work};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

async fn cast(w: &World) -> (Caller, Caller) {
    (w.person("irma", "health", Some("K1")).await, w.person("lucia", "social_worker", Some("K1")).await)
}

/// Somebody comes, is called, and a remark is written; gives the visit.
async fn said(w: &World, irma: &Caller) -> Uuid {
    let a = Arrival {
        chosen_name: "Azucena",
        remark: "La espera alguien.",
        desk: "health",
        urgency: "today",
        case: None,
    };
    let (id, _) = work!(w, irma, |work| clinic::receive(&w.p, &mut work, irma, &a).await).unwrap();
    work!(w, irma, |work| clinic::call(&w.p, &mut work, irma, id).await).unwrap();
    work!(w, irma, |work| clinic::say(&w.p, &mut work, irma, id, "Vuelve por su resultado.").await).unwrap();
    id
}

async fn read(w: &World, who: &Caller, id: Uuid) -> (Visit, WalkIn, Vec<Entry<Remark>>, usize) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let (visit, grant) = clinic::open(&w.p, &mut tx, who, Act::CLINIC_READ, id).await.unwrap();
    let said = clinic::said(&w.p, &mut tx, who, &grant, &visit).await.unwrap();
    let remarks = clinic::remarks(&w.p, &mut tx, who, &grant, &visit).await.unwrap();
    (visit, said, remarks, tx.damaged())
}

/// What the database still holds of it: key slots, and values that open.
async fn left(w: &World, who: &Caller, id: Uuid) -> (i64, usize) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let row = tx.sql("SELECT COUNT(*) AS n FROM key_slot WHERE subject = $1").bind(id);
    let slots = row.one().await.unwrap().get("n").unwrap();
    let (_, grant) = clinic::open(&w.p, &mut tx, who, Act::CLINIC_READ, id).await.unwrap();
    let folder = (id, ceiba_access::Folder::Social);
    let names: Vec<Entry<WalkIn>> = entries::list(&w.p, &mut tx, who, &grant, folder).await.unwrap();
    let remarks: Vec<Entry<Remark>> = entries::list(&w.p, &mut tx, who, &grant, folder).await.unwrap();
    (slots, names.len() + remarks.len())
}

async fn facts(w: &World) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql("SELECT COUNT(*) AS n FROM fact").one().await.unwrap().get("n").unwrap()
}

#[tokio::test]
async fn after_its_term_nothing_of_a_visit_without_a_case_can_be_opened() {
    for w in worlds().await {
        let (irma, lucia) = cast(&w).await;
        let (gone, kept) = (said(&w, &irma).await, said(&w, &irma).await);
        let (case, code) = work!(w, lucia, |work| {
            let new = ceiba_programme::testkit::new_case("Azucena", 15);
            ceiba_programme::cases::open(&w.p, &mut work, &lucia, &new).await
        })
        .unwrap();
        assert!(!code.is_empty());
        work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, kept, case).await).unwrap();
        work!(w, irma, |work| clinic::finish(&w.p, &mut work, &irma, gone, 2).await).unwrap();
        let before = facts(&w).await;
        w.place.clock.move_by(w.p.pack.clinic.forget_days * DAY - HOUR);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(left(&w, &irma, gone).await, (1, 2), "before its term ({})", w.engine);
        w.place.clock.move_by(2 * HOUR);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(left(&w, &irma, gone).await, (0, 0), "{}", w.engine);
        let (visit, said, remarks, damaged) = read(&w, &irma, gone).await;
        assert!(visit.erased_at.is_some() && said == WalkIn::default() && remarks.is_empty());
        assert_eq!(damaged, 0, "what is gone on purpose is not called damaged ({})", w.engine);
        // The one that a case took up stays, and so do the facts.
        assert_eq!(left(&w, &irma, kept).await, (1, 2), "{}", w.engine);
        assert_eq!(facts(&w).await, before, "{}", w.engine);
        assert_eq!(jobs::work_off(&w.p).await.unwrap(), 0, "{}", w.engine);
    }
}

#[tokio::test]
async fn on_her_word_it_goes_at_once_and_nobody_writes_there_or_ties_her_to_it_again() {
    for w in worlds().await {
        let (irma, lucia) = cast(&w).await;
        let id = said(&w, &irma).await;
        let t = clock::Typed { how: "ago", hours: "5", under_18: "no", ..clock::Typed::default() };
        work!(w, irma, |work| clock::start(&w.p, &mut work, &irma, id, &t).await).unwrap();
        let erase =
            async |sure| work!(w, irma, |work| clinic::on_her_word(&w.p, &mut work, &irma, id, sure).await);
        assert!(matches!(erase(false).await, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        assert_ne!(left(&w, &irma, id).await.0, 0);
        erase(true).await.unwrap();
        assert_eq!(left(&w, &irma, id).await, (0, 0), "{}", w.engine);
        assert!(matches!(erase(true).await, Err(ProgrammeError::State("state-visit-erased"))));
        let (visit, said, ..) = read(&w, &irma, id).await;
        assert_eq!(said, WalkIn::default());
        let mut tx = w.p.store.db.read().await.unwrap();
        let (_, grant) = clinic::open(&w.p, &mut tx, &irma, Act::CLINIC_READ, id).await.unwrap();
        let when = clock::started(&w.p, &mut tx, &irma, &grant, &visit).await.unwrap();
        assert!(when.is_none() && tx.damaged() == 0, "{}", w.engine);
        drop(tx);
        let again = work!(w, irma, |work| clinic::say(&w.p, &mut work, &irma, id, "Otra vez.").await);
        assert!(matches!(again, Err(ProgrammeError::State("state-visit-erased"))), "{}", w.engine);
        let case = w.case(&lucia, "Azucena").await;
        let tied = work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, id, case).await);
        assert!(matches!(tied, Err(ProgrammeError::State("state-visit-erased"))), "{}", w.engine);
        // A backup from before brings the keys back, and the restore takes them away again.
        let mut tx = w.p.store.db.write().await.unwrap();
        tx.sql(
            "INSERT INTO key_slot (subject, compartment, generation, recipient_kind, recipient, body, created_at)
             VALUES ($1, 'visit', 1, 'office', $1, $2, 0)",
        )
        .bind(id)
        .bind(vec![0_u8; 4])
        .once()
        .await
        .unwrap();
        assert_eq!(erasure::apply_again(&mut tx).await.unwrap(), 1, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_visit_with_a_case_is_not_erased_by_one_person_and_another_clinic_knows_none() {
    for w in worlds().await {
        let (irma, lucia) = cast(&w).await;
        let id = said(&w, &irma).await;
        let other = w.person("noe", "health", Some("M1")).await;
        let refused = work!(w, other, |work| clinic::on_her_word(&w.p, &mut work, &other, id, true).await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        let case = w.case(&lucia, "Azucena").await;
        work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, id, case).await).unwrap();
        let refused = work!(w, irma, |work| clinic::on_her_word(&w.p, &mut work, &irma, id, true).await);
        assert!(matches!(refused, Err(ProgrammeError::State("state-visit-has-case"))), "{}", w.engine);
        assert_eq!(left(&w, &irma, id).await, (1, 2), "{}", w.engine);
    }
}
