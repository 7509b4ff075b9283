//! Weights from examples: ridge-penalised logistic regression by L-BFGS.
//!
//! Nocedal and Wright, *Numerical Optimization* (2006), algorithm 7.4, with backtracking (algorithm 3.1). A few
//! hundred sparse weights and a few thousand examples: what optimisers on offer need to be told of that is
//! longer than this.

use std::collections::VecDeque;

use super::softplus::{AT_ONCE, softplus};

/// Weights to be found: sparse ones that are set or not, and dense ones with a value each.
pub(crate) trait Example {
    /// Indices of the weights that are added whole.
    fn set(&self) -> &[u16];
    /// Values of the dense weights, which follow the sparse ones.
    fn values(&self) -> &[f32];
    /// From 0 to 1: how sure it is that this is one person.
    fn target(&self) -> f32;
    /// How much this example counts.
    fn weight(&self) -> f32;
}

/// What was found.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    /// The sparse weights, then the dense ones, then the intercept. In nats.
    pub(crate) weights: Vec<f64>,
    pub(crate) iterations: usize,
    pub(crate) converged: bool,
}

const MEMORY: usize = 8;
/// So many steps are enough where no few are asked for.
pub(crate) const MOST: usize = 300;
/// It is over when three steps in a row bring less than this share of the loss.
const ENOUGH: f64 = 3e-5;

/// What weights are held to.
pub(crate) struct Ridge {
    /// How strongly each weight is held, the intercept among them.
    pub(crate) strength: Vec<f64>,
    /// Near what.
    pub(crate) centre: Vec<f64>,
}

