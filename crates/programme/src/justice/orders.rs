//! What a court orders in a proceeding: until when, under what conditions, whom it binds, and whether that is kept.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{DAY, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{fact, open, past, within};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, dates};

/// An order. Its code is of the list `order_kinds`, `other` the proceeding, `on_day` when it was given, `due_at` the end of its
/// term; its state `in_force` or `ended`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whom it binds.
    pub bound: String,
    /// Under what conditions.
    pub conditions: String,
    /// One of [`KEPT`]; empty while nobody looked.
    pub kept: String,
    /// On which day somebody looked.
    pub looked_on: String,
}

impl Kind for Order {
    const KIND: &'static str = "court_order";
}

/// Whether those whom it binds keep to it.
pub const KEPT: [&str; 3] = ["yes", "partly", "no"];

/// An order as somebody enters it.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Code of the list `order_kinds`.
    pub kind: &'a str,
    /// The civil day on which it was given.
    pub on_day: &'a str,
    /// The last day of its term; may be empty.
    pub until: &'a str,
    /// Whom it binds.
    pub bound: &'a str,
    /// Under what conditions.
    pub conditions: &'a str,
}

/// Notes an order.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, proceeding): (Uuid, Uuid),
    new: &New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::WRITE_LEGAL, case).await?;
    within(work.tx(), case, proceeding).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("order_kinds", new.kind), "kind", "problem-choose");
    let on = past(p, work.at(), (new.on_day, "given"), &mut problems);
    let until = new.until.parse::<Date>();
    problems.when(!new.until.is_empty() && until.is_err(), "until", "problem-date-impossible");
    let before = until.as_ref().is_ok_and(|u| on.is_some_and(|on| *u < on));
    problems.when(before, "until", "problem-order-until");
    for (field, text) in [("bound", new.bound), ("conditions", new.conditions)] {
        problems.when(text.chars().count() > 500, field, "problem-too-long");
    }
    problems.done()?;
    let plain = Plain {
        state: "in_force",
        code: Some(new.kind.to_owned()),
        other: Some(proceeding),
        on_day: Some(new.on_day.to_owned()),
        due_at: until.ok().map(|u| dates::start(u, &p.pack.zone) + DAY),
        ..Plain::default()
    };
    let body = Order {
        bound: new.bound.trim().to_owned(),
        conditions: new.conditions.trim().to_owned(),
        ..Order::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Legal), plain, &body).await?;
    let mut fact = fact(p, work, caller, case, "order.given").await?;
    fact.code = Some(new.kind.to_owned());
    work.fact(fact).await?;
    Ok(id)
}

/// Notes whether an order is kept, or that it ended.
///
/// # Errors
/// The gate's refusal; [`crate::ProgrammeError::Stale`], [`crate::ProgrammeError::State`] when it ended before.
pub async fn look(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
    (kept, ended): (&str, bool),
) -> Outcome<()> {
    let which = (case, id, seen);
    let in_force = (&["in_force"][..], "state-order-ended");
    let (grant, entry) = open::<Order>(p, work, (caller, Act::WRITE_LEGAL), which, in_force).await?;
    let mut problems = Problems::default();
    let said = KEPT.contains(&kept) || (ended && kept.is_empty());
    problems.when(!said, "kept", "problem-choose");
    problems.done()?;
    let state = if ended { "ended" } else { "in_force" };
    let plain = Plain { state, ..Plain::from(&entry.head) };
    let body = Order { kept: kept.to_owned(), looked_on: p.day(work.at()), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, state).await?;
    if kept.is_empty() {
        return Ok(());
    }
    let mut fact = fact(p, work, caller, case, "order.looked").await?;
    fact.code.clone_from(&entry.head.code);
    fact.outcome = Some(kept.to_owned());
    Ok(work.fact(fact).await?)
}

/// The orders of a case, newest first. The grant is that of the legal folder.
///
/// # Errors
/// When something breaks, or she who asks has no key to the strongbox.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Order>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Legal)).await
}
