//! The directory: institutions outside, what they offer, to whom and where, and who checked it last.
//!
//! It holds what a public office hangs at its own door. A house of the programme is never in it, and a place where people
//! sleep has no address here: there is no field for one. Nothing is deleted, since referrals and consents name institutions;
//! one that is no longer offered is retired, and every version before a change stays in `institution_former`.

use std::ops::Deref;

use ceiba_store::{Micros, Row, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Outcome, ProgrammeError};

mod check;
pub mod hsds;
mod keep;

pub use check::{KINDS, SHELTERING, municipalities, written};
pub use keep::{add, change, confirm, offer_again};

/// A unit of an institution, with the phone that it publishes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its public phone; empty: that of the institution.
    pub phone: String,
}

/// What an institution says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// Its kind: one of [`KINDS`].
    pub kind: String,
    /// Where its office is: a municipality's code.
    pub municipality: String,
    /// Its public phone.
    pub phone: String,
    /// When it is open, in words.
    pub hours: String,
    /// Which services it offers: codes of the list `service_types`.
    pub services: Vec<String>,
    /// Languages it serves in: codes of the list `languages`.
    pub languages: Vec<String>,
    /// Its units.
    pub units: Vec<Unit>,
    /// Municipalities it serves; empty: its own.
    pub coverage: Vec<String>,
    /// Whom it receives, in words.
    pub eligibility: String,
    /// First day on which this holds, ISO; empty: since always.
    pub valid_from: String,
    /// Last day, ISO; empty: until further notice.
    pub valid_until: String,
}

impl Offer {
    /// The municipalities it serves, its own when none are named.
    #[must_use]
    pub fn serves(&self) -> Vec<&str> {
        if self.coverage.is_empty() {
            vec![self.municipality.as_str()]
        } else {
            self.coverage.iter().map(String::as_str).collect()
        }
    }

    /// Whether people sleep there: what leaves about it names no place.
    #[must_use]
    pub fn shelters(&self) -> bool {
        self.services.iter().any(|s| SHELTERING.contains(&s.as_str()))
    }
}

/// An institution of the directory.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Its id.
    pub id: Uuid,
    /// Its code, as facts have it.
    pub code: String,
    /// What it says about itself.
    pub offer: Offer,
    /// Whether it is offered to whoever chooses.
    pub active: bool,
    /// The day of the last check, ISO.
    pub checked_on: Option<String>,
    /// Who checked; none: whoever sent the entry.
    pub checked_by: Option<Uuid>,
    /// Its version, for whoever changes it.
    pub version: i64,
    /// The HSDS service it was brought as.
    pub(crate) document: Option<String>,
}

/// After so many days a check no longer counts.
const CHECK_DAYS: i64 = 180;

impl Institution {
    /// Whether nobody checked it for half a year.
    #[must_use]
    pub fn unchecked(&self, today: Date) -> bool {
        let day = self.checked_on.as_deref().and_then(|d| d.parse::<Date>().ok());
        day.is_none_or(|day| (today - day).get_days() as i64 > CHECK_DAYS)
    }
}

impl Deref for Institution {
    type Target = Offer;

    fn deref(&self) -> &Offer {
        &self.offer
    }
}

/// A version that a change replaced.
#[derive(Clone, Debug)]
pub struct Before {
    /// What it said.
    pub offer: Offer,
    /// When it was replaced.
    pub at: Micros,
    /// By whom.
    pub by: Uuid,
}

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Units as they are kept: a line each, name and phone between a tab.
fn units(text: &str) -> Vec<Unit> {
    let unit = |line: &str| {
        let (name, phone) = line.split_once('\t').unwrap_or((line, ""));
        Unit { name: name.to_owned(), phone: phone.to_owned() }
    };
    text.lines().filter(|l| !l.is_empty()).map(unit).collect()
}

fn kept(units: &[Unit]) -> String {
    units.iter().map(|u| format!("{}\t{}", u.name, u.phone)).collect::<Vec<_>>().join("\n")
}

fn read(r: &Row) -> Outcome<Institution> {
    let day =
        |name: &'static str| Ok::<_, ProgrammeError>(r.get::<Option<String>>(name)?.unwrap_or_default());
    Ok(Institution {
        id: r.get("id")?,
        code: r.get("code")?,
        offer: Offer {
            name: r.get("name")?,
            kind: r.get("kind")?,
            municipality: r.get("municipality")?,
            phone: r.get("phone")?,
            hours: r.get("hours")?,
            services: codes(&r.get::<String>("services")?),
            languages: codes(&r.get::<String>("languages")?),
            units: units(&r.get::<String>("units")?),
            coverage: codes(&r.get::<String>("coverage")?),
            eligibility: r.get("eligibility")?,
            valid_from: day("valid_from")?,
            valid_until: day("valid_until")?,
        },
        active: r.get::<String>("state")? == "active",
        checked_on: r.get("checked_on")?,
        checked_by: r.get("checked_by")?,
        version: r.get("version")?,
        document: r.get("document")?,
    })
}

/// Every institution there ever was, by name: a referral of last year still says to whom it went.
///
/// # Errors
/// When the database breaks.
pub async fn list(tx: &mut Tx) -> Outcome<Vec<Institution>> {
    let rows = tx.sql("SELECT * FROM institution").all().await?;
    let mut list = rows.iter().map(read).collect::<Outcome<Vec<_>>>()?;
    list.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    Ok(list)
}

/// Those that may be chosen.
///
/// # Errors
/// When the database breaks.
pub async fn offered(tx: &mut Tx) -> Outcome<Vec<Institution>> {
    let mut all = list(tx).await?;
    all.retain(|i| i.active);
    Ok(all)
}

/// Whether an institution may be chosen.
///
/// # Errors
/// When the database breaks.
pub(crate) async fn is_offered(tx: &mut Tx, id: Uuid) -> Outcome<bool> {
    let row = tx
        .sql("SELECT 1 AS x FROM institution WHERE id = $1 AND state = 'active'")
        .bind(id)
        .optional()
        .await?;
    Ok(row.is_some())
}

/// The dimension of a fact that concerns an institution: its code, and nothing when none is known.
pub(crate) async fn dim(tx: &mut Tx, id: Option<Uuid>) -> Outcome<Vec<(&'static str, String)>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let row = tx.sql("SELECT code FROM institution WHERE id = $1").bind(id).optional().await?;
    Ok(row.map(|r| r.get("code")).transpose()?.map(|code| ("institution", code)).into_iter().collect())
}

/// One institution, if there is one.
///
/// # Errors
/// When the database breaks.
pub async fn find(tx: &mut Tx, id: Uuid) -> Outcome<Option<Institution>> {
    tx.sql("SELECT * FROM institution WHERE id = $1")
        .bind(id)
        .optional()
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// What it said before, newest first.
///
/// # Errors
/// When something breaks.
pub async fn history(tx: &mut Tx, id: Uuid) -> Outcome<Vec<Before>> {
    let rows = tx
        .sql("SELECT * FROM institution_former WHERE institution = $1 ORDER BY version DESC")
        .bind(id)
        .all()
        .await?;
    let before = |r: &Row| {
        Ok(Before {
            offer: serde_json::from_str(&r.get::<String>("body")?)
                .map_err(|_| ProgrammeError::Unreadable("institution"))?,
            at: r.get("at")?,
            by: r.get("by_account")?,
        })
    };
    rows.iter().map(before).collect()
}
