//! The route in the invented programme: Luz's clocks, one that runs, one that is near, one that is over, one that stands still;
//! and what courts and PGN took in Lucía's other cases. No dice are thrown, so that the rest of the story stays as it is.

use ceiba_access::Caller;
use ceiba_programme::partners::directory;
use ceiba_programme::route::steps::{self, Typed};
use ceiba_store::{DAY, Work};
use uuid::Uuid;

use super::care::case_of_luz;
use super::seed::Past;

/// Row, what happened, days ago, time, days from now for which it was set, remark.
type Noted = (&'static str, &'static str, i64, &'static str, Option<i64>, &'static str);

/// Luz's.
const LUZ: [Noted; 12] = [
    ("R18", "start", 40, "09:20", None, ""),
    ("R18", "stop", 39, "16:00", None, "Fue el equipo con trabajo social."),
    ("R22", "start", 38, "11:00", None, ""),
    ("R22", "stop", 34, "15:30", None, ""),
    ("R10", "start", 30, "08:00", None, ""),
    ("R10", "stop", 26, "10:00", None, "El acta llegó cuando se pidió por segunda vez."),
    ("R37", "start", 21, "10:00", None, "Se pidió por escrito a la fiscalía."),
    ("R24", "start", 6, "12:00", Some(6), "Audiencia señalada por teléfono."),
    ("R25", "start", 45, "09:00", None, ""),
    ("R28", "start", 50, "09:00", None, ""),
    ("R29", "start", 4, "14:00", None, ""),
    ("R29", "pause", 3, "09:00", None, "El juzgado suspendió el plazo."),
];

/// Lets it happen: an afternoon on which steps are caught up.
pub async fn happen(past: &Past) -> anyhow::Result<()> {
    let lucia = past.caller("lucia")?;
    let luz = case_of_luz(past).await?;
    let mut work = past.p.store.work(lucia.account).await?;
    for (row, what, ago, time, ahead, remark) in LUZ {
        let set = ahead.map_or_else(String::new, |days| past.p.day(work.at() + days * DAY));
        note(past, &mut work, &lucia, luz, (row, what, ago, time), (&set, remark, None)).await?;
    }
    let others = work
        .sql(
            "SELECT c.id FROM case_file c JOIN care_team t ON t.case_id = c.id
             WHERE t.account = $1 AND t.until IS NULL AND c.state = 'open' AND c.id <> $2 ORDER BY c.opened_at, c.id LIMIT 24",
        )
        .bind(lucia.account)
        .bind(luz)
        .all()
        .await?;
    let all = directory::list(work.tx()).await?;
    let courts: Vec<Uuid> = all.iter().filter(|i| i.kind == "court").map(|i| i.id).collect();
    for (n, case) in (0..).zip(&others) {
        let case: Uuid = case.get("id")?;
        let took = [3, 5, 8, 12, 21][usize::try_from(n % 5)?];
        let from = 90 - n;
        note(past, &mut work, &lucia, case, ("R23", "start", from, "09:00"), ("", "", None)).await?;
        let court = courts.get(n.unsigned_abs() as usize % courts.len().max(1)).copied();
        note(past, &mut work, &lucia, case, ("R23", "stop", from - took, "12:00"), ("", "", court)).await?;
        if n % 3 == 0 {
            note(past, &mut work, &lucia, case, ("R18", "start", from, "08:00"), ("", "", None)).await?;
            note(past, &mut work, &lucia, case, ("R18", "stop", from - 1 - n % 4, "10:00"), ("", "", None))
                .await?;
        }
    }
    Ok(work.commit().await?)
}

async fn note(
    past: &Past,
    work: &mut Work,
    who: &Caller,
    case: Uuid,
    (row, what, ago, time): (&str, &str, i64, &str),
    (set_day, remark, institution): (&str, &str, Option<Uuid>),
) -> anyhow::Result<()> {
    let on_day = past.p.day(work.at() - ago * DAY);
    let typed = Typed { row, what, on_day: &on_day, time, set_day, institution, remark };
    steps::note(&past.p, work, who, case, &typed).await?;
    Ok(())
}
