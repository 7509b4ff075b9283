//! Leaving the house: prepared with her, or without anybody having planned it. The bed is free at once, nobody is blamed.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{HOUR, Micros, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::transfer::{self, Transfer, Urgent};
use super::{Admission, beds, census, companions, missing, presence, stays};
use crate::cases::{self, tasks};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, notices};

/// How somebody leaves.
pub const LEAVING: [&str; 2] = ["planned", "unplanned"];

/// What is looked at with her before she leaves.
pub const CHECKS: [&str; 6] = ["plan", "documents", "medicine", "money", "contacts", "safety"];

/// Steps before a reunification, in their order.
pub const REUNION: [&str; 3] = ["assessment", "contact", "order"];

/// Her leaving, prepared and later done. The code is the destination (list `exit_destinations`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Code of the list `exit_reasons`.
    pub reason: String,
    /// Of [`CHECKS`]: what was looked at with her.
    pub checked: Vec<String>,
    /// Of [`REUNION`]: what was done, when she goes back to relatives.
    pub reunion: Vec<String>,
    /// What she wishes, in her words, apart from what others decided.
    pub wish: String,
    /// What she takes along, whom she can call, what was agreed.
    pub agreed: String,
    /// The code of another house of the programme, when she goes there; else empty.
    #[serde(default)]
    pub house: String,
}

impl Kind for Exit {
    const KIND: &'static str = "exit";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// Prepares her leaving, or changes what was prepared; `seen` is the version the change is based on.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when somebody wrote meanwhile.
pub async fn prepare(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (destination, exit, seen): (&str, &Exit, Option<i64>),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::PLAN_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("exit_destinations", destination), "destination", "problem-choose");
    problems.when(!p.pack.lists.has("exit_reasons", &exit.reason), "reason", "problem-choose");
    let file = cases::lookup(work.tx(), case).await?;
    let other = transfer::elsewhere(p, &file.site).iter().any(|s| s.code == exit.house);
    problems.when(destination == transfer::DESTINATION && !other, "house", "problem-which-house");
    problems.when(
        destination != transfer::DESTINATION && !exit.house.is_empty(),
        "house",
        "problem-house-not",
    );
    let long = [&exit.wish, &exit.agreed].iter().any(|t| t.chars().count() > 2000);
    problems.when(long, "agreed", "problem-too-long");
    let odd = exit.checked.iter().any(|c| !CHECKS.contains(&c.as_str()))
        || exit.reunion.iter().any(|c| !REUNION.contains(&c.as_str()));
    problems.when(odd, "checked", "problem-choose");
    problems.done()?;
    let plain = || Plain { state: "prepared", code: Some(destination.to_owned()), ..Plain::default() };
    let now = prepared(p, work.tx(), caller, (case, Act::PLAN_WRITE)).await?;
    match (now, seen) {
        (None, _) => {
            entries::add(p, work, caller, &grant, (case, Folder::Social), plain(), exit).await?;
        }
        (Some(it), Some(seen)) => {
            entries::change(p, work, caller, &grant, &it.head, seen, plain(), exit, "prepared").await?;
        }
        (Some(_), None) => return Err(ProgrammeError::Stale),
    }
    Ok(())
}

/// Her leaving as it is prepared.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn prepared(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, act): (Uuid, Act),
) -> Outcome<Option<Entry<Exit>>> {
    let grant = p.may_case(tx, caller, act, case).await?;
    entries::in_state(p, tx, caller, &grant, (case, Folder::Social), "prepared").await
}

/// Notes that she left: today, or up to three days ago when nobody noticed at once (`hours` before now). When nobody had
/// planned it, whoever is responsible has to look for her within the hour; when it was prepared, follow-up begins. Who goes to
/// another house of the programme is on her way to it from now on: her stay goes on there, and so does her care.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when she is not in the house.
pub async fn leave(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (how, hours): (&str, i64),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let mut problems = Problems::default();
    problems.when(!LEAVING.contains(&how), "how", "problem-choose");
    problems.when(!(0..=72).contains(&hours), "hours", "problem-leave-hours");
    problems.done()?;
    let moves = out(p, work, caller, &grant, case, (how, hours)).await?;
    let at = moves.left_at;
    let exit: Option<Entry<Exit>> =
        entries::in_state(p, work.tx(), caller, &grant, (case, Folder::Social), "prepared").await?;
    // What was prepared holds for a planned leaving; an unplanned one leaves it for her return.
    let exit = exit.filter(|_| how == "planned");
    if let Some(it) = &exit {
        let id = it.head.id;
        let hers = |h: &Head| h.id == id;
        entries::follow(work, caller, (case, Exit::KIND), hers, "left", "left").await?;
    }
    if let Some(it) = exit.as_ref().filter(|e| e.head.code.as_deref() == Some(transfer::DESTINATION)) {
        return transfer::begin(p, work, caller, &grant, (case, &it.body.house), &moves).await;
    }
    let destination = exit.as_ref().and_then(|e| e.head.code.as_deref());
    transfer::left(p, work, caller, &grant, case, (how, destination, at, moves.since)).await?;
    let owner = cases::lookup(work.tx(), case).await?.responsible;
    let searched = missing::searched(work.tx(), case).await?;
    match how {
        // A search has given these tasks already.
        "unplanned" if !searched => {
            tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::UnplannedExit).await?
        }
        "planned" => tasks::arise(p, work, caller, &grant, (case, owner), tasks::On::Exit).await?,
        _ => {}
    }
    Ok(())
}

