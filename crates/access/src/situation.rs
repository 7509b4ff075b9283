//! How a caller stands to a case, read in the same transaction as the data it protects.

use ceiba_store::{Result, Tx};
use uuid::Uuid;

use crate::Caller;

/// The facts a decision rests on. All false is the stranger's situation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Situation {
    /// She is on the care team now.
    pub on_team: bool,
    /// The case is of her site.
    pub same_site: bool,
    /// It is her own: her alert, her file.
    pub own: bool,
    /// She has emergency access to it now.
    pub emergency: bool,
    /// She has a conflict of interest with it.
    pub blocked: bool,
    /// The file is closed.
    pub closed: bool,
    /// What is to be approved was asked by herself.
    pub by_self: bool,
    /// It is for a list, a search, an export or a report.
    pub bulk: bool,
    /// A live consent grant or a recorded legal basis covers what is to be shared.
    pub granted: bool,
    /// An emergency access of hers was not reviewed in time.
    pub overdue: bool,
    /// Whose case it is: her own compartments belong to it.
    pub person: Option<Uuid>,
}

impl Situation {
    /// How the caller stands to a case; `None` when there is no such case, or whose it was is erased.
    ///
    /// # Errors
    /// When the database breaks.
    pub async fn of(tx: &mut Tx, caller: &Caller, case: Uuid, now: i64) -> Result<Option<Self>> {
        let row = tx
            .sql(
                "SELECT c.site, c.state, c.person,
                   EXISTS (SELECT 1 FROM care_team t WHERE t.case_id = c.id AND t.account = $2
                           AND t.since <= $3 AND (t.until IS NULL OR t.until > $3)) AS on_team,
                   EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $2) AS blocked,
                   EXISTS (SELECT 1 FROM break_glass g WHERE g.case_id = c.id AND g.account = $2
                           AND g.until > $3 AND g.verdict IS NULL) AS emergency
                 FROM case_file c WHERE c.id = $1
                   AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id)",
            )
            .bind(case)
            .bind(caller.account)
            .bind(now)
            .optional()
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Self {
            on_team: row.get("on_team")?,
            same_site: caller.site.as_deref() == Some(row.get::<String>("site")?.as_str()),
            own: caller.person == Some(row.get("person")?),
            emergency: row.get("emergency")?,
            blocked: row.get("blocked")?,
            closed: row.get::<String>("state")? == "closed",
            person: Some(row.get("person")?),
            ..Self::default()
        }))
    }

    /// Whether the caller has an emergency access that was not reviewed in time.
    ///
    /// # Errors
    /// When the database breaks.
    pub async fn reviews_overdue(tx: &mut Tx, caller: &Caller, now: i64) -> Result<bool> {
        tx.sql(
            "SELECT EXISTS (SELECT 1 FROM break_glass WHERE account = $1 AND reviewed_at IS NULL AND review_due < $2) AS overdue",
        )
        .bind(caller.account)
        .bind(now)
        .one()
        .await?
        .get("overdue")
    }
}
