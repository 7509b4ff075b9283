//! Reports and their versions as they are kept.

use std::collections::BTreeMap;

use ceiba_store::{Micros, Row, Tx};
use uuid::Uuid;

use super::basis::Basis;
use super::compute::hex;
use super::frozen::Frozen;
use crate::{Outcome, ProgrammeError};

/// The report of a period, as its row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// Code of the grant.
    pub grant: String,
    /// Code of the period.
    pub period: String,
    /// `open`, `asked` or `frozen`.
    pub state: String,
    /// When it was opened, sent back or opened again.
    pub opened_at: Micros,
    /// By whom.
    pub opened_by: Uuid,
    /// Why it is stated again; empty the first time.
    pub reason: String,
    /// What the office wrote about the whole.
    pub notes: String,
    /// Its version, for whoever changes it.
    pub version: i64,
    /// The size of the ledger when it was opened, sent back or opened again.
    pub(super) counted: i64,
}

/// A version that somebody asked to approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1; one that was sent back keeps its number until it is asked again.
    pub number: i64,
    /// `asked`, `refused` or `frozen`.
    pub state: String,
    /// What is signed.
    pub body: String,
    /// SHA-256 of it.
    pub hash: Vec<u8>,
    /// When it was asked, and by whom.
    pub asked_at: Micros,
    /// Who asked.
    pub asked_by: Uuid,
    /// When it was decided.
    pub decided_at: Option<Micros>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// What whoever decided wrote.
    pub remark: String,
    /// Ed25519 of the office's key over the hash.
    pub signature: Option<Vec<u8>>,
    rules: String,
}

impl Version {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            number: row.get("number")?,
            state: row.get("state")?,
            body: row.get("body")?,
            hash: row.get("hash")?,
            asked_at: row.get("asked_at")?,
            asked_by: row.get("asked_by")?,
            decided_at: row.get("decided_at")?,
            decided_by: row.get("decided_by")?,
            remark: row.get("remark")?,
            signature: row.get("signature")?,
            rules: row.get("rules")?,
        })
    }

    /// What it holds.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn frozen(&self) -> Outcome<Frozen> {
        serde_json::from_str(&self.body).map_err(|_| ProgrammeError::Unreadable("a report"))
    }

    /// What it was made of.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn basis(&self) -> Outcome<Basis> {
        serde_json::from_str(&self.rules).map_err(|_| ProgrammeError::Unreadable("a report"))
    }
}

/// The report of a grant and period, if there is one.
pub(super) async fn report(tx: &mut Tx, grant: &str, period: &str) -> Outcome<Option<Report>> {
    let row = tx
        .sql("SELECT * FROM report WHERE grant_code = $1 AND period = $2")
        .bind(grant)
        .bind(period)
        .optional()
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(r: &Row) -> Outcome<Report> {
    Ok(Report {
        id: r.get("id")?,
        grant: r.get("grant_code")?,
        period: r.get("period")?,
        state: r.get("state")?,
        opened_at: r.get("opened_at")?,
        opened_by: r.get("opened_by")?,
        reason: r.get("reason")?,
        notes: r.get("notes")?,
        version: r.get("version")?,
        counted: r.get("counted")?,
    })
}

/// All reports of a grant, by period.
pub(super) async fn reports(tx: &mut Tx, grant: &str) -> Outcome<Vec<Report>> {
    let rows = tx.sql("SELECT * FROM report WHERE grant_code = $1").bind(grant).all().await?;
    let mut all = rows.iter().map(read).collect::<Outcome<Vec<_>>>()?;
    all.sort_by(|a, b| a.period.cmp(&b.period));
    Ok(all)
}

/// Versions of a report, the newest first.
pub(super) async fn of(tx: &mut Tx, report: Uuid) -> Outcome<Vec<Version>> {
    let rows = tx
        .sql("SELECT * FROM report_version WHERE report = $1 ORDER BY number DESC")
        .bind(report)
        .all()
        .await?;
    rows.iter().map(Version::read).collect()
}

/// Every frozen version of a grant's quarter, and of the nearest that have one before and after it, by the hash of their bytes, the newest of
/// each first: those that somebody would lay beside a report of that quarter. One that was replaced can still be read.
pub(super) async fn near(tx: &mut Tx, grant: &str, period: &str) -> Outcome<Vec<String>> {
    let all = reports(tx, grant).await?;
    let (before, after): (Vec<&Report>, Vec<&Report>) =
        all.iter().filter(|r| r.period != period).partition(|r| r.period.as_str() < period);
    let same = all.iter().filter(|r| r.period == period).collect();
    let mut found = Vec::new();
    for near in [same, before.into_iter().rev().collect::<Vec<_>>(), after] {
        for report in near {
            let versions = of(tx, report.id).await?;
            let frozen = versions.iter().filter(|v| v.state == "frozen").map(|v| hex(&v.hash));
            let many = found.len();
            found.extend(frozen);
            if found.len() > many {
                break;
            }
        }
    }
    Ok(found)
}

/// The frozen version whose bytes have a hash.
pub(super) async fn by_hash(tx: &mut Tx, hash: &str) -> Outcome<Version> {
    let unreadable = ProgrammeError::Unreadable("an earlier report");
    let bytes: Option<Vec<u8>> = (0..hash.len() / 2)
        .map(|n| hash.get(2 * n..2 * n + 2).and_then(|h| u8::from_str_radix(h, 16).ok()))
        .collect();
    let row =
        tx.sql("SELECT * FROM report_version WHERE hash = $1 AND state = 'frozen'").bind(bytes).all().await?;
    row.first().map(Version::read).ok_or(unreadable)?
}

/// The version of a report that was frozen under a number.
pub(super) async fn one(tx: &mut Tx, (grant, period, number): (&str, &str, u32)) -> Outcome<Option<Version>> {
    let row = tx
        .sql(
            "SELECT v.* FROM report_version v JOIN report r ON r.id = v.report
             WHERE r.grant_code = $1 AND r.period = $2 AND v.number = $3 AND v.state = 'frozen'",
        )
        .bind(grant)
        .bind(period)
        .bind(i64::from(number))
        .optional()
        .await?;
    row.as_ref().map(Version::read).transpose()
}

/// The version of which a public sheet was made.
pub(super) async fn of_sheet(tx: &mut Tx, sheet: Uuid) -> Outcome<Version> {
    let row = tx
        .sql(
            "SELECT v.* FROM report_version v JOIN report r ON r.id = v.report
             JOIN sheet_page s ON s.grant_code = r.grant_code AND s.period = r.period AND s.version = v.number
             WHERE s.id = $1 AND v.state = 'frozen'",
        )
        .bind(sheet)
        .one()
        .await?;
    Version::read(&row)
}

/// The last versions that were frozen, of all grants, the oldest first.
pub(super) async fn frozen(tx: &mut Tx, many: usize) -> Outcome<Vec<Version>> {
    let rows = tx
        .sql("SELECT * FROM report_version WHERE state = 'frozen' ORDER BY decided_at DESC, hash LIMIT $1")
        .bind(i64::try_from(many).unwrap_or(i64::MAX))
        .all()
        .await?;
    rows.iter().rev().map(Version::read).collect()
}

/// What the office wrote about single figures, by code.
pub(super) async fn deviations(tx: &mut Tx, report: Uuid) -> Outcome<BTreeMap<String, String>> {
    let rows = tx.sql("SELECT figure, body FROM report_note WHERE report = $1").bind(report).all().await?;
    rows.iter().map(|r| Ok((r.get("figure")?, r.get("body")?))).collect()
}
