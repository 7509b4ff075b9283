//! The code on the wall: a link that is good for minutes and only while the session runs, without an account. Whoever opens it says who she
//! is and learns nothing of anybody. When nobody of the list fits, what she wrote waits for a person to decide.

use ceiba_access::{Act, Caller, Place, Situation};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::known::{Alike, folded, office_name};
use super::people::{self, Named};
use super::{Course, Session, courses, is_institution, known, marks, may, roster, sessions};
use crate::pace::Step;
use crate::partners::partner;
use crate::sealed::{detail, readable};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError};

/// How long one code stands on the wall. It is taken for two spans more, for whoever types slowly.
pub const SPAN: Micros = 10 * MINUTE;
/// From how long before a session begins, and until how long after it ends, people may say that they are there.
pub const EARLY: Micros = 45 * MINUTE;
/// See [`EARLY`].
pub const LATE: Micros = 30 * MINUTE;
/// Names a minute in one session: a full room of people who type at once.
const A_MINUTE: u32 = 90;
/// Codes of badges that fit nobody, a minute in one session.
const WRONG: u32 = 10;
/// The most names that wait for a decision in one session.
const WAITING: i64 = 200;

/// The link of a session for now.
#[must_use]
pub fn token(p: &Programme, session: &Session, now: Micros) -> String {
    mac(p, &format!("asistir {} {}", session.id, now.div_euclid(SPAN)))
}

/// The link of the page that shows the code and changes it by itself. It opens nothing but that.
#[must_use]
pub fn wall(p: &Programme, session: &Session) -> String {
    mac(p, &format!("pantalla {}", session.id))
}

/// Eighty bits that nobody without the office key can foresee.
fn mac(p: &Programme, what: &str) -> String {
    p.office.token_hash(what.as_bytes())[..10].iter().map(|b| format!("{b:02x}")).collect()
}

