//! What a course of care has besides, told from its number and not drawn, so that the rest of the story stays as it is: who is identified,
//! what courts are asked and decide, school, and her family.

use ceiba_access::Caller;
use ceiba_programme::care::schooling;
use ceiba_programme::cases::identification::{self, Identification};
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::justice::measures::{self, Decided};
use ceiba_programme::route::steps::{self, Typed};
use ceiba_store::{DAY, HOUR, Work};
use uuid::Uuid;

use super::super::justice::institution;
use super::super::often::tick;
use super::super::seed::Past;
use super::course::recruited;
use super::{Act, Step};

/// Something of these.
#[derive(Clone, Copy)]
pub enum Later {
    /// Identified by the team, or confirmed by whoever judges.
    Identified(&'static str),
    /// A protection measure is asked of an institution.
    Asked(&'static str),
    /// It is decided.
    Decided(&'static str),
    /// A hearing is set for so many days later: kind, where, whether an interpreter comes.
    Set(&'static str, &'static str, &'static str),
    /// It was held.
    Held,
    /// A step of the route: row, and how many days it took.
    Route(&'static str, i64),
    /// She enters a school.
    School,
    /// Whether she is still there.
    StillThere(&'static str),
    /// What a case begins with is done.
    Settled,
}

/// Puts it on the calendar of a course that begins now.
pub(super) fn calendar(past: &mut Past, case: Uuid, worker: &'static str) {
    past.courses += 1;
    let (n, start) = (past.courses, past.p.store.clock.now());
    let slow = i64::from(n % 9);
    let mut all: Vec<(i64, Act)> = Vec::new();
    let mut also = |days: i64, what: Later| all.push((days, Act::Later(what)));
    // Of six, one stays presumed; of four, a court confirms one.
    if n % 6 != 5 {
        also(24 + slow, Later::Identified("identified"));
    }
    if n % 4 == 1 {
        also(140 + slow, Later::Identified("confirmed"));
    }
    let court = ["pgn-mixco", "juzgado-coatepeque", "tribunal-mixco"][n as usize % 3];
    also(18, Later::Asked(court));
    also(21 + slow, Later::Decided(if n % 4 == 3 { "refused" } else { "granted" }));
    let (kind, place) =
        [("advance_evidence", "gesell"), ("statement", "gesell"), ("protection", "private")][n as usize % 3];
    let place = if n % 9 == 4 { "open" } else { place };
    let interpreter = ["confirmed", "not_needed", "confirmed", "asked"][n as usize % 4];
    also(118, Later::Set(kind, place, interpreter));
    also(126, Later::Held);
    also(12, Later::Route("R10", i64::from(n.is_multiple_of(3))));
    also(44, Later::Route("R39", if n % 5 == 1 { 8 } else { 1 }));
    if n.is_multiple_of(2) {
        also(40, Later::School);
        for look in 1..4 {
            let state = if n % 10 == 4 && look == 3 { "stopped" } else { "attending" };
            also(40 + 70 * look, Later::StillThere(state));
        }
    }
    if n % 3 != 2 {
        for days in [60, 92] {
            all.push((days, Act::Service("family_strengthening")));
        }
    }
    for (days, what) in all {
        past.plan(start + days * DAY + HOUR, Step::Act { case, worker, what });
    }
}

/// The first weeks of a case that a partner's word began: her permission, an interview, who she is found to be, services.
pub fn short(past: &mut Past, case: Uuid, worker: &'static str) {
    let start = past.p.store.clock.now();
    for (days, what) in [
        (2, Act::Consent),
        (4, Act::Telling("needs")),
        (9, Act::Service("psychology")),
        (14, Act::Later(Later::Identified("identified"))),
        (23, Act::Service("family_strengthening")),
        (26, Act::Later(Later::Settled)),
        (37, Act::Service("social_work")),
    ] {
        past.plan(start + days * DAY + HOUR, Step::Act { case, worker, what });
    }
}

/// Lets it happen. What waits for something that never came is left.
pub(super) async fn happen(
    past: &Past,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    what: Later,
) -> anyhow::Result<()> {
    let p = &past.p;
    let today = p.day(work.at());
    match what {
        Later::Settled => {
            tick(p, work, caller, case, |_| true).await?;
        }
        Later::Identified(stage) => {
            let (by, basis) = match stage {
                "confirmed" => ("Juzgado (inventado)", "Resolución que consta en su proceso"),
                _ => ("Equipo", "Entrevista con guía y reunión del equipo"),
            };
            let body = Identification {
                acts: vec!["A-REC".into()],
                means: vec![],
                purposes: vec!["GT03".into()],
                by: by.into(),
                basis: basis.into(),
                recruited: recruited(case).into_iter().map(str::to_owned).collect(),
            };
            identification::decide(p, work, caller, case, (stage, &today), &body).await?;
        }
        Later::Asked(court) => {
            let court = institution(work, court).await?;
            measures::ask(p, work, caller, case, ("no_approach", Some(court), &today)).await?;
        }
        Later::Decided(what) => {
            let Some((id, version)) = waits(work, case, ("measure", "asked")).await? else { return Ok(()) };
            let until = p.day(work.at() + 180 * DAY);
            let until = if what == "granted" { until } else { String::new() };
            let decided = Decided { what, on_day: &today, until: &until, conditions: "" };
            measures::decide(p, work, caller, (case, id, version), decided).await?;
        }
        Later::Set(kind, place, interpreter) => {
            let court = institution(work, "juzgado-coatepeque").await?;
            let hearing = Hearing {
                company: "Su trabajadora social".into(),
                interpreter: interpreter.into(),
                transport: "arranged".into(),
                prepared: true,
                place: place.into(),
                ..Hearing::default()
            };
            let on_day = p.day(work.at() + 7 * DAY);
            let new =
                hearings::New { kind, institution: Some(court), on_day: &on_day, time: "8:30", hearing };
            hearings::set(p, work, caller, case, &new).await?;
        }
        Later::Held => {
            let Some((id, version)) = waits(work, case, ("hearing", "set")).await? else { return Ok(()) };
            hearings::end(p, work, caller, (case, id, version), ("held", "")).await?;
        }
        Later::Route(row, days) => {
            let (began, ended) = (p.day(work.at() - 10 * DAY), p.day(work.at() - (10 - days) * DAY));
            for (what, on_day, time) in [("start", began, "08:00"), ("stop", ended, "15:00")] {
                let on_day = &*on_day;
                let typed = Typed { row, what, on_day, time, set_day: "", institution: None, remark: "" };
                steps::note(p, work, caller, case, &typed).await?;
            }
        }
        Later::School => {
            let school = ("Escuela del barrio (inventada)", "primary_4_6", &*today);
            schooling::enter(p, work, caller, case, school).await?;
        }
        Later::StillThere(state) => {
            let grant = p.may_case(work.tx(), caller, ceiba_access::Act::SERVICE_WRITE, case).await?;
            let all: Vec<Entry<_>> = schooling::list(p, work.tx(), caller, &grant, case).await?;
            let Some(school) = all.first() else { return Ok(()) };
            let which = (case, school.head.id, school.head.version);
            schooling::review(p, work, caller, which, state).await?;
        }
    }
    Ok(())
}

/// Of one kind in one state, the entry that has waited longest.
async fn waits(
    work: &mut Work,
    case: Uuid,
    (kind, state): (&str, &str),
) -> anyhow::Result<Option<(Uuid, i64)>> {
    let row = work
        .sql("SELECT id, version FROM entry WHERE file = $1 AND kind = $2 AND state = $3 ORDER BY created_at, id LIMIT 1")
        .bind(case)
        .bind(kind)
        .bind(state)
        .optional()
        .await?;
    row.map(|r| anyhow::Ok((r.get("id")?, r.get("version")?))).transpose()
}
