//! Certificates: for whoever completed a course, with a code that a stranger can check and a badge that programs can.
//!
//! Nothing of a certificate tells whose it is: not its code, not its badge, not its row. Her name is opened from the register when the
//! paper is made.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Refusal};
use ceiba_exchange::badge::{self, Achievement, Credential, Identity, Issuer, Status, Subject};
use ceiba_store::{Fact, Micros, Row, Tx, Work};
use uuid::Uuid;

use super::{rounds, sheets};
use crate::training::{Course, Trainee, counting, courses, people, roster};
use crate::{Outcome, Problems, Programme, ProgrammeError, codes, words};

/// Why one is revoked.
pub const REASONS: [&str; 4] = ["wrong_name", "wrong_course", "not_completed", "by_her_wish"];

/// A certificate. Whose it is stands beside it only for whoever may read names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id.
    pub id: Uuid,
    /// Its code, `K-7K3M9Q2XA`.
    pub code: String,
    /// Of which course.
    pub course: Uuid,
    /// Of whom.
    pub trainee: Uuid,
    /// The badge: a signed token.
    pub badge: String,
    /// The day on which it was issued, ISO.
    pub day: String,
    /// `valid` or `revoked`.
    pub state: String,
    /// One of [`REASONS`], once it was revoked.
    pub reason: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Certificate {
    pub(super) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            course: row.get("course")?,
            trainee: row.get("trainee")?,
            badge: row.get("badge")?,
            day: row.get("day")?,
            state: row.get("state")?,
            reason: row.get("reason")?,
            revoked_at: row.get("revoked_at")?,
            version: row.get("version")?,
        })
    }

    /// Whether it holds.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.state == "valid"
    }
}

/// Somebody of a course and how it stands with her certificate.
pub struct Line {
    /// Who.
    pub trainee: Trainee,
    /// Whether she was there as long as the course asks.
    pub attended: bool,
    /// Whether she passed; nothing where no test is asked for.
    pub passed: Option<bool>,
    /// Her certificates, the newest first.
    pub certificates: Vec<Certificate>,
}

impl Line {
    /// Whether she may be given one now.
    #[must_use]
    pub fn due(&self) -> bool {
        self.attended && self.passed != Some(false) && !self.certificates.iter().any(Certificate::is_valid)
    }
}

/// Everybody of a course, by name.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn lines(p: &Programme, tx: &mut Tx, caller: &Caller, course: &Course) -> Outcome<Vec<Line>> {
    p.may(caller, Act::CERTIFICATE_ISSUE)?;
    let seated = roster::of(p, tx, caller, course.id).await?;
    let reached = counting::reached(p, tx, caller, course).await?;
    let rounds = rounds::of_course(tx, course.id).await?;
    let test = rounds::test(p, course, &rounds).filter(|t| t.required);
    let rows = tx
        .sql(
            "SELECT k.*, COALESCE(t.merged_into, t.id) AS holder FROM certificate k JOIN trainee t ON t.id = k.trainee
             WHERE k.course = $1 ORDER BY k.issued_at DESC, k.id",
        )
        .bind(course.id)
        .all()
        .await?;
    let mut held: BTreeMap<Uuid, Vec<Certificate>> = BTreeMap::new();
    for row in &rows {
        held.entry(row.get("holder")?).or_default().push(Certificate::read(row)?);
    }
    let mut all = Vec::with_capacity(seated.len());
    for s in seated {
        let passed = match test {
            Some(test) => Some(sheets::passed(tx, test, &rounds, s.trainee.id).await?),
            None => None,
        };
        let attended = course.state == "closed" && reached.iter().any(|r| r.who == s.trainee.id && r.reached);
        let certificates = held.remove(&s.trainee.id).unwrap_or_default();
        // What was counted of her in this course counts for her then, not for where she works now.
        let trainee = Trainee { institution: s.institution, ..s.trainee };
        all.push(Line { trainee, attended, passed, certificates });
    }
    Ok(all)
}

/// Issues one to everybody of a course to whom one is due; says how many. `address` is where this programme is reached, without a
/// slash at its end: what a badge names as the place to ask.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] while the course is open, or when none is due.
pub async fn issue(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    address: &str,
) -> Outcome<usize> {
    p.may(caller, Act::CERTIFICATE_ISSUE)?;
    if course.state != "closed" {
        return Err(ProgrammeError::State("state-certificate-open"));
    }
    let lines = lines(p, work.tx(), caller, course).await?;
    let due: Vec<&Line> = lines.iter().filter(|l| l.due() && !l.trainee.name.is_empty()).collect();
    if due.is_empty() {
        return Err(ProgrammeError::State("state-certificate-none"));
    }
    for line in &due {
        add(p, work, caller, course, &line.trainee, address).await?;
    }
    Ok(due.len())
}

