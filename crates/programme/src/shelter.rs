//! The house at night: who sleeps in which bed, what must not harm her, who must not come in. Never her history.
//!
//! A bed is held by a chain of stays that the database itself keeps whole (`store/migrations/0005_shelter.sql`). Why
//! the house reads allergies and nothing else of health: docs/adr/0011; why it looks as it does: docs/adr/0014.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{Micros, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::{self, Case, safety};
use crate::entries::{self, Entry, Kind};
use crate::packs::Site;
use crate::people::{self, Person};
use crate::{Outcome, Programme, ProgrammeError};

mod admit;
pub mod apart;
mod beds;
pub mod bedside;
pub mod belongings;
pub mod census;
pub mod companions;
pub mod conduct;
pub mod drill;
pub mod incidents;
mod leave;
pub mod letters;
pub mod log;
pub mod medicine;
pub mod missing;
mod moves;
pub mod of_age;
pub mod presence;
pub mod rules;
pub mod shift;
mod stays;
pub mod transfer;
pub mod unmet;
pub mod visits;

pub use admit::{About, Arrival, Order, Who, admit};
pub use beds::{Places, free, of, places};
pub use leave::{CHECKS, Exit, LEAVING, REUNION, days, leave, move_now, prepare, prepared};
pub use moves::to_bed;
pub use stays::Stay;
pub(crate) use stays::house_of;

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
    /// When she came to the first of the houses that she went through without leaving the programme; none: to this one.
    #[serde(default)]
    pub since: Option<Micros>,
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
    /// Why it does not hold any more; empty while it does.
    #[serde(default)]
    pub retired: String,
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
    /// Allergies and medicine, the newest first: none is taken off the list by a newer one, only by the health team.
    pub bedside: Vec<Entry<Bedside>>,
    /// What keeps her safe.
    pub safety: Option<Entry<safety::Evaluation>>,
    /// Whether the order of a competent authority is there.
    pub order: bool,
    /// She is out: why (list `outing_reasons`) and until when.
    pub out: Option<(String, Micros)>,
    /// When she was last seen, and by what.
    pub seen: Option<(Micros, String)>,
    /// Somebody looks for her.
    pub missing: bool,
    /// She comes of age in so many days, when that is near.
    pub of_age_in: Option<i64>,
    /// Whom she brings.
    pub companions: Vec<Entry<companions::Companion>>,
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

/// Who sleeps in the caller's house, bed by bed. Each one is asked of the gate.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn residents(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Resident>> {
    p.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &at_home(caller))?;
    let Ok((site, _)) = of(p, caller) else { return Ok(Vec::new()) };
    let stays = stays::in_house(tx, site).await?;
    let mut here = Vec::with_capacity(stays.len());
    for stay in stays.into_iter().filter(|s| s.who == s.file) {
        let Ok(grant) = p.may_case(tx, caller, Act::HOUSE_READ, stay.file).await else { continue };
        here.push(read(p, tx, caller, &grant, (site, stay)).await?);
    }
    Ok(here)
}

/// Somebody who sleeps in the caller's house, by her case.
///
/// # Errors
/// As [`residents`]; [`ProgrammeError::State`] when she has no bed here.
pub async fn resident(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Resident> {
    let grant = p.may_case(tx, caller, Act::HOUSE_READ, case).await?;
    let (site, _) = of(p, caller)?;
    let Some(stay) = stays::current(tx, case).await? else {
        return Err(ProgrammeError::State("state-not-in-house"));
    };
    read(p, tx, caller, &grant, (site, stay)).await
}

async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (site, stay): (&Site, Stay),
) -> Outcome<Resident> {
    let id = stay.file;
    let case = cases::lookup(tx, id).await?;
    let person = people::of(p, tx, caller, grant, case.person).await?;
    let social = (id, Folder::Social);
    let admission: Option<Entry<Admission>> = entries::in_state(p, tx, caller, grant, social, "in").await?;
    let mut companions: Vec<Entry<companions::Companion>> =
        entries::list(p, tx, caller, grant, social).await?;
    companions.retain(|c| c.head.state == "here");
    Ok(Resident {
        bedside: bedside::known(p, tx, caller, grant, id).await?,
        safety: safety::in_force(p, tx, caller, grant, id).await?,
        since: admission.as_ref().map_or(stay.from, |a| a.head.created_at),
        order: admission.is_some_and(|a| !a.body.order_day.is_empty()),
        out: presence::out(tx, id).await?,
        seen: presence::last_seen(tx, id).await?,
        missing: missing::searched(tx, id).await?,
        of_age_in: of_age::days(p, &person),
        bed: beds::said(site, &stay.bed).to_owned(),
        companions,
        person,
        case,
    })
}
