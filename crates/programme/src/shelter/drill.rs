//! «Simulacro»: the house is left as if it had to be, heads are counted outside, and what to mend is written down. It is a record
//! of the house and names nobody; nobody was seen by it.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{DAY, Fact, Micros, Tx, Work};
use serde::{Deserialize, Serialize};

use super::{beds, presence, shift, stays};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};
use uuid::Uuid;

/// A drill. Its state says whether everybody was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// How many should have come out: residents who are in, and the children they bring.
    pub expected: usize,
    /// How many of them were counted outside.
    pub counted: usize,
    /// How many minutes it took.
    pub minutes: i64,
    /// What to mend before the next.
    pub mend: String,
}

impl Kind for Drill {
    const KIND: &'static str = "drill";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Writes a drill down. `outside` are the cases of the residents who were counted outside; of them only a number is kept.
///
/// # Errors
/// [`ProgrammeError::Invalid`](crate::ProgrammeError::Invalid) with what to mend; when the gate refuses.
pub async fn hold(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    outside: &[Uuid],
    (minutes, mend): (i64, &str),
) -> Outcome<Drill> {
    let (house, grant) = shift::house(p, work.tx(), caller, Act::HOUSE_LOG).await?;
    let (site, _) = beds::of(p, caller)?;
    let mut problems = Problems::default();
    problems.when(!(1..=240).contains(&minutes), "minutes", "problem-drill-minutes");
    problems.when(mend.chars().count() > 3000, "mend", "problem-too-long");
    problems.done()?;
    let mut drill = Drill { minutes, mend: mend.to_owned(), ..Drill::default() };
    // Whom she brings comes out with her, as the sheet has them on one line.
    for stay in stays::in_house(work.tx(), site).await? {
        let counted = outside.contains(&stay.file);
        if counted || presence::out(work.tx(), stay.file).await?.is_none() {
            drill.expected += 1;
            drill.counted += usize::from(counted);
        }
    }
    let state = if drill.counted == drill.expected { "all_out" } else { "some_missed" };
    let plain = Plain { state, ..Plain::default() };
    entries::add(p, work, caller, &grant, (house, Folder::Social), plain, &drill).await?;
    let fact = Fact {
        kind: "shelter.drill",
        at: work.at(),
        day: p.day(work.at()),
        outcome: Some(state.to_owned()),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        minutes: Some(minutes),
        amount: 1,
        ..Fact::default()
    };
    work.fact(fact).await?;
    Ok(drill)
}

/// The drills of the caller's house, the newest first.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Drill>>> {
    let (house, grant) = shift::house(p, tx, caller, Act::HOUSE_READ).await?;
    entries::list(p, tx, caller, &grant, (house, Folder::Social)).await
}

/// When the next drill is due: so many days of the pack after the newest; none when there was none yet, which is due now.
#[must_use]
pub fn due(p: &Programme, newest: Option<&Entry<Drill>>) -> Option<Micros> {
    newest.map(|d| d.head.created_at + p.pack.shelter.drill_days * DAY)
}
