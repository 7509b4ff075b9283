//! The code on the wall: a link that is good for minutes and only while the session runs, without an account. Whoever opens it says who she
//! is and learns nothing of anybody. When nobody of the list fits, what she wrote waits for a person to decide.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{MINUTE, Micros, Tx, Work};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::known::{folded, office_name};
use super::people;
use super::{Course, Session, courses, is_institution, marks, roster, sessions};
use crate::pace::Step;
use crate::partners::partner;
use crate::{Outcome, Problems, Programme, ProgrammeError};

mod claims;

use claims::wait;
pub use claims::{Claim, Decision, claims, settle, waiting};
pub(crate) use claims::{drop_all, waiting_in};

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
    problems.when(!known || missing, "institution", "problem-attend-institution");
    problems.when(!said.name.chars().any(char::is_alphabetic), "name", "problem-attend-name");
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
