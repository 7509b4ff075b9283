//! Who had which bed, from when to when: a chain for each bed and for each person that the database itself keeps whole.

use ceiba_store::{Micros, Row, Tx, Work};
use uuid::Uuid;

use super::beds;
use crate::packs::Site;
use crate::{Outcome, Problem, ProgrammeError};

/// The end of a stay that goes on.
pub(super) const OPEN: Micros = Micros::MAX;

/// A stay in a bed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The bed, as it stands in the database: `M1-2A`.
    pub bed: String,
    /// Her case, or the entry that names whom she brings.
    pub who: Uuid,
    /// The case.
    pub file: Uuid,
    /// From when.
    pub from: Micros,
    /// Until when; none while it goes on.
    pub until: Option<Micros>,
}

impl Stay {
    pub(super) fn read(row: &Row) -> Outcome<Self> {
        let until: Micros = row.get("until_at")?;
        Ok(Self {
            bed: row.get("bed")?,
            who: row.get("who")?,
            file: row.get("file")?,
            from: row.get("from_at")?,
            until: (until != OPEN).then_some(until),
        })
    }
}

/// Lets whoever places somebody in these houses go one after the other: a rule about two people cannot be passed
/// between two changes. Always in the order of their codes, so that no two wait for each other.
pub(super) async fn take_turn(work: &mut Work, sites: &[&str]) -> Outcome<()> {
    let mut sites = sites.to_vec();
    sites.sort_unstable();
    sites.dedup();
    for site in sites {
        work.sql("UPDATE house_file SET turn = turn + 1 WHERE site = $1").bind(site).once().await?;
    }
    Ok(())
}

async fn last(
    tx: &mut Tx,
    text: &'static str,
    of: impl Into<ceiba_store::Value> + Send,
) -> Outcome<Option<Micros>> {
    Ok(tx.sql(text).bind(of).one().await?.get("last")?)
}

/// Begins a stay now, or right after the one before it.
///
/// # Errors
/// [`ProgrammeError::Invalid`] when somebody has the bed, [`ProgrammeError::State`] when she has one.
pub(super) async fn begin(
    work: &mut Work,
    site: &Site,
    bed: &str,
    (who, file): (Uuid, Uuid),
) -> Outcome<Micros> {
    let place = beds::place(site, bed);
    let bed_before =
        last(work.tx(), "SELECT MAX(until_at) AS last FROM stay WHERE bed = $1", place.clone()).await?;
    let who_before = last(work.tx(), "SELECT MAX(until_at) AS last FROM stay WHERE who = $1", who).await?;
    if bed_before == Some(OPEN) {
        return Err(bed_taken());
    }
    if who_before == Some(OPEN) {
        return Err(ProgrammeError::State("state-already-in"));
    }
    let from = work.at().max(bed_before.unwrap_or(0)).max(who_before.unwrap_or(0));
    let id = work.chance().id();
    let put = work
        .sql(
            "INSERT INTO stay (id, bed, site, who, file, from_at, until_at, bed_before, who_before)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(place)
        .bind(&site.code)
        .bind(who)
        .bind(file)
        .bind(from)
        .bind(OPEN)
        .bind(bed_before)
        .bind(who_before)
        .once()
        .await;
    match put {
        // The database has the last word, whoever looked first.
        Err(e) if e.is_taken() => Err(bed_taken()),
        other => Ok(other.map(|()| from)?),
    }
}

fn bed_taken() -> ProgrammeError {
    ProgrammeError::Invalid(vec![Problem { field: "bed", key: "problem-bed-taken" }])
}

/// Ends the stay of somebody at an instant, and tells which it was. A stay lasts a moment at least.
///
/// # Errors
/// [`ProgrammeError::State`] when she has no bed.
pub(super) async fn end(work: &mut Work, who: Uuid, at: Micros) -> Outcome<Stay> {
    let Some(stay) = current(work.tx(), who).await? else {
        return Err(ProgrammeError::State("state-not-in-house"));
    };
    let until = at.max(stay.from + 1);
    work.sql("UPDATE stay SET until_at = $1 WHERE who = $2 AND until_at = $3")
        .bind(until)
        .bind(who)
        .bind(OPEN)
        .once()
        .await?;
    Ok(Stay { until: Some(until), ..stay })
}

/// The stay of somebody that goes on.
pub(super) async fn current(tx: &mut Tx, who: Uuid) -> Outcome<Option<Stay>> {
    let row =
        tx.sql("SELECT * FROM stay WHERE who = $1 AND until_at = $2").bind(who).bind(OPEN).optional().await?;
    row.as_ref().map(Stay::read).transpose()
}

/// In which house somebody sleeps now.
pub(crate) async fn house_of(tx: &mut Tx, who: Uuid) -> Outcome<Option<String>> {
    let row = tx
        .sql("SELECT site FROM stay WHERE who = $1 AND until_at = $2")
        .bind(who)
        .bind(OPEN)
        .optional()
        .await?;
    Ok(row.map(|r| r.get("site")).transpose()?)
}

/// The stays that go on in a house, bed by bed: residents and whom they bring.
pub(super) async fn in_house(tx: &mut Tx, site: &Site) -> Outcome<Vec<Stay>> {
    let rows = tx
        .sql("SELECT * FROM stay WHERE site = $1 AND until_at = $2 ORDER BY bed")
        .bind(&site.code)
        .bind(OPEN)
        .all()
        .await?;
    rows.iter().map(Stay::read).collect()
}
