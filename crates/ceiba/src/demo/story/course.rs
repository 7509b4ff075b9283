//! A course of care: what is done for a case from its first day to its closing.

use ceiba_access::{Caller, Folder};
use ceiba_programme::cases::identification::{self, Identification};
use ceiba_programme::cases::referrals::Way;
use ceiba_programme::cases::{
    self, closure, consent, followup, notes, plan, referrals, safety, services, tellings,
};
use ceiba_programme::contact::rules;
use ceiba_programme::dates;
use ceiba_programme::partners::steps;
use ceiba_store::{DAY, HOUR, Micros, Work};
use uuid::Uuid;

use super::super::often::word;
use super::super::seed::Past;
use super::later;
use super::{Act, Step};

pub(super) const GOALS: [(&str, &str); 9] = [
    ("school", "Quiero terminar sexto y aprender computación."),
    ("work", "Quiero saber hacer pan y venderlo."),
    ("family", "Quiero ver a mi abuela los domingos."),
    ("mind", "Quiero dormir sin la luz encendida."),
    ("health", "Quiero que me quiten el dolor de muela."),
    ("papers", "Quiero tener mi documento con mi nombre."),
    ("justice", "Quiero saber qué pasa con mi caso."),
    ("home", "Quiero un cuarto con llave."),
    ("safety", "Quiero ir al mercado sin miedo."),
];
pub(super) const NOTES: [&str; 6] = [
    "Llegó puntual. Pidió cambiar la hora de los jueves por la escuela.",
    "Se acordó llamar a su tía por el canal acordado.",
    "Dice que el taller le gusta y que quiere seguir. Falta su delantal.",
    "Se revisó el plan con ella. Quiere pasar la meta de la escuela al primer lugar.",
    "Visita corta. La casa está tranquila; la abuela pregunta por los papeles.",
    "Se explicó otra vez qué permisos dio y cómo retirarlos. No cambió ninguno.",
];
const SERVICES: [&str; 10] = [
    "psychology",
    "psychology",
    "social_work",
    "medical_general",
    "education_formal",
    "vocational_training",
    "legal_advice",
    "food_clothing",
    "economic_support",
    "life_skills",
];

/// Puts a whole course of care on the calendar.
pub(super) fn calendar(past: &mut Past, case: Uuid, worker: &'static str) {
    let start = past.p.store.clock.now();
    let dice = |n: u32| i64::from(past.dice.below(n));
    let mut steps: Vec<(Micros, Act)> = vec![
        (HOUR * (2 + dice(20)), Act::Safety),
        (HOUR * (26 + dice(40)), Act::Consent),
        (DAY * (1 + dice(4)), Act::Telling("needs")),
        (DAY * (5 + dice(30)), Act::Telling("prosecutor")),
        (DAY * (31 + dice(20)), Act::Safety),
    ];
    for n in 0..2 + dice(2) {
        let (domain, words) = GOALS[((dice(9) + n) % 9) as usize];
        steps.push((DAY * (6 + dice(10)), Act::Goal(domain, words)));
    }
    steps.push((DAY * (17 + dice(14)), Act::Agree));
    let course = 150 + dice(350);
    for _ in 0..course / 24 {
        steps.push((DAY * (3 + dice(180)), Act::Service(SERVICES[dice(10) as usize])));
    }
    for _ in 0..3 + dice(3) {
        steps.push((DAY * (2 + dice(150)), Act::Note(NOTES[dice(6) as usize])));
    }
    for n in 1..4 {
        steps.push((DAY * (n * 60 + dice(20)), Act::Rate));
    }
    let institutions = [
        ("hospital-coatepeque", "medical_general"),
        ("escuela-taller", "vocational_training"),
        ("centro-salud-mixco", "psychology"),
        ("red-emprende", "economic_support"),
    ];
    let (institution, service) = institutions[dice(4) as usize];
    let sent = DAY * (8 + dice(60));
    steps.push((sent, Act::Refer(institution, service)));
    match dice(10) {
        0 | 1 => steps.push((sent + DAY * (2 + dice(10)), Act::Answer("rejected"))),
        2 => {}
        _ => {
            steps.push((sent + DAY * (1 + dice(5)), Act::Answer("accepted")));
            steps.push((sent + DAY * (7 + dice(20)), Act::Answer("completed")));
        }
    }
    let age = (past.now - start) / DAY;
    if age < 70 {
        // However few services chance gives her: nobody waits for the first one.
        steps.push((DAY * 5, Act::Service("social_work")));
    }
    let unasked = worker == "lucia" && past.unasked.is_none() && (330..400).contains(&age);
    if unasked {
        past.unasked = Some(case);
        steps.push((DAY * (age - 184), Act::Close));
    } else if course < 420 {
        steps.push((DAY * (course - 30), Act::FollowUp));
        steps.push((DAY * course, Act::Close));
        // Half a year and a year later somebody asks.
        steps.push((DAY * (course + 182), Act::FollowUp));
        steps.push((DAY * (course + 366), Act::FollowUp));
    }
    for (after, what) in steps {
        past.plan(start + after, Step::Act { case, worker, what });
    }
    later::calendar(past, case, worker);
}

