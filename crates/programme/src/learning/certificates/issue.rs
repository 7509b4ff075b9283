//! A certificate is issued, revoked, issued again under the right name; whoever was forgotten keeps none that could be checked.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_exchange::badge::{self, Achievement, Credential, Evidence, Identity, Issuer, Status, Subject};
use ceiba_store::{Fact, Micros, Work};
use uuid::Uuid;

use super::{About, Certificate, Line, about, get, holder_number, hours, lines, name_mark};
use crate::training::{Course, Trainee, people};
use crate::{Outcome, Problems, Programme, ProgrammeError, codes};

/// Why one is revoked.
pub const REASONS: [&str; 4] = ["wrong_name", "wrong_course", "not_completed", "by_her_wish"];

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
    let about = about(p, work.tx(), course.id, "es").await?;
    let badge = signed(p, (course, &about), (id, &code, &salt), now, address)?;
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
    (course, about): (&Course, &About),
    (id, code, salt): (Uuid, &str, &str),
    now: Micros,
    address: &str,
) -> Outcome<String> {
    let wrong = |_| ProgrammeError::Unreadable("a badge that cannot be signed");
    let key = p.office.badge_key();
    let curriculum = p.pack.training.find(&course.curriculum, course.curriculum_version);
    let name = about.name.clone();
    let issuer = Issuer::new(badge::name_of(&key.verifying_key()), p.pack.name.clone());
    // What was achieved is the same for everybody who was taught this version; when, and in how many hours, is of this certificate.
    let planned = hours(curriculum.map_or(0, crate::training::curricula::Curriculum::minutes));
    let achievement = Achievement::course(
        format!("{address}/constancia/curso/{}/{}", course.curriculum, course.curriculum_version),
        name.clone(),
        format!("{name}. {planned} h."),
        about.modules.join("; "),
        "es-GT",
    );
    let held =
        format!("{} h. {} – {}. ≥ {} %.", about.hours, course.from_day, course.to_day, course.threshold);
    let holder = Identity::new("systemId", &holder_number(p, id), salt.to_owned());
    let moment = jiff::Timestamp::from_microsecond(now)
        .and_then(|t| t.round(jiff::Unit::Second))
        .map_err(|_| ProgrammeError::Unreadable("a moment"))?;
    let subject = Subject::new(holder, achievement);
    let mut credential = Credential::new(id, name, issuer, moment.to_string(), subject);
    credential.evidence = vec![Evidence::new(format!("{address}/constancia/{code}"), held)];
    credential.credential_status = Some(Status::list(format!("{address}/constancia/revocadas.json")));
    badge::sign(&key, &credential).map_err(wrong)
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
