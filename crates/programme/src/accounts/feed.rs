//! A private address for one's own calendar program: when she is expected, and nothing else.
//!
//! Whoever has the address has what it gives, without a password: a calendar program keeps it, copies it to a telephone and often to
//! a company's server abroad. So it gives days and hours under marks that mean something only in here (ADR 0019), the gate is asked
//! as her each time, and no sealed value is opened for it.

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_store::{DAY, Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::pace::Step;
use crate::{Outcome, Programme, ProgrammeError};

/// How far ahead it looks.
const AHEAD: Micros = 180 * DAY;
/// How often a program may read it in a minute.
pub const A_MINUTE: u32 = 10;

/// The address of somebody, as she sees it.
#[derive(Clone, Debug)]
pub struct Own {
    /// Since when.
    pub made_at: Micros,
    /// When a program last read it, to the day.
    pub read_at: Option<Micros>,
    token: Vec<u8>,
}

/// Whoever an address belongs to.
pub struct Reader {
    /// As whom the gate is asked.
    pub caller: Caller,
    /// Her language.
    pub language: String,
    own: Own,
}

/// Something at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The code of the case; it never leaves.
    pub code: String,
    /// What stands for the case outside.
    pub mark: String,
    /// What stands for the entry outside.
    pub uid: String,
    /// `hearing` or `appointment`.
    pub kind: String,
    /// When.
    pub at: Micros,
    /// When it was last changed.
    pub changed_at: Micros,
}

fn read(row: &Row) -> Outcome<Own> {
    Ok(Own { made_at: row.get("made_at")?, read_at: row.get("read_at")?, token: row.get("token")? })
}

/// Her address, if she has one.
///
/// # Errors
/// When the database breaks.
pub async fn of(tx: &mut Tx, account: Uuid) -> Outcome<Option<Own>> {
    let row = tx
        .sql("SELECT token, made_at, read_at FROM calendar_feed WHERE account = $1")
        .bind(account)
        .optional()
        .await?;
    row.as_ref().map(read).transpose()
}

/// Makes an address and gives what is secret in it, once. One that she had ends.
///
/// # Errors
/// [`ProgrammeError::State`] for an account of a survivor: what she is expected at is told as the rules of her case say.
pub async fn make(p: &Programme, work: &mut Work, caller: &Caller) -> Outcome<String> {
    if caller.person.is_some() {
        return Err(ProgrammeError::State("state-feed-hers"));
    }
    let secret: [u8; 32] = work.chance().bytes();
    let now = work.at();
    end(work, caller.account).await?;
    work.sql("INSERT INTO calendar_feed (account, token, made_at) VALUES ($1, $2, $3)")
        .bind(caller.account)
        .bind(p.office.token_hash(&secret))
        .bind(now)
        .once()
        .await?;
    work.record("calendar.make", "account", caller.account, [0; 32]).await?;
    Ok(secret.iter().map(|b| format!("{b:02x}")).collect())
}

/// Ends her address at once.
///
/// # Errors
/// When the database breaks.
pub async fn stop(work: &mut Work, caller: &Caller) -> Outcome<()> {
    end(work, caller.account).await?;
    Ok(work.record("calendar.stop", "account", caller.account, [0; 32]).await?)
}

/// Ends the address of an account, if it has one; what is recorded is why.
pub(super) async fn end(work: &mut Work, account: Uuid) -> Outcome<()> {
    work.sql("DELETE FROM calendar_feed WHERE account = $1").bind(account).run().await?;
    Ok(())
}

/// Whose address this is; none when it is nobody's, or her account is closed.
///
/// # Errors
/// When the database breaks; [`ProgrammeError::TooMany`] when it was read too often in this minute.
pub async fn find(p: &Programme, tx: &mut Tx, secret: &str) -> Outcome<Option<Reader>> {
    let Some(secret) = super::sessions::unhex(secret) else { return Ok(None) };
    let row = tx
        .sql(
            "SELECT f.token, f.made_at, f.read_at, a.id AS account, a.role, a.site, a.active, a.person, a.language
             FROM calendar_feed f JOIN account a ON a.id = f.account WHERE f.token = $1 AND a.active",
        )
        .bind(p.office.token_hash(&secret))
        .optional()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let caller = super::caller(p, &row, None)?;
    if p.feeds.step(caller.account, p.store.clock.now(), A_MINUTE) != Step::Free {
        return Err(ProgrammeError::TooMany);
    }
    Ok(Some(Reader { caller, language: row.get("language")?, own: read(&row)? }))
}

