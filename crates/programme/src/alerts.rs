//! Alerts: a warning sign becomes an answer.
//!
//! A reporter needs no account and gives no names; she keeps a receipt code with which she can come back.
//! Source of the signs and of what not to do: domain.md 4.2; of the clocks: domain.md 2.6.

use std::collections::BTreeSet;

use ceiba_access::{Act, Caller, Folder, Grant, Place, Purpose, Situation};
use ceiba_store::{Fact, MINUTE, Micros, Row, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::network::cards;
use crate::sealed::detail;
use crate::{Outcome, Problems, Programme, ProgrammeError};

pub mod board;
pub mod receipt;
mod repeat;
pub mod triage;

pub(crate) use repeat::chance as chance_of;
pub use repeat::repeated;

/// What a reporter tells.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// `teacher`, `health`, `community`, `official` or `other`.
    pub reporter: String,
    /// `web`, `phone` or `person`.
    pub channel: String,
    /// What the call was about, for those that staff enter.
    pub call_kind: Option<String>,
    /// Municipality code, never finer.
    pub municipality: String,
    /// Codes of the ticked signs.
    pub signs: Vec<String>,
    /// `today`, `days`, `weeks`, `unknown`.
    pub since: String,
    /// `saw`, `told` or `suspect`.
    pub certainty: String,
    /// `child`, `adolescent`, `adult` or `unknown`.
    pub age_group: String,
    /// Whether somebody is in danger now.
    pub danger: bool,
    /// Anything else, without names.
    pub words: String,
    /// A safe way to call back.
    pub contact: String,
    /// What stands on the card of a partner of the network; empty without one.
    pub card: String,
    /// The number of the public form, so that sent twice it is kept once; none for what staff enter.
    pub once: Option<Uuid>,
}

/// What is sealed of an alert.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// Anything else the reporter said.
    pub words: String,
    /// A safe way to call back.
    pub contact: String,
}

/// An alert as the team sees it.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Its id.
    pub id: Uuid,
    /// `received`, `taken`, `screening`, `oriented`, `converted`, `closed`, `duplicate`.
    pub state: String,
    /// `now`, `today` or `week`.
    pub urgency: String,
    /// Kind of reporter.
    pub reporter: String,
    /// How it came.
    pub channel: String,
    /// What the call was about.
    pub call_kind: Option<String>,
    /// Municipality code.
    pub municipality: String,
    /// Codes of the signs.
    pub signs: Vec<String>,
    /// Since when.
    pub since: String,
    /// How sure.
    pub certainty: String,
    /// About what age.
    pub age_group: String,
    /// When it came.
    pub created_at: Micros,
    /// When a human answer is due.
    pub due_at: Micros,
    /// Who has it.
    pub taken_by: Option<Uuid>,
    /// Since when.
    pub taken_at: Option<Micros>,
    /// When the reporter first had a human answer.
    pub answered_at: Option<Micros>,
    /// What was decided.
    pub decision: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The case it became.
    pub case_id: Option<Uuid>,
    /// The alert it repeats.
    pub same_as: Option<Uuid>,
    /// Whether it came with the card of a partner, `trained` or `untrained`; never whose.
    pub network: Option<String>,
    /// Its version.
    pub version: i64,
}

impl Alert {
    pub(crate) fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            state: row.get("state")?,
            urgency: row.get("urgency")?,
            reporter: row.get("reporter")?,
            channel: row.get("channel")?,
            call_kind: row.get("call_kind")?,
            municipality: row.get("municipality")?,
            signs: row
                .get::<String>("signs")?
                .split(' ')
                .filter(|s| !s.is_empty())
                .map(str::to_owned)
                .collect(),
            since: row.get("since")?,
            certainty: row.get("certainty")?,
            age_group: row.get("age_group")?,
            created_at: row.get("created_at")?,
            due_at: row.get("due_at")?,
            taken_by: row.get("taken_by")?,
            taken_at: row.get("taken_at")?,
            answered_at: row.get("answered_at")?,
            decision: row.get("decision")?,
            reason: row.get("reason")?,
            case_id: row.get("case_id")?,
            same_as: row.get("same_as")?,
            network: row.get("network")?,
            version: row.get("version")?,
        })
    }

    /// Whether it still waits for a decision.
    #[must_use]
    pub fn open(&self) -> bool {
        ["received", "taken", "screening"].contains(&self.state.as_str())
    }
}

