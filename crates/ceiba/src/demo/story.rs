//! What happens in the invented programme, step by step.

use ceiba_access::{Caller, Folder};
use ceiba_programme::accounts::New;
use ceiba_programme::alerts::triage::{self, Decision};
use ceiba_programme::cases::{
    self, closure, consent, followup, notes, plan, referrals, safety, screening, services, tasks, team,
    tellings,
};
use ceiba_programme::{dates, people};
use ceiba_store::{DAY, HOUR, MINUTE, Micros, Work};
use uuid::Uuid;

use super::cast::PASSWORD;
use super::nights;
use super::seed::{Past, account, alert, new_case, settle};

/// Something that happens at an instant.
pub enum Step {
    /// An alert comes.
    Alert,
    /// Somebody decides about it.
    Decide {
        /// Which.
        alert: Uuid,
        /// Where.
        municipality: &'static str,
    },
    /// Somebody screens after an alert, and settles it.
    Screen {
        /// Which alert.
        alert: Uuid,
        /// Whose it is.
        worker: &'static str,
    },
    /// Somebody arrives at a house.
    Arrive(nights::Arrival),
    /// She leaves it.
    Leave {
        /// Her case.
        case: Uuid,
        /// Who notes it.
        who: &'static str,
        /// How.
        how: &'static str,
    },
    /// In the morning what waited for daylight is done.
    Morning {
        /// Her case.
        case: Uuid,
    },
    /// Luz comes.
    Luz {
        /// The day the visitor sees the programme.
        now: Micros,
    },
    /// Something is done for a case, by its worker.
    Act {
        /// Which case.
        case: Uuid,
        /// Whose.
        worker: &'static str,
        /// What.
        what: Act,
    },
}

