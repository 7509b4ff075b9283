//! Links between people: two records that may be of one person, beside the records, none of which is ever touched.
//!
//! The register proposes, a person who may open both files decides, and what she decided is taken back without a trace in
//! anything else (ADR 0029). Whoever may open one of the two is told that there may be another and whom to ask; whoever has a
//! conflict of interest with either is told nothing.

mod apart;
mod decide;
mod erased;
mod night;
mod propose;
mod queue;
mod same;
mod together;

pub use apart::Through;
pub use decide::{Verdict, decide, undo};
pub(crate) use erased::{forget, forget_again};
pub use night::look;
pub use propose::{LIKELY, propose};
pub use queue::{Offered, Queue, Seen, one, queue};
pub(crate) use same::as_of;
pub use same::rebuild;
pub use together::{Elsewhere, Linked, linked, perhaps, told};

use std::sync::atomic::AtomicI64;

use ceiba_access::{Act, Caller, Situation, situation_columns};
use ceiba_linkage::{About, from_codes};
use ceiba_store::{Micros, Row, Tx};
use uuid::Uuid;

use super::known::Why;
use crate::{Outcome, Programme};

/// On which day the night's work found nothing left to ask, since the program began.
pub(crate) type Looked = AtomicI64;

/// A link as its row tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its id.
    pub id: Uuid,
    /// The two people, the lower id first.
    pub people: [Uuid; 2],
    /// `proposed`, `one` or `two`.
    pub state: String,
    /// How likely it was that they are one person when the register was asked, and why, as far as the reader may know.
    pub why: Why,
    /// When it was proposed.
    pub proposed_at: Micros,
    /// When somebody left it for later.
    pub put_off_at: Option<Micros>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<Micros>,
    /// Its version.
    pub version: i64,
}

impl Link {
    fn read(row: &Row) -> Outcome<Self> {
        Ok(Self {
            id: row.get("id")?,
            people: [row.get("one")?, row.get("other")?],
            state: row.get("state")?,
            why: Why::All {
                probability: f64::from(i16::try_from(row.get::<i64>("per_mille")?).unwrap_or(0)) / 1000.0,
                because: from_codes(&row.get::<String>("evidence")?),
                settle: row.get::<String>("settle")?.split(' ').filter_map(About::find).collect(),
            },
            proposed_at: row.get("proposed_at")?,
            put_off_at: row.get("put_off_at")?,
            decided_by: row.get("decided_by")?,
            decided_at: row.get("decided_at")?,
            version: row.get("version")?,
        })
    }
}

/// What somebody may know of a person by her cases.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// She may open this one, and decide.
    Open {
        /// The case: open ones before closed ones, the newest first.
        case: Uuid,
        /// Its code.
        code: String,
        /// Whether she may read what the papers say.
        papers: bool,
    },
    /// There are only cases that she may not open: no code, no name.
    Hidden,
    /// With one of them she has a conflict of interest, or the person was erased: nothing.
    Nothing,
}

/// How a caller stands to a person under an act.
async fn standing(p: &Programme, tx: &mut Tx, caller: &Caller, act: Act, person: Uuid) -> Outcome<Standing> {
    let rows = tx
        .sql(concat!(
            "SELECT c.id, c.code, ",
            situation_columns!(),
            " FROM case_file c JOIN person p ON p.id = c.person WHERE c.person = $3 AND p.erased_at IS NULL
              ORDER BY CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END, c.opened_at DESC, c.id"
        ))
        .bind(caller.account)
        .bind(p.store.clock.now())
        .bind(person)
        .all()
        .await?;
    let mut standing = if rows.is_empty() { Standing::Nothing } else { Standing::Hidden };
    for row in &rows {
        let situation = Situation::read(row, caller)?;
        if situation.blocked || row.get::<bool>("its_erased")? {
            return Ok(Standing::Nothing);
        }
        if standing == Standing::Hidden && p.gate.would(caller, act, &situation) {
            let papers = p.gate.would(caller, Act::READ_IDENTITY, &situation);
            standing = Standing::Open { case: row.get("id")?, code: row.get("code")?, papers };
        }
    }
    Ok(standing)
}

/// The link with this id.
async fn by_id(tx: &mut Tx, id: Uuid) -> Outcome<Option<Link>> {
    let row = tx.sql("SELECT * FROM person_link WHERE id = $1").bind(id).optional().await?;
    row.as_ref().map(Link::read).transpose()
}
