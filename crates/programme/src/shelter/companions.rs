//! Whom she brings: her baby sleeps in a cot of her room, or with her, and counts when the house counts its people.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{beds, rules, stays};
use crate::cases;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::packs::{House, Site};
use crate::{Outcome, Problems, Programme, ProgrammeError};

/// A child who lives in the house with her mother or sister.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// What he or she is called.
    pub name: String,
    /// How old, as it was said: «ocho meses».
    pub age: String,
}

impl Kind for Companion {
    const KIND: &'static str = "companion";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Those who are here with her.
pub(super) async fn of(tx: &mut Tx, case: Uuid) -> Outcome<Vec<stays::Stay>> {
    let rows = tx
        .sql("SELECT * FROM stay WHERE file = $1 AND who <> $1 AND until_at = $2 ORDER BY bed")
        .bind(case)
        .bind(stays::OPEN)
        .all()
        .await?;
    rows.iter().map(stays::Stay::read).collect()
}

/// Who is here with her, by name, in the order in which they came.
pub(super) async fn here(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Companion>>> {
    let mut all: Vec<Entry<Companion>> = entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
    all.retain(|c| c.head.state == "here");
    all.reverse();
    Ok(all)
}

/// Notes a child who is here with her: in a free cot of her room, else in her bed.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, [`ProgrammeError::State`] when she is not in the house,
/// [`ProgrammeError::Unsafe`] when the house has no place for children.
pub async fn bring(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (body, pass): (&Companion, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let (site, house) = beds::of(p, caller)?;
    let mut problems = Problems::default();
    problems.when(body.name.is_empty(), "name", "problem-name-needed");
    problems.when(body.name.chars().count() > 80, "name", "problem-too-long");
    problems.when(body.age.chars().count() > 80, "age", "problem-too-long");
    problems.done()?;
    stays::take_turn(work, &[&site.code]).await?;
    let Some(hers) = stays::current(work.tx(), case).await? else {
        return Err(ProgrammeError::State("state-not-in-house"));
    };
    let bed = beds::said(site, &hers.bed).to_owned();
    let known = rules::known(p, work.tx(), caller, &grant, case).await?;
    let with_one_more = rules::Candidate { companions: known.companions + 1, moves: true, ..known };
    let found = rules::look(p, work.tx(), caller, (site, house), &with_one_more, &bed).await?;
    let about_children = found.into_iter().filter(|f| f.rule == "companions").collect();
    let passed = rules::clear(p, caller, about_children, pass)?;
    let plain = Plain { state: "here", ..Plain::default() };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await?;
    let place = sleeps(work.tx(), (site, house), &bed).await?;
    stays::begin(work, site, &place, (id, case)).await?;
    rules::passed(p, work, caller, &grant, (case, &passed, pass)).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "shelter.companion").await?;
    fact.outcome = Some("came".to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// A free cot of the room of a bed, else a place in that bed.
async fn sleeps(tx: &mut Tx, (site, house): (&Site, &House), bed: &str) -> Outcome<String> {
    let taken = beds::taken(tx, site).await?;
    let is_free = |b: &String| !taken.contains(&beds::place(site, b));
    if let Some(cot) = house.room(bed).and_then(|r| r.cots.iter().find(|c| is_free(c))) {
        return Ok(cot.clone());
    }
    let with_her = (1..10).map(|n| format!("{bed}+{n}")).find(is_free);
    with_her.ok_or(ProgrammeError::State("state-no-place-for-child"))
}

/// They move with her.
pub(super) async fn follow(
    work: &mut Work,
    (site, house): (&Site, &House),
    case: Uuid,
    bed: &str,
) -> Outcome<()> {
    let at = work.at();
    for child in of(work.tx(), case).await? {
        stays::end(work, child.who, at).await?;
        let place = sleeps(work.tx(), (site, house), bed).await?;
        stays::begin(work, site, &place, (child.who, case)).await?;
    }
    Ok(())
}

/// Somebody who left another house with her is here again: in a cot of her room, else in her bed.
pub(super) async fn again(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, bed): (Uuid, &str),
    id: Uuid,
) -> Outcome<()> {
    let (site, house) = beds::of(p, caller)?;
    let it = |h: &Head| h.id == id && h.state == "left";
    entries::follow(work, caller, (case, Companion::KIND), it, "here", "here").await?;
    let place = sleeps(work.tx(), (site, house), bed).await?;
    stays::begin(work, site, &place, (id, case)).await?;
    Ok(())
}

/// They left with her.
pub(super) async fn left(work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    entries::follow(work, caller, (case, Companion::KIND), |h: &Head| h.state == "here", "left", "left")
        .await?;
    Ok(())
}
