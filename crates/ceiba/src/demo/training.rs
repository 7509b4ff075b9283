//! Courses of the invented programme: trainers trained, a course that ended, one for teachers, and one of forty-two officials that is half
//! way while the visitor looks. No dice of the story are thrown: its own chance draws the names.

use ceiba_access::Caller;
use ceiba_programme::dates;
use ceiba_programme::training::door::{self, Said};
use ceiba_programme::training::{Course, Session, courses, marks, people, roster, sessions, sheets};
use ceiba_store::{Chance, DAY, HOUR, MINUTE, Micros, Work};
use uuid::Uuid;

use super::names;
use super::seed::Past;
use super::story::Step;

/// Institution, post, and how many come; for a community, kind of partner.
type From = &'static [(&'static str, &'static str, u32)];

/// A course, as it is invented.
pub struct Plan {
    curriculum: &'static str,
    municipality: &'static str,
    room: &'static str,
    from: From,
    /// Module, days from the first one, hour.
    sessions: &'static [(&'static str, i64, i64)],
    seed: u8,
}

const TRAINERS: Plan = Plan {
    curriculum: "investigation-trainers",
    municipality: "GT0101",
    room: "Salón B (inventado)",
    from: &[("mp", "prosecutor", 5), ("pnc", "police_investigator", 3)],
    sessions: &[("teach", 0, 8), ("practice", 1, 8)],
    seed: 1,
};
const FIRST: Plan = Plan {
    curriculum: "investigation",
    municipality: "GT0920",
    room: "Casa de la cultura (inventada)",
    from: &[("mp", "prosecutor_assistant", 9), ("oj", "court_officer", 7), ("pnc", "police_agent", 8)],
    sessions: &[
        ("trauma", 0, 8),
        ("rights", 0, 14),
        ("interview", 1, 8),
        ("evidence", 2, 8),
        ("case-work", 3, 8),
    ],
    seed: 2,
};
const TEACHERS: Plan = Plan {
    curriculum: "early-signs",
    municipality: "GT0920",
    room: "Escuela Los Almendros (inventada)",
    from: &[("", "teacher", 11), ("", "nurse", 3), ("", "council", 2)],
    sessions: &[("signs", 0, 14), ("notice", 1, 14)],
    seed: 3,
};
const HALF: Plan = Plan {
    curriculum: "investigation",
    municipality: "GT0101",
    room: "Auditorio de la escuela (inventado)",
    from: &[("mp", "prosecutor", 20), ("oj", "judge", 12), ("pnc", "police_investigator", 10)],
    sessions: &[("trauma", 0, 8), ("rights", 0, 14), ("interview", 1, 8)],
    seed: 4,
};
const NEXT: Plan = Plan {
    curriculum: "early-signs",
    municipality: "GT0108",
    room: "Salón municipal (inventado)",
    from: &[],
    sessions: &[("signs", 0, 9), ("notice", 1, 9)],
    seed: 5,
};

/// Small courses, one in each month since training began: days before the visitor's, and whose people came. Where it is a unit of the
/// directory that answers referrals too, practice can be compared.
const MONTHLY: [(i64, From); 23] = [
    (705, &[("mp", "prosecutor_assistant", 6)]),
    (675, &[("oj", "court_officer", 6)]),
    (645, &[("pnc", "police_agent", 6)]),
    (615, &[("pgn", "psychologist", 6)]),
    (585, &[("mp", "prosecutor_assistant", 6)]),
    (555, &[("pnc", "police_agent", 6)]),
    (525, &[("oj", "court_officer", 6)]),
    (495, &[("victimas-mixco", "psychologist", 6)]),
    (465, &[("subestacion-mixco", "police_agent", 6)]),
    (435, &[("victimas-coatepeque", "psychologist", 6)]),
    (405, &[("tribunal-mixco", "court_officer", 6)]),
    (375, &[("trabajo-social-coatepeque", "psychologist", 6)]),
    (345, &[("pgn", "psychologist", 6)]),
    (315, &[("mp", "prosecutor_assistant", 6)]),
    (285, &[("pnc", "police_agent", 6)]),
    (255, &[("oj", "court_officer", 6)]),
    (225, &[("mp", "prosecutor_assistant", 6)]),
    (195, &[("pgn", "psychologist", 6)]),
    (165, &[("pnc", "police_agent", 6)]),
    (135, &[("oj", "court_officer", 6)]),
    (105, &[("mp", "prosecutor_assistant", 6)]),
    (75, &[("pnc", "police_agent", 6)]),
    (45, &[("oj", "court_officer", 6)]),
];

/// The units of the directory whose people were trained, with the days before the visitor's.
pub fn units() -> impl Iterator<Item = (&'static str, i64)> {
    MONTHLY
        .iter()
        .flat_map(|(days, from)| from.iter().map(|(unit, ..)| (*unit, *days)))
        .filter(|u| u.0.contains('-'))
}

