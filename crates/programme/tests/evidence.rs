//! Evidence and demands: kept as it came, a chain that only grows, one changed byte is seen, and what goes out is on her list.

use ceiba_access::Caller;
use ceiba_programme::justice::demands::{self, Demand};
use ceiba_programme::justice::evidence::{self, Brought, Link};
use ceiba_programme::partners::directory;
use ceiba_programme::partners::disclosed;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, audit, work};
use ceiba_store::MINUTE;
use uuid::Uuid;

/// A program that calls itself a picture: it is kept as it came, and nobody opens it.
const PROGRAM: &[u8] = b"MZ\x90\0 foto.jpg.exe, plainly invented";

async fn lawyer(w: &World) -> (Caller, Uuid) {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let boss = w.person("carmen", "coordinator", Some("K1")).await;
    let julio = w.person("julio", "lawyer", Some("K1")).await;
    let case = w.case(&lucia, "Luz").await;
    let named = ceiba_programme::cases::team::name;
    work!(w, boss, |work| named(&w.p, &mut work, &boss, case, julio.account).await).unwrap();
    (julio, case)
}

fn brought(file: Option<(&'static str, &'static [u8])>) -> Brought<'static> {
    Brought { kind: "picture", title: "Captura", source: "Su tía", seal: "", on_day: "2026-03-01", file }
}

async fn keep(w: &World, who: &Caller, case: Uuid, b: &Brought<'_>) -> Outcome<Uuid> {
    work!(w, who, |work| evidence::receive(&w.p, &mut work, who, case, b).await)
}

fn fields(outcome: Outcome<impl Sized>) -> Vec<&'static str> {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list.into_iter().map(|p| p.field).collect(),
        Err(ProgrammeError::Stale) => vec!["stale"],
        Err(ProgrammeError::State(_)) => vec!["state"],
        Err(ProgrammeError::Refused(_)) => vec!["refused"],
        _ => vec![],
    }
}

#[tokio::test]
async fn what_came_goes_out_byte_for_byte_and_one_changed_byte_is_seen() {
    for w in worlds().await {
        let (julio, case) = lawyer(&w).await;
        let nobody = w.person("tono", "lawyer", Some("K1")).await;
        let file = brought(Some(("../foto\u{202e}gpj.exe", PROGRAM)));
        let id = keep(&w, &julio, case, &file).await.unwrap();
        let to = Link { who: "Fiscalía inventada".into(), why: "La pidió".into(), ..Link::default() };
        let copy = async |who: &Caller, to: &Link| {
            work!(w, who, |work| evidence::copy(&w.p, &mut work, who, (case, id), to).await)
        };
        assert_eq!(fields(copy(&julio, &Link::default()).await), ["who", "why"]);
        assert_eq!(fields(copy(&nobody, &to).await), ["refused"]);
        w.place.clock.move_by(MINUTE);
        assert_eq!(copy(&julio, &to).await.unwrap(), PROGRAM, "{}", w.engine);
        w.place.clock.move_by(MINUTE);
        let mut other = PROGRAM.to_vec();
        other[7] ^= 1;
        for (bytes, same) in [(PROGRAM, true), (&other[..], false)] {
            let said = work!(w, julio, |work| evidence::compare(
                &w.p,
                &mut work,
                &julio,
                (case, id),
                ("Fiscalía", bytes)
            )
            .await);
            assert_eq!(said.unwrap(), same);
            w.place.clock.move_by(MINUTE);
        }
        let handed = Link { who: "Perita inventada".into(), why: "Peritaje".into(), ..Link::default() };
        let noted = async |step: &'static str| {
            work!(w, julio, |work| evidence::note(
                &w.p,
                &mut work,
                &julio,
                (case, id),
                (step, "2026-03-02"),
                &handed
            )
            .await)
        };
        noted("handed").await.unwrap();
        // What the program writes by itself nobody can claim.
        assert_eq!(fields(noted("compared").await), ["step"]);
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = evidence::list(&w.p, &mut tx, &julio, case).await.unwrap();
        let (item, chain) = &all[0];
        let steps: Vec<&str> = chain.iter().filter_map(|l| l.head.code.as_deref()).collect();
        assert_eq!(steps, ["received", "copied", "compared", "compared", "handed"], "{}", w.engine);
        assert_eq!(chain.iter().filter_map(|l| l.body.same).collect::<Vec<_>>(), [true, false]);
        assert_eq!(item.body.sha256, evidence::fingerprint(PROGRAM));
        // Neither the fingerprint nor the name stands in clear.
        let row = tx.sql("SELECT media, size FROM attachment WHERE entry = $1").bind(id).one().await.unwrap();
        assert_eq!(row.get::<String>("media").unwrap(), "application/octet-stream");
        assert!(evidence::list(&w.p, &mut tx, &nobody, case).await.is_err());
    }
}

