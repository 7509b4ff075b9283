//! The last days in the houses, so that a visitor finds them at work: a mother with her baby, two who must be kept apart, one
//! who left and came back, a house that is full, a shift that was handed over.

use ceiba_access::{Act, Caller};
use ceiba_programme::shelter::companions::{self, Companion};
use ceiba_programme::shelter::conduct::{self, Conduct};
use ceiba_programme::shelter::incidents::{self, Incident};
use ceiba_programme::shelter::medicine::{self, Medicine};
use ceiba_programme::shelter::visits::{self, Visitor};
use ceiba_programme::shelter::{
    self, About, Arrival, Exit, Who, apart, drill, log, missing, presence, shift, transfer, unmet,
};
use ceiba_programme::{ProgrammeError, dates};
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use uuid::Uuid;

use super::nights;
use super::seed::Past;
use super::story::Step;

/// Something that happens in a house in the last days.
#[derive(Clone, Copy)]
pub enum Scene {
    /// A mother comes with her baby, at night.
    MotherAndBaby,
    /// Two who will testify about the same facts are kept apart.
    Apart,
    /// Somebody is not where she should be.
    Gone,
    /// She is back, and says why if she wants to.
    Back,
    /// M2 receives until it is full, and somebody asks once more.
    Full,
    /// Medicines, visitors, a leaving that is prepared.
    Papers,
    /// Last night's shift begins.
    Night,
    /// It hands over in the morning.
    HandsOver,
    /// Somebody goes to school and is not back yet.
    School,
    /// The house is left as a drill, and somebody writes about the conduct of a driver.
    Drill,
    /// One of M2 is on her way to M1, and somebody has the bed she had.
    OnHerWay,
}

/// Puts the last days on the calendar.
pub fn lately(past: &mut Past, now: Micros) {
    use Scene::{Apart, Back, Drill, Full, Gone, HandsOver, MotherAndBaby, Night, OnHerWay, Papers, School};
    for (before, scene) in [
        (12 * DAY, MotherAndBaby),
        (9 * DAY, Drill),
        (8 * DAY, Apart),
        (5 * DAY, Gone),
        (5 * DAY - 7 * HOUR, Back),
        (4 * DAY, Full),
        (3 * DAY, Papers),
        (14 * HOUR, Night),
        (5 * HOUR, HandsOver),
        (3 * HOUR, School),
        (2 * HOUR, OnHerWay),
    ] {
        past.plan(now - before, Step::House(scene));
    }
}

/// Lets a scene happen.
pub async fn play(past: &mut Past, scene: Scene) -> anyhow::Result<()> {
    let (blanca, carmen) = (past.caller("blanca")?, past.caller("carmen")?);
    match scene {
        Scene::MotherAndBaby => mother(past, &blanca).await,
        Scene::Apart => keep_apart(past, &carmen).await,
        Scene::Gone => gone(past, &blanca).await,
        Scene::Back => back(past, &blanca).await,
        Scene::Full => full(past).await,
        Scene::Papers => papers(past, &blanca, &carmen).await,
        Scene::Night => night(past, &blanca).await,
        Scene::HandsOver => hands_over(past, &blanca).await,
        Scene::School => school(past, &blanca).await,
        Scene::Drill => left_for_once(past, &blanca).await,
        Scene::OnHerWay => on_her_way(past).await,
    }
}

/// The case of somebody who sleeps at M1, by her chosen name.
async fn case_of(past: &Past, who: &Caller, name: &str) -> anyhow::Result<Option<Uuid>> {
    let mut tx = past.p.store.db.read().await?;
    let here = shelter::residents(&past.p, &mut tx, who).await?;
    Ok(here.iter().find(|r| r.person.core.chosen_name == name).map(|r| r.case.id))
}

async fn mother(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let free = shelter::free(work.tx(), shelter::of(&past.p, who)?).await?;
    let Some(bed) = free.iter().find(|b| b.starts_with(['1', '2'])).or(free.first()) else { return Ok(()) };
    let child = Companion { name: "Sol".to_owned(), age: "ocho meses".to_owned() };
    let arrival = Arrival {
        who: Who::New("Dalia"),
        bedside: "Da pecho: ninguna medicina sin preguntar al puesto de salud.",
        keep_away: "El papá de la bebé. Motoneta verde.",
        bed,
        order: None,
        order_day: "",
        basis: "court_by_phone",
        about: About { years: Some(17), ..About::default() },
        pass: "",
    };
    let (case, _) = match shelter::admit(&past.p, &mut work, who, &arrival).await {
        Err(ProgrammeError::Unsafe(_) | ProgrammeError::Invalid(_)) => return Ok(()),
        other => other?,
    };
    companions::bring(&past.p, &mut work, who, case, (&child, "")).await?;
    Ok(work.commit().await?)
}

