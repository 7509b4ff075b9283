//! Arrivals at the two houses, lived through with the functions that Blanca's page uses.

use ceiba_programme::cases;
use ceiba_programme::cases::files::Attached;
use ceiba_programme::shelter::{self, About, Order, Who, unmet};
use ceiba_programme::{ProgrammeError, dates};
use ceiba_store::{DAY, HOUR, Micros};
use uuid::Uuid;

use super::often::tick;
use super::seed::Past;
use super::story::Step;

/// An arrival, as it will happen.
pub struct Arrival {
    /// Who receives her: the monitora of M1, or who coordinates M2.
    pub who: &'static str,
    /// Her case's code; empty: nobody knows her yet.
    pub code: String,
    /// By what name, when nobody knows her yet.
    pub name: &'static str,
    /// Which number it is: the rest follows from it.
    pub n: u32,
}

/// An order of nobody's court: one page, one line.
const ORDER: &[u8] = include_bytes!("nights/orden.pdf");
const BEDSIDE: [&str; 4] = [
    "Alergia a la penicilina.",
    "Asma: salbutamol, dos inhalaciones si le falta el aire. Lo trae ella.",
    "Ninguna.",
    "No come maní. Ibuprofeno solo con comida.",
];
const DOOR: [&str; 3] = [
    "Un hombre de gorra roja en moto azul. Dice ser su tío.",
    "La señora de la tortillería. Puede venir con papeles.",
    "Su padrastro. Alto, sombrero negro, pickup gris.",
];

/// Every second new case of a house sleeps there from its first night.
pub fn perhaps(past: &mut Past, site: &str, code: String) {
    let who = match site {
        "M1" => "blanca",
        "M2" => "pilar",
        _ => return,
    };
    past.nights += 1;
    let n = past.nights;
    if n.is_multiple_of(2) {
        let at = past.p.store.clock.now() + 6 * HOUR;
        past.plan(at, Step::Arrive(Arrival { who, code, name: "", n }));
    }
}

/// The last nights at M1, so that a visitor finds somebody in the house. One has not been asked everything yet.
pub fn lately(past: &mut Past, now: Micros) {
    for (days, n, name) in [(23, 200, "Jacaranda"), (9, 201, "Rocío"), (1, 203, "Canela")] {
        let arrival = Arrival { who: "blanca", code: String::new(), name, n };
        past.plan(now - days * DAY - 5 * HOUR, Step::Arrive(arrival));
    }
}

/// A request that found no place: codes, of nobody.
pub fn nobody_s(n: u32, reason: &str) -> unmet::Request {
    let bands = ["12-14", "15-17", "15-17", "18-24"];
    let pick = |list: &[&str]| list[n as usize % list.len()].to_owned();
    unmet::Request {
        asked_by: pick(&["court", "pgn", "health", "court", "police"]),
        sex: pick(&["Feminine", "Feminine", "Feminine", "Masculine"]),
        age_band: pick(&bands),
        companions: i64::from(n.is_multiple_of(5)),
        language: pick(&["spa", "spa", "mam", "quc"]),
        needs: if n.is_multiple_of(4) { vec!["pregnant".to_owned()] } else { vec![] },
        reason: reason.to_owned(),
    }
}

/// Somebody arrives; without a bed the request is on record.
pub async fn arrive(past: &mut Past, a: Arrival) -> anyhow::Result<()> {
    let who = past.caller(a.who)?;
    let mut work = past.p.store.work(who.account).await?;
    let house = shelter::of(&past.p, &who)?;
    let free = shelter::free(work.tx(), house).await?;
    let Some(bed) = free.first() else {
        unmet::record(&past.p, &mut work, &who, &nobody_s(a.n, "no_bed")).await?;
        return Ok(work.commit().await?);
    };
    let day = dates::day(work.at() - DAY, &past.p.pack.zone).to_string();
    let photo =
        || Order { attached: Attached { name: "orden.pdf".into(), title: "Orden".into() }, bytes: ORDER };
    let ordered = a.n % 3 != 2;
    let arrival = shelter::Arrival {
        who: if a.code.is_empty() { Who::New(a.name) } else { Who::Known(&a.code) },
        bedside: if a.n == 203 { "" } else { BEDSIDE[a.n as usize / 2 % 4] },
        keep_away: DOOR[a.n as usize % 3],
        bed,
        order: ordered.then(photo),
        order_day: if ordered { &day } else { "" },
        basis: if ordered { "" } else { "pgn_brought" },
        about: About::default(),
        pass: "",
    };
    let (case, _) = match shelter::admit(&past.p, &mut work, &who, &arrival).await {
        // Closed, or she is in already: somebody was faster. Or the house is not for her.
        Err(ProgrammeError::Invalid(_) | ProgrammeError::Unsafe(_)) => return Ok(()),
        other => other?,
    };
    work.commit().await?;
    let now = past.p.store.clock.now();
    past.plan(now + 10 * HOUR, Step::Morning { case });
    let stay = 40 + i64::from(a.n * 37 % 110);
    let how = if a.n % 10 == 4 { "unplanned" } else { "planned" };
    past.plan(now + stay * DAY, Step::Leave { case, who: a.who, how });
    Ok(())
}

/// She leaves, and whoever is responsible looks after her if nobody had planned it.
pub async fn leave(past: &mut Past, case: Uuid, who: &'static str, how: &'static str) -> anyhow::Result<()> {
    let caller = past.caller(who)?;
    let mut work = past.p.store.work(caller.account).await?;
    match shelter::leave(&past.p, &mut work, &caller, case, (how, 0)).await {
        // She left before, in a story of her own.
        Err(ProgrammeError::State(_)) => return Ok(()),
        other => other?,
    }
    work.commit().await?;
    if how == "unplanned" {
        past.plan(past.p.store.clock.now() + HOUR / 2, Step::Morning { case });
    }
    Ok(())
}

/// The tasks of an arrival or an exit are done by whoever is responsible, save the slowest, for the visitor to see.
pub async fn morning(past: &mut Past, case: Uuid) -> anyhow::Result<()> {
    let p = &past.p;
    let mut tx = p.store.db.read().await?;
    let owner = cases::lookup(&mut tx, case).await?.responsible;
    drop(tx);
    let Some(who) = past.who.values().find(|c| c.account == owner).cloned() else { return Ok(()) };
    let mut work = p.store.work(who.account).await?;
    if p.may_case(work.tx(), &who, ceiba_access::Act::TASK_WRITE, case).await.is_err() {
        return Ok(());
    }
    let ours = |code: &str| code.starts_with("arrival-") || code == "exit-look";
    let done = tick(p, &mut work, &who, case, ours).await?;
    if done > 0 { Ok(work.commit().await?) } else { Ok(()) }
}
