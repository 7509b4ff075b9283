//! The directory: kept by whoever may, nothing typed is lost, nothing is in it twice, and no house of the programme.

use ceiba_access::Caller;
use ceiba_exchange::hsds::Why;
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::partners::directory::hsds::{self, Fate};
use ceiba_programme::partners::directory::{self, Offer, Unit};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use serde_json::{Value, json};
use uuid::Uuid;

fn codes(text: &str) -> Vec<String> {
    text.split(' ').filter(|c| !c.is_empty()).map(str::to_owned).collect()
}

fn offer() -> Offer {
    Offer {
        name: "Consultorio Las Jacarandas (inventado)".into(),
        kind: "ngo".into(),
        municipality: "GT0920".into(),
        phone: "0000-0901".into(),
        hours: "lunes a viernes, 8:00 a 16:00".into(),
        services: codes("legal_advice psychology"),
        languages: codes("spa mam"),
        units: vec![
            Unit { name: "Recepción".into(), phone: "0000-0902".into() },
            Unit { name: "Archivo".into(), phone: String::new() },
        ],
        coverage: codes("GT0920 GT0901"),
        eligibility: "Mujeres y adolescentes".into(),
        valid_from: "2026-01-01".into(),
        valid_until: "2027-12-31".into(),
    }
}

fn problems(e: ProgrammeError) -> Vec<(&'static str, &'static str)> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| (p.field, p.key)).collect(),
        other => vec![("other", Box::leak(other.to_string().into_boxed_str()))],
    }
}

#[tokio::test]
async fn an_institution_is_added_changed_checked_and_retired() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("M1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let refused = work!(w, lucia, |work| directory::add(&w.p, &mut work, &lucia, &offer()).await);
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))));

        let id = work!(w, nora, |work| directory::add(&w.p, &mut work, &nora, &offer()).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let kept = directory::find(&mut tx, id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(kept.offer, offer());
        assert_eq!(kept.checked_by, Some(nora.account));
        let today: jiff::civil::Date = kept.checked_on.as_deref().unwrap().parse().unwrap();
        assert!(!kept.unchecked(today));
        assert!(kept.unchecked(today.saturating_add(jiff::Span::new().days(181))));

        // Two people changed it: the second is told, and what the first replaced is still there.
        let later = Offer { hours: "martes".into(), ..offer() };
        work!(w, nora, |work| directory::change(&w.p, &mut work, &nora, (id, 1), &later).await).unwrap();
        let second =
            work!(w, nora, |work| directory::change(&w.p, &mut work, &nora, (id, 1), &offer()).await);
        assert!(matches!(second, Err(ProgrammeError::Stale)));
        let mut tx = w.p.store.db.read().await.unwrap();
        let before = directory::history(&mut tx, id).await.unwrap();
        assert_eq!(before.iter().map(|b| &b.offer).collect::<Vec<_>>(), [&offer()]);
        drop(tx);

        // Retired: not to be chosen, still named.
        work!(w, nora, |work| directory::offer_again(&w.p, &mut work, &nora, (id, false)).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(directory::list(&mut tx).await.unwrap().iter().any(|i| i.id == id));
        assert!(!directory::offered(&mut tx).await.unwrap().iter().any(|i| i.id == id));
        drop(tx);
        let referral = Referral { need: "Una consulta".into(), ..Referral::default() };
        let sent = work!(w, lucia, |work| {
            let to = (id, "legal_advice", Way::Told);
            referrals::send(&w.p, &mut work, &lucia, case, to, &referral).await
        });
        assert!(sent.is_err());
        work!(w, nora, |work| directory::offer_again(&w.p, &mut work, &nora, (id, true)).await).unwrap();
        work!(w, nora, |work| directory::confirm(&w.p, &mut work, &nora, id).await).unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_field() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("M1")).await;
        let shelter = || Offer { services: codes("shelter_longer"), ..offer() };
        let bad = [
            (Offer { name: " ".into(), ..offer() }, "name", "problem-directory-name"),
            (Offer { name: "Hogar m1".into(), ..shelter() }, "name", "problem-directory-house"),
            (Offer { name: w.p.pack.name.to_uppercase(), ..offer() }, "name", "problem-directory-house"),
            (Offer { kind: "house".into(), ..offer() }, "kind", "problem-choose"),
            (Offer { municipality: "GT9999".into(), ..offer() }, "municipality", "problem-choose"),
            (Offer { phone: "pregunte por Ana".into(), ..offer() }, "phone", "problem-directory-phone"),
            (Offer { services: vec![], ..offer() }, "services", "problem-choose"),
            (Offer { languages: codes("xx"), ..offer() }, "languages", "problem-choose"),
            (Offer { coverage: codes("Mixco"), ..offer() }, "coverage", "problem-directory-coverage"),
            (Offer { coverage: vec![], ..shelter() }, "coverage", "problem-directory-shelter"),
            (Offer { valid_until: "2025-01-01".into(), ..offer() }, "valid_until", "problem-directory-until"),
            (Offer { valid_from: "2026-2-30?".into(), ..offer() }, "valid_from", "problem-date-impossible"),
        ];
        let mut tx = w.p.store.db.read().await.unwrap();
        let count = directory::list(&mut tx).await.unwrap().len();
        drop(tx);
        for (offer, field, key) in bad {
            let said = work!(w, nora, |work| directory::add(&w.p, &mut work, &nora, &offer).await);
            assert_eq!(problems(said.unwrap_err()), [(field, key)]);
        }
        work!(w, nora, |work| directory::add(&w.p, &mut work, &nora, &offer()).await).unwrap();
        // The same without accents and capitals is the same.
        let again = Offer { name: "consultorio LAS jacarandas inventado".into(), ..offer() };
        let said = work!(w, nora, |work| directory::add(&w.p, &mut work, &nora, &again).await);
        assert_eq!(problems(said.unwrap_err()), [("name", "problem-directory-twice")]);
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = directory::list(&mut tx).await.unwrap();
        assert_eq!(all.len(), count + 1);
        assert!(all.iter().all(|i| w.p.pack.sites.iter().all(|s| i.name != s.code)));
    }
}