/// The sessions that run now.
async fn running(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Session>> {
    let now = p.store.clock.now();
    let rows = tx
        .sql(
            "SELECT s.* FROM training_session s JOIN training_course c ON c.id = s.course
             WHERE s.day BETWEEN $1 AND $2 AND s.state <> 'cancelled' AND c.state = 'open'",
        )
        .bind(p.day(now - ceiba_store::DAY))
        .bind(p.day(now + EARLY))
        .all()
        .await?;
    let all = rows.iter().map(Session::read).collect::<Outcome<Vec<_>>>()?;
    Ok(all.into_iter().filter(|s| runs(p, s, now)).collect())
}

/// Whether people may say now that they are in a session.
#[must_use]
pub fn runs(p: &Programme, session: &Session, now: Micros) -> bool {
    let (begins, ends) = sessions::times(p, session);
    session.state != "cancelled" && (begins - EARLY..=ends + LATE).contains(&now)
}

fn same(one: &str, other: &str) -> bool {
    bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

/// The session behind a link, with its course; nothing when it is guessed, too old or its session does not run.
///
/// # Errors
/// When the database breaks.
pub async fn knock(p: &Programme, tx: &mut Tx, link: &str) -> Outcome<Option<(Session, Course)>> {
    let now = p.store.clock.now();
    for s in running(p, tx).await? {
        if (0..3).any(|back| same(&token(p, &s, now - back * SPAN), link)) {
            let course = courses::lookup(tx, s.course).await?;
            return Ok(Some((s, course)));
        }
    }
    Ok(None)
}

/// The session behind the link of a wall, with its course and how many said that they are there.
///
/// # Errors
/// When the database breaks.
pub async fn on_wall(p: &Programme, tx: &mut Tx, link: &str) -> Outcome<Option<(Session, Course, usize)>> {
    for s in running(p, tx).await? {
        if same(&wall(p, &s), link) {
            let course = courses::lookup(tx, s.course).await?;
            let came = marks::every(tx, s.id).await?.values().filter(|m| m.mark == "present").count();
            return Ok(Some((s, course, came)));
        }
    }
    Ok(None)
}

/// The institutions to choose from behind a link: those invited. Nothing tells how many seats they have.
///
/// # Errors
/// When the database breaks.
pub async fn invited(tx: &mut Tx, course: Uuid) -> Outcome<Vec<String>> {
    let rows = tx
        .sql("SELECT institution FROM training_seat WHERE course = $1 ORDER BY institution")
        .bind(course)
        .all()
        .await?;
    rows.iter().map(|r| Ok(r.get("institution")?)).collect()
}

/// What somebody says behind a link: the code of her badge, or institution and name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// The code of her badge; may be empty.
    pub code: &'a str,
    /// Her institution's code; empty for partners of the community.
    pub institution: &'a str,
    /// Her name.
    pub name: &'a str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is noted. The same answer whether she was on the list or not.
    Noted,
    /// Nobody on this course has that code.
    Wrong,
    /// There is nothing behind this link now.
    Closed,
}

/// Somebody says that she is there. Said twice it is noted once.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::TooMany`] when too many came in a minute.
pub async fn say(p: &Programme, link: &str, said: &Said<'_>) -> Outcome<Told> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let Some((session, course)) = knock(p, work.tx(), link).await? else { return Ok(Told::Closed) };
    let caller = partner();
    let own = Situation { own: true, ..Situation::default() };
    p.may_on(&caller, Act::TRAINING_ATTEND, session.id, &own)?;
    if p.attends.step(session.id, work.at(), A_MINUTE) != Step::Free {
        return Err(ProgrammeError::TooMany);
    }
    if !said.code.trim().is_empty() {
        return with_code(p, work, &caller, (&session, &course), said.code).await;
    }
    let known = said.institution.is_empty() || is_institution(p, work.tx(), said.institution).await?;
    let official = p
        .pack
        .training
        .find(&course.curriculum, course.curriculum_version)
        .is_some_and(|c| c.audience == "official");
    let mut problems = Problems::default();
    let missing = official && said.institution.is_empty();
    problems.when(!known || missing, "institution", "problem-training-institution");
    problems.when(!said.name.chars().any(char::is_alphabetic), "name", "problem-training-name");
    problems.when(said.name.chars().count() > 120, "name", "problem-too-long");
    problems.done()?;
    match on_list(p, work.tx(), course.id, said).await? {
        Some(who) => mark(p, &mut work, &caller, &session, (who, "name")).await?,
        None => wait(p, &mut work, &caller, &session, said).await?,
    }
    work.record("training.attend", "session", session.id, [0; 32]).await?;
    work.commit().await?;
    Ok(Told::Noted)
}

async fn with_code(
    p: &Programme,
    mut work: Work,
    caller: &Caller,
    (session, course): (&Session, &Course),
    code: &str,
) -> Outcome<Told> {
    let who = people::by_code(work.tx(), code).await?;
    let placed = roster::placed(work.tx(), course.id).await?;
    let Some(t) = who.filter(|t| placed.iter().any(|l| l.who == t.id)) else {
        // A try is counted before the next is looked at; what is right is never held up by it.
        return match p.guesses.step(session.id, work.at(), WRONG) {
            Step::Free => Ok(Told::Wrong),
            _ => Err(ProgrammeError::TooMany),
        };
    };
    mark(p, &mut work, caller, session, (t.id, "code")).await?;
    work.record("training.attend", "session", session.id, [0; 32]).await?;
    work.commit().await?;
    Ok(Told::Noted)
}

/// What the trainer noted already stays as it is.
async fn mark(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    session: &Session,
    (who, how): (Uuid, &'static str),
) -> Outcome<()> {
    if marks::every(work.tx(), session.id).await?.contains_key(&who) {
        return Ok(());
    }
    marks::keep(p, work, caller, session, how, &[(who, "present".to_owned())]).await
}

/// The one person on the list with this name and institution. Names are opened by the office to compare them, and shown to nobody.
async fn on_list(p: &Programme, tx: &mut Tx, course: Uuid, said: &Said<'_>) -> Outcome<Option<Uuid>> {
    let wanted = folded(said.name);
    let mut found = Vec::new();
    for l in roster::placed(tx, course).await? {
        if l.institution.as_deref().unwrap_or_default() != said.institution {
            continue;
        }
        let row = tx.sql("SELECT * FROM trainee WHERE id = $1").bind(l.who).one().await?;
        let name = office_name(p, tx, &row).await?;
        if name.is_some_and(|name| folded(&name) == wanted) {
            found.push(l.who);
        }
    }
    Ok(if found.len() == 1 { found.pop() } else { None })
}

const fn place(id: Uuid) -> Place<'static> {
    Place { subject: id, compartment: "trainee", table: "training_claim", row: id, field: "body", version: 1 }
}

/// What she wrote waits, once.
async fn wait(
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
