//! «Have we met?»: the index of names that is built when the office opens and lives in memory only.

use std::sync::{PoisonError, RwLock};

use ceiba_access::{Act, Caller, Situation, situation_columns, slots};
use ceiba_linkage::{Answer, Register, Row as Written};
use ceiba_store::{Row, Tx, Work};
use uuid::Uuid;

use super::hers::hers;
use super::readings::{self, Reading};
use super::written::as_seen;
use super::{Core, Identity, New, place};
use crate::pace::Step;
use crate::sealed::readable;
use crate::{Outcome, Programme, ProgrammeError};

mod alike;
mod why;

pub use alike::{Met, WORTH_A_LOOK, alike};
pub use why::Why;

/// What the register knows of a person.
pub(super) struct Known {
    id: Uuid,
    readings: Vec<Reading>,
    chosen: String,
}

impl Known {
    fn new(id: Uuid, core: &Core, identity: &Identity, sex: &str) -> Self {
        Self { id, readings: readings::of(core, identity, sex), chosen: as_seen(&core.chosen_name) }
    }

    fn rows(&self) -> Vec<Written<'_>> {
        self.readings.iter().map(Reading::row).collect()
    }

    fn put(&self, names: &RwLock<Register>) {
        let mut register = names.write().unwrap_or_else(PoisonError::into_inner);
        register.add_known(self.id.into_bytes(), &self.rows(), &self.chosen);
    }
}

/// Asks the register who may be the same as somebody, herself left out; those that are as likely as `least`.
pub(super) fn ask(p: &Programme, known: &Known, least: f64, most: usize) -> Vec<Answer> {
    let register: &Register = &p.names.read().unwrap_or_else(PoisonError::into_inner);
    let mut answers = register.ask(&known.rows(), most + 1);
    answers.retain(|answer| answer.id != known.id.into_bytes() && answer.probability >= least);
    answers.truncate(most);
    answers
}

/// Puts a person into the index once she is saved: one who never was would be counted among the names, and take the place of
/// somebody who is there.
pub(crate) fn remember(p: &Programme, work: &mut Work, id: Uuid, new: &New) {
    let (known, names) = (Known::new(id, &new.core, &new.identity, &new.sex), p.names.clone());
    work.after(move || known.put(&names));
}

/// Takes a person into the index as she stands in the database now: called after the commit of a change, so
/// that the index never knows a name that was not saved. Looks again when somebody else changed her meanwhile.
///
/// # Errors
/// When the database breaks or her record is damaged.
pub async fn refresh(p: &Programme, id: Uuid) -> Outcome<()> {
    let mut taken = None;
    loop {
        let mut tx = p.store.db.read().await?;
        let row =
            tx.sql("SELECT * FROM person WHERE id = $1 AND erased_at IS NULL").bind(id).optional().await?;
        let Some(row) = row else {
            forget(p, id);
            return Ok(());
        };
        let version: i64 = row.get("version")?;
        if taken == Some(version) {
            return Ok(());
        }
        let known = read(p, &mut tx, &row).await?;
        known.put(&p.names);
        taken = Some(version);
    }
}

/// What the index knows of a person, from her sealed record.
pub(super) async fn read(p: &Programme, tx: &mut Tx, row: &Row) -> Outcome<Known> {
    let (core, identity) = parts(p, tx, row).await?;
    Ok(Known::new(row.get("id")?, &core, &identity, &row.get::<String>("sex")?))
}

/// The everyday and the paper's part of a person, opened by the office to compare them. They are shown to nobody.
async fn parts(p: &Programme, tx: &mut Tx, row: &Row) -> Outcome<(Core, Identity)> {
    let (id, version): (Uuid, i64) = (row.get("id")?, row.get("version")?);
    let core: Core = p.office_open(tx, &place(id, "core", version), &row.get::<Vec<u8>>("core")?).await?;
    let identity = match row.get::<Option<Vec<u8>>>("identity")? {
        Some(sealed) => p.office_open(tx, &place(id, "identity", version), &sealed).await?,
        None => Identity::default(),
    };
    Ok((core, identity))
}

