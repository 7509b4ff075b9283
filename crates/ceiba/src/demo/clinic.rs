//! Days at the clinic of Coatepeque, lived through with the functions that its pages use; and a queue for the visitor.

use ceiba_access::Caller;
use ceiba_programme::clinic::appointments::{self, Planned};
use ceiba_programme::clinic::clock::{self, Typed};
use ceiba_programme::clinic::{self, Arrival};
use ceiba_programme::dates;
use ceiba_store::{DAY, HOUR, MINUTE, Micros};
use jiff::civil::Weekday;
use uuid::Uuid;

use super::seed::Past;
use super::story;

/// Something that happens at the clinic.
pub enum Step {
    /// Somebody comes. Which number she is: the rest follows from it.
    Arrive(u32),
    /// Somebody comes who still waits when the visitor looks.
    Wait(usize),
    /// She is called, or has left.
    Call(Uuid, u32),
    /// Her visit ends.
    End(Uuid, u32),
    /// Two appointments are planned for the day of the visitor.
    Plan(Micros),
}

const NAMES: [&str; 8] = ["", "Azucena", "", "Camelia", "Violeta", "", "Begonia", "Lirio"];
const DESKS: [(&str, &str); 3] = [("health", "irma"), ("social", "lucia"), ("psychological", "elena")];
/// Who waits now: minutes ago, name, desk, urgency, remark.
const WAITING: [(i64, &str, &str, &str, &str); 4] = [
    (55, "Camelia", "health", "today", "Control de presión."),
    (38, "", "social", "calm", "Viene por un trámite de la escuela."),
    (21, "Dalia", "health", "recent", "Prefiere que la atienda una mujer. Habla mam."),
    (9, "Amapola", "psychological", "now", "Está muy asustada. Su prima la espera afuera."),
];

/// Sixty days of the clinic before the visitor comes, and what waits on that day.
pub fn days(past: &mut Past, now: Micros) {
    let mut n = 0;
    for ago in (1..=60).rev() {
        let day = dates::day(now - ago * DAY, &past.p.pack.zone);
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        for visit in 0..1 + i64::from(n % 3) {
            n += 1;
            let at = dates::start(day, &past.p.pack.zone) + 8 * HOUR + visit * 100 * MINUTE;
            past.plan(at, story::Step::Clinic(Step::Arrive(n)));
        }
    }
    past.plan(now - 2 * DAY, story::Step::Clinic(Step::Plan(now)));
    for (k, (minutes, ..)) in WAITING.iter().enumerate() {
        past.plan(now - minutes * MINUTE, story::Step::Clinic(Step::Wait(k)));
    }
}

/// Lets a step happen.
pub async fn happen(past: &mut Past, step: Step) -> anyhow::Result<()> {
    match step {
        Step::Arrive(n) => arrive(past, n).await,
        Step::Wait(k) => {
            let (_, chosen_name, desk, urgency, remark) = WAITING[k];
            receive(past, &Arrival { chosen_name, remark, desk, urgency, case: None }).await?;
            Ok(())
        }
        Step::Call(visit, n) => call(past, visit, n).await,
        Step::End(visit, n) => {
            let who = past.caller(DESKS[n as usize % 3].1)?;
            let mut work = past.p.store.work(who.account).await?;
            clinic::finish(&past.p, &mut work, &who, visit, 2).await?;
            Ok(work.commit().await?)
        }
        Step::Plan(now) => plan(past, now).await,
    }
}

async fn receive(past: &Past, arrival: &Arrival<'_>) -> anyhow::Result<Uuid> {
    let lucia = past.caller("lucia")?;
    let mut work = past.p.store.work(lucia.account).await?;
    let (visit, _) = clinic::receive(&past.p, &mut work, &lucia, arrival).await?;
    work.commit().await?;
    Ok(visit)
}

async fn arrive(past: &mut Past, n: u32) -> anyhow::Result<()> {
    if n % 11 == 5 {
        // She prefers not to talk, and takes the sheet.
        let lucia = past.caller("lucia")?;
        let mut work = past.p.store.work(lucia.account).await?;
        clinic::informed(&past.p, &mut work, &lucia).await?;
        return Ok(work.commit().await?);
    }
    let recent = n.is_multiple_of(6);
    let arrival = Arrival {
        chosen_name: NAMES[n as usize % 8],
        desk: DESKS[n as usize % 3].0,
        urgency: if recent { "recent" } else { ["today", "calm", "now"][n as usize % 3] },
        ..Arrival::default()
    };
    let visit = receive(past, &arrival).await?;
    let waits = if recent { 4 } else { 8 + i64::from(n * 7 % 45) };
    let at = past.p.store.clock.now() + waits * MINUTE;
    past.plan(at, story::Step::Clinic(Step::Call(visit, n)));
    Ok(())
}

async fn call(past: &mut Past, visit: Uuid, n: u32) -> anyhow::Result<()> {
    let who = past.caller(DESKS[n as usize % 3].1)?;
    let mut work = past.p.store.work(who.account).await?;
    if n % 13 == 4 {
        clinic::leave(&past.p, &mut work, &who, visit, 1).await?;
        return Ok(work.commit().await?);
    }
    clinic::call(&past.p, &mut work, &who, visit).await?;
    work.commit().await?;
    if n.is_multiple_of(6) {
        offers(past, &who, visit, n).await?;
    }
    let at = past.p.store.clock.now() + 35 * MINUTE;
    past.plan(at, story::Step::Clinic(Step::End(visit, n)));
    Ok(())
}

/// The health clock, and what she said to each row.
async fn offers(past: &Past, who: &Caller, visit: Uuid, n: u32) -> anyhow::Result<()> {
    let mut work = past.p.store.work(who.account).await?;
    let hours = (6 + n * 5 % 90).to_string();
    let typed = Typed { how: "ago", hours: &hours, under_18: "unknown", ..Typed::default() };
    clock::start(&past.p, &mut work, who, visit, &typed).await?;
    for (k, row) in ["hiv", "contraception", "sti", "evidence"].into_iter().enumerate() {
        let answer = if (n as usize / 6 + k) % 4 == 3 { "declined" } else { "accepted" };
        clock::offer(&past.p, &mut work, who, visit, (row, answer)).await?;
    }
    Ok(work.commit().await?)
}

/// Two of Lucía's newest cases have an appointment on the day of the visitor.
async fn plan(past: &Past, now: Micros) -> anyhow::Result<()> {
    let lucia = past.caller("lucia")?;
    let (irma, elena) = (past.caller("irma")?.account, past.caller("elena")?.account);
    let zone = &past.p.pack.zone;
    let day = dates::day(now, zone);
    let hour = ((now - dates::start(day, zone)) / HOUR).clamp(0, 21);
    let on_day = day.to_string();
    let mut work = past.p.store.work(lucia.account).await?;
    let rows = work
        .sql(
            "SELECT id FROM case_file WHERE site = 'K1' AND state = 'open' AND responsible = $1
             ORDER BY opened_at DESC LIMIT 2",
        )
        .bind(lucia.account)
        .all()
        .await?;
    for (k, row) in rows.iter().enumerate() {
        let time = format!("{:02}:30", hour + i64::try_from(k)?);
        let (kind, with) = [("health-first", irma), ("psych-first", elena)][k % 2];
        let planned = Planned { kind, on_day: &on_day, time: &time, with: Some(with), remark: "" };
        appointments::plan(&past.p, &mut work, &lucia, row.get("id")?, &planned).await?;
    }
    Ok(work.commit().await?)
}
