//! What a course taught, as it is shown: of the sheets that were in when a round was closed. While sheets come in, two looks would tell what
//! whoever came between them had; so would one sheet more or less after that, or one that has no sheet months later. So each time is kept
//! with whose sheets it was, and compared with all that were shown of the course before.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_access::{Act, Caller};
use ceiba_disclosure::{Behind, SafeEstimate, told};
use ceiba_store::{Row, Tx, Work};
use uuid::Uuid;

use super::gain::{Fared, Gain, Pair, gain, items};
use super::rounds::{self, Round};
use crate::{Outcome, Programme, results};

/// In `test_sheet`: it stands in what is shown; with others, in what they gained only.
const WHOLE: i64 = 1;
const GAINED: i64 = 2;

/// What a course taught, from before to a later round; nothing while one of them is missing or nothing may be shown. Where the means would
/// tell of a few beside those of another round, what was gained is shown alone.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn learnt(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    rounds: &[Round],
    phase: &str,
) -> Outcome<Option<(Gain, Vec<Fared>)>> {
    p.may(caller, Act::TRAINING_READ)?;
    let find = |phase: &str| rounds.iter().find(|r| r.phase == phase);
    let (Some(before), Some(after)) = (find("pre"), find(phase)) else { return Ok(None) };
    let Some(test) = rounds::of(p, before) else { return Ok(None) };
    let ((pairs, whole), k) = (pairs(tx, before.id, after.id).await?, results::threshold()?);
    let gain = gain(test, &pairs, k);
    if !whole {
        let alone = Gain { before: SafeEstimate::HIDDEN, after: SafeEstimate::HIDDEN, ..gain };
        return Ok(Some((alone, items(test, &[], k)?)));
    }
    Ok(Some((gain, items(test, &pairs, k)?)))
}

/// The pairs that may be shown, in no order that tells anything, and whether all of them may.
async fn pairs(tx: &mut Tx, before: Uuid, after: Uuid) -> Outcome<(Vec<Pair>, bool)> {
    let rows = tx
        .sql(
            "SELECT b.answers AS b, a.answers AS a, a.shown FROM test_sheet b JOIN test_sheet a ON a.who = b.who
             WHERE b.round = $1 AND a.round = $2 AND a.shown > 0 ORDER BY b.answers, a.answers",
        )
        .bind(before)
        .bind(after)
        .all()
        .await?;
    let mut whole = true;
    for row in &rows {
        whole &= row.get::<i64>("shown")? == WHOLE;
    }
    let one = |r: &Row| Ok(Pair { before: r.get("b")?, after: r.get("a")? });
    Ok((rows.iter().map(one).collect::<Outcome<_>>()?, whole))
}

/// The sheets of somebody, before and after.
#[derive(Clone, PartialEq, Eq)]
struct Both {
    who: Vec<u8>,
    sheets: (Uuid, Uuid),
}

impl Both {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self { who: row.get("who")?, sheets: (row.get("before_sheet")?, row.get("after_sheet")?) })
    }
}

/// Sheets that something is made of: each one, or what lies between two.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sheets {
    Of(Uuid),
    Between(Uuid, Uuid),
}

/// Facts behind what is shown, each with the numbers that are made of it.
#[derive(Default)]
struct Shown(BTreeMap<(Vec<u8>, Sheets), BTreeSet<usize>>);

impl Shown {
    /// What they gained is a number; with `whole` the means before and after are the two after it.
    fn add(&mut self, people: &[Both], first: usize, whole: bool) {
        for Both { who, sheets: (before, after) } in people {
            let made = [Sheets::Between(*before, *after), Sheets::Of(*before), Sheets::Of(*after)];
            for (n, sheets) in made.into_iter().enumerate().take(if whole { 3 } else { 1 }) {
                self.0.entry((who.clone(), sheets)).or_default().insert(first + n);
            }
        }
    }

    fn facts(self) -> Vec<Behind<Vec<u8>>> {
        self.0.into_iter().map(|((who, _), numbers)| (who, numbers.into_iter().collect())).collect()
    }
}