/// Forgets a person who was erased.
pub(crate) fn forget(p: &Programme, id: Uuid) {
    p.names.write().unwrap_or_else(PoisonError::into_inner).remove(id.as_bytes());
}

/// What building the index found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// How many people can be found by name.
    pub people: usize,
    /// The codes of those who cannot, because their record is damaged.
    pub damaged: Vec<String>,
}

/// Builds the index from the sealed records, when the office opens. A damaged record does not close the
/// office to everybody else: it is named.
///
/// # Errors
/// When the database breaks.
pub async fn build(p: &Programme, tx: &mut Tx) -> Outcome<Built> {
    let mut built = Built::default();
    let mut after = Uuid::nil();
    loop {
        let rows = page(tx, after).await?;
        let Some(last) = rows.last() else { return Ok(built) };
        let last = last.get("id")?;
        foresee(tx, after, last).await?;
        for row in &rows {
            match readable(read(p, tx, row).await)? {
                Some(known) => {
                    known.put(&p.names);
                    built.people += 1;
                }
                None => built.damaged.push(row.get("code")?),
            }
        }
        tx.forget(None);
        after = last;
        tracing::info!(people = built.people, "building the index of names");
    }
}

/// So many records are open at a time while the index is built: memory once asked for is not given back.
const PAGE: i64 = 500;

/// The next people by id.
async fn page(tx: &mut Tx, after: Uuid) -> Outcome<Vec<Row>> {
    let text = "SELECT * FROM person WHERE id > $1 AND erased_at IS NULL ORDER BY id LIMIT $2";
    Ok(tx.sql(text).bind(after).bind(PAGE).all().await?)
}

/// Reads the wrapped keys of a page in two statements.
async fn foresee(tx: &mut Tx, after: Uuid, last: Uuid) -> Outcome<()> {
    for compartment in ["core", "identity"] {
        let rows = tx
            .sql(
                "SELECT subject, generation, recipient, body FROM key_slot
                 WHERE subject > $1 AND subject <= $2 AND compartment = $3",
            )
            .bind(after)
            .bind(last)
            .bind(compartment)
            .all()
            .await?;
        slots::foresee(tx, compartment, rows)?;
    }
    Ok(())
}

/// How many searches and looks for namesakes are free in a minute. Nobody types faster; a program that asks for every
/// name there is does.
pub const A_MINUTE: u32 = 60;

/// Counts a search. The first one too many is an entry of the ledger.
///
/// # Errors
/// [`ProgrammeError::TooMany`] until the minute is over.
pub async fn pace(p: &Programme, caller: &Caller) -> Outcome<()> {
    match p.searches.step(caller.account, p.store.clock.now(), A_MINUTE) {
        Step::Free => return Ok(()),
        Step::First => {
            let mut work = p.store.work(caller.account).await?;
            work.record("person.search.often", "account", caller.account, [0; 32]).await?;
            work.commit().await?;
        }
        Step::Further => {}
    }
    Err(ProgrammeError::TooMany)
}

/// How many cases a search shows, the likeliest. What the gate refuses takes no place among them.
pub const FOUND: usize = 50;

/// So many of everybody whom the words fit are looked up, the likeliest, for whoever may open files of others.
const LOOKED_AT: usize = 400;

/// With so many people of her own, reading everybody's names in their order is quicker than fetching hers one by one.
const A_FEW: usize = 1000;

