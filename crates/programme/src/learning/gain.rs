//! What was learnt: the mean of what each pair of sheets gained, with its range, and how each item fared. No list of persons can come
//! out of it: what leaves are means and shares of groups.

use ceiba_disclosure::{Cell, SafeEstimate, SafeShare, Threshold, count, estimate, share};
use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::items::Test;
use crate::{Outcome, ProgrammeError};

/// The two sheets of one person: choices by the order of the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Before.
    pub before: String,
    /// After, or months later.
    pub after: String,
}

/// What a group gained, in points of 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// How many have both sheets.
    pub pairs: Cell,
    /// The mean before.
    pub before: SafeEstimate,
    /// The mean after.
    pub after: SafeEstimate,
    /// The mean of the differences, with the range that holds the true one in 95 of 100 such groups.
    pub gain: SafeEstimate,
}

/// How an item fared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fared {
    /// How many had it right before.
    pub before: Part,
    /// How many had it right after.
    pub after: Part,
    /// Whether whoever has it right has more of the others right; nothing for small groups.
    pub tells: Option<Tells>,
    /// Whether it has to be taught otherwise: not even half had it right after.
    pub missed: bool,
}

/// A part of a group, as exactly as may be said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// The group is too small.
    Hidden,
    /// In percent.
    Percent(f64),
    /// All but a few: so few that their number is not told.
    NearlyAll,
    /// A few only.
    HardlyAnybody,
}

/// How well an item tells apart who knows from who does not: its correlation with the rest of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// 0.3 and more.
    Well,
    /// 0.1 and more.
    ALittle,
    /// Less: it may be badly worded, or have the wrong key.
    No,
}

impl Tells {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::ALittle => "little",
            Self::No => "no",
        }
    }
}

/// The mean of values with Student's interval at 95 %: mean ± t(0.975; n − 1) · s / √n. Not a number for fewer than two.
#[must_use]
pub fn student(values: &[f64]) -> (f64, f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let Ok(t) = StudentsT::new(0.0, 1.0, n - 1.0) else { return (mean, f64::NAN, f64::NAN) };
    let half = t.inverse_cdf(0.975) * (squares / (n - 1.0) / n).sqrt();
    (mean, mean - half, mean + half)
}

/// What a group gained.
#[must_use]
pub fn gain(test: &Test, pairs: &[Pair], k: Threshold) -> Gain {
    let points = |answers: &str| test.score(answers) as f64;
    let before: Vec<f64> = pairs.iter().map(|p| points(&p.before)).collect();
    let after: Vec<f64> = pairs.iter().map(|p| points(&p.after)).collect();
    let gained: Vec<f64> = after.iter().zip(&before).map(|(a, b)| a - b).collect();
    let n = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
    let of = |values: &[f64]| estimate(student(values), &[n], k);
    Gain { pairs: count(n, k), before: of(&before), after: of(&after), gain: of(&gained) }
}

/// How each item fared, in the order of the test.
///
/// # Errors
/// When the disclosure gate refuses, which would be a mistake of ours.
pub fn items(test: &Test, pairs: &[Pair], k: Threshold) -> Outcome<Vec<Fared>> {
    let whole = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
    let right = |answers: &str, n: usize| {
        answers.chars().nth(n).is_some_and(|c| test.item.get(n).is_some_and(|item| item.right == c))
    };
    let of = |n: usize, which: fn(&Pair) -> &str| -> Outcome<(u64, Part)> {
        let part = u64::try_from(pairs.iter().filter(|p| right(which(p), n)).count()).unwrap_or(0);
        Ok((
            part,
            told(share(part, whole, k).map_err(|_| ProgrammeError::Unreadable("a share"))?, part, whole, k),
        ))
    };
    (0..test.item.len())
        .map(|n| {
            let (_, before) = of(n, |p| &p.before)?;
            let (part, after) = of(n, |p| &p.after)?;
            let told = after != Part::Hidden;
            Ok(Fared {
                before,
                after,
                // A correlation of a few sheets says nothing, and could be turned back into them.
                tells: (whole >= 4 * k.k()).then(|| tells(&discrimination(pairs, n, &right))),
                missed: told && 2 * part < whole,
            })
        })
        .collect()
}

