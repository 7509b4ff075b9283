//! Equations over pieces, solved exactly.

/// Numbers are counted modulo this prime: exact, small, and no sum of a few hundred measures is a multiple of it by chance.
const PRIME: u64 = 2_147_483_647;

/// What measures say of pieces. Each row has a piece that no other row has.
#[derive(Clone)]
pub(super) struct Solved {
    rows: Vec<Vec<u64>>,
    /// Of each piece, which row has it alone.
    lead: Vec<Option<usize>>,
}

impl Solved {
    pub(super) fn new(pieces: usize) -> Self {
        Self { rows: Vec::new(), lead: vec![None; pieces] }
    }

    /// Takes in what a measure adds up.
    pub(super) fn learn(&mut self, mut row: Vec<u64>) {
        for (at, known) in self.lead.iter().enumerate().filter_map(|(at, known)| known.map(|n| (at, n))) {
            less(&mut row, &self.rows[known], at);
        }
        let Some(at) = row.iter().position(|n| *n != 0) else { return };
        let scale = inverse(row[at]);
        row.iter_mut().for_each(|n| *n = *n * scale % PRIME);
        self.rows.iter_mut().for_each(|known| less(known, &row, at));
        self.lead[at] = Some(self.rows.len());
        self.rows.push(row);
    }

    /// The pieces that one row has alone: without any of them nothing is told.
    pub(super) fn alone(&self) -> impl Iterator<Item = usize> {
        self.lead.iter().enumerate().filter_map(|(at, row)| row.map(|_| at))
    }

    /// Whether any sum of the measures is about these pieces and no other. A row that has another piece alone is no part of such a sum.
    pub(super) fn tells(&self, some: &[usize]) -> bool {
        let mine: Vec<usize> = some.iter().filter_map(|at| self.lead[*at]).collect();
        let mut others = Self::new(self.lead.len());
        for row in &mine {
            let mut rest = self.rows[*row].clone();
            some.iter().for_each(|at| rest[*at] = 0);
            others.learn(rest);
        }
        others.rows.len() < mine.len()
    }
}

/// Takes away as much of another row as it takes for nothing to be left at a place.
fn less(row: &mut [u64], other: &[u64], at: usize) {
    let factor = row[at];
    if factor != 0 {
        row.iter_mut().zip(other).for_each(|(n, m)| *n = (*n + (PRIME - factor) * m) % PRIME);
    }
}

fn inverse(of: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, of, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        left >>= 1;
    }
    power
}
