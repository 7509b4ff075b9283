//! What waits for a decision, as far as the reader may know of it.

use ceiba_access::{Act, Caller, Grant, Refusal, Situation};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::super::known::Why;
use super::decide::allowed;
use super::{Link, Standing, Through, apart, standing};
use crate::cases::{self, File};
use crate::{Outcome, Programme};

/// So many pairs are shown on a page.
pub const SHOWN: usize = 20;
/// So many rows are looked through for a page.
const LOOKED_AT: usize = 300;

/// What a reader finds.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Pairs both of which she may open, with the codes of the two cases, the likeliest first; those left for later last.
    pub pairs: Vec<(Link, [String; 2])>,
    /// Her own cases of which there may be another file elsewhere: no name, no code, no number, no reason.
    pub elsewhere: Vec<String>,
    /// Where the next page begins; none when nothing more waits.
    pub next: Option<i64>,
}

/// A page of the pairs that wait, `from` on. One of which she may open only one is a line without anything of the other; one of
/// which a case is blocked for her is not there.
///
/// # Errors
/// The gate's refusal.
pub async fn queue(p: &Programme, tx: &mut Tx, caller: &Caller, from: i64) -> Outcome<Queue> {
    p.may(caller, Act::LINK_LIST)?;
    // Whoever decides only as one of a team is not asked about everybody of her site.
    let of_site = Situation { same_site: true, ..Situation::default() };
    let site = caller.site.as_deref().filter(|_| p.gate.would(caller, Act::LINK_DECIDE, &of_site));
    // Which pairs may concern her at all; the gate decides on each.
    let rows = tx
        .sql(
            "SELECT l.* FROM person_link l WHERE l.state = 'proposed' AND EXISTS (
               SELECT 1 FROM case_file c WHERE (c.person = l.one OR c.person = l.other) AND (c.site = $2
                 OR EXISTS (SELECT 1 FROM care_team t WHERE t.case_id = c.id AND t.account = $1 AND t.until IS NULL)))
             ORDER BY CASE WHEN l.put_off_at IS NULL THEN 0 ELSE 1 END, l.per_mille DESC, l.id LIMIT $3 OFFSET $4",
        )
        .bind(caller.account)
        .bind(site.unwrap_or_default().to_owned())
        .bind(LOOKED_AT as i64 + 1)
        .bind(from.max(0))
        .all()
        .await?;
    let mut queue = Queue::default();
    for (row, n) in rows.iter().zip(0..) {
        if queue.pairs.len() == SHOWN || n == LOOKED_AT as i64 {
            queue.next = Some(from.max(0) + n);
            break;
        }
        let mut link = Link::read(row)?;
        let one = standing(p, tx, caller, Act::LINK_DECIDE, link.people[0]).await?;
        let other = standing(p, tx, caller, Act::LINK_DECIDE, link.people[1]).await?;
        match (one, other) {
            (Standing::Open { code: a, papers, .. }, Standing::Open { code: b, papers: theirs, .. }) => {
                // A number that moves with every guess tells what the papers say.
                if !(papers && theirs) {
                    link.why = Why::nothing();
                }
                queue.pairs.push((link, [a, b]));
            }
            (Standing::Open { code, .. }, Standing::Hidden)
            | (Standing::Hidden, Standing::Open { code, .. })
                if !queue.elsewhere.contains(&code) =>
            {
                queue.elsewhere.push(code);
            }
            _ => {}
        }
    }
    queue.elsewhere.sort_unstable();
    Ok(queue)
}

/// A pair with both files open side by side.
pub struct Seen {
    /// The link.
    pub link: Link,
    /// The two files, in the order of the link's people.
    pub files: [File; 2],
    /// How often each has told it.
    pub told: [i64; 2],
    /// What else keeps them one person, and is taken back when they are said to be two.
    pub through: Through,
    /// Of each file, what the other does not get: it is offered, never copied.
    pub offered: [Offered; 2],
}

/// What else stands in one of the two files, as far as the reader may read it there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// What must not harm her: allergies.
    pub bedside: Vec<String>,
    /// Whom she must not meet: kind of relation and name.
    pub unsafe_people: Vec<(String, String)>,
    /// Whether there is an evaluation of risk in force.
    pub safety: bool,
}

impl Offered {
    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bedside.is_empty() && self.unsafe_people.is_empty() && !self.safety
    }
}

/// Opens both files of a pair. Reading each is an entry of the ledger like every reading, and so is that they were put side by
/// side; the caller commits before anything is shown.
///
/// # Errors
/// The gate's refusal, also when only one of the two may be opened.
pub async fn one(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid) -> Outcome<Seen> {
    let mut link = allowed(p, work, caller, id).await?;
    let (one, a, found) = side(p, work, caller, link.people[0]).await?;
    let (other, b, more) = side(p, work, caller, link.people[1]).await?;
    if ![&one, &other].iter().all(|file| p.gate.would(caller, Act::READ_IDENTITY, &file.situation)) {
        link.why = Why::between(p, work.tx(), link.people).await?;
    }
    work.record("person.met", "link", id, [0; 32]).await?;
    let through = apart::shown(p, work.tx(), caller, &link).await?;
    Ok(Seen { link, files: [one, other], told: [a, b], through, offered: [found, more] })
}

async fn side(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    person: Uuid,
) -> Outcome<(File, i64, Offered)> {
    let Standing::Open { case, .. } = standing(p, work.tx(), caller, Act::LINK_DECIDE, person).await? else {
        return Err(Refusal::Absent.into());
    };
    let file = cases::read(p, work, caller, case, "link").await?;
    let told = cases::tellings::count(work.tx(), case).await?;
    let offered = offered(p, work, caller, &file).await?;
    Ok((file, told, offered))
}

/// What stands in a file that somebody with the other one should know of; only under the rights she has there.
async fn offered(p: &Programme, work: &mut Work, caller: &Caller, file: &File) -> Outcome<Offered> {
    let case = file.case.id;
    let safety = cases::safety::in_force(p, work.tx(), caller, &file.grant, case).await?.is_some();
    let mut all = Offered { safety, ..Offered::default() };
    let grant = |act| -> Option<Grant> { p.may_on(caller, act, case, &file.situation).ok() };
    if let Some(grant) = grant(Act::READ_SOCIAL) {
        for relation in cases::relations::list(p, work.tx(), caller, &grant, case).await? {
            if relation.head.state == "unsafe" {
                let kind = relation.head.code.clone().unwrap_or_else(|| "other".to_owned());
                all.unsafe_people.push((kind, relation.body.name));
            }
        }
    }
    if let Some(grant) = grant(Act::READ_HEALTH).or_else(|| grant(Act::HOUSE_READ)) {
        let known = crate::shelter::bedside::known(p, work.tx(), caller, &grant, case).await?;
        all.bedside = known.into_iter().map(|b| b.body.text).collect();
    }
    Ok(all)
}
