//! From one house of the programme to another: she has left one, and the other expects her. Until she is there both boards
//! show that she is on her way, and the house that expects her knows what its door needs, and nothing else of her.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{HOUR, MINUTE, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::companions::{self, Companion};
use super::{Admission, Bedside, at_home, beds, bedside, missing, stays};
use crate::cases::{self, Case, safety, tasks, team};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::packs::Site;
use crate::people::{self, Person};
use crate::{Outcome, Programme, ProgrammeError};

/// The code of the list `exit_destinations` that means another house of the programme.
pub const DESTINATION: &str = "house";

/// She is on her way to another house: its code is the entry's, `due_at` is when she should be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The house she left.
    pub from: String,
    /// When she left it.
    pub left_at: Micros,
    /// Since when she lives in houses of the programme: a move does not begin her stay anew.
    pub since: Micros,
    /// Whom she brings: the entry that names him or her, and what it says.
    pub with: Vec<(Uuid, Companion)>,
    /// The order's civil day as it was noted on her arrival; empty when there was none.
    pub order_day: String,
    /// Without an order: a code of the list `admission_bases`.
    pub basis: String,
    /// Why it could not wait; none when it was prepared with her.
    #[serde(flatten)]
    pub urgent: Option<Urgent>,
}

/// A move that cannot wait for daylight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgent {
    /// Code of the list `urgent_moves`.
    pub why: String,
    /// Who decided it, by phone.
    pub decided_by: String,
}

impl Kind for Transfer {
    const KIND: &'static str = "transfer";
    const COMPARTMENT: Option<&'static str> = Some("expected");
}

/// Somebody who is expected, or who left and is not there yet.
pub struct OnHerWay {
    /// Her case.
    pub case: Case,
    /// Who she is, by her chosen name.
    pub person: Person,
    /// From where, since when, with whom; the code is where to.
    pub transfer: Entry<Transfer>,
    /// Allergies and medicine; empty for the house she left, whose night is over.
    pub bedside: Vec<Entry<Bedside>>,
    /// Who must not come in.
    pub keep_away: String,
    /// Somebody looks for her.
    pub missing: bool,
}

/// Other houses of the programme than the one with this code.
#[must_use]
pub fn elsewhere<'p>(p: &'p Programme, site: &str) -> Vec<&'p Site> {
    p.pack.sites.iter().filter(|s| s.house.is_some() && s.code != site).collect()
}

/// She leaves for another house. The bed she had is free already; the grant is that of noting that she leaves.
pub(super) async fn begin(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, to): (Uuid, &str),
    body: &Transfer,
) -> Outcome<()> {
    let plain = Plain {
        state: "on_way",
        code: Some(to.to_owned()),
        due_at: Some(body.left_at + p.pack.shelter.on_way_hours * HOUR),
        ..Plain::default()
    };
    entries::add(p, work, caller, grant, (case, Folder::Social), plain, body).await?;
    Ok(())
}

/// Where somebody is on her way to, from what stands in clear.
pub(super) async fn bound_for(tx: &mut Tx, case: Uuid) -> Outcome<Option<String>> {
    let row = tx
        .sql("SELECT code FROM entry WHERE file = $1 AND kind = 'transfer' AND state = 'on_way'")
        .bind(case)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("code")).transpose()?)
}

