//! Numbers of people, what they add up to, and what others know of each.

use crate::Threshold;

/// What others know of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is shown.
    Shown,
    /// Hidden because it is of 1 to k-1 people.
    Primary,
    /// Hidden because it would give another one away.
    Complementary,
}

impl State {
    pub(crate) const fn is_hidden(self) -> bool {
        !matches!(self, Self::Shown)
    }
}

/// What an attacker takes for granted about hidden numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// That each is a whole number and not zero, since zeros are shown.
    Nothing,
    /// Also why each is hidden: of 1 to k-1 people, or of k and more.
    Why,
}

/// Numbers that are not zero, and equations between them: in each, what the parts add up to less the whole is nothing.
pub(crate) struct System {
    pub(crate) values: Vec<u64>,
    pub(crate) state: Vec<State>,
    /// Number and sign: the whole has −1, its parts +1.
    pub(crate) sums: Vec<Vec<(usize, i64)>>,
    /// For each number the equations it stands in.
    pub(crate) within: Vec<Vec<usize>>,
    pub(crate) threshold: Threshold,
    /// How far apart the possible values of a small number must lie for somebody who is told why it is hidden: the spread, or as
    /// far as hiding everything would bring it. A total of four that has four parts is four, whoever knows that it is small.
    pub(crate) need: Vec<u64>,
}

/// No upper limit.
pub(crate) const OPEN: u64 = u64::MAX;

impl System {
    /// Hides what is of 1 to k-1 people.
    pub(crate) fn new(values: Vec<u64>, sums: Vec<Vec<(usize, i64)>>, threshold: Threshold) -> Self {
        let state =
            values.iter().map(|n| if threshold.hides(*n) { State::Primary } else { State::Shown }).collect();
        let mut within = vec![Vec::new(); values.len()];
        for (at, sum) in sums.iter().enumerate() {
            for (number, _) in sum {
                within[*number].push(at);
            }
        }
        let need = vec![threshold.spread(); values.len()];
        Self { values, state, sums, within, threshold, need }
    }

    /// The least and the most that an attacker thinks possible for a number.
    pub(crate) fn bounds(&self, number: usize, told: Told) -> (u64, u64) {
        bounds(self.state[number], self.values[number], self.threshold, told)
    }

    /// What a hidden number must stand: against whom, and how far apart its possible values have to lie. That a larger one is
    /// complementary harms nobody, its size would.
    pub(crate) fn demands(&self, number: usize) -> Vec<(Told, u64)> {
        let spread = self.threshold.spread();
        match self.state[number] {
            State::Primary if self.need[number] < spread => {
                vec![(Told::Why, self.need[number]), (Told::Nothing, spread)]
            }
            State::Primary => vec![(Told::Why, spread)],
            State::Shown | State::Complementary => vec![(Told::Nothing, spread)],
        }
    }

    pub(crate) fn hidden(&self) -> Vec<usize> {
        (0..self.values.len()).filter(|n| self.state[*n].is_hidden()).collect()
    }

    /// People in hidden numbers.
    pub(crate) fn cases(&self) -> u128 {
        self.hidden().into_iter().map(|n| u128::from(self.values[n])).sum()
    }
}

/// As [`System::bounds`], of a number in a state.
pub(crate) const fn bounds(state: State, value: u64, threshold: Threshold, told: Told) -> (u64, u64) {
    match (state, told) {
        (State::Shown, _) => (value, value),
        (_, Told::Nothing) => (1, OPEN),
        (State::Primary, Told::Why) => (1, threshold.k() - 1),
        (State::Complementary, Told::Why) => (threshold.k(), OPEN),
    }
}