/// What is done for a case.
pub enum Act {
    /// Risk evaluation.
    Safety,
    /// Consents.
    Consent,
    /// An interview.
    Telling(&'static str),
    /// A goal in this domain.
    Goal(&'static str, &'static str),
    /// The plan is agreed.
    Agree,
    /// A service.
    Service(&'static str),
    /// A note or visit.
    Note(&'static str),
    /// Goals are rated.
    Rate,
    /// A referral, with what will come back.
    Refer(&'static str, &'static str),
    /// An answer to the open referrals.
    Answer(&'static str),
    /// Follow-up contact.
    FollowUp,
    /// Closing is asked and approved.
    Close,
}

const GOALS: [(&str, &str); 9] = [
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
const NOTES: [&str; 6] = [
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

/// Lets a step happen.
pub async fn happen(past: &mut Past, step: Step) -> anyhow::Result<()> {
    match step {
        Step::Alert => {
            let municipality = if past.dice.below(2) == 0 { "GT0108" } else { "GT0920" };
            let id = alert(past, municipality).await?;
            let minutes = i64::from(10 + past.dice.below(500));
            let at = past.p.store.clock.now() + minutes * MINUTE;
            past.plan(at, Step::Decide { alert: id, municipality });
            Ok(())
        }
        Step::Screen { alert, worker } => screen(past, alert, worker).await,
        Step::Luz { now } => luz(past, now).await,
        Step::Arrive(arrival) => nights::arrive(past, arrival).await,
        Step::Leave { case, who, how } => nights::leave(past, case, who, how).await,
        Step::Morning { case } => nights::morning(past, case).await,
        Step::Decide { alert, municipality } => decide(past, alert, municipality).await,
        Step::Act { case, worker, what } => {
            let caller = past.caller(worker)?;
            act(past, case, worker, &caller, what).await
        }
    }
}

async fn decide(past: &mut Past, alert: Uuid, municipality: &'static str) -> anyhow::Result<()> {
    let worker = match (municipality, past.dice.below(3)) {
        ("GT0920", _) => "lucia",
        (_, 0) => "teresa",
        _ => "abel",
    };
    let who = past.caller(worker)?;
    match past.dice.below(100) {
        0..30 => {
            let site = match worker {
                "lucia" => "K1",
                "teresa" => "M2",
                _ => "M1",
            };
            let new = new_case(past, site, municipality, Some(alert));
            let mut work = past.p.store.work(who.account).await?;
            let (case, code) = cases::open(&past.p, &mut work, &who, &new).await?;
            work.commit().await?;
            calendar(past, case, worker);
            nights::perhaps(past, site, code);
            Ok(())
        }
        30..60 => settle(past, &who, alert, Decision::Orient).await,
        60..80 => {
            settle(past, &who, alert, Decision::Screen).await?;
            let at = past.p.store.clock.now() + HOUR * i64::from(2 + past.dice.below(60));
            past.plan(at, Step::Screen { alert, worker });
            Ok(())
        }
        _ => settle(past, &who, alert, Decision::Close).await,
    }
}

/// Screens with the conversation guide: some questions answered at random, most left for another day.
async fn screen(past: &Past, alert: Uuid, worker: &str) -> anyhow::Result<()> {
    let (p, who) = (&past.p, past.caller(worker)?);
    let mut work = p.store.work(who.account).await?;
    let form = screening::form(work.tx(), "conversation-guide").await?;
    let context = screening::context(p, work.at(), form.language("es"));
    let mut answers = ceiba_forms::initial_answers(&form, &context);
    for _ in 0..3 {
        let open = ceiba_forms::evaluate(&form, &answers, &context);
        let mut given = Vec::new();
        for node in open.nodes.iter().filter(|n| n.relevant && n.answer.is_none()) {
            let choices = node.choices();
            if !choices.is_empty() && past.dice.below(3) > 0 {
                let n = past.dice.below(u32::try_from(choices.len()).unwrap_or(1)) as usize;
                given.push((node.path.clone(), choices[n].name.clone()));
            }
        }
        for (path, choice) in given {
            answers.give(&path, choice);
        }
    }
    let mut evaluation = ceiba_forms::evaluate(&form, &answers, &context);
    let empty = ceiba_forms::initial_answers(&form, &context);
    if !evaluation.accepted() {
        evaluation = ceiba_forms::evaluate(&form, &empty, &context);
    }
    screening::keep(p, &mut work, &who, alert, &form, &evaluation).await?;
    let decision = if past.dice.below(3) == 0 { Decision::Close } else { Decision::Orient };
    let reason = if decision == Decision::Close { "no_sign" } else { "" };
    triage::decide(p, &mut work, &who, alert, decision, (reason, None)).await?;
    Ok(work.commit().await?)
}

/// Puts a whole course of care on the calendar.
fn calendar(past: &mut Past, case: Uuid, worker: &'static str) {
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
        0 | 1 => steps.push((sent + DAY * (2 + dice(10)), Act::Answer("declined"))),
        2 => {}
        _ => {
            steps.push((sent + DAY * (1 + dice(5)), Act::Answer("accepted")));
            steps.push((sent + DAY * (7 + dice(20)), Act::Answer("served")));
        }
    }
    if course < 420 {
        steps.push((DAY * (course - 30), Act::FollowUp));
        steps.push((DAY * course, Act::Close));
    }
    for (after, what) in steps {
        past.plan(start + after, Step::Act { case, worker, what });
    }
}

async fn act(past: &mut Past, case: Uuid, worker: &str, caller: &Caller, what: Act) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(caller.account).await?;
    if cases::lookup(work.tx(), case).await?.state == "closed" {
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
                contact: "Llamar de 9 a 11. Preguntar por el pan.".into(),
                leave_message: false,
            };
            safety::evaluate(p, &mut work, caller, case, level, &evaluation).await?;
        }
        Act::Consent => consents(past, &mut work, caller, case).await?,
        Act::Telling(purpose) => {
            let telling = tellings::Telling { who: "Equipo".into(), record: String::new() };
            tellings::add(p, &mut work, caller, case, (purpose, &day, true), &telling).await?;
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
                consent: hers(),
            };
            consent::record(p, &mut work, caller, case, &new).await?;
            referrals::send(p, &mut work, caller, case, (to, service), &referral).await?;
        }
        Act::Answer(state) => {
            let rows = work
                .sql("SELECT id, version, state FROM entry WHERE file = $1 AND kind = 'referral'")
                .bind(case)
                .all()
                .await?;
            for row in rows {
                let (id, version, now): (Uuid, i64, String) =
                    (row.get("id")?, row.get("version")?, row.get("state")?);
                if referrals::next(&now).contains(&state) {
                    let why = if state == "declined" { "No hay cupo este mes." } else { "" };
                    referrals::answer(p, &mut work, caller, (case, id, version), (state, why)).await?;
                }
            }
        }
        Act::FollowUp => {
            let body = followup::FollowUp {
                channel: "visita".into(),
                remark: "Está bien y sigue en el taller.".into(),
                safe: "yes".into(),
            };
            followup::add(p, &mut work, caller, case, ("reached", &day), &body).await?;
        }
        Act::Close => {
            let body = closure::Closure {
                checks: closure::CHECKS.iter().map(|c| (*c).to_owned()).collect(),
                remark: String::new(),
            };
            closure::ask(p, &mut work, caller, case, "goals_met", &body).await?;
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
    }
    // Some steps find nothing to do; what was not recorded is not committed.
    match work.commit().await {
        Err(ceiba_store::StoreError::Unrecorded) => Ok(()),
        other => Ok(other?),
    }
}

fn hers() -> consent::Consent {
    consent::Consent {
        data: vec!["contact".into(), "needs".into()],
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        legal_basis: String::new(),
    }
}

async fn consents(past: &Past, work: &mut Work, caller: &Caller, case: Uuid) -> anyhow::Result<()> {
    let until = dates::day(work.at() + 365 * DAY, &past.p.pack.zone).to_string();
    for (purpose, given) in [("services", true), ("statistics_nonidentifying", true), ("media", false)] {
        let new = consent::New { purpose, recipient: None, until: &until, given, consent: hers() };
        consent::record(&past.p, work, caller, case, &new).await?;
    }
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

/// Luz's case: the one a visitor opens first. She is sixteen, and she has an account to see her own plan.
async fn luz(past: &mut Past, now: Micros) -> anyhow::Result<()> {
    let lucia = past.caller("lucia")?;
    let mut new = new_case(past, "K1", "GT0920", None);
    if let cases::Whose::New(person) = &mut new.whose {
        person.core = people::Core {
            chosen_name: "Luz".into(),
            language: "mam".into(),
            interpreter: true,
            birth: dates::Birth::About { years: 16, on: dates::day(now, &past.p.pack.zone) },
            ..Default::default()
        };
        person.sex = "Feminine".into();
    }
    let mut work = past.p.store.work(lucia.account).await?;
    let (case, _) = cases::open(&past.p, &mut work, &lucia, &new).await?;
    let person = cases::lookup(work.tx(), case).await?.person;
    work.commit().await?;
    let nora = past.caller("nora")?;
    let mut work = past.p.store.work(nora.account).await?;
    for colleague in ["julio", "elena", "irma"] {
        let account = past.caller(colleague)?.account;
        team::name(&past.p, &mut work, &nora, case, account).await?;
    }
    work.commit().await?;
    let account_of_luz = New {
        username: "luz",
        name: "Luz",
        role: "survivor",
        site: None,
        language: "es",
        password: PASSWORD,
        person: Some(person),
    };
    account(&past.p, &account_of_luz).await?;
    let worker = "lucia";
    let at = |days: i64| now - 120 * DAY + days * DAY + 3 * HOUR;
    let steps = [
        (0, Act::Safety),
        (1, Act::Consent),
        (2, Act::Telling("needs")),
        (6, Act::Telling("police")),
        (12, Act::Telling("health")),
        (8, Act::Goal("school", GOALS[0].1)),
        (9, Act::Goal("work", GOALS[1].1)),
        (10, Act::Goal("family", GOALS[2].1)),
        (20, Act::Agree),
        (15, Act::Service("psychology")),
        (22, Act::Service("education_formal")),
        (40, Act::Service("psychology")),
        (50, Act::Refer("escuela-taller", "vocational_training")),
        (53, Act::Answer("accepted")),
        (60, Act::Answer("served")),
        (30, Act::Note(NOTES[0])),
        (70, Act::Note(NOTES[3])),
        (100, Act::Note(NOTES[2])),
        (65, Act::Rate),
        (105, Act::Rate),
        (112, Act::Safety),
    ];
    for (days, what) in steps {
        past.plan(at(days), Step::Act { case, worker, what });
    }
    Ok(())
}

/// The last hours before the visitor comes: work that waits.
pub async fn leave_work_open(past: &mut Past, now: Micros) -> anyhow::Result<()> {
    for (minutes, municipality) in
        [(400, "GT0920"), (170, "GT0108"), (45, "GT0920"), (20, "GT0920"), (8, "GT0108")]
    {
        past.clock.set(now - minutes * MINUTE);
        alert(past, municipality).await?;
    }
    past.clock.set(now - 5 * MINUTE);
    let lucia = past.caller("lucia")?;
    let mut work = past.p.store.work(lucia.account).await?;
    let row = work
        .sql(
            "SELECT c.id FROM case_file c JOIN account a ON a.person = c.person ORDER BY c.opened_at LIMIT 1",
        )
        .one()
        .await?;
    let case: Uuid = row.get("id")?;
    for (text, days) in [
        ("Confirmar intérprete de mam para la audiencia", 0),
        ("Llevar a Luz a comprar el delantal del taller", 2),
    ] {
        let day = dates::day(now + days * DAY, &past.p.pack.zone).to_string();
        tasks::give(&past.p, &mut work, &lucia, case, (text, &day, None)).await?;
    }
    Ok(work.commit().await?)
}
