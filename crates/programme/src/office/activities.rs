//! An activity in the community: what, in which municipality, with which kinds of institution, and how many people it reached by
//! sex and band of age. Nobody's name, and no place below the municipality.

use ceiba_access::{Act, Caller};
use ceiba_store::{Fact, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FOLDER, fact, file};
use crate::entries::{self, Entry, Kind, Plain};
use crate::network::reached::{self, Cells};
use crate::{Outcome, Problems, Programme, dates};

/// What is kept of an activity. Kind and day are in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// A municipality's code.
    pub municipality: String,
    /// With whom: codes of the list `office_partners`.
    pub with: Vec<String>,
    /// How many came, by `<sex>.<band>`.
    pub reached: Cells,
}

impl Activity {
    /// How many it reached.
    #[must_use]
    pub fn people(&self) -> i64 {
        self.reached.values().sum()
    }
}

impl Kind for Activity {
    const KIND: &'static str = "activity";
    const COMPARTMENT: Option<&'static str> = Some("office");
}

/// Notes an activity of a day.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (kind, on_day): (&str, &str),
    body: &Activity,
) -> Outcome<Uuid> {
    let (office, grant) = file(p, work.tx(), caller, Act::OFFICE_WRITE).await?;
    let lists = &p.pack.lists;
    let mut problems = Problems::default();
    problems.when(!lists.has("office_activity_kinds", kind), "kind", "problem-choose");
    problems.when(!lists.has("municipalities", &body.municipality), "municipality", "problem-municipality");
    let unknown = body.with.iter().any(|code| !lists.has("office_partners", code));
    problems.when(unknown, "with", "problem-choose");
    let day = on_day.parse::<Date>();
    problems.when(day.is_err(), "on", "problem-date-impossible");
    let today = dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_ok_and(|d| d > today), "on", "problem-date-future");
    reached::check(&body.reached, &mut problems);
    problems.done()?;
    let plain = Plain {
        state: "held",
        code: Some(kind.to_owned()),
        on_day: Some(on_day.to_owned()),
        owner: Some(caller.account),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (office, FOLDER), plain, body).await?;
    let base = fact(p, work, caller, None, "office.activity").await?;
    let base = Fact {
        day: on_day.to_owned(),
        code: Some(kind.to_owned()),
        municipality: Some(body.municipality.clone()),
        ..base
    };
    let with = body.with.first().cloned().unwrap_or_else(|| "none".to_owned());
    work.fact(Fact { outcome: Some(with), ..base.clone() }).await?;
    reached::facts(work, &Fact { kind: "office.reached", ..base }, &body.reached, 1).await?;
    Ok(id)
}

/// The newest activities of the caller's office.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Activity>>> {
    let (office, grant) = file(p, tx, caller, Act::OFFICE_READ).await?;
    entries::list(p, tx, caller, &grant, (office, FOLDER)).await
}
