//! Steps of which each is reached by some of those who reached the one before: a referral cascade.

use serde::Serialize;

use crate::counts::{sum, unique};
use crate::network::{Network, Seen};
use crate::{Cell, DisclosureError, Threshold};

/// One step, exact: how many people reached it, and why the others got no further.
#[derive(Clone)]
pub struct Step {
    /// The code of the step.
    pub code: String,
    /// How many people reached it.
    pub reached: u64,
    /// Of those, how many did not reach the next step, by reason. Either empty, or all of them.
    pub lost: Vec<(String, u64)>,
}

/// One step as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeStep {
    code: String,
    reached: Cell,
    lost: Option<Cell>,
    reasons: Vec<(String, Cell)>,
}

/// A cascade that passed the gate. Only this crate makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafeCascade {
    steps: Vec<SafeStep>,
    threshold: Threshold,
}

/// Releases a cascade: steps, losses and reasons of 1 to k-1 people are hidden, and so much else that none
/// can be computed: 31 people and then 29 would tell of two.
///
/// # Errors
/// [`DisclosureError::NotNested`] when a step counts more people than the one before, reasons do not add up
/// to the loss, or the last step has reasons; [`DisclosureError::DuplicateCode`],
/// [`DisclosureError::Overflow`].
pub fn cascade(steps: &[Step], threshold: Threshold) -> Result<SafeCascade, DisclosureError> {
    unique(&steps.iter().map(|step| step.code.clone()).collect::<Vec<_>>())?;
    if let Some(last) = steps.last().filter(|step| !step.lost.is_empty()) {
        return Err(DisclosureError::NotNested(last.code.clone()));
    }
    // Node 0 closes the circle; each step has a node where people part, and one where they part by reason.
    let mut network = Network::new(1 + 2 * steps.len());
    let mut places = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let (before, here, losses) = ((2 * at).saturating_sub(1), 2 * at + 1, 2 * at + 2);
        let reached = network.add(before, here, step.reached, Seen::Shown);
        let Some(next) = steps.get(at + 1) else {
            // Those who got to the end: the same number as the last step, not another one.
            network.add(here, 0, step.reached, Seen::Unpublished);
            places.push((reached, None, Vec::new()));
            break;
        };
        let parting = if step.lost.is_empty() { 0 } else { losses };
        let lost = network.add(here, parting, lost(step, next)?, Seen::Shown);
        let reasons = step.lost.iter().map(|(_, people)| network.add(losses, 0, *people, Seen::Shown));
        places.push((reached, Some(lost), reasons.collect()));
    }
    network.suppress(threshold);
    let safe = |(step, (reached, lost, reasons)): (&Step, (usize, Option<usize>, Vec<usize>))| SafeStep {
        code: step.code.clone(),
        reached: network.cell(reached),
        lost: lost.map(|edge| network.cell(edge)),
        reasons: step
            .lost
            .iter()
            .zip(reasons)
            .map(|((code, _), edge)| (code.clone(), network.cell(edge)))
            .collect(),
    };
    Ok(SafeCascade { steps: steps.iter().zip(places).map(safe).collect(), threshold })
}

/// How many were lost between two steps, if the reasons agree.
fn lost(step: &Step, next: &Step) -> Result<u64, DisclosureError> {
    unique(&step.lost.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>())?;
    let reasons = sum(&step.lost.iter().map(|(_, people)| *people).collect::<Vec<_>>())?;
    match step.reached.checked_sub(next.reached) {
        Some(people) if step.lost.is_empty() || reasons == people => Ok(people),
        _ => Err(DisclosureError::NotNested(step.code.clone())),
    }
}

impl SafeCascade {
    /// The steps, first to last.
    #[must_use]
    pub fn steps(&self) -> &[SafeStep] {
        &self.steps
    }

    /// The threshold that it was released with.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.threshold
    }
}

impl SafeStep {
    /// The code of the step.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How many people reached it.
    #[must_use]
    pub const fn reached(&self) -> Cell {
        self.reached
    }

    /// How many did not reach the next one; `None` for the last step.
    #[must_use]
    pub const fn lost(&self) -> Option<Cell> {
        self.lost
    }

    /// Why, code by code, as far as reasons were given.
    #[must_use]
    pub fn reasons(&self) -> &[(String, Cell)] {
        &self.reasons
    }
}
