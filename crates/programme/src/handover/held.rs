//! What an account has in its hands: every table that can name somebody as who works on something now. A table that comes with a
//! column of that kind is added here, and `tests/handover.rs` fails until it is.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use super::Handover;
use crate::entries::Head;
use crate::{Outcome, Programme, accounts, alerts, cases, office};

/// In which table something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An alert that she took.
    Alert,
    /// A case on whose team she is, or for which she is responsible; her tasks and referrals in it go with it.
    Case,
    /// A task, referral, call, visit or agreement that goes with no case.
    Work,
    /// Somebody at the clinic to whom she attends.
    Visit,
}

impl Kind {
    /// Each.
    pub const ALL: [Self; 4] = [Self::Alert, Self::Case, Self::Work, Self::Visit];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Case => "case",
            Self::Work => "work",
            Self::Visit => "visit",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// Something that she has.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub item: Uuid,
    /// How people call it: the code of a case, or of the entry's kind.
    pub code: String,
    /// Since when, or until when.
    pub at: Option<Micros>,
    /// Who was chosen for it; none: the successor.
    pub to: Option<Uuid>,
    /// Who chose; none: whoever began.
    pub chosen_by: Option<Uuid>,
    /// When it moved.
    pub moved_at: Option<Micros>,
}

/// When the account was closed last, as the ledger has it: its teams ended at that instant.
async fn closed_at(tx: &mut Tx, account: Uuid) -> Outcome<Micros> {
    let row = tx
        .sql("SELECT MAX(at) AS at FROM ledger_entry WHERE action = 'account.close' AND resource = $1")
        .bind(account)
        .one()
        .await?;
    Ok(row.get::<Option<i64>>("at")?.unwrap_or(-1))
}

/// Everything an account has, whoever may know of it: what leaves this crate passes [`shown`].
pub(super) async fn all(p: &Programme, tx: &mut Tx, account: Uuid) -> Outcome<Vec<Thing>> {
    let thing = |kind, item, code: String, at| Thing {
        kind,
        item,
        code,
        at,
        to: None,
        chosen_by: None,
        moved_at: None,
    };
    let mut all = Vec::new();
    let rows = tx
        .sql(
            "SELECT id, created_at FROM alert WHERE taken_by = $1 AND state IN ('taken', 'screening')
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = alert.id) ORDER BY due_at, id",
        )
        .bind(account)
        .all()
        .await?;
    for r in &rows {
        all.push(thing(Kind::Alert, r.get("id")?, "alert".to_owned(), r.get("created_at")?));
    }
    let ended = closed_at(tx, account).await?;
    let rows = tx
        .sql(
            "SELECT c.id, c.code, c.opened_at FROM case_file c WHERE c.state <> 'closed' AND (c.responsible = $1 OR EXISTS
               (SELECT 1 FROM care_team t WHERE t.case_id = c.id AND t.account = $1 AND (t.until IS NULL OR t.until = $2)))
             ORDER BY c.code",
        )
        .bind(account)
        .bind(ended)
        .all()
        .await?;
    let mut files: Vec<Uuid> = Vec::new();
    for r in &rows {
        files.push(r.get("id")?);
        all.push(thing(Kind::Case, r.get("id")?, r.get("code")?, r.get("opened_at")?));
    }
    // Somebody whom she closed the file of is still to be asked how she is.
    let rows = tx
        .sql(
            "SELECT * FROM case_file c WHERE state = 'closed' AND responsible = $1
             AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id) ORDER BY code",
        )
        .bind(account)
        .all()
        .await?;
    for r in &rows {
        let case = cases::Case::read(r)?;
        if cases::followup::due::waits(p, tx, &case).await? {
            all.push(thing(Kind::Case, case.id, case.code, case.closed_at));
        }
    }
    // States in which somebody still has to do something, whatever the kind. In a closed file nobody works; when it is opened
    // again, what its old owner had is on the list of another handover of hers.
    let rows = tx
        .sql(
            "SELECT e.*, c.code AS case_code FROM entry e LEFT JOIN case_file c ON c.id = e.file
             WHERE e.owner = $1 AND (e.kind = 'task' AND e.state = 'open'
               OR e.kind = 'referral' AND e.state IN ('requested', 'received', 'accepted', 'in-progress', 'on-hold')
               OR e.kind = 'reception' AND e.state = 'waiting' OR e.kind = 'office_call' AND e.state IN ('unanswered', 'promised')
               OR e.kind = 'office_visit' AND e.state = 'planned' OR e.kind = 'agreement' AND e.state = 'open')
               AND (c.id IS NULL OR c.state <> 'closed')
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = e.file) ORDER BY e.due_at, e.id",
        )
        .bind(account)
        .all()
        .await?;
    for r in &rows {
        let head = Head::read(r)?;
        if files.contains(&head.file) {
            continue;
        }
        let code = r.get::<Option<String>>("case_code")?;
        let code = code.map_or_else(|| head.kind.clone(), |code| format!("{} {code}", head.kind));
        all.push(thing(Kind::Work, head.id, code, head.due_at));
    }
    let rows = tx
        .sql("SELECT id, number, called_at FROM visit WHERE attended_by = $1 AND state = 'attending' ORDER BY called_at, id")
        .bind(account)
        .all()
        .await?;
    for r in &rows {
        all.push(thing(Kind::Visit, r.get("id")?, r.get("number")?, r.get("called_at")?));
    }
    Ok(all)
}

