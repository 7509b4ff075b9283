//! What a course taught, as it is shown: of the sheets that were in when a round was closed. While sheets come in, two looks would tell what
//! whoever came between them had; so would one sheet more after that. Who is new is shown with enough others who are.

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::gain::{Fared, Gain, Pair, gain, items};
use super::rounds::{self, Round};
use crate::{Outcome, Programme, results};

/// What a course taught, from before to a later round; nothing while one of them is missing or nothing may be shown.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn learnt(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    rounds: &[Round],
    phase: &str,
) -> Outcome<Option<(Gain, Vec<Fared>)>> {
    p.may(caller, Act::TRAINING_READ)?;
    let find = |phase: &str| rounds.iter().find(|r| r.phase == phase);
    let (Some(before), Some(after)) = (find("pre"), find(phase)) else { return Ok(None) };
    let Some(test) = rounds::of(p, before) else { return Ok(None) };
    let (pairs, k) = (pairs(tx, before.id, after.id).await?, results::threshold()?);
    Ok(Some((gain(test, &pairs, k), items(test, &pairs, k)?)))
}

/// The pairs that may be shown: whoever handed in both sheets, in no order that tells anything.
async fn pairs(tx: &mut Tx, before: Uuid, after: Uuid) -> Outcome<Vec<Pair>> {
    let rows = tx
        .sql(
            "SELECT b.answers AS b, a.answers AS a FROM test_sheet b JOIN test_sheet a ON a.who = b.who
             WHERE b.round = $1 AND a.round = $2 AND a.shown = 1 ORDER BY b.answers, a.answers",
        )
        .bind(before)
        .bind(after)
        .all()
        .await?;
    rows.iter().map(|r| Ok(Pair { before: r.get("b")?, after: r.get("a")? })).collect()
}

/// When a round is closed: of each pair of closed rounds, whoever handed in both sheets is shown from now on, if enough are new.
pub(super) async fn close(work: &mut Work, course: Uuid) -> Outcome<()> {
    let rounds = rounds::of_course(work.tx(), course).await?;
    let closed = |r: &&Round| r.state == "closed";
    let Some(before) = rounds.iter().filter(closed).find(|r| r.phase == "pre") else { return Ok(()) };
    for after in rounds.iter().filter(closed).filter(|r| r.phase != "pre") {
        let new = work
            .sql(
                "SELECT COUNT(*) AS n FROM test_sheet a JOIN test_sheet b ON b.who = a.who
                 WHERE b.round = $1 AND a.round = $2 AND a.shown = 0",
            )
            .bind(before.id)
            .bind(after.id)
            .one()
            .await?;
        if results::threshold()?.hides(new.get::<i64>("n")?.unsigned_abs()) {
            continue;
        }
        work.sql(
            "UPDATE test_sheet SET shown = 1 WHERE round = $2 AND shown = 0
               AND who IN (SELECT b.who FROM test_sheet b WHERE b.round = $1)",
        )
        .bind(before.id)
        .bind(after.id)
        .run()
        .await?;
    }
    Ok(())
}

/// When a sheet is taken back that stands in what is shown: what the course taught is not shown until a round is closed again, with
/// enough people. One sheet less, at once, would tell what was on it.
pub(super) async fn forget(work: &mut Work, course: Uuid, sheet: Uuid) -> Outcome<()> {
    work.sql(
        "UPDATE test_sheet SET shown = 0 WHERE round IN (SELECT id FROM test_round WHERE course = $1)
           AND EXISTS (SELECT 1 FROM test_sheet s JOIN test_sheet a ON a.who = s.who
             JOIN test_round r ON r.id = a.round AND r.course = $1 WHERE s.id = $2 AND a.shown = 1)",
    )
    .bind(course)
    .bind(sheet)
    .run()
    .await?;
    Ok(())
}