async fn keep_apart(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let (one, other) = (case_of(past, who, "Jacaranda").await?, case_of(past, who, "Rocío").await?);
    let (Some(one), Some(other)) = (one, other) else { return Ok(()) };
    let mut work = past.p.store.work(who.account).await?;
    let why = ("testimony", "La fiscalía pidió que no hablen del caso hasta el anticipo de prueba.");
    apart::keep(&past.p, &mut work, who, (one, other), why).await?;
    let mut free = shelter::free(work.tx(), shelter::of(&past.p, who)?).await?.into_iter();
    // Who sleeps too near is given another bed the same day.
    while let Some(bed) = free.next_back() {
        match shelter::to_bed(&past.p, &mut work, who, other, (bed, "")).await {
            Err(ProgrammeError::Unsafe(_)) => {}
            done => {
                done?;
                break;
            }
        }
    }
    Ok(work.commit().await?)
}

async fn gone(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let Some(case) = case_of(past, who, "Jacaranda").await? else { return Ok(()) };
    let mut work = past.p.store.work(who.account).await?;
    let words = ("En el recreo de la tarde, junto al portón.", "Pantalón negro, suéter rojo.");
    let id = missing::start(&past.p, &mut work, who, case, words).await?;
    for (version, step) in (1..).zip(["look", "coordination", "alert", "pgn"]) {
        missing::step(&past.p, &mut work, who, (case, id, version), step).await?;
    }
    Ok(work.commit().await?)
}

async fn back(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let Some(case) = case_of(past, who, "Jacaranda").await? else { return Ok(()) };
    let mut work = past.p.store.work(who.account).await?;
    let Some(search) = missing::now(&past.p, work.tx(), who, case).await? else { return Ok(()) };
    let words = ("came_back", "Quería llamar a su abuela y no sabía a quién pedírselo.");
    missing::end(&past.p, &mut work, who, (case, search.head.id), words).await?;
    Ok(work.commit().await?)
}

async fn full(past: &mut Past) -> anyhow::Result<()> {
    let who = past.caller("pilar")?;
    for name in ["Brisa", "Amapola", "Nube", "Coral", "Alondra", "Mirta"] {
        let mut tx = past.p.store.db.read().await?;
        let free = shelter::free(&mut tx, shelter::of(&past.p, &who)?).await?;
        drop(tx);
        let Some(bed) = free.first() else { break };
        sleeps_at_m2(past, &who, name, bed).await?;
    }
    for n in [3, 10] {
        let mut work = past.p.store.work(who.account).await?;
        unmet::record(&past.p, &mut work, &who, &nights::nobody_s(n, "no_bed")).await?;
        work.commit().await?;
    }
    let blanca = past.caller("blanca")?;
    let mut work = past.p.store.work(blanca.account).await?;
    unmet::record(&past.p, &mut work, &blanca, &nights::nobody_s(4, "not_profile")).await?;
    Ok(work.commit().await?)
}

/// Somebody new arrives at M2.
async fn sleeps_at_m2(past: &Past, who: &Caller, name: &str, bed: &str) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let arrival = Arrival {
        who: Who::New(name),
        bedside: "Ninguna.",
        keep_away: if name == "Brisa" { "Una señora de pelo rojo. Dice ser su madrina." } else { "" },
        bed,
        order: None,
        order_day: "",
        basis: "pgn_brought",
        about: About { years: Some(16), ..About::default() },
        pass: "",
    };
    shelter::admit(&past.p, &mut work, who, &arrival).await?;
    Ok(work.commit().await?)
}

async fn on_her_way(past: &mut Past) -> anyhow::Result<()> {
    let (p, pilar) = (&past.p, past.caller("pilar")?);
    let mut work = p.store.work(pilar.account).await?;
    let here = shelter::residents(p, work.tx(), &pilar).await?;
    let watched = |r: &&shelter::Resident| r.safety.as_ref().is_some_and(|s| !s.body.keep_away.is_empty());
    let Some(her) = here.iter().find(watched).or(here.first()) else { return Ok(()) };
    let exit = Exit {
        reason: "transfer".to_owned(),
        checked: vec!["plan".to_owned(), "documents".to_owned(), "medicine".to_owned()],
        wish: "Quiere estar donde hablan su idioma.".to_owned(),
        house: "M1".to_owned(),
        ..Exit::default()
    };
    let was = shelter::prepared(p, work.tx(), &pilar, (her.case.id, Act::PLAN_WRITE)).await?;
    let what = (transfer::DESTINATION, &exit, was.map(|e| e.head.version));
    shelter::prepare(p, &mut work, &pilar, her.case.id, what).await?;
    shelter::leave(p, &mut work, &pilar, her.case.id, ("planned", 0)).await?;
    work.commit().await?;
    sleeps_at_m2(past, &pilar, "Azucena", &her.bed).await
}