/// She is out of the house: her bed and those of whom she brings are free, and what stood there of her ends. Returns what another
/// house would have to know.
async fn out(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    (how, hours): (&str, i64),
) -> Outcome<Transfer> {
    let (site, _) = beds::of(p, caller)?;
    stays::take_turn(work, &[&site.code]).await?;
    let row = work
        .sql("SELECT id FROM entry WHERE file = $1 AND kind = 'admission' AND state = 'in'")
        .bind(case)
        .optional()
        .await?;
    let Some(row) = row else { return Err(ProgrammeError::State("state-not-in-house")) };
    let entry: Entry<Admission> = entries::get(p, work.tx(), caller, grant, case, row.get("id")?).await?;
    let at = (work.at() - hours * HOUR).max(entry.head.created_at);
    let with = companions::here(p, work.tx(), caller, grant, case).await?;
    for child in companions::of(work.tx(), case).await? {
        let stay = stays::end(work, child.who, at).await?;
        census::take_back(p, work, site, &stay).await?;
    }
    companions::left(work, caller, case).await?;
    let stay = stays::end(work, case, at).await?;
    census::take_back(p, work, site, &stay).await?;
    let plain = Plain { state: "left", ..Plain::from(&entry.head) };
    let moves = Transfer {
        from: site.code.clone(),
        left_at: at,
        since: transfer::since(&entry),
        with: with.into_iter().map(|c| (c.head.id, c.body)).collect(),
        order_day: entry.body.order_day.clone(),
        basis: entry.body.basis.clone(),
        urgent: None,
    };
    let body = Admission { left: how.to_owned(), ..entry.body };
    entries::change(p, work, caller, grant, &entry.head, entry.head.version, plain, &body, how).await?;
    if presence::out(work.tx(), case).await?.is_some() {
        entries::follow(work, caller, (case, presence::Outing::KIND), |h| h.state == "out", "left", "left")
            .await?;
    }
    Ok(moves)
}

/// She goes to another house of the programme now, because she cannot stay where she is: nothing is prepared, somebody who
/// coordinates decided it by phone, and the reason is a code. Whoever answers for her is told, and prepares the rest by daylight.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::State`] when she is not in the house.
pub async fn move_now(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (to, urgent): (&str, &Urgent),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_ADMIT, case).await?;
    let file = cases::lookup(work.tx(), case).await?;
    let mut problems = Problems::default();
    let other = transfer::elsewhere(p, &file.site).iter().any(|s| s.code == to);
    problems.when(!other, "house", "problem-which-house");
    problems.when(!p.pack.lists.has("urgent_moves", &urgent.why), "why", "problem-choose");
    problems.when(urgent.decided_by.trim().is_empty(), "decided_by", "problem-move-decided");
    problems.when(urgent.decided_by.chars().count() > 100, "decided_by", "problem-too-long");
    problems.done()?;
    let moves = out(p, work, caller, &grant, case, ("urgent", 0)).await?;
    let moves = Transfer { urgent: Some(urgent.clone()), ..moves };
    transfer::begin(p, work, caller, &grant, (case, to), &moves).await?;
    tasks::arise(p, work, caller, &grant, (case, file.responsible), tasks::On::UrgentMove).await?;
    notices::tell(work, file.responsible, notices::URGENT_MOVE, case).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "shelter.moved_urgently").await?;
    fact.code = Some(urgent.why.clone());
    Ok(work.fact(fact).await?)
}

/// How long she has been here, in days, for the page.
#[must_use]
pub const fn days(since: Micros, now: Micros) -> i64 {
    (now - since) / (24 * HOUR)
}
