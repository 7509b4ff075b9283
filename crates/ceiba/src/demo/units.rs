//! Referrals to units that answer, month by month: some before and after their people were trained, some never trained, so that practice
//! can be compared. Trained units take more of them; how long they take does not change. No dice are thrown.

use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_store::{DAY, HOUR, Micros};
use uuid::Uuid;

use super::care::case_of_luz;
use super::justice::institution;
use super::often::permits;
use super::seed::Past;
use super::story::Step;
use super::training;

/// Something that happens with them.
pub enum Moment {
    /// Somebody is referred to a unit: which, which time, whether its people were trained by then.
    Sent(&'static str, i64, bool),
    /// It answers.
    Answered(Uuid, Uuid, &'static str, bool),
}

/// Units of which nobody was trained.
const NEVER: [&str; 3] = ["subestacion-coatepeque", "victimas-quetzaltenango", "trabajo-social-mixco"];
/// Whose cases they are.
const WORKERS: [&str; 3] = ["lucia", "abel", "teresa"];

/// Puts it on the calendar: seven months on either side of a course, and all of that time where there was none.
pub fn calendar(past: &mut Past, now: Micros) {
    let (mut first, mut last) = (0, i64::MAX);
    let trained: Vec<_> = training::units().collect();
    let mut all = Vec::new();
    for (unit, course) in trained {
        (first, last) = (first.max(course + 210), last.min(course - 210));
        all.extend((0..15).map(|n| (course + 200 - 29 * n, unit, Some(course))));
    }
    for unit in NEVER {
        all.extend(
            (0..).map(|n| first - 29 * n).take_while(|days| *days >= last).map(|days| (days, unit, None)),
        );
    }
    for (n, (days, unit, course)) in (0..).zip(all) {
        let after = course.is_some_and(|course| days < course);
        let at = now - days * DAY + 4 * HOUR + (n % 40) * HOUR / 60;
        past.plan(at, Step::Units(Moment::Sent(unit, n, after)));
    }
}

/// Lets it happen.
pub async fn happen(past: &mut Past, moment: Moment) -> anyhow::Result<()> {
    match moment {
        Moment::Sent(unit, n, after) => sent(past, unit, n, after).await,
        Moment::Answered(case, id, worker, takes) => answered(past, (case, id), worker, takes).await,
    }
}

async fn sent(past: &mut Past, unit: &'static str, n: i64, after: bool) -> anyhow::Result<()> {
    let luz = case_of_luz(past).await.unwrap_or(Uuid::nil());
    let mut tx = past.p.store.db.read().await?;
    let open = tx
        .sql(
            "SELECT c.id, c.responsible FROM case_file c JOIN entry e ON e.file = c.id AND e.kind = 'safety'
             WHERE c.state = 'open' AND c.id <> $1 GROUP BY c.id, c.responsible, c.opened_at ORDER BY c.opened_at DESC, c.id LIMIT 16",
        )
        .bind(luz)
        .all()
        .await?;
    drop(tx);
    if open.is_empty() {
        return Ok(());
    }
    let row = &open[usize::try_from(n * 5).unwrap_or(0) % open.len()];
    let (case, responsible): (Uuid, Uuid) = (row.get("id")?, row.get("responsible")?);
    let is = |name: &&str| past.who.get(*name).is_some_and(|c| c.account == responsible);
    let Some(worker) = WORKERS.into_iter().find(is) else { return Ok(()) };
    let (p, who) = (&past.p, past.caller(worker)?);
    let mut work = p.store.work(who.account).await?;
    let to = institution(&mut work, unit).await?;
    let until = p.day(work.at() + 90 * DAY);
    permits(p, &mut work, &who, case, (to, &until, "spa")).await?;
    let referral = Referral {
        need: "Atención acordada con ella.".into(),
        data: vec!["needs".into()],
        ..Referral::default()
    };
    let id = referrals::send(p, &mut work, &who, case, (to, "legal_advice", Way::Told), &referral).await?;
    work.commit().await?;
    // Of two one is taken; after a course, of five four.
    let takes = if after { n % 5 != 0 } else { n % 2 == 0 };
    let days = 3 + n * 3 % 5;
    let at = past.p.store.clock.now() + days * DAY;
    past.plan(at, Step::Units(Moment::Answered(case, id, worker, takes)));
    Ok(())
}

async fn answered(past: &Past, (case, id): (Uuid, Uuid), worker: &str, takes: bool) -> anyhow::Result<()> {
    let who = past.caller(worker)?;
    let mut work = past.p.store.work(who.account).await?;
    let row = work
        .sql("SELECT e.version FROM entry e JOIN case_file c ON c.id = e.file WHERE e.id = $1 AND c.state = 'open'")
        .bind(id)
        .optional()
        .await?;
    // Her file was closed meanwhile.
    let Some(row) = row else { return Ok(()) };
    let said = if takes { ("accepted", "") } else { ("rejected", "No hay turno este mes.") };
    referrals::answer(&past.p, &mut work, &who, (case, id, row.get("version")?), said).await?;
    Ok(work.commit().await?)
}
