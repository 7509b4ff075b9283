//! Signing the route: a lawyer reads it row by row and signs the version; somebody else puts it in force, after its golden cases
//! came out; in the end it is retired. What was signed is known by its hash: a row that a later pack changes is read anew, and a
//! version that changed is a draft again.
//!
//! Nothing here starts or stops a clock. Until a version is in force its rows are «sin verificar», and so are they again when it
//! is retired: a term that is shown with that mark helps more than one that is hidden.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Row as Line, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{About, Row, Sheet, State};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// How whoever signed stands on screen and paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Name and number among lawyers, as she typed them.
    pub name: String,
}

/// A version from signed to retired.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// `signed`, `published` or `retired`.
    pub state: String,
    /// How whoever signed it stands on paper.
    pub signer: Signer,
    /// Who signed it.
    pub signed_by: Uuid,
    /// When.
    pub signed_at: Micros,
    /// Who published or retired it.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<Micros>,
    /// Whether it is the text that is in the program now.
    pub current: bool,
}

/// Which rows are verified now, by whom and on which day: those of versions in force.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    sheets: BTreeMap<String, (String, Date)>,
    rows: BTreeMap<String, String>,
}

impl Marks {
    /// Who verified a row and when: in the pack itself, or by a version that is in force.
    #[must_use]
    pub fn of<'a>(&'a self, row: &'a Row) -> Option<(&'a str, Date)> {
        row.signed().or_else(|| self.sheet(self.rows.get(&row.id)?))
    }

    /// As [`Marks::of`], of a calendar, which is read with the country's sheet.
    #[must_use]
    pub fn of_calendar<'a>(&'a self, p: &Programme, about: &About<'a>) -> Option<(&'a str, Date)> {
        about.signed.or_else(|| self.sheet(&p.pack.route.sheets.first()?.id))
    }

    fn sheet(&self, id: &str) -> Option<(&str, Date)> {
        self.sheets.get(id).map(|(name, on)| (name.as_str(), *on))
    }
}

/// What is verified now.
///
/// # Errors
/// When the database breaks or a value is damaged.
pub async fn marks(p: &Programme, tx: &mut Tx) -> Outcome<Marks> {
    let mut marks = Marks::default();
    for sheet in &p.pack.route.sheets {
        let all = versions(p, tx, sheet).await?;
        let Some(v) = all.into_iter().find(|v| v.current && v.state == "published") else { continue };
        let on = dates::day(v.signed_at, &p.pack.zone);
        marks.sheets.insert(sheet.id.clone(), (v.signer.name, on));
        marks.rows.extend(sheet.rows.iter().map(|r| (r.id.clone(), sheet.id.clone())));
    }
    Ok(marks)
}

/// The versions of a sheet that somebody signed, the newest first.
///
/// # Errors
/// When the database breaks or a value is damaged.
pub async fn versions(p: &Programme, tx: &mut Tx, sheet: &Sheet) -> Outcome<Vec<Version>> {
    let rows = tx
        .sql("SELECT * FROM route_version WHERE sheet = $1 ORDER BY signed_at DESC, id")
        .bind(sheet.id.as_str())
        .all()
        .await?;
    rows.iter().map(|row| read(p, row, sheet)).collect()
}

fn read(p: &Programme, row: &Line, sheet: &Sheet) -> Outcome<Version> {
    let id: Uuid = row.get("id")?;
    let plain = p.office.open_small("route", id.as_bytes(), &row.get::<Vec<u8>>("signer")?)?;
    Ok(Version {
        id,
        state: row.get("state")?,
        signer: serde_json::from_slice(&plain).map_err(|_| ProgrammeError::Unreadable("a signer"))?,
        signed_by: row.get("signed_by")?,
        signed_at: row.get("signed_at")?,
        decided_by: row.get("decided_by")?,
        decided_at: row.get("decided_at")?,
        current: row.get::<Vec<u8>>("hash")? == sheet.hash,
    })
}

/// The state of the text that is in the program now: that of its version in force or of the one that waits; a draft else.
#[must_use]
pub fn state(sheet: &Sheet, versions: &[Version]) -> State {
    let now = versions.iter().find(|v| v.current).map(|v| v.state.as_str());
    match now {
        Some("published") => State::Published,
        Some("signed") => State::Signed,
        _ => sheet.state,
    }
}

/// The rows of a sheet that somebody has read as they stand.
///
/// # Errors
/// When the database breaks.
pub async fn readings(tx: &mut Tx, sheet: &Sheet, account: Uuid) -> Outcome<BTreeSet<String>> {
    let rows = tx
        .sql("SELECT line, hash FROM route_reading WHERE sheet = $1 AND account = $2")
        .bind(sheet.id.as_str())
        .bind(account)
        .all()
        .await?;
    let mut found = BTreeSet::new();
    for row in &rows {
        let (line, hash): (String, Vec<u8>) = (row.get("line")?, row.get("hash")?);
        if sheet.lines().any(|(id, now)| id == line && now[..] == hash[..]) {
            found.insert(line);
        }
    }
    Ok(found)
}