/// What may be told of a part. Of a part or a rest of one to k−1 people it is told on which side they are, as a hidden cell of a table
/// tells, and not how many.
fn told(share: SafeShare, part: u64, whole: u64, k: Threshold) -> Part {
    match share.percent().shown() {
        Some(percent) => Part::Percent(percent),
        // In a group this small both could be meant.
        None if whole < 2 * k.k() => Part::Hidden,
        None if k.hides(part) => Part::HardlyAnybody,
        None => Part::NearlyAll,
    }
}

/// Right or not, beside how many of the other items were right, after.
fn discrimination(pairs: &[Pair], n: usize, right: &impl Fn(&str, usize) -> bool) -> Vec<(f64, f64)> {
    let each = |p: &Pair| {
        let own = right(&p.after, n);
        let rest = (0..p.after.len()).filter(|i| *i != n && right(&p.after, *i)).count();
        (f64::from(u8::from(own)), rest as f64)
    };
    pairs.iter().map(each).collect()
}

fn tells(values: &[(f64, f64)]) -> Tells {
    let n = values.len() as f64;
    let (mx, my) = (values.iter().map(|v| v.0).sum::<f64>() / n, values.iter().map(|v| v.1).sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in values {
        xy += (x - mx) * (y - my);
        xx += (x - mx).powi(2);
        yy += (y - my).powi(2);
    }
    // Everybody the same: it tells nobody apart.
    let r = if xx * yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 };
    if r >= 0.3 {
        Tells::Well
    } else if r >= 0.1 {
        Tells::ALittle
    } else {
        Tells::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::items::read;

    const K: Threshold = Threshold::DEFAULT;

    fn test() -> Test {
        read().expect("reads").swap_remove(0)
    }

    fn sheet(test: &Test, right: usize) -> String {
        test.item.iter().enumerate().map(|(n, i)| if n < right { i.right } else { '-' }).collect()
    }

    #[test]
    fn the_range_is_that_of_the_tables() {
        // n = 5, mean 3, s = √2.5: half of the range is 2.776445 · 0.7071068 (t of Fisher and Yates, 4 degrees of freedom).
        let (mean, low, high) = student(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((mean - 3.0).abs() < 1e-12);
        assert!((high - mean - 1.963_243).abs() < 1e-5, "{}", high - mean);
        assert!((mean - low - 1.963_243).abs() < 1e-5);
        assert!(student(&[1.0]).1.is_nan());
        assert!(student(&[]).0.is_nan());
    }

    #[test]
    fn a_group_that_learnt_shows_it_and_one_that_did_not_says_so() {
        let test = test();
        let pair = |b, a| Pair { before: sheet(&test, b), after: sheet(&test, a) };
        let learnt: Vec<Pair> = (0..12).map(|n| pair(3 + n % 2, 7 + n % 3)).collect();
        let found = gain(&test, &learnt, K);
        assert_eq!(found.pairs.shown(), Some(12));
        assert_eq!(found.gain.holds_nought(), Some(false));
        let same: Vec<Pair> = (0..12).map(|n| pair(4 + n % 3, 4 + (n + 1) % 3)).collect();
        assert_eq!(gain(&test, &same, K).gain.holds_nought(), Some(true));
        let few = gain(&test, &learnt[..4], K);
        assert!(few.pairs.is_hidden() && few.gain.value().is_none() && few.after.value().is_none());
        assert!(gain(&test, &[], K).gain.value().is_none());
    }

    #[test]
    fn an_item_that_nobody_understood_stands_out_and_small_groups_tell_nothing() {
        let test = test();
        let last = test.item.len() - 1;
        let mut pairs: Vec<Pair> = (0..20)
            .map(|n| Pair { before: sheet(&test, 2 + n % 4), after: sheet(&test, last - usize::from(n < 6)) })
            .collect();
        let fared = items(&test, &pairs, K).expect("fares");
        assert!(fared[last].missed && fared[last].after == Part::Percent(0.0), "{:?}", fared[last]);
        assert!(!fared[0].missed);
        assert_eq!(fared[0].after, Part::Percent(100.0));
        assert_eq!(fared[last - 1].after, Part::Percent(70.0));
        assert_eq!(fared[last].tells, Some(Tells::No));
        // One person's mistake is not counted out.
        pairs[0].after.replace_range(0..1, "-");
        assert_eq!(items(&test, &pairs, K).expect("fares")[0].after, Part::NearlyAll);
        let small = items(&test, &pairs[..4], K).expect("fares");
        assert!(small.iter().all(|i| i.after == Part::Hidden && i.tells.is_none() && !i.missed));
    }
}