async fn left_for_once(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let here = shelter::residents(p, work.tx(), who).await?;
    let all: Vec<Uuid> = here.iter().map(|r| r.case.id).collect();
    let mend = "La puerta del patio se traba. Falta una lámpara en el pasillo.";
    drill::hold(p, &mut work, who, &all, (5, mend)).await?;
    let driver = Conduct {
        who: "Un chofer que trae las compras".to_owned(),
        known: "saw".to_owned(),
        text: "Le pidió el número de teléfono a una muchacha a cambio de dulces.".to_owned(),
        ..Conduct::default()
    };
    conduct::report(p, &mut work, who, ("exchange", &driver)).await?;
    Ok(work.commit().await?)
}

async fn papers(past: &Past, blanca: &Caller, carmen: &Caller) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(blanca.account).await?;
    let night = |times: &[&str]| times.iter().map(|t| (*t).to_owned()).collect();
    for (name, kind, medicine, dose, times, units) in [
        (
            "Dalia",
            "usual",
            "Hierro con ácido fólico",
            "Una tableta, con jugo.",
            night(&["08:00", "20:00"]),
            40,
        ),
        (
            "Rocío",
            "controlled",
            "Sertralina 50 mg",
            "Una tableta.",
            night(&["02:00", "08:00", "14:00", "20:00"]),
            6,
        ),
        ("Canela", "usual", "Salbutamol", "Dos inhalaciones si le falta el aire.", Vec::new(), 0),
    ] {
        let mut tx = p.store.db.read().await?;
        let here = shelter::residents(p, &mut tx, blanca).await?;
        drop(tx);
        let Some(her) = here.iter().find(|r| r.person.core.chosen_name == name) else { continue };
        let body = Medicine {
            despite: String::new(),
            name: medicine.to_owned(),
            dose: dose.to_owned(),
            times,
            until: String::new(),
            units: 1,
        };
        let id =
            medicine::prescribe(p, &mut work, blanca, (her.case.id, Act::HOUSE_LOG), (kind, &body)).await?;
        if units > 0 {
            medicine::supply(p, &mut work, blanca, (her.case.id, id), units).await?;
        }
    }
    work.commit().await?;
    let mut work = p.store.work(carmen.account).await?;
    let until = dates::day(work.at() + 60 * DAY, &p.pack.zone).to_string();
    if let Some(case) = case_of(past, carmen, "Rocío").await? {
        let aunt = Visitor {
            name: "Ejemplina Noexiste".to_owned(),
            conditions: "En el patio, con alguien del equipo.".to_owned(),
        };
        visits::authorise(p, &mut work, carmen, case, ("relative", &until, &aunt)).await?;
    }
    if let Some(case) = case_of(past, carmen, "Dalia").await? {
        let exit = Exit {
            reason: "reunited".to_owned(),
            checked: vec!["plan".to_owned(), "documents".to_owned(), "contacts".to_owned()],
            reunion: vec!["assessment".to_owned(), "contact".to_owned()],
            wish: "Quiere vivir con su abuela y seguir en la escuela con Sol.".to_owned(),
            agreed: "Llamar los jueves por el medio acordado.".to_owned(),
            house: String::new(),
        };
        shelter::prepare(p, &mut work, carmen, case, ("extended", &exit, None)).await?;
    }
    Ok(work.commit().await?)
}

async fn night(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let read = shift::handover(p, work.tx(), who).await?.map(|h| h.head.id);
    shift::begin(p, &mut work, who, read).await?;
    let here = shelter::residents(p, work.tx(), who).await?;
    let all: Vec<Uuid> = here.iter().map(|r| r.case.id).collect();
    presence::count_heads(p, &mut work, who, &all).await?;
    if let Some(case) = here.iter().find(|r| r.person.core.chosen_name == "Canela") {
        log::write(p, &mut work, who, Some(case.case.id), "No quiso cenar. Se durmió con la luz encendida.")
            .await?;
    }
    let knock = Incident {
        text: "A las 23:40 tocó un hombre en moto y preguntó por una muchacha. No se abrió.".to_owned(),
        done: "Se apagó la luz de la entrada y se avisó a la coordinación.".to_owned(),
        ..Incident::default()
    };
    let again = dates::day(work.at() + DAY, &p.pack.zone).to_string();
    incidents::report(p, &mut work, who, None, ("at_the_door", &again, &knock)).await?;
    Ok(work.commit().await?)
}

async fn hands_over(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let text = "Noche tranquila después de las doce. Canela no cenó: ofrecerle desayuno temprano. \
                Tocaron la puerta a las 23:40, no se abrió. Falta contar las tabletas de Rocío.";
    let here = shelter::residents(&past.p, work.tx(), who).await?;
    let all: Vec<Uuid> = here.iter().map(|r| r.case.id).collect();
    presence::count_heads(&past.p, &mut work, who, &all).await?;
    shift::hand_over(&past.p, &mut work, who, text).await?;
    Ok(work.commit().await?)
}

async fn school(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let Some(case) = case_of(past, who, "Jacaranda").await? else { return Ok(()) };
    let mut work = past.p.store.work(who.account).await?;
    let minutes = 5 * HOUR / MINUTE;
    presence::go_out(&past.p, &mut work, who, case, ("school", minutes, "Seño Amalia")).await?;
    Ok(work.commit().await?)
}
