//! The steps of a referral: the states of a FHIR R4 task (`Task.status`), and which may follow which.
//!
//! Source: HL7 FHIR R4, Task state machine, as `standards/vectors/fhir/task_transitions.csv` narrows it down.

/// Every state, in the order of a referral that goes well, then how it ends otherwise.
pub const STATES: [&str; 10] = [
    "draft",
    "requested",
    "received",
    "accepted",
    "in-progress",
    "on-hold",
    "completed",
    "rejected",
    "failed",
    "cancelled",
];

/// Which states may follow this one.
#[must_use]
pub fn next(state: &str) -> &'static [&'static str] {
    match state {
        "draft" => &["requested"],
        "requested" => &["received", "accepted", "rejected", "cancelled"],
        "received" => &["accepted", "rejected", "cancelled"],
        "accepted" => &["in-progress", "cancelled"],
        "in-progress" => &["on-hold", "completed", "failed", "cancelled"],
        "on-hold" => &["in-progress", "failed", "cancelled"],
        _ => &[],
    }
}

/// The state with this code, when it may follow; a refusal says so in the words of the page.
#[must_use]
pub fn follow(from: &str, to: &str) -> Option<&'static str> {
    next(from).iter().find(|s| **s == to).copied()
}

/// The steps from one state to another: one, or through `in-progress` for whoever reports a service at once.
#[must_use]
pub fn reach(from: &str, to: &str) -> Option<Vec<&'static str>> {
    if let Some(step) = follow(from, to) {
        return Some(vec![step]);
    }
    let through = follow(from, "in-progress")?;
    follow(through, to).map(|step| vec![through, step])
}

/// Whether something may still come back.
#[must_use]
pub fn is_open(state: &str) -> bool {
    !next(state).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acceptance test R1 of the standards.
    #[test]
    fn every_transition_is_as_the_standard_has_it() {
        let vector = include_str!("../../tests/vectors/task_transitions.csv");
        let rows: Vec<Vec<&str>> = vector.lines().skip(1).map(|l| l.split(',').collect()).collect();
        assert_eq!(rows.len(), 23);
        assert_eq!(rows.iter().filter(|r| r[2] == "1").count(), 17);
        for row in &rows {
            assert_eq!(follow(row[0], row[1]).is_some(), row[2] == "1", "{} to {}", row[0], row[1]);
        }
        assert_eq!(reach("accepted", "completed"), Some(vec!["in-progress", "completed"]));
        assert_eq!(reach("received", "completed"), None);
        // What the table does not name is refused too.
        let allowed = |from, to| rows.iter().any(|r| r[0] == from && r[1] == to && r[2] == "1");
        for from in STATES {
            for to in STATES {
                assert_eq!(follow(from, to).is_some(), allowed(from, to), "{from} to {to}");
            }
        }
    }
}
