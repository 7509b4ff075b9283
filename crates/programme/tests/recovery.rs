//! What two directors together open, and one cannot.

use ceiba_access::{AccessError, Folder};
use ceiba_programme::cases::{notes, recovery, team};
use ceiba_programme::testkit::{OFFICE, worlds};
use ceiba_programme::{ProgrammeError, accounts, setup, work};
use ceiba_vault::OfficeKey;

#[tokio::test]
async fn two_directors_open_the_quorum_and_the_office_and_one_opens_nothing() {
    for w in worlds().await {
        let [a, b, c] = &w.codes;
        let mut tx = w.p.store.db.read().await.unwrap();
        let public = tx.sql("SELECT quorum_public FROM installation").one().await.unwrap();
        let public = public.bytes::<32>("quorum_public").unwrap();
        for codes in [[a, b], [b, a], [a, c], [c, b]] {
            let quorum = setup::quorum_key(&mut tx, codes).await.unwrap();
            assert_eq!(quorum.public().to_bytes(), public);
            let office = setup::deposited_office(&mut tx, &quorum).await.unwrap();
            assert_eq!(office.fingerprint(), OfficeKey::from_bytes(OFFICE).fingerprint());
        }
        assert!(setup::quorum_key(&mut tx, [a, a]).await.is_err(), "one alone ({})", w.engine);
        let stranger = ceiba_vault::RecoveryCode::from_bytes([9; 16]);
        assert!(setup::quorum_key(&mut tx, [a, &stranger]).await.is_err());
        let other = w.p.store.chance.with(ceiba_vault::PersonSecret::random);
        assert!(setup::deposited_office(&mut tx, &other).await.is_err(), "another quorum ({})", w.engine);
    }
}

#[tokio::test]
async fn when_the_only_psychologist_is_gone_two_directors_give_her_notes_to_who_follows() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let ines = w.person("ines", "psychologist", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let therapy = Folder::Psychological;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, elena.account).await).unwrap();
        let note = ("session", "2026-03-02", "Lo que se habló queda aquí.");
        work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, case, therapy, note, None).await).unwrap();
        work!(w, boss, |work| accounts::set_active(&mut work, (elena.account, 1), false).await).unwrap();

        let mut tx = w.p.store.db.read().await.unwrap();
        let quorum = setup::quorum_key(&mut tx, [&w.codes[0], &w.codes[2]]).await.unwrap();
        drop(tx);
        let give = async |who: &ceiba_access::Caller| {
            let to = (case, who.account);
            work!(w, boss, |work| recovery::give(&w.p, &mut work, &quorum, to).await)
        };
        assert!(matches!(give(&ines).await, Err(ProgrammeError::State(_))), "not on the team ({})", w.engine);
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, ines.account).await).unwrap();
        let read = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &ines, therapy.read(), case).await.unwrap();
            notes::list(&w.p, &mut tx, &ines, &grant, case, therapy).await
        };
        assert!(matches!(read().await, Err(ProgrammeError::Access(AccessError::NoKey))), "{}", w.engine);
        assert!(matches!(give(&lucia).await, Err(ProgrammeError::State(_))), "her role does not open it");
        assert_eq!(give(&ines).await.unwrap(), 1);
        assert_eq!(read().await.unwrap()[0].body.text, "Lo que se habló queda aquí.");
        assert!(matches!(give(&ines).await, Err(ProgrammeError::State(_))), "she has it ({})", w.engine);
    }
}