async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    course: &Course,
    holder: &Trainee,
    address: &str,
) -> Outcome<Uuid> {
    let (id, now) = (work.chance().id(), work.at());
    let code = free_code(work).await?;
    let salt = codes::draw(work.chance(), 'S', 12);
    let badge = signed(p, course, (id, &code, &salt), now, address)?;
    work.sql(
        "INSERT INTO certificate (id, code, course, trainee, institution, name_mark, badge, day, state, issued_at, issued_by, tries,
           tries_day, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'valid', $9, $10, 0, '', 1)",
    )
    .bind(id)
    .bind(code)
    .bind(course.id)
    .bind(holder.id)
    .bind(holder.institution.clone())
    .bind(name_mark(p, id, &holder.name).to_vec())
    .bind(badge)
    .bind(p.day(now))
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.record("certificate.issue", "certificate", id, [0; 32]).await?;
    let fact = fact(p, work, course, (holder.id, holder.institution.clone()), "certificate.issued");
    work.fact(fact).await?;
    Ok(id)
}

fn fact(
    p: &Programme,
    work: &Work,
    course: &Course,
    (holder, institution): (Uuid, Option<String>),
    kind: &'static str,
) -> Fact {
    let mut dims = vec![("course", course.code.clone())];
    dims.extend(institution.map(|code| ("institution", code)));
    Fact {
        kind,
        at: work.at(),
        day: p.day(work.at()),
        code: Some(course.curriculum.clone()),
        municipality: Some(course.municipality.clone()),
        subject: Some(people::subject(p, holder)),
        amount: 1,
        dims,
        ..Fact::default()
    }
}

async fn free_code(work: &mut Work) -> Outcome<String> {
    loop {
        let code = codes::draw(work.chance(), 'K', 8);
        if work.sql("SELECT 1 AS x FROM certificate WHERE code = $1").bind(&code).optional().await?.is_none()
        {
            return Ok(code);
        }
    }
}

/// The badge of a certificate. Whose it is stands in it as the salted hash of her number, which only her paper has: a name could be
/// guessed from a list of names.
fn signed(
    p: &Programme,
    course: &Course,
    (id, code, salt): (Uuid, &str, &str),
    now: Micros,
    address: &str,
) -> Outcome<String> {
    let wrong = |_| ProgrammeError::Unreadable("a badge that cannot be signed");
    let key = p.office.badge_key();
    let curriculum = p.pack.training.find(&course.curriculum, course.curriculum_version);
    let name = curriculum.map_or(course.curriculum.as_str(), |c| c.name.of("es")).to_owned();
    let hours = hours(curriculum.map_or(0, crate::training::curricula::Curriculum::minutes));
    let issuer = Issuer::new(badge::name_of(&key.verifying_key()), p.pack.name.clone());
    let achievement = Achievement::course(
        format!("{address}/constancia/{code}"),
        name.clone(),
        format!("{name}. {hours} h. {} – {}.", course.from_day, course.to_day),
        format!("≥ {} %", course.threshold),
        "es-GT",
    );
    let holder = Identity::new("systemId", &holder_number(p, id), salt.to_owned());
    let moment = jiff::Timestamp::from_microsecond(now)
        .and_then(|t| t.round(jiff::Unit::Second))
        .map_err(|_| ProgrammeError::Unreadable("a moment"))?;
    let subject = Subject::new(holder, achievement);
    let mut credential = Credential::new(id, name, issuer, moment.to_string(), subject);
    credential.credential_status = Some(Status::list(format!("{address}/constancia/revocadas.json")));
    badge::sign(&key, &credential).map_err(wrong)
}

/// Minutes as hours, with a half where it is one.
#[must_use]
pub fn hours(minutes: i64) -> String {
    if minutes % 60 == 30 { format!("{}.5", minutes / 60) } else { format!("{}", (minutes + 30) / 60) }
}

/// The number that stands on her paper and, hashed, in her badge. It is computed, and stands nowhere.
#[must_use]
pub fn holder_number(p: &Programme, id: Uuid) -> String {
    let hash = p.office.token_hash(format!("certificate holder {id}").as_bytes());
    let hex: Vec<String> =
        hash[..10].chunks(2).map(|two| two.iter().map(|b| format!("{b:02X}")).collect()).collect();
    hex.join("-")
}

/// What is kept of a holder's name: a hash under the office key. Case, accents and the order of the words do not matter.
pub(super) fn name_mark(p: &Programme, id: Uuid, name: &str) -> [u8; 32] {
    let mut all = words::words(name);
    all.sort();
    p.office.token_hash(format!("certificate name {id} {}", all.join(" ")).as_bytes())
}

