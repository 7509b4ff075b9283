//! Who brought or referred her: a code of the list `referred_by`, said when her case was opened or told by the alert from which it arose.
//! Facts that are divided by it have the dimension `referred_by`.

use ceiba_store::Tx;

use super::{Case, New};
use crate::Outcome;
use crate::alerts::{self, Alert};

/// What is said of a new case, or what its alert tells; none when neither does.
pub(super) async fn of(tx: &mut Tx, new: &New) -> Outcome<Option<String>> {
    if !new.referred_by.is_empty() {
        return Ok(Some(new.referred_by.clone()));
    }
    let Some(id) = new.alert else { return Ok(None) };
    let office =
        tx.sql("SELECT 1 AS x FROM office_person WHERE alert = $1 LIMIT 1").bind(id).optional().await?;
    if office.is_some() {
        return Ok(Some("municipality".to_owned()));
    }
    let alert = alerts::lookup(tx, id).await?;
    Ok(of_alert(&alert).map(str::to_owned))
}

/// A card of the network says more than what somebody calls herself; an institution that calls is that institution. What is left of
/// calls are those of neighbours and relatives.
fn of_alert(alert: &Alert) -> Option<&'static str> {
    match (alert.network.is_some(), alert.reporter.as_str(), alert.channel.as_str()) {
        (true, ..) => Some("network"),
        (_, "teacher", _) => Some("school"),
        (_, "health", _) => Some("health"),
        (_, "official", _) => Some("official"),
        (_, _, "phone") => Some("hotline"),
        (_, "community", _) => Some("community"),
        (_, "other", _) => Some("other"),
        _ => None,
    }
}

/// The dimension of a fact of a case.
pub(crate) fn dim(case: &Case) -> Vec<(&'static str, String)> {
    case.referred_by.iter().map(|code| ("referred_by", code.clone())).collect()
}
