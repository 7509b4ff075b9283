//! What somebody of the staff did to a girl or in front of her goes past the house: it is read by whoever the roles name for it
//! (`conduct.read`), never by whom it is about, and not by the colleagues of whoever wrote it. Each report has a file and a key of
//! its own. Whoever wrote it sees that it was received.

use ceiba_access::{Act, Caller, Folder, Grant, Relation, Situation};
use ceiba_store::{Fact, MINUTE, Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, accounts, notices};

/// Where a report stands, in order.
pub const STEPS: [&str; 4] = ["received", "looked_into", "measures", "told_her"];

/// How whoever writes knows it.
pub const KNOWN: [&str; 3] = ["saw", "she_told", "heard"];

/// What a report says. Its code is the kind (list `conduct_kinds`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conduct {
    /// The account it is about, when it is one of the programme's.
    pub about: Option<Uuid>,
    /// Who it is about in words, when it is no account: a driver, a volunteer.
    pub who: String,
    /// Of [`KNOWN`].
    pub known: String,
    /// Whom it happened to, by code or chosen name; may be empty.
    pub girl: String,
    /// What happened.
    pub text: String,
    /// What was done since, in order.
    #[serde(default)]
    pub done: Vec<Done>,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Of [`STEPS`].
    pub step: String,
    /// When.
    pub at: Micros,
    /// By whom.
    pub by: Uuid,
    /// What was found, decided, or said to her.
    pub note: String,
}

impl Kind for Conduct {
    const KIND: &'static str = "conduct";
    const COMPARTMENT: Option<&'static str> = Some("conduct");
}

/// Whom a report is about, as it stands in the database: a pseudonym, so that nobody reads from a stolen one who was accused,
/// and whoever it is about can still be kept from it.
fn pointer(p: &Programme, account: Uuid) -> Uuid {
    Uuid::from_bytes(p.office.pseudonym(account.as_bytes()))
}

/// Of whom a report can be: everybody who works here now, by name. Whoever has an account for what is her own (a survivor, a
/// reporter) is not of the staff.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn colleagues(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<(Uuid, String)>> {
    p.may(caller, Act::CONDUCT_WRITE)?;
    let staff = |role: &str| p.gate.roles().role(role).is_some_and(|r| r.acts(Relation::Own).is_empty());
    let all = accounts::list(p, tx).await?.into_iter().filter(|a| a.active && staff(&a.role));
    let mut named: Vec<(Uuid, String)> = all.filter_map(|a| Some((a.id, a.who?.name))).collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(named)
}

/// Who could read a report, whatever it is about.
async fn readers(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Uuid>> {
    let mut all = accounts::callers(p, tx).await?;
    all.retain(|caller| p.gate.would(caller, Act::CONDUCT_READ, &Situation::default()));
    Ok(all.into_iter().map(|caller| caller.account).collect())
}

/// Writes a report. It leaves the house at once: whoever may read it finds a notice.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, among others when nobody but whom it is about could read it.
pub async fn report(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (kind, body): (&str, &Conduct),
) -> Outcome<Uuid> {
    p.may(caller, Act::CONDUCT_WRITE)?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("conduct_kinds", kind), "kind", "problem-choose");
    problems.when(!KNOWN.contains(&body.known.as_str()), "known", "problem-choose");
    problems.when(body.text.is_empty(), "text", "problem-conduct-empty");
    problems.when(body.text.chars().count() > 5000, "text", "problem-too-long");
    problems.when(body.who.chars().count() > 200, "who", "problem-too-long");
    problems.when(body.girl.chars().count() > 200, "girl", "problem-too-long");
    problems.done()?;
    let mut tell = readers(p, work.tx()).await?;
    tell.retain(|reader| Some(*reader) != body.about);
    if tell.is_empty() {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "about", key: "problem-conduct-reader" }]));
    }
    if let Some(account) = body.about {
        let ours = colleagues(p, work.tx(), caller).await?.iter().any(|(id, _)| *id == account);
        let mut problems = Problems::default();
        problems.when(!ours, "about", "problem-choose");
        problems.done()?;
    }
    let file = work.chance().id();
    let grant = p.may_on(caller, Act::CONDUCT_WRITE, file, &Situation::default())?;
    let plain = Plain {
        state: STEPS[0],
        code: Some(kind.to_owned()),
        other: body.about.map(|account| pointer(p, account)),
        ..Plain::default()
    };
    let body = Conduct { done: Vec::new(), ..body.clone() };
    let id = entries::add(p, work, caller, &grant, (file, Folder::Legal), plain, &body).await?;
    for reader in tell {
        notices::tell(work, reader, notices::CONDUCT, id).await?;
    }
    let fact = of(p, work, "conduct.received", caller.site.clone());
    work.fact(Fact { code: Some(kind.to_owned()), ..fact }).await?;
    Ok(id)
}

