//! «They are two people», although a third file is linked with both: it would keep them one person, so what leads through it waits
//! for a decision again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::decide::allowed;
use super::same::group;
use super::{Link, Standing, standing};
use crate::{Outcome, Programme, ProgrammeError};

/// What keeps two people one besides their own link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Through {
    /// Links with the codes of their cases: they are taken back with it.
    pub links: Vec<(Uuid, [String; 2])>,
    /// There is one that the reader may not take back: then the two stay one person.
    pub hidden: bool,
}

/// What would be taken back when two are said to be two people, as far as the reader may know.
pub(super) async fn shown(p: &Programme, tx: &mut Tx, caller: &Caller, link: &Link) -> Outcome<Through> {
    let mut shown = Through::default();
    for other in through(tx, link).await? {
        let one = standing(p, tx, caller, Act::LINK_DECIDE, other.people[0]).await?;
        match (one, standing(p, tx, caller, Act::LINK_DECIDE, other.people[1]).await?) {
            (Standing::Open { code: a, .. }, Standing::Open { code: b, .. }) => {
                shown.links.push((other.id, [a, b]));
            }
            _ => shown.hidden = true,
        }
    }
    Ok(shown)
}

/// Takes back what leads from one of the two to the other. `seen` is what the page said would be taken back.
///
/// # Errors
/// [`ProgrammeError::State`] when some of it is not the caller's to take back; [`ProgrammeError::Stale`] when it is not what the
/// page said.
pub(super) async fn release(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    link: &Link,
    seen: &[Uuid],
) -> Outcome<()> {
    let through = through(work.tx(), link).await?;
    for other in &through {
        match allowed(p, work, caller, other.id).await {
            Err(ProgrammeError::Refused(_)) => return Err(ProgrammeError::State("state-link-through")),
            allowed => drop(allowed?),
        }
    }
    let (now, seen): (BTreeSet<Uuid>, BTreeSet<Uuid>) =
        (through.iter().map(|link| link.id).collect(), seen.iter().copied().collect());
    if now != seen {
        return Err(ProgrammeError::Stale);
    }
    for other in now {
        wait_again(work, other).await?;
    }
    Ok(())
}

/// A decision is taken back: the two wait again.
pub(super) async fn wait_again(work: &mut Work, id: Uuid) -> Outcome<()> {
    work.sql(
        "UPDATE person_link SET state = 'proposed', decided_by = NULL, decided_at = NULL, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .once()
    .await?;
    Ok(work.record("link.undone", "link", id, [0; 32]).await?)
}

/// The links, but their own, by which two people are one: the shortest ways from one to the other, until there is none.
async fn through(tx: &mut Tx, link: &Link) -> Outcome<Vec<Link>> {
    let mut all = BTreeMap::new();
    for person in group(tx, &link.people).await? {
        for row in tx
            .sql("SELECT * FROM person_link WHERE state = 'one' AND one = $1 AND id <> $2")
            .bind(person)
            .bind(link.id)
            .all()
            .await?
        {
            let other = Link::read(&row)?;
            all.insert(other.id, other);
        }
    }
    let mut ways = all.iter().map(|(id, link)| (*id, link.people)).collect();
    let cut = cut(&mut ways, link.people);
    Ok(cut.iter().filter_map(|id| all.remove(id)).collect())
}

/// Takes shortest ways between two out of links until none is left, and gives what was taken.
fn cut(links: &mut BTreeMap<Uuid, [Uuid; 2]>, [from, to]: [Uuid; 2]) -> Vec<Uuid> {
    let mut taken = Vec::new();
    loop {
        let (mut came, mut ask) = (BTreeMap::from([(from, None)]), VecDeque::from([from]));
        while let Some(at) = ask.pop_front() {
            for (id, people) in links.iter().filter(|(_, people)| people.contains(&at)) {
                let next = if people[0] == at { people[1] } else { people[0] };
                if let std::collections::btree_map::Entry::Vacant(free) = came.entry(next) {
                    free.insert(Some((*id, at)));
                    ask.push_back(next);
                }
            }
        }
        let mut at = to;
        if !came.contains_key(&to) {
            return taken;
        }
        while let Some(Some((id, before))) = came.get(&at) {
            links.remove(id);
            taken.push(*id);
            at = *before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(links: &[(u128, u128)], from: u128, to: u128) -> Vec<u128> {
        let ids = Uuid::from_u128;
        let mut all = (0..).zip(links).map(|(n, (a, b))| (ids(n), [ids(*a), ids(*b)])).collect();
        let mut taken: Vec<u128> =
            cut(&mut all, [ids(from), ids(to)]).iter().map(|id| id.as_u128()).collect();
        taken.sort_unstable();
        taken
    }

    #[test]
    fn every_way_is_cut_and_nothing_else() {
        assert_eq!(taken(&[(1, 3), (2, 3)], 1, 2), [0, 1], "through a third");
        assert_eq!(taken(&[(1, 3), (2, 4)], 1, 2), [], "two groups");
        assert_eq!(taken(&[(1, 3), (3, 4), (4, 2), (4, 5)], 1, 2), [0, 1, 2], "what hangs on stays");
        assert_eq!(taken(&[(1, 3), (3, 2), (1, 4), (4, 2), (3, 4)], 1, 2), [0, 1, 2, 3], "two ways");
    }
}