/// Does one thing for a case.
pub(super) async fn act(
    past: &mut Past,
    case: Uuid,
    worker: &str,
    caller: &Caller,
    what: Act,
) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(caller.account).await?;
    if cases::lookup(work.tx(), case).await?.state == "closed" && !matches!(what, Act::FollowUp) {
        return Ok(());
    }
    let day = p.day(work.at());
    match what {
        Act::Safety => {
            let level = ["high", "medium", "medium", "low"][past.dice.below(4) as usize];
            let evaluation = safety::Evaluation {
                avoid: "No dejar recado con nadie de la familia.".into(),
                keep_away: "El patrón de la tortillería.".into(),
                now: "Que no salga sola por las tardes.".into(),
                plan: "Si lo veo, entro a la tienda de doña Chabela y pido el teléfono.".into(),
            };
            safety::evaluate(p, &mut work, caller, case, level, &evaluation).await?;
            reach(past, &mut work, caller, case).await?;
        }
        Act::Consent => {
            consents(past, &mut work, caller, case).await?;
            presumed(past, &mut work, caller, case).await?;
        }
        Act::Telling(purpose) => {
            let told = purpose == "prosecutor";
            let room = ["gesell", "office", "advance_evidence", "open_room"][(case.as_u128() % 4) as usize];
            let telling = tellings::Telling {
                who: if told { "Fiscalía" } else { "Equipo" }.into(),
                place: if told { room } else { "office" }.into(),
                asked_by: if told { "prosecutor" } else { "own_team" }.into(),
                company: if told { "Su trabajadora social" } else { "" }.into(),
                ..tellings::Telling::default()
            };
            tellings::add(p, &mut work, caller, case, (purpose, &day, None, true), &telling).await?;
        }
        Act::Goal(domain, words) => {
            let goal = plan::Goal {
                words: words.into(),
                need: "Acompañamiento y materiales.".into(),
                strength: "Sabe pedir ayuda y llega a la hora.".into(),
                level: -2,
                rated_with_her: true,
                step: "Ir juntas a preguntar.".into(),
                step_who: "Ella y su trabajadora social".into(),
                step_by: String::new(),
                counted: None,
            };
            plan::add(p, &mut work, caller, case, domain, &goal).await?;
        }
        Act::Agree => {
            plan::agree(p, &mut work, caller, case, "spoken").await?;
        }
        Act::Service(kind) => {
            let service = services::Service { provider: String::new(), amount: 1, remark: String::new() };
            services::give(p, &mut work, caller, case, (kind, &day), &service).await?;
        }
        Act::Note(text) => {
            notes::add(p, &mut work, caller, case, Folder::Social, ("visit", &day, text), None).await?;
        }
        Act::Rate => rate(past, &mut work, caller, case).await?,
        Act::Refer(institution, service) => {
            let all = work.sql("SELECT id FROM institution WHERE code = $1").bind(institution).one().await?;
            let referral = referrals::Referral {
                need: "Atención acordada con ella.".into(),
                data: vec!["needs".into()],
                ..Default::default()
            };
            let to: Uuid = all.get("id")?;
            let until = dates::day(work.at() + 200 * DAY, &p.pack.zone).to_string();
            let new = consent::New {
                purpose: "share_named_partner",
                recipient: Some(to),
                until: &until,
                given: true,
                consent: word("spa"),
            };
            consent::record(p, &mut work, caller, case, &new).await?;
            referrals::send(p, &mut work, caller, case, (to, service, Way::Told), &referral).await?;
        }
        Act::Answer(state) => {
            let rows = work
                .sql(
                    "SELECT id, version, state FROM entry WHERE file = $1 AND kind = 'referral' AND other IN (SELECT id FROM institution
                       WHERE code IN ('hospital-coatepeque', 'escuela-taller', 'centro-salud-mixco', 'red-emprende'))",
                )
                .bind(case)
                .all()
                .await?;
            for row in rows {
                let (id, version, now): (Uuid, i64, String) =
                    (row.get("id")?, row.get("version")?, row.get("state")?);
                if steps::reach(&now, state).is_some() {
                    let why = if state == "rejected" { "No hay cupo este mes." } else { "" };
                    referrals::answer(p, &mut work, caller, (case, id, version), (state, why)).await?;
                }
            }
        }
        Act::FollowUp => {
            let body = followup::FollowUp {
                channel: "visit".into(),
                remark: "Está bien y sigue en el taller.".into(),
                safe: "yes".into(),
                home: "yes".into(),
                doing: ["study", "work", "both"][(case.as_u128() % 3) as usize].into(),
            };
            followup::add(p, &mut work, caller, case, ("reached", &day, false), &body).await?;
        }
        Act::Close => {
            let body = closure::Closure {
                checks: closure::CHECKS.iter().map(|c| (*c).to_owned()).collect(),
                remark: String::new(),
            };
            // Three in five go home to their family and are safe there.
            let reason = if case.as_u128() % 5 < 3 { "reintegrated_family" } else { "goals_met" };
            closure::ask(p, &mut work, caller, case, reason, &body).await?;
            work.commit().await?;
            let boss = past.caller(match worker {
                "lucia" => "nora",
                "teresa" => "pilar",
                _ => "carmen",
            })?;
            let mut work = p.store.work(boss.account).await?;
            closure::decide(p, &mut work, &boss, case, true).await?;
            return Ok(work.commit().await?);
        }
        Act::Later(what) => later::happen(past, &mut work, caller, case, what).await?,
    }
    // Some steps find nothing to do; what was not recorded is not committed.
    match work.commit().await {
        Err(ceiba_store::StoreError::Unrecorded) => Ok(()),
        other => Ok(other?),
    }
}

