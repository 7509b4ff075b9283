//! Saying who gets something, and moving it.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::Work;
use uuid::Uuid;

use super::held::{self, Kind, Thing};
use super::{Handover, read};
use crate::cases::{referrals::Referral, tasks::Task, team};
use crate::entries::{self, Kind as _};
use crate::{Outcome, Problems, Programme, ProgrammeError, accounts};

/// Says who gets a thing instead of the successor. Nothing moves yet.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when she cannot have it; [`ProgrammeError::Stale`] when it has moved or was done meanwhile.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    (kind, item, to): (&str, Uuid, Option<Uuid>),
) -> Outcome<()> {
    let handover = read(p, work.tx(), caller, Act::HANDOVER_RUN, id).await?;
    let (things, _) = held::shown(p, work.tx(), caller, &handover).await?;
    let thing = things.into_iter().map(|(t, _)| t).find(|t| t.kind.code() == kind && t.item == item);
    let Some(thing) = thing.filter(|t| t.moved_at.is_none() && handover.open()) else {
        return Err(ProgrammeError::Stale);
    };
    let all = accounts::list(p, work.tx()).await?;
    let mut problems = Problems::default();
    match all.iter().find(|a| Some(a.id) == to && a.id != handover.leaver) {
        Some(to) => {
            if let Some(why) = held::obstacle(p, work.tx(), &thing, to).await? {
                problems.when(true, "to", problem(why));
            }
        }
        None => problems.when(true, "to", "problem-choose"),
    }
    problems.done()?;
    put(work, &handover, &thing, (to, caller.account)).await?;
    Ok(work.record("post.give", "account", handover.leaver, [0; 32]).await?)
}

/// The sentence beside the field for what stands in the way.
fn problem(why: &str) -> &'static str {
    match why {
        "post-cannot-conflict" => "problem-conflict",
        "post-cannot-role" => "problem-handover-cannot",
        _ => "problem-choose",
    }
}

async fn put(
    work: &mut Work,
    handover: &Handover,
    thing: &Thing,
    (to, by): (Option<Uuid>, Uuid),
) -> Outcome<()> {
    work.sql(
        "INSERT INTO handover_item (handover, kind, item, code, to_account, chosen_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (handover, kind, item) DO UPDATE SET to_account = EXCLUDED.to_account, chosen_by = EXCLUDED.chosen_by",
    )
    .bind(handover.id)
    .bind(thing.kind.code())
    .bind(thing.item)
    .bind(&thing.code)
    .bind(to)
    .bind(by)
    .once()
    .await?;
    Ok(())
}

/// What a move did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// So many went to somebody else.
    pub moved: usize,
    /// So many stay: somebody has a conflict, or a second person is needed.
    pub stay: usize,
}

