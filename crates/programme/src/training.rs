//! Training: curricula as data, courses and their sessions, the people who are trained, who came, and what is counted of it.
//!
//! What `learning` and others read, and what stays as it is: [`Course`] ([`courses::find`], [`courses::list`]), [`Session`]
//! ([`sessions::of`]), [`Trainee`] ([`people::get`]), who has a place ([`roster::of`]) and who reached the threshold
//! ([`counting::reached`]). A trainee is one person over all courses; her facts carry the pseudonym of [`people::subject`].
//! docs/adr/0023.

use ceiba_access::{Act, Caller, Grant, Situation};
use ceiba_store::{Micros, Row};
use uuid::Uuid;

use crate::{Outcome, Programme};

pub mod counting;
pub mod courses;
pub mod curricula;
pub mod door;
pub mod due;
pub mod known;
pub mod marks;
pub mod merge;
pub mod numbers;
pub mod people;
pub mod photo;
pub mod roster;
pub mod sessions;
pub mod sheets;

/// Audiences of a curriculum, and of a trainee.
pub const AUDIENCES: [&str; 2] = ["official", "community"];
/// How a course is given.
pub const MODES: [&str; 2] = ["room", "remote"];
/// What can be noted of somebody in a session.
pub const MARKS: [&str; 3] = ["present", "absent", "excused"];

/// A course. Nothing of it is sealed: there is no name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its id.
    pub id: Uuid,
    /// Its code, `F-7K3M9`, as it stands in addresses and in facts (`course`).
    pub code: String,
    /// The code of its curriculum.
    pub curriculum: String,
    /// The version it is given in.
    pub curriculum_version: i64,
    /// `room` or `remote`.
    pub mode: String,
    /// Where: a municipality's code.
    pub municipality: String,
    /// Which room; may be empty.
    pub room: String,
    /// A code of the list `languages`.
    pub language: String,
    /// Percent of the minutes of all its sessions from which on somebody completed it, 1 to 100.
    pub threshold: i64,
    /// Day of the first session, ISO.
    pub from_day: String,
    /// Day of the last one.
    pub to_day: String,
    /// `open`, `closed` or `cancelled`.
    pub state: String,
    /// When it was closed.
    pub closed_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Course {
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            curriculum: row.get("curriculum")?,
            curriculum_version: row.get("curriculum_version")?,
            mode: row.get("mode")?,
            municipality: row.get("municipality")?,
            room: row.get("room")?,
            language: row.get("language")?,
            threshold: row.get("threshold")?,
            from_day: row.get("from_day")?,
            to_day: row.get("to_day")?,
            state: row.get("state")?,
            closed_at: row.get("closed_at")?,
            version: row.get("version")?,
        })
    }
}

/// A session of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Its course.
    pub course: Uuid,
    /// Its number in the course, from 1.
    pub n: i64,
    /// The code of its module.
    pub module: String,
    /// Its day, ISO.
    pub day: String,
    /// When it begins, in minutes of the day.
    pub starts: i64,
    /// How long it takes.
    pub minutes: i64,
    /// `planned`, `held` or `cancelled`.
    pub state: String,
    /// Its version.
    pub version: i64,
}

impl Session {
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            course: row.get("course")?,
            n: row.get("n")?,
            module: row.get("module")?,
            day: row.get("day")?,
            starts: row.get("starts")?,
            minutes: row.get("minutes")?,
            state: row.get("state")?,
            version: row.get("version")?,
        })
    }

    /// When it begins, as people write it: `8:30`.
    #[must_use]
    pub fn clock(&self) -> String {
        format!("{}:{:02}", self.starts / 60, self.starts % 60)
    }
}

/// Somebody of the register of training: one row over all courses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trainee {
    /// Her id.
    pub id: Uuid,
    /// Her code, `T-7K3M9Q`, as it stands on a badge.
    pub code: String,
    /// Her name: empty for whoever may not read it, and once she was erased.
    pub name: String,
    /// `official` or `community`.
    pub audience: String,
    /// The code of an institution of the directory or of the list `justice_institutions`.
    pub institution: Option<String>,
    /// A code of the list `training_posts`.
    pub post: Option<String>,
    /// A code of the list `network_kinds`, for partners of the community.
    pub partner_type: Option<String>,
    /// A department's code.
    pub department: Option<String>,
    /// A municipality's code.
    pub municipality: Option<String>,
    /// A code of the list `languages`.
    pub language: Option<String>,
    /// A code of the list `gender`, only when she said so.
    pub sex: Option<String>,
    /// Whom she was found to be.
    pub merged_into: Option<Uuid>,
    /// When she was erased.
    pub erased_at: Option<Micros>,
    /// Her version.
    pub version: i64,
}

impl Trainee {
    /// A row without her name.
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            name: String::new(),
            audience: row.get("audience")?,
            institution: row.get("institution")?,
            post: row.get("post")?,
            partner_type: row.get("partner_type")?,
            department: row.get("department")?,
            municipality: row.get("municipality")?,
            language: row.get("language")?,
            sex: row.get("sex")?,
            merged_into: row.get("merged_into")?,
            erased_at: row.get("erased_at")?,
            version: row.get("version")?,
        })
    }
}

/// Asks the gate for an act on the training of the programme as a whole.
///
/// # Errors
/// When the gate refuses.
pub(crate) fn may(p: &Programme, caller: &Caller, act: Act) -> Outcome<Grant> {
    p.may_on(caller, act, Uuid::nil(), &Situation::default())
}

/// Whether an institution is known: of the list of the country, or of the directory.
pub(crate) async fn is_institution(p: &Programme, tx: &mut ceiba_store::Tx, code: &str) -> Outcome<bool> {
    if p.pack.lists.has("justice_institutions", code) {
        return Ok(true);
    }
    let row = tx.sql("SELECT 1 AS x FROM institution WHERE code = $1").bind(code).optional().await?;
    Ok(row.is_some())
}
