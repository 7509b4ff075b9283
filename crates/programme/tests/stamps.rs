//! Time stamps of evidence: a request to carry, an answer that must hold, and both as links of the chain (E1 through the programme).

use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::entries::{self, Plain};
use ceiba_programme::justice::evidence::{self, Brought, Item, Link};
use ceiba_programme::justice::stamps::{self, Stamped};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, cases::team, work};
use ceiba_store::MINUTE;
use uuid::Uuid;

const EVIDENCE: &[u8] = include_bytes!("../../exchange/tests/vectors/rfc3161/evidence.txt");
const TAMPERED: &[u8] = include_bytes!("../../exchange/tests/vectors/rfc3161/evidence_tampered.txt");
const RESPONSE: &[u8] = include_bytes!("../../exchange/tests/vectors/rfc3161/response.tsr");
const AUTHORITY: &[u8] = include_bytes!("../../exchange/tests/vectors/rfc3161/tsa.pem");
const OTHER: &[u8] = include_bytes!("../../exchange/tests/vectors/rfc3161/other.pem");
/// The number of the vector's request.
const NONCE: &str = "bd6a6ee1bc84dfd4";

async fn lawyer(w: &World) -> (Caller, Caller, Uuid) {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let boss = w.person("carmen", "coordinator", Some("K1")).await;
    let julio = w.person("julio", "lawyer", Some("K1")).await;
    let case = w.case(&lucia, "Luz").await;
    work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, julio.account).await).unwrap();
    (julio, lucia, case)
}

async fn keep(w: &World, who: &Caller, case: Uuid, file: &[u8]) -> Uuid {
    let b = Brought {
        kind: "picture",
        title: "Captura",
        source: "Su tía",
        on_day: "2026-03-01",
        file: Some(("foto.jpg", file)),
        ..Brought::default()
    };
    work!(w, who, |work| evidence::receive(&w.p, &mut work, who, case, &b).await).unwrap()
}

/// The request of the vector, as if the number had been drawn here.
async fn vector_asked(w: &World, who: &Caller, case: Uuid, item: Uuid) {
    let body = Link {
        who: "Autoridad inventada".into(),
        stamp: Some(Stamped { nonce: NONCE.into(), ..Stamped::default() }),
        ..Link::default()
    };
    work!(w, who, |work| async {
        let grant = w.p.may_case(work.tx(), who, Act::WRITE_LEGAL, case).await?;
        let plain =
            Plain { state: "noted", code: Some("asked".into()), other: Some(item), ..Plain::default() };
        entries::add(&w.p, &mut work, who, &grant, (case, Folder::Legal), plain, &body).await
    }
    .await)
    .unwrap();
}

async fn bring(w: &World, who: &Caller, at: (Uuid, Uuid), files: (&[u8], &[u8])) -> Outcome<Uuid> {
    work!(w, who, |work| stamps::bring(&w.p, &mut work, who, at, files).await)
}

fn key(outcome: Outcome<impl Sized>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "",
    }
}

async fn chain(w: &World, who: &Caller, case: Uuid, item: Uuid) -> Vec<(String, Link)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = evidence::list(&w.p, &mut tx, who, case).await.unwrap();
    let (_, links) = all.into_iter().find(|(i, _)| i.head.id == item).unwrap();
    links.into_iter().map(|l| (l.head.code.unwrap(), l.body)).collect()
}

#[tokio::test]
async fn the_request_holds_the_fingerprint_and_a_number_and_nothing_else_of_her() {
    for w in worlds().await {
        let (julio, lucia, case) = lawyer(&w).await;
        let item = keep(&w, &julio, case, EVIDENCE).await;
        let ask = async |who: &Caller, name: &str| {
            w.place.clock.move_by(MINUTE);
            work!(w, who, |work| stamps::ask(&w.p, &mut work, who, (case, item), name).await)
        };
        assert_eq!(key(ask(&julio, " ").await), "problem-stamp-who");
        assert_eq!(key(ask(&lucia, "Autoridad").await), "refused", "{}", w.engine);
        let request = ask(&julio, "Autoridad inventada").await.unwrap();
        let print = evidence::fingerprint(EVIDENCE);
        let hex: String = request.iter().map(|b| format!("{b:02x}")).collect();
        assert!(hex.contains(&print) && request.len() < 80);
        let again = ask(&julio, "Autoridad inventada").await.unwrap();
        assert_ne!(request, again, "each request has its own number");
        let links = chain(&w, &julio, case, item).await;
        assert_eq!(links.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), ["received", "asked", "asked"]);
        // Evidence that is a thing in a bag has no file to stamp.
        let bag = Brought {
            kind: "picture",
            title: "Bolsa",
            source: "x",
            seal: "7",
            on_day: "2026-03-01",
            ..Brought::default()
        };
        let bag =
            work!(w, julio, |work| evidence::receive(&w.p, &mut work, &julio, case, &bag).await).unwrap();
        let none = work!(w, julio, |work| stamps::ask(&w.p, &mut work, &julio, (case, bag), "A").await);
        assert_eq!(key(none), "problem-stamp-no-file");
    }
}