/// Moves what can be moved. A case needs a second person: whoever chose who gets it, and whoever gets it, does not move it. Can be
/// done again, by the same person or another, until nothing is left.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when the handover is closed.
pub async fn approve(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Moved> {
    let handover = read(p, work.tx(), caller, Act::HANDOVER_APPROVE, id).await?;
    if !handover.open() {
        return Err(ProgrammeError::State("state-handover-closed"));
    }
    if [handover.leaver, handover.successor].contains(&caller.account) {
        return Err(ceiba_access::Refusal::Denied { act: Act::HANDOVER_APPROVE, because: vec![] }.into());
    }
    let all = accounts::list(p, work.tx()).await?;
    let (things, hidden) = held::shown(p, work.tx(), caller, &handover).await?;
    let mut done = Moved { stay: hidden, ..Moved::default() };
    for (thing, why) in things.into_iter().filter(|(t, _)| t.moved_at.is_none()) {
        let to = thing.to.unwrap_or(handover.successor);
        let chose = thing.chosen_by.unwrap_or(handover.begun_by);
        let own = thing.kind == Kind::Case && (chose == caller.account || to == caller.account);
        let alone = Situation { by_self: own, ..Situation::default() };
        if why.is_some() || !p.gate.would(caller, Act::HANDOVER_APPROVE, &alone) {
            done.stay += 1;
            continue;
        }
        let Some(to) = all.iter().find(|a| a.id == to) else { return Err(ProgrammeError::Stale) };
        carry(p, work, caller, (&handover, &thing), to).await?;
        if thing.to.is_none() {
            put(work, &handover, &thing, (Some(to.id), chose)).await?;
        }
        let at = work.at();
        work.sql("UPDATE handover_item SET moved_at = $1, moved_by = $2 WHERE handover = $3 AND kind = $4 AND item = $5")
            .bind(at)
            .bind(caller.account)
            .bind(handover.id)
            .bind(thing.kind.code())
            .bind(thing.item)
            .once()
            .await?;
        done.moved += 1;
    }
    if done.moved == 0 {
        return Err(ProgrammeError::State(if done.stay == 0 {
            "state-handover-nothing"
        } else {
            "state-handover-stays"
        }));
    }
    let at = work.at();
    work.sql(
        "UPDATE handover SET state = 'moving', approved_by = COALESCE(approved_by, $1), approved_at = COALESCE(approved_at, $2),
           version = version + 1 WHERE id = $3",
    )
    .bind(caller.account)
    .bind(at)
    .bind(handover.id)
    .once()
    .await?;
    work.record("post.move", "account", handover.leaver, [0; 32]).await?;
    Ok(done)
}

/// One thing goes to somebody else.
async fn carry(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (handover, thing): (&Handover, &Thing),
    to: &accounts::Account,
) -> Outcome<()> {
    let leaver = handover.leaver;
    match thing.kind {
        Kind::Alert => {
            let touched = work
                .sql(
                    "UPDATE alert SET taken_by = $1, version = version + 1
                     WHERE id = $2 AND taken_by = $3 AND state IN ('taken', 'screening')",
                )
                .bind(to.id)
                .bind(thing.item)
                .bind(leaver)
                .run()
                .await?;
            if touched != 1 {
                return Err(ProgrammeError::Stale);
            }
            Ok(work.record("alert.handover", "alert", thing.item, [0; 32]).await?)
        }
        Kind::Case => case(p, work, caller, (leaver, thing.item), to).await,
        Kind::Work => entries::hand(work, caller, thing.item, to.id).await,
        Kind::Visit => {
            work.sql(
                "UPDATE visit SET attended_by = $1, version = version + 1 WHERE id = $2 AND attended_by = $3",
            )
            .bind(to.id)
            .bind(thing.item)
            .bind(leaver)
            .once()
            .await?;
            Ok(work.record("visit.handover", "visit", thing.item, [0; 32]).await?)
        }
    }
}

/// A case: the successor joins the team, is responsible when who leaves was, and has her tasks and referrals. The keys of its
/// strongboxes come from whoever has them: see [`super::keys`].
async fn case(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (leaver, case): (Uuid, Uuid),
    to: &accounts::Account,
) -> Outcome<()> {
    let function = team::function(p, work.tx(), to.id).await?;
    if !team::members(work.tx(), case).await?.iter().any(|m| m.account == to.id) {
        team::join(work, case, to.id, &function).await?;
    }
    let touched = work
        .sql(
            "UPDATE case_file SET responsible = $1, version = version + 1 WHERE id = $2 AND responsible = $3",
        )
        .bind(to.id)
        .bind(case)
        .bind(leaver)
        .run()
        .await?;
    if touched == 1 {
        work.record("case.responsible", "case", case, [0; 32]).await?;
    }
    let rows = work
        .sql(
            "SELECT id FROM entry WHERE file = $1 AND owner = $2 AND (kind = $3 AND state = 'open'
               OR kind = $4 AND state IN ('requested', 'received', 'accepted', 'in-progress', 'on-hold')) ORDER BY id",
        )
        .bind(case)
        .bind(leaver)
        .bind(Task::KIND)
        .bind(Referral::KIND)
        .all()
        .await?;
    for row in &rows {
        entries::hand(work, caller, row.get("id")?, to.id).await?;
    }
    Ok(())
}