/// Fits `sparse` weights, dense ones and an intercept. It begins at `from`, where something like it was found
/// before, otherwise at the centre of the ridge, and takes at most so many steps.
pub(crate) fn fit<E: Example>(
    examples: &[E],
    sparse: usize,
    ridge: &Ridge,
    from: Option<&[f64]>,
    most: usize,
) -> Fitted {
    let mut at = from.unwrap_or(&ridge.centre).to_vec();
    let (mut value, mut gradient) = loss(examples, sparse, &at, ridge);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    let scale = scale(examples, sparse, &ridge.strength);
    let mut small = 0;
    for iteration in 0..most {
        if small == 3 {
            return Fitted { weights: at, iterations: iteration, converged: true };
        }
        let mut direction = descend(&gradient, &memory, &scale);
        if dot(&direction, &gradient) >= 0.0 {
            memory.clear();
            direction = descend(&gradient, &memory, &scale);
        }
        let slope = dot(&direction, &gradient);
        let mut step = 1.0;
        let next = loop {
            let there: Vec<f64> = at.iter().zip(&direction).map(|(x, d)| x + step * d).collect();
            let (low, steep) = loss(examples, sparse, &there, ridge);
            if low <= value + 1e-4 * step * slope {
                break Some((there, low, steep));
            }
            step *= 0.5;
            if step < 1e-12 {
                break None;
            }
        };
        // No step leads lower: this is as low as numbers of this size go.
        let Some((there, low, steep)) = next else {
            return Fitted { weights: at, iterations: iteration, converged: true };
        };
        let moved: Vec<f64> = there.iter().zip(&at).map(|(x, y)| x - y).collect();
        let bent: Vec<f64> = steep.iter().zip(&gradient).map(|(x, y)| x - y).collect();
        let curve = dot(&moved, &bent);
        if curve > 1e-12 {
            memory.push_back((moved, bent, 1.0 / curve));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        small = if value - low < ENOUGH * value { small + 1 } else { 0 };
        (at, value, gradient) = (there, low, steep);
    }
    Fitted { weights: at, iterations: most, converged: false }
}

fn loss<E: Example>(examples: &[E], sparse: usize, at: &[f64], ridge: &Ridge) -> (f64, Vec<f64>) {
    let (mut value, mut gradient) = (0.0, vec![0.0; at.len()]);
    let last = at.len() - 1;
    for some in examples.chunks(AT_ONCE) {
        let mut scores = [0.0; AT_ONCE];
        for (score, example) in scores.iter_mut().zip(some) {
            *score = at[last] + summed(example.set().iter().map(|cell| at[usize::from(*cell)]));
            *score += summed(example.values().iter().zip(&at[sparse..]).map(|(x, w)| f64::from(*x) * w));
        }
        let (small, logs) = softplus(&scores);
        for (((example, score), small), log) in some.iter().zip(scores).zip(small).zip(logs) {
            let (target, weight) = (f64::from(example.target()), f64::from(example.weight()));
            // log(1 + e^s) - t s, without overflow.
            value += weight * (score.max(0.0) + log - target * score);
            let sure = if score >= 0.0 { 1.0 } else { small };
            let error = weight * (sure / (1.0 + small) - target);
            // Nine in ten pairs are told apart so well that they pull at nothing.
            if error.abs() < 1e-9 {
                continue;
            }
            for cell in example.set() {
                gradient[usize::from(*cell)] += error;
            }
            for (n, x) in example.values().iter().enumerate() {
                gradient[sparse + n] += error * f64::from(*x);
            }
            gradient[last] += error;
        }
    }
    let held = ridge.strength.iter().zip(&ridge.centre);
    for ((x, g), (strength, centre)) in at.iter().zip(&mut gradient).zip(held) {
        value += 0.5 * strength * (x - centre).powi(2);
        *g += strength * (x - centre);
    }
    (value, gradient)
}

/// A sum of four sums: none waits for the others.
#[inline(always)]
fn summed(parts: impl Iterator<Item = f64>) -> f64 {
    let mut four = [0.0; 4];
    parts.enumerate().for_each(|(n, part)| four[n % 4] += part);
    (four[0] + four[1]) + (four[2] + four[3])
}

/// One over a bound of each weight's curvature: rare levels take long steps, common ones short.
fn scale<E: Example>(examples: &[E], sparse: usize, ridge: &[f64]) -> Vec<f64> {
    let weights = ridge.len();
    let mut curve = vec![0.0; weights];
    let share = {
        let all: f64 = examples.iter().map(|e| f64::from(e.weight())).sum::<f64>().max(1.0);
        let yes: f64 = examples.iter().map(|e| f64::from(e.weight() * e.target())).sum();
        yes / all
    };
    for example in examples {
        // What is nearly always of two people bends the loss less than what is undecided.
        let bend =
            f64::from(example.weight()) * (0.25 * f64::from(example.target())).max(share * (1.0 - share));
        example.set().iter().for_each(|cell| curve[usize::from(*cell)] += bend);
        for (n, x) in example.values().iter().enumerate() {
            curve[sparse + n] += bend * f64::from(*x) * f64::from(*x);
        }
        curve[weights - 1] += bend;
    }
    curve.iter().zip(ridge).map(|(c, r)| 1.0 / (c + r + 1e-6)).collect()
}

fn descend(gradient: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>, f64)>, scale: &[f64]) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for (moved, bent, by) in memory.iter().rev() {
        let share = by * dot(moved, &q);
        q.iter_mut().zip(bent).for_each(|(x, y)| *x -= share * y);
        shares.push(share);
    }
    q.iter_mut().zip(scale).for_each(|(x, s)| *x *= s);
    if let Some((moved, bent, _)) = memory.back() {
        let long: f64 = bent.iter().zip(scale).map(|(y, s)| y * y * s).sum();
        let by = dot(moved, bent) / long;
        q.iter_mut().for_each(|x| *x *= by);
    }
    for ((moved, bent, by), share) in memory.iter().zip(shares.iter().rev()) {
        let back = by * dot(bent, &q);
        q.iter_mut().zip(moved).for_each(|(x, y)| *x += (share - back) * y);
    }
    q
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

/// The probability of log odds in nats.
pub(crate) fn logistic(score: f64) -> f64 {
    if score >= 0.0 { 1.0 / (1.0 + (-score).exp()) } else { score.exp() / (1.0 + score.exp()) }
}

#[cfg(test)]
mod tests {
    use super::{Example, Ridge, fit, logistic};

    struct Coin([u16; 1], [f32; 1], f32);

    impl Example for Coin {
        fn set(&self) -> &[u16] {
            &self.0
        }
        fn values(&self) -> &[f32] {
            &self.1
        }
        fn target(&self) -> f32 {
            self.2
        }
        fn weight(&self) -> f32 {
            1.0
        }
    }

    #[test]
    fn shares_are_found_again() {
        // Two coins: one falls on its face in 30 of 100 throws, the other in 80.
        let coins: Vec<Coin> = (0..200u16)
            .map(|n| Coin([n % 2], [0.0], if n / 2 % 100 < [30, 80][usize::from(n % 2)] { 1.0 } else { 0.0 }))
            .collect();
        let ridge = Ridge { strength: vec![1e-6, 1e-6, 1e-6, 0.0], centre: vec![0.0; 4] };
        let found = fit(&coins, 2, &ridge, None, super::MOST);
        let share = |coin: usize| logistic(found.weights[coin] + found.weights[3]);
        assert!(found.converged && (share(0) - 0.3).abs() < 1e-3 && (share(1) - 0.8).abs() < 1e-3);
    }
}
