//! The door: who may visit her, who must not come in, and who came.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{beds, stays};
use crate::cases::safety;
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::packs::{House, Visiting, Weekday};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, dates};

/// Somebody who may visit her. The code is the relation, `on_day` the last day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// The name that the visitor's document shows.
    pub name: String,
    /// Under what conditions: in the garden, with somebody of the team.
    pub conditions: String,
}

impl Kind for Visitor {
    const KIND: &'static str = "visitor";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// A visit. `other` is the visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// How it went; may be empty.
    pub remark: String,
    /// Why it is outside the hours of visit; empty within them.
    #[serde(default)]
    pub outside: String,
}

impl Kind for Visit {
    const KIND: &'static str = "visit";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Authorises somebody to visit her until a day.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend: among others a name that the list for the door warns of.
pub async fn authorise(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (relation, until, body): (&str, &str, &Visitor),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::VISIT_AUTHORISE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("visitor_relations", relation), "relation", "problem-choose");
    problems.when(body.name.is_empty(), "name", "problem-name-needed");
    problems.when(body.name.chars().count() > 120, "name", "problem-too-long");
    problems.when(body.conditions.chars().count() > 500, "conditions", "problem-too-long");
    problems.when(until.parse::<jiff::civil::Date>().is_err(), "until", "problem-date-impossible");
    let hers = safety::in_force(p, work.tx(), caller, &grant, case).await?;
    let warned = hers.is_some_and(|s| alike(&body.name, &s.body.keep_away));
    problems.when(warned, "name", "problem-visitor-door");
    problems.done()?;
    let plain = Plain {
        state: "authorised",
        code: Some(relation.to_owned()),
        on_day: Some(until.to_owned()),
        ..Plain::default()
    };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await
}

/// Ends an authorisation.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Stale`] when it ended already.
pub async fn end(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, id: Uuid) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::VISIT_AUTHORISE, case).await?;
    let it = |h: &Head| h.id == id && h.state == "authorised";
    match entries::follow(work, caller, (case, Visitor::KIND), it, "ended", "ended").await? {
        0 => Err(ProgrammeError::Stale),
        _ => Ok(()),
    }
}

/// Who may visit her today.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn visitors(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, act): (Uuid, Act),
) -> Outcome<Vec<Entry<Visitor>>> {
    let grant = p.may_case(tx, caller, act, case).await?;
    let today = p.day(p.store.clock.now());
    let mut all: Vec<Entry<Visitor>> = entries::list(p, tx, caller, &grant, (case, Folder::Social)).await?;
    all.retain(|v| {
        v.head.state == "authorised" && v.head.on_day.as_deref().is_none_or(|d| d >= today.as_str())
    });
    Ok(all)
}

/// The list for the door: everybody whom somebody in the house must not meet, without whose list it is and why.
///
/// # Errors
/// When the gate refuses the house or something breaks.
pub async fn door(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<String>> {
    p.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &super::at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let mut list = Vec::new();
    for stay in stays::in_house(tx, site).await?.into_iter().filter(|s| s.who == s.file) {
        let Ok(grant) = p.may_case(tx, caller, Act::HOUSE_READ, stay.file).await else { continue };
        let Some(safety) = safety::in_force(p, tx, caller, &grant, stay.file).await? else { continue };
        list.extend(
            safety.body.keep_away.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned),
        );
    }
    // Who is looked for at the house she left may be looked for at the one that expects her.
    for her in super::transfer::expected(p, tx, caller).await? {
        list.extend(her.keep_away.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned));
    }
    // In an order that does not tell whose list a line is from.
    list.sort();
    list.dedup();
    Ok(list)
}

/// Whether two or more words of a name, or its only one, stand in a warning. A hint for a person who then looks: it lets
/// nobody in and keeps nobody out.
fn alike(name: &str, warning: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        // A name has few words, a warning many: it is read some words at a time.
        let all: Vec<&str> = text.split_whitespace().collect();
        let words = all.chunks(8).flat_map(|some| ceiba_linkage::normalise(&some.join(" ")));
        words.filter(|w| w.chars().count() > 2).collect()
    };
    let (name, warning) = (words(name), words(warning));
    let hits = name.iter().filter(|w| warning.contains(w)).count();
    hits > 1 || (hits == 1 && name.len() == 1)
}

/// The hours of visit of a house: its own, else those of every house.
#[must_use]
pub fn hours<'p>(p: &'p Programme, house: &'p House) -> &'p [Visiting] {
    if house.visiting.is_empty() { &p.pack.shelter.visiting } else { &house.visiting }
}

/// Whether now is an hour of visit, in the programme's zone. A house without hours is open to visitors at any.
#[must_use]
pub fn open_now(p: &Programme, house: &House) -> bool {
    let now = dates::local(p.store.clock.now(), &p.pack.zone);
    let hours = hours(p, house);
    let day = Weekday::from(now.weekday());
    hours.is_empty() || hours.iter().any(|v| v.days.contains(&day) && (v.from..v.until).contains(&now.hour()))
}

/// A visitor comes in. Somebody whose name stands on the list for the door of anybody in the house is not let in without
/// another look: `looked` says that whoever is at the door compared. Outside the hours of visit it must be said why.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when the visitor may not today, the name stands on the list or nobody said why at this hour; [`ProgrammeError::Stale`] when
/// the visitor is in already.
pub async fn come_in(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, visitor): (Uuid, Uuid),
    (looked, outside): (bool, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let one = |key| ProgrammeError::Invalid(vec![Problem { field: "visitor", key }]);
    let may = visitors(p, work.tx(), caller, (case, Act::HOUSE_LOG)).await?;
    let who =
        may.into_iter().find(|v| v.head.id == visitor).ok_or_else(|| one("problem-visitor-not-today"))?;
    let warned = door(p, work.tx(), caller).await?.iter().any(|line| alike(&who.body.name, line));
    if warned && !looked {
        return Err(one("problem-visitor-on-list"));
    }
    let (_, house) = beds::of(p, caller)?;
    let within = open_now(p, house);
    let mut problems = Problems::default();
    problems.when(!within && outside.is_empty(), "outside", "problem-visit-outside");
    problems.when(outside.chars().count() > 500, "outside", "problem-too-long");
    problems.done()?;
    let outside = if within { String::new() } else { outside.to_owned() };
    let inside = work
        .sql("SELECT 1 AS x FROM entry WHERE file = $1 AND kind = 'visit' AND state = 'in' AND other = $2")
        .bind(case)
        .bind(visitor)
        .optional()
        .await?;
    if inside.is_some() {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state: "in", other: Some(visitor), ..Plain::default() };
    entries::add(
        p,
        work,
        caller,
        &grant,
        (case, Folder::Social),
        plain,
        &Visit { outside, ..Visit::default() },
    )
    .await
}

/// The visitor leaves.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Stale`] when nobody is in.
pub async fn go(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, visit: Uuid) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let it = |h: &Head| h.id == visit && h.state == "in";
    match entries::follow(work, caller, (case, Visit::KIND), it, "left", "left").await? {
        0 => Err(ProgrammeError::Stale),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn a_name_on_the_list_is_seen_whatever_its_accents() {
        let list = "Ramón Pérez, gorra roja, moto azul";
        assert!(alike("Ramon Perez López", list));
        assert!(alike("RAMÓN", list));
        assert!(!alike("Ramón García", list), "one of two words is anybody");
        assert!(!alike("", list) && !alike("Ana", ""));
    }
}
