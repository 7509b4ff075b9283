//! How a caller stands to a case, read in the same transaction as the data it protects.

use ceiba_store::{Result, Row, Tx};
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

/// The columns a situation is read from, for lists that ask about many cases in one statement. The case is
/// called `c`, the account is `$1` and the instant `$2`; the list's own values come from `$3` on.
#[macro_export]
macro_rules! situation_columns {
    () => {
        "c.site AS its_site, c.state AS its_state, c.person AS its_person,
         EXISTS (SELECT 1 FROM care_team t WHERE t.case_id = c.id AND t.account = $1
                 AND t.since <= $2 AND (t.until IS NULL OR t.until > $2)) AS on_team,
         EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $1) AS blocked,
         EXISTS (SELECT 1 FROM break_glass g WHERE g.case_id = c.id AND g.account = $1
                 AND g.until > $2 AND g.verdict IS NULL) AS emergency,
         EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id) AS its_erased"
    };
}

impl Situation {
    /// How the caller stands to a case; `None` when there is no such case, or whose it was is erased.
    ///
    /// # Errors
    /// When the database breaks.
    pub async fn of(tx: &mut Tx, caller: &Caller, case: Uuid, now: i64) -> Result<Option<Self>> {
        let row = tx
            .sql(concat!(
                "SELECT ",
                situation_columns!(),
                " FROM case_file c WHERE c.id = $3 AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id)"
            ))
            .bind(caller.account)
            .bind(now)
            .bind(case)
            .optional()
            .await?;
        row.map(|row| Self::read(&row, caller)).transpose()
    }

    /// From a row with [`situation_columns!`](crate::situation_columns). To an erased case everybody is a
    /// stranger.
    ///
    /// # Errors
    /// When a column is missing.
    pub fn read(row: &Row, caller: &Caller) -> Result<Self> {
        if row.get("its_erased")? {
            return Ok(Self::default());
        }
        let person: Uuid = row.get("its_person")?;
        Ok(Self {
            on_team: row.get("on_team")?,
            same_site: caller.site.as_deref() == Some(row.get::<String>("its_site")?.as_str()),
            own: caller.person == Some(person),
            emergency: row.get("emergency")?,
            blocked: row.get("blocked")?,
            closed: row.get::<String>("its_state")? == "closed",
            person: Some(person),
            ..Self::default()
        })
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
