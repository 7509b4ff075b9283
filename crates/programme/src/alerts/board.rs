//! The triage board: what waits, most urgent first, and what looks like the same thing twice.

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{DAY, Tx};
use uuid::Uuid;

use super::{Alert, municipality};
use crate::{Outcome, Programme};

/// Alerts of the board, most pressing first: those that wait for a decision, then (with `decided`) the last
/// ones that were decided. Those of a case from which the caller is blocked are not among them; whoever has the right only at
/// her site sees those of its municipality.
///
/// # Errors
/// When the gate refuses or the database breaks.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    decided: bool,
    limit: i64,
) -> Outcome<Vec<Alert>> {
    let site = Situation { same_site: municipality(p, caller).is_some(), ..Situation::default() };
    p.may_on(caller, Act::ALERT_LIST, Uuid::nil(), &site)?;
    let everywhere = p.gate.would(caller, Act::ALERT_LIST, &Situation::default());
    let only = municipality(p, caller).filter(|_| !everywhere).map(str::to_owned);
    let rows = if decided {
        tx.sql(
            "SELECT * FROM alert WHERE state NOT IN ('received', 'taken', 'screening')
             AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = alert.id)
             AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = alert.case_id AND b.account = $2)
             AND ($3 IS NULL OR municipality = $3) ORDER BY decided_at DESC, id LIMIT $1",
        )
        .bind(limit)
        .bind(caller.account)
        .bind(only)
        .all()
        .await?
    } else {
        tx.sql(
            "SELECT * FROM alert WHERE state IN ('received', 'taken', 'screening') AND ($2 IS NULL OR municipality = $2)
             ORDER BY due_at, id LIMIT $1",
        )
        .bind(limit)
        .bind(only)
        .all()
        .await?
    };
    rows.iter().map(Alert::read).collect()
}

/// Open alerts that may be about the same thing: same municipality, within a week, at least one sign in
/// common and no contradiction in the age group.
///
/// # Errors
/// When the database breaks.
pub async fn alike(tx: &mut Tx, caller: &Caller, alert: &Alert) -> Outcome<Vec<Alert>> {
    let rows = tx
        .sql(
            "SELECT * FROM alert WHERE municipality = $1 AND id <> $2 AND created_at BETWEEN $3 AND $4
             AND state <> 'duplicate'
             AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = alert.case_id AND b.account = $5)
             ORDER BY created_at DESC LIMIT 50",
        )
        .bind(&alert.municipality)
        .bind(alert.id)
        .bind(alert.created_at - 7 * DAY)
        .bind(alert.created_at + 7 * DAY)
        .bind(caller.account)
        .all()
        .await?;
    let mut alike = Vec::new();
    for row in &rows {
        let other = Alert::read(row)?;
        let unknown = [&other.age_group, &alert.age_group].iter().any(|g| *g == "unknown");
        let common = other.signs.iter().any(|s| alert.signs.contains(s));
        if common && (unknown || other.age_group == alert.age_group) {
            alike.push(other);
        }
    }
    Ok(alike)
}
