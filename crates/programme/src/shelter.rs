//! The house at night: who sleeps in which bed, what must not harm her, who must not come in. Never her history.
//!
//! An admission is an entry whose state and bed stand in clear, so that a unique index keeps one person to a bed
//! (`store/migrations/0004_cases.sql`). Why the house reads allergies and nothing else of health: docs/adr/0011.

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::{Micros, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::{self, Case, safety};
use crate::entries::{self, Entry, Kind};
use crate::packs::Site;
use crate::people::{self, Person};
use crate::{Outcome, Programme, ProgrammeError};

mod admit;
mod leave;
mod refuse;

pub use admit::{Arrival, Order, Who, admit};
pub use leave::{LEAVING, leave};
pub use refuse::{elsewhere, refuse};

/// An arrival at a house, and later how she left. `PINA` art. 116 b (Decreto 27-2003) asks for the order of a
/// competent authority before a child is admitted; without it the basis is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// The order's civil day, as ISO text; empty when there is none yet.
    pub order_day: String,
    /// Without an order: a code of the list `admission_bases`.
    pub basis: String,
    /// How she left, a code of [`LEAVING`]; empty while she is here.
    #[serde(default)]
    pub left: String,
}

impl Kind for Admission {
    const KIND: &'static str = "admission";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Allergies and medicine: what must be known before anybody gives her a pill or a plate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bedside {
    /// In the words of whoever asked.
    pub text: String,
}

impl Kind for Bedside {
    const KIND: &'static str = "bedside";
    const COMPARTMENT: Option<&'static str> = Some("bedside");
}

/// Somebody who sleeps in the house tonight.
pub struct Resident {
    /// Her case.
    pub case: Case,
    /// Who she is, by her chosen name.
    pub person: Person,
    /// Her bed, as people say it.
    pub bed: String,
    /// Since when.
    pub since: Micros,
    /// Allergies and medicine, the newest first: none is ever taken off the list by a newer one.
    pub bedside: Vec<Entry<Bedside>>,
    /// What keeps her safe.
    pub safety: Option<Entry<safety::Evaluation>>,
}

/// How the caller stands to her own house as a whole.
const fn at_home(caller: &Caller) -> Situation {
    Situation {
        same_site: caller.site.is_some(),
        on_team: false,
        own: false,
        emergency: false,
        blocked: false,
        closed: false,
        by_self: false,
        bulk: false,
        granted: false,
        overdue: false,
        person: None,
    }
}

/// The caller's house.
///
/// # Errors
/// [`ProgrammeError::State`] when nobody sleeps at her site.
pub fn of<'p>(p: &'p Programme, caller: &Caller) -> Outcome<&'p Site> {
    let here = |s: &&Site| caller.site.as_deref() == Some(s.code.as_str()) && !s.beds.is_empty();
    p.pack.sites.iter().find(here).ok_or(ProgrammeError::State("state-no-house"))
}

/// The beds of a house that nobody has, in the order of the pack.
///
/// # Errors
/// When the database breaks.
pub async fn free<'p>(tx: &mut Tx, house: &'p Site) -> Outcome<Vec<&'p str>> {
    let rows = tx.sql("SELECT code FROM entry WHERE kind = 'admission' AND state = 'in'").all().await?;
    let taken = rows.iter().map(|r| r.get("code")).collect::<Result<Vec<String>, _>>()?;
    Ok(house.beds.iter().map(String::as_str).filter(|b| !taken.contains(&place(house, b))).collect())
}

/// A bed as it stands in the database: the same number in two houses is two beds.
fn place(house: &Site, bed: &str) -> String {
    format!("{}-{bed}", house.code)
}

/// Who sleeps in the caller's house, bed by bed. Each one is asked of the gate.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn residents(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Resident>> {
    p.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &at_home(caller))?;
    let rows = tx
        .sql(
            "SELECT e.file, e.code, e.created_at FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'admission' AND e.state = 'in' AND c.site = $1 ORDER BY e.code",
        )
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut here = Vec::with_capacity(rows.len());
    for row in rows {
        let id: Uuid = row.get("file")?;
        let Ok(grant) = p.may_case(tx, caller, Act::HOUSE_READ, id).await else { continue };
        let case = cases::lookup(tx, id).await?;
        let code: String = row.get("code")?;
        let bed = code.strip_prefix(&format!("{}-", case.site)).unwrap_or(&code).to_owned();
        here.push(Resident {
            person: people::of(p, tx, caller, &grant, case.person).await?,
            bedside: entries::list(p, tx, caller, &grant, (id, Folder::Health)).await?,
            safety: safety::in_force(p, tx, caller, &grant, id).await?,
            since: row.get("created_at")?,
            bed,
            case,
        });
    }
    Ok(here)
}