/// A fact without anybody: which site it was written at, and that it was.
fn of(p: &Programme, work: &Work, kind: &'static str, site: Option<String>) -> Fact {
    Fact { kind, at: work.at(), day: p.day(work.at()), site, amount: 1, ..Fact::default() }
}

/// When the caller's own reports were received; nothing of what became of them.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn mine(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Micros>> {
    p.may(caller, Act::CONDUCT_WRITE)?;
    let rows = tx
        .sql("SELECT created_at FROM entry WHERE kind = 'conduct' AND author = $1 ORDER BY created_at DESC, id")
        .bind(caller.account)
        .all()
        .await?;
    Ok(rows.iter().map(|r| r.get("created_at")).collect::<Result<_, _>>()?)
}

/// The right to one report. For whom it is about there is none: the fixed rule of conflicts says no.
fn may_read(p: &Programme, caller: &Caller, head: &Head) -> Outcome<Grant> {
    let blocked = head.other == Some(pointer(p, caller.account));
    p.may_on(caller, Act::CONDUCT_READ, head.file, &Situation { blocked, ..Situation::default() })
}

/// The reports that the caller may read, those that wait first, then the newest.
///
/// # Errors
/// When the gate refuses, something breaks or a value is damaged.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Conduct>>> {
    p.may(caller, Act::CONDUCT_READ)?;
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE kind = 'conduct'
             ORDER BY CASE WHEN state = 'told_her' THEN 1 ELSE 0 END, created_at DESC, id",
        )
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.extend(read(p, tx, caller, row).await?);
    }
    Ok(all)
}

async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, row: &Row) -> Outcome<Option<Entry<Conduct>>> {
    match may_read(p, caller, &Head::read(row)?) {
        Ok(grant) => entries::read(p, tx, caller, &grant, row).await,
        Err(ProgrammeError::Refused(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

/// The step after this one; none after the last.
#[must_use]
pub fn next(state: &str) -> Option<&'static str> {
    let at = STEPS.iter().position(|s| *s == state)?;
    STEPS.get(at + 1).copied()
}

/// Takes the next step, and says what was found, decided, or said to her.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody took it meanwhile; [`ProgrammeError::Invalid`] without words; whom it is about is
/// answered as if there were no such report.
pub async fn step(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (id, seen): (Uuid, i64),
    note: &str,
) -> Outcome<()> {
    p.may(caller, Act::CONDUCT_READ)?;
    let row = work.sql("SELECT * FROM entry WHERE id = $1 AND kind = 'conduct'").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let grant = may_read(p, caller, &Head::read(&row)?).map_err(|_| ceiba_access::Refusal::Absent)?;
    let it: Option<Entry<Conduct>> = entries::read(p, work.tx(), caller, &grant, &row).await?;
    let Some(it) = it else { return Err(ProgrammeError::Unreadable("conduct")) };
    let mut problems = Problems::default();
    problems.when(note.is_empty(), "note", "problem-conduct-note");
    problems.when(note.chars().count() > 3000, "note", "problem-too-long");
    problems.done()?;
    let Some(state) = next(&it.head.state) else { return Err(ProgrammeError::Stale) };
    let mut body = it.body.clone();
    body.done.push(Done { step: state.to_owned(), at: work.at(), by: caller.account, note: note.to_owned() });
    let plain = Plain { state, ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, seen, plain, &body, state).await?;
    let fact = of(p, work, "conduct.step", None);
    let minutes = Some((work.at() - it.head.created_at) / MINUTE);
    Ok(work
        .fact(Fact { outcome: Some(state.to_owned()), code: it.head.code.clone(), minutes, ..fact })
        .await?)
}
