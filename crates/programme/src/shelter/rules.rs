//! The rules of safety at a placement: rows of `packs/core/shelter.toml`, looked at one by one.

use ceiba_access::{Act, Caller, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::stays::{self, Stay};
use super::{at_home, beds};
use crate::cases;
use crate::entries::{self, Kind, Plain};
use crate::packs::{Check, Effect, House, Room, SafetyRule, Scope, Site};
use crate::{Outcome, Problem, Programme, ProgrammeError, people};

/// Who is to be placed, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Her case, when she has one.
    pub case: Option<Uuid>,
    /// Code of the list `gender`.
    pub sex: String,
    /// Her age in full years: at least and at most.
    pub age: Option<(i16, i16)>,
    /// Her language's code; empty when nobody asked.
    pub language: String,
    /// How many children she brings.
    pub companions: usize,
    /// She needs a room without a step.
    pub step_free: bool,
    /// She moves within the house: she is counted already.
    pub moves: bool,
}

/// A rule that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub rule: String,
    /// She is not placed, unless somebody passes the rule.
    pub stops: bool,
    /// The act of whoever may pass it.
    pub pass: Option<Act>,
    /// Whom it is about besides her: shown only to whoever may read that file too.
    pub other: Option<Uuid>,
}

/// Why somebody was placed against a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// In the words of whoever decided.
    pub reason: String,
}

impl Kind for Passed {
    const KIND: &'static str = "passed";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Looks at every rule for a bed. The grant opens the everyday part of who sleeps near.
pub(super) async fn look(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (site, house): (&Site, &House),
    c: &Candidate,
    bed: &str,
) -> Outcome<Vec<Finding>> {
    let Some(room) = house.room(bed) else { return Ok(Vec::new()) };
    let here = stays::in_house(tx, site).await?;
    let mut found = Vec::new();
    for rule in &p.pack.shelter.rule {
        let looked = Look { p, caller, site, house, room, here: &here, c, rule };
        if let Some(other) = looked.broken(tx).await? {
            found.push(Finding {
                rule: rule.code.clone(),
                stops: rule.effect == Effect::Stop,
                pass: Act::find(&rule.pass),
                other,
            });
        }
    }
    Ok(found)
}

/// One rule, one bed, one person.
struct Look<'a> {
    p: &'a Programme,
    caller: &'a Caller,
    site: &'a Site,
    house: &'a House,
    room: &'a Room,
    here: &'a [Stay],
    c: &'a Candidate,
    rule: &'a SafetyRule,
}