/// The same, with who was chosen for each and what has moved already, for a handover.
pub(super) async fn of(p: &Programme, tx: &mut Tx, handover: &Handover) -> Outcome<Vec<Thing>> {
    let mut things = all(p, tx, handover.leaver).await?;
    let rows = tx
        .sql("SELECT * FROM handover_item WHERE handover = $1 ORDER BY code, item")
        .bind(handover.id)
        .all()
        .await?;
    for row in &rows {
        let (kind, item): (String, Uuid) = (row.get("kind")?, row.get("item")?);
        let Some(kind) = Kind::find(&kind) else { continue };
        let (to, chosen_by) = (row.get("to_account")?, row.get("chosen_by")?);
        let moved_at: Option<Micros> = row.get("moved_at")?;
        match things.iter_mut().find(|t| t.kind == kind && t.item == item) {
            Some(thing) => (thing.to, thing.chosen_by, thing.moved_at) = (to, chosen_by, moved_at),
            None if moved_at.is_some() => {
                let code = row.get("code")?;
                things.push(Thing { kind, item, code, at: None, to, chosen_by, moved_at });
            }
            // It was done meanwhile.
            None => {}
        }
    }
    Ok(things)
}

/// The case that something belongs to, for conflicts of interest.
pub(super) async fn case_of(tx: &mut Tx, thing: &Thing) -> Outcome<Option<Uuid>> {
    if thing.kind == Kind::Case {
        return Ok(Some(thing.item));
    }
    let text = match thing.kind {
        Kind::Alert => "SELECT case_id FROM alert WHERE id = $1",
        Kind::Visit => "SELECT case_id FROM visit WHERE id = $1",
        Kind::Work | Kind::Case => {
            "SELECT COALESCE(c.id, o.case_id, a.case_id) AS case_id FROM entry e LEFT JOIN case_file c ON c.id = e.file
             LEFT JOIN office_person o ON o.id = e.file LEFT JOIN alert a ON a.id = o.alert WHERE e.id = $1"
        }
    };
    let row = tx.sql(text).bind(thing.item).optional().await?;
    Ok(row.map(|r| r.get::<Option<Uuid>>("case_id")).transpose()?.flatten())
}

/// Whether an account has a conflict of interest with it.
async fn blocked(tx: &mut Tx, thing: &Thing, account: Uuid) -> Outcome<bool> {
    let Some(case) = case_of(tx, thing).await? else { return Ok(false) };
    let text = "SELECT 1 AS x FROM conflict_block WHERE case_id = $1 AND account = $2";
    Ok(tx.sql(text).bind(case).bind(account).optional().await?.is_some())
}