/// Nobody in particular: the caller behind the public page. It may report and nothing else.
#[must_use]
pub fn public() -> Caller {
    Caller {
        account: Uuid::nil(),
        role: "reporter".to_owned(),
        site: None,
        purpose: Purpose::Care,
        active: true,
        person: None,
        secret: None,
    }
}

fn place(id: Uuid, version: i64) -> Place<'static> {
    // The body never changes after the report, so its version is always the first.
    Place { subject: id, compartment: "core", table: "alert", row: id, field: "body", version }
}

/// Stores a report and returns the receipt code for the reporter. Row, ledger entry, fact and the job that
/// reminds of the clock commit together; the caller commits.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn report(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    report: &Report,
) -> Outcome<(Uuid, String)> {
    let act = if report.channel == "web" { Act::ALERT_REPORT } else { Act::ALERT_ENTER };
    let (id, receipt) = repeat::names(p, work.chance(), report);
    let grant = p.may_on(caller, act, id, &Situation { own: true, ..Situation::default() })?;
    let mut problems = Problems::default();
    let known = |list: &[&str], code: &str| list.contains(&code);
    let signs = p.pack.signs.get(&report.reporter);
    problems.when(signs.is_none(), "reporter", "problem-reporter");
    problems.when(
        p.pack.lists.name("municipalities", &report.municipality, "es").is_none(),
        "municipality",
        "problem-municipality",
    );
    let unknown = report.signs.iter().any(|s| !p.pack.signs.values().flatten().any(|k| k == s));
    problems.when(
        unknown || (report.signs.is_empty() && report.words.trim().is_empty()),
        "signs",
        "problem-signs",
    );
    problems.when(!known(&["today", "days", "weeks", "unknown"], &report.since), "since", "problem-choose");
    problems.when(!known(&["saw", "told", "suspect"], &report.certainty), "certainty", "problem-choose");
    problems.when(
        !known(&["child", "adolescent", "adult", "unknown"], &report.age_group),
        "age_group",
        "problem-choose",
    );
    problems.when(report.words.chars().count() > 2000, "words", "problem-too-long");
    problems.when(report.contact.chars().count() > 200, "contact", "problem-too-long");
    problems.done()?;

    let urgency = urgency(p, report);
    let body = Body { words: report.words.trim().to_owned(), contact: report.contact.trim().to_owned() };
    let sealed = p.seal(work, caller, &grant, &place(id, 1), &body).await?;
    let hash = detail(&sealed);
    let now = work.at();
    let minutes = match urgency {
        "now" => p.pack.clocks.now,
        "today" => p.pack.clocks.today,
        _ => p.pack.clocks.week,
    };
    // A card that is nobody's, or no longer, changes nothing: no alert is lost for it.
    let (network, mark) = cards::stands_for(p, work.tx(), &report.card).await?.unzip();
    work.sql(
        "INSERT INTO alert (id, receipt, state, urgency, reporter, channel, call_kind, municipality, signs, since,
           certainty, age_group, site, entered_by, created_at, due_at, network, network_mark, body, version)
         VALUES ($1, $2, 'received', $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, $12, $13, $14, $15, $16, $17, 1)",
    )
    .bind(id)
    .bind(p.office.token_hash(receipt.as_bytes()))
    .bind(urgency)
    .bind(&report.reporter)
    .bind(&report.channel)
    .bind(report.call_kind.clone())
    .bind(&report.municipality)
    .bind(report.signs.join(" "))
    .bind(&report.since)
    .bind(&report.certainty)
    .bind(&report.age_group)
    .bind((!caller.account.is_nil()).then_some(caller.account))
    .bind(now)
    .bind(now + minutes * MINUTE)
    .bind(network.map(str::to_owned))
    .bind(mark)
    .bind(sealed)
    .once()
    .await?;
    work.record("alert.add", "alert", id, hash).await?;
    work.fact(Fact {
        code: Some(urgency.to_owned()),
        outcome: Some(report.reporter.clone()),
        dims: std::iter::once(("channel", report.channel.clone()))
            .chain(network.map(|how| ("partner", how.to_owned())))
            .chain(report.signs.iter().collect::<BTreeSet<_>>().into_iter().map(|s| ("sign", s.clone())))
            .collect(),
        ..fact(p, "alert.received", now, &report.municipality)
    })
    .await?;
    work.job("alert.remind", id, now + minutes * MINUTE).await?;
    Ok((id, receipt))
}

