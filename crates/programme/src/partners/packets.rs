//! Sealed packets: made for one institution, opened with two halves, closed for good.

use ceiba_access::{Act, Caller, Grant, Halves, Place};
use ceiba_store::{DAY, Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::disclosed::{self, What};
use super::fields::{self, Line};
use super::{recall, steps};
use crate::cases::consent;
use crate::cases::referrals::Referral;
use crate::entries::{self, Entry};
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError, codes, notices};

/// The job that closes a packet at the end of its term.
pub(crate) const JOB: &str = "packet.expire";
/// For how many days a packet opens, unless the sender says fewer.
pub const DAYS: i64 = 14;
/// At most.
pub const MOST_DAYS: i64 = 60;

/// What an institution reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Code of the service asked for.
    pub service: String,
    /// What is asked for, in a sentence.
    pub need: String,
    /// What goes with it.
    pub lines: Vec<Line>,
}

/// The two halves of a new packet. Shown once; nobody can show them again.
pub struct Handed {
    /// The packet.
    pub id: Uuid,
    /// The link's part.
    pub link: String,
    /// The spoken part.
    pub code: String,
}

/// A packet as its row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub case: Uuid,
    /// The referral it goes with.
    pub referral: Uuid,
    /// To whom.
    pub institution: Uuid,
    /// `open` or `closed`.
    pub state: String,
    /// Why it was closed: `expired`, `withdrawn`, `guessed`, `ended`, `replaced`, `cancelled`.
    pub why: Option<String>,
    /// Wrong codes since it last opened.
    pub tries: i64,
    /// Until when it opens.
    pub until: Micros,
    /// When it was first opened.
    pub opened_at: Option<Micros>,
    /// When it was made.
    pub created_at: Micros,
    /// By whom.
    pub created_by: Uuid,
}

impl Packet {
    pub(super) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            referral: row.get("referral")?,
            institution: row.get("institution")?,
            state: row.get("state")?,
            why: row.get("why")?,
            tries: row.get("tries")?,
            until: row.get("until")?,
            opened_at: row.get("opened_at")?,
            created_at: row.get("created_at")?,
            created_by: row.get("created_by")?,
        })
    }

    /// What both sides call it on the phone: it says nothing and opens nothing.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.id)
    }

    pub(super) const fn place(&self) -> Place<'static> {
        place(self.case, self.id)
    }
}

fn reference(id: Uuid) -> String {
    let (a, b) = (id.as_u128() >> 112, (id.as_u128() >> 96) & 0xffff);
    format!("{a:04X}-{b:04X}")
}

const fn place(case: Uuid, id: Uuid) -> Place<'static> {
    Place { subject: case, compartment: "packet", table: "packet", row: id, field: "body", version: 1 }
}

/// What goes with a referral.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Codes of the fields.
    pub fields: &'a [String],
    /// For how many days it opens.
    pub days: i64,
}

/// Makes the packet of a referral. Every field is covered by her consent and open to the sender, or nothing is made. A
/// packet of the same referral that still opens is replaced.
///
/// # Errors
/// [`ProgrammeError::Invalid`] naming what cannot go; the gate's refusal, without a grant of hers above all;
/// [`ProgrammeError::State`] when the referral has ended.
pub async fn hand_over(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, referral): (Uuid, Uuid),
    new: New<'_>,
) -> Outcome<Handed> {
    let (head, now) = (entries::head(work.tx(), case, referral).await?, work.at());
    let institution = head.other.unwrap_or_default();
    let situation = consent::situation(work.tx(), caller, case, institution, now).await?;
    let grant = &p.may_on(caller, Act::SHARE, case, &situation)?;
    let entry: Entry<Referral> = entries::get(p, work.tx(), caller, grant, case, referral).await?;
    if !steps::is_open(&head.state) {
        return Err(ProgrammeError::State("state-referral-order"));
    }
    let offered = fields::offered(p, work, caller, (case, institution)).await?;
    let grants = consent::live_for(p, work.tx(), caller, grant, (case, institution), now).await?;
    let ticked = |code: &String| offered.iter().any(|(f, off)| f.code == code.as_str() && off.is_none());
    let mut problems = Problems::default();
    problems.when(!new.fields.iter().all(ticked), "fields", "problem-not-covered");
    problems.when(!(1..=MOST_DAYS).contains(&new.days), "days", "problem-packet-days");
    problems.done()?;
    let lines = fields::gather(p, work, caller, case, new.fields).await?;
    let sheet =
        Sheet { service: head.code.unwrap_or_default(), need: entry.body.need.trim().to_owned(), lines };
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(&sheet)
            .map_err(|_| ProgrammeError::Unreadable("a sheet that cannot be written"))?,
    );
    close(work, "referral", referral, "replaced").await?;

    let id = work.chance().id();
    let (link, code) = (link(work), codes::draw(work.chance(), 'R', 8));
    let halves = Halves { link: &link, code: &code };
    let (lock, body) = p.gate.hand(work, grant, &place(case, id), (halves, p.cost), &plain)?;
    // What she allowed until a day opens no longer than that.
    let ends = grants.iter().filter_map(|g| g.head.due_at).min().unwrap_or(now);
    let (hash, until) = (detail(&body), ends.min(now + new.days * DAY));
    work.sql(
        "INSERT INTO packet (id, case_id, referral, institution, handle, state, why, tries, key_lock, body, until,
           opened_at, created_at, created_by, closed_at)
         VALUES ($1, $2, $3, $4, $5, 'open', NULL, 0, $6, $7, $8, NULL, $9, $10, NULL)",
    )
    .bind(id)
    .bind(case)
    .bind(referral)
    .bind(institution)
    .bind(handle(p, &link).to_vec())
    .bind(lock)
    .bind(body)
    .bind(until)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    work.job(JOB, id, until).await?;
    let what = What { how: "packet", institution, fields: new.fields, thing: id };
    disclosed::note(work, caller, case, what, &grants).await?;
    work.record("packet.make", "case", case, hash).await?;
    Ok(Handed { id, link, code })
}