/// What a reader is expected at: hearings and appointments of the files that she may open now.
///
/// # Errors
/// When the database breaks.
pub async fn given(p: &Programme, tx: &mut Tx, reader: &Reader) -> Outcome<Vec<Due>> {
    coming(p, tx, &reader.caller, &reader.own).await
}

/// The same for her page, which says which mark stands for which case.
///
/// # Errors
/// When the database breaks.
pub async fn coming(p: &Programme, tx: &mut Tx, caller: &Caller, own: &Own) -> Outcome<Vec<Due>> {
    let now = p.store.clock.now();
    let rows = tx
        .sql(concat!(
            "SELECT ",
            situation_columns!(),
            ", c.code AS its_code, e.id, e.file, e.kind, e.owner, e.due_at, e.changed_at
             FROM entry e JOIN case_file c ON c.id = e.file
             WHERE ((e.kind = 'hearing' AND e.state = 'set') OR (e.kind = 'appointment' AND e.state = 'planned'))
               AND e.due_at >= $3 AND e.due_at < $4 ORDER BY e.due_at, e.id"
        ))
        .bind(caller.account)
        .bind(now)
        .bind(now - DAY)
        .bind(now + AHEAD)
        .all()
        .await?;
    let mut due = Vec::new();
    for row in &rows {
        let (file, id): (Uuid, Uuid) = (row.get("file")?, row.get("id")?);
        let kind: String = row.get("kind")?;
        // An emergency is for whoever looks now, not for a program that asks by itself.
        let situation = Situation { emergency: false, ..Situation::read(row, caller)? };
        let mut open = p.may_on(caller, Act::CASE_READ, file, &situation).is_ok();
        if kind == "appointment" {
            // One is there for whoever works on the case, or is to receive her, and may know of appointments at all.
            let hers = open || row.get::<Option<Uuid>>("owner")? == Some(caller.account);
            open = hers && !situation.blocked && p.may_case(tx, caller, Act::CLINIC_READ, file).await.is_ok();
        }
        if !open {
            continue;
        }
        due.push(Due {
            code: row.get("its_code")?,
            mark: mark(p, own, file, 4),
            uid: mark(p, own, id, 16),
            kind,
            at: row.get("due_at")?,
            changed_at: row.get("changed_at")?,
        });
    }
    Ok(due)
}

/// What stands for a record under this address and under no other: nobody can tell from two addresses, or from a paper, that it
/// is the same one.
fn mark(p: &Programme, own: &Own, id: Uuid, length: usize) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let token: String = own.token.iter().map(|b| format!("{b:02x}")).collect();
    let blind = p.office.blind("calendar", &format!("{token}/{id}"));
    blind.iter().take(length).map(|b| char::from(LETTERS[usize::from(b % 32)])).collect()
}

/// Notes that the address was read: an entry of the ledger on each day, so that she sees whether somebody reads it whom she does
/// not know.
///
/// # Errors
/// When the database breaks.
pub async fn noted(p: &Programme, reader: &Reader) -> Outcome<()> {
    let now = p.store.clock.now();
    if reader.own.read_at.is_some_and(|at| now - at < DAY) {
        return Ok(());
    }
    let mut work = p.store.work(reader.caller.account).await?;
    let touched = work
        .sql("UPDATE calendar_feed SET read_at = $1 WHERE account = $2 AND token = $3 AND (read_at IS NULL OR read_at < $4)")
        .bind(now)
        .bind(reader.caller.account)
        .bind(reader.own.token.clone())
        .bind(now - DAY + 1)
        .run()
        .await?;
    if touched == 0 {
        return Ok(());
    }
    work.record("calendar.read", "account", reader.caller.account, [0; 32]).await?;
    Ok(work.commit().await?)
}
