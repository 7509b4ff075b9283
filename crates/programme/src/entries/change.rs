//! An entry that is about to change.

use ceiba_access::{Act, Caller, Grant};
use ceiba_store::Work;
use uuid::Uuid;

use super::{Entry, Kind, get};
use crate::{Outcome, Programme, ProgrammeError};

/// An entry that is about to change: under this right, in the version that was seen, and in one of these states; `order` is what is
/// said to whoever finds it in another.
pub(crate) async fn open<T: Kind>(
    p: &Programme,
    work: &mut Work,
    (caller, act): (&Caller, Act),
    (case, id, seen): (Uuid, Uuid, i64),
    (states, order): (&[&str], &'static str),
) -> Outcome<(Grant, Entry<T>)> {
    let grant = p.may_case(work.tx(), caller, act, case).await?;
    let entry: Entry<T> = get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    if !states.contains(&entry.head.state.as_str()) {
        return Err(ProgrammeError::State(order));
    }
    Ok((grant, entry))
}
