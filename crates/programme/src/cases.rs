//! Cases: one file for each course of care of a person.

use ceiba_access::{Act, Caller, Grant, Situation, situation_columns};
use ceiba_store::{Fact, Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::people::{self, Person, person_columns};
use crate::{Outcome, Problems, Programme, ProgrammeError, alerts};

pub mod closure;
pub mod consent;
pub mod emergency;
pub mod files;
pub mod followup;
pub mod found;
pub mod identification;
pub mod lists;
pub mod notes;
pub mod plan;
pub mod recovery;
pub mod referrals;
pub mod relations;
pub mod safety;
pub mod screening;
pub mod search;
pub mod services;
pub(crate) mod source;
pub mod tasks;
pub mod team;
pub mod tellings;

/// A case as its row tells.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: Uuid,
    /// The code people say.
    pub code: String,
    /// Whose it is.
    pub person: Uuid,
    /// `open`, `closing` or `closed`.
    pub state: String,
    /// `reception`, `assessment`, `plan`, `process`, `followup`.
    pub phase: String,
    /// Site code.
    pub site: String,
    /// Municipality code.
    pub municipality: String,
    /// The responsible person.
    pub responsible: Uuid,
    /// `high`, `medium`, `low` or `unknown`.
    pub risk: String,
    /// When it was opened.
    pub opened_at: Micros,
    /// The alert it came from.
    pub alert: Option<Uuid>,
    /// Who brought or referred her: a code of the list `referred_by`; none when nobody said.
    pub referred_by: Option<String>,
    /// The closed case before it.
    pub previous: Option<Uuid>,
    /// Why it was closed.
    pub closing: Option<String>,
    /// When.
    pub closed_at: Option<Micros>,
    /// Nothing of it may be erased.
    pub legal_hold: bool,
    /// Its version.
    pub version: i64,
}

impl Case {
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            person: row.get("person")?,
            state: row.get("state")?,
            phase: row.get("phase")?,
            site: row.get("site")?,
            municipality: row.get("municipality")?,
            responsible: row.get("responsible")?,
            risk: row.get("risk")?,
            opened_at: row.get("opened_at")?,
            alert: row.get("alert")?,
            referred_by: row.get("referred_by")?,
            previous: row.get("previous")?,
            closing: row.get("closing")?,
            closed_at: row.get("closed_at")?,
            legal_hold: row.get("legal_hold")?,
            version: row.get("version")?,
        })
    }
}

/// What a new case needs.
#[derive(Clone, Debug)]
pub struct New {
    /// Whose: a new person, or one who is known.
    pub whose: Whose,
    /// Site code.
    pub site: String,
    /// Municipality code.
    pub municipality: String,
    /// The alert it comes from.
    pub alert: Option<Uuid>,
    /// Who brought or referred her: a code of the list `referred_by`; empty: what the alert tells, or nothing.
    pub referred_by: String,
    /// Who is responsible; none: whoever opens it.
    pub responsible: Option<Uuid>,
}

/// Whose case it is.
#[derive(Clone, Debug)]
pub enum Whose {
    /// Somebody who was not known.
    New(Box<people::New>),
    /// A known person, whose earlier case is named so that the right to it is checked.
    Known {
        /// Her earlier case.
        case: Uuid,
    },
}

/// Opens a case: person, file, care team, ledger entries, facts and the first tasks, all or none. An alert
/// it comes from is settled in the same step. The caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Taken`] when somebody else has the alert.
pub async fn open(p: &Programme, work: &mut Work, caller: &Caller, new: &New) -> Outcome<(Uuid, String)> {
    p.may(caller, Act::CASE_OPEN)?;
    open_as(p, work, caller, (Act::CASE_OPEN, Situation::default()), new).await
}

