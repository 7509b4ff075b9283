//! The worker: what a change caused for later is done, one unit of work each, once.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::job::{self, Job};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use uuid::Uuid;

use crate::clinic::forget;
use crate::contact::wake;
use crate::justice::reminders;
use crate::log::slips;
use crate::partners::packets;
use crate::{Outcome, Programme, ProgrammeError, accounts, alerts, notices, office};

/// How long a claim holds: a job whose worker died, or that failed, comes again after this.
const CLAIM: Micros = 5 * MINUTE;

/// Counts the nights that have passed, asks at night whom we may have met, and does every job that is due. What fails is logged by its number and comes again. Returns how many were done.
///
/// # Errors
/// When the database cannot be reached.
pub async fn work_off(p: &Programme) -> Outcome<usize> {
    crate::shelter::census::count(p).await?;
    crate::people::links::look(p).await?;
    let mut done = 0;
    while let Some(job) = claim(p).await? {
        match carry_out(p, &job).await {
            Ok(()) => done += 1,
            Err(e) => {
                tracing::error!(job = %job.id, kind = %job.kind, error = %e, "a job failed and comes again")
            }
        }
    }
    Ok(done)
}

async fn claim(p: &Programme) -> Outcome<Option<Job>> {
    let now = p.store.clock.now();
    // Without anything due the one writer is left alone.
    let mut tx = p.store.db.read().await?;
    if !job::waits(&mut tx, now).await? {
        return Ok(None);
    }
    drop(tx);
    let mut tx = p.store.db.write().await?;
    let job = job::claim(&mut tx, now, now + CLAIM).await?;
    tx.commit().await?;
    Ok(job)
}

async fn carry_out(p: &Programme, job: &Job) -> Outcome<()> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let told = match job.kind.as_str() {
        "alert.remind" => alert(p, &mut work, job.resource).await?,
        "notice.owner" => opened(p, &mut work, job.resource).await?,
        accounts::guessing::JOB => accounts::guessing::tell(p, &mut work, job.resource).await?,
        forget::JOB => forget::after_term(&mut work, job.resource).await?,
        office::forget::JOB => office::forget::after_term(&mut work, job.resource).await?,
        slips::JOB => slips::tell(p, &mut work).await?,
        packets::JOB => packets::expire(&mut work, job.resource).await?,
        reminders::JOB => reminders::remind(p, &mut work, job.resource).await?,
        wake::JOB => wake::wake(p, &mut work, job.resource).await?,
        "emergency.review" => overdue(p, &mut work, job.resource).await?,
        _ => return Err(ProgrammeError::Unreadable("job")),
    };
    if told {
        let now = work.at();
        job::done(work.tx(), job.id, now).await?;
        work.commit().await?;
        if [forget::JOB, office::forget::JOB].contains(&job.kind.as_str()) {
            // Keys that are gone do not stay in a free page of the file.
            p.store.db.forget().await?;
        }
        return Ok(());
    }
    // Nobody had to be told anything: that is no matter for the ledger.
    drop(work);
    let mut tx = p.store.db.write().await?;
    job::done(&mut tx, job.id, p.store.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// The term of an alert ended. Without an answer by then whoever has it is told, or whoever could take it, and
/// those who supervise.
async fn alert(p: &Programme, work: &mut Work, id: Uuid) -> Outcome<bool> {
    let alert = alerts::lookup(work.tx(), id).await?;
    if alert.answered_at.is_some() || !alert.open() {
        return Ok(false);
    }
    let site = Situation { same_site: true, ..Situation::default() };
    let mut told = false;
    for who in accounts::callers(p, work.tx()).await? {
        let hers = match alert.taken_by {
            Some(by) => by == who.account || p.gate.would(&who, Act::SUPERVISE, &site),
            None => p.gate.would(&who, Act::ALERT_TAKE, &alerts::situation(p, &who, &alert)),
        };
        told |= hers && notices::tell(work, who.account, notices::ALERT, id).await?;
    }
    Ok(told)
}

/// An emergency access: whose it is, in which case.
struct Access {
    case: Uuid,
    account: Uuid,
    responsible: Uuid,
    reviewed: bool,
}

async fn access(tx: &mut Tx, id: Uuid) -> Outcome<Access> {
    let row = tx
        .sql(
            "SELECT g.case_id, g.account, g.reviewed_at, c.responsible FROM break_glass g
             JOIN case_file c ON c.id = g.case_id WHERE g.id = $1",
        )
        .bind(id)
        .one()
        .await?;
    Ok(Access {
        case: row.get("case_id")?,
        account: row.get("account")?,
        responsible: row.get("responsible")?,
        reviewed: row.get::<Option<Micros>>("reviewed_at")?.is_some(),
    })
}

/// Those who may review an access. A conflict of interest stops this like everything else.
async fn reviewers(p: &Programme, work: &mut Work, access: &Access) -> Outcome<Vec<Caller>> {
    let now = work.at();
    let mut may = Vec::new();
    for who in accounts::callers(p, work.tx()).await? {
        let situation = Situation::of(work.tx(), &who, access.case, now).await?.unwrap_or_default();
        let situation = Situation { by_self: who.account == access.account, ..situation };
        if p.gate.would(&who, Act::BREAK_REVIEW, &situation) {
            may.push(who);
        }
    }
    Ok(may)
}

/// A file was opened in an emergency: who is responsible for it and who reviews are told.
async fn opened(p: &Programme, work: &mut Work, id: Uuid) -> Outcome<bool> {
    let access = access(work.tx(), id).await?;
    let mut told = access.responsible != access.account
        && notices::tell(work, access.responsible, notices::EMERGENCY, id).await?;
    for who in reviewers(p, work, &access).await? {
        told |= notices::tell(work, who.account, notices::EMERGENCY, id).await?;
    }
    Ok(told)
}

/// The term of a review ended without one: her right to another emergency rests, and both sides are told.
async fn overdue(p: &Programme, work: &mut Work, id: Uuid) -> Outcome<bool> {
    let access = access(work.tx(), id).await?;
    if access.reviewed {
        return Ok(false);
    }
    let mut told = notices::tell(work, access.account, notices::RESTS, id).await?;
    for who in reviewers(p, work, &access).await? {
        told |= notices::tell(work, who.account, notices::OVERDUE, id).await?;
    }
    Ok(told)
}
