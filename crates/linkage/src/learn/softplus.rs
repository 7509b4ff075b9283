//! Exponentials and logarithms of many scores at once, in sums and products alone.
//!
//! Fits take tens of millions of them. Written so, the compiler takes several together; and unlike those of a system's library
//! they are the same on every machine, to the last digit.

/// So many scores are taken together.
pub(super) const AT_ONCE: usize = 32;

/// Of each score without its sign, e to the minus that, and the logarithm of one more than that. Both are right to eleven
/// digits.
pub(super) fn softplus(scores: &[f64; AT_ONCE]) -> ([f64; AT_ONCE], [f64; AT_ONCE]) {
    let small = scores.map(exp_minus);
    (small, small.map(log_one_more))
}

/// e to the minus `x` without its sign.
#[inline(always)]
fn exp_minus(x: f64) -> f64 {
    // Beyond that it is nought beside one.
    let x = -x.abs().min(700.0);
    // Adding so much leaves no place for digits after the point: halves and quarters are gone, the nearest whole stays.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    // The logarithm of two in two parts, so that nothing is lost.
    let rest = x - whole * 0.693_147_180_369_123_8 - whole * 1.908_214_929_270_587_7e-10;
    let series = FACTORIALS.iter().rev().fold(0.0, |sum, part| sum * rest + part);
    // Its whole powers of two are the exponent of a number.
    series * f64::from_bits((rounded.to_bits() << 52).wrapping_add(1023 << 52))
}

/// One over the factorials, from that of nought.
const FACTORIALS: [f64; 11] = {
    let mut parts = [1.0; 11];
    let mut n = 1;
    while n < 11 {
        parts[n] = parts[n - 1] / n as f64;
        n += 1;
    }
    parts
};

/// The logarithm of one more than `x`, which is from 0 to 1.
#[inline(always)]
fn log_one_more(x: f64) -> f64 {
    let z = x / (2.0 + x);
    let square = z * z;
    let series = ODD.iter().rev().fold(0.0, |sum, part| sum * square + part);
    2.0 * z * series
}

/// One over the odd numbers.
const ODD: [f64; 11] = {
    let mut parts = [1.0; 11];
    let mut n = 1;
    while n < 11 {
        parts[n] = 1.0 / (2 * n + 1) as f64;
        n += 1;
    }
    parts
};

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, softplus};

    #[test]
    fn they_are_what_they_are_called() {
        let scores: Vec<f64> = (-6_400..6_400).map(|n| f64::from(n) / 80.0).chain([0.0; AT_ONCE]).collect();
        for scores in scores.as_chunks::<AT_ONCE>().0 {
            let (small, log) = softplus(scores);
            for ((score, small), log) in scores.iter().zip(small).zip(log) {
                let (exp, ln) = ((-score.abs()).exp(), (-score.abs()).exp().ln_1p());
                assert!((small - exp).abs() <= 1e-11 * exp, "{score}: {small} {exp}");
                assert!((log - ln).abs() <= 1e-11 * ln, "{score}: {log} {ln}");
            }
        }
        assert_eq!(softplus(&[1e6; AT_ONCE]).0[0].log10().floor(), -305.0);
    }
}