/// When a round is closed: of each pair of closed rounds, whoever handed in both sheets is shown from now on, if that tells of enough people beside
/// everything that was shown of the course.
pub(super) async fn close(work: &mut Work, course: Uuid) -> Outcome<()> {
    let rounds = rounds::of_course(work.tx(), course).await?;
    let closed = |r: &&Round| r.state == "closed";
    let Some(before) = rounds.iter().filter(closed).find(|r| r.phase == "pre") else { return Ok(()) };
    for after in rounds.iter().filter(closed).filter(|r| r.phase != "pre") {
        let rows = work
            .sql(
                "SELECT a.who, b.id AS before_sheet, a.id AS after_sheet FROM test_sheet a JOIN test_sheet b ON b.who = a.who
                 WHERE b.round = $1 AND a.round = $2 ORDER BY a.who",
            )
            .bind(before.id)
            .bind(after.id)
            .all()
            .await?;
        let people = rows.iter().map(Both::read).collect::<Outcome<Vec<_>>>()?;
        let Some((whole, number)) = may(work.tx(), course, &people).await? else { continue };
        show(work, (course, number, whole), after, &people).await?;
    }
    Ok(())
}

/// Whether something of these people may be shown beside what was: all, or what they gained; and its number.
async fn may(tx: &mut Tx, course: Uuid, people: &[Both]) -> Outcome<Option<(bool, i64)>> {
    let rows = tx
        .sql(
            "SELECT number, phase, whole, who, before_sheet, after_sheet FROM test_shown WHERE course = $1
             ORDER BY number, phase, who",
        )
        .bind(course)
        .all()
        .await?;
    let mut earlier = BTreeMap::<(i64, String), (bool, Vec<Both>)>::new();
    for row in &rows {
        let key = (row.get("number")?, row.get("phase")?);
        let (whole, all) = earlier.entry(key).or_default();
        *whole = row.get::<i64>("whole")? == WHOLE;
        all.push(Both::read(row)?);
    }
    let k = results::threshold()?;
    if k.hides(people.len() as u64) || people.is_empty() {
        return Ok(None);
    }
    let mut shown = Shown::default();
    shown.add(people, 0, true);
    for (at, (whole, all)) in earlier.values().enumerate() {
        shown.add(all, 3 * (at + 1), *whole);
    }
    let whole = match told(&shown.facts(), (3, 3 * (earlier.len() + 1)), k).as_slice() {
        [true, true, true] => true,
        [true, ..] => false,
        _ => return Ok(None),
    };
    // What is shown already, or once more, is kept once.
    let same = earlier.iter().find(|(_, (was, all))| *was == whole && all.as_slice() == people);
    let last = earlier.keys().map(|(number, _)| *number).max().unwrap_or(0);
    Ok(Some((whole, same.map_or(last + 1, |((number, _), _)| *number))))
}

/// From now on these people are shown, and kept as such.
async fn show(
    work: &mut Work,
    (course, number, whole): (Uuid, i64, bool),
    after: &Round,
    people: &[Both],
) -> Outcome<()> {
    let whole = if whole { WHOLE } else { GAINED };
    for one in people {
        work.sql("UPDATE test_sheet SET shown = $1 WHERE id = $2")
            .bind(whole)
            .bind(one.sheets.1)
            .once()
            .await?;
        work.sql(
            "INSERT INTO test_shown (course, number, phase, whole, who, before_sheet, after_sheet) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT DO NOTHING",
        )
        .bind(course)
        .bind(number)
        .bind(&after.phase)
        .bind(whole)
        .bind(one.who.clone())
        .bind(one.sheets.0)
        .bind(one.sheets.1)
        .run()
        .await?;
    }
    Ok(())
}

/// When a sheet is taken back that stands in what is shown: what the course taught is not shown until a round is closed again, with
/// enough people more or fewer. One sheet less, at once, would tell what was on it.
pub(super) async fn forget(work: &mut Work, course: Uuid, sheet: Uuid) -> Outcome<()> {
    work.sql(
        "UPDATE test_sheet SET shown = 0 WHERE round IN (SELECT id FROM test_round WHERE course = $1)
           AND EXISTS (SELECT 1 FROM test_sheet s JOIN test_sheet a ON a.who = s.who
             JOIN test_round r ON r.id = a.round AND r.course = $1 WHERE s.id = $2 AND a.shown > 0)",
    )
    .bind(course)
    .bind(sheet)
    .run()
    .await?;
    Ok(())
}
