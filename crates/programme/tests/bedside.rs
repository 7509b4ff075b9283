//! Allergies and medicine written by the health team: the house sees at once what changed, and nobody prescribes past an
//! allergy without saying why.

use crate::support::shelter as support;
use ceiba_access::{Act, Caller};
use ceiba_programme::entries;
use ceiba_programme::shelter::bedside::{self, Ended};
use ceiba_programme::shelter::medicine::{self, Medicine, Taken};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, cases, shelter, work};
use ceiba_store::{Clock as _, MINUTE};
use support::{arrives, fields, staff};
use uuid::Uuid;

fn syrup(name: &str, dose: &str, despite: &str) -> Medicine {
    Medicine {
        name: name.into(),
        dose: dose.into(),
        times: vec![],
        until: String::new(),
        units: 1,
        despite: despite.into(),
    }
}

async fn prescribe(
    w: &World,
    who: &Caller,
    to: (Uuid, Act),
    body: &Medicine,
) -> Result<Uuid, ProgrammeError> {
    work!(w, who, |work| medicine::prescribe(&w.p, &mut work, who, to, ("usual", body)).await)
}

/// A resident of M1, the monitora, and a nurse on her team.
async fn at_the_bedside(w: &World) -> (Uuid, Caller, Caller) {
    let (blanca, carmen, _) = staff(w).await;
    let case = arrives(w, &blanca, "Maribel", "1A", "").await;
    let irma = w.person("irma", "health", Some("K1")).await;
    work!(w, carmen, |work| cases::team::name(&w.p, &mut work, &carmen, case, irma.account).await).unwrap();
    (case, blanca, irma)
}

/// What the house reads of her at her bed.
async fn house(w: &World, who: &Caller, case: Uuid) -> (Vec<String>, Vec<Taken>, Vec<Ended>) {
    let mut tx = w.p.store.db.read().await.unwrap();
    let her = shelter::resident(&w.p, &mut tx, who, case).await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::HOUSE_READ, case).await.unwrap();
    let taken = medicine::of(&w.p, &mut tx, who, &grant, case).await.unwrap();
    let ended = bedside::ended(&w.p, &mut tx, who, &grant, (case, 0)).await.unwrap();
    (her.bedside.into_iter().map(|b| b.body.text).collect(), taken, ended)
}