/// Notes that she read a row and finds it right, or takes that back.
///
/// # Errors
/// The gate's refusal; [`Refusal::Absent`] without such a row.
pub async fn note(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (sheet, line): (&Sheet, &str),
    right: bool,
) -> Outcome<()> {
    p.may(caller, Act::ROUTE_SIGN)?;
    let Some((_, hash)) = sheet.lines().find(|(id, _)| *id == line) else {
        return Err(Refusal::Absent.into());
    };
    let now = work.at();
    work.sql("DELETE FROM route_reading WHERE sheet = $1 AND line = $2 AND account = $3")
        .bind(sheet.id.as_str())
        .bind(line)
        .bind(caller.account)
        .run()
        .await?;
    if right {
        work.sql("INSERT INTO route_reading (sheet, line, hash, account, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(sheet.id.as_str())
            .bind(line)
            .bind(*hash)
            .bind(caller.account)
            .bind(now)
            .once()
            .await?;
    }
    let action = if right { "route.checked" } else { "route.unchecked" };
    Ok(work.record(action, "route", Uuid::nil(), *hash).await?)
}

/// Signs the version that is in the program now.
///
/// # Errors
/// [`ProgrammeError::Invalid`] without a name; [`ProgrammeError::State`] when a row was not read, a golden case does not come out, or
/// it is signed already.
pub async fn sign(p: &Programme, work: &mut Work, caller: &Caller, sheet: &Sheet, name: &str) -> Outcome<()> {
    p.may(caller, Act::ROUTE_SIGN)?;
    let mut problems = Problems::default();
    problems.when(name.trim().chars().count() < 5, "name", "problem-route-signer");
    problems.when(name.chars().count() > 120, "name", "problem-too-long");
    problems.done()?;
    let all = versions(p, work.tx(), sheet).await?;
    if all.iter().any(|v| v.current && v.state != "retired") {
        return Err(ProgrammeError::State("state-route-signed"));
    }
    let read = readings(work.tx(), sheet, caller.account).await?;
    if sheet.lines().any(|(id, _)| !read.contains(id)) {
        return Err(ProgrammeError::State("state-route-unread"));
    }
    comes_out(p, sheet)?;
    let (id, now) = (work.chance().id(), work.at());
    let plain = serde_json::to_vec(&Signer { name: name.trim().to_owned() })
        .map_err(|_| ProgrammeError::Unreadable("a signer"))?;
    let sealed = work.chance().with(|rng| p.office.seal_small(rng, "route", id.as_bytes(), &plain))?;
    work.sql(
        "INSERT INTO route_version (id, sheet, hash, state, signer, signed_by, signed_at) VALUES ($1, $2, $3, 'signed', $4, $5, $6)",
    )
    .bind(id)
    .bind(sheet.id.as_str())
    .bind(sheet.hash)
    .bind(sealed)
    .bind(caller.account)
    .bind(now)
    .once()
    .await?;
    Ok(work.record("route.sign", "route", id, sheet.hash).await?)
}

/// A pack of which a golden case does not come out is signed and published by nobody.
fn comes_out(p: &Programme, sheet: &Sheet) -> Outcome<()> {
    let wrong = p.pack.route.examined(sheet).iter().any(|g| g.wrong.is_some());
    if wrong { Err(ProgrammeError::State("state-route-golden")) } else { Ok(()) }
}

/// Puts a version in force that somebody else signed. The one before it is retired.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it does not wait any more; [`ProgrammeError::State`] when it is her own, when the program has
/// another text by now, or when a golden case does not come out.
pub async fn publish(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    sheet: &Sheet,
    id: Uuid,
) -> Outcome<()> {
    p.may(caller, Act::ROUTE_PUBLISH)?;
    let v = one(p, work, sheet, id).await?;
    if v.state != "signed" {
        return Err(ProgrammeError::Stale);
    }
    if v.signed_by == caller.account {
        return Err(ProgrammeError::State("state-route-other-publishes"));
    }
    if !v.current {
        return Err(ProgrammeError::State("state-route-other-text"));
    }
    comes_out(p, sheet)?;
    work.sql("UPDATE route_version SET state = 'retired' WHERE sheet = $1 AND state = 'published'")
        .bind(sheet.id.as_str())
        .run()
        .await?;
    decide(work, caller, id, "published").await?;
    Ok(work.record("route.publish", "route", id, sheet.hash).await?)
}

/// Takes a version out of force: its rows are unverified again, and no clock stops.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it is retired already.
pub async fn retire(p: &Programme, work: &mut Work, caller: &Caller, sheet: &Sheet, id: Uuid) -> Outcome<()> {
    p.may(caller, Act::ROUTE_PUBLISH)?;
    if one(p, work, sheet, id).await?.state == "retired" {
        return Err(ProgrammeError::Stale);
    }
    decide(work, caller, id, "retired").await?;
    Ok(work.record("route.retire", "route", id, [0; 32]).await?)
}

async fn one(p: &Programme, work: &mut Work, sheet: &Sheet, id: Uuid) -> Outcome<Version> {
    let found = versions(p, work.tx(), sheet).await?.into_iter().find(|v| v.id == id);
    found.ok_or_else(|| Refusal::Absent.into())
}

async fn decide(work: &mut Work, caller: &Caller, id: Uuid, state: &'static str) -> Outcome<()> {
    let now = work.at();
    Ok(work
        .sql("UPDATE route_version SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4")
        .bind(state)
        .bind(caller.account)
        .bind(now)
        .bind(id)
        .once()
        .await?)
}