#[tokio::test]
async fn municipalities_are_read_as_they_are_typed() {
    for w in worlds().await {
        let typed = ["gt0108", "solola", "San José", "Nowhere at all"].map(str::to_owned);
        let read = directory::municipalities(&w.p, &typed);
        // Two are called San José: nobody guesses which.
        assert_eq!(read, ["GT0108", "GT0701", "San_José", "Nowhere_at_all"]);
        let all: Vec<String> =
            w.p.pack.lists.codes("municipalities").iter().map(|c| c.code.clone()).collect();
        assert_eq!(directory::municipalities(&w.p, &directory::written(&w.p, &all)), all);
    }
}

const GOOD: &str = include_str!("../../exchange/tests/vectors/service.json");
const BAD: &str = include_str!("../../exchange/tests/vectors/bad_service_no_status.json");

async fn exported(w: &World, who: &Caller) -> Vec<Value> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let file = hsds::export(&w.p, &mut tx, who).await.unwrap();
    let page: Value = serde_json::from_slice(&file).unwrap();
    page["contents"].as_array().unwrap().clone()
}

async fn fates(w: &World, who: &Caller, file: &str) -> Vec<Fate> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = hsds::look(&w.p, &mut tx, who, file.as_bytes()).await.unwrap().unwrap();
    rows.into_iter().map(|r| r.fate).collect()
}

/// S1 through the whole house: brought, kept, and out again as it came.
#[tokio::test]
async fn s1_a_service_that_was_brought_leaves_as_it_came() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("M1")).await;
        assert_eq!(fates(&w, &nora, GOOD).await, [Fate::New]);
        let brought = work!(w, nora, |work| hsds::bring(&w.p, &mut work, &nora, GOOD.as_bytes()).await);
        assert_eq!(brought.unwrap(), 1);
        let good: Value = serde_json::from_str(GOOD).unwrap();
        let of = |all: Vec<Value>| all.into_iter().find(|s| s["id"] == good["id"]).unwrap();
        assert_eq!(of(exported(&w, &nora).await), good);

        // The page shows what it can; the day of the check is the sender's.
        let id: Uuid = good["id"].as_str().unwrap().parse().unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let kept = directory::find(&mut tx, id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(
            (kept.hours.as_str(), kept.municipality.as_str()),
            ("lunes a viernes, 08:00 a 17:00", "GT0108")
        );
        assert_eq!((kept.checked_on.as_deref(), kept.checked_by), (Some("2026-11-01"), None));

        // What is changed here is changed in what leaves, and nothing else.
        let later = Offer { phone: "0000-0999".into(), ..kept.offer.clone() };
        work!(w, nora, |work| directory::change(&w.p, &mut work, &nora, (id, 1), &later).await).unwrap();
        let mut after = of(exported(&w, &nora).await);
        assert_eq!(after["phones"][0]["number"], "0000-0999");
        after["phones"] = good["phones"].clone();
        assert_eq!(after, good);
        // A second time it is known; nothing is added or overwritten.
        assert_eq!(fates(&w, &nora, GOOD).await, [Fate::Known(id)]);
        let again = work!(w, nora, |work| hsds::bring(&w.p, &mut work, &nora, GOOD.as_bytes()).await);
        assert!(matches!(again, Err(ProgrammeError::Stale)));
    }
}

