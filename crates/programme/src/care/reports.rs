//! A report for a court: only sections that a live consent or a recorded legal basis covers, signed by its author, released
//! to a recipient, and on every page of it to whom.
//!
//! What a section says is gathered when the report is written and frozen in it: what is signed is what was read. There is
//! no section for therapy, so none can be ticked.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{DAY, Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::consent::{self, Consent};
use crate::cases::{self};
use crate::entries::{self, Entry, Kind, Plain};
use crate::partners::directory;
use crate::partners::disclosed::{self, What};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// A section that a report may have: its code and the kind of data (`consent::DATA`) that must be covered.
pub const SECTIONS: [(&str, &str); 5] = [
    ("goals", "plan"),
    ("services", "needs"),
    ("attendance", "needs"),
    ("school", "needs"),
    ("health", "health"),
];

/// A section as it stands in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// A code of [`SECTIONS`].
    pub code: String,
    /// What it says, line by line.
    pub lines: Vec<Line>,
}

/// A line: codes that a page says in words, and what people wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// A civil day, or empty.
    pub day: String,
    /// A code: domain, service type, course, grade.
    pub code: String,
    /// A second code: level, mark, state.
    pub state: String,
    /// Words of hers or of a colleague.
    pub words: String,
}

/// A report. Its state stands in clear: `draft`, `signed`, `released`; whom it is for and until when, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The sections that were ticked.
    pub sections: Vec<Section>,
    /// The author's own paragraph.
    pub paragraph: String,
    /// When the author signed. A release moves the record, never this.
    #[serde(default)]
    pub signed_at: Option<Micros>,
}

impl Kind for Report {
    const KIND: &'static str = "court_report";
}

/// That a report was released: to whom stands in clear, and which report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// `consent` or `legal_basis`.
    pub basis: String,
    /// The recorded legal basis, in its words.
    pub legal_basis: String,
    /// The version that was released.
    pub version: i64,
}

impl Kind for Release {
    const KIND: &'static str = "report_release";
}

/// What health lets the court know, written by health for this and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthLine {
    /// One or a few sentences.
    pub text: String,
}

impl Kind for HealthLine {
    const KIND: &'static str = "report_health";
}

/// Whether a section can be ticked: `None`, or the key of why not.
pub type Open = (&'static str, Option<&'static str>);

/// Which sections may go to a recipient now, and why the others may not.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn open(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    recipient: Uuid,
    now: Micros,
) -> Outcome<Vec<Open>> {
    let grant = p.may_case(tx, caller, Act::REPORT_WRITE, case).await?;
    let covered = covered(p, tx, caller, &grant, case, recipient, now).await?;
    let agreed = health_line(p, tx, caller, &grant, case).await?.is_some();
    Ok(SECTIONS
        .map(|(code, data)| {
            let off = if !covered.iter().any(|c| c.body.data.iter().any(|d| d == data)) {
                Some("care-report-not-covered")
            } else if code == "health" && !agreed {
                Some("care-report-health-missing")
            } else {
                None
            };
            (code, off)
        })
        .to_vec())
}

/// The live consents and recorded bases for a recipient.
async fn covered(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    recipient: Uuid,
    now: Micros,
) -> Outcome<Vec<Entry<Consent>>> {
    let mut all = consent::list(p, tx, caller, grant, case).await?;
    all.retain(|c| {
        c.head.state == "live"
            && c.head.other == Some(recipient)
            && c.head.due_at > Some(now)
            && c.head.code.as_deref().is_some_and(|code| code.starts_with("share"))
    });
    Ok(all)
}

/// What health last agreed to say.
async fn health_line(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Option<Entry<HealthLine>>> {
    Ok(entries::list(p, tx, caller, grant, (case, Folder::Social)).await?.into_iter().next())
}

/// Health writes what may be said. It takes the right to the health folder, and stands outside of it, for the report.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn agree_health(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    text: &str,
) -> Outcome<Uuid> {
    p.may_case(work.tx(), caller, Act::WRITE_HEALTH, case).await?;
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    let mut problems = Problems::default();
    problems.when(text.trim().is_empty(), "text", "problem-care-health-line");
    problems.when(text.chars().count() > 1000, "text", "problem-too-long");
    problems.done()?;
    let plain = Plain { state: "agreed", ..Plain::default() };
    let body = HealthLine { text: text.trim().to_owned() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await
}

/// Writes a draft for a recipient from the ticked sections; `until` is the last day on which the recipient waits for it, or empty.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend, among others when a section is not covered.
pub async fn draft(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (recipient, sections, paragraph, until): (Uuid, &[String], &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::REPORT_WRITE, case).await?;
    let now = work.at();
    let known = directory::list(work.tx()).await?.iter().any(|i| i.id == recipient);
    let may = open(p, work.tx(), caller, case, recipient, now).await?;
    let mut problems = Problems::default();
    problems.when(!known, "recipient", "problem-choose");
    let off = |code: &String| !may.iter().any(|(c, why)| c == code && why.is_none());
    problems.when(sections.iter().any(off), "sections", "problem-care-section-off");
    problems.when(
        sections.is_empty() && paragraph.trim().is_empty(),
        "sections",
        "problem-care-report-empty",
    );
    problems.when(paragraph.chars().count() > 4000, "paragraph", "problem-too-long");
    let due = until.parse::<Date>();
    problems.when(!until.is_empty() && due.is_err(), "until", "problem-date-impossible");
    problems.done()?;
    let mut body = Report { paragraph: paragraph.trim().to_owned(), ..Report::default() };
    for (code, _) in SECTIONS.into_iter().filter(|(code, _)| sections.iter().any(|s| s == code)) {
        let lines = super::gather::section(p, work.tx(), caller, &grant, case, code).await?;
        body.sections.push(Section { code: code.to_owned(), lines });
    }
    let due_at = due.ok().map(|day| dates::start(day, &p.pack.zone) + DAY);
    let plain = Plain { state: "draft", other: Some(recipient), due_at, ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await
}

/// The author signs; from then on nothing of it changes.
///
/// # Errors
/// [`ProgrammeError::State`] when it is no draft of hers; [`ProgrammeError::Stale`] when it changed meanwhile.
pub async fn sign(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::REPORT_WRITE, case).await?;
    let entry: Entry<Report> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if entry.head.state != "draft" || entry.head.author != caller.account {
        return Err(ProgrammeError::State("state-care-report-sign"));
    }
    let plain = Plain { state: "signed", ..Plain::from(&entry.head) };
    let body = Report { signed_at: Some(work.at()), ..entry.body };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &body, "signed").await
}