impl Look<'_> {
    /// Whether the rule is broken, and if so, by whom besides her.
    async fn broken(&self, tx: &mut Tx) -> Outcome<Option<Option<Uuid>>> {
        let (c, house) = (self.c, self.house);
        let residents = self.here.iter().filter(|s| s.who == s.file).count();
        let broken = match self.rule.check {
            Check::Capacity => residents + usize::from(!c.moves) > house.capacity,
            Check::Sex => c.sex != house.receives,
            Check::Age => c.age.is_some_and(|(least, most)| most < house.ages[0] || least > house.ages[1]),
            Check::Companions => c.companions > 0 && !house.companions,
            Check::Language => !c.language.is_empty() && !house.languages.contains(&c.language),
            Check::StepFree => c.step_free && !self.room.step_free,
            Check::Apart => return Ok(self.apart(tx).await?.map(Some)),
            Check::AgeGap => return Ok(self.age_gap(tx).await?.map(Some)),
            Check::Siblings => return Ok(self.sibling_elsewhere(tx).await?.map(Some)),
        };
        Ok(broken.then_some(None))
    }

    /// The others who sleep where the rule looks.
    fn near(&self) -> impl Iterator<Item = Uuid> + '_ {
        let in_room = |s: &&Stay| {
            let bed = beds::said(self.site, &s.bed);
            self.rule.scope == Scope::House || self.room.beds.iter().any(|b| b == bed)
        };
        let others = move |s: &&Stay| s.who == s.file && Some(s.file) != self.c.case;
        self.here.iter().filter(others).filter(in_room).map(|s| s.file)
    }

    async fn apart(&self, tx: &mut Tx) -> Outcome<Option<Uuid>> {
        let Some(case) = self.c.case else { return Ok(None) };
        for (other, reason) in super::apart::from(tx, case).await? {
            if self.rule.reasons.contains(&reason) && self.near().any(|n| n == other) {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    async fn age_gap(&self, tx: &mut Tx) -> Outcome<Option<Uuid>> {
        let Some((a, b)) = self.c.age else { return Ok(None) };
        let near: Vec<Uuid> = self.near().collect();
        for other in near {
            let Some((c, d)) = age(self.p, tx, self.caller, other).await? else { continue };
            // The least that the two can be apart: what is not known is not held against anybody.
            if (a - d).max(c - b) > self.rule.years {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    async fn sibling_elsewhere(&self, tx: &mut Tx) -> Outcome<Option<Uuid>> {
        let Some(case) = self.c.case else { return Ok(None) };
        for other in siblings(tx, case).await? {
            let Some(stay) = self.here.iter().find(|s| s.who == other) else { continue };
            let Some(room) = self.house.room(beds::said(self.site, &stay.bed)) else { continue };
            let taken = |b: &String| self.here.iter().any(|s| beds::said(self.site, &s.bed) == b);
            if room.code != self.room.code && room.beds.iter().any(|b| !taken(b)) {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }
}

/// Somebody's age today, from the everyday part of her file.
async fn age(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Option<(i16, i16)>> {
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    let Ok(grant) = p.may_case(tx, caller, Act::HOUSE_ADMIT, case).await else { return Ok(None) };
    let person = cases::lookup(tx, case).await?.person;
    Ok(people::of(p, tx, caller, &grant, person).await?.core.birth.age_on(today))
}

/// The cases that were noted as her siblings', from either side.
async fn siblings(tx: &mut Tx, case: Uuid) -> Outcome<Vec<Uuid>> {
    let rows = tx
        .sql(
            "SELECT CASE WHEN file = $1 THEN other ELSE file END AS her FROM entry
             WHERE kind = 'relation' AND code = 'sibling' AND other IS NOT NULL AND (file = $1 OR other = $1)",
        )
        .bind(case)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("her")).collect::<Result<_, _>>()?)
}

/// What a file that exists says of a candidate.
pub(super) async fn known(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Candidate> {
    let today = crate::dates::day(p.store.clock.now(), &p.pack.zone);
    let file = cases::lookup(tx, case).await?;
    let person = people::of(p, tx, caller, grant, file.person).await?;
    let companions = super::companions::of(tx, case).await?.len();
    Ok(Candidate {
        case: Some(case),
        sex: person.sex,
        age: person.core.birth.age_on(today),
        language: person.core.language,
        companions,
        ..Candidate::default()
    })
}

/// What the rules say of the bed she has now: for whoever looks at her page.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn standing(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Finding>> {
    let grant = p.may_case(tx, caller, Act::HOUSE_LOG, case).await?;
    let (site, house) = beds::of(p, caller)?;
    let Some(stay) = stays::current(tx, case).await? else { return Ok(Vec::new()) };
    let candidate = Candidate { moves: true, ..known(p, tx, caller, &grant, case).await? };
    look(p, tx, caller, (site, house), &candidate, beds::said(site, &stay.bed)).await
}

/// Goes on when nothing stops her, or when the caller may pass what does and says why. Tells which rules were passed.
///
/// # Errors
/// [`ProgrammeError::Unsafe`] with every rule that is not met; [`ProgrammeError::Invalid`] when she passes one without
/// a reason.
pub(super) fn clear(
    p: &Programme,
    caller: &Caller,
    found: Vec<Finding>,
    reason: &str,
) -> Outcome<Vec<String>> {
    let stops: Vec<&Finding> = found.iter().filter(|f| f.stops).collect();
    if stops.is_empty() {
        return Ok(Vec::new());
    }
    let may = |f: &&Finding| f.pass.is_some_and(|act| p.gate.would(caller, act, &at_home(caller)));
    if reason.is_empty() || !stops.iter().all(may) {
        return Err(ProgrammeError::Unsafe(found));
    }
    if reason.chars().count() > 1000 {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "pass", key: "problem-too-long" }]));
    }
    Ok(stops.into_iter().map(|f| f.rule.clone()).collect())
}

/// Writes down that she was placed against rules, and why.
pub(super) async fn passed(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, rules, reason): (Uuid, &[String], &str),
) -> Outcome<()> {
    for rule in rules {
        let plain = Plain { state: "passed", code: Some(rule.clone()), ..Plain::default() };
        let body = Passed { reason: reason.to_owned() };
        entries::add(p, work, caller, grant, (case, ceiba_access::Folder::Social), plain, &body).await?;
        let mut fact = cases::fact(p, work, caller, grant, case, "shelter.passed").await?;
        fact.code = Some(rule.clone());
        work.fact(fact).await?;
    }
    Ok(())
}