#[tokio::test]
async fn an_object_has_a_seal_and_what_is_missing_is_said() {
    for w in worlds().await {
        let (julio, case) = lawyer(&w).await;
        assert_eq!(fields(keep(&w, &julio, case, &brought(None)).await), ["seal"]);
        let nothing = Brought { source: "", title: "", ..brought(Some(("a", b""))) };
        assert_eq!(fields(keep(&w, &julio, case, &nothing).await), ["title", "source", "file"]);
        let later = Brought { on_day: "2031-01-01", seal: "B-1", ..brought(None) };
        assert_eq!(fields(keep(&w, &julio, case, &later).await), ["on"]);
        let id = keep(&w, &julio, case, &Brought { seal: "B-1", ..brought(None) }).await.unwrap();
        let to = Link { who: "a".into(), why: "b".into(), ..Link::default() };
        let none = work!(w, julio, |work| evidence::copy(&w.p, &mut work, &julio, (case, id), &to).await);
        assert_eq!(fields(none), ["refused"], "an object has no bytes");
    }
}

#[tokio::test]
async fn a_demand_says_what_was_wanted_and_what_went_out() {
    for w in worlds().await {
        let (julio, case) = lawyer(&w).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let court = directory::list(&mut tx).await.unwrap()[0].id;
        drop(tx);
        let body =
            Demand { scope: "Todo el expediente".into(), basis: "Oficio 1-2026".into(), ..Demand::default() };
        let receive = async |from: Option<Uuid>, days: &'static str, body: &Demand| {
            let from = (from, "2026-03-01", days);
            work!(w, julio, |work| demands::receive(&w.p, &mut work, &julio, case, from, body).await)
        };
        assert_eq!(
            fields(receive(None, "tres", &Demand::default()).await),
            ["from", "scope", "basis", "days"]
        );
        let id = receive(Some(court), "5", &body).await.unwrap();
        let decide = async |seen: i64, what: &'static str, released: &[&str]| {
            let released: Vec<String> = released.iter().map(|d| (*d).to_owned()).collect();
            let said = (what, "Solo lo que ordena el juez.", &*released);
            work!(w, julio, |work| demands::decide(&w.p, &mut work, &julio, (case, id, seen), said).await)
        };
        assert_eq!(fields(decide(1, "refused", &["needs"]).await), ["released"]);
        assert_eq!(fields(decide(1, "partly", &[]).await), ["released"]);
        assert_eq!(fields(decide(1, "partly", &["therapy"]).await), ["released"]);
        decide(1, "asked_judge", &[]).await.unwrap();
        decide(2, "partly", &["needs", "plan"]).await.unwrap();
        assert_eq!(fields(decide(3, "complied", &["needs"]).await), ["state"], "it is decided once");
        let mut tx = w.p.store.db.read().await.unwrap();
        let went = disclosed::list(&w.p, &mut tx, &julio, case).await.unwrap();
        assert_eq!((went.len(), went[0].how.as_str(), went[0].institution), (1, "demand", court));
        assert_eq!(went[0].fields, ["needs", "plan"]);
        assert!(went[0].grants.is_empty(), "it rests on the demand, not on her word");
        assert_eq!(demands::list(&w.p, &mut tx, &julio, case).await.unwrap()[0].head.state, "partly");
    }
}

/// E2: a row that somebody with the database in her hands took out is missed, of the ledger and of a chain of custody.
#[tokio::test]
async fn e2_a_removed_row_of_the_ledger_and_of_a_chain_of_custody_is_missed() {
    for w in worlds().await {
        let (julio, case) = lawyer(&w).await;
        let id = keep(&w, &julio, case, &brought(Some(("foto.jpg", PROGRAM)))).await.unwrap();
        let to = Link { who: "Fiscalía inventada".into(), why: "La pidió".into(), ..Link::default() };
        for _ in 0..2 {
            work!(w, julio, |work| evidence::copy(&w.p, &mut work, &julio, (case, id), &to).await).unwrap();
        }
        let gaps = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            evidence::gaps(&w.p, &mut tx, &julio, case).await.unwrap()
        };
        let alter = async |text: &'static str| {
            let mut tx = w.p.store.db.write().await.unwrap();
            assert_eq!(tx.sql(text).run().await.unwrap(), 1, "{text} ({})", w.engine);
            tx.commit().await.unwrap();
        };
        assert_eq!(gaps().await, 0, "{}", w.engine);
        assert!(audit::verify(&w.p, &[]).await.unwrap().is_ok());
        alter("DELETE FROM entry WHERE id = (SELECT id FROM entry WHERE kind = 'custody' AND code = 'copied' ORDER BY id LIMIT 1)").await;
        assert_eq!(gaps().await, 1, "{}", w.engine);
        assert!(audit::verify(&w.p, &[]).await.unwrap().is_ok(), "the ledger itself is whole");
        // Taking the ledger's own line as well is what the verifier finds, and where.
        alter("DELETE FROM ledger_entry WHERE seq = (SELECT MIN(seq) FROM ledger_entry WHERE action = 'custody.add')").await;
        let fault = audit::verify(&w.p, &[]).await.unwrap().unwrap_err();
        assert!(fault.to_string().contains("was removed"), "{fault} ({})", w.engine);
    }
}