async fn consents(past: &Past, work: &mut Work, caller: &Caller, case: Uuid) -> anyhow::Result<()> {
    let until = dates::day(work.at() + 365 * DAY, &past.p.pack.zone).to_string();
    for (purpose, given) in [("services", true), ("statistics_nonidentifying", true), ("media", false)] {
        let new = consent::New { purpose, recipient: None, until: &until, given, consent: word("spa") };
        consent::record(&past.p, work, caller, case, &new).await?;
    }
    Ok(())
}

/// Where she was recruited, of two in three.
pub(super) fn recruited(case: Uuid) -> Option<&'static str> {
    let n = (case.as_u128() % 12) as usize;
    ["GT09", "GT01", "GT09", "GT12", "GT09", "GT01", "GT13", "GT09"].get(n).copied()
}

/// What the team presumes, and where she was recruited when she told it by herself: of two in three.
async fn presumed(past: &Past, work: &mut Work, caller: &Caller, case: Uuid) -> anyhow::Result<()> {
    let Some(department) = recruited(case) else { return Ok(()) };
    let body = Identification {
        acts: vec!["A-REC".into()],
        means: vec![],
        purposes: vec!["GT03".into()],
        by: "Equipo".into(),
        basis: "Lo que contó sin que se le preguntara".into(),
        recruited: vec![department.to_owned()],
    };
    let on = past.p.day(work.at());
    identification::decide(&past.p, work, caller, case, ("presumed", &on), &body).await?;
    Ok(())
}

async fn rate(past: &Past, work: &mut Work, caller: &Caller, case: Uuid) -> anyhow::Result<()> {
    let p = &past.p;
    let grant = p.may_case(work.tx(), caller, ceiba_access::Act::PLAN_WRITE, case).await?;
    for goal in plan::list(p, work.tx(), caller, &grant, case).await? {
        let level = (goal.body.level + i8::try_from(past.dice.below(3)).unwrap_or(0)).min(2);
        if level != goal.body.level {
            let body = plan::Goal { level, rated_with_her: true, ..goal.body };
            plan::change(p, work, caller, (case, goal.head.id, goal.head.version), &body).await?;
        }
    }
    Ok(())
}

/// How she may be reached, once: a call in the morning, and for some nothing on paper.
async fn reach(past: &Past, work: &mut Work, caller: &Caller, case: Uuid) -> anyhow::Result<()> {
    let p = &past.p;
    let grant = rules::reader(p, work.tx(), caller, case).await?;
    if !rules::list(p, work.tx(), caller, &grant, case).await?.is_empty() {
        return Ok(());
    }
    let place = format!("5555-0{:03}", case.as_u128() % 1000);
    let call = rules::New {
        channel: "call",
        place: &place,
        days: &["1", "2", "3", "4", "5"],
        from: "09:00",
        to: "11:00",
        code_word: "Preguntar por el pan",
        ..rules::New::default()
    };
    // Where the number is his, there is none.
    match rules::add(p, work, caller, case, &call).await {
        Ok(_) | Err(ceiba_programme::ProgrammeError::Invalid(_)) => {}
        Err(e) => return Err(e.into()),
    }
    if case.as_u128().is_multiple_of(3) {
        let never = rules::New { channel: "letter", never: true, ..rules::New::default() };
        rules::add(p, work, caller, case, &never).await?;
    }
    Ok(())
}