#[tokio::test]
async fn e1_an_answer_that_holds_is_a_link_with_its_bytes_and_one_that_does_not_is_refused_with_the_reason() {
    for w in worlds().await {
        let (julio, lucia, case) = lawyer(&w).await;
        let item = keep(&w, &julio, case, EVIDENCE).await;
        let other = keep(&w, &julio, case, TAMPERED).await;
        let at = (case, item);
        assert_eq!(
            key(bring(&w, &julio, at, (RESPONSE, AUTHORITY)).await),
            "problem-stamp-none",
            "{}",
            w.engine
        );
        let asked = work!(w, julio, |work| stamps::ask(&w.p, &mut work, &julio, at, "Autoridad").await);
        asked.unwrap();
        assert_eq!(key(bring(&w, &julio, at, (RESPONSE, AUTHORITY)).await), "problem-stamp-request");
        w.place.clock.move_by(MINUTE);
        for id in [item, other] {
            vector_asked(&w, &julio, case, id).await;
        }
        assert_eq!(key(bring(&w, &julio, (case, other), (RESPONSE, AUTHORITY)).await), "problem-stamp-file");
        let mut changed = RESPONSE.to_vec();
        *changed.last_mut().unwrap() ^= 1;
        for (files, reason) in [
            ((&changed[..], AUTHORITY), "problem-stamp-signature"),
            ((RESPONSE, OTHER), "problem-stamp-chain"),
            ((RESPONSE, EVIDENCE), "problem-stamp-no-certificate"),
            ((EVIDENCE, AUTHORITY), "problem-stamp-response"),
            ((b"", AUTHORITY), "problem-stamp-response"),
        ] {
            assert_eq!(key(bring(&w, &julio, at, files).await), reason, "{}", w.engine);
        }
        assert_eq!(chain(&w, &julio, case, item).await.len(), 3, "what was refused leaves no link");
        w.place.clock.move_by(MINUTE);
        let link = bring(&w, &julio, at, (RESPONSE, AUTHORITY)).await.unwrap();
        let links = chain(&w, &julio, case, item).await;
        let (code, last) = links.last().unwrap();
        let said = last.stamp.as_ref().unwrap();
        assert_eq!((code.as_str(), said.serial.as_str(), said.trusted), ("stamped", "02", true));
        let time = jiff::Timestamp::from_microsecond(said.at.unwrap()).unwrap().to_string();
        assert_eq!(time, "2026-11-23T16:37:19Z");
        // The same answer twice stamps nothing more.
        assert_eq!(key(bring(&w, &julio, at, (RESPONSE, AUTHORITY)).await), "problem-stamp-request");
        // Whoever does not trust us verifies it without us: the bytes are those that came.
        let read = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            stamps::response(&w.p, &mut tx, who, (case, link)).await
        };
        assert_eq!(read(&julio).await.unwrap(), RESPONSE);
        assert_eq!(key(read(&lucia).await), "refused");
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(
            key(stamps::response(&w.p, &mut tx, &julio, (case, item)).await),
            "refused",
            "not an item"
        );
        let grant = w.p.may_case(&mut tx, &julio, Act::READ_LEGAL, case).await.unwrap();
        let kept = entries::get::<Item>(&w.p, &mut tx, &julio, &grant, case, item).await.unwrap();
        assert_eq!(kept.body.sha256, evidence::fingerprint(EVIDENCE));
    }
}
