//! Two files of one exchange, compared without the secret.

use super::contacts::{Same, meet};
use super::sealed::{Mark, Sealed, What};
use super::{BlindError, Kernel, alike, best};

/// Two marks that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The mark in the first file.
    pub ours: Mark,
    /// The mark in the second.
    pub theirs: Mark,
    /// How alike.
    pub how: How,
    /// Where neither is in a liker pair that was chosen before: how much liker this is than either's next.
    pub best: Option<f64>,
}

/// How alike two are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// People: the Dice coefficient.
    Dice(f64),
    /// The same contact.
    Exact,
    /// A contact one sign off.
    Near,
}

/// Pairs of two files that are alike, the most alike first: people from `threshold` on, contacts all that are the same or near.
///
/// # Errors
/// As [`Sealed::fits`].
pub fn compare(ours: &Sealed, theirs: &Sealed, threshold: f64) -> Result<Vec<Match>, BlindError> {
    ours.fits(theirs)?;
    let marks = |left: u32, right: u32| (ours.marks()[left as usize], theirs.marks()[right as usize]);
    match (ours.what(), theirs.what()) {
        (What::People(left), What::People(right)) => {
            let pairs = alike(left, right, threshold, Kernel::best());
            let mut chosen: Vec<(u32, u32, f64)> =
                best(&pairs, 0.0).iter().map(|b| (b.pair.left, b.pair.right, b.margin)).collect();
            chosen.sort_unstable_by_key(|(left, right, _)| (*left, *right));
            let mut found: Vec<Match> = pairs
                .iter()
                .map(|pair| {
                    let (ours, theirs) = marks(pair.left, pair.right);
                    let at = chosen.binary_search_by_key(&(pair.left, pair.right), |(l, r, _)| (*l, *r));
                    Match { ours, theirs, how: How::Dice(pair.dice), best: at.ok().map(|at| chosen[at].2) }
                })
                .collect();
            let dice = |found: &Match| if let How::Dice(dice) = found.how { dice } else { 0.0 };
            found.sort_by(|a, b| dice(b).total_cmp(&dice(a)));
            Ok(found)
        }
        (What::Contacts(left), What::Contacts(right)) => {
            let mut met = meet(left, right);
            met.sort_by_key(|(_, _, same)| std::cmp::Reverse(*same));
            let found = met.iter().map(|(left, right, same)| {
                let (ours, theirs) = marks(*left, *right);
                let how = if *same == Same::Exact { How::Exact } else { How::Near };
                Match { ours, theirs, how, best: None }
            });
            Ok(found.collect())
        }
        _ => Err(BlindError::OtherExchange),
    }
}