#[tokio::test]
async fn what_the_health_team_writes_is_at_her_bed_at_once_with_who_and_when() {
    for w in worlds().await {
        let (case, blanca, irma) = at_the_bedside(&w).await;
        let health = (case, Act::WRITE_HEALTH);
        w.place.clock.move_by(MINUTE);
        let id = prescribe(&w, &irma, health, &syrup("Inventina", "una cucharada", "")).await.unwrap();
        work!(w, irma, |work| bedside::note(&w.p, &mut work, &irma, case, "Maní: se le cierra la garganta.")
            .await)
        .unwrap();
        let (known, taken, ended) = house(&w, &blanca, case).await;
        assert_eq!(known, ["Maní: se le cierra la garganta.", "Ninguna."], "{}", w.engine);
        assert_eq!((taken.len(), taken[0].medicine.head.author), (1, irma.account), "{}", w.engine);
        assert!(ended.is_empty());
        // The house gives what she prescribed.
        let dose = (None, "given", "");
        work!(w, blanca, |work| medicine::give(&w.p, &mut work, &blanca, (case, id), dose).await).unwrap();
        w.place.clock.move_by(MINUTE);
        work!(w, irma, |work| medicine::stop(&w.p, &mut work, &irma, health, id).await).unwrap();
        let (_, taken, ended) = house(&w, &blanca, case).await;
        let told = (ended[0].kind, ended[0].said.as_str(), ended[0].by, ended[0].at);
        assert_eq!(told, ("medicine", "Inventina", irma.account, w.place.clock.now()), "{}", w.engine);
        assert!(taken.is_empty(), "{}", w.engine);
        let twice = work!(w, irma, |work| medicine::stop(&w.p, &mut work, &irma, health, id).await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
    }
}

#[tokio::test]
async fn an_allergy_is_taken_off_with_a_reason_and_what_it_said_is_kept() {
    for w in worlds().await {
        let (case, blanca, irma) = at_the_bedside(&w).await;
        let empty = work!(w, irma, |work| bedside::note(&w.p, &mut work, &irma, case, "").await);
        assert_eq!(fields(empty.unwrap_err()), ["allergy"]);
        let id =
            work!(w, irma, |work| bedside::note(&w.p, &mut work, &irma, case, "Penicilina").await).unwrap();
        let off = async |seen, why: &str| {
            work!(w, irma, |work| bedside::retire(&w.p, &mut work, &irma, (case, id, seen), why).await)
        };
        assert_eq!(fields(off(1, "").await.unwrap_err()), ["why"]);
        assert!(matches!(off(7, "otra versión").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        off(1, "Prueba de piel negativa.").await.unwrap();
        assert!(matches!(off(2, "otra vez").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let (known, _, ended) = house(&w, &blanca, case).await;
        assert_eq!(known, ["Ninguna."], "{}", w.engine);
        assert_eq!(
            (ended[0].said.as_str(), ended[0].why.as_str()),
            ("Penicilina", "Prueba de piel negativa.")
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &irma, Act::READ_HEALTH, case).await.unwrap();
        let head = entries::head(&mut tx, case, id).await.unwrap();
        let before: Vec<entries::Former<shelter::Bedside>> =
            entries::history(&w.p, &mut tx, &irma, &grant, &head).await.unwrap();
        assert_eq!((before.len(), before[0].body.retired.as_str()), (1, ""), "{}", w.engine);
        assert_eq!((before[0].body.text.as_str(), before[0].changed_by), ("Penicilina", irma.account));
        drop(tx);
        // The house may not take one off: its right opens the compartment, and this is not its act.
        let house =
            work!(w, blanca, |work| bedside::retire(&w.p, &mut work, &blanca, (case, id, 2), "x").await);
        assert!(matches!(house, Err(ProgrammeError::Refused(_))), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_medicine_that_an_allergy_names_asks_once_more_whoever_writes_it() {
    for w in worlds().await {
        let (case, blanca, irma) = at_the_bedside(&w).await;
        let health = (case, Act::WRITE_HEALTH);
        let with_milk = prescribe(&w, &irma, health, &syrup("Otrazol", "con leche", "")).await.unwrap();
        let said = "Alérgica a la PENICILINA; tampoco leche, le duele cada noche.";
        work!(w, irma, |work| bedside::note(&w.p, &mut work, &irma, case, said).await).unwrap();
        // Written before the allergy: the house is warned all the same.
        let (_, taken, _) = house(&w, &blanca, case).await;
        assert_eq!(taken[0].named, ["leche"], "{}", w.engine);
        for (who, to) in [(&irma, health), (&blanca, (case, Act::HOUSE_LOG))] {
            let asked = prescribe(&w, who, to, &syrup("Penicilinas B", "cada noche", "")).await;
            assert_eq!(fields(asked.unwrap_err()), ["despite"], "{} ({})", who.role, w.engine);
        }
        // Words that stand on every prescription name nothing.
        prescribe(&w, &irma, health, &syrup("Inventina", "una tableta cada noche", "")).await.unwrap();
        let why = "Se la dieron en el hospital sin reacción.";
        let id = prescribe(&w, &irma, health, &syrup("Penicilinas B", "cada noche", why)).await.unwrap();
        let (_, taken, _) = house(&w, &blanca, case).await;
        let it = taken.iter().find(|t| t.medicine.head.id == id).unwrap();
        assert_eq!(
            (it.named.as_slice(), it.medicine.body.despite.as_str()),
            (&["penicilinas".into()][..], why)
        );
        let milk = taken.iter().find(|t| t.medicine.head.id == with_milk).unwrap();
        assert!(milk.medicine.body.despite.is_empty());
        // A last day that is past would never come to the round.
        let past = Medicine { until: "2020-01-01".into(), ..syrup("Inventina", "una", "") };
        assert_eq!(fields(prescribe(&w, &irma, health, &past).await.unwrap_err()), ["until"], "{}", w.engine);
    }
}
