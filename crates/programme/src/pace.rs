//! How often somebody may do what costs much or tells much: so many times a minute, counted in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ceiba_store::{MINUTE, Micros};
use uuid::Uuid;

/// Counts acts of people in the minute that runs.
#[derive(Default)]
pub(crate) struct Pace(Mutex<HashMap<Uuid, (Micros, u32)>>);

/// What a further act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// One of those that are free.
    Free,
    /// The first too many of this minute: worth noting.
    First,
    /// One more of them.
    Further,
}

impl Pace {
    /// Counts one more act of somebody.
    pub(crate) fn step(&self, who: Uuid, now: Micros, free: u32) -> Step {
        self.step_in(MINUTE, who, now, free)
    }

    /// The same for a longer span, which is one for all that is counted here.
    pub(crate) fn step_in(&self, span: Micros, who: Uuid, now: Micros, free: u32) -> Step {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (since, _)| now - *since < span);
        let (_, count) = all.entry(who).or_insert((now, 0));
        *count += 1;
        match (*count).cmp(&(free + 1)) {
            std::cmp::Ordering::Less => Step::Free,
            std::cmp::Ordering::Equal => Step::First,
            std::cmp::Ordering::Greater => Step::Further,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_later_it_is_free_again_and_others_are_not_held_up() {
        let (pace, one, other) = (Pace::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let steps: Vec<_> = (0..4).map(|n| pace.step(one, n, 2)).collect();
        assert_eq!(steps, [Step::Free, Step::Free, Step::First, Step::Further]);
        assert_eq!(pace.step(other, 4, 2), Step::Free);
        assert_eq!(pace.step(one, MINUTE, 2), Step::Free);
    }
}