/// Opens a case under another right than that of opening cases: whoever receives somebody into a house does
/// nothing else with it. The caller of this function has decided on the act.
pub(crate) async fn open_as(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (act, situation): (Act, Situation),
    new: &New,
) -> Outcome<(Uuid, String)> {
    let mut problems = Problems::default();
    problems.when(!p.pack.sites.iter().any(|s| s.code == new.site), "site", "problem-site");
    problems.when(
        !p.pack.lists.has("municipalities", &new.municipality),
        "municipality",
        "problem-municipality",
    );
    let known = new.referred_by.is_empty() || p.pack.lists.has("referred_by", &new.referred_by);
    problems.when(!known, "referred_by", "problem-choose");
    problems.done()?;
    let (person, previous) = match &new.whose {
        Whose::New(person) => (people::add_as(p, work, caller, (act, situation), person).await?, None),
        Whose::Known { case } => {
            p.may_case(work.tx(), caller, Act::CASE_READ, *case).await?;
            let earlier = lookup(work.tx(), *case).await?;
            if earlier.state != "closed" {
                return Err(ProgrammeError::State("state-case-still-open"));
            }
            (earlier.person, Some(earlier.id))
        }
    };
    let responsible = new.responsible.unwrap_or(caller.account);
    let function = team::function(p, work.tx(), responsible).await?;
    let mut problems = Problems::default();
    problems.when(function.is_empty(), "responsible", "problem-no-team-role");
    problems.done()?;
    let id = work.chance().id();
    let code = free_code(p, work).await?;
    let now = work.at();
    let referred_by = source::of(work.tx(), new).await?;
    work.sql(
        "INSERT INTO case_file (id, code, person, state, phase, site, municipality, responsible, risk, opened_at,
           alert, previous, referred_by, legal_hold, version)
         VALUES ($1, $2, $3, 'open', 'reception', $4, $5, $6, 'unknown', $7, $8, $9, $10, FALSE, 1)",
    )
    .bind(id)
    .bind(&code)
    .bind(person)
    .bind(&new.site)
    .bind(&new.municipality)
    .bind(responsible)
    .bind(now)
    .bind(new.alert)
    .bind(previous)
    .bind(referred_by)
    .once()
    .await?;
    team::join(work, id, responsible, &function).await?;
    work.record("case.open", "case", id, [0; 32]).await?;
    if let Some(alert) = new.alert {
        let alert = alerts::lookup(work.tx(), alert).await?;
        alerts::triage::mine(&alert, caller)?;
        alerts::triage::settle(p, work, &alert, ("converted", "convert", ""), Some(id), None).await?;
    }
    let grant = p.may_on(caller, act, id, &Situation { person: Some(person), ..situation })?;
    let kind = if previous.is_some() { "case.reopened" } else { "case.opened" };
    let mut fact = fact(p, work, caller, &grant, id, kind).await?;
    fact.dims = source::dim(&lookup(work.tx(), id).await?);
    work.fact(fact).await?;
    if let Whose::New(new) = &new.whose
        && act == Act::CASE_OPEN
    {
        people::origin::tell(p, work, id, &new.identity.origin).await?;
    }
    tasks::arise(p, work, caller, &grant, (id, responsible), tasks::On::Case).await?;
    if matches!(new.whose, Whose::New(_)) {
        // Whoever opened it was shown who is alike, as far as she may know; what is likely waits for a decision all the same.
        people::links::propose(p, work, person).await?;
    }
    Ok((id, code))
}

/// A code that is nobody's and never was somebody's who got another one after a leak.
pub(crate) async fn free_code(p: &Programme, work: &mut Work) -> Outcome<String> {
    loop {
        let code = crate::codes::draw(work.chance(), 'C', 4);
        let taken = work
            .sql(
                "SELECT 1 AS x FROM case_file WHERE code = $1
                 UNION ALL SELECT 1 AS x FROM code_retired WHERE token = $2",
            )
            .bind(&code)
            .bind(retired(p, &code))
            .all()
            .await?;
        if taken.is_empty() {
            return Ok(code);
        }
    }
}

/// What is kept of a code that leads nowhere any more.
pub(crate) fn retired(p: &Programme, code: &str) -> Vec<u8> {
    p.office.blind("case_code", code).to_vec()
}

