//! Certificates: for whoever completed a course, with a code that a stranger can check and a badge that programs can.
//!
//! Nothing of a certificate tells whose it is: not its code, not its badge, not its row. Her name is opened from the register when the
//! paper is made.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Row, Tx};
use uuid::Uuid;

use super::{rounds, sheets};
use crate::training::{Course, Trainee, counting, courses, people, roster};
use crate::{Outcome, Programme, words};

mod issue;
pub mod look;

pub(crate) use issue::forget;
pub use issue::{REASONS, issue, reissue, revoke};

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
