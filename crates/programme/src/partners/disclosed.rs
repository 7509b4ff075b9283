//! What of a case went to whom, when, and under which grant of hers: the list that she can be shown.

use ceiba_access::{Act, Caller};
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use crate::cases::consent::Consent;
use crate::entries::Entry;
use crate::{Outcome, Programme};

/// Something that goes out.
#[derive(Clone, Copy, Debug)]
pub struct What<'a> {
    /// `packet`, `told`, `report` or `letter`.
    pub how: &'static str,
    /// To whom.
    pub institution: Uuid,
    /// Codes of what is in it: fields of a packet, sections of a report.
    pub fields: &'a [String],
    /// The packet or report.
    pub thing: Uuid,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// `packet`, `told`, `report` or `letter`.
    pub how: String,
    /// To whom.
    pub institution: Uuid,
    /// Codes of what was in it.
    pub fields: Vec<String>,
    /// The consents it rests on; none: a recorded legal basis.
    pub grants: Vec<Uuid>,
    /// When.
    pub at: Micros,
    /// By whom.
    pub by: Uuid,
}

/// Notes that something goes out, in the unit of work that sends it.
pub(crate) async fn note(
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    what: What<'_>,
    grants: &[Entry<Consent>],
) -> Outcome<()> {
    let (id, now) = (work.chance().id(), work.at());
    let grants: Vec<String> = grants.iter().map(|g| g.head.id.to_string()).collect();
    work.sql(
        "INSERT INTO disclosed (id, case_id, how, institution, fields, grants, thing, at, by_account)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(case)
    .bind(what.how)
    .bind(what.institution)
    .bind(what.fields.join(" "))
    .bind(grants.join(" "))
    .bind(what.thing)
    .bind(now)
    .bind(caller.account)
    .once()
    .await?;
    Ok(())
}

/// The codes of what was in one packet or report.
pub(super) async fn of_thing(tx: &mut Tx, thing: Uuid) -> Outcome<Vec<String>> {
    let row = tx.sql("SELECT fields FROM disclosed WHERE thing = $1 ORDER BY at").bind(thing).one().await?;
    Ok(words(&row.get::<String>("fields")?))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Everything that went out of a case, newest first.
///
/// # Errors
/// The gate's refusal.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Disclosed>> {
    p.may_case(tx, caller, Act::CASE_READ, case).await?;
    let rows =
        tx.sql("SELECT * FROM disclosed WHERE case_id = $1 ORDER BY at DESC, id").bind(case).all().await?;
    rows.iter()
        .map(|row| {
            Ok(Disclosed {
                how: row.get("how")?,
                institution: row.get("institution")?,
                fields: words(&row.get::<String>("fields")?),
                grants: words(&row.get::<String>("grants")?)
                    .iter()
                    .filter_map(|id| id.parse().ok())
                    .collect(),
                at: row.get("at")?,
                by: row.get("by_account")?,
            })
        })
        .collect()
}