/// 26 characters of 31: 128 bits of chance.
fn link(work: &Work) -> String {
    codes::draw(work.chance(), 'L', 25).split_off(2)
}

/// What the database knows of a link.
pub(super) fn handle(p: &Programme, link: &str) -> [u8; 32] {
    p.office.token_hash(link.as_bytes())
}

/// Closes whatever still opens: its lock and body are deleted, so that nothing is left to open. `of` is the column that
/// says which. Gives their ids.
pub(crate) async fn close(
    work: &mut Work,
    of: &'static str,
    which: Uuid,
    why: &'static str,
) -> Outcome<Vec<Uuid>> {
    let text = match of {
        "referral" => "SELECT id, case_id FROM packet WHERE referral = $1 AND state = 'open'",
        "case" => "SELECT id, case_id FROM packet WHERE case_id = $1 AND state = 'open'",
        _ => "SELECT id, case_id FROM packet WHERE id = $1 AND state = 'open'",
    };
    let rows = work.sql(text).bind(which).all().await?;
    let now = work.at();
    let mut closed = Vec::with_capacity(rows.len());
    for row in &rows {
        let (id, case): (Uuid, Uuid) = (row.get("id")?, row.get("case_id")?);
        work.sql(
            "UPDATE packet SET state = 'closed', why = $1, closed_at = $2, key_lock = NULL, body = NULL
             WHERE id = $3 AND state = 'open'",
        )
        .bind(why)
        .bind(now)
        .bind(id)
        .once()
        .await?;
        work.record(&format!("packet.close.{why}"), "case", case, [0; 32]).await?;
        closed.push(id);
    }
    Ok(closed)
}

/// Her word for an institution changed: open packets that hold more than she allows now close in this unit of work, and
/// when one of them was read before, or nothing is allowed any more, a letter that asks to forget is drafted.
pub(crate) async fn withdraw(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, institution): (Uuid, Uuid),
) -> Outcome<()> {
    let now = work.at();
    let kinds = consent::kinds(p, work.tx(), caller, grant, (case, institution), now).await?;
    let covered = |code: &String| {
        fields::FIELDS.iter().any(|f| f.code == code.as_str() && kinds.iter().any(|k| k == f.data))
    };
    let mut read = Vec::new();
    for packet in of_case(work.tx(), case).await?.into_iter().filter(|k| k.institution == institution) {
        let held = disclosed::of_thing(work.tx(), packet.id).await?;
        if !kinds.is_empty() && held.iter().all(covered) {
            continue;
        }
        if packet.state == "open" {
            close(work, "id", packet.id, "withdrawn").await?;
        }
        read.extend(packet.opened_at.is_some().then_some(packet));
    }
    if read.is_empty() { Ok(()) } else { recall::draft(p, work, caller, grant, &read).await }
}

/// Who is told about a packet: whose referral it is now, which may have been handed over since; when that account is closed,
/// whoever is responsible for the case.
pub(super) async fn sender(work: &mut Work, packet: &Packet) -> Outcome<Uuid> {
    let row = work
        .sql(
            "SELECT COALESCE((SELECT a.id FROM account a WHERE a.id = e.owner AND a.active), c.responsible) AS who
             FROM entry e JOIN case_file c ON c.id = e.file WHERE e.id = $1",
        )
        .bind(packet.referral)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("who")).transpose()?.unwrap_or(packet.created_by))
}

/// The term of a packet ended. One that nobody opened is told to whoever sent it. Gives whether it was still open.
pub(crate) async fn expire(work: &mut Work, id: Uuid) -> Outcome<bool> {
    if close(work, "id", id, "expired").await?.is_empty() {
        return Ok(false);
    }
    let row = work.sql("SELECT * FROM packet WHERE id = $1").bind(id).one().await?;
    let packet = Packet::read(&row)?;
    if packet.opened_at.is_none() {
        let sender = sender(work, &packet).await?;
        notices::tell(work, sender, notices::PACKET_UNREAD, id).await?;
    }
    Ok(true)
}

/// The packets of a case, newest first. The caller has opened the file.
///
/// # Errors
/// When the database breaks.
pub async fn of_case(tx: &mut Tx, case: Uuid) -> Outcome<Vec<Packet>> {
    let rows = tx
        .sql("SELECT * FROM packet WHERE case_id = $1 ORDER BY created_at DESC, id")
        .bind(case)
        .all()
        .await?;
    rows.iter().map(Packet::read).collect()
}

/// Takes an open packet back, on the sender's word.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it does not open any more.
pub async fn cancel(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let hers = of_case(work.tx(), case).await?.iter().any(|k| k.id == id);
    if !hers || close(work, "id", id, "cancelled").await?.is_empty() {
        return Err(ProgrammeError::State("state-packet-closed"));
    }
    Ok(())
}