/// A case's row. Deciding whether the caller may know of it is done before or with [`Programme::may_case`].
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn lookup(tx: &mut Tx, id: Uuid) -> Outcome<Case> {
    let row = tx.sql("SELECT * FROM case_file WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map_or(Err(ceiba_access::Refusal::Absent.into()), Case::read)
}

/// The id behind a code as it stands in a path. The nil id when there is none: the gate then answers as for
/// any case that is not hers.
///
/// # Errors
/// When the database breaks.
pub async fn by_code(tx: &mut Tx, code: &str) -> Outcome<Uuid> {
    let Some(code) = crate::codes::read(code, 'C', 4) else { return Ok(Uuid::max()) };
    let row = tx.sql("SELECT id FROM case_file WHERE code = $1").bind(code).optional().await?;
    Ok(row.map_or(Ok(Uuid::max()), |r| r.get("id"))?)
}

/// A case with its person and how the caller ($1, at the instant $2) stands to it.
macro_rules! file_columns {
    () => {
        concat!(
            "SELECT c.*, EXISTS (SELECT 1 FROM key_due d WHERE d.subject = c.id) AS keys_due, ",
            situation_columns!(),
            ", ",
            person_columns!(),
            " FROM case_file c JOIN person p ON p.id = c.person"
        )
    };
}

/// An opened file: its row, its person, how the caller stands to it, and her grant to read its head.
pub struct File {
    /// The row.
    pub case: Case,
    /// The person.
    pub person: Person,
    /// How the caller stands to it.
    pub situation: Situation,
    /// The grant for its head.
    pub grant: Grant,
}

/// Opens a file to be read. Reading is an entry of the ledger, written before the answer leaves; keys of
/// strongboxes are handed over to colleagues who joined; what an emergency owes is caused. The caller
/// commits and only then shows anything. `what` names the section in the ledger.
///
/// # Errors
/// When the gate refuses or a value is damaged.
pub async fn read(p: &Programme, work: &mut Work, caller: &Caller, id: Uuid, what: &str) -> Outcome<File> {
    let now = work.at();
    let row = work
        .sql(concat!(file_columns!(), " WHERE c.id = $3"))
        .bind(caller.account)
        .bind(now)
        .bind(id)
        .optional()
        .await?;
    opened(p, work, caller, row, what).await
}

/// As [`read`], by the code of the case: one that cannot be a code is one that does not exist.
///
/// # Errors
/// As [`read`].
pub async fn read_code(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    code: &str,
    what: &str,
) -> Outcome<File> {
    let now = work.at();
    let row = work
        .sql(concat!(file_columns!(), " WHERE c.code = $3"))
        .bind(caller.account)
        .bind(now)
        .bind(crate::codes::read(code, 'C', 4).unwrap_or_default())
        .optional()
        .await?;
    opened(p, work, caller, row, what).await
}

async fn opened(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    row: Option<Row>,
    what: &str,
) -> Outcome<File> {
    // The gate is asked about a case that does not exist as about any other.
    let id = row.as_ref().map_or(Ok(Uuid::max()), |r| r.get("id"))?;
    let situation = row.as_ref().map(|r| Situation::read(r, caller)).transpose()?.unwrap_or_default();
    let grant = p.may_on(caller, Act::CASE_READ, id, &situation)?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    let case = Case::read(&row)?;
    let person = people::read(p, work.tx(), caller, &grant, &row).await?;
    if p.gate.hand_over(work, caller, id).await? > 0 {
        work.record("key.hand-over", "case", id, [0; 32]).await?;
    }
    if row.get::<bool>("keys_due")? {
        crate::leak::seal_again(p, work, caller, id).await?;
    }
    if grant.owes("notify_owner") {
        emergency::owed(work, caller, id).await?;
    }
    work.record(&format!("case.read.{what}"), "case", id, [0; 32]).await?;
    Ok(File { case, person, situation, grant })
}

/// A fact about a case: site, municipality, and of the person only sex, age band and pseudonym.
pub(crate) async fn fact(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    id: Uuid,
    kind: &'static str,
) -> Outcome<Fact> {
    let case = lookup(work.tx(), id).await?;
    let person = people::of(p, work.tx(), caller, grant, case.person).await?;
    let at = work.at();
    let day = crate::dates::day(at, &p.pack.zone);
    Ok(Fact {
        kind,
        at,
        day: day.to_string(),
        site: Some(case.site),
        municipality: Some(case.municipality),
        sex: Some(person.sex),
        age_band: Some(person.core.birth.band(day).to_owned()),
        subject: Some(p.office.pseudonym(case.person.as_bytes())),
        amount: 1,
        ..Fact::default()
    })
}

/// Moves a case to another phase.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed the case meanwhile.
pub async fn set_phase(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    phase: &str,
    seen: i64,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, Act::PLAN_WRITE, id).await?;
    let mut problems = Problems::default();
    problems.when(!PHASES.contains(&phase), "phase", "problem-choose");
    problems.done()?;
    let touched = work
        .sql("UPDATE case_file SET phase = $1, version = version + 1 WHERE id = $2 AND version = $3")
        .bind(phase)
        .bind(id)
        .bind(seen)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("case.phase", "case", id, [0; 32]).await?)
}

/// The phases of a case, in their order.
pub const PHASES: [&str; 5] = ["reception", "assessment", "plan", "process", "followup"];