/// Why somebody cannot get it: the key of a sentence; none when she can.
pub(super) async fn obstacle(
    p: &Programme,
    tx: &mut Tx,
    thing: &Thing,
    to: &accounts::Account,
) -> Outcome<Option<&'static str>> {
    if !to.active {
        return Ok(Some("post-cannot-closed"));
    }
    if blocked(tx, thing, to.id).await? {
        return Ok(Some("post-cannot-conflict"));
    }
    let caller = accounts::callers(p, tx).await?.into_iter().find(|c| c.account == to.id);
    let Some(caller) = caller else { return Ok(Some("post-cannot-closed")) };
    let site = Situation { same_site: caller.site.is_some(), ..Situation::default() };
    let can = match thing.kind {
        Kind::Alert => {
            let alert = alerts::lookup(tx, thing.item).await?;
            p.gate.would(&caller, Act::ALERT_TAKE, &alerts::situation(p, &caller, &alert))
        }
        Kind::Case => !cases::team::function(p, tx, to.id).await?.is_empty(),
        Kind::Visit => {
            let row = tx.sql("SELECT site FROM visit WHERE id = $1").bind(thing.item).one().await?;
            caller.site == Some(row.get("site")?) && p.gate.would(&caller, Act::CLINIC_RECEIVE, &site)
        }
        Kind::Work => works(p, tx, &caller, thing.item).await?,
    };
    Ok((!can).then_some("post-cannot-role"))
}

/// Whether somebody could do what an entry asks for: she is on the team of its case, or works at its office.
async fn works(p: &Programme, tx: &mut Tx, caller: &Caller, entry: Uuid) -> Outcome<bool> {
    let row = tx
        .sql(
            "SELECT e.file, c.id AS case_id, f.site FROM entry e LEFT JOIN case_file c ON c.id = e.file
             LEFT JOIN office_person o ON o.id = e.file LEFT JOIN office_file f ON f.id = COALESCE(o.office, e.file)
             WHERE e.id = $1",
        )
        .bind(entry)
        .one()
        .await?;
    if let Some(case) = row.get::<Option<Uuid>>("case_id")? {
        return Ok(cases::team::members(tx, case).await?.iter().any(|m| m.account == caller.account));
    }
    let here = office::at(p, caller).is_some_and(|s| {
        row.get("site").is_ok_and(|site: Option<String>| site.as_deref() == Some(s.code.as_str()))
    });
    let site = Situation { same_site: true, ..Situation::default() };
    Ok(here && p.gate.would(caller, Act::OFFICE_WRITE, &site))
}

/// What is open of a handover, as whoever runs it sees it: each thing with what stands in the way of who was chosen, and how many
/// there are besides that she may not know of.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn shown(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    handover: &Handover,
) -> Outcome<(Vec<(Thing, Option<&'static str>)>, usize)> {
    p.may(caller, Act::HANDOVER_RUN)?;
    let all = accounts::list(p, tx).await?;
    let (mut shown, mut hidden) = (Vec::new(), 0);
    for thing in of(p, tx, handover).await? {
        if blocked(tx, &thing, caller.account).await? {
            hidden += usize::from(thing.moved_at.is_none());
            continue;
        }
        let to = thing.to.unwrap_or(handover.successor);
        let to = all.iter().find(|a| a.id == to);
        let why = match to {
            Some(to) if thing.moved_at.is_none() => obstacle(p, tx, &thing, to).await?,
            _ => None,
        };
        shown.push((thing, why));
    }
    Ok((shown, hidden))
}

/// How many things of each kind an account has: for whoever manages accounts and reads no content.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn counted(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    handover: &Handover,
) -> Outcome<Vec<(Kind, usize)>> {
    p.may(caller, Act::HANDOVER_BEGIN)?;
    let things = of(p, tx, handover).await?;
    let open = |kind| things.iter().filter(|t| t.kind == kind && t.moved_at.is_none()).count();
    Ok(Kind::ALL.into_iter().map(|kind| (kind, open(kind))).collect())
}