/// One of them.
fn monthly(n: usize) -> Plan {
    Plan {
        curriculum: "investigation",
        municipality: if n.is_multiple_of(2) { "GT0108" } else { "GT0920" },
        room: "Salón de la institución (inventado)",
        from: MONTHLY[n].1,
        sessions: &[("trauma", 0, 8), ("interview", 1, 8), ("case-work", 2, 8)],
        seed: u8::try_from(40 + n).unwrap_or(40),
    }
}

/// Something of training that happens.
pub enum Moment {
    /// A small course of a month, whole.
    Monthly(usize),
    /// A course that is held from its first day to its last, and closed.
    Whole(&'static Plan),
    /// The course that is half way: its first sessions.
    Half,
    /// Its session of now: telephones, and names that wait.
    Now,
    /// One that is still to come.
    Next,
}

/// Days before the visitor's on which a small course ended.
pub fn months() -> impl Iterator<Item = i64> {
    MONTHLY.iter().map(|(days, _)| *days)
}

/// Puts the courses on the calendar. A course is lived through on the day after its last session.
pub fn calendar(past: &mut Past, now: Micros) {
    for (n, (days, _)) in MONTHLY.iter().enumerate() {
        past.plan(now - days * DAY, Step::Training(Moment::Monthly(n)));
    }
    past.plan(now - 118 * DAY, Step::Training(Moment::Whole(&TRAINERS)));
    past.plan(now - 60 * DAY, Step::Training(Moment::Whole(&FIRST)));
    past.plan(now - 20 * DAY, Step::Training(Moment::Whole(&TEACHERS)));
    past.plan(now - DAY, Step::Training(Moment::Half));
    past.plan(now - 2 * DAY, Step::Training(Moment::Next));
    past.plan(now - 20 * MINUTE, Step::Training(Moment::Now));
}

/// Lets it happen.
pub async fn happen(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let diego = past.caller("diego")?;
    match moment {
        Moment::Whole(plan) => whole(past, &diego, plan).await,
        Moment::Monthly(n) => whole(past, &diego, &monthly(n)).await,
        Moment::Half => half(past, &diego).await,
        Moment::Next => {
            let mut work = past.p.store.work(diego.account).await?;
            let id = begin(past, &mut work, &diego, &NEXT, 9).await?;
            let course = course(past, &mut work, &diego, id).await?;
            courses::invite(&past.p, &mut work, &diego, &course, ("escuela-taller", 12)).await?;
            Ok(work.commit().await?)
        }
        Moment::Now => now_in_the_room(past, &diego).await,
    }
}

/// A course with its sessions, so many days from now.
async fn begin(past: &Past, work: &mut Work, who: &Caller, plan: &Plan, days: i64) -> anyhow::Result<Uuid> {
    let p = &past.p;
    let day = |n: i64| dates::day(work_at(past) + n * DAY, &p.pack.zone).to_string();
    let first = day(days);
    let new = courses::New {
        curriculum: plan.curriculum,
        mode: "room",
        municipality: plan.municipality,
        room: plan.room,
        language: "spa",
        threshold: 80,
        from_day: &first,
    };
    let id = courses::add(p, work, who, &new).await?;
    let course = course(past, work, who, id).await?;
    for (module, after, hour) in plan.sessions {
        let minutes =
            p.pack.training.newest(plan.curriculum).and_then(|c| c.module(module)).map_or(120, |m| m.minutes);
        let (day, starts) = (day(days + after), format!("{hour}:00"));
        let new = sessions::New { module, day: &day, starts: &starts, minutes };
        sessions::add(p, work, who, &course, &new).await?;
    }
    for (institution, _, seats) in plan.from.iter().filter(|f| !f.0.is_empty()) {
        courses::invite(p, work, who, &course, (institution, i64::from(*seats))).await?;
    }
    Ok(id)
}

fn work_at(past: &Past) -> Micros {
    past.p.store.clock.now()
}

async fn course(past: &Past, work: &mut Work, who: &Caller, id: Uuid) -> anyhow::Result<Course> {
    let row = work.sql("SELECT code FROM training_course WHERE id = $1").bind(id).one().await?;
    Ok(courses::find(&past.p, work.tx(), who, &row.get::<String>("code")?).await?)
}

/// Its people, with places.
async fn enrol(
    past: &Past,
    work: &mut Work,
    who: &Caller,
    course: &Course,
    plan: &Plan,
) -> anyhow::Result<Vec<Uuid>> {
    let dice = Chance::seeded([plan.seed; 32]);
    let mut all = Vec::new();
    for (institution, post, n) in plan.from {
        for _ in 0..*n {
            let (given, surnames) = names::paper(&dice);
            let community = institution.is_empty();
            let sex = ["Feminine", "Feminine", "Masculine", ""][dice.below(4) as usize];
            let new = people::New {
                name: format!("{given} {surnames}"),
                audience: if community { "community" } else { "official" }.to_owned(),
                institution: (*institution).to_owned(),
                post: if community { "" } else { post }.to_owned(),
                partner_type: if community { post } else { "" }.to_owned(),
                municipality: plan.municipality.to_owned(),
                language: ["spa", "spa", "mam"][dice.below(3) as usize].to_owned(),
                sex: sex.to_owned(),
                ..people::New::default()
            };
            let id = people::add(&past.p, work, who, &new).await?;
            roster::enrol(&past.p, work, who, course, id).await?;
            all.push(id);
        }
    }
    Ok(all)
}

/// Everybody comes, but for a few who miss one session and one who misses most.
async fn hold(past: &Past, work: &mut Work, who: &Caller, all: &[Uuid], s: &Session) -> anyhow::Result<()> {
    let n = usize::try_from(s.n).unwrap_or(1);
    let mark = |k: usize| match (k + n) % 9 {
        0 => "absent",
        1 if k.is_multiple_of(2) => "excused",
        _ if k == 3 && n > 1 => "absent",
        _ => "present",
    };
    let marks: Vec<(Uuid, String)> =
        all.iter().enumerate().map(|(k, id)| (*id, mark(k).to_owned())).collect();
    marks::note(&past.p, work, who, s, "list", &marks).await?;
    Ok(sessions::hold(&past.p, work, who, s).await?)
}

async fn whole(past: &Past, who: &Caller, plan: &Plan) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let last = plan.sessions.iter().map(|s| s.1).max().unwrap_or(0);
    let id = begin(past, &mut work, who, plan, -1 - last).await?;
    let course = course(past, &mut work, who, id).await?;
    trained(past, &mut work, who, &course).await?;
    let all = enrol(past, &mut work, who, &course, plan).await?;
    for s in sessions::of(&past.p, work.tx(), who, id).await? {
        hold(past, &mut work, who, &all, &s).await?;
    }
    courses::close(&past.p, &mut work, who, &course).await?;
    Ok(work.commit().await?)
}