#[tokio::test]
async fn each_row_says_what_becomes_of_it() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("M1")).await;
        let good: Value = serde_json::from_str(GOOD).unwrap();
        let with = |n: u128, key: &str, value: Value| {
            let mut s = good.clone();
            s["id"] = json!(Uuid::from_u128(n));
            s["name"] = json!(format!("Servicio {n}"));
            s[key] = value;
            s
        };
        let rows = json!([
            good,
            with(1, "name", json!("CLINICA sin cita, atencion a victimas")),
            with(2, "status", json!("defunct")),
            with(3, "status", json!("maybe")),
            with(4, "service_areas", json!([])),
            with(5, "name", json!(w.p.pack.name)),
            with(6, "minimum_age", json!("zero")),
        ]);
        let bad = fates(&w, &nora, BAD).await;
        let fates = fates(&w, &nora, &rows.to_string()).await;
        assert_eq!(fates[..3], [Fate::New, Fate::Twice(1), Fate::NotOffered]);
        assert_eq!(fates[3], Fate::Wrong(vec![("status".to_owned(), Why::NotOneOf)]));
        let keys = |f: &Fate| match f {
            Fate::Mend(list) => list.iter().map(|p| p.field).collect(),
            _ => vec![],
        };
        assert_eq!(keys(&fates[4]), ["municipality"]);
        assert_eq!(keys(&fates[5]), ["name"]);
        assert!(matches!(&fates[6], Fate::Wrong(list) if list[0].1 == Why::NotSuch));
        assert!(matches!(&bad[..], [Fate::Wrong(list)] if list.len() == 2));
        // Whoever may not write may not look either.
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(hsds::look(&w.p, &mut tx, &lucia, GOOD.as_bytes()).await.is_err());
    }
}

/// S2: of a shelter leaves whom it serves, and not where it is; nothing of the programme's own houses leaves.
#[tokio::test]
async fn s2_a_shelters_place_never_leaves() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("M1")).await;
        let shelter = Offer {
            services: codes("shelter_emergency"),
            municipality: "GT0510".into(),
            coverage: codes("GT0920 GT0108"),
            ..offer()
        };
        let id = work!(w, nora, |work| directory::add(&w.p, &mut work, &nora, &shelter).await).unwrap();
        let all = exported(&w, &nora).await;
        let hers = all.iter().find(|s| s["id"] == json!(id)).unwrap();
        let text = hers.to_string();
        let town = w.p.pack.lists.name("municipalities", "GT0510", "es").unwrap();
        assert!(!text.contains("GT0510") && !text.contains(town), "{text}");
        for word in ["address", "location", "latitude", "longitude"] {
            assert!(!text.contains(word), "{word}");
        }
        let areas: Vec<&str> =
            hers["service_areas"].as_array().unwrap().iter().map(|a| a["extent"].as_str().unwrap()).collect();
        assert_eq!(areas, ["GT0920", "GT0108"]);
        // What we write, we can read: every row is known again.
        let fates = fates(&w, &nora, &json!(all).to_string()).await;
        assert!(fates.iter().all(|f| matches!(f, Fate::Known(_))), "{fates:?}");
        for site in w.p.pack.sites.iter().filter(|s| s.house.is_some()) {
            assert!(all.iter().all(|s| s["name"] != json!(site.code)));
        }
    }
}