/// One of a course, with its holder: what a paper is made from.
///
/// # Errors
/// When the gate refuses; [`Refusal::Absent`] when there is none.
pub async fn get(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (course, id): (&Course, Uuid),
) -> Outcome<(Certificate, Trainee)> {
    p.may(caller, Act::CERTIFICATE_ISSUE)?;
    let row = tx
        .sql(
            "SELECT k.*, COALESCE(t.merged_into, t.id) AS holder FROM certificate k JOIN trainee t ON t.id = k.trainee
             WHERE k.id = $1 AND k.course = $2",
        )
        .bind(id)
        .bind(course.id)
        .optional()
        .await?;
    let Some(row) = row else { return Err(Refusal::Absent.into()) };
    Ok((Certificate::read(&row)?, people::get(p, tx, caller, row.get("holder")?).await?))
}

/// Revokes one.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without a reason; [`ProgrammeError::Stale`] when it was revoked meanwhile.
pub async fn revoke(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (course, id, seen): (&Course, Uuid, i64),
    reason: &str,
) -> Outcome<()> {
    p.may(caller, Act::CERTIFICATE_REVOKE)?;
    let mut problems = Problems::default();
    problems.when(!REASONS.contains(&reason), "reason", "problem-choose");
    problems.done()?;
    let row = work
        .sql("SELECT * FROM certificate WHERE id = $1 AND course = $2")
        .bind(id)
        .bind(course.id)
        .optional()
        .await?;
    let Some(row) = row else { return Err(Refusal::Absent.into()) };
    let (one, institution) = (Certificate::read(&row)?, row.get("institution")?);
    let now = work.at();
    let touched = work
        .sql(
            "UPDATE certificate SET state = 'revoked', reason = $1, revoked_at = $2, revoked_by = $3, version = version + 1
             WHERE id = $4 AND state = 'valid' AND version = $5",
        )
        .bind(reason)
        .bind(now)
        .bind(caller.account)
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    work.record("certificate.revoke", "certificate", id, [0; 32]).await?;
    let fact = fact(p, work, course, (one.trainee, institution), "certificate.revoked");
    Ok(work.fact(fact).await?)
}

/// Revokes one because her name was written wrongly, and issues another under the name that the register has now.
///
/// # Errors
/// As [`revoke`].
pub async fn reissue(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (course, id, seen): (&Course, Uuid, i64),
    address: &str,
) -> Outcome<()> {
    p.may(caller, Act::CERTIFICATE_ISSUE)?;
    let (_, holder) = get(p, work.tx(), caller, (course, id)).await?;
    if holder.name.is_empty() {
        return Err(ProgrammeError::State("state-training-erased"));
    }
    revoke(p, work, caller, (course, id, seen), "wrong_name").await?;
    add(p, work, caller, course, &holder, address).await?;
    Ok(())
}

/// Whoever was forgotten has no certificate that could be checked under her name: the hash goes. The certificates stay, as numbers.
pub(crate) async fn forget(work: &mut Work, trainee: Uuid) -> Outcome<()> {
    work.sql("UPDATE certificate SET name_mark = NULL WHERE trainee = $1").bind(trainee).run().await?;
    work.sql("UPDATE test_sheet SET trainee = NULL WHERE trainee = $1").bind(trainee).run().await?;
    Ok(())
}

/// The minutes that were held of a course, and its name in a language: what a certificate says.
///
/// # Errors
/// When the database breaks.
pub async fn about(p: &Programme, tx: &mut Tx, course: Uuid, language: &str) -> Outcome<About> {
    let course = courses::lookup(tx, course).await?;
    let row = tx
        .sql("SELECT CAST(COALESCE(SUM(minutes), 0) AS BIGINT) AS n FROM training_session WHERE course = $1 AND state = 'held'")
        .bind(course.id)
        .one()
        .await?;
    let curriculum = p.pack.training.find(&course.curriculum, course.curriculum_version);
    Ok(About {
        name: curriculum.map_or(course.curriculum.as_str(), |c| c.name.of(language)).to_owned(),
        hours: hours(row.get("n")?),
        from: course.from_day.parse().ok(),
        to: course.to_day.parse().ok(),
        modules: curriculum
            .map(|c| c.module.iter().map(|m| m.name.of(language).to_owned()).collect())
            .unwrap_or_default(),
        threshold: course.threshold,
    })
}

/// What a course was.
pub struct About {
    /// Its name.
    pub name: String,
    /// How many hours were held.
    pub hours: String,
    /// Its first day.
    pub from: Option<jiff::civil::Date>,
    /// Its last day.
    pub to: Option<jiff::civil::Date>,
    /// What was taught.
    pub modules: Vec<String>,
    /// Percent of the minutes that it asked for.
    pub threshold: i64,
}