/// Two of those who completed the training of trainers train.
async fn trained(past: &Past, work: &mut Work, who: &Caller, course: &Course) -> anyhow::Result<()> {
    let rows = work
        .sql(
            "SELECT t.code FROM training_counted k JOIN training_course c ON c.id = k.scope JOIN trainee t ON t.id = k.trainee
             WHERE k.kind = 'training.completed' AND c.curriculum = 'investigation-trainers' ORDER BY t.code LIMIT 2",
        )
        .all()
        .await?;
    for row in rows {
        courses::name_trainer(&past.p, work, who, course, &row.get::<String>("code")?).await?;
    }
    Ok(())
}

async fn half(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let id = begin(past, &mut work, who, &HALF, -3).await?;
    let course = course(past, &mut work, who, id).await?;
    trained(past, &mut work, who, &course).await?;
    let all = enrol(past, &mut work, who, &course, &HALF).await?;
    for s in sessions::of(&past.p, work.tx(), who, id).await? {
        hold(past, &mut work, who, &all, &s).await?;
    }
    // What is still to come: the session that runs while the visitor looks, and the last one.
    let now = past.p.store.clock.now() + DAY;
    let begins = dates::local(now - HOUR, &past.p.pack.zone);
    let (today, starts) = (begins.date().to_string(), format!("{}:{:02}", begins.hour(), begins.minute()));
    let after = dates::day(now + DAY, &past.p.pack.zone).to_string();
    let new = sessions::New { module: "evidence", day: &today, starts: &starts, minutes: 240 };
    sessions::add(&past.p, &mut work, who, &course, &new).await?;
    let new = sessions::New { module: "case-work", day: &after, starts: "8:00", minutes: 180 };
    sessions::add(&past.p, &mut work, who, &course, &new).await?;
    Ok(work.commit().await?)
}

/// Some used their telephones; two names are of nobody on the list; a sheet was printed.
async fn now_in_the_room(past: &Past, who: &Caller) -> anyhow::Result<()> {
    let p = &past.p;
    let mut work = p.store.work(who.account).await?;
    let row = work
        .sql("SELECT id FROM training_course WHERE state = 'open' AND curriculum = 'investigation' ORDER BY from_day DESC LIMIT 1")
        .one()
        .await?;
    let course = course(past, &mut work, who, row.get("id")?).await?;
    let all = roster::of(p, work.tx(), who, course.id).await?;
    let Some(s) =
        sessions::of(p, work.tx(), who, course.id).await?.into_iter().find(|s| s.state == "planned")
    else {
        return Ok(());
    };
    sheets::print(p, &mut work, who, &s).await?;
    work.commit().await?;
    let link = door::token(p, &s, p.store.clock.now());
    for one in all.iter().take(17) {
        door::say(p, &link, &Said { code: &one.trainee.code, ..Said::default() }).await?;
    }
    // One is on the list and wrote her name otherwise, one is new.
    let known = all.iter().rev().find(|o| o.institution.as_deref() == Some("oj"));
    let shorter = known.map(|o| o.trainee.name.split(' ').skip(1).collect::<Vec<_>>().join(" "));
    for (institution, name) in
        [("oj", shorter.unwrap_or_default().as_str()), ("mp", "Novedina Recienvenida D'Ejemplo")]
    {
        if !name.is_empty() {
            door::say(p, &link, &Said { code: "", institution, name }).await?;
        }
    }
    Ok(())
}