/// Cases by (part of) a chosen or real name, by document, phone or code, that the caller may open, the
/// likeliest first. Her own are compared one by one, so that none of them is lost among namesakes. Nothing
/// tells whether there are others.
///
/// # Errors
/// When something breaks.
pub async fn search(p: &Programme, tx: &mut Tx, caller: &Caller, typed: &str) -> Outcome<Vec<Uuid>> {
    p.may(caller, Act::PERSON_FIND)?;
    let typed = as_seen(&typed.chars().take(100).collect::<String>());
    let hers = hers(p, tx, caller).await?;
    let open = |id: &[u8; 16]| {
        let at = hers.binary_search_by(|(person, _)| person.as_bytes().cmp(id)).ok()?;
        Some(hers[at].1)
    };
    // Everybody is only looked through for whoever may open files of others.
    let site = Situation { same_site: true, ..Situation::default() };
    let reads = [Situation::default(), site].iter().any(|s| p.gate.would(caller, Act::CASE_READ, s));
    let found = {
        let register = p.names.read().unwrap_or_else(PoisonError::into_inner);
        if reads || hers.len() > A_FEW {
            register.find(&typed, None)
        } else {
            let ids: Vec<[u8; 16]> = hers.iter().map(|(id, _)| id.into_bytes()).collect();
            register.find(&typed, Some(&ids))
        }
    };
    let (mut own, mut near): (Vec<_>, Vec<_>) = found.into_iter().partition(|(id, _)| open(id).is_some());
    // Of those whom the words fit alike, whoever she works with now comes before whoever she worked with once.
    own.sort_by(|a, b| b.1.total_cmp(&a.1).then(open(&b.0).cmp(&open(&a.0))).then(a.0.cmp(&b.0)));
    near.truncate(if reads { LOOKED_AT } else { 0 });
    let people = |found: Vec<([u8; 16], f64)>| found.into_iter().map(|(id, _)| Uuid::from_bytes(id));
    let mut exact = Vec::new();
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if plain.len() >= 6 {
        for field in ["document", "phone"] {
            let token = p.office.blind(field, &plain);
            let text = "SELECT person FROM blind_index WHERE field = $1 AND token = $2";
            for row in tx.sql(text).bind(field).bind(token).all().await? {
                exact.push(row.get("person")?);
            }
        }
    }
    let mut shown = Vec::new();
    if let Some(code) = crate::codes::read(&typed, 'C', 4) {
        let text = concat!("SELECT c.id, ", situation_columns!(), " FROM case_file c WHERE c.code = $3");
        let rows = tx.sql(text).bind(caller.account).bind(p.store.clock.now()).bind(code).all().await?;
        keep(p, caller, &rows, &mut shown)?;
    }
    let people = exact.into_iter().chain(people(own)).chain(people(near)).collect();
    of_people(p, tx, caller, people, &mut shown).await?;
    shown.truncate(FOUND);
    Ok(shown)
}

/// So many people are looked up in one statement.
const AT_ONCE: usize = 16;

/// Adds the cases of people, in their order, until there are enough for a page.
async fn of_people(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    people: Vec<Uuid>,
    shown: &mut Vec<Uuid>,
) -> Outcome<()> {
    for some in people.chunks(AT_ONCE) {
        if shown.len() >= FOUND {
            break;
        }
        let query = tx.sql(concat!(
            "SELECT c.id, ",
            situation_columns!(),
            " FROM case_file c WHERE c.person IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
              ORDER BY c.opened_at DESC"
        ));
        let query = query.bind(caller.account).bind(p.store.clock.now());
        // Places that are not needed ask for the nil id, which nobody has.
        let ids = some.iter().copied().chain(std::iter::repeat(Uuid::nil())).take(AT_ONCE);
        let rows = ids.fold(query, |query, id| query.bind(id)).all().await?;
        for person in some {
            let of_hers = |row: &&Row| row.get::<Uuid>("its_person").is_ok_and(|id| id == *person);
            let hers: Vec<&Row> = rows.iter().filter(of_hers).collect();
            keep(p, caller, hers, shown)?;
        }
    }
    Ok(())
}

/// Keeps the cases that the gate lets her open.
fn keep<'r>(
    p: &Programme,
    caller: &Caller,
    rows: impl IntoIterator<Item = &'r Row>,
    shown: &mut Vec<Uuid>,
) -> Outcome<()> {
    for row in rows {
        let (id, situation) = (row.get("id")?, Situation::read(row, caller)?);
        if !shown.contains(&id) && p.gate.would(caller, Act::CASE_READ, &situation) {
            shown.push(id);
        }
    }
    Ok(())
}