/// Releases a signed report to its recipient. Without a live grant for that institution the gate refuses, as with a
/// referral; a section that is no longer covered stops it too.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when it is not signed or something is no longer covered.
pub async fn release(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
) -> Outcome<Uuid> {
    let now = work.at();
    let grant = p.may_case(work.tx(), caller, Act::REPORT_WRITE, case).await?;
    let entry: Entry<Report> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    let recipient = entry.head.other.ok_or(ProgrammeError::Unreadable("a report's recipient"))?;
    let situation: Situation = consent::situation(work.tx(), caller, case, recipient, now).await?;
    p.may_on(caller, Act::SHARE, case, &situation)?;
    if entry.head.version != seen {
        return Err(ProgrammeError::Stale);
    }
    if !["signed", "released"].contains(&entry.head.state.as_str()) {
        return Err(ProgrammeError::State("state-care-report-unsigned"));
    }
    still_covered(p, work.tx(), caller, &entry, (case, recipient), now).await?;
    let basis = covered(p, work.tx(), caller, &grant, case, recipient, now).await?;
    let legal = basis.iter().map(|c| c.body.legal_basis.clone()).find(|l| !l.is_empty()).unwrap_or_default();
    let plain = Plain { state: "released", ..Plain::from(&entry.head) };
    entries::change(p, work, caller, &grant, &entry.head, seen, plain, &entry.body, "released").await?;
    let kind = if legal.is_empty() { "consent" } else { "legal_basis" };
    let body = Release { basis: kind.to_owned(), legal_basis: legal, version: entry.head.version };
    let plain = Plain {
        state: "released",
        code: Some(kind.to_owned()),
        other: Some(recipient),
        corrects: Some(id),
        ..Plain::default()
    };
    let released = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &body).await?;
    let sections: Vec<String> = entry.body.sections.iter().map(|s| s.code.clone()).collect();
    let what = What { how: "report", institution: recipient, fields: &sections, thing: id };
    disclosed::note(work, caller, case, what, &basis).await?;
    let mut fact = cases::fact(p, work, caller, &grant, case, "report.released").await?;
    fact.code = Some(kind.to_owned());
    work.fact(fact).await?;
    Ok(released)
}

/// A report and its releases, for a file: whoever makes reports may have it, and only while everything in it is covered; what is no
/// draft any more, only while it could be released. On the screen one reads what was written; a file goes on by itself.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::State`] when a section is no longer covered.
pub async fn leaving(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (case, id): (Uuid, Uuid),
    now: Micros,
) -> Outcome<(Entry<Report>, Vec<Entry<Release>>)> {
    let grant = p.may_case(tx, caller, Act::REPORT_WRITE, case).await?;
    let (report, releases) = one(p, tx, caller, &grant, (case, id)).await?;
    let recipient = report.head.other.ok_or(ProgrammeError::Unreadable("a report's recipient"))?;
    if report.head.state != "draft" {
        let situation: Situation = consent::situation(tx, caller, case, recipient, now).await?;
        p.may_on(caller, Act::SHARE, case, &situation)?;
    }
    still_covered(p, tx, caller, &report, (case, recipient), now).await?;
    Ok((report, releases))
}

async fn still_covered(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    report: &Entry<Report>,
    (case, recipient): (Uuid, Uuid),
    now: Micros,
) -> Outcome<()> {
    let may = open(p, tx, caller, case, recipient, now).await?;
    let off = |s: &Section| !may.iter().any(|(code, why)| *code == s.code && why.is_none());
    if report.body.sections.iter().any(off) {
        return Err(ProgrammeError::State("state-care-report-withdrawn"));
    }
    Ok(())
}

/// The reports of a case and their releases, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<(Vec<Entry<Report>>, Vec<Entry<Release>>)> {
    let folder = (case, Folder::Social);
    Ok((
        entries::list(p, tx, caller, grant, folder).await?,
        entries::list(p, tx, caller, grant, folder).await?,
    ))
}

/// A report with its releases, the first one first.
///
/// # Errors
/// As [`list`]; [`ceiba_access::Refusal::Absent`] when there is none.
pub async fn one(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    (case, id): (Uuid, Uuid),
) -> Outcome<(Entry<Report>, Vec<Entry<Release>>)> {
    let report = entries::get(p, tx, caller, grant, case, id).await?;
    let mut releases: Vec<Entry<Release>> =
        entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
    releases.retain(|r| r.head.corrects == Some(id));
    releases.reverse();
    Ok((report, releases))
}
