//! A partner's own page, behind an address and a number: that her alerts were answered and how soon, what she has, what comes next.
//! Nothing of any case, no sign, no place, no name.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{DAY, MINUTE, Micros, Tx};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::Partner;
use super::cards::{by_page, mark, number_hash};
use super::materials::{self, Given};
use crate::alerts::receipt::Seen;
use crate::alerts::{self, Alert};
use crate::{Outcome, Programme, lessons};

/// Wrong numbers until a page closes.
pub const TRIES: i64 = 5;
/// How long it stays open in one browser.
pub const STAY: Micros = 20 * MINUTE;
/// How far back alerts stand on it.
const BACK: Micros = 365 * DAY;

/// What came of a number.
#[derive(Debug)]
pub enum Tried {
    /// It was hers.
    Open(Box<Partner>),
    /// It was not; so many tries are left.
    Wrong(i64),
    /// There is nothing behind this address, or not any more: the same answer for both.
    Closed,
}

/// One of her alerts, as she may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its month, `2026-03`.
    pub month: String,
    /// Its neutral state.
    pub seen: Seen,
    /// Whole days until somebody had it in hands, 0 for the same day; none: nobody yet.
    pub days: Option<i64>,
}

/// What stands on her page.
#[derive(Debug)]
pub struct Page {
    /// Her alerts of a year, newest first.
    pub alerts: Vec<Answered>,
    /// What she was given.
    pub materials: Vec<Given>,
    /// The next thing that she takes part in: kind and day.
    pub next: Option<(String, String)>,
    /// The lessons that she finished.
    pub lessons: Vec<String>,
    /// Her language.
    pub language: String,
}

/// Whether there is a page behind an address, before the number is asked for.
///
/// # Errors
/// When the database breaks.
pub async fn knock(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<bool> {
    Ok(by_page(p, tx, token).await?.is_some_and(|(partner, _)| partner.page))
}

/// Tries a number. A try is counted and lasting before it is looked at, so that many at once are not more than five.
///
/// # Errors
/// When something breaks.
pub async fn open(p: &Programme, token: &str, typed: &str) -> Outcome<Tried> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let Some((partner, pin)) = by_page(p, work.tx(), token).await? else { return Ok(Tried::Closed) };
    let row = work
        .sql("UPDATE network_partner SET tries = tries + 1 WHERE id = $1 AND tries < $2 RETURNING tries")
        .bind(partner.id)
        .bind(TRIES)
        .optional()
        .await?;
    let Some(row) = row else { return Ok(Tried::Closed) };
    let tries: i64 = row.get("tries")?;
    work.record("network.try", "partner", partner.id, [0; 32]).await?;
    work.commit().await?;
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if !bool::from(number_hash(p, partner.id, &digits).ct_eq(&pin)) {
        return Ok(if tries < TRIES { Tried::Wrong(TRIES - tries) } else { Tried::Closed });
    }
    let mut work = p.store.work(Uuid::nil()).await?;
    work.sql("UPDATE network_partner SET tries = 0 WHERE id = $1").bind(partner.id).once().await?;
    work.record("network.open", "partner", partner.id, [0; 32]).await?;
    work.commit().await?;
    Ok(Tried::Open(Box::new(partner)))
}

/// What a browser keeps so that the number is not asked for again in this sitting: until when, and a proof under the office key. A new
/// card ends it, since the number is in it.
///
/// # Errors
/// When the database breaks.
pub async fn sitting(p: &Programme, tx: &mut Tx, token: &str) -> Outcome<Option<String>> {
    let Some((partner, pin)) = by_page(p, tx, token).await? else { return Ok(None) };
    let until = p.store.clock.now() + STAY;
    Ok(Some(format!("{until}.{}", proof(p, &partner, &pin, until))))
}

/// The partner of a browser that shows its [`sitting`]; none when that is over, or for another page.
///
/// # Errors
/// When the database breaks.
pub async fn again(p: &Programme, tx: &mut Tx, (token, sitting): (&str, &str)) -> Outcome<Option<Partner>> {
    let Some((until, shown)) = sitting.split_once('.') else { return Ok(None) };
    let Some((partner, pin)) = by_page(p, tx, token).await? else { return Ok(None) };
    let until: Micros = until.parse().unwrap_or_default();
    let own = proof(p, &partner, &pin, until);
    let good = until >= p.store.clock.now() && bool::from(own.as_bytes().ct_eq(shown.as_bytes()));
    Ok(good.then_some(partner))
}

fn proof(p: &Programme, partner: &Partner, pin: &[u8], until: Micros) -> String {
    let said = [format!("network page {} {until} ", partner.id).as_bytes(), pin].concat();
    p.office.token_hash(&said).iter().map(|b| format!("{b:02x}")).collect()
}

/// The caller behind her page, when the gate lets her.
pub(crate) fn herself(p: &Programme, partner: &Partner) -> Outcome<Caller> {
    let caller = alerts::public();
    let own = Situation { own: true, ..Situation::default() };
    p.may_on(&caller, Act::NETWORK_OWN, partner.id, &own)?;
    Ok(caller)
}

/// What stands on her page.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn page(p: &Programme, tx: &mut Tx, partner: &Partner) -> Outcome<Page> {
    herself(p, partner)?;
    let now = p.store.clock.now();
    let today = p.day(now);
    let materials = materials::of(tx, partner.id).await?;
    let next = tx
        .sql(
            "SELECT a.kind, a.on_day FROM network_activity a JOIN network_going g ON g.activity = a.id
             WHERE g.partner = $1 AND a.state = 'planned' AND a.on_day >= $2 ORDER BY a.on_day, a.id LIMIT 1",
        )
        .bind(partner.id)
        .bind(today)
        .optional()
        .await?;
    let next =
        next.map(|r| Ok::<_, crate::ProgrammeError>((r.get("kind")?, r.get("on_day")?))).transpose()?;
    Ok(Page {
        alerts: alerts_of(p, tx, partner.id).await?,
        materials,
        next,
        lessons: lessons::done(tx, partner.id).await?,
        language: partner.language.clone(),
    })
}

async fn alerts_of(p: &Programme, tx: &mut Tx, partner: Uuid) -> Outcome<Vec<Answered>> {
    let since = p.store.clock.now() - BACK;
    let rows = tx
        .sql("SELECT * FROM alert WHERE network_mark = $1 AND created_at > $2 ORDER BY created_at DESC, id LIMIT 24")
        .bind(mark(p, partner))
        .bind(since)
        .all()
        .await?;
    rows.iter()
        .map(|row| {
            let alert = Alert::read(row)?;
            // Whichever came first: somebody took it, or answered.
            let first = [alert.taken_at, alert.answered_at].into_iter().flatten().min();
            Ok(Answered {
                month: p.day(alert.created_at).chars().take(7).collect(),
                seen: alert.seen(),
                days: first
                    .filter(|_| alert.seen() != Seen::Received)
                    .map(|at| (at - alert.created_at) / DAY),
            })
        })
        .collect()
}

/// How many alerts came with her card: for the team, which is not told which.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn how_many(p: &Programme, tx: &mut Tx, caller: &Caller, partner: &Partner) -> Outcome<i64> {
    p.may_on(caller, Act::NETWORK_READ, partner.id, &super::there(p, caller, &partner.municipality))?;
    let text = "SELECT COUNT(*) AS n FROM alert WHERE network_mark = $1";
    Ok(tx.sql(text).bind(mark(p, partner.id)).one().await?.get("n")?)
}
