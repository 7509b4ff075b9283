//! Scores made true: of what is said to be certain to a share, that share must be right.
//!
//! Platt (1999) with his corrected targets; Niculescu-Mizil and Caruana (2005) show that it suffices for scores
//! that are off by a slope.

use super::logistic::logistic;

/// Slope and shift by which scores (nats) become log odds of their targets (0 to 1); each with what it counts.
/// Needs both kinds; otherwise nothing changes.
pub(crate) fn platt(scores: &[(f64, f64, f64)]) -> (f64, f64) {
    let yes: f64 = scores.iter().map(|s| s.2 * s.1).sum();
    let no: f64 = scores.iter().map(|s| s.2 * (1.0 - s.1)).sum();
    if yes < 20.0 || no < 20.0 {
        return (1.0, 0.0);
    }
    let target = |is: f64| is * (yes + 1.0) / (yes + 2.0) + (1.0 - is) / (no + 2.0);
    let (mut slope, mut shift) = (1.0, 0.0);
    for _ in 0..50 {
        let (mut g, mut h) = ([0.0; 2], [1e-9, 0.0, 1e-9]);
        for (score, is, weight) in scores {
            let p = logistic(slope * score + shift);
            let (error, bend) = (weight * (p - target(*is)), weight * p * (1.0 - p));
            g = [g[0] + error * score, g[1] + error];
            h = [h[0] + bend * score * score, h[1] + bend * score, h[2] + bend];
        }
        let det = h[0] * h[2] - h[1] * h[1];
        if det.abs() < 1e-12 {
            break;
        }
        let step = [(h[2] * g[0] - h[1] * g[1]) / det, (h[0] * g[1] - h[1] * g[0]) / det];
        // A Newton step is halved rather than let the slope turn round.
        let most = 0.5 / step[0].abs().max(0.5);
        slope -= step[0] * most;
        shift -= step[1] * most;
        if step[0].abs() + step[1].abs() < 1e-9 {
            break;
        }
    }
    (slope.clamp(0.2, 5.0), shift)
}

/// For probabilities from likely to unlikely, the expected share of right ones among those up to each.
pub(crate) fn expected_precision(probabilities: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut shares: Vec<f64> = probabilities
        .iter()
        .enumerate()
        .map(|(n, p)| {
            sum += p;
            sum / (n + 1) as f64
        })
        .collect();
    // Sums of 64-bit numbers may rise by a hair: never more than what stands before.
    for n in 1..shares.len() {
        shares[n] = shares[n].min(shares[n - 1]);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::{expected_precision, platt};

    #[test]
    fn boastful_scores_are_made_flatter() {
        // Said: 4 nats (98 %). True: 88 %.
        let is = |yes: bool| f64::from(u8::from(yes));
        let scores: Vec<(f64, f64, f64)> = (0..1000)
            .map(|n| if n % 2 == 0 { (4.0, is(n % 50 < 44), 1.0) } else { (-4.0, is(n % 50 >= 44), 1.0) })
            .collect();
        let (slope, shift) = platt(&scores);
        let p = 1.0 / (1.0 + f64::exp(-(slope * 4.0 + shift)));
        assert!((p - 0.88).abs() < 0.01, "{p}");
        assert_eq!(platt(&scores[..10]), (1.0, 0.0));
    }

    #[test]
    fn the_share_of_right_ones_falls() {
        assert_eq!(expected_precision(&[1.0, 0.5, 0.0]), [1.0, 0.75, 0.5]);
    }
}