/// Asks the gate for `house.expect`: she counts as of the caller's house while she is on her way to it, and for nothing else.
async fn may_expect(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Grant> {
    let now = p.store.clock.now();
    let stands = Situation::of(tx, caller, case, now).await?.unwrap_or_default();
    let to = bound_for(tx, case).await?;
    let comes = to.is_some() && to == caller.site && !stands.closed;
    p.may_on(caller, Act::HOUSE_EXPECT, case, &Situation { same_site: comes, ..stands })
}

/// How she comes to the caller's house, if she is on her way to it. To everybody else she is nobody.
pub(super) async fn coming(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
) -> Outcome<Option<Entry<Transfer>>> {
    match may_expect(p, tx, caller, case).await {
        Ok(grant) => entries::in_state(p, tx, caller, &grant, (case, Folder::Social), "on_way").await,
        Err(ProgrammeError::Refused(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Whom the caller's house expects. Each one is asked of the gate.
///
/// # Errors
/// When the gate refuses the house, something breaks or a value is damaged.
pub async fn expected(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<OnHerWay>> {
    p.may_on(caller, Act::HOUSE_EXPECT, Uuid::nil(), &at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let rows = tx
        .sql(
            "SELECT file FROM entry WHERE kind = 'transfer' AND state = 'on_way' AND code = $1
             ORDER BY created_at, id",
        )
        .bind(&site.code)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: Uuid = row.get("file")?;
        let Ok(grant) = may_expect(p, tx, caller, id).await else { continue };
        let bedside = bedside::known(p, tx, caller, &grant, id).await?;
        let safety = safety::in_force(p, tx, caller, &grant, id).await?;
        let keep_away = safety.map(|s| s.body.keep_away).unwrap_or_default();
        all.extend(read(p, tx, caller, &grant, (id, bedside, keep_away)).await?);
    }
    Ok(all)
}

/// Who left the caller's house for another and is not there yet.
///
/// # Errors
/// As [`expected`].
pub async fn gone(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<OnHerWay>> {
    p.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &at_home(caller))?;
    let (site, _) = beds::of(p, caller)?;
    let rows = tx
        .sql(
            "SELECT e.file FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'transfer' AND e.state = 'on_way' AND c.site = $1 ORDER BY e.created_at, e.id",
        )
        .bind(&site.code)
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: Uuid = row.get("file")?;
        let Ok(grant) = p.may_case(tx, caller, Act::HOUSE_READ, id).await else { continue };
        all.extend(read(p, tx, caller, &grant, (id, Vec::new(), String::new())).await?);
    }
    Ok(all)
}

async fn read(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (id, bedside, keep_away): (Uuid, Vec<Entry<Bedside>>, String),
) -> Outcome<Option<OnHerWay>> {
    let transfer = entries::in_state(p, tx, caller, grant, (id, Folder::Social), "on_way").await?;
    let Some(transfer) = transfer else { return Ok(None) };
    let case = cases::lookup(tx, id).await?;
    let person = people::of(p, tx, caller, grant, case.person).await?;
    let missing = missing::searched(tx, id).await?;
    Ok(Some(OnHerWay { case, person, transfer, bedside, keep_away, missing }))
}

/// She is at the door of the house that expects her: from here on her case is of that house, in the same unit of work as her
/// bed. What stops her afterwards undoes this too.
pub(super) async fn arrives(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, site): (Uuid, &Site),
    (body, next): (&Transfer, Option<Uuid>),
) -> Outcome<()> {
    follow(work, caller, case, "arrived").await?;
    work.sql("UPDATE case_file SET site = $1, version = version + 1 WHERE id = $2 AND site = $3")
        .bind(&site.code)
        .bind(case)
        .bind(&body.from)
        .once()
        .await?;
    work.record("case.site", "case", case, [0; 32]).await?;
    let file = cases::lookup(work.tx(), case).await?;
    let row = work.sql("SELECT site FROM account WHERE id = $1").bind(file.responsible).one().await?;
    let of_that_house = row.get::<Option<String>>("site")?.as_deref() == Some(body.from.as_str());
    let Some(next) = next.filter(|n| of_that_house && *n != file.responsible) else { return Ok(()) };
    // Somebody near her is responsible from now on. Whoever knew her stays on the team until she is relieved: her keys would
    // go with her, and with them what only she can open.
    if !team::members(work.tx(), case).await?.iter().any(|m| m.account == next) {
        let function = team::function(p, work.tx(), next).await?;
        team::join(work, case, next, &function).await?;
    }
    work.sql("UPDATE case_file SET responsible = $1, version = version + 1 WHERE id = $2")
        .bind(next)
        .bind(case)
        .once()
        .await?;
    Ok(work.record("case.responsible", "case", case, [0; 32]).await?)
}

/// Whom she brings has a place in the new house too, and what follows from her arrival: the tasks of daylight, the end of a
/// search, the fact.
pub(super) async fn settled(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, bed): (Uuid, &str),
    body: &Transfer,
) -> Outcome<()> {
    for (id, _) in &body.with {
        companions::again(p, work, caller, (case, bed), *id).await?;
    }
    let owner = cases::lookup(work.tx(), case).await?.responsible;
    tasks::arise(p, work, caller, grant, (case, owner), tasks::On::Transfer).await?;
    let mut fact = cases::fact(p, work, caller, grant, case, "shelter.transferred").await?;
    fact.code = Some(body.from.clone());
    fact.minutes = Some((work.at() - body.left_at) / MINUTE);
    Ok(work.fact(fact).await?)
}

async fn follow(work: &mut Work, caller: &Caller, case: Uuid, state: &'static str) -> Outcome<()> {
    let on_way = |h: &Head| h.state == "on_way";
    match entries::follow(work, caller, (case, Transfer::KIND), on_way, state, state).await? {
        0 => Err(ProgrammeError::Stale),
        _ => Ok(()),
    }
}

/// She does not go there: whoever coordinates the house she left takes it back. She has left that house all the same, and
/// that counts as her leaving; when she comes back she is received like anybody.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Stale`] when she is there already, or it was taken back.
pub async fn take_back(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, case).await?;
    ended(p, work, caller, &grant, case).await?;
    // She has left one house and is in no other: somebody has to know where she sleeps.
    let owner = cases::lookup(work.tx(), case).await?.responsible;
    tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::TransferBack).await
}

/// A transfer that did not happen, under the grant of taking it back or of receiving her at the house she had left.
pub(super) async fn ended(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<()> {
    let it: Option<Entry<Transfer>> =
        entries::in_state(p, work.tx(), caller, grant, (case, Folder::Social), "on_way").await?;
    let Some(it) = it else { return Err(ProgrammeError::Stale) };
    follow(work, caller, case, "taken_back").await?;
    left(p, work, caller, grant, case, ("planned", Some(DESTINATION), it.body.left_at, it.body.since)).await
}

/// The fact that she left the houses of the programme: once for each time she came, however many of them she lived in.
pub(super) async fn left(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    (how, destination, at, since): (&str, Option<&str>, Micros, Micros),
) -> Outcome<()> {
    let mut fact = cases::fact(p, work, caller, grant, case, "shelter.left").await?;
    fact.at = at;
    fact.day = p.day(at);
    fact.outcome = Some(how.to_owned());
    fact.code = destination.map(str::to_owned);
    fact.minutes = Some((at - since) / MINUTE);
    Ok(work.fact(fact).await?)
}

/// Since when she lives in houses of the programme, by her admission.
pub(super) fn since(admission: &Entry<Admission>) -> Micros {
    admission.body.since.unwrap_or(admission.head.created_at)
}

/// Whether somebody has left a house and is on her way to another.
///
/// # Errors
/// When the database breaks.
pub async fn on_way(tx: &mut Tx, case: Uuid) -> Outcome<bool> {
    Ok(bound_for(tx, case).await?.is_some() && stays::current(tx, case).await?.is_none())
}
