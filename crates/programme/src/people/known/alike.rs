//! «Perhaps she is here already»: told to whoever enters somebody, as far as she may know of it.

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_linkage::Answer;
use ceiba_store::Work;
use uuid::Uuid;

use super::super::{Core, New};
use super::why::in_years;
use super::{Known, Why, ask};
use crate::{Outcome, Programme, dates};

/// A namesake is no news: from this probability on, whoever opens a case is told.
pub const WORTH_A_LOOK: f64 = 0.15;

/// So many of the likeliest are told.
const MOST: usize = 10;

/// A possible earlier meeting, as far as the caller may know of it.
#[derive(Clone, Debug)]
pub enum Met {
    /// A person whose file the caller may open: the case, and what speaks for it.
    Mine {
        /// Her case.
        case: Uuid,
        /// Its code.
        code: String,
        /// Why, as far as the caller may read of her papers.
        why: Why,
    },
    /// There is one elsewhere: no name, no code, only whom to ask.
    Elsewhere,
}

/// People who may be the same as the one being entered. Those of cases that the caller may not open come
/// as one [`Met::Elsewhere`]; those she is blocked from do not come at all.
///
/// Whoever types names until one is known asks with each of them about somebody's file: every case that is told of, and every
/// one that is only hinted at, has its entry in the ledger. The caller commits before she shows anything.
///
/// # Errors
/// When something breaks.
pub async fn alike(p: &Programme, work: &mut Work, caller: &Caller, new: &New) -> Outcome<Vec<Met>> {
    let grant = p.may(caller, Act::PERSON_FIND)?;
    debug_assert_eq!(grant.account(), caller.account);
    let typed = Known::new(Uuid::nil(), &new.core, &new.identity, &new.sex);
    // Whoever may not read her papers does not find her by the day on them either: else every day could be tried.
    let core =
        Core { birth: in_years(&new.core.birth, dates::day(work.at(), &p.pack.zone)), ..new.core.clone() };
    let open = Known::new(Uuid::nil(), &core, &new.identity, &new.sex);
    let (exact, near) = (ask(p, &typed, WORTH_A_LOOK, MOST), ask(p, &open, WORTH_A_LOOK, MOST));
    let of = |answers: &[Answer], id| answers.iter().find(|answer| answer.id == id).cloned();
    let also = near.iter().filter(|answer| of(&exact, answer.id).is_none());
    let (mut met, mut elsewhere) = (Vec::new(), false);
    for id in exact.iter().chain(also).map(|answer| answer.id) {
        let person = Uuid::from_bytes(id);
        let rows = work
            .sql(concat!(
                "SELECT c.id, c.code, ",
                situation_columns!(),
                " FROM case_file c WHERE c.person = $3 ORDER BY c.opened_at DESC"
            ))
            .bind(caller.account)
            .bind(p.store.clock.now())
            .bind(person)
            .all()
            .await?;
        let situations =
            rows.iter().map(|row| Situation::read(row, caller)).collect::<Result<Vec<_>, _>>()?;
        // With a conflict of interest on one of her cases nothing is told of any.
        if situations.iter().any(|s| s.blocked) {
            continue;
        }
        for (row, situation) in rows.iter().zip(&situations) {
            let (case, code) = (row.get("id")?, row.get("code")?);
            let opens = p.gate.would(caller, Act::CASE_READ, situation);
            let papers = opens && p.gate.would(caller, Act::READ_IDENTITY, situation);
            let Some(answer) = of(if opens && !papers { &near } else { &exact }, id) else { continue };
            if opens {
                let why =
                    if papers { Why::all(answer) } else { Why::open(p, work.tx(), &open, person).await? };
                work.record("person.alike", "case", case, [0; 32]).await?;
                met.push(Met::Mine { case, code, why });
            } else if !row.get::<bool>("its_erased")? {
                work.record("person.alike.elsewhere", "case", case, [0; 32]).await?;
                elsewhere = true;
            }
        }
    }
    if elsewhere {
        met.push(Met::Elsewhere);
    }
    Ok(met)
}