/// Danger now, or a sign that always means it; a sign seen today; else this week.
fn urgency(p: &Programme, report: &Report) -> &'static str {
    let danger = report.signs.iter().any(|s| p.pack.danger_signs.contains(s));
    if report.danger || danger {
        "now"
    } else if report.since == "today" || report.age_group == "child" || report.signs.len() >= 3 {
        "today"
    } else {
        "week"
    }
}

pub(crate) fn fact(p: &Programme, kind: &'static str, at: Micros, municipality: &str) -> Fact {
    Fact {
        kind,
        at,
        day: p.day(at),
        municipality: Some(municipality.to_owned()),
        amount: 1,
        ..Fact::default()
    }
}

/// One alert.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn lookup(tx: &mut Tx, id: Uuid) -> Outcome<Alert> {
    let row = tx.sql("SELECT * FROM alert WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map_or(Err(ceiba_access::Refusal::Absent.into()), Alert::read)
}

/// The municipality of the caller's site, if she works at one.
#[must_use]
pub fn municipality<'p>(p: &'p Programme, caller: &Caller) -> Option<&'p str> {
    let site = p.pack.sites.iter().find(|s| caller.site.as_deref() == Some(s.code.as_str()));
    site.map(|s| s.municipality.as_str())
}

/// How somebody stands to an alert: «of her site» means of the municipality in which it is.
#[must_use]
pub fn situation(p: &Programme, caller: &Caller, alert: &Alert) -> Situation {
    let same_site = municipality(p, caller) == Some(alert.municipality.as_str());
    Situation { same_site, ..Situation::default() }
}

/// One alert, for whoever asks. One that became a case from which she is blocked does not exist for her, like the
/// case; nor does one of another municipality for whoever has only those of hers.
///
/// # Errors
/// [`ceiba_access::Refusal::Absent`] when there is none for her.
pub async fn shown(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Alert> {
    let row = tx
        .sql(
            "SELECT * FROM alert WHERE id = $1 AND NOT EXISTS
               (SELECT 1 FROM conflict_block b WHERE b.case_id = alert.case_id AND b.account = $2)",
        )
        .bind(id)
        .bind(caller.account)
        .optional()
        .await?;
    let Some(alert) = row.as_ref().map(Alert::read).transpose()? else {
        return Err(ceiba_access::Refusal::Absent.into());
    };
    if !p.gate.would(caller, Act::ALERT_LIST, &situation(p, caller, &alert)) {
        return Err(ceiba_access::Refusal::Absent.into());
    }
    Ok(alert)
}

/// What is sealed of an alert.
///
/// # Errors
/// When the grant does not open it or the value is damaged.
pub async fn body(p: &Programme, tx: &mut Tx, caller: &Caller, grant: &Grant, id: Uuid) -> Outcome<Body> {
    let row = tx.sql("SELECT body FROM alert WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(ceiba_access::Refusal::Absent.into()) };
    p.unseal(tx, caller, grant, &place(id, 1), &row.get::<Vec<u8>>("body")?).await
}

/// The folder of alerts' own entries, such as screenings.
pub const FOLDER: Folder = Folder::Social;

/// Somebody else was faster, or it is no longer open.
fn not_open(alert: &Alert) -> ProgrammeError {
    match (alert.open(), alert.taken_by, alert.taken_at) {
        (true, Some(by), Some(at)) => ProgrammeError::Taken { by, at },
        _ => ProgrammeError::State("state-alert-decided"),
    }
}
