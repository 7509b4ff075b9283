//! Names that wait: of whoever wrote hers at the door and is on no list. Who she is, a person decides.

use ceiba_access::{Act, Caller, Place, Situation};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use super::{Said, mark};
use crate::sealed::{detail, readable};
use crate::training::known::{self, Alike, folded};
use crate::training::people::{self, Named};
use crate::training::{Session, courses, may, roster};
use crate::{Outcome, Problem, Programme, ProgrammeError};

/// The most names that wait for a decision in one session.
const WAITING: i64 = 200;

const fn place(id: Uuid) -> Place<'static> {
    Place { subject: id, compartment: "trainee", table: "training_claim", row: id, field: "body", version: 1 }
}

/// What she wrote waits, once.
pub(super) async fn wait(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    session: &Session,
    said: &Said<'_>,
) -> Outcome<()> {
    let normal = format!("{} {} {}", session.id, said.institution, folded(said.name));
    let token = p.office.blind("training_claim", &normal).to_vec();
    let row = work
        .sql(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN token = $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS hers
             FROM training_claim WHERE session = $1",
        )
        .bind(session.id)
        .bind(token.clone())
        .one()
        .await?;
    if row.get::<i64>("hers")? > 0 {
        return Ok(());
    }
    if row.get::<i64>("n")? >= WAITING {
        return Err(ProgrammeError::TooMany);
    }
    let (id, now) = (work.chance().id(), work.at());
    let own = Situation { own: true, ..Situation::default() };
    let grant = p.may_on(caller, Act::TRAINING_ATTEND, id, &own)?;
    let words: Vec<&str> = said.name.split_whitespace().collect();
    let named = Named { name: words.join(" ") };
    let body = p.seal(work, caller, &grant, &place(id), &named).await?;
    let hash = detail(&body);
    work.sql("INSERT INTO training_claim (id, session, token, institution, body, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(session.id)
        .bind(token)
        .bind(said.institution)
        .bind(body)
        .bind(now)
        .once()
        .await?;
    Ok(work.record("training.claim", "session", session.id, hash).await?)
}

/// A name that waits, and who may be meant.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its id.
    pub id: Uuid,
    /// What she wrote.
    pub name: String,
    /// Her institution's code; may be empty.
    pub institution: String,
    /// When.
    pub at: Micros,
    /// Who in the register it may be.
    pub alike: Vec<Alike>,
}

/// The names that wait in a session, oldest first.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn claims(p: &Programme, tx: &mut Tx, caller: &Caller, session: Uuid) -> Outcome<Vec<Claim>> {
    may(p, caller, Act::TRAINEE_READ)?;
    let rows =
        tx.sql("SELECT * FROM training_claim WHERE session = $1 ORDER BY at, id").bind(session).all().await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let id: Uuid = row.get("id")?;
        let grant = p.may_on(caller, Act::TRAINEE_READ, id, &Situation::default())?;
        let sealed: Vec<u8> = row.get("body")?;
        let Some(named) = readable(p.unseal::<Named>(tx, caller, &grant, &place(id), &sealed).await)? else {
            tx.set_aside();
            continue;
        };
        let alike = known::alike(p, tx, caller, &named.name, Uuid::nil()).await?;
        let institution = row.get("institution")?;
        all.push(Claim { id, name: named.name, institution, at: row.get("at")?, alike });
    }
    Ok(all)
}

/// How many names wait in the open courses.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn waiting(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Session, i64)>> {
    may(p, caller, Act::TRAINING_READ)?;
    let rows = tx
        .sql(
            "SELECT s.*, w.waiting FROM training_session s
             JOIN (SELECT session, COUNT(*) AS waiting FROM training_claim GROUP BY session) w ON w.session = s.id ORDER BY s.day, s.n",
        )
        .all()
        .await?;
    rows.iter().map(|r| Ok((Session::read(r)?, r.get("waiting")?))).collect()
}

/// Whether a name waits in a course.
pub(crate) async fn waiting_in(tx: &mut Tx, course: Uuid) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT 1 AS x FROM training_claim c JOIN training_session s ON s.id = c.session
             WHERE s.course = $1 AND s.state <> 'cancelled' LIMIT 1",
        )
        .bind(course)
        .optional()
        .await?;
    Ok(row.is_some())
}

/// The session does not take place: what people wrote goes, with its keys.
pub(crate) async fn drop_all(work: &mut Work, session: Uuid) -> Outcome<()> {
    for row in work.sql("SELECT id FROM training_claim WHERE session = $1").bind(session).all().await? {
        ceiba_access::slots::destroy(work, row.get("id")?).await?;
    }
    work.sql("DELETE FROM training_claim WHERE session = $1").bind(session).run().await?;
    Ok(())
}

/// What somebody decides of a name that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// She is new.
    New,
    /// She is this person.
    Same(Uuid),
    /// Nobody who was there.
    Nobody,
}

/// Decides. What she wrote goes, with its key.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody decided meanwhile; else as [`people::add`] and [`roster::enrol`].
pub async fn settle(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (session, id): (&Session, Uuid),
    decision: Decision,
) -> Outcome<()> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let claim = claims(p, work.tx(), caller, session.id).await?.into_iter().find(|c| c.id == id);
    let Some(claim) = claim else { return Err(ProgrammeError::Stale) };
    let course = courses::lookup(work.tx(), session.course).await?;
    let who = match decision {
        Decision::Nobody => None,
        Decision::Same(who) => {
            if !claim.alike.iter().any(|a| a.trainee.id == who) {
                return Err(ProgrammeError::Invalid(vec![Problem { field: "who", key: "problem-choose" }]));
            }
            Some(who)
        }
        Decision::New => {
            let audience = p.pack.training.find(&course.curriculum, course.curriculum_version);
            let audience = audience.map_or("official", |c| c.audience.as_str());
            let new = people::New {
                name: claim.name,
                audience: audience.to_owned(),
                institution: claim.institution,
                ..people::New::default()
            };
            Some(people::arrived(p, work, caller, &new).await?)
        }
    };
    if let Some(who) = who {
        roster::enrol(p, work, caller, &course, who).await?;
        mark(p, work, caller, session, (who, "name")).await?;
    }
    ceiba_access::slots::destroy(work, id).await?;
    work.sql("DELETE FROM training_claim WHERE id = $1").bind(id).once().await?;
    Ok(work.record("training.claim.settle", "session", session.id, [0; 32]).await?)
}
